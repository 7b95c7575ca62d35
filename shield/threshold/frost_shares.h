// The secrets of the two halves of a key of suite 2. Each type is move-only, wipes itself, and is empty once it
// was used up or moved from; an empty one is refused with badState.
#pragma once

#include "shield/threshold/frost_key.h"
#include "shield/threshold/shares.h"

namespace hufu::threshold::frost {

// RFC 9591's identifiers of the two signers, and with both signing their Lagrange coefficients at zero: 2, -1.
inline constexpr std::uint8_t kPhone = 1;
inline constexpr std::uint8_t kServer = 2;

// s1, the phone's share of the secret s = 2 s1 - s2. Lives only between the PIN and the answer that needs it.
class PhoneShare {
public:
    // In: s1, not zero (zero makes an empty share).
    explicit PhoneShare(const crypto::EdScalar &s1) : m_s1(s1) {}
    PhoneShare(const PhoneShare &) = delete;
    PhoneShare &operator=(const PhoneShare &) = delete;
    PhoneShare(PhoneShare &&other) noexcept : m_s1(std::exchange(other.m_s1, crypto::EdScalar())) {}
    PhoneShare &operator=(PhoneShare &&other) noexcept
    {
        if (this != &other) m_s1 = std::exchange(other.m_s1, crypto::EdScalar());
        return *this;
    }
    ~PhoneShare() = default;

    // s1' = s1 + f / 2. In: f, the refresh factor. Errors: badState if the sum is zero. Source: PROTOCOL 4.8.
    Result<PhoneShare> renewed(const crypto::EdScalar &f) const;

    bool isEmpty() const { return m_s1.isZero(); }
    const crypto::EdScalar &expose() const { return m_s1; }

private:
    crypto::EdScalar m_s1;
};

// s2, the cosigner's share, with Y1 = s1 Bp, by which it judges the phone's.
class ServerShare {
public:
    static constexpr std::size_t kBytes = 64;

    // In: s2, not zero; key, whose Y makes Y1 = (Y + s2 Bp) / 2. Errors: badInput for zero, or a Y1 that is the
    // identity.
    static Result<ServerShare> of(const crypto::EdScalar &s2, const SharedKey &key);
    // In: s2 32 | Y1 32, as secretBytes gave them and a seal kept them. Errors: tampered.
    static Result<ServerShare> fromBytes(ByteView bytes);
    // Returns: s2 32 | Y1 32, to be sealed at once; both parts give PINs away to a thief of the phone.
    // Errors: badState for an empty share.
    Result<Secret<kBytes>> secretBytes() const;

    ServerShare(const ServerShare &) = delete;
    ServerShare &operator=(const ServerShare &) = delete;
    ServerShare(ServerShare &&other) noexcept
        : m_s2(std::exchange(other.m_s2, crypto::EdScalar())),
          m_y1(std::exchange(other.m_y1, crypto::EdPoint()))
    {
    }
    ServerShare &operator=(ServerShare &&other) noexcept
    {
        if (this != &other) {
            m_s2 = std::exchange(other.m_s2, crypto::EdScalar());
            m_y1 = std::exchange(other.m_y1, crypto::EdPoint());
        }
        return *this;
    }
    ~ServerShare() = default;

    // Whether 2 Y1 - s2 Bp = Y, which a fault of storage or memory would break. Timing: constant but for the answer.
    bool belongsTo(const SharedKey &key) const;

    // s2' = s2 + f, Y1' = Y1 + f / 2 Bp. In: f, the refresh factor. Errors: badState if s2' is zero or Y1' the
    // identity. Source: PROTOCOL 4.8.
    Result<ServerShare> renewed(const crypto::EdScalar &f) const;

    bool isEmpty() const { return m_s2.isZero(); }
    const crypto::EdScalar &exposeS2() const { return m_s2; }
    const crypto::EdPoint &exposeY1() const { return m_y1; }

private:
    ServerShare(const crypto::EdScalar &s2, const crypto::EdPoint &y1) : m_s2(s2), m_y1(y1) {}
    crypto::EdScalar m_s2;
    crypto::EdPoint m_y1;
};

// d or e of a signer: two answers with one pair give the share away.
using Nonce = SingleUse<struct FrostNonceMeaning, crypto::EdScalar>;
// x1 between KG1 and KG2, x2 between KG2 and KG3: before there is a Y.
using UnpairedShare = SingleUse<struct FrostUnpairedShareMeaning, crypto::EdScalar>;

// 1/2 modulo L.
crypto::EdScalar half();

} // namespace hufu::threshold::frost
