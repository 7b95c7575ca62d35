#include "shield/phone/activation.h"

#include "shield/base/ct.h"
#include "shield/base/stack.h"
#include "shield/crypto/sm3.h"
#include "shield/phone/certificate_check.h"
#include "shield/phone/flow.h"
#include "shield/phone/own_subject.h"
#include "shield/threshold/blinding.h"
#include "shield/threshold/frost_blinding.h"
#include "shield/threshold/frost_keygen_phone.h"
#include "shield/threshold/keygen_phone.h"

namespace hufu::phone {

using Sm2Started = threshold::keygen::PhoneStarted;
using FrostStarted = threshold::frost::keygen::PhoneStarted;

static crypto::PublicKey publicKeyOf(const threshold::SharedKey &key)
{
    return key.p().bytes();
}

static crypto::PublicKey publicKeyOf(const threshold::frost::SharedKey &key)
{
    return key.y().bytes();
}

Result<Stage> stageOf(vault::Vault &vault)
{
    HUFU_TRY(device, vault.device());
    HUFU_TRY(chain, vault.chain());
    HUFU_TRY(shares, vault.shares());
    HUFU_TRY(certificates, vault.certificates());
    if (!device || !chain || shares.empty()) return Stage::empty;
    return certificates.active ? Stage::active : Stage::started;
}

class Activation::Impl {
public:
    explicit Impl(const Environment &environment) : m_environment(environment), m_connection(environment.clock)
    {}

    Result<Step> start(const ActivationLink &link);
    Result<Step> goOn(const ActivationLink &link, std::string number, ByteView accepted);
    Bytes acceptance() const { return m_accepted ? m_accepted->body() : Bytes(); }
    Result<Step> resume();
    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();
    Result<Step> phoneNumber(std::string number);
    Result<Step> resendSms();
    Result<Step> proof(std::string sms, const std::vector<wire::Agreement> &accepted, std::uint8_t provider,
                       Bytes evidence);
    Result<Step> choosePin(vault::Pin pin);
    Result<Step> repeatPin(vault::Pin pin);
    Result<Step> chooseAgain();
    Result<Step> pin(vault::Pin pin);

    Present present;
    Progress progress = Progress::keys;
    std::optional<vault::PinWeakness> weakness;
    vault::PinHints hints() const { return m_accepted ? vault::PinHints{m_accepted->birthday, m_number} : vault::PinHints(); }
    std::optional<wire::EnrolTerms> terms;
    vault::ServerLink server;

private:
    enum class State : std::uint8_t {
        idle,
        phoneNumber, // the person
        terms,       // EnrolStart is out
        proof,       // the person
        accepted,    // EnrolProof is out
        choosePin,   // the person
        repeatPin,   // the person
        kg2,
        kg4,
        pin, // the person, when resumed
        certificates,
        act, // an Exchange runs
        ended,
    };

    Step page(Show show, const std::optional<Problem> &problem = std::nullopt);
    Step stop(const Problem &problem);
    Step send(Bytes message, Show show);
    Step connectOr(State state, Bytes message, Show show);
    Result<Step> dispatch(const wire::Envelope &envelope, ByteView message);
    Result<Step> onAccepted(wire::EnrolAccepted accepted);
    Result<Step> generate();
    // In: StartedKey, the sign key's state of the suite of Kg2.
    template <typename StartedKey, typename Kg3, typename Kg2> Result<Step> onKg2(const Kg2 &kg2);
    Result<Step> onKg4(const wire::Kg4 &kg4);
    Result<Step> query();
    Result<Step> onCertificates(const wire::Certificates &certificates);
    Result<Step> begin(intent::Act act, Progress at);
    Result<Step> onNews(News news);
    Result<Step> finish();
    void beginAnew();
    Result<Step> guard(Result<Step> result);

