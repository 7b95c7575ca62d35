// hufu emulator serve: the control API on loopback HTTP, behind a token; it does one act after the other, between them whatever waits, and
// while one waits for its phone what only reads.
#include "app/cli/emulator.h"
#include "app/cli/state.h"
#include "app/cli/words.h"
#include "platform/net/server.h"
#include "shield/ports/random.h"

#include <QCommandLineParser>
#include <QDir>
#include <QJsonDocument>
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <deque>
#include <mutex>

namespace hufu::embedded {

// Made by the build: "/" and the name in app/cli/panel -> text.
extern const std::map<std::string, std::string> panelFiles;

} // namespace hufu::embedded

namespace hufu::cli {

namespace {

constexpr std::chrono::seconds kQueueMost{20}; // an act may take 125 s after it, and the connection stands 150 s
volatile std::sig_atomic_t ended = 0;

// The programs are driven from one thread; the HTTP server has its own.
class Jobs {
public:
    using Clock = std::chrono::steady_clock;
    using Job = std::function<bool()>; // false: it waits for something, and comes again
    void push(Job job, bool reads, Clock::time_point due = Clock::now())
    {
        {
            const std::lock_guard lock(m_mutex);
            m_waiting.push_back({std::move(job), reads, due});
        }
        m_came.notify_one();
    }
    // While another one waits: the first that is due and only reads, if there is one.
    void doAReading()
    {
        std::unique_lock lock(m_mutex);
        const auto first = std::ranges::find_if(m_waiting, [now = Clock::now()](const Waiting &one) { return one.reads && one.due <= now; });
        if (first != m_waiting.end()) take(first, lock);
    }
    // Does the first that is due, or none within the time.
    void doOne(std::chrono::milliseconds most)
    {
        const auto end = Clock::now() + most;
        std::unique_lock lock(m_mutex);
        for (;;) {
            const auto first = std::ranges::find_if(m_waiting, [now = Clock::now()](const Waiting &one) { return one.due <= now; });
            if (first != m_waiting.end()) return take(first, lock);
            auto next = end;
            for (const Waiting &one : m_waiting)
                next = std::min(next, one.due);
            if (Clock::now() >= end) return;
            m_came.wait_until(lock, next);
        }
    }

private:
    struct Waiting {
        Job job;
        bool reads;
        Clock::time_point due;
    };
    void take(std::deque<Waiting>::iterator which, std::unique_lock<std::mutex> &lock)
    {
        constexpr std::chrono::milliseconds kAgain{20};
        Job job = std::move(which->job);
        const bool reads = which->reads;
        m_waiting.erase(which);
        lock.unlock();
        if (!job()) push(std::move(job), reads, Clock::now() + kAgain);
    }
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::deque<Waiting> m_waiting;
};

Bytes bytesOf(const QByteArray &bytes)
{
    return hufu::bytesOf(viewOf(bytes));
}

net::Response responseOf(const ApiAnswer &answer)
{
    net::Response response;
    response.status = answer.status;
    if (!answer.picture.isEmpty()) {
        response.contentType = "image/png";
        response.body = bytesOf(answer.picture);
    } else {
        response.body = bytesOf(QJsonDocument(answer.json).toJson(QJsonDocument::Compact));
    }
    return response;
}

net::Response refusal(int status, const char *why = "")
{
    return responseOf({status, {{QStringLiteral("error"), QLatin1String(why)}}, {}});
}

class Api {
public:
    Api(Jobs &jobs, Emulator &emulator, std::string token) : m_jobs(jobs), m_emulator(emulator), m_bearer("Bearer " + std::move(token)) {}

