// Where the desk is put together: the only file here that names what stands behind the ports.
#pragma once

#include "app/desk/counter.h"
#include "app/desk/link.h"
#include "app/desk/link_keeper.h"
#include "app/desk/loopback.h"

namespace hufu::desk_app {

// Asks over HTTPS, with what the link pins; one question at a time.
LinkKeeper::LookAt lookAtServer();

class Composition {
public:
    // Opens the desk's folder, or makes it. clockFile: a tester's clock, see VirtualClock; empty: the system's. usesKeyring: where the desktop has
    // one, the desk's key is kept there; this may ask the person for its password.
    // Errors: those of the store, the secure element, Identity::open and VirtualClock::open.
    static Result<std::unique_ptr<Composition>> open(const QString &folder, const DeskLink &link, const QString &clockFile = {}, bool usesKeyring = false);
    // HF-nnn for the person: why the folder cannot be used.
    static int problemOf(const Error &error);
    ~Composition();

    DeskScreens &screens();
    Counter &counter();
    // Lets pages and programs of this computer ask. Errors: as Loopback::listen.
    Result<void> listen(std::span<const quint16> ports);
    LoopbackApi &loopback();

private:
    Composition();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace hufu::desk_app