    Environment m_environment;
    Connection m_connection;
    State m_state = State::idle;
    ByteArray<16> m_code{};
    std::string m_number;
    std::optional<wire::EnrolAccepted> m_accepted;
    std::optional<vault::Device> m_device;
    std::optional<vault::Pin> m_chosen;
    ByteArray<16> m_salt{};
    Secret<32> m_kPin; // from the PIN until the flow ends: five conversations need it
    std::variant<std::monostate, Sm2Started, FrostStarted> m_startedSign; // by the company's policy
    std::optional<Sm2Started> m_startedEncrypt;
    ByteArray<32> m_signId{}, m_encryptId{};
    std::optional<wire::Certificates::State> m_serverState;
    std::unique_ptr<Exchange> m_exchange;
    Outgoing m_pending; // to be sent once the connection is there
};

Step Activation::Impl::page(Show show, const std::optional<Problem> &problem)
{
    Step step(show);
    step.problem = problem;
    return step;
}

Step Activation::Impl::stop(const Problem &problem)
{
    // Before KG4 there is no chain and the halves are worth nothing: the next start is a clean one.
    m_state = State::ended;
    m_kPin.clear();
    m_chosen.reset();
    m_startedSign = std::monostate();
    m_startedEncrypt.reset();
    m_exchange.reset();
    return stopped(problem);
}

Result<Step> Activation::Impl::guard(Result<Step> result)
{
    if (result) return result;
    return stop(problemOf(result.error()));
}

Step Activation::Impl::send(Bytes message, Show show)
{
    Step step(show);
    step.send.push_back(std::move(message));
    return step;
}

// Sends on the open connection, or after the Greeting of a new one.
Step Activation::Impl::connectOr(State state, Bytes message, Show show)
{
    m_state = state;
    if (m_connection.isOpen()) return send(std::move(message), show);
    Outgoing pending;
    pending.push_back(std::move(message));
    m_pending = std::move(pending);
    Step step(show);
    step.connect = true;
    return step;
}

Result<Step> Activation::Impl::start(const ActivationLink &link)
{
    if (m_state != State::idle) return notNow();
    // Damaged files are no reason to refuse: a new activation is the way out of them.
    const auto stage = stageOf(m_environment.vault);
    if (!stage && stage.error().code != Errc::tampered) return stage.error();
    if (stage && *stage == Stage::active) return Error(Errc::badState, "active already");
    server = link.server;
    m_code = link.code;
    m_state = State::phoneNumber;
    return page(Show::phoneNumber);
}

Result<Step> Activation::Impl::goOn(const ActivationLink &link, std::string number, ByteView accepted)
{
    HUFU_TRY(parsed, wire::EnrolAccepted::parse(accepted));
    auto first = start(link);
    if (!first) return first;
    m_number = std::move(number);
    return onAccepted(std::move(parsed));
}

Result<Step> Activation::Impl::resume()
{
    if (m_state != State::idle) return notNow();
    HUFU_TRY(stage, stageOf(m_environment.vault));
    if (stage != Stage::started) return Error(Errc::badState, "nothing to resume");
    HUFU_TRY(device, m_environment.vault.device());
    m_device = std::move(device);
    server = m_device->server;
    m_state = State::pin;
    return page(Show::pin);
}

Result<Step> Activation::Impl::phoneNumber(std::string number)
{
    if (m_state != State::phoneNumber && m_state != State::proof) return notNow();
    if (number.empty() || number.size() > 32 || !intent::checkText(number, 32))
        return Error(Errc::badInput, "not a phone number");
    m_number = std::move(number);
    wire::EnrolStart message;
    message.code = m_code;
    message.phoneNumber = m_number;
    return connectOr(State::terms, wire::encode(message), Show::working);
}

Result<Step> Activation::Impl::resendSms()
{
    if (m_state != State::proof) return notNow();
    return phoneNumber(m_number);
}

Result<Step> Activation::Impl::proof(std::string sms, const std::vector<wire::Agreement> &accepted,
                                     std::uint8_t provider, Bytes evidence)
{
    if (m_state != State::proof) return notNow();
    if (accepted != terms->agreements) return Error(Errc::badInput, "every agreement must be accepted");
    if ((terms->factors & wire::factor::kLiveness) != 0 && (provider == 0 || evidence.empty()))
        return Error(Errc::badInput, "liveness is missing");
    if (sms.size() != limits::kSmsDigits) return Error(Errc::badInput, "not an SMS code");
    wire::EnrolProof message;
    message.code = m_code;
    message.sms = std::move(sms);
    message.agreements = accepted;
    message.provider = provider;
    message.evidence = std::move(evidence);
    if (message.evidence.size() > 32 * 1024) return Error(Errc::badInput, "evidence too long");
    return connectOr(State::accepted, wire::encode(message), Show::working);
}

Result<Step> Activation::Impl::onAccepted(wire::EnrolAccepted accepted)
{
    m_accepted = std::move(accepted);
    m_state = State::choosePin;
    return page(Show::choosePin);
}

Result<Step> Activation::Impl::choosePin(vault::Pin pin)
{
    if (m_state != State::choosePin) return notNow();
    weakness = vault::weaknessOf(pin, hints());
    if (weakness) return page(Show::choosePin);
    m_chosen = std::move(pin);
    m_state = State::repeatPin;
    return page(Show::repeatPin);
}

Result<Step> Activation::Impl::chooseAgain()
{
    if (m_state != State::repeatPin) return notNow();
    m_chosen.reset();
    m_state = State::choosePin;
    return page(Show::choosePin);
}

Result<Step> Activation::Impl::repeatPin(vault::Pin pin)
{
    if (m_state != State::repeatPin) return notNow();
    if (!m_chosen->same(pin)) {
        m_chosen.reset();
        m_state = State::choosePin;
        return page(Show::choosePin, problem(Errc::badInput, hf::kPinDiffers));
    }
    m_salt = m_environment.random.bytes<16>("salt");
    auto kPin = m_environment.vault.stretch(*m_chosen, m_salt, m_environment.stretch);
    m_chosen.reset();
    if (!kPin) return stop(problemOf(kPin.error()));
    m_kPin = std::move(*kPin);
    return guard(generate());
}

// KG1 for both keys, with a fresh K_dev; again on a new connection if the former was cut.
Result<Step> Activation::Impl::generate()
{
    const StackWiper wiper; // u1 of both keys; KG2 may be long in coming
    progress = Progress::keys;
    vault::Device device;
    device.acct = m_accepted->acct;
    device.kDev = m_environment.random.secret<32>("k-dev");
    device.server = server;
    device.person = m_accepted->person;
    device.company = m_accepted->company;
    device.creditCode = m_accepted->creditCode;
    device.hints = hints();
    device.subject = subjectBytes(m_accepted->subject);

    HUFU_TRY(encrypt,
             threshold::keygen::phoneStart(threshold::KeyType::encrypt, device.acct, m_environment.random));
    wire::Activate message;
    message.acct = device.acct;
    message.ticket = m_accepted->ticket;
    message.kDev = device.kDev.duplicate();
    message.kg1Encrypt = encrypt.kg1;
    if (m_accepted->suite == wire::kSuiteFrost) {
        auto sign = threshold::frost::keygen::phoneStart(device.acct, m_environment.random);
        message.kg1Sign = sign.kg1;
        m_startedSign = std::move(sign.state);
    } else {
        HUFU_TRY(sign,
                 threshold::keygen::phoneStart(threshold::KeyType::sign, device.acct, m_environment.random));
        message.kg1Sign = sign.kg1;
        m_startedSign = std::move(sign.state);
    }
    m_startedEncrypt = std::move(encrypt.state);
    m_device = std::move(device);
    return connectOr(State::kg2, wire::encode(message), Show::keys);
}

// What is written here is pending until KG4: without a chain it counts as nothing (stageOf).
template <typename StartedKey, typename Kg3, typename Kg2> Result<Step> Activation::Impl::onKg2(const Kg2 &kg2)
{
    const StackWiper wiper;
    auto *started = std::get_if<StartedKey>(&m_startedSign);
    if (!started) return Error(Errc::tampered, "KG2 of another suite");
    HUFU_TRY(sign, phoneFinish(std::move(*started), kg2.sign, m_environment.random)); // of the suite of StartedKey
    HUFU_TRY(encrypt,
             threshold::keygen::phoneFinish(std::move(*m_startedEncrypt), kg2.encrypt, m_environment.random));
    m_startedSign = std::monostate();
    m_startedEncrypt.reset();
    vault::EpochShares shares;
    shares.salt = m_salt;
    shares.saltEpoch = m_environment.random.bytes<32>("salt-epoch");
    shares.stretch = m_environment.stretch;
    HUFU_TRY(signBlinded, blind(sign.share, m_kPin, sign.key, shares.saltEpoch));
    HUFU_TRY(encryptBlinded, threshold::blind(encrypt.share, m_kPin, encrypt.key, shares.saltEpoch));
    shares.sign = {sign.key.keyId(), publicKeyOf(sign.key), signBlinded};
    shares.encrypt = {encrypt.key.keyId(), encrypt.key.p().bytes(), encryptBlinded};
    // Only now: the server answers for the new keys, having dropped the earlier activation's account with the proof.
    // Nothing can bring that activation to its end any more.
    HUFU_CHECK(m_environment.vault.erase());
    HUFU_CHECK(m_environment.vault.writeDevice(*m_device));
    HUFU_CHECK(m_environment.vault.writeShares(shares));
    m_signId = shares.sign.keyId;
    m_encryptId = shares.encrypt.keyId;
    Kg3 kg3;
    kg3.sign = sign.kg3;
    kg3.encrypt = encrypt.kg3;
    m_state = State::kg4;
    return send(wire::encode(kg3), Show::keys);
}

Result<Step> Activation::Impl::onKg4(const wire::Kg4 &kg4)
{
    const auto fits = [&](const ByteArray<32> &keyId, const ByteArray<32> &mac) {
        return ct::equal(crypto::hmacSm3(m_device->kDev.expose(), wire::kg4MacInput(keyId, kg4.n, kg4.ctr)),
                         mac);
    };
    if (!fits(m_signId, kg4.macSign) || !fits(m_encryptId, kg4.macEncrypt))
        return Error(Errc::tampered, "KG4 is not the cosigner's");
    HUFU_CHECK(m_environment.vault.writePosition(kg4.ctr, kg4.n));
    m_accepted.reset();
    return query();
}

Result<Step> Activation::Impl::pin(vault::Pin pin)
{
    if (m_state != State::pin) return notNow();
    if (!pin.longEnough()) return Error(Errc::badInput, "PIN too short");
    HUFU_TRY(shares, m_environment.vault.shares());
    if (shares.empty()) return Error(Errc::badState, "no shares");
    auto kPin = m_environment.vault.stretch(pin, shares.front().salt, shares.front().stretch);
    if (!kPin) return stop(problemOf(kPin.error()));
    m_kPin = std::move(*kPin);
    return guard(query());
}

// The server knows how far the activation is.
Result<Step> Activation::Impl::query()
{
    m_exchange.reset();
    m_state = State::certificates;
    if (!m_connection.isOpen()) {
        Step step(Show::keys);
        step.connect = true;
        return step;
    }
    wire::CertificatesQuery message;
    message.acct = m_device->acct;
    message.mac = crypto::hmacSm3(m_device->kDev.expose(), wire::macInputOf(message, m_connection.cn()));
    return send(wire::encode(message), Show::keys);
}

Result<Step> Activation::Impl::onCertificates(const wire::Certificates &issued)
{
    using Issued = wire::Certificates;
    if (m_serverState && issued.state <= *m_serverState && issued.state != Issued::active)
        return Error(Errc::internal, "the activation does not go on");
    m_serverState = issued.state;
    switch (issued.state) {
    case Issued::none:
        return begin(intent::Act::csr, Progress::request);
    case Issued::signIssued:
        return begin(intent::Act::encryptCertificate, Progress::encryptRequest);
    case Issued::encryptRequested:
        return begin(intent::Act::probe, Progress::probe);
    case Issued::active:
        break;
    }
    progress = Progress::certificates;
    HUFU_TRY(known, m_environment.vault.certificates());
    HUFU_TRY(shares, m_environment.vault.shares());
    if (shares.empty()) return Error(Errc::badState, "no shares");
    if (auto good = checkCertificates(issued, known, *m_device, shares.front(), m_connection.serverNowMs());
        !good) {
        const bool revoked = good.error().code == Errc::refused;
        return stop(problem(good.error().code, revoked ? hf::kCertificateRevoked : hf::kCertificateInvalid));
    }
    HUFU_CHECK(m_environment.vault.writeCertificates(
        {issued.sign, issued.encrypt, issued.issuing, issued.root, false}));
    return begin(intent::Act::rehearseSign, Progress::rehearseSign);
}

Result<Step> Activation::Impl::begin(intent::Act act, Progress at)
{
    progress = at;
    m_state = State::act;
    m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection, act);
    return onNews(m_exchange->start());
}

