// Every page of the desk opens with a model of samples, in both languages, without a warning. With
// HUFU_SHOTS=FOLDER the pages are also left there as pictures, dark with HUFU_DARK, in large type with HUFU_LARGE.
#include "app/desk/models/link_model.h"
#include "app/desk/qml_modules.h"
#include "app/shell/language.h"
#include "app/shell/look.h"
#include "app/shell/settings.h"
#include "platform/eye/reading.h"
#include "tests/qml/desk_samples.h"
#include "tests/qml/warnings.h"

#include <QAccessible>
#include <QDir>
#include <QClipboard>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <optional>

using namespace hufu;
using desk_app::DeskScreens;
using desk_app::QrModel;

namespace {

QQuickItem *findIn(QQuickItem *item, const QString &name)
{
    if (item->objectName() == name) return item;
    for (QQuickItem *child : item->childItems())
        if (QQuickItem *found = findIn(child, name)) return found;
    return nullptr;
}

struct Stage {
    DeskScreens screens;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;

    explicit Stage(const QString &language)
    {
        tests::fillDeskSamples(screens);
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine.setInitialProperties({{QStringLiteral("screens"), QVariant::fromValue(&screens)}});
        shell::Language::of(engine)->choose(language);
        engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hufu/Desk/Main.qml")));
        if (!engine.rootObjects().isEmpty())
            window = qobject_cast<QQuickWindow *>(engine.rootObjects().first());
    }
    QQuickItem *find(const char *name) { return findIn(window->contentItem(), QString::fromLatin1(name)); }
    void shot(const QString &name)
    {
        const QString folder = qEnvironmentVariable("HUFU_SHOTS");
        if (folder.isEmpty()) return;
        QDir().mkpath(folder);
        QVERIFY(window->grabWindow().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
    }
};

} // namespace

class TestDeskPages : public QObject {
    Q_OBJECT
private:
    std::optional<tests::WarningWatch> m_watch; // after Qt Test has put its own ear there

private Q_SLOTS:
    void initTestCase() { m_watch.emplace(); }
    void init() { tests::WarningWatch::take(); }

