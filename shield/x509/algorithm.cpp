#include "shield/x509/algorithm.h"

#include "shield/x509/openssl.h"

namespace hufu::x509 {

namespace {

constexpr char kSm2SigningOid[] = "1.2.156.10197.1.301.1";

Result<void> set(X509_ALGOR *algorithm, int nid)
{
    if (X509_ALGOR_set0(algorithm, OBJ_nid2obj(nid), V_ASN1_UNDEF, nullptr) != 1)
        return Error(Errc::internal, "memory");
    return {};
}

bool isPlain(const X509_ALGOR *algorithm, const ASN1_OBJECT *object)
{
    const ASN1_OBJECT *found = nullptr;
    int type = V_ASN1_UNDEF;
    X509_ALGOR_get0(&found, &type, nullptr, algorithm);
    return (type == V_ASN1_UNDEF || type == V_ASN1_NULL) && OBJ_cmp(found, object) == 0;
}

} // namespace

Result<void> setSm2WithSm3(X509_algor_st *algorithm)
{
    return set(algorithm, NID_SM2_with_SM3);
}

Result<void> setSm3(X509_algor_st *algorithm)
{
    return set(algorithm, NID_sm3);
}

bool isSm2WithSm3(const X509_algor_st *algorithm)
{
    return isPlain(algorithm, OBJ_nid2obj(NID_SM2_with_SM3));
}

bool isSm2Signing(const X509_algor_st *algorithm)
{
    const OwnedObject object(OBJ_txt2obj(kSm2SigningOid, 1));
    return object && isPlain(algorithm, object.get());
}

bool isSm3(const X509_algor_st *algorithm)
{
    return isPlain(algorithm, OBJ_nid2obj(NID_sm3));
}

} // namespace hufu::x509
