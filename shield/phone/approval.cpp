#include "shield/phone/approval.h"

#include "shield/intent/tbs.h"
#include "shield/phone/flow.h"
#include "shield/phone/logbook.h"
#include "shield/phone/upkeep.h"

#include <algorithm>

namespace hufu::phone {

class Approval::Impl {
public:
    explicit Impl(const Environment &environment) : m_environment(environment), m_connection(environment.clock)
    {}

    Result<Step> claim(std::string_view frameText, std::int64_t seenMs);
    Result<Step> begin(intent::Act act);
    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();
    Result<Step> approve(const std::vector<std::size_t> &refusedItems);
    Result<Step> back();
    Result<Step> refuse(wire::RefuseReason reason);
    Result<Step> smsCode(std::string code);
    Result<Step> resendSms();
    Result<Step> liveness(std::uint8_t provider, Bytes evidence);
    Result<Step> pin(vault::Pin pin);

    const Exchange *exchange() const { return m_exchange.get(); }
    const vault::ServerLink &server() const { return m_server; }
    Approval::WhichPin whichPin() const;

    Present present;
    std::optional<Request> request;
    std::vector<Signed> signatures;
    std::vector<std::uint8_t> openedItems;
    std::unique_ptr<Refresh> refresh;

private:
    enum class State : std::uint8_t { idle, running, ended };

    Result<void> load();
    Step advance();
    Step onNews(News news);
    Step samePage(News news) const;
    Step run();
    Step stop(const Problem &problem);
    Step finish(Show show, std::uint16_t code);
    Step refused(bool unheard);
    bool needs(std::uint8_t factor) const { return (request->factors & factor & ~m_given) != 0; }

    Environment m_environment;
    Connection m_connection;
    State m_state = State::idle;
    std::optional<vault::Device> m_device;
    vault::ServerLink m_server;
    std::unique_ptr<Exchange> m_exchange;
    bool m_isAsked = false; // by others, who have to be told to begin anew if the phone dies
    bool m_approved = false, m_smsAsked = false, m_smsSent = false;
    std::vector<std::uint8_t> m_included;
    std::uint8_t m_given = 0;             // factors that the server has accepted
    std::optional<std::string> m_smsCode; // typed, and not answered yet: a lost answer is asked for again
    std::optional<Bytes> m_evidence;      // provider | evidence, likewise
    Logbook m_log;
    std::optional<vault::Pin> m_pin;      // typed while the connection was being renewed
    std::optional<Secret<32>> m_kPin;     // of the PIN sent last, if a refresh is due should it be right
    std::uint32_t m_kPinEpoch = 0;
    std::optional<Problem> m_pinProblem, m_factorProblem;
};

Result<void> Approval::Impl::load()
{
    if (m_state != State::idle) return notNow();
    HUFU_TRY(certificates, m_environment.vault.certificates());
    HUFU_TRY(device, m_environment.vault.device());
    if (!device || !certificates.active) return Error(Errc::badState, "not active");
    m_device = std::move(device);
    m_server = m_device->server;
    return {};
}

Result<Step> Approval::Impl::claim(std::string_view frameText, std::int64_t seenMs)
{
    HUFU_TRY(frame, intent::Frame::fromText(frameText));
    if (m_environment.clock.monotonicMs() - seenMs > limits::kFrameMaxAgeMs)
        return Error(Errc::expired, "the frame is too old");
    HUFU_CHECK(load());
    m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection, frame, seenMs);
    m_isAsked = true;
    m_state = State::running;
    return onNews(m_exchange->start());
}

Result<Step> Approval::Impl::begin(intent::Act act)
{
    if (act != intent::Act::rehearseSign && act != intent::Act::rehearseDecrypt && act != intent::Act::vouch && act != intent::Act::revoke)
        return Error(Errc::badInput, "not an act that a person begins here");
    HUFU_CHECK(load());
    m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection, act);
    m_state = State::running;
    return onNews(m_exchange->start());
}

