// What drawing needs of Qt in a program that has no windows.
#pragma once

#include <memory>

class QGuiApplication;

namespace hufu::drawing {

// Made once in a program, in its first thread, before anything is drawn; pictures may then be drawn in other threads, too.
// It has no event loop, opens no display, and asks for no plugin but Qt's own "offscreen".
class Offscreen {
public:
    Offscreen();
    ~Offscreen();
    Offscreen(const Offscreen &) = delete;
    Offscreen &operator=(const Offscreen &) = delete;

private:
    std::unique_ptr<QGuiApplication> m_application;
};

} // namespace hufu::drawing
