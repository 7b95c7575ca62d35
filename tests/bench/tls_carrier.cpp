#include "tests/bench/tls_carrier.h"

#include "platform/net/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cstdlib>

namespace hufu::bench {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

constexpr const char *kPath = "/phone/v1";

// The server's half of a connection: what the gateway of the product does with it.
class Handler final : public net::SocketHandler {
public:
    explicit Handler(std::unique_ptr<ServerEnd> end) : m_end(std::move(end)) {}
    void onOpen(std::shared_ptr<net::Socket> socket) override
    {
        m_socket = std::move(socket);
        m_socket->send(m_end->greeting());
    }
    void onMessage(ByteView message) override { m_socket->send(m_end->answer(message)); }
    void onClosed() override {}

private:
    std::unique_ptr<ServerEnd> m_end;
    std::shared_ptr<net::Socket> m_socket;
};

// A phone that waits for each answer. It takes any certificate: the pin costs nothing that is measured here.
class Phone final : public PhoneEnd {
public:
    Phone(asio::ssl::context &tls, std::uint16_t port) : m_stream(m_io, tls)
    {
        auto &socket = m_stream.next_layer().next_layer().socket();
        socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
        socket.set_option(tcp::no_delay(true));
        m_stream.next_layer().handshake(asio::ssl::stream_base::client);
        m_stream.handshake("127.0.0.1:" + std::to_string(port), kPath);
        m_stream.binary(true);
    }
    ~Phone() override
    {
        beast::error_code ignored;
        m_stream.next_layer().next_layer().socket().close(ignored);
    }
    Bytes greeting() override { return received(); }
    Bytes ask(ByteView message) override
    {
        m_stream.write(asio::buffer(message.data(), message.size()));
        return received();
    }

private:
    Bytes received()
    {
        beast::flat_buffer buffer;
        m_stream.read(buffer);
        const auto *begin = static_cast<const std::uint8_t *>(buffer.data().data());
        return Bytes(begin, begin + buffer.size());
    }

    asio::io_context m_io;
    beast::websocket::stream<beast::ssl_stream<beast::tcp_stream>> m_stream;
};

class TlsCarrier final : public Carrier {
public:
    TlsCarrier(const std::filesystem::path &folder, unsigned threads)
    {
        std::filesystem::create_directories(folder);
        auto identity = net::TlsIdentity::loadOrCreate(folder);
        if (!identity) std::abort();
        net::ServerConfig config;
        config.identity = std::move(*identity);
        config.threads = threads;
        m_server = std::make_unique<net::Server>(std::move(config));
        if (!m_server->listen()) std::abort();
    }
    void start(std::function<std::unique_ptr<ServerEnd>()> connected) override
    {
        net::Router router;
        router.addSocket(kPath, [connected](const net::Request &) { return std::make_unique<Handler>(connected()); });
        m_server->start(std::move(router));
    }
    std::unique_ptr<PhoneEnd> connect() override { return std::make_unique<Phone>(m_tls, m_server->port()); }
    void stop() override { m_server->stop(); }

private:
    asio::ssl::context m_tls{asio::ssl::context::tlsv13_client};
    std::unique_ptr<net::Server> m_server;
};

} // namespace

std::unique_ptr<Carrier> tlsCarrier(const std::filesystem::path &folder, unsigned threads)
{
    return std::make_unique<TlsCarrier>(folder, threads);
}

} // namespace hufu::bench
