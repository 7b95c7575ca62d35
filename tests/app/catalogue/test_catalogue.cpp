#include "app/catalogue/catalogue.h"

#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

using namespace hufu;
using catalogue::Code;

class TestCatalogue : public QObject {
    Q_OBJECT

    static QString textOf(const QString &path)
    {
        QFile file(QStringLiteral(HUFU_SOURCE "/") + path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    // What is compiled or run below these folders, but for the lists of codes themselves and for what these patterns match.
    static QString allOf(const QStringList &folders, const QRegularExpression &without = QRegularExpression(QStringLiteral("/node_modules/")))
    {
        static const QStringList lists{"catalogue.h", "verdict.h", "problem.h"};
        QString all;
        for (const QString &folder : folders) {
            QDirIterator files(QStringLiteral(HUFU_SOURCE "/") + folder, {"*.cpp", "*.h", "*.js", "*.mjs", "*.script", "*.sh"}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString path = files.next();
                if (path.contains(without) || lists.contains(files.fileName())) continue;
                all += textOf(path.mid(static_cast<qsizetype>(sizeof HUFU_SOURCE)));
            }
        }
        return all;
    }

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

    // More tries are worth nothing to who does not know the PIN: only new keys are a way out.
    void forgottenPin_isSentToANewGrant_andNotToMoreTries()
    {
        int told = 0;
        for (const auto &entry : catalogue::allEntries())
            for (std::size_t i = 0; i < entry.stepsEn.size(); ++i) {
                const QString en = QString::fromStdString(entry.stepsEn[i]), zh = QString::fromStdString(entry.stepsZh[i]);
                if (!en.contains(QStringLiteral("forgot"), Qt::CaseInsensitive) || !en.contains(QStringLiteral("PIN"))) continue;
                ++told;
                const auto code = catalogue::codeText(entry.code);
                QVERIFY2(en.contains(QStringLiteral("new grant")) && en.contains(QStringLiteral("do not guess"), Qt::CaseInsensitive), code.c_str());
                QVERIFY2(zh.contains(QStringLiteral("忘记 PIN")) && zh.contains(QStringLiteral("重新授权")) && zh.contains(QStringLiteral("不要猜")), code.c_str());
            }
        QCOMPARE(told, 2); // of a wrong PIN, and of a shield that wrong ones froze
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
        QVERIFY(catalogue::codeOf(Errc::refused) == Code::notAllowed);
        QVERIFY(catalogue::codeOf(Errc::replayed) == Code::frameReplayed);
        QVERIFY(catalogue::codeOf(Errc::tampered) == Code::answerUnfit);
        QVERIFY(catalogue::codeOf(Errc::unavailable) == Code::serviceDown);
    }

    // A code is named by HF-nnn, by its names in the enums, or, beside the word code, problem, refuse or why, by its number. HTTP statuses
    // look the same, so a line with one does not count. A test meets it on a line that compares what the product came to: pages with
    // samples, tables of codes, benchmarks and what feeds a fuzzer come to nothing.
    void code_eachOfThem_isMadeBySomethingAndTheOutcomeOfATest()
    {
        QMap<int, QStringList> names;
        static const QRegularExpression line(QStringLiteral("^    (\\w+) = (\\d{3}),"), QRegularExpression::MultilineOption), constant(QStringLiteral("\\b(k[A-Z]\\w+) = (\\d{3})\\b"));
        for (const char *enums : {"app/catalogue/catalogue.h", "shield/enterprise/verdict.h"})
            for (auto found = line.globalMatch(textOf(QLatin1String(enums))); found.hasNext();) {
                const auto match = found.next();
                names[match.captured(2).toInt()] << QStringLiteral("(?:Code|Denied)::") + match.captured(1);
            }
        for (auto found = constant.globalMatch(textOf(QStringLiteral("shield/phone/problem.h"))); found.hasNext();) {
            const auto match = found.next();
            names[match.captured(2).toInt()] << match.captured(1);
        }
        static const QRegularExpression noOutcomes(QStringLiteral("/node_modules/|/tests/(?:qml|bench|ct|fuzz|app/catalogue|app/shell)/|/test_problem\\.cpp$"));
        const QString product = allOf({"app", "shield", "platform"}), tests = allOf({"tests"}, noOutcomes);
        QVERIFY(product.size() > 1'000'000 && tests.size() > 1'000'000);
        static const QRegularExpression compares(QStringLiteral("QCOMPARE|QVERIFY|assert|rejects|expect|unless|grep -q"));
        QString outcomes;
        for (const QString &each : tests.split(QLatin1Char('\n')))
            if (each.contains(compares)) outcomes += each + QLatin1Char('\n');
        QStringList missing;
        for (auto code = names.cbegin(); code != names.cend(); ++code) {
            const QString named = QStringLiteral("\\bHF-%1\\b|\\b(?:%2)\\b").arg(code.key()).arg(code->join(QLatin1Char('|')));
            const QString numbered = QStringLiteral("|^(?!.*status).*(?:[Cc]ode|[Pp]roblem|[Rr]efus|[Ww]hy).*\\b%1\\b").arg(code.key());
            if (!product.contains(QRegularExpression(named))) missing << QStringLiteral("HF-%1 is made by nothing").arg(code.key());
            if (!outcomes.contains(QRegularExpression(named + numbered, QRegularExpression::MultilineOption))) missing << QStringLiteral("HF-%1 is the outcome of no test").arg(code.key());
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QStringLiteral(", "))));
    }
};

QTEST_GUILESS_MAIN(TestCatalogue)
#include "test_catalogue.moc"
