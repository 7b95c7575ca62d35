// The application: how the handling person (经办人) becomes known, up to the company's first administrator.
#pragma once

#include "shield/enterprise/agreements.h"
#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/typed_code.h"
#include "shield/enterprise/verdict.h"

#include <map>
#include <string>
#include <vector>

namespace hufu::enterprise {

enum class ApplicationState : std::uint8_t {
    begun = 1,
    reachable,   // phone number or mail address is proved
    consented,   // agreements and consent are recorded, with the person's name and number
    identifying, // the person is at an identity service, or waits for a code
    identified,
    settled,     // the company's facts fit: the person is its administrator
    withdrawn,
};

enum class ApplicationAct : std::uint8_t { sendCode = 1, proveContact, consent, startIdentity, passIdentity, failIdentity, settle, withdraw, sendMobileCode };

inline constexpr auto kApplicationMoves = std::to_array<Move<ApplicationState, ApplicationAct>>({
    {ApplicationState::begun, ApplicationAct::sendCode, ApplicationState::begun},
    {ApplicationState::begun, ApplicationAct::proveContact, ApplicationState::reachable},
    {ApplicationState::reachable, ApplicationAct::sendMobileCode, ApplicationState::reachable},
    {ApplicationState::reachable, ApplicationAct::consent, ApplicationState::consented},
    {ApplicationState::consented, ApplicationAct::sendMobileCode, ApplicationState::consented},
    {ApplicationState::consented, ApplicationAct::consent, ApplicationState::consented}, // a slip is mended, or another way is taken
    {ApplicationState::identifying, ApplicationAct::sendMobileCode, ApplicationState::identifying},
    {ApplicationState::identifying, ApplicationAct::consent, ApplicationState::consented}, // the check that has begun is void
    {ApplicationState::consented, ApplicationAct::startIdentity, ApplicationState::identifying},
    {ApplicationState::identifying, ApplicationAct::startIdentity, ApplicationState::identifying}, // another try, another service
    {ApplicationState::identifying, ApplicationAct::passIdentity, ApplicationState::identified},
    {ApplicationState::identifying, ApplicationAct::failIdentity, ApplicationState::consented},
    {ApplicationState::identified, ApplicationAct::settle, ApplicationState::settled},
    {ApplicationState::begun, ApplicationAct::withdraw, ApplicationState::withdrawn},
    {ApplicationState::reachable, ApplicationAct::withdraw, ApplicationState::withdrawn},
    {ApplicationState::consented, ApplicationAct::withdraw, ApplicationState::withdrawn},
    {ApplicationState::identifying, ApplicationAct::withdraw, ApplicationState::withdrawn},
    {ApplicationState::identified, ApplicationAct::withdraw, ApplicationState::withdrawn},
    {ApplicationState::settled, ApplicationAct::withdraw, ApplicationState::withdrawn}, // unless the company is verified
});

enum class Contact : std::uint8_t { phone = 1, mail };
enum class IdentityMethod : std::uint8_t { face = 1, sms };

// What the person agrees to hand on to the identity service, as bits.
namespace consent {
inline constexpr std::uint8_t kCompany = 1, kLegalRepresentative = 2, kHandlingPerson = 4, kMobileNumber = 8, kFaceVideo = 16;
// Exactly what the method needs: no more is asked for.
std::uint8_t neededFor(IdentityMethod method);
} // namespace consent

struct HandlingPerson {
    std::string name, idNumber, mobileNumber;
};

struct ApplicationRow {
    ApplicationState state = ApplicationState::begun;
    std::string account; // at the portal, which handed the company over
    std::int64_t begunMs = 0;
    Contact contact = Contact::phone;
    std::uint8_t codes = 0; // sent to prove a contact, since codesMs
    std::int64_t codesMs = 0;
    IdentityMethod method = IdentityMethod::face;
    std::uint8_t provider = 0;
    std::string ticket; // of the identity service
    std::uint8_t failures = 0; // of identity checks, since failuresMs
    std::int64_t failuresMs = 0;
    std::uint8_t consent = 0;
    std::vector<Agreement> agreements;
    std::int64_t acceptedMs = 0, identifiedMs = 0;
    Bytes person; // sealed: contact, name, id number, mobile number

    static void fields(auto &row, auto &f)
    {
        f(row.state, row.account, row.begunMs, row.contact, row.codes, row.codesMs, row.method, row.provider, row.ticket, row.failures, row.failuresMs,
          row.consent, row.agreements, row.acceptedMs, row.identifiedMs, row.person);
    }
};

class Applications {
public:
    using IdentityServices = std::map<std::uint8_t, ports::IdentityService *>;

