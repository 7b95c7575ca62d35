// The desk's identity: an Ed25519 key that an account has enrolled. It signs frames and requests.
#pragma once

#include "shield/crypto/ed25519.h"

#include <string>
#include <string_view>

namespace hufu::desk {

class DeskKey {
public:
    static DeskKey generate(ports::Random &random);
    // What store() gave. Errors: badInput.
    static Result<DeskKey> restore(SecretBytes stored);
    SecretBytes store() const;

    const ByteArray<32> &publicKey() const { return m_key.publicKey(); }
    const ByteArray<16> &id() const { return m_id; } // first 16 bytes of SM3(public key)
    ByteArray<64> sign(ByteView message) const { return m_key.sign(message); }

private:
    explicit DeskKey(crypto::Ed25519Key key);
    crypto::Ed25519Key m_key;
    ByteArray<16> m_id{};
};

// The three headers by which the server knows a desk's request.
struct RequestHeaders {
    std::string desk;      // Hufu-Desk: the id, hexadecimal
    std::string time;      // Hufu-Time: Unix milliseconds
    std::string signature; // Hufu-Signature: hexadecimal
};

// In: path with its query, as it goes into the request line; unixMs, the desk's clock.
RequestHeaders signRequest(const DeskKey &key, std::string_view method, std::string_view path,
                           std::int64_t unixMs, ByteView body);

// What is signed: "HUFU-DESK-1" | LF | method | LF | path | LF | time | LF | hexadecimal SM3 of the body.
Bytes requestBytes(std::string_view method, std::string_view path, std::int64_t unixMs, ByteView body);

} // namespace hufu::desk