Step Approval::Impl::stop(const Problem &problem)
{
    Step step = finish(Show::stopped, problem.code);
    step.problem = problem;
    return step;
}

Step Approval::Impl::refused(bool unheard)
{
    Step step = finish(Show::refused, hf::kPersonRefused);
    step.unheard = unheard;
    return step;
}

Step Approval::Impl::finish(Show show, std::uint16_t code)
{
    m_state = State::ended;
    if (show == Show::done && m_kPin)
        refresh = std::make_unique<Refresh>(m_environment, std::move(*m_kPin), m_kPinEpoch);
    m_kPin.reset();
    m_pin.reset();
    m_smsCode.reset();
    m_evidence.reset();
    m_exchange.reset();
    Step step(show);
    step.close = true;
    if (request) {
        // The act is over and cannot be undone: a history that cannot be written is told, and changes nothing.
        vault::HistoryEntry entry = entryOf(m_environment, *request, show == Show::done, code);
        // A vouch's is the secret that the next keys are activated with.
        if (show == Show::done && request->manifest.act != intent::Act::vouch)
            for (const Signed &item : signatures)
                entry.signatures = concat({entry.signatures, Bytes{static_cast<std::uint8_t>(item.index)}, item.signature});
        const auto written = m_log.end(m_environment.vault, entry);
        if (!written)
            step.problem = problemOf(written.error());
    }
    return step;
}

// The next page, or the next message, from what has been said and given so far.
Step Approval::Impl::advance()
{
    if (!m_approved) return Step(Show::approve);
    if (!m_exchange->isReady()) return Step(Show::working);
    if (needs(wire::factor::kSms)) {
        if (m_smsCode) return stepOf(m_exchange->giveFactor(wire::factor::kSms, bytesOf(viewOf(*m_smsCode))), Show::working);
        Step step = m_smsAsked ? Step(Show::sms) : stepOf(m_exchange->askSms(), Show::sms);
        m_smsAsked = true;
        step.problem = m_factorProblem;
        return step;
    }
    if (needs(wire::factor::kLiveness)) {
        if (m_evidence) return stepOf(m_exchange->giveFactor(wire::factor::kLiveness, *m_evidence), Show::working);
        Step step(Show::liveness);
        step.problem = m_factorProblem;
        return step;
    }
    if (m_pin) return run();
    Step step(Show::pin);
    step.problem = m_pinProblem;
    return step;
}

Step Approval::Impl::run()
{
    const vault::Pin pin = std::move(*m_pin);
    m_pin.reset();
    m_pinProblem.reset();
    const vault::EpochShares &shares = m_exchange->shares();
    auto kPin = m_environment.vault.stretch(pin, shares.salt, shares.stretch);
    if (!kPin) return stop(problemOf(kPin.error()));
    const auto upkeep = m_environment.vault.upkeep();
    m_kPin.reset();
    if (upkeep && isRefreshDue(*upkeep, shares.epoch, m_environment.clock.unixMs())) {
        m_kPin = kPin->duplicate();
        m_kPinEpoch = shares.epoch;
    }
    return onNews(m_exchange->answer(*kPin, m_included));
}

