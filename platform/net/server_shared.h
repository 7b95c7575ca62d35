// What the server's files share: for server*.cpp alone.
#pragma once

#include "platform/net/server.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace hufu::net {

namespace asio = boost::asio;

// Outlives every connection.
struct ServerShared {
    ServerConfig config;
    Router router;
    std::vector<std::string> hosts; // every Host that is ours, with its port
    std::size_t bodyMax = 0;        // the largest of all routes
    asio::ssl::context tls{asio::ssl::context::tls_server};
    std::atomic<bool> stopping = false;

    // Connections register how they are told to end; the count says when the last one is gone.
    std::uint64_t enter(std::function<void()> ask);
    void leave(std::uint64_t ticket);
    std::size_t count();
    void askAllToEnd();
    void waitUntilEmpty(std::int64_t ms);

private:
    std::mutex m_mutex;
    std::condition_variable m_emptied;
    std::uint64_t m_next = 0;
    std::map<std::uint64_t, std::function<void()>> m_asks;
};

// ASCII letters in lower case: how names of hosts and headers are compared.
std::string lowered(std::string_view text);

// Serves one accepted connection until it ends.
asio::awaitable<void> serveConnection(asio::ip::tcp::socket socket, std::shared_ptr<ServerShared> shared);

} // namespace hufu::net
