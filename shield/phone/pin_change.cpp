#include "shield/phone/pin_change.h"

#include "shield/phone/flow.h"
#include "shield/phone/logbook.h"

namespace hufu::phone {

class PinChange::Impl {
public:
    explicit Impl(const Environment &environment) : m_environment(environment), m_connection(environment.clock)
    {}

    Result<Step> start();
    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();
    Result<Step> smsCode(std::string code);
    Result<Step> resendSms();
    Result<Step> pin(vault::Pin old);
    Result<Step> newPin(vault::Pin pin);
    Result<Step> repeatPin(vault::Pin pin);
    Result<Step> chooseAgain();

    Present present;
    std::optional<vault::PinWeakness> weakness;
    vault::PinHints hints() const { return m_device ? m_device->hints : vault::PinHints(); }
    vault::ServerLink server;

private:
    enum class State : std::uint8_t {
        idle,
        running,
        confirming, // REF4 was lost: a rehearsal in the new epoch settles it
        ended,
    };

    Step advance();
    Step onNews(News news);
    Step samePage(News news) const;
    Step run();
    Step confirm();
    Step stop(const Problem &problem);
    Step finish();
    Result<void> begin(const Request &request);
    Result<void> note(bool isDone, std::uint16_t code);

    Environment m_environment;
    Connection m_connection;
    State m_state = State::idle;
    std::optional<vault::Device> m_device;
    std::unique_ptr<Exchange> m_exchange;
    bool m_smsNeeded = true, m_smsAsked = false, m_smsSent = false, m_repeated = false, m_ready = false;
    std::optional<std::string> m_smsCode;
    std::optional<vault::Pin> m_old, m_new;
    Secret<32> m_kPinNew; // from REF1 until the change is settled
    std::optional<Problem> m_problem;
    std::vector<std::pair<Logbook, Request>> m_acts; // that were begun
};

Step PinChange::Impl::stop(const Problem &problem)
{
    m_state = State::ended;
    m_old.reset();
    m_new.reset();
    m_kPinNew.clear();
    m_exchange.reset();
    static_cast<void>(note(false, problem.code)); // what goes wrong with the history is not what it stops for
    return stopped(problem);
}

// Of the change, and of the trial decryption that had to settle it.
Result<void> PinChange::Impl::note(bool isDone, std::uint16_t code)
{
    for (auto &[log, request] : m_acts) {
        vault::HistoryEntry entry = entryOf(m_environment, request, isDone, code);
        if (entry.act == "pinChange") entry.platform = m_device->company;
        HUFU_CHECK(log.end(m_environment.vault, entry));
    }
    m_acts.clear();
    return {};
}

// Before what the server decides by is sent.
Result<void> PinChange::Impl::begin(const Request &request)
{
    const bool isNoted = !m_acts.empty() && m_acts.back().second.token == request.token;
    if (isNoted) return {};
    m_acts.emplace_back(Logbook(), request);
    return m_acts.back().first.begin(m_environment, request);
}

Step PinChange::Impl::finish()
{
    m_state = State::ended;
    m_old.reset();
    m_new.reset();
    m_kPinNew.clear();
    m_exchange.reset();
    Step step(Show::done);
    step.close = true;
    if (auto written = note(true, 0); !written)
        step.problem = problemOf(written.error());
    return step;
}

Result<Step> PinChange::Impl::start()
{
    if (m_state != State::idle) return notNow();
    HUFU_TRY(certificates, m_environment.vault.certificates());
    HUFU_TRY(device, m_environment.vault.device());
    if (!device || !certificates.active) return Error(Errc::badState, "not active");
    m_device = std::move(device);
    server = m_device->server;
    m_state = State::running;
    m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection, intent::Act::pinChange);
    return onNews(m_exchange->start());
}

