// Any schedule of messages between the two halves: dropped, repeated, swapped with those of another session, cut, with bits
// turned over, or with another conversation of the phone in between. Either a standard signature over exactly what was approved
// comes out, or nothing does, and in either case no nonce is answered twice. RC_PARAMS="max_success=..." runs more of them.
#include "shield/crypto/sealed_box.h"
#include "shield/x509/openssl.h"
#include "shield/x509/sm2_der.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/person.h"
#include "tests/shield/phone/phone_half.h"

#include <QTest>

#include <openssl/evp.h>
#include <rapidcheck.h>

using namespace hufu;
using namespace hufu::tests;
using intent::Act;
using phone::Show;
using phone::Step;

namespace {

enum class Fault : std::uint8_t {
    loseRequest,
    loseAnswer,
    repeatRequest,
    repeatAnswer,
    foreignRequest, // one of another session in its place
    foreignAnswer,
    otherConversation, // a whole one of the same phone before this message goes out
    cutRequest,
    cutAnswer,
    turnBitOfRequest,
    turnBitOfAnswer,
    killServer,
    end
};

struct Trouble {
    int message = 0; // of the phone's, counted from the beginning
    Fault fault = Fault::loseRequest;
    std::uint16_t where = 0;
};

std::ostream &operator<<(std::ostream &out, const Trouble &trouble)
{
    return out << "message " << trouble.message << ", fault " << static_cast<int>(trouble.fault) << ", where "
               << trouble.where;
}

// Up to four troubles anywhere; rapidcheck's size must not narrow them.
rc::Gen<std::vector<Trouble>> anySchedule()
{
    const auto upTo = [](int end) { return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, end)); };
    const auto trouble = rc::gen::build<Trouble>(
        rc::gen::set(&Trouble::message, upTo(8)),
        rc::gen::set(&Trouble::fault, rc::gen::map(upTo(static_cast<int>(Fault::end)),
                                                   [](int fault) { return static_cast<Fault>(fault); })),
        rc::gen::set(&Trouble::where, rc::gen::map(upTo(0x10000), [](int where) {
            return static_cast<std::uint16_t>(where);
        })));
    return rc::gen::mapcat(upTo(5), [trouble](int count) {
        return rc::gen::container<std::vector<Trouble>>(static_cast<std::size_t>(count), trouble);
    });
}

// All that went over the network, and by which flow.
struct Tape {
    struct Entry {
        Bytes message;
        int flow;
    };
    std::vector<Entry> requests, answers;
    int flow = 0;
    bool nonceTwice = false; // one nonce with two different answers: the share is out (A6)

    void request(const Bytes &message)
    {
        requests.push_back({message, flow});
        note<wire::Sign, 65>(message);
        note<wire::FrostSign, 32>(message); // D1, and E1 beside it
    }
    // One of another flow than this. Empty: there is none.
    static Bytes foreign(const std::vector<Entry> &from, int flow, std::size_t where)
    {
        std::vector<const Bytes *> others;
        for (const Entry &entry : from)
            if (entry.flow != flow) others.push_back(&entry.message);
        return others.empty() ? Bytes() : *others[where % others.size()];
    }

private:
    template <typename M, std::size_t kNonce> void note(const Bytes &message)
    {
        const auto sign = wire::decode<M>(message);
        if (!sign) return;
        for (const auto &item : sign->items) {
            const auto [at, isNew] = m_shares.emplace(bytesOf(ByteView(item.share).first(kNonce)), bytesOf(item.share));
            nonceTwice = nonceTwice || (!isNew && at->second != bytesOf(item.share));
        }
    }
    std::map<Bytes, Bytes> m_shares;
};

// A network that does to the messages of one flow what the schedule says.
class TroubledLine final : public Line {
public:
    TroubledLine(PhoneHalf &half, Tape &tape, std::vector<Trouble> schedule = {})
        : m_half(half), m_tape(tape), m_schedule(std::move(schedule)), m_flow(++tape.flow)
    {}

    std::function<void()> otherConversation; // over a line of its own
    // Beyond what TLS lets through, in a message that moves the chain, the epoch or a verdict: the phone may end up out of step.
    bool steered = false;

