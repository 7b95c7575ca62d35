// The looks of the phone against the contact sheet that the README shows: every page, in both languages, light and dark, normal and
// simple mode, with a tolerance for the drawing of letters and for a clock that ticked. A page that is meant to look otherwise:
//   HUFU_RENEW=1 ctest --test-dir build/release -R '^test_look$'
// draws app/pictures/sheet.png anew; look at it before it is committed.
#include "app/sheet/contact_sheet.h"
#include "app/shell/look.h"

#include <QGuiApplication>
#include <QTest>

using namespace hufu;
using sheet::Stage;
using sheet::Taste;

namespace {

constexpr char kSheet[] = HUFU_SOURCE "/app/pictures/sheet.png";
constexpr int kBlock = 7;            // pixels: a word or so
constexpr double kBlockMost = 34;    // of 255, that a block may differ by in the middle
constexpr double kPageMost = 2.5;    // that a whole page may

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
                    const QRgb p = sheet::onSheet(a.pixel(x + u, y + v)), q = sheet::onSheet(b.pixel(x + u, y + v));
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

    Stage m_stage; // drawn in the order of the sheet
    QImage m_sheet;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_stage.window());
        if (qEnvironmentVariableIsSet("HUFU_RENEW")) QVERIFY(sheet::saveSheet(sheet::contactSheet(m_stage), QLatin1String(kSheet)));
        m_sheet.load(QLatin1String(kSheet));
        QVERIFY(!m_sheet.isNull());
    }
    void pages_each_lookAsOnTheSheet_data()
    {
        QTest::addColumn<int>("row");
        for (int row = 0; row < sheet::tastes().size(); ++row)
            QTest::newRow(qPrintable(sheet::nameOf(sheet::tastes()[row]))) << row;
    }
    void pages_each_lookAsOnTheSheet()
    {
        QFETCH(int, row);
        const QStringList pages = Stage::pages();
        const Taste taste = sheet::tastes()[row];
        const QImage now = sheet::drawn(m_stage, pages, {taste}, sheet::kSheetWidth, sheet::kSheetColumns);
        const auto placeOf = [&](qsizetype page) { return sheet::placeOf(static_cast<int>(page), m_stage.window()->size(), sheet::kSheetWidth, sheet::kSheetColumns); };
        const int step = placeOf(sheet::kSheetColumns).y() - placeOf(0).y(), lines = (static_cast<int>(pages.size()) - 1) / sheet::kSheetColumns + 1;
        const QImage then = m_sheet.copy(0, row * lines * step, now.width(), now.height());
        QCOMPARE(m_sheet.height(), now.height() + (static_cast<int>(sheet::tastes().size()) - 1) * lines * step); // else a page has come or gone
        QStringList changed;
        for (qsizetype page = 0; page < pages.size(); ++page) {
            const Difference difference = compare(now.copy(placeOf(page)), then.copy(placeOf(page)));
            if (!looksAlike(difference)) changed << QStringLiteral("%1: by %2, at %3,%4 by %5").arg(pages[page]).arg(difference.all).arg(difference.at.x()).arg(difference.at.y()).arg(difference.worstBlock);
        }
        const QString seen = QStringLiteral("look-%1.png").arg(sheet::nameOf(taste));
        if (!changed.isEmpty()) now.save(seen);
        QVERIFY2(changed.isEmpty(), qPrintable(QStringLiteral("%1; drawn into %2").arg(changed.join(QStringLiteral("; ")), seen)));
    }
    // A button that moved or lost its colour is noticed.
    void compare_changedPage_isNoticed()
    {
        const auto one = [this](const char *page, const Taste &taste) {
            return sheet::drawn(m_stage, {QString::fromLatin1(page)}, {taste}, sheet::kSheetWidth, 1);
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
    // As the sheet was drawn.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication app(argc, argv);
    shell::prepareLook(app, "hufu-phone-test");
    TestLook test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_look.moc"
