#include "shield/enterprise/desk_rule.h"

#include "shield/audit/log.h"
#include "shield/audit/statements.h"
#include "shield/enterprise/company.h"

namespace hufu::enterprise {

namespace {

// Table::meta; the row is there while it is so.
Bytes ruleKey(const Id &company)
{
    return concat({viewOf("desk-rule"), company});
}

Bytes statementOf(const Id &company, bool approves)
{
    return concat({viewOf(approves ? audit::statement::kApproveEachDesk : audit::statement::kApproveNoDesk), company});
}

} // namespace

Result<bool> approvesDesks(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(row, transaction.readForChange(ports::Table::meta, ruleKey(company)));
    return row.has_value();
}

Verdict<void> DeskRule::check(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    return checkVerified(*transaction, actor.company);
}

Verdict<bool> DeskRule::view(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(approves, approvesDesks(*transaction, actor.company));
    return approves;
}

Verdict<std::int64_t> DeskRule::ask(const Actor &actor, bool approves)
{
    HUFU_CHECK(check(actor));
    return m_confirmations.ask(actor, statementOf(actor.company, approves));
}

Verdict<ports::IdentityService::Task> DeskRule::startFace(const Actor &actor, bool approves, std::uint8_t provider)
{
    HUFU_CHECK(check(actor));
    return m_confirmations.startFace(actor, statementOf(actor.company, approves), provider);
}

Verdict<void> DeskRule::askShield(const Actor &actor, bool approves)
{
    HUFU_CHECK(check(actor));
    const Bytes statement = statementOf(actor.company, approves);
    const std::string_view words = approves ? "电脑须经管理员批准：是 (each computer waits for an administrator)" : "电脑须经管理员批准：否 (no computer waits for an administrator)";
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<void> DeskRule::change(const Actor &actor, bool approves, const Proof &proof)
{
    HUFU_CHECK(check(actor));
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::computers, statementOf(actor.company, approves), proof));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator)); // the confirmation took its time
    if (approves) HUFU_CHECK(transaction->write(ports::Table::meta, ruleKey(actor.company), Bytes{1}));
    else HUFU_CHECK(transaction->remove(ports::Table::meta, ruleKey(actor.company)));
    HUFU_CHECK(audit::append(*transaction, actor.company,
                             {audit::Event::policyChanged, m_ports.clock.unixMs(), actor.company, mark.statement, 0, whoOf(actor)}));
    return transaction->commit();
}

} // namespace hufu::enterprise
