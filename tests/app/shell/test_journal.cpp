// What support gets to read names nobody.
#include "app/shell/journal.h"

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
