// SMS codes: their life, their limits, and what the database shows of them.
#include "shield/base/limits.h"
#include "shield/codes/sms_code.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <QTest>
#include <set>

using namespace hufu;
using codes::Check;
using codes::SmsCodes;

class TestSmsCodes : public QObject {
    Q_OBJECT

    struct Bench {
        tests::MemoryLedger ledger;
        tests::MemoryMasterKey masterKey;
        tests::RecordedRandom random;
        tests::ManualClock clock;
        tests::MemorySms gateway;
        SmsCodes codes{ledger, masterKey, random, clock, gateway};

        Result<std::int64_t> send() { return codes.send(viewOf("purpose"), {}, "13800138000", "code %1."); }
        Check check(std::string_view digits) { return *codes.check(viewOf("purpose"), {}, digits); }
    };

private Q_SLOTS:
    void code_sent_isAcceptedOnce()
    {
        Bench bench;
        QCOMPARE(*bench.send(), limits::kSmsResendMs);
        QCOMPARE(bench.gateway.numbers, std::vector<std::string>{"13800138000"});
        const std::string digits = bench.gateway.digits();
        QCOMPARE(bench.gateway.texts.front(), "code " + digits + ".");
        QCOMPARE(bench.check(digits), Check::right);
        QCOMPARE(bench.check(digits), Check::expired);
    }

    // Who has used a code and needs another gets it at once; who has not is told to wait.
    void code_used_doesNotHoldTheNextOneBack()
    {
        Bench bench;
        QVERIFY(bench.codes.ask(viewOf("purpose"), {}, "13800138000", "%1")->isSent);
        QVERIFY(!bench.codes.ask(viewOf("purpose"), {}, "13800138000", "%1")->isSent);
        QCOMPARE(bench.gateway.texts.size(), std::size_t{1});
        QCOMPARE(bench.check(bench.gateway.digits()), Check::right);
        QVERIFY(bench.codes.ask(viewOf("purpose"), {}, "13800138000", "%1")->isSent);
        QCOMPARE(bench.gateway.texts.size(), std::size_t{2});
        QCOMPARE(bench.check(bench.gateway.digits()), Check::right);
    }

    void code_boundToSomethingElse_isWrong()
    {
        Bench bench;
        const codes::Bound one{viewOf("one"), 2}, other{viewOf("other"), 2};
        QVERIFY(bench.codes.ask(viewOf("purpose"), {}, "13800138000", "%1", one)->isSent);
        const std::string digits = bench.gateway.digits();
        QCOMPARE(*bench.codes.check(viewOf("purpose"), {}, digits, codes::Right::spends, other), Check::wrong);
        QVERIFY(!bench.codes.ask(viewOf("purpose"), {}, "13800138000", "%1", other)->isSent); // one purpose, one pace
        QCOMPARE(*bench.codes.check(viewOf("purpose"), {}, digits, codes::Right::spends, one), Check::right);
        QVERIFY(bench.codes.ask(viewOf("purpose"), {}, "13800138000", "%1", other)->isSent);
        bench.clock.advance(limits::kSmsResendMs);
        QCOMPARE(bench.codes.ask(viewOf("purpose"), {}, "13800138000", "%1", one).error().code, Errc::locked); // two a day
        QCOMPARE(bench.gateway.texts.size(), std::size_t{2});
    }

    void code_ofSmallNumbers_hasLeadingZeros()
    {
        Bench bench;
        bench.random.expect("sms-code", tests::hex("00000007"));
        QVERIFY(bench.send());
        QCOMPARE(bench.gateway.digits(), std::string("000007"));
    }

    // 4294967295 is beyond the last whole million: drawn again, so that no code is likelier than another.
    void code_beyondTheLastWholeMillion_isDrawnAgain()
    {
        Bench bench;
        bench.random.expect("sms-code", tests::hex("ffffffff"));
        bench.random.expect("sms-code", tests::hex("000f4241"));
        QVERIFY(bench.send());
        QCOMPARE(bench.gateway.digits(), std::string("000001"));
    }

    void code_forAnotherPurpose_isNotAccepted()
    {
        Bench bench;
        QVERIFY(bench.send());
        QCOMPARE(*bench.codes.check(viewOf("other"), {}, bench.gateway.digits()), Check::expired);
        QVERIFY(bench.codes.send(viewOf("other"), {}, "13800138000", "%1"));
        QCOMPARE(bench.check(bench.gateway.wrongDigits()), Check::wrong);
    }

