// One question to the server that needs no PIN: under the device's MAC, on a connection of its own.
#pragma once

#include "shield/base/ct.h"
#include "shield/crypto/sm3.h"
#include "shield/phone/connection.h"
#include "shield/phone/step.h"
#include "shield/wire/message.h"

#include <optional>

namespace hufu::phone {

// Its only pages are working, done and stopped. A loss of the connection ends it.
class Fetch {
public:
    Fetch(const Fetch &) = delete;
    Fetch &operator=(const Fetch &) = delete;
    virtual ~Fetch() = default;

    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick(); // gives up after kPatienceMs

    const vault::ServerLink &server() const { return m_server; } // to connect to
    static constexpr std::int64_t kPatienceMs = 10'000;

protected:
    explicit Fetch(const Environment &environment) : m_environment(environment) {}

    // Errors: badState (begun, or no device).
    Result<Step> begin();
    // In: cn, the connection's, of its Greeting.
    template <typename Query> Bytes underMac(Query query, const ByteArray<16> &cn) const
    {
        query.acct = m_device->acct;
        query.mac = crypto::hmacSm3(m_device->kDev.expose(), wire::macInputOf(query, cn));
        return wire::encode(query);
    }

    // Whether the answer is the server's, to this connection. While it runs.
    template <typename M> bool isUnderMac(const M &answer) const
    {
        return phone::isUnderMac(m_device->kDev, answer, m_cn);
    }

    const ByteArray<16> &account() const { return m_device->acct; } // while it runs

    Environment m_environment;

private:
    enum class State : std::uint8_t { idle, greeting, answer, ended };
    bool isOpen() const { return m_state == State::greeting || m_state == State::answer; }
    Step end(Show show, const std::optional<Problem> &problem);
    Step ask();
    Result<Step> dispatch(ByteView message);

    virtual Bytes question(const ByteArray<16> &cn) const = 0;
    virtual Result<void> take(ByteView answer) = 0;
    virtual bool wantsMore() const { return false; } // one more question on the same connection

    State m_state = State::idle;
    std::optional<vault::Device> m_device;
    vault::ServerLink m_server;
    ByteArray<16> m_cn{}; // the connection's
    std::int64_t m_sinceMs = 0; // monotonic
};

} // namespace hufu::phone
