#include "shield/threshold/frost_refresh_server.h"

#include "shield/threshold/frost_refresh_factor.h"

namespace hufu::threshold::frost::refresh {

namespace {

Result<void> judge(Op op, const SharedKey &key, const ServerShare &share, const Sid &sid, ByteView extra,
                   const ByteArray<48> &bytes)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    HUFU_TRY(proof, Proof::parse(bytes));
    if (!pinFits(proof, share.exposeY1(), op, key, sid, extra)) return Error(Errc::wrongPin, "proof");
    return {};
}

} // namespace

Result<void> parseProof(const ByteArray<48> &proof)
{
    HUFU_CHECK(Proof::parse(proof));
    return {};
}

Result<void> serverJudge(Op op, const SharedKey &key, const ServerShare &share, const Sid &sid,
                         const ByteArray<32> &rho1, const ByteArray<48> &proof)
{
    HUFU_CHECK(checkOp(op));
    return judge(op, key, share, sid, rho1, proof);
}

Result<ServerRenewed> serverRenew(const SharedKey &key, const ServerShare &share, const Sid &sid,
                                  const ByteArray<32> &rho1, const ByteArray<32> &rho2)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    HUFU_TRY(next, key.nextEpoch());
    HUFU_TRY(renewed, share.renewed(factorOf(next, sid, rho1, rho2)));
    // The proofs speak of Y1 alone: a wrong s2 would be the end of the key.
    if (!renewed.belongsTo(next)) return Error(Errc::internal, "fault in a renewed share");
    return ServerRenewed{next, std::move(renewed)};
}

Result<void> serverCommit(const SharedKey &key, const ServerShare &share, const Sid &sid,
                          const ByteArray<32> &rho2, const ByteArray<48> &proof)
{
    HUFU_CHECK(judge(Op::refreshCommit, key, share, sid, rho2, proof));
    if (!share.belongsTo(key)) return Error(Errc::internal, "a renewed share is not its key's");
    return {};
}

} // namespace hufu::threshold::frost::refresh
