// The refresh on schedule, and what the phone remembers between two acts (PROTOCOL R1, R7).
#include "shield/phone/upkeep.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include <QTest>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

// One log-in with the PIN typed; the refresh that it brings, if any.
struct LogIn {
    Show show = Show::stopped;
    bool onePin = false;
    std::unique_ptr<Refresh> refresh;
};

LogIn logIn(PhoneHalf &half, std::string_view pin)
{
    LogIn out;
    const auto token = half.server.open(manifestOf(intent::Act::login));
    Approval flow(half.environment);
    if (half.claim(flow, token).show != Show::approve) return out;
    if (half.pump(flow, flow.approve()).show != Show::pin) return out;
    out.onePin = flow.whichPin() == Approval::WhichPin::only;
    out.show = half.pump(flow, flow.pin(pinOf(pin))).show;
    out.refresh = flow.takeRefresh();
    return out;
}

// A phone whose shares have stood for a month, with a refresh that has just become due.
std::unique_ptr<Refresh> dueAfterAMonth(PhoneHalf &half)
{
    logIn(half, kPin);
    half.clock.advance(30 * kDayMs);
    auto refresh = std::move(logIn(half, kPin).refresh);
    half.server.received = 0;
    half.sent.clear();
    return refresh;
}

} // namespace

