// What cashier and bank tell while our own disk fails is told again, and counts once.
#include "app/server/hearing.h"

#include "platform/outside/bank.h"
#include "platform/outside/business_register.h"
#include "platform/outside/identity_service.h"
#include "platform/outside/sms_inbox.h"
#include "tests/shield/enterprise/bench.h"

#include "shield/enterprise/remittance.h"

#include <QRegularExpression>
#include <QTest>

#include <functional>

using namespace hufu;

class TestHearing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void credit_thatTheLedgerCouldNotTake_isToldAgain()
    {
        struct Office : tests::Bench {
            tests::MemoryBank bank;
            enterprise::Remittance remittance{ports, bank, sms, {"虎符", "银行", "0200000009026400123"}};
        } office;
        const enterprise::Actor admin = office.founded();
        const auto isVerified = [&] {
            auto transaction = std::move(*office.ledger.begin());
            return static_cast<bool>(enterprise::checkVerified(*transaction, admin.company));
        };
        outside::BankCounter counter(office.clock);
        QVERIFY(office.remittance.await(admin));
        counter.credit("甲建设有限公司", 1, 2);
        const auto tell = [&](const outside::BankNotice &notice) { return office.remittance.credited({notice.reference, notice.payer, notice.cents}); };
        office.ledger.down = true;
        QCOMPARE(server::hear(counter, tell), 2);
        office.ledger.down = false;
        QVERIFY(!isVerified());
        QCOMPARE(server::hear(counter, tell), 0);
        QVERIFY(isVerified());
        QVERIFY(counter.takeNotices().empty());
    }
    // Late, each three times, and the newest first: the right sum counts once, and what comes after it is nobody's.
    void credits_lateRepeatedAndBackwards_verifyOnce()
    {
        struct Office : tests::Bench {
            tests::MemoryBank bank;
            enterprise::Remittance remittance{ports, bank, sms, {"虎符", "银行", "0200000009026400123"}};
        } office;
        const enterprise::Actor admin = office.founded();
        outside::BankCounter counter(office.clock);
        counter.setFaults({false, false, false, 5'000, 3, true});
        QVERIFY(office.remittance.await(admin));
        counter.credit("甲建设有限公司", 7);
        counter.credit("甲建设（有限公司", 1);
        counter.credit("甲建设有限公司", 1);
        int verified = 0;
        const auto tell = [&](const outside::BankNotice &notice) {
            const auto who = office.remittance.credited({notice.reference, notice.payer, notice.cents});
            if (who && *who) ++verified;
            return who;
        };
        QCOMPARE(server::hear(counter, tell), 0);
        QCOMPARE(verified, 0);
        office.clock.advance(5'000);
        QCOMPARE(server::hear(counter, tell), 0);
        QCOMPARE(verified, 1);
        QVERIFY(office.remittance.view(admin)->state == enterprise::RemittanceState::done);
    }

    // Each message twice, and the older one on top of the newer: the old code is refused, the new one is good once.
    void codes_repeatedAndBackwards_countOnce()
    {
        tests::Bench bench;
        outside::SmsInbox inbox(bench.clock);
        inbox.setFaults({false, 0, 2, true});
        codes::SmsCodes codes(bench.ledger, bench.masterKey, bench.random, bench.clock, inbox);
        enterprise::Applications applications(bench.ports, codes, bench.mail, {}, {});
        const auto id = *applications.begin("portal-1");
        QVERIFY(applications.sendCode(id, enterprise::Contact::phone, "13800138000"));
        bench.clock.advance(tests::kMinuteMs);
        QVERIFY(applications.sendCode(id, enterprise::Contact::phone, "13800138000"));
        const auto messages = inbox.messagesFor("13800138000");
        QCOMPARE(messages.size(), std::size_t(4));
        const auto digitsOf = [](const outside::SmsMessage &message) {
            static const QRegularExpression six(QStringLiteral("\\d{6}"));
            return six.match(QString::fromStdString(message.text)).captured().toStdString();
        };
        const std::string older = digitsOf(messages.front()), newer = digitsOf(messages.back());
        if (older != newer) QCOMPARE(applications.proveContact(id, older).denied(), enterprise::Denied::smsWrong);
        QVERIFY(applications.proveContact(id, newer));
        QVERIFY(applications.view(id)->state == enterprise::ApplicationState::reachable);
        QVERIFY(!applications.proveContact(id, newer));
    }

    // The outcome comes late, and the answer to the beginning is lost: begun again, the check that we know of counts.
    void face_lateAndWithALostReply_countsOnce()
    {
        tests::Bench bench;
        outside::IdentityDesk desk("https://outside/", bench.clock, bench.random);
        enterprise::Applications applications(bench.ports, bench.smsCodes, bench.mail, {{1, &desk}}, {});
        const auto id = bench.reachable();
        QVERIFY(bench.consent(id));
        desk.setFaults({false, std::nullopt, true, 0});
        QCOMPARE(applications.startIdentity(id, 1).error().cause().code, Errc::unavailable);
        const std::string unknown = desk.checks().front().ticket;
        desk.setFaults({false, std::nullopt, false, 5'000});
        QVERIFY(applications.startIdentity(id, 1));
        const std::string known = desk.checks().front().ticket;
        QVERIFY(desk.decide(unknown, ports::IdentityService::Outcome::passed));
        bench.clock.advance(5'000);
        QCOMPARE(applications.finishIdentity(id, "").denied(), enterprise::Denied::identityPending); // the other one is not ours
        QVERIFY(desk.decide(known, ports::IdentityService::Outcome::passed));
        QCOMPARE(applications.finishIdentity(id, "").denied(), enterprise::Denied::identityPending);
        bench.clock.advance(5'000);
        QVERIFY(applications.finishIdentity(id, ""));
        QVERIFY(applications.view(id)->state == enterprise::ApplicationState::identified);
    }

    // The register takes its time over the first question and answers the second meanwhile: there is one company.
    void register_answeringTheSecondQuestionFirst_makesOneCompany()
    {
        struct Slow final : ports::BusinessRegister {
            outside::RegisterOffice office;
            std::function<void()> meanwhile;
            Result<ports::RegisterAnswer> compare(const ports::CompanyClaim &claim) override
            {
                if (const auto now = std::exchange(meanwhile, nullptr)) now();
                return office.compare(claim);
            }
        } slow;
        tests::Bench bench;
        enterprise::Facts facts(bench.ports, slow);
        const auto id = bench.identified();
        const auto told = bench.factsOf();
        slow.office.enter({told.name, told.code, told.legalName, told.legalIdNumber});
        slow.office.setFaults({false, std::chrono::milliseconds(20)});
        slow.meanwhile = [&] { QVERIFY(facts.submit(id, told)->state == enterprise::FactsState::matched); };
        QCOMPARE(facts.submit(id, told).error().cause().code, Errc::badState);
        QVERIFY(*facts.stateOf(id) == enterprise::FactsState::matched);
        QCOMPARE(bench.staff.list({id, *bench.staff.personOf(id, "13800138000")})->size(), std::size_t(1));
    }

    // What is unfit in itself stays unfit, and is not told for ever.
    void credit_outOfForm_isNotToldAgain()
    {
        outside::BankCounter counter(m_clock);
        counter.credit("", 1);
        QCOMPARE(server::hear(counter, [](const outside::BankNotice &) -> Result<int> { return Error(Errc::badInput, "payer"); }), 1);
        QVERIFY(counter.takeNotices().empty());
    }

private:
    tests::ManualClock m_clock;
};

QTEST_GUILESS_MAIN(TestHearing)
#include "test_hearing.moc"
