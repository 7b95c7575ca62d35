// The models of loss, crash, late copies, clones and restored backups (PROTOCOL 6, R3), run on the phone and the cosigner that
// ship. HUFU_MODEL_FACTOR multiplies the numbers; 60 gives those of the reference: 60,000 lossy sessions, 20,000 forks, with a sign key of
// either suite.
#include "shield/cosigner/steps.h"
#include "shield/crypto/sm2_point.h"
#include "shield/phone/upkeep.h"
#include "tests/shield/phone/person.h"
#include "tests/shield/phone/phone_half.h"
#include "tests/support/models.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using intent::Act;
using phone::Show;

namespace {

// A HELLO that was sent over a connection which the phone has given up, and comes in later.
struct LateHello {
    std::unique_ptr<cosigner::Conversation> connection;
    wire::Hello hello;
    cosigner::Pending pending;
    int sessionsLeft = 0;
};

// The chances of the reference models: of a message to be lost each way, of the server to die before HELLO and before SIGN, of its
// death between the count and the verdict, and of a HELLO to come late.
constexpr double kLoss = .15, kDeath = .1, kDeathAfterCount = .05, kLate = .05;

// The server dies between the durable count of an attempt and its evaluation.
class DeathAfterCount final : public ports::FaultHook {
public:
    struct Died {};
    bool armed = false;
    void at(const char *reached) override
    {
        if (std::string_view(reached) == cosigner::step::kSignCount.after && std::exchange(armed, false)) throw Died();
    }
};

// Loses messages both ways, lets the server die, delivers late.
class LossyLine final : public Line {
public:
    LossyLine(PhoneHalf &half, ModelDice &dice) : m_half(half), m_dice(dice)
    {
        half.server.hook = &m_death;
        half.server.restart();
    }

    bool quiet = false;
    std::deque<LateHello> late;
    int lost = 0, deaths = 0, deathsAfterCount = 0;

    std::optional<std::vector<Bytes>> connect() override { return std::vector<Bytes>{*m_half.server.connect()}; }
    std::optional<std::vector<Bytes>> send(const Bytes &message) override
    {
        if (quiet) return m_half.server.receive(message);
        const auto hello = wire::decode<wire::Hello>(message);
        const bool isSign = wire::decode<wire::Sign>(message) || wire::decode<wire::FrostSign>(message);
        if (hello && m_dice.chance(kLate)) {
            late.push_back({std::move(m_half.server.conversation), *hello, rehearsal(), m_dice.below(4)});
            return drop();
        }
        if (m_dice.chance(kLoss)) return drop();
        if ((hello || isSign) && m_dice.chance(kDeath)) return die();
        m_death.armed = isSign && m_dice.chance(kDeathAfterCount);
        std::optional<std::vector<Bytes>> answers;
        try {
            answers = m_half.server.receive(message);
        } catch (const DeathAfterCount::Died &) {
            ++deathsAfterCount;
            return die();
        }
        m_death.armed = false;
        if (m_dice.chance(kLoss)) return drop();
        return answers;
    }

    // Late copies come in while a conversation is open. A second HELLO that is late by a moment only still fits and ends what is
    // open (6.4); the phone then begins again. None is ever taken for a copy of the phone.
    bool deliverLate()
    {
        for (auto at = late.begin(); at != late.end();) {
            if (--at->sessionsLeft >= 0) {
                ++at;
                continue;
            }
            const auto answer = at->connection->hello(at->hello, at->pending);
            if (!answer || std::holds_alternative<wire::Clone>(*answer)) return false;
            at = late.erase(at);
        }
        return true;
    }

private:
    std::nullopt_t drop()
    {
        ++lost;
        return std::nullopt;
    }
    std::nullopt_t die()
    {
        ++deaths;
        late.clear(); // connections die with the process
        m_half.server.restart();
        return drop();
    }
    static cosigner::Pending rehearsal()
    {
        intent::Manifest manifest;
        manifest.act = Act::rehearseSign;
        manifest.flow = intent::Flow::phone;
        manifest.platform = {"hufu", "Hufu"};
        manifest.created = 1;
        cosigner::Pending pending;
        pending.manifest = manifest.encode();
        pending.tbs = {*intent::buildTbs(manifest, 0)};
        pending.userTimeMs = 1000;
        return pending;
    }

