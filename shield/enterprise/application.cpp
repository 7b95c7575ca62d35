#include "shield/enterprise/application.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/blind_index.h"
#include "shield/enterprise/facts.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/remittance.h"
#include "shield/enterprise/review.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;
using Act = ApplicationAct;
using State = ApplicationState;

constexpr std::int64_t kDayMs = std::int64_t{24} * 3'600'000;
constexpr std::string_view kContactText = "【虎符 Hufu】验证码 %1：申领招采云证书，5 分钟内有效，切勿告诉他人。Code for the application; valid for 5 minutes, tell nobody.";
constexpr std::string_view kMobileText = "【虎符 Hufu】验证码 %1：确认经办人手机号，5 分钟内有效，切勿告诉他人。Code to show that the number is yours; valid for 5 minutes, tell nobody.";
constexpr std::string_view kIdentityText = "【虎符 Hufu】验证码 %1：身份核验，5 分钟内有效，切勿告诉他人。Code for the identity check; valid for 5 minutes, tell nobody.";

// A code proves the number or address that it was sent to, so that is part of its purpose; blind, since a purpose's hash
// stands in the database.
constexpr std::string_view kForContact = "application-contact", kForMobile = "application-mobile", kForIdentity = "application-identity";

Result<Bytes> purposeOf(const Ports &ports, std::string_view what, const Id &application, std::string_view to)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_TRY(blind, blindIndex(*transaction, ports, "contact", application, to));
    HUFU_CHECK(transaction->commit());
    return concat({viewOf(what), application, blind});
}

// A day's messages count together, to whomever they go.
Verdict<void> countCode(ApplicationRow &row, std::int64_t now)
{
    if (now - row.codesMs >= kDayMs) {
        row.codes = 0;
        row.codesMs = now;
    }
    if (row.codes >= Applications::kCodesInADay) return Denied::smsTooOften;
    row.codes = static_cast<std::uint8_t>(row.codes + 1);
    return {};
}

Bytes sealContext(const Id &application)
{
    return concat({viewOf("hufu-applicant"), application});
}

Bytes administratorKey(const Id &application)
{
    return rowKey('k', {application});
}

struct AdministratorRow {
    std::uint8_t form = 1;
    Id person{};
    static void fields(auto &row, auto &f) { f(row.form, row.person); }
};

Bytes accountKey(std::string_view account)
{
    return rowKey('p', {crypto::sm3(viewOf(account))});
}

// An application that is read to be moved by one act.
struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    ApplicationRow row;
    State next{};
};

Result<Open> openFor(const Ports &ports, const Id &application, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_TRY(row, loadRow<ApplicationRow>(*transaction, Table::application, applicationKey(application)));
    HUFU_TRY(next, moved(kApplicationMoves, row.state, act));
    return Open{std::move(transaction), std::move(row), next};
}

Result<void> close(const Ports &ports, const Id &application, Open &open, Event event, std::uint16_t code = 0)
{
    open.row.state = open.next;
    HUFU_CHECK(saveRow(*open.transaction, Table::application, applicationKey(application), open.row));
    HUFU_CHECK(audit::append(*open.transaction, application, {event, ports.clock.unixMs(), application, {}, code, {audit::By::applicant, application}}));
    return open.transaction->commit();
}

Result<void> sealApplicant(const Ports &ports, const Id &application, ApplicationRow &row, const ApplicantRow &applicant)
{
    HUFU_TRY(sealed, sealRow(ports.masterKey, sealContext(application), applicant));
    row.person = std::move(sealed);
    return {};
}

// The company that the facts have made, and whatever could still verify it.
Result<void> takeBack(ports::Transaction &transaction, const Ports &ports, const Id &company)
{
    const audit::Who who{audit::By::applicant, company};
    HUFU_CHECK(withdrawCompany(transaction, ports, company)); // before all else: not if it is verified
    HUFU_CHECK(leaveRemittance(transaction, company, ports.clock.unixMs()));
    HUFU_CHECK(withdrawLink(transaction, ports, who, company, Purpose::authenticate, {}));
    HUFU_CHECK(forgetLegalContacts(transaction, company));
    HUFU_CHECK(withdrawPaper(transaction, ports, who, company, Purpose::authenticate, {}));
    HUFU_CHECK(forgetConfirmed(transaction, company));
    HUFU_CHECK(transaction.remove(Table::application, administratorKey(company)));
    return forgetStaff(transaction, ports, who, company);
}

} // namespace