    std::optional<std::vector<Bytes>> connect() override
    {
        return std::vector<Bytes>{*m_half.server.connect()};
    }
    std::optional<std::vector<Bytes>> send(const Bytes &original) override
    {
        m_tape.flow = m_flow;
        m_tape.request(original);
        Bytes message = original;
        bool once = true, lost = false;
        const int at = m_messages++;
        for (const Trouble &trouble : m_schedule) {
            if (trouble.message != at) continue;
            switch (trouble.fault) {
            case Fault::loseRequest: return std::nullopt;
            case Fault::loseAnswer: lost = true; break;
            case Fault::repeatRequest: once = false; break;
            case Fault::foreignRequest:
                if (const Bytes other = Tape::foreign(m_tape.requests, m_flow, trouble.where); !other.empty()) {
                    message = other;
                    ++foreignMessages;
                }
                break;
            case Fault::otherConversation: converse(); break;
            case Fault::cutRequest: message.resize(trouble.where % (message.size() + 1)); break;
            case Fault::turnBitOfRequest: turn(message, trouble.where); break;
            case Fault::killServer: m_half.server.restart(); return std::nullopt;
            default: break;
            }
        }
        auto out = deliver(m_half, message);
        if (!once && out)
            if (const auto again = deliver(m_half, message)) out->insert(out->end(), again->begin(), again->end());
        if (lost || !out) return std::nullopt;
        for (const Bytes &answer : *out)
            m_tape.answers.push_back({answer, m_flow});
        for (const Trouble &trouble : m_schedule) {
            if (trouble.message != at || out->empty()) continue;
            Bytes &answer = out->front();
            const Bytes before = answer;
            switch (trouble.fault) {
            case Fault::repeatAnswer: out->push_back(before); continue; // answer may have moved
            case Fault::foreignAnswer:
                if (const Bytes other = Tape::foreign(m_tape.answers, m_flow, trouble.where); !other.empty()) {
                    answer = other;
                    ++foreignMessages;
                }
                break;
            case Fault::cutAnswer: answer.resize(trouble.where % (answer.size() + 1)); break;
            case Fault::turnBitOfAnswer: turn(answer, trouble.where); break;
            default: continue;
            }
            if (answer != before) steered = steered || steers(before) || steers(answer);
        }
        return out;
    }

    // What the server does with a message of any form. Nothing: it hangs up.
    static std::optional<std::vector<Bytes>> deliver(PhoneHalf &half, const Bytes &message)
    {
        if (!half.server.conversation || !wire::Envelope::split(message)) return std::nullopt;
        try { // the test server hangs up on what it does not understand
            return half.server.receive(message);
        } catch (const HangUp &) {
            return std::nullopt;
        }
    }

    static inline int foreignMessages = 0, conversationsBetween = 0; // so that the faults are known to do something

private:
    static bool steers(const Bytes &answer)
    {
        using wire::Type;
        const auto envelope = wire::Envelope::split(answer);
        if (!envelope) return true; // was perhaps one of those below
        switch (envelope->type) {
        case Type::greeting:
        case Type::claimed:
        case Type::factorSent:
        case Type::factorAccepted:
        case Type::delivered: return false;
        default: return true;
        }
    }
    static void turn(Bytes &message, std::size_t where)
    {
        if (message.empty()) return;
        auto &byte = message[where / 8 % message.size()];
        byte = static_cast<std::uint8_t>(byte ^ (1U << where % 8));
    }
    void converse()
    {
        if (!otherConversation) return;
        auto open = m_half.server.park();
        otherConversation();
        m_half.server.resume(std::move(open));
        m_tape.flow = m_flow;
        ++conversationsBetween;
    }

    PhoneHalf &m_half;
    Tape &m_tape;
    std::vector<Trouble> m_schedule;
    const int m_flow;
    int m_messages = 0;
};

// Judged by OpenSSL alone.
bool verifiesToOpenssl(const crypto::PublicKey &point, ByteView message, const ByteArray<64> &signature)
{
    const x509::OwnedMdContext context(EVP_MD_CTX_new());
    if (point.suite() == crypto::Suite::frost) {
        const auto bytes = point.bytes();
        EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size());
        const bool fits = EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
                          EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
        EVP_PKEY_free(key);
        return fits;
    }
    const auto key = x509::publicKeyOf(*crypto::Point::parse(point.sm2Bytes()));
    const auto der = x509::Sm2Signature::fromRaw(signature)->der();
    if (!key || !der) return false;
    EVP_PKEY_CTX *keyContext = nullptr;
    return EVP_DigestVerifyInit(context.get(), &keyContext, EVP_sm3(), nullptr, key->get()) == 1 &&
           EVP_PKEY_CTX_set1_id(keyContext, crypto::kSm2Id.data(), static_cast<int>(crypto::kSm2Id.size())) == 1 &&
           EVP_DigestVerify(context.get(), der->data(), der->size(), message.data(), message.size()) == 1;
}

