#include "app/server/limited_lines.h"
#include "app/server/rate.h"

#include "tests/support/fakes.h"

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

    // Whoever asks, and for whatever: a number gets so many messages an hour, so many a day, and strangers have a part of them.
    void number_thatGotEnough_getsNoMore()
    {
        struct Line final : hufu::ports::SmsGateway {
            int sent = 0;
            hufu::Result<void> send(std::string_view, std::string_view) override
            {
                ++sent;
                return {};
            }
        } line;
        hufu::tests::ManualClock clock;
        hufu::server::LimitedSms everybody(line, clock, 4, 6), strangers(everybody, clock, 2, 3);
        const auto isTaken = [](hufu::ports::SmsGateway &gateway, const char *number) {
            const auto sent = gateway.send(number, "code");
            return sent || sent.error().code != hufu::Errc::locked;
        };
        QVERIFY(isTaken(strangers, "1") && isTaken(strangers, "1") && !isTaken(strangers, "1"));
        QVERIFY(isTaken(strangers, "2"));
        QVERIFY(isTaken(everybody, "1") && isTaken(everybody, "1") && !isTaken(everybody, "1")); // four in this hour
        QCOMPARE(line.sent, 5);
        clock.advance(3'600'000);
        QVERIFY(isTaken(strangers, "1") && !isTaken(strangers, "1")); // three of strangers in a day
        QVERIFY(isTaken(everybody, "1") && !isTaken(everybody, "1")); // six in all
        clock.advance(24 * 3'600'000);
        QVERIFY(isTaken(strangers, "1") && isTaken(everybody, "1"));
        QCOMPARE(line.sent, 9);
    }
};

QTEST_GUILESS_MAIN(TestRate)
#include "test_rate.moc"
