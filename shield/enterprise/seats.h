// Seats: a company's licences. A seat is one person's for its term; given back, it keeps the rest of it.
#pragma once

#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/sealed_bids.h"
#include "shield/enterprise/staff.h"
#include "shield/enterprise/verdict.h"

#include <optional>
#include <vector>

namespace hufu::enterprise {

inline constexpr std::int64_t kYearMs = std::int64_t{365} * 24 * 3'600'000;

enum class SeatState : std::uint8_t { free = 1, taken };
enum class SeatAct : std::uint8_t { take = 1, giveBack, renew };

inline constexpr auto kSeatMoves = std::to_array<Move<SeatState, SeatAct>>({
    {SeatState::free, SeatAct::take, SeatState::taken}, // not once the term is over
    {SeatState::taken, SeatAct::giveBack, SeatState::free},
    {SeatState::free, SeatAct::renew, SeatState::free},
    {SeatState::taken, SeatAct::renew, SeatState::taken},
});

struct SeatRow {
    static constexpr int kChangesInAYear = 3;

    Id company{};
    SeatState state = SeatState::free;
    Id person{}; // who has it, or had it last; zero: nobody yet
    Id grant{};  // zero: none
    Id next{};   // the grant that takes the seat over once a phone is active under it; zero: none
    std::int64_t fromMs = 0, validUntilMs = 0;
    std::uint32_t year = 0;   // since fromMs, in which changes were counted
    std::uint8_t changes = 0; // of person, in that year

    static void fields(auto &row, auto &f)
    {
        f(row.company, row.state, row.person, row.grant, row.next, row.fromMs, row.validUntilMs, row.year, row.changes);
    }
    int changesLeft(std::int64_t nowMs) const;
};

// --- in the caller's transaction. Errors: notFound, unavailable ------------------------------------------------------

Result<void> addSeat(ports::Transaction &transaction, const Id &id, const Id &company, std::int64_t fromMs, std::int64_t untilMs);
Result<SeatRow> loadSeat(ports::Transaction &transaction, const Id &id);
// How many there are, whatever their state.
Result<std::size_t> seatsOf(ports::Transaction &transaction, const Id &company);
// The free seat that suits a person best: one it had before, else the one that lasts longest.
// Denied: seatsUsedUp, seatChangesUsedUp (free seats are there, but each has changed hands too often this year).
Verdict<Id> chooseSeat(ports::Transaction &transaction, const Id &company, const Id &person, std::int64_t nowMs);
// Denied: seatsUsedUp (the term is over), seatChangesUsedUp. Errors: badState (taken).
Verdict<void> takeSeat(ports::Transaction &transaction, const Id &id, const Id &person, const Id &grant, std::int64_t nowMs);
Result<void> giveSeatBack(ports::Transaction &transaction, const Id &id, const Id &grant);
// From its end, or from now if that is past. Errors: notFound, also for another company's.
Result<void> renewSeat(ports::Transaction &transaction, const Id &id, const Id &company, int years, std::int64_t nowMs);

class Seats {
public:
    static constexpr std::int64_t kHourlessMs = std::int64_t{30} * 24 * 3'600'000; // before its end a seat under a bid without an hour is warned of

    static constexpr std::size_t kMost = 5000; // that a company can order; those whose term is over count, since they can be renewed

    Seats(const Ports &ports, SealedBids &bids) : m_ports(ports), m_bids(bids) {}

    struct View {
        Id id{}, person{}; // person: zero when free
        std::int64_t validUntilMs = 0;
        int changesLeft = 0;
        bool over = false;
        bool endsBeforeOpening = false; // a bid that its holder has sealed is opened later than that, or, within kHourlessMs, at an hour unknown
    };
    // For an administrator; what ends first comes first. Denied: roleMissing.
    Verdict<std::vector<View>> list(const Actor &actor);
    // The actor's own, for whoever is of the staff; none: there is no grant on one.
    Verdict<std::optional<View>> own(const Actor &actor);

private:
    // Those that person has; zero: all.
    Verdict<std::vector<View>> viewsFor(const Actor &actor, std::uint8_t roles, const Id &person);
    Ports m_ports;
    SealedBids &m_bids;
};

} // namespace hufu::enterprise
