#include "tests/shield/phone/phone_half.h"

#include <QTest>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;

namespace {

// Whatever happened: goes on as a person would, and ends active.
bool recovers(PhoneHalf &half)
{
    half.server.cutAt = -1;
    half.server.onAnswer = nullptr;
    const auto stage = stageOf(half.vault);
    if (!stage) return false;
    Activation flow(half.environment);
    if (*stage == Stage::active) return true;
    if (*stage == Stage::empty) return half.activate(flow).show == Show::done;
    half.pump(flow, flow.resume());
    return half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done;
}

} // namespace

class TestActivation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void link_roundTrip_andEveryDefectIsRefused()
    {
        const std::string pin(64, 'a'), code(32, 'b');
        const std::string good =
            "hufu://activate?host=h.example&port=8443&pin=" + pin + "&pin2=" + pin + "&code=" + code;
        const auto link = ActivationLink::parse(good);
        QVERIFY(link);
        QCOMPARE(link->server.host, std::string("h.example"));
        QCOMPARE(link->server.port, std::uint16_t{8443});
        QCOMPARE(link->code[0], std::uint8_t{0xbb});
        for (const std::string &bad :
             {std::string(), std::string("hufu://activate?"), "x" + good, good + "&host=i",
              good.substr(0, good.size() - 1),
              "hufu://activate?host=h&port=0&pin=" + pin + "&pin2=" + pin + "&code=" + code,
              "hufu://activate?host=h&port=65536&pin=" + pin + "&pin2=" + pin + "&code=" + code,
              "hufu://activate?host=h&port=1x&pin=" + pin + "&pin2=" + pin + "&code=" + code,
              "hufu://activate?host=&port=1&pin=" + pin + "&pin2=" + pin + "&code=" + code,
              "hufu://activate?port=1&pin=" + pin + "&pin2=" + pin + "&code=" + code, good + "&x",
              std::string(2000, 'a')})
            QVERIFY2(!ActivationLink::parse(bad), bad.c_str());
    }

    void wholePath_endsActive()
    {
        PhoneHalf half;
        QVERIFY(*stageOf(half.vault) == Stage::empty);
        Activation flow(half.environment);
        QVERIFY(half.pump(flow, flow.start(half.link())).show == Show::phoneNumber);
        QVERIFY(half.pump(flow, flow.phoneNumber("13800138000")).show == Show::terms);
        QVERIFY(half.pump(flow, flow.proof(half.server.smsCode, flow.terms()->agreements, 0, {})).show ==
                Show::choosePin);
        QVERIFY(half.pump(flow, flow.choosePin(pinOf(kPin))).show == Show::repeatPin);
        const Step done = half.pump(flow, flow.repeatPin(pinOf(kPin)));
        QVERIFY(done.show == Show::done);
        QVERIFY(done.close);
        QVERIFY(flow.progress() == Progress::finished);
        QVERIFY(*stageOf(half.vault) == Stage::active);
        const auto certificates = half.vault.certificates();
        QVERIFY(certificates->sign == half.server.issued.sign &&
                certificates->encrypt == half.server.issued.encrypt);
        QCOMPARE(half.connections, 1);
        QVERIFY(!flow.receive(Bytes{1, 2}));
        Activation again(half.environment);
        QVERIFY(!again.start(half.link())); // an active device is not thrown away
        QVERIFY(*stageOf(half.vault) == Stage::active);
    }

    void person_givingBadInput_staysOnThePage()
    {
        PhoneHalf half;
        Activation flow(half.environment);
        QVERIFY(!flow.phoneNumber("138")); // not begun
        half.pump(flow, flow.start(half.link()));
        QVERIFY(!flow.phoneNumber(""));
        QVERIFY(!flow.phoneNumber("138\n"));
        QVERIFY(!flow.choosePin(pinOf(kPin)));
        half.pump(flow, flow.phoneNumber("13800138000"));
        QVERIFY(!flow.proof(half.server.smsCode, {}, 0, {})); // agreements
        QVERIFY(!flow.proof("12", flow.terms()->agreements, 0, {}));
        const Step wrong = half.pump(flow, flow.proof("000000", flow.terms()->agreements, 0, {}));
        QVERIFY(wrong.show == Show::terms);
        QCOMPARE(wrong.problem->code, std::uint16_t{402});
        const int before = half.server.smsSent;
        QVERIFY(half.pump(flow, flow.resendSms()).show == Show::terms);
        QCOMPARE(half.server.smsSent, before + 1);
        half.pump(flow, flow.proof(half.server.smsCode, flow.terms()->agreements, 0, {}));
        QVERIFY(half.pump(flow, flow.choosePin(pinOf("123456"))).show == Show::choosePin);
        QVERIFY(flow.weakness() == vault::PinWeakness::steps);
        QVERIFY(half.pump(flow, flow.choosePin(pinOf("900102"))).show == Show::choosePin);
        QVERIFY(flow.weakness() == vault::PinWeakness::birthday);
        QVERIFY(half.pump(flow, flow.choosePin(pinOf("138000"))).show == Show::choosePin);
        QVERIFY(flow.weakness() == vault::PinWeakness::phoneTail);
        QVERIFY(half.pump(flow, flow.choosePin(pinOf(kPin))).show == Show::repeatPin);
        QVERIFY(!flow.weakness());
        const Step differs = half.pump(flow, flow.repeatPin(pinOf(kOtherPin)));
        QVERIFY(differs.show == Show::choosePin);
        QCOMPARE(differs.problem->code, std::uint16_t{305});
        QVERIFY(half.store.files.empty());
        half.pump(flow, flow.choosePin(pinOf(kPin)));
        QVERIFY(half.pump(flow, flow.repeatPin(pinOf(kPin))).show == Show::done);
    }

    // The program ended between the identity check and the keys: the check counts, and the PIN is chosen.
    void proved_thenEnded_goesOnWithThePin()
    {
        PhoneHalf half;
        Bytes accepted;
        {
            Activation flow(half.environment);
            QVERIFY(flow.acceptance().empty());
            half.enrol(flow);
            accepted = flow.acceptance();
        }
        QVERIFY(!accepted.empty());
        const int sent = half.server.smsSent;
        half.server.conversation.reset();
        Activation flow(half.environment);
        QVERIFY(half.pump(flow, flow.goOn(half.link(), "13800138000", accepted)).show == Show::choosePin);
        QVERIFY(half.pump(flow, flow.choosePin(pinOf("138000"))).show == Show::choosePin); // the number counts for the rules, too
        half.pump(flow, flow.choosePin(pinOf(kPin)));
        QVERIFY(half.pump(flow, flow.repeatPin(pinOf(kPin))).show == Show::done);
        QVERIFY(flow.acceptance().empty());
        QCOMPARE(half.server.smsSent, sent);
        QVERIFY(*stageOf(half.vault) == Stage::active);
    }

    void goOn_withWhatIsNone_isRefused()
    {
        PhoneHalf half;
        Activation flow(half.environment);
        QCOMPARE(flow.goOn(half.link(), "13800138000", Bytes{1, 2, 3}).error().code, Errc::badInput);
        QVERIFY(half.pump(flow, flow.start(half.link())).show == Show::phoneNumber); // from the beginning
        Activation active(half.environment);
        half.activate();
        QVERIFY(!active.goOn(half.link(), "13800138000", Bytes{1, 2, 3}));
        QVERIFY(*stageOf(half.vault) == Stage::active);
    }

    void connection_idleOnAPage_changesNothing()
    {
        PhoneHalf half;
        Activation flow(half.environment);
        half.pump(flow, flow.start(half.link()));
        half.pump(flow, flow.phoneNumber("13800138000"));
        QVERIFY(half.pump(flow, flow.connectionLost()).show == Show::terms);
        QVERIFY(half.pump(flow, flow.tick()).show == Show::terms);
        QVERIFY(half.pump(flow, flow.proof(half.server.smsCode, flow.terms()->agreements, 0, {})).show ==
                Show::choosePin);
        QVERIFY(half.pump(flow, flow.connectionLost()).show == Show::choosePin);
        half.pump(flow, flow.choosePin(pinOf(kPin)));
        QVERIFY(half.pump(flow, flow.connectionLost()).show == Show::repeatPin);
        QVERIFY(half.pump(flow, flow.repeatPin(pinOf(kPin))).show == Show::done);
        QCOMPARE(half.connections, 3);
    }

    void connection_cutAtEachMessage_endsActive()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 2;; ++at) { // 0 and 1 are of enrolment
                PhoneHalf half;
                half.server.cutAt = at;
                half.server.cut = cut;
                Activation flow(half.environment);
                const Step step = half.activate(flow);
                if (half.server.received <= at) break;
                // All cuts heal by themselves.
                QVERIFY2(step.show == Show::done, std::to_string(at).c_str());
                QVERIFY(*stageOf(half.vault) == Stage::active);
            }
        }
    }

    void phone_killedAtEachMessage_resumesOrStartsOver()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 2;; ++at) {
                PhoneHalf half;
                half.server.cutAt = at;
                half.server.cut = cut;
                {
                    Activation flow(half.environment);
                    half.enrol(flow);
                    auto step = flow.repeatPin(pinOf(kPin));
                    // like pump, but the phone dies with the connection
                    std::vector<Bytes> queue;
                    bool alive = true;
                    while (alive && step && (step->connect || !step->send.empty() || !queue.empty())) {
                        if (step->connect) queue.push_back(*half.server.connect());
                        for (const Bytes &message : step->send) {
                            auto answers = half.server.receive(message);
                            alive = answers.has_value();
                            if (!alive) break;
                            queue.insert(queue.end(), answers->begin(), answers->end());
                        }
                        if (!alive || queue.empty()) break;
                        const Bytes next = queue.front();
                        queue.erase(queue.begin());
                        step = flow.receive(next);
                    }
                    if (alive) break; // at is beyond the last message
                }
                QVERIFY2(recovers(half), std::to_string(at).c_str());
            }
        }
    }

    // Stopped half way, the person opens a link again: nothing is lost until the server has taken the new keys.
    void link_openedOnAStartedActivation_erasesNothingTooEarly()
    {
        PhoneHalf half;
        half.server.onAnswer = [](Bytes &answer) {
            if (answer[1] == static_cast<std::uint8_t>(wire::Type::resp)) answer.back() ^= 1;
        };
        {
            Activation flow(half.environment);
            QVERIFY(half.activate(flow).show == Show::stopped);
        }
        half.server.onAnswer = {};
        QVERIFY(*stageOf(half.vault) == Stage::started);
        const auto before = half.store.files;
        Activation flow(half.environment);
        half.enrol(flow);
        QVERIFY(half.store.files == before);
        QVERIFY(half.pump(flow, flow.repeatPin(pinOf(kPin))).show == Show::done);
        QVERIFY(*stageOf(half.vault) == Stage::active);
    }

    void files_damaged_areNoReasonToRefuseANewLink()
    {
        PhoneHalf half;
        {
            Activation flow(half.environment);
            QVERIFY(half.activate(flow).show == Show::done);
        }
        for (auto &[name, content] : half.store.files)
            content.assign(content.size(), 0x5a);
        QCOMPARE(stageOf(half.vault).error().code, Errc::tampered);
        Activation flow(half.environment);
        QVERIFY(half.activate(flow).show == Show::done);
        QVERIFY(*stageOf(half.vault) == Stage::active);
    }

    void answers_tampered_stopAndTheNextStartIsClean()
    {
        const wire::Type types[] = {wire::Type::kg2,         wire::Type::kg4,  wire::Type::claimed,
                                    wire::Type::chal,        wire::Type::resp, wire::Type::dec2,
                                    wire::Type::certificates};
        for (const wire::Type type : types) {
            PhoneHalf half;
            bool done = false;
            half.server.onAnswer = [&](Bytes &answer) {
                if (done || answer[1] != static_cast<std::uint8_t>(type)) return;
                if (type == wire::Type::certificates && half.server.issued.encrypt.empty()) return;
                const std::size_t at =
                    type == wire::Type::certificates ? 4 + half.server.issued.sign.size() : answer.size();
                answer[at - 40] ^= 1; // of certificates: in the signature of the first
                done = true;
            };
            Activation flow(half.environment);
            const Step step = half.activate(flow);
            QVERIFY(done);
            QVERIFY2(step.show == Show::stopped, std::to_string(static_cast<int>(type)).c_str());
            QVERIFY(step.problem && step.close);
            QVERIFY(*stageOf(half.vault) != Stage::active);
            QVERIFY2(recovers(half), std::to_string(static_cast<int>(type)).c_str());
        }
    }

    void certificates_ofAnotherKeyOrRoot_areRefused()
    {
        for (const int which : {0, 1, 2}) {
            PhoneHalf half;
            half.server.onAnswer = [&](Bytes &answer) {
                auto certificates = wire::decode<wire::Certificates>(answer);
                if (!certificates || certificates->state != wire::Certificates::active) return;
                if (which == 0) std::swap(certificates->sign, certificates->encrypt);
                if (which == 1) certificates->sign = certificates->issuing;
                if (which == 2) certificates->root = certificates->issuing;
                answer = wire::encode(*certificates);
            };
            Activation flow(half.environment);
            const Step step = half.activate(flow);
            QVERIFY(step.show == Show::stopped);
            QVERIFY(step.problem->code == 600 || step.problem->code == 601);
            QVERIFY(half.vault.certificates()->sign.empty());
            QVERIFY(recovers(half));
        }
    }

    void resume_withAWrongPin_countsAndAsksAgain()
    {
        PhoneHalf half;
        {
            Activation flow(half.environment);
            bool stop = false;
            half.server.onMessage = [&](wire::Type type, ByteView) {
                stop = stop || type == wire::Type::begin;
            };
            half.server.onAnswer = [&](Bytes &answer) {
                if (stop) answer = {9, 9};
            };
            QVERIFY(half.activate(flow).show == Show::stopped);
            half.server.onMessage = nullptr;
            half.server.onAnswer = nullptr;
        }
        QVERIFY(*stageOf(half.vault) == Stage::started);
        Activation flow(half.environment);
        QVERIFY(half.pump(flow, flow.resume()).show == Show::pin);
        const Step wrong = half.pump(flow, flow.pin(pinOf(kOtherPin)));
        QVERIFY(wrong.show == Show::pin);
        QVERIFY(wrong.problem->errc == Errc::wrongPin);
        QCOMPARE(*wrong.problem->triesLeft, 9);
        QCOMPARE(*wrong.problem->failures, 1);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
    }

    void storage_fullAtEachWrite_stopsAndRecovers()
    {
        for (int writes = 0; writes < 6; ++writes) {
            PhoneHalf half;
            Activation flow(half.environment);
            half.enrol(flow);
            half.server.onMessage = [&](wire::Type, ByteView) {
                half.store.full = half.store.writes >= writes;
            };
            const Step step = half.pump(flow, flow.repeatPin(pinOf(kPin)));
            half.server.onMessage = nullptr;
            half.store.full = false;
            QVERIFY(step.show == Show::stopped);
            QCOMPARE(step.problem->code, std::uint16_t{504});
            QVERIFY2(recovers(half), std::to_string(writes).c_str());
        }
    }

    // For minutes, at each message from the keys to the rehearsal: it goes on when the server is back.
    void server_goneWhileTheKeysAreMade_isWaitedFor()
    {
        for (int at = 0;; ++at) {
            PhoneHalf half;
            Activation flow(half.environment);
            half.enrol(flow);
            half.server.cutAt = half.server.received + at;
            half.server.cut = at % 2 == 0 ? ServerHalf::Cut::before : ServerHalf::Cut::after;
            half.server.down = true; // for whoever connects anew
            int losses = 0;
            half.onDown = [&] { half.server.down = ++losses < 120; };
            const Step step = half.pump(flow, flow.repeatPin(pinOf(kPin)));
            QVERIFY2(step.show == Show::done, std::to_string(at).c_str());
            if (losses == 0) break;
            QCOMPARE(losses, 120);
        }
    }

    void server_unreachable_endsAfterAFewTries()
    {
        PhoneHalf half;
        half.server.down = true;
        Activation flow(half.environment);
        half.pump(flow, flow.start(half.link()));
        const Step step = half.pump(flow, flow.phoneNumber("13800138000"));
        QVERIFY(step.show == Show::phoneNumber);
        QCOMPARE(step.problem->code, std::uint16_t{502});
        half.server.down = false;
        QVERIFY(half.pump(flow, flow.phoneNumber("13800138000")).show == Show::terms);
    }
};

QTEST_GUILESS_MAIN(TestActivation)
#include "test_activation.moc"
