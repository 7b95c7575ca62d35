// What cashier and bank tell while our own disk fails is told again, and counts once.
#include "app/server/hearing.h"

#include "platform/outside/bank.h"
#include "tests/shield/enterprise/bench.h"

#include "shield/enterprise/remittance.h"

#include <QTest>

using namespace hufu;

class TestHearing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void credit_thatTheLedgerCouldNotTake_isToldAgain()
    {
        struct Office : tests::Bench {
            tests::MemoryBank bank;
            enterprise::Remittance remittance{ports, bank, sms};
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
