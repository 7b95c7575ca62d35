#include "app/cli/stage.h"

#include "app/cli/state.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QThread>
#include <QUrl>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>

namespace hufu::cli {

static std::optional<net::Pin> pinOf(const QString &hex)
{
    auto bytes = fromHex(hex.toStdString());
    if (!bytes) return std::nullopt;
    auto pin = fixedBytes<32>(*bytes);
    if (!pin) return std::nullopt;
    return *pin;
}

bool Stage::startServer(const QString &fault)
{
    QDir().mkpath(m_folder + QStringLiteral("/server"));
    // Phones, desks and certificates remember the port, so a stage keeps the one it had.
    QFile portFile(m_folder + QStringLiteral("/port"));
    const QString port = portFile.open(QIODevice::ReadOnly) ? QString::fromLatin1(portFile.read(5)) : QStringLiteral("0");
    portFile.close();
    m_server = std::make_unique<Program>(
        QStringLiteral("hufu-server"),
        QStringList{QStringLiteral("--data"), m_folder + QStringLiteral("/server"), QStringLiteral("--listen"),
                    QStringLiteral("127.0.0.1:") + port, QStringLiteral("--outside"), QStringLiteral("--seed"), m_seed,
                    QStringLiteral("--suite"), m_suite} +
            (m_asks.isEmpty() ? QStringList() : QStringList{QStringLiteral("--asks"), m_asks}) +
            (fault.isEmpty() ? QStringList() : QStringList{QStringLiteral("--fault"), fault}),
        m_folder + QStringLiteral("/server.log"));
    m_server->setQuota(m_quota);
    if (!m_server->start()) return false;
    const QJsonObject ready = m_server->readyLine(20000);
    if (!ready.value(QStringLiteral("ready")).toBool()) return false;
    m_ready = ready;
    if (outcome().isEmpty() && ready.contains(QLatin1String("phoneNumber"))) m_person = ready;
    const QByteArray taken = QByteArray::number(m_ready.value(QStringLiteral("port")).toInt());
    if (!portFile.open(QIODevice::WriteOnly) || portFile.write(taken) != taken.size()) return false;
    portFile.close();

    const QUrlQuery query(QUrl(m_ready.value(QStringLiteral("desk")).toString()));
    net::Endpoint endpoint{query.queryItemValue(QStringLiteral("host")),
                           static_cast<quint16>(query.queryItemValue(QStringLiteral("port")).toUInt()), {}};
    for (const char *name : {"pin", "pin2"})
        if (const auto pin = pinOf(query.queryItemValue(QLatin1String(name)))) endpoint.pins.push_back(*pin);
    m_https = std::make_unique<net::HttpsClient>(endpoint);
    return true;
}

bool Stage::restartServer(bool kill, const QString &fault)
{
    if (kill)
        m_server->kill();
    else
        m_server->stop();
    m_messagesSeen = 0; // the inbox lives in the server's memory
    return startServer(fault);
}

bool Stage::serverDied(int ms)
{
    m_server->waitForExit(ms);
    m_messagesSeen = 0;
    return !m_server->running();
}

// As the program of the operator's words is called.
QStringList Stage::operatorWords(const QStringList &words) const
{
    return words + QStringList{QStringLiteral("--data"), m_folder + QStringLiteral("/server"), QStringLiteral("--outside"), QStringLiteral("--listen"),
                               QStringLiteral("127.0.0.1:%1").arg(m_ready.value(QLatin1String("port")).toInt())}; // for the link of a grant
}

QJsonObject Stage::operate(const QStringList &words)
{
    Program program(QStringLiteral("hufu-server"), operatorWords(words), m_folder + QStringLiteral("/operator.log"));
    return program.start() ? program.readyLine(10000) : QJsonObject();
}

bool Stage::operatorDies(const QStringList &words)
{
    Program program(QStringLiteral("hufu-server"), operatorWords(words), m_folder + QStringLiteral("/operator.log"));
    return program.start() && program.readyLine(10000).isEmpty() && program.wasKilled(5000);
}

bool Stage::become(const QString &phoneNumber)
{
    const net::Answer answer = fetch(QStringLiteral("/outside/people/%1/activation").arg(phoneNumber), 5000, "POST");
    if (answer.status != 200) return false;
    m_person = QJsonDocument::fromJson(answer.body).object();
    m_messagesSeen = inbox().size();
    return true;
}

bool Stage::employ(const QString &company)
{
    const QByteArray wish = QJsonDocument(QJsonObject{{QStringLiteral("company"), company}}).toJson(QJsonDocument::Compact);
    const net::Answer answer = fetch(QStringLiteral("/outside/people"), 5000, "POST", wish, {{"Content-Type", "application/json"}});
    if (answer.status != 200) return false;
    m_person = QJsonDocument::fromJson(answer.body).object();
    m_messagesSeen = 0;
    return true;
}

QJsonObject Stage::device()
{
    Program program(QStringLiteral("hufu-server"),
                    {QStringLiteral("devices"), QStringLiteral("--data"), m_folder + QStringLiteral("/server"), QStringLiteral("--outside")},
                    m_folder + QStringLiteral("/operator.log"));
    if (!program.start()) return {};
    const QString staffNumber = outcome().isEmpty() ? QStringLiteral("HF0001") : m_person.value(QLatin1String("staffNumber")).toString();
    QJsonObject found;
    for (QJsonObject one = program.readyLine(10000); !one.isEmpty(); one = program.readyLine(10000)) {
        if (one.value(QLatin1String("staffNumber")).toString() != staffNumber) continue;
        // A person who got another phone has the seat with that one.
        if (found.isEmpty() || one.value(QLatin1String("seatUntilMs")).toInteger() > 0) found = one;
    }
    return found;
}

bool Stage::jump(qint64 ms)
{
    const QByteArray body = QJsonDocument(QJsonObject{{QStringLiteral("jumpMs"), ms}}).toJson(QJsonDocument::Compact);
    return fetch(QStringLiteral("/outside/clock"), 5000, "POST", body, {{"Content-Type", "application/json"}}).status == 200;
}

void Stage::choose(const QString &phone)
{
    m_chosen = phone;
    m_messagesSeen = 0;
}

static bool runs(const std::map<QString, std::unique_ptr<Program>> &programs, const QString &name)
{
    const auto it = programs.find(name);
    return it != programs.end() && it->second && it->second->running();
}

bool Stage::phoneRuns() const
{
    return runs(m_phones, m_chosen);
}

bool Stage::copyRuns() const
{
    return runs(m_copies, m_chosen);
}

bool Stage::deskRuns() const
{
    return runs(m_desks, deskName());
}

bool Stage::deskWasClosed()
{
    const auto it = m_desks.find(QLatin1String(kSharedDesk));
    if (it == m_desks.end() || !it->second) return false;
    if (it->second->running()) it->second->waitForExit(0); // else nobody would learn of its end
    return it->second->hasLeft();
}

QString Stage::deskName() const
{
    const QString own = QStringLiteral("desk-") + m_chosen;
    return QDir(folderOf(own)).exists() ? own : QLatin1String(kSharedDesk);
}

bool Stage::giveDesk()
{
    return QDir().mkpath(folderOf(QStringLiteral("desk-") + m_chosen));
}

void Stage::takeDesk()
{
    if (!hasOwnDesk()) return;
    const QString own = deskName();
    m_desks.erase(own);
    QDir(folderOf(own)).removeRecursively();
}

void Stage::stopAll()
{
    m_copies.clear();
    m_desks.clear();
    m_phones.clear();
    m_server.reset();
}

bool Stage::copyPhone()
{
    const QString from = folderOf(m_chosen), to = folderOf(m_chosen + QStringLiteral("-copy"));
    // The phone stands still meanwhile, or a file that it writes anew is gone before its turn; it may take a moment to.
    if (phoneRuns()) phone().setPaused(true);
    bool done = false;
    for (int tries = 0; tries < 5 && !done; ++tries) {
        if (tries > 0) {
            QDir(to).removeRecursively();
            QThread::msleep(20);
        }
        done = copyTree(from, to); // a second shield has a folder in it
    }
    if (phoneRuns()) phone().setPaused(false);
    return done;
}

bool Stage::startCopy()
{
    m_copies[m_chosen] = client(m_chosen + QStringLiteral("-copy"), QStringLiteral("zh_CN"), {QStringLiteral("--pictures")});
    return m_copies[m_chosen] != nullptr;
}

std::unique_ptr<Program> Stage::client(const QString &name, const QString &language, const QStringList &more)
{
    const QString data = m_folder + QLatin1Char('/') + name;
    const QString socket = QStringLiteral("hufu-") + QUuid::createUuid().toString(QUuid::Id128);
    QDir().mkpath(data);
    auto program = std::make_unique<Program>(QStringLiteral("hufu-") + name.section(QLatin1Char('-'), 0, 0),
                                             QStringList{QStringLiteral("--data"), data, QStringLiteral("--control"), socket, QStringLiteral("--clock"),
                                                         m_folder + QStringLiteral("/server/outside-clock")} +
                                                 (language.isEmpty() ? QStringList() : QStringList{QStringLiteral("--language"), language}) + more,
                                             m_folder + QLatin1Char('/') + name + QStringLiteral(".log"));
    program->setQuota(m_quota);
    program->setMeanwhile(m_meanwhile);
    if (!program->start() || !program->connectControl(socket, 20000)) return nullptr;
    return program;
}

bool Stage::startPhone(const QString &language, const QStringList &more)
{
    m_phones[m_chosen].reset(); // two on one folder would be a clone
    m_phones[m_chosen] = client(m_chosen, language, QStringList{QStringLiteral("--pictures")} + more);
    return m_phones[m_chosen] != nullptr;
}

bool Stage::startDesk(const QString &language, const QStringList &more)
{
    std::unique_ptr<Program> &desk = m_desks[deskName()];
    desk = client(deskName(), language, QStringList{QStringLiteral("--server"), m_ready.value(QStringLiteral("desk")).toString()} + more);
    return desk != nullptr;
}

bool Stage::clearDesk()
{
    const QString name = deskName();
    m_desks.erase(name);
    const QDir folder(folderOf(name));
    return QDir(folder).removeRecursively() && folder.mkpath(QStringLiteral(".")); // empty: it stays this phone's
}

net::Answer Stage::fetch(const QString &path, int ms, const QByteArray &method, const QByteArray &body,
                         const net::HttpsClient::Headers &headers)
{
    QEventLoop loop;
    net::Answer result;
    m_https->request(method, path, headers, body, ms, [&](const net::Answer &answer) {
        result = answer;
        loop.quit();
    });
    loop.exec();
    return result;
}

QJsonArray Stage::inboxOf(const QString &number)
{
    const net::Answer answer = fetch(QStringLiteral("/outside/sms?phone=") + QString::fromLatin1(QUrl::toPercentEncoding(number)));
    const QJsonDocument json = QJsonDocument::fromJson(answer.body);
    return json.isArray() ? json.array() : json.object().value(QStringLiteral("messages")).toArray();
}

void Stage::pause(int ms) const
{
    if (m_meanwhile) m_meanwhile();
    QThread::msleep(static_cast<unsigned long>(ms));
}

std::optional<QString> Stage::newestCode(int ms)
{
    static const QRegularExpression digits(QStringLiteral("(?<!\\d)\\d{6}(?!\\d)"));
    QElapsedTimer waited;
    waited.start();
    for (;; pause(200)) {
        const QJsonArray messages = inbox();
        if (messages.size() > m_messagesSeen) {
            m_messagesSeen = messages.size();
            const auto match = digits.match(messages.first().toObject().value(QStringLiteral("text")).toString());
            if (match.hasMatch()) return match.captured();
        }
        if (waited.elapsed() >= ms) return std::nullopt;
    }
}

} // namespace hufu::cli
