#include "shield/threshold/frost_keygen_phone.h"

#include "shield/base/ct.h"
#include "shield/threshold/frost_keygen_transcript.h"
#include "shield/threshold/frost_transcript.h"

namespace hufu::threshold::frost::keygen {

using crypto::EdPoint;
using crypto::EdScalar;

Start phoneStart(const Acct &acct, ports::Random &random)
{
    const Secret<48> draw = random.secret<48>("u1");
    const EdScalar x1 = hashToNonzero("kg-u1", {draw.expose()});
    Secret<32> rho = random.secret<32>("rho");
    const auto np = random.bytes<32>("np");
    const EdPoint image = mulBase(x1);
    const ByteArray<32> com = commitmentOf(acct, np, image, rho.expose());

    Writer kg1;
    kg1.u8(kSuiteFrost).u8(static_cast<std::uint8_t>(KeyType::sign)).raw(acct).raw(np).raw(com);
    ByteArray<82> message{};
    std::ranges::copy(kg1.bytes(), message.begin());
    return Start{{acct, UnpairedShare(x1), image, np, std::move(rho)}, message};
}

Result<PhoneFinished> phoneFinish(PhoneStarted &&state, ByteView kg2, ports::Random &random)
{
    PhoneStarted started = std::move(state);
    HUFU_TRY(x1, started.x1.spend());
    Reader in(kg2);
    const auto ns = in.array<32>();
    const auto x2 = EdPoint::parse(in.raw(32));
    const auto proof = Proof::parse(in.raw(48));
    if (!in.finish() || !x2 || !proof) return Error(Errc::tampered, "KG2");
    const Bytes context = contextOf(started.acct, started.np, ns);
    if (!verifies(kServerTag, context, *x2, *proof)) return Error(Errc::tampered, "proof of X2");

    HUFU_TRY(key, keyOf(started.acct, started.image, *x2));
    const Secret<48> draw = random.secret<48>("a1");
    const Secret<32> x1Bytes = x1.secretBytes();
    const EdScalar a1 = hashToNonzero("kg-a1", {draw.expose(), x1Bytes.expose(), ns});
    const auto proof1 = prove(kPhoneTag, context, x1, started.image, a1);

    return PhoneFinished{
        PhoneShare(half() * x1), key,
        WipedArray<144>::of(started.image.bytes(), started.rho.expose(), proof1, key.keyId())};
}

} // namespace hufu::threshold::frost::keygen
