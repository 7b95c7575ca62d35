// Numbers of companies and persons: published ones are taken, and none with a digit changed.
#include "shield/enterprise/identifiers.h"

#include <QTest>

using namespace hufu;
using namespace hufu::enterprise;

class TestIdentifiers : public QObject {
    Q_OBJECT

    static constexpr std::int64_t kNowMs = 1'800'000'000'000; // 15 January 2027, 16:00 in Beijing

    static auto idOf(const std::string &text) { return IdNumber::parse(text, kNowMs); }

    // Every other character in every place: a check character must notice one change.
    static int acceptedChanges(const std::string &text, std::string_view alphabet, auto parse)
    {
        int accepted = 0;
        for (std::size_t at = 0; at < text.size(); ++at)
            for (const char c : alphabet) {
                std::string changed = text;
                changed[at] = c;
                if (changed != text && parse(changed)) ++accepted;
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
        QCOMPARE(acceptedChanges("91350100M000100Y43", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", &CreditCode::parse), 0);
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
        QCOMPARE(acceptedChanges("440301103097413", "0123456789", &RegistrationNumber::parse), 0);
        for (const char *number : {"", "44030110309741", "4403011030974133", "44030110309741X"})
            QVERIFY2(!RegistrationNumber::parse(number), number);
    }

    void idNumber_examplesOfTheStandard_areTaken()
    {
        QCOMPARE(idOf("11010519491231002X")->birthday(), std::string("19491231"));
        QCOMPARE(idOf("11010519491231002x")->text(), std::string("11010519491231002X"));
    }

    void idNumber_oneCharacterChanged_isRefused()
    {
        QCOMPARE(acceptedChanges("11010519491231002X", "0123456789X", &idOf), 0);
    }

    void idNumber_ofADayThatIsNone_isRefused()
    {
        // With the right check character each, so that only the day is wrong: 31 February, month 13, 29 February 1900.
        for (const char *head : {"11010519490231002", "11010519491331002", "11010519000229002", "11010519490100002"})
            for (const char check : std::string_view("0123456789X"))
                QVERIFY(!idOf(std::string(head) + check));
        bool leapDayExists = false;
        for (const char check : std::string_view("0123456789X"))
            leapDayExists = leapDayExists || idOf(std::string("11010520000229002") + check).has_value();
        QVERIFY(leapDayExists);
    }

    // Right by their check digits: the standard's other example, of a day before 1900; a day that has not been.
    void idNumber_ofNobodyAlive_isRefused()
    {
        for (const char *number : {"440524188001010014", "110101209912310015"})
            QVERIFY2(!idOf(number), number);
        QVERIFY(IdNumber::parse("110101209912310015", kNowMs + std::int64_t{80} * 366 * 86'400'000));
    }

    void birthday_fromNineteenHundredToToday_isOne()
    {
        for (const char *good : {"19000101", "20000229", "20270115"})
            QVERIFY2(isBirthday(good, kNowMs), good);
        for (const char *bad : {"", "18991231", "20270116", "20991231", "19900230", "19000229", "1990010", "199001011", "1990010a", "19900001", "19901301"})
            QVERIFY2(!isBirthday(bad, kNowMs), bad);
        QVERIFY(!isBirthday("20270116", kNowMs + 8 * 3'600'000 - 1)); // the last millisecond of the day in Beijing
        QVERIFY(isBirthday("20270116", kNowMs + 8 * 3'600'000));
    }

    void year_later_isTheSameDay()
    {
        constexpr std::int64_t kDay = 86'400'000;
        QCOMPARE(yearsLater(kNowMs, 1) - kNowMs, 365 * kDay);
        QCOMPARE(yearsLater(kNowMs, 2) - kNowMs, 731 * kDay); // over 29 February 2028
        QCOMPARE(yearsLater(kNowMs, 3) - kNowMs, 1096 * kDay);
        const std::int64_t leapDay = 1'835'388'000'000; // 29 February 2028, 06:00 in Beijing
        QCOMPARE(yearsLater(leapDay, 1) - leapDay, 366 * kDay); // 1 March 2029: not a day short
        QCOMPARE(yearsLater(leapDay, 4) - leapDay, 1461 * kDay);
    }

    void companyName_ofEachKeyboard_isOne()
    {
        const std::string chinese = "甲建设（武汉）ABC有限公司";
        for (const char *typed : {"甲建设（武汉）ABC有限公司", "甲建设(武汉)ABC有限公司", "甲建设（武汉)ＡＢＣ有限公司", "　甲建设 ( 武汉 ) ABC\u00a0有限公司 "})
            QCOMPARE(companyNameOf(typed), chinese);
        for (const char *typed : {"ABC (China) Co., Ltd.", "ＡＢＣ （Ｃｈｉｎａ） Ｃｏ．，　Ｌｔｄ．", " ABC  (China)\tCo., Ltd. "})
            QCOMPARE(companyNameOf(typed), std::string("ABC (China) Co., Ltd."));
        QCOMPARE(companyNameOf("甲 Ä\U0002a6d6 乙"), std::string("甲Ä\U0002a6d6乙"));
        QCOMPARE(companyNameOf(chinese), companyNameOf(companyNameOf(chinese)));
        QVERIFY(companyNameOf("甲建设[武汉]有限公司") != companyNameOf("甲建设(武汉)有限公司"));
        QVERIFY(companyNameOf("").empty() && companyNameOf(" \u3000").empty());
        QCOMPARE(companyNameOf("\xff("), std::string("\xff(")); // no UTF-8
    }

    void name_thatReadsAsItIs_isOne()
    {
        for (const char *good : {"张三", "O'Brien", "a b", "阿卜杜拉·买买提", "𠮷野", "é"})
            QVERIFY2(isName(good), good);
        // Nothing; blanks; what turns the text around, what joins, what nobody sees, what is no UTF-8.
        for (const char *bad : {"", " ", "\u3000", "\u00a0\t", "a\nb", "a\x7f", "\u0085", "a\u202eb", "a\u2066b", "a\u200bb", "\ufeffa", "a\u2028b",
                                "a\u00adb", "\u3164", "\u2800\u2800", "\U000e0041", " a", "a ", "a\u3000", "\xff", "a\xe5\xbc", "\xc0\x80", "\xed\xa0\x80"})
            QVERIFY2(!isName(bad), bad);
        QVERIFY(isName(std::string(200, 'a')) && !isName(std::string(201, 'a')));
        QVERIFY(!isName(std::string_view("a\0b", 3)));
        QCOMPARE(trimmed("\u3000 张 三\t\n"), std::string("张 三"));
        QCOMPARE(trimmed(" \u3000"), std::string());
        QCOMPARE(trimmed(" \xff "), std::string("\xff"));
    }

    void phoneNumber_ofOneTelephone_hasOneForm()
    {
        for (const char *typed : {"13600136012", "+8613600136012", "008613600136012", "+86 136-0013-6012", " 136 0013 6012 ", "(+86)13600136012"})
            QCOMPARE(*phoneNumberOf(typed), std::string("13600136012"));
        QCOMPARE(*phoneNumberOf("+852 9123 4567"), std::string("+85291234567"));
        QCOMPARE(*phoneNumberOf("0085291234567"), std::string("+85291234567"));
        for (const char *bad : {"", "1", "23600136015", "12600136015", "1360013601", "136001360123", "+8623600136015", "+0123456789", "+1234567",
                                "+1234567890123456", "13600136012x", "136+00136012", "１３６００１３６０１２"})
            QVERIFY2(!phoneNumberOf(bad), bad);
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
