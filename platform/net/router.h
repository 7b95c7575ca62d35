// Which handler a request belongs to.
#pragma once

#include "platform/net/http.h"
#include "shield/base/limits.h"

namespace hufu::net {

struct Route {
    std::string method;
    std::vector<std::string> pattern; // segments; "{name}" matches any one segment that is not empty
    std::size_t bodyMax = limits::kBodyMax;
    Handler handler;
};

class Router {
public:
    // pattern: "/desk/v1/sessions/{token}". Routes are looked at in the order in which they were added.
    void add(std::string_view method, std::string_view pattern, Handler handler,
             std::size_t bodyMax = limits::kBodyMax);
    // A WebSocket end point; messages are at most limits::kMessageMax.
    void addSocket(std::string_view path, SocketFactory factory);

    struct Match {
        const Route *route = nullptr;
        std::map<std::string, std::string> parameters;
        bool pathKnown = false; // the path exists, for another method
        std::string allowed;    // "GET, POST": what the path knows, when pathKnown
    };
    Match find(std::string_view method, std::string_view path) const;
    const SocketFactory *findSocket(std::string_view path) const;
    std::size_t largestBody() const; // of all routes

private:
    std::vector<Route> m_routes;
    std::map<std::string, SocketFactory, std::less<>> m_sockets;
};

// Splits a request target into path and decoded query. Errors: badInput for anything but origin form, a bad
// escape, a path with a control character, or a query name that comes twice.
Result<void> splitTarget(Request &request);

} // namespace hufu::net
