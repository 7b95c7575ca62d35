#include "shield/threshold/frost_keygen_server.h"

#include "shield/base/ct.h"
#include "shield/threshold/frost_keygen_transcript.h"
#include "shield/threshold/frost_transcript.h"

namespace hufu::threshold::frost::keygen {

using crypto::EdPoint;
using crypto::EdScalar;

Result<ServerAnswer> serverAnswer(ByteView kg1, const Acct &acct, ports::Random &random)
{
    Reader in(kg1);
    const std::uint8_t suite = in.u8();
    const std::uint8_t type = in.u8();
    const auto itsAcct = in.array<16>();
    const auto np = in.array<32>();
    const auto com = in.array<32>();
    if (!in.finish() || suite != kSuiteFrost || type != static_cast<std::uint8_t>(KeyType::sign) ||
        itsAcct != acct)
        return Error(Errc::tampered, "KG1");

    const Secret<48> draw = random.secret<48>("u2");
    const EdScalar x2 = hashToNonzero("kg-u2", {draw.expose()});
    const auto ns = random.bytes<32>("ns");
    const EdPoint image = mulBase(x2);
    const Secret<48> proofDraw = random.secret<48>("a2");
    const EdScalar a2 = hashToNonzero("kg-a2", {proofDraw.expose()});
    const auto proof = prove(kServerTag, contextOf(acct, np, ns), x2, image, a2);

    return ServerAnswer{{acct, UnpairedShare(x2), image, np, ns, com},
                        WipedArray<112>::of(ns, image.bytes(), proof)};
}

Result<ServerAccepted> serverAccept(ServerStarted &&state, ByteView kg3)
{
    ServerStarted started = std::move(state);
    HUFU_TRY(x2, started.x2.spend());
    Reader in(kg3);
    const auto x1 = EdPoint::parse(in.raw(32));
    const ByteView rho = in.raw(32);
    const auto proof = Proof::parse(in.raw(48));
    const auto keyId = in.array<32>();
    if (!in.finish() || !x1 || !proof) return Error(Errc::tampered, "KG3");
    if (!ct::equal(commitmentOf(started.acct, started.np, *x1, rho), started.com))
        return Error(Errc::tampered, "opening of X1");
    const Bytes context = contextOf(started.acct, started.np, started.ns);
    if (!verifies(kPhoneTag, context, *x1, *proof)) return Error(Errc::tampered, "proof of X1");
    HUFU_TRY(key, keyOf(started.acct, *x1, started.image));
    if (key.keyId() != keyId) return Error(Errc::tampered, "key id");
    HUFU_TRY(share, ServerShare::of(-x2, key));
    return ServerAccepted{std::move(share), key};
}

} // namespace hufu::threshold::frost::keygen
