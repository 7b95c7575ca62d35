// What support gets to read names nobody.
#include "app/shell/journal.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using hufu::shell::Journal;

class TestJournal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void masked_private_isHidden_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("masked");
        const auto row = [](const char *name, const char *text, const char *masked) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(masked);
        };
        row("phone number", "sent to 13800000001", "sent to ***");
        row("short number", "after 2000 ms", "after 2000 ms");
        row("code", "page home HF-300", "page home HF-300");
        row("key", "id 8d1f00b7c25e4a93bb60e1f2a4c97d15.", "id ***.");
        row("name", "person 林晓燕 left", "person *** left");
        row("address", "to lin@example.cn now", "to *** now");
    }
    void masked_private_isHidden()
    {
        QFETCH(QString, text);
        QFETCH(QString, masked);
        QCOMPARE(Journal::masked(text), masked);
        Journal journal;
        journal.note(text, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5)));
        QCOMPARE(journal.text(), QStringLiteral("2026-01-02T03:04:05 ") + masked);
    }
    void keptInAFile_isThereAtTheNextStart_masked_andForThisUserAlone()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("look/journal.log"));
        {
            Journal journal;
            journal.note(QStringLiteral("before"));
            journal.keepIn(path);
            journal.note(QStringLiteral("person 林晓燕 13800000001"));
        }
        Journal next;
        next.keepIn(path);
        next.note(QStringLiteral("page home"));
        const QStringList lines = next.text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines.at(0).endsWith(QStringLiteral(" before")) && lines.at(1).endsWith(QStringLiteral("person *** ***")) && lines.at(2).endsWith(QStringLiteral("page home")));
        QCOMPARE(QFile::permissions(path) & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther), QFileDevice::Permissions());
        for (int i = 0; i < 3 * Journal::kLines; ++i)
            next.note(QString::number(i));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') <= 2 * Journal::kLines); // it grows no further
        Journal last;
        last.keepIn(path);
        QCOMPARE(last.text(), next.text());
    }
    void writtenAnew_takesTheFormerFilesPlace_whichIsNeverHalf()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("journal.log"));
        {
            Journal journal;
            journal.keepIn(path);
            journal.note(QStringLiteral("of the run before"));
        }
        QFile former(path);
        QVERIFY(former.open(QIODevice::ReadOnly));
        Journal next;
        next.note(QStringLiteral("page home"));
        next.keepIn(path); // what stands there and this are written anew
        const QByteArray before = former.readAll();
        QVERIFY2(before.endsWith(" of the run before\n") && before.count('\n') == 1, before.constData());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList(QStringLiteral("journal.log"))); // and nothing lies beside it
    }
    void keptWhereNothingCanBeWritten_isKeptInMemory()
    {
        Journal journal;
        journal.keepIn(QStringLiteral("/proc/nowhere/journal.log"));
        journal.note(QStringLiteral("page home"));
        QVERIFY(journal.text().endsWith(QStringLiteral("page home")));
    }
    void note_manyLines_keepsTheLast()
    {
        Journal journal;
        for (int i = 0; i < Journal::kLines + 3; ++i)
            journal.note(QString::number(i));
        const QStringList lines = journal.text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), Journal::kLines);
        QVERIFY(lines.first().endsWith(QStringLiteral(" 3")));
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "test_journal.moc"
