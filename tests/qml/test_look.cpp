// The looks of the phone against pictures of an earlier day: a small set of pages, with a tolerance for the drawing of
// letters and for a clock that ticked. A page that is meant to look otherwise: HUFU_RENEW=1 draws the pictures anew;
// look at them before they are committed.
#include "app/sheet/contact_sheet.h"
#include "app/shell/look.h"

#include <QGuiApplication>
#include <QTest>

using namespace hufu;
using sheet::Stage;
using sheet::Taste;

namespace {

constexpr int kThumbnailWidth = 98;
constexpr int kBlock = 7;            // pixels: a word or so
constexpr double kBlockMost = 34;    // of 255, that a block may differ by in the middle
constexpr double kPageMost = 2.5;    // that a whole row may

QStringList pages()
{
    return {QStringLiteral("welcome"),  QStringLiteral("agreements"), QStringLiteral("identity"), QStringLiteral("pinPad"),
            QStringLiteral("home"),     QStringLiteral("approve"),    QStringLiteral("approve-unknown"),
            QStringLiteral("result"),   QStringLiteral("frozen"),     QStringLiteral("centre"),   QStringLiteral("settings"),
            QStringLiteral("history"),  QStringLiteral("diagnosis")};
}

QList<Taste> tastes()
{
    Taste chinese, english, dark, simple;
    english.language = QStringLiteral("en");
    dark.dark = true;
    simple.elder = true;
    return {chinese, english, dark, simple};
}

struct Difference {
    double worstBlock = 0, all = 0;
    QPoint at;
};

Difference compare(const QImage &a, const QImage &b)
{
    Difference out;
    double sum = 0;
    int blocks = 0;
    for (int y = 0; y + kBlock <= a.height(); y += kBlock)
        for (int x = 0; x + kBlock <= a.width(); x += kBlock, ++blocks) {
            double differs = 0;
            for (int v = 0; v < kBlock; ++v)
                for (int u = 0; u < kBlock; ++u) {
                    const QRgb p = a.pixel(x + u, y + v), q = b.pixel(x + u, y + v);
                    differs += (std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q))) / 3.0;
                }
            differs /= kBlock * kBlock;
            sum += differs;
            if (differs > out.worstBlock) out = {differs, 0, QPoint(x, y)};
        }
    out.all = sum / blocks;
    return out;
}

bool looksAlike(const Difference &difference)
{
    return difference.worstBlock <= kBlockMost && difference.all <= kPageMost;
}

} // namespace

class TestLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void row_drawn_looksAsItDid_data()
    {
        QTest::addColumn<int>("row");
        for (int row = 0; row < tastes().size(); ++row)
            QTest::newRow(qPrintable(sheet::nameOf(tastes()[row]))) << row;
    }
    void row_drawn_looksAsItDid()
    {
        QFETCH(int, row);
        Stage stage;
        QVERIFY(stage.window());
        const QImage now = sheet::drawn(stage, pages(), {tastes()[row]}, kThumbnailWidth, static_cast<int>(pages().size()));
        const QString file = QStringLiteral(HUFU_SOURCE "/tests/qml/reference/%1.png").arg(sheet::nameOf(tastes()[row]));
        if (qEnvironmentVariableIsSet("HUFU_RENEW")) QVERIFY(now.save(file));
        const QImage then(file);
        QCOMPARE(now.size(), then.size());
        const Difference difference = compare(now, then);
        if (!looksAlike(difference)) now.save(QStringLiteral("look-%1.png").arg(sheet::nameOf(tastes()[row])));
        QVERIFY2(looksAlike(difference), qPrintable(QStringLiteral("differs by %1, at %2,%3 by %4; drawn into look-%5.png").arg(difference.all).arg(difference.at.x()).arg(difference.at.y()).arg(difference.worstBlock).arg(sheet::nameOf(tastes()[row]))));
    }
    // A button that moved or lost its colour is noticed.
    void compare_changedPage_isNoticed()
    {
        Stage stage;
        const auto one = [&stage](const char *page, const Taste &taste) {
            return sheet::drawn(stage, {QString::fromLatin1(page)}, {taste}, kThumbnailWidth, 1);
        };
        const QImage home = one("home", {});
        QVERIFY(looksAlike(compare(home, one("home", {}))));
        QVERIFY(!looksAlike(compare(home, one("home-care", {}))));
        QVERIFY(!looksAlike(compare(one("certificate", {}), home)));
        Taste larger;
        larger.textPercent = 115;
        QVERIFY(!looksAlike(compare(home, one("home", larger))));
    }
};

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    shell::prepareLook(app, "hufu-phone-test");
    TestLook test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_look.moc"
