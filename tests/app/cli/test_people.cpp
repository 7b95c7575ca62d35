// The testers' people: the server's list and what each does fit together.
#include "app/cli/people.h"
#include "app/cli/script.h"
#include "app/server/test_people.h"

#include <QSet>
#include <QTest>

using namespace hufu;

class TestPeople : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void people_each_hasNumberStaffNumberAndOutcomeOfTheirOwn()
    {
        QSet<QByteArray> all;
        qsizetype count = 0;
        for (const server::TestPerson &one : server::testPeople()) {
            for (const std::string_view text : {one.outcome, one.phoneNumber, one.name, one.staffNumber})
                all.insert(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
            count += 4;
            QCOMPARE(server::testPersonOf(one.phoneNumber), &one);
        }
        QVERIFY(count > 40);
        QCOMPARE(all.size(), count);
        QVERIFY(server::testPersonOf("13900139000") == nullptr);
        QVERIFY(server::testPersonOf("") == nullptr);
    }

    void people_each_hasAHabitThatCanBePlayed()
    {
        for (const server::TestPerson &one : server::testPeople()) {
            const auto habit = cli::habitOf(QString::fromUtf8(one.outcome.data(), static_cast<qsizetype>(one.outcome.size())));
            QVERIFY2(habit, one.outcome.data());
            for (const QByteArray &lines : {habit->before, habit->answer})
                QVERIFY2(!cli::Script::parse("{\"start\":\"server\"}\n" + lines).bad, one.outcome.data());
        }
        QVERIFY(!cli::habitOf(QStringLiteral("sleeps")));
        QVERIFY(!cli::habitOf({}));
    }

    // The list that a tester reads names everybody, and nobody else.
    void people_each_isInTheReadme()
    {
        QFile file(QStringLiteral(HUFU_README));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        for (const server::TestPerson &one : server::testPeople()) {
            const QString row = QStringLiteral("| %1 | %2 |").arg(QString::fromUtf8(one.phoneNumber.data(), 11), QString::fromUtf8(one.name.data(), static_cast<qsizetype>(one.name.size())));
            QVERIFY2(text.contains(row), qPrintable(row));
        }
        QCOMPARE(text.count(QLatin1String("\n| 139")), static_cast<qsizetype>(server::testPeople().size()));
    }
};

QTEST_GUILESS_MAIN(TestPeople)
#include "test_people.moc"
