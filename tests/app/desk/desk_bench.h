// A counter whose server a test plays.
#pragma once

#include "app/desk/counter.h"
#include "platform/eye/drawing.h"
#include "tests/support/fakes.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTest>
#include <QThread>

#include <atomic>

namespace hufu::tests {

using namespace hufu::desk_app;

class OpenElement final : public ports::SecureElement {
public:
    Result<Bytes> seal(ByteView plain, ByteView) override { return bytesOf(plain); }
    Result<SecretBytes> open(ByteView sealed, ByteView) override
    {
        Bytes copy = bytesOf(sealed);
        return SecretBytes::adopt(copy);
    }
    Result<Secret<32>> deviceMac(ByteView) override { return Secret<32>(); }
};

// A test can stop it on the threads that work: what draws there does not come back until the test lets it.
class StoppableRandom final : public ports::Random {
public:
    std::atomic<int> waiting = 0;
    std::atomic<bool> stopped = false;

    void fill(std::span<std::uint8_t> out, std::string_view label) override
    {
        if (stopped && QThread::currentThread() != QCoreApplication::instance()->thread()) {
            ++waiting;
            while (stopped)
                QThread::msleep(10);
            --waiting;
        }
        m_system.fill(out, label);
    }

private:
    ports::SystemRandom m_system;
};

struct Asked {
    QByteArray method;
    QString path;
    QByteArray body;
    ServerDone done;
};

inline ServerAnswer answer(int status, const QJsonObject &json)
{
    return {Reached::yes, status, json};
}

struct DeskBench {
    tests::MemoryDeviceStore store;
    OpenElement element;
    StoppableRandom random;
    tests::ManualClock clock;
    std::optional<Identity> identity;
    std::optional<Journal> journal;
    DeskScreens screens;
    std::vector<Asked> asked;
    std::unique_ptr<Counter> counter;

    ~DeskBench() { random.stopped = false; } // the counter waits for its threads, also where a test has failed
    DeskBench()
    {
        identity.emplace(*Identity::open(store, element, random));
        journal.emplace(*Journal::open(store, element));
        counter = std::make_unique<Counter>(
            screens, *identity, *journal, random, clock,
            [this](const QByteArray &method, const QString &path, const Headers &, const QByteArray &body, int,
                   ServerDone done) {
                asked.push_back({method, path, body, std::move(done)});
            },
            [](std::string_view text) { return eye::drawFrame(text, 1); }, QStringLiteral("127.0.0.1:1"));
    }
    // As the server answers; more: what the draft said, besides a log-in's.
    QJsonObject session(int token, intent::Manifest more = {}) const
    {
        more.flow = intent::Flow::desk;
        more.nonce.fill(0x11);
        more.created = 1'800'000'000'000;
        if (more.platform.id.empty()) more.platform = {"hufu-desk", "虎符电脑端 Hufu Desk"};
        if (!more.desk) more.desk = intent::Desk{identity->key().id(), "D", more.act != intent::Act::enrol};
        return {{"token", QString(32, QChar('0' + token))},
                {"frameSecret", QString(64, '7')},
                {"manifest", QString::fromStdString(textOf(more.encode()))}};
    }
    // Waits for the request of that method; answers it.
    void answerNext(const QByteArray &method, const ServerAnswer &given)
    {
        QTRY_VERIFY(
            std::any_of(asked.begin(), asked.end(), [&](const Asked &a) { return a.method == method; }));
        const auto it =
            std::find_if(asked.begin(), asked.end(), [&](const Asked &a) { return a.method == method; });
        const Asked taken = *it;
        asked.erase(it);
        taken.done(given);
    }
};

} // namespace hufu::tests
