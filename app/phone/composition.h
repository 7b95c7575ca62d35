// Where the phone is put together: the only file here that names what stands behind the ports.
#pragma once

#include "app/phone/conductor.h"

#include <QString>

namespace hufu::phone_app {

class Composition {
public:
    // Opens the phone's folder, or makes it. Errors: those of FileDeviceStore::open and
    // FileSecureElement::open.
    static Result<std::unique_ptr<Composition>> open(const QString &folder);
    ~Composition();

    Screens &screens();
    Conductor &conductor();

private:
    Composition();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace hufu::phone_app
