// The phone half with a sign key of suite 2, as a company's policy may ask for: the same pages, PIN, budget and
// refresh.
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include <QTest>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;
using intent::Act;

namespace {

Bytes fileOf(int index)
{
    return bytesOf(viewOf("file " + std::to_string(index)));
}

ByteArray<16> signSession(PhoneHalf &half, int count)
{
    intent::Manifest manifest = manifestOf(Act::sign);
    manifest.form = intent::Form::bare;
    manifest.files.clear();
    std::vector<Bytes> tbs;
    for (int i = 0; i < count; ++i) {
        tbs.push_back(fileOf(i));
        manifest.files.push_back(
            {"file-" + std::to_string(i) + ".txt", tbs.back().size(), crypto::sm3(tbs.back()), 0});
    }
    return half.server.open(manifest, tbs);
}

// The server's counters, as the cosigner has them.
cosigner::DeviceView device(PhoneHalf &half)
{
    return *half.server.cosigner->device(half.server.acct);
}

} // namespace

class TestPhoneFrost : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PhoneHalf> m_half;
    PhoneHalf &half() { return *m_half; }

    Step approveWith(Approval &flow, const ByteArray<16> &token, std::string_view pin)
    {
        half().claim(flow, token);
        half().pump(flow, flow.approve());
        return half().pump(flow, flow.pin(pinOf(pin)));
    }