    net::Router routes()
    {
        net::Router router;
        const auto add = [&](const char *method, const char *path, Emulator::Call call) {
            constexpr std::size_t kPictureMost = 4 * 1024 * 1024;
            router.add(method, path, [this, call](const net::Request &request, const net::Reply &reply) { take(call, request, reply); }, kPictureMost);
        };
        add("GET", "/emulator/v1/phones", &Emulator::list);
        add("POST", "/emulator/v1/phones", &Emulator::create);
        add("GET", "/emulator/v1/phones/{phone}", &Emulator::look);
        add("DELETE", "/emulator/v1/phones/{phone}", &Emulator::remove);
        add("GET", "/emulator/v1/phones/{phone}/picture", &Emulator::picture);
        add("GET", "/emulator/v1/phones/{phone}/messages", &Emulator::messages);
        add("GET", "/emulator/v1/phones/{phone}/notifications", &Emulator::notifications);
        add("POST", "/emulator/v1/phones/{phone}/scan", &Emulator::scanCode);
        add("POST", "/emulator/v1/phones/{phone}/answer", &Emulator::answerCode);
        add("POST", "/emulator/v1/phones/{phone}/approve", &Emulator::approveAll);
        add("POST", "/emulator/v1/phones/{phone}/refuse", &Emulator::refuseAll);
        add("POST", "/emulator/v1/phones/{phone}/act", &Emulator::act);
        add("POST", "/emulator/v1/phones/{phone}/power", &Emulator::power);
        add("POST", "/emulator/v1/phones/{phone}/clone", &Emulator::clone);
        add("POST", "/emulator/v1/phones/{phone}/operator", &Emulator::operate);
        add("POST", "/emulator/v1/phones/{phone}/play", &Emulator::playLines);
        add("GET", "/emulator/v1/clock", &Emulator::clock);
        add("POST", "/emulator/v1/clock", &Emulator::jumpClock);
        add("GET", "/emulator/v1/faults", &Emulator::faults);
        add("POST", "/emulator/v1/faults", &Emulator::setFaults);
        add("GET", "/emulator/v1/people", &Emulator::people);
        add("POST", "/emulator/v1/server", &Emulator::serverPower);
        add("GET", "/emulator/v1/state", &Emulator::listStates);
        add("POST", "/emulator/v1/state/save", &Emulator::saveState);
        add("POST", "/emulator/v1/state/load", &Emulator::loadState);
        router.add("GET", "/favicon.ico", [](const net::Request &, const net::Reply &reply) {
            net::Response nothing;
            nothing.status = 204;
            reply(std::move(nothing));
        });
        for (const auto &[path, content] : embedded::panelFiles)
            router.add("GET", path == "/panel.html" ? "/" : path, [&path = path, &content = content](const net::Request &, const net::Reply &reply) { reply(page(path, content)); });
        return router;
    }

private:
    static net::Response page(const std::string &path, const std::string &content)
    {
        net::Response response;
        response.contentType = path.ends_with(".html") ? "text/html; charset=utf-8" : path.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        response.headers = {{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"}};
        response.body = hufu::bytesOf(hufu::viewOf(content));
        return response;
    }

    void take(Emulator::Call call, const net::Request &request, const net::Reply &reply)
    {
        const auto token = request.header("authorization");
        if (!token || !sameBytes(hufu::viewOf(*token), hufu::viewOf(m_bearer))) return reply(refusal(401, "the token is missing or wrong"));
        // A page of another origin cannot read an answer, and shall do nothing either. The host is one of ours.
        const auto origin = request.header("origin"), host = request.header("host");
        if (origin && (!host || *origin != "http://" + std::string(*host))) return reply(refusal(401, "no page of another origin may ask"));
        QJsonObject body;
        if (!request.body.empty()) {
            const auto json = QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char *>(request.body.data()), static_cast<qsizetype>(request.body.size())));
            if (!json.isObject()) return reply(refusal(400, "the body is no JSON object"));
            body = json.object();
        }
        const auto phone = request.parameters.find("phone");
        const QString name = phone == request.parameters.end() ? QString() : QString::fromStdString(phone->second);
        // What waited too long, or has nobody any more who would hear of it, is not done, nor gone on with: it will be asked for again.
        const auto came = Jobs::Clock::now();
        const bool reads = Emulator::onlyReads(call, body);
        m_jobs.push([this, call, name, body, reply, came, left = request.left, progress = std::shared_ptr<Emulator::Progress>()]() mutable {
            if (left && *left) return true;
            if (!progress && Jobs::Clock::now() - came > kQueueMost) {
                reply(refusal(503, "other requests took too long; nothing was done"));
                return true;
            }
            if (!progress) progress = std::make_shared<Emulator::Progress>();
            const ApiAnswer answer = m_emulator.call(call, name, body, *progress);
            if (answer.status == ApiAnswer::kNotYet) return false;
            reply(responseOf(answer));
            return true;
        }, reads);
    }

