#include "shield/threshold/refresh_factor.h"

#include "shield/threshold/transcript.h"

namespace hufu::threshold::refresh {

crypto::Scalar factorOf(const SharedKey &next, const Sid &sid, ByteView rho1, const ByteArray<32> &rho2)
{
    Writer epoch;
    epoch.u32(next.epoch());
    return hashToNonzero("refresh", {rho1, rho2, next.keyId(), epoch.bytes(), sid});
}

Result<void> checkAsk(Op op, std::span<const SharedKey> keys)
{
    if (op != Op::refresh && op != Op::pinChange) return Error(Errc::badInput, "operation");
    if (keys.empty()) return Error(Errc::badInput, "number of keys");
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].acct() != keys[0].acct() || keys[i].epoch() != keys[0].epoch())
            return Error(Errc::badInput, "keys of different devices or epochs");
        for (std::size_t j = 0; j < i; ++j)
            if (keys[i].keyId() == keys[j].keyId()) return Error(Errc::badInput, "one key twice");
    }
    return {};
}

Result<std::vector<SharedKey>> nextEpochs(std::span<const SharedKey> keys)
{
    std::vector<SharedKey> next;
    next.reserve(keys.size());
    for (const SharedKey &key : keys) {
        HUFU_TRY(renewed, key.nextEpoch());
        next.push_back(renewed);
    }
    return next;
}

} // namespace hufu::threshold::refresh
