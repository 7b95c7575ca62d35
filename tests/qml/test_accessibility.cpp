// Whoever sees badly, uses no mouse or has a small phone can use every page: each control has a name, is reached by
// Tab, lies in the window or can be scrolled to, and is large enough for a finger; no text is cut off or lies on
// another; the colours stand out. In both languages, normal and simple, at 320 and 390 pixels, up to double text,
// and in a language that is half as long again as ours.
#include "app/catalogue/catalogue.h"
#include "app/sheet/stage.h"
#include "app/shell/language.h"
#include "app/shell/look.h"
#include "app/shell/settings.h"
#include "tests/qml/warnings.h"

#include <QAccessible>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHash>
#include <QQmlComponent>
#include <QQuickItem>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

#include <cmath>
#include <optional>

using namespace hufu;
using sheet::Stage;
using sheet::Taste;

namespace {

constexpr double kFinger = 44;

QString describe(const QQuickItem *item)
{
    return QStringLiteral("%1 \"%2\" %3")
        .arg(QString::fromLatin1(item->metaObject()->className()).section(QLatin1String("_QML"), 0, 0), item->objectName(),
             item->property("text").toString().left(40));
}

bool isControl(const QQuickItem *item)
{
    return item->inherits("QQuickAbstractButton") || item->inherits("QQuickTextInput") || item->activeFocusOnTab();
}

void collect(QQuickItem *item, QList<QQuickItem *> &controls, QList<QQuickItem *> &texts)
{
    if (!item->isVisible() || item->opacity() == 0) return;
    if (isControl(item)) controls << item;
    if (item->inherits("QQuickText") && !item->property("text").toString().isEmpty()) texts << item;
    for (QQuickItem *child : item->childItems())
        collect(child, controls, texts);
}

QQuickItem *flickableOf(QQuickItem *item)
{
    for (QQuickItem *above = item->parentItem(); above; above = above->parentItem())
        if (above->inherits("QQuickFlickable")) return above;
    return nullptr;
}

// Where the item is on the whole page, of which the window shows a part.
QRectF sceneRect(const QQuickItem *item)
{
    return item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
}

// In the window, or in what a finger can scroll into it.
bool isReachable(QQuickItem *item, const QQuickWindow *window)
{
    constexpr double kHair = 1;
    const QRectF at = sceneRect(item);
    if (at.left() < -kHair || at.right() > window->width() + kHair) return false;
    QQuickItem *flickable = flickableOf(item);
    if (!flickable) return at.top() >= -kHair && at.bottom() <= window->height() + kHair;
    const QRectF frame = sceneRect(flickable);
    if (frame.height() < kFinger || frame.bottom() > window->height() + kHair) return false;
    auto *content = flickable->property("contentItem").value<QQuickItem *>();
    const QRectF inside = item->mapRectToItem(content, QRectF(0, 0, item->width(), item->height()));
    return inside.top() >= -kHair && inside.bottom() <= flickable->property("contentHeight").toDouble() + kHair;
}

QStringList badControls(const QList<QQuickItem *> &controls, const QQuickWindow *window)
{
    QStringList bad;
    for (QQuickItem *control : controls) {
        auto *accessible = QAccessible::queryAccessibleInterface(control);
        if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty())
            bad << QStringLiteral("without a name: ") + describe(control);
        else if (accessible->role() == QAccessible::NoRole || accessible->role() == QAccessible::Client)
            bad << QStringLiteral("without a role: ") + describe(control);
        if (control->width() < kFinger || control->height() < kFinger)
            bad << QStringLiteral("too small, %1 x %2: %3").arg(control->width()).arg(control->height()).arg(describe(control));
        if (!isReachable(control, window)) bad << QStringLiteral("out of reach: ") + describe(control);
    }
    return bad;
}

// What the control says itself, and its texts once more.
void collectTwice(QAccessibleInterface *of, const QString &said, QStringList &twice)
{
    for (int i = 0; i < of->childCount(); ++i) {
        QAccessibleInterface *child = of->child(i);
        if (!child) continue;
        const QString name = child->text(QAccessible::Name).trimmed();
        if (child->role() == QAccessible::StaticText && !name.isEmpty() && said.contains(name)) twice << name;
        collectTwice(child, said, twice);
    }
}

