#include "shield/crypto/sm2_recoding.h"

namespace hufu::crypto {

SignedDigits::SignedDigits(const Scalar &k, std::size_t width) : m_twice{}, m_width(width)
{
    const Secret<kScalarBytes> bytes = k.secretBytes();
    Limbs limbs = limbsFrom(bytes.expose());
    std::uint64_t shifted = 0;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        m_twice[i] = limbs[i] << 1 | shifted;
        shifted = limbs[i] >> 63;
    }
    m_twice[4] = shifted;
    wipe(limbs.data(), sizeof limbs);
}

SignedDigit SignedDigits::digit(std::size_t index) const
{
    // Bits width index - 1 to width index + width - 1 of k, read as a number in two's complement with the
    // lowest bit rounded in.
    const std::size_t from = m_width * index;
    const std::size_t limb = from / 64;
    const std::size_t shift = from % 64;
    std::uint64_t bits = m_twice[limb] >> shift;
    if (shift != 0) bits |= m_twice[limb + 1] << (64 - shift);
    const std::uint64_t range = std::uint64_t{2} << m_width;
    bits &= range - 1;
    const std::uint64_t negative = ct::maskOfBit(bits >> m_width);
    const std::uint64_t magnitude = ct::select(negative, range - 1 - bits, bits);
    return {(magnitude >> 1) + (magnitude & 1), negative};
}

std::vector<int> sparseDigitsVartime(const Scalar &k, std::size_t width)
{
    const ByteArray<kScalarBytes> bytes = k.bytes();
    Limbs rest = limbsFrom(bytes);
    const std::uint64_t range = std::uint64_t{1} << width;
    std::vector<int> digits;
    digits.reserve(257);
    std::uint64_t top = 0; // the 257th bit, which a negative digit can carry into
    while ((rest[0] | rest[1] | rest[2] | rest[3] | top) != 0) {
        int digit = 0;
        if ((rest[0] & 1) != 0) {
            const std::uint64_t low = rest[0] & (range - 1);
            const bool up = low >= range / 2;
            digit = static_cast<int>(low) - (up ? static_cast<int>(range) : 0);
            rest[0] -= low;
            std::uint64_t carry = 0;
            rest[0] = addCarry(rest[0], up ? range : 0, carry);
            for (std::size_t i = 1; i < 4; ++i)
                rest[i] = addCarry(rest[i], 0, carry);
            top += carry;
        }
        digits.push_back(digit);
        for (std::size_t i = 0; i < 3; ++i)
            rest[i] = rest[i] >> 1 | rest[i + 1] << 63;
        rest[3] = rest[3] >> 1 | top << 63;
        top = 0;
    }
    return digits;
}

} // namespace hufu::crypto
