// Weaker two-party signatures than ours, in their own formulas: what the known attacks work on. d1 and d2 are the inverses of the
// shares u1 and u2; 1 + d = u1 u2.
#pragma once

#include "shield/crypto/sm2.h"
#include "tests/shield/threshold/parties.h"

#include <openssl/ec.h>
#include <openssl/obj_mac.h>

namespace hufu::tests::weak {

struct Signature {
    Scalar r, s;
};

inline Scalar rOf(const ByteArray<32> &e, const Point &nonce)
{
    return Scalar::reduce(e) + Scalar::reduce(*nonce.x());
}
inline bool valid(const Point &p, const ByteArray<32> &e, const Signature &signature)
{
    return bool(crypto::sm2VerifyVartime(p, e, signature.r, signature.s));
}

// The common variant (Lin et al. 2014): R = k3 Q1 + k2 G. The phone sends Q1 = k1 G without a proof.
struct CommonAnswer {
    Scalar r, s2, s3;
};
inline CommonAnswer commonServer(const Scalar &d2, const Point &q1, const ByteArray<32> &e, const Scalar &k2, const Scalar &k3)
{
    const Scalar r = rOf(e, mul(k3, q1) + crypto::mulBase(k2));
    return {r, d2 * k3, d2 * (r + k2)};
}
inline Signature commonPhone(const Scalar &d1, const Scalar &k1, const CommonAnswer &answer)
{
    return {answer.r, d1 * k1 * answer.s2 + d1 * answer.s3 - answer.r};
}

// Two nonces (Liu and Lin; Tongsuo): R = w2 G + u2 Q1.
struct TwoNonceAnswer {
    Scalar r, s1;
};
inline TwoNonceAnswer twoNonceServer(const Scalar &d2, const Point &q1, const ByteArray<32> &e, const Scalar &w2)
{
    const Scalar r = rOf(e, crypto::mulBase(w2) + mul(d2.inverse(), q1));
    return {r, d2 * (r + w2)};
}
// Takes r from the peer, and verifies nothing.
inline Signature twoNoncePhone(const Scalar &d1, const Scalar &k1, const TwoNonceAnswer &answer)
{
    return {answer.r, d1 * (answer.s1 + k1) - answer.r};
}

// The phone completes (profile F), here without the proof of Q1 = k1 B: R = Q1 + k2 G.
inline TwoNonceAnswer unprovenServer(const Scalar &d2, const Point &q1, const ByteArray<32> &e, const Scalar &k2)
{
    const Scalar r = rOf(e, q1 + crypto::mulBase(k2));
    return {r, d2 * (r + k2)};
}
inline Signature unprovenPhone(const Scalar &d1, const Scalar &k1, const TwoNonceAnswer &answer)
{
    return {answer.r, d1 * answer.s1 + k1 - answer.r};
}

// The two points that r of a signature over e comes from. (A third and fourth exist if x + n is below p: once in 2^32.)
inline std::vector<Point> noncesOf(const Scalar &r, const ByteArray<32> &e)
{
    std::vector<Point> out;
    const auto x = (r - Scalar::reduce(e)).bytes();
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_sm2);
    EC_POINT *point = EC_POINT_new(group);
    BIGNUM *number = BN_bin2bn(x.data(), static_cast<int>(x.size()), nullptr);
    for (const int odd : {0, 1}) {
        ByteArray<65> bytes{};
        if (EC_POINT_set_compressed_coordinates(group, point, number, odd, nullptr) == 1 &&
            EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, bytes.data(), bytes.size(), nullptr) == bytes.size())
            out.push_back(*Point::parse(bytes));
    }
    BN_free(number);
    EC_POINT_free(point);
    EC_GROUP_free(group);
    return out;
}

} // namespace hufu::tests::weak
