#include "shield/enterprise/administrators.h"

#include "shield/audit/log.h"
#include "shield/audit/statements.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

namespace {

Bytes statementOf(const Actor &actor, const Id &person)
{
    return concat({viewOf(audit::statement::kHandOver), actor.company, actor.person, person});
}

// Another change than the one that was confirmed is none that was.
Bytes statementOf(const Actor &actor, const Administrators::Change &change)
{
    const Staff::Entry &entry = change.entry;
    return Writer()
        .raw(viewOf(audit::statement::kChangeOfAdministrator))
        .raw(actor.company)
        .raw(actor.person)
        .raw(change.person)
        .u8(entry.roles)
        .text(entry.person.name)
        .text(entry.person.phoneNumber)
        .text(entry.person.staffNumber)
        .take();
}

Bytes statementOf(const Actor &actor, const Administrators::Standing &standing)
{
    return Writer()
        .raw(viewOf(audit::statement::kStandingOfAdministrator))
        .raw(actor.company)
        .raw(actor.person)
        .raw(standing.person)
        .u8(static_cast<std::uint8_t>(standing.act))
        .take();
}

std::string rolesText(std::uint8_t roles)
{
    constexpr std::pair<std::uint8_t, std::string_view> kNames[] = {
        {role::kAdministrator, "管理员"}, {role::kSealAdministrator, "印章管理员"}, {role::kApprover, "审批人"}, {role::kBidStaff, "投标人员"}};
    std::string text;
    for (const auto &[bit, name] : kNames)
        if ((roles & bit) != 0) text.append(text.empty() ? "" : "、").append(name);
    return text;
}

bool isAdministrator(const PersonRow &row)
{
    return (row.roles & role::kAdministrator) != 0;
}

} // namespace

Result<void> checkSuccessor(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &person)
{
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, person));
    if (row.company != company) return Error(Errc::notFound, "no such person");
    if (row.state != StaffState::active || isAdministrator(row)) return Error(Errc::badState, "is one, or is not active");
    HUFU_TRY(standing, loadStanding(transaction, company));
    if (standing.state != StandingState::verified) return Error(Errc::badState, "not verified");
    return {};
}

Verdict<void> replaceAdministrator(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &person,
                                   const Id &former, const ByteArray<32> &confirmed)
{
    HUFU_TRY(successor, loadActive(transaction, ports, company, person));
    HUFU_CHECK(setRoles(transaction, ports, who, person, static_cast<std::uint8_t>(successor.roles | role::kAdministrator), confirmed));
    HUFU_TRY(members, membersOf(transaction, company));
    for (const Id &member : members) {
        if (member == person || (former != Id{} && member != former)) continue;
        HUFU_TRY(row, loadPerson(transaction, ports.masterKey, member));
        if (!isAdministrator(row)) continue;
        const auto rest = static_cast<std::uint8_t>(row.roles & ~role::kAdministrator);
        HUFU_CHECK(setRoles(transaction, ports, who, member, rest == 0 ? role::kBidStaff : rest, confirmed));
    }
    return audit::append(transaction, company, {audit::Event::administratorChanged, ports.clock.unixMs(), person, confirmed, 0, who});
}

Verdict<std::vector<Administrators::Named>> Administrators::list(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAll));
    HUFU_TRY(members, membersOf(*transaction, actor.company));
    std::vector<Named> named;
    for (const Id &member : members) {
        HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, member));
        if (row.state == StaffState::active && isAdministrator(row)) named.push_back({member, std::move(row.person.name)});
    }
    return named;
}

Verdict<void> Administrators::check(ports::Transaction &transaction, const Actor &actor, const Id &person)
{
    HUFU_CHECK(checkRole(transaction, m_ports, actor, role::kAdministrator));
    if (person == actor.person) return Error(Errc::badInput, "to oneself");
    HUFU_CHECK(loadActive(transaction, m_ports, actor.company, person));
    return {};
}

Verdict<std::int64_t> Administrators::ask(const Actor &actor, const Id &person)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, person));
    }
    return m_confirmations.ask(actor, statementOf(actor, person));
}

Verdict<ports::IdentityService::Task> Administrators::startFace(const Actor &actor, const Id &person, std::uint8_t provider)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, person));
    }
    return m_confirmations.startFace(actor, statementOf(actor, person), provider);
}

