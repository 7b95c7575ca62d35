// The models of loss, crash, late copies and clones behind PROTOCOL 6 and R3, run on the chain and ladder that ship; the one of wrong
// PINs on the whole cosigner. (The whole phone and cosigner run them in tests/shield/phone.) HUFU_MODEL_FACTOR multiplies the numbers of runs (10: those of the reference models).
#include "shield/cosigner/chain.h"
#include "shield/cosigner/ladder.h"
#include "shield/cosigner/steps.h"
#include "tests/shield/cosigner/frost_rig.h"
#include "tests/support/models.h"

#include <QTest>

#include <deque>
#include <functional>

using namespace hufu;
using namespace hufu::cosigner;
using namespace hufu::tests;

namespace {

struct Challenge {
    ByteArray<8> sid{};
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
};

enum class Answer { challenge, clone, dropped };

struct Phone {
    Position disk;
    bool ridDrawn = false;

    Position hello(ModelDice &dice)
    {
        if (!ridDrawn) disk.rid = dice.bytes<16>();
        ridDrawn = true;
        return disk;
    }
    void take(const Challenge &challenge)
    {
        disk.ctr = challenge.ctr;
        disk.n = challenge.n;
        ridDrawn = false;
    }
};

struct Server {
    Chain chain;
    Lock lock;
    bool alarm = false;
    std::optional<ByteArray<8>> open; // RAM

    void crash() { open.reset(); }

    // The first HELLO, and what the phone sends when it is told STALE (nothing: the connection is dead).
    Answer hello(ModelDice &dice, const Position &first, const std::function<std::optional<Position>()> &again, Challenge &out)
    {
        if (alarm) return Answer::clone;
        Position judged = first;
        Fit fit = fitOf(chain, first);
        if (fit != Fit::step) {
            const auto second = again();
            if (!second) return Answer::dropped;
            judged = *second;
            fit = fitOf(chain, judged);
        }
        if (fit == Fit::other) {
            alarm = true;
            return Answer::clone;
        }
        if (fit == Fit::step) chain = rolled(chain, judged.rid, dice.bytes<32>());
        open = dice.bytes<8>();
        out = {*open, chain.ctr, chain.n};
        return Answer::challenge;
    }

    // Whether a verdict leaves the server.
    bool sign(const ByteArray<8> &sid, bool good, std::int64_t now, bool crashAfterCount)
    {
        if (open != sid) return false;
        open.reset();
        if (!isOpen(lock, now)) return false;
        lock = counted(lock, now);
        if (crashAfterCount) return false;
        if (good) lock = cleared(lock);
        return true;
    }
};

std::optional<Position> silent()
{
    return std::nullopt;
}

// The server dies between the durable count of an attempt and its evaluation.
class DeathAfterCount final : public ports::FaultHook {
public:
    struct Died {};
    bool armed = false;
    void at(const char *reached) override
    {
        if (std::string_view(reached) == step::kSignCount.after && std::exchange(armed, false)) throw Died();
    }
};

struct World {
    explicit World(ModelDice &d) : dice(d)
    {
        server.chain.n = dice.bytes<32>();
        phone.disk.n = server.chain.n;
    }
    ModelDice &dice;
    Server server;
    Phone phone;
};

// A device whose sign key is of the one suite or the other.
class Sm2World {
public:
    Rig &rig() { return m_rig; }
    bool activate() { return m_rig.activate(); }
    bool challenged() { return m_rig.challenge(bareFilesPending(1)).has_value(); }
    Result<wire::Resp> signWrongly() { return m_rig.connection->sign(m_rig.phone.sign(Pin::wrong)); }

private:
    Rig m_rig;
};

class FrostWorld {
public:
    Rig &rig() { return m_rig.rig; }
    bool activate() { return m_rig.activate(); }
    bool challenged()
    {
        auto chal = m_rig.challenge<wire::FrostChal>(bareFilesPending(1));
        if (chal) m_chal = std::move(*chal);
        return chal.has_value();
    }
    Result<wire::Resp> signWrongly() { return m_rig.connection().sign(m_rig.phone.sign(Pin::wrong, m_chal)); }

private:
    FrostRig m_rig;
    wire::FrostChal m_chal;
};

} // namespace

class TestModels : public QObject {
    Q_OBJECT
private:
    ModelDice m_dice;

