// The way back after a clone was found, against the real cosigner (PROTOCOL R3).
#include "shield/phone/recovery.h"
#include "tests/shield/phone/clones.h"

#include <QTest>

#include <set>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;

namespace {

// Of a phone that is activated first.
Files cloned(PhoneHalf &half)
{
    return half.activate() ? copyFoundOut(half) : Files();
}

std::string openedCode(PhoneHalf &half)
{
    return *half.server.cosigner->openRecovery(half.server.acct);
}

bool opens(PhoneHalf &half)
{
    Approval flow(half.environment);
    half.pump(flow, flow.begin(intent::Act::rehearseDecrypt));
    half.pump(flow, flow.approve());
    return half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done;
}

} // namespace

class TestPhoneRecovery : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recovery_whole_makesTheCopyNoise()
    {
        PhoneHalf half;
        const Files copy = cloned(half);
        QVERIFY(!copy.empty());
        QCOMPARE(logIn(half).problem->code, std::uint16_t{303}); // the genuine one, too
        const auto before = half.vault.shares()->front();
        const auto kDev = half.vault.device().value()->kDev.duplicate();

        Recovery flow(half.environment);
        QVERIFY(half.pump(flow, flow.start()).show == Show::recoveryCode);
        QVERIFY(half.pump(flow, flow.code(openedCode(half))).show == Show::pin);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        const auto shares = *half.vault.shares();
        QCOMPARE(shares.size(), std::size_t{1});
        QCOMPARE(shares[0].epoch, before.epoch + 1);
        QVERIFY(shares[0].sign.point == before.sign.point && shares[0].sign.blinded != before.sign.blinded);
        QVERIFY(shares[0].encrypt.blinded != before.encrypt.blinded);
        QVERIFY(!sameBytes(half.vault.device().value()->kDev.expose(), kDev.expose()));
        QCOMPARE(half.vault.history()->front().act, std::string("recovery"));
        QVERIFY(logIn(half).show == Show::done);
        QVERIFY(opens(half));

        // The copy: its messages are not even answered, and with the new key its shares fit nothing.
        const Files genuine = half.store.files;
        half.store.files = copy;
        QCOMPARE(logIn(half).problem->code, std::uint16_t{502});
        half.store.files["device"] = genuine.at("device");
        half.store.files["chain"] = genuine.at("chain");
        QVERIFY(logIn(half).show != Show::done);
        half.store.files = genuine;
        QVERIFY(logIn(half).show == Show::done);
    }

    void code_wrong_isAskedForAgain()
    {
        PhoneHalf half;
        QVERIFY(!cloned(half).empty());
        const std::string right = openedCode(half), wrong = right == "00000000" ? "00000001" : "00000000";
        Recovery flow(half.environment);
        half.pump(flow, flow.start());
        for (const char *bad : {"", "1234567", "123456789", "1234567x"}) {
            QVERIFY(!flow.code(bad)); // nothing is sent
            QVERIFY(half.sent.empty());
        }
        QVERIFY(!flow.pin(pinOf(kPin)));
        const auto files = half.store.files;
        const Step again = half.pump(flow, flow.code(wrong));
        QVERIFY(again.show == Show::recoveryCode);
        QCOMPARE(again.problem->code, std::uint16_t{310});
        QVERIFY(half.store.files == files);
        QVERIFY(half.pump(flow, flow.code(right)).show == Show::pin);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
    }

    void code_notOpen_stopsAndChangesNothing()
    {
        PhoneHalf half;
        QVERIFY(!cloned(half).empty());
        const auto files = half.store.files;
        Recovery flow(half.environment);
        half.pump(flow, flow.start());
        const Step step = half.pump(flow, flow.code("12345678"));
        QVERIFY(step.show == Show::stopped && step.close);
        QCOMPARE(step.problem->code, std::uint16_t{309});
        QVERIFY(half.store.files == files);
        QVERIFY(!flow.start());
    }

    void pin_wrong_isCountedAndAskedAgain()
    {
        PhoneHalf half;
        QVERIFY(!cloned(half).empty());
        Recovery flow(half.environment);
        half.pump(flow, flow.start());
        half.pump(flow, flow.code(openedCode(half)));
        QVERIFY(!flow.pin(pinOf("1")));
        const Step wrong = half.pump(flow, flow.pin(pinOf("928374")));
        QVERIFY(wrong.show == Show::pin);
        QVERIFY(wrong.problem->errc == Errc::wrongPin);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QVERIFY(logIn(half).show == Show::done);
    }

    void connection_cutAtEachMessage_endsWell()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 0;; ++at) {
                PhoneHalf half;
                QVERIFY(!cloned(half).empty());
                half.server.cutAt = at;
                half.server.cut = cut;
                Recovery flow(half.environment);
                half.pump(flow, flow.start());
                QVERIFY2(half.pump(flow, flow.code(openedCode(half))).show == Show::pin, std::to_string(at).c_str());
                QVERIFY2(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done, std::to_string(at).c_str());
                const bool reached = half.server.received > at;
                QCOMPARE(half.vault.shares()->size(), std::size_t{1});
                QVERIFY(logIn(half).show == Show::done);
                if (!reached) break;
            }
        }
    }

    // Dead after any message, answered or not: the code again, or the PIN alone, brings it back.
    void phone_killedAtEachMessage_goesOn()
    {
        std::set<int> codes; // of the first log-in afterwards
        for (const bool answered : {false, true}) {
            for (const wire::Type type :
                 {wire::Type::recover, wire::Type::hello, wire::Type::ref1, wire::Type::ref3}) {
                PhoneHalf half;
                QVERIFY(!cloned(half).empty());
                const std::string digits = openedCode(half);
                {
                    Recovery flow(half.environment);
                    Result<Step> step = flow.start();
                    step = flow.code(digits);
                    bool alive = true, typed = false;
                    while (alive) {
                        if (step->connect) {
                            step = flow.receive(*half.server.connect());
                            continue;
                        }
                        if (step->show == Show::pin && !std::exchange(typed, true)) {
                            step = flow.pin(pinOf(kPin));
                            continue;
                        }
                        if (step->send.empty()) break;
                        const Bytes message = step->send.front();
                        const bool here = wire::Envelope::split(message)->type == type;
                        if (here && !answered) break;
                        const auto answers = half.server.receive(message);
                        alive = !here;
                        if (alive) step = flow.receive(answers->front());
                    }
                }
                const auto problem = logIn(half).problem;
                const int code = problem ? problem->code : 0;
                codes.insert(code);
                if (code == 303) {
                    Recovery again(half.environment);
                    half.pump(again, again.start());
                    QVERIFY(half.pump(again, again.code(digits)).show == Show::pin);
                    QVERIFY(half.pump(again, again.pin(pinOf(kPin))).show == Show::done);
                } else if (code == 311) {
                    Recovery rest(half.environment);
                    QVERIFY(half.pump(rest, rest.resume()).show == Show::pin);
                    QVERIFY(half.pump(rest, rest.pin(pinOf(kPin))).show == Show::done);
                }
                QVERIFY2(logIn(half).show == Show::done, std::to_string(code).c_str());
                QCOMPARE(half.vault.shares()->size(), std::size_t{1});
            }
        }
        QVERIFY(codes.contains(303) && codes.contains(311));
    }

    void storage_full_isMadeGoodByTheSameCode()
    {
        PhoneHalf half;
        QVERIFY(!cloned(half).empty());
        const std::string digits = openedCode(half);
        const auto files = half.store.files;
        Recovery flow(half.environment);
        half.pump(flow, flow.start());
        half.server.onAnswer = [&](Bytes &) { half.store.full = true; };
        const Step step = half.pump(flow, flow.code(digits));
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{504});
        QVERIFY(half.store.files == files);
        half.server.onAnswer = nullptr;
        half.store.full = false;
        Recovery again(half.environment);
        half.pump(again, again.start());
        QVERIFY(half.pump(again, again.code(digits)).show == Show::pin);
        QVERIFY(half.pump(again, again.pin(pinOf(kPin))).show == Show::done);
        QVERIFY(logIn(half).show == Show::done);
    }

    void server_notKnowingTheNewKey_isNotBelieved()
    {
        PhoneHalf half;
        QVERIFY(!cloned(half).empty());
        const auto files = half.store.files;
        half.server.onAnswer = [](Bytes &answer) {
            if (wire::Envelope::split(answer)->type == wire::Type::recovered) answer.back() ^= 1;
        };
        Recovery flow(half.environment);
        half.pump(flow, flow.start());
        const Step step = half.pump(flow, flow.code(openedCode(half)));
        QVERIFY(step.show == Show::stopped);
        QVERIFY(step.problem->errc == Errc::tampered);
        QVERIFY(half.store.files == files);
    }
};

QTEST_GUILESS_MAIN(TestPhoneRecovery)
#include "test_recovery.moc"
