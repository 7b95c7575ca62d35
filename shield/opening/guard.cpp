#include "shield/opening/guard.h"

#include <algorithm>
#include <set>

namespace hufu::opening {

Result<int> othersOf(const Bid &bid, const std::vector<AccountId> &own, const CanOpen &canOpen)
{
    std::set<AccountId> others;
    for (const Recipient &recipient : bid.recipients)
        if (recipient.acct != AccountId{} && std::ranges::find(own, recipient.acct) == own.end()) others.insert(recipient.acct);
    int count = 0;
    for (const AccountId &other : others) {
        HUFU_TRY(can, canOpen(other));
        count += can ? 1 : 0;
    }
    return count;
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
        HUFU_TRY(others, othersOf(bid, {acct}, canOpen));
        const Ruling ruling = rulingOf(deed, others);
        if (ruling != Ruling::free) risks.push_back({bid, others, ruling});
    }
    return risks;
}

bool mayGoOn(const std::vector<Risk> &risks, std::string_view typed)
{
    const auto first = std::ranges::find(risks, Ruling::block, &Risk::ruling);
    return first == risks.end() || first->bid.project.id == typed;
}

} // namespace hufu::opening
