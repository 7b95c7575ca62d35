// Messages around a session: claim a scanned frame or begin an own act, factors, refusal, outcome.
#pragma once

#include "shield/intent/manifest.h"
#include "shield/wire/message.h"

namespace hufu::wire {

// p->s: an act of the phone itself: csr, encryptCertificate, probe, rehearseSign, rehearseDecrypt, pinChange, vouch.
struct Begin {
    static constexpr Type kType = Type::begin;
    static constexpr char kMacName[] = "begin";
    ByteArray<16> acct{};
    intent::Act act = intent::Act::rehearseSign;
    ByteArray<32> mac{};
    static Result<Begin> parse(ByteView body);
    Bytes body() const;
};

// p->s: a scanned frame, as it was in the image (37 or 117 bytes; the server judges it).
struct Claim {
    static constexpr Type kType = Type::claim;
    static constexpr char kMacName[] = "claim";
    ByteArray<16> acct{};
    Bytes frame;
    ByteArray<32> mac{};
    static Result<Claim> parse(ByteView body);
    Bytes body() const;
};

// p->s: a claim that this device holds already, on a new connection after a cut (R4). Answered by the same
// Claimed.
struct Resume {
    static constexpr Type kType = Type::resume;
    static constexpr char kMacName[] = "resume";
    ByteArray<16> acct{}, token{};
    ByteArray<32> mac{};
    static Result<Resume> parse(ByteView body);
    Bytes body() const;
};

// s->p: the session is this device's. HELLO on this connection is about it.
struct Claimed {
    static constexpr Type kType = Type::claimed;
    ByteArray<16> token{};
    std::uint8_t factors = 0; // factor::kPin always, and others
    std::string digits;       // to be typed on an unknown desk; empty unless factor::kDigits
    bool deskKnown = false;
    std::int64_t expiryMs = 0; // Unix milliseconds
    Bytes manifest;            // canonical
    static Result<Claimed> parse(ByteView body);
    Bytes body() const;
};

// p->s: please send the SMS code (again).
struct FactorAsk {
    static constexpr Type kType = Type::factorAsk;
    static constexpr char kMacName[] = "factor-ask";
    ByteArray<16> acct{}, token{};
    std::uint8_t kind = 0; // factor::kSms
    ByteArray<32> mac{};
    static Result<FactorAsk> parse(ByteView body);
    Bytes body() const;
};

// s->p
struct FactorSent {
    static constexpr Type kType = Type::factorSent;
    std::uint8_t kind = 0;
    std::uint32_t resendAfter = 0; // seconds
    static Result<FactorSent> parse(ByteView body);
    Bytes body() const;
};

// p->s: kind is one bit: factor::kSms with the digits, factor::kLiveness with provider 1 | evidence.
struct Factor {
    static constexpr Type kType = Type::factor;
    static constexpr char kMacName[] = "factor";
    ByteArray<16> acct{}, token{};
    std::uint8_t kind = 0;
    Bytes value;
    ByteArray<32> mac{};
    static Result<Factor> parse(ByteView body);
    Bytes body() const;
};

// s->p
struct FactorAccepted {
    static constexpr Type kType = Type::factorAccepted;
    std::uint8_t kind = 0;
    static Result<FactorAccepted> parse(ByteView body);
    Bytes body() const;
};

enum class RefuseReason : std::uint8_t { person = 1, notMine = 2, suspicious = 3 };

// p->s: the person said no. Ends the session.
struct Refuse {
    static constexpr Type kType = Type::refuse;
    static constexpr char kMacName[] = "refuse";
    ByteArray<16> acct{}, token{};
    RefuseReason reason = RefuseReason::person;
    ByteArray<32> mac{};
    static Result<Refuse> parse(ByteView body);
    Bytes body() const;
};

// s->p
struct Refused {
    static constexpr Type kType = Type::refused;
    static Result<Refused> parse(ByteView body);
    Bytes body() const;
};

// p->s: what was opened, each sealed to the desk's one-time key (R8). The server only relays.
struct Deliver {
    static constexpr Type kType = Type::deliver;
    static constexpr char kMacName[] = "deliver";
    struct Item {
        std::uint8_t index = 0; // into the manifest's files
        Bytes sealed;           // libsodium sealed box: plain length + 48
        bool operator==(const Item &) const = default;
    };
    ByteArray<16> acct{}, sid{};
    std::vector<Item> items;
    ByteArray<32> mac{};
    static Result<Deliver> parse(ByteView body);
    Bytes body() const;
};

// s->p
struct Delivered {
    static constexpr Type kType = Type::delivered;
    static Result<Delivered> parse(ByteView body);
    Bytes body() const;
};

// s->p: the answer to anything that cannot be answered. code is HF-nnn (app/catalogue); 0: none.
struct Failure {
    static constexpr Type kType = Type::failure;
    static constexpr std::size_t kWhoseMax = 128; // bytes
    Errc errc = Errc::internal;
    std::uint16_t code = 0;
    std::uint32_t retryAfter = 0; // seconds; 0: not known; with HF-201, how old the frame was
    std::string whose = {};       // with HF-606: whose phone is asked for; may be empty
    static Result<Failure> parse(ByteView body);
    Bytes body() const;
};

} // namespace hufu::wire
