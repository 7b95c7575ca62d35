#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include <QTest>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;

namespace {

// Everything up to the second entry of the new PIN.
Step typeAll(PhoneHalf &half, PinChange &flow)
{
    half.pump(flow, flow.start());
    while (half.pump(flow, flow.smsCode(half.server.smsCode)).show == Show::sms) {
    } // lost: once more
    half.pump(flow, flow.pin(pinOf(kPin)));
    return half.pump(flow, flow.newPin(pinOf(kOtherPin)));
}

// Logs in as a person would who knows both PINs and follows what the page asks for.
bool logsIn(PhoneHalf &half, std::string_view former, std::string_view fresh, bool changed)
{
    const auto token = half.server.open(manifestOf(intent::Act::login));
    Approval flow(half.environment);
    if (half.claim(flow, token).show != Show::approve) return false;
    Step step = half.pump(flow, flow.approve());
    for (int tries = 0; tries < 2 && step.show == Show::pin; ++tries) {
        const auto which = flow.whichPin();
        std::string_view pin = changed ? fresh : former;
        if (which == Approval::WhichPin::fresh) pin = fresh;
        if (which == Approval::WhichPin::former) pin = former;
        step = half.pump(flow, flow.pin(pinOf(pin)));
    }
    return step.show == Show::done;
}

// Wrong PINs, each followed by what lets the next one be tried, until the sign share is destroyed (R1).
bool exhaust(PhoneHalf &half)
{
    const auto device = [&] { return *half.server.cosigner->device(half.server.acct); };
    for (int wrong = 0; wrong < 40 && device().sign.state != cosigner::KeyState::destroyed; ++wrong) {
        half.clock.advance(25 * 3600 * 1000);
        if (device().lock.standing == cosigner::Standing::frozen &&
            !half.server.cosigner->unfreeze(half.server.acct))
            return false;
        const auto token = half.server.open(manifestOf(intent::Act::login));
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        half.pump(flow, flow.pin(pinOf("928374")));
    }
    return device().lock.total == 30;
}

Step opens(PhoneHalf &half, std::string_view pin)
{
    Approval flow(half.environment);
    Step step = half.pump(flow, flow.begin(intent::Act::rehearseDecrypt));
    if (step.show == Show::approve) step = half.pump(flow, flow.approve());
    return step.show == Show::pin ? half.pump(flow, flow.pin(pinOf(pin))) : std::move(step);
}

} // namespace