Step Approval::Impl::onNews(News news)
{
    using Kind = News::Kind;
    switch (news.kind) {
    case Kind::nothing:
        return stepOf(std::move(news), Show::working);
    case Kind::ready:
        if (!request) {
            request = m_exchange->request();
            m_included = everyItem(request->manifest);
            if (m_isAsked) m_log.show(m_environment, *request);
        }
        m_smsAsked = m_smsAsked && m_smsSent; // whether the code was ever sent is not known
        return advance();
    case Kind::pinAgain:
        m_kPin.reset();
        m_pinProblem = news.problem;
        return advance();
    case Kind::wrongPin: {
        m_kPin.reset();
        m_pinProblem = news.problem;
        Step step = stepOf(std::move(news), Show::pin);
        step.problem = m_pinProblem;
        return step;
    }
    case Kind::smsSent:
        m_smsSent = true;
        m_factorProblem.reset();
        return advance();
    case Kind::factorAccepted:
        m_given = static_cast<std::uint8_t>(
            m_given | (needs(wire::factor::kSms) ? wire::factor::kSms : wire::factor::kLiveness));
        m_factorProblem.reset();
        m_smsCode.reset();
        m_evidence.reset();
        return advance();
    case Kind::factorRefused:
        m_smsCode.reset();
        m_evidence.reset();
        m_factorProblem = news.problem;
        return advance();
    case Kind::signedItems:
        signatures = m_exchange->signatures();
        return finish(Show::done, 0);
    case Kind::openedItems:
        openedItems = m_exchange->openedItems();
        if (!request->manifest.deskKey) return finish(Show::done, 0);
        return onNews(m_exchange->deliver());
    case Kind::delivered:
        return finish(Show::done, 0);
    case Kind::refused:
        return refused(news.unheard);
    case Kind::stopped:
        return stop(news.problem);
    case Kind::refreshed:
    case Kind::unsettled:
        break;
    }
    return stop(problem(Errc::internal, hf::kInternal));
}

// Between server and phone only: the person notices nothing, not even a new connection.
Step Approval::Impl::samePage(News news) const
{
    Step step = present.again();
    step.send = std::move(news.send);
    step.connect = news.connect;
    return step;
}

Result<Step> Approval::Impl::receive(ByteView message)
{
    if (m_state != State::running) return notNow();
    News news = m_exchange->receive(message);
    return news.kind == News::Kind::nothing ? samePage(std::move(news)) : onNews(std::move(news));
}

Result<Step> Approval::Impl::connectionLost()
{
    if (m_state != State::running) return notNow();
    News news = m_exchange->lost();
    return news.kind == News::Kind::nothing ? samePage(std::move(news)) : onNews(std::move(news));
}

Result<Step> Approval::Impl::tick()
{
    if (m_state != State::running) return notNow();
    if (const auto late = m_exchange->overdue()) return m_exchange->isRefusing() ? refused(true) : stop(*late);
    return present.again();
}

Result<Step> Approval::Impl::approve(const std::vector<std::size_t> &refusedItems)
{
    if (m_state != State::running || !request || m_approved) return notNow();
    std::vector<std::uint8_t> included;
    for (const std::uint8_t index : everyItem(request->manifest))
        if (std::find(refusedItems.begin(), refusedItems.end(), index) == refusedItems.end())
            included.push_back(index);
    for (const std::size_t index : refusedItems)
        if (index >= intent::itemsOf(request->manifest)) return Error(Errc::badInput, "no such item");
    if (included.empty()) return refuse(wire::RefuseReason::person);
    m_included = std::move(included);
    m_approved = true;
    return advance();
}

Result<Step> Approval::Impl::back()
{
    if (m_state != State::running || !request || !m_approved || m_exchange->isBound()) return notNow();
    m_approved = false;
    m_pin.reset();
    m_smsCode.reset();
    m_evidence.reset();
    return advance();
}

Result<Step> Approval::Impl::refuse(wire::RefuseReason reason)
{
    if (m_state != State::running || !request) return notNow();
    m_pin.reset();
    return onNews(m_exchange->refuse(reason));
}

Result<Step> Approval::Impl::smsCode(std::string code)
{
    if (m_state != State::running || !m_approved || !needs(wire::factor::kSms)) return notNow();
    if (code.size() != limits::kSmsDigits) return Error(Errc::badInput, "not an SMS code");
    m_smsCode = std::move(code);
    return advance();
}

Result<Step> Approval::Impl::resendSms()
{
    if (m_state != State::running || !m_approved || !needs(wire::factor::kSms) || !m_exchange->isReady())
        return notNow();
    return stepOf(m_exchange->askSms(), Show::sms);
}