Step PinChange::Impl::advance()
{
    const auto shown = [this](Show show) {
        Step step(show);
        step.problem = m_problem;
        return step;
    };
    if (m_smsNeeded) {
        if (!m_exchange->isReady()) return shown(m_smsAsked && !m_smsCode ? Show::sms : Show::working);
        if (m_smsCode) return stepOf(m_exchange->giveFactor(wire::factor::kSms, bytesOf(viewOf(*m_smsCode))), Show::working);
        if (m_smsAsked) return shown(Show::sms);
        m_smsAsked = true;
        return stepOf(m_exchange->askSms(), Show::sms);
    }
    if (!m_old) return shown(Show::pin);
    if (!m_new) return shown(Show::newPin);
    if (!m_repeated) return shown(Show::repeatPin);
    return m_exchange->isReady() ? run() : Step(Show::working);
}

Step PinChange::Impl::run()
{
    const vault::Pin old = std::move(*m_old);
    m_old.reset();
    m_problem.reset();
    const vault::EpochShares &shares = m_exchange->shares();
    NewEpoch next;
    next.salt = m_environment.random.bytes<16>("salt");
    next.stretch = m_environment.stretch;
    auto kPin = m_environment.vault.stretch(old, shares.salt, shares.stretch);
    auto kPinNew = m_environment.vault.stretch(*m_new, next.salt, next.stretch);
    if (!kPin || !kPinNew) return stop(problemOf(!kPin ? kPin.error() : kPinNew.error()));
    m_kPinNew = kPinNew->duplicate();
    next.kPin = std::move(*kPinNew);
    if (const auto begun = begin(*m_exchange->request()); !begun) return stop(problemOf(begun.error()));
    return onNews(m_exchange->refresh(*kPin, std::move(next)));
}

// Either epoch may be the server's. A success in the new one commits it there (R7); nobody needs to be asked.
Step PinChange::Impl::confirm()
{
    auto shares = m_environment.vault.shares();
    if (!shares) return stop(problemOf(shares.error()));
    m_state = State::confirming;
    // Opening outlives seat, certificate and sign share.
    m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection, intent::Act::rehearseDecrypt);
    m_exchange->confine(shares->front().epoch);
    return onNews(m_exchange->start());
}

Step PinChange::Impl::onNews(News news)
{
    using Kind = News::Kind;
    switch (news.kind) {
    case Kind::nothing:
        return stepOf(std::move(news), Show::working);
    case Kind::ready:
    case Kind::pinAgain:
        if (m_state == State::confirming) {
            if (const auto begun = begin(*m_exchange->request()); !begun) return stop(problemOf(begun.error()));
            return onNews(m_exchange->answer(m_kPinNew, everyItem(m_exchange->request()->manifest)));
        }
        if (!m_ready) {
            m_ready = true;
            m_smsNeeded = (m_exchange->request()->factors & wire::factor::kSms) != 0;
        }
        if (news.kind == Kind::pinAgain) m_problem = news.problem;
        m_smsAsked = m_smsAsked && m_smsSent; // whether the code was ever sent is not known
        return advance();
    case Kind::smsSent:
        m_smsSent = true;
        m_problem.reset();
        return advance();
    case Kind::factorAccepted:
        m_smsNeeded = false;
        m_smsCode.reset();
        m_problem.reset();
        return advance();
    case Kind::factorRefused:
        m_smsCode.reset();
        m_problem = news.problem;
        return advance();
    case Kind::wrongPin: {
        if (m_state == State::confirming) return stop(news.problem);
        m_problem = news.problem;
        Step step = stepOf(std::move(news), Show::pin);
        step.problem = m_problem;
        return step;
    }
    case Kind::unsettled:
        return confirm();
    case Kind::refreshed:
    case Kind::signedItems:
    case Kind::openedItems:
        return finish();
    case Kind::stopped:
        return stop(news.problem);
    case Kind::delivered:
    case Kind::refused:
        break;
    }
    return stop(problem(Errc::internal, hf::kInternal));
}

Step PinChange::Impl::samePage(News news) const
{
    Step step = present.again();
    step.send = std::move(news.send);
    step.connect = news.connect;
    return step;
}

Result<Step> PinChange::Impl::receive(ByteView message)
{
    if (m_state != State::running && m_state != State::confirming) return notNow();
    News news = m_exchange->receive(message);
    return news.kind == News::Kind::nothing ? samePage(std::move(news)) : onNews(std::move(news));
}

