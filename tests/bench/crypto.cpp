#include "shield/crypto/sm2.h"
#include "tests/bench/bench.h"
#include "tests/bench/openssl.h"

namespace hufu::bench {

using namespace crypto;

void addCrypto(Bench &bench)
{
    ports::SystemRandom random;
    const auto scalar = [&random] { return Scalar::reduceWide(random.bytes<64>("scalar")); };
    const OpenSslCurve sm2("SM2");
    const OpenSslCurve p256("P-256");
    using Operation = void (OpenSslCurve::*)() const;
    const auto both = [&](const std::string &what, Operation operation) {
        return std::vector<Bench::Reference>{
            {"OpenSSL SM2 " + what, [&sm2, operation] { (sm2.*operation)(); }, ""},
            {"OpenSSL P-256 " + what, [&p256, operation] { (p256.*operation)(); }, ".p256"}};
    };

    const Scalar d = scalar();
    const Scalar a = scalar();
    const Point p = mulBase(d);
    bench.time(
        "sm2.fixed_base", [&] { mulBase(a); }, both("fixed base", &OpenSslCurve::fixedBase));
    bench.time(
        "sm2.variable_base", [&] { mul(a, p); }, both("variable base", &OpenSslCurve::variableBase));
    bench.time(
        "sm2.double_scalar", [&] { mulDoubleVartime(a, d, p); },
        both("double scalar", &OpenSslCurve::doubleScalar));

    const ByteArray<32> e{1, 2, 3};
    const Scalar k = scalar();
    const Scalar r = *sm2SignatureR(e, mulBase(k));
    const Scalar s = (Scalar::one() + d).inverse() * (k - r * d);
    if (!sm2VerifyVartime(p, e, r, s)) std::abort();
    bench.time(
        "sm2.verify", [&] { (void)sm2VerifyVartime(p, e, r, s); }, both("verify", &OpenSslCurve::verify));

    // What the two halves together stand in for: a signature with a whole key.
    const auto sign = [&] {
        const Scalar nonce = scalar();
        const Scalar signatureR = *sm2SignatureR(e, mulBase(nonce));
        return (Scalar::one() + d).inverse() * (nonce - signatureR * d);
    };
    bench.time(
        "sm2.sign_whole_key", [&] { sign(); }, both("sign", &OpenSslCurve::sign));

    bench.time("sm2.scalar_inverse", [&] { a.inverse(); });
    bench.time("sm2.point_encode", [&] { (void)p.encode(); });
}

} // namespace hufu::bench
