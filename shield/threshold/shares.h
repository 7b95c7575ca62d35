// The secrets of the two halves. Each type is move-only, wipes itself, and is empty once it was used up or
// moved from; an empty one is refused with badState.
#pragma once

#include "shield/threshold/shared_key.h"

#include <optional>

namespace hufu::threshold {

// u1, the phone's share. Lives only between the PIN and the answer that needs it.
class PhoneShare {
public:
    // In: u1, not zero (zero makes an empty share).
    explicit PhoneShare(const crypto::Scalar &u1) : m_u1(u1) {}
    PhoneShare(const PhoneShare &) = delete;
    PhoneShare &operator=(const PhoneShare &) = delete;
    PhoneShare(PhoneShare &&other) noexcept;
    PhoneShare &operator=(PhoneShare &&other) noexcept;
    ~PhoneShare() = default;

    bool isEmpty() const { return m_u1.isZero(); }
    const crypto::Scalar &expose() const { return m_u1; }

private:
    crypto::Scalar m_u1;
};

// u2, the cosigner's share, with P1 = u2^-1 B, by which it judges the phone's.
class ServerShare {
public:
    static constexpr std::size_t kBytes = 162;
    static constexpr std::size_t kBytesBefore = 97; // without 2^64 P1, as the first rows have it

    // In: u2, not zero; key, whose B makes P1.
    // Errors: badInput for zero.
    static Result<ServerShare> of(const crypto::Scalar &u2, const SharedKey &key);
    // In: u2 32 | P1 65 | 2^64 P1 65, as secretBytes gave them and a seal kept them; or without the last.
    // Errors: tampered.
    static Result<ServerShare> fromBytes(ByteView bytes);
    // Returns: u2 32 | P1 65 | 2^64 P1 65, to be sealed at once; each part gives PINs away to a thief of the phone.
    Result<Secret<kBytes>> secretBytes() const;

    ServerShare(const ServerShare &) = delete;
    ServerShare &operator=(const ServerShare &) = delete;
    ServerShare(ServerShare &&other) noexcept;
    ServerShare &operator=(ServerShare &&other) noexcept;
    ~ServerShare() = default;

    // Whether u2 P1 = B, which a fault of storage or memory would break: then s = d2 s1 + k2 - r is right
    // whenever it is computed rightly, and the fault guard needs no more than a second look at this equation.
    // Timing: constant but for the answer.
    bool belongsTo(const SharedKey &key) const;
    // A hash of share, key and epoch, by which a later copy of a share that belonged is known again. Not
    // invertible: u2 has 256 bits.
    ByteArray<32> fingerprint(const SharedKey &key) const;
    // The caller knows that it belongs to the key that it will be used with.
    void setChecked() { m_checked = true; }
    bool isChecked() const { return m_checked; }

    // u2' = u2 f^-1, P1' = f P1. In: f, the refresh factor, not zero. Source: PROTOCOL 4.7.
    ServerShare renewed(const crypto::Scalar &f) const;

    bool isEmpty() const { return m_u2.isZero(); }
    const crypto::Scalar &exposeU2() const { return m_u2; }
    crypto::Scalar d2() const { return m_u2.inverse(); }            // secret; each call inverts
    const crypto::Point &exposeP1() const { return m_p1->point(); } // not of an empty share
    const EncodedPoint &exposeEncodedP1() const { return *m_p1; }   // nor this
    const crypto::Point &exposeHighP1() const { return m_highP1->point(); } // 2^64 P1, for PIN proofs; nor this

private:
    ServerShare(const crypto::Scalar &u2, const EncodedPoint &p1, const EncodedPoint &highP1)
        : m_u2(u2), m_p1(p1), m_highP1(highP1)
    {
    }
    static Result<ServerShare> withHigh(const crypto::Scalar &u2, const crypto::Point &p1);
    crypto::Scalar m_u2;
    std::optional<EncodedPoint> m_p1, m_highP1; // none in an empty share
    bool m_checked = false;
};

// A scalar for one use: the first touch spends it.
template <typename Meaning, typename Value = crypto::Scalar> class SingleUse {
public:
    // In: value, not zero (zero makes an empty object).
    explicit SingleUse(const Value &value) : m_value(value) {}
    SingleUse(const SingleUse &) = delete;
    SingleUse &operator=(const SingleUse &) = delete;
    SingleUse(SingleUse &&other) noexcept : m_value(std::exchange(other.m_value, Value())) {}
    SingleUse &operator=(SingleUse &&other) noexcept
    {
        if (this != &other) m_value = std::exchange(other.m_value, Value());
        return *this;
    }
    ~SingleUse() = default;

    // Returns: the value, and empties this object. Errors: badState if it is empty.
    Result<Value> spend()
    {
        if (m_value.isZero()) return Error(Errc::badState, "used up");
        return std::exchange(m_value, Value());
    }

private:
    Value m_value;
};

// k1 or k2: two answers with one nonce give the share away.
using SigningNonce = SingleUse<struct SigningNonceMeaning>;
// u2 between KG2 and KG3, before there is a B.
using UnpairedShare = SingleUse<struct UnpairedShareMeaning>;
// w^-1 u1, which opens one ciphertext.
using Opener = SingleUse<struct OpenerMeaning>;

} // namespace hufu::threshold
