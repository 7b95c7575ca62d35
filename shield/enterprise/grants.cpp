#include "shield/enterprise/grants.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/console_session.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seats.h"

#include <algorithm>

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;

// A company's grants that are not ended, by person.
Bytes ofPersonKey(const Id &company, const Id &person)
{
    return rowKey('p', {company, person});
}

// Grants that another one of the same person has taken the seat of.
Bytes formerKey(const Id &company, const Id &person, const Id &grant)
{
    return rowKey('f', {company, person, grant});
}

// A coming grant whose code the phone of now has made.
Bytes vouchedKey(const Id &grant)
{
    return rowKey('v', {grant});
}

// What stops with an account when its grant rests or ends.
Result<void> stop(ports::Transaction &transaction, const Ports &ports, AccountWatch &watch, const audit::Who &who, const GrantRow &row,
                  GrantAct act)
{
    if (row.acct == Id{}) return {};
    HUFU_CHECK(endSessionsOf(transaction, ports, who, row.company, row.person, row.acct));
    return act == GrantAct::end ? watch.ended(transaction, row.acct) : watch.suspended(transaction, row.acct);
}

// Whatever stops the grant of now stops those before it, too.
Result<void> moveFormer(ports::Transaction &transaction, const Ports &ports, AccountWatch &watch, const audit::Who &who, const GrantRow &now,
                        GrantAct act)
{
    HUFU_TRY(found, formerGrantsOf(transaction, now.company, now.person));
    for (auto &[id, row] : found) {
        const auto next = moved(kGrantMoves, row.state, act);
        if (!next) continue; // it stands so already
        row.state = *next;
        HUFU_CHECK(saveGrant(transaction, id, row));
        if (act != GrantAct::resume) HUFU_CHECK(stop(transaction, ports, watch, who, row, act));
    }
    return {};
}

// A grant of the actor's company that act moves.
struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    GrantRow row;
    audit::Who who{};
};

Verdict<Open> openFor(const Ports &ports, const Actor &actor, const Id &grant, GrantAct act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, ports, actor, role::kAdministrator));
    HUFU_TRY(row, loadGrant(*transaction, grant));
    if (row.company != actor.company) return Error(Errc::notFound, "no such grant");
    HUFU_TRY(next, moved(kGrantMoves, row.state, act));
    row.state = next;
    return Open{std::move(transaction), std::move(row), whoOf(actor)};
}

bool isCodeOver(const GrantRow &row, std::int64_t now)
{
    const bool isOnItsWay = row.state == GrantState::open || row.state == GrantState::proved || row.state == GrantState::keyed;
    return isOnItsWay && (row.codeSm3 == ByteArray<32>{} || now - row.codeMadeMs >= Enterprise::kActivationCodeMs);
}

Result<void> close(const Ports &ports, const Id &grant, Open &open, Event event, const ByteArray<32> &confirmed = {})
{
    HUFU_CHECK(saveGrant(*open.transaction, grant, open.row));
    HUFU_CHECK(audit::append(*open.transaction, open.row.company, {event, ports.clock.unixMs(), grant, confirmed, 0, open.who}));
    return open.transaction->commit();
}

} // namespace

Bytes grantKey(const Id &grant)
{
    return rowKey('g', {grant});
}

Bytes accountKey(const Id &acct)
{
    return rowKey('a', {acct});
}

Bytes activationKey(const ByteArray<32> &codeSm3)
{
    return rowKey('a', {codeSm3});
}

ByteArray<32> sm3OfCode(const ActivationCode &code)
{
    return crypto::sm3({viewOf("hufu-activation-code"), code});
}

Result<GrantRow> loadGrant(ports::Transaction &transaction, const Id &id)
{
    return loadRow<GrantRow>(transaction, Table::grant, grantKey(id));
}

Result<void> saveGrant(ports::Transaction &transaction, const Id &id, const GrantRow &row)
{
    return saveRow(transaction, Table::grant, grantKey(id), row);
}

Result<std::pair<Id, GrantRow>> loadGrantOf(ports::Transaction &transaction, const Id &acct)
{
    HUFU_TRY(named, transaction.readForChange(Table::grant, accountKey(acct)));
    if (!named) return Error(Errc::notFound, "no such account");
    HUFU_TRY(id, fixedBytes<16>(*named));
    HUFU_TRY(row, loadGrant(transaction, id));
    if (row.acct != acct) return Error(Errc::notFound, "account was given up");
    if (row.state == GrantState::ended) return Error(Errc::notFound, "grant has ended");
    if (row.state == GrantState::suspended) return Error(Errc::refused, "grant is suspended");
    return std::pair(id, row);
}

