#include "tests/eye/degraded.h"

#include "platform/eye/drawing.h"
#include "shield/intent/frame.h"
#include "tests/eye/optics.h"
#include "tests/eye/scene.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace hufu::tests {

namespace {

// One of three values.
template <typename T> T by(int severity, T mild, T middling, T hard)
{
    return severity == 1 ? mild : severity == 2 ? middling : hard;
}

QImage asTheDeskDraws(const std::string &text)
{
    const QImage drawn = *eye::drawCode(text, 1);
    return drawn.copy(
        drawn.rect().adjusted(eye::kQuietZone, eye::kQuietZone, -eye::kQuietZone, -eye::kQuietZone));
}

// A frame as enrolled desks draw them; one in four as a page's backend makes them.
std::string frameText(Dice &dice)
{
    intent::Frame frame;
    const auto fill = [&](auto &bytes) {
        for (auto &byte : bytes)
            byte = static_cast<std::uint8_t>(dice.below(256));
    };
    frame.kind = dice.below(4) == 0 ? intent::FrameKind::page : intent::FrameKind::desk;
    fill(frame.token);
    frame.second = static_cast<std::uint32_t>(dice.below(60));
    fill(frame.code);
    if (frame.kind == intent::FrameKind::desk) {
        fill(frame.deskId);
        fill(frame.signature);
    }
    return frame.text();
}

// The code that the same desk shows so many seconds later.
std::string later(const std::string &text, std::uint64_t one, int seconds)
{
    auto frame = *intent::Frame::fromText(text);
    Dice dice(one * 37 + static_cast<std::uint64_t>(seconds));
    frame.second += static_cast<std::uint32_t>(seconds);
    const auto fill = [&](auto &bytes) {
        for (auto &byte : bytes)
            byte = static_cast<std::uint8_t>(dice.below(256));
    };
    fill(frame.code);
    if (frame.kind == intent::FrameKind::desk) fill(frame.signature);
    return frame.text();
}

View usualView(Dice &dice)
{
    View view;
    view.side = dice.between(260, 500);
    view.turn = dice.either(8);
    view.tilt = dice.between(0, 10);
    view.tiltAxis = dice.either(180);
    view.centre = QPointF(dice.between(440, 840), dice.between(320, 400));
    return view;
}

void degradeView(View &view, Kind kind, int severity, Dice &dice)
{
    if (kind == Kind::rotation) view.turn = by(severity, dice.either(30), dice.either(60), dice.either(180));
    if (kind == Kind::perspective) view.tilt = by(severity, 25, 40, 52) + dice.either(4);
    if (kind == Kind::small) view.side = by(severity, 2.8, 2.2, 1.8); // of a module, until its number is known
}

void degradeLight(Photo &photo, Kind kind, int severity, Dice &dice, Dice &grain)
{
    QImage &image = photo.image;
    switch (kind) {
    case Kind::blur:
        return blur(image, by(severity, 0.3, 0.42, 0.55) * photo.pixelsOfModule);
    case Kind::noise:
        return addNoise(image, by(severity, 40, 70, 100), grain);
    case Kind::lowContrast:
        return flatten(image, by(severity, 70, 45, 28), by(severity, 40, 60, 80), dice);
    case Kind::jpeg:
        image = throughJpeg(image, by(severity, 20, 10, 4));
        return;
    case Kind::moire:
        return addMoire(image, by(severity, 0.4, 0.55, 0.7), dice);
    case Kind::glare:
        for (int spots = severity; spots > 0; --spots)
            addGlare(image, photo.at(dice.between(0.2, 0.8), dice.between(0.2, 0.8)),
                     photo.pixelsOfModule * photo.modules * dice.between(0.08, 0.16),
                     by(severity, 0.75, 0.9, 1.0));
        return;
    default:
        return;
    }
}

// Fingers, mouse pointers, stickers: light or dark patches within the code.
void cover(QImage &scene, int modules, double part, Dice &dice)
{
    QPainter painter(&scene);
    painter.setPen(Qt::NoPen);
    const int pieces = 1 + dice.below(3);
    for (int i = 0; i < pieces; ++i) {
        const double area = part * modules * modules / pieces, wide = std::sqrt(area) * dice.between(0.7, 1.4);
        const double high = area / wide, at = kWindowMargin + kQuiet;
        const int grey = dice.below(256);
        painter.setBrush(QColor(grey, grey, grey));
        const QRectF piece((at + dice.between(0, modules - wide)) * kScenePixels,
                           (at + dice.between(0, modules - high)) * kScenePixels, wide * kScenePixels,
                           high * kScenePixels);
        if (dice.below(2) == 0)
            painter.drawRect(piece);
        else
            painter.drawRoundedRect(piece, piece.width() / 3, piece.height() / 3);
    }
}

// Beside ours, as large: the code of a chat group, say.
std::string addForeign(QImage &image, const Photo &ours, Dice &dice)
{
    const std::string text = "https://chat.example.com/join/" + std::to_string(dice.below(1'000'000'000));
    const QImage code = *eye::drawCode(text, 8);
    const int side = static_cast<int>(dice.between(180, 300));
    const bool left = ours.at(0.5, 0.5).x() > image.width() / 2.0;
    const int x = left ? dice.below(60) : image.width() - side - dice.below(60);
    QPainter(&image).drawImage(QRect(x, dice.below(image.height() - side), side, side), code);
    return text;
}

void degradeTogether(Photo &photo, const std::vector<Kind> &kinds, int severity, Dice &dice, Dice &grain)
{
    for (const Kind kind : {Kind::lowContrast, Kind::moire, Kind::glare, Kind::blur, Kind::noise, Kind::jpeg})
        if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
            degradeLight(photo, kind, severity, dice, grain);
}

// As many kinds as the severity, and one more, all of one step less.
std::vector<Kind> severalOf(int severity, Dice &dice)
{
    std::vector<Kind> pool{Kind::perspective, Kind::blur,  Kind::noise, Kind::lowContrast,
                           Kind::jpeg,        Kind::moire, Kind::glare};
    std::vector<Kind> out;
    for (int i = 0; i <= severity; ++i) {
        const auto pick = pool.begin() + dice.below(static_cast<int>(pool.size()));
        out.push_back(*pick);
        pool.erase(pick);
    }
    return out;
}

std::uint64_t mixed(Kind kind, int severity, std::uint64_t seed, int number)
{
    return seed * 1'000'003 + static_cast<std::uint64_t>(number) * 1'009 +
           static_cast<std::uint64_t>(kind) * 3 + static_cast<std::uint64_t>(severity);
}

} // namespace

std::string_view nameOf(Kind kind)
{
    switch (kind) {
    case Kind::rotation:
        return "rotation";
    case Kind::perspective:
        return "perspective";
    case Kind::blur:
        return "blur";
    case Kind::noise:
        return "noise";
    case Kind::lowContrast:
        return "low contrast";
    case Kind::jpeg:
        return "JPEG";
    case Kind::moire:
        return "moire";
    case Kind::glare:
        return "glare";
    case Kind::combined:
        return "combined";
    case Kind::inverted:
        return "inverted";
    case Kind::small:
        return "small";
    case Kind::covered:
        return "covered";
    case Kind::twoCodes:
        return "two codes";
    }
    return "?";
}

Specimen degraded(Kind kind, int severity, std::uint64_t seed, int number)
{
    return degraded(kind, severity, seed, number, asTheDeskDraws);
}

// In: frame, of a code that moves before a camera that a hand holds; none: one picture by itself.
static Specimen taken(Kind kind, int severity, std::uint64_t seed, int number, Draw draw, std::optional<int> frame)
{
    const std::uint64_t one = mixed(kind, severity, seed, number);
    Dice dice(one), own(one * 31 + static_cast<std::uint64_t>(frame.value_or(0)));
    Dice &grain = frame ? own : dice; // each frame has noise of its own
    std::string text = frameText(dice);
    if (frame) text = later(text, one, *frame / kFramesOfACode);
    const QImage code = draw(text);
    const int modules = code.width() + 2 * kQuiet;

    View view = usualView(dice);
    const auto kinds = kind == Kind::combined ? severalOf(severity, dice) : std::vector<Kind>{kind};
    const int step = kind == Kind::combined ? std::max(1, severity - 1) : severity;
    for (const Kind each : kinds)
        degradeView(view, each, step, dice);
    if (kind == Kind::small) view.side *= modules;
    if (kind == Kind::twoCodes) {
        view.side = dice.between(300, 420);
        view.centre.setX(dice.below(2) == 0 ? dice.between(270, 420) : dice.between(860, 1010));
    }

    if (frame) { // no hand stands still
        view.turn += own.either(0.4);
        view.centre += QPointF(own.either(2), own.either(2));
    }

    QImage scene = windowAround(code, dice);
    if (kind == Kind::covered) cover(scene, code.width(), by(severity, 0.03, 0.06, 0.09), dice);
    Photo photo = photograph(scene, modules, view, 40 + dice.below(160));
    std::string other;
    if (kind == Kind::twoCodes) other = addForeign(photo.image, photo, dice);
    if (kind == Kind::inverted) photo.image.invertPixels();
    if (kind == Kind::inverted || kind == Kind::twoCodes)
        blur(photo.image, by(severity, 0.1, 0.25, 0.4) * photo.pixelsOfModule);
    degradeTogether(photo, kinds, step, dice, grain);
    // What no camera is without.
    blur(photo.image, 0.5);
    addNoise(photo.image, 3, grain);
    return {photo.image, text, other};
}

Specimen degraded(Kind kind, int severity, std::uint64_t seed, int number, Draw draw)
{
    return taken(kind, severity, seed, number, draw, std::nullopt);
}

Specimen movingFrame(Kind kind, int severity, std::uint64_t seed, int number, int frame)
{
    return taken(kind, severity, seed, number, asTheDeskDraws, frame);
}

Specimen withoutOurs(std::uint64_t seed, int number)
{
    Dice dice(mixed(Kind::twoCodes, 4, seed, number));
    QImage image(kFrameSize, QImage::Format_Grayscale8);
    image.fill(static_cast<uint>(dice.below(256)));
    switch (number % 7) {
    case 0:
        scribble(image, dice, 400);
        break;
    case 1:
        addNoise(image, dice.between(20, 120), dice);
        break;
    case 2: { // chequers and stripes of the size of modules
        const int wide = 2 + dice.below(10), high = dice.below(2) == 0 ? wide : image.height();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                image.scanLine(y)[x] = (x / wide + y / high) % 2 == 0 ? 20 : 230;
        break;
    }
    case 3: { // a field of random modules with three finder patterns: all that a code has but its content
        const int modules = 17 + 4 * (4 + dice.below(6));
        QImage code(modules, modules, QImage::Format_Grayscale8);
        for (int y = 0; y < modules; ++y)
            for (int x = 0; x < modules; ++x)
                code.scanLine(y)[x] = dice.below(2) == 0 ? 0 : 255;
        QPainter painter(&code);
        painter.setPen(Qt::NoPen);
        for (const QPoint corner : {QPoint(0, 0), QPoint(modules - 7, 0), QPoint(0, modules - 7)}) {
            painter.fillRect(QRect(corner - QPoint(1, 1), QSize(9, 9)), Qt::white);
            painter.fillRect(QRect(corner, QSize(7, 7)), Qt::black);
            painter.fillRect(QRect(corner + QPoint(1, 1), QSize(5, 5)), Qt::white);
            painter.fillRect(QRect(corner + QPoint(2, 2), QSize(3, 3)), Qt::black);
        }
        painter.end();
        const QImage scene = windowAround(code, dice);
        image = photograph(scene, modules + 2 * kQuiet, usualView(dice), 120).image;
        break;
    }
    case 4: { // ours, half of it under something
        const QImage code = asTheDeskDraws(frameText(dice));
        QImage scene = windowAround(code, dice);
        const double part = dice.between(0.4, 0.6);
        QPainter(&scene).fillRect(QRect(0, 0, static_cast<int>(scene.width() * part), scene.height()),
                                  QColor::fromHsv(0, 0, dice.below(256)));
        image = photograph(scene, code.width() + 2 * kQuiet, usualView(dice), 120).image;
        break;
    }
    case 5: { // somebody else's
        const std::string text = "https://shop.example.com/" + std::to_string(dice.next());
        const QImage code = asTheDeskDraws(text);
        Photo photo = photograph(windowAround(code, dice), code.width() + 2 * kQuiet, usualView(dice), 120);
        blur(photo.image, dice.between(0, 0.6) * photo.pixelsOfModule);
        addNoise(photo.image, dice.between(0, 60), dice);
        return {photo.image, text, {}};
    }
    default: // text, then the lens
        scribble(image, dice, 150);
        blur(image, dice.between(0.5, 3));
        addMoire(image, 0.6, dice);
        addNoise(image, 20, dice);
    }
    return {image, {}, {}};
}

} // namespace hufu::tests
