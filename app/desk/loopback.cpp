#include "app/desk/loopback.h"

#include <unistd.h>

namespace hufu::desk_app {

Loopback::~Loopback()
{
    m_api.reset(); // what it still answers needs the servers
    m_servers.clear();
}

Result<void> Loopback::listenAt(const char *address, quint16 port)
{
    net::ServerConfig config;
    config.address = address;
    config.port = port;
    config.plain = true;
    config.threads = 1;
    config.connectionsMax = kConnectionsMax;
    config.errorResponse = LoopbackApi::problemOfStatus;
    config.admits = [ownerOf = m_ownerOf](const net::SocketEnd &peer, const net::SocketEnd &own) {
        const auto owner = ownerOf(peer, own);
        return !owner.isKnown || owner.user == ::geteuid(); // whoever has asked and gone at once is not answered: he could be anybody
    };
    auto server = std::make_unique<net::Server>(std::move(config));
    HUFU_CHECK(server->listen());
    server->start(m_api->router());
    m_servers.push_back(std::move(server));
    return {};
}

Result<quint16> Loopback::listen(std::span<const quint16> ports)
{
    for (const quint16 wished : ports) {
        if (!listenAt("127.0.0.1", wished)) continue;
        const quint16 port = m_servers.back()->port();
        // Not every computer has IPv6, and pages ask 127.0.0.1 first.
        static_cast<void>(listenAt("::1", port));
        return port;
    }
    return Error(Errc::unavailable, "every port is taken");
}

} // namespace hufu::desk_app
