#include "app/catalogue/catalogue.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace hufu;
using catalogue::Code;

class TestCatalogue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The header is read as text, so that a code added there without an entry is found.
    void code_eachOfTheEnum_hasAnEntry()
    {
        QFile header(QStringLiteral(HUFU_SOURCE "/app/catalogue/catalogue.h"));
        QVERIFY(header.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(header.readAll());
        static const QRegularExpression number(QStringLiteral("^    \\w+ = (\\d{3}),"), QRegularExpression::MultilineOption);
        qsizetype count = 0;
        auto matches = number.globalMatch(text);
        while (matches.hasNext()) {
            const auto value = static_cast<std::uint16_t>(matches.next().captured(1).toUShort());
            QVERIFY2(catalogue::codeOf(value), qPrintable(QStringLiteral("no entry for HF-%1").arg(value)));
            ++count;
        }
        QVERIFY(count > 40);
        QCOMPARE(static_cast<std::size_t>(count), catalogue::allEntries().size());
    }

    void entry_eachOfThem_hasCauseAndStepsInBothLanguages()
    {
        for (const auto &entry : catalogue::allEntries()) {
            const std::string code = catalogue::codeText(entry.code);
            QVERIFY2(!entry.titleZh.empty() && !entry.titleEn.empty(), code.c_str());
            QVERIFY2(!entry.causeZh.empty() && !entry.causeEn.empty(), code.c_str());
            QVERIFY2(!entry.stepsZh.empty(), code.c_str());
            QCOMPARE(entry.stepsZh.size(), entry.stepsEn.size());
            const bool chinese = QString::fromStdString(entry.causeZh).contains(QRegularExpression(QStringLiteral("\\p{Han}")));
            QVERIFY2(chinese, code.c_str());
            for (const auto &step : entry.stepsEn)
                QVERIFY2(!QString::fromStdString(step).contains(QRegularExpression(QStringLiteral("\\p{Han}"))), code.c_str());
        }
    }

    void entry_twoOfThem_neverShareANumber()
    {
        std::vector<Code> seen;
        for (const auto &entry : catalogue::allEntries()) {
            QVERIFY(std::find(seen.begin(), seen.end(), entry.code) == seen.end());
            seen.push_back(entry.code);
        }
    }

    // The registry names its reasons by the catalogue's numbers.
    void denial_eachOfTheRegistry_hasAnEntry()
    {
        QFile header(QStringLiteral(HUFU_SOURCE "/shield/enterprise/verdict.h"));
        QVERIFY(header.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(header.readAll());
        static const QRegularExpression number(QStringLiteral("^    \\w+ = (\\d{3}),"), QRegularExpression::MultilineOption);
        qsizetype count = 0;
        for (auto matches = number.globalMatch(text); matches.hasNext(); ++count) {
            const auto value = static_cast<std::uint16_t>(matches.next().captured(1).toUShort());
            QVERIFY2(catalogue::codeOf(value), qPrintable(QStringLiteral("no entry for HF-%1").arg(value)));
        }
        QVERIFY(count > 30);
    }

    void scannedText_byItsBeginning_isOursOrSaidWhy()
    {
        QVERIFY(!catalogue::foreignOf("HUFU:1:ABC"));
        for (const char *text : {"http://example.org", "https://hufu.example/HUFU:1:", "HTTPS://EXAMPLE.ORG/A", "www.example.org"})
            QVERIFY(catalogue::foreignOf(text) == Code::codeIsWebAddress);
        for (const char *text : {"", "HUFU", "hufu:1:abc", "WIFI:S:net;;", "httpd", " HUFU:1:"})
            QVERIFY(catalogue::foreignOf(text) == Code::frameForeign);
    }

    void number_unknown_givesNothing() { QVERIFY(!catalogue::codeOf(std::uint16_t{999})); }

    void errc_eachOfThem_meansACode()
    {
        for (int i = 0; i <= static_cast<int>(Errc::internal); ++i)
            QVERIFY(!catalogue::entryOf(catalogue::codeOf(static_cast<Errc>(i))).titleEn.empty());
    }
};

QTEST_GUILESS_MAIN(TestCatalogue)
#include "test_catalogue.moc"
