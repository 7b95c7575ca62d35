#include "shield/enterprise/payment_account.h"

#include "shield/audit/log.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;
using Act = PaymentAccountAct;
using State = PaymentAccountState;

struct Row {
    State state = State::open;
    std::string ticket;
    static void fields(auto &row, auto &f) { f(row.state, row.ticket); }
};

Bytes accountRowKey(const Id &company)
{
    return rowKey('q', {company});
}

struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    Row row;
    State next{};
};

Verdict<Open> openFor(const Ports &ports, const Actor &actor, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, ports, actor, role::kAdministrator));
    HUFU_TRY(standing, loadStanding(*transaction, actor.company));
    HUFU_CHECK(moved(kStandingMoves, standing.state, StandingAct::verify));
    HUFU_TRY(found, findRow<Row>(*transaction, Table::application, accountRowKey(actor.company)));
    Row row = found.value_or(Row{});
    HUFU_TRY(next, moved(kPaymentAccountMoves, row.state, act));
    return Open{std::move(transaction), std::move(row), next};
}

Result<void> close(const Ports &ports, const Actor &actor, Open &open, Event event)
{
    open.row.state = open.next;
    HUFU_CHECK(saveRow(*open.transaction, Table::application, accountRowKey(actor.company), open.row));
    HUFU_CHECK(audit::append(*open.transaction, actor.company, {event, ports.clock.unixMs(), actor.company, {}, 0, whoOf(actor)}));
    return open.transaction->commit();
}

} // namespace

Verdict<ports::IdentityService::Task> PaymentAccounts::start(const Actor &actor)
{
    {
        HUFU_TRY(open, openFor(m_ports, actor, Act::start));
        static_cast<void>(open);
    }
    HUFU_TRY(task, m_accounts.start());
    HUFU_TRY(open, openFor(m_ports, actor, Act::start));
    open.row.ticket = task.ticket;
    HUFU_CHECK(close(m_ports, actor, open, Event::accountAsked));
    return std::move(task);
}

Verdict<void> PaymentAccounts::finish(const Actor &actor)
{
    std::string ticket;
    {
        HUFU_TRY(open, openFor(m_ports, actor, Act::agree));
        ticket = open.row.ticket;
    }
    HUFU_TRY(answer, m_accounts.outcome(ticket));
    if (answer.pending) return Denied::identityPending;
    HUFU_TRY(open, openFor(m_ports, actor, Act::agree));
    if (open.row.ticket != ticket) return Denied::identityPending; // asked again meanwhile
    HUFU_TRY(company, loadCompany(*open.transaction, actor.company));
    open.row.ticket.clear();
    if (companyNameOf(company.name) != companyNameOf(answer.name) || company.creditCode != answer.code) {
        HUFU_TRY(next, moved(kPaymentAccountMoves, open.row.state, Act::refuse));
        open.next = next;
        HUFU_CHECK(close(m_ports, actor, open, Event::accountRefused));
        return Denied::accountOther;
    }
    HUFU_CHECK(verifyCompany(*open.transaction, m_ports, whoOf(actor), actor.company, Way::paymentAccount));
    open.row.state = open.next;
    HUFU_CHECK(saveRow(*open.transaction, Table::application, accountRowKey(actor.company), open.row));
    return open.transaction->commit();
}

Result<PaymentAccountState> PaymentAccounts::stateOf(const Id &company)
{
    HUFU_TRY(stored, m_ports.ledger.read(Table::application, accountRowKey(company)));
    if (!stored) return State::open;
    HUFU_TRY(row, parseRow<Row>(*stored));
    return row.state;
}

} // namespace hufu::enterprise