Result<std::optional<Id>> accountOf(ports::Transaction &transaction, const Id &company, const Id &person)
{
    HUFU_TRY(id, grantOfPerson(transaction, company, person));
    if (!id) return std::optional<Id>();
    HUFU_TRY(row, loadGrant(transaction, *id));
    return row.state == GrantState::active ? std::optional<Id>(row.acct) : std::nullopt;
}

Result<void> stopAccountsOf(ports::Transaction &transaction, AccountWatch &watch, const Id &company, const Id &person)
{
    HUFU_TRY(former, formerGrantsOf(transaction, company, person));
    HUFU_TRY(present, grantOfPerson(transaction, company, person));
    if (present) {
        HUFU_TRY(row, loadGrant(transaction, *present));
        former.emplace_back(*present, std::move(row));
    }
    for (const auto &[id, row] : former)
        if (row.acct != Id{}) HUFU_CHECK(watch.suspended(transaction, row.acct));
    return {};
}

Result<std::vector<std::pair<Id, GrantRow>>> formerGrantsOf(ports::Transaction &transaction, const Id &company, const Id &person)
{
    HUFU_TRY(found, ports::scanAll(transaction, Table::grant, rowKey('f', {company, person})));
    std::vector<std::pair<Id, GrantRow>> grants;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, loadGrant(transaction, id));
        grants.emplace_back(id, std::move(row));
    }
    return grants;
}

Result<ActivationCode> giveCode(ports::Transaction &transaction, const Ports &ports, const Id &grant, GrantRow &row)
{
    const auto code = ports.random.bytes<16>("activation-code");
    HUFU_CHECK(setCode(transaction, ports, grant, row, code));
    HUFU_CHECK(transaction.remove(Table::grant, vouchedKey(grant)));
    return code;
}

Result<void> setCode(ports::Transaction &transaction, const Ports &ports, const Id &grant, GrantRow &row, const ActivationCode &code)
{
    HUFU_CHECK(moved(kGrantMoves, row.state, GrantAct::renewCode));
    if (row.codeSm3 != ByteArray<32>{}) HUFU_CHECK(transaction.remove(Table::code, activationKey(row.codeSm3)));
    row.codeSm3 = sm3OfCode(code);
    row.codeMadeMs = ports.clock.unixMs();
    row.numberTries = 0;
    HUFU_CHECK(transaction.write(Table::code, activationKey(row.codeSm3), grant));
    return saveGrant(transaction, grant, row);
}

Verdict<OpenedGrant> openGrant(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &person,
                               const Id &seat)
{
    const std::int64_t now = ports.clock.unixMs();
    HUFU_TRY(place, loadSeat(transaction, seat));
    if (place.company != company) return Error(Errc::refused, "seat of another company");
    if (place.validUntilMs <= now) return Error(Errc::refused, "the seat's term is over");
    if (place.state == SeatState::taken && place.person != person) return Error(Errc::refused, "seat of another person");
    HUFU_TRY(known, transaction.readForChange(Table::grant, ofPersonKey(company, person)));
    if (known) return Error(Errc::badState, "the person has a grant");

    const Id id = ports.random.bytes<16>("grant-id");
    GrantRow row;
    row.company = company;
    row.person = person;
    row.seat = seat;
    HUFU_TRY(code, giveCode(transaction, ports, id, row));
    HUFU_CHECK(takeSeat(transaction, seat, person, id, now));
    HUFU_CHECK(transaction.write(Table::grant, ofPersonKey(company, person), id));
    HUFU_CHECK(countGranted(transaction, company, person, 1));
    HUFU_CHECK(audit::append(transaction, company, {Event::grantOpened, now, id, {}, 0, who}));
    return OpenedGrant{id, code};
}

Result<void> takeOver(ports::Transaction &transaction, const Id &grant, const GrantRow &row)
{
    HUFU_TRY(seat, loadSeat(transaction, row.seat));
    if (seat.next != grant) return {};
    HUFU_CHECK(transaction.write(Table::grant, formerKey(row.company, row.person, seat.grant), {}));
    seat.grant = grant;
    seat.next = {};
    HUFU_CHECK(saveRow(transaction, Table::seat, row.seat, seat));
    HUFU_CHECK(transaction.remove(Table::grant, vouchedKey(grant)));
    return transaction.write(Table::grant, ofPersonKey(row.company, row.person), grant);
}

