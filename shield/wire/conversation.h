// The two-party conversation: HELLO to RESP, DEC2 or REF4 (PROTOCOL 4.5 to 4.7, R3 to R9).
#pragma once

#include "shield/intent/manifest.h"
#include "shield/wire/message.h"

namespace hufu::wire {

inline constexpr std::uint8_t kSuiteSm2 = 1;
inline constexpr std::uint8_t kSuiteFrost = 2; // FROST(Ed25519, SHA-512): a sign key only

// p->s. Without items 142 bytes, with one 174 (R8, R9). op is sign, decrypt, refresh or pinChange; com1 only
// with sign under suite 1. keyId: the key of the op; for refresh and PIN change, which cover all living keys of
// the device (R7), the sign key, or the encrypt key once the sign share is destroyed. suite: that key's.
struct Hello {
    static constexpr Type kType = Type::hello;
    static constexpr char kMacName[] = "hello";
    intent::Op op = intent::Op::sign;
    std::uint8_t suite = kSuiteSm2;
    ByteArray<16> acct{};
    ByteArray<32> keyId{};
    std::uint32_t epoch = 0;
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    ByteArray<16> rid{};
    std::vector<ByteArray<32>> com1;
    ByteArray<32> mac{};
    static Result<Hello> parse(ByteView body);
    Bytes body() const;
};

// s->p: this HELLO does not fit; look again and send a second one with nonce under the MAC (R3).
struct Stale {
    static constexpr Type kType = Type::stale;
    ByteArray<16> nonce{};
    static Result<Stale> parse(ByteView body);
    Bytes body() const;
};

// s->p: there are two phones with one chain. The device is frozen.
struct Clone {
    static constexpr Type kType = Type::clone;
    static Result<Clone> parse(ByteView body);
    Bytes body() const;
};

enum class DeviceState : std::uint8_t { pending = 0, active = 1, frozen = 2, cloned = 3, destroyed = 4 };

// s->p: an attempt is not possible now; nothing was counted, the chain stays.
struct Locked {
    static constexpr Type kType = Type::locked;
    std::uint32_t retryAfter = 0; // seconds; 0 when only an unfreeze helps
    std::uint8_t tries = 0;
    std::uint8_t failures = 0;
    DeviceState state = DeviceState::active;
    static Result<Locked> parse(ByteView body);
    Bytes body() const;
};

// s->p: the server is at this epoch; the chain stays (R7).
struct EpochIs {
    static constexpr Type kType = Type::epochIs;
    std::uint32_t epoch = 0;
    static Result<EpochIs> parse(ByteView body);
    Bytes body() const;
};

// s->p. points: one for each item of a sign, else none: Q2 | PoK, or D2 | E2 under suite 2. tbs: one for each
// item of sign and decrypt (for decrypt the SM2Cipher in DER), none for refresh.
template <Type kItsType, std::size_t kPointBytes> struct ChalOf {
    static constexpr Type kType = kItsType;
    ByteArray<16> sid{};
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    std::vector<ByteArray<kPointBytes>> points;
    std::int64_t expiryMs = 0; // Unix milliseconds
    Bytes manifest;
    std::vector<Bytes> tbs;
    static Result<ChalOf> parse(ByteView body);
    Bytes body() const;
};
using Chal = ChalOf<Type::chal, 113>;
using FrostChal = ChalOf<Type::frostChal, 64>; // the answer to a sign under suite 2

// p->s. items[i] answers the manifest's item of that index; ascending, each once. Refused items are left out.
template <Type kItsType, std::size_t kShareBytes> struct SignOf {
    static constexpr Type kType = kItsType;
    static constexpr bool kSecret = true; // with the signature that comes of it, it tests PINs
    struct Item {
        std::uint8_t index = 0;
        WipedArray<kShareBytes> share{};
    };
    ByteArray<16> sid{};
    std::vector<Item> items;
    static Result<SignOf> parse(ByteView body);
    Bytes body() const;
};
using Sign = SignOf<Type::sign, 129>;          // R1 65 | rnd 32 | s1 32
using FrostSign = SignOf<Type::frostSign, 96>; // D1 32 | E1 32 | z1 32

// How an attempt ended.
enum class Status : std::uint8_t {
    ok = 0,
    badPin = 1,   // also a bad share: the same answer on purpose. Counted
    expired = 2,  // the conversation is gone; nothing was evaluated
    locked = 3,   // refused, uncounted
    tampered = 4, // an opening or a form is wrong; the conversation is gone, nothing was evaluated
    refused = 5,  // a policy or a missing factor; nothing was evaluated
    capped = 6,   // the daily limit of decryptions; nothing was evaluated
};

// Common to Resp, Dec2, Ref2 and Ref4: status 1 | tries left 1 | retry after 4 | failures since the last
// success 1 | failures since the last PIN change 1 (R1)
struct Verdict {
    Status status = Status::ok;
    std::uint8_t tries = 0;
    std::uint32_t retryAfter = 0; // seconds
    std::uint8_t failures = 0;
    std::uint8_t total = 0;
    bool operator==(const Verdict &) const = default;
};

// s->p. signatures: r | s, or R | z under suite 2, in the order of Sign.items; none unless ok.
struct Resp {
    static constexpr Type kType = Type::resp;
    ByteArray<16> sid{};
    Verdict verdict;
    std::vector<ByteArray<64>> signatures;
    static Result<Resp> parse(ByteView body);
    Bytes body() const;
};

// p->s
struct Dec1 {
    static constexpr Type kType = Type::dec1;
    static constexpr bool kSecret = true; // a proof of the PIN tests PINs
    struct Item {
        std::uint8_t index = 0;
        WipedArray<113> ask{}; // T1 65 | PoK 48
    };
    ByteArray<16> sid{};
    std::vector<Item> items;
    static Result<Dec1> parse(ByteView body);
    Bytes body() const;
};

// s->p. answers: T2, in the order of Dec1.items; none unless ok. Never stored. mac: under the HELLO's K_dev; zero unless ok. With it
// the phone knows that a key that does not open came so, and was not damaged on its way here.
struct Dec2 {
    static constexpr Type kType = Type::dec2;
    static constexpr char kMacName[] = "dec2";
    static constexpr bool kSecret = true; // T2 tests PINs where w is known
    ByteArray<16> sid{};
    Verdict verdict;
    WipedVector<ByteArray<65>> answers;
    ByteArray<32> mac{};
    static Result<Dec2> parse(ByteView body);
    Bytes body() const;
};

// One key's proof inside a refresh of the device.
struct KeyProof {
    ByteArray<32> keyId{};
    WipedArray<48> proof{};
};

// p->s: one rho1 for the device, a proof for each of its living keys: sign key first, then encrypt key (R7).
struct Ref1 {
    static constexpr Type kType = Type::ref1;
    static constexpr bool kSecret = true; // each proof tests PINs, and so does rho1 beside two snapshots of the phone
    ByteArray<16> sid{};
    WipedArray<32> rho1{};
    std::vector<KeyProof> proofs;
    static Result<Ref1> parse(ByteView body);
    Bytes body() const;
};

// s->p: PENDING is written. rho2 is zero unless ok.
struct Ref2 {
    static constexpr Type kType = Type::ref2;
    ByteArray<16> sid{};
    Verdict verdict;
    ByteArray<32> rho2{};
    static Result<Ref2> parse(ByteView body);
    Bytes body() const;
};

// p->s: proofs under epoch + 1, in the order of Ref1.
struct Ref3 {
    static constexpr Type kType = Type::ref3;
    static constexpr bool kSecret = true; // as Ref1
    ByteArray<16> sid{};
    std::vector<KeyProof> proofs;
    static Result<Ref3> parse(ByteView body);
    Bytes body() const;
};

// s->p: epoch is the server's current one.
struct Ref4 {
    static constexpr Type kType = Type::ref4;
    ByteArray<16> sid{};
    Verdict verdict;
    std::uint32_t epoch = 0;
    static Result<Ref4> parse(ByteView body);
    Bytes body() const;
};

// p->s: what became of this conversation? Evaluates nothing (R6). Answered by Resp or Unknown.
struct ResultQuery {
    static constexpr Type kType = Type::resultQuery;
    static constexpr char kMacName[] = "result";
    ByteArray<16> acct{}, sid{};
    ByteArray<32> mac{};
    static Result<ResultQuery> parse(ByteView body);
    Bytes body() const;
};

// s->p: there is no stored result of this sid.
struct Unknown {
    static constexpr Type kType = Type::unknown;
    ByteArray<16> sid{};
    static Result<Unknown> parse(ByteView body);
    Bytes body() const;
};

} // namespace hufu::wire