QStringList readTwice(const QList<QQuickItem *> &controls)
{
    QStringList bad;
    for (QQuickItem *control : controls) {
        auto *accessible = QAccessible::queryAccessibleInterface(control);
        if (!accessible || accessible->role() != QAccessible::Button) continue;
        QStringList twice;
        collectTwice(accessible, accessible->text(QAccessible::Name) + QLatin1Char('\n') + accessible->text(QAccessible::Description), twice);
        for (const QString &each : twice)
            bad << QStringLiteral("read twice, \"%1\": ").arg(each.left(40)) + describe(control);
    }
    return bad;
}

// What a mouse alone can work: it must lie in a control, which a key and a screen reader work too.
void collectBareAreas(QQuickItem *item, QStringList &bad)
{
    if (!item->isVisible() || isControl(item)) return;
    if (item->inherits("QQuickMouseArea")) bad << QStringLiteral("for the mouse alone: ") + describe(item);
    for (QQuickItem *child : item->childItems())
        collectBareAreas(child, bad);
}

// Where the item stands on the whole page: the header before what scrolls, that before the foot that stays; the row; the column.
struct Place {
    int region;
    QRectF at; // in what scrolls
};

Place placeOf(QQuickItem *item)
{
    QQuickItem *flickable = flickableOf(item);
    if (!flickable) return {0, sceneRect(item)};
    auto *content = flickable->property("contentItem").value<QQuickItem *>();
    return {flickable->objectName() == QLatin1String("scroll") ? 1 : 2, item->mapRectToItem(content, QRectF(0, 0, item->width(), item->height()))};
}

// As one reads: what holds others before these, from the top down, and in a row from the left.
bool comesBefore(QQuickItem *a, QQuickItem *b)
{
    if (a->isAncestorOf(b)) return true;
    if (b->isAncestorOf(a)) return false;
    const Place x = placeOf(a), y = placeOf(b);
    if (x.region != y.region) return x.region < y.region;
    const double shared = std::min(x.at.bottom(), y.at.bottom()) - std::max(x.at.top(), y.at.top());
    if (shared > std::min(x.at.height(), y.at.height()) / 2) return x.at.left() < y.at.left();
    return x.at.top() < y.at.top();
}

// The control with the keyboard is to be seen: all of it, or the beginning of what is higher than its place.
bool isSeen(QQuickItem *item, const QQuickWindow *window)
{
    constexpr double kHair = 1;
    QRectF frame(0, 0, window->width(), window->height());
    if (QQuickItem *flickable = flickableOf(item)) frame = frame.intersected(sceneRect(flickable));
    const QRectF at = sceneRect(item);
    return at.top() >= frame.top() - kHair && (at.bottom() <= frame.bottom() + kHair || at.height() > frame.height() - 2 * kFinger);
}

// Walks once around with the key, Tab or Shift and Tab: every control that is enabled comes, in the order of reading or
// against it, and is to be seen when it has the keyboard.
QStringList badWalk(const QList<QQuickItem *> &controls, QQuickWindow *window, Qt::KeyboardModifiers shift)
{
    QList<QQuickItem *> expected, walked;
    for (QQuickItem *control : controls)
        if (control->isEnabled() && control->activeFocusOnTab()) expected << control;
    QStringList bad;
    for (int i = 0; i < 2 * expected.size() + 2; ++i) {
        QTest::keyClick(window, Qt::Key_Tab, shift);
        QQuickItem *focus = window->activeFocusItem();
        if (!focus || walked.contains(focus)) break;
        walked << focus;
        if (expected.contains(focus) && !isSeen(focus, window)) bad << QStringLiteral("has the keyboard and is not to be seen: ") + describe(focus);
    }
    for (QQuickItem *control : controls)
        if (control->isEnabled() && !walked.contains(control)) bad << QStringLiteral("not reached by Tab: ") + describe(control);
    // Around the page, from wherever the keyboard was.
    if (shift) std::reverse(walked.begin(), walked.end());
    int turns = 0;
    for (qsizetype i = 0; i < walked.size(); ++i) {
        QQuickItem *now = walked[i], *next = walked[(i + 1) % walked.size()];
        if (now == next || comesBefore(now, next)) continue;
        if (++turns > 1) bad << QStringLiteral("%1 goes on to %2, which stands before it").arg(describe(now), describe(next));
    }
    return bad;
}

