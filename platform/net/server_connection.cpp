#include "platform/net/server_streams.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <sys/socket.h>

namespace hufu::net {

namespace {

using std::chrono::milliseconds;

// A reply may be long in coming (a long poll), but not for ever.
constexpr milliseconds kReplyMost{limits::kLongPollMaxMs + 30'000};
// Nothing is read while a reply is waited for, so a peer that leaves has to be looked for.
constexpr milliseconds kLookForPeer{500};
// The peer's part of the TLS farewell is waited for, but not long.
constexpr milliseconds kFarewell{500};
// A refused upload is read on for a little, so that the peer gets to see the answer.
constexpr milliseconds kLinger{2'000};
constexpr std::size_t kLingerBytes = 4 * 1024 * 1024;

// Wakes a connection from the application's threads. The application may hold it for longer than the server lives, so the
// connection takes the timer with it when it ends: nothing of the server is touched afterwards.
class Bell {
public:
    explicit Bell(const asio::any_io_executor &executor)
        : m_timer(std::in_place, executor, asio::steady_timer::time_point::max())
    {
    }
    // Any thread: what runs on the connection's strand, if the connection is still there.
    template <typename Task> void post(Task &&task)
    {
        const std::lock_guard lock(m_mutex);
        if (m_timer) asio::post(m_timer->get_executor(), std::forward<Task>(task));
    }
    // --- on the strand alone -----------------------------------------------------------------------------------------
    void ring()
    {
        if (m_timer) m_timer->cancel();
    }
    asio::steady_timer &timer() { return *m_timer; }
    void takeAway()
    {
        const std::lock_guard lock(m_mutex);
        m_timer.reset();
    }

private:
    std::mutex m_mutex; // between post and takeAway
    std::optional<asio::steady_timer> m_timer;
};

// Tells it when the coroutine ends, in whichever way.
template <typename Held> class Ending {
public:
    explicit Ending(std::shared_ptr<Held> held)
        : m_held(std::move(held))
    {
    }
    Ending(const Ending &) = delete;
    Ending &operator=(const Ending &) = delete;
    ~Ending() { m_held->leave(); }

private:
    std::shared_ptr<Held> m_held;
};

// Where the application's reply waits for the connection.
struct Pending {
    explicit Pending(const asio::any_io_executor &executor)
        : bell(executor)
    {
    }
    void leave() { bell.takeAway(); }
    Bell bell;
    std::optional<Response> response;
};

// An answer that goes on, between the application's threads and the connection.
class Pieces final : public Stream, public std::enable_shared_from_this<Pieces> {
public:
    explicit Pieces(const asio::any_io_executor &executor)
        : bell(executor)
    {
    }
    bool send(Bytes piece) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_over || m_waiting.size() >= kPiecesMost) {
            m_over = true;
            return false;
        }
        m_waiting.push_back(std::move(piece));
        wake();
        return true;
    }
    void end() override
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
        wake();
    }

    // --- the connection's side ---------------------------------------------------------------------------------------
    std::optional<Bytes> take()
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.empty()) return std::nullopt;
        Bytes piece = std::move(m_waiting.front());
        m_waiting.pop_front();
        return piece;
    }
    bool isOver()
    {
        const std::lock_guard lock(m_mutex);
        return m_over;
    }
    void leave()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_over = true;
            m_waiting.clear();
        }
        bell.takeAway();
    }
    Bell bell;

private:
    void wake()
    {
        bell.post([self = shared_from_this()] { self->bell.ring(); });
    }
    std::mutex m_mutex;
    std::deque<Bytes> m_waiting;
    bool m_over = false;
};

// Until when the next bytes of a body or an answer must have moved: a slow peer is borne with, and one that would hold its
// connection for ever by a byte now and then is not.
class Patience {
public:
    explicit Patience(milliseconds idle) : m_idle(idle) {}
    void moved(std::size_t bytes) { m_bytes += static_cast<std::int64_t>(bytes); }
    std::chrono::steady_clock::time_point end() const
    {
        return std::min(std::chrono::steady_clock::now() + m_idle, m_start + m_idle + milliseconds(m_bytes * 1000 / limits::kSpeedLeast));
    }

private:
    milliseconds m_idle;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::int64_t m_bytes = 0;
};

