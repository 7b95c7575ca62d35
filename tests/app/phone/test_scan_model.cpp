// What the phone does with what its eye sees, or does not.
#include "app/phone/models/scan_model.h"
#include "platform/eye/drawing.h"
#include "platform/eye/reading.h"
#include "platform/eye/source.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using phone_app::Eye;
using phone_app::ScanModel;

namespace {

constexpr char kFrame[] = "HUFU:1:ABCDEF";

// Reads real pixels; what it looks at is the test's.
Eye readingEye()
{
    Eye eye;
    eye.bytes = [](const QByteArray &bytes) { return eye::BytesSource(bytes).next(); };
    eye.read = [](const QImage &picture, std::string_view prefix) { return eye::readCode(picture, prefix); };
    eye.look = [](const QImage &frame, const Eye::Seen &seen) { seen(eye::readCode(frame, "HUFU:")); };
    return eye;
}

QByteArray pngOf(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QImage code(const char *text)
{
    return *eye::drawCode(text, 4);
}

} // namespace

class TestScanModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void torchAndZoom_areTheCamerasAlone_andEndWithThePage()
    {
        QList<bool> torch;
        QList<double> zoom;
        Eye eye = readingEye();
        eye.torch = [&torch](bool on) { torch << on; };
        eye.zoom = [&zoom](double times) { zoom << times; };
        ScanModel without(eye);
        without.setTorch(true);
        without.setZoom(2);
        QVERIFY(!without.torchThere() && !without.torch() && torch.isEmpty());
        QCOMPARE(without.zoom(), 1.0);

