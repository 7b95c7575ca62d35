// A scalar as digits, for sm2_multiply only.
#pragma once

#include "shield/base/secret.h"
#include "shield/crypto/limbs.h"

#include <array>
#include <bit>

namespace hufu::crypto {

struct SignedDigit {
    std::uint64_t index;    // of the magnitude in a table
    std::uint64_t negative; // all ones or zero
};

// The odd one of k and order - k, which stands for -k: only an odd number has digits that are never zero.
// Timing: constant in k. Wipes itself. Source: Joye, Tunstall, "Exponent recoding and regular exponentiation algorithms".
class OddScalar {
public:
    // In: k below order, which is odd.
    OddScalar(const Limbs &k, const Limbs &order) : m_negated(~ct::maskOfBit(k[0]))
    {
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < k.size(); ++i)
            m_value[i] = ct::select(m_negated, subBorrow(order[i], k[i], borrow), k[i]);
    }
    OddScalar(const OddScalar &) = delete;
    OddScalar &operator=(const OddScalar &) = delete;
    ~OddScalar() { wipe(m_value.data(), sizeof m_value); }

    // All ones if the value stands for -k.
    std::uint64_t negated() const { return m_negated; }

    // Window i of value = sum of d_i 2^(width i), all d_i odd, |d_i| < 2^width, and the last one positive.
    // Index 0, 1, 2 is magnitude 1, 3, 5.
    SignedDigit window(std::size_t i, std::size_t width, bool last) const
    {
        const std::uint64_t range = std::uint64_t{1} << width;
        const std::uint64_t read = bits(width * i, width + 1);
        const std::uint64_t negative = last ? 0 : ~ct::maskOfBit(read >> width);
        return {((read ^ negative) & (range - 1)) >> 1, negative};
    }

    // Column i of value = sum over columns c and teeth t of +-2^(c + spacing t). Index: a bit for each tooth
    // but the highest, set where its sign is the highest's. In: teeth times spacing at least the bits of the
    // order. Source: Lim, Lee, "More flexible exponentiation with precomputation", with digits that are never zero.
    SignedDigit column(std::size_t i, std::size_t teeth, std::size_t spacing) const
    {
        // The sign at place j is bit j + 1, and the last one is plus.
        const auto plus = [&](std::size_t tooth) {
            const std::size_t place = i + spacing * tooth;
            return place + 1 == teeth * spacing ? std::uint64_t{1} : bits(place + 1, 1);
        };
        const std::uint64_t negative = ~ct::maskOfBit(plus(teeth - 1));
        std::uint64_t index = 0;
        for (std::size_t tooth = 0; tooth + 1 < teeth; ++tooth)
            index |= plus(tooth) << tooth;
        return {(index ^ negative) & ((std::uint64_t{1} << (teeth - 1)) - 1), negative};
    }

private:
    // count bits from bit from on. Only the place decides what is read.
    std::uint64_t bits(std::size_t from, std::size_t count) const
    {
        const std::size_t limb = from / 64;
        const std::size_t shift = from % 64;
        std::uint64_t out = m_value[limb] >> shift;
        if (shift != 0) out |= m_value[limb + 1] << (64 - shift);
        return out & ((std::uint64_t{1} << count) - 1);
    }

    std::array<std::uint64_t, 6> m_value{}; // with room for what reaches beyond it
    std::uint64_t m_negated;
};

// k = sum of digit[i] 2^i, each digit zero or odd and below 2^(width - 1) in magnitude, at least width - 1
// zeros between two: the width-w non-adjacent form. Wiped, since a public scalar may test PINs beside others.
// Timing: depends on k. Source: Solinas, "Efficient arithmetic on Koblitz curves".
struct SparseDigits {
    std::array<std::int16_t, 258> digit{};
    std::size_t length = 0;

    SparseDigits(const SparseDigits &) = delete;
    SparseDigits &operator=(const SparseDigits &) = delete;
    ~SparseDigits() { wipe(digit.data(), sizeof digit); }

    SparseDigits(Limbs k, std::size_t width)
    {
        const std::uint64_t range = std::uint64_t{1} << width;
        std::uint64_t top = 0; // the 257th bit, which a negative digit can carry into
        for (std::size_t i = 0; (k[0] | k[1] | k[2] | k[3] | top) != 0;) {
            if ((k[0] & 1) != 0) {
                const std::uint64_t low = k[0] & (range - 1);
                const bool up = low >= range / 2;
                digit[i] =
                    static_cast<std::int16_t>(static_cast<int>(low) - (up ? static_cast<int>(range) : 0));
                length = i + 1;
                k[0] -= low;
                std::uint64_t carry = 0;
                k[0] = addCarry(k[0], up ? range : 0, carry);
                for (std::size_t j = 1; j < 4; ++j)
                    k[j] = addCarry(k[j], 0, carry);
                top += carry;
            }
            const int shift = k[0] == 0 ? 32 : std::min(std::countr_zero(k[0]), 32);
            for (std::size_t j = 0; j < 3; ++j)
                k[j] = k[j] >> shift | k[j + 1] << (64 - shift);
            k[3] = k[3] >> shift | top << (64 - shift);
            top = 0;
            i += static_cast<std::size_t>(shift);
        }
    }
};

} // namespace hufu::crypto