    PhoneHalf &m_half;
    ModelDice &m_dice;
    DeathAfterCount m_death;
};

// One connection and no other: what is lost on it, the phone learns when it is switched on again.
class ShortLine final : public Line {
public:
    ShortLine(PhoneHalf &half, ModelDice &dice) : m_half(half), m_dice(dice) {}
    std::optional<std::vector<Bytes>> connect() override
    {
        if (std::exchange(m_used, true)) return std::nullopt;
        return std::vector<Bytes>{*m_half.server.connect()};
    }
    std::optional<std::vector<Bytes>> send(const Bytes &message) override
    {
        if (!wire::decode<wire::Hello>(message)) return m_half.server.receive(message);
        if (m_dice.chance(kLoss)) return std::nullopt;
        if (m_dice.chance(kDeath)) {
            m_half.server.restart();
            return std::nullopt;
        }
        auto answers = m_half.server.receive(message);
        if (m_dice.chance(kLoss)) {
            ++answersLost;
            return std::nullopt;
        }
        return answers;
    }
    static inline int answersLost = 0;

private:
    PhoneHalf &m_half;
    ModelDice &m_dice;
    bool m_used = false;
};

} // namespace

class TestModels : public QObject {
    Q_OBJECT
private:
    ModelDice m_dice;

    static Person personFor(Line &line)
    {
        Person person(line);
        person.pin = [] { return pinOf(kPin); };
        return person;
    }
    static cosigner::DeviceView device(PhoneHalf &half) { return *half.server.cosigner->device(half.server.acct); }
    // HELLO and CHAL: the chain has moved, the phone has written it. Errors: clone.
    static bool challenged(PhoneHalf &half)
    {
        phone::Approval flow(half.environment);
        return half.pump(flow, flow.begin(Act::rehearseSign)).show == Show::approve;
    }
    static bool cloned(PhoneHalf &half) { return device(half).lock.standing == cosigner::Standing::cloned; }