Result<Step> Activation::Impl::onNews(News news)
{
    switch (news.kind) {
    case News::Kind::ready:
    case News::Kind::pinAgain: // K_pin is still here: nobody needs to be asked
        return onNews(m_exchange->answer(m_kPin, everyItem(m_exchange->request()->manifest)));
    case News::Kind::signedItems:
        if (progress == Progress::rehearseSign)
            return begin(intent::Act::rehearseDecrypt, Progress::rehearseDecrypt);
        return query();
    case News::Kind::openedItems: {
        if (progress == Progress::rehearseDecrypt) return finish();
        wire::ProbeAnswer answer;
        answer.acct = m_device->acct;
        answer.sid = m_exchange->sid();
        answer.sm3 = crypto::sm3(m_exchange->opened().front().expose());
        answer.mac = crypto::hmacSm3(m_device->kDev.expose(), wire::macInputOf(answer, m_connection.cn()));
        m_exchange.reset();
        m_state = State::certificates;
        return send(wire::encode(answer), Show::keys);
    }
    case News::Kind::wrongPin: {
        m_kPin.clear();
        m_exchange.reset();
        m_serverState.reset();
        m_connection.close();
        m_state = State::pin;
        Step step = page(Show::pin, news.problem);
        step.close = true;
        return step;
    }
    case News::Kind::stopped:
        return stop(news.problem);
    default:
        return stepOf(std::move(news), Show::keys);
    }
}

