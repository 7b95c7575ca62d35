#include "shield/authority/writer.h"

namespace hufu::authority {

namespace {

using x509::Owned;

using OwnedBasic = Owned<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>;
using OwnedBits = Owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;
using OwnedKeyId = Owned<AUTHORITY_KEYID, AUTHORITY_KEYID_free>;
using OwnedPoints = Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using OwnedPoint = Owned<DIST_POINT, DIST_POINT_free>;
using OwnedPointName = Owned<DIST_POINT_NAME, DIST_POINT_NAME_free>;
using OwnedGeneral = Owned<GENERAL_NAME, GENERAL_NAME_free>;
using OwnedRevoked = Owned<X509_REVOKED, X509_REVOKED_free>;
using OwnedEnumerated = Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free>;

constexpr int kCritical = 1;
constexpr Error kMemory(Errc::internal, "memory");

bool isAuthority(Profile profile)
{
    return profile == Profile::root || profile == Profile::issuing;
}

Result<void> add(X509 *certificate, int nid, void *value, int critical)
{
    if (value == nullptr || X509_add1_ext_i2d(certificate, nid, value, critical, X509V3_ADD_DEFAULT) != 1)
        return kMemory;
    return {};
}

Result<void> addBasicConstraints(X509 *certificate, Profile profile)
{
    const OwnedBasic basic(BASIC_CONSTRAINTS_new());
    if (!basic) return kMemory;
    if (isAuthority(profile)) {
        basic->ca = 0xff;
        basic->pathlen = ASN1_INTEGER_new();
        if (basic->pathlen == nullptr ||
            ASN1_INTEGER_set(basic->pathlen, profile == Profile::root ? 1 : 0) != 1)
            return kMemory;
    }
    return add(certificate, NID_basic_constraints, basic.get(), kCritical);
}

// Bits are numbered as in RFC 5280 4.2.1.3.
std::vector<int> usagesOf(Profile profile)
{
    switch (profile) {
    case Profile::root:
    case Profile::issuing:
        return {5, 6}; // keyCertSign, cRLSign
    case Profile::sign:
        return {0, 1}; // digitalSignature, nonRepudiation
    case Profile::encrypt:
        return {2, 3}; // keyEncipherment, dataEncipherment
    }
    return {};
}

Result<void> addKeyUsage(X509 *certificate, Profile profile)
{
    const OwnedBits bits(ASN1_BIT_STRING_new());
    if (!bits) return kMemory;
    for (const int bit : usagesOf(profile))
        if (ASN1_BIT_STRING_set_bit(bits.get(), bit, 1) != 1) return kMemory;
    return add(certificate, NID_key_usage, bits.get(), kCritical);
}

Result<x509::OwnedOctets> octets(ByteView bytes)
{
    x509::OwnedOctets out(ASN1_OCTET_STRING_new());
    if (!out || ASN1_OCTET_STRING_set(out.get(), bytes.data(), static_cast<int>(bytes.size())) != 1)
        return kMemory;
    return out;
}

Result<OwnedKeyId> authorityKeyId(ByteView keyId)
{
    OwnedKeyId out(AUTHORITY_KEYID_new());
    HUFU_TRY(id, octets(keyId));
    if (!out) return kMemory;
    out->keyid = id.release();
    return out;
}

Result<void> addKeyIds(X509 *certificate, ByteView keyId, ByteView issuerKeyId)
{
    HUFU_TRY(own, octets(keyId));
    HUFU_CHECK(add(certificate, NID_subject_key_identifier, own.get(), 0));
    HUFU_TRY(issuers, authorityKeyId(issuerKeyId));
    return add(certificate, NID_authority_key_identifier, issuers.get(), 0);
}

Result<void> addListUrl(X509 *certificate, const std::string &url)
{
    if (url.empty()) return {};
    OwnedGeneral name(GENERAL_NAME_new());
    Owned<ASN1_IA5STRING, ASN1_IA5STRING_free> text(ASN1_IA5STRING_new());
    if (!name || !text || ASN1_STRING_set(text.get(), url.data(), static_cast<int>(url.size())) != 1)
        return kMemory;
    GENERAL_NAME_set0_value(name.get(), GEN_URI, text.release());

    Owned<GENERAL_NAMES, GENERAL_NAMES_free> names(GENERAL_NAMES_new());
    if (!names || sk_GENERAL_NAME_push(names.get(), name.get()) == 0) return kMemory;
    static_cast<void>(name.release());
    OwnedPointName where(DIST_POINT_NAME_new());
    OwnedPoint point(DIST_POINT_new());
    if (!where || !point) return kMemory;
    where->type = 0; // fullName
    where->name.fullname = names.release();
    point->distpoint = where.release();
    const OwnedPoints points(CRL_DIST_POINTS_new());
    if (!points || sk_DIST_POINT_push(points.get(), point.get()) == 0) return kMemory;
    static_cast<void>(point.release());
    return add(certificate, NID_crl_distribution_points, points.get(), 0);
}

Result<void> addTimes(X509 *certificate, const Draft &draft)
{
    HUFU_TRY(notBefore, x509::timeOf(draft.notBeforeMs));
    HUFU_TRY(notAfter, x509::timeOf(draft.notAfterMs));
    if (X509_set1_notBefore(certificate, notBefore.get()) != 1 ||
        X509_set1_notAfter(certificate, notAfter.get()) != 1)
        return kMemory;
    return {};
}

Result<void> addEntry(X509_CRL *list, ByteView serial, const x509::Revocation &revocation)
{
    OwnedRevoked entry(X509_REVOKED_new());
    HUFU_TRY(number, x509::integerOf(serial));
    HUFU_TRY(at, x509::timeOf(revocation.atMs));
    if (!entry || X509_REVOKED_set_serialNumber(entry.get(), number.get()) != 1 ||
        X509_REVOKED_set_revocationDate(entry.get(), at.get()) != 1)
        return kMemory;
    if (revocation.reason != x509::Reason::unspecified) { // RFC 5280 5.3.1: left out rather than 0
        const OwnedEnumerated reason(ASN1_ENUMERATED_new());
        if (!reason || ASN1_ENUMERATED_set(reason.get(), static_cast<long>(revocation.reason)) != 1 ||
            X509_REVOKED_add1_ext_i2d(entry.get(), NID_crl_reason, reason.get(), 0, X509V3_ADD_DEFAULT) != 1)
            return kMemory;
    }
    if (X509_CRL_add0_revoked(list, entry.get()) != 1) return kMemory;
    static_cast<void>(entry.release());
    return {};
}

} // namespace

Result<x509::Certificate> writeCertificate(const Draft &draft, const x509::Certificate *issuer,
                                           EVP_PKEY *issuerKey)
{
    const x509::QuietErrors quiet;
    const x509::OwnedCertificate out(X509_new());
    HUFU_TRY(key, x509::publicKeyOf(draft.point));
    HUFU_TRY(serial, x509::integerOf(draft.serial));
    HUFU_TRY(keyId, x509::keyIdOf(draft.point));
    if (!out || X509_set_version(out.get(), X509_VERSION_3) != 1 ||
        X509_set_serialNumber(out.get(), serial.get()) != 1 || X509_set_pubkey(out.get(), key.get()) != 1)
        return kMemory;
    HUFU_CHECK(x509::writeName(X509_get_subject_name(out.get()), draft.subject));
    const X509 *signer = issuer != nullptr ? issuer->native() : out.get();
    if (X509_set_issuer_name(out.get(), X509_get_subject_name(signer)) != 1) return kMemory;
    HUFU_CHECK(addTimes(out.get(), draft));
    HUFU_CHECK(addBasicConstraints(out.get(), draft.profile));
    HUFU_CHECK(addKeyUsage(out.get(), draft.profile));
    HUFU_CHECK(
        addKeyIds(out.get(), keyId, issuer != nullptr ? ByteView(issuer->subjectKeyId()) : ByteView(keyId)));
    HUFU_CHECK(addListUrl(out.get(), draft.listUrl));

    HUFU_TRY(context, x509::signingContext(issuerKey));
    if (X509_sign_ctx(out.get(), context.get()) <= 0) return Error(Errc::internal, "signing a certificate");
    HUFU_TRY(der, x509::derOf(out.get(), ASN1_ITEM_rptr(X509)));
    return x509::Certificate::parse(der);
}

Result<x509::RevocationList> writeList(const ListDraft &draft, const x509::Certificate &issuer,
                                       EVP_PKEY *issuerKey)
{
    const x509::QuietErrors quiet;
    const x509::OwnedRevocationList out(X509_CRL_new());
    HUFU_TRY(thisUpdate, x509::timeOf(draft.thisUpdateMs));
    HUFU_TRY(nextUpdate, x509::timeOf(draft.nextUpdateMs));
    if (!out || X509_CRL_set_version(out.get(), X509_CRL_VERSION_2) != 1 ||
        X509_CRL_set_issuer_name(out.get(), X509_get_subject_name(issuer.native())) != 1 ||
        X509_CRL_set1_lastUpdate(out.get(), thisUpdate.get()) != 1 ||
        X509_CRL_set1_nextUpdate(out.get(), nextUpdate.get()) != 1)
        return kMemory;
    for (const auto &[serial, revocation] : draft.entries)
        HUFU_CHECK(addEntry(out.get(), serial, revocation));
    X509_CRL_sort(out.get());

    HUFU_TRY(keyId, authorityKeyId(issuer.subjectKeyId()));
    const x509::OwnedInteger number(ASN1_INTEGER_new());
    if (!number || ASN1_INTEGER_set_uint64(number.get(), draft.number) != 1 ||
        X509_CRL_add1_ext_i2d(out.get(), NID_authority_key_identifier, keyId.get(), 0, X509V3_ADD_DEFAULT) !=
            1 ||
        X509_CRL_add1_ext_i2d(out.get(), NID_crl_number, number.get(), 0, X509V3_ADD_DEFAULT) != 1)
        return kMemory;

    HUFU_TRY(context, x509::signingContext(issuerKey));
    if (X509_CRL_sign_ctx(out.get(), context.get()) <= 0) return Error(Errc::internal, "signing a list");
    HUFU_TRY(der, x509::derOf(out.get(), ASN1_ITEM_rptr(X509_CRL)));
    return x509::RevocationList::parse(der);
}

} // namespace hufu::authority
