// The opening guard: which acts would make which bid unreadable. Pure functions of the list and the time.
#pragma once

#include "shield/opening/bid.h"

#include <functional>
#include <string_view>

namespace hufu::opening {

// What somebody is about to do to a person's shield.
enum class Deed : std::uint8_t {
    freeze = 1, // nothing goes with the phone until it is unfrozen
    revoke,     // of the encrypt certificate: nothing more is sealed for it, and its key still opens what was
    end,        // of the grant: the person is removed, or hands over
    newPhone,   // new keys beside the old ones: the old phone still opens what was sealed for it
    seatEnd,    // the person signs no more, and still opens
};

enum class Ruling : std::uint8_t {
    free = 1,
    warn,  // others can still open it, or the person with some care: as long as the phone is kept
    block, // nobody could open it: goes on only when the project's number is typed
};

// A bid that a deed would touch.
struct Risk {
    Bid bid;
    int others = 0; // who could still open it
    Ruling ruling = Ruling::free;
};

// Whether an account could open something then: it has a holder, nobody froze it, and no lock after wrong PINs lasts longer.
using CanOpen = std::function<Result<bool>(const AccountId &, std::int64_t atMs)>;

// Who could open the bid in its hour, or now if that has come, besides a person, each once. In: own, that person's accounts. Who has no
// account here cannot be vouched for, and does not count. Errors: those of canOpen.
Result<std::vector<Recipient>> othersOf(const Bid &bid, const std::vector<AccountId> &own, const CanOpen &canOpen, std::int64_t nowMs);

Ruling rulingOf(Deed deed, int others);

// What the deed would do to the bids of an account; those that it leaves alone are left out.
// In: bids, of the account's list. Errors: those of canOpen.
Result<std::vector<Risk>> risksOf(Deed deed, const AccountId &acct, const std::vector<Bid> &bids, const CanOpen &canOpen, std::int64_t nowMs);

// Whether the deed may go on: nothing is blocked, or typed is the number of the project that opens first of those blocked. One
// number is enough: it shows that the list was read, and who freezes a stolen phone has no time for ten.
bool mayGoOn(const std::vector<Risk> &risks, std::string_view typed);

} // namespace hufu::opening