    void page_opened_givesNoWarning_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<int>("variant");
        QTest::addColumn<QString>("language");
        for (const char *language : {"zh_CN", "en"}) {
            for (int page : {DeskScreens::Status, DeskScreens::Seal, DeskScreens::Qr, DeskScreens::Outcome, DeskScreens::Error, DeskScreens::Sites, DeskScreens::Stamp, DeskScreens::History, DeskScreens::Record, DeskScreens::Settings, DeskScreens::Help, DeskScreens::Diagnosis})
                QTest::addRow("desk-%s-%s",
                              qPrintable(DeskScreens::nameOf(static_cast<DeskScreens::Page>(page))), language)
                    << page << 0 << QString::fromLatin1(language);
            QTest::addRow("desk-fresh-%s", language)
                << int(DeskScreens::Status) << 1 << QString::fromLatin1(language);
            QTest::addRow("desk-trouble-%s", language)
                << int(DeskScreens::Status) << 5 << QString::fromLatin1(language);
            QTest::addRow("desk-removed-%s", language)
                << int(DeskScreens::Status) << 6 << QString::fromLatin1(language);
            QTest::addRow("desk-refused-%s", language)
                << int(DeskScreens::Record) << 7 << QString::fromLatin1(language);
            QTest::addRow("desk-gone-%s", language)
                << int(DeskScreens::Settings) << 8 << QString::fromLatin1(language);
            QTest::addRow("desk-waits-%s", language)
                << int(DeskScreens::Status) << 9 << QString::fromLatin1(language);
            QTest::addRow("desk-sent-%s", language)
                << int(DeskScreens::Help) << 10 << QString::fromLatin1(language);
            QTest::addRow("desk-lost-%s", language)
                << int(DeskScreens::Status) << 11 << QString::fromLatin1(language);
            QTest::addRow("desk-sealers-%s", language)
                << int(DeskScreens::Seal) << 12 << QString::fromLatin1(language);
            QTest::addRow("desk-others-%s", language)
                << int(DeskScreens::Qr) << 12 << QString::fromLatin1(language);
            QTest::addRow("desk-evidence-%s", language)
                << int(DeskScreens::Outcome) << 12 << QString::fromLatin1(language);
            QTest::addRow("desk-cutOff-%s", language)
                << int(DeskScreens::Error) << 12 << QString::fromLatin1(language);
            QTest::addRow("desk-whose-%s", language)
                << int(DeskScreens::Error) << 13 << QString::fromLatin1(language);
            QTest::addRow("desk-mixed-%s", language)
                << int(DeskScreens::Outcome) << 13 << QString::fromLatin1(language);
            QTest::addRow("desk-bids-%s", language)
                << int(DeskScreens::Outcome) << 1 << QString::fromLatin1(language);
            QTest::addRow("desk-encrypt-%s", language)
                << int(DeskScreens::Seal) << 14 << QString::fromLatin1(language);
            QTest::addRow("desk-encrypted-%s", language)
                << int(DeskScreens::Outcome) << 14 << QString::fromLatin1(language);
            QTest::addRow("desk-proposed-%s", language)
                << int(DeskScreens::Seal) << 2 << QString::fromLatin1(language);
            QTest::addRow("desk-access-%s", language)
                << int(DeskScreens::Status) << 3 << QString::fromLatin1(language);
            QTest::addRow("desk-openForSite-%s", language)
                << int(DeskScreens::Status) << 4 << QString::fromLatin1(language);
            QTest::addRow("desk-claimed-%s", language)
                << int(DeskScreens::Qr) << 1 << QString::fromLatin1(language);
        }
    }
    void page_opened_givesNoWarning()
    {
        QFETCH(int, page);
        QFETCH(int, variant);
        QFETCH(QString, language);
        Stage stage(language);
        QVERIFY(stage.window);
        if (variant == 1) {
            stage.screens.status()->show(false, QStringLiteral("pc-17"),
                                         QStringLiteral("8d1f00b7c25e4a93bb60e1f2a4c97d15"),
                                         QStringLiteral("127.0.0.1:8443"));
            stage.screens.qr()->showStage(QrModel::Claimed, true);
            stage.screens.qr()->setOffline(true);
            stage.screens.outcome()->show(QStringLiteral("decrypt"), {}, {}, false, {});
            stage.screens.outcome()->setBids({QVariant::fromValue(desk_app::BidView{QStringLiteral("a.hufu"), QStringLiteral("a.pdf"), 0}),
                                              QVariant::fromValue(desk_app::BidView{QStringLiteral("b.hufu"), {}, 614})});
        }
        stage.screens.show(static_cast<DeskScreens::Page>(page));
        if (variant == 2) {
            stage.screens.seal()->begin({});
            stage.screens.seal()->showPeople({QStringLiteral("林晓燕"), QStringLiteral("王建国")});
            stage.screens.seal()->propose({QStringLiteral("https://bid.example.com"), QStringLiteral("ZB-2026-0117"), QStringLiteral("示范大桥设备采购"), {},
                                           QDateTime(QDate(2026, 12, 1), QTime(9, 30)), QStringLiteral("商务标与技术标，PDF")});
        }
        if (variant == 3) stage.screens.site()->ask(desk_app::SiteModel::Access, QStringLiteral("https://bid.example.com"), false);
        if (variant == 4) stage.screens.site()->ask(desk_app::SiteModel::Open, QStringLiteral("tool://bid-maker"), true, QStringLiteral("示范大桥设备采购  ZB-2026-0117"));
        if (variant == 5) {
            stage.screens.status()->setServer(desk_app::StatusModel::Bad, 500, 0);
            stage.screens.status()->setClock(desk_app::StatusModel::Bad, -1234);
            stage.screens.status()->setPeople({});
        }
        if (variant == 6) {
            stage.screens.status()->show(false, QStringLiteral("pc-17"), QStringLiteral("8d1f00b7c25e4a93bb60e1f2a4c97d15"), QStringLiteral("127.0.0.1:8443"));
            stage.screens.status()->setRemoved(true);
        }
        const auto open = [&](int record) {
            stage.screens.history()->open(stage.screens.history()->records().at(record).value<desk_app::RecordView>());
        };
        if (page == DeskScreens::Record) open(variant == 7 ? 3 : 1);
        if (variant == 9) stage.screens.status()->setPeople({}, true);
        if (variant == 10) {
            stage.screens.support()->showContacts({});
            stage.screens.support()->answer(QStringLiteral("HC-00000042"), 0);
        }
        if (variant == 11)
            stage.screens.status()->askOfLost({QStringLiteral("商务标_投标函.pdf.hufu"), QStringLiteral("技术标.pdf.hufu"), QStringLiteral("3.hufu"), QStringLiteral("4.hufu"), QStringLiteral("5.hufu"),
                                               QStringLiteral("6.hufu"), QStringLiteral("7.hufu"), QStringLiteral("8.hufu")},
                                              QStringLiteral("/home/lin/投标文件/滨江快速路改造工程"));
        if (variant == 12) {
            stage.screens.seal()->showSealers({QStringLiteral("林晓燕"), QStringLiteral("王建国")});
            stage.screens.qr()->showWhose(QStringLiteral("林晓燕"));
            stage.screens.qr()->showOthers({QStringLiteral("王建国"), QStringLiteral("赵敏")});
            stage.screens.evidence()->begin(QStringLiteral("00112233445566778899aabbccddeeff"));
            if (page == DeskScreens::Outcome) stage.screens.evidence()->showSaved(QStringLiteral("/home/lin/hufu-evidence-00112233.jsonl"), 0);
            stage.screens.error()->show(616, true);
        }
        if (variant == 14) {
            stage.screens.seal()->begin({QUrl::fromLocalFile(QStringLiteral("/home/lin/报价单.pdf"))}, true);
            stage.screens.seal()->showPeople({QStringLiteral("林晓燕"), QStringLiteral("王建国")});
            stage.screens.seal()->addPerson(QStringLiteral("长江示范建设有限公司 · 王芳"));
            stage.screens.seal()->showReceiverProblem(600);
            stage.screens.outcome()->show(QStringLiteral("encrypt-files"), {}, {}, false, {});
            stage.screens.outcome()->setBids({QVariant::fromValue(desk_app::BidView{QStringLiteral("a.pdf"), QStringLiteral("a.pdf.p7m"), 0}),
                                              QVariant::fromValue(desk_app::BidView{QStringLiteral("b.pdf"), {}, 605})});
        }
        if (variant == 13) {
            stage.screens.error()->show(606, true, 0, QStringLiteral("赵六, 钱七"));
            stage.screens.outcome()->show(QStringLiteral("decrypt"), QStringLiteral("林晓燕"), QStringLiteral("/home/lin/a.pdf"), false, {});
            stage.screens.outcome()->setBids({QVariant::fromValue(desk_app::BidView{QStringLiteral("a.hufu"), QStringLiteral("a.pdf"), 0}),
                                              QVariant::fromValue(desk_app::BidView{QStringLiteral("b.hufu"), {}, 606, QStringLiteral("赵六, 钱七")})});
        }
        QTemporaryDir folder;
        if (variant == 8) {
            stage.screens.settings()->choose(QUrl::fromLocalFile(folder.path()));
            QVERIFY(folder.remove());
            stage.screens.settings()->setAutostart(true);
        }
        if (qEnvironmentVariableIsSet("HUFU_DARK")) shell::Settings::of(stage.engine)->setAppearance(shell::Settings::Dark);
        if (qEnvironmentVariableIsSet("HUFU_LARGE")) shell::Settings::of(stage.engine)->setTextPercent(200);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QString::fromLatin1(QTest::currentDataTag()));
        const auto warnings = tests::WarningWatch::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }
    // Before there is a server: the window that asks for its link, in each state.
    void linkWindow_opened_givesNoWarningAndTakesWhatIsPasted_data()
    {
        QTest::addColumn<QString>("language");
        for (const char *language : {"zh_CN", "en"})
            QTest::addRow("desk-link-%s", language) << QString::fromLatin1(language);
    }
    void linkWindow_opened_givesNoWarningAndTakesWhatIsPasted()
    {
        QFETCH(QString, language);
        desk_app::LinkModel model;
        QQmlApplicationEngine engine;
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine.setInitialProperties({{QStringLiteral("model"), QVariant::fromValue(&model)}});
        shell::Language::of(engine)->choose(language);
        engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hufu/Desk/DeskLinkWindow.qml")));
        QVERIFY(!engine.rootObjects().isEmpty());
        auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().first());
        QVERIFY(QTest::qWaitForWindowExposed(window));
        const auto shot = [&](const char *state) {
            QTest::qWait(50);
            const QString folder = qEnvironmentVariable("HUFU_SHOTS");
            if (!folder.isEmpty()) QVERIFY(QDir().mkpath(folder) && window->grabWindow().save(QDir(folder).filePath(QStringLiteral("%1-%2.png").arg(QString::fromLatin1(QTest::currentDataTag()), QLatin1String(state)))));
        };
        const auto find = [&](const char *name) { return findIn(window->contentItem(), QString::fromLatin1(name)); };
        shot("empty");
        QVERIFY(!find("linkTake")->isEnabled());
        QSignalSpy offered(&model, &desk_app::LinkModel::offered);
        QGuiApplication::clipboard()->setText(QStringLiteral(" hufu://desk?host=h\n"));
        QVERIFY(QMetaObject::invokeMethod(find("linkPaste"), "clicked"));
        QVERIFY(QMetaObject::invokeMethod(find("linkTake"), "clicked"));
        QCOMPARE(offered.size(), 1);
        QCOMPARE(offered.first().first().toString(), QStringLiteral("hufu://desk?host=h"));
        model.show(0, true);
        shot("busy");
        QVERIFY(!find("linkTake")->isEnabled() && !find("linkText")->isEnabled());
        model.show(728, false);
        shot("refused");
        QVERIFY(find("problem")->isVisible());
        const auto warnings = tests::WarningWatch::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }
    void qr_windowAsPixels_isReadByTheEye()
    {
        Stage stage(QStringLiteral("zh_CN"));
        stage.screens.show(DeskScreens::Qr);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        const auto text = eye::readCode(stage.window->grabWindow(), "HUFU:");
        QVERIFY(text.has_value());
        QCOMPARE(*text, "HUFU:1:" + std::string(176, 'Q'));
    }
    void seal_alone_wantsAWord_andAColleagueMakesItNeedless()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.seal();
        QCOMPARE(model->chosen(), 1);
        model->choose(0, false); // who seals can always open
        QCOMPARE(model->chosen(), 1);
        model->choose(2, true);
        QCOMPARE(model->chosen(), 2);
        desk_app::SealWish wish;
        QObject::connect(model, &desk_app::SealModel::sealAsked, [&](const desk_app::SealWish &given) { wish = given; });
        for (const char *opening : {"tomorrow", "2020-01-15 09:30"}) // no time, and one that is over
            QVERIFY(!model->seal(QStringLiteral("P-1"), QStringLiteral("Bridge"), {}, QLatin1String(opening)));
        QVERIFY(wish.files.isEmpty()); // nothing was asked for
        QVERIFY(model->seal(QStringLiteral(" P-1 "), QStringLiteral("Bridge"), {}, QStringLiteral("2099-01-15 09:30")));
        QCOMPARE(wish.projectId, QStringLiteral("P-1"));
        QCOMPARE(wish.people, (std::vector<int>{0, 2}));
        QCOMPARE(wish.files.size(), 2);
        model->removeFile(0);
        model->addFiles({QUrl::fromLocalFile(QStringLiteral("/home/lin/技术标.pdf"))}); // there already
        QCOMPARE(model->files(), QStringList{QStringLiteral("技术标.pdf")});
    }
    void seal_ofADeskOfTwoPeople_asksWhoSeals()
    {
        Stage stage(QStringLiteral("en"));
        stage.screens.show(DeskScreens::Seal);
        auto *model = stage.screens.seal();
        QVERIFY(!stage.find("sealSealer")->isVisible());
        model->showSealers({QStringLiteral("林晓燕"), QStringLiteral("王建国")});
        QVERIFY(stage.find("sealSealer")->isVisible());
        QSignalSpy chosen(model, &desk_app::SealModel::sealerChosen);
        QVERIFY(QMetaObject::invokeMethod(stage.find("choice1"), "clicked"));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toInt(), 1);
        QVERIFY(QMetaObject::invokeMethod(stage.find("choice1"), "clicked")); // is chosen
        QCOMPARE(chosen.size(), 1);
    }
    void colleagues_many_areSearchedByName()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.seal();
        QStringList names{QStringLiteral("林晓燕")};
        for (int i = 1; i < 40; ++i)
            names << QStringLiteral("员工%1").arg(i);
        names << QStringLiteral("Zhao Min");
        model->showPeople(names);
        stage.screens.show(DeskScreens::Seal);
        QVERIFY(stage.find("sealSearch")->isVisible());
        QVERIFY(stage.find("sealMore")->isVisible());
        QVERIFY(stage.find("sealPerson0") && !stage.find("sealPerson40"));
        stage.find("sealSearch")->setProperty("text", QStringLiteral(" zhao "));
        QTRY_VERIFY(stage.find("sealPerson40"));
        QVERIFY(stage.find("sealPerson0") && !stage.find("sealPerson1") && !stage.find("sealMore")->isVisible());
        model->choose(40, true);
        stage.find("sealSearch")->setProperty("text", QStringLiteral("nobody"));
        QTRY_VERIFY(!stage.find("sealPerson1"));
        QVERIFY(stage.find("sealPerson40")->property("checked").toBool()); // who is chosen stays in sight
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("seal-search"));
        model->showPeople(names.mid(0, 3));
        QVERIFY(!stage.find("sealSearch")->isVisible());
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void work_thatTakesLong_saysHowFastAndHowLong()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.qr();
        model->begin(QStringLiteral("encrypt"), QStringLiteral("a.pdf"));
        stage.screens.show(DeskScreens::Qr);
        QTRY_VERIFY(stage.find("qrPace"));
        QVERIFY(!stage.find("qrPace")->isVisible());
        // Nothing is measured yet, and it takes long.
        QVERIFY(!stage.find("qrSlow")->isVisible());
        model->showSlow(true);
        QTRY_VERIFY(stage.find("qrSlow")->isVisible());
        model->setOffline(true);
        QTRY_VERIFY(!stage.find("qrSlow")->isVisible());
        model->setOffline(false);
        model->showPercent(17, 251'400'000, 75);
        QTRY_VERIFY(stage.find("qrPace")->isVisible());
        QCOMPARE(stage.find("qrPace")->property("text").toString(), QStringLiteral("251 MB/s, 1:15 left"));
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("sealing-pace"));
        model->begin(QStringLiteral("encrypt"), QStringLiteral("b.pdf"));
        QVERIFY(!stage.find("qrPace")->isVisible() && model->workLeft() == -1);
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void open_forOneOfTwoPeople_canBeTheOthers()
    {
        Stage stage(QStringLiteral("en"));
        stage.screens.show(DeskScreens::Qr);
        auto *model = stage.screens.qr();
        model->showWhose(QStringLiteral("林晓燕"));
        model->showOthers({QStringLiteral("王建国")});
        QSignalSpy chosen(model, &desk_app::QrModel::otherChosen);
        QTRY_VERIFY(stage.find("qrOther0"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("qrOther0"), "clicked"));
        QCOMPARE(chosen.size(), 1);
        model->showStage(desk_app::QrModel::Claimed, false);
        model->chooseOther(0);
        QCOMPARE(chosen.size(), 1);
    }
    // For another person, or for new keys of the same one: the window of an enrolled desk can do it, too.
    void enrolledDesk_canBeEnrolledAgain()
    {
        Stage stage(QStringLiteral("en"));
        QSignalSpy asked(stage.screens.status(), &desk_app::StatusModel::enrolAsked);
        QVERIFY(stage.find("statusEnrolMore")->isVisible() && !stage.find("statusEnrol")->isVisible());
        QVERIFY(QMetaObject::invokeMethod(stage.find("statusEnrolMore"), "clicked"));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("投标室 3 号机"));
        stage.screens.status()->show(false, QStringLiteral("pc"), QString(32, QLatin1Char('a')), QStringLiteral("s"));
        QVERIFY(!stage.find("statusEnrolMore")->isVisible() && stage.find("statusEnrol")->isVisible());
    }
    void enrolment_thatWaitsForTheAdministrator_promisesNothing()
    {
        Stage stage(QStringLiteral("en"));
        stage.screens.outcome()->show(QStringLiteral("enrol"), {}, {}, false, {});
        stage.screens.show(DeskScreens::Outcome);
        const auto text = [&stage] { return stage.find("outcomeText")->property("text").toString(); };
        QVERIFY(text().startsWith(QStringLiteral("From now on")));
        stage.screens.status()->setPeople({}, true);
        QVERIFY(text().startsWith(QStringLiteral("It waits for your company's administrator")));
    }
    void sealing_cutOff_isAskedAbout_andNothingIsWithdrawnUnasked()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.status();
        QVERIFY(!stage.find("lostWithdraw")->isVisible());
        QStringList names;
        for (int i = 1; i <= 8; ++i)
            names << QStringLiteral("%1.hufu").arg(i);
        model->askOfLost(names, QStringLiteral("/home/lin"));
        QVERIFY(stage.find("lostWithdraw")->isVisible());
        QVERIFY(stage.find("statusLost")->property("title").toString().contains(QStringLiteral("HF-617")));
        QCOMPARE(stage.find("lostNames")->property("text").toString(), QStringLiteral("1.hufu\n2.hufu\n3.hufu\n4.hufu\n5.hufu\n6.hufu\nand 2 more"));
        QSignalSpy answered(model, &desk_app::StatusModel::lostAnswered);
        for (const char *button : {"lostElsewhere", "lostWithdraw"})
            QVERIFY(QMetaObject::invokeMethod(stage.find(button), "clicked"));
        QCOMPARE(answered.size(), 2);
        QCOMPARE(answered[0][0].toBool(), false);
        QCOMPARE(answered[1][0].toBool(), true);
    }
    void evidence_ofAnAct_isOfferedWithItsCase()
    {
        Stage stage(QStringLiteral("en"));
        for (const auto page : {DeskScreens::Outcome, DeskScreens::Error}) {
            stage.screens.evidence()->begin({});
            stage.screens.show(page);
            QVERIFY(!stage.find("evidenceSave")->isVisible());
            stage.screens.evidence()->begin(QStringLiteral("00112233445566778899aabbccddeeff"));
            QVERIFY(stage.find("evidenceSave")->isVisible());
            QCOMPARE(stage.find("evidenceCase")->property("text").toString(), QStringLiteral("Case 00112233 44556677 8899aabb ccddeeff"));
            QVERIFY(!stage.find("evidenceFile")->isVisible() && !stage.find("evidenceCheck")->isVisible());
            stage.screens.evidence()->showSaved(QStringLiteral("/home/lin/hufu-evidence-00112233.jsonl"), 0);
            QVERIFY(stage.find("evidenceFile")->isVisible() && stage.find("evidenceCheck")->isVisible());
            QVERIFY(stage.find("evidenceCheck")->property("text").toString().contains(QStringLiteral("hufu verify")));
        }
    }
    // No project and no reason: files for people with any software have neither.
    void encrypt_page_asksForFilesAndPeopleAlone()
    {
        Stage stage(QStringLiteral("en"));
        stage.screens.show(DeskScreens::Seal);
        auto *model = stage.screens.seal();
        model->begin({QUrl::fromLocalFile(QStringLiteral("/home/lin/offer.pdf"))}, true);
        QVERIFY(!stage.find("sealNow")->isEnabled() && !stage.find("sealReceivers")->isVisible() && !stage.find("sealAway")->isVisible());
        model->showAway(500); // then by certificates alone
        QVERIFY(stage.find("sealAway")->isVisible() && stage.find("sealReceivers")->isVisible() && !stage.find("sealNow")->isEnabled());
        model->addPerson(QStringLiteral("Wang"));
        QVERIFY(stage.find("sealNow")->isEnabled());
        model->begin({QUrl::fromLocalFile(QStringLiteral("/home/lin/offer.pdf"))}, true);
        model->showPeople({QStringLiteral("Lin")});
        QVERIFY(!stage.find("sealAway")->isVisible());
        QVERIFY(stage.find("sealNow")->isEnabled() && stage.find("sealReceivers")->isVisible());
        for (const char *name : {"sealProjectId", "sealProjectName", "sealPackage", "sealOpening", "sealSoleReason"})
            QVERIFY2(!stage.find(name)->isVisible(), name);
        QVERIFY(!stage.find("sealReceiverProblem")->isVisible());
        model->showReceiverProblem(600);
        QVERIFY(stage.find("sealReceiverProblem")->isVisible());
        QSignalSpy asked(model, &desk_app::SealModel::sealAsked);
        QVERIFY(QMetaObject::invokeMethod(stage.find("sealNow"), "clicked"));
        QCOMPARE(asked.count(), 1);
        model->begin({}); // a bid again
        QVERIFY(stage.find("sealProjectId")->isVisible() && !stage.find("sealReceiverProblem")->isVisible());
    }
    void seal_alone_isReadyOnceTheReasonIsTyped()
    {
        Stage stage(QStringLiteral("en"));
        stage.screens.show(DeskScreens::Seal);
        auto *model = stage.screens.seal();
        stage.find("sealProjectId")->setProperty("text", QStringLiteral("P-1"));
        stage.find("sealProjectName")->setProperty("text", QStringLiteral("Bridge"));
        QVERIFY(!stage.find("sealNow")->isEnabled());
        stage.find("sealSoleReason")->setProperty("text", QStringLiteral("  "));
        QVERIFY(!stage.find("sealNow")->isEnabled());
        stage.find("sealSoleReason")->setProperty("text", QStringLiteral("colleague on leave"));
        QVERIFY(stage.find("sealNow")->isEnabled());
        QCOMPARE(model->soleReason(), QStringLiteral("colleague on leave"));
        model->choose(1, true);
        QVERIFY(!stage.find("sealSoleReason")->isVisible());
        QCOMPARE(stage.find("sealProjectId")->property("text").toString(), QStringLiteral("P-1")); // what was typed stays
        QCOMPARE(stage.find("sealProjectName")->property("text").toString(), QStringLiteral("Bridge"));
        for (const char *over : {"2020-01-15 09:30", "2026-13-01 09:30"}) {
            stage.find("sealOpening")->setProperty("text", QLatin1String(over));
            QVERIFY(!stage.find("sealNow")->isEnabled());
        }
        stage.find("sealOpening")->setProperty("text", QStringLiteral("2099-01-15 09:30"));
        QVERIFY(stage.find("sealNow")->isEnabled());
        model->begin({});
        QVERIFY(model->soleReason().isEmpty()); // the next bid has its own
    }
    void seal_draggedOntoThePage_standsThere_andIsMovedByMouseAndKeyboard()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.stamp();
        model->remove(1);
        model->remove(0);
        stage.screens.show(DeskScreens::Stamp);
        stage.window->setHeight(1400); // all of it is seen
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        stage.window->requestActivate();
        QTest::qWait(50);
        const auto at = [&](const char *name, double x, double y) { return stage.find(name)->mapToScene({x, y}).toPoint(); };
        const auto drag = [&](QPoint from, QPoint to) {
            QTest::mousePress(stage.window, Qt::LeftButton, {}, from);
            for (int step = 1; step <= 10; ++step)
                QTest::mouseMove(stage.window, from + (to - from) * step / 10);
            QTest::mouseRelease(stage.window, Qt::LeftButton, {}, to);
        };
        const auto stamp = [model](int i) { return model->stamps().at(i).value<desk_app::StampView>(); };
        const double scale = stage.find("stampPaper")->width() / 210;
        drag(at("stampSeal0", 40, 40), at("stampPaper", 100 * scale, 150 * scale));
        QCOMPARE(model->stamps().size(), 1);
        QVERIFY2(qAbs(stamp(0).left - 80) < 1 && qAbs(stamp(0).top - 130) < 1, qPrintable(QStringLiteral("%1 %2").arg(stamp(0).left).arg(stamp(0).top)));
        drag(at("stampSeal1", 40, 40), at("stampSeal1", 60, 60)); // not on the page
        QCOMPARE(model->stamps().size(), 1);

        drag(at("stampMark0", 20 * scale, 20 * scale), at("stampMark0", 40 * scale, 10 * scale));
        QVERIFY2(qAbs(stamp(0).left - 100) < 2 && qAbs(stamp(0).top - 120) < 2, qPrintable(QStringLiteral("%1 %2").arg(stamp(0).left).arg(stamp(0).top)));
        const double left = stamp(0).left, top = stamp(0).top;
        QTRY_VERIFY(stage.find("stampMark0")->hasActiveFocus());
        QTest::keyClick(stage.window, Qt::Key_Left);
        QTest::keyClick(stage.window, Qt::Key_Down, Qt::ShiftModifier); // the item was made anew, and has the focus
        QCOMPARE(stamp(0).left, left - 1);
        QCOMPARE(stamp(0).top, top + 10);
        QTest::keyClick(stage.window, Qt::Key_Delete);
        QVERIFY(model->stamps().isEmpty());

        QTest::mouseClick(stage.window, Qt::LeftButton, {}, at("stampSeal1", 40, 40)); // as by Enter
        QCOMPARE(model->stamps().size(), 1);
        const auto clicked = stamp(0);
        QVERIFY(clicked.left > 100 && clicked.top > 200);
        model->remove(0);
        QTest::qWait(50); // the seals are made anew with each change
        stage.find("stampSeal1")->forceActiveFocus();
        QTest::keyClick(stage.window, Qt::Key_Return);
        QCOMPARE(stamp(0).left, clicked.left);
        QCOMPARE(stamp(0).top, clicked.top);
        QCOMPARE(model->stamps().size(), 1);
        QCOMPARE(stamp(0).seal, 1);
        desk_app::StampWish wish;
        QObject::connect(model, &desk_app::StampModel::stampAsked, [&wish](const desk_app::StampWish &asked) { wish = asked; });
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampAll0"), "clicked"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampNow"), "clicked"));
        QCOMPARE(wish.documents.size(), std::size_t{1});
        QCOMPARE(wish.documents[0].places.size(), std::size_t{1});
        QCOMPARE(wish.documents[0].places[0].pages.size(), std::size_t{12});
        QCOMPARE(wish.documents[0].ridings.size(), std::size_t{1});
    }
    // In the window as it opens the page stands below the seals, and its foot is not seen.
    void seal_draggedToThePagesFoot_findsIt_andIsNotDroppedOnTheButton()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.stamp();
        model->remove(1);
        model->remove(0);
        stage.screens.show(DeskScreens::Stamp);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        stage.window->requestActivate();
        QTest::qWait(50);
        const auto at = [&](const char *name, double x, double y) { return stage.find(name)->mapToScene({x, y}).toPoint(); };
        auto *scroll = stage.find("scroll");
        auto *paper = stage.find("stampPaper");
        const auto bottomOf = [](QQuickItem *item) { return item->mapToScene({0, item->height()}).y(); };
        const double scale = paper->width() / 210;
        const QPoint seal = at("stampSeal0", 40, 40);
        QVERIFY(bottomOf(paper) > bottomOf(scroll));
        const auto moveTo = [&](QPoint from, QPoint to) {
            for (int step = 1; step <= 10; ++step)
                QTest::mouseMove(stage.window, from + (to - from) * step / 10);
        };

        // Over the button, where the page goes on beneath: nothing is put, and nothing is asked for.
        QSignalSpy asked(model, &desk_app::StampModel::stampAsked);
        const QPoint button = at("stampNow", 100, 20);
        QTest::mousePress(stage.window, Qt::LeftButton, {}, seal);
        moveTo(seal, button);
        QVERIFY(paper->contains(paper->mapFromScene(button)));
        QTest::mouseRelease(stage.window, Qt::LeftButton, {}, button);
        QVERIFY(model->stamps().isEmpty() && asked.isEmpty());

        scroll->setProperty("contentY", 0);
        const QPoint edge(seal.x(), static_cast<int>(bottomOf(scroll)) - 4);
        QTest::mousePress(stage.window, Qt::LeftButton, {}, seal);
        moveTo(seal, edge);
        QTRY_VERIFY(bottomOf(paper) <= bottomOf(scroll)); // as long as it is held there
        stage.shot(QStringLiteral("stamp-dragged"));
        const QPoint rest(edge.x(), edge.y() / 2); // where nothing scrolls on while one looks where the foot is
        moveTo(edge, rest);
        const QPoint foot = at("stampPaper", 150 * scale, 270 * scale);
        moveTo(rest, foot);
        QTest::mouseRelease(stage.window, Qt::LeftButton, {}, foot);
        QCOMPARE(model->stamps().size(), 1);
        const auto stamp = [model] { return model->stamps().at(0).value<desk_app::StampView>(); };
        QVERIFY2(qAbs(stamp().left - 130) < 2 && qAbs(stamp().top - 250) < 2, qPrintable(QStringLiteral("%1 %2").arg(stamp().left).arg(stamp().top)));

        // What stands there is dragged up again, against the upper edge.
        QTRY_VERIFY(stage.find("stampMark0") && stage.find("stampMark0")->isVisible());
        QTest::qWait(50);
        const double before = scroll->property("contentY").toDouble();
        const QPoint mark = at("stampMark0", 20 * scale, 20 * scale);
        const QPoint top(mark.x(), static_cast<int>(scroll->mapToScene({0, 0}).y()) + 4);
        QTest::mousePress(stage.window, Qt::LeftButton, {}, mark);
        moveTo(mark, top);
        QTRY_VERIFY(scroll->property("contentY").toDouble() < before - 60);
        const double middle = paper->mapFromScene(top).y() / scale;
        QTest::mouseRelease(stage.window, Qt::LeftButton, {}, top);
        QVERIFY2(stamp().top < 230 && stamp().top <= qMax(0.0, middle - 20) + 5, qPrintable(QStringLiteral("%1 %2").arg(stamp().top).arg(middle)));
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void files_thatCannotBeTaken_areNamed_onTheCodeAndOnTheFailure_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void files_thatCannotBeTaken_areNamed_onTheCodeAndOnTheFailure()
    {
        QFETCH(QString, language);
        Stage stage(language);
        const auto one = [](const char *name, int problem) { return QVariant::fromValue(shell::FileProblemView{QString::fromUtf8(name), problem}); };
        const QVariantList files{one("投标文件夹", 604), one("b.hufu", 614), one("c.hufu", 606), one("d.hufu", 604), one("e.hufu", 604)};
        stage.screens.show(DeskScreens::Qr);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTRY_VERIFY(stage.find("qrLeftOut"));
        QVERIFY(!stage.find("qrLeftOut")->isVisible());
        stage.screens.qr()->showLeftOut(files);
        QVERIFY(stage.find("qrLeftOut")->isVisible());
        const QString said = stage.find("qrLeftOut")->property("text").toString();
        QVERIFY2(said.contains(QStringLiteral("投标文件夹  HF-604")) && said.contains(QStringLiteral("c.hufu")) && !said.contains(QStringLiteral("d.hufu")), qPrintable(said));
        QTest::qWait(50);
        stage.shot(QStringLiteral("qr-left-out-") + language);
        stage.screens.error()->show(604, true);
        stage.screens.show(DeskScreens::Error);
        QTRY_VERIFY(stage.find("errorFiles"));
        QVERIFY(!stage.find("errorFiles")->isVisible());
        stage.screens.error()->showFiles(files);
        QVERIFY(stage.find("errorFiles")->isVisible());
        QTRY_COMPARE(stage.find("errorFile0")->property("text").toString(), QStringLiteral("投标文件夹"));
        QVERIFY(stage.find("errorFile4"));
        QTest::qWait(50);
        stage.shot(QStringLiteral("error-files-") + language);
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void results_severalOrOne_sayTheirFolder_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void results_severalOrOne_sayTheirFolder()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.outcome();
        const QString folder = QStringLiteral("/home/lin/投标文件 #1/a folder with a long name, in which the results of today lie");
        model->show(QStringLiteral("decrypt"), {}, folder + QStringLiteral("/a.pdf"), false, {});
        model->setBids({QVariant::fromValue(desk_app::BidView{QStringLiteral("a.hufu"), QStringLiteral("a.pdf"), 0}),
                        QVariant::fromValue(desk_app::BidView{QStringLiteral("b.hufu"), QStringLiteral("b.pdf"), 0})});
        stage.screens.show(DeskScreens::Outcome);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTRY_VERIFY(stage.find("resultFolder") && stage.find("resultFolder")->isVisible());
        QCOMPARE(stage.find("resultFolder")->property("text").toString(), folder);
        QVERIFY(stage.find("resultFolderOpen")->isVisible() && !stage.find("resultFolderFailed")->isVisible());
        QCOMPARE(model->address().toLocalFile(), folder);
        stage.shot(QStringLiteral("outcome-folder-") + language);
        model->setBids({}); // of one file the page says the whole path already
        QVERIFY(!stage.find("resultFolder")->isVisible() && stage.find("resultFolderOpen")->isVisible());
        model->show(QStringLiteral("login"), QStringLiteral("林晓燕"), {}, false, {});
        QVERIFY(!stage.find("resultFolderOpen")->isVisible());
        desk_app::Record record;
        record.act = QStringLiteral("seal");
        record.items = {{QStringLiteral("a.pdf"), QStringLiteral("a-sealed.pdf"), 0}};
        desk_app::Record nothing = record;
        record.folder = folder;
        stage.screens.history()->show({record, nothing});
        for (const int at : {0, 1}) {
            stage.screens.history()->open(stage.screens.history()->records().at(at).value<desk_app::RecordView>());
            QTRY_VERIFY(stage.find("resultFolderOpen") && stage.find("resultFolderOpen")->isVisible() == (at == 0));
        }
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void pages_typed_areWhatIsStamped_withoutEnter_andWrongOnesHoldTheButton_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void pages_typed_areWhatIsStamped_withoutEnter_andWrongOnesHoldTheButton()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.stamp();
        stage.screens.show(DeskScreens::Stamp);
        stage.window->setHeight(1900); // all of it is seen
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        stage.window->requestActivate();
        QTRY_VERIFY(stage.find("stampPages0"));
        const auto stamp = [model] { return model->stamps().at(0).value<desk_app::StampView>(); };
        model->onAllPages(0);
        auto *field = stage.find("stampPages0");
        stage.find("stampMark0")->forceActiveFocus(); // whose item is made anew, and would take the keyboard back
        field->forceActiveFocus();
        QTRY_VERIFY(field->hasActiveFocus());
        QTest::keyClick(stage.window, Qt::Key_A, Qt::ControlModifier);
        for (const char key : {'1', '-', '5'}) {
            QTest::keyClick(stage.window, key);
            QVERIFY(stage.find("stampPages0") == field && field->hasActiveFocus());
        }
        QCOMPARE(field->property("text").toString(), QStringLiteral("1-5"));
        QCOMPARE(stamp().pages, QStringLiteral("1-5"));
        QVERIFY(stage.find("stampNow")->isEnabled() && !stage.find("stampHint")->isVisible());
        QTest::keyClick(stage.window, ',');
        QVERIFY(stamp().wrong && !stage.find("stampNow")->isEnabled() && stage.find("stampHint")->isVisible());
        stage.shot(QStringLiteral("stamp-pages-wrong-") + language);
        QTest::keyClick(stage.window, Qt::Key_Backspace);
        QVERIFY(stage.find("stampNow")->isEnabled() && field->hasActiveFocus());
        desk_app::StampWish wish;
        QObject::connect(model, &desk_app::StampModel::stampAsked, [&wish](const desk_app::StampWish &asked) { wish = asked; });
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampNow"), "clicked"));
        QCOMPARE(wish.documents.at(0).places.at(0).pages, (std::vector<int>{1, 2, 3, 4, 5}));
        model->remove(1); // the rows are as many as the stamps
        model->remove(0);
        QTRY_VERIFY(!stage.find("stampPages0"));
        model->setRiding(0, false);
        QVERIFY(stage.find("stampHint")->isVisible() && !model->ready()); // no seal at all
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN");
        QTest::newRow("en") << QStringLiteral("en");
    }
    void electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.stamp();
        while (!model->stamps().isEmpty())
            model->remove(0);
        model->setRiding(0, false);
        model->setRiding(1, false);
        stage.screens.show(DeskScreens::Stamp);
        stage.window->setHeight(1600); // all of it is seen
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QVERIFY(model->place(0, 100, 100));
        QVERIFY(model->place(1, 100, 200));
        auto *box = stage.find("stampElectronic");
        const auto press = [&] { QTest::mouseClick(stage.window, Qt::LeftButton, {}, box->mapToScene({12, box->height() / 2}).toPoint()); };
        press();
        QVERIFY(model->electronic());
        QVERIFY(stage.find("stampTooMany")->isVisible() && !stage.find("stampNow")->isEnabled());
        stage.shot(QStringLiteral("stamp-electronic-") + language);
        model->remove(1);
        QVERIFY(!stage.find("stampTooMany")->isVisible() && stage.find("stampNow")->isEnabled());
        desk_app::StampWish wish;
        QObject::connect(model, &desk_app::StampModel::stampAsked, [&wish](const desk_app::StampWish &asked) { wish = asked; });
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampNow"), "clicked"));
        QVERIFY(wish.electronic);
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void documents_several_areStampedByOneApproval_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void documents_several_areStampedByOneApproval()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.stamp();
        tests::fillStamp(*model, {QStringLiteral("/home/lin/技术标.pdf"), QStringLiteral("/home/lin/加密的附件.pdf")});
        model->showDocument(1, std::vector<QSizeF>(3, QSizeF(210, 297)), 0);
        model->showProblem(2, 621);
        while (!model->stamps().isEmpty())
            model->remove(0);
        model->setRiding(0, false);
        model->setRiding(1, false);
        stage.screens.show(DeskScreens::Stamp);
        stage.window->setHeight(1700); // all of it is seen
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QVERIFY(model->place(0, 150, 240));
        QTRY_VERIFY(stage.find("stampLastOfAll0"));
        QVERIFY(!stage.find("stampNow")->isEnabled() && stage.find("stampHint")->isVisible()); // the second has no seal yet
        stage.shot(QStringLiteral("stamp-several-one-missing-") + language);
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampLastOfAll0"), "clicked"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampRideAll0"), "clicked"));
        QVERIFY(stage.find("stampNow")->isEnabled() && stage.find("stampHint")->isVisible()); // and the third cannot have one
        QTest::qWait(50); // the rows are laid out
        auto *second = stage.find("stampDocument1");
        QTest::mouseClick(stage.window, Qt::LeftButton, {}, second->mapToScene({20, second->height() / 2}).toPoint());
        QCOMPARE(model->file(), QStringLiteral("技术标.pdf"));
        QCOMPARE(model->stamps().at(0).value<desk_app::StampView>().pages, QStringLiteral("3"));
        stage.shot(QStringLiteral("stamp-several-") + language);
        // On a wide window all of the page is seen beside the seals.
        stage.window->resize(1200, 800);
        QTRY_VERIFY(stage.find("stampPaper")->mapToScene({0, 0}).x() > 600);
        auto *paper = stage.find("stampPaper");
        QTRY_VERIFY(paper->mapToScene({0, paper->height()}).y() <= stage.find("stampNow")->mapToScene({0, 0}).y() && paper->height() > 400);
        QVERIFY(stage.find("stampNow")->mapToScene({0, stage.find("stampNow")->height()}).y() <= 800);
        stage.shot(QStringLiteral("stamp-wide-") + language);
        desk_app::StampWish wish;
        QObject::connect(model, &desk_app::StampModel::stampAsked, [&wish](const desk_app::StampWish &asked) { wish = asked; });
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampNow"), "clicked"));
        QVERIFY(wish.documents.size() == 3 && wish.documents[1].ridings.size() == 1 && wish.documents[2].places.empty());
        QVERIFY(QMetaObject::invokeMethod(stage.find("stampDrop2"), "clicked"));
        QCOMPARE(model->documents().size(), 2);
        stage.screens.outcome()->show(QStringLiteral("seal"), QStringLiteral("林晓燕"), QStringLiteral("/home/lin/商务标_投标函-sealed.pdf"), false, {});
        stage.screens.outcome()->setBids({QVariant::fromValue(desk_app::BidView{QStringLiteral("商务标_投标函.pdf"), QStringLiteral("商务标_投标函-sealed.pdf"), 0}),
                                          QVariant::fromValue(desk_app::BidView{QStringLiteral("技术标.pdf"), {}, 209}),
                                          QVariant::fromValue(desk_app::BidView{QStringLiteral("加密的附件.pdf"), {}, 621})});
        stage.screens.show(DeskScreens::Outcome);
        stage.shot(QStringLiteral("stamped-several-") + language);
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void bids_due_areOpenedFromTheStatusPage_andWithdrawnOnlyAfterALook()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.bids();
        QCOMPARE(model->bids().size(), 3);
        QVERIFY(stage.find("sealedBidOpen0")->isVisible());
        QVERIFY(!stage.find("sealedBidOpen1")->isVisible());
        QVERIFY(!stage.find("sealedBidWithdraw2")->isVisible()); // sealed by somebody else
        QStringList asked;
        QObject::connect(model, &desk_app::BidListModel::withdrawalAsked, [&](const QString &id) { asked << id; });
        QVERIFY(QMetaObject::invokeMethod(stage.find("sealedBidWithdraw1"), "clicked"));
        QVERIFY(asked.isEmpty());
        QVERIFY(QMetaObject::invokeMethod(stage.find("sealedBidKeep1"), "clicked"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("sealedBidWithdraw1"), "clicked"));
        QVERIFY(asked.isEmpty());
        QVERIFY(QMetaObject::invokeMethod(stage.find("sealedBidWithdraw1"), "clicked"));
        QCOMPARE(asked, QStringList{QString(64, QLatin1Char('3'))});
        QVERIFY(!stage.find("sealedBidKept1")->isVisible());
        model->keep(asked.front(), 907);
        QTRY_VERIFY(stage.find("sealedBidKept1")->isVisible());
        QVERIFY(!stage.find("sealedBidKept0")->isVisible());
        model->fail(500); // the old list stays, with a word
        QCOMPARE(model->bids().size(), 3);
        model->clear();
        QVERIFY(model->bids().isEmpty());
    }
    void bids_inVeryLargeType_keepTheirButtonsInTheWindow_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void bids_inVeryLargeType_keepTheirButtonsInTheWindow()
    {
        QFETCH(QString, language);
        Stage stage(language);
        shell::Settings::of(stage.engine)->setTextPercent(200);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QVERIFY(QMetaObject::invokeMethod(stage.find("sealedBidWithdraw1"), "clicked")); // with the question as well
        for (const int width : {stage.window->width(), 400}) {
            stage.window->setWidth(width);
            QTest::qWait(50);
            for (const char *name : {"sealedBidOpen0", "sealedBidWithdraw0", "sealedBidKeep1", "sealedBidWithdraw1"}) {
                auto *button = stage.find(name);
                QVERIFY2(button->isVisible() && button->width() > 40, name);
                QVERIFY2(button->mapToScene({button->width(), 0}).x() <= width && button->mapToScene({0, 0}).x() >= 0, name);
            }
            // None of them over another one.
            auto *open = stage.find("sealedBidOpen0"), *withdraw = stage.find("sealedBidWithdraw0");
            QVERIFY(!open->mapRectToScene(open->boundingRect()).intersects(withdraw->mapRectToScene(withdraw->boundingRect())));
        }
        stage.shot(QStringLiteral("bids-large-") + language);
        shell::Settings::of(stage.engine)->setTextPercent(100);
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void bids_whileNothingWouldOpen_sayWhy_data()
    {
        QTest::addColumn<bool>("away");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("said");
        QTest::newRow("away-en") << true << QStringLiteral("en") << QStringLiteral("The server does not answer: nothing opens now");
        QTest::newRow("away-zh_CN") << true << QStringLiteral("zh_CN") << QStringLiteral("服务器没有回应：现在无法解密");
        QTest::newRow("clock-en") << false << QStringLiteral("en") << QStringLiteral("This computer's clock is wrong: nothing opens until it is set");
        QTest::newRow("clock-zh_CN") << false << QStringLiteral("zh_CN") << QStringLiteral("这台电脑的时间不对：校准之前无法解密");
    }
    void bids_whileNothingWouldOpen_sayWhy()
    {
        QFETCH(bool, away);
        QFETCH(QString, language);
        QFETCH(QString, said);
        Stage stage(language);
        stage.window->setHeight(1200);
        auto *model = stage.screens.bids();
        stage.screens.status()->setServer(away ? desk_app::StatusModel::Bad : desk_app::StatusModel::Good, away ? 500 : 0, 0);
        if (!away) stage.screens.status()->setClock(desk_app::StatusModel::Bad, -1234);
        model->setStanding(away, !away);
        model->keep(QString(64, QLatin1Char('3')), 907);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        for (const char *row : {"sealedBidLight0", "sealedBidLight1"})
            QTRY_COMPARE(stage.find(row)->property("text").toString(), said);
        QVERIFY(stage.find("sealedBidLight2")->property("text").toString() != said); // only others can open it
        QTest::qWait(50);
        stage.shot(QStringLiteral("bids-") + QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void approval_onThePhone_isCountedDown_withAWordInTheLastMinute_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void approval_onThePhone_isCountedDown_withAWordInTheLastMinute()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.qr();
        model->begin(QStringLiteral("decrypt"), QStringLiteral("a.hufu"), 20);
        stage.screens.show(DeskScreens::Qr);
        model->showStage(QrModel::Claimed, false);
        QVERIFY(!stage.find("qrCountdown")->isVisible()); // gone on with: nobody knows here since when
        QVERIFY(stage.find("qrClosed")->isVisible()); // the only thing that helps whoever's phone has died
        model->showUserTime(300);
        model->showCode(QImage(), 241);
        QVERIFY(stage.find("qrCountdown")->isVisible() && !stage.find("qrLastMinute")->isVisible());
        QVERIFY(stage.find("qrCountdown")->property("text").toString().contains(QStringLiteral("4:01")));
        model->showCode(QImage(), 42);
        QVERIFY(stage.find("qrLastMinute")->isVisible());
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("claimed-last-minute-") + language);
        model->showStage(QrModel::Finishing, false);
        QVERIFY(!stage.find("qrCountdown")->isVisible() && !stage.find("qrLastMinute")->isVisible());
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void files_tooMany_areCounted_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void files_tooMany_areCounted()
    {
        QFETCH(QString, language);
        Stage stage(language);
        stage.screens.error()->show(651, false, 0, {}, 3);
        stage.screens.show(DeskScreens::Error);
        QVERIFY(stage.find("errorTooMany")->isVisible());
        QVERIFY(stage.find("errorTooMany")->property("title").toString().contains(QLatin1Char('3')));
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("too-many-") + language);
        stage.screens.error()->show(651, false);
        QVERIFY(!stage.find("errorTooMany")->isVisible());
        stage.screens.show(DeskScreens::Seal);
        QVERIFY(!stage.find("sealTooMany")->isVisible());
        QList<QUrl> files;
        for (int i = 0; i < 64; ++i)
            files << QUrl::fromLocalFile(QStringLiteral("/home/lin/%1.pdf").arg(i));
        stage.screens.seal()->addFiles(files);
        QVERIFY(stage.find("sealTooMany")->isVisible());
        QTest::qWait(50);
        stage.shot(QStringLiteral("seal-too-many-") + language);
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void rest_ofAResult_isOneButtonAway_andEachRowSaysWhatToDo_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void rest_ofAResult_isOneButtonAway_andEachRowSaysWhatToDo()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.outcome();
        stage.screens.show(DeskScreens::Outcome);
        QVERIFY(!stage.find("outcomeRest")->isVisible());
        using desk_app::BidView;
        model->show(QStringLiteral("decrypt"), {}, {}, false, {});
        model->setBids({QVariant::fromValue(BidView{QStringLiteral("a.hufu"), QStringLiteral("a.pdf"), 0}), QVariant::fromValue(BidView{QStringLiteral("b.hufu"), {}, 611}),
                        QVariant::fromValue(BidView{QStringLiteral("c.hufu"), {}, 614})});
        QTRY_VERIFY(stage.find("outcomeExplain2"));
        QVERIFY(!stage.find("outcomeExplain0")->isVisible() && stage.find("outcomeExplain1")->isVisible());
        QVERIFY(stage.find("outcomeRest")->isVisible());
        QVERIFY(stage.find("outcomeRest")->property("text").toString().contains(QLatin1Char('2')));
        QSignalSpy asked(model, &desk_app::OutcomeModel::restAsked);
        QVERIFY(QMetaObject::invokeMethod(stage.find("outcomeRest"), "clicked"));
        QCOMPARE(asked.size(), 1);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("outcome-rest-") + language);
        for (const char *act : {"sign", "seal", "encrypt"}) {
            model->show(QLatin1String(act), {}, {}, false, {});
            model->setBids({QVariant::fromValue(BidView{QStringLiteral("a"), QStringLiteral("b"), 0}), QVariant::fromValue(BidView{QStringLiteral("c"), {}, 209})});
            QVERIFY(stage.find("outcomeTitle")->property("text").toString().count(QLatin1Char('1')) == 1);
        }
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    // An unsigned envelope opens as well as a signed one: what the person is to know of it stands beside the file, to be read and to be heard.
    void outcome_ofAnOpening_saysOfEachFileWhoHasSealedIt_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void outcome_ofAnOpening_saysOfEachFileWhoHasSealedIt()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.outcome();
        stage.screens.show(DeskScreens::Outcome);
        using desk_app::BidView;
        const QString who = QStringLiteral("远山工程有限公司 · 赵六");
        const QStringList standings{QStringLiteral("good"), QStringLiteral("unchecked"), QStringLiteral("revokedSince"), QStringLiteral("outOfDate"), QStringLiteral("revoked"), QStringLiteral("nobody"), QString()};
        QVariantList bids;
        for (const QString &standing : standings)
            bids.append(QVariant::fromValue(BidView{QStringLiteral("a.hufu"), QStringLiteral("a.pdf"), 0, {}, false, standing, standing == QLatin1String("nobody") ? QString() : who}));
        model->show(QStringLiteral("decrypt"), {}, {}, false, {});
        model->setBids(bids);
        QTRY_VERIFY(stage.find("outcomeSender6"));
        QStringList said;
        for (int i = 0; i < standings.size(); ++i) {
            QQuickItem *line = stage.find(qPrintable(QStringLiteral("outcomeSender%1").arg(i)));
            QCOMPARE(line->isVisible(), i < 6);
            said << line->property("text").toString();
            QCOMPARE(said.last().contains(who), i < 5);
            if (i < 6) QCOMPARE(QAccessible::queryAccessibleInterface(line)->text(QAccessible::Name), said.last());
        }
        QCOMPARE(said.removeDuplicates(), 0);
        QCOMPARE(said[0], (language == QLatin1String("en") ? QStringLiteral("Sealed by %1") : QStringLiteral("加密人：%1")).arg(who));
        QVERIFY(said[6].isEmpty());
        QVERIFY(stage.find("outcomeSender4")->property("color") == stage.find("outcomeSender5")->property("color"));
        QVERIFY(stage.find("outcomeSender0")->property("color") != stage.find("outcomeSender5")->property("color"));
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("outcome-senders-") + language);
        // A single file of other software's has no list of files, and no signature.
        model->show(QStringLiteral("decrypt"), {}, QStringLiteral("a.pdf"), false, {});
        QVERIFY(stage.find("outcomeText")->property("text").toString().endsWith(said[5]));
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    // The same damaged file comes to the same end: no scan and no PIN for it.
    void rest_ofDamagedFilesAlone_isChosenAgain_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void rest_ofDamagedFilesAlone_isChosenAgain()
    {
        QFETCH(QString, language);
        Stage stage(language);
        auto *model = stage.screens.outcome();
        stage.screens.show(DeskScreens::Outcome);
        using desk_app::BidView;
        const QVariant done = QVariant::fromValue(BidView{QStringLiteral("a.hufu"), QStringLiteral("a.pdf"), 0});
        const QVariant damaged = QVariant::fromValue(BidView{QStringLiteral("b.hufu"), {}, 614, {}, true});
        model->show(QStringLiteral("decrypt"), {}, {}, false, {});
        model->setBids({done, damaged, QVariant::fromValue(BidView{QStringLiteral("c.hufu"), {}, 611})});
        QVERIFY(stage.find("outcomeRest")->isVisible() && !stage.find("outcomeChoose")->isVisible());
        QVERIFY(stage.find("outcomeRest")->property("text").toString().contains(QLatin1Char('1')));
        model->setBids({done, damaged});
        QVERIFY(!stage.find("outcomeRest")->isVisible() && stage.find("outcomeChoose")->isVisible());
        QVERIFY(stage.find("outcomeDone")->property("kind") != stage.find("outcomeChoose")->property("kind"));
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("outcome-choose-") + language);
        model->setBids({done, damaged, damaged});
        QVERIFY(stage.find("outcomeChoose")->property("text").toString().contains(QLatin1Char('2')));
        model->show(QStringLiteral("seal"), {}, {}, false, {});
        model->setBids({done, QVariant::fromValue(BidView{QStringLiteral("b.pdf"), {}, 620, {}, true})});
        QVERIFY(stage.find("outcomeChoose")->isVisible());
        model->show(QStringLiteral("sign"), {}, {}, false, {}); // of what is too large for a bare signature there is nothing else to choose
        model->setBids({done, QVariant::fromValue(BidView{QStringLiteral("b.bin"), {}, 605, {}, true})});
        QVERIFY(!stage.find("outcomeRest")->isVisible() && !stage.find("outcomeChoose")->isVisible());
        QCOMPARE(stage.find("outcomeDone")->property("kind"), stage.find("outcomeRest")->property("kind"));
        QVERIFY(tests::WarningWatch::take().isEmpty());
    }
    void enrolment_ofADeskThatStartsWithTheComputer_saysSo_data() { electronicSignature_ofTwoSeals_waitsUntilOneIsTakenOff_data(); }
    void enrolment_ofADeskThatStartsWithTheComputer_saysSo()
    {
        QFETCH(QString, language);
        Stage stage(language);
        stage.screens.outcome()->show(QStringLiteral("enrol"), {}, {}, false, {});
        stage.screens.show(DeskScreens::Outcome);
        QVERIFY(!stage.find("outcomeAutostart")->isVisible());
        stage.screens.settings()->setAutostart(true);
        QVERIFY(stage.find("outcomeAutostart")->isVisible());
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        stage.shot(QStringLiteral("enrolled-autostart-") + language);
        stage.screens.outcome()->show(QStringLiteral("login"), {}, {}, false, {});
        QVERIFY(!stage.find("outcomeAutostart")->isVisible());
    }
    void words_forACase_areKeptUntilTheyAreSent()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.support();
        stage.screens.show(DeskScreens::Help);
        QTRY_VERIFY(stage.find("caseWords"));
        stage.find("caseWords")->setProperty("text", QStringLiteral("It stays dark"));
        QTRY_COMPARE(model->words(), QStringLiteral("It stays dark"));
        stage.screens.show(DeskScreens::Diagnosis);
        QTRY_VERIFY(!stage.find("caseWords"));
        stage.screens.show(DeskScreens::Help);
        QTRY_VERIFY(stage.find("caseWords"));
        QCOMPARE(stage.find("caseWords")->property("text").toString(), QStringLiteral("It stays dark"));
        model->answer({}, 500); // it did not go
        QCOMPARE(model->words(), QStringLiteral("It stays dark"));
        model->answer(QStringLiteral("HC-00000042"), 0);
        QVERIFY(model->words().isEmpty());
    }
    void history_isSearched_openedAndDeletedOnlyAfterALook()
    {
        Stage stage(QStringLiteral("en"));
        auto *model = stage.screens.history();
        stage.screens.visit(DeskScreens::History);
        QCOMPARE(stage.screens.page(), DeskScreens::History);
        stage.find("historySearch")->setProperty("text", QStringLiteral("HF-209"));
        QTRY_VERIFY(stage.find("historyRow0") && !stage.find("historyRow1"));
        stage.find("historySearch")->setProperty("text", QStringLiteral("技术标.PDF.hufu"));
        QTRY_VERIFY(stage.find("historyRow0") && !stage.find("historyRow1"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("historyRow0"), "clicked"));
        QCOMPARE(stage.screens.page(), DeskScreens::Record);
        QCOMPARE(model->record().act, QStringLiteral("decrypt"));
        QTRY_VERIFY(stage.find("recordItemExplain1"));
        QVERIFY(stage.find("recordItemExplain1")->isVisible() && !stage.find("recordItemExplain0")->isVisible());
        QVERIFY(stage.find("recordSender0")->isVisible() && !stage.find("recordSender1")->isVisible());
        QCOMPARE(stage.find("recordSender0")->property("text").toString(), QStringLiteral("Sealed by 远山工程有限公司 · 赵六"));
        model->closeRecord();
        QCOMPARE(stage.screens.page(), DeskScreens::History);
        int cleared = 0;
        QObject::connect(model, &desk_app::HistoryModel::clearAsked, [&] { ++cleared; });
        QTRY_VERIFY(stage.find("historyClear"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("historyClear"), "clicked"));
        QCOMPARE(cleared, 0);
        QVERIFY(QMetaObject::invokeMethod(stage.find("historyClear"), "clicked"));
        QCOMPARE(cleared, 1);
    }
    void storage_isSaidInGigabytes_inOneSentence_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN") << QStringList{QStringLiteral("可以写入，剩余 78 GB"), QStringLiteral("不能写入，或几乎没有剩余空间：0.2 GB"), QStringLiteral("可以写入")};
        QTest::newRow("en") << QStringLiteral("en") << QStringList{QStringLiteral("Can be written, 78 GB free"), QStringLiteral("Cannot be written, or hardly anything is free: 0.2 GB"), QStringLiteral("Can be written")};
    }
    void storage_isSaidInGigabytes_inOneSentence()
    {
        QFETCH(QString, language);
        QFETCH(QStringList, words);
        Stage stage(language);
        using D = desk_app::DiagnosisModel;
        stage.screens.show(DeskScreens::Diagnosis);
        const QList<desk_app::FindingView> findings{{D::Storage, D::Good, 78'230'519'808.0, 0}, {D::Storage, D::Bad, 160'000'000.0, 611}, {D::Storage, D::Good, -1, 0}};
        for (int i = 0; i < 3; ++i) {
            stage.screens.diagnosis()->show({findings[i]}, {});
            QTRY_VERIFY(stage.find("finding0"));
            QTRY_COMPARE(stage.find("finding0")->property("detail").toString(), words[i]);
        }
    }
    // Qt's own dialog, which comes where the desktop has none: in the person's language, with a name and a button that can be pressed.
    void diagnosis_saved_isAskedForInTheLanguage_underASuggestedName_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN") << QStringList{QStringLiteral("文件名"), QStringLiteral("类型"), QStringLiteral("保存"), QStringLiteral("取消")};
        QTest::newRow("en") << QStringLiteral("en") << QStringList{QStringLiteral("File name"), QStringLiteral("Filter"), QStringLiteral("Save"), QStringLiteral("Cancel")};
    }
    void diagnosis_saved_isAskedForInTheLanguage_underASuggestedName()
    {
        QFETCH(QString, language);
        QFETCH(QStringList, words);
        Stage stage(language);
        const QUrl suggested = stage.screens.diagnosis()->suggested();
        QVERIFY(suggested.isLocalFile() && QFileInfo(QFileInfo(suggested.toLocalFile()).path()).isDir() && !QFileInfo::exists(suggested.toLocalFile()));
        stage.screens.show(DeskScreens::Diagnosis);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTRY_VERIFY(stage.find("diagnosisSave"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("diagnosisSave"), "clicked"));
        const std::function<QQuickItem *(QQuickItem *, const QString &)> saying = [&](QQuickItem *item, const QString &start) -> QQuickItem * {
            if (item->isVisible() && item->property("text").toString().startsWith(start)) return item;
            for (QQuickItem *child : item->childItems())
                if (QQuickItem *found = saying(child, start)) return found;
            return nullptr;
        };
        QTRY_VERIFY(saying(stage.window->contentItem(), QStringLiteral("hufu-desk-")));
        for (const QString &word : words)
            QVERIFY2(saying(stage.window->contentItem(), word), qPrintable(word));
        QVERIFY(saying(stage.window->contentItem(), words[2])->isEnabled());
        stage.shot(QStringLiteral("diagnosis-save-") + language);
    }
    void diagnosis_copied_isOnTheClipboard_andHelpIsReachedFromAnError()
    {
        Stage stage(QStringLiteral("en"));
        stage.screens.show(DeskScreens::Error);
        QTRY_VERIFY(stage.find("errorHelp"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("errorHelp"), "clicked"));
        QCOMPARE(stage.screens.page(), DeskScreens::Help);
        QTRY_VERIFY(stage.find("helpDiagnosis"));
        QVERIFY(QMetaObject::invokeMethod(stage.find("helpDiagnosis"), "clicked"));
        QCOMPARE(stage.screens.page(), DeskScreens::Diagnosis);
        QTRY_VERIFY(stage.find("diagnosisCopy"));
        QVERIFY(!stage.find("diagnosisCopied")->isVisible());
        QVERIFY(QMetaObject::invokeMethod(stage.find("diagnosisCopy"), "clicked"));
        QCOMPARE(QGuiApplication::clipboard()->text(), stage.screens.diagnosis()->report());
        QVERIFY(stage.find("diagnosisCopied")->isVisible());
        stage.screens.diagnosis()->close();
        QCOMPARE(stage.screens.page(), DeskScreens::Help);
        stage.screens.support()->close();
        QCOMPARE(stage.screens.page(), DeskScreens::Status);
    }
    void page_besides_isOpenedFromTheFirstAlone()
    {
        Stage stage(QStringLiteral("en"));
        for (const char *name : {"statusHistory", "statusSettings", "statusHelp"}) {
            QVERIFY(QMetaObject::invokeMethod(stage.find(name), "clicked"));
            QVERIFY(stage.screens.page() != DeskScreens::Status);
            stage.screens.show(DeskScreens::Status);
        }
        stage.screens.show(DeskScreens::Qr); // an errand is under way
        stage.screens.visit(DeskScreens::History);
        QCOMPARE(stage.screens.page(), DeskScreens::Qr);
        stage.screens.show(DeskScreens::Status);
        stage.screens.visit(DeskScreens::Error);
        QCOMPARE(stage.screens.page(), DeskScreens::Status);
    }
    void qr_copied_isReadByTheEye()
    {
        Stage stage(QStringLiteral("zh_CN"));
        stage.screens.show(DeskScreens::Qr);
        stage.screens.qr()->copy();
        const auto text = eye::readCode(QGuiApplication::clipboard()->image(), "HUFU:1:");
        QVERIFY(text && *text == "HUFU:1:" + std::string(176, 'Q'));
    }
    void qr_claimed_hidesTheCode()
    {
        Stage stage(QStringLiteral("zh_CN"));
        stage.screens.show(DeskScreens::Qr);
        stage.screens.qr()->showStage(QrModel::Claimed, false);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QTest::qWait(50);
        QVERIFY(eye::readCodes(stage.window->grabWindow()).empty());
    }
    // Three wrong ones end the session: whoever is wrong has to see it, without scrolling, in the smallest window.
    void digits_wrong_areSaidAboveTheField_andTypedAnew_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        for (const char *language : {"zh_CN", "en"})
            for (const QSize &size : {QSize(460, 780), QSize(400, 600)})
                QTest::addRow("desk-digits-%s-%dx%d", language, size.width(), size.height()) << QString::fromLatin1(language) << size;
    }
    void digits_wrong_areSaidAboveTheField_andTypedAnew()
    {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        Stage stage(language);
        stage.window->resize(size);
        QrModel *model = stage.screens.qr();
        stage.screens.show(DeskScreens::Qr);
        model->showUserTime(120);
        model->showStage(QrModel::Claimed, true);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window));
        QQuickItem *scroll = stage.find("scroll"), *field = stage.find("digitsField"), *next = stage.find("digitsNext"), *problem = stage.find("problem"), *state = stage.find("qrState");
        const auto isSeen = [&](QQuickItem *item) {
            return item->isVisible() && scroll->boundingRect().contains(item->mapRectToItem(scroll, item->boundingRect()));
        };
        const auto send = [&](const char *digits) {
            field->setProperty("text", QString::fromLatin1(digits));
            return QMetaObject::invokeMethod(next, "clicked");
        };
        QSignalSpy typed(model, &QrModel::digitsTyped);
        QTRY_VERIFY(isSeen(state) && isSeen(field) && isSeen(next));
        QVERIFY(!problem->isVisible());
        for (const char *wrong : {"1111", "2222", "2222"}) { // told anew each time
            QVERIFY(send(wrong));
            QCOMPARE(typed.takeLast().first().toString(), QString::fromLatin1(wrong));
            model->showProblem(207);
            QTRY_VERIFY(isSeen(problem) && isSeen(field) && isSeen(next));
            QVERIFY(problem->mapRectToItem(scroll, problem->boundingRect()).bottom() <= field->mapRectToItem(scroll, field->boundingRect()).top());
            QCOMPARE(field->property("text").toString(), QString());
            QVERIFY(!next->isEnabled());
            QVERIFY(field->hasFocus());
        }
        QTest::qWait(50);
        stage.shot(QString::fromLatin1(QTest::currentDataTag()));
        field->setProperty("text", QStringLiteral("33"));
        QVERIFY(QMetaObject::invokeMethod(field, "accepted")); // too few
        QVERIFY(typed.isEmpty());
        QVERIFY(send("4444"));
        field->setProperty("text", QStringLiteral("55"));
        model->showProblem(207); // of what was sent, and not of what is being typed
        QCOMPARE(field->property("text").toString(), QStringLiteral("55"));
        QVERIFY(send("4071"));
        model->showProblem(500); // no fault of the digits
        QCOMPARE(field->property("text").toString(), QStringLiteral("4071"));
        QVERIFY(next->isEnabled());
        const auto warnings = tests::WarningWatch::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }
};

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    shell::prepareLook(app, "hufu-desk-test");
    TestDeskPages test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_desk_pages.moc"
