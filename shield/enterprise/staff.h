// Staff: who there is in a company, in which department, in which roles.
#pragma once

#include "shield/audit/record.h"
#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/verdict.h"

#include <string>
#include <vector>

namespace hufu::enterprise {

struct Person {
    std::string name, phoneNumber;
    std::string birthday;    // "YYYYMMDD" or empty; only the PIN rules use it
    std::string staffNumber; // of the company; the certificate's serialNumber; empty: none, and the certificate has one of the person's id
    static void fields(auto &row, auto &f) { f(row.name, row.phoneNumber, row.birthday, row.staffNumber); }
};

namespace role {
inline constexpr std::uint8_t kAdministrator = 1, kSealAdministrator = 2, kApprover = 4, kBidStaff = 8, kAll = 15;
} // namespace role

// Who acts: a person of a company. What it may do is asked anew for each act.
struct Actor {
    Id company{}, person{};
};

// As the audit log says it.
inline audit::Who whoOf(const Actor &actor)
{
    return {audit::By::person, actor.person};
}

enum class StaffState : std::uint8_t { active = 1, disabled, removed };
enum class StaffAct : std::uint8_t { change = 1, disable, enable, remove };

inline constexpr auto kStaffMoves = std::to_array<Move<StaffState, StaffAct>>({
    {StaffState::active, StaffAct::change, StaffState::active},
    {StaffState::disabled, StaffAct::change, StaffState::disabled},
    {StaffState::active, StaffAct::disable, StaffState::disabled},
    {StaffState::disabled, StaffAct::enable, StaffState::active},
    {StaffState::active, StaffAct::remove, StaffState::removed},
    {StaffState::disabled, StaffAct::remove, StaffState::removed},
});

// Sealed as a whole under the person's id.
struct PersonRow {
    Id company{};
    Person person;
    StaffState state = StaffState::active;
    std::uint8_t roles = role::kBidStaff;
    std::string department; // may be empty
    static void fields(auto &row, auto &f) { f(row.company, row.person, row.state, row.roles, row.department); }
};

// As it is kept: names trimmed, the number in its one form. former: what is kept, whose fields are not judged anew where they stay. Errors:
// badInput (the field that does not fit).
Result<PersonRow> fitting(PersonRow row, std::int64_t nowMs, const PersonRow *former = nullptr);

// What a change may do to the administrators and seal administrators: each of them can let anybody act for the company, and logs in with
// his number.
struct Administration {
    bool isConfirmed = false;
    ByteArray<32> statement{}; // SM3 of what was confirmed, for the record; zero: it is not told

    static const Administration keeps;   // nobody gets one of the roles, or loses the administrator's; none of them gets another number; no
                                         // administrator is disabled, enabled or removed
    static const Administration changes; // it was confirmed, and the record tells not what; Administrators tells it
};
inline constexpr Administration Administration::keeps{}, Administration::changes{true, {}};

class AccountWatch; // grants.h

class Staff {
public:
    static constexpr std::size_t kMost = 5000; // of a company

    // watch: stops what the accounts of whoever is disabled have under way; none: this cannot disable anybody.
    explicit Staff(const Ports &ports, AccountWatch *watch = nullptr) : m_ports(ports), m_watch(watch) {}

    struct Entry {
        Person person;
        std::uint8_t roles = role::kBidStaff;
        std::string department;
    };
    // Acts of an administrator. Each Denied: roleMissing. Errors: notFound; badState; badInput; unavailable.
    // Denied: staffExists (phone number or staff number is another's here); staffTooMany; smsExpired (it would change the administrators
    // or seal administrators, and no code was asked for).
    Verdict<Id> add(const Actor &actor, const Entry &entry, Administration administration = Administration::keeps);
    // All of them, or none. Denied: as add.
    Verdict<std::vector<Id>> addAll(const Actor &actor, const std::vector<Entry> &entries, Administration administration = Administration::keeps);
    // Of each, in the same order: whether its phone number or staff number is somebody's already. Denied: roleMissing.
    Verdict<std::vector<bool>> areTaken(const Actor &actor, const std::vector<Entry> &entries);
    // Name, numbers, roles, department; an empty phone number or birthday stays as it was, without a staff number there is none any more. Denied: staffExists, lastAdministrator,
    // smsExpired as above.
    Verdict<void> change(const Actor &actor, const Id &person, const Entry &entry, Administration administration = Administration::keeps);
    // All that the person has open or under way ends, at the console and with the phone. What bids nobody could open then is not asked
    // here: Leaving::disable does. Denied: lastAdministrator; smsExpired as above.
    // Errors: internal (without a watch).
    Verdict<void> disable(const Actor &actor, const Id &person, Administration administration = Administration::keeps);
    Verdict<void> enable(const Actor &actor, const Id &person, Administration administration = Administration::keeps);
    // Denied: lastAdministrator; grantExists (a certificate or a seal is still granted: end that first, so that what the
    // person could still open is looked at); smsExpired as above.
    Verdict<void> remove(const Actor &actor, const Id &person, Administration administration = Administration::keeps);

