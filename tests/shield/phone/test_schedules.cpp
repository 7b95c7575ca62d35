// Any schedule of messages between the two halves: dropped, repeated, swapped with those of another session, cut or
// with bits turned over. Either a standard signature over exactly what was approved comes out, or nothing does, and
// in either case no nonce is answered twice. RC_PARAMS="max_success=..." runs more of them.
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
    foreignRequest, // one of an earlier session in its place
    foreignAnswer,
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

// A network that does to messages what the schedule says, and remembers them all.
class TroubledLine final : public Line {
public:
    explicit TroubledLine(PhoneHalf &half) : m_half(half) {}

    void begin(std::vector<Trouble> schedule)
    {
        m_schedule = std::move(schedule);
        m_messages = 0;
        m_olderRequests = requests.size();
        m_olderAnswers = answers.size();
    }

    std::optional<std::vector<Bytes>> connect() override
    {
        return std::vector<Bytes>{*m_half.server.connect()};
    }
    std::optional<std::vector<Bytes>> send(const Bytes &original) override
    {
        requests.push_back(original);
        noteNonces(original);
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
                if (m_olderRequests > 0) message = requests[trouble.where % m_olderRequests];
                break;
            case Fault::cutRequest: message.resize(trouble.where % (message.size() + 1)); break;
            case Fault::turnBitOfRequest: turn(message, trouble.where); break;
            case Fault::killServer: m_half.server.restart(); return std::nullopt;
            default: break;
            }
        }
        auto out = deliver(message);
        if (!once && out)
            if (const auto again = deliver(message)) out->insert(out->end(), again->begin(), again->end());
        if (lost || !out) return std::nullopt;
        for (const Bytes &answer : *out)
            answers.push_back(answer);
        for (const Trouble &trouble : m_schedule) {
            if (trouble.message != at || out->empty()) continue;
            Bytes &answer = out->front();
            switch (trouble.fault) {
            case Fault::repeatAnswer: out->push_back(answer); break;
            case Fault::foreignAnswer:
                if (m_olderAnswers > 0) answer = answers[trouble.where % m_olderAnswers];
                break;
            case Fault::cutAnswer: answer.resize(trouble.where % (answer.size() + 1)); break;
            case Fault::turnBitOfAnswer: turn(answer, trouble.where); break;
            default: continue;
            }
            answersFalsified = answersFalsified || trouble.fault != Fault::repeatAnswer;
        }
        return out;
    }

    // What the server does with a message of any form. Nothing: it hangs up.
    std::optional<std::vector<Bytes>> deliver(const Bytes &message)
    {
        if (!m_half.server.conversation || !wire::Envelope::split(message)) return std::nullopt;
        try { // the test server hangs up on what it does not understand
            return m_half.server.receive(message);
        } catch (const std::exception &) {
            return std::nullopt;
        }
    }

    std::vector<Bytes> requests, answers;
    bool answersFalsified = false; // beyond what TLS lets through: the device may end up frozen
    bool nonceTwice = false;       // one R1 with two different answers: d1 is out (A6)

private:
    static void turn(Bytes &message, std::size_t where)
    {
        if (message.empty()) return;
        auto &byte = message[where / 8 % message.size()];
        byte = static_cast<std::uint8_t>(byte ^ (1U << where % 8));
    }
    void noteNonces(const Bytes &message)
    {
        const auto sign = wire::decode<wire::Sign>(message);
        if (!sign) return;
        for (const auto &item : sign->items) {
            const auto [at, isNew] = m_shares.emplace(*fixedBytes<65>(ByteView(item.share).first(65)), item.share);
            nonceTwice = nonceTwice || (!isNew && at->second != item.share);
        }
    }

    PhoneHalf &m_half;
    std::vector<Trouble> m_schedule;
    int m_messages = 0;
    std::size_t m_olderRequests = 0, m_olderAnswers = 0;
    std::map<ByteArray<65>, ByteArray<129>> m_shares;
};

// Judged by OpenSSL alone.
bool verifiesToOpenssl(const ByteArray<65> &point, ByteView message, const ByteArray<64> &signature)
{
    const auto key = x509::publicKeyOf(*crypto::Point::parse(point));
    const auto der = x509::Sm2Signature::fromRaw(signature)->der();
    if (!key || !der) return false;
    const x509::OwnedMdContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *keyContext = nullptr;
    return EVP_DigestVerifyInit(context.get(), &keyContext, EVP_sm3(), nullptr, key->get()) == 1 &&
           EVP_PKEY_CTX_set1_id(keyContext, crypto::kSm2Id.data(), static_cast<int>(crypto::kSm2Id.size())) == 1 &&
           EVP_DigestVerify(context.get(), der->data(), der->size(), message.data(), message.size()) == 1;
}