    Jobs &m_jobs;
    Emulator &m_emulator;
    std::string m_bearer;
};

} // namespace

int serveEmulator(const QString &folder, quint16 port, const std::optional<QString> &language)
{
    std::signal(SIGINT, [](int) { ended = 1; });
    std::signal(SIGTERM, [](int) { ended = 1; });
    std::signal(SIGPIPE, SIG_IGN);
    if (!QDir::setCurrent(folder)) {
        explain(catalogue::Code::fileUnreadable, folder);
        return kUnreadable;
    }
    if (!mendState(folder)) {
        explain(catalogue::Code::fileUnwritable, folder + QLatin1Char('/') + QLatin1String(kStates));
        return kFailed;
    }
    Emulator emulator(folder);
    Jobs jobs;
    emulator.setMeanwhile([&jobs] { jobs.doAReading(); });
    if (!emulator.open()) {
        explain(catalogue::Code::serverUnreachable, folder + QStringLiteral("/server.log"));
        return kFailed;
    }
    ports::SystemRandom random;
    const std::string token = toHex(random.bytes<16>("emulator-token"));
    Api api(jobs, emulator, token);
    net::ServerConfig config;
    config.port = port;
    config.plain = true;
    config.threads = 2;
    config.errorResponse = [](int status) {
        return refusal(status, status == 404 ? "there is nothing at this path" : status == 405 ? "this path knows another method" : status == 413 ? "the body is too long" :
                               status == 421 ? "the host is another one than 127.0.0.1 or localhost with this port" : "the request is malformed");
    };
    net::Server server(std::move(config));
    if (!server.listen()) {
        explain(catalogue::Code::internal, QStringLiteral("127.0.0.1:%1").arg(port));
        return kFailed;
    }
    server.start(api.routes());
    if (language && !emulator.openWindows(*language)) {
        explain(catalogue::Code::internal, QStringLiteral("%1/desk.log, %1/phone.log").arg(folder));
        return kFailed;
    }
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(server.port());
    const QJsonObject ready{{QStringLiteral("ready"), true},
                            {QStringLiteral("url"), url},
                            {QStringLiteral("token"), QString::fromStdString(token)},
                            {QStringLiteral("panel"), url + QStringLiteral("/#") + QString::fromStdString(token)},
                            {QStringLiteral("server"), emulator.serverAddress()},
                            {QStringLiteral("relyingPartyKey"), emulator.relyingPartyKey()}};
    if (language)
        std::printf("Tester's panel: %s\n", qUtf8Printable(ready[QLatin1String("panel")].toString()));
    else
        std::printf("%s\n", QJsonDocument(ready).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    const auto isClosed = [&] { return language && emulator.deskWasClosed(); }; // the window of a simulation; of a script's desk nothing hangs on it
    while (ended == 0 && !isClosed())
        jobs.doOne(std::chrono::milliseconds(200));
    server.stop();
    return kGood;
}

int emulator(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption data(QStringLiteral("data"), QString(), QStringLiteral("folder"), simulationFolder());
    const QCommandLineOption port(QStringLiteral("port"), QString(), QStringLiteral("number"), QStringLiteral("0"));
    const QCommandLineOption windows(QStringLiteral("windows")); // main.cpp looks at it
    parser.addOptions({data, port, windows});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu emulator")) + arguments);
    const QStringList words = parser.positionalArguments();
    bool isPort = false;
    const quint16 number = parser.value(port).toUShort(&isPort);
    WordCheck check(parser, parsed);
    check.wrongIf(words.value(0) != QLatin1String("serve"), words.isEmpty() ? QStringLiteral("serve") : words[0],
                  QStringLiteral("这里要写 serve"), QStringLiteral("serve is wanted here"));
    check.wrongIf(words.size() > 1, words.value(1), QStringLiteral("多余"), QStringLiteral("is one too many"));
    check.wrongIf(!isPort, QStringLiteral("--port ") + parser.value(port),
                  QStringLiteral("应为 0 到 65535 的整数"), QStringLiteral("is no number from 0 to 65535"));
    if (check.isWrong())
        return check.tell("usage: hufu emulator serve [--data DIR] [--port N] [--windows]\n"
                          "  Virtual phones, and a server for them, driven by another program over HTTP on 127.0.0.1: app/cli/openapi.yaml. Prints a\n"
                          "  line of JSON with address and token when it is ready. --windows: the phones are to be seen.\n");
    const QString folder = QDir(parser.value(data)).absolutePath();
    if (!QDir().mkpath(folder)) {
        explain(catalogue::Code::fileUnreadable, folder);
        return kUnreadable;
    }
    return serveEmulator(folder, number, std::nullopt);
}

} // namespace hufu::cli