private Q_SLOTS:
    void init()
    {
        m_half = std::make_unique<PhoneHalf>();
        half().server.suite = crypto::Suite::frost;
        QVERIFY(half().activate());
    }

    void activation_underSuiteTwo_holdsAnEd25519Certificate()
    {
        QVERIFY(*stageOf(half().vault) == Stage::active);
        QVERIFY(half().signPoint().suite() == crypto::Suite::frost);
        const auto certificate = x509::Certificate::parse(half().vault.certificates()->sign);
        QVERIFY(certificate && certificate->publicKey() == half().signPoint());
        QVERIFY(half().vault.shares()->front().encrypt.point.suite() == crypto::Suite::sm2);
    }

    void files_approved_getEd25519Signatures()
    {
        const auto token = signSession(half(), 3);
        Approval flow(half().environment);
        QVERIFY(half().claim(flow, token).show == Show::approve);
        half().pump(flow, flow.approve({1}));
        QVERIFY(half().pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(flow.signatures().size(), std::size_t{2});
        for (const Signed &item : flow.signatures())
            QVERIFY(half().signPoint().verify(fileOf(static_cast<int>(item.index)), item.signature));
    }

    void wrongPin_isCountedAndTheRightOneGoesOn()
    {
        const auto token = signSession(half(), 1);
        Approval flow(half().environment);
        QVERIFY(approveWith(flow, token, "928374").show == Show::pin);
        QCOMPARE(device(half()).lock.run, 1U);
        QVERIFY(flow.signatures().empty());
        QVERIFY(half().pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(device(half()).lock.run, 0U);
    }

    void cut_atAnyMessageOfAnApproval_endsInOneSignature()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after})
            for (int at = 0; at < 3; ++at) {
                half().server.received = 0;
                half().server.cutAt = at;
                half().server.cut = cut;
                const auto token = signSession(half(), 2);
                Approval flow(half().environment);
                Step step = approveWith(flow, token, kPin);
                if (step.show == Show::pin) step = half().pump(flow, flow.pin(pinOf(kPin)));
                QVERIFY(step.show == Show::done);
                QCOMPARE(flow.signatures().size(), std::size_t{2});
                QVERIFY(half().signPoint().verify(fileOf(1), flow.signatures()[1].signature));
                QCOMPARE(device(half()).lock.run, 0U);
            }
    }

    void chal_notOfTheRightForm_endsTheFlowBeforeThePin()
    {
        const std::vector<std::function<void(wire::FrostChal &)>> changes{
            [](wire::FrostChal &c) { c.points[0].fill(0); },
            [](wire::FrostChal &c) { c.points.pop_back(); },
            [](wire::FrostChal &c) { c.tbs[0].push_back(1); },
            [](wire::FrostChal &c) { c.ctr += 1; },
        };
        for (const auto &change : changes) {
            const auto token = signSession(half(), 1);
            half().server.onAnswer = [&](Bytes &answer) {
                auto chal = wire::decode<wire::FrostChal>(answer);
                if (!chal) return;
                change(*chal);
                answer = wire::encode(*chal);
            };
            Approval flow(half().environment);
            QVERIFY(half().claim(flow, token).show == Show::stopped);
            QCOMPARE(device(half()).lock.run, 0U);
            half().server.onAnswer = nullptr;
            half().server.sessions.clear();
        }
    }

    void chal_ofTheOtherSuite_isRefused()
    {
        const auto token = signSession(half(), 1);
        half().server.onAnswer = [&](Bytes &answer) {
            const auto chal = wire::decode<wire::FrostChal>(answer);
            if (!chal) return;
            wire::Chal other;
            other.sid = chal->sid;
            other.ctr = chal->ctr;
            other.n = chal->n;
            other.points.resize(1);
            other.expiryMs = chal->expiryMs;
            other.manifest = chal->manifest;
            other.tbs = chal->tbs;
            answer = wire::encode(other);
        };
        Approval flow(half().environment);
        QVERIFY(half().claim(flow, token).show == Show::stopped);
        QCOMPARE(device(half()).lock.run, 0U);
    }

    void response_withAnotherSignature_isNotReleased()
    {
        const auto token = signSession(half(), 1);
        half().server.onAnswer = [&](Bytes &answer) {
            auto resp = wire::decode<wire::Resp>(answer);
            if (!resp || resp->signatures.empty()) return;
            resp->signatures[0][40] ^= 1;
            answer = wire::encode(*resp);
        };
        Approval flow(half().environment);
        QVERIFY(approveWith(flow, token, kPin).show == Show::stopped);
        QVERIFY(flow.signatures().empty());
    }

    void pinChange_renewsBothKeysUnderTheNewPin()
    {
        const auto before = half().vault.shares()->front();
        PinChange flow(half().environment);
        half().pump(flow, flow.start());
        half().pump(flow, flow.smsCode(half().server.smsCode));
        half().pump(flow, flow.pin(pinOf(kPin)));
        half().pump(flow, flow.newPin(pinOf(kOtherPin)));
        QVERIFY(half().pump(flow, flow.repeatPin(pinOf(kOtherPin))).show == Show::done);
        const auto shares = *half().vault.shares();
        QCOMPARE(shares.size(), std::size_t{1});
        QCOMPARE(shares[0].epoch, 1U);
        QVERIFY(shares[0].sign.point == before.sign.point && shares[0].sign.blinded != before.sign.blinded);
        QCOMPARE(device(half()).epoch, 1U);

        half().server.sessions.clear();
        const auto token = signSession(half(), 1);
        Approval sign(half().environment);
        QVERIFY(approveWith(sign, token, kPin).show == Show::pin); // the old PIN
        QVERIFY(half().pump(sign, sign.pin(pinOf(kOtherPin))).show == Show::done);
        QVERIFY(half().signPoint().verify(fileOf(0), sign.signatures()[0].signature));
        Approval open(half().environment);
        half().pump(open, open.begin(Act::rehearseDecrypt));
        half().pump(open, open.approve());
        QVERIFY(half().pump(open, open.pin(pinOf(kOtherPin))).show == Show::done);
    }

    void pinChange_withAWrongOldPin_changesNothing()
    {
        PinChange flow(half().environment);
        half().pump(flow, flow.start());
        half().pump(flow, flow.smsCode(half().server.smsCode));
        half().pump(flow, flow.pin(pinOf("928374")));
        half().pump(flow, flow.newPin(pinOf(kOtherPin)));
        QVERIFY(half().pump(flow, flow.repeatPin(pinOf(kOtherPin))).show != Show::done);
        QCOMPARE(half().vault.shares()->size(), std::size_t{1});
        QCOMPARE(device(half()).epoch, 0U);
        QVERIFY(!device(half()).refreshPending);
        QCOMPARE(device(half()).lock.run, 1U);
    }
};

QTEST_GUILESS_MAIN(TestPhoneFrost)
#include "test_frost.moc"
