// How an account stands, for its phone to say before an act whether one would go through; and the key of the phone's evidence.
#pragma once

#include "shield/wire/conversation.h"

namespace hufu::wire {

// p->s
struct AccountQuery {
    static constexpr Type kType = Type::accountQuery;
    static constexpr char kMacName[] = "account";
    ByteArray<16> acct{};
    ByteArray<32> mac{};
    static Result<AccountQuery> parse(ByteView body);
    Bytes body() const;
};

// s->p, under the K_dev of the question's MAC and the connection's cn: nobody else can have said it, nor at another time.
struct AccountState {
    static constexpr Type kType = Type::accountState;
    static constexpr char kMacName[] = "account-state";
    DeviceState state = DeviceState::active; // as Locked has it; destroyed: of the sign key alone, tries are left
    std::uint8_t tries = 0, failures = 0;    // until it freezes; wrong PINs in a row
    std::uint32_t retryAfter = 0;            // seconds
    std::uint16_t bar = 0;                   // HF-nnn with which a log-in would be refused now; 0: none
    std::int64_t seatUntilMs = 0;            // Unix milliseconds; 0: no seat
    std::uint8_t desks = 0, waiting = 0;     // computers that may ask, and that wait for the administrator; 255: so many or more
    ByteArray<32> mac{};
    bool operator==(const AccountState &) const = default;
    static Result<AccountState> parse(ByteView body);
    Bytes body() const;
};

// p->s: the key that signs this device's evidence of acts (shield/audit/evidence.h). Told once; an account has one.
struct EvidenceKey {
    static constexpr Type kType = Type::evidenceKey;
    static constexpr char kMacName[] = "evidence-key";
    ByteArray<16> acct{};
    ByteArray<32> key{};       // Ed25519
    ByteArray<64> signature{}; // with it, over signedBytesOf(acct): nobody tells another's key as his own
    ByteArray<32> mac{};
    static Bytes signedBytesOf(const ByteArray<16> &acct);
    static Result<EvidenceKey> parse(ByteView body);
    Bytes body() const;
};

// s->p
struct EvidenceKeyKept {
    static constexpr Type kType = Type::evidenceKeyKept;
    bool operator==(const EvidenceKeyKept &) const = default;
    static Result<EvidenceKeyKept> parse(ByteView body);
    Bytes body() const;
};

} // namespace hufu::wire