class TestPhoneRefresh : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void due_isDecidedByAgeAndLastTry()
    {
        vault::Upkeep upkeep;
        const std::int64_t now = 1'800'000'000'000;
        QVERIFY(!isRefreshDue(upkeep, 0, now)); // nothing has worked yet
        upkeep.sinceMs = now - kRefreshEveryMs + 1;
        QVERIFY(!isRefreshDue(upkeep, 0, now));
        upkeep.sinceMs = now - kRefreshEveryMs;
        QVERIFY(isRefreshDue(upkeep, 0, now));
        QVERIFY(!isRefreshDue(upkeep, 1, now)); // that epoch is new
        upkeep.triedMs = now - kRefreshRetryMs + 1;
        QVERIFY(!isRefreshDue(upkeep, 0, now));
        upkeep.triedMs = now - kRefreshRetryMs;
        QVERIFY(isRefreshDue(upkeep, 0, now));
        upkeep.triedMs = now + 1; // the clock was set back
        QVERIFY(isRefreshDue(upkeep, 0, now));
        upkeep = {0, now + 1, 0, 0, false};
        QVERIFY(isRefreshDue(upkeep, 0, now));
    }

    void approval_withinTheMonth_bringsNone()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        LogIn first = logIn(half, kPin);
        QVERIFY(first.show == Show::done && !first.refresh);
        QCOMPARE(half.vault.upkeep()->sinceMs, half.clock.unixMs());
        half.clock.advance(30 * kDayMs - 1);
        QVERIFY(!logIn(half, kPin).refresh);
        half.clock.advance(1);
        LogIn wrong = logIn(half, "928374");
        QVERIFY(wrong.show == Show::pin && !wrong.refresh); // only a right PIN is worth it
        QVERIFY(logIn(half, kPin).refresh != nullptr);
    }

    void month_over_renewsBothSharesUnderTheSamePin()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto before = half.vault.shares()->front();
        auto refresh = dueAfterAMonth(half);
        QVERIFY(refresh != nullptr);
        QVERIFY(half.pump(*refresh, refresh->start()).show == Show::done);
        QVERIFY(!refresh->start());
        const std::vector<wire::Type> told{wire::Type::hello, wire::Type::ref1, wire::Type::ref3};
        QVERIFY(half.sent == told); // no session, no SMS
        const auto shares = *half.vault.shares();
        QCOMPARE(shares.size(), std::size_t{1});
        QCOMPARE(shares[0].epoch, 1U);
        QVERIFY(shares[0].salt == before.salt && shares[0].saltEpoch != before.saltEpoch);
        QVERIFY(shares[0].sign.blinded != before.sign.blinded);
        QVERIFY(shares[0].encrypt.blinded != before.encrypt.blinded);
        QVERIFY(shares[0].sign.point == before.sign.point);
        QCOMPARE(half.server.cosigner->device(half.server.acct)->epoch, 1U);
        LogIn next = logIn(half, kPin);
        QVERIFY(next.show == Show::done && !next.refresh);
        QCOMPARE(half.vault.upkeep()->epoch, 1U);
    }

    // R1: only a PIN change gives the lifetime failures back.
    void refresh_keepsTheTotalOfFailures()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        QVERIFY(logIn(half, "928374").show == Show::pin);
        QCOMPARE(half.vault.upkeep()->failures, std::uint8_t{1});
        auto refresh = dueAfterAMonth(half);
        QVERIFY(half.pump(*refresh, refresh->start()).show == Show::done);
        QCOMPARE(half.vault.upkeep()->failures, std::uint8_t{1});
        QCOMPARE(half.server.cosigner->device(half.server.acct)->lock.total, 1U);
    }

    void refresh_comingToNothing_isTriedAgainAnHourLater()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        auto refresh = dueAfterAMonth(half);
        half.server.down = true;
        Step step = half.pump(*refresh, refresh->start());
        QVERIFY(step.show == Show::stopped && step.close);
        half.server.down = false;
        QVERIFY(!logIn(half, kPin).refresh);
        half.clock.advance(60 * 60 * 1000);
        LogIn later = logIn(half, kPin);
        QVERIFY(later.show == Show::done && later.refresh != nullptr);
        QVERIFY(half.pump(*later.refresh, later.refresh->start()).show == Show::done);
        QCOMPARE(half.vault.shares()->front().epoch, 1U);
    }

    void connection_cutAtEachMessage_asksForOnePinOnly()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 0; at < 3; ++at) {
                PhoneHalf half;
                QVERIFY(half.activate());
                auto refresh = dueAfterAMonth(half);
                half.server.cutAt = at;
                half.server.cut = cut;
                half.pump(*refresh, refresh->start());
                QVERIFY(half.server.received > at);
                const LogIn next = logIn(half, kPin);
                QVERIFY(next.show == Show::done && next.onePin);
                QCOMPARE(half.vault.shares()->size(), std::size_t{1});
                QCOMPARE(half.server.cosigner->device(half.server.acct)->lock.total, 0U);
            }
        }
    }

    // The person scans the next code, or the phone dies, at any message of it.
    void refresh_droppedAtEachMessage_isSettledByTheNextAct()
    {
        for (const bool answered : {false, true}) {
            for (const wire::Type type : {wire::Type::hello, wire::Type::ref1, wire::Type::ref3}) {
                PhoneHalf half;
                QVERIFY(half.activate());
                auto refresh = dueAfterAMonth(half);
                auto step = refresh->start();
                QVERIFY(step->connect);
                step = refresh->receive(*half.server.connect());
                for (bool alive = true; alive && !step->send.empty();) {
                    const Bytes message = step->send.front();
                    const bool here = wire::Envelope::split(message)->type == type;
                    if (here && !answered) break;
                    const auto answers = half.server.receive(message);
                    alive = !here;
                    if (alive) step = refresh->receive(answers->front());
                }
                refresh.reset();
                const LogIn next = logIn(half, kPin);
                QVERIFY(next.show == Show::done && next.onePin);
                QCOMPARE(half.vault.shares()->size(), std::size_t{1});
                QVERIFY(half.vault.shares()->front().epoch ==
                        half.server.cosigner->device(half.server.acct)->epoch);
            }
        }
    }

    // Another phone's PIN change, or a server that says so: one count, and no second.
    void wrongPin_endsItAfterOneCount()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        auto refresh = dueAfterAMonth(half);
        auto shares = half.vault.shares()->front();
        shares.sign.blinded[31] ^= 1;
        QVERIFY(half.vault.writeShares(shares));
        const Step step = half.pump(*refresh, refresh->start());
        QVERIFY(step.show == Show::stopped);
        QVERIFY(step.problem->errc == Errc::wrongPin);
        QCOMPARE(half.server.cosigner->device(half.server.acct)->lock.run, 1U);
        QCOMPARE(half.vault.shares()->size(), std::size_t{1});
    }

    void storage_full_beginsNothing()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        auto refresh = dueAfterAMonth(half);
        half.store.full = true;
        const Step step = half.pump(*refresh, refresh->start());
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{504});
        QVERIFY(half.sent.empty());
    }

    // --- R1: urging from fifteen on ---

    void failures_areRememberedUntilThePinChanges()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        QVERIFY(!isPinChangeUrged(*half.vault.upkeep()));
        for (int wrong = 1; wrong <= 15; ++wrong) {
            QVERIFY(!isPinChangeUrged(*half.vault.upkeep()));
            half.clock.advance(kDayMs);
            logIn(half, "928374");
            QCOMPARE(half.vault.upkeep()->failures, static_cast<std::uint8_t>(wrong));
            if (wrong % 2 == 0) QVERIFY(logIn(half, kPin).show == Show::done);
            QCOMPARE(half.vault.upkeep()->failures, static_cast<std::uint8_t>(wrong));
        }
        QVERIFY(isPinChangeUrged(*half.vault.upkeep()));
        half.server.smsInPinChange = false;
        PinChange change(half.environment);
        half.pump(change, change.start());
        half.pump(change, change.pin(pinOf(kPin)));
        half.pump(change, change.newPin(pinOf(kOtherPin)));
        QVERIFY(half.pump(change, change.repeatPin(pinOf(kOtherPin))).show == Show::done);
        QVERIFY(!isPinChangeUrged(*half.vault.upkeep()));
        QCOMPARE(half.vault.upkeep()->failures, std::uint8_t{0});
    }

    void signShare_destroyed_isRememberedOnceTheServerSaysSo()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        half.server.onAnswer = [](Bytes &answer) {
            if (wire::Envelope::split(answer)->type == wire::Type::chal)
                answer = wire::encode(wire::Locked{0, 3, 0, wire::DeviceState::destroyed});
        };
        const auto token = half.server.open(manifestOf(intent::Act::login));
        Approval flow(half.environment);
        QCOMPARE(half.claim(flow, token).problem->code, std::uint16_t{307});
        QVERIFY(half.vault.upkeep()->signDestroyed);
    }
};

QTEST_GUILESS_MAIN(TestPhoneRefresh)
#include "test_refresh.moc"
