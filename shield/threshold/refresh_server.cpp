#include "shield/threshold/refresh_server.h"

#include "shield/threshold/pin_proof.h"
#include "shield/threshold/refresh_factor.h"

namespace hufu::threshold::refresh {

namespace {

// One verdict for all keys, and all are judged (R7).
Result<void> judge(Op op, std::span<const SharedKey> keys, std::span<const ServerShare> shares, const Sid &sid,
                   ByteView extra, std::span<const ByteArray<48>> proofs)
{
    if (keys.empty() || shares.size() != keys.size() || proofs.size() != keys.size())
        return Error(Errc::badInput, "number of keys");
    bool allFit = true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (shares[i].isEmpty()) return Error(Errc::badState, "share used up");
        HUFU_TRY(proof, PinProof::parse(proofs[i]));
        const bool fits = pinFits(proof, shares[i], op, keys[i], sid, extra);
        allFit = allFit && fits;
    }
    if (!allFit) return Error(Errc::wrongPin, "proof");
    return {};
}

} // namespace

Result<ServerProposal> serverPropose(Op op, std::span<const SharedKey> keys,
                                     std::span<const ServerShare> shares, const Sid &sid,
                                     const ByteArray<32> &rho1, std::span<const ByteArray<48>> proofs,
                                     ports::Random &random)
{
    HUFU_CHECK(checkAsk(op, keys));
    HUFU_TRY(next, nextEpochs(keys));
    HUFU_CHECK(judge(op, keys, shares, sid, rho1, proofs));
    ServerProposal out{std::move(next), {}, random.bytes<32>("rho2")};
    for (std::size_t i = 0; i < out.keys.size(); ++i) {
        out.shares.push_back(shares[i].renewed(factorOf(out.keys[i], sid, rho1, out.rho2)));
        // The old half is destroyed for this one, and the proofs speak of P1 alone: a wrong u2 would be the end of the key.
        if (!out.shares.back().belongsTo(out.keys[i])) return Error(Errc::internal, "fault in a renewed share");
    }
    return out;
}

Result<void> serverCommit(std::span<const SharedKey> keys, std::span<const ServerShare> shares, const Sid &sid,
                          const ByteArray<32> &rho2, std::span<const ByteArray<48>> proofs)
{
    HUFU_CHECK(judge(Op::refreshCommit, keys, shares, sid, rho2, proofs));
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!shares[i].belongsTo(keys[i])) return Error(Errc::internal, "a renewed share is not its key's");
    return {};
}

Result<void> parseProofs(std::span<const ByteArray<48>> proofs)
{
    for (const ByteArray<48> &proof : proofs)
        HUFU_CHECK(PinProof::parse(proof));
    return {};
}

} // namespace hufu::threshold::refresh