    struct View {
        Id id{};
        std::string name, phoneMasked, staffNumber, department;
        StaffState state{};
        std::uint8_t roles = 0;
    };
    // For an administrator, in the order of their ids, from after on (zero: from the first). Denied: roleMissing.
    Verdict<std::vector<View>> list(const Actor &actor, const Id &after = {}, std::size_t most = kMost);

    struct Name {
        Id id{};
        std::string name, department;
    };
    // The active ones, for whoever grants: an administrator or seal administrator. Denied: roleMissing.
    Verdict<std::vector<Name>> names(const Actor &actor);

    // Who has this phone number in a company, among the active. Errors: notFound.
    Result<Id> personOf(const Id &company, std::string_view phoneNumber);

    struct Everywhere {
        ByteArray<32> index{}; // stands for the number, and tells nobody without the key which it is
        std::vector<Actor> people; // by their ids; none: nobody's number
    };
    // The active ones of all companies who have this phone number.
    Result<Everywhere> everywhere(std::string_view phoneNumber);
    // Once, for the people of before there was that index; later it does nothing. Errors: unavailable.
    Result<void> indexNumbers();

private:
    Verdict<void> act(const Actor &actor, const Id &person, StaffAct act, const Entry *entry = nullptr,
                      Administration administration = Administration::keeps);
    Ports m_ports;
    AccountWatch *m_watch;
};

// --- in the caller's transaction; who: for the record. Errors: notFound, unavailable, tampered -----------------------

// Errors: badInput. Denied: staffExists. confirmed, here and below: SM3 of what was confirmed; zero: nothing was.
Verdict<void> addStaff(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &id, const PersonRow &row,
                       const ByteArray<32> &confirmed = {});
// Denied: roleMissing, also for someone of another company, or not active.
Verdict<void> checkRole(ports::Transaction &transaction, const Ports &ports, const Actor &actor, std::uint8_t anyOf);
Result<PersonRow> loadPerson(ports::Transaction &transaction, ports::MasterKey &masterKey, const Id &id);
// As Staff::personOf.
Result<Id> personOf(ports::Transaction &transaction, const Ports &ports, const Id &company, std::string_view phoneNumber);
// Of this company. Another company's person is as good as none. Denied: staffInactive.
Verdict<PersonRow> loadActive(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &id);
// Everybody who is not removed. Errors: unavailable.
Result<std::vector<Id>> membersOf(ports::Transaction &transaction, const Id &company);
// Of somebody who is not removed; of who is disabled they count once he is enabled. Denied: lastAdministrator. Errors: badInput (no role, or one that there is not); badState.
Verdict<void> setRoles(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &id, std::uint8_t roles,
                       const ByteArray<32> &confirmed = {});
// Denied: lastAdministrator; grantExists (end that first); smsExpired (an administrator, and it was not confirmed). Errors: badState.
Verdict<void> removeStaff(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &person, Administration administration);
// As Staff::disable. Denied: lastAdministrator; smsExpired (an administrator, and it was not confirmed). Errors: badState.
Verdict<void> disableStaff(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &person, Administration administration,
                           AccountWatch &watch);
// All of them, with their names and numbers: of a company that does not come to be. The log-ins end.
Result<void> forgetStaff(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company);
Result<bool> hasNoStaff(ports::Transaction &transaction, const Id &company);
// Counts what is granted to a person, so that nobody leaves with it.
Result<void> countGranted(ports::Transaction &transaction, const Id &company, const Id &person, int by);

} // namespace hufu::enterprise