std::uint8_t consent::neededFor(IdentityMethod method)
{
    constexpr std::uint8_t always = kCompany | kLegalRepresentative | kHandlingPerson;
    return static_cast<std::uint8_t>(always | (method == IdentityMethod::sms ? kMobileNumber : kFaceVideo));
}

Result<std::string> contactOf(Contact contact, std::string_view typed)
{
    if (contact == Contact::phone) {
        const auto number = phoneNumberOf(typed);
        if (!number) return Error(Errc::badInput, "to");
        return *number;
    }
    std::string address = trimmed(typed);
    if (!isMailAddress(address)) return Error(Errc::badInput, "to");
    return address;
}

Bytes applicationKey(const Id &application)
{
    return rowKey('a', {application});
}

Result<ApplicantRow> openApplicant(ports::MasterKey &masterKey, const Id &application, const ApplicationRow &row)
{
    if (row.person.empty()) return ApplicantRow{};
    return openRow<ApplicantRow>(masterKey, sealContext(application), row.person);
}

Result<void> keepAdministrator(ports::Transaction &transaction, const Id &application, const Id &person)
{
    return saveRow(transaction, Table::application, administratorKey(application), AdministratorRow{1, person});
}

Result<Id> administratorOf(ports::Transaction &transaction, const Ports &ports, const Id &application, const ApplicantRow &applicant)
{
    HUFU_TRY(kept, findRow<AdministratorRow>(transaction, Table::application, administratorKey(application)));
    if (!kept) return personOf(transaction, ports, application, applicant.mobileNumber); // settled before 28 November 2026
    if (kept->form != 1) return Error(Errc::badInput, "a row of a later form");
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, kept->person));
    if (row.state != StaffState::active) return Error(Errc::notFound, "not active");
    return kept->person;
}

Applications::Applications(const Ports &ports, codes::SmsCodes &smsCodes, ports::MailGateway &mail,
                           IdentityServices services, Settings settings)
    : m_ports(ports), m_smsCodes(smsCodes), m_line(mail),
      m_mailCodes(ports.ledger, ports.masterKey, ports.random, ports.clock, m_line), m_services(std::move(services)),
      m_settings(settings)
{}

Result<Id> Applications::begin(std::string_view account, std::string_view former)
{
    if (!isPlainText(account)) return Error(Errc::badInput, "portal account");
    HUFU_TRY(transaction, m_ports.ledger.begin());
    for (const std::string_view name : {account, former}) {
        if (name.empty()) continue;
        HUFU_TRY(named, transaction->readForChange(Table::application, accountKey(name)));
        if (!named) continue;
        HUFU_TRY(known, fixedBytes<16>(*named));
        HUFU_TRY(row, loadRow<ApplicationRow>(*transaction, Table::application, applicationKey(known)));
        if (row.state != State::withdrawn) return known;
    }
    const Id id = m_ports.random.bytes<16>("application-id");
    ApplicationRow row;
    row.account = account;
    row.begunMs = m_ports.clock.unixMs();
    HUFU_CHECK(saveRow(*transaction, Table::application, applicationKey(id), row));
    HUFU_CHECK(transaction->write(Table::application, accountKey(account), id));
    HUFU_CHECK(audit::append(*transaction, id, {Event::applicationBegun, row.begunMs, id, {}, 0, {audit::By::applicant, id}}));
    HUFU_CHECK(transaction->commit());
    return id;
}

Verdict<std::int64_t> Applications::sendCode(const Id &application, Contact contact, std::string_view to)
{
    HUFU_TRY(normal, contactOf(contact, to));
    {
        HUFU_TRY(open, openFor(m_ports, application, Act::sendCode));
        HUFU_CHECK(countCode(open.row, m_ports.clock.unixMs()));
        HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.row));
        applicant.contact = normal;
        open.row.contact = contact;
        HUFU_CHECK(sealApplicant(m_ports, application, open.row, applicant));
        HUFU_CHECK(close(m_ports, application, open, Event::applicationCodeSent, static_cast<std::uint16_t>(contact)));
    }
    HUFU_TRY(purpose, purposeOf(m_ports, kForContact, application, normal));
    return enterprise::sendCode(codesFor(contact), purpose, application, normal, kContactText);
}

