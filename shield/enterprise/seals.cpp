#include "shield/enterprise/seals.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/row.h"

#include <algorithm>

namespace hufu::enterprise {

using audit::Event;
using ports::Table;

namespace {

constexpr std::uint8_t kMakers = role::kAdministrator | role::kSealAdministrator;

Bytes sealKey(const Id &company, const Id &seal)
{
    return rowKey('s', {company, seal});
}

Bytes useKey(const Id &company, const Id &seal, std::uint64_t number)
{
    return rowKey('u', {company, seal, Writer().u64(number).bytes()});
}

// What is confirmed: these words, of this company.
Bytes statementOf(const Id &company, const SealRequest &request)
{
    return concat({viewOf("make a seal"), company, encodeRow(request)});
}

bool isFit(const SealRequest &request)
{
    const bool numbered = request.number.empty() ||
                          (request.number.size() == 13 && std::all_of(request.number.begin(), request.number.end(),
                                                                      [](char c) { return c >= '0' && c <= '9'; }));
    const bool known = request.kind >= SealKind::company && request.kind <= SealKind::contract;
    const std::uint8_t styles = request.kind == SealKind::legalPerson ? 3 : 1;
    return known && numbered && request.style >= 1 && request.style <= styles;
}

Event eventOf(SealAct act)
{
    switch (act) {
    case SealAct::authorise: return Event::sealAuthorised;
    case SealAct::refuse: return Event::sealRefused;
    case SealAct::askAgain: return Event::sealMade;
    case SealAct::suspend: return Event::sealSuspended;
    case SealAct::resume: return Event::sealResumed;
    case SealAct::retire: return Event::sealRetired;
    }
    return Event::sealMade;
}

} // namespace

Result<SealRow> loadSeal(ports::Transaction &transaction, const Id &company, const Id &seal)
{
    return loadRow<SealRow>(transaction, Table::seal, sealKey(company, seal));
}

Result<void> moveSeal(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &seal, SealAct act)
{
    HUFU_TRY(row, loadSeal(transaction, company, seal));
    HUFU_TRY(next, moved(kSealMoves, row.state, act));
    row.state = next;
    HUFU_CHECK(saveRow(transaction, Table::seal, sealKey(company, seal), row));
    return audit::append(transaction, company, {eventOf(act), ports.clock.unixMs(), seal, {}, 0});
}

Result<void> noteUse(ports::Transaction &transaction, const Id &company, const Id &seal, const SealUse &use)
{
    HUFU_TRY(row, loadSeal(transaction, company, seal));
    row.uses += 1;
    HUFU_CHECK(saveRow(transaction, Table::seal, useKey(company, seal, row.uses), use));
    return saveRow(transaction, Table::seal, sealKey(company, seal), row);
}

Verdict<std::int64_t> Seals::ask(const Actor &actor, const SealRequest &request)
{
    if (!isFit(request)) return Error(Errc::badInput, "seal");
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
        HUFU_CHECK(checkVerified(*transaction, actor.company));
    }
    return m_confirmations.ask(actor, statementOf(actor.company, request));
}

Verdict<Id> Seals::make(const Actor &actor, const SealRequest &request, const Proof &proof)
{
    if (!isFit(request)) return Error(Errc::badInput, "seal");
    const auto check = [&](ports::Transaction &transaction) -> Verdict<void> {
        HUFU_CHECK(checkRole(transaction, m_ports, actor, kMakers));
        return checkVerified(transaction, actor.company);
    };
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction));
    }
    HUFU_TRY(mark, m_confirmations.confirm(actor, statementOf(actor.company, request), proof));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(check(*transaction)); // the confirmation took its time
    const Id id = m_ports.random.bytes<16>("seal-id");
    SealRow row;
    row.state = request.kind == SealKind::legalPerson ? SealState::waiting : SealState::active;
    row.kind = request.kind;
    row.style = request.style;
    row.number = request.number;
    row.madeMs = m_ports.clock.unixMs();
    row.mark = mark;
    HUFU_CHECK(saveRow(*transaction, Table::seal, sealKey(actor.company, id), row));
    HUFU_CHECK(audit::append(*transaction, actor.company, {Event::sealMade, row.madeMs, id, crypto::sm3(mark.signature), 0}));
    HUFU_CHECK(transaction->commit());
    return id;
}

Verdict<void> Seals::act(const Actor &actor, const Id &seal, SealAct act)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_CHECK(moveSeal(*transaction, m_ports, actor.company, seal, act));
    return transaction->commit();
}

Verdict<void> Seals::askAgain(const Actor &actor, const Id &seal)
{
    return act(actor, seal, SealAct::askAgain);
}

Verdict<void> Seals::suspend(const Actor &actor, const Id &seal)
{
    return act(actor, seal, SealAct::suspend);
}

Verdict<void> Seals::resume(const Actor &actor, const Id &seal)
{
    return act(actor, seal, SealAct::resume);
}

Verdict<void> Seals::retire(const Actor &actor, const Id &seal)
{
    return act(actor, seal, SealAct::retire);
}

Verdict<std::vector<Seals::View>> Seals::list(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers | role::kApprover));
    HUFU_TRY(found, transaction->scan(Table::seal, rowKey('s', {actor.company}), kListed));
    std::vector<View> views;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, parseRow<SealRow>(value));
        views.push_back({id, row.kind, row.state, row.style, row.number, row.madeMs, row.mark.by, row.uses});
    }
    return views;
}

Verdict<std::vector<SealUse>> Seals::history(const Actor &actor, const Id &seal, std::size_t most)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers | role::kApprover));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    std::vector<SealUse> uses;
    for (std::uint64_t number = row.uses; number > 0 && uses.size() < most; --number) {
        HUFU_TRY(use, loadRow<SealUse>(*transaction, Table::seal, useKey(actor.company, seal, number)));
        uses.push_back(std::move(use));
    }
    return uses;
}

} // namespace hufu::enterprise
