// Messages of activation: enrolment, key generation (PROTOCOL 4.2), certificates (R5).
#pragma once

#include "shield/intent/manifest.h"
#include "shield/wire/message.h"

namespace hufu::wire {

// Bits of what the person must show besides the PIN.
namespace factor {
inline constexpr std::uint8_t kPin = 1, kSms = 2, kLiveness = 4, kDigits = 8;
}

// s->p, the first message of every connection.
struct Greeting {
    static constexpr Type kType = Type::greeting;
    ByteArray<16> cn{}; // this connection's random number, under every MAC of the connection
    std::uint32_t restoreEpoch = 0;
    std::int64_t serverMs = 0; // Unix milliseconds
    static Result<Greeting> parse(ByteView body);
    Bytes body() const;
};

// p->s: who holds an activation code and this phone number. Sends the SMS code; sent again, sends it again.
struct EnrolStart {
    static constexpr Type kType = Type::enrolStart;
    ByteArray<16> code{};
    std::string phoneNumber;
    static Result<EnrolStart> parse(ByteView body);
    Bytes body() const;
};

struct Agreement {
    std::string id;
    std::uint32_t version = 0;
    bool operator==(const Agreement &) const = default;
};

// s->p
struct EnrolTerms {
    static constexpr Type kType = Type::enrolTerms;
    std::string company, personMasked;
    std::uint8_t factors = 0; // factor::kSms, factor::kLiveness
    std::vector<Agreement> agreements;
    std::uint32_t resendAfter = 0; // seconds
    static Result<EnrolTerms> parse(ByteView body);
    Bytes body() const;
};

// p->s
struct EnrolProof {
    static constexpr Type kType = Type::enrolProof;
    ByteArray<16> code{};
    std::string sms;
    std::vector<Agreement> agreements;
    std::uint8_t provider = 0; // the face service; 0: none
    Bytes evidence;            // its result; empty when provider is 0
    static Result<EnrolProof> parse(ByteView body);
    Bytes body() const;
};

// s->p: the ticket lets one Activate in.
struct EnrolAccepted {
    static constexpr Type kType = Type::enrolAccepted;
    ByteArray<16> acct{};
    ByteArray<32> ticket{};
    std::string person, company, creditCode;
    std::string birthday;    // "YYYYMMDD" or empty: for the PIN rules only
    intent::Subject subject; // of the certificates to come
    std::uint8_t suite = 1;  // of the sign key, as the company's policy has it
    static Result<EnrolAccepted> parse(ByteView body);
    Bytes body() const;
};

// p->s. kDev is wiped by the sender after sending and sealed by the server.
struct Activate {
    static constexpr Type kType = Type::activate;
    static constexpr bool kSecret = true;
    ByteArray<16> acct{};
    ByteArray<32> ticket{};
    Secret<32> kDev;
    ByteArray<82> kg1Sign{}, kg1Encrypt{};
    static Result<Activate> parse(ByteView body);
    Bytes body() const; // holds kDev: wipe it once sent
};

// s->p. The sign key is of suite 1, or of suite 2; the encrypt key always of suite 1.
template <Type kItsType, std::size_t kSignBytes> struct Kg2Of {
    static constexpr Type kType = kItsType;
    static constexpr bool kSecret = true; // P2 tests PINs
    WipedArray<kSignBytes> sign{};
    WipedArray<145> encrypt{};
    static Result<Kg2Of> parse(ByteView body);
    Bytes body() const;
};
using Kg2 = Kg2Of<Type::kg2, 145>;
using FrostKg2 = Kg2Of<Type::frostKg2, 112>;

// p->s
template <Type kItsType, std::size_t kSignBytes> struct Kg3Of {
    static constexpr Type kType = kItsType;
    static constexpr bool kSecret = true; // P1 tests PINs
    WipedArray<kSignBytes> sign{};
    WipedArray<177> encrypt{};
    static Result<Kg3Of> parse(ByteView body);
    Bytes body() const;
};
using Kg3 = Kg3Of<Type::kg3, 177>;
using FrostKg3 = Kg3Of<Type::frostKg3, 144>;

// s->p: the chain's beginning. Each MAC is over kg4MacInput of its key.
struct Kg4 {
    static constexpr Type kType = Type::kg4;
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    ByteArray<32> macSign{}, macEncrypt{};
    static Result<Kg4> parse(ByteView body);
    Bytes body() const;
};

// "PSH1-kg4" | key_id | N_0 | ctr (PROTOCOL R11)
Bytes kg4MacInput(const ByteArray<32> &keyId, const ByteArray<32> &n, std::uint64_t ctr);

// p->s, after the act probe: SM3 of the 32 bytes that were opened (R5).
struct ProbeAnswer {
    static constexpr Type kType = Type::probeAnswer;
    static constexpr char kMacName[] = "probe";
    ByteArray<16> acct{}, sid{};
    ByteArray<32> sm3{};
    ByteArray<32> mac{};
    static Result<ProbeAnswer> parse(ByteView body);
    Bytes body() const;
};

// p->s: a device that a clone froze becomes its person's again (R3). digits: the one-time code that the
// identity check showed. kDev: the new key, fresh with each try; the MAC is under the one before.
struct Recover {
    static constexpr Type kType = Type::recover;
    static constexpr char kMacName[] = "recover";
    static constexpr bool kSecret = true;
    ByteArray<16> acct{};
    std::string digits;
    Secret<32> kDev;
    ByteArray<32> mac{};
    static Result<Recover> parse(ByteView body);
    Bytes body() const; // holds kDev: wipe it once sent
};

// s->p: the new chain's beginning; the MAC, under the new key, is over recoveredMacInput. The phone writes
// (ctr, n), then kDev, and goes on with a refresh or PIN change under the new key: nothing else is let in
// before.
struct Recovered {
    static constexpr Type kType = Type::recovered;
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    ByteArray<32> mac{};
    static Result<Recovered> parse(ByteView body);
    Bytes body() const;
};

// "PSH1-recovered" | acct | N | ctr
Bytes recoveredMacInput(const ByteArray<16> &acct, const ByteArray<32> &n, std::uint64_t ctr);

// p->s
struct CertificatesQuery {
    static constexpr Type kType = Type::certificatesQuery;
    static constexpr char kMacName[] = "certificates";
    ByteArray<16> acct{};
    ByteArray<32> mac{};
    static Result<CertificatesQuery> parse(ByteView body);
    Bytes body() const;
};

// s->p: the answer to ProbeAnswer and to CertificatesQuery. What is not there yet is empty.
struct Certificates {
    static constexpr Type kType = Type::certificates;
    // How far the activation is.
    enum State : std::uint8_t { none = 0, signIssued = 1, encryptRequested = 2, active = 3 };
    State state = none;
    Bytes sign, encrypt, issuing, root; // DER
    static Result<Certificates> parse(ByteView body);
    Bytes body() const;
};

} // namespace hufu::wire
