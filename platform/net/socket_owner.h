// Whose program is at the other end of a connection within this computer. Ports are the whole computer's: whoever else is logged in
// there can connect to them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hufu::net {

struct SocketEnd {
    std::array<std::uint8_t, 16> address{}; // of IPv6; IPv4 as ::ffff:a.b.c.d
    std::uint16_t port = 0;
    bool operator==(const SocketEnd &) const = default;
};

// In: table, as Linux keeps it in /proc/net/tcp or tcp6; own and other, the two ends as that socket has them. Returns: the user id of the
// socket; nothing if there is none such, or if its program has let go of it.
std::optional<std::uint32_t> ownerIn(std::string_view table, const SocketEnd &own, const SocketEnd &other);

struct SocketOwner {
    bool isKnown = false;              // this computer has such tables
    std::optional<std::uint32_t> user; // nothing: no program holds that socket any more
};

// The same from the tables of this computer.
SocketOwner ownerOf(const SocketEnd &own, const SocketEnd &other);

} // namespace hufu::net
