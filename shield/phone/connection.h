// What a flow knows of its present connection: the Greeting's random number and the server's clock.
#pragma once

#include "shield/base/ct.h"
#include "shield/crypto/sm3.h"
#include "shield/ports/clock.h"
#include "shield/wire/activation.h"

#include <optional>

namespace hufu::phone {

// Whether an answer is the server's, to the connection of this cn. In: kDev, of the question's device.
template <typename M> bool isUnderMac(const Secret<32> &kDev, const M &answer, const ByteArray<16> &cn)
{
    Bytes input = wire::macInputOf(answer, cn);
    const bool isIt = ct::equal(crypto::hmacSm3(kDev.expose(), input), answer.mac);
    wipe(input.data(), input.size());
    return isIt;
}

class Connection {
public:
    explicit Connection(ports::Clock &clock) : m_clock(clock) {}

    void open(const wire::Greeting &greeting)
    {
        m_cn = greeting.cn;
        m_offsetMs = greeting.serverMs - m_clock.monotonicMs();
    }
    void close() { m_cn.reset(); }

    bool isOpen() const { return m_cn.has_value(); }
    const ByteArray<16> &cn() const { return *m_cn; } // only while open
    // The server's time of day, carried on by the phone's monotonic clock.
    std::int64_t serverNowMs() const { return m_clock.monotonicMs() + m_offsetMs; }
    // When it is serverMs over there, by the phone's monotonic clock.
    std::int64_t monotonicOf(std::int64_t serverMs) const { return serverMs - m_offsetMs; }

private:
    ports::Clock &m_clock;
    std::optional<ByteArray<16>> m_cn;
    std::int64_t m_offsetMs = 0;
};

} // namespace hufu::phone
