#include "shield/x509/chain.h"

#include "shield/x509/openssl.h"

#include <algorithm>
#include <ctime>
#include <openssl/x509_vfy.h>

namespace hufu::x509 {

namespace {

using OwnedStore = Owned<X509_STORE, X509_STORE_free>;
using OwnedStoreContext = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;

constexpr int kIntermediatesMax = 3;

// Borrows its elements, which Trust keeps.
void freeStack(STACK_OF(X509) * stack)
{
    sk_X509_free(stack);
}
using BorrowingStack = Owned<STACK_OF(X509), freeStack>;

Fault faultOf(int error)
{
    switch (error) {
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Fault::notYetValid;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Fault::expired;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
    case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
        return Fault::badSignature;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_INVALID_NON_CA:
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
    case X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA:
    case X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
    case X509_V_ERR_CA_BCONS_NOT_CRITICAL:
    case X509_V_ERR_CA_CERT_MISSING_KEY_USAGE:
    case X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA:
        return Fault::wrongIssuer;
    default:
        return Fault::untrusted;
    }
}

// Chain, signatures, time and the rights of issuers, by OpenSSL in strict mode.
void judgeChain(const Certificate &certificate, const Trust &trust, std::int64_t atMs, ChainReport &report)
{
    const OwnedStore store(X509_STORE_new());
    const BorrowingStack intermediates(sk_X509_new_null());
    const OwnedStoreContext context(X509_STORE_CTX_new());
    if (!store || !intermediates || !context) return;
    for (const Certificate &root : trust.roots)
        if (X509_STORE_add_cert(store.get(), root.native()) != 1) return;
    for (const Certificate &intermediate : trust.intermediates)
        if (sk_X509_push(intermediates.get(), intermediate.native()) == 0) return;
    if (X509_STORE_CTX_init(context.get(), store.get(), certificate.native(), intermediates.get()) != 1) return;
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(atMs / 1'000));
    X509_VERIFY_PARAM_set_depth(parameters, kIntermediatesMax);
    if (X509_verify_cert(context.get()) != 1) {
        report.fault = faultOf(X509_STORE_CTX_get_error(context.get()));
        report.depth = static_cast<std::size_t>(std::max(0, X509_STORE_CTX_get_error_depth(context.get())));
        return;
    }
    const STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        const auto der = derOf(sk_X509_value(chain, i), ASN1_ITEM_rptr(X509));
        const auto link = der ? Certificate::parse(*der) : Result<Certificate>(der.error());
        if (!link) return;
        report.chain.push_back(*link);
    }
    report.fault = Fault::none;
}

// What genuine lists of the issuer say of one certificate.
struct ListFinding
{
    std::optional<Revocation> revocation;
    bool isCurrent = false; // one of them is valid now
};

ListFinding search(const Certificate &certificate, const Certificate &issuer, const Trust &trust,
                   std::int64_t nowMs)
{
    ListFinding finding;
    for (const RevocationList &list : trust.revocations) {
        if (!list.isOf(issuer) || !list.verify(issuer)) continue;
        if (list.thisUpdateMs() <= nowMs && nowMs < list.nextUpdateMs()) finding.isCurrent = true;
        // An outdated list still tells the truth about what it names.
        if (const auto revocation = list.find(certificate.serial())) finding.revocation = revocation;
    }
    return finding;
}

bool countsAt(const Revocation &revocation, std::int64_t atMs)
{
    return revocation.atMs <= atMs || revocation.reason == Reason::keyCompromise ||
           revocation.reason == Reason::authorityCompromise;
}

void judgeRevocation(const Trust &trust, const Demand &demand, ChainReport &report)
{
    for (std::size_t i = 0; i + 1 < report.chain.size(); ++i) {
        const ListFinding finding = search(report.chain[i], report.chain[i + 1], trust, demand.nowMs);
        if (i == 0) {
            report.revocationChecked = finding.isCurrent;
            report.revocation = finding.revocation;
        }
        const bool revoked = finding.revocation && countsAt(*finding.revocation, demand.atMs);
        if (!revoked && (finding.isCurrent || !demand.revocationRequired)) continue;
        report.fault = revoked ? Fault::revoked : Fault::revocationUnknown;
        report.depth = i;
        return;
    }
}

} // namespace

std::string_view nameOf(Fault fault)
{
    switch (fault) {
    case Fault::none:
        return "none";
    case Fault::untrusted:
        return "untrusted";
    case Fault::wrongIssuer:
        return "wrongIssuer";
    case Fault::badSignature:
        return "badSignature";
    case Fault::notYetValid:
        return "notYetValid";
    case Fault::expired:
        return "expired";
    case Fault::wrongUsage:
        return "wrongUsage";
    case Fault::revoked:
        return "revoked";
    case Fault::revocationUnknown:
        return "revocationUnknown";
    }
    return "untrusted";
}

ChainReport checkChain(const Certificate &certificate, const Trust &trust, const Demand &demand)
{
    const QuietErrors quiet;
    ChainReport report;
    judgeChain(certificate, trust, demand.atMs, report);
    if (report.fault != Fault::none) return report;
    if (!certificate.allows(demand.kind)) {
        report.fault = Fault::wrongUsage;
        return report;
    }
    judgeRevocation(trust, demand, report);
    return report;
}

Result<void> verifyChain(const Certificate &certificate, const Trust &trust, const Demand &demand)
{
    switch (checkChain(certificate, trust, demand).fault) {
    case Fault::none:
        return {};
    case Fault::notYetValid:
        return Error(Errc::expired, "certificate not yet valid");
    case Fault::expired:
        return Error(Errc::expired, "certificate expired");
    case Fault::wrongUsage:
        return Error(Errc::refused, "key is for something else");
    case Fault::revoked:
        return Error(Errc::refused, "certificate revoked");
    case Fault::revocationUnknown:
        return Error(Errc::unavailable, "no current revocation list");
    case Fault::untrusted:
        return Error(Errc::tampered, "no chain to a root");
    case Fault::wrongIssuer:
        return Error(Errc::tampered, "issuer may not issue");
    case Fault::badSignature:
        return Error(Errc::tampered, "signature of a certificate");
    }
    return Error(Errc::internal, "unknown fault");
}

} // namespace hufu::x509
