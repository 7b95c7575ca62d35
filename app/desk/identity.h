// Who this desk is: its key, its name, and whether a person has enrolled it. Sealed in the desk's folder.
#pragma once

#include "shield/desk/desk_key.h"
#include "shield/ports/device_store.h"

#include <string>

namespace hufu::desk_app {

class Identity {
public:
    // Reads the key, or makes one. Errors: unavailable; tampered (a file of another machine).
    static Result<Identity> open(ports::DeviceStore &store, ports::SecureElement &element,
                                 ports::Random &random);

    const desk::DeskKey &key() const { return m_key; }
    const std::string &name() const { return m_name; } // empty: not enrolled
    bool enrolled() const { return !m_name.empty(); }
    // Errors: unavailable: then it is not enrolled.
    Result<void> setEnrolled(const std::string &name);
    // Nobody has it enrolled any more; the key stays. Errors: unavailable: then it is as before.
    Result<void> leave();

private:
    Identity(ports::DeviceStore &store, desk::DeskKey key, std::string name);
    ports::DeviceStore *m_store;
    desk::DeskKey m_key;
    std::string m_name;
};

} // namespace hufu::desk_app
