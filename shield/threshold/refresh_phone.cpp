#include "shield/threshold/refresh_phone.h"

#include "shield/threshold/pin_proof.h"
#include "shield/threshold/refresh_factor.h"

namespace hufu::threshold::refresh {

namespace {

Result<WipedArray<48>> proveFor(const PhoneShare &share, Op op, const SharedKey &key, const Sid &sid,
                               ByteView extra, ports::Random &random, std::string_view label)
{
    HUFU_TRY(p1, EncodedPoint::of(crypto::mulBase(share.expose())));
    return provePin(share, p1, op, key, sid, extra, random, label);
}

} // namespace

Result<PhoneAsk> phoneAsk(Op op, std::vector<SharedKey> keys, std::vector<PhoneShare> shares, const Sid &sid,
                          ports::Random &random)
{
    HUFU_CHECK(checkAsk(op, keys));
    if (shares.size() != keys.size()) return Error(Errc::badInput, "number of shares");
    for (const PhoneShare &share : shares)
        if (share.isEmpty()) return Error(Errc::badState, "share used up");
    Secret<32> rho1 = random.secret<32>("rho1");
    WipedVector<ByteArray<48>> proofs;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        HUFU_TRY(proof, proveFor(shares[i], op, keys[i], sid, rho1.expose(), random, "pa"));
        proofs.push_back(proof);
    }
    auto sent = WipedArray<32>::of(rho1.expose());
    return PhoneAsk{{std::move(keys), std::move(shares), sid, std::move(rho1)}, sent, std::move(proofs)};
}

Result<PhoneRenewed> phoneRenew(PhoneAsked &&state, const ByteArray<32> &rho2, ports::Random &random)
{
    const PhoneAsked taken = std::move(state);
    if (taken.keys.empty()) return Error(Errc::badState, "ask used up");
    HUFU_TRY(next, nextEpochs(taken.keys));
    PhoneRenewed out{std::move(next), {}, {}};
    for (std::size_t i = 0; i < out.keys.size(); ++i) {
        const crypto::Scalar f = factorOf(out.keys[i], taken.sid, taken.rho1.expose(), rho2);
        PhoneShare renewed(taken.shares[i].expose() * f);
        HUFU_TRY(proof, proveFor(renewed, Op::refreshCommit, out.keys[i], taken.sid, rho2, random, "pa-new"));
        out.shares.push_back(std::move(renewed));
        out.proofs.push_back(proof);
    }
    return out;
}

} // namespace hufu::threshold::refresh
