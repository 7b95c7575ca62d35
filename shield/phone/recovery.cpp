#include "shield/phone/recovery.h"

#include "shield/base/ct.h"
#include "shield/crypto/sm3.h"
#include "shield/phone/flow.h"

#include <algorithm>

namespace hufu::phone {

namespace {

constexpr int kUnsettledMost = 10;             // in a row, then the person is told
constexpr std::int64_t kUnheardMs = 120'000; // of a code that was typed, then it is asked for again

} // namespace

class Recovery::Impl {
public:
    explicit Impl(const Environment &environment) : m_environment(environment), m_connection(environment.clock)
    {}

    Result<Step> begin(bool codeTaken);
    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();
    Result<Step> code(std::string digits);
    Result<Step> pin(vault::Pin pin);

    Present present;
    vault::ServerLink server;

private:
    enum class State : std::uint8_t {
        idle,
        code,       // the person types it
        connecting, // a connection for Recover
        recovering, // Recover is out
        pin,        // K_dev is new; the person types the PIN
        refreshing,
        ended,
    };

    Step recover();
    Result<Step> onRecovered(const wire::Recovered &recovered);
    Step again(News news);
    Step refresh();
    Step onNews(News news);
    Step run();
    Step askCode(const Problem &problem);
    Step end(Show show, const std::optional<Problem> &problem);
    Step stop(const Problem &problem) { return end(Show::stopped, problem); }

    Environment m_environment;
    Connection m_connection;
    State m_state = State::idle;
    std::optional<vault::Device> m_device;
    std::unique_ptr<Exchange> m_exchange;
    void forgetDigits();
    std::string m_digits;
    std::optional<Secret<32>> m_kDevNext; // of the Recover that is out
    std::optional<vault::Pin> m_pin;
    int m_unsettled = 0;
    std::int64_t m_typedMs = 0; // monotonic
};

Step Recovery::Impl::end(Show show, const std::optional<Problem> &problem)
{
    m_state = State::ended;
    m_pin.reset();
    m_kDevNext.reset();
    m_exchange.reset();
    forgetDigits();
    Step step(show);
    step.close = true;
    step.problem = problem;
    if (show != Show::done) return step;
    const vault::HistoryEntry entry{m_environment.clock.unixMs(), "recovery", m_device->company, {}, true, 0};
    if (auto written = m_environment.vault.addHistory(entry); !written)
        step.problem = problemOf(written.error());
    return step;
}

void Recovery::Impl::forgetDigits()
{
    wipe(m_digits.data(), m_digits.size());
    m_digits.clear();
}

Result<Step> Recovery::Impl::begin(bool codeTaken)
{
    if (m_state != State::idle) return notNow();
    HUFU_TRY(certificates, m_environment.vault.certificates());
    HUFU_TRY(device, m_environment.vault.device());
    if (!device || !certificates.active) return Error(Errc::badState, "not active");
    m_device = std::move(device);
    server = m_device->server;
    m_state = codeTaken ? State::pin : State::code;
    return Step(codeTaken ? Show::pin : Show::recoveryCode);
}

Step Recovery::Impl::askCode(const Problem &problem)
{
    m_state = State::code;
    m_kDevNext.reset();
    Step step(Show::recoveryCode);
    step.problem = problem;
    return step;
}

Result<Step> Recovery::Impl::code(std::string digits)
{
    if (m_state != State::code) return notNow();
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (digits.size() != kCodeDigits || !std::all_of(digits.begin(), digits.end(), isDigit))
        return Error(Errc::badInput, "not a recovery code");
    m_digits = std::move(digits);
    m_typedMs = m_environment.clock.monotonicMs();
    if (m_connection.isOpen()) return recover();
    m_state = State::connecting;
    Step step(Show::working);
    step.connect = true;
    return step;
}

// A fresh K_dev with each try: what a lost answer carried is worth nothing.
Step Recovery::Impl::recover()
{
    m_kDevNext = m_environment.random.secret<32>("k-dev");
    wire::Recover message;
    message.acct = m_device->acct;
    message.digits = m_digits;
    message.kDev = m_kDevNext->duplicate();
    message.mac = crypto::hmacSm3(m_device->kDev.expose(), wire::macInputOf(message, m_connection.cn(), std::nullopt));
    m_state = State::recovering;
    Step step(Show::working);
    step.send.push_back(wire::encode(message));
    return step;
}

// The new position first, then the new key: after a crash between the two the old key asks again with the same code.
Result<Step> Recovery::Impl::onRecovered(const wire::Recovered &recovered)
{
    const auto expected = crypto::hmacSm3(m_kDevNext->expose(),
                                          wire::recoveredMacInput(m_device->acct, recovered.n, recovered.ctr));
    if (!ct::equal(expected, recovered.mac)) return Error(Errc::tampered, "not a server that knows the new key");
    HUFU_CHECK(m_environment.vault.writePosition(recovered.ctr, recovered.n));
    m_device->kDev = std::move(*m_kDevNext);
    m_kDevNext.reset();
    HUFU_CHECK(m_environment.vault.writeDevice(*m_device));
    forgetDigits();
    m_connection.close();
    m_state = State::pin;
    Step step(Show::pin);
    step.close = true;
    return step;
}

Result<Step> Recovery::Impl::pin(vault::Pin pin)
{
    if (m_state != State::pin || m_pin) return notNow();
    if (!pin.longEnough()) return Error(Errc::badInput, "PIN too short");
    m_pin = std::move(pin);
    return refresh();
}

// What is shown stays; what there is to send is sent.
Step Recovery::Impl::again(News news)
{
    Step step = present.again();
    step.send = std::move(news.send);
    step.connect = news.connect;
    return step;
}

Step Recovery::Impl::refresh()
{
    m_state = State::refreshing;
    if (m_exchange) return m_exchange->isReady() ? run() : Step(Show::working);
    m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection);
    return onNews(m_exchange->start());
}

