// Which sites and programs may speak with this desk: what its user has said, once for each. Kept in the desk's folder.
#pragma once

#include "app/desk/wish.h"
#include "shield/ports/device_store.h"

#include <map>

namespace hufu::desk_app {

class Sites {
public:
    static constexpr std::size_t kMost = 100; // then the user has to remove one

    enum class Standing : std::uint8_t { unknown, allowed, refused };

    // A list that is damaged counts as empty: nobody may do anything then.
    explicit Sites(ports::DeviceStore &store);

    Standing standingOf(const QString &origin) const;
    const std::map<QString, Standing> &all() const { return m_sites; }

    // Errors: unavailable (then it is as before); refused (kMost are there).
    Result<void> set(const QString &origin, Standing standing);
    // The site has to ask again. Errors: unavailable.
    Result<void> remove(const QString &origin);

private:
    Result<void> keep(std::map<QString, Standing> sites);

    ports::DeviceStore &m_store;
    std::map<QString, Standing> m_sites;
};

} // namespace hufu::desk_app
