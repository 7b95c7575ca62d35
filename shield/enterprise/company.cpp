#include "shield/enterprise/company.h"

#include "shield/audit/log.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

using ports::Table;

static Bytes standingKey(const Id &company)
{
    return rowKey('s', {company});
}

// The company that a code belongs to.
static Bytes codeKey(const std::string &creditCode)
{
    return rowKey('c', {viewOf(creditCode)});
}

static Bytes legalContext(const Id &company)
{
    return concat({viewOf("hufu-legal-representative"), company});
}

Result<void> addCompany(ports::Transaction &transaction, const Ports &ports, const Id &id, const Company &company,
                        CompanyKind kind, const LegalRow &legal)
{
    StandingRow standing;
    standing.kind = kind;
    HUFU_TRY(sealed, sealRow(ports.masterKey, legalContext(id), legal));
    standing.legal = std::move(sealed);
    HUFU_CHECK(saveRow(transaction, Table::company, id, company));
    return saveRow(transaction, Table::company, standingKey(id), standing);
}

Verdict<void> verifyCompany(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, Way way)
{
    HUFU_TRY(standing, loadStanding(transaction, company));
    HUFU_TRY(next, moved(kStandingMoves, standing.state, StandingAct::verify));
    HUFU_TRY(entry, loadCompany(transaction, company));
    HUFU_TRY(taken, isTaken(transaction, entry.creditCode));
    if (taken) return Denied::companyTaken;
    const std::int64_t now = ports.clock.unixMs();
    standing.state = next;
    standing.way = way;
    standing.verifiedMs = now;
    HUFU_CHECK(transaction.write(Table::company, codeKey(entry.creditCode), company));
    HUFU_CHECK(saveRow(transaction, Table::company, standingKey(company), standing));
    return audit::append(transaction, company,
                         {audit::Event::companyVerified, now, company, {}, static_cast<std::uint16_t>(way), who});
}

Result<void> withdrawCompany(ports::Transaction &transaction, const Ports &ports, const Id &company)
{
    HUFU_TRY(standing, loadStanding(transaction, company));
    HUFU_TRY(next, moved(kStandingMoves, standing.state, StandingAct::withdraw));
    standing.state = next;
    HUFU_TRY(nobody, sealRow(ports.masterKey, legalContext(company), LegalRow{}));
    standing.legal = std::move(nobody);
    return saveRow(transaction, Table::company, standingKey(company), standing);
}

Verdict<void> checkVerified(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(standing, loadStanding(transaction, company));
    if (standing.state != StandingState::verified) return Denied::companyUnverified;
    return {};
}

Result<std::optional<Id>> companyOfCode(ports::Transaction &transaction, const std::string &creditCode)
{
    if (creditCode.size() > 18) return std::optional<Id>(); // no code is that long, and a key may not be
    HUFU_TRY(owner, transaction.readForChange(Table::company, codeKey(creditCode)));
    if (!owner) return std::optional<Id>();
    HUFU_TRY(id, fixedBytes<16>(*owner));
    return std::optional<Id>(id);
}

Result<bool> isTaken(ports::Transaction &transaction, const std::string &creditCode)
{
    HUFU_TRY(owner, companyOfCode(transaction, creditCode));
    return owner.has_value();
}

Result<Company> parseCompany(ByteView bytes)
{
    HUFU_TRY(company, parseRow<Company>(bytes));
    if (company.policy.suite != crypto::Suite::sm2 && company.policy.suite != crypto::Suite::frost)
        return Error(Errc::badInput, "suite");
    return std::move(company);
}

Result<Company> loadCompany(ports::Transaction &transaction, const Id &id)
{
    HUFU_TRY(stored, transaction.readForChange(Table::company, id));
    if (!stored) return Error(Errc::notFound, "no such company");
    return parseCompany(*stored);
}

Result<StandingRow> loadStanding(ports::Transaction &transaction, const Id &company)
{
    return loadRow<StandingRow>(transaction, Table::company, standingKey(company));
}

Result<LegalRow> loadLegal(ports::Transaction &transaction, ports::MasterKey &masterKey, const Id &company)
{
    HUFU_TRY(standing, loadStanding(transaction, company));
    return openRow<LegalRow>(masterKey, legalContext(company), standing.legal);
}

} // namespace hufu::enterprise
