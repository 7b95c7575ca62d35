// Log-ins to the console: who gets in, and what a stranger learns.
#include "shield/audit/log.h"
#include "shield/enterprise/console_session.h"
#include "tests/shield/enterprise/bench.h"

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;

class TestConsoleSession : public QObject {
    Q_OBJECT

    struct Door : Bench {
        ConsoleSessions console{ports, smsCodes};
        Actor admin = verified();
        const std::string phone = "13800138000";

        ConsoleSessions::Opened in()
        {
            if (!console.askCode(tests::kCreditCode, phone)) qFatal("no code");
            return must(console.open(tests::kCreditCode, phone, sms.digits()));
        }
    };

private Q_SLOTS:
    void person_withTheCode_isLetIn()
    {
        Door door;
        const auto opened = door.in();
        QVERIFY(opened.actor.person == door.admin.person && opened.actor.company == door.admin.company);
        QVERIFY(door.console.actorOf(opened.token)->person == door.admin.person);
        QCOMPARE(door.console.open(tests::kCreditCode, door.phone, door.sms.digits()).denied(), Denied::smsWrong); // spent
        ConsoleToken wrong = opened.token;
        wrong[0] ^= 1;
        QCOMPARE(door.console.actorOf(wrong).error().code, Errc::notFound);
        QVERIFY(door.console.close(opened.token));
        QVERIFY(door.console.close(opened.token));
        QCOMPARE(door.console.actorOf(opened.token).error().code, Errc::notFound);
        QVERIFY(audit::verify(door.ledger)->intact());
    }

    void stranger_asking_learnsNothing()
    {
        Door door;
        const auto known = door.console.askCode(tests::kCreditCode, door.phone);
        const std::size_t messages = door.sms.texts.size();
        const auto before = door.ledger.rows;
        for (const auto &[code, phone] : {std::pair<std::string, std::string>{tests::kOtherCode, door.phone},
                                          {tests::kCreditCode, "13700137000"}, {"", ""}, {std::string(1000, 'A'), door.phone}}) {
            QCOMPARE(*door.console.askCode(code, phone), *known);
            QCOMPARE(door.console.open(code, phone, door.sms.digits()).denied(), Denied::smsWrong);
        }
        QVERIFY(door.ledger.rows == before);
        door.sms.down = true;
        QCOMPARE(*door.console.askCode(tests::kCreditCode, door.phone), *known); // again within the minute, and with no gateway
        QCOMPARE(door.sms.texts.size(), messages);
        QCOMPARE(door.console.open(tests::kCreditCode, door.phone, door.sms.wrongDigits()).denied(), Denied::smsWrong);
    }

    void session_idleOrOld_isOver()
    {
        Door door;
        const auto first = door.in();
        door.clock.advance(ConsoleSessions::kIdleMs);
        QCOMPARE(door.console.actorOf(first.token).error().code, Errc::notFound);
        const auto second = door.in();
        const std::int64_t end = door.clock.wall + ConsoleSessions::kWholeMs;
        QCOMPARE(second.expiresMs, end);
        while (door.clock.wall + ConsoleSessions::kIdleMs / 2 < end) {
            door.clock.advance(ConsoleSessions::kIdleMs / 2);
            QVERIFY(door.console.actorOf(second.token));
        }
        door.clock.wall = end;
        QCOMPARE(door.console.actorOf(second.token).error().code, Errc::notFound);
    }

    void person_disabled_isOutAtOnce()
    {
        Door door;
        const auto opened = door.in();
        const Actor second{door.admin.company, door.person(door.admin, 1, role::kAdministrator)};
        QVERIFY(door.staff.disable(second, door.admin.person));
        QCOMPARE(door.console.actorOf(opened.token).error().code, Errc::notFound);
        door.clock.advance(tests::kMinuteMs);
        const std::size_t messages = door.sms.texts.size();
        QVERIFY(door.console.askCode(tests::kCreditCode, door.phone));
        QCOMPARE(door.sms.texts.size(), messages);
    }

    void holder_ofAShield_isLetInWhileActive()
    {
        Door door;
        const auto opened = door.console.openByShield(door.admin);
        QVERIFY(opened && door.console.actorOf(opened->token)->person == door.admin.person);
        const auto records = *audit::recordsOf(door.ledger, door.admin.company, 1, 1000);
        QVERIFY(records.back().entry.event == audit::Event::consoleOpened && records.back().entry.code == 1);
        const Id second = door.person(door.admin, 1, role::kAdministrator);
        const auto before = door.ledger.rows;
        QCOMPARE(door.console.openByShield({door.admin.company, {9}}).error().cause().code, Errc::notFound);
        QCOMPARE(door.console.openByShield({Id{9}, door.admin.person}).error().cause().code, Errc::notFound);
        QVERIFY(door.ledger.rows == before);
        QVERIFY(door.staff.disable({door.admin.company, second}, door.admin.person));
        QCOMPARE(door.console.openByShield(door.admin).denied(), Denied::staffInactive);
    }

    // A company that no log-in can name yet: only once its facts fit, and with the right code.
    void applicant_ofAnUnverifiedCompany_logsInToItAlone()
    {
        Bench bench;
        ConsoleSessions sessions(bench.ports, bench.smsCodes);
        const Id application = bench.identified();
        const auto rows = bench.ledger.rows;
        QCOMPARE(sessions.openForApplicant(application).error().cause().code, Errc::badState);
        QCOMPARE(sessions.askCodeForApplicant(application).error().cause().code, Errc::badState);
        QCOMPARE(sessions.openForApplicant(application, "123456").error().cause().code, Errc::badState);
        QCOMPARE(sessions.openForApplicant(Id{}).error().cause().code, Errc::notFound);
        QVERIFY(bench.ledger.rows == rows);
        QVERIFY(bench.facts.submit(application, bench.factsOf()));
        bench.clock.advance(60'000);
        QVERIFY(sessions.askCodeForApplicant(application));
        QCOMPARE(sessions.openForApplicant(application, bench.sms.wrongDigits()).denied(), Denied::smsWrong);
        const auto opened = sessions.openForApplicant(application, bench.sms.digits());
        QVERIFY(opened && opened->actor.company == application);
        QCOMPARE(sessions.openForApplicant(application, bench.sms.digits()).denied(), Denied::smsWrong); // spent
        QVERIFY(sessions.actorOf(opened->token));
    }
};

QTEST_GUILESS_MAIN(TestConsoleSession)
#include "test_console_session.moc"