struct Activated {
    PhoneHalf half;
    MemoryLedger::Rows rows;
    std::map<std::string, Bytes> files;
    explicit Activated(crypto::Suite suite = crypto::Suite::sm2)
    {
        half.server.suite = suite;
        if (!half.activate()) qFatal("activation");
        half.server.epochKeys.keepsAll = true; // rows of before a refresh come back
        rows = half.server.ledger.rows;
        files = half.store.files;
    }
    void reset()
    {
        half.clock = ManualClock();
        half.server.ledger.rows = rows;
        half.store.files = files;
        half.server.sessions.clear();
        half.server.restart();
    }
};

Person personFor(Line &line, std::string_view pin = kPin, std::string_view newPin = kOtherPin)
{
    Person person(line);
    person.pin = [pin] { return pinOf(pin); };
    person.newPin = [newPin] { return pinOf(newPin); };
    return person;
}

std::uint32_t evaluations(PhoneHalf &half)
{
    std::uint32_t count = half.server.cosigner->device(half.server.acct)->lock.total;
    for (const auto &[token, session] : half.server.sessions)
        count += static_cast<std::uint32_t>(session.signatures.size());
    return count;
}

cosigner::Standing standingOf(PhoneHalf &half)
{
    return half.server.cosigner->device(half.server.acct)->lock.standing;
}

// One act from its beginning to its end over a line, by a person who knows the PIN.
Show approve(PhoneHalf &half, Line &line, phone::Approval &flow, const ByteArray<16> &token, std::string_view pin = kPin)
{
    Person person = personFor(line, pin);
    return person.play(flow, flow.claim(half.server.frame(token).text(), half.clock.monotonicMs()));
}
Show rehearse(PhoneHalf &half, Line &line, std::string_view pin, Act act = Act::rehearseSign)
{
    phone::Approval flow(half.environment);
    Person person = personFor(line, pin, kPin); // kPin is what a change of the PIN here changes to
    person.inputsLeft = 5;
    return person.play(flow, flow.begin(act));
}

// Whether what came out is right.
void judgeSignatures(const phone::Approval &flow, Show end, const TestSession &session, const crypto::PublicKey &point)
{
    if (end != Show::done) RC_ASSERT(flow.signatures().empty());
    if (end == Show::done && intent::opOf(session.manifest.act) == intent::Op::sign) {
        RC_ASSERT(flow.signatures().size() == intent::itemsOf(session.manifest));
        RC_ASSERT(flow.request()->manifest == session.manifest);
        for (const phone::Signed &item : flow.signatures())
            RC_ASSERT(verifiesToOpenssl(point, session.tbs[item.index], item.signature));
    }
    // What the server kept of a session whose answer was lost was approved, too (PROTOCOL 3.2).
    for (std::size_t i = 0; i < session.signatures.size(); ++i)
        RC_ASSERT(verifiesToOpenssl(point, session.tbs[i], session.signatures[i]));
}

// Every message of the past once more, to both halves: nobody answers with a nonce that is still there.
template <typename Flow> void replayEverything(PhoneHalf &half, const Tape &tape, Flow &flow)
{
    const std::uint32_t before = evaluations(half);
    half.server.connect();
    for (const Tape::Entry &entry : tape.requests)
        if (!TroubledLine::deliver(half, entry.message)) half.server.connect();
    RC_ASSERT(evaluations(half) == before);
    for (const Tape::Entry &entry : tape.answers)
        if (auto step = flow.receive(entry.message))
            for (const Bytes &sent : step->send)
                RC_ASSERT(!wire::decode<wire::Sign>(sent) && !wire::decode<wire::FrostSign>(sent) && !wire::decode<wire::Dec1>(sent));
    RC_ASSERT(!tape.nonceTwice);
}

// Two files of one kind to be signed.
intent::Manifest twoFiles()
{
    auto manifest = manifestOf(Act::sign);
    manifest.form = intent::Form::cms;
    manifest.files.push_back(manifest.files.front());
    manifest.files.back().name = "second.pdf";
    return manifest;
}

Bytes plainOf(std::size_t item)
{
    return bytesOf(viewOf("sealed bid " + std::to_string(item)));
}

} // namespace

