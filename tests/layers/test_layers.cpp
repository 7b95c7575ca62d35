// The table of the house (tests/layers/table.txt) against the includes of every file in shield, platform and app.
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

class TestLayers : public QObject {
    Q_OBJECT

    struct Rule {
        QSet<QString> folders;
        QStringList external;
    };
    const QStringList kLayers{QStringLiteral("shield"), QStringLiteral("platform"), QStringLiteral("app")};
    QMap<QString, Rule> m_rules; // by folder, or by file
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

    // "base" in the table is shield/base.
    static QString fullName(const QString &folder)
    {
        return folder.contains(QLatin1Char('/')) ? folder : QStringLiteral("shield/") + folder;
    }

    // What is wrong with one include of a file; empty if nothing. file: from the root of the tree.
    QString faultOf(const QString &file, const QString &include, bool quoted) const
    {
        const QString folder = file.section(QLatin1Char('/'), 0, 1);
        const Rule rule = m_rules.value(folder);
        if (quoted) {
            const QString target = include.section(QLatin1Char('/'), 0, 1);
            if (target == folder || rule.folders.contains(target) || m_rules.value(file).folders.contains(target))
                return {};
            return QStringLiteral("is not in the table");
        }
        static const QRegularExpression standard(QStringLiteral("^[a-z_]+$"));
        if (standard.match(include).hasMatch()) return {};
        for (const QString &allowed : rule.external)
            if (allowed == QLatin1String("*") || include == allowed ||
                (allowed.endsWith(QLatin1Char('/')) && include.startsWith(allowed)))
                return {};
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
            Rule rule{{}, halves.value(1).split(QLatin1Char(' '), Qt::SkipEmptyParts)};
            for (const QString &name : folders)
                rule.folders << fullName(name);
            m_rules[folder] = rule;
        }
        QVERIFY(m_rules.size() >= 30);
    }

    void folder_eachWithSources_isInTheTable()
    {
        for (const QString &layer : kLayers) {
            const QStringList folders = QDir(m_root + QLatin1Char('/') + layer).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            for (const QString &folder : folders) {
                const QString name = layer + QLatin1Char('/') + folder;
                QVERIFY2(m_rules.contains(name) || sourcesUnder(name).isEmpty(), qPrintable(name));
            }
        }
    }

    void line_eachOfTheTable_isAboutSomething()
    {
        for (auto it = m_rules.cbegin(); it != m_rules.cend(); ++it)
            QVERIFY2(QFileInfo::exists(m_root + QLatin1Char('/') + it.key()), qPrintable(it.key()));
    }

    void include_each_isAllowed()
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
                    const QString name = file.mid(m_root.size() + 1);
                    const QString fault = faultOf(name, match.captured(2), match.captured(1) == QLatin1String("\""));
                    if (!fault.isEmpty()) faults << name + QStringLiteral(": ") + match.captured(2) + QLatin1Char(' ') + fault;
                }
            }
        }
        QVERIFY(seen > 100);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    // The check itself: a breach of each kind must be found.
    void check_forbiddenArrows_areFound()
    {
        const auto breaks = [this](const char *file, const char *include, bool quoted = true) {
            return !faultOf(QLatin1String(file), QLatin1String(include), quoted).isEmpty();
        };
        QVERIFY(breaks("shield/phone/flow.h", "shield/cosigner/cosigner.h"));
        QVERIFY(breaks("shield/cosigner/core.h", "shield/vault/pin.h"));
        QVERIFY(breaks("shield/base/bytes.h", "platform/net/server.h"));
        QVERIFY(breaks("shield/crypto/sm2.h", "QString", false));
        QVERIFY(breaks("platform/net/server.cpp", "shield/threshold/shares.h"));
        QVERIFY(breaks("platform/store/schema.cpp", "app/server/log.h"));
        QVERIFY(breaks("app/phone/engine.cpp", "platform/store/file_device_store.h"));
        QVERIFY(breaks("app/cli/sim.cpp", "shield/cosigner/cosigner.h"));
        QVERIFY(breaks("app/phone/engine.cpp", "shield/cosigner/cosigner.h"));
        QVERIFY(!breaks("app/phone/composition.cpp", "platform/store/file_device_store.h"));
        QVERIFY(!breaks("shield/phone/flow.h", "shield/wire/message.h"));
        QVERIFY(!breaks("shield/crypto/sm2.cpp", "openssl/evp.h", false));
    }

    void box_eachLibraryFolder_saysWhatItIsForAndMayLink()
    {
        for (const QString &layer : kLayers) {
            const QStringList folders = QDir(m_root + QLatin1Char('/') + layer).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            for (const QString &folder : folders) {
                if (sourcesUnder(layer + QLatin1Char('/') + folder).isEmpty()) continue;
                const QStringList lines = textOf(QStringLiteral("%1/%2/%3/CMakeLists.txt").arg(m_root, layer, folder)).split(QLatin1Char('\n'));
                QVERIFY2(lines.value(0).startsWith(QLatin1String("# ")), qPrintable(folder));
                QVERIFY2(lines.value(1).startsWith(QLatin1String("# May link: ")), qPrintable(folder));
            }
        }
    }

    // Tables whose last column is headed "test": each name in it is a test, a test program or the beginning of some (*).
    void readmes_nameTestsThatExist()
    {
        QSet<QString> programs, functions;
        static const QRegularExpression function(QStringLiteral("void (\\w+)\\("));
        for (const QString &file : sourcesUnder(QStringLiteral("tests"))) {
            programs << file.section(QLatin1Char('/'), -1).section(QLatin1Char('.'), 0, 0);
            for (auto it = function.globalMatch(textOf(file)); it.hasNext();)
                functions << it.next().captured(1);
        }
        const auto exists = [&](const QString &name) {
            if (!name.endsWith(QLatin1Char('*'))) return functions.contains(name) || programs.contains(name);
            return std::any_of(functions.begin(), functions.end(),
                               [&](const QString &each) { return each.startsWith(name.chopped(1)); });
        };
        static const QRegularExpression quoted(QStringLiteral("`([a-z][\\w* ]*_[\\w* ]*)`"));
        int checked = 0;
        bool inTable = false;
        const QString folder = m_root + QStringLiteral("/shield/threshold/");
        const QString text = textOf(folder + QStringLiteral("README.md")) + textOf(folder + QStringLiteral("frost.md"));
        for (const QString &line : text.split(QLatin1Char('\n'))) {
            const QString cell = line.section(QLatin1Char('|'), -2, -2).trimmed();
            inTable = line.startsWith(QLatin1Char('|')) && (inTable || cell == QLatin1String("test"));
            if (!inTable) continue;
            for (auto it = quoted.globalMatch(cell); it.hasNext();)
                for (const QString &name : it.next().captured(1).split(QLatin1Char(' '))) {
                    QVERIFY2(exists(name), qPrintable(name));
                    ++checked;
                }
        }
        QVERIFY(checked > 100);
        QVERIFY(!exists(QStringLiteral("a_testThatIsNotThere"))); // and would be seen
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "test_layers.moc"
