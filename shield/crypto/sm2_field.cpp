#include "shield/crypto/sm2_field.h"

namespace hufu::crypto {

namespace {

// 2^512 modulo p: takes a plain integer into Montgomery form.
constexpr Field kIntoMontgomery =
    Field::fromMontgomery({0x0000000200000003, 0x00000002ffffffff, 0x0000000100000001, 0x0000000400000002});

Field squaredTimes(Field a, int times)
{
    for (int i = 0; i < times; ++i)
        a = a.squared();
    return a;
}

} // namespace

Result<Field> Field::parse(std::span<const std::uint8_t, kFieldBytes> bytes)
{
    const Limbs plain = limbsFrom(bytes);
    std::uint64_t canonical = maskOfBelow(plain, kP);
    ct::declassify(&canonical, sizeof canonical);
    if (canonical == 0) return Error(Errc::badInput, "coordinate not below p");
    return Field(plain) * kIntoMontgomery;
}

ByteArray<kFieldBytes> Field::bytes() const
{
    const Limbs &a = m_limbs;
    ByteArray<kFieldBytes> out;
    limbsTo(reduce({a[0], a[1], a[2], a[3], 0, 0, 0, 0}), out);
    return out;
}

// a^(p - 2). In p - 2 stand, from the top: 31 ones, a zero, 128 ones, 32 zeros, 62 ones, 0, 1.
Field Field::inverse() const
{
    const Field &x1 = *this;
    const Field x2 = x1.squared() * x1;
    const Field x4 = squaredTimes(x2, 2) * x2;
    const Field x6 = squaredTimes(x4, 2) * x2;
    const Field x8 = squaredTimes(x4, 4) * x4;
    const Field x16 = squaredTimes(x8, 8) * x8;
    const Field x24 = squaredTimes(x16, 8) * x8;
    const Field x30 = squaredTimes(x24, 6) * x6;
    const Field x31 = x30.squared() * x1;
    const Field x32 = x31.squared() * x1;
    Field r = squaredTimes(x31, 33) * x32;
    r = squaredTimes(r, 32) * x32;
    r = squaredTimes(r, 32) * x32;
    r = squaredTimes(r, 32) * x32;
    r = squaredTimes(r, 64) * x32;
    r = squaredTimes(r, 30) * x30;
    return squaredTimes(r, 2) * x1;
}

} // namespace hufu::crypto
