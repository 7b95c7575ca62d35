// Whether a certificate is to be trusted: chain, key usage, time, revocation; all with the id of Hufu.
#pragma once

#include "shield/x509/certificate.h"
#include "shield/x509/revocation_list.h"

#include <optional>

namespace hufu::x509 {

// What the verifier knows. Only roots are believed; everything else must follow from them.
struct Trust
{
    std::vector<Certificate> roots, intermediates;
    std::vector<RevocationList> revocations;
};

enum class Fault : std::uint8_t {
    none = 0,
    untrusted,    // no chain to a root
    wrongIssuer,  // an issuer that may not issue, or breaks its limits
    badSignature, // of a certificate in the chain
    notYetValid,
    expired,
    wrongUsage, // the key is for something else
    revoked,
    revocationUnknown, // a list is asked for, and none that is genuine and current is there
};
std::string_view nameOf(Fault fault); // "expired": for machines and logs

// What is asked of a certificate.
struct Demand
{
    KeyKind kind = KeyKind::sign;
    // The time at which each certificate must be valid.
    std::int64_t atMs = 0;
    // The time at which revocation lists must be current: now, also when atMs is a signing time in the past.
    std::int64_t nowMs = 0;
    // Then each certificate under the root needs a genuine, current list of its issuer. Otherwise lists are
    // used as far as they are there.
    bool revocationRequired = false;
};

struct ChainReport
{
    Fault fault = Fault::untrusted;
    std::size_t depth = 0;                // at which certificate, 0 = the first
    std::vector<Certificate> chain;       // to the root; complete only if fault is none
    bool revocationChecked = false;       // a genuine, current list was there for the first certificate
    std::optional<Revocation> revocation; // if revoked, also after atMs
};

// Judges a certificate. A revocation counts if it took place at or before atMs, or at any time when the reason
// is a compromised key.
ChainReport checkChain(const Certificate &certificate, const Trust &trust, const Demand &demand);

// The same as a result. Errors: expired (also not yet valid), refused (revoked or wrong usage),
// unavailable (revocation unknown), tampered (all else).
Result<void> verifyChain(const Certificate &certificate, const Trust &trust, const Demand &demand);

} // namespace hufu::x509
