#include "platform/net/server_streams.h"
#include "shield/base/secret.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <chrono>
#include <deque>

namespace hufu::net {

namespace {

namespace websocket = beast::websocket;
using std::chrono::milliseconds;

// More answers than this wait for a peer that does not read: it is dropped.
constexpr std::size_t kWaitingMost = 64;

// Everything but the three calls of Socket runs on the connection's strand.
class WebSocket final : public Socket, public std::enable_shared_from_this<WebSocket> {
public:
    WebSocket(TlsStream stream, std::shared_ptr<ServerShared> shared)
        : m_shared(std::move(shared)), m_stream(std::move(stream)), m_silence(m_stream.get_executor()),
          m_wake(m_stream.get_executor(), asio::steady_timer::time_point::max()),
          m_silenceMs(m_shared->config.idleMs)
    {
    }

    void send(Bytes message) override
    {
        post([message = std::move(message)](WebSocket &self) mutable { self.enqueue(std::move(message)); });
    }

    void close() override
    {
        post([](WebSocket &self) { self.endWith(websocket::close_code::normal); });
    }

    void allowSilence(std::int64_t ms) override
    {
        post([ms](WebSocket &self) {
            self.m_silenceMs = ms;
            self.listen();
        });
    }

    asio::awaitable<void> serve(HttpRequest request, std::unique_ptr<SocketHandler> handler)
    {
        const auto self = shared_from_this();
        beast::get_lowest_layer(m_stream).expires_never();
        websocket::stream_base::timeout times;
        times.handshake_timeout = milliseconds(m_shared->config.idleMs);
        times.idle_timeout = websocket::stream_base::none();
        times.keep_alive_pings = false;
        m_stream.set_option(times);
        m_stream.read_message_max(limits::kMessageMax);
        beast::error_code failure;
        co_await m_stream.async_accept(request, into(failure));
        if (failure) co_return;
        m_stream.binary(true);

        const std::uint64_t ticket = m_shared->enter([weak = weak_from_this()] {
            if (const auto alive = weak.lock())
                alive->post([](WebSocket &socket) { socket.endWith(websocket::close_code::going_away); });
        });
        const End end{*m_shared, ticket, *handler, m_ended};
        if (m_shared->stopping) endWith(websocket::close_code::going_away);
        listen();
        asio::co_spawn(
            m_stream.get_executor(), [self] { return self->writeAll(); }, asio::detached);
        try {
            handler->onOpen(self);
            co_await readAll(*handler);
        } catch (const std::exception &) {
            beast::get_lowest_layer(m_stream).close();
        }
        m_ended = true;
        m_silence.cancel();
        m_wake.cancel();
    }

private:
    // The application hears of the end in any case, also when the server destroys the coroutine.
    struct End {
        ServerShared &shared;
        std::uint64_t ticket;
        SocketHandler &handler;
        bool &ended;
        End(ServerShared &s, std::uint64_t t, SocketHandler &h, bool &e)
            : shared(s), ticket(t), handler(h), ended(e)
        {
        }
        End(const End &) = delete;
        End &operator=(const End &) = delete;
        ~End()
        {
            ended = true;
            handler.onClosed();
            shared.leave(ticket);
        }
    };

    template <typename Task> void post(Task task)
    {
        asio::post(m_stream.get_executor(), [self = shared_from_this(), task = std::move(task)]() mutable {
            if (!self->m_ended) task(*self);
        });
    }

    void enqueue(Bytes message)
    {
        if (m_closing) return;
        if (m_waiting.size() >= kWaitingMost) return beast::get_lowest_layer(m_stream).close();
        m_waiting.push_back(std::move(message));
        m_wake.cancel();
    }

    void endWith(websocket::close_code code)
    {
        if (m_closing) return;
        m_closing = code;
        m_wake.cancel();
    }

    // Starts the peer's time anew.
    void listen()
    {
        m_silence.expires_after(milliseconds(m_silenceMs));
        m_silence.async_wait([weak = weak_from_this()](beast::error_code failure) {
            const auto self = weak.lock();
            if (failure || !self || self->m_ended) return;
            if (self->m_closing) return beast::get_lowest_layer(self->m_stream).close();
            self->endWith(websocket::close_code::policy_error);
            self->m_silenceMs = self->m_shared->config.idleMs; // for the closing itself
            self->listen();
        });
    }

    asio::awaitable<void> readAll(SocketHandler &handler)
    {
        beast::basic_flat_buffer<WipingAllocator<char>> buffer; // what it grows out of is wiped, too
        beast::error_code failure;
        while (true) {
            co_await m_stream.async_read(buffer, into(failure));
            if (failure) co_return;
            if (m_closing) { // what comes now is not answered any more
                buffer.consume(buffer.size());
                continue;
            }
            if (!m_stream.got_binary()) {
                endWith(websocket::close_code::unknown_data);
                buffer.consume(buffer.size());
                continue;
            }
            listen();
            handler.onMessage({static_cast<const std::uint8_t *>(buffer.data().data()), buffer.size()});
            wipe(buffer.data().data(), buffer.size()); // K_dev, shares of signatures, proofs of PINs
            buffer.consume(buffer.size());
        }
    }

    asio::awaitable<void> writeAll()
    {
        beast::error_code failure;
        while (!m_ended && !failure) {
            if (!m_waiting.empty()) {
                Bytes message = std::move(m_waiting.front());
                m_waiting.pop_front();
                co_await m_stream.async_write(asio::buffer(message), into(failure));
                wipe(message.data(), message.size()); // P2 of a KG2, T2 of a DEC2
            } else if (m_closing) {
                co_await m_stream.async_close(*m_closing, into(failure));
                co_return;
            } else {
                m_wake.expires_at(asio::steady_timer::time_point::max());
                beast::error_code ignored;
                co_await m_wake.async_wait(into(ignored));
            }
        }
        if (failure) beast::get_lowest_layer(m_stream).close();
    }

    std::shared_ptr<ServerShared> m_shared;
    websocket::stream<TlsStream> m_stream;
    asio::steady_timer m_silence;
    asio::steady_timer m_wake;
    std::int64_t m_silenceMs;
    std::deque<Bytes> m_waiting;
    std::optional<websocket::close_code> m_closing;
    bool m_ended = false;
};

} // namespace

asio::awaitable<void> serveSocket(TlsStream stream, HttpRequest request, std::unique_ptr<SocketHandler> handler,
                                  std::shared_ptr<ServerShared> shared)
{
    const auto socket = std::make_shared<WebSocket>(std::move(stream), std::move(shared));
    co_await socket->serve(std::move(request), std::move(handler));
}

} // namespace hufu::net
