#include "shield/documents/cms.h"
#include "shield/documents/cms_asn1.h"

namespace hufu::documents {

namespace {

constexpr std::size_t kAttributesMax = 64 * 1024;

// The one attribute of this type; null if there is none. Errors: badInput if it stands twice or has not one
// value.
Result<const ASN1_TYPE *> only(const STACK_OF(X509_ATTRIBUTE) * attributes, const ASN1_OBJECT *type)
{
    const int at = X509at_get_attr_by_OBJ(attributes, type, -1);
    if (at < 0) return nullptr;
    if (X509at_get_attr_by_OBJ(attributes, type, at) >= 0) return Error(Errc::badInput, "an attribute twice");
    X509_ATTRIBUTE *attribute = X509at_get_attr(attributes, at);
    if (X509_ATTRIBUTE_count(attribute) != 1) return Error(Errc::badInput, "an attribute without one value");
    return X509_ATTRIBUTE_get0_type(attribute, 0);
}

Result<ByteArray<32>> digestIn(const ASN1_TYPE *value)
{
    if (ASN1_TYPE_get(value) != V_ASN1_OCTET_STRING) return Error(Errc::badInput, "not an OCTET STRING");
    return fixedBytes<32>(x509::octetsOf(value->value.octet_string));
}

Result<std::int64_t> timeIn(const ASN1_TYPE *value)
{
    const int type = ASN1_TYPE_get(value);
    if (type != V_ASN1_UTCTIME && type != V_ASN1_GENERALIZEDTIME) return Error(Errc::badInput, "not a time");
    return x509::unixMsOf(value->value.asn1_string);
}

Result<void> add(OwnedAttributes &to, int nid, int type, const void *value, int length)
{
    STACK_OF(X509_ATTRIBUTE) *attributes = to.release();
    const auto *added =
        X509at_add1_attr_by_NID(&attributes, nid, type, static_cast<const unsigned char *>(value), length);
    to.reset(attributes);
    if (added == nullptr) return Error(Errc::internal, "memory");
    return {};
}

} // namespace

Result<Bytes> buildSignedAttributes(const ByteArray<32> &messageDigest, std::int64_t signingTimeMs,
                                    Dialect dialect)
{
    HUFU_TRY(time, x509::timeOf(signingTimeMs));
    OwnedAttributes attributes(sk_X509_ATTRIBUTE_new_null());
    HUFU_CHECK(
        add(attributes, NID_pkcs9_contentType, V_ASN1_OBJECT, contentOid(dialect, ContentKind::data), -1));
    HUFU_CHECK(add(attributes, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()), time.get(), -1));
    HUFU_CHECK(add(attributes, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, messageDigest.data(),
                   static_cast<int>(messageDigest.size())));
    return x509::derOf(attributes.get(), attributesItem());
}

Result<SignedAttributes> SignedAttributes::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kAttributesMax) return Error(Errc::badInput, "attributes too long");
    HUFU_TRY(attributes, x509::parseDer<OwnedAttributes>(der, attributesItem()));
    const x509::OwnedObject manifestType(OBJ_txt2obj(kManifestAttributeOid, 1));
    if (!manifestType) return Error(Errc::internal, "memory");
    HUFU_TRY(contentType, only(attributes.get(), OBJ_nid2obj(NID_pkcs9_contentType)));
    HUFU_TRY(digest, only(attributes.get(), OBJ_nid2obj(NID_pkcs9_messageDigest)));
    HUFU_TRY(time, only(attributes.get(), OBJ_nid2obj(NID_pkcs9_signingTime)));
    HUFU_TRY(manifest, only(attributes.get(), manifestType.get()));

    if (contentType == nullptr || ASN1_TYPE_get(contentType) != V_ASN1_OBJECT)
        return Error(Errc::badInput, "content type");
    const auto dialect = dialectOf(contentType->value.object, ContentKind::data);
    if (!dialect) return Error(Errc::badInput, "content type");
    if (digest == nullptr) return Error(Errc::badInput, "no message digest");
    SignedAttributes out;
    out.dialect = *dialect;
    HUFU_TRY(messageDigest, digestIn(digest));
    out.messageDigest = messageDigest;
    if (time != nullptr) {
        HUFU_TRY(ms, timeIn(time));
        out.signingTimeMs = ms;
    }
    if (manifest != nullptr) {
        HUFU_TRY(sm3, digestIn(manifest));
        out.manifestSm3 = sm3;
    }
    out.der = bytesOf(der);
    return out;
}

} // namespace hufu::documents
