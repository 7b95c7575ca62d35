// What the constant-time checks of the halves share: draws that are secret, and messages that become public.
#pragma once

#include "shield/ports/random.h"
#include "tests/ct/check.h"

#include <cstdlib>
#include <vector>

namespace hufu::tests {

// Every draw is secret, so every share, nonce and factor made from it is.
class SecretRandom final : public ports::Random {
public:
    void fill(std::span<std::uint8_t> out, std::string_view label) override
    {
        m_system.fill(out, label);
        ct::poison(out.data(), out.size());
    }

private:
    ports::SystemRandom m_system;
};

template <typename T> T sure(Result<T> result)
{
    if (!result) std::abort();
    return std::move(*result);
}

// A key as both halves hold it.
template <typename PhoneShare, typename ServerShare, typename Key> struct HalvesOf {
    PhoneShare phone;
    ServerShare server;
    Key key;
};

// What goes over the wire is public from then on.
template <std::size_t N> void send(ByteArray<N> &message)
{
    ct::declassify(message.data(), message.size());
}
template <std::size_t N, typename Allocator> void send(std::vector<ByteArray<N>, Allocator> &messages)
{
    for (ByteArray<N> &message : messages)
        send(message);
}

} // namespace hufu::tests
