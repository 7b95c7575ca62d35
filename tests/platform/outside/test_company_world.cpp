// The stand-ins for companies' affairs: what they tell, once and twice, late and backwards, and when they are down.
#include "platform/outside/bank.h"
#include "platform/outside/business_register.h"
#include "platform/outside/cashier.h"
#include "platform/outside/company_accounts.h"
#include "platform/outside/identity_service.h"
#include "platform/outside/mail_inbox.h"
#include "platform/outside/review_desk.h"
#include "tests/support/fakes.h"

#include <QTest>

using namespace hufu;
using namespace hufu::outside;

class TestCompanyWorld : public QObject {
    Q_OBJECT

    tests::ManualClock m_clock;
    ports::SystemRandom m_random;

private Q_SLOTS:
    void mail_sent_arrivesLateOrNotAtAll()
    {
        MailInbox inbox(m_clock);
        QVERIFY(inbox.send("a@b.cn", "one", "text"));
        inbox.setFaults({false, 5'000});
        QVERIFY(inbox.send("a@b.cn", "two", "text"));
        QCOMPARE(inbox.messagesFor("a@b.cn").size(), std::size_t(1));
        m_clock.advance(5'000);
        QCOMPARE(inbox.messagesFor("a@b.cn").front().subject, std::string("two"));
        QVERIFY(inbox.messagesFor("c@b.cn").empty());
        inbox.setFaults({true, 0});
        QCOMPARE(inbox.send("a@b.cn", "x", "x").error().code, Errc::unavailable);
        inbox.setFaults({false, 0, 2, true});
        QVERIFY(inbox.send("a@b.cn", "three", "text"));
        const auto letters = inbox.messagesFor("a@b.cn"); // twice, and the oldest on top
        QVERIFY(letters.size() == 4 && letters.front().subject == "one" && letters[2].subject == "three" && letters[3].subject == "three");
        QCOMPARE(inbox.messages().front().subject, std::string("one"));
        inbox.setFaults({});
        QCOMPARE(inbox.messages().front().subject, std::string("three"));
        for (const char *bad : {"", "a", "@b", "a@", "a@b@c"})
            QCOMPARE(inbox.send(bad, "x", "x").error().code, Errc::badInput);
    }

    void identity_started_waitsForATester()
    {
        using Outcome = ports::IdentityService::Outcome;
        IdentityDesk desk("https://outside/", m_clock, m_random);
        const auto task = desk.start("张三", "1");
        QCOMPARE(task->address, "https://outside/" + task->ticket);
        QVERIFY(*desk.outcome(task->ticket) == Outcome::pending);
        QVERIFY(desk.decide(task->ticket, Outcome::failed));
        QVERIFY(*desk.outcome(task->ticket) == Outcome::failed);
        QCOMPARE(desk.outcome("other").error().code, Errc::notFound);
        QCOMPARE(desk.decide("other", Outcome::passed).error().code, Errc::notFound);
        QCOMPARE(desk.start("", "1").error().code, Errc::badInput);
        QCOMPARE(desk.checks().front().name, std::string("张三"));
        desk.setFaults({false, Outcome::passed});
        QVERIFY(*desk.outcome(task->ticket) == Outcome::passed);
        desk.setFaults({true, std::nullopt});
        QCOMPARE(desk.outcome(task->ticket).error().code, Errc::unavailable);
        QCOMPARE(desk.start("张三", "1").error().code, Errc::unavailable);
    }

    void identity_late_isPendingUntilItIsTold()
    {
        using Outcome = ports::IdentityService::Outcome;
        IdentityDesk desk("https://outside/", m_clock, m_random);
        desk.setFaults({false, std::nullopt, false, 1'000});
        const auto task = desk.start("张三", "1");
        m_clock.advance(1'000);
        QVERIFY(desk.decide(task->ticket, Outcome::passed));
        QVERIFY(*desk.outcome(task->ticket) == Outcome::pending);
        m_clock.advance(999);
        QVERIFY(*desk.outcome(task->ticket) == Outcome::pending);
        m_clock.advance(1);
        QVERIFY(*desk.outcome(task->ticket) == Outcome::passed);
        desk.setFaults({false, Outcome::failed, false, 1'000}); // of every check, and late as well
        const auto second = desk.start("李四", "2");
        QVERIFY(*desk.outcome(second->ticket) == Outcome::pending);
        m_clock.advance(1'000);
        QVERIFY(*desk.outcome(second->ticket) == Outcome::failed);
        desk.setFaults({false, std::nullopt, true, 0});
        QCOMPARE(desk.start("王五", "3").error().code, Errc::unavailable);
        QCOMPARE(desk.checks().front().name, std::string("王五")); // and yet it was begun
    }

    void register_asked_saysFieldByField()
    {
        RegisterOffice office;
        QVERIFY(!office.compare({"甲", "C", "李四", "1"})->found);
        office.enter({"甲", "C", "李四", "1"});
        const auto answer = office.compare({"乙", "C", "李四", "2"});
        QVERIFY(answer->found && !answer->nameFits && answer->legalNameFits && !answer->legalIdNumberFits);
        office.setFaults({true, {}});
        QCOMPARE(office.compare({"甲", "C", "李四", "1"}).error().code, Errc::unavailable);
        office.setFaults({false, std::chrono::milliseconds(30)});
        const auto begun = std::chrono::steady_clock::now();
        QVERIFY(office.compare({"甲", "C", "李四", "1"})->nameFits);
        QVERIFY(std::chrono::steady_clock::now() - begun >= std::chrono::milliseconds(30));
        office.setFaults({});
        office.strike("C");
        QVERIFY(!office.compare({"甲", "C", "李四", "1"})->found);
    }

    void bank_askedTwice_paysOnce()
    {
        using State = ports::Bank::State;
        BankCounter bank(m_clock);
        const ports::Payout payout{{7}, "甲", "银行", "广东省", "深圳市", "12345678", 42};
        bank.setFaults({false, true, false, 1'000});
        QCOMPARE(bank.pay(payout).error().code, Errc::unavailable); // and yet it was done
        bank.setFaults({false, false, false, 1'000});
        QVERIFY(bank.pay(payout));
        QCOMPARE(bank.payouts().size(), std::size_t(1));
        QVERIFY(*bank.stateOf({7}) == State::pending);
        m_clock.advance(1'000);
        QVERIFY(*bank.stateOf({7}) == State::paid);
        QCOMPARE(bank.payouts().front().payout.cents, std::int64_t(42));
        bank.setFaults({false, false, true, 0});
        QVERIFY(*bank.stateOf({7}) == State::returned);
        QCOMPARE(bank.stateOf({8}).error().code, Errc::notFound);
        bank.setFaults({true, false, false, 0});
        QCOMPARE(bank.pay(payout).error().code, Errc::unavailable);
        const std::string first = bank.credit("甲", 1, 2), second = bank.credit("乙", 5);
        QVERIFY(first != second);
        const auto notices = bank.takeNotices();
        QVERIFY(notices.size() == 3 && notices[0].reference == first && notices[1].reference == first && notices[2].payer == "乙");
        QVERIFY(bank.takeNotices().empty());
        bank.giveBack(notices[2]);
        QCOMPARE(bank.takeNotices().at(0).reference, second); // once
        QVERIFY(bank.takeNotices().empty());
        bank.setFaults({false, false, false, 1'000, 2, true});
        const std::string third = bank.credit("甲", 1), fourth = bank.credit("甲", 2, 3);
        QVERIFY(bank.takeNotices().empty());
        m_clock.advance(1'000);
        const auto late = bank.takeNotices();
        QVERIFY(late.size() == 5 && late[2].reference == fourth && late[3].reference == third && late[4].reference == third);
        QVERIFY(bank.takeNotices().empty());
    }

    void cashier_noticesRepeatedAndBackwards()
    {
        CashDesk desk("https://outside/", m_clock);
        QCOMPARE(desk.pay({1}, 5).error().code, Errc::notFound);
        QCOMPARE(*desk.start({1}, 20'000, "x"), "https://outside/" + toHex(ByteArray<16>{1}));
        QCOMPARE(*desk.askedFor({1}), std::int64_t(20'000));
        QVERIFY(!desk.askedFor({2}));
        desk.setFaults({false, 2, true, 1'000});
        const auto first = *desk.pay({1}, 20'000, false), second = *desk.pay({1}, 20'000);
        QVERIFY(desk.takeNotices().empty());
        m_clock.advance(1'000);
        const auto notices = desk.takeNotices();
        QCOMPARE(notices.size(), std::size_t(4));
        QCOMPARE(notices.front().payment, second);
        QVERIFY(notices.front().paid);
        QCOMPARE(notices.back().payment, first);
        QVERIFY(!notices.back().paid);
        QVERIFY(desk.takeNotices().empty());
        desk.giveBack(notices.front());
        QCOMPARE(desk.takeNotices().at(0).payment, second); // at once, and once
        QVERIFY(desk.takeNotices().empty());
        desk.setFaults({true, 1, false, 0});
        QCOMPARE(desk.start({1}, 1, "x").error().code, Errc::unavailable);
    }

    void account_agreed_namesItsCompany()
    {
        AccountService service("https://outside/", m_random);
        const auto task = service.start();
        QVERIFY(service.outcome(task->ticket)->pending);
        QVERIFY(service.agree(task->ticket, "甲", "C"));
        QCOMPARE(service.outcome(task->ticket)->name, std::string("甲"));
        QCOMPARE(service.outcome("other").error().code, Errc::notFound);
        QCOMPARE(service.agree("other", "甲", "C").error().code, Errc::notFound);
        service.setDown(true);
        QCOMPARE(service.start().error().code, Errc::unavailable);
        QCOMPARE(service.outcome(task->ticket).error().code, Errc::unavailable);
    }

    void paper_submittedTwice_isOnceInTheQueue()
    {
        PaperQueue queue;
        QVERIFY(queue.submit({1}, "letter", viewOf("a")));
        QVERIFY(queue.submit({1}, "letter", viewOf("a")));
        QCOMPARE(queue.papers().size(), std::size_t(1));
        queue.done({1});
        QVERIFY(queue.papers().empty());
        queue.setDown(true);
        QCOMPARE(queue.submit({1}, "letter", viewOf("a")).error().code, Errc::unavailable);
    }
};

QTEST_GUILESS_MAIN(TestCompanyWorld)
#include "test_company_world.moc"
