// What the phone's system does about pictures of its screen. composition.cpp gives the testers' stand-in.
#pragma once

#include <functional>

namespace hufu::phone_app {

// On the GUI thread.
class ScreenGuard {
public:
    virtual ~ScreenGuard() = default;
    // Whether what is shown now stays out of screenshots, recordings and the list of running apps.
    virtual void forbidPictures(bool forbids) = 0;
    // told: whether somebody records the screen; called at once, and with each change.
    virtual void watchRecorder(std::function<void(bool)> told) = 0;
};

} // namespace hufu::phone_app