    void code_neverAskedFor_isExpired()
    {
        Bench bench;
        QCOMPARE(bench.check("123456"), Check::expired);
        QVERIFY(bench.ledger.rows.empty());
    }

    // A new session each time must not be a way to send on, or to try on, for ever.
    void account_withManyPurposes_hasOneDay()
    {
        Bench bench;
        const auto whose = viewOf(std::string_view("account"));
        const auto send = [&](int purpose) {
            return bench.codes.send(viewOf("purpose " + std::to_string(purpose)), whose, "13800138000", "%1");
        };
        bench.gateway.down = true;
        QVERIFY(!send(0)); // what nobody got does not count
        bench.gateway.down = false;
        for (int i = 0; i < SmsCodes::kOfOneInADay; ++i)
            QVERIFY(send(i));
        const auto before = bench.ledger.rows;
        QCOMPARE(send(1000).error().code, Errc::locked);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.codes.send(viewOf("purpose 1000"), viewOf(std::string_view("other")), "13800138000", "%1"));
        bench.clock.advance(24LL * 3'600'000);
        QVERIFY(send(1000));
        bench.clock.advance(24LL * 3'600'000);
        QVERIFY(bench.codes.sweep());
        QVERIFY(bench.ledger.rows.empty());
    }

    void account_withManyWrongDigits_isWornOverAllPurposes()
    {
        Bench bench;
        const auto whose = viewOf(std::string_view("account"));
        for (int i = 0; i < SmsCodes::kOfOneInADay; ++i) {
            const std::string purpose = "purpose " + std::to_string(i / limits::kSmsTries);
            if (i % limits::kSmsTries == 0) QVERIFY(bench.codes.send(viewOf(purpose), whose, "13800138000", "%1"));
            QCOMPARE(*bench.codes.check(viewOf(purpose), whose, bench.gateway.wrongDigits()), Check::wrong);
        }
        QVERIFY(!bench.codes.send(viewOf("next"), whose, "13800138000", "%1"));
        QVERIFY(bench.codes.send(viewOf("next"), {}, "13800138000", "%1"));
        QCOMPARE(*bench.codes.check(viewOf("next"), whose, bench.gateway.digits()), Check::worn);
        bench.clock.advance(24LL * 3'600'000);
        QVERIFY(bench.codes.send(viewOf("next"), whose, "13800138000", "%1"));
        QCOMPARE(*bench.codes.check(viewOf("next"), whose, bench.gateway.digits()), Check::right);
    }

    void code_afterFiveMinutes_isExpired()
    {
        Bench bench;
        QVERIFY(bench.send());
        bench.clock.advance(limits::kSmsValidMs - 1);
        QCOMPARE(bench.check(bench.gateway.wrongDigits()), Check::wrong);
        bench.clock.advance(1);
        QCOMPARE(bench.check(bench.gateway.digits()), Check::expired);
    }

    void code_afterFiveWrongTries_isWorn()
    {
        Bench bench;
        QVERIFY(bench.send());
        for (int i = 0; i < limits::kSmsTries; ++i)
            QCOMPARE(bench.check(bench.gateway.wrongDigits()), Check::wrong);
        QCOMPARE(bench.check(bench.gateway.digits()), Check::worn);
        bench.clock.advance(limits::kSmsResendMs);
        QVERIFY(bench.send());
        QCOMPARE(bench.check(bench.gateway.digits()), Check::right);
    }

    void entry_ofAnyForm_isOnlyWrong_data()
    {
        QTest::addColumn<QByteArray>("digits");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray("12345");
        QTest::newRow("long") << QByteArray(100'000, '1');
        QTest::newRow("zero bytes") << QByteArray(6, '\0');
    }
    void entry_ofAnyForm_isOnlyWrong()
    {
        QFETCH(QByteArray, digits);
        Bench bench;
        QVERIFY(bench.send());
        QCOMPARE(bench.check(digits.toStdString()), Check::wrong);
        QCOMPARE(bench.check(bench.gateway.digits()), Check::right);
    }

    void resend_tooEarly_sendsNothingAndKeepsTheCode()
    {
        Bench bench;
        QVERIFY(bench.send());
        const std::string digits = bench.gateway.digits();
        bench.clock.advance(20'000);
        const auto before = bench.ledger.rows;
        QCOMPARE(*bench.send(), limits::kSmsResendMs - 20'000);
        QVERIFY(bench.ledger.rows == before);
        QCOMPARE(bench.gateway.texts.size(), std::size_t(1));
        QCOMPARE(bench.check(digits), Check::right);
    }

    void resend_afterTheClockWasSetBack_waitsAMinuteAtMost()
    {
        Bench bench;
        QVERIFY(bench.send());
        bench.clock.wall -= 3'600'000;
        QCOMPARE(*bench.send(), limits::kSmsResendMs);
        QCOMPARE(bench.gateway.texts.size(), std::size_t(1));
    }

    void resend_afterAMinute_replacesTheCode()
    {
        Bench bench;
        bench.random.expect("sms-code", tests::hex("00000001"));
        bench.random.expect("sms-code", tests::hex("00000002"));
        QVERIFY(bench.send());
        bench.clock.advance(limits::kSmsResendMs);
        QVERIFY(bench.send());
        QCOMPARE(bench.check("000001"), Check::wrong);
        QCOMPARE(bench.check("000002"), Check::right);
    }

    // Asking for a new code over and over is no way to try on and on.
    void wrong_inAllADay_closesThePurpose()
    {
        Bench bench;
        for (int i = 0; i < SmsCodes::kWrongInADay; ++i) {
            if (i % limits::kSmsTries == 0) {
                QVERIFY(bench.send());
                bench.clock.advance(limits::kSmsResendMs);
            }
            QCOMPARE(bench.check(bench.gateway.wrongDigits()), Check::wrong);
        }
        QCOMPARE(bench.send().error().code, Errc::locked);
        QCOMPARE(bench.check(bench.gateway.digits()), Check::worn);
        bench.clock.advance(24 * 3'600'000);
        QVERIFY(bench.send());
        QCOMPARE(bench.check(bench.gateway.digits()), Check::right);
    }

    void sent_tooOftenInADay_isLocked()
    {
        Bench bench;
        for (int i = 0; i < SmsCodes::kSentInADay; ++i) {
            QVERIFY(bench.send());
            bench.clock.advance(limits::kSmsResendMs);
        }
        QCOMPARE(bench.send().error().code, Errc::locked);
        QCOMPARE(bench.gateway.texts.size(), std::size_t(SmsCodes::kSentInADay));
    }

    void gateway_down_isUnavailableAndMayBeTriedAtOnce()
    {
        Bench bench;
        bench.gateway.down = true;
        for (int i = 0; i < SmsCodes::kSentInADay + 1; ++i)
            QCOMPARE(bench.send().error().code, Errc::unavailable);
        bench.gateway.down = false;
        QVERIFY(bench.send());
        QCOMPARE(bench.check(bench.gateway.digits()), Check::right);
    }

    void ledgerOrMasterKey_down_isUnavailableAndSendsNothing()
    {
        Bench bench;
        bench.ledger.down = true;
        QCOMPARE(bench.send().error().code, Errc::unavailable);
        bench.ledger.down = false;
        bench.masterKey.down = true;
        QCOMPARE(bench.send().error().code, Errc::unavailable);
        QVERIFY(bench.gateway.texts.empty());
        QVERIFY(bench.ledger.rows.empty());
    }

    void code_kept_isSpentByTheCallersTransaction()
    {
        Bench bench;
        QVERIFY(bench.send());
        const std::string digits = bench.gateway.digits();
        QCOMPARE(*bench.codes.check(viewOf("purpose"), {}, digits, codes::Right::keeps), Check::right);
        {
            auto dropped = std::move(*bench.ledger.begin());
            QVERIFY(bench.codes.spend(*dropped, viewOf("purpose")));
        }
        QCOMPARE(*bench.codes.check(viewOf("purpose"), {}, digits, codes::Right::keeps), Check::right);
        auto transaction = std::move(*bench.ledger.begin());
        QVERIFY(bench.codes.spend(*transaction, viewOf("purpose")));
        QVERIFY(transaction->commit());
        QCOMPARE(bench.check(digits), Check::expired);
    }

    void database_alone_showsNoCode()
    {
        Bench bench;
        QVERIFY(bench.send());
        const std::string digits = bench.gateway.digits();
        for (const auto &[at, value] : bench.ledger.rows)
            QVERIFY(textOf(value).find(digits) == std::string::npos);
    }

    void sweep_removesOnlyWhatIsADayOld()
    {
        Bench bench;
        QVERIFY(bench.send());
        bench.clock.advance(12 * 3'600'000);
        QVERIFY(bench.codes.send(viewOf("other"), {}, "13800138000", "%1"));
        bench.clock.advance(12 * 3'600'000);
        QVERIFY(bench.codes.sweep());
        QCOMPARE(bench.ledger.rows.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestSmsCodes)
#include "test_sms_codes.moc"