Result<std::optional<Id>> grantOfPerson(ports::Transaction &transaction, const Id &company, const Id &person)
{
    HUFU_TRY(named, transaction.readForChange(Table::grant, ofPersonKey(company, person)));
    if (!named) return std::optional<Id>();
    HUFU_TRY(id, fixedBytes<16>(*named));
    return std::optional(id);
}

namespace {

// What ends with a grant, whatever becomes of its seat.
Result<void> endAlone(ports::Transaction &transaction, const Ports &ports, AccountWatch &watch, const audit::Who &who, const Id &grant,
                      GrantRow &row, const ByteArray<32> &confirmed = {})
{
    HUFU_TRY(next, moved(kGrantMoves, row.state, GrantAct::end));
    row.state = next;
    if (row.codeSm3 != ByteArray<32>{}) HUFU_CHECK(transaction.remove(Table::code, activationKey(row.codeSm3)));
    row.codeSm3 = {};
    row.ticketSm3 = {};
    HUFU_CHECK(stop(transaction, ports, watch, who, row, GrantAct::end));
    HUFU_CHECK(saveGrant(transaction, grant, row));
    return audit::append(transaction, row.company, {Event::grantEnded, ports.clock.unixMs(), grant, confirmed, 0, who});
}

} // namespace

Result<void> endGrant(ports::Transaction &transaction, const Ports &ports, AccountWatch &watch, const audit::Who &who, const Id &grant,
                      const ByteArray<32> &confirmed)
{
    HUFU_TRY(row, loadGrant(transaction, grant));
    HUFU_CHECK(moved(kGrantMoves, row.state, GrantAct::end)); // before the seat is asked
    HUFU_TRY(seat, loadSeat(transaction, row.seat));
    HUFU_CHECK(giveSeatBack(transaction, row.seat, grant));
    HUFU_CHECK(transaction.remove(Table::grant, ofPersonKey(row.company, row.person)));
    HUFU_CHECK(countGranted(transaction, row.company, row.person, -1));
    HUFU_CHECK(endAlone(transaction, ports, watch, who, grant, row, confirmed));
    HUFU_CHECK(moveFormer(transaction, ports, watch, who, row, GrantAct::end));
    if (seat.next == Id{}) return {};
    HUFU_TRY(coming, loadGrant(transaction, seat.next)); // a new phone that had got as far as its keys would outlive the end
    return endAlone(transaction, ports, watch, who, seat.next, coming, confirmed);
}

Result<void> noteVouched(ports::Transaction &transaction, const Id &grant)
{
    return transaction.write(Table::grant, vouchedKey(grant), {});
}

Result<void> endVouched(ports::Transaction &transaction, const Ports &ports, AccountWatch &watch, const Id &acct)
{
    HUFU_TRY(named, transaction.readForChange(Table::grant, accountKey(acct)));
    if (!named) return {};
    HUFU_TRY(present, fixedBytes<16>(*named));
    HUFU_TRY(row, loadGrant(transaction, present));
    HUFU_TRY(seat, loadSeat(transaction, row.seat));
    if (seat.grant != present || seat.next == Id{}) return {};
    const Id next = seat.next;
    HUFU_TRY(vouched, transaction.readForChange(Table::grant, vouchedKey(next)));
    if (!vouched) return {};
    HUFU_TRY(coming, loadGrant(transaction, next));
    seat.next = {};
    HUFU_CHECK(saveRow(transaction, Table::seat, row.seat, seat));
    HUFU_CHECK(transaction.remove(Table::grant, vouchedKey(next)));
    return endAlone(transaction, ports, watch, {audit::By::server, {}}, next, coming);
}

Verdict<OpenedGrant> Grants::give(const Actor &actor, const Id &person)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_CHECK(checkVerified(*transaction, actor.company));
    HUFU_CHECK(loadActive(*transaction, m_ports, actor.company, person));
    HUFU_TRY(known, transaction->readForChange(Table::grant, ofPersonKey(actor.company, person)));
    if (known) return Denied::grantExists;
    HUFU_TRY(seat, chooseSeat(*transaction, actor.company, person, m_ports.clock.unixMs()));
    HUFU_TRY(opened, openGrant(*transaction, m_ports, whoOf(actor), actor.company, person, seat));
    HUFU_CHECK(transaction->commit());
    return opened;
}

