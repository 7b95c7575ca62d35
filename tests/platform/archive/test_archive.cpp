// Archives are what another tool opens.
#include "platform/archive/archive.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

class TestArchive : public QObject {
    Q_OBJECT
private:
    // What Python makes of it: the only file's text, or why it is none.
    static QByteArray read(const Bytes &archive)
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.zip")));
        if (!file.open(QIODevice::WriteOnly)) return "not written";
        file.write(reinterpret_cast<const char *>(archive.data()), static_cast<qsizetype>(archive.size()));
        file.close();
        QProcess python;
        python.start(QStringLiteral("python3"), {QStringLiteral("-c"), QStringLiteral("import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\n"
                                                                                      "assert z.testzip() is None\nsys.stdout.buffer.write(z.read(z.namelist()[0]))"),
                                                 file.fileName()});
        if (!python.waitForFinished() || python.exitCode() != 0) return "refused: " + python.readAllStandardError();
        return python.readAllStandardOutput();
    }

private Q_SLOTS:
    void archive_isOpenedByOthers()
    {
        const std::string text = "虎符\nHufu\n";
        Bytes large(300'000);
        for (std::size_t i = 0; i < large.size(); ++i)
            large[i] = static_cast<std::uint8_t>(i * i % 251);
        QCOMPARE(read(*archive::zipped({{"读我.txt", viewOf(text)}, {"大.bin", large}})), QByteArray::fromStdString(text));
        const QByteArray many(reinterpret_cast<const char *>(large.data()), static_cast<qsizetype>(large.size()));
        QCOMPARE(read(*archive::zipped({{"大.bin", large}, {"empty", {}}})), many);
        QCOMPARE(read(*archive::zipped({{"empty", {}}})), QByteArray());
    }
    void archive_changed_isNot()
    {
        Bytes archive = *archive::zipped({{"README.txt", viewOf("Hufu")}});
        archive[30 + 10] ^= 1; // of the text
        QVERIFY(read(archive).startsWith("refused"));
    }
};

QTEST_GUILESS_MAIN(TestArchive)
#include "test_archive.moc"
