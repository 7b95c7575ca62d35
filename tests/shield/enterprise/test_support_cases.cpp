// Calls for help: what may be in one, how many there may be, and that only the operator reads them.
#include "shield/enterprise/support_cases.h"
#include "tests/shield/enterprise/bench.h"

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;

class TestSupportCases : public QObject {
    Q_OBJECT

    static SupportCase report(const std::string &words = "打不开\n第二行")
    {
        return {"", 0, "console-seals", "zh-CN", "Chrome 156, Linux", {"HF-402", "HF-768"}, words, 0};
    }

private Q_SLOTS:
    void case_opened_isListedNewestFirst()
    {
        Bench bench;
        SupportCases cases(bench.ports);
        QVERIFY(cases.list(10)->empty());
        QCOMPARE(*cases.open(report()), std::string("HC-00000001"));
        bench.clock.wall += 1000;
        QCOMPARE(*cases.open(report("")), std::string("HC-00000002"));
        const auto list = cases.list(10);
        QCOMPARE(list->size(), std::size_t(2));
        QCOMPARE(list->front().number, std::string("HC-00000002"));
        QCOMPARE(list->front().timeMs, bench.clock.wall);
        QVERIFY(list->back().codes == report().codes);
        QCOMPARE(list->back().words, report().words);
        QCOMPARE(cases.list(1)->size(), std::size_t(1));
    }

    // People type what they were asked to keep for themselves; it does not come as far as the database.
    void words_withNumbersOfPeople_areKeptWithoutThem()
    {
        const std::pair<const char *, const char *> cases[] = {
            {"身份证 11010119900101001X，手机13700137001", "身份证 ******************，手机***********"},
            {"账号 6222 0202 0001 1223 445 到账", "账号 **** **** **** **** *** 到账"},
            {"137-0013-7001", "***-****-****"},
            {"HC-00000042 在 2026-11-27 14:30 出错 HF-402，项目 ZB-2026-0117", "HC-00000042 在 2026-11-27 14:30 出错 HF-402，项目 ZB-2026-0117"},
            {"1234567890", "1234567890"},
            {"12345678901", "***********"},
            {"", ""},
        };
        for (const auto &[typed, kept] : cases)
            QCOMPARE(withoutNumbers(typed), std::string(kept));
        Bench bench;
        SupportCases kept(bench.ports);
        QVERIFY(kept.open(report("我的手机是 13700137001")));
        QCOMPARE(kept.list(1)->front().words, std::string("我的手机是 ***********"));
    }

    void picture_ofACase_isTheOperatorsUntilOthersTakeItsPlace()
    {
        Bench bench;
        SupportCases cases(bench.ports);
        const Bytes picture = {0xff, 0xd8, 0xff, 0xe0, 1, 2, 3};
        QCOMPARE(*cases.open(report(), picture), std::string("HC-00000001"));
        QVERIFY(*cases.pictureOf("HC-00000001") == picture);
        QCOMPARE(cases.list(1)->front().pictureBytes, std::uint64_t{7});
        QVERIFY(cases.open(report()));
        for (const char *none : {"HC-00000002", "HC-00000003", "HC-0000000x", "1", "", "HC-99999999999999999999"})
            QVERIFY2(cases.pictureOf(none).error().code == Errc::notFound, none);
        const auto before = bench.ledger.rows;
        Bytes large(SupportCases::kPictureMost + 1, 0);
        large[0] = 0xff, large[1] = 0xd8, large[2] = 0xff;
        for (const Bytes &bad : {Bytes{1}, Bytes{0x89, 'P', 'N', 'G'}, Bytes{0xff, 0xd8, 0xff}, large})
            QCOMPARE(cases.open(report(), bad).error().code, Errc::badInput);
        QVERIFY(bench.ledger.rows == before);
        for (std::uint64_t i = 2; i < SupportCases::kPicturesKept + 1; ++i)
            QVERIFY(cases.open(report(), picture));
        QVERIFY(cases.pictureOf("HC-00000051") && !cases.pictureOf("HC-00000001"));
    }

    // Sealed: a copy of the database tells nobody what people wrote.
    void case_atRest_isSealed()
    {
        Bench bench;
        QVERIFY(SupportCases(bench.ports).open(report("words of a person")));
        for (const auto &[key, value] : bench.ledger.rows)
            QVERIFY(textOf(value).find("words of a person") == std::string::npos);
    }

    void case_outOfForm_isRefused()
    {
        Bench bench;
        SupportCases cases(bench.ports);
        const auto before = bench.ledger.rows;
        for (int field = 0; field < 11; ++field) {
            SupportCase bad = report();
            if (field == 0) bad.page.clear();
            if (field == 1) bad.page = "legal#0123";
            if (field == 2) bad.page = std::string(33, 'a');
            if (field == 3) bad.language = "fr";
            if (field == 4) bad.browser = "<b>";
            if (field == 5) bad.browser = std::string(SupportCases::kBrowserMost + 1, 'a');
            if (field == 6) bad.codes = {"13800138000"};
            if (field == 7) bad.codes = {"HF-4x2"};
            if (field == 8) bad.codes = std::vector<std::string>(SupportCases::kCodesMost + 1, "HF-100");
            if (field == 9) bad.words = std::string(SupportCases::kWordsMost + 1, 'a');
            if (field == 10) bad.words = "bell\a";
            const auto opened = cases.open(bad);
            QVERIFY2(!opened && opened.error().code == Errc::badInput, std::to_string(field).c_str());
        }
        QVERIFY(bench.ledger.rows == before);
    }

    void case_tooManyInAnHour_isRefusedUntilTheNext()
    {
        Bench bench;
        SupportCases cases(bench.ports);
        for (std::uint32_t i = 0; i < SupportCases::kInAnHour; ++i)
            QVERIFY(cases.open(report()));
        const auto before = bench.ledger.rows;
        QCOMPARE(cases.open(report()).error().code, Errc::locked);
        QVERIFY(bench.ledger.rows == before);
        bench.clock.wall += 3'600'000;
        QVERIFY(cases.open(report()));
    }

    void case_beyondWhatIsKept_makesTheOldestGo()
    {
        Bench bench;
        SupportCases cases(bench.ports);
        for (std::uint64_t i = 0; i < SupportCases::kKept + 2; ++i) {
            if (i % SupportCases::kInAnHour == 0) bench.clock.wall += 3'600'000;
            QVERIFY(cases.open(report()));
        }
        const auto list = cases.list(SupportCases::kKept + 10);
        QCOMPARE(list->size(), std::size_t(SupportCases::kKept));
        QCOMPARE(list->back().number, std::string("HC-00000003"));
    }
};

QTEST_GUILESS_MAIN(TestSupportCases)
#include "test_support_cases.moc"
