// SM3 and HMAC-SM3, through OpenSSL.
#pragma once

#include "shield/base/bytes.h"

#include <initializer_list>
#include <memory>

namespace hufu::crypto {

inline constexpr std::size_t kSm3Bytes = 32;

// A hash that takes its input in pieces. What it held is wiped when it dies.
// Source: GB/T 32905.
class Sm3 {
public:
    Sm3();
    Sm3(Sm3 &&) noexcept;
    Sm3 &operator=(Sm3 &&) noexcept;
    ~Sm3();

    Sm3 &update(ByteView bytes);
    // Returns: the digest; the object then starts over.
    ByteArray<kSm3Bytes> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

ByteArray<kSm3Bytes> sm3(ByteView bytes);
// The hash of the parts one after the other, with nothing between them.
ByteArray<kSm3Bytes> sm3(std::initializer_list<ByteView> parts);

// In: key of any length. Source: RFC 2104 with SM3.
ByteArray<kSm3Bytes> hmacSm3(ByteView key, ByteView bytes);
ByteArray<kSm3Bytes> hmacSm3(ByteView key, std::initializer_list<ByteView> parts);

} // namespace hufu::crypto
