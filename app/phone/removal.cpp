#include "app/phone/removal.h"

#include "app/phone/standing.h"

#include <algorithm>

namespace hufu::phone_app {

std::vector<opening::Risk> risksOfRemoval(const phone::KnownBids &known, std::int64_t nowMs)
{
    std::vector<opening::Risk> risks;
    for (const opening::Bid &bid : known.bids) {
        if (!isMine(bid) || !bid.isAwaited(nowMs)) continue;
        const auto isOther = [](const opening::Recipient &recipient) { return !recipient.keyId.empty() && recipient.acct == opening::AccountId{}; };
        const int others = static_cast<int>(std::ranges::count_if(bid.recipients, isOther));
        risks.push_back({bid, others, opening::rulingOf(opening::Deed::end, others)});
    }
    return risks;
}

} // namespace hufu::phone_app
