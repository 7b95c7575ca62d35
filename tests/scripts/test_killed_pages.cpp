// The phone loses nothing wherever it dies: the scripts kill it at every page that it has, and look where it is afterwards.
#include "app/phone/screens.h"

#include <QDir>
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

private Q_SLOTS:
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
