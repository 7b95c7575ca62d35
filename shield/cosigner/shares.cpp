#include "shield/cosigner/shares.h"

#include "shield/cosigner/sealing.h"

#include <algorithm>
#include <utility>

namespace hufu::cosigner {

bool isServed(const DeviceRecord &record, std::uint32_t epoch)
{
    return epoch == record.row.epoch || (record.refresh && epoch == record.refresh->epoch);
}

ports::EpochKeys::Name epochKeyOf(const DeviceRecord &record, std::uint32_t epoch)
{
    const bool pending = epoch != record.row.epoch && record.refresh;
    return {record.acct, epoch, pending ? record.refresh->mark : record.row.mark};
}

Result<bool> isAlive(const DeviceRecord &record, std::uint32_t epoch, ports::EpochKeys &epochKeys)
{
    const auto name = epochKeyOf(record, epoch);
    if (name.mark == ByteArray<8>{}) return true;
    return epochKeys.has(name);
}

// The sealed share of that epoch, a view into record.
static Result<ByteView> sealedOf(const DeviceRecord &record, KeyType type, std::uint32_t epoch)
{
    const KeyRow &row = record.key(type);
    if (!isServed(record, epoch)) return Error(Errc::badState, "another epoch");
    if (row.state == KeyState::destroyed) return Error(Errc::badState, "the share is destroyed");
    if (epoch == record.row.epoch) return ByteView(row.sealedShare);
    const auto &shares = record.refresh->shares;
    const auto it = std::find_if(shares.begin(), shares.end(),
                                 [&](const auto &share) { return share.keyId == record.keyId(type); });
    if (it == shares.end()) return Error(Errc::internal, "a refresh without one of the keys");
    return ByteView(it->sealedShare);
}

Result<KeyShare> shareOf(const DeviceRecord &record, KeyType type, std::uint32_t epoch, const Ports &ports,
                         KeptKeys &kept)
{
    HUFU_TRY(sealed, sealedOf(record, type, epoch));
    auto key = kept.keyOf(type, record.keyId(type), record.key(type).point.bytes(), record.acct, epoch);
    if (!key) return Error(Errc::internal, "a stored point is none");
    HUFU_TRY(share, openShare(ports, sealed, *key, epochKeyOf(record, epoch).mark));
    return KeyShare{std::move(*key), std::move(share)};
}

Result<FrostKeyShare> frostShareOf(const DeviceRecord &record, std::uint32_t epoch, const Ports &ports)
{
    HUFU_TRY(sealed, sealedOf(record, KeyType::sign, epoch));
    auto key = threshold::frost::SharedKey::of(record.sign.point.bytes(), record.acct, epoch);
    if (!key) return Error(Errc::internal, "a stored point is none");
    HUFU_TRY(share, openShare(ports, sealed, *key, epochKeyOf(record, epoch).mark));
    if (!share.belongsTo(*key)) return Error(Errc::internal, "a stored share is not its key's");
    return FrostKeyShare{std::move(*key), std::move(share)};
}

std::optional<RefreshRow> settleEpoch(Change &change, DeviceRecord &record, std::uint32_t epoch)
{
    if (!record.refresh) return std::nullopt;
    change.retire(epochKeyOf(record, epoch == record.refresh->epoch ? record.row.epoch : record.refresh->epoch));
    std::optional<RefreshRow> refresh = std::exchange(record.refresh, std::nullopt);
    if (epoch != refresh->epoch) { // nobody's half fits that epoch any more, so it may be made anew
        record.row.leastEpoch = std::min(record.row.leastEpoch, record.row.epoch + 1);
        return std::nullopt;
    }
    for (const auto &share : refresh->shares)
        for (const KeyType type : record.living())
            if (record.keyId(type) == share.keyId) record.key(type).sealedShare = share.sealedShare;
    record.row.epoch = refresh->epoch;
    record.row.mark = refresh->mark;
    if (refresh->op == intent::Op::pinChange) record.row.lock = pinChanged(record.row.lock);
    return refresh;
}

Settlement settleAttempt(DeviceRecord &record)
{
    const Lock before = std::exchange(record.row.lock, settled(record.row.lock));
    const Settlement settlement{record.row.lock.standing != before.standing, record.row.lock.exhausted && !before.exhausted};
    if (!settlement.destroyedSignShare) return settlement;
    record.sign.state = KeyState::destroyed;
    record.sign.sealedShare.clear();
    if (record.refresh)
        std::erase_if(record.refresh->shares, [&](const auto &share) { return share.keyId == record.row.signKeyId; });
    return settlement;
}

} // namespace hufu::cosigner
