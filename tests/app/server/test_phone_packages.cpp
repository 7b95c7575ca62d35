// The demo packages are archives that any tool opens.
#include "app/server/phone_packages.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

class TestPhonePackages : public QObject {
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
        QCOMPARE(read(server::archiveOf("读我.txt", text)), QByteArray::fromStdString(text));
        QCOMPARE(read(server::archiveOf("empty", "")), QByteArray());
    }
    void archive_changed_isNot()
    {
        Bytes archive = server::archiveOf("README.txt", "Hufu");
        archive[30 + 10] ^= 1; // of the text
        QVERIFY(read(archive).startsWith("refused"));
    }
};

QTEST_GUILESS_MAIN(TestPhonePackages)
#include "test_phone_packages.moc"
