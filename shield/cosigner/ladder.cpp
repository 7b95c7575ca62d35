#include "shield/cosigner/ladder.h"

#include "shield/base/limits.h"

#include <algorithm>

namespace hufu::cosigner {

std::int64_t rungMs(std::uint32_t run)
{
    return limits::lockMs(run);
}

bool isOpen(const Lock &lock, std::int64_t nowMs)
{
    return lock.standing == Standing::active && lock.run < lock.allow && nowMs >= lock.lockUntil;
}

Lock counted(Lock lock, std::int64_t nowMs)
{
    lock.run += 1;
    lock.total += 1;
    const std::int64_t wait = rungMs(lock.run);
    lock.lockUntil = wait == 0 ? 0 : nowMs + wait;
    return lock;
}

Lock cleared(Lock lock)
{
    lock.run = 0;
    lock.total -= std::min(lock.total, 1U);
    lock.allow = lock.exhausted ? kUnfreezeTries : kAllowedFailures;
    lock.lockUntil = 0;
    return lock;
}

Lock settled(Lock lock)
{
    const bool usesUpTotal = lock.total >= kTotalMax && !lock.exhausted;
    if (usesUpTotal) lock.exhausted = true;
    if (lock.standing == Standing::active && (usesUpTotal || lock.run >= lock.allow)) lock.standing = Standing::frozen;
    return lock;
}

Result<Lock> unfrozen(Lock lock)
{
    if (lock.standing == Standing::cloned) return Error(Errc::badState, "a clone needs new keys of the device");
    if (lock.standing == Standing::active && lock.run < kUnfreezeFromRun)
        return Error(Errc::badState, "nothing to unfreeze");
    lock.allow = lock.run + kUnfreezeTries;
    lock.lockUntil = 0;
    lock.standing = Standing::active;
    return lock;
}

Lock pinChanged(Lock lock)
{
    lock.total = 0;
    if (!lock.exhausted) return lock;
    lock.exhausted = false;
    lock.allow = kAllowedFailures;
    return lock;
}

Lock adopted(Lock lock)
{
    lock.run = std::max(lock.run, lock.allow - std::min(lock.allow, 1U));
    return lock;
}

LockView viewOf(const Lock &lock, std::int64_t nowMs)
{
    constexpr std::uint32_t most = 255;
    const std::uint32_t tries = lock.standing == Standing::active ? lock.allow - std::min(lock.allow, lock.run) : 0;
    const bool waiting = tries > 0 && nowMs < lock.lockUntil;
    const std::int64_t seconds = waiting ? (lock.lockUntil - nowMs + 999) / 1000 : 0;
    return {static_cast<std::uint8_t>(std::min(tries, most)), static_cast<std::uint8_t>(std::min(lock.run, most)),
            static_cast<std::uint32_t>(seconds), static_cast<std::uint8_t>(std::min(lock.total, most))};
}

} // namespace hufu::cosigner
