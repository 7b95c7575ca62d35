#include "shield/threshold/algebra.h"

#include "shield/crypto/sm2.h"

namespace hufu::threshold::algebra {

Result<Joined> joinNonces(const crypto::Point &r1, const crypto::Point &q2, const ByteArray<32> &e)
{
    const crypto::Point nonce = r1 + q2;
    HUFU_TRY(r, crypto::sm2SignatureR(e, nonce));
    return Joined{nonce, r};
}

Result<crypto::Scalar> phonePart(const crypto::Scalar &d1, const crypto::Scalar &r, const crypto::Scalar &k1)
{
    const crypto::Scalar s1 = d1 * (r + k1);
    if (s1.isZero()) return Error(Errc::tampered, "s1 is zero");
    return s1;
}

bool shareFitsVartime(const crypto::Point &p1, const crypto::Scalar &s1, const crypto::Scalar &r,
                      const crypto::Point &r1)
{
    return crypto::isSumVartime(-r, s1, p1, r1);
}

bool shareFits(const EncodedPoint &base, const crypto::Scalar &d2, const crypto::Scalar &s1, const crypto::Scalar &r,
               const crypto::Point &r1)
{
    return base.times(d2 * s1) == r1 + crypto::mulBase(r);
}

bool completesRightly(const crypto::Scalar &u2, const crypto::Scalar &s1, const crypto::Scalar &k2,
                      const crypto::Scalar &r, const crypto::Scalar &s)
{
    return u2 * (s + r - k2) == s1;
}

Result<crypto::Scalar> complete(const crypto::Scalar &u2, const crypto::Scalar &d2, const crypto::Scalar &s1,
                                const crypto::Scalar &k2, const crypto::Scalar &r)
{
    const crypto::Scalar s = d2 * s1 + k2 - r;
    if (s.isZero() || (r + s).isZero()) return Error(Errc::internal, "degenerate signature");
    if (!completesRightly(u2, s1, k2, r, s)) return Error(Errc::internal, "fault in completion");
    return s;
}

} // namespace hufu::threshold::algebra
