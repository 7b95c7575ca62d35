// Requests, responses and WebSocket connections as the application sees them: no type of the HTTP library.
#pragma once

#include "shield/base/bytes.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hufu::net {

struct Request {
    std::string method;                                       // "GET"
    std::string target;                                       // as sent: path and query
    std::string path;                                         // as sent, not decoded; routes know no escapes
    std::map<std::string, std::string> query;                 // decoded
    std::map<std::string, std::string> parameters;            // of the route's {names}
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case
    Bytes body;
    std::string caller; // the peer's network: its IPv4 address, or the /64 of its IPv6 address
    // Turns true when the peer has left: nobody will read the answer. Null outside a connection.
    std::shared_ptr<const std::atomic<bool>> left;

    // The only header of that name. Nothing if it is missing or stands there twice.
    std::optional<std::string_view> header(std::string_view lowerCaseName) const;
};

// The body of an answer that goes on. All calls are allowed from any thread and after the connection ended.
class Stream {
public:
    static constexpr std::size_t kPiecesMost = 256; // that wait for a slow reader; then it counts as gone

    virtual ~Stream() = default;
    virtual bool send(Bytes piece) = 0; // in order of the calls. False: nobody reads it any more
    virtual void end() = 0;             // after what was sent before
};

struct Response {
    int status = 200;
    std::string contentType = "application/json";
    Bytes body;
    std::vector<std::pair<std::string, std::string>> headers;
    // If it is there, the body comes in pieces: called once, on a thread of the server. Such an answer lasts until its end, until
    // the peer leaves or the server stops, and body is not looked at.
    std::function<void(std::shared_ptr<Stream>)> opened;
};

// Answers one request: called once, from any thread, now or later. Further calls do nothing. An answer to a
// peer that is gone is dropped.
using Reply = std::function<void(Response)>;
using Handler = std::function<void(const Request &, Reply)>;

// One open WebSocket. All calls are allowed from any thread and after the connection ended.
class Socket {
public:
    virtual ~Socket() = default;
    virtual void send(Bytes message) = 0; // one binary message; sent in order of the calls
    virtual void close() = 0;             // after what was sent before
    // How long the peer may stay silent from now on before the connection is closed.
    virtual void allowSilence(std::int64_t ms) = 0;
};

// The application's end of one WebSocket. Calls of one object never overlap. Destroyed when the connection
// ends.
class SocketHandler {
public:
    virtual ~SocketHandler() = default;
    virtual void onOpen(std::shared_ptr<Socket> socket) = 0;
    virtual void onMessage(ByteView message) = 0;
    virtual void onClosed() = 0; // the last call, also when the server stops
};
// In: upgrade, the request that asked for the connection.
using SocketFactory = std::function<std::unique_ptr<SocketHandler>(const Request &upgrade)>;

} // namespace hufu::net
