// The table "What an act asks for" of README.
#include "shield/sessions/factors.h"
#include "shield/wire/activation.h"

#include <QTest>

using namespace hufu;
using namespace hufu::sessions;
using intent::Act;
namespace factor = wire::factor;

Q_DECLARE_METATYPE(hufu::intent::Act)

class TestFactors : public QObject {
    Q_OBJECT

    static constexpr std::int64_t kNow = 1'800'000'000'000, kHour = 3'600'000;

    static std::uint8_t factors(Act act, const Claimant &claimant, std::optional<std::int64_t> enrolledMs,
                                bool openingNear = false)
    {
        return factorsFor(act, claimant, enrolledMs, openingNear, kNow);
    }

private Q_SLOTS:
    void act_withAnOldDeskAndNoPolicy_asksAsTheTableSays_data()
    {
        QTest::addColumn<Act>("act");
        QTest::addColumn<int>("expected");
        QTest::newRow("login") << Act::login << int(factor::kPin);
        QTest::newRow("sign") << Act::sign << int(factor::kPin);
        QTest::newRow("seal") << Act::seal << int(factor::kPin);
        QTest::newRow("encrypt") << Act::encrypt << int(factor::kPin);
        QTest::newRow("decrypt") << Act::decrypt << int(factor::kPin);
        QTest::newRow("enrol") << Act::enrol << int(factor::kPin | factor::kSms);
        QTest::newRow("pinChange") << Act::pinChange << int(factor::kPin | factor::kSms);
        QTest::newRow("revoke") << Act::revoke << int(factor::kPin);
        QTest::newRow("vouch") << Act::vouch << int(factor::kPin | factor::kSms);
        for (const Act act : {Act::csr, Act::encryptCertificate, Act::probe, Act::rehearseSign, Act::rehearseDecrypt})
            QTest::newRow(intent::nameOf(act).data()) << act << int(factor::kPin);
    }
    void act_withAnOldDeskAndNoPolicy_asksAsTheTableSays()
    {
        QFETCH(Act, act);
        QFETCH(int, expected);
        QCOMPARE(int(factors(act, {}, kNow - 25 * kHour)), expected);
    }

    void login_fromAnUnknownDesk_asksForDigits()
    {
        QCOMPARE(int(factors(Act::login, {}, std::nullopt)), int(factor::kPin | factor::kDigits));
    }

    void confirmation_onAPage_asksForDigitsAndWhatSignaturesAskFor()
    {
        QCOMPARE(int(factors(Act::confirm, {}, std::nullopt)), int(factor::kPin | factor::kDigits));
        Claimant strict;
        strict.extraForSign = factor::kSms;
        QCOMPARE(int(factors(Act::confirm, strict, std::nullopt)), int(factor::kPin | factor::kDigits | factor::kSms));
    }

    void sign_fromAYoungDesk_asksForSms()
    {
        QCOMPARE(int(factors(Act::sign, {}, kNow - 24 * kHour + 1)), int(factor::kPin | factor::kSms));
        QCOMPARE(int(factors(Act::sign, {}, kNow - 24 * kHour)), int(factor::kPin));
        Claimant strict;
        strict.extraForSign = factor::kLiveness;
        QCOMPARE(int(factors(Act::seal, strict, kNow)), int(factor::kPin | factor::kLiveness));
    }

    void company_mayTighten()
    {
        Claimant strict;
        strict.extraForLogin = factor::kSms;
        strict.extraForSign = factor::kSms | factor::kLiveness;
        strict.extraForDecrypt = factor::kLiveness;
        const std::int64_t old = kNow - 48 * kHour;
        QCOMPARE(int(factors(Act::login, strict, old)), int(factor::kPin | factor::kSms));
        QCOMPARE(int(factors(Act::sign, strict, old)), int(factor::kPin | factor::kSms | factor::kLiveness));
        QCOMPARE(int(factors(Act::decrypt, strict, old)), int(factor::kPin | factor::kLiveness));
        QCOMPARE(int(factors(Act::encrypt, strict, old)), int(factor::kPin));
    }

    void company_cannotTurnPinOffNorDigitsOn()
    {
        Claimant odd;
        odd.extraForLogin = odd.extraForSign = odd.extraForDecrypt = factor::kDigits | factor::kPin;
        QCOMPARE(int(factors(Act::login, odd, kNow)), int(factor::kPin));
        QCOMPARE(int(factors(Act::decrypt, odd, kNow)), int(factor::kPin));
    }

    // An outage of the SMS gateway in the last two hours must not lose a bid.
    void decrypt_nearTheOpening_asksForThePinOnly()
    {
        Claimant strict;
        strict.extraForDecrypt = strict.extraForLogin = strict.extraForSign = factor::kSms;
        const int both = factor::kPin | factor::kSms, pin = factor::kPin;
        QCOMPARE(int(factors(Act::decrypt, strict, kNow)), both);
        QCOMPARE(int(factors(Act::decrypt, strict, kNow, true)), pin);
        QCOMPARE(int(factors(Act::login, strict, kNow, true)), both);
        QCOMPARE(int(factors(Act::sign, strict, kNow, true)), both);
    }

    void opening_isNear_fromTwoHoursBeforeToADayAfter()
    {
        QVERIFY(!isOpeningNear(kNow + 2 * kHour + 1, kNow));
        QVERIFY(isOpeningNear(kNow + 2 * kHour, kNow));
        QVERIFY(isOpeningNear(kNow, kNow));
        QVERIFY(isOpeningNear(kNow - 1, kNow)); // the hour in which files are opened
        QVERIFY(isOpeningNear(kNow - 24 * kHour, kNow));
        QVERIFY(!isOpeningNear(kNow - 24 * kHour - 1, kNow));
    }
};

QTEST_GUILESS_MAIN(TestFactors)
#include "test_factors.moc"
