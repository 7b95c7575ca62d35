#include "shield/threshold/frost_refresh_factor.h"

#include "shield/threshold/frost_transcript.h"

namespace hufu::threshold::frost::refresh {

crypto::EdScalar factorOf(const SharedKey &next, const Sid &sid, ByteView rho1, const ByteArray<32> &rho2)
{
    Writer epoch;
    epoch.u32(next.epoch());
    return hashToNonzero("refresh", {rho1, rho2, next.keyId(), epoch.bytes(), sid});
}

Result<void> checkOp(Op op)
{
    if (op != Op::refresh && op != Op::pinChange) return Error(Errc::badInput, "operation");
    return {};
}

} // namespace hufu::threshold::frost::refresh
