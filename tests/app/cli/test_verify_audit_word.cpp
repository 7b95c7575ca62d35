// hufu verify audit, on exported logs.
#include "shield/audit/record.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

class TestVerifyAuditWord : public QObject {
    Q_OBJECT

    struct Said {
        int exit = -1;
        QString out, err;
    };
    QTemporaryDir m_folder;
    QList<QByteArray> m_lines; // as the console gives them out: the opening, six records

    static QByteArray hex(ByteView bytes) { return QByteArray::fromStdString(toHex(bytes)); }
    static QByteArray lineOf(const audit::Record &record)
    {
        return QJsonDocument(QJsonObject{{QStringLiteral("sequence"), static_cast<qint64>(record.sequence)},
                                         {QStringLiteral("timeMs"), static_cast<qint64>(record.entry.timeMs)},
                                         {QStringLiteral("event"), QString::fromUtf8(audit::nameOf(record.entry.event))},
                                         {QStringLiteral("subject"), QString::fromLatin1(hex(record.entry.subject))},
                                         {QStringLiteral("code"), record.entry.code},
                                         {QStringLiteral("by"), QString::fromUtf8(audit::nameOf(record.entry.who.by))},
                                         {QStringLiteral("who"), QString::fromLatin1(hex(record.entry.who.id))},
                                         {QStringLiteral("sm3"), QString::fromLatin1(hex(record.sm3()))},
                                         {QStringLiteral("record"), QString::fromLatin1(hex(record.encode()))}})
            .toJson(QJsonDocument::Compact);
    }
    QString saved(const QList<QByteArray> &lines, const char *name = "log.jsonl") const
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) qFatal("file");
        file.write(lines.join('\n') + '\n');
        return path;
    }
    static Said verify(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), QStringList{QStringLiteral("verify"), QStringLiteral("audit")} + words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    // Exit 1, HF-654, and exactly this finding.
    static bool finds(const QString &path, int line, int first, int last, const char *fault)
    {
        const Said plain = verify({path});
        const Said said = verify({path, QStringLiteral("--json")});
        const QJsonObject report = QJsonDocument::fromJson(said.out.toUtf8()).object();
        const QJsonArray wanted{QJsonObject{{QStringLiteral("line"), line}, {QStringLiteral("first"), first}, {QStringLiteral("last"), last}, {QStringLiteral("fault"), QLatin1String(fault)}}};
        return plain.exit == 1 && said.exit == 1 && said.err.startsWith(QStringLiteral("HF-654")) && plain.out.startsWith(QStringLiteral("NOT INTACT")) &&
               plain.out.contains(QStringLiteral("line %1, record").arg(line)) && report.value(QStringLiteral("findings")).toArray() == wanted;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const audit::ChainId chain{5, 6};
        ByteArray<32> previous{};
        QList<QByteArray> records;
        for (std::uint64_t i = 1; i <= 6; ++i) {
            const audit::Record record{chain, i, previous, {audit::Event::staffAdded, std::int64_t(1'800'000'000'000 + i), {7}, {}, 8, {audit::By::person, {9}}}};
            previous = record.sm3();
            records.append(lineOf(record));
        }
        m_lines.append(R"({"chain":")" + hex(chain) + R"(","head":{"sequence":6,"sm3":")" + hex(previous) + R"("}})");
        m_lines += records;
    }

    void log_whole_isIntact()
    {
        const QString path = saved(m_lines);
        const Said said = verify({path});
        QCOMPARE(said.exit, 0);
        QVERIFY(said.out.startsWith(QStringLiteral("intact\n  日志完整：")) && said.out.contains(QStringLiteral(" / The log is whole")) && said.err.isEmpty());
        const QString third = QJsonDocument::fromJson(m_lines[3]).object().value(QStringLiteral("sm3")).toString();
        QCOMPARE(verify({path, QStringLiteral("--kept"), third}).exit, 0);
        QCOMPARE(verify({path, QStringLiteral("--kept"), QString(64, QLatin1Char('a'))}).exit, 1);
    }

    // As it was saved before records said who did it, and as the console gives such records out now.
    void logOfVersion1_whole_isIntact()
    {
        for (const bool isOld : {true, false}) {
            audit::Record record{{5, 6}, 1, {}, {audit::Event::staffAdded, 1'800'000'000'000, {7}, {}, 8}, 1};
            QByteArray first = lineOf(record);
            const QByteArray none = "\"who\":\"" + QByteArray(32, '0') + '"';
            if (isOld) first.replace("\"by\":\"unsaid\",", "").replace("," + none, "").replace(none + ",", "");
            QCOMPARE(first.contains("unsaid"), !isOld);
            audit::Record second{{5, 6}, 2, record.sm3(), {audit::Event::staffRemoved, 1'800'000'000'001, {7}, {}, 8, {audit::By::person, {9}}}};
            const QByteArray opening = "{\"chain\":\"" + hex(record.chain) + "\",\"head\":{\"sequence\":2,\"sm3\":\"" + hex(second.sm3()) + "\"}}"; // moc loses its way in a raw string
            QCOMPARE(verify({saved({opening, first, lineOf(second)})}).exit, 0);
            first.replace("staff-added", "staff-removed");
            QVERIFY(finds(saved({opening, first, lineOf(second)}), 2, 1, 1, "changed"));
        }
    }

    // What people read counts as much as the bytes beside it.
    void line_changed_isNamed()
    {
        for (const auto &[from, to] : {std::pair<QByteArray, QByteArray>{"\"code\":8", "\"code\":1"}, {"staff-added", "staff-removed"}, {"\"person\"", "\"operator\""}, {"\"who\":\"09", "\"who\":\"0a"}, {"\"by\":\"person\",", ""},
                                       {"\"timeMs\":180000000000", "\"timeMs\":180000000001"}, {"\"sequence\":3", "\"sequence\":30"},
                                       {"\"record\":\"48", "\"record\":\"49"}, {"{", "["}}) {
            auto lines = m_lines;
            lines[3].replace(from, to);
            QVERIFY2(lines[3] != m_lines[3], from.constData());
            QVERIFY2(finds(saved(lines), 4, 3, 3, "changed"), from.constData());
        }
        auto lines = m_lines;
        lines[3].append(QByteArray(10'000, ' ')); // no line of the console's is so long
        QVERIFY(finds(saved(lines), 4, 3, 3, "changed"));
    }

    void lines_removedMovedOrCutOff_areNamed()
    {
        auto lines = m_lines;
        lines.removeAt(4);
        QVERIFY(finds(saved(lines), 5, 4, 4, "missing"));
        lines = m_lines;
        lines.swapItemsAt(2, 3);
        QVERIFY(finds(saved(lines), 4, 2, 2, "moved"));
        lines = m_lines;
        lines.insert(6, m_lines[1]);
        QVERIFY(finds(saved(lines), 7, 1, 1, "repeated"));
        QVERIFY(finds(saved(m_lines.mid(0, 5)), 6, 5, 6, "cutOff"));
        lines = m_lines;
        lines.last().chop(200); // in the middle of a line
        QVERIFY(finds(saved(lines), 7, 6, 6, "changed"));
    }

    void file_thatIsNoLog_isUnreadable()
    {
        QCOMPARE(verify({m_folder.filePath(QStringLiteral("nothing"))}).exit, 3);
        QCOMPARE(verify({m_folder.path()}).exit, 3);
        for (const QByteArray &first : {QByteArray(), QByteArray("hello"), QByteArray(R"({"chain":"00"})"), m_lines[1]}) {
            auto lines = m_lines;
            lines[0] = first;
            const Said said = verify({saved(lines)});
            QCOMPARE(said.exit, 3);
            QVERIFY(said.err.startsWith(QStringLiteral("HF-650")) && said.out.isEmpty());
        }
    }

    void words_wrong_areRefused()
    {
        const QString path = saved(m_lines);
        for (const QStringList &words : {QStringList{}, {path, path}, {path, QStringLiteral("--kept")}, {path, QStringLiteral("--kept"), QStringLiteral("12")},
                                         {path, QStringLiteral("--trust"), path}})
            QCOMPARE(verify(words).exit, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerifyAuditWord)
#include "test_verify_audit_word.moc"