Verdict<void> Administrators::askShield(const Actor &actor, const Id &person)
{
    std::string words;
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, person));
        HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, person));
        words = "移交管理员：" + row.person.name + " (hand over as administrator)";
    }
    const Bytes statement = statementOf(actor, person);
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<void> Administrators::handOver(const Actor &actor, const Id &person, const Proof &proof)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, person));
    }
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::administrators, statementOf(actor, person), proof));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(check(*transaction, actor, person));
    HUFU_CHECK(replaceAdministrator(*transaction, m_ports, whoOf(actor), actor.company, person, actor.person, mark.statement));
    return transaction->commit();
}

Verdict<std::uint8_t> Administrators::check(const Actor &actor, const Change &change)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    if (change.person == Id{}) return std::uint8_t{0};
    HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, change.person));
    if (row.company != actor.company) return Error(Errc::notFound, "no such person");
    return row.roles;
}

Verdict<std::int64_t> Administrators::ask(const Actor &actor, const Change &change)
{
    HUFU_CHECK(check(actor, change));
    return m_confirmations.ask(actor, statementOf(actor, change));
}

Verdict<ports::IdentityService::Task> Administrators::startFace(const Actor &actor, const Change &change, std::uint8_t provider)
{
    HUFU_CHECK(check(actor, change));
    return m_confirmations.startFace(actor, statementOf(actor, change), provider);
}

Verdict<void> Administrators::askShield(const Actor &actor, const Change &change)
{
    HUFU_TRY(former, check(actor, change));
    const auto roles = static_cast<std::uint8_t>(former | change.entry.roles);
    std::string words = change.person == Id{} ? "新增员工：" : "更改员工：";
    words.append(change.entry.person.name).append("，角色 ").append(rolesText(change.entry.roles));
    if (!change.entry.person.phoneNumber.empty()) words.append("，手机号 ").append(change.entry.person.phoneNumber);
    const bool isAdministrators = (roles & role::kAdministrator) != 0, isSeals = (roles & role::kSealAdministrator) != 0;
    words.append(isAdministrators ? " (change of an administrator)" : isSeals ? " (change of a seal administrator)" : " (change of a person)");
    const Bytes statement = statementOf(actor, change);
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<Id> Administrators::apply(const Actor &actor, const Change &change, const Proof &proof)
{
    HUFU_CHECK(check(actor, change));
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::administrators, statementOf(actor, change), proof));
    const Administration confirmed{true, mark.statement};
    Staff staff(m_ports);
    if (change.person == Id{}) return staff.add(actor, change.entry, confirmed);
    HUFU_CHECK(staff.change(actor, change.person, change.entry, confirmed));
    return change.person;
}

Verdict<Administrators::Subject> Administrators::check(const Actor &actor, const Standing &standing)
{
    const bool isOne = standing.act == StaffAct::disable || standing.act == StaffAct::enable || standing.act == StaffAct::remove;
    if (!isOne) return Error(Errc::badInput, "act");
    if (standing.act != StaffAct::enable && standing.person == actor.person) {
        HUFU_TRY(all, list(actor)); // no code is sent, and no phone asked, for what cannot be
        if (all.size() == 1 && all.front().id == actor.person) return Denied::lastAdministrator;
    }
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, standing.person));
    if (row.company != actor.company) return Error(Errc::notFound, "no such person");
    return Subject{std::move(row.person.name), isAdministrator(row)};
}

Verdict<std::int64_t> Administrators::ask(const Actor &actor, const Standing &standing)
{
    HUFU_CHECK(check(actor, standing));
    return m_confirmations.ask(actor, statementOf(actor, standing));
}

Verdict<ports::IdentityService::Task> Administrators::startFace(const Actor &actor, const Standing &standing, std::uint8_t provider)
{
    HUFU_CHECK(check(actor, standing));
    return m_confirmations.startFace(actor, statementOf(actor, standing), provider);
}

Verdict<void> Administrators::askShield(const Actor &actor, const Standing &standing)
{
    HUFU_TRY(subject, check(actor, standing));
    const bool disables = standing.act == StaffAct::disable, enables = standing.act == StaffAct::enable;
    std::string words = disables ? "停用" : enables ? "恢复" : "移除";
    words.append(subject.isAdministrator ? "管理员：" : "员工：").append(subject.name);
    words.append(disables ? " (disable " : enables ? " (enable " : " (remove ").append(subject.isAdministrator ? "an administrator)" : "a person)");
    const Bytes statement = statementOf(actor, standing);
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<Administration> Administrators::confirmStanding(const Actor &actor, const Standing &standing, const Proof &proof)
{
    HUFU_CHECK(check(actor, standing));
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::administrators, statementOf(actor, standing), proof));
    return Administration{true, mark.statement};
}

} // namespace hufu::enterprise
