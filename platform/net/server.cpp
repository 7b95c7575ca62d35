#include "platform/net/server.h"

#include "platform/net/server_shared.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <future>
#include <optional>
#include <thread>

namespace hufu::net {

using asio::ip::tcp;

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(
        out, out.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return out;
}

std::uint64_t ServerShared::enter(std::function<void()> ask)
{
    const std::lock_guard lock(m_mutex);
    m_asks.emplace(m_next, std::move(ask));
    return m_next++;
}

void ServerShared::leave(std::uint64_t ticket)
{
    const std::lock_guard lock(m_mutex);
    m_asks.erase(ticket);
    if (m_asks.empty()) m_emptied.notify_all();
}

std::size_t ServerShared::count()
{
    const std::lock_guard lock(m_mutex);
    return m_asks.size();
}

void ServerShared::askAllToEnd()
{
    std::vector<std::function<void()>> asks;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[ticket, ask] : m_asks)
            asks.push_back(ask);
    }
    for (const auto &ask : asks)
        ask();
}

void ServerShared::waitUntilEmpty(std::int64_t ms)
{
    std::unique_lock lock(m_mutex);
    m_emptied.wait_for(lock, std::chrono::milliseconds(ms), [this] { return m_asks.empty(); });
}

namespace {

bool useTls13(asio::ssl::context &tls, const TlsIdentity &identity)
{
    boost::system::error_code failure;
    tls.use_certificate(asio::buffer(identity.certificatePem), asio::ssl::context::pem, failure);
    if (!failure) tls.use_private_key(asio::buffer(identity.keyPem->expose().data(), identity.keyPem->size()), asio::ssl::context::pem, failure);
    if (failure) return false;
    SSL_CTX *const context = tls.native_handle();
    // No tickets: a resumed session would outlive a change of the key, and there is no 0-RTT (PROTOCOL 0.4).
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set_num_tickets(context, 0) == 1;
}

SocketEnd endOf(const tcp::endpoint &endpoint)
{
    const asio::ip::address address = endpoint.address();
    return {address.is_v6() ? address.to_v6().to_bytes() : asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()).to_bytes(), endpoint.port()};
}

} // namespace

class Server::Engine {
public:
    explicit Engine(ServerConfig config) : shared(std::make_shared<ServerShared>())
    {
        shared->config = std::move(config);
    }

    Result<void> listen()
    {
        boost::system::error_code failure;
        const auto address = asio::ip::make_address(shared->config.address, failure);
        if (failure) return Error(Errc::badInput, "not a numeric address");
        if (shared->config.plain && !address.is_loopback()) return Error(Errc::badInput, "plain on an open address");
        if (!shared->config.plain && !useTls13(shared->tls, shared->config.identity))
            return Error(Errc::badInput, "TLS key or certificate");
        const tcp::endpoint endpoint(address, shared->config.port);
        acceptor->open(endpoint.protocol(), failure);
        if (!failure) acceptor->set_option(asio::socket_base::reuse_address(true), failure);
        if (!failure) acceptor->bind(endpoint, failure);
        if (!failure) acceptor->listen(asio::socket_base::max_listen_connections, failure);
        if (failure) return Error(Errc::unavailable, "cannot listen there");
        port = acceptor->local_endpoint().port();
        nameHosts(address);
        return {};
    }

    void start(Router router)
    {
        shared->router = std::move(router);
        shared->bodyMax = shared->router.largestBody();
        asio::co_spawn(acceptor->get_executor(), accept(), asio::detached);
        for (unsigned i = 0; i < std::max(1U, shared->config.threads); ++i)
            threads.emplace_back([this] { context->run(); });
    }

    void stop()
    {
        if (shared->stopping.exchange(true) || threads.empty()) return;
        std::promise<void> closed;
        asio::post(acceptor->get_executor(), [this, &closed] {
            boost::system::error_code ignored;
            acceptor->close(ignored);
            closed.set_value();
        });
        closed.get_future().wait();
        shared->askAllToEnd();
        shared->waitUntilEmpty(shared->config.stopMs);
        context->stop();
        for (std::thread &thread : threads)
            thread.join();
        threads.clear();
        acceptor.reset();
        context.reset(); // closes what did not end by itself
    }

    void after(std::int64_t ms, std::function<void()> task)
    {
        if (shared->stopping) return;
        auto timer = std::make_shared<asio::steady_timer>(*context, std::chrono::milliseconds(ms));
        timer->async_wait([timer, task = std::move(task)](boost::system::error_code failure) {
            if (!failure) task();
        });
    }

    std::shared_ptr<ServerShared> shared;
    std::optional<asio::io_context> context{std::in_place};
    std::optional<tcp::acceptor> acceptor{std::in_place, asio::make_strand(*context)};
    std::vector<std::thread> threads;
    std::uint16_t port = 0;

private:
    void nameHosts(const asio::ip::address &address)
    {
        std::vector<std::string> names = shared->config.hosts;
        names.push_back("localhost");
        names.push_back(address.is_v6() ? "[" + address.to_string() + "]" : address.to_string());
        for (const std::string &given : names) {
            const std::string name = lowered(given);
            shared->hosts.push_back(name + ":" + std::to_string(port));
            if (port == 443) shared->hosts.push_back(name);
        }
    }

    bool isAdmitted(const tcp::socket &socket) const
    {
        boost::system::error_code failure;
        const tcp::endpoint peer = socket.remote_endpoint(failure);
        if (failure) return false; // it has left
        const tcp::endpoint own = socket.local_endpoint(failure);
        return !failure && shared->config.admits(endOf(peer), endOf(own));
    }

    asio::awaitable<void> accept()
    {
        while (!shared->stopping) {
            boost::system::error_code failure;
            tcp::socket socket(asio::make_strand(*context));
            co_await acceptor->async_accept(socket, asio::redirect_error(asio::use_awaitable, failure));
            if (failure == asio::error::operation_aborted) co_return;
            if (failure) { // out of file descriptors, most likely: give the others time to end
                asio::steady_timer pause(*context, std::chrono::milliseconds(100));
                co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failure));
                continue;
            }
            // Messages are small and each waits for the one before it.
            socket.set_option(tcp::no_delay(true), failure);
            if (shared->count() >= shared->config.connectionsMax) continue; // closed at once
            if (shared->config.admits && !isAdmitted(socket)) continue;
            const auto executor = socket.get_executor();
            asio::co_spawn(executor, serveConnection(std::move(socket), shared), asio::detached);
        }
    }
};

Server::Server(ServerConfig config) : m_engine(std::make_unique<Engine>(std::move(config))) {}

Server::~Server()
{
    stop();
}

Result<void> Server::listen()
{
    return m_engine->listen();
}

void Server::start(Router router)
{
    m_engine->start(std::move(router));
}

std::uint16_t Server::port() const
{
    return m_engine->port;
}

void Server::stop()
{
    m_engine->stop();
}

void Server::after(std::int64_t ms, std::function<void()> task)
{
    m_engine->after(ms, std::move(task));
}

} // namespace hufu::net
