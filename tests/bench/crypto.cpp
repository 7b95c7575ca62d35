#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "tests/bench/bench.h"
#include "tests/bench/openssl.h"

namespace hufu::bench {

using namespace crypto;

void addCrypto(Bench &bench, const std::string &suffix)
{
    ports::SystemRandom random;
    const auto scalar = [&random] { return Scalar::reduceWide(random.bytes<64>("scalar")); };
    const OpenSslCurve sm2("SM2");
    const OpenSslCurve p256("P-256");
    using Operation = void (OpenSslCurve::*)() const;
    // P-256 is the assembly of the same size, OpenSSL's SM2 what there is otherwise.
    const auto time = [&](const std::string &name, const Bench::Step &step, const std::string &what,
                          Operation operation, Operation ofSm2) {
        bench.time(name, step,
                   {{"OpenSSL P-256 " + what, [&p256, operation] { (p256.*operation)(); }, suffix},
                    {"OpenSSL SM2 " + what, [&sm2, ofSm2] { (sm2.*ofSm2)(); }, ".openssl_sm2" + suffix}});
    };

    // To affine coordinates, as the results are wanted; OpenSSL's stay projective.
    const Scalar d = scalar();
    const Scalar a = scalar();
    const Point p = mulBase(d);
    time(
        "sm2.fixed_base", [&] { (void)mulBase(a).encode(); }, "fixed base", &OpenSslCurve::fixedBase,
        &OpenSslCurve::fixedBase);
    time(
        "sm2.variable_base", [&] { (void)mul(a, p).encode(); }, "variable base", &OpenSslCurve::variableBase,
        &OpenSslCurve::variableBase);
    time(
        "sm2.double_scalar", [&] { (void)mulDoubleVartime(a, d, p).x(); }, "verify", &OpenSslCurve::verify,
        &OpenSslCurve::doubleScalar);

    const ByteArray<32> e{1, 2, 3};
    const Scalar k = scalar();
    const Scalar r = *sm2SignatureR(e, mulBase(k));
    const Scalar s = (Scalar::one() + d).inverse() * (k - r * d);
    if (!sm2VerifyVartime(p, e, r, s)) std::abort();
    time(
        "sm2.verify", [&] { (void)sm2VerifyVartime(p, e, r, s); }, "verify", &OpenSslCurve::verify,
        &OpenSslCurve::verify);

    // What the two halves together stand in for: a signature with a whole key.
    const auto sign = [&] {
        const Scalar nonce = scalar();
        const Scalar signatureR = *sm2SignatureR(e, mulBase(nonce));
        return (Scalar::one() + d).inverse() * (nonce - signatureR * d);
    };
    time(
        "sm2.sign_whole_key", [&] { sign(); }, "sign", &OpenSslCurve::sign, &OpenSslCurve::sign);

    const auto table = PointTable::of(p);
    const Scalar half = Scalar::parse(concat({Bytes(16), random.bytes<16>("half")})).value();
    bench.time("sm2.table_base" + suffix, [&] { (void)mul(a, *table).encode(); });
    bench.time("sm2.table_make" + suffix, [&] { (void)PointTable::of(p); });
    bench.time("sm2.proof_check" + suffix, [&] { (void)VartimeSum().addBase(a).add(half, p).sum().encode(); });
    bench.time("sm2.proof_check_with_table" + suffix,
               [&] { (void)VartimeSum().add(a, *table).add(half, p).sum().encode(); });
    bench.time("sm2.scalar_inverse" + suffix, [&] { a.inverse(); });
    bench.time("sm2.point_encode" + suffix, [&] { (void)p.encode(); });
    if (suffix.empty()) bench.time("sm3.64_bytes", [&] { sm3(Bytes(64)); });
}

} // namespace hufu::bench
