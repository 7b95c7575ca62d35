// Drawing codes and reading them back from pixels.
#include "platform/eye/camera.h"
#include "platform/eye/drawing.h"
#include "platform/eye/reading.h"
#include "platform/eye/source.h"

#include <QMimeData>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace hufu;

static const std::string kFrameText =
    "HUFU:1:" + std::string("0ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:123456789") + std::string(130, 'Q');

static QImage onCanvas(const QImage &code, QPoint at, QSize size, QColor ground)
{
    QImage canvas(size, QImage::Format_RGB32);
    canvas.fill(ground);
    QPainter(&canvas).drawImage(at, code);
    return canvas;
}

class TestEye : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void draw_then_read_returnsTheText()
    {
        for (int pixels : {2, 3, 5, 9}) {
            const auto image = eye::drawCode(kFrameText, pixels);
            QVERIFY(image.has_value());
            const auto text = eye::readCode(*image, "HUFU:");
            QVERIFY2(text.has_value(), qPrintable(QString::number(pixels)));
            QCOMPARE(*text, kFrameText);
        }
    }
    void draw_quietZone_isFourWhiteModules()
    {
        const auto image = eye::drawCode("HUFU:1:A", 3);
        QVERIFY(image.has_value());
        for (int i = 0; i < image->width(); ++i)
            for (int j = 0; j < 3 * eye::kQuietZone; ++j) {
                QCOMPARE(qGray(image->pixel(i, j)), 255);
                QCOMPARE(qGray(image->pixel(j, i)), 255);
            }
        QCOMPARE(qGray(image->pixel(3 * eye::kQuietZone, 3 * eye::kQuietZone)), 0);
    }
    // A longer one is no frame of ours; what stands still may be larger.
    void drawFrame_isOfVersion9AtMost()
    {
        const auto modules = [](const Result<QImage> &image) { return image ? image->width() - 2 * eye::kQuietZone : 0; };
        const int ofADesk = modules(eye::drawFrame(std::string(183, 'A'), 1)); // 117 bytes in Base45 behind HUFU:1:
        QVERIFY(ofADesk > 0 && ofADesk <= 53);
        QCOMPARE(*eye::drawFrame(kFrameText, 3), *eye::drawCode(kFrameText, 3));
        QCOMPARE(modules(eye::drawFrame(std::string(262, 'A'), 1)), 53);
        const auto longer = eye::drawFrame(std::string(263, 'A'), 1);
        QVERIFY(!longer && longer.error().code == Errc::badInput);
        QCOMPARE(modules(eye::drawCode(std::string(263, 'A'), 1)), 57);
    }
    void draw_badInput_isRefused()
    {
        QVERIFY(!eye::drawCode("", 4).has_value());
        QVERIFY(!eye::drawCode("A", 0).has_value());
        QVERIFY(!eye::drawCode("A", 65).has_value());
        QVERIFY(!eye::drawCode(std::string(5000, 'A'), 4).has_value());
        QVERIFY(!eye::drawCode(std::string(590, 'a'), 4).has_value());
        QVERIFY(!eye::drawCode(std::string_view("A\0B", 3), 4).has_value());
    }
    void read_codeInACornerOfADarkScreen_isFound()
    {
        const auto code = eye::drawCode(kFrameText, 3);
        const auto screen = onCanvas(*code, {1300, 520}, {1920, 1080}, Qt::black);
        const auto text = eye::readCode(screen, "HUFU:");
        QVERIFY(text.has_value());
        QCOMPARE(*text, kFrameText);
    }
    void read_rotatedCode_isFound()
    {
        const QImage turned = eye::drawCode(kFrameText, 4)->transformed(QTransform().rotate(90));
        QCOMPARE(*eye::readCode(turned, "HUFU:"), kFrameText);
    }
    void read_transparentGround_countsAsPaper()
    {
        QImage code = eye::drawCode(kFrameText, 4)->convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < code.height(); ++y)
            for (int x = 0; x < code.width(); ++x)
                if (code.pixel(x, y) == qRgb(255, 255, 255)) code.setPixel(x, y, qRgba(0, 0, 0, 0));
        QCOMPARE(*eye::readCode(code, "HUFU:"), kFrameText);
    }
    void read_twoCodes_prefersOurs()
    {
        QImage canvas = onCanvas(*eye::drawCode("https://example.com/", 5), {10, 10}, {1000, 600}, Qt::white);
        QPainter(&canvas).drawImage(450, 100, *eye::drawCode(kFrameText, 4));
        QCOMPARE(eye::readCodes(canvas).size(), std::size_t(2));
        QCOMPARE(*eye::readCode(canvas, "HUFU:"), kFrameText);
    }
    void read_foreignCode_saysWhatItSaw()
    {
        QCOMPARE(*eye::readCode(*eye::drawCode("https://example.com/", 5), "HUFU:"),
                 std::string("https://example.com/"));
    }
    void read_wrongPictures_areRefused()
    {
        QCOMPARE(eye::readCode(QImage(), "HUFU:").error().code, Errc::badInput);
        QImage blank(640, 480, QImage::Format_RGB32);
        blank.fill(Qt::white);
        QCOMPARE(eye::readCode(blank, "HUFU:").error().code, Errc::notFound);
        QImage dot(1, 1, QImage::Format_RGB32);
        dot.fill(Qt::black);
        QCOMPARE(eye::readCode(dot, "HUFU:").error().code, Errc::notFound);
        for (const QSize &thin : {QSize(1, 300), QSize(300, 1)}) { // half of it is nothing
            QImage line(thin, QImage::Format_RGB32);
            line.fill(Qt::black);
            QCOMPARE(eye::readCode(line, "HUFU:").error().code, Errc::notFound);
        }
        const QImage code = *eye::drawCode(kFrameText, 4);
        const QImage half = code.copy(0, 0, code.width() / 2, code.height());
        QCOMPARE(eye::readCode(half, "HUFU:").error().code, Errc::notFound);
    }
    void read_painting_hasNoCode()
    {
        QImage noise(800, 600, QImage::Format_RGB32);
        quint32 state = 1;
        for (int y = 0; y < noise.height(); ++y)
            for (int x = 0; x < noise.width(); ++x)
                noise.setPixel(x, y, 0xff000000u | (state = state * 1664525u + 1013904223u) >> 8);
        QVERIFY(eye::readCodes(noise).empty());
    }
    void fileSource_pictureOnDisk_isRead()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("code.bin"); // the content says what it is, not the name
        QVERIFY(eye::drawCode(kFrameText, 4)->save(path, "PNG"));
        const auto image = eye::FileSource(path).next();
        QVERIFY(image.has_value());
        QCOMPARE(*eye::readCode(*image, "HUFU:"), kFrameText);
    }
    void fileSource_whatIsNoPicture_isRefused()
    {
        QTemporaryDir folder;
        QCOMPARE(eye::FileSource(folder.filePath("none.png")).next().error().code, Errc::notFound);
        QCOMPARE(eye::FileSource(folder.path()).next().error().code, Errc::notFound);
        QFile text(folder.filePath("text.png"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("this is not a picture");
        text.close();
        QCOMPARE(eye::FileSource(text.fileName()).next().error().code, Errc::badInput);
        QFile cut(folder.filePath("cut.png"));
        QVERIFY(eye::drawCode(kFrameText, 4)->save(cut.fileName()));
        QVERIFY(cut.resize(40));
        QCOMPARE(eye::FileSource(cut.fileName()).next().error().code, Errc::badInput);
    }
    void mimeSource_droppedPictureOrFile_isRead()
    {
        QMimeData picture;
        picture.setImageData(*eye::drawCode(kFrameText, 4));
        QCOMPARE(*eye::readCode(*eye::MimeSource(&picture).next(), "HUFU:"), kFrameText);
        QTemporaryDir folder;
        QVERIFY(eye::drawCode(kFrameText, 4)->save(folder.filePath("code.png")));
        QMimeData file;
        file.setUrls({QUrl::fromLocalFile(folder.filePath("code.png"))});
        QCOMPARE(*eye::readCode(*eye::MimeSource(&file).next(), "HUFU:"), kFrameText);
    }
    void mimeSource_textOrWebAddress_isRefused()
    {
        QMimeData text;
        text.setText("HUFU:1:");
        QCOMPARE(eye::MimeSource(&text).next().error().code, Errc::badInput);
        QMimeData web;
        web.setUrls({QUrl("https://example.com/code.png")});
        QCOMPARE(eye::MimeSource(&web).next().error().code, Errc::badInput);
        QCOMPARE(eye::MimeSource(nullptr).next().error().code, Errc::notFound);
    }
    // What was too small for the reader in the middle of a frame is not so in the zoom.
    void camera_zoom_showsTheSameCode_andAScreenNeedsNoTorch()
    {
        QImage frame(1280, 720, QImage::Format_RGB32);
        frame.fill(QColor(40, 40, 40));
        QImage small = eye::drawCode(kFrameText, 4)->convertToFormat(QImage::Format_RGB32);
        QPainter painter(&frame);
        painter.drawImage((frame.width() - small.width()) / 2, (frame.height() - small.height()) / 2, small);
        painter.end();
        const QImage twice = eye::zoomed(frame, 2);
        QCOMPARE(twice.size(), frame.size());
        QCOMPARE(*eye::readCode(twice, "HUFU:"), kFrameText);
        QCOMPARE(twice.pixelColor(640, 5), frame.pixelColor(640, 182));
        QCOMPARE(eye::zoomed(frame, 1), frame);
        const eye::ScreenCamera camera;
        QVERIFY(!camera.hasTorch() && camera.zoomMost() > 1);
    }
    void screenSource_region_hasItsSize()
    {
        const auto seen = eye::ScreenSource(QRect(10, 20, 120, 80)).next();
        if (!seen) QSKIP("this platform shows no screen");
        QCOMPARE(seen->size(), QSize(120, 80));
    }
};

QTEST_MAIN(TestEye)
#include "test_eye.moc"