Step Recovery::Impl::run()
{
    const vault::EpochShares &shares = m_exchange->shares();
    auto kPin = m_environment.vault.stretch(*m_pin, shares.salt, shares.stretch);
    if (!kPin) return stop(problemOf(kPin.error()));
    NewEpoch next;
    next.salt = shares.salt;
    next.stretch = shares.stretch;
    next.kPin = kPin->duplicate();
    return onNews(m_exchange->refresh(*kPin, std::move(next)));
}

Step Recovery::Impl::onNews(News news)
{
    using Kind = News::Kind;
    switch (news.kind) {
    case Kind::nothing:
        return stepOf(std::move(news), m_pin ? Show::working : Show::pin);
    case Kind::ready:
    case Kind::pinAgain: // whether it counts or not, the PIN is still here
        if (m_pin && m_exchange->isReady()) return run();
        if (!m_pin && m_state == State::pin) return again(std::move(news)); // the page keeps what it says
        return stepOf(std::move(news), m_pin ? Show::working : Show::pin);
    case Kind::wrongPin: {
        m_pin.reset();
        m_state = State::pin;
        const Problem why = news.problem;
        Step step = stepOf(std::move(news), Show::pin);
        step.problem = why;
        return step;
    }
    case Kind::unsettled: // once more, in whichever epoch the server is: a refresh after a refresh does no harm
        if (++m_unsettled > kUnsettledMost) return stop(problem(Errc::unavailable, hf::kConnectionLost));
        m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection);
        return onNews(m_exchange->start());
    case Kind::refreshed:
        return end(Show::done, std::nullopt);
    case Kind::stopped:
        return stop(news.problem);
    default:
        break;
    }
    return stop(problem(Errc::internal, hf::kInternal));
}

Result<Step> Recovery::Impl::receive(ByteView message)
{
    if (m_exchange) {
        News news = m_exchange->receive(message);
        return news.kind == News::Kind::nothing ? again(std::move(news)) : onNews(std::move(news));
    }
    if (m_state != State::connecting && m_state != State::recovering) return notNow();
    auto envelope = wire::Envelope::split(message);
    if (!envelope) return stop(problemOf(envelope.error()));
    if (envelope->type == wire::Type::greeting && m_state == State::connecting) {
        auto greeting = wire::Greeting::parse(envelope->body);
        if (!greeting) return stop(problemOf(greeting.error()));
        m_connection.open(*greeting);
        return recover();
    }
    if (envelope->type == wire::Type::failure) {
        auto failure = wire::Failure::parse(envelope->body);
        if (!failure) return stop(problemOf(failure.error()));
        const bool asksAgain = failure->code == hf::kRecoveryCodeWrong && m_state == State::recovering;
        return asksAgain ? askCode(problemOf(*failure)) : stop(problemOf(*failure));
    }
    if (envelope->type == wire::Type::recovered && m_state == State::recovering) {
        auto recovered = wire::Recovered::parse(envelope->body);
        if (!recovered) return stop(problemOf(recovered.error()));
        auto step = onRecovered(*recovered);
        if (!step) return stop(problemOf(step.error()));
        return step;
    }
    return stop(problemOf(Error(Errc::tampered, "a message that does not belong here")));
}

Result<Step> Recovery::Impl::connectionLost()
{
    m_connection.close();
    if (m_exchange) {
        News news = m_exchange->lost();
        if (news.kind != News::Kind::nothing) return onNews(std::move(news));
        Step step = present.again();
        step.connect = news.connect;
        return step;
    }
    if (m_state != State::connecting && m_state != State::recovering) return present.again();
    if (m_environment.clock.monotonicMs() - m_typedMs >= kUnheardMs) return askCode(problem(Errc::unavailable, hf::kConnectionLost));
    m_kDevNext.reset();
    m_state = State::connecting;
    Step step(Show::working);
    step.connect = true;
    return step;
}

Result<Step> Recovery::Impl::tick()
{
    if (const auto late = m_exchange ? m_exchange->overdue() : std::nullopt) return stop(*late);
    return present.again();
}

Recovery::Recovery(const Environment &environment) : m_impl(std::make_unique<Impl>(environment)) {}
Recovery::~Recovery() = default;

Result<Step> Recovery::start()
{
    return m_impl->present.noted(m_impl->begin(false));
}

Result<Step> Recovery::resume()
{
    return m_impl->present.noted(m_impl->begin(true));
}

Result<Step> Recovery::receive(ByteView message)
{
    return m_impl->present.noted(m_impl->receive(message));
}

Result<Step> Recovery::connectionLost()
{
    return m_impl->present.noted(m_impl->connectionLost());
}

Result<Step> Recovery::tick()
{
    return m_impl->present.noted(m_impl->tick());
}

Result<Step> Recovery::code(std::string digits)
{
    return m_impl->present.noted(m_impl->code(std::move(digits)));
}

Result<Step> Recovery::pin(vault::Pin pin)
{
    return m_impl->present.noted(m_impl->pin(std::move(pin)));
}

vault::ServerLink Recovery::server() const
{
    return m_impl->server;
}

} // namespace hufu::phone