// Ends the registration when the coroutine ends, in whichever way.
class Registration {
public:
    Registration(std::shared_ptr<ServerShared> shared, std::function<void()> ask)
        : m_shared(std::move(shared)), m_ticket(m_shared->enter(std::move(ask)))
    {
    }
    Registration(const Registration &) = delete;
    Registration &operator=(const Registration &) = delete;
    ~Registration() { m_shared->leave(m_ticket); }

private:
    std::shared_ptr<ServerShared> m_shared;
    std::uint64_t m_ticket;
};

// Whether the peer has closed its end, whatever it sent before.
bool hasLeft(asio::ip::tcp::socket &socket)
{
    pollfd look{socket.native_handle(), POLLRDHUP, 0};
    return ::poll(&look, 1, 0) > 0 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

std::string callerOf(const asio::ip::tcp::socket &socket)
{
    beast::error_code failure;
    const auto address = socket.remote_endpoint(failure).address();
    if (failure || address.is_v4()) return address.to_string();
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
    // A household or office owns its /64 whole.
    auto bytes = v6.to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return asio::ip::address_v6(bytes).to_string() + "/64";
}

std::string_view viewOf(beast::string_view text)
{
    return {text.data(), text.size()};
}

Request requestOf(const http::request_header<> &header)
{
    Request request;
    request.method = viewOf(header.method_string());
    request.target = viewOf(header.target());
    for (const auto &field : header)
        request.headers.emplace_back(lowered(viewOf(field.name_string())), viewOf(field.value()));
    return request;
}

// What is wrong with a header that parsed; 0 for nothing.
int faultOf(const http::request_header<> &header, Request &request, const ServerShared &shared)
{
    if (header.version() != 11 || !splitTarget(request)) return 400;
    const auto host = request.header("host");
    if (!host) return 400;
    return std::ranges::count(shared.hosts, lowered(*host)) == 0 ? 421 : 0;
}

int statusOf(const beast::error_code &failure)
{
    if (failure == http::error::header_limit || failure == http::error::buffer_overflow) return 431;
    if (failure == http::error::body_limit) return 413;
    return 400;
}

bool isOfHttp(const beast::error_code &failure)
{
    return failure.category() == beast::error_code(http::error::bad_line_ending).category() &&
           failure != http::error::end_of_stream && failure != http::error::partial_message;
}

// Stream: TlsStream, or the bare TCP of a plain server.
template <typename Stream> class Connection {
    static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

public:
    Connection(Stream stream, std::shared_ptr<ServerShared> shared)
        : m_shared(std::move(shared)), m_stream(std::move(stream)), m_alive(std::make_shared<bool>(true))
    {
        // Or a peer that takes an answer slowly would show no progress for as long as it takes what the system has taken off us at once.
        constexpr int kUnsentMost = 32 * 1024;
        ::setsockopt(beast::get_lowest_layer(m_stream).socket().native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsentMost, sizeof kUnsentMost);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection() { *m_alive = false; }

    asio::awaitable<void> serve()
    {
        const auto executor = m_stream.get_executor();
        const Registration registration(m_shared, [this, executor, alive = m_alive] {
            asio::post(executor, [this, alive] {
                if (*alive && m_idle) beast::get_lowest_layer(m_stream).cancel();
            });
        });
        beast::error_code failure;
        expire();
        if constexpr (kTls) {
            co_await m_stream.async_handshake(asio::ssl::stream_base::server, into(failure));
            if (failure) co_return;
        }
        while (!m_shared->stopping && co_await serveOne()) {
        }
        if (m_taken || m_left) co_return; // nobody to say farewell to
        beast::get_lowest_layer(m_stream).expires_after(kFarewell);
        if constexpr (kTls)
            co_await m_stream.async_shutdown(into(failure));
        else
            m_stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, failure);
    }

private:
    void expire() { beast::get_lowest_layer(m_stream).expires_after(milliseconds(m_shared->config.idleMs)); }

    // Returns: the connection may go on.
    asio::awaitable<bool> serveOne()
    {
        http::request_parser<http::vector_body<std::uint8_t>> parser;
        parser.header_limit(static_cast<std::uint32_t>(limits::kHeaderMax));
        parser.body_limit(m_shared->bodyMax);
        beast::error_code failure;
        expire();
        m_idle = true;
        co_await http::async_read_header(m_stream, m_buffer, parser, into(failure));
        m_idle = false;
        if (failure) {
            if (isOfHttp(failure)) co_await refuse(statusOf(failure));
            co_return false;
        }
        Request request = requestOf(parser.get());
        if (const int fault = faultOf(parser.get(), request, *m_shared); fault != 0) {
            co_await refuse(fault);
            co_return false;
        }
        if (beast::websocket::is_upgrade(parser.get())) {
            co_await upgrade(parser.release(), request);
            co_return false;
        }
        Router::Match match = m_shared->router.find(request.method, request.path);
        if (match.route == nullptr) {
            auto page = !match.pathKnown && m_shared->config.unknownPage ? m_shared->config.unknownPage(request) : std::nullopt;
            if (page) co_await write(std::move(*page), false);
            else co_await refuse(match.pathKnown ? 405 : 404, match.allowed);
            co_return false;
        }
        const std::size_t most = match.route->bodyMax;
        parser.body_limit(most);
        if (parser.content_length() && *parser.content_length() > most) {
            co_await refuse(413);
            co_return false;
        }
        if (!co_await readBody(parser)) co_return false;
        const bool keepAlive = parser.keep_alive();
        request.parameters = std::move(match.parameters);
        request.body = std::move(parser.get().body());
        const auto left = std::make_shared<std::atomic<bool>>(false);
        request.caller = callerOf(beast::get_lowest_layer(m_stream).socket());
        request.left = left;
        Response response = co_await ask(match.route->handler, std::move(request), *left);
        if (*left) {
            m_left = true;
            co_return false;
        }
        if (response.opened) {
            co_await goOn(response);
            co_return false;
        }
        co_return co_await write(std::move(response), keepAlive && !m_shared->stopping);
    }

    // The head, then piece after piece until the application, the peer or the server ends it.
    asio::awaitable<void> goOn(const Response &response)
    {
        http::response<http::empty_body> head;
        dress(head, response, false);
        head.chunked(true);
        http::response_serializer<http::empty_body> serializer(head);
        beast::error_code failure, ignored;
        expire();
        co_await http::async_write_header(m_stream, serializer, into(failure));
        const auto pieces = std::make_shared<Pieces>(m_stream.get_executor());
        const Ending ending(pieces);
        response.opened(pieces);
        while (!failure && !m_shared->stopping) {
            if (const auto piece = pieces->take()) {
                expire();
                if (!piece->empty()) co_await asio::async_write(m_stream, http::make_chunk(asio::buffer(*piece)), into(failure)); // an empty one would be the end
                continue;
            }
            if (pieces->isOver()) break;
            beast::get_lowest_layer(m_stream).expires_never();
            pieces->bell.timer().expires_after(kLookForPeer);
            co_await pieces->bell.timer().async_wait(into(ignored));
            m_left = hasLeft(beast::get_lowest_layer(m_stream).socket());
            if (m_left) break;
        }
        pieces->end();
        expire();
        if (!failure && !m_left) co_await asio::async_write(m_stream, http::make_chunk_last(), into(failure));
    }

    asio::awaitable<bool> readBody(http::request_parser<http::vector_body<std::uint8_t>> &parser)
    {
        beast::error_code failure;
        const auto expect = parser.get().find(http::field::expect);
        if (expect != parser.get().end() && beast::iequals(expect->value(), "100-continue")) {
            http::response<http::empty_body> go{http::status::continue_, 11};
            co_await http::async_write(m_stream, go, into(failure));
            if (failure) co_return false;
        }
        parser.eager(true);
        Patience patience{milliseconds(m_shared->config.idleMs)};
        while (!failure && !parser.is_done()) {
            beast::get_lowest_layer(m_stream).expires_at(patience.end());
            patience.moved(co_await http::async_read_some(m_stream, m_buffer, parser, into(failure)));
        }
        if (failure && isOfHttp(failure)) co_await refuse(statusOf(failure));
        co_return !failure;
    }

    // left: set when the peer went away before its answer came.
    asio::awaitable<Response> ask(const Handler &handler, Request request, std::atomic<bool> &left)
    {
        const auto pending = std::make_shared<Pending>(m_stream.get_executor());
        const Ending ending(pending);
        beast::get_lowest_layer(m_stream).expires_never();
        try {
            handler(request, [pending](Response response) {
                pending->bell.post([pending, response = std::move(response)]() mutable {
                    if (pending->response) return;
                    pending->response = std::move(response);
                    pending->bell.ring();
                });
            });
        } catch (const std::exception &) {
            co_return errorResponse(500);
        }
        const auto most = std::chrono::steady_clock::now() + kReplyMost;
        beast::error_code ignored;
        while (!pending->response && !left && std::chrono::steady_clock::now() < most) {
            pending->bell.timer().expires_after(kLookForPeer);
            co_await pending->bell.timer().async_wait(into(ignored));
            if (!pending->response) left = hasLeft(beast::get_lowest_layer(m_stream).socket());
        }
        if (!pending->response) {
            pending->response = errorResponse(503); // a late reply is dropped
        }
        co_return *pending->response;
    }

    Response errorResponse(int status) const
    {
        Response response;
        if (m_shared->config.errorResponse) response = m_shared->config.errorResponse(status);
        response.status = status;
        return response;
    }

    asio::awaitable<void> refuse(int status, std::string allowed = {})
    {
        Response response = errorResponse(status);
        if (!allowed.empty()) response.headers.emplace_back("Allow", std::move(allowed));
        co_await write(std::move(response), false);
        if (status == 413 || status == 431) co_await linger();
    }

    asio::awaitable<void> linger()
    {
        beast::get_lowest_layer(m_stream).expires_after(kLinger);
        std::array<char, 16'384> thrownAway;
        beast::error_code failure;
        for (std::size_t read = 0; !failure && read < kLingerBytes;)
            read += co_await m_stream.async_read_some(asio::buffer(thrownAway), into(failure));
    }

    template <typename Message> static void dress(Message &message, const Response &response, bool keepAlive)
    {
        message.version(11);
        message.result(static_cast<unsigned>(response.status));
        message.set(http::field::cache_control, "no-store");
        message.set("X-Content-Type-Options", "nosniff");
        for (const auto &[name, value] : response.headers) {
            if (beast::iequals(name, "Set-Cookie"))
                message.insert(name, value); // each is another cookie's
            else
                message.set(name, value);
        }
        if (!response.contentType.empty()) message.set(http::field::content_type, response.contentType);
        message.keep_alive(keepAlive);
    }

    // Takes the body over: a slow peer keeps it in memory for long, and once is enough. Returns: the connection may go on.
    asio::awaitable<bool> write(Response &&response, bool keepAlive)
    {
        http::response<http::vector_body<std::uint8_t>> message;
        dress(message, response, keepAlive);
        message.body() = std::move(response.body);
        message.prepare_payload();
        http::response_serializer<http::vector_body<std::uint8_t>> serializer(message);
        beast::error_code failure;
        Patience patience{milliseconds(m_shared->config.idleMs)};
        while (!failure && !serializer.is_done()) {
            beast::get_lowest_layer(m_stream).expires_at(patience.end());
            patience.moved(co_await http::async_write_some(m_stream, serializer, into(failure)));
        }
        co_return keepAlive && !failure;
    }

    asio::awaitable<void> upgrade(HttpRequest upgrade, const Request &request)
    {
        const SocketFactory *factory = m_shared->router.findSocket(request.path);
        if (factory == nullptr) co_return co_await refuse(404);
        // A browser's page always sends Origin; a phone never does.
        if (upgrade.count(http::field::origin) != 0) co_return co_await refuse(403);
        if (m_buffer.size() != 0) co_return co_await refuse(400); // spoke before it was answered
        if constexpr (kTls) {
            m_taken = true;
            co_await serveSocket(std::move(m_stream), std::move(upgrade), (*factory)(request), m_shared);
        } else {
            co_await refuse(404); // phones come by TLS
        }
    }

    std::shared_ptr<ServerShared> m_shared;
    Stream m_stream;
    std::shared_ptr<bool> m_alive; // touched on the connection's strand alone
    beast::flat_buffer m_buffer{limits::kHeaderMax + 64 * 1024};
    bool m_idle = false;
    bool m_taken = false;
    bool m_left = false;
};

} // namespace

asio::awaitable<void> serveConnection(asio::ip::tcp::socket socket, std::shared_ptr<ServerShared> shared)
{
    if (shared->config.plain) {
        Connection<beast::tcp_stream> connection(beast::tcp_stream(std::move(socket)), std::move(shared));
        co_await connection.serve();
    } else {
        TlsStream stream(std::move(socket), shared->tls);
        Connection<TlsStream> connection(std::move(stream), std::move(shared));
        co_await connection.serve();
    }
}

} // namespace hufu::net