        eye.hasTorch = true;
        eye.zoomMost = 4;
        zoom.clear();
        QRect looked;
        eye.everything = [] { return QRect(0, 0, 400, 200); };
        eye.screen = [&looked](const QRect &region) -> Result<QImage> {
            looked = region;
            return QImage(40, 20, QImage::Format_RGB32);
        };
        ScanModel model(eye);
        model.open();
        model.setTorch(true);
        model.setZoom(2);
        QVERIFY(model.torch());
        model.choosePart(QRectF(0, 0, 0.5, 0.5)); // of the middle half that is shown
        QCOMPARE(looked, QRect(100, 50, 100, 50));
        QCOMPARE(model.zoom(), 1.0);
        model.setZoom(9);
        QCOMPARE(model.zoom(), 4.0);
        model.close();
        QCOMPARE(torch, (QList<bool>{true, false}));
        QCOMPARE(zoom, (QList<double>{2, 1, 4, 1}));
        QVERIFY(!model.torch());
    }
    void screen_showingACode_isSeenAndLeft()
    {
        Eye eye = readingEye();
        int looks = 0;
        eye.screen = [&looks](const QRect &) -> Result<QImage> {
            return ++looks < 3 ? QImage(40, 40, QImage::Format_RGB32) : code(kFrame);
        };
        ScanModel model(eye);
        QSignalSpy seen(&model, &ScanModel::seen);
        model.open();
        QVERIFY(model.watching());
        QTRY_COMPARE(seen.size(), 1);
        QCOMPARE(seen[0][0].toString(), QString::fromLatin1(kFrame));
        QVERIFY(!model.watching());
    }
    void screen_notShownByTheSystem_isSaidAndPicturesStillWork() // Wayland
    {
        ScanModel model(readingEye());
        QSignalSpy seen(&model, &ScanModel::seen);
        model.open();
        QVERIFY(!model.screenVisible() && !model.watching());
        QCOMPARE(model.problem(), 0);
        model.dropPicture(pngOf(code(kFrame)));
        QCOMPARE(seen.size(), 1);
    }
    void picture_droppedWithoutACode_isSaid()
    {
        ScanModel model(readingEye());
        QSignalSpy seen(&model, &ScanModel::seen);
        for (const QByteArray &bytes : {QByteArray(), QByteArray("no picture"), pngOf(code(kFrame)).left(60),
                                        pngOf(QImage(40, 40, QImage::Format_RGB32))}) {
            model.dropPicture(bytes);
            QCOMPARE(model.problem(), 210);
        }
        model.paste(); // nothing there
        QCOMPARE(model.problem(), 210);
        QCOMPARE(seen.size(), 0);
    }
    // The page says that it looks: so it does, whatever the picture before held.
    void picture_withoutACode_leavesTheLooking()
    {
        Eye eye = readingEye();
        QImage shown(40, 40, QImage::Format_RGB32);
        eye.screen = [&shown](const QRect &) -> Result<QImage> { return shown; };
        ScanModel model(eye);
        QSignalSpy seen(&model, &ScanModel::seen);
        model.open();
        for (const QByteArray &picture : {pngOf(QImage(40, 40, QImage::Format_RGB32)), pngOf(code("https://example.org/login"))}) {
            model.dropPicture(picture);
            QVERIFY(model.problem() != 0);
            QVERIFY(model.watching());
        }
        shown = code(kFrame);
        QTRY_COMPARE(seen.size(), 1);
        QVERIFY(!model.watching());
    }
    void link_shownAsACode_isToldAsOne_data()
    {
        QTest::addColumn<bool>("forLink");
        QTest::addColumn<bool>("fromScreen");
        QTest::newRow("on the page of the link") << true << true;
        QTest::newRow("a picture") << true << false;
        QTest::newRow("where a log-in is scanned") << false << true;
    }
    void link_shownAsACode_isToldAsOne()
    {
        QFETCH(bool, forLink);
        QFETCH(bool, fromScreen);
        static constexpr char kLink[] = "hufu://activate?host=127.0.0.1";
        Eye eye = readingEye();
        if (fromScreen) eye.screen = [](const QRect &) -> Result<QImage> { return code(kLink); };
        ScanModel model(eye);
        QSignalSpy seen(&model, &ScanModel::seen), link(&model, &ScanModel::linkSeen);
        model.open(forLink);
        if (!fromScreen) model.dropPicture(pngOf(code(kLink)));
        QTRY_COMPARE(link.size(), 1);
        QCOMPARE(link[0][0].toString(), QString::fromLatin1(kLink));
        QVERIFY(!model.watching());
        QVERIFY(seen.isEmpty());
    }
    void code_ofALogIn_whereALinkIsWanted_isNotOpened()
    {
        ScanModel model(readingEye());
        QSignalSpy seen(&model, &ScanModel::seen), link(&model, &ScanModel::linkSeen);
        model.open(true);
        for (const char *text : {kFrame, "https://example.org/login"}) {
            model.dropPicture(pngOf(code(text)));
            QCOMPARE(model.problem(), 400);
        }
        QVERIFY(seen.isEmpty() && link.isEmpty());
    }
    void code_foreign_isSaidAndNotOpened()
    {
        ScanModel model(readingEye());
        QSignalSpy seen(&model, &ScanModel::seen);
        model.dropPicture(pngOf(code("https://example.org/login")));
        QCOMPARE(model.problem(), 212);
        model.dropPicture(pngOf(code("WIFI:S:office;;")));
        QCOMPARE(model.problem(), 200);
        QCOMPARE(seen.size(), 0);
    }
    void screen_showingAForeignCode_isSaidAndLookedAtOn()
    {
        Eye eye = readingEye();
        QImage shown = code("https://example.org/login");
        eye.screen = [&shown](const QRect &) -> Result<QImage> { return shown; };
        ScanModel model(eye);
        QSignalSpy seen(&model, &ScanModel::seen);
        model.open();
        QCOMPARE(model.problem(), 212);
        QVERIFY(model.watching());
        shown = code(kFrame);
        QTRY_COMPARE(seen.size(), 1);
    }
    void frame_readAfterThePageWasLeft_isNotHeard()
    {
        Eye eye = readingEye();
        eye.screen = [](const QRect &) -> Result<QImage> { return code(kFrame); };
        std::vector<Eye::Seen> waiting;
        eye.look = [&waiting](const QImage &, const Eye::Seen &seen) { waiting.push_back(seen); };
        auto model = std::make_unique<ScanModel>(eye);
        QSignalSpy seen(model.get(), &ScanModel::seen);
        model->open();
        model->close();
        QCOMPARE(waiting.size(), std::size_t(1));
        waiting[0](std::string(kFrame));
        QCOMPARE(seen.size(), 0);
        model->open();
        QVERIFY(waiting.size() > 1);
        waiting[1](std::string(kFrame)); // this one is
        QCOMPARE(seen.size(), 1);
        waiting[1](std::string(kFrame)); // and once
        QCOMPARE(seen.size(), 1);
        model.reset();
        waiting[1](std::string(kFrame)); // nobody is there any more
    }
    // A large photograph takes its time: the page goes on meanwhile, and whoever has left it hears nothing.
    void picture_readAside_isHeardOnlyWhileThePageIsThere()
    {
        Eye eye = readingEye();
        std::vector<std::pair<Eye::Work, Eye::Work>> waiting;
        eye.aside = [&waiting](const Eye::Work &work, const Eye::Work &done) { waiting.emplace_back(work, done); };
        auto model = std::make_unique<ScanModel>(eye);
        QSignalSpy seen(model.get(), &ScanModel::seen);
        const auto finish = [&waiting](std::size_t which) {
            waiting[which].first();
            waiting[which].second();
        };
        model->dropPicture(pngOf(code(kFrame)));
        QCOMPARE(waiting.size(), std::size_t(1));
        QCOMPARE(seen.size(), 0);
        model->close();
        finish(0);
        QCOMPARE(seen.size(), 0);
        model->dropPicture(pngOf(code(kFrame)));
        finish(1);
        QCOMPARE(seen.size(), 1);
        finish(1);
        QCOMPARE(seen.size(), 1);
        model.reset();
        finish(1);
    }
    void part_chosen_isWhatTheEyeIsAskedFor()
    {
        Eye eye = readingEye();
        QRect asked;
        eye.everything = [] { return QRect(0, 0, 1000, 500); };
        eye.screen = [&asked](const QRect &region) -> Result<QImage> {
            asked = region;
            return QImage(40, 40, QImage::Format_RGB32);
        };
        ScanModel model(eye);
        model.open();
        QVERIFY(asked.isNull() && !model.partial());
        model.choosePart(QRectF(0.5, 0.2, 0.25, 0.5));
        QCOMPARE(asked, QRect(500, 100, 250, 250));
        QVERIFY(model.partial());
        model.choosePart({});
        QVERIFY(asked.isNull());
    }
};

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    TestScanModel test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_scan_model.moc"
