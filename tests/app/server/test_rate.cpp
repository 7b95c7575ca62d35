#include "app/server/rate.h"

#include <QTest>

using hufu::server::Rate;

class TestRate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void caller_tooOften_isRefused_andOthersAreNot()
    {
        Rate rate(2, 100);
        QVERIFY(rate.take("a", 0));
        QVERIFY(rate.take("a", 1));
        QVERIFY(!rate.take("a", 59'999));
        QVERIFY(rate.take("b", 59'999));
        QVERIFY(rate.take("a", 60'000)); // the first is a minute old
        QVERIFY(!rate.take("a", 60'000));
    }

    void all_tooOften_areRefused()
    {
        Rate rate(2, 3);
        for (const char *caller : {"a", "b", "c"})
            QVERIFY(rate.take(caller, 0));
        QVERIFY(!rate.take("d", 59'999));
        QVERIFY(rate.take("d", 60'000));
    }
};

QTEST_GUILESS_MAIN(TestRate)
#include "test_rate.moc"
