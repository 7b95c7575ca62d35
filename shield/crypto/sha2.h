// SHA-512 and SHA-512/256, through OpenSSL: what suite 2 hashes with.
#pragma once

#include "shield/base/bytes.h"

#include <initializer_list>
#include <memory>

namespace hufu::crypto {

// A hash that takes its input in pieces. What it held is wiped when it finishes or dies.
// In: N, 64 for SHA-512, 32 for SHA-512/256 (another start value, not a truncation of SHA-512).
// Source: FIPS 180-4 6.4 and 6.7.
template <std::size_t N> class Sha2 {
public:
    Sha2();
    Sha2(Sha2 &&) noexcept;
    Sha2 &operator=(Sha2 &&) noexcept;
    ~Sha2();

    Sha2 &update(ByteView bytes);
    // Returns: the digest; the object then starts over.
    ByteArray<N> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

extern template class Sha2<64>;
extern template class Sha2<32>;
using Sha512 = Sha2<64>;
using Sha512t256 = Sha2<32>;

// The hash of the parts one after the other, with nothing between them.
ByteArray<64> sha512(std::initializer_list<ByteView> parts);

} // namespace hufu::crypto
