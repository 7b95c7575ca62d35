// What both halves know of one key, and what every transcript of that key is bound to.
#pragma once

#include "shield/crypto/sm2_point.h"

#include <memory>
#include <span>
#include <vector>

namespace hufu::threshold {

using Acct = ByteArray<16>;
using KeyId = ByteArray<32>;
using Sid = ByteArray<16>;

inline constexpr std::uint8_t kSuiteSm2 = 1;

// A key of one type never does the other's work (R5).
enum class KeyType : std::uint8_t { sign = 1, encrypt = 2 };

// What a PIN proof is for. 1 is the signature, which proves the PIN by itself; 5 belongs to a profile that is
// not built.
enum class Op : std::uint8_t { decrypt = 2, refresh = 3, refreshCommit = 4, pinChange = 6 };

// A point with its 65 bytes, so that a transcript costs no second inversion. Never O.
class EncodedPoint {
public:
    // Errors: badInput for O.
    static Result<EncodedPoint> of(const crypto::Point &point);
    // In: 04 | X | Y, strictly on the curve. Errors: tampered.
    static Result<EncodedPoint> parse(ByteView bytes);
    // Several for little more than the price of one inversion. Errors: badInput for O.
    static Result<std::vector<EncodedPoint>> allOf(std::span<const crypto::Point> points);
    static const EncodedPoint &generator();

    // The same point with a table of its multiples, for a public one that is multiplied often. Copies share it,
    // and it is kept for the next who asks.
    EncodedPoint withTable() const;
    // k times the point. Timing: constant.
    crypto::Point times(const crypto::Scalar &k) const;
    // Adds k times the point to a sum of public values.
    void addTo(crypto::VartimeSum &sum, const crypto::Scalar &k) const;

    // Some points are secret (P1): it wipes itself when it dies.
    EncodedPoint(const EncodedPoint &) = default;
    EncodedPoint &operator=(const EncodedPoint &) = default;
    ~EncodedPoint() { wipe(m_bytes.data(), m_bytes.size()); }

    const crypto::Point &point() const { return m_point; }
    const ByteArray<65> &bytes() const { return m_bytes; }
    bool isGenerator() const { return m_bytes == generator().m_bytes; } // for public points

private:
    EncodedPoint(const crypto::Point &point, const ByteArray<65> &bytes) : m_point(point), m_bytes(bytes) {}
    crypto::Point m_point;
    ByteArray<65> m_bytes;
    std::shared_ptr<const crypto::PointTable> m_table;
};

// The public part of one key in one epoch, as each half has it in its own storage: never taken from the wire.
class SharedKey {
public:
    // In: p, the public key, 65 bytes; acct, the account of the device; epoch, counted up by each refresh.
    // Errors: badInput if p is not a point, or is one that no two shares have (P = -G).
    // Source: PROTOCOL 4.1.
    static Result<SharedKey> of(KeyType type, ByteView p, const Acct &acct, std::uint32_t epoch);

    KeyType type() const { return m_type; }
    const Acct &acct() const { return m_acct; }
    const KeyId &keyId() const { return m_keyId; }
    std::uint32_t epoch() const { return m_epoch; }
    const EncodedPoint &p() const { return m_p; }       // the public key
    const EncodedPoint &base() const { return m_base; } // B = P + G = u1 u2 G

    // The same key with a table of B, which both halves multiply in every signature, and with which they verify
    // (P = B - G).
    SharedKey withTable() const;
    // s G + t P, for public values. Timing: depends on s and t. Source: GB/T 32918.2 7.1, B6.
    crypto::Point sumVartime(const crypto::Scalar &s, const crypto::Scalar &t) const;

    // The same key after one more refresh. Errors: badState after 2^32 - 1 of them.
    Result<SharedKey> nextEpoch() const;

private:
    SharedKey(KeyType type, const Acct &acct, std::uint32_t epoch, const KeyId &keyId, const EncodedPoint &p,
              const EncodedPoint &base)
        : m_type(type), m_acct(acct), m_epoch(epoch), m_keyId(keyId), m_p(p), m_base(base)
    {
    }
    KeyType m_type;
    Acct m_acct;
    std::uint32_t m_epoch;
    KeyId m_keyId;
    EncodedPoint m_p;
    EncodedPoint m_base;
};

// H("key-id"; suite, type, P). Source: PROTOCOL 4.1.
KeyId keyIdOf(KeyType type, const ByteArray<65> &p);

} // namespace hufu::threshold
