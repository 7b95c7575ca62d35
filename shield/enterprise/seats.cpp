#include "shield/enterprise/seats.h"

#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"

#include <algorithm>

namespace hufu::enterprise {

using ports::Table;

static Bytes listKey(const Id &company, const Id &seat)
{
    return rowKey('c', {company, seat});
}

static std::uint32_t yearOf(const SeatRow &row, std::int64_t nowMs)
{
    return static_cast<std::uint32_t>(std::max<std::int64_t>(nowMs - row.fromMs, 0) / kYearMs);
}

int SeatRow::changesLeft(std::int64_t nowMs) const
{
    return yearOf(*this, nowMs) == year ? std::max(kChangesInAYear - changes, 0) : kChangesInAYear;
}

static bool changesHands(const SeatRow &row, const Id &person)
{
    return row.person != Id{} && row.person != person;
}

Result<void> addSeat(ports::Transaction &transaction, const Id &id, const Id &company, std::int64_t fromMs, std::int64_t untilMs)
{
    SeatRow row;
    row.company = company;
    row.fromMs = fromMs;
    row.validUntilMs = untilMs;
    HUFU_CHECK(transaction.write(Table::seat, listKey(company, id), {}));
    return saveRow(transaction, Table::seat, id, row);
}

Result<SeatRow> loadSeat(ports::Transaction &transaction, const Id &id)
{
    return loadRow<SeatRow>(transaction, Table::seat, id);
}

Result<std::size_t> seatsOf(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(listed, ports::scanAll(transaction, Table::seat, rowKey('c', {company})));
    return listed.size();
}

Verdict<Id> chooseSeat(ports::Transaction &transaction, const Id &company, const Id &person, std::int64_t nowMs)
{
    // Each seat is read for change: of two grants at one time, the second sees what the first has taken.
    HUFU_TRY(listed, ports::scanAll(transaction, Table::seat, rowKey('c', {company})));
    std::optional<Id> best;
    SeatRow bestRow;
    bool worn = false;
    for (const auto &[key, value] : listed) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, loadSeat(transaction, id));
        if (row.state != SeatState::free || row.validUntilMs <= nowMs) continue;
        if (changesHands(row, person) && row.changesLeft(nowMs) == 0) {
            worn = true;
            continue;
        }
        const bool own = row.person == person, bestOwn = best && bestRow.person == person;
        if (best && (bestOwn > own || (bestOwn == own && bestRow.validUntilMs >= row.validUntilMs))) continue;
        best = id;
        bestRow = row;
    }
    if (best) return *best;
    return worn ? Denied::seatChangesUsedUp : Denied::seatsUsedUp;
}

Verdict<void> takeSeat(ports::Transaction &transaction, const Id &id, const Id &person, const Id &grant, std::int64_t nowMs)
{
    HUFU_TRY(row, loadSeat(transaction, id));
    HUFU_TRY(next, moved(kSeatMoves, row.state, SeatAct::take));
    if (row.validUntilMs <= nowMs) return Denied::seatsUsedUp;
    if (changesHands(row, person)) {
        if (row.changesLeft(nowMs) == 0) return Denied::seatChangesUsedUp;
        const std::uint32_t year = yearOf(row, nowMs);
        row.changes = static_cast<std::uint8_t>(year == row.year ? row.changes + 1 : 1);
        row.year = year;
    }
    row.state = next;
    row.person = person;
    row.grant = grant;
    return saveRow(transaction, Table::seat, id, row);
}

Result<void> giveSeatBack(ports::Transaction &transaction, const Id &id, const Id &grant)
{
    HUFU_TRY(row, loadSeat(transaction, id));
    HUFU_TRY(next, moved(kSeatMoves, row.state, SeatAct::giveBack));
    if (row.grant != grant) return Error(Errc::badState, "the seat is another grant's");
    row.state = next;
    row.grant = {};
    row.next = {};
    return saveRow(transaction, Table::seat, id, row);
}

Result<void> renewSeat(ports::Transaction &transaction, const Id &id, const Id &company, int years, std::int64_t nowMs)
{
    HUFU_TRY(row, loadSeat(transaction, id));
    if (row.company != company) return Error(Errc::notFound, "no such seat");
    HUFU_TRY(next, moved(kSeatMoves, row.state, SeatAct::renew));
    row.state = next;
    row.validUntilMs = yearsLater(std::max(row.validUntilMs, nowMs), static_cast<unsigned>(years));
    return saveRow(transaction, Table::seat, id, row);
}

Verdict<std::vector<Seats::View>> Seats::list(const Actor &actor)
{
    return viewsFor(actor, role::kAdministrator, {});
}

Verdict<std::optional<Seats::View>> Seats::own(const Actor &actor)
{
    HUFU_TRY(views, viewsFor(actor, role::kAll, actor.person));
    return views.empty() ? std::nullopt : std::optional(views.front());
}

Verdict<std::vector<Seats::View>> Seats::viewsFor(const Actor &actor, std::uint8_t roles, const Id &person)
{
    std::vector<View> views;
    const std::int64_t now = m_ports.clock.unixMs();
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(checkRole(*transaction, m_ports, actor, roles));
        HUFU_TRY(listed, ports::scanAll(*transaction, Table::seat, rowKey('c', {actor.company})));
        for (const auto &[key, value] : listed) {
            HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
            HUFU_TRY(row, loadSeat(*transaction, id));
            const Id holder = row.state == SeatState::taken ? row.person : Id{};
            if (person != Id{} && holder != person) continue;
            views.push_back({id, holder, row.validUntilMs, row.changesLeft(now), row.validUntilMs <= now, false});
        }
    }
    for (View &view : views) {
        if (view.person == Id{}) continue;
        HUFU_TRY(bids, m_bids.of(actor.company, view.person));
        view.endsBeforeOpening = std::any_of(bids.begin(), bids.end(),
                                             [&](const SealedBid &bid) {
                                                 // Nobody knows when it is opened: it counts once the seat is about to end.
                                                 if (bid.openingMs == 0) return view.validUntilMs - now < kHourlessMs;
                                                 return bid.openingMs >= view.validUntilMs;
                                             });
    }
    std::sort(views.begin(), views.end(), [](const View &a, const View &b) {
        return a.validUntilMs != b.validUntilMs ? a.validUntilMs < b.validUntilMs : a.id < b.id;
    });
    return views;
}

} // namespace hufu::enterprise
