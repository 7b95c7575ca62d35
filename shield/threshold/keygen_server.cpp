#include "shield/threshold/keygen_server.h"

#include "shield/base/ct.h"
#include "shield/threshold/keygen_transcript.h"

namespace hufu::threshold::keygen {

Result<ServerAnswer> serverAnswer(ByteView kg1, KeyType type, const Acct &acct, ports::Random &random)
{
    Reader in(kg1);
    const std::uint8_t suiteByte = in.u8();
    const std::uint8_t typeByte = in.u8();
    const auto itsAcct = in.array<16>();
    const auto np = in.array<32>();
    const auto com = in.array<32>();
    if (!in.finish() || suiteByte != kSuiteSm2 || typeByte != static_cast<std::uint8_t>(type) ||
        itsAcct != acct)
        return Error(Errc::tampered, "KG1");

    const Secret<48> draw = random.secret<48>("u2");
    const crypto::Scalar u2 = hashToNonzero("kg-u2", {draw.expose()});
    const auto ns = random.bytes<32>("ns");
    HUFU_TRY(p2, EncodedPoint::of(crypto::mulBase(u2)));
    const Secret<48> proofDraw = random.secret<48>("a2");
    const crypto::Scalar a2 = hashToNonzero("kg-a2", {proofDraw.expose()});
    HUFU_TRY(proof, prove(kServerTag, contextOf(type, acct, np, ns), u2, EncodedPoint::generator(), p2, a2));

    return ServerAnswer{{type, acct, UnpairedShare(u2), np, ns, com},
                        WipedArray<145>::of(ns, p2.bytes(), proof)};
}

Result<ServerAccepted> serverAccept(ServerStarted &&state, ByteView kg3)
{
    ServerStarted started = std::move(state);
    HUFU_TRY(u2, started.u2.spend());
    Reader in(kg3);
    const ByteView p1Bytes = in.raw(65);
    const ByteView rho = in.raw(32);
    const ByteView proofBytes = in.raw(48);
    const auto keyId = in.array<32>();
    if (!in.finish()) return Error(Errc::tampered, "KG3 length");
    HUFU_TRY(p1, EncodedPoint::parse(p1Bytes));
    HUFU_TRY(proof, Proof::parse(proofBytes));
    if (!ct::equal(commitmentOf(started.type, started.acct, started.np, p1, rho), started.com))
        return Error(Errc::tampered, "opening of P1");
    const Bytes context = contextOf(started.type, started.acct, started.np, started.ns);
    if (!verifiesVartime(kPhoneTag, context, EncodedPoint::generator(), p1, proof))
        return Error(Errc::tampered, "proof of P1");
    HUFU_TRY(key, keyOf(started.type, started.acct, u2, p1.point()));
    if (key.keyId() != keyId) return Error(Errc::tampered, "key id");
    HUFU_TRY(share, ServerShare::of(u2, key));
    return ServerAccepted{std::move(share), key};
}

} // namespace hufu::threshold::keygen
