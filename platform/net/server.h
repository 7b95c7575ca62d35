// HTTPS and WebSocket server, TLS 1.3 only; for the computer's own pages HTTP on a loopback address.
#pragma once

#include "platform/net/router.h"
#include "platform/net/socket_owner.h"
#include "platform/net/tls_identity.h"

namespace hufu::net {

struct ServerConfig {
    std::string address = "127.0.0.1"; // numeric, IPv4 or IPv6
    std::uint16_t port = 0;            // 0: the system chooses
    std::vector<std::string>
        hosts; // what Host may say besides address and "localhost"; the port must be right too
    TlsIdentity identity;
    bool plain = false; // HTTP without TLS, and no WebSocket: loopback addresses alone
    unsigned threads = 4;
    std::size_t connectionsMax = 2'000;
    std::int64_t idleMs = limits::kIdleMs;
    std::int64_t stopMs = 3'000; // how long a stop waits for requests under way
    // The body of an answer that the server gives on its own: 400, 404, 405, 408, 413, 421, 431, 500, 503.
    std::function<Response(int status)> errorResponse;
    // What a person sees who comes to a path that does not exist. Not there, or nothing: errorResponse(404), as for programs.
    std::function<std::optional<Response>(const Request &request)> unknownPage;
    // If it is there, asked of each connection; one that is not admitted is closed without a word.
    std::function<bool(const SocketEnd &peer, const SocketEnd &own)> admits;
};

// Refuses before the application sees anything: header over limits::kHeaderMax (431), body over the route's
// limit (413), both Content-Length and Transfer-Encoding (400), a wrong Host (421), a header that is not
// complete in time, a body or an answer of which nothing moves for as long or, after that, less than limits::kSpeedLeast (the connection is closed), an unknown path (404) or method (405), a WebSocket request
// with an Origin (403: a page is not a phone), a WebSocket message that is too large (closed).
class Server {
public:
    explicit Server(ServerConfig config);
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;
    ~Server(); // stops

    // Takes the port; who connects now waits until start(). Errors: badInput (address, key; plain on an address that others
    // reach), unavailable (the port is taken).
    Result<void> listen();
    std::uint16_t port() const; // known from listen() on

    // Answers requests. listen() has succeeded; called once.
    void start(Router router);

    // Stops accepting, lets requests under way be answered, closes WebSockets with "going away", ends the
    // threads. Blocks until done, at most stopMs and a little. Not to be called from a handler. No Reply and no
    // Socket may be used afterwards, so whoever keeps one answers before.
    void stop();

    // Runs task on a server thread, in ms from now at the earliest. Dropped when the server stops.
    void after(std::int64_t ms, std::function<void()> task);

private:
    class Engine;
    std::unique_ptr<Engine> m_engine;
};

} // namespace hufu::net
