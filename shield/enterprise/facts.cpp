#include "shield/enterprise/facts.h"

#include "shield/audit/log.h"
#include "shield/enterprise/application.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/staff.h"

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;
using Act = FactsAct;

constexpr std::int64_t kDayMs = std::int64_t{24} * 3'600'000;
constexpr std::string_view kFirstStaffNumber = "0001";

struct FactsRow {
    FactsState state = FactsState::open;
    std::uint8_t asked = 0; // since askedMs
    std::int64_t askedMs = 0;
    static void fields(auto &row, auto &f) { f(row.state, row.asked, row.askedMs); }
};

Bytes factsKey(const Id &application)
{
    return rowKey('f', {application});
}

struct HandedRow {
    std::uint8_t version = 1;
    HandedFacts facts;
    static void fields(auto &row, auto &f) { f(row.version, row.facts.kind, row.facts.name, row.facts.code); }
};

Bytes handedKey(const Id &application)
{
    return rowKey('h', {application});
}

// Checks that the applicant is identified, and that act is a move of the facts.
struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    ApplicationRow application;
    FactsRow row;
};

Result<Open> openFor(const Ports &ports, const Id &application, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_TRY(applicant, loadRow<ApplicationRow>(*transaction, Table::application, applicationKey(application)));
    HUFU_CHECK(moved(kApplicationMoves, applicant.state, ApplicationAct::settle));
    HUFU_TRY(found, findRow<FactsRow>(*transaction, Table::application, factsKey(application)));
    FactsRow row = found.value_or(FactsRow{});
    HUFU_CHECK(moved(kFactsMoves, row.state, act));
    return Open{std::move(transaction), std::move(applicant), row};
}

audit::Who whoOf(const Id &application)
{
    return {audit::By::applicant, application};
}

bool isSame(const ApplicantRow &applicant, const LegalRow &legal)
{
    return applicant.idNumber == legal.idNumber && applicant.name == legal.name;
}

bool isCode(std::string_view code)
{
    // Some licences still bear a number from before the unified code.
    return CreditCode::parse(code) || RegistrationNumber::parse(code);
}

bool isCompared(CompanyKind kind)
{
    return kind >= CompanyKind::enterprise && kind <= CompanyKind::other;
}

} // namespace

Verdict<Facts::Answer> Facts::submit(const Id &application, const CompanyFacts &typed)
{
    const CompanyFacts facts{typed.kind, companyNameOf(typed.name), trimmed(typed.code), trimmed(typed.legalName), trimmed(typed.legalIdNumber)};
    const std::int64_t now = m_ports.clock.unixMs();
    if (facts.kind == CompanyKind::overseas) return note(application, Act::goOverseas, 0, Denied::overseas);
    HUFU_TRY(checked, openFor(m_ports, application, Act::match));
    if (!isCompared(facts.kind)) return Error(Errc::badInput, "kind");
    if (!isName(facts.name)) return Error(Errc::badInput, "name");
    if (!isName(facts.legalName)) return Error(Errc::badInput, "legalName");
    if (!isCode(facts.code)) return Denied::creditCodeInvalid;
    const auto legalIdNumber = IdNumber::parse(facts.legalIdNumber, now);
    if (!legalIdNumber) return Denied::idNumberInvalid;

    // Counted before the register is asked: a crash must not give a question back.
    if (now - checked.row.askedMs >= kDayMs) {
        checked.row.asked = 0;
        checked.row.askedMs = now;
    }
    if (checked.row.asked >= kAskedInADay) return Denied::factsTooOften;
    checked.row.asked = static_cast<std::uint8_t>(checked.row.asked + 1);
    HUFU_CHECK(saveRow(*checked.transaction, Table::application, factsKey(application), checked.row));
    HUFU_CHECK(checked.transaction->commit());

    HUFU_TRY(answer, m_register.compare({facts.name, facts.code, facts.legalName, legalIdNumber->text(), facts.kind}));
    if (!answer.found) return note(application, Act::mismatch, fact::kCode, Denied::registerUnknown);
    std::uint8_t mismatched = 0;
    if (!answer.nameFits) mismatched |= fact::kName;
    if (!answer.legalNameFits) mismatched |= fact::kLegalName;
    if (!answer.legalIdNumberFits) mismatched |= fact::kLegalIdNumber;
    if (!answer.kindFits) mismatched |= fact::kKind;
    if (mismatched != 0) return note(application, Act::mismatch, mismatched, Denied::registerMismatch);
    return settle(application, facts, legalIdNumber->text());
}

Verdict<HandedFacts> Facts::fit(const HandedFacts &said)
{
    HandedFacts facts{said.kind, companyNameOf(said.name), trimmed(said.code)};
    if (!isCompared(facts.kind)) return Error(Errc::badInput, "kind");
    if (!isName(facts.name)) return Error(Errc::badInput, "name");
    if (!isCode(facts.code)) return Denied::creditCodeInvalid;
    return facts;
}