    // The suite of the sign key.
    static void suites()
    {
        QTest::addColumn<crypto::Suite>("suite");
        QTest::newRow("suite 1") << crypto::Suite::sm2;
        QTest::newRow("suite 2") << crypto::Suite::frost;
    }
    static bool activate(PhoneHalf &half)
    {
        QFETCH(const crypto::Suite, suite);
        half.server.suite = suite;
        return half.activate() && half.signPoint().suite() == suite;
    }

private Q_SLOTS:
    void sessions_onALossyLine_raiseNoAlarmAndEndWellOnAQuietOne_data() { suites(); }
    void sessions_onALossyLine_raiseNoAlarmAndEndWellOnAQuietOne()
    {
        PhoneHalf half;
        QVERIFY(activate(half));
        LossyLine line(half, m_dice);
        int done = 0, changes = 0;
        std::string_view pin = kPin, otherPin = kOtherPin;
        for (int i = 0; i < 1000 * modelFactor(); ++i) {
            half.clock.advance(60'000);
            half.server.sessions.clear();
            phone::Approval flow(half.environment);
            Person person = personFor(line);
            person.messagesLeft = 2 + m_dice.below(20); // the person puts the phone away, or it dies
            person.pin = [&] {
                if (!line.deliverLate()) qFatal("a late HELLO was taken for a copy's");
                return pinOf(pin);
            };
            if (person.play(flow, flow.begin(Act::rehearseSign)) == Show::done) ++done;
            const auto lock = device(half).lock;
            QVERIFY2(lock.standing == cosigner::Standing::active,
                     qPrintable(QStringLiteral("session %1: standing %2, run %3, total %4").arg(i).arg(static_cast<int>(lock.standing)).arg(lock.run).arg(lock.total)));
            if (i % 50 == 0) { // wrong verdicts there are none; attempts that the server's death left standing, there are
                line.quiet = true;
                half.clock.advance(25LL * 3'600'000);
                phone::Approval last(half.environment);
                Person calm(line);
                calm.pin = [&] { return pinOf(pin); };
                QVERIFY(calm.play(last, last.begin(Act::rehearseSign)) == Show::done);
                QCOMPARE(device(half).lock.run, 0U);
                if (phone::isPinChangeUrged(*half.vault.upkeep())) { // those deaths count until then (R1)
                    line.late.clear();
                    phone::PinChange change(half.environment);
                    calm.newPin = [&] { return pinOf(otherPin); };
                    QVERIFY(calm.play(change, change.start()) == Show::done);
                    QCOMPARE(device(half).lock.total, 0U);
                    std::swap(pin, otherPin);
                    ++changes;
                }
                line.quiet = false;
            }
        }
        QVERIFY(done > 100 * modelFactor() && line.lost > 100 * modelFactor());
        QVERIFY(changes > 0);
        QVERIFY(line.deaths > 10 * modelFactor() && line.deathsAfterCount > modelFactor());
    }

    void copies_ofAPhone_areFoundBeforeBothHaveCompletedTwoHellos_data() { suites(); }
    void copies_ofAPhone_areFoundBeforeBothHaveCompletedTwoHellos()
    {
        ShortLine::answersLost = 0;
        PhoneHalf half;
        QVERIFY(activate(half));
        const auto rows = half.server.ledger.rows;
        const auto files = half.store.files;
        for (int i = 0; i < (1000 * modelFactor() + 2) / 3; ++i) {
            half.server.ledger.rows = rows;
            half.store.files = files;
            half.server.restart();
            half.server.sessions.clear();
            for (int k = m_dice.below(3); k > 0; --k)
                QVERIFY(challenged(half));
            if (m_dice.chance(.3)) QVERIFY(half.vault.chainForHello(half.random)); // imaged with the request id on disk
            std::map<std::string, Bytes> disks[2] = {half.store.files, half.store.files};
            int done[2] = {0, 0};
            while (!cloned(half)) {
                QVERIFY2(std::min(done[0], done[1]) < 2, "a copy was not found in time");
                const int who = m_dice.below(2);
                half.store.files = disks[who];
                ShortLine line(half, m_dice);
                Person person(line);
                person.messagesLeft = 12;
                phone::Approval flow(half.environment);
                auto first = flow.begin(Act::rehearseSign);
                QVERIFY(first);
                if (person.carry(flow, std::move(*first)) == Show::approve) ++done[who];
                disks[who] = half.store.files;
            }
            QVERIFY(device(half).sign.state == cosigner::KeyState::active); // the keys are kept (R3)
        }
        QVERIFY(ShortLine::answersLost > 30 * modelFactor());
    }

    // Backups restored at any moment, with the epoch raised: the phone is taken on once, by a right PIN, and a copy that
    // stands behind the server stays a clone.
    void backup_restoredAtAnyMoment_adoptsTheGenuinePhoneOnce_data() { suites(); }
    void backup_restoredAtAnyMoment_adoptsTheGenuinePhoneOnce()
    {
        for (int i = 0; i < 20 * modelFactor(); ++i) {
            PhoneHalf half;
            QVERIFY(activate(half));
            LossyLine quiet(half, m_dice);
            quiet.quiet = true;
            const auto signs = [&] {
                half.server.sessions.clear();
                phone::Approval flow(half.environment);
                Person person = personFor(quiet);
                return person.play(flow, flow.begin(Act::rehearseSign)) == Show::done;
            };
            for (int k = m_dice.below(3); k > 0; --k)
                QVERIFY(signs());
            const auto backup = half.server.ledger.rows;
            const auto image = half.store.files;
            const int ahead = m_dice.below(5);
            for (int k = 0; k < ahead; ++k)
                QVERIFY(m_dice.chance(.5) ? signs() : challenged(half));
            half.server.ledger.rows = backup;
            half.server.restart();
            const bool raised = m_dice.chance(.7);
            if (raised) QVERIFY(half.server.cosigner->raiseRestoreEpoch());
            if (ahead == 0 || raised) {
                QVERIFY(signs());
                QCOMPARE(device(half).lock.run, 0U);
            } else { // the same backup, by someone who hides it
                QVERIFY(!signs());
                QVERIFY(cloned(half));
                continue;
            }
            if (ahead == 0) continue;
            half.store.files = image; // a copy of the phone as it was at the time of the backup
            QVERIFY(!signs());
            QVERIFY(cloned(half));
        }
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "test_models.moc"