class TestPinChange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void change_ofThePin_renewsAllShares()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto before = half.vault.shares()->front();
        PinChange flow(half.environment);
        QVERIFY(half.pump(flow, flow.start()).show == Show::sms);
        QVERIFY(half.pump(flow, flow.smsCode(half.server.smsCode)).show == Show::pin);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::newPin);
        QVERIFY(half.pump(flow, flow.newPin(pinOf(kOtherPin))).show == Show::repeatPin);
        QVERIFY(half.pump(flow, flow.repeatPin(pinOf(kOtherPin))).show == Show::done);
        const auto shares = *half.vault.shares();
        QCOMPARE(shares.size(), std::size_t{1});
        QCOMPARE(shares[0].epoch, 1U);
        QVERIFY(shares[0].sign.point == before.sign.point && shares[0].encrypt.point == before.encrypt.point);
        QVERIFY(shares[0].salt != before.salt && shares[0].saltEpoch != before.saltEpoch);
        QVERIFY(shares[0].sign.blinded != before.sign.blinded &&
                shares[0].encrypt.blinded != before.encrypt.blinded);
        QCOMPARE(half.vault.history()->front().act, std::string("pinChange"));

        const auto token = half.server.open(manifestOf(intent::Act::login));
        Approval login(half.environment);
        half.claim(login, token);
        half.pump(login, login.approve());
        QVERIFY(half.pump(login, login.pin(pinOf(kPin))).problem->errc == Errc::wrongPin);
        QVERIFY(half.pump(login, login.pin(pinOf(kOtherPin))).show == Show::done);
        // the encrypt key was renewed with it
        Approval rehearsal(half.environment);
        half.pump(rehearsal, rehearsal.begin(intent::Act::rehearseDecrypt));
        half.pump(rehearsal, rehearsal.approve());
        QVERIFY(half.pump(rehearsal, rehearsal.pin(pinOf(kOtherPin))).show == Show::done);
    }

    void person_givingBadInput_staysOnThePage()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        PinChange flow(half.environment);
        QVERIFY(!flow.pin(pinOf(kPin)));
        half.pump(flow, flow.start());
        QVERIFY(!flow.pin(pinOf(kPin)));
        QVERIFY(!flow.smsCode("1"));
        QCOMPARE(half.pump(flow, flow.smsCode("000000")).problem->code, std::uint16_t{402});
        half.pump(flow, flow.smsCode(half.server.smsCode));
        QVERIFY(!flow.newPin(pinOf(kOtherPin)));
        QVERIFY(!flow.pin(pinOf("1")));
        half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(half.pump(flow, flow.newPin(pinOf("111111"))).show == Show::newPin);
        QVERIFY(flow.weakness() == vault::PinWeakness::oneDigit);
        const Step same = half.pump(flow, flow.newPin(pinOf(kPin)));
        QVERIFY(same.show == Show::newPin);
        QCOMPARE(same.problem->code, std::uint16_t{306});
        half.pump(flow, flow.newPin(pinOf(kOtherPin)));
        const Step differs = half.pump(flow, flow.repeatPin(pinOf("928374")));
        QVERIFY(differs.show == Show::newPin);
        QCOMPARE(differs.problem->code, std::uint16_t{305});
        QVERIFY(std::find(half.sent.begin(), half.sent.end(), wire::Type::ref1) == half.sent.end());
        half.pump(flow, flow.newPin(pinOf(kOtherPin)));
        QVERIFY(half.pump(flow, flow.repeatPin(pinOf(kOtherPin))).show == Show::done);
    }

    void oldPin_wrong_isCountedAndAskedAgain()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        PinChange flow(half.environment);
        half.pump(flow, flow.start());
        half.pump(flow, flow.smsCode(half.server.smsCode));
        half.pump(flow, flow.pin(pinOf("928374")));
        half.pump(flow, flow.newPin(pinOf(kOtherPin)));
        const Step wrong = half.pump(flow, flow.repeatPin(pinOf(kOtherPin)));
        QVERIFY(wrong.show == Show::pin);
        QVERIFY(wrong.problem->errc == Errc::wrongPin);
        QCOMPARE(*wrong.problem->triesLeft, 9);
        QCOMPARE(half.vault.shares()->size(), std::size_t{1});
        QVERIFY(!flow.pin(pinOf(kOtherPin))); // the new one
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
    }

    void sms_missing_isRefusedByTheServer()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        half.server.smsInPinChange = false;
        PinChange flow(half.environment);
        QVERIFY(half.pump(flow, flow.start()).show == Show::pin);
        half.server.sessions.begin()->second.factors = wire::factor::kPin | wire::factor::kSms;
        half.pump(flow, flow.pin(pinOf(kPin)));
        half.pump(flow, flow.newPin(pinOf(kOtherPin)));
        const Step step = half.pump(flow, flow.repeatPin(pinOf(kOtherPin)));
        QVERIFY(step.show == Show::stopped);
        QVERIFY(step.problem->errc == Errc::refused);
        QVERIFY(logsIn(half, kPin, kOtherPin, false));
    }

    void connection_cutAtEachMessage_endsWithOnePin()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 0;; ++at) {
                PhoneHalf half;
                QVERIFY(half.activate());
                half.server.cutAt = at;
                half.server.cut = cut;
                PinChange flow(half.environment);
                typeAll(half, flow);
                Step step = half.pump(flow, flow.repeatPin(pinOf(kOtherPin)));
                if (step.show == Show::pin) step = half.pump(flow, flow.pin(pinOf(kPin)));
                QVERIFY2(step.show == Show::done, std::to_string(at).c_str());
                QCOMPARE(half.vault.shares()->size(), std::size_t{1});
                QVERIFY(logsIn(half, kPin, kOtherPin, true));
                if (half.server.received <= at) break;
            }
        }
    }

    void phone_killedAtEachMessage_keepsOneOfThePins()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (const wire::Type type : {wire::Type::ref1, wire::Type::ref3}) {
                PhoneHalf half;
                QVERIFY(half.activate());
                {
                    PinChange flow(half.environment);
                    typeAll(half, flow);
                    auto step = flow.repeatPin(pinOf(kOtherPin));
                    for (bool alive = true; alive && !step->send.empty();) {
                        const Bytes message = step->send.front();
                        const bool here = wire::Envelope::split(message)->type == type;
                        if (here && cut == ServerHalf::Cut::before) break;
                        auto answers = half.server.receive(message);
                        alive = !here;
                        if (alive) step = flow.receive(answers->front());
                    }
                }
                const bool changed = type == wire::Type::ref3 && cut == ServerHalf::Cut::after;
                QVERIFY(logsIn(half, kPin, kOtherPin, changed));
                QCOMPARE(half.vault.shares()->size(), std::size_t{1});
            }
        }
    }

    void signShare_destroyed_decryptsAndChangesThePin()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        QVERIFY(exhaust(half));
        QCOMPARE(opens(half, kPin).problem->code, std::uint16_t{302}); // frozen
        PinChange frozen(half.environment);
        const Step step = half.pump(frozen, frozen.start());
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{302});

        QVERIFY(half.server.cosigner->unfreeze(half.server.acct));
        QVERIFY(opens(half, kPin).show == Show::done);
        const auto token = half.server.open(manifestOf(intent::Act::login));
        Approval login(half.environment);
        QCOMPARE(half.claim(login, token).problem->code, std::uint16_t{307});

        const auto before = half.vault.shares()->front();
        PinChange flow(half.environment);
        typeAll(half, flow);
        QVERIFY(half.pump(flow, flow.repeatPin(pinOf(kOtherPin))).show == Show::done);
        const auto shares = *half.vault.shares();
        QCOMPARE(shares.size(), std::size_t{1});
        QVERIFY(shares[0].sign.isGone()); // R2: never under two PINs
        QVERIFY(shares[0].encrypt.blinded != before.encrypt.blinded);
        QCOMPARE(half.server.cosigner->device(half.server.acct)->lock.total, 0U);
        QVERIFY(opens(half, kPin).problem->errc == Errc::wrongPin);
        QVERIFY(opens(half, kOtherPin).show == Show::done);
        // and once more, now that the phone knows
        PinChange again(half.environment);
        half.pump(again, again.start());
        half.pump(again, again.smsCode(half.server.smsCode));
        half.pump(again, again.pin(pinOf(kOtherPin)));
        half.pump(again, again.newPin(pinOf(kPin)));
        QVERIFY(half.pump(again, again.repeatPin(pinOf(kPin))).show == Show::done);
        QVERIFY(opens(half, kPin).show == Show::done);
    }

    void signShare_destroyed_changeSurvivesACutAtEachMessage()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 0;; ++at) {
                PhoneHalf half;
                QVERIFY(half.activate());
                QVERIFY(exhaust(half));
                QVERIFY(half.server.cosigner->unfreeze(half.server.acct));
                half.server.received = 0;
                half.server.cutAt = at;
                half.server.cut = cut;
                PinChange flow(half.environment);
                typeAll(half, flow);
                Step step = half.pump(flow, flow.repeatPin(pinOf(kOtherPin)));
                if (step.show == Show::pin) step = half.pump(flow, flow.pin(pinOf(kPin)));
                QVERIFY2(step.show == Show::done, std::to_string(at).c_str());
                QCOMPARE(half.vault.shares()->size(), std::size_t{1});
                const bool reached = half.server.received > at;
                QVERIFY(opens(half, kOtherPin).show == Show::done);
                if (!reached) break;
            }
        }
    }

    void storage_fullBeforeThePinIsUsed_sendsNothing()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        PinChange flow(half.environment);
        typeAll(half, flow);
        half.store.full = true;
        const Step step = half.pump(flow, flow.repeatPin(pinOf(kOtherPin)));
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{504});
        QVERIFY(std::find(half.sent.begin(), half.sent.end(), wire::Type::ref1) == half.sent.end());
        half.store.full = false;
        QVERIFY(logsIn(half, kPin, kOtherPin, false));
    }
    void storage_fullWhenTheNewFileIsDue_changesNothing()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        half.server.onMessage = [&](wire::Type type, ByteView) { half.store.full = type == wire::Type::ref1; };
        PinChange flow(half.environment);
        typeAll(half, flow);
        const Step step = half.pump(flow, flow.repeatPin(pinOf(kOtherPin)));
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{504});
        half.server.onMessage = nullptr;
        half.store.full = false;
        QVERIFY(logsIn(half, kPin, kOtherPin, false));
    }
};

QTEST_GUILESS_MAIN(TestPinChange)
#include "test_pin_change.moc"