struct Activated {
    PhoneHalf half;
    MemoryLedger::Rows rows;
    std::map<std::string, Bytes> files;
    Activated()
    {
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

Person personFor(Line &line)
{
    Person person(line);
    person.pin = [] { return pinOf(kPin); };
    person.newPin = [] { return pinOf(kOtherPin); };
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

// Whether what came out is right.
void judgeSignatures(const phone::Approval &flow, Show end, const TestSession &session, const ByteArray<65> &point)
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
template <typename Flow> void replayEverything(PhoneHalf &half, TroubledLine &line, Flow &flow)
{
    const std::uint32_t before = evaluations(half);
    const std::vector<Bytes> requests = line.requests, answers = line.answers;
    half.server.connect();
    for (const Bytes &message : requests)
        if (!line.deliver(message)) half.server.connect();
    RC_ASSERT(evaluations(half) == before);
    for (const Bytes &message : answers)
        if (auto step = flow.receive(message))
            for (const Bytes &sent : step->send)
                RC_ASSERT(!wire::decode<wire::Sign>(sent));
}

} // namespace

class TestSchedules : public QObject {
    Q_OBJECT
private:
    Activated m_start;
    PhoneHalf &half() { return m_start.half; }

private Q_SLOTS:
    void signatures_underAnySchedule_areRightOrNotThere()
    {
        int done = 0, broken = 0;
        QVERIFY(rc::check([&] {
            m_start.reset();
            TroubledLine line(half());
            const ByteArray<65> point = half().signPoint().sm2Bytes();
            for (const Act act : {Act::login, Act::sign}) {
                auto manifest = manifestOf(act);
                if (act == Act::sign) {
                    manifest.form = intent::Form::cms;
                    manifest.files.push_back(manifest.files.front());
                    manifest.files.back().name = "second.pdf";
                }
                const auto token = half().server.open(manifest);
                line.begin(*anySchedule());
                phone::Approval flow(half().environment);
                Person person = personFor(line);
                const Show end =
                    person.play(flow, flow.claim(half().server.frame(token).text(), half().clock.monotonicMs()));
                ++(end == Show::done ? done : broken);
                judgeSignatures(flow, end, half().server.sessions.at(token), point);
                RC_ASSERT(!line.nonceTwice);
                RC_ASSERT(line.answersFalsified || standingOf(half()) == cosigner::Standing::active);
                replayEverything(half(), line, flow);
            }
        }));
        QVERIFY(done > 0 && broken > 0); // both happen, so that the above says something
    }

    void pinChange_underAnySchedule_leavesADeviceThatWorks()
    {
        int done = 0, broken = 0;
        QVERIFY(rc::check([&] {
            m_start.reset();
            TroubledLine line(half());
            line.begin(*anySchedule());
            {
                phone::PinChange flow(half().environment);
                Person person = personFor(line);
                ++(person.play(flow, flow.start()) == Show::done ? done : broken);
                replayEverything(half(), line, flow);
            }
            const auto files = half().vault.shares();
            RC_ASSERT(files && !files->empty());
            if (line.answersFalsified) return;
            RC_ASSERT(standingOf(half()) == cosigner::Standing::active);

            // A day later, on a quiet line: one of the two PINs signs.
            half().clock.advance(25LL * 3'600'000);
            line.begin({});
            bool works = false;
            for (const std::string_view pin : {kPin, kOtherPin}) {
                phone::Approval flow(half().environment);
                Person person = personFor(line);
                person.inputsLeft = 5;
                person.pin = [pin] { return pinOf(pin); };
                works = works || person.play(flow, flow.begin(Act::rehearseSign)) == Show::done;
                half().clock.advance(25LL * 3'600'000);
            }
            RC_ASSERT(works);
            RC_ASSERT(half().vault.shares()->size() == 1);
        }));
        QVERIFY(done > 0 && broken > 0);
    }
};

QTEST_GUILESS_MAIN(TestSchedules)
#include "test_schedules.moc"