Result<void> Facts::handOver(const Id &application, const HandedFacts &fit)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(saveRow(*transaction, Table::application, handedKey(application), HandedRow{1, fit}));
    return transaction->commit();
}

Result<std::optional<HandedFacts>> Facts::handed(const Id &application)
{
    HUFU_TRY(stored, m_ports.ledger.read(Table::application, handedKey(application)));
    if (!stored) return std::optional<HandedFacts>();
    HUFU_TRY(row, parseRow<HandedRow>(*stored));
    if (row.version != 1) return Error(Errc::badInput, "a row of a later version");
    return std::optional(std::move(row.facts));
}

Result<void> forgetHandedFacts(ports::Transaction &transaction, const Id &application)
{
    return transaction.remove(Table::application, handedKey(application));
}

Result<FactsState> Facts::stateOf(const Id &application)
{
    HUFU_TRY(stored, m_ports.ledger.read(Table::application, factsKey(application)));
    if (!stored) return FactsState::open;
    HUFU_TRY(row, parseRow<FactsRow>(*stored));
    return row.state;
}

Result<bool> Facts::isByCodeAlone(const Id &application)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(found, findRow<ApplicationRow>(*transaction, Table::application, applicationKey(application)));
    if (!found || found->method != IdentityMethod::sms) return false; // a company that the operator has entered never applied
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, *found));
    HUFU_TRY(legal, loadLegal(*transaction, m_ports.masterKey, application));
    return isSame(applicant, legal);
}

Result<Facts::Answer> Facts::note(const Id &application, Act act, std::uint8_t mismatched, Denied why)
{
    HUFU_TRY(open, openFor(m_ports, application, act));
    HUFU_TRY(next, moved(kFactsMoves, open.row.state, act));
    open.row.state = next;
    HUFU_CHECK(saveRow(*open.transaction, Table::application, factsKey(application), open.row));
    const Event event = act == Act::goOverseas ? Event::factsOverseas : Event::factsMismatched;
    HUFU_CHECK(audit::append(*open.transaction, application, {event, m_ports.clock.unixMs(), application, {}, mismatched, whoOf(application)}));
    HUFU_CHECK(open.transaction->commit());
    return Answer{next, mismatched, why, false, false};
}

Verdict<Facts::Answer> Facts::settle(const Id &application, const CompanyFacts &facts, const std::string &legalIdNumber)
{
    HUFU_TRY(open, openFor(m_ports, application, Act::match));
    auto &transaction = *open.transaction;
    HUFU_TRY(next, moved(kFactsMoves, open.row.state, Act::match));
    HUFU_TRY(settled, moved(kApplicationMoves, open.application.state, ApplicationAct::settle));
    HUFU_TRY(taken, isTaken(transaction, facts.code));
    if (taken) return Denied::companyTaken;
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.application));

    HUFU_CHECK(addCompany(transaction, m_ports, application, {facts.name, facts.code, m_policy}, facts.kind,
                          {facts.legalName, legalIdNumber}));
    PersonRow person;
    person.company = application;
    HUFU_TRY(idNumber, IdNumber::parse(applicant.idNumber, m_ports.clock.unixMs()));
    person.person = {applicant.name, applicant.mobileNumber, idNumber.birthday(), std::string(kFirstStaffNumber)};
    person.roles = role::kAdministrator;
    const Id administrator = m_ports.random.bytes<16>("person-id");
    HUFU_CHECK(addStaff(transaction, m_ports, whoOf(application), administrator, person));
    HUFU_CHECK(keepAdministrator(transaction, application, administrator));

    open.row.state = next;
    open.application.state = settled;
    HUFU_CHECK(saveRow(transaction, Table::application, factsKey(application), open.row));
    HUFU_CHECK(saveRow(transaction, Table::application, applicationKey(application), open.application));
    HUFU_CHECK(audit::append(transaction, application, {Event::factsMatched, m_ports.clock.unixMs(), application, {}, 0, whoOf(application)}));
    // A code by SMS goes to a number that the applicant has typed, and proves no name.
    const bool isLegal = isSame(applicant, {facts.legalName, legalIdNumber});
    const bool inPerson = isLegal && open.application.method == IdentityMethod::face;
    if (inPerson) {
        HUFU_CHECK(verifyCompany(transaction, m_ports, whoOf(application), application, Way::legalRepresentative));
        HUFU_CHECK(keepLegalContact(transaction, m_ports, application, applicant.contact)); // proved with a code before
    }
    HUFU_CHECK(transaction.commit());
    return Answer{next, 0, std::nullopt, inPerson, isLegal && !inPerson};
}

} // namespace hufu::enterprise
