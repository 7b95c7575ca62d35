#include "shield/threshold/keygen_phone.h"

#include "shield/threshold/keygen_transcript.h"

namespace hufu::threshold::keygen {

Result<Start> phoneStart(KeyType type, const Acct &acct, ports::Random &random)
{
    const Secret<48> draw = random.secret<48>("u1");
    const crypto::Scalar u1 = hashToNonzero("kg-u1", {draw.expose()});
    Secret<32> rho = random.secret<32>("rho");
    const auto np = random.bytes<32>("np");
    HUFU_TRY(p1, EncodedPoint::of(crypto::mulBase(u1)));
    const ByteArray<32> com = commitmentOf(type, acct, np, p1, rho.expose());

    Writer kg1;
    kg1.u8(kSuiteSm2).u8(static_cast<std::uint8_t>(type)).raw(acct).raw(np).raw(com);
    HUFU_TRY(message, fixedBytes<82>(kg1.bytes()));
    return Start{{type, acct, PhoneShare(u1), p1, np, std::move(rho)}, message};
}

Result<PhoneFinished> phoneFinish(PhoneStarted &&state, ByteView kg2, ports::Random &random)
{
    const PhoneStarted started = std::move(state);
    if (started.share.isEmpty()) return Error(Errc::badState, "key generation used up");
    Reader in(kg2);
    const auto ns = in.array<32>();
    const ByteView p2Bytes = in.raw(65);
    const ByteView proofBytes = in.raw(48);
    if (!in.finish()) return Error(Errc::tampered, "KG2 length");
    HUFU_TRY(p2, EncodedPoint::parse(p2Bytes));
    HUFU_TRY(proof, Proof::parse(proofBytes));
    const Bytes context = contextOf(started.type, started.acct, started.np, ns);
    if (!verifiesVartime(kServerTag, context, EncodedPoint::generator(), p2, proof))
        return Error(Errc::tampered, "proof of P2");

    const crypto::Scalar &u1 = started.share.expose();
    HUFU_TRY(key, keyOf(started.type, started.acct, u1, p2.point()));
    const Secret<48> draw = random.secret<48>("a1");
    const Secret<32> u1Bytes = u1.secretBytes();
    const crypto::Scalar a1 = hashToNonzero("kg-a1", {draw.expose(), u1Bytes.expose(), ns});
    HUFU_TRY(proof1, prove(kPhoneTag, context, u1, EncodedPoint::generator(), started.p1, a1));

    return PhoneFinished{
        PhoneShare(u1), key,
        WipedArray<177>::of(started.p1.bytes(), started.rho.expose(), proof1, key.keyId())};
}

} // namespace hufu::threshold::keygen