class TestSchedules : public QObject {
    Q_OBJECT
private:
    // How often things went either way, so that a test says something.
    struct Ends {
        int done = 0, broken = 0;
        int foreign = TroubledLine::foreignMessages, between = TroubledLine::conversationsBetween;
        void count(Show end) { ++(end == Show::done ? done : broken); }
        bool sayEnough() const
        {
            return done > 0 && broken > 0 && TroubledLine::foreignMessages > foreign && TroubledLine::conversationsBetween > between;
        }
    };

    // Signatures: after one of another session, and with any of that in their place.
    void sign(Activated &device, Ends &ends, std::span<const intent::Manifest> manifests, std::span<const std::vector<Bytes>> tbs)
    {
        device.reset();
        PhoneHalf &half = device.half;
        Tape tape;
        const crypto::PublicKey point = half.signPoint();
        {
            TroubledLine quiet(half, tape);
            phone::Approval flow(half.environment);
            RC_ASSERT(approve(half, quiet, flow, half.server.open(manifests[0], tbs[0])) == Show::done);
        }
        for (std::size_t i = 0; i < manifests.size(); ++i) {
            const auto token = half.server.open(manifests[i], tbs[i]);
            TroubledLine line(half, tape, *anySchedule());
            line.otherConversation = [&] {
                const auto other = half.server.open(manifests[0], tbs[0]);
                TroubledLine quiet(half, tape);
                phone::Approval flow(half.environment);
                const Show end = approve(half, quiet, flow, other);
                RC_ASSERT(line.steered || end == Show::done);
                judgeSignatures(flow, end, half.server.sessions.at(other), point);
            };
            phone::Approval flow(half.environment);
            const Show end = approve(half, line, flow, token);
            ends.count(end);
            judgeSignatures(flow, end, half.server.sessions.at(token), point);
            RC_ASSERT(line.steered || standingOf(half) == cosigner::Standing::active);
            replayEverything(half, tape, flow);
            if (line.steered) return; // perhaps out of step: what comes after says nothing
        }
    }

    // A day later, on a quiet line: one of the PINs signs, and one file of shares is left.
    static void judgeDevice(PhoneHalf &half, Tape &tape, bool steered, std::initializer_list<std::string_view> pins)
    {
        const auto files = half.vault.shares();
        RC_ASSERT(files && !files->empty());
        RC_ASSERT(steered || standingOf(half) == cosigner::Standing::active);
        RC_ASSERT(half.server.cosigner->device(half.server.acct)->sign.state == cosigner::KeyState::active); // never destroyed
        TroubledLine quiet(half, tape);
        bool works = false;
        for (const std::string_view pin : pins) {
            half.clock.advance(25LL * 3'600'000);
            works = works || rehearse(half, quiet, pin) == Show::done;
        }
        RC_ASSERT(works || steered);
        if (works) RC_ASSERT(half.vault.shares()->size() == 1);
    }

    static std::vector<Bytes> rebuilt() { return {}; } // the server builds what is signed from the manifest

private Q_SLOTS:
    void signatures_underAnySchedule_areRightOrNotThere()
    {
        Activated device;
        Ends ends;
        QVERIFY(rc::check([&] {
            const std::vector<intent::Manifest> manifests{manifestOf(Act::login), twoFiles()};
            const std::vector<std::vector<Bytes>> tbs{rebuilt(), rebuilt()};
            sign(device, ends, manifests, tbs);
        }));
        QVERIFY(ends.sayEnough());
    }

    void signaturesOfSuiteTwo_underAnySchedule_areRightOrNotThere()
    {
        Activated device(crypto::Suite::frost);
        Ends ends;
        QVERIFY(rc::check([&] {
            auto files = manifestOf(Act::sign);
            files.form = intent::Form::bare;
            files.files.clear();
            std::vector<Bytes> texts;
            for (std::size_t i = 0; i < 2; ++i) {
                texts.push_back(plainOf(i));
                files.files.push_back({"file-" + std::to_string(i) + ".txt", texts.back().size(), crypto::sm3(texts.back()), 0});
            }
            const std::vector<intent::Manifest> manifests{manifestOf(Act::login), files};
            const std::vector<std::vector<Bytes>> tbs{rebuilt(), texts};
            sign(device, ends, manifests, tbs);
        }));
        QVERIFY(ends.sayEnough());
    }

