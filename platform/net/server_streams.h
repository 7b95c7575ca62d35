// The stream types of the HTTP library: for server_*.cpp alone.
#pragma once

#include "platform/net/server_shared.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

namespace hufu::net {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using HttpRequest = http::request<http::vector_body<std::uint8_t>>;

inline auto into(beast::error_code &failure)
{
    return asio::redirect_error(asio::use_awaitable, failure);
}

// Takes over a connection whose request asked for a WebSocket, until it ends.
asio::awaitable<void> serveSocket(TlsStream stream, HttpRequest request, std::unique_ptr<SocketHandler> handler,
                                  std::shared_ptr<ServerShared> shared);

} // namespace hufu::net
