// The control socket: each word, and what is no word.
#include "app/control/control.h"
#include "app/shell/language.h"

#include <QGuiApplication>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>
#include <QtQml/qqmlextensionplugin.h>

Q_IMPORT_QML_PLUGIN(Hufu_ShellPlugin)

using namespace hufu;

static constexpr char kScene[] = R"(
import QtQuick
import QtQuick.Templates as T
Window {
    width: 200; height: 200; visible: true
    property int clicks: 0
    T.Button { objectName: "go"; width: 50; height: 20; onClicked: clicks += 1 }
    T.Button { objectName: "off"; width: 50; height: 20; enabled: false; onClicked: clicks += 1 }
    T.Button { objectName: "hidden"; width: 50; height: 20; visible: false; onClicked: clicks += 1 }
    T.Button { text: "Go on"; y: 120; width: 50; height: 20; onClicked: clicks += 10 }
    T.Button { text: "Not yet"; y: 120; width: 50; height: 20; enabled: false; onClicked: clicks += 1 }
    T.Button { text: "Twice"; y: 120; width: 50; height: 20; onClicked: clicks += 1 }
    T.Button { text: "Twice"; y: 120; width: 50; height: 20; onClicked: clicks += 1 }
    T.Button { text: "Nowhere"; y: 120; width: 50; height: 20; visible: false; onClicked: clicks += 1 }
    Item {
        property string caption: "Phone number"
        property alias field: number
        y: 140
        T.TextField { id: number; objectName: "number"; width: 50; height: 20 }
    }
    T.CheckBox { objectName: "box"; y: 40; width: 50; height: 20 }
    T.TextField { objectName: "field"; y: 80; width: 50; height: 20 }
    Rectangle { objectName: "plain"; width: 5; height: 5 }
    Text { text: "Read me" }
    Text { text: "behind"; opacity: 0 }
    Item { visible: false; Text { text: "away" } }
    Text { text: " and me " }
}
)";

namespace {

struct Bench {
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;
    std::unique_ptr<control::Control> control;
    QLocalSocket socket;
    QString page = QStringLiteral("home");

    Bench()
    {
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        auto *language = shell::Language::of(engine);
        engine.loadData(kScene);
        window = qobject_cast<QQuickWindow *>(engine.rootObjects().first());
        control = std::make_unique<control::Control>(window, language);
        control->setPageReader([this] { return page; });
        const QString name = QStringLiteral("hufu-test-") + QUuid::createUuid().toString(QUuid::Id128);
        if (!control->listen(name)) qFatal("no socket");
        socket.connectToServer(name);
        if (!socket.waitForConnected(2000)) qFatal("no connection");
    }
    void send(const QByteArray &line)
    {
        socket.write(line + '\n');
        socket.flush();
    }
    QJsonObject receive()
    {
        for (int i = 0; i < 500 && !socket.canReadLine(); ++i)
            QTest::qWait(10);
        return QJsonDocument::fromJson(socket.readLine()).object();
    }
    QJsonObject ask(const QByteArray &line)
    {
        send(line);
        return receive();
    }
    bool good(const QByteArray &line) { return ask(line).value("ok").toBool(); }
};

} // namespace

class TestControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resize_givesTheWindowItsSize()
    {
        Bench bench;
        QVERIFY(bench.good(R"({"do":"resize","width":640,"height":360})"));
        QCOMPARE(bench.window->size(), QSize(640, 360));
        for (const char *bad : {R"({"do":"resize"})", R"({"do":"resize","width":640,"height":100})", R"({"do":"resize","width":9000,"height":300})"})
            QVERIFY2(!bench.good(bad), bad);
        QCOMPARE(bench.window->size(), QSize(640, 360));
    }

    void tapAndKeys_workAsAFingerAndAKeyboardDo()
    {
        Bench bench;
        auto *go = bench.window->findChild<QQuickItem *>(QStringLiteral("go")), *field = bench.window->findChild<QQuickItem *>(QStringLiteral("field"));
        QVERIFY(QTest::qWaitForWindowExposed(bench.window)); // the buttons have their places
        const auto tap = [&](QQuickItem *item) {
            const QPointF middle = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
            return bench.good(QStringLiteral(R"({"do":"tap","x":%1,"y":%2})").arg(middle.x() / 200).arg(middle.y() / 200).toUtf8());
        };
        QVERIFY(tap(go));
        QCOMPARE(bench.window->property("clicks").toInt(), 1);
        QVERIFY(tap(field));
        QVERIFY(bench.good(R"({"do":"keys","text":"12a\b3"})"));
        QCOMPARE(field->property("text").toString(), QStringLiteral("123"));
        for (const char *bad : {R"({"do":"tap"})", R"({"do":"tap","x":0.5})", R"({"do":"tap","x":0.5,"y":1.1})", R"({"do":"tap","x":-1,"y":0})", R"({"do":"keys"})", R"({"do":"keys","text":""})"})
            QVERIFY2(!bench.good(bad), bad);
        QCOMPARE(field->property("text").toString(), QStringLiteral("123"));
        QCOMPARE(bench.window->property("clicks").toInt(), 1);
    }

    // By mouse, by key and by script; what is typed goes before the click that takes it.
    void record_tellsWhatWasDone()
    {
        Bench bench;
        QVERIFY(!bench.good(R"({"do":"recorded"})")); // not asked to yet
        QVERIFY(bench.good(R"({"do":"record"})"));
        auto *go = bench.window->findChild<QQuickItem *>(QStringLiteral("go")), *field = bench.window->findChild<QQuickItem *>(QStringLiteral("field"));
        QVERIFY(go && field);
        field->forceActiveFocus();
        QTest::keyClick(bench.window, Qt::Key_A);
        QTest::keyClick(bench.window, Qt::Key_B);
        const QPoint middle = go->mapToScene(QPointF(go->width() / 2, go->height() / 2)).toPoint();
        QTest::mouseClick(bench.window, Qt::LeftButton, Qt::NoModifier, middle);
        QTest::mouseClick(bench.window, Qt::LeftButton, Qt::NoModifier, QPoint(199, 199)); // nothing is there
        QVERIFY(bench.good(R"({"do":"type","name":"field","text":"xyz"})"));
        bench.page = QStringLiteral("scan");
        bench.control->pageMayHaveChanged();
        bench.control->pageMayHaveChanged(); // still the same
        QVERIFY(bench.good(R"({"do":"click","name":"box"})"));
        QStringList seen;
        for (const QJsonValue &act : bench.ask(R"({"do":"recorded"})").value("acts").toArray()) {
            QJsonObject object = act.toObject();
            QVERIFY(object.take(QStringLiteral("atMs")).toInteger() > 0);
            seen << QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
        }
        QCOMPARE(seen, (QStringList{R"({"name":"field","type":"ab"})", R"({"click":"go"})", R"({"name":"field","type":"xyz"})", R"({"page":"scan"})", R"({"click":"box"})"}));
        QCOMPARE(bench.ask(R"({"do":"recorded"})").value("acts").toArray().size(), 0);
    }
    void click_visibleButton_isClicked()
    {
        Bench bench;
        QVERIFY(bench.good(R"({"do":"click","name":"go"})"));
        QCOMPARE(bench.window->property("clicks").toInt(), 1);
    }
    void click_whatNobodyCouldClick_isRefused()
    {
        Bench bench;
        for (const char *name : {"off", "hidden", "none", "", "plain"})
            QVERIFY2(!bench.good(QByteArray("{'do':'click','name':'%'}").replace('%', name).replace('\'', '"')),
                     name);
        QCOMPARE(bench.window->property("clicks").toInt(), 0);
    }
    void says_findsTheOneButtonAndTheOneField_asAReaderDoes()
    {
        Bench bench;
        QVERIFY(bench.good(R"({"do":"click","says":"Go on"})"));
        QCOMPARE(bench.window->property("clicks").toInt(), 10);
        QVERIFY(bench.good(R"({"do":"type","says":"Phone number","text":"138"})"));
        QCOMPARE(bench.ask(R"({"do":"read","name":"number","property":"text"})").value("value").toString(), QStringLiteral("138"));
        const auto refusal = [&bench](const char *line) { return bench.ask(line).value("error").toString(); };
        QCOMPARE(refusal(R"({"do":"click","says":"Not yet"})"), QStringLiteral("the control is disabled"));
        QCOMPARE(refusal(R"({"do":"click","says":"Twice"})"), QStringLiteral("more than one on this page reads so"));
        for (const char *nothing : {R"({"do":"click","says":"Nowhere"})", R"({"do":"click","says":"Go"})", R"({"do":"click","says":"Phone number"})", R"({"do":"type","says":"Go on","text":"x"})"})
            QCOMPARE(refusal(nothing), QStringLiteral("nothing on this page reads so"));
        QCOMPARE(bench.window->property("clicks").toInt(), 10);
    }
    void click_checkBox_isToggled()
    {
        Bench bench;
        QVERIFY(bench.good(R"({"do":"click","name":"box"})"));
        QVERIFY(bench.ask(R"({"do":"read","name":"box","property":"checked"})").value("value").toBool());
    }
    void type_thenRead_isTheSame()
    {
        Bench bench;
        QVERIFY(bench.good(R"({"do":"type","name":"field","text":"测试 1"})"));
        QCOMPARE(bench.ask(R"({"do":"read","name":"field","property":"text"})").value("value").toString(),
                 QStringLiteral("测试 1"));
        QVERIFY(!bench.good(R"({"do":"type","name":"none","text":"x"})"));
        QVERIFY(!bench.good(R"({"do":"read","name":"field","property":"none"})"));
    }
    void page_andWaitPage_answer()
    {
        Bench bench;
        QCOMPARE(bench.ask(R"({"do":"page"})").value("page").toString(), QStringLiteral("home"));
        QVERIFY(bench.good(R"({"do":"waitPage","page":"home","ms":1})"));
        const auto late = bench.ask(R"({"do":"waitPage","page":"scan","ms":20})");
        QVERIFY(!late.value("ok").toBool());
        QCOMPARE(late.value("page").toString(), QStringLiteral("home"));
        bench.send(R"({"do":"waitPage","page":"scan","ms":5000})");
        QTest::qWait(50);
        bench.page = QStringLiteral("scan");
        bench.control->pageMayHaveChanged();
        QVERIFY(bench.receive().value("ok").toBool());
    }
    void says_isWhatCanBeReadAndNothingElse()
    {
        Bench bench;
        QCOMPARE(bench.ask(R"({"do":"says"})")[QStringLiteral("text")].toString(), QStringLiteral("Read me\nand me"));
    }
    void shot_writesAPicture()
    {
        Bench bench;
        QTemporaryDir folder;
        const QString file = folder.filePath("shot.png");
        QVERIFY(
            bench.good(QByteArray("{'do':'shot','file':'%'}").replace('%', file.toUtf8()).replace('\'', '"')));
        QVERIFY(!QImage(file).isNull());
        QVERIFY(!bench.good(R"({"do":"shot","file":"/nowhere/shot.png"})"));
    }
    void language_unknown_isRefused()
    {
        Bench bench;
        QVERIFY(bench.good(R"({"do":"language","value":"en"})"));
        QVERIFY(!bench.good(R"({"do":"language","value":"xx"})"));
    }
    void lines_thatAreNoRequest_areAnsweredAndTheNextOneWorks()
    {
        Bench bench;
        for (const char *line : {"", "{", "[]", "7", "{}", R"({"do":"dance"})", R"({"do":7})"})
            QVERIFY2(!bench.good(line), line);
        QVERIFY(bench.good(R"({"do":"page"})"));
    }
    void line_withoutEnd_closesTheConnection()
    {
        Bench bench;
        bench.socket.write(QByteArray(control::Control::kLineMax + 10, 'x'));
        bench.socket.flush();
        QTRY_COMPARE(bench.socket.state(), QLocalSocket::UnconnectedState);
    }
};

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    TestControl test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_control.moc"
