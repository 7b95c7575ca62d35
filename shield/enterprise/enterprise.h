// Companies, their seats and staff, grants, and how a person proves to be the one a grant was made for.
// What tells of a person is sealed by the master key. One object may be used by several threads.
// Errors of every call: unavailable (ledger, master key).
#pragma once

#include "shield/audit/log.h"
#include "shield/codes/sms_code.h"
#include "shield/enterprise/agreements.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/staff.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hufu::enterprise {

enum class EnrolDenied : std::uint8_t {
    codeUnknown = 1, // wrong, replaced, or spent
    codeExpired = 2,
    otherNumber = 3, // not the phone number of the grant; counted: the fifth closes the code
    smsWrong = 4,
    smsExpired = 5,
    smsTooOften = 6, // sent or tried too often; closed for a day
    livenessFailed = 7,
    agreementMissing = 8,
    seatMissing = 9, // no seat, or its year is over
};

struct EnrolTerms {
    std::string company, personMasked;
    std::uint8_t factors = 0;
    std::vector<Agreement> agreements;
    std::int64_t resendAfterMs = 0;
};

struct EnrolProof {
    std::string sms;
    std::vector<Agreement> agreements;
    std::uint8_t provider = 0; // 0: no face service
    Bytes evidence;
};

// The holder of an account: who the certificates are for.
struct Holder {
    Id acct{}, grant{}, personId{}, companyId{};
    Person person;
    Company company;
    std::int64_t seatUntilMs = 0; // Unix milliseconds; 0: the seat is another grant's now

    bool isFormer() const { return seatUntilMs == 0; } // newer keys of the person sign: these only open
};

struct EnrolAccepted {
    ByteArray<32> ticket{}; // lets one activation in, for 30 min
    Holder holder;          // holder.acct is new
};

class Enterprise {
public:
    using FaceServices = std::map<std::uint8_t, ports::LivenessService *>;

    static constexpr std::int64_t kTicketMs = 30 * 60'000;
    static constexpr std::int64_t kActivationCodeMs = std::int64_t{7} * 24 * 3'600'000;
    static constexpr int kNumberTries = 5;

    Enterprise(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
               codes::SmsCodes &smsCodes, FaceServices faces, AccountWatch &watch);

    // --- what the operator enters, through the same doors as the companies themselves -----------------------

    Result<Id> addCompany(const Company &company); // verified. Errors: badInput; refused (the code is another's)
    // The first one of a company is its administrator. Errors: badInput; notFound; refused (a number is another's).
    Result<Id> addPerson(const Id &company, const Person &person);
    Result<Id> addSeat(const Id &company, std::int64_t validUntilMs); // Errors: notFound
    // Of a company of which nobody can log in, behind a letter that was checked: this person becomes its administrator, added where nobody there
    // has the number, and all who were are none any more. Returns: the person. Errors: badInput; notFound (no company has the code);
    // refused (the number is there under another name); badState (it is of somebody who is disabled).
    Result<Id> appointAdministrator(const std::string &creditCode, const Person &person);

    // The year of the seat under an account ends then: later, or earlier. Errors: notFound; badState (the seat is
    // another grant's now).
    Result<void> renewSeat(const Id &acct, std::int64_t validUntilMs);

    using OpenedGrant = enterprise::OpenedGrant;
    // The right to hold certificates, on one seat. The seat is the person's from then on.
    // Errors: notFound; refused (seat of another person, of another company, or its year is over); badState (the person
    // has a grant: renewCode).
    Result<OpenedGrant> openGrant(const Id &person, const Id &seat);
    // A new code for a grant that is not active yet; the old one is void. Errors: notFound; badState (active).
    Result<ActivationCode> renewCode(const Id &grant);

    // For the person of an account whose certificate is over, whose phone is lost or whose share is destroyed: a grant
    // under which new keys are made, behind the identity check. The account keeps the seat until a phone is active
    // under the new one; then it can only open any more. Asked again before that: a new code, the old one is void.
    // Errors: notFound; refused (the seat's year is over); badState (the account has no seat any more).
    Result<OpenedGrant> openNextGrant(const Id &acct);
    // The same inside a transaction, with a code that the person's phone knows already. Errors: as above: the caller must not commit.
    Result<void> openNextGrant(ports::Transaction &transaction, const Id &acct, const ActivationCode &code);

    // The person as holder of the account of now, after however many renewals. Errors: notFound (no phone is active, or the
    // grant is suspended); refused (disabled).
    Result<Holder> holderOfPerson(const Id &person);

