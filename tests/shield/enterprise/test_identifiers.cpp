// Numbers of companies and persons: published ones are taken, and none with a digit changed.
#include "shield/enterprise/identifiers.h"

#include <QTest>

using namespace hufu;
using namespace hufu::enterprise;

class TestIdentifiers : public QObject {
    Q_OBJECT

    // Every other character in every place: a check character must notice one change.
    template <typename Number> static int acceptedChanges(const std::string &text, std::string_view alphabet)
    {
        int accepted = 0;
        for (std::size_t at = 0; at < text.size(); ++at)
            for (const char c : alphabet) {
                std::string changed = text;
                changed[at] = c;
                if (changed != text && Number::parse(changed)) ++accepted;
            }
        return accepted;
    }

private Q_SLOTS:
    void creditCode_published_isTaken()
    {
        // The worked example of the rules (its 18th character is 3), and codes that companies print on their papers:
        // Huawei, Tencent, Alibaba (two), Baidu, China Mobile, Xiaomi.
        for (const char *code : {"91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91330100799655058B",
                                 "91330100716105852F", "91110000802100433B", "911100007109250324", "91110108551385082Q"}) {
            QVERIFY2(CreditCode::parse(code), code);
            QCOMPARE(CreditCode::parse(code)->text(), std::string(code));
        }
    }

    void creditCode_theRulesWrongExample_isRefused() { QCOMPARE(CreditCode::parse("91350100M000100Y4Z").error().code, Errc::badInput); }

    void creditCode_oneCharacterChanged_isRefused()
    {
        QCOMPARE(acceptedChanges<CreditCode>("91350100M000100Y43", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 0);
    }

    void creditCode_outOfForm_isRefused()
    {
        for (const char *code : {"", "91350100M000100Y4", "91350100M000100Y433", "91350100m000100y43", " 1350100M000100Y43", "９１３５０１"})
            QVERIFY2(!CreditCode::parse(code), code);
    }

    void registrationNumber_published_isTaken()
    {
        for (const char *number : {"440301103097413", "440301103448669", "110108012660422"}) // Huawei, Tencent, Xiaomi
            QVERIFY2(RegistrationNumber::parse(number), number);
        QCOMPARE(acceptedChanges<RegistrationNumber>("440301103097413", "0123456789"), 0);
        for (const char *number : {"", "44030110309741", "4403011030974133", "44030110309741X"})
            QVERIFY2(!RegistrationNumber::parse(number), number);
    }

    void idNumber_examplesOfTheStandard_areTaken()
    {
        QCOMPARE(IdNumber::parse("11010519491231002X")->birthday(), std::string("19491231"));
        QCOMPARE(IdNumber::parse("11010519491231002x")->text(), std::string("11010519491231002X"));
        QCOMPARE(IdNumber::parse("440524188001010014")->birthday(), std::string("18800101"));
    }

    void idNumber_oneCharacterChanged_isRefused()
    {
        QCOMPARE(acceptedChanges<IdNumber>("440524188001010014", "0123456789X"), 0);
    }

    void idNumber_ofADayThatIsNone_isRefused()
    {
        // With the right check character each, so that only the day is wrong: 31 February, month 13, 29 February 1900.
        for (const char *head : {"11010519490231002", "11010519491331002", "11010519000229002", "11010519490100002"})
            for (const char check : std::string_view("0123456789X"))
                QVERIFY(!IdNumber::parse(std::string(head) + check));
        bool leapDayExists = false;
        for (const char check : std::string_view("0123456789X"))
            leapDayExists = leapDayExists || IdNumber::parse(std::string("11010520000229002") + check).has_value();
        QVERIFY(leapDayExists);
    }

    void address_outOfForm_isNone()
    {
        for (const char *good : {"a@b.cn", "staff.one+x@mail.example.com"})
            QVERIFY2(isMailAddress(good), good);
        for (const char *bad : {"", "@b.cn", "a@", "a@b", "a@.cn", "a@b.", "a b@c.cn", "a@@b.cn", "a@b.cn\n", "张@b.cn"})
            QVERIFY2(!isMailAddress(bad), bad);
        for (const char *bad : {"", "1234567", "12345678a", "123456789012345678901234567890123"})
            QVERIFY2(!isBankAccount(bad), bad);
        QVERIFY(isBankAccount("62220202000112233445"));
    }

    void masks_hideAllButAFewCharacters()
    {
        QCOMPARE(maskedName("张三丰"), std::string("张**"));
        QCOMPARE(maskedName(""), std::string());
        QCOMPARE(maskedPhoneNumber("13800138000"), std::string("138****8000"));
        QCOMPARE(maskedPhoneNumber("12345"), std::string("*****"));
        QCOMPARE(maskedIdNumber("11010519491231002X"), std::string("110***********002X"));
        QCOMPARE(maskedMailAddress("staff@example.cn"), std::string("s****@example.cn"));
        QCOMPARE(maskedMailAddress("no address"), std::string(10, '*'));
        QCOMPARE(maskedBankAccount("6222020200011223"), std::string("************1223"));
        QCOMPARE(maskedBankAccount("123456"), std::string("******"));
    }
};

QTEST_GUILESS_MAIN(TestIdentifiers)
#include "test_identifiers.moc"