Result<Step> Activation::Impl::finish()
{
    HUFU_TRY(certificates, m_environment.vault.certificates());
    certificates.active = true;
    HUFU_CHECK(m_environment.vault.writeCertificates(certificates));
    HUFU_CHECK(m_environment.vault.addHistory(
        {m_connection.serverNowMs(), "activation", m_device->company, m_device->person, true, 0}));
    m_kPin.clear();
    m_exchange.reset();
    m_state = State::ended;
    progress = Progress::finished;
    Step step(Show::done);
    step.close = true;
    return step;
}

Result<Step> Activation::Impl::receive(ByteView message)
{
    if (m_state == State::ended) return notNow();
    auto envelope = wire::Envelope::split(message);
    if (!envelope) return stop(problemOf(envelope.error()));
    return guard(dispatch(*envelope, message));
}

Result<Step> Activation::Impl::dispatch(const wire::Envelope &envelope, ByteView message)
{
    if (m_exchange && envelope.type == wire::Type::greeting && m_exchange->overdue()) beginAnew();
    if (m_exchange) return onNews(m_exchange->receive(message));
    switch (envelope.type) {
    case wire::Type::greeting: {
        if (m_connection.isOpen()) break;
        HUFU_TRY(greeting, wire::Greeting::parse(envelope.body));
        m_connection.open(greeting);
        if (m_state == State::certificates) return query();
        if (m_pending.empty()) return present.again();
        Step step(m_state == State::kg2 ? Show::keys : Show::working);
        step.send = std::move(m_pending);
        return step;
    }
    case wire::Type::failure: {
        HUFU_TRY(failure, wire::Failure::parse(envelope.body));
        // What was typed may be corrected; all else ends the flow.
        if (m_state == State::terms) {
            m_state = terms ? State::proof : State::phoneNumber;
            return page(terms ? Show::terms : Show::phoneNumber, problemOf(failure));
        }
        if (m_state == State::accepted) {
            m_state = State::proof;
            return page(Show::terms, problemOf(failure));
        }
        return stop(problemOf(failure));
    }
    case wire::Type::enrolTerms: {
        if (m_state != State::terms) break;
        HUFU_TRY(parsed, wire::EnrolTerms::parse(envelope.body));
        terms = std::move(parsed);
        m_state = State::proof;
        return page(Show::terms);
    }
    case wire::Type::enrolAccepted: {
        if (m_state != State::accepted) break;
        HUFU_TRY(accepted, wire::EnrolAccepted::parse(envelope.body));
        return onAccepted(std::move(accepted));
    }
    case wire::Type::kg2: {
        if (m_state != State::kg2) break;
        HUFU_TRY(kg2, wire::Kg2::parse(envelope.body));
        return onKg2<Sm2Started, wire::Kg3>(kg2);
    }
    case wire::Type::frostKg2: {
        if (m_state != State::kg2) break;
        HUFU_TRY(kg2, wire::FrostKg2::parse(envelope.body));
        return onKg2<FrostStarted, wire::FrostKg3>(kg2);
    }
    case wire::Type::kg4: {
        if (m_state != State::kg4) break;
        HUFU_TRY(kg4, wire::Kg4::parse(envelope.body));
        return onKg4(kg4);
    }
    case wire::Type::certificates: {
        if (m_state != State::certificates) break;
        HUFU_TRY(certificates, wire::Certificates::parse(envelope.body));
        return onCertificates(certificates);
    }
    default:
        break;
    }
    return Error(Errc::tampered, "a message that does not belong here");
}

