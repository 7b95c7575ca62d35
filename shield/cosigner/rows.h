// The cosigner's rows: versioned binary forms of what persists (PROTOCOL 6.7). No share is in clear in any of them.
#pragma once

#include "shield/cosigner/chain.h"
#include "shield/cosigner/cosigner.h"
#include "shield/crypto/public_key.h"
#include "shield/threshold/shared_key.h"

namespace hufu::cosigner {

using threshold::KeyType;

// Table::device, by acct16.
struct DeviceRow {
    Chain chain;
    Lock lock;
    std::uint32_t epoch = 0;         // of all keys of the device (R7)
    std::uint32_t adoptedIn = 0;     // the restore epoch in which the chain was adopted last
    ByteArray<8> mark{};             // of the epoch's key; zero: sealed before there were such keys
    std::uint32_t leastEpoch = 0;    // below it only a refresh is let in: the shares were copied (R3)
    std::uint32_t day = 0;           // days since 1970 (UTC) that the next two count
    std::uint32_t openedToday = 0;
    std::uint32_t rehearsedToday = 0;
    ByteArray<32> signKeyId{}, encryptKeyId{};
    Bytes sealedKDev;

    static Result<DeviceRow> parse(ByteView bytes); // errors: badInput, also for another version
    Bytes encode() const;
    bool operator==(const DeviceRow &) const = default;
    bool mustRefresh() const { return epoch < leastEpoch; }
};

// Table::deviceKey, by key_id32.
struct KeyRow {
    ByteArray<16> acct{};
    KeyType type = KeyType::sign;
    KeyState state = KeyState::pending;
    crypto::PublicKey point; // a sign key may be of suite 2
    // u2 | P1 | 2^64 P1, or s2 | Y1, under the epoch's key, and that under the master key; empty once destroyed
    Bytes sealedShare;

    static Result<KeyRow> parse(ByteView bytes);
    Bytes encode() const;
    bool operator==(const KeyRow &) const = default;
};

// Table::deviceKey, by acct16: the PENDING of a refresh (R7).
struct RefreshRow {
    ByteArray<16> sid{};
    intent::Op op = intent::Op::refresh; // refresh or pinChange
    std::uint32_t epoch = 0;             // that it leads to
    ByteArray<16> token{};
    struct Share {
        ByteArray<32> keyId{};
        Bytes sealedShare; // u2' | P1' | 2^64 P1'
        bool operator==(const Share &) const = default;
    };
    std::vector<Share> shares;
    Bytes sealedRho2;
    ByteArray<8> mark{}; // of the key of the epoch that it leads to

    static Result<RefreshRow> parse(ByteView bytes);
    Bytes encode() const;
    bool operator==(const RefreshRow &) const = default;
};

// Table::result, by acct16 | sid16, sealed as a whole: what RESULT answers (R6). Not every signature is for the world: the one of
// a vouching is the next activation code.
struct ResultRow {
    std::int64_t atMs = 0; // Unix milliseconds
    wire::Verdict verdict;
    std::vector<ByteArray<64>> signatures;

    static Result<ResultRow> parse(ByteView bytes);
    Bytes encode() const;
    bool operator==(const ResultRow &) const = default;
};

// Table::code, by "recover" | acct16, sealed as a whole: the way back from a clone (R3), from the identity check to the
// first HELLO under the new K_dev.
struct RecoveryRow {
    std::string digits;
    std::int64_t untilMs = 0; // Unix milliseconds
    std::uint8_t wrong = 0;   // entries
    struct Candidate {
        Secret<32> kDev;
        ByteArray<32> n{}; // the new chain's beginning, at 0
    };
    std::optional<Candidate> candidate; // of the newest Recover with the right digits

    static Result<RecoveryRow> parse(ByteView bytes);
    SecretBytes encode() const;
};

Bytes recoveryKey(const ByteArray<16> &acct);

Bytes resultKey(const ByteArray<16> &acct, const ByteArray<16> &sid);

} // namespace hufu::cosigner
