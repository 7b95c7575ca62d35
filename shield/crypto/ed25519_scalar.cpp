#include "shield/crypto/ed25519_scalar.h"

#include "shield/base/ct.h"

#include <algorithm>
#include <sodium.h>

namespace hufu::crypto {

namespace {

static_assert(crypto_core_ed25519_SCALARBYTES == 32 && crypto_core_ed25519_NONREDUCEDSCALARBYTES == 64);

// L = 2^252 + 27742317777372353535851937790883648493, little endian.
constexpr ByteArray<32> kL{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                           0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                           0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

// All ones if value is below L, else zero.
std::uint64_t maskOfCanonical(const ByteArray<32> &value)
{
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < value.size(); ++i)
        borrow = (std::uint64_t{value[i]} - kL[i] - borrow) >> 63;
    return ct::maskOfBit(borrow);
}

} // namespace

EdScalar EdScalar::fromWord(std::uint64_t value)
{
    EdScalar out;
    for (std::size_t i = 0; i < 8; ++i)
        out.m_bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
    return out;
}

Result<EdScalar> EdScalar::parseOrZero(ByteView bytes)
{
    if (bytes.size() != 32) return Error(Errc::badInput, "scalar length");
    EdScalar out;
    std::ranges::copy(bytes, out.m_bytes.begin());
    std::uint64_t canonical = maskOfCanonical(out.m_bytes);
    ct::declassify(&canonical, sizeof canonical);
    if (canonical == 0) return Error(Errc::badInput, "scalar not below L");
    return out;
}

Result<EdScalar> EdScalar::parse(ByteView bytes)
{
    HUFU_TRY(scalar, parseOrZero(bytes));
    if (scalar.isZero()) return Error(Errc::badInput, "scalar is zero");
    return scalar;
}

EdScalar EdScalar::reduceWide(std::span<const std::uint8_t, 64> bytes)
{
    EdScalar out;
    crypto_core_ed25519_scalar_reduce(out.m_bytes.data(), bytes.data());
    return out;
}

Secret<32> EdScalar::secretBytes() const
{
    ByteArray<32> plain = m_bytes;
    return Secret<32>::adopt(plain);
}

bool EdScalar::isZero() const
{
    return *this == EdScalar();
}

EdScalar EdScalar::inverse() const
{
    EdScalar out;
    // Zero, the one value that it complains about, comes out as zero: 0^(L - 2).
    crypto_core_ed25519_scalar_invert(out.m_bytes.data(), m_bytes.data());
    return out;
}

EdScalar operator+(const EdScalar &a, const EdScalar &b)
{
    EdScalar out;
    crypto_core_ed25519_scalar_add(out.m_bytes.data(), a.m_bytes.data(), b.m_bytes.data());
    return out;
}

EdScalar operator-(const EdScalar &a, const EdScalar &b)
{
    EdScalar out;
    crypto_core_ed25519_scalar_sub(out.m_bytes.data(), a.m_bytes.data(), b.m_bytes.data());
    return out;
}

EdScalar operator*(const EdScalar &a, const EdScalar &b)
{
    EdScalar out;
    crypto_core_ed25519_scalar_mul(out.m_bytes.data(), a.m_bytes.data(), b.m_bytes.data());
    return out;
}

EdScalar EdScalar::operator-() const
{
    return EdScalar() - *this;
}

bool operator==(const EdScalar &a, const EdScalar &b)
{
    std::uint64_t different = 0;
    for (std::size_t i = 0; i < a.m_bytes.size(); ++i)
        different |= static_cast<std::uint64_t>(a.m_bytes[i] ^ b.m_bytes[i]);
    std::uint64_t same = ct::maskOfZero(different);
    ct::declassify(&same, sizeof same);
    return same != 0;
}

} // namespace hufu::crypto
