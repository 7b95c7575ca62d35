// The demo certificate authority: a root, an issuing authority under it, sign and encrypt certificates for a
// person of a company, revocation. Its own keys are of SM2, and so is every signature on a certificate, also on one
// for an Ed25519 key. Its keys and the demo seal maker's are whole SM2 keys, sealed by the
// master key; each is opened only while it signs.
#pragma once

#include "shield/audit/log.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"
#include "shield/x509/chain.h"
#include "shield/x509/request.h"
#include "shield/x509/sm2_der.h"

#include <functional>
#include <optional>
#include <string>

namespace hufu::authority {

struct Settings
{
    std::string country = "CN";
    std::string organization = "Hufu Demo Authority";
    // Where the lists of the issuing authority and of the root can be fetched; written into each certificate.
    std::string issuingListUrl, rootListUrl;
    // How long a certificate that is issued now lasts; empty: kCertificateMs. Asked by the threads that issue.
    std::function<std::int64_t()> certificateMs = {};
    audit::AccountLog log = audit::append; // where a holder's certificates are written down
};

inline constexpr std::int64_t kCertificateMs = 365LL * 86'400'000;
inline constexpr std::int64_t kIssuingMs = 10 * kCertificateMs;
inline constexpr std::int64_t kIssuingRenewMs = 2 * kCertificateMs; // so long before its end the issuing authority is certified anew
inline constexpr std::int64_t kRootMs = 70 * kCertificateMs;        // longer than anybody turns a test's clock: nothing replaces it
inline constexpr std::int64_t kListMs = 7LL * 86'400'000;      // from thisUpdate to nextUpdate
inline constexpr std::int64_t kListRenewMs = 1LL * 86'400'000; // a list of this age is made anew
inline constexpr std::int64_t kBackdatedMs = 300'000;          // for clocks that are a little behind

struct Record
{
    x509::Certificate certificate;
    x509::KeyKind kind = x509::KeyKind::sign;
    Bytes holder; // as given at issue: acct16
    std::optional<x509::Revocation> revocation;
};

// Calls that change rows take the caller's transaction, so that a certificate appears together with the state
// that led to it. Thread-safe as far as the ledger is.
class Authority
{
public:
    // Loads the authority; at the first start makes both keys and both certificates in one transaction.
    // Draws "ca-key" (64 bytes) twice and "serial" (16) twice then.
    // Errors: unavailable; tampered if the stored authority cannot be read back (another master key).
    static Result<Authority> open(ports::LedgerStore &ledger, ports::MasterKey &masterKey,
                                  ports::Random &random, Settings settings, std::int64_t nowMs);

    const x509::Certificate &root() const { return m_root; }
    // The one that holds now. The root certifies it anew, for the same key, before it ends: what it has signed is good under either. A
    // ledger that cannot be read answers with the one of the start.
    x509::Certificate issuing() const;
    x509::Certificate issuing(ports::Transaction &transaction) const; // the same, within what holds the ledger

    // Issues a sign certificate on a request. A key is certified once: while its certificate is current, it is
    // returned again, so that an interrupted activation can ask twice; afterwards the key gets none, since a
    // renewal needs new keys behind an identity check. In: csr, DER; subject, as the registry knows the person,
    // which the request must name; holder, not empty, at most 64 bytes. Errors: badInput, tampered (the request's
    // signature), refused (another subject; the key is known as an encrypt key, as another holder's or under
    // another subject, or its certificate has expired or is revoked), unavailable.
    Result<x509::Certificate> issueSign(ports::Transaction &transaction, ByteView csr,
                                        const x509::Subject &subject, ByteView holder, std::int64_t nowMs);
    // Issues an encrypt certificate. The caller has checked the request that the sign key signed, and the probe
    // (R5). Errors: as issueSign, without tampered.
    Result<x509::Certificate> issueEncrypt(ports::Transaction &transaction, const crypto::Point &point,
                                           const x509::Subject &subject, ByteView holder, std::int64_t nowMs);

    // Revokes a certificate for good; once more changes nothing. In: who, for the log, where it does not follow from an act that is told
    // there. Errors: notFound, unavailable.
    Result<void> revoke(ports::Transaction &transaction, ByteView serial, x509::Reason reason,
                        std::int64_t nowMs, const audit::Who &who = {});

    // All certificates of a holder who has none to hold any more, or wants none. Errors: unavailable.
    Result<void> revokeAllOf(ports::Transaction &transaction, ByteView holder, x509::Reason reason,
                             std::int64_t nowMs, const audit::Who &who = {});

    struct MadeSeal
    {
        x509::Certificate maker;
        x509::Sm2Signature signature;
    };
    // Signs an electronic seal as the seal maker, who has a sign certificate under the issuing authority and a key
    // of his own; both are made at the first call, and anew once the certificate has ended or is revoked.
    // In: info, the DER that the maker signs, not empty. Errors: badInput, tampered, unavailable.
    Result<MadeSeal> makeSeal(ports::Transaction &transaction, ByteView info, std::int64_t nowMs);

    // Errors: notFound, unavailable.
    Result<Record> find(ByteView serial) const;
    Result<Record> findByKeyId(ByteView subjectKeyId) const;
    // All certificates of a holder, oldest first. Errors: unavailable.
    Result<std::vector<Record>> findByHolder(ByteView holder) const;

    // The issuing authority's list, made anew if something was revoked since, or it is a day old. In a
    // transaction of its own. Errors: unavailable.
    Result<x509::RevocationList> revocationList(std::int64_t nowMs);
    // The root's list, which is empty in the demo. Errors: unavailable.
    Result<x509::RevocationList> rootRevocationList(std::int64_t nowMs);

    // What a verifier needs, without lists: the issuing authority's former certificates, too.
    x509::Trust trust() const;

private:
    Authority(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, Settings settings,
              x509::Certificate root, x509::Certificate issuing);

    ports::LedgerStore *m_ledger;
    ports::MasterKey *m_masterKey;
    ports::Random *m_random;
    Settings m_settings;
    x509::Certificate m_root, m_issuing;

    Result<x509::Certificate> issue(ports::Transaction &transaction, const crypto::PublicKey &point,
                                    const x509::Subject &subject, x509::KeyKind kind, ByteView holder,
                                    std::int64_t nowMs);
    Result<x509::RevocationList> listOf(std::string_view name, std::int64_t nowMs);
};

} // namespace hufu::authority