Verdict<void> Applications::proveContact(const Id &application, std::string_view digits, std::string_view typed)
{
    std::string to;
    Contact contact{};
    {
        HUFU_TRY(open, openFor(m_ports, application, Act::proveContact));
        HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.row));
        to = applicant.contact;
        contact = open.row.contact;
    }
    if (!typed.empty()) {
        const auto normal = contactOf(contact, typed);
        if (!normal || *normal != to) return Denied::smsExpired; // none was sent there
    }
    // Spent at once: the transaction below can only fail for reasons that a new code mends as well.
    HUFU_TRY(purpose, purposeOf(m_ports, kForContact, application, to));
    HUFU_CHECK(checkCode(codesFor(contact), purpose, application, digits, codes::Right::spends));
    HUFU_TRY(open, openFor(m_ports, application, Act::proveContact));
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.row));
    if (applicant.contact != to) return Denied::smsExpired; // changed meanwhile
    return close(m_ports, application, open, Event::contactProved);
}

Verdict<std::int64_t> Applications::sendMobileCode(const Id &application, std::string_view mobileNumber)
{
    HUFU_TRY(normal, phoneNumberOf(mobileNumber));
    {
        HUFU_TRY(open, openFor(m_ports, application, Act::sendMobileCode));
        HUFU_CHECK(countCode(open.row, m_ports.clock.unixMs()));
        HUFU_CHECK(close(m_ports, application, open, Event::applicationCodeSent, static_cast<std::uint16_t>(Contact::phone)));
    }
    HUFU_TRY(purpose, purposeOf(m_ports, kForMobile, application, normal));
    return enterprise::sendCode(m_smsCodes, purpose, application, normal, kMobileText);
}

Verdict<void> Applications::consent(const Id &application, const std::vector<Agreement> &agreements, std::uint8_t given,
                                    IdentityMethod method, const HandlingPerson &person, std::string_view mobileCode)
{
    const std::string name = trimmed(person.name);
    std::string mobileNumber;
    bool isProved = false;
    {
        HUFU_TRY(open, openFor(m_ports, application, Act::consent));
        if (method == IdentityMethod::sms && !m_settings.smsIdentity) return Denied::methodNotAllowed;
        if (method != IdentityMethod::sms && method != IdentityMethod::face) return Error(Errc::badInput, "method");
        if (!isName(name)) return Error(Errc::badInput, "name");
        const auto normal = phoneNumberOf(person.mobileNumber);
        if (!normal) return Error(Errc::badInput, "mobileNumber");
        mobileNumber = *normal;
        if (!IdNumber::parse(trimmed(person.idNumber), m_ports.clock.unixMs())) return Denied::idNumberInvalid;
        if (!coversAll(agreements, applicationAgreements())) return Denied::agreementMissing;
        if (given != consent::neededFor(method)) return Denied::consentMissing;
        // Where a number was proved, it is that one and no other.
        HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.row));
        const auto proved = phoneNumberOf(applicant.contact); // in one form: one proved before may be in another
        if (open.row.contact == Contact::phone && (!proved || *proved != mobileNumber)) return Error(Errc::badInput, "mobileNumber");
        isProved = open.row.contact == Contact::phone || method == IdentityMethod::sms;
    }
    if (!isProved) {
        HUFU_TRY(purpose, purposeOf(m_ports, kForMobile, application, mobileNumber));
        HUFU_CHECK(checkCode(m_smsCodes, purpose, application, mobileCode, codes::Right::spends));
    }
    HUFU_TRY(open, openFor(m_ports, application, Act::consent));
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.row));
    HUFU_TRY(idNumber, IdNumber::parse(trimmed(person.idNumber), m_ports.clock.unixMs()));
    applicant.name = name;
    applicant.idNumber = idNumber.text();
    applicant.mobileNumber = mobileNumber;
    HUFU_CHECK(sealApplicant(m_ports, application, open.row, applicant));
    open.row.method = method;
    open.row.ticket.clear(); // of a check that has begun for what was said before
    open.row.consent = given;
    open.row.agreements = applicationAgreements();
    open.row.acceptedMs = m_ports.clock.unixMs();
    return close(m_ports, application, open, Event::consentGiven, given);
}