    static constexpr int kIdentityFailures = 10; // a day
    static constexpr int kCodesInADay = 20;      // to whatever numbers and addresses
    // Operator's choice: whether an SMS alone may prove who somebody is.
    struct Settings {
        bool smsIdentity = true;
    };

    // services: by number, the recommended one first. All must outlive this.
    Applications(const Ports &ports, codes::SmsCodes &smsCodes, ports::MailGateway &mail,
                 IdentityServices services, Settings settings);
    Applications(const Applications &) = delete;
    Applications &operator=(const Applications &) = delete;

    // The portal hands a company over. The same account comes back to its open application.
    // account: at the portal; its name there, no personal data. former: what it was called before, if it was; an open application of
    // that name is the account's. Errors: badInput.
    Result<Id> begin(std::string_view account, std::string_view former = {});

    // Acts. Each Errors: notFound; badState (not in this state; nothing has changed); unavailable.
    // Returns: milliseconds until the next code. Denied: smsTooOften. Errors: badInput (no number, no address).
    Verdict<std::int64_t> sendCode(const Id &application, Contact contact, std::string_view to);
    // to: what stands in the form now; another one than the code was sent to is denied as smsExpired. Empty: as it was sent.
    Verdict<void> proveContact(const Id &application, std::string_view digits, std::string_view to = {});
    // Of an applicant who was reached by mail: to the mobile number that the consent will name. Returns, Denied, Errors: as sendCode.
    Verdict<std::int64_t> sendMobileCode(const Id &application, std::string_view mobileNumber);
    // The mobile number becomes the administrator's log-in, so it is proved before it is kept: it is the contact; or the code that
    // the identity check sends goes to it; else mobileCode is the one that sendMobileCode has sent to it.
    // May be given again until the person is identified. Denied: agreementMissing, consentMissing, idNumberInvalid,
    // methodNotAllowed, sms… (of mobileCode). Errors: badInput (name, mobileNumber).
    Verdict<void> consent(const Id &application, const std::vector<Agreement> &agreements, std::uint8_t consent,
                          IdentityMethod method, const HandlingPerson &person, std::string_view mobileCode = {});
    // A check that has begun: the page for the person; for an SMS no address, but milliseconds until the next code.
    struct Begun : ports::IdentityService::Task {
        std::int64_t resendAfterMs = 0;
    };
    // provider: one of the services, for the method face.
    Verdict<Begun> startIdentity(const Id &application, std::uint8_t provider);
    // digits: for the method sms. Denied: identityPending (nothing has changed), livenessFailed, sms…
    Verdict<void> finishIdentity(const Id &application, std::string_view digits);
    // Who withdraws is forgotten, and the portal's account can apply anew. Facts that matched do not hold it: as long as the company is
    // not verified, it ends with all that waits for it. Errors: badState, also of a verified company.
    Verdict<void> withdraw(const Id &application);

    struct View {
        ApplicationState state{};
        Contact contact{};
        std::string contactMasked, nameMasked, idNumberMasked;
        IdentityMethod method{};
        std::uint8_t provider = 0;
        bool verified = false; // the company is: it has a log-in of its own, and nothing is left to apply for
    };
    Result<View> view(const Id &application);

private:
    codes::SmsCodes &codesFor(Contact contact) { return contact == Contact::phone ? m_smsCodes : m_mailCodes; }
    Verdict<void> failIdentity(const Id &application);

    Ports m_ports;
    codes::SmsCodes &m_smsCodes;
    MailLine m_line;
    codes::SmsCodes m_mailCodes;
    IdentityServices m_services;
    Settings m_settings;
};

// For the matters that follow, in their transaction.
struct ApplicantRow {
    std::string contact, name, idNumber, mobileNumber;
    static void fields(auto &row, auto &f) { f(row.contact, row.name, row.idNumber, row.mobileNumber); }
};
// A number in its one form, or an address. Errors: badInput.
Result<std::string> contactOf(Contact contact, std::string_view typed);
Bytes applicationKey(const Id &application); // Table::application
Result<ApplicantRow> openApplicant(ports::MasterKey &masterKey, const Id &application, const ApplicationRow &row);
// Whom of the staff the applicant has become, whatever number he has by now.
Result<void> keepAdministrator(ports::Transaction &transaction, const Id &application, const Id &person);
// Errors: notFound (nobody yet, or not any more).
Result<Id> administratorOf(ports::Transaction &transaction, const Ports &ports, const Id &application, const ApplicantRow &applicant);

} // namespace hufu::enterprise
