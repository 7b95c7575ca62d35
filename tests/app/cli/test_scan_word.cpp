// hufu scan, on pictures.
#include "platform/eye/drawing.h"
#include "shield/intent/frame.h"
#include "tests/eye/degraded.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

class TestScanWord : public QObject {
    Q_OBJECT
    struct Said {
        int exit = -1;
        QString out, err;
    };
    QTemporaryDir m_folder;

    static Said scan(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), QStringList{QStringLiteral("scan")} + words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    QString saved(const char *name, const QImage &image) const
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        return image.save(path, "PNG") ? path : QString();
    }
    QString drawn(const char *name, const std::string &text) const
    {
        return saved(name, *eye::drawCode(text, 5));
    }
    static QString frame() { return QString::fromStdString(intent::Frame().text()); }

private Q_SLOTS:
    void frame_clear_isPrinted()
    {
        const Said said = scan({drawn("frame.png", intent::Frame().text())});
        QCOMPARE(said.exit, 0);
        QCOMPARE(said.out, frame() + QLatin1Char('\n'));
        QVERIFY(said.err.isEmpty());
    }
    void frame_degraded_isPrinted()
    {
        const auto specimen = tests::degraded(tests::Kind::blur, 3, tests::kTuningSeed, 0);
        const Said said = scan({saved("blurred.png", specimen.image)});
        QCOMPARE(said.exit, 0);
        QCOMPARE(said.out, QString::fromStdString(specimen.text) + QLatin1Char('\n'));
    }
    void pictures_several_areNamedAndTheWorstCounts()
    {
        const QString good = drawn("good.png", intent::Frame().text()),
                      web = drawn("web.png", "https://example.org/x");
        const Said said = scan({good, web});
        QCOMPARE(said.exit, 1);
        QCOMPARE(said.out, good + QStringLiteral(": ") + frame() + QLatin1Char('\n') + web +
                               QStringLiteral(": https://example.org/x\n"));
        QVERIFY(said.err.startsWith(QStringLiteral("HF-212  ") + web));
        QVERIFY(said.err.contains(QStringLiteral("这是一个网址")) &&
                said.err.contains(QStringLiteral("This is a web address")));
    }
    void code_notOurs_isSaidWhy()
    {
        const Said foreign = scan({drawn("wifi.png", "WIFI:S:office;;")});
        QCOMPARE(foreign.exit, 1);
        QVERIFY(foreign.err.startsWith(QStringLiteral("HF-200")));
        QCOMPARE(foreign.out, QStringLiteral("WIFI:S:office;;\n"));
        const std::string whole = intent::Frame().text();
        for (const std::string &broken : {whole.substr(0, whole.size() - 3), whole + "AAA",
                                          std::string("HUFU:2:ABC"), std::string("HUFU:")}) {
            const Said said = scan({drawn("broken.png", broken)});
            QCOMPARE(said.exit, 1);
            QVERIFY(said.err.startsWith(QStringLiteral("HF-213")));
        }
    }
    void code_ofBytes_isPrintedAsHex()
    {
        const Said said = scan({drawn("bytes.png", "ab\x1b[2J")}); // would clear the terminal
        QCOMPARE(said.out, QStringLiteral("61621b5b324a\n"));
        QCOMPARE(said.exit, 1);
    }
    void picture_withoutACode_isSaid()
    {
        QImage blank(300, 200, QImage::Format_RGB32);
        blank.fill(Qt::white);
        const Said said = scan({saved("blank.png", blank)});
        QCOMPARE(said.exit, 1);
        QVERIFY(said.out.isEmpty() && said.err.startsWith(QStringLiteral("HF-210")));
    }
    void file_thatIsNoPicture_isSaid()
    {
        QFile text(m_folder.filePath(QStringLiteral("text.png")));
        QVERIFY(text.open(QIODevice::WriteOnly) && text.write("no picture") > 0);
        text.close();
        const std::pair<QString, QString> tried[]{{text.fileName(), QStringLiteral("HF-650")}, {m_folder.filePath(QStringLiteral("none.png")), QStringLiteral("HF-604")}, {m_folder.path(), QStringLiteral("HF-604")}};
        for (const auto &[path, code] : tried) {
            const Said said = scan({path});
            QCOMPARE(said.exit, 3);
            QVERIFY(said.out.isEmpty() && said.err.startsWith(code));
        }
    }
    void picture_olderThanACodeIsGoodFor_isTooOldIfAskedFor()
    {
        const QString path = drawn("old.png", intent::Frame().text());
        QCOMPARE(scan({QStringLiteral("--fresh"), path}).exit, 0);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-8), QFileDevice::FileModificationTime));
        file.close();
        QCOMPARE(scan({path}).exit, 0);
        const Said said = scan({QStringLiteral("--fresh"), path});
        QCOMPARE(said.exit, 1);
        QVERIFY(said.err.startsWith(QStringLiteral("HF-201  %1, 8 s").arg(path)));
    }
    void words_wrong_areSaid()
    {
        QCOMPARE(scan({}).exit, 2);
        QCOMPARE(scan({QStringLiteral("--old"), QStringLiteral("x")}).exit, 2);
        QVERIFY(scan({}).err.startsWith(QStringLiteral("PICTURE：缺少图片 / no picture is named\nusage: hufu scan")));
        QVERIFY(scan({QStringLiteral("--old"), QStringLiteral("x")}).err.startsWith(QStringLiteral("--old：")));
    }
};

QTEST_GUILESS_MAIN(TestScanWord)
#include "test_scan_word.moc"
