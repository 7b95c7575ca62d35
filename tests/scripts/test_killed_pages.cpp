// The phone loses nothing wherever it dies: the scripts kill it at every page that it has, and look where it is afterwards. And the server
// at every durable step and message that it has.
#include "app/phone/screens.h"
#include "app/server/steps.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

using hufu::phone_app::Screens;

class TestKilledPages : public QObject {
    Q_OBJECT

    // The pages at which a script kills the phone, starts it again, and expects a page; nothing is done between the page and the kill.
    static QSet<QString> killedIn(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) return {};
        QSet<QString> killed;
        QString shown, dead; // the page that is there; the one at which it has died, until another one is seen
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            const QJsonValue phone = object[QLatin1String("phone")];
            const QJsonObject expected = object[QLatin1String("expect")].toObject();
            if (expected[QLatin1String("phone")] == QLatin1String("page")) {
                if (!dead.isEmpty()) killed.insert(dead);
                dead.clear();
                shown = expected[QLatin1String("is")].toString();
            } else if (phone == QLatin1String("kill")) {
                dead = shown;
            } else if (phone.isObject() || object.contains(QLatin1String("pin")) || object.contains(QLatin1String("scan"))) {
                if (!QStringList{"type", "read"}.contains(phone[QLatin1String("do")].toString())) shown.clear(); // these lead to no other page
            }
        }
        return killed;
    }

    // The steps at which the lines of a script kill a server or the operator's program.
    static void addFaults(const QJsonObject &line, const QString &each, QSet<QString> &faults)
    {
        const QString fault = line[QLatin1String("fault")].toString();
        if (!fault.isEmpty()) faults.insert(fault == QLatin1String("$each") ? each : fault);
        for (const QJsonValue &text : line[QLatin1String("each")].toArray())
            for (const QJsonValue &inner : line[QLatin1String("do")].toArray())
                addFaults(inner.toObject(), text.toString(), faults);
    }

private Q_SLOTS:
    void step_eachOfThem_isInAScript()
    {
        const QDir folder(QStringLiteral(HUFU_SCRIPTS));
        QSet<QString> faults;
        for (const QString &name : folder.entryList({QStringLiteral("*.script")}, QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            for (const QByteArray &line : file.readAll().split('\n'))
                addFaults(QJsonDocument::fromJson(line).object(), {}, faults);
        }
        QStringList missing;
        const auto look = [&](const hufu::cosigner::Step &step) {
            for (const char *name : {step.before, step.after})
                if (!faults.contains(QLatin1String(name))) missing << QLatin1String(name);
        };
        for (const auto &step : hufu::cosigner::step::kAll)
            look(step);
        look(hufu::server::kDeliver);
        for (const auto &message : hufu::server::kMessageSteps)
            look(message.step);
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("no script kills the server at ") + missing.join(QStringLiteral(", "))));
    }
    void page_eachOfThem_isKilledInAScript()
    {
        const QDir folder(QStringLiteral(HUFU_SCRIPTS));
        QSet<QString> killed;
        for (const QString &name : folder.entryList({QStringLiteral("*.script")}, QDir::Files))
            killed += killedIn(folder.filePath(name));
        QStringList missing;
        for (const Screens::Page page : Screens::allPages())
            if (!killed.contains(Screens::nameOf(page))) missing << Screens::nameOf(page);
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("no script kills the phone at ") + missing.join(QStringLiteral(", "))));
    }
    void script_withoutALookAfterwards_countsForNothing()
    {
        const QByteArray page = R"({"expect":{"phone":"page","is":"bids"}})", kill = R"({"phone":"kill"})", home = R"({"expect":{"phone":"page","is":"home"}})";
        const auto killed = [](const QByteArrayList &lines) {
            QTemporaryFile file;
            return file.open() && file.write(lines.join('\n')) >= 0 && file.flush() ? killedIn(file.fileName()) : QSet<QString>{QStringLiteral("?")};
        };
        QCOMPARE(killed({page, kill, home}), QSet<QString>{QStringLiteral("bids")});
        QCOMPARE(killed({page, kill}), QSet<QString>());
        QCOMPARE(killed({page, R"({"phone":{"do":"click","name":"bid0"}})", kill, home}), QSet<QString>{});
    }
};

QTEST_GUILESS_MAIN(TestKilledPages)
#include "test_killed_pages.moc"
