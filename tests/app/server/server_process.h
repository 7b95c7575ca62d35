// The real hufu-server as a child process, and requests to it.
#pragma once

#include "platform/net/https_client.h"
#include "shield/desk/desk_key.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

#include <csignal>

namespace hufu::tests {

class ServerProcess {
public:
    ~ServerProcess() { kill(); }

    // Starts, or starts again on the same folder and port. more: further words.
    bool start(const QStringList &more = {QStringLiteral("--outside"), QStringLiteral("--seed"),
                                          QStringLiteral("demo")})
    {
        const QString port = QString::number(ready.value(QStringLiteral("port")).toInt());
        startWith(QStringList{QStringLiteral("--data"), data(), QStringLiteral("--listen"),
                              QStringLiteral("127.0.0.1:") + port} +
                  more);
        if (!waitForLine()) return false;
        ready = QJsonDocument::fromJson(process->readLine()).object();
        client = std::make_unique<net::HttpsClient>(endpoint());
        return ready.value(QStringLiteral("ready")).toBool();
    }
    void startWith(const QStringList &words)
    {
        process = std::make_unique<QProcess>();
        process->setStandardErrorFile(log(), QIODevice::Append);
        process->start(QStringLiteral(HUFU_SERVER), words);
    }
    void kill()
    {
        if (!process) return;
        process->kill();
        process->waitForFinished(10'000);
    }
    bool terminate()
    {
        process->terminate();
        return process->waitForFinished(10'000);
    }

    QString data() const { return folder.filePath(QStringLiteral("data")); }
    QString log() const { return folder.filePath(QStringLiteral("server.log")); }
    QList<QByteArray> logLines() const
    {
        QFile file(log());
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QList<QByteArray>();
    }
    quint16 port() const { return static_cast<quint16>(ready.value(QStringLiteral("port")).toInt()); }
    QString text(const char *name) const { return ready.value(QLatin1String(name)).toString(); }

    net::Endpoint endpoint() const
    {
        net::Endpoint out{QStringLiteral("127.0.0.1"), port(), {}};
        for (const char *name : {"pin", "pin2"})
            if (const auto pin = fromHex(text(name).toStdString()); pin && pin->size() == 32)
                out.pins.push_back(*fixedBytes<32>(*pin));
        return out;
    }

    net::Answer ask(const QByteArray &method, const QString &path, const QByteArray &body = {},
                    const net::HttpsClient::Headers &headers = {}, int timeoutMs = 20'000)
    {
        std::optional<net::Answer> answer;
        client->request(method, path, headers, body, timeoutMs, [&](const net::Answer &got) { answer = got; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, timeoutMs + 5'000))
            return {net::NetError::timeout, -1, {}, {}, {}};
        return *answer;
    }
    net::Answer get(const QString &path) { return ask("GET", path); }

    // As a desk does it. skewMs: the desk's clock is off.
    net::Answer askAs(const desk::DeskKey &key, const QByteArray &method, const QString &path,
                      const QByteArray &body = {}, qint64 skewMs = 0)
    {
        return ask(method, path, body, signedHeaders(key, method, path, body, skewMs));
    }
    static net::HttpsClient::Headers signedHeaders(const desk::DeskKey &key, const QByteArray &method,
                                                   const QString &path, const QByteArray &body,
                                                   qint64 skewMs = 0)
    {
        const auto headers = desk::signRequest(
            key, method.toStdString(), path.toStdString(), QDateTime::currentMSecsSinceEpoch() + skewMs,
            {reinterpret_cast<const std::uint8_t *>(body.constData()), static_cast<std::size_t>(body.size())});
        return {{"Hufu-Desk", QByteArray::fromStdString(headers.desk)},
                {"Hufu-Time", QByteArray::fromStdString(headers.time)},
                {"Hufu-Signature", QByteArray::fromStdString(headers.signature)}};
    }
    net::Answer askAsParty(const QByteArray &method, const QString &path, const QByteArray &body = {})
    {
        return ask(method, path, body, {{"Authorization", "Bearer " + text("relyingPartyKey").toLatin1()}});
    }

    // number: empty is the demo's person.
    QJsonArray inbox(const QString &number = {})
    {
        const auto answer = get(QStringLiteral("/outside/sms?phone=") + (number.isEmpty() ? text("phoneNumber") : number));
        return jsonOf(answer).value(QStringLiteral("messages")).toArray();
    }

    static QJsonObject jsonOf(const net::Answer &answer)
    {
        return QJsonDocument::fromJson(answer.body).object();
    }
    static QString codeOf(const net::Answer &answer)
    {
        return jsonOf(answer).value(QStringLiteral("code")).toString();
    }

    QTemporaryDir folder;
    std::unique_ptr<QProcess> process;
    std::unique_ptr<net::HttpsClient> client;
    QJsonObject ready;

private:
    bool waitForLine()
    {
        while (!process->canReadLine())
            if (!process->waitForReadyRead(20'000)) return false;
        return true;
    }
};

} // namespace hufu::tests
