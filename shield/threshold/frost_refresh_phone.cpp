#include "shield/threshold/frost_refresh_phone.h"

#include "shield/threshold/frost_refresh_factor.h"

namespace hufu::threshold::frost::refresh {

Result<WipedArray<48>> phoneAsk(Op op, const SharedKey &key, const PhoneShare &share, const Sid &sid,
                               ByteView rho1, ports::Random &random)
{
    HUFU_CHECK(checkOp(op));
    return provePin(share, op, key, sid, rho1, random, "pa");
}

Result<PhoneRenewed> phoneRenew(const SharedKey &key, PhoneShare share, const Sid &sid, ByteView rho1,
                                const ByteArray<32> &rho2, ports::Random &random)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    HUFU_TRY(next, key.nextEpoch());
    HUFU_TRY(renewed, share.renewed(factorOf(next, sid, rho1, rho2)));
    HUFU_TRY(proof, provePin(renewed, Op::refreshCommit, next, sid, rho2, random, "pa-new"));
    return PhoneRenewed{next, std::move(renewed), proof};
}

} // namespace hufu::threshold::frost::refresh
