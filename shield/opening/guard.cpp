#include "shield/opening/guard.h"

#include <algorithm>
#include <set>

namespace hufu::opening {

Result<std::vector<Recipient>> othersOf(const Bid &bid, const std::vector<AccountId> &own, const CanOpen &canOpen, std::int64_t nowMs)
{
    std::vector<Recipient> others;
    std::set<AccountId> seen(own.begin(), own.end());
    for (const Recipient &recipient : bid.recipients) {
        if (recipient.acct == AccountId{} || !seen.insert(recipient.acct).second) continue;
        HUFU_TRY(can, canOpen(recipient.acct, std::max(bid.openingMs, nowMs)));
        if (can) others.push_back(recipient);
    }
    return others;
}

Ruling rulingOf(Deed deed, int others)
{
    switch (deed) {
    case Deed::freeze:
    case Deed::end:
        return others == 0 ? Ruling::block : Ruling::warn;
    case Deed::revoke:
    case Deed::newPhone:
        return Ruling::warn;
    case Deed::seatEnd:
        return Ruling::free;
    }
    return Ruling::block;
}

Result<std::vector<Risk>> risksOf(Deed deed, const AccountId &acct, const std::vector<Bid> &bids, const CanOpen &canOpen, std::int64_t nowMs)
{
    std::vector<Risk> risks;
    for (const Bid &bid : bids) {
        if (!bid.isFor(acct) || !bid.isGuarded(nowMs)) continue;
        HUFU_TRY(others, othersOf(bid, {acct}, canOpen, nowMs));
        const int count = static_cast<int>(others.size());
        const Ruling ruling = rulingOf(deed, count);
        if (ruling != Ruling::free) risks.push_back({bid, count, ruling});
    }
    return risks;
}

bool mayGoOn(const std::vector<Risk> &risks, std::string_view typed)
{
    const auto first = std::ranges::find(risks, Ruling::block, &Risk::ruling);
    return first == risks.end() || first->bid.project.id == typed;
}

} // namespace hufu::opening