Result<Step> PinChange::Impl::connectionLost()
{
    if (m_state != State::running && m_state != State::confirming) return notNow();
    News news = m_exchange->lost();
    return news.kind == News::Kind::nothing ? samePage(std::move(news)) : onNews(std::move(news));
}

Result<Step> PinChange::Impl::tick()
{
    if (m_state != State::running && m_state != State::confirming) return notNow();
    if (const auto late = m_exchange->overdue()) return stop(*late);
    return present.again();
}

Result<Step> PinChange::Impl::smsCode(std::string code)
{
    if (m_state != State::running || !m_ready || !m_smsNeeded) return notNow();
    if (code.size() != limits::kSmsDigits) return Error(Errc::badInput, "not an SMS code");
    m_smsCode = std::move(code);
    return advance();
}

Result<Step> PinChange::Impl::resendSms()
{
    if (m_state != State::running || !m_ready || !m_smsNeeded || !m_exchange->isReady()) return notNow();
    return stepOf(m_exchange->askSms(), Show::sms);
}

Result<Step> PinChange::Impl::pin(vault::Pin old)
{
    if (m_state != State::running || !m_ready || m_smsNeeded || m_old) return notNow();
    if (!old.longEnough()) return Error(Errc::badInput, "PIN too short");
    if (m_new && m_new->same(old)) return Error(Errc::badInput, "that is the new PIN");
    m_old = std::move(old);
    m_problem.reset();
    return advance();
}

Result<Step> PinChange::Impl::newPin(vault::Pin pin)
{
    if (m_state != State::running || !m_old || m_new) return notNow();
    m_problem.reset();
    weakness = vault::weaknessOf(pin, m_device->hints);
    if (weakness) return advance();
    if (m_old->same(pin))
        m_problem = problem(Errc::badInput, hf::kPinUnchanged);
    else
        m_new = std::move(pin);
    return advance();
}

Result<Step> PinChange::Impl::repeatPin(vault::Pin pin)
{
    if (m_state != State::running || !m_old || !m_new || m_repeated) return notNow();
    m_repeated = m_new->same(pin);
    m_problem.reset();
    if (!m_repeated) {
        m_new.reset();
        m_problem = problem(Errc::badInput, hf::kPinDiffers);
    }
    return advance();
}

Result<Step> PinChange::Impl::chooseAgain()
{
    if (m_state != State::running || !m_old || !m_new || m_repeated) return notNow();
    m_new.reset();
    m_problem.reset();
    return advance();
}

PinChange::PinChange(const Environment &environment) : m_impl(std::make_unique<Impl>(environment)) {}
PinChange::~PinChange() = default;

Result<Step> PinChange::start()
{
    return m_impl->present.noted(m_impl->start());
}

Result<Step> PinChange::receive(ByteView message)
{
    return m_impl->present.noted(m_impl->receive(message));
}

Result<Step> PinChange::connectionLost()
{
    return m_impl->present.noted(m_impl->connectionLost());
}

Result<Step> PinChange::tick()
{
    return m_impl->present.noted(m_impl->tick());
}

Result<Step> PinChange::smsCode(std::string code)
{
    return m_impl->present.noted(m_impl->smsCode(std::move(code)));
}

Result<Step> PinChange::resendSms()
{
    return m_impl->present.noted(m_impl->resendSms());
}

Result<Step> PinChange::pin(vault::Pin old)
{
    return m_impl->present.noted(m_impl->pin(std::move(old)));
}

Result<Step> PinChange::newPin(vault::Pin pin)
{
    return m_impl->present.noted(m_impl->newPin(std::move(pin)));
}

Result<Step> PinChange::chooseAgain()
{
    return m_impl->present.noted(m_impl->chooseAgain());
}

Result<Step> PinChange::repeatPin(vault::Pin pin)
{
    return m_impl->present.noted(m_impl->repeatPin(std::move(pin)));
}

vault::PinHints PinChange::hints() const
{
    return m_impl->hints();
}

std::optional<vault::PinWeakness> PinChange::weakness() const
{
    return m_impl->weakness;
}

vault::ServerLink PinChange::server() const
{
    return m_impl->server;
}

} // namespace hufu::phone
