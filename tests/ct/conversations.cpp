// Whole conversations of the phone's flows with the cosigner, as both ship: shares, nonces, masks, factors, K_dev and the digits of
// PINs are secret from their first byte on, wherever they pass: wire, vault, seals, rows, queues and verdicts.
// Public are: what is drawn to be sent, stored in clear or told a person (kPublicDraws), what has gone over the wire (Line), what lies sealed on a disk.
// Left out: the judgement of a new PIN (vault::weaknessOf), a list of words that the page tells the person the outcome of; and Argon2id,
// which reads memory by the PIN in its second half, by design (libsodium.supp): its result is secret again.
#include "shield/crypto/aead.h"
#include "shield/crypto/sealed_box.h"
#include "shield/phone/pin_change.h"
#include "shield/phone/recovery.h"
#include "tests/ct/halves.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <valgrind/memcheck.h>

namespace hufu::tests {

namespace {

using intent::Act;
using phone::Show;

constexpr std::string_view kWrongPin = "928374";
constexpr std::array<std::string_view, 12> kPublicDraws{"aead-nonce", "cn",    "epoch-mark", "n",      "recovery-digits", "rid", "salt",
                                                        "salt-epoch", "serial", "sid",        "stale", "token"};

void require(bool holds, const char *what)
{
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

class ConversationRandom final : public ports::Random {
public:
    void fill(std::span<std::uint8_t> out, std::string_view label) override
    {
        m_system.fill(out, label);
        if (std::find(kPublicDraws.begin(), kPublicDraws.end(), label) == kPublicDraws.end()) ct::poison(out.data(), out.size());
    }

private:
    ports::SystemRandom m_system;
};

// Seals under a secret key. What lies sealed is public; opened again, each bit is as secret as it was before.
class Seals {
public:
    Bytes seal(ByteView plain, ByteView context)
    {
        Bytes marks(plain.size());
        if (!plain.empty()) VALGRIND_GET_VBITS(plain.data(), marks.data(), plain.size());
        Bytes sealed = crypto::aeadSeal(m_key, plain, context, m_random);
        ct::declassify(sealed.data(), sealed.size());
        m_marks[textOf(sealed)] = std::move(marks);
        return sealed;
    }
    Result<SecretBytes> open(ByteView sealed, ByteView context)
    {
        HUFU_TRY(plain, crypto::aeadOpen(m_key, sealed, context));
        const Bytes &marks = m_marks.at(textOf(sealed));
        if (plain.size() > 0) VALGRIND_SET_VBITS(plain.expose().data(), marks.data(), marks.size());
        return std::move(plain);
    }

private:
    ports::SystemRandom m_random;
    crypto::AeadKey m_key = SecretRandom().secret<32>("key");
    std::map<std::string, Bytes> m_marks;
};

class SecretElement : public ports::SecureElement {
public:
    Result<Bytes> seal(ByteView plain, ByteView context) override { return m_seals.seal(plain, context); }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override { return m_seals.open(sealed, context); }
    Result<Secret<32>> deviceMac(ByteView message) override
    {
        auto mac = crypto::hmacSm3(m_secret.expose(), message);
        return Secret<32>::adopt(mac);
    }

private:
    Seals m_seals;
    Secret<32> m_secret = SecretRandom().secret<32>("device");
};

// Wrong on purpose: branches on the last byte of a file, which in that of the shares is one of a blinded share.
class LeakyElement final : public SecretElement {
public:
    __attribute__((noinline)) Result<Bytes> seal(ByteView plain, ByteView context) override
    {
        if ((plain.back() & 1) != 0)
            for (int i = 0; i < 8; ++i)
                m_sink = m_sink + 3;
        return SecretElement::seal(plain, context);
    }

private:
    volatile std::uint64_t m_sink = 0;
};

class SecretMasterKey final : public ports::MasterKey {
public:
    Result<Bytes> seal(ByteView plain, ByteView context) override { return m_seals.seal(plain, context); }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override { return m_seals.open(sealed, context); }

private:
    Seals m_seals;
};

class SecretEpochKeys final : public ports::EpochKeys {
public:
    Result<void> make(const Name &name) override
    {
        m_keys.push_back({name, std::make_unique<Seals>()});
        return {};
    }
    Result<bool> has(const Name &name) override { return find(name) != nullptr; }
    Result<Bytes> seal(const Name &name, ByteView plain, ByteView context) override
    {
        Seals *seals = find(name);
        if (seals == nullptr) return Error(Errc::notFound, "no such key");
        return seals->seal(plain, context);
    }
    Result<SecretBytes> open(const Name &name, ByteView sealed, ByteView context) override
    {
        Seals *seals = find(name);
        if (seals == nullptr) return Error(Errc::notFound, "no such key");
        return seals->open(sealed, context);
    }
    Result<void> destroy(const Name &name) override
    {
        std::erase_if(m_keys, [&](const auto &key) { return key.first == name; });
        return {};
    }
    Result<std::vector<Name>> list() override
    {
        std::vector<Name> names;
        for (const auto &[name, seals] : m_keys)
            names.push_back(name);
        return names;
    }

private:
    Seals *find(const Name &name)
    {
        const auto it = std::find_if(m_keys.begin(), m_keys.end(), [&](const auto &key) { return key.first == name; });
        return it == m_keys.end() ? nullptr : it->second.get();
    }
    std::vector<std::pair<Name, std::unique_ptr<Seals>>> m_keys;
};

// Marks those bytes of the message secret again.
template <typename Bytes> void keepSecret(ByteView message, const Bytes &part)
{
    const auto at = std::search(message.begin(), message.end(), part.begin(), part.end());
    require(at != message.end(), "what is secret is in its message");
    ct::poison(&*at, part.size());
}

// What goes over the wire is public from then on, but for what only the two halves may ever know of it.
void overTheWire(ByteView message)
{
    ct::declassify(message.data(), message.size());
    if (const auto activate = wire::decode<wire::Activate>(message)) keepSecret(message, activate->kDev.expose());
    if (const auto recover = wire::decode<wire::Recover>(message)) keepSecret(message, recover->kDev.expose());
    if (const auto ref1 = wire::decode<wire::Ref1>(message)) keepSecret(message, ref1->rho1);
    if (const auto ref2 = wire::decode<wire::Ref2>(message); ref2 && ref2->verdict.status == wire::Status::ok)
        keepSecret(message, ref2->rho2);
    if (const auto dec2 = wire::decode<wire::Dec2>(message))
        for (const auto &answer : dec2->answers) // each tests PINs (X6)
            keepSecret(message, ByteView(answer).subspan(1)); // its first byte is the form of all points
}

class World {
public:
    explicit World(crypto::Suite suite, ports::SecureElement &element) : m_half(m_files, element)
    {
        m_half.server.suite = suite;
        m_half.server.dress = [this](cosigner::Ports plain) {
            return cosigner::Ports{plain.ledger, m_masterKey, m_epochKeys, m_random, plain.clock};
        };
        m_half.server.restart();
        m_half.server.onMessage = [](wire::Type, ByteView message) { overTheWire(message); };
        m_half.server.onAnswer = [](Bytes &answer) { overTheWire(answer); };
    }

    // Both keys made, proved by a signature and an opening, and rehearsed.
    void activate()
    {
        phone::Activation flow(m_environment);
        m_half.enrol(flow);
        require(m_half.pump(flow, flow.repeatPin(typed(kPin))).show == Show::done, "activated");
        m_half.server.sessions.clear();
    }

    void sign(std::string_view pin)
    {
        m_half.server.restart(); // the share comes from its seal, and is judged by its equation again
        auto manifest = manifestOf(Act::sign);
        manifest.files.clear();
        std::vector<Bytes> tbs;
        for (const std::string_view text : {"one", "two"}) {
            tbs.push_back(bytesOf(viewOf(text)));
            manifest.files.push_back({std::string(text), text.size(), crypto::sm3(tbs.back()), 0});
        }
        phone::Approval flow(m_environment);
        require(m_half.claim(flow, m_half.server.open(manifest, tbs)).show == Show::approve, "claimed");
        m_half.pump(flow, flow.approve());
        require(m_half.pump(flow, flow.pin(typed(kWrongPin))).show == Show::pin, "a wrong PIN is told");
        require(m_half.pump(flow, flow.pin(typed(pin))).show == Show::done && flow.signatures().size() == 2, "signed");
        m_due = flow.takeRefresh();
        m_half.server.sessions.clear();
    }

    // For the desk: what is opened leaves the phone sealed.
    void open(std::string_view pin)
    {
        ports::SystemRandom publicRandom;
        const auto desk = crypto::BoxKey::generate(publicRandom);
        auto manifest = manifestOf(Act::decrypt);
        manifest.deskKey = desk.publicKey();
        const auto point = crypto::Point::parse(m_half.vault.shares()->front().encrypt.point);
        const std::vector<Bytes> tbs{*x509::sm2CipherDer(*crypto::sm2Encrypt(*point, viewOf("content"), publicRandom))};
        manifest.files = {{"sealed", tbs[0].size(), crypto::sm3(tbs[0]), 0}};
        phone::Approval flow(m_environment);
        require(m_half.claim(flow, m_half.server.open(manifest, tbs)).show == Show::approve, "claimed");
        m_half.pump(flow, flow.approve());
        require(m_half.pump(flow, flow.pin(typed(kWrongPin))).show == Show::pin, "a wrong PIN is told");
        require(m_half.pump(flow, flow.pin(typed(pin))).show == Show::done, "opened");
        m_half.server.sessions.clear();
    }

    void changePin(std::string_view from, std::string_view to)
    {
        for (const bool right : {false, true}) {
            phone::PinChange flow(m_environment);
            m_half.pump(flow, flow.start());
            m_half.pump(flow, flow.smsCode(m_half.server.smsCode));
            m_half.pump(flow, flow.pin(typed(right ? from : kWrongPin)));
            m_half.pump(flow, flow.newPin(pinOf(to)));
            const auto last = m_half.pump(flow, flow.repeatPin(typed(to)));
            require((last.show == Show::done) == right, "changed by the right PIN alone");
            m_half.server.sessions.clear();
        }
    }

    // The phone's own, with the stretched PIN of a signature a month later.
    void refresh(std::string_view pin)
    {
        sign(pin);
        m_half.clock.advance(30 * std::int64_t{86'400'000});
        sign(pin);
        require(m_due != nullptr, "a refresh is due");
        require(m_half.pump(*m_due, m_due->start()).show == Show::done, "refreshed");
    }

    // After a clone was found: a new K_dev, and shares that the copy has not.
    void recover(std::string_view pin)
    {
        auto copy = m_files.files;
        sign(pin);
        std::swap(copy, m_files.files);
        {
            phone::Approval flow(m_environment);
            phone::Step step = m_half.claim(flow, m_half.server.open(manifestOf(Act::login)));
            if (step.show == Show::approve) step = m_half.pump(flow, flow.approve());
            if (step.show == Show::pin) step = m_half.pump(flow, flow.pin(typed(pin)));
            require(step.problem && step.problem->code == 303, "a copy was found");
        }
        std::swap(copy, m_files.files);
        m_half.server.sessions.clear();
        phone::Recovery flow(m_environment);
        m_half.pump(flow, flow.start());
        m_half.pump(flow, flow.code(*m_half.server.cosigner->openRecovery(m_half.server.acct)));
        require(m_half.pump(flow, flow.pin(typed(kWrongPin))).show == Show::pin, "a wrong PIN is told");
        require(m_half.pump(flow, flow.pin(typed(pin))).show == Show::done, "recovered");
        m_half.server.sessions.clear();
    }

private:
    // How many digits there are is no secret: the dots show it.
    static vault::Pin typed(std::string_view digits)
    {
        vault::Pin pin = pinOf(digits);
        ct::poison(pin.expose().data(), pin.length());
        return pin;
    }

    MemoryDeviceStore m_files;
    SecretMasterKey m_masterKey;
    SecretEpochKeys m_epochKeys;
    ConversationRandom m_random;
    PhoneHalf m_half;
    std::unique_ptr<phone::Refresh> m_due;
    phone::Environment m_environment{m_half.vault, m_random, m_half.clock, {64, 1}};
};

void converse(crypto::Suite suite)
{
    SecretElement element;
    World world(suite, element);
    world.activate();
    world.sign(kPin);
    world.open(kPin);
    world.refresh(kPin);
    world.recover(kPin);
    world.changePin(kPin, kOtherPin);
    world.sign(kOtherPin);
    world.open(kOtherPin);
}

void conversations()
{
    converse(crypto::Suite::sm2);
}

void conversationsOfSuiteTwo()
{
    converse(crypto::Suite::frost);
}

void leakyConversation()
{
    LeakyElement element;
    World(crypto::Suite::sm2, element).activate();
}

constexpr CtCheck kChecks[] = {{"conversations", conversations}, {"frost-conversations", conversationsOfSuiteTwo}};
constexpr CtCheck kLeaky[] = {{"leaky-conversation", leakyConversation}};

} // namespace

std::span<const CtCheck> conversationChecks()
{
    return kChecks;
}

std::span<const CtCheck> leakyConversationChecks()
{
    return kLeaky;
}

} // namespace hufu::tests