// What is to be seen of a place in the scene: the item's frames cut off the rest.
QRectF seenOf(const QQuickItem *item, QRectF at)
{
    for (QQuickItem *above = item->parentItem(); above; above = above->parentItem())
        if (above->clip()) at = at.intersected(sceneRect(above));
    return at;
}

// What the text paints, as far as its frames leave it visible.
QRectF paintedRect(QQuickItem *text)
{
    return seenOf(text, text->mapRectToScene(QRectF(0, 0, text->width(), std::min(text->height(), text->property("contentHeight").toDouble()))));
}

QStringList badTexts(const QList<QQuickItem *> &texts, const QQuickWindow *window)
{
    constexpr double kHair = 2;
    QStringList bad;
    for (QQuickItem *text : texts) {
        const bool mayElide = text->property("elides").toBool();
        const double width = text->property("contentWidth").toDouble(), height = text->property("contentHeight").toDouble();
        if (text->property("truncated").toBool() && !mayElide)
            bad << QStringLiteral("cut off: ") + describe(text);
        else if (!mayElide && (width > text->width() + kHair || height > text->height() + kHair))
            bad << QStringLiteral("larger than its place, %1 x %2 in %3 x %4: %5")
                       .arg(width).arg(height).arg(text->width()).arg(text->height()).arg(describe(text));
        const QRectF at = sceneRect(text);
        if (at.left() < -kHair || at.right() > window->width() + kHair)
            bad << QStringLiteral("beside the window: ") + describe(text);
    }
    for (QQuickItem *text : texts) { // a word of Latin letters is broken by no line, if it fits into one at all
        const QFontMetricsF metrics(text->property("font").value<QFont>());
        if (text->property("wrapMode").toInt() == 0) continue;
        static const QRegularExpression kWord(QStringLiteral("[A-Za-z]{2,}"));
        for (auto words = kWord.globalMatch(text->property("text").toString()); words.hasNext();)
            if (const QString word = words.next().captured(); metrics.horizontalAdvance(word) > text->width() + kHair)
                bad << QStringLiteral("a word broken, \"%1\": ").arg(word) + describe(text);
    }
    for (int i = 0; i < texts.size(); ++i)
        for (int j = i + 1; j < texts.size(); ++j) {
            const QRectF both = paintedRect(texts[i]).intersected(paintedRect(texts[j]));
            if (both.width() > kHair && both.height() > kHair)
                bad << QStringLiteral("on one another: %1 / %2").arg(describe(texts[i]), describe(texts[j]));
        }
    return bad;
}

// Every text half as long again, with accents; places and plurals as they are.
class PseudoTranslator final : public QTranslator {
public:
    QString translate(const char *, const char *source, const char *, int) const override
    {
        QString out = QString::fromUtf8(source);
        static const QString kPlain = QStringLiteral("aeiouAEIOU"), kAccented = QStringLiteral("áéíóúÁÉÍÓÚ");
        for (QChar &letter : out)
            if (const auto at = kPlain.indexOf(letter); at >= 0) letter = kAccented.at(at);
        const auto words = (out.size() / 2 + 4) / 5;
        for (qsizetype i = 0; i < words; ++i)
            out += QStringLiteral(" xtra");
        return out;
    }
    bool isEmpty() const override { return false; }
};

double luminance(const QColor &colour)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

// What is around the control: its line, where it has one. Asked for a line that nobody has set, Qt tells of a black one; none of ours is black.
std::optional<QColor> edgeOf(const QQuickItem *control)
{
    for (const char *part : {"indicator", "background"}) {
        auto *item = control->property(part).value<QQuickItem *>();
        if (!item || !item->isVisible()) continue;
        const QObject *border = item->property("border").value<QObject *>();
        if (!border || border->property("width").toDouble() <= 0) continue;
        if (const auto colour = border->property("color").value<QColor>(); colour != QColor(Qt::black)) return colour;
    }
    return {};
}

// The commonest colour of the place.
QColor groundOf(const QImage &picture, const QRect &place)
{
    QHash<QRgb, int> counts;
    for (int y = place.top(); y <= place.bottom(); ++y)
        for (int x = place.left(); x <= place.right(); ++x)
            ++counts[picture.pixel(x, y)];
    QRgb most = 0;
    for (auto each = counts.cbegin(); each != counts.cend(); ++each)
        if (each.value() > counts.value(most)) most = each.key();
    return QColor::fromRgb(most);
}

