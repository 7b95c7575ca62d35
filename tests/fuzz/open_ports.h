// Ports for fuzz targets: nothing is hidden, and nothing depends on chance.
#pragma once

#include "shield/crypto/sm3.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <algorithm>

namespace hufu::tests {

// Seals nothing and opens everything, so that the fuzzer reaches what stands under a seal.
class OpenMasterKey final : public ports::MasterKey {
public:
    Result<Bytes> seal(ByteView plain, ByteView) override { return bytesOf(plain); }
    Result<SecretBytes> open(ByteView sealed, ByteView) override
    {
        Bytes copy = bytesOf(sealed);
        return SecretBytes::adopt(copy);
    }
};

// The same draws each time: a corpus must not depend on chance.
class CountedRandom final : public ports::Random {
public:
    void fill(std::span<std::uint8_t> out, std::string_view) override
    {
        for (std::size_t at = 0; at < out.size(); at += 32) {
            const auto block = crypto::sm3(Writer().u64(++m_drawn).bytes());
            std::copy_n(block.begin(), std::min<std::size_t>(32, out.size() - at), out.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }

private:
    std::uint64_t m_drawn = 0;
};

} // namespace hufu::tests
