// A phone without screens: the real flows over the real socket.
#pragma once

#include "platform/net/phone_socket.h"
#include "platform/outside/face_service.h"
#include "platform/outside/system_clock.h"
#include "server_process.h"
#include "shield/desk/task.h"
#include "shield/phone/activation.h"
#include "shield/phone/approval.h"
#include "shield/phone/pin_change.h"
#include "tests/support/fakes.h"
#include "tests/support/secure_element.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QRegularExpression>
#include <QTimer>

#include <deque>

namespace hufu::tests {

inline vault::Pin pinOf(std::string_view digits)
{
    vault::Pin pin;
    for (const char c : digits)
        if (!pin.press(c - '0')) break;
    return pin;
}

class PhoneUnderTest : public QObject {
public:
    explicit PhoneUnderTest(ServerProcess &server) : m_server(server) {}

    // Carries messages until only the person can go on, or the flow has ended.
    template <typename Flow> phone::Step run(Flow &flow, Result<phone::Step> first)
    {
        phone::Step step = taken(std::move(first));
        while (true) {
            if (step.connect && !open()) {
                step = ++m_failures > 40 ? phone::Step(phone::Show::stopped) : taken(flow.connectionLost());
                continue;
            }
            if (step.connect) {
                step = taken(flow.receive(m_received.front()));
                m_received.pop_front();
                continue;
            }
            const bool waits =
                !step.send.empty() || step.show == phone::Show::working || step.show == phone::Show::keys;
            for (const Bytes &message : step.send)
                m_socket->send(message);
            if (step.close) m_socket->close();
            if (step.close || !waits) return step;
            if (!waitFor([this] { return !m_received.empty() || m_lost; }, 30'000))
                return phone::Step(phone::Show::stopped);
            if (m_received.empty()) {
                m_lost = false;
                if (onLost) onLost();
                step = taken(flow.connectionLost());
                continue;
            }
            const Bytes message = m_received.front();
            m_received.pop_front();
            step = taken(flow.receive(message));
        }
    }

    // Waits for an SMS that has not been read yet.
    std::string newSms()
    {
        QJsonArray messages;
        if (!QTest::qWaitFor([&] { return (messages = m_server.inbox(m_number)).size() > smsRead; }, 10'000)) return {};
        smsRead = messages.size();
        static const QRegularExpression digits(QStringLiteral("(?<!\\d)\\d{6}(?!\\d)"));
        return digits.match(messages.first().toObject().value(QStringLiteral("text")).toString())
            .captured()
            .toStdString();
    }

    phone::Step activate(std::string_view pin) { return activateWith(m_server.text("activation"), m_server.text("phoneNumber"), pin); }
    // As one of the testers' people.
    phone::Step activateAs(const QString &number, std::string_view pin)
    {
        const auto answer = m_server.ask("POST", QStringLiteral("/outside/people/%1/activation").arg(number));
        m_number = number;
        return activateWith(ServerProcess::jsonOf(answer).value(QStringLiteral("activation")).toString(), number, pin);
    }

    // From the frame to the result, with whatever is asked for.
    phone::Step approve(phone::Approval &flow, const std::string &frame, std::string_view pin,
                        const std::vector<std::size_t> &refused = {})
    {
        phone::Step step = run(flow, flow.claim(frame, clock.monotonicMs()));
        if (step.show != phone::Show::approve) return step;
        step = run(flow, flow.approve(refused));
        if (step.show == phone::Show::sms) step = run(flow, flow.smsCode(newSms()));
        if (step.show != phone::Show::pin) return step;
        return run(flow, flow.pin(pinOf(pin)));
    }

    outside::SystemClock clock;
    ports::SystemRandom random;
    MemoryDeviceStore store;
    MemoryElement element;
    vault::Vault vault{store, element};
    phone::Environment environment{vault, random, clock, {64, 1}};
    std::function<void()> onLost; // before the flow hears of it
    qsizetype smsRead = 0;        // the inbox lives in the server's memory

private:
    phone::Step activateWith(const QString &link, const QString &number, std::string_view pin)
    {
        const auto parsed = phone::ActivationLink::parse(link.toStdString());
        if (!parsed) return phone::Step(phone::Show::stopped);
        phone::Activation flow(environment);
        run(flow, flow.start(*parsed));
        run(flow, flow.phoneNumber(number.toStdString()));
        if (!flow.terms()) return phone::Step(phone::Show::stopped);
        run(flow, flow.proof(newSms(), flow.terms()->agreements, 1,
                             outside::scriptedEvidence(outside::FaceOutcome::live, random)));
        run(flow, flow.choosePin(pinOf(pin)));
        return run(flow, flow.repeatPin(pinOf(pin)));
    }
    // Wakes with the event: QTest::qWaitFor sleeps 10 ms between two looks.
    template <typename Condition> static bool waitFor(Condition condition, int ms)
    {
        const QDeadlineTimer deadline(ms);
        QTimer::singleShot(ms, [] {});
        while (!condition() && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return condition();
    }
    static phone::Step taken(Result<phone::Step> result)
    {
        if (result) return std::move(*result);
        qWarning("the flow declined: %s", result.error().what.text());
        return phone::Step(phone::Show::stopped);
    }
    bool open()
    {
        m_received.clear();
        m_socket = std::make_unique<net::PhoneSocket>(m_server.endpoint());
        connect(m_socket.get(), &net::PhoneSocket::received, this,
                [this](const Bytes &message) { m_received.push_back(message); });
        connect(m_socket.get(), &net::PhoneSocket::closed, this, [this] { m_lost = true; });
        m_lost = false;
        m_socket->open();
        const bool greeted =
            waitFor([this] { return !m_received.empty() || m_lost; }, 10'000) && !m_received.empty();
        m_lost = false;
        if (!greeted) QTest::qWait(200);
        return greeted;
    }

    ServerProcess &m_server;
    std::unique_ptr<net::PhoneSocket> m_socket;
    std::deque<Bytes> m_received;
    bool m_lost = false;
    int m_failures = 0;
    QString m_number; // empty: the demo's person's
};

// A desk without a window.
class DeskUnderTest {
public:
    DeskUnderTest(ServerProcess &server, PhoneUnderTest &phone)
        : key(desk::DeskKey::generate(phone.random)), m_server(server), m_clock(phone.clock)
    {
    }

    QString enrol()
    {
        return begin(m_server.ask("POST", QStringLiteral("/desk/v1/enrolments"),
                                  R"({"name":"一号机","publicKey":")" +
                                      QByteArray::fromStdString(toHex(key.publicKey())) + R"("})"));
    }
    QString start(const QByteArray &manifest)
    {
        return begin(m_server.askAs(key, "POST", QStringLiteral("/desk/v1/sessions"),
                                    R"({"idempotencyKey":")" + QByteArray::number(++m_count) +
                                        R"(","manifest":)" + manifest + "}"));
    }
    int attach(const QString &token, int index, ByteView bytes)
    {
        const QByteArray body(reinterpret_cast<const char *>(bytes.data()),
                              static_cast<qsizetype>(bytes.size()));
        return m_server
            .askAs(key, "PUT", QStringLiteral("/desk/v1/sessions/%1/tbs/%2").arg(token).arg(index), body)
            .status;
    }
    QJsonObject look(const QString &token, const QString &query = {})
    {
        return ServerProcess::jsonOf(
            m_server.askAs(key, "GET", QStringLiteral("/desk/v1/sessions/") + token + query));
    }
    std::string frame() { return task->scene(key, m_clock.monotonicMs()).frame; }

    desk::DeskKey key;
    std::optional<desk::Task> task;

private:
    // Returns: the token; empty if there is no session.
    QString begin(const net::Answer &answer)
    {
        const QJsonObject started = ServerProcess::jsonOf(answer);
        const QString token = started.value(QStringLiteral("token")).toString();
        const auto id = fromHex(token.toStdString());
        auto secret = fromHex(started.value(QStringLiteral("frameSecret")).toString().toStdString());
        if (answer.status != 201 || !id || id->size() != 16 || !secret || secret->size() != 32) return {};
        desk::Session session;
        session.token = *fixedBytes<16>(*id);
        session.frameSecret = Secret<32>::adopt(std::span<std::uint8_t, 32>(*secret));
        session.manifest = bytesOf(viewOf(started.value(QStringLiteral("manifest")).toString().toStdString()));
        task.emplace(m_clock.monotonicMs());
        return task->begin(std::move(session), m_clock.monotonicMs()) ? token : QString();
    }

    ServerProcess &m_server;
    ports::Clock &m_clock;
    int m_count = 0;
};

} // namespace hufu::tests
