// A channel to the real server half within the process, on the thread of whoever opened it.
#pragma once

#include "app/phone/channel.h"
#include "tests/shield/phone/phone_half.h"

namespace hufu::tests {

class DirectChannel final : public phone_app::Channel {
public:
    explicit DirectChannel(PhoneHalf &half) : m_half(half) {}
    void open() override
    {
        m_open = true;
        auto greeting = m_half.server.connect();
        if (!greeting) return later([this] { Q_EMIT closed(); });
        Q_EMIT opened();
        later([this, greeting = *greeting] { Q_EMIT received(greeting); });
    }
    void send(const Bytes &message) override
    {
        m_half.sent.push_back(wire::Envelope::split(message)->type);
        later([this, message] {
            const auto answers = m_half.server.receive(message);
            if (!answers) Q_EMIT closed();
            if (answers) Q_EMIT received(answers->front());
        });
    }
    void close() override { m_open = false; }

private:
    void later(std::function<void()> what)
    {
        QMetaObject::invokeMethod(
            this, [this, what] { if (m_open) what(); }, Qt::QueuedConnection);
    }
    PhoneHalf &m_half;
    bool m_open = false;
};

} // namespace hufu::tests
