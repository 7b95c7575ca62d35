// SMS codes: six digits, five minutes, five tries, resent after a minute (limits.h).
#pragma once

#include "shield/base/secret.h"
#include "shield/ports/clock.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <string>

namespace hufu::codes {

enum class Check : std::uint8_t {
    right,
    wrong,   // counted
    expired, // also: never asked for, or spent
    worn,    // all tries are used up; a new code must be asked for
};

// What a right entry does to the code.
enum class Right : std::uint8_t {
    spends, // it cannot be used again
    keeps,  // until spend(): when something else must hold, too, and may have to be tried again
};

// What a code is good for beside its purpose: a purpose has one code and one day, whatever it is bound to.
struct Bound {
    ByteView to;         // a code that was sent for something else is wrong
    int sentInADay = 10; // messages of the purpose
    ByteView from = {};  // whence it is asked: of the account's day, one place has no more than a purpose
};

struct Sent {
    bool isSent = false;     // false: the code before it still counts
    std::int64_t waitMs = 0; // until a code may be asked for again
};

// Codes are kept in Table::code as a salted hash that is sealed by the master key, so that the database alone does
// not yield six digits by trying. One code for each purpose at a time; a new one replaces the old.
class SmsCodes {
public:
    SmsCodes(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
             ports::SmsGateway &gateway);

    // Sends a code unless one was sent less than a minute ago that nobody has used; never holds a transaction while the gateway works.
    // In: purpose, what the code is for (an act and its token; not secret). whose: the account whose day the message
    // counts against besides the purpose's own; empty: nobody's. text: the message, with %1 where the code goes.
    // Errors: unavailable (ledger, gateway: the next call sends at once); badInput (no such number); locked (bound.sentInADay
    // messages or kWrongInADay wrong digits for this purpose, kOfOneInADay of either for this account, or kSentInADay and kWrongInADay for
    // it from one place: neither resending nor a new purpose must be a way to try on and on).
    Result<Sent> ask(ByteView purpose, ByteView whose, std::string_view phoneNumber, std::string_view text, const Bound &bound = {});
    // The same for whoever need not know whether a message went out. Returns: milliseconds until a code may be asked for again.
    Result<std::int64_t> send(ByteView purpose, ByteView whose, std::string_view phoneNumber, std::string_view text);

    // In: purpose, whose and bound as they were sent. Timing: the comparison depends on lengths only. Errors: unavailable.
    Result<Check> check(ByteView purpose, ByteView whose, std::string_view digits, Right right = Right::spends, const Bound &bound = {});
    // Errors: unavailable.
    Result<void> spend(ports::Transaction &transaction, ByteView purpose);

    // Removes what is older than a day. Errors: unavailable.
    Result<void> sweep();

    static constexpr int kSentInADay = Bound{}.sentInADay;
    static constexpr int kWrongInADay = 15;
    static constexpr int kOfOneInADay = 60;

private:
    ports::LedgerStore &m_ledger;
    ports::MasterKey &m_masterKey;
    ports::Random &m_random;
    ports::Clock &m_clock;
    ports::SmsGateway &m_gateway;
};

} // namespace hufu::codes
