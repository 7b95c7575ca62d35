#include "app/phone/removal.h"

#include "app/phone/standing.h"

#include <algorithm>

namespace hufu::phone_app {

std::vector<opening::Risk> risksOfRemoval(const phone::KnownBids &known, const std::vector<Bytes> &ownKeys)
{
    using opening::Ruling;
    std::vector<opening::Risk> risks;
    const auto isHere = [&ownKeys](const opening::Recipient &recipient) { return std::ranges::find(ownKeys, recipient.keyId) != ownKeys.end(); };
    const auto isOther = [&known, &isHere](const opening::Recipient &recipient) {
        const bool isOwn = recipient.acct != opening::AccountId{} || recipient.name == known.person || isHere(recipient);
        return !recipient.keyId.empty() && !isOwn;
    };
    for (const opening::Bid &bid : known.bids) {
        if (!isMine(bid) || !(bid.state == opening::BidState::sealed || bid.isGivenBack)) continue;
        const int others = static_cast<int>(std::ranges::count_if(bid.recipients, isOther));
        const Ruling ruling = std::ranges::any_of(bid.recipients, isHere) ? Ruling::warn : opening::rulingOf(opening::Deed::end, others);
        risks.push_back({bid, others, ruling});
    }
    return risks;
}

bool isTooOld(const phone::KnownBids &known, std::int64_t nowMs)
{
    const std::int64_t age = nowMs - known.fetchedMs;
    return known.fetchedMs == 0 || age < 0 || age > kListGoodMs;
}

bool mayRemove(const phone::KnownBids &known, const std::vector<Bytes> &ownKeys, std::int64_t nowMs, std::string_view typed, bool hasWord)
{
    const auto risks = risksOfRemoval(known, ownKeys);
    if (std::ranges::find(risks, opening::Ruling::block, &opening::Risk::ruling) != risks.end()) return opening::mayGoOn(risks, typed);
    return hasWord || !isTooOld(known, nowMs);
}

} // namespace hufu::phone_app
