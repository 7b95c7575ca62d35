// Where the phone is put together: the only file here that names what stands behind the ports.
#pragma once

#include "app/phone/conductor.h"

#include <QString>

namespace hufu::phone_app {

class Composition {
public:
    // Opens the phone's folder, or makes it. clockFile: a tester's clock, see VirtualClock; empty: the system's.
    // Errors: those of FileDeviceStore::open, FileSecureElement::open and VirtualClock::open.
    static Result<std::unique_ptr<Composition>> open(const QString &folder, const QString &clockFile = {});
    ~Composition();

    Screens &screens();
    Conductor &conductor();

private:
    Composition();
    void followClock();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace hufu::phone_app
