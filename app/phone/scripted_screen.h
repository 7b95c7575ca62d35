// The testers' stand-in of the system's guard of the screen: it remembers what the app forbids, and plays somebody who records.
#pragma once

#include "app/phone/screen_guard.h"

namespace hufu::phone_app {

class ScriptedScreen final : public ScreenGuard {
public:
    void forbidPictures(bool forbids) override { m_forbids = forbids; }
    void watchRecorder(std::function<void(bool)> told) override
    {
        m_told = std::move(told);
        if (m_told) m_told(m_isRecorded);
    }
    // A tester may let pictures be taken all the same.
    void allow(bool allows) { m_allows = allows; }
    void record(bool records)
    {
        m_isRecorded = records;
        if (m_told) m_told(records);
    }
    bool forbids() const { return m_forbids; }
    bool isBlank() const { return m_forbids && !m_allows; } // what a picture would show
    bool isRecorded() const { return m_isRecorded; }

private:
    std::function<void(bool)> m_told;
    bool m_forbids = false, m_allows = false, m_isRecorded = false;
};

} // namespace hufu::phone_app
