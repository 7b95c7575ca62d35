// What the phone can look at, and how it reads a code there. composition.cpp gives the real one; a test plays its own.
#pragma once

#include "shield/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QRect>
#include <QString>

#include <functional>
#include <string>
#include <string_view>

namespace hufu::phone_app {

inline constexpr char kOurs[] = "HUFU:"; // what each code of ours begins with

// By default an eye that sees nothing. On the GUI thread.
struct Eye {
    static Error shut() { return Error(Errc::unavailable, "no eye"); }

    // A part of all screens, or with a null rectangle everything. Errors: unavailable (this system does not show its
    // screen to programs).
    std::function<Result<QImage>(const QRect &)> screen = [](const QRect &) -> Result<QImage> { return shut(); };
    // What the camera can do besides looking. By default nothing: the page shows neither.
    bool hasTorch = false;
    double zoomMost = 1; // times; 1: it does not zoom
    std::function<void(bool)> torch = [](bool) {};
    std::function<void(double)> zoom = [](double) {};
    std::function<QRect()> everything = [] { return QRect(); };
    std::function<Result<QImage>(const QString &)> file = [](const QString &) -> Result<QImage> { return shut(); };
    // A picture as it was dropped: the bytes of a PNG or the like.
    std::function<Result<QImage>(const QByteArray &)> bytes = [](const QByteArray &) -> Result<QImage> {
        return shut();
    };
    std::function<Result<QImage>()> pasted = []() -> Result<QImage> { return shut(); };
    std::function<QString()> pastedText = [] { return QString(); };
    // The text of the first code that begins so; else of the first code at all. For pictures that stand still. On any thread, as are
    // file and bytes.
    std::function<Result<std::string>(const QImage &, std::string_view)> read =
        [](const QImage &, std::string_view) -> Result<std::string> { return shut(); };
    // The other way round: a code of this text, one pixel a module; null if it is too long.
    std::function<QImage(const QString &)> draw = [](const QString &) { return QImage(); };
    // Does work where it holds nobody up, and then done on the GUI thread. By default both at once.
    using Work = std::function<void()>;
    std::function<void(const Work &, const Work &)> aside = [](const Work &work, const Work &done) {
        work();
        done();
    };
    // As read, of one frame of many, for codes of ours: seen is called later, on the GUI thread; or never, if the next frame
    // came before this one's turn.
    using Seen = std::function<void(const Result<std::string> &)>;
    std::function<void(const QImage &, const Seen &)> look = [](const QImage &, const Seen &seen) { seen(shut()); };
};

} // namespace hufu::phone_app
