// Which sites and programs may speak with this desk: what its user has said, once for each. Kept in the desk's folder.
#pragma once

#include "app/desk/wish.h"
#include "shield/ports/device_store.h"

#include <map>

namespace hufu::desk_app {

class Sites {
public:
    static constexpr std::size_t kMost = 100;        // allowed; then the user has to remove one
    static constexpr std::size_t kRefusedMost = 100; // then the one refused longest ago is forgotten, and may ask again

    enum class Standing : std::uint8_t { unknown, allowed, refused };

    // A list that is damaged counts as empty: nobody may do anything then.
    explicit Sites(ports::DeviceStore &store);

    Standing standingOf(const QString &origin) const;
    std::map<QString, Standing> all() const;

    // Errors: unavailable (then it is as before); refused (kMost are allowed).
    Result<void> set(const QString &origin, Standing standing);
    // The site has to ask again. Errors: unavailable.
    Result<void> remove(const QString &origin);

private:
    struct Word {
        Standing standing = Standing::unknown;
        qint64 turn = 0; // of the refused: which came first
    };
    using Words = std::map<QString, Word>;
    Result<void> keep(Words words);

    ports::DeviceStore &m_store;
    Words m_words;
};

} // namespace hufu::desk_app
