// Where pages and programs of this computer reach the desk: HTTP on 127.0.0.1 and ::1, never beyond.
#pragma once

#include "app/desk/loopback_api.h"
#include "platform/net/server.h"

namespace hufu::desk_app {

class Loopback {
public:
    // Tried in this order; hufu.js knows them, too. Below what systems hand out by themselves.
    static constexpr std::array<quint16, 3> kPorts{19531, 24531, 29531};
    static constexpr std::size_t kConnectionsMax = 32;

    // Whose the socket with these ends is (platform/net/socket_owner.h).
    using OwnerOf = std::function<net::SocketOwner(const net::SocketEnd &own, const net::SocketEnd &other)>;

    // Of several people who are logged in at once each has a desk at a port of their own. A page of another person's is answered with nothing,
    // so that it goes on to the next port.
    explicit Loopback(std::unique_ptr<LoopbackApi> api, OwnerOf ownerOf = net::ownerOf) : m_api(std::move(api)), m_ownerOf(std::move(ownerOf)) {}
    ~Loopback(); // answers who waits, then closes
    Loopback(const Loopback &) = delete;
    Loopback &operator=(const Loopback &) = delete;

    LoopbackApi &api() { return *m_api; }
    // Takes the first free one; 0: the system chooses. Returns: the port. Errors: unavailable: then no page reaches the desk.
    Result<quint16> listen(std::span<const quint16> ports);

private:
    Result<void> listenAt(const char *address, quint16 port);

    std::vector<std::unique_ptr<net::Server>> m_servers;
    std::unique_ptr<LoopbackApi> m_api;
    OwnerOf m_ownerOf;
};

} // namespace hufu::desk_app