    // All accounts of the same person: that of now first, suspended or not, then those of the keys before it. Errors: notFound.
    Result<std::vector<Id>> accountsOfPersonOf(const Id &acct);

    // The accounts of the same person's keys before these. Errors: notFound.
    Result<std::vector<Id>> formerAccountsOf(const Id &acct);

    // The holders of accounts of the same company, the account itself first; for whom a bid can be sealed. Errors: notFound;
    // refused (the account's own grant is suspended).
    Result<std::vector<Holder>> colleaguesOf(const Id &acct);

    // Inside the transaction that freezes the account's device, or finds it copied: codes that its phone vouched for before are void,
    // and what was begun with one ends. A code that the operator gives (openNextGrant) stays.
    Result<void> endVouched(ports::Transaction &transaction, const Id &acct);

    // Inside the transaction of the act: that a relying party says something of a bid which the account sealed, for its company to read.
    // An account of no grant leaves nothing.
    Result<void> noteParty(ports::Transaction &transaction, const Id &acct, audit::Event event, const ByteArray<32> &bid, const audit::About &about);

    // That a relying party has bound the person to an account of its own, when it saw this certificate, or has let go of the person, as it
    // says itself: for the person's company to read, and nothing rests on it. The same word again does no harm, and is not noted; nor is it
    // that a party lets go of whom it has not bound. In: party, its id and name; certificate, its serial number. Errors: notFound (no such
    // person, or gone).
    struct Party {
        std::string id, name;
    };
    Result<void> noteBound(const Party &party, const Id &person, const Id &certificate);
    Result<void> noteReleased(const Party &party, const Id &person);

    // Every account that has a grant, in no order. At most limit.
    Result<std::vector<Id>> accounts(std::size_t limit);

    // --- the person's side ---------------------------------------------------------------------------------

    // Checks code and number, sends the SMS code (again).
    Result<std::variant<EnrolTerms, EnrolDenied>> enrolStart(const ActivationCode &code, std::string_view phoneNumber);

    // Judges agreements, SMS code and liveness, records the agreements, and opens an account. Until the activation is
    // confirmed it can be repeated from enrolStart on; the newest account and its ticket are the valid ones, and what the
    // former had got already ends with it.
    // Errors: unavailable also when the face service is down; badInput (no such face service).
    Result<std::variant<EnrolAccepted, EnrolDenied>> enrolProof(const ActivationCode &code, const EnrolProof &proof);

    // Errors: notFound; expired; tampered (another ticket); badState (spent).
    Result<Holder> checkTicket(const Id &acct, const ByteArray<32> &ticket);
    // Inside the transaction that makes the device's keys. The ticket lets the same account in again until
    // confirmActivation, since the phone may not have learned of its keys.
    // Errors: as checkTicket: the caller must not commit.
    Result<void> useTicket(ports::Transaction &transaction, const Id &acct, const ByteArray<32> &ticket);
    // Inside the transaction that completes the sign key's certificate request, which is the proof that a phone holds the
    // keys: ticket and activation code are spent. Again for an active account is no error.
    // Errors: notFound; badState (no keys were made): the caller must not commit.
    Result<void> confirmActivation(ports::Transaction &transaction, const Id &acct);

    // Of an account with a ticket or a device. Errors: notFound (also when the grant has ended); refused (the grant is
    // suspended, or the person is disabled).
    Result<Holder> holderOf(const Id &acct);

    // --- the demo ------------------------------------------------------------------------------------------

    struct Demo {
        Id company{}, grant{};
        std::string phoneNumber;
        std::optional<ActivationCode> code; // none once a phone is active
    };
    // Makes the demo company with one seat, one person and one grant, if it is not there; gives a new code while no phone is active.
    // In: policy, of a company that is made now.
    Result<Demo> seedDemo(const Policy &policy = {});

    // A person of the testers' company, which is not the demo company.
    struct Seeded {
        Id person{};
        ActivationCode code;
    };
    // Makes them with a seat and a grant, if they are not there. The code is for the first phone, or for the next one once
    // there is an active one. isSeated: else the seat's year is over. Errors: as openNextGrant.
    Result<Seeded> seedPerson(const Person &person, bool isSeated, const Policy &policy = {});
    Result<std::optional<Id>> seededPerson(std::string_view phoneNumber); // nothing: not made yet

private:
    Result<Id> testCompany(const Policy &policy);
    Ports m_ports;
    codes::SmsCodes &m_smsCodes;
    FaceServices m_faces;
    AccountWatch &m_watch;
};

} // namespace hufu::enterprise
