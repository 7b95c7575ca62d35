#include "shield/opening/readiness.h"

#include <algorithm>
#include <cstdlib>

namespace hufu::opening {

std::int64_t timeOf(const Bid &bid, Moment moment)
{
    switch (moment) {
    case Moment::sealing:
        return bid.sealedMs;
    case Moment::dayBefore:
        return bid.openingMs - kDayMs;
    case Moment::hourBefore:
        return bid.openingMs - kHourMs;
    }
    return bid.sealedMs;
}

std::optional<Moment> momentOf(const Bid &bid, std::int64_t nowMs)
{
    if (bid.state != BidState::sealed) return std::nullopt;
    if (bid.openingMs == 0) return Moment::sealing;
    if (nowMs >= bid.openingMs) return std::nullopt;
    for (const Moment moment : {Moment::hourBefore, Moment::dayBefore})
        if (nowMs >= timeOf(bid, moment) && timeOf(bid, moment) > bid.sealedMs) return moment;
    return Moment::sealing;
}

std::optional<Moment> dueRehearsal(const Bid &bid, std::int64_t lastMs, std::int64_t nowMs)
{
    const auto moment = momentOf(bid, nowMs);
    return moment && lastMs < timeOf(bid, *moment) ? moment : std::nullopt;
}

std::optional<std::int64_t> nextMomentMs(const Bid &bid, std::int64_t nowMs)
{
    if (bid.state != BidState::sealed || bid.openingMs == 0) return std::nullopt;
    for (const std::int64_t at : {timeOf(bid, Moment::dayBefore), timeOf(bid, Moment::hourBefore), bid.openingMs})
        if (at > nowMs && at > bid.sealedMs) return at;
    return std::nullopt;
}

// A lock that ends an hour before the opening has passed when the person comes to it.
static bool isLocked(const Bid &bid, const Means &means, std::int64_t nowMs)
{
    return means.lockedUntilMs > std::max(nowMs, bid.openingMs - kHourMs);
}

Readiness readinessOf(const Bid &bid, const Means &means, std::int64_t nowMs)
{
    if (!means.hasKey) return {Light::red, Cause::keyMissing};
    if (means.isBlocked) return {Light::red, Cause::blocked};
    if (isLocked(bid, means, nowMs)) return {Light::red, Cause::locked};
    if (means.isServerAway) return {Light::red, Cause::serverAway};
    if (std::llabs(means.skewMs) > kSkewMostMs) return {Light::red, Cause::clockWrong};
    if (const auto due = dueRehearsal(bid, means.lastRehearsalMs, nowMs))
        return {*due == Moment::hourBefore ? Light::red : Light::amber, Cause::rehearsalDue};
    if (bid.openingMs != 0 && nowMs >= bid.openingMs) return {Light::green, Cause::openNow};
    return {Light::green, Cause::ready};
}

} // namespace hufu::opening