// Pixels that differ so much that an eye sees it: 3 to 1.
int changedPixels(const QImage &before, const QImage &after)
{
    int changed = 0;
    for (int y = 0; y < before.height(); ++y)
        for (int x = 0; x < before.width(); ++x)
            if (before.pixel(x, y) != after.pixel(x, y) && contrast(before.pixelColor(x, y), after.pixelColor(x, y)) >= 3) ++changed;
    return changed;
}

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT
private:
    std::optional<tests::WarningWatch> m_watch; // after Qt Test has put its own ear there

    static QStringList allBad(Stage &stage, bool walks)
    {
        QList<QQuickItem *> controls, texts;
        collect(stage.window()->contentItem(), controls, texts);
        QStringList bad = badControls(controls, stage.window()) + readTwice(controls) + badTexts(texts, stage.window());
        collectBareAreas(stage.window()->contentItem(), bad);
        if (walks) bad += badWalk(controls, stage.window(), Qt::NoModifier) + badWalk(controls, stage.window(), Qt::ShiftModifier);
        return bad;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_watch.emplace();
        QAccessible::setActive(true);
    }
    void init() { tests::WarningWatch::take(); }

    void page_anyTaste_isUsable_data()
    {
        QTest::addColumn<QString>("page");
        for (const QString &page : Stage::pages())
            QTest::newRow(qPrintable(page)) << page;
    }
    void page_anyTaste_isUsable()
    {
        QFETCH(QString, page);
        Stage stage;
        QVERIFY(stage.window());
        stage.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QStringList bad;
        for (const QSize &size : {QSize(320, 568), QSize(568, 320), QSize(390, 780), QSize(780, 390), QSize(1024, 768), QSize(768, 1024)})
            for (const char *language : {"zh_CN", "en"})
                for (const auto &[elder, percent] : {std::pair(false, 100), std::pair(true, 100), std::pair(false, 200)}) {
                    Taste taste;
                    taste.language = QString::fromLatin1(language);
                    taste.elder = elder;
                    taste.textPercent = percent;
                    stage.resize(size);
                    stage.set(taste);
                    stage.show(page);
                    const bool walks = size.width() < 600 && taste.language == QLatin1String("en");
                    for (const QString &each : allBad(stage, walks))
                        bad << QStringLiteral("%1x%2 %3%4 %5 %: %6").arg(size.width()).arg(size.height()).arg(taste.language, elder ? QStringLiteral(" simple") : QString()).arg(percent).arg(each);
                }
        QVERIFY2(bad.isEmpty(), qPrintable(QLatin1Char('\n') + bad.join(QLatin1Char('\n'))));
        const auto warnings = tests::WarningWatch::take();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }
    void longerLanguage_cutsNothingOff_data() { page_anyTaste_isUsable_data(); }
    void longerLanguage_cutsNothingOff()
    {
        QFETCH(QString, page);
        Stage stage(QSize(320, 568));
        QVERIFY(stage.window());
        PseudoTranslator longer;
        QCoreApplication::installTranslator(&longer);
        stage.engine().retranslate();
        QStringList bad;
        for (const bool elder : {false, true}) {
            Taste taste;
            taste.elder = elder;
            stage.set(taste);
            stage.show(page);
            for (const QString &each : allBad(stage, false))
                bad << (elder ? QStringLiteral("simple: ") : QString()) + each;
        }
        QCoreApplication::removeTranslator(&longer);
        QVERIFY2(bad.isEmpty(), qPrintable(QLatin1Char('\n') + bad.join(QLatin1Char('\n'))));
    }
    void window_ofAnotherSize_textsGetTheirHeight_data()
    {
        QTest::addColumn<QString>("page");
        for (const char *page : {"identity", "pinChoose", "certificate", "home", "approve", "bid", "settings", "diagnosis", "support"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }
    // A text in rows within rows that wraps anew: its place follows, and what stands below it.
    void window_ofAnotherSize_textsGetTheirHeight()
    {
        QFETCH(QString, page);
        QStringList bad;
        for (const int percent : {100, 200}) {
            Stage stage(QSize(320, 568));
            Taste taste;
            taste.language = QStringLiteral("en");
            taste.textPercent = percent;
            stage.set(taste);
            stage.show(page);
            for (const QSize &size : {QSize(1024, 768), QSize(320, 568), QSize(568, 320), QSize(320, 568), QSize(390, 780)}) {
                stage.resize(size);
                for (int frame = 0; frame < 4; ++frame) {
                    stage.grab();
                    QCoreApplication::processEvents();
                }
                QList<QQuickItem *> controls, texts;
                collect(stage.window()->contentItem(), controls, texts);
                for (QQuickItem *text : texts)
                    if (text->parentItem()->inherits("QQuickLayout") && std::abs(text->height() - text->implicitHeight()) > 2)
                        bad << QStringLiteral("%1 %, %2x%3, %4 high instead of %5: ").arg(percent).arg(size.width()).arg(size.height()).arg(text->height()).arg(text->implicitHeight()) + describe(text);
            }
        }
        QVERIFY2(bad.isEmpty(), qPrintable(QLatin1Char('\n') + bad.join(QLatin1Char('\n'))));
    }
    // What an act came to, and each failure: in the largest type on the narrowest phone no word of it is broken.
    void title_ofEachOutcome_breaksNoWord()
    {
        using phone_app::ResultModel;
        Stage stage(QSize(320, 568));
        Taste taste;
        taste.textPercent = 200;
        QStringList bad;
        const auto look = [&](const QString &what) {
            QList<QQuickItem *> controls, texts;
            for (int frame = 0; frame < 3; ++frame) { // the foot moves under the body, and back
                stage.grab();
                QCoreApplication::processEvents();
            }
            collect(stage.window()->contentItem(), controls, texts);
            for (const QString &each : badTexts(texts, stage.window()))
                bad << taste.language + QLatin1Char(' ') + what + QStringLiteral(": ") + each;
        };
        for (const char *language : {"en", "zh_CN"}) {
            taste.language = QString::fromLatin1(language);
            stage.set(taste);
            stage.screens().show(phone_app::Screens::Result);
            for (const char *act : {"login", "sign", "seal", "encrypt", "decrypt", "enrol", "rehearseSign", "rehearseDecrypt", "pinChange", "revoke", "confirm", "recovery", ""}) {
                stage.screens().result()->show(true, QString::fromLatin1(act), {}, {}, {}, 2);
                look(QString::fromLatin1(act));
                QVERIFY(stage.find(QStringLiteral("resultTitle")));
            }
            for (const auto refusal : {ResultModel::Told, ResultModel::Attack, ResultModel::Unheard}) {
                stage.screens().result()->show(false, QStringLiteral("sign"), {}, {}, {}, 0, refusal);
                look(QStringLiteral("refused"));
            }
            stage.screens().show(phone_app::Screens::Error);
            for (const catalogue::Entry &entry : catalogue::allEntries()) {
                stage.screens().error()->show(static_cast<int>(entry.code), true);
                look(QStringLiteral("HF-%1").arg(static_cast<int>(entry.code)));
            }
        }
        QVERIFY2(bad.isEmpty(), qPrintable(QLatin1Char('\n') + bad.join(QLatin1Char('\n'))));
    }
    void simpleMode_request_everyPartIsUsable()
    {
        Stage stage(QSize(320, 568));
        Taste taste;
        taste.elder = true;
        stage.set(taste);
        stage.show(QStringLiteral("approve"));
        for (int part = 0; part < 3; ++part) {
            const QStringList bad = allBad(stage, false);
            QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
            if (QQuickItem *next = stage.find(QStringLiteral("approveNext"))) QMetaObject::invokeMethod(next, "clicked");
            stage.grab();
        }
        QVERIFY(stage.find(QStringLiteral("approveYes")));
    }
    void simpleMode_pageOfSeveralActs_everyPartIsUsable_data()
    {
        QTest::addColumn<QString>("page");
        for (const char *page : {"link", "next", "certificate"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }
    void simpleMode_pageOfSeveralActs_everyPartIsUsable()
    {
        QFETCH(QString, page);
        Stage stage(QSize(320, 568));
        Taste taste;
        taste.elder = true;
        stage.set(taste);
        stage.show(page);
        for (int part = 0; part < 4; ++part) {
            const QStringList bad = allBad(stage, false);
            QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
            QVERIFY(stage.find(QStringLiteral("otherWay")));
            QMetaObject::invokeMethod(stage.find(QStringLiteral("otherWay")), "clicked");
            stage.grab();
            stage.grab();
        }
    }
    // The check itself finds what it is for.
    void label_withinAButtonThatSaysIt_isFound()
    {
        Stage stage;
        QQmlComponent component(&stage.engine());
        component.setData("import QtQuick; import QtQuick.Templates as T; import Hufu.Controls; T.AbstractButton { width: 90; height: 90; text: \"Go on\"; "
                          "Accessible.role: Accessible.Button; Accessible.name: text; contentItem: Label { text: \"Go on\" } }", QUrl());
        const std::unique_ptr<QObject> holder(component.create());
        auto *item = qobject_cast<QQuickItem *>(holder.get());
        QVERIFY2(item, qPrintable(component.errorString()));
        item->setParentItem(stage.window()->contentItem());
        QCOMPARE(readTwice({item}).size(), 1);
    }
    void focus_walkedDown_scrollsIntoView()
    {
        Stage stage(QSize(320, 568));
        stage.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        stage.show(QStringLiteral("settings"));
        QQuickItem *last = stage.find(QStringLiteral("settingsMotion"));
        QVERIFY(sceneRect(last).bottom() > stage.window()->height());
        for (int i = 0; i < 40 && stage.window()->activeFocusItem() != last; ++i)
            QTest::keyClick(stage.window(), Qt::Key_Tab);
        QCOMPARE(stage.window()->activeFocusItem(), last);
        QVERIFY(sceneRect(last).bottom() <= stage.window()->height());
    }
    void page_inEitherLight_textsAndEdgesStandOut_data() { page_anyTaste_isUsable_data(); }
    // On the picture of the page: every text from what it is written on, every control's line from the page.
    void page_inEitherLight_textsAndEdgesStandOut()
    {
        QFETCH(QString, page);
        constexpr double kLarge = 24, kLargeBold = 18.66; // px: from here on 3 to 1 will do
        Stage stage;
        QStringList bad;
        for (const bool dark : {false, true})
            for (const bool elder : {false, true}) {
                Taste taste;
                taste.language = QStringLiteral("en");
                taste.dark = dark;
                taste.elder = elder;
                stage.set(taste);
                stage.show(page);
                const QImage picture = stage.grab();
                QList<QQuickItem *> controls, texts;
                collect(stage.window()->contentItem(), controls, texts);
                const QString of = QStringLiteral("%1%2: ").arg(dark ? QStringLiteral("dark") : QStringLiteral("light"), elder ? QStringLiteral(" simple") : QString());
                for (QQuickItem *text : texts) {
                    const QRect place = paintedRect(text).toAlignedRect().intersected(picture.rect());
                    if (place.width() < 4 || place.height() < 4 || !text->isEnabled()) continue;
                    const QFont font = text->property("font").value<QFont>();
                    const bool large = font.pixelSize() >= kLarge || (font.bold() && font.pixelSize() >= kLargeBold);
                    const double is = contrast(text->property("color").value<QColor>(), groundOf(picture, place));
                    if (is < (large ? 3 : 4.5)) bad << of + QStringLiteral("%1 to 1: ").arg(is) + describe(text);
                }
                for (QQuickItem *control : controls) {
                    const auto edge = edgeOf(control);
                    const QRect place = seenOf(control, sceneRect(control)).adjusted(-4, -4, 4, 4).toAlignedRect().intersected(picture.rect());
                    if (!edge || !control->isEnabled() || place.width() < 12 || place.height() < 12) continue;
                    const double is = contrast(*edge, groundOf(picture, QRect(place.left(), place.top(), place.width(), 3)));
                    if (is < 3) bad << of + QStringLiteral("edge %1 to 1: ").arg(is) + describe(control);
                }
            }
        QVERIFY2(bad.isEmpty(), qPrintable(QLatin1Char('\n') + bad.join(QLatin1Char('\n'))));
    }
    void focus_byTab_isToBeSeenOnEveryControl_data() { page_anyTaste_isUsable_data(); }
    void focus_byTab_isToBeSeenOnEveryControl()
    {
        QFETCH(QString, page);
        constexpr int kRing = 60; // pixels at least
        Stage stage;
        stage.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QStringList bad;
        for (const bool dark : {false, true}) {
            Taste taste;
            taste.dark = dark;
            stage.set(taste);
            stage.show(page);
            QList<QQuickItem *> controls, texts, walked;
            collect(stage.window()->contentItem(), controls, texts);
            for (qsizetype i = 0; i < controls.size() + 1; ++i) {
                QTest::keyClick(stage.window(), Qt::Key_Tab);
                QQuickItem *focus = stage.window()->activeFocusItem();
                if (!focus || walked.contains(focus)) break;
                walked << focus;
                if (!controls.contains(focus)) continue;
                const QImage with = stage.grab();
                focus->setFocus(false, Qt::TabFocusReason);
                const QImage without = stage.grab();
                focus->forceActiveFocus(Qt::TabFocusReason);
                if (changedPixels(without, with) < kRing) bad << QStringLiteral("%1: ").arg(dark ? QStringLiteral("dark") : QStringLiteral("light")) + describe(focus);
            }
        }
        QVERIFY2(bad.isEmpty(), qPrintable(QLatin1Char('\n') + bad.join(QLatin1Char('\n'))));
    }
    // What a screen reader says of a control besides its name.
    void control_ofEachKind_saysItsState()
    {
        Stage stage;
        Taste taste;
        taste.language = QStringLiteral("en");
        stage.set(taste);
        stage.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QQmlComponent component(&stage.engine());
        component.setData("import QtQuick; import Hufu.Controls; Column { width: 300; "
                          "Button { objectName: \"button\"; text: \"Go on\" } IconButton { objectName: \"icon\"; symbol: \"back\"; text: \"Back\" } "
                          "ListRow { objectName: \"row\"; text: \"Row\" } CheckBox { objectName: \"box\"; text: \"Box\" } Switch { objectName: \"switch\"; text: \"Switch\" } "
                          "Choice { caption: \"One of\"; options: [\"A\", \"B\"]; current: 1 } TextField { caption: \"Words\"; field.objectName: \"field\" } "
                          "PinPad { objectName: \"pad\"; width: 300 } }",
                          QUrl());
        const std::unique_ptr<QObject> holder(component.create());
        auto *column = qobject_cast<QQuickItem *>(holder.get());
        QVERIFY2(column, qPrintable(component.errorString()));
        column->setParentItem(stage.window()->contentItem());
        stage.grab();
        const auto item = [&](const char *name) { return stage.find(QString::fromLatin1(name)); };
        const auto state = [&](const char *name) { return QAccessible::queryAccessibleInterface(item(name))->state(); };
        // Qt 6.4 tells no reader of the state: the description does.
        const auto saysOff = [&](const char *name) {
            return QAccessible::queryAccessibleInterface(item(name))->text(QAccessible::Description).contains(QLatin1String("Not possible now"));
        };
        const QList<const char *> all = {"button", "icon", "row", "box", "switch", "choice0", "choice1", "field", "pad", "pinKey4", "pinErase"};
        for (const char *name : all) {
            QVERIFY2(item(name), name);
            QVERIFY2(state(name).focusable && !state(name).focused && !saysOff(name) && !state(name).invisible, name);
            item(name)->forceActiveFocus(Qt::TabFocusReason);
            QVERIFY2(state(name).focused, name);
        }
        QVERIFY(saysOff("pinSubmit")); // too few digits yet
        QVERIFY(item("pad")->setProperty("ready", true));
        QVERIFY(!saysOff("pinSubmit"));
        for (const char *name : {"box", "switch"}) {
            QVERIFY2(state(name).checkable && !state(name).checked, name);
            QVERIFY(QMetaObject::invokeMethod(item(name), "flip"));
            QVERIFY2(state(name).checked, name);
        }
        QVERIFY(state("choice0").checkable && !state("choice0").checked);
        QVERIFY(state("choice1").checkable && state("choice1").checked);
        QVERIFY(!state("button").checkable && !state("row").checkable);
        QVERIFY(state("field").editable && !state("field").readOnly && !state("field").passwordEdit);
        QVERIFY(item("field")->setProperty("readOnly", true));
        QVERIFY(state("field").readOnly);
        QVERIFY(item("field")->setProperty("echoMode", 2));
        QVERIFY(state("field").passwordEdit);
        for (const char *name : all) {
            item(name)->setEnabled(false);
            QVERIFY2((state(name).disabled || saysOff(name) || QLatin1String(name) == QLatin1String("pad")) && !state(name).focused, name);
        }
    }
    void text_atTwoHundredPercent_isTwiceAsLargeInEachRole()
    {
        Stage stage;
        QQmlComponent component(&stage.engine());
        component.setData("import QtQml; import Hufu.Controls; QtObject { property QtObject size: Theme.size }", QUrl());
        const std::unique_ptr<QObject> holder(component.create());
        QVERIFY2(holder, qPrintable(component.errorString()));
        const auto sizes = [&holder] {
            QList<int> out;
            for (const char *role : {"display", "title", "heading", "body", "small", "tiny"})
                out << holder->property("size").value<QObject *>()->property(role).toInt();
            return out;
        };
        const QList<int> normal = sizes();
        Taste taste;
        taste.textPercent = 200;
        stage.set(taste);
        const QList<int> twice = sizes();
        for (qsizetype i = 0; i < normal.size(); ++i) {
            QVERIFY(normal[i] > 0);
            QCOMPARE(twice[i], 2 * normal[i]);
        }
    }
    void theme_colours_standOut_data()
    {
        QTest::addColumn<QString>("palette");
        QTest::newRow("light") << QStringLiteral("day");
        QTest::newRow("dark") << QStringLiteral("night");
    }
    // WCAG 2.1 AA: 4.5 for text, 3 for large text and for what shows where a control is.
    void theme_colours_standOut()
    {
        QFETCH(QString, palette);
        Stage stage;
        QQmlComponent component(&stage.engine());
        component.setData("import QtQml; import Hufu.Controls; QtObject { property QtObject theme: Theme }", QUrl());
        const std::unique_ptr<QObject> holder(component.create());
        QVERIFY(holder);
        auto *colours = holder->property("theme").value<QObject *>()->property(qPrintable(palette)).value<QObject *>();
        QVERIFY(colours);
        const auto colour = [colours](const char *name) { return colours->property(name).value<QColor>(); };
        struct Pair {
            const char *front, *back;
            double least;
        };
        QList<Pair> pairs;
        for (const char *front : {"ink", "inkSoft"})
            for (const char *back : {"ground", "surface", "sunken", "brandSoft", "dangerSoft", "warnSoft", "goodSoft"})
                pairs << Pair{front, back, 4.5};
        for (const char *back : {"ground", "surface", "dangerSoft", "brandSoft"})
            pairs << Pair{"brand", back, 4.5} << Pair{"danger", back, 4.5};
        pairs << Pair{"brandInk", "brand", 4.5} << Pair{"brandInk", "brandPressed", 4.5} << Pair{"dangerInk", "danger", 4.5}
              << Pair{"dangerInk", "dangerPressed", 4.5} << Pair{"warn", "warnSoft", 4.5} << Pair{"good", "goodSoft", 4.5}
              << Pair{"warn", "surface", 4.5} << Pair{"danger", "dangerSoft", 4.5} << Pair{"brand", "brandSoft", 4.5};
        for (const char *back : {"ground", "surface", "sunken", "brandSoft", "dangerSoft", "warnSoft", "goodSoft"})
            pairs << Pair{"inkFaint", back, 4.5} << Pair{"edge", back, 3} << Pair{"bronze", back, 3};
        pairs << Pair{"brand", "ground", 3} << Pair{"brand", "sunken", 3};
        for (const char *tones : {"tones", "toneBottoms"}) {
            const QStringList all = colours->property(tones).toStringList();
            QCOMPARE(all.size(), 6);
            for (const QString &tone : all)
                for (const char *ink : {"cardInk", "cardInkSoft"})
                    QVERIFY2(contrast(colour(ink), QColor(tone)) >= 4.5, qPrintable(QStringLiteral("%1 on %2").arg(QLatin1String(ink), tone)));
        }
        for (const Pair &pair : pairs) {
            QVERIFY2(colour(pair.front).isValid() && colour(pair.back).isValid(), pair.front);
            const double is = contrast(colour(pair.front), colour(pair.back));
            QVERIFY2(is >= pair.least, qPrintable(QStringLiteral("%1 on %2: %3").arg(QLatin1String(pair.front), QLatin1String(pair.back)).arg(is)));
        }
    }
};

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    shell::prepareLook(app, "hufu-phone-test");
    TestAccessibility test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_accessibility.moc"