Result<Step> Approval::Impl::liveness(std::uint8_t provider, Bytes evidence)
{
    if (m_state != State::running || !m_approved || !needs(wire::factor::kLiveness)) return notNow();
    if (provider == 0 || evidence.empty() || evidence.size() > 32 * 1024 - 1)
        return Error(Errc::badInput, "no evidence");
    const std::uint8_t first[] = {provider};
    m_evidence = concat({first, evidence});
    return advance();
}

Result<Step> Approval::Impl::pin(vault::Pin pin)
{
    const bool factorsGiven = request && !needs(wire::factor::kSms) && !needs(wire::factor::kLiveness);
    if (m_state != State::running || !m_approved || !factorsGiven || m_pin) return notNow();
    if (!pin.longEnough()) return Error(Errc::badInput, "PIN too short");
    if (const auto begun = m_log.begin(m_environment, *request); !begun) { // the person can make room, and type it again
        m_pinProblem = problemOf(begun.error());
        Step step(Show::pin);
        step.problem = m_pinProblem;
        return step;
    }
    m_pin = std::move(pin);
    return advance();
}

Approval::WhichPin Approval::Impl::whichPin() const
{
    if (!m_exchange || !m_exchange->twoPins()) return WhichPin::only;
    return m_exchange->choseNewest() ? WhichPin::fresh : WhichPin::former;
}

Approval::Approval(const Environment &environment) : m_impl(std::make_unique<Impl>(environment)) {}
Approval::~Approval() = default;

Result<Step> Approval::claim(std::string_view frameText, std::int64_t seenMs)
{
    return m_impl->present.noted(m_impl->claim(frameText, seenMs));
}

Result<Step> Approval::begin(intent::Act act)
{
    return m_impl->present.noted(m_impl->begin(act));
}

Result<Step> Approval::receive(ByteView message)
{
    return m_impl->present.noted(m_impl->receive(message));
}

Result<Step> Approval::connectionLost()
{
    return m_impl->present.noted(m_impl->connectionLost());
}

Result<Step> Approval::tick()
{
    return m_impl->present.noted(m_impl->tick());
}

Result<Step> Approval::approve(const std::vector<std::size_t> &refusedItems)
{
    return m_impl->present.noted(m_impl->approve(refusedItems));
}

Result<Step> Approval::back()
{
    return m_impl->present.noted(m_impl->back());
}

Result<Step> Approval::refuse(wire::RefuseReason reason)
{
    return m_impl->present.noted(m_impl->refuse(reason));
}

Result<Step> Approval::smsCode(std::string code)
{
    return m_impl->present.noted(m_impl->smsCode(std::move(code)));
}

Result<Step> Approval::resendSms()
{
    return m_impl->present.noted(m_impl->resendSms());
}

Result<Step> Approval::liveness(std::uint8_t provider, Bytes evidence)
{
    return m_impl->present.noted(m_impl->liveness(provider, std::move(evidence)));
}

Result<Step> Approval::pin(vault::Pin pin)
{
    return m_impl->present.noted(m_impl->pin(std::move(pin)));
}

const std::optional<Request> &Approval::request() const
{
    return m_impl->request;
}

const std::vector<Signed> &Approval::signatures() const
{
    return m_impl->signatures;
}

std::optional<ActivationLink> Approval::next() const
{
    const auto &request = m_impl->request;
    if (!request || request->manifest.act != intent::Act::vouch || m_impl->signatures.empty()) return std::nullopt;
    return ActivationLink{m_impl->server(), intent::vouchedCode(m_impl->signatures.front().signature)};
}

const std::vector<std::uint8_t> &Approval::openedItems() const
{
    return m_impl->openedItems;
}

Approval::WhichPin Approval::whichPin() const
{
    return m_impl->whichPin();
}

std::unique_ptr<Refresh> Approval::takeRefresh()
{
    return std::move(m_impl->refresh);
}

vault::ServerLink Approval::server() const
{
    return m_impl->server();
}

} // namespace hufu::phone
