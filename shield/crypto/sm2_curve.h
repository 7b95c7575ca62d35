// The SM2 curve over either arithmetic, as sm2_group.h and sm2_multiply.h want it. Source: GB/T 32918.5.
#pragma once

#include "shield/crypto/sm2_field.h"

namespace hufu::crypto {

template <class Arithmetic> struct Sm2Curve {
    using Field = FieldOf<Arithmetic>;
    static constexpr std::size_t kBits = 256;
    static constexpr std::size_t kWidth = 5;
    static constexpr std::size_t kBaseWidth = 7; // 148 KB
    static constexpr std::size_t kTeeth = 6;     // 2 KB

    static constexpr Field b()
    {
        return Field::fromMontgomery(
            {0x90d230632bc0dd42, 0x71cf379ae9b537ab, 0x527981505ea51c3c, 0x240fe188ba20e2c8});
    }
    static constexpr Field generatorX()
    {
        return Field::fromMontgomery(
            {0x61328990f418029e, 0x3e7981eddca6c050, 0xd6a1ed99ac24c3c3, 0x91167a5ee1c13b05});
    }
    static constexpr Field generatorY()
    {
        return Field::fromMontgomery(
            {0xc1354e593c2d0ddd, 0xc1f5e5788d3295fa, 0x8d4cfb066e2a48f8, 0x63cd65d481d735bd});
    }
    static constexpr Limbs order() { return kSm2Order; }
};

} // namespace hufu::crypto
