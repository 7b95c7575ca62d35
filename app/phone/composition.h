// Where the phone is put together: the only file here that names what stands behind the ports.
#pragma once

#include "app/phone/conductor.h"
#include "app/phone/scripted_screen.h"

#include <QString>
#include <atomic>

namespace hufu::phone_app {

// What a tester does to the phone's network; of all its connections, also of those that stand.
struct NetworkFaults {
    std::atomic<bool> isCut = false;       // nothing comes and nothing goes, and no connection ends of it
    std::atomic<bool> losesNext = false;   // the next message from the server, within an act, is lost, and the connection with it
    std::atomic<bool> garblesNext = false; // the next one is noise
    std::atomic<int> delayMs = 0;          // before each message from the server is heard
};

// What the reader of fingers finds; the numbers of its stand-in.
enum class Finger : std::uint8_t { recognised, refused, otherSet, absent };
// Whom the phone's camera sees at a face check; the numbers of the stand-in's evidence.
enum class Face : std::uint8_t { live = 1, photograph = 2, otherPerson = 3 };

class Composition {
public:
    // Opens the phone's folder, or makes it. clockFile: a tester's clock, see VirtualClock; empty: the system's.
    // Errors: those of FileDeviceStore::open, FileSecureElement::open and VirtualClock::open.
    static Result<std::unique_ptr<Composition>> open(const QString &folder, const QString &clockFile = {});
    ~Composition();

    Screens &screens();
    Conductor &conductor();
    NetworkFaults &network();
    void playFinger(Finger finger);
    void playFace(Face face); // at each check from now on
    ScriptedScreen &screen();
    void speak(bool isEnglish); // what the screens are in; the server hears of it with the next connection

private:
    Composition();
    void followClock();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace hufu::phone_app