    template <typename Device> void wrongPins()
    {
        int died = 0;
        for (int run = 0; run < 20 * modelFactor(); ++run) {
            DeathAfterCount death;
            Device device;
            Rig &rig = device.rig();
            rig.hook = &death;
            rig.restart();
            QVERIFY(device.activate());
            int verdicts = 0;
            for (int i = 0; i < 60; ++i) {
                rig.clock.advance(12LL * 3'600'000);
                if (m_dice.chance(.2)) rig.restart();
                rig.reconnect();
                if (!device.challenged()) continue; // locked
                if (m_dice.chance(.2)) {
                    rig.restart(); // before SIGN comes in: it goes to a server that does not know the conversation
                    continue;
                }
                death.armed = m_dice.chance(.5);
                try {
                    const auto resp = device.signWrongly();
                    if (resp && resp->verdict.status == wire::Status::badPin) ++verdicts;
                } catch (const DeathAfterCount::Died &) {
                    ++died;
                    rig.restart();
                }
            }
            QVERIFY(verdicts <= 10);
            QCOMPARE(rig.device().lock.run, 10U);
            QVERIFY(rig.device().lock.standing == Standing::frozen);
            rig.clock.advance(1000LL * 3'600'000);
            rig.reconnect();
            QVERIFY(!device.challenged()); // nor does the right PIN get a chance any more
        }
        QVERIFY(died > 20 * modelFactor());
    }

private Q_SLOTS:
    void lossAndCrash_withoutClone_neverAlarm()
    {
        for (int run = 0; run < 6 * modelFactor(); ++run) {
            World world(m_dice);
            for (int i = 0; i < 1000; ++i) {
                world.server.lock = {};
                const Position sent = world.phone.hello(m_dice);
                if (m_dice.chance(.15)) continue; // the request is lost
                if (m_dice.chance(.1)) world.server.crash();
                Challenge challenge;
                const auto again = [&]() -> std::optional<Position> {
                    if (m_dice.chance(.15)) return std::nullopt;
                    return world.phone.hello(m_dice);
                };
                const Answer answer = world.server.hello(m_dice, sent, again, challenge);
                QVERIFY(answer != Answer::clone);
                if (answer == Answer::dropped || m_dice.chance(.15)) continue; // the answer is lost
                world.phone.take(challenge);
                if (m_dice.chance(.1)) world.server.crash();
                world.server.sign(challenge.sid, true, 0, m_dice.chance(.05));
            }
        }
    }

    void lateCopies_ofOldHellos_neitherAlarmNorEndTheOpenConversation()
    {
        for (int run = 0; run < 6 * modelFactor(); ++run) {
            World world(m_dice);
            std::deque<std::pair<Position, int>> late;
            for (int i = 0; i < 1000; ++i) {
                const Position sent = world.phone.hello(m_dice);
                if (m_dice.chance(.05)) late.emplace_back(sent, m_dice.below(4));
                if (m_dice.chance(.15)) continue;
                Challenge challenge;
                const auto again = [&]() -> std::optional<Position> {
                    if (m_dice.chance(.15)) return std::nullopt;
                    return world.phone.hello(m_dice);
                };
                const Answer answer = world.server.hello(m_dice, sent, again, challenge);
                QVERIFY(answer != Answer::clone);
                if (answer == Answer::dropped || m_dice.chance(.15)) continue;
                world.phone.take(challenge);
                for (auto it = late.begin(); it != late.end();) {
                    if (--it->second >= 0) {
                        ++it;
                        continue;
                    }
                    Challenge none;
                    const auto open = world.server.open;
                    QVERIFY(world.server.hello(m_dice, it->first, silent, none) == Answer::dropped);
                    QVERIFY(world.server.open == open);
                    it = late.erase(it);
                }
                world.server.lock = {};
                QVERIFY(world.server.sign(challenge.sid, true, 0, false));
            }
        }
    }

    void clone_ofAnyMoment_isFoundBeforeBothHaveCompletedTwoHellos()
    {
        for (int run = 0; run < 2000 * modelFactor(); ++run) {
            World world(m_dice);
            Challenge challenge;
            const auto ask = [&](Phone &phone) {
                return world.server.hello(
                    m_dice, phone.hello(m_dice), [&] { return std::optional(phone.hello(m_dice)); }, challenge);
            };
            for (int i = m_dice.below(6); i > 0; --i) {
                QVERIFY(ask(world.phone) == Answer::challenge);
                world.phone.take(challenge);
            }
            if (m_dice.chance(.3)) world.phone.hello(m_dice); // imaged when the request id is on disk already
            Phone copies[2] = {world.phone, world.phone};
            int done[2] = {0, 0};
            while (true) {
                QVERIFY2(std::min(done[0], done[1]) < 2, "a clone was not found in time");
                const int who = m_dice.below(2);
                if (m_dice.chance(.15)) {
                    copies[who].hello(m_dice); // lost on the way
                    continue;
                }
                if (ask(copies[who]) == Answer::clone) break;
                if (m_dice.chance(.15)) continue;
                copies[who].take(challenge);
                ++done[who];
            }
        }
    }

    // Thirty days of a thief who knows all but the PIN, while the server dies at any moment, also between the count and the verdict.
    void wrongPins_withAnyCrashes_yieldAtMostTenVerdicts() { wrongPins<Sm2World>(); }
    void wrongPinsOfSuiteTwo_withAnyCrashes_yieldAtMostTenVerdicts() { wrongPins<FrostWorld>(); }

    void restore_ofABackup_isAheadOnlyAtOrBeyondTheServersPosition()
    {
        World world(m_dice);
        Challenge challenge;
        Chain backup;
        Position stolen;
        for (int i = 0; i < 5; ++i) {
            if (i == 1) stolen = world.phone.hello(m_dice);
            if (i == 2) backup = world.server.chain;
            QVERIFY(world.server.hello(m_dice, world.phone.hello(m_dice), silent, challenge) == Answer::challenge);
            world.phone.take(challenge);
        }
        const Position now = world.phone.hello(m_dice);
        QVERIFY(fitOf(backup, now) == Fit::other);
        QVERIFY(isAhead(backup, now));
        stolen.rid[0] ^= 1;
        QVERIFY(fitOf(backup, stolen) == Fit::other);
        QVERIFY(!isAhead(backup, stolen));
        world.server.chain = rolled(adoptedFrom(now), now.rid, m_dice.bytes<32>());
        QVERIFY(fitOf(world.server.chain, now) == Fit::repeat);
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "test_models.moc"