// The time of an act of the phone's own is over, and the server knows how far it came: it is gone on from there, until the person leaves.
void Activation::Impl::beginAnew()
{
    m_exchange.reset();
    m_serverState.reset();
    m_state = State::certificates;
}

Result<Step> Activation::Impl::connectionLost()
{
    m_connection.close();
    if (m_exchange && m_exchange->overdue()) beginAnew();
    if (m_exchange) return guard(onNews(m_exchange->lost()));
    const bool waits = m_state == State::terms || m_state == State::accepted || m_state == State::kg2 ||
                       m_state == State::kg4 || m_state == State::certificates;
    if (!waits) return present.again(); // nothing is under way; the next input connects again
    switch (m_state) {
    case State::terms: // whether it arrived is unknown: the person may send it once more
        m_state = terms ? State::proof : State::phoneNumber;
        return page(terms ? Show::terms : Show::phoneNumber, problem(Errc::unavailable, hf::kConnectionLost));
    case State::accepted:
        m_state = State::proof;
        return page(Show::terms, problem(Errc::unavailable, hf::kConnectionLost));
    case State::kg2:
    case State::kg4:
        return guard(generate());
    default:
        break;
    }
    m_serverState.reset();
    return guard(query());
}

Result<Step> Activation::Impl::tick()
{
    if (m_exchange && m_exchange->overdue()) {
        beginAnew();
        return guard(query());
    }
    if (m_state == State::idle || m_state == State::ended) return notNow();
    return present.again();
}

