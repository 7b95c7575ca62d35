// A secure element in memory.
#pragma once

#include "shield/crypto/aead.h"
#include "shield/crypto/sm3.h"
#include "shield/ports/device_store.h"

namespace hufu::tests {

class MemoryElement final : public ports::SecureElement {
public:
    explicit MemoryElement(std::uint8_t device = 1)
    {
        m_key.fill()[0] = device;
        m_secret.fill()[0] = device;
    }
    Result<Bytes> seal(ByteView plain, ByteView context) override
    {
        return crypto::aeadSeal(m_key, plain, context, m_random);
    }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override
    {
        return crypto::aeadOpen(m_key, sealed, context);
    }
    Result<Secret<32>> deviceMac(ByteView message) override
    {
        auto mac = crypto::hmacSm3(m_secret.expose(), message);
        return Secret<32>::adopt(mac);
    }

private:
    crypto::AeadKey m_key;
    Secret<32> m_secret;
    ports::SystemRandom m_random;
};

} // namespace hufu::tests