Verdict<Applications::Begun> Applications::startIdentity(const Id &application, std::uint8_t provider)
{
    ApplicantRow applicant;
    IdentityMethod method{};
    {
        HUFU_TRY(open, openFor(m_ports, application, Act::startIdentity));
        const bool dayIsOver = m_ports.clock.unixMs() - open.row.failuresMs >= kDayMs;
        if (!dayIsOver && open.row.failures >= kIdentityFailures) return Denied::identityTooOften;
        HUFU_TRY(opened, openApplicant(m_ports.masterKey, application, open.row));
        applicant = opened;
        method = open.row.method;
    }
    Begun task;
    if (method == IdentityMethod::sms) {
        HUFU_TRY(purpose, purposeOf(m_ports, kForIdentity, application, applicant.mobileNumber));
        HUFU_TRY(waitMs, enterprise::sendCode(m_smsCodes, purpose, application, applicant.mobileNumber, kIdentityText));
        task.resendAfterMs = waitMs;
    } else {
        const auto service = m_services.find(provider);
        if (service == m_services.end()) return Error(Errc::badInput, "no such identity service");
        HUFU_TRY(started, service->second->start(applicant.name, applicant.idNumber));
        task = Begun{std::move(started), 0};
    }
    HUFU_TRY(open, openFor(m_ports, application, Act::startIdentity));
    HUFU_TRY(again, openApplicant(m_ports.masterKey, application, open.row));
    const bool isSame = open.row.method == method && again.name == applicant.name && again.idNumber == applicant.idNumber &&
                        again.mobileNumber == applicant.mobileNumber;
    if (!isSame) return Error(Errc::badState, "consented anew meanwhile");
    open.row.provider = provider;
    open.row.ticket = task.ticket;
    HUFU_CHECK(close(m_ports, application, open, Event::identityStarted, provider));
    return task;
}

Verdict<void> Applications::finishIdentity(const Id &application, std::string_view digits)
{
    std::string ticket, number;
    std::uint8_t provider = 0;
    IdentityMethod method{};
    {
        HUFU_TRY(open, openFor(m_ports, application, Act::passIdentity));
        HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.row));
        number = applicant.mobileNumber;
        ticket = open.row.ticket;
        provider = open.row.provider;
        method = open.row.method;
    }
    if (method == IdentityMethod::sms) {
        // A wrong digit is counted by the code itself, and is no failed check.
        HUFU_TRY(purpose, purposeOf(m_ports, kForIdentity, application, number));
        HUFU_CHECK(checkCode(m_smsCodes, purpose, application, digits, codes::Right::spends));
    } else {
        const auto service = m_services.find(provider);
        if (service == m_services.end()) return Error(Errc::unavailable, ports::kServiceAway);
        HUFU_TRY(outcome, service->second->outcome(ticket));
        if (outcome == ports::IdentityService::Outcome::pending) return Denied::identityPending;
        if (outcome != ports::IdentityService::Outcome::passed) return failIdentity(application);
    }
    HUFU_TRY(open, openFor(m_ports, application, Act::passIdentity));
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, open.row));
    const bool isOther = open.row.ticket != ticket || open.row.method != method || applicant.mobileNumber != number;
    if (isOther) return Denied::identityPending; // another check was begun meanwhile
    open.row.identifiedMs = m_ports.clock.unixMs();
    open.row.ticket.clear();
    return close(m_ports, application, open, Event::identityProved, static_cast<std::uint16_t>(method));
}

Verdict<void> Applications::failIdentity(const Id &application)
{
    HUFU_TRY(open, openFor(m_ports, application, Act::failIdentity));
    const std::int64_t now = m_ports.clock.unixMs();
    if (now - open.row.failuresMs >= kDayMs) {
        open.row.failures = 0;
        open.row.failuresMs = now;
    }
    open.row.failures = static_cast<std::uint8_t>(open.row.failures + 1);
    open.row.ticket.clear();
    HUFU_CHECK(close(m_ports, application, open, Event::identityFailed, open.row.provider));
    return Denied::livenessFailed;
}

Verdict<void> Applications::withdraw(const Id &application)
{
    HUFU_TRY(open, openFor(m_ports, application, Act::withdraw));
    if (open.row.state == State::settled) HUFU_CHECK(takeBack(*open.transaction, m_ports, application));
    open.row.person.clear(); // who withdraws is forgotten
    open.row.ticket.clear();
    HUFU_CHECK(open.transaction->remove(Table::application, accountKey(open.row.account)));
    HUFU_CHECK(forgetHandedFacts(*open.transaction, application));
    return close(m_ports, application, open, Event::applicationWithdrawn);
}

Result<Applications::View> Applications::view(const Id &application)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadRow<ApplicationRow>(*transaction, Table::application, applicationKey(application)));
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, row));
    View view;
    view.state = row.state;
    view.contact = row.contact;
    view.contactMasked =
        row.contact == Contact::phone ? maskedPhoneNumber(applicant.contact) : maskedMailAddress(applicant.contact);
    view.nameMasked = maskedName(applicant.name);
    view.idNumberMasked = maskedIdNumber(applicant.idNumber);
    view.method = row.method;
    view.provider = row.provider;
    if (row.state == State::settled) {
        HUFU_TRY(standing, loadStanding(*transaction, application));
        view.verified = standing.state == StandingState::verified;
    }
    return view;
}

} // namespace hufu::enterprise