Verdict<ActivationCode> Grants::renewCode(const Actor &actor, const Id &grant)
{
    HUFU_TRY(open, openFor(m_ports, actor, grant, GrantAct::renewCode));
    HUFU_TRY(code, giveCode(*open.transaction, m_ports, grant, open.row));
    HUFU_CHECK(close(m_ports, grant, open, Event::codeRenewed));
    return code;
}

Verdict<void> Grants::suspend(const Actor &actor, const Id &grant, bool looked, std::string_view project, const ByteArray<32> &confirmed)
{
    HUFU_TRY(page, handOver(actor, grant, GrantAct::suspend));
    HUFU_CHECK(page.mayStop(looked, project));
    HUFU_TRY(open, openFor(m_ports, actor, grant, GrantAct::suspend));
    HUFU_CHECK(checkSameBids(*open.transaction, actor, open.row.person, page));
    HUFU_CHECK(stop(*open.transaction, m_ports, m_watch, open.who, open.row, GrantAct::suspend));
    HUFU_CHECK(moveFormer(*open.transaction, m_ports, m_watch, open.who, open.row, GrantAct::suspend));
    return close(m_ports, grant, open, Event::grantSuspended, confirmed);
}

Verdict<void> Grants::resume(const Actor &actor, const Id &grant)
{
    HUFU_TRY(open, openFor(m_ports, actor, grant, GrantAct::resume));
    HUFU_CHECK(moveFormer(*open.transaction, m_ports, m_watch, open.who, open.row, GrantAct::resume));
    return close(m_ports, grant, open, Event::grantResumed);
}

Verdict<void> Grants::HandOver::mayStop(bool looked, std::string_view project) const
{
    if ((!known || !bids.empty()) && !looked) return Denied::sealedBidsAtRisk;
    const auto lost = std::ranges::find_if(bids, [](const SealedBid &bid) { return bid.othersWhoCanOpen.empty(); });
    if (lost != bids.end() && lost->number != project) return Denied::bidsUnreadable;
    return {};
}

Verdict<Grants::HandOver> Grants::handOver(const Actor &actor, const Id &grant, GrantAct act)
{
    HUFU_TRY(open, openFor(m_ports, actor, grant, act));
    const GrantRow row = open.row;
    HUFU_TRY(mark, m_bids.markOf(*open.transaction, row.company, row.person));
    open.transaction.reset(); // the list may be kept in the same ledger
    HUFU_TRY(bids, m_bids.of(row.company, row.person));
    return HandOver{m_bids.isKept(), std::move(bids), std::move(mark)};
}

Verdict<void> Grants::checkSameBids(ports::Transaction &transaction, const Actor &actor, const Id &person, const HandOver &page)
{
    HUFU_TRY(mark, m_bids.markOf(transaction, actor.company, person));
    if (mark != page.mark) return Denied::sealedBidsAtRisk;
    return {};
}

Verdict<void> Grants::end(const Actor &actor, const Id &grant, bool looked, std::string_view project, const ByteArray<32> &confirmed)
{
    HUFU_TRY(page, handOver(actor, grant));
    HUFU_CHECK(page.mayStop(looked, project));
    HUFU_TRY(open, openFor(m_ports, actor, grant, GrantAct::end));
    HUFU_CHECK(checkSameBids(*open.transaction, actor, open.row.person, page));
    HUFU_CHECK(endGrant(*open.transaction, m_ports, m_watch, open.who, grant, confirmed));
    return open.transaction->commit();
}

Verdict<std::vector<Grants::View>> Grants::list(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(found, ports::scanAll(*transaction, Table::grant, rowKey('p', {actor.company})));
    std::vector<View> views;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(value));
        HUFU_TRY(row, loadGrant(*transaction, id));
        views.push_back({id, row.person, row.seat, row.state, isCodeOver(row, m_ports.clock.unixMs()), row.acct});
    }
    return views;
}

Verdict<std::optional<GrantState>> Grants::ownState(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAll));
    HUFU_TRY(id, grantOfPerson(*transaction, actor.company, actor.person));
    if (!id) return std::optional<GrantState>();
    HUFU_TRY(row, loadGrant(*transaction, *id));
    return std::optional(row.state);
}

} // namespace hufu::enterprise
