#include "shield/crypto/sm2_halves.h"

#include <bit>
#include <utility>

namespace hufu::crypto {

namespace {

std::size_t bitLength(const Limbs &a)
{
    for (std::size_t i = a.size(); i-- > 0;)
        if (a[i] != 0) return 64 * i + static_cast<std::size_t>(std::bit_width(a[i]));
    return 0;
}

Limbs shifted(const Limbs &a, std::size_t by)
{
    const std::size_t limbs = by / 64, bits = by % 64;
    Limbs out{};
    for (std::size_t i = limbs; i < out.size(); ++i) {
        out[i] = a[i - limbs] << bits;
        if (bits != 0 && i > limbs) out[i] |= a[i - limbs - 1] >> (64 - bits);
    }
    return out;
}

bool isBelow(const Limbs &a, const Limbs &b)
{
    return maskOfBelow(a, b) != 0;
}

Limbs difference(const Limbs &a, const Limbs &b)
{
    Limbs out{};
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = subBorrow(a[i], b[i], borrow);
    return out;
}

Limbs total(const Limbs &a, const Limbs &b)
{
    Limbs out{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = addCarry(a[i], b[i], carry);
    return out;
}

Scalar scalarOf(const Limbs &a)
{
    ByteArray<kScalarBytes> bytes;
    limbsTo(a, bytes);
    const Scalar out = Scalar::reduce(bytes);
    wipe(bytes.data(), bytes.size());
    return out;
}

// Euclid's rows: of s1 any of them gives it away, which tests PINs.
struct Rows {
    Limbs r0, r1, t0{}, t1{1, 0, 0, 0}, shifted{};
    ~Rows() { wipe(this, sizeof *this); }
};

} // namespace

// Euclid's algorithm on n and k, stopped half-way. In each row r = +-t k modulo n, with signs in turn, and the
// t of a row is at most n divided by the r of the row before.
LimbHalves halvesVartime(const Limbs &k, const Limbs &n, std::size_t half)
{
    Rows at{n, k};
    bool negative = false;
    while (bitLength(at.r1) > half) {
        while (!isBelow(at.r0, at.r1)) {
            std::size_t by = bitLength(at.r0) - bitLength(at.r1);
            at.shifted = shifted(at.r1, by);
            if (isBelow(at.r0, at.shifted)) at.shifted = shifted(at.r1, --by);
            at.r0 = difference(at.r0, at.shifted);
            at.shifted = shifted(at.t1, by);
            at.t0 = total(at.t0, at.shifted);
        }
        std::swap(at.r0, at.r1);
        std::swap(at.t0, at.t1);
        negative = !negative;
    }
    return {at.t1, at.r1, negative};
}

ScalarHalves halvesVartime(const Scalar &k)
{
    const LimbHalves halves = halvesVartime(k.plain().limbs, kSm2Order, 128);
    return {scalarOf(halves.v), scalarOf(halves.w), halves.negative};
}

} // namespace hufu::crypto
