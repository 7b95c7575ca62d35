// The table of the house (tests/layers/table.txt) against the includes of every file in shield and platform.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

class TestLayers : public QObject {
    Q_OBJECT

    struct Rule {
        QSet<QString> folders;
        QStringList external;
    };
    QMap<QString, Rule> m_rules;
    const QString m_root = QStringLiteral(HUFU_SOURCE);

    static QString textOf(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) return {};
        return QString::fromUtf8(file.readAll());
    }

    QStringList sourcesUnder(const QString &folder) const
    {
        QStringList files;
        QDirIterator it(m_root + QLatin1Char('/') + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            files << it.next();
        return files;
    }

    // What is wrong with one include of a file in folder; empty if nothing.
    QString faultOf(const QString &folder, const QString &include, bool quoted) const
    {
        const Rule rule = m_rules.value(folder);
        if (quoted) {
            const QString target = include.section(QLatin1Char('/'), 0, 1);
            if (target == folder) return {};
            if (!target.startsWith(QLatin1String("shield/"))) return QStringLiteral("leaves shield");
            if (!rule.folders.contains(target.section(QLatin1Char('/'), 1))) return QStringLiteral("is not in the table");
            return {};
        }
        static const QRegularExpression standard(QStringLiteral("^[a-z_]+$"));
        static const QStringList kBuiltIn = {QStringLiteral("immintrin.h"), QStringLiteral("x86intrin.h")};
        if (standard.match(include).hasMatch() || kBuiltIn.contains(include)) return {};
        for (const QString &allowed : rule.external)
            if (include == allowed || (allowed.endsWith(QLatin1Char('/')) && include.startsWith(allowed))) return {};
        return QStringLiteral("is an outside header that the table does not name");
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QStringList lines = textOf(m_root + QStringLiteral("/tests/layers/table.txt")).split(QLatin1Char('\n'));
        for (const QString &line : lines) {
            if (line.startsWith(QLatin1Char('#')) || line.trimmed().isEmpty()) continue;
            const QStringList halves = line.split(QLatin1Char('|'));
            const QString folder = halves[0].section(QLatin1Char(':'), 0, 0).trimmed();
            const QStringList folders = halves[0].section(QLatin1Char(':'), 1).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            m_rules[folder] = {QSet<QString>(folders.begin(), folders.end()),
                               halves.value(1).split(QLatin1Char(' '), Qt::SkipEmptyParts)};
        }
        QVERIFY(m_rules.size() >= 17);
    }

    void folder_eachOfShield_isInTheTable()
    {
        const QStringList folders = QDir(m_root + QStringLiteral("/shield")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &folder : folders)
            QVERIFY2(m_rules.contains(QStringLiteral("shield/") + folder), qPrintable(folder));
    }

    void include_eachOfShield_isAllowed()
    {
        static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">]"),
                                                QRegularExpression::MultilineOption);
        QStringList faults;
        int seen = 0;
        for (auto it = m_rules.cbegin(); it != m_rules.cend(); ++it) {
            for (const QString &file : sourcesUnder(it.key())) {
                auto matches = include.globalMatch(textOf(file));
                while (matches.hasNext()) {
                    const auto match = matches.next();
                    ++seen;
                    const QString fault = faultOf(it.key(), match.captured(2), match.captured(1) == QLatin1String("\""));
                    if (!fault.isEmpty()) faults << file.mid(m_root.size() + 1) + QStringLiteral(": ") + match.captured(2) + QLatin1Char(' ') + fault;
                }
            }
        }
        QVERIFY(seen > 100);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    // The check itself: a breach of each kind must be found.
    void check_forbiddenArrows_areFound()
    {
        QVERIFY(!faultOf(QStringLiteral("shield/phone"), QStringLiteral("shield/cosigner/cosigner.h"), true).isEmpty());
        QVERIFY(!faultOf(QStringLiteral("shield/cosigner"), QStringLiteral("shield/vault/pin.h"), true).isEmpty());
        QVERIFY(!faultOf(QStringLiteral("shield/base"), QStringLiteral("platform/net/server.h"), true).isEmpty());
        QVERIFY(!faultOf(QStringLiteral("shield/crypto"), QStringLiteral("QString"), false).isEmpty());
        QVERIFY(faultOf(QStringLiteral("shield/phone"), QStringLiteral("shield/wire/message.h"), true).isEmpty());
        QVERIFY(faultOf(QStringLiteral("shield/crypto"), QStringLiteral("openssl/evp.h"), false).isEmpty());
    }

    void platform_neverIncludesThresholdVaultOrApp()
    {
        static const QRegularExpression forbidden(QStringLiteral("#include \"(shield/(threshold|vault|phone|cosigner)|app)/"));
        for (const QString &file : sourcesUnder(QStringLiteral("platform")))
            QVERIFY2(!forbidden.match(textOf(file)).hasMatch(), qPrintable(file));
    }

    void box_eachLibraryFolder_saysWhatItIsForAndMayLink()
    {
        for (const QString &layer : {QStringLiteral("shield"), QStringLiteral("platform")}) {
            const QStringList folders = QDir(m_root + QLatin1Char('/') + layer).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            for (const QString &folder : folders) {
                const QStringList lines = textOf(QStringLiteral("%1/%2/%3/CMakeLists.txt").arg(m_root, layer, folder)).split(QLatin1Char('\n'));
                QVERIFY2(lines.value(0).startsWith(QLatin1String("# ")), qPrintable(folder));
                QVERIFY2(lines.value(1).startsWith(QLatin1String("# May link: ")), qPrintable(folder));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "test_layers.moc"