Activation::Activation(const Environment &environment) : m_impl(std::make_unique<Impl>(environment)) {}
Activation::~Activation() = default;

Result<Step> Activation::start(const ActivationLink &link)
{
    return m_impl->present.noted(m_impl->start(link));
}

Result<Step> Activation::goOn(const ActivationLink &link, std::string number, ByteView accepted)
{
    return m_impl->present.noted(m_impl->goOn(link, std::move(number), accepted));
}

Bytes Activation::acceptance() const
{
    return m_impl->acceptance();
}

Result<Step> Activation::resume()
{
    return m_impl->present.noted(m_impl->resume());
}

Result<Step> Activation::receive(ByteView message)
{
    return m_impl->present.noted(m_impl->receive(message));
}

Result<Step> Activation::connectionLost()
{
    return m_impl->present.noted(m_impl->connectionLost());
}

Result<Step> Activation::tick()
{
    return m_impl->present.noted(m_impl->tick());
}

Result<Step> Activation::phoneNumber(std::string number)
{
    return m_impl->present.noted(m_impl->phoneNumber(std::move(number)));
}

Result<Step> Activation::resendSms()
{
    return m_impl->present.noted(m_impl->resendSms());
}

Result<Step> Activation::proof(std::string sms, const std::vector<wire::Agreement> &accepted,
                               std::uint8_t provider, Bytes evidence)
{
    return m_impl->present.noted(m_impl->proof(std::move(sms), accepted, provider, std::move(evidence)));
}

Result<Step> Activation::choosePin(vault::Pin pin)
{
    return m_impl->present.noted(m_impl->choosePin(std::move(pin)));
}

Result<Step> Activation::chooseAgain()
{
    return m_impl->present.noted(m_impl->chooseAgain());
}

Result<Step> Activation::repeatPin(vault::Pin pin)
{
    return m_impl->present.noted(m_impl->repeatPin(std::move(pin)));
}

Result<Step> Activation::pin(vault::Pin pin)
{
    return m_impl->present.noted(m_impl->pin(std::move(pin)));
}

Progress Activation::progress() const
{
    return m_impl->progress;
}

vault::PinHints Activation::hints() const
{
    return m_impl->hints();
}

std::optional<vault::PinWeakness> Activation::weakness() const
{
    return m_impl->weakness;
}

const std::optional<wire::EnrolTerms> &Activation::terms() const
{
    return m_impl->terms;
}

vault::ServerLink Activation::server() const
{
    return m_impl->server;
}

} // namespace hufu::phone