    void decryption_underAnySchedule_opensRightlyForTheDeskOrNotAtAll()
    {
        Activated device;
        PhoneHalf &half = device.half;
        const auto desk = crypto::BoxKey::generate(half.random);
        const auto point = crypto::Point::parse(half.vault.shares()->front().encrypt.point.sm2Bytes());
        const auto open = [&] {
            auto manifest = manifestOf(Act::decrypt);
            manifest.deskKey = desk.publicKey();
            manifest.files.clear();
            std::vector<Bytes> tbs;
            for (std::size_t i = 0; i < 2; ++i) {
                tbs.push_back(*x509::sm2CipherDer(*crypto::sm2Encrypt(*point, plainOf(i), half.random)));
                manifest.files.push_back({"sealed", tbs.back().size(), crypto::sm3(tbs.back()), 0});
            }
            return half.server.open(manifest, tbs);
        };
        // Whatever was done to the messages, the desk gets the right content or nothing.
        const auto judge = [&](const ByteArray<16> &token, Show end, bool steered) {
            const auto &delivered = half.server.sessions.at(token).delivered;
            if (end == Show::done && !steered) RC_ASSERT(delivered.size() == std::size_t{2});
            for (const auto &item : delivered) {
                const auto plain = crypto::openBox(desk, item.sealed);
                RC_ASSERT(plain && sameBytes(plain->expose(), plainOf(item.index)));
            }
        };
        Ends ends;
        QVERIFY(rc::check([&] {
            device.reset();
            Tape tape;
            {
                TroubledLine quiet(half, tape);
                phone::Approval flow(half.environment);
                RC_ASSERT(approve(half, quiet, flow, open()) == Show::done);
            }
            const auto token = open();
            TroubledLine line(half, tape, *anySchedule());
            line.otherConversation = [&] {
                const auto other = open();
                TroubledLine quiet(half, tape);
                phone::Approval flow(half.environment);
                const Show end = approve(half, quiet, flow, other);
                RC_ASSERT(line.steered || end == Show::done);
                judge(other, end, line.steered);
            };
            phone::Approval flow(half.environment);
            const Show end = approve(half, line, flow, token);
            ends.count(end);
            judge(token, end, line.steered);
            RC_ASSERT(line.steered || standingOf(half) == cosigner::Standing::active);
            replayEverything(half, tape, flow);
        }));
        QVERIFY(ends.sayEnough());
    }

    void pinChange_underAnySchedule_leavesADeviceThatWorks()
    {
        Activated device;
        PhoneHalf &half = device.half;
        Ends ends;
        QVERIFY(rc::check([&] {
            device.reset();
            Tape tape;
            { // there and, in the flow that is troubled, back
                TroubledLine quiet(half, tape);
                phone::PinChange flow(half.environment);
                RC_ASSERT(personFor(quiet).play(flow, flow.start()) == Show::done);
            }
            TroubledLine line(half, tape, *anySchedule());
            line.otherConversation = [&] {
                TroubledLine quiet(half, tape);
                rehearse(half, quiet, kOtherPin);
            };
            phone::PinChange flow(half.environment);
            ends.count(personFor(line, kOtherPin, kPin).play(flow, flow.start()));
            replayEverything(half, tape, flow);
            judgeDevice(half, tape, line.steered, {kPin, kOtherPin});
        }));
        QVERIFY(ends.sayEnough());
    }

    void refresh_underAnySchedule_leavesADeviceThatWorks()
    {
        Activated device;
        PhoneHalf &half = device.half;
        Ends ends;
        const auto due = [&half] {
            const auto shares = half.vault.shares()->front();
            return std::make_unique<phone::Refresh>(half.environment, *half.vault.stretch(pinOf(kPin), shares.salt, shares.stretch), shares.epoch);
        };
        QVERIFY(rc::check([&] {
            device.reset();
            Tape tape;
            {
                TroubledLine quiet(half, tape);
                const auto flow = due();
                RC_ASSERT(personFor(quiet).play(*flow, flow->start()) == Show::done);
            }
            TroubledLine line(half, tape, *anySchedule());
            line.otherConversation = [&] {
                TroubledLine quiet(half, tape);
                rehearse(half, quiet, kPin);
            };
            const auto flow = due();
            ends.count(personFor(line).play(*flow, flow->start()));
            replayEverything(half, tape, *flow);
            judgeDevice(half, tape, line.steered, {kPin});
        }));
        QVERIFY(ends.sayEnough());
    }
};

QTEST_GUILESS_MAIN(TestSchedules)
#include "test_schedules.moc"
