#include "shield/enterprise/staff.h"

#include "shield/audit/log.h"
#include "shield/enterprise/blind_index.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/console_session.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/language.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;

// Table::person: the person by id; and of a company its people, how many administrators are active, what each is
// granted, and whose a number is.
Bytes memberKey(const Id &company, const Id &person)
{
    return rowKey('c', {company, person});
}

Bytes administratorsKey(const Id &company)
{
    return rowKey('r', {company});
}

Bytes grantedKey(const Id &company, const Id &person)
{
    return rowKey('g', {company, person});
}

Bytes numberKey(const Id &company, const ByteArray<32> &blind)
{
    return rowKey('n', {company, blind});
}

// A number in the form that all have now; as it is, if it was kept before there was one and cannot be brought into it.
std::string numberKept(const std::string &number)
{
    auto normal = phoneNumberOf(number);
    return normal ? std::move(*normal) : number;
}

// Of all companies, so that a log-in need not name one.
Bytes anywhereKey(const ByteArray<32> &index, const Id &person)
{
    return rowKey('t', {index, person});
}

Result<ByteArray<32>> anywhereIndex(ports::Transaction &transaction, const Ports &ports, std::string_view phoneNumber)
{
    return blindIndex(transaction, ports, "phone-anywhere", {}, numberKept(std::string(phoneNumber)));
}

struct CountRow {
    std::uint32_t count = 0;
    static void fields(auto &row, auto &f) { f(row.count); }
};

Result<std::uint32_t> countAt(ports::Transaction &transaction, ByteView key)
{
    HUFU_TRY(row, findRow<CountRow>(transaction, Table::person, key));
    return row ? row->count : 0;
}

bool isAdministrator(const PersonRow &row)
{
    return row.state == StaffState::active && (row.roles & role::kAdministrator) != 0;
}

// Whoever has one of these can let anybody act for the company, and logs in with his number.
constexpr std::uint8_t kTrusted = role::kAdministrator | role::kSealAdministrator;

// Whether who acts must confirm it: somebody gets one of those roles, or an administrator loses his, or one who has them another number.
// Also of one who rests.
bool isToConfirm(const PersonRow &former, const PersonRow &row)
{
    const bool gains = (row.roles & ~former.roles & kTrusted) != 0, loses = (former.roles & ~row.roles & role::kAdministrator) != 0;
    const bool isCalledElsewhere = numberKept(row.person.phoneNumber) != numberKept(former.person.phoneNumber);
    return gains || loses || ((row.roles & kTrusted) != 0 && isCalledElsewhere);
}

// The count is read for change first, so that two administrators who remove each other come one after the other.
Verdict<void> countAdministrators(ports::Transaction &transaction, const Id &company, bool before, bool after)
{
    HUFU_TRY(count, countAt(transaction, administratorsKey(company)));
    if (before && !after && count <= 1) return Denied::lastAdministrator;
    if (before != after) count = after ? count + 1 : count - 1;
    return saveRow(transaction, Table::person, administratorsKey(company), CountRow{count});
}

Result<void> savePerson(ports::Transaction &transaction, const Ports &ports, const Id &id, const PersonRow &row)
{
    HUFU_TRY(sealed, sealRow(ports.masterKey, concat({viewOf("hufu-person"), id}), row));
    return transaction.write(Table::person, id, sealed);
}

// Of the phone number, and of the staff number where there is one.
Result<std::vector<ByteArray<32>>> indexesOf(ports::Transaction &transaction, const Ports &ports, const PersonRow &row)
{
    HUFU_TRY(phone, blindIndex(transaction, ports, "phone", row.company, row.person.phoneNumber));
    std::vector indexes = {phone};
    if (row.person.staffNumber.empty()) return indexes;
    HUFU_TRY(number, blindIndex(transaction, ports, "staff", row.company, row.person.staffNumber));
    indexes.push_back(number);
    return indexes;
}

// Denied: staffExists.
Verdict<void> claimNumbers(ports::Transaction &transaction, const Ports &ports, const Id &id, const PersonRow &row)
{
    HUFU_TRY(indexes, indexesOf(transaction, ports, row));
    for (const auto &blind : indexes) {
        HUFU_TRY(owner, transaction.readForChange(Table::person, numberKey(row.company, blind)));
        if (owner && !sameBytes(*owner, id)) return Denied::staffExists;
        HUFU_CHECK(transaction.write(Table::person, numberKey(row.company, blind), id));
    }
    HUFU_TRY(anywhere, anywhereIndex(transaction, ports, row.person.phoneNumber));
    return transaction.write(Table::person, anywhereKey(anywhere, id), {});
}

Result<void> freeNumbers(ports::Transaction &transaction, const Ports &ports, const Id &id, const PersonRow &row)
{
    HUFU_TRY(anywhere, anywhereIndex(transaction, ports, row.person.phoneNumber));
    HUFU_CHECK(transaction.remove(Table::person, anywhereKey(anywhere, id)));
    HUFU_TRY(indexes, indexesOf(transaction, ports, row));
    for (const auto &blind : indexes)
        HUFU_CHECK(transaction.remove(Table::person, numberKey(row.company, blind)));
    return {};
}

bool areRoles(std::uint8_t roles)
{
    return roles != 0 && (roles & ~role::kAll) == 0;
}

Event eventOf(StaffAct act)
{
    switch (act) {
    case StaffAct::change: return Event::staffChanged;
    case StaffAct::disable: return Event::staffDisabled;
    case StaffAct::enable: return Event::staffEnabled;
    case StaffAct::remove: return Event::staffRemoved;
    }
    return Event::staffChanged;
}

} // namespace

Result<PersonRow> fitting(PersonRow row, std::int64_t nowMs, const PersonRow *former)
{
    Person &person = row.person;
    const auto stays = [&](const std::string &value, const std::string &kept) { return former != nullptr && value == kept; };
    const Person was = former != nullptr ? former->person : Person{};
    if (!stays(person.name, was.name)) {
        person.name = trimmed(person.name);
        if (!isName(person.name)) return Error(Errc::badInput, "name");
    }
    if (stays(person.phoneNumber, was.phoneNumber)) {
        person.phoneNumber = numberKept(was.phoneNumber);
    } else {
        HUFU_TRY(number, phoneNumberOf(person.phoneNumber));
        person.phoneNumber = std::move(number);
    }
    if (!stays(person.staffNumber, was.staffNumber)) {
        person.staffNumber = trimmed(person.staffNumber);
        if (!person.staffNumber.empty() && !isName(person.staffNumber)) return Error(Errc::badInput, "staffNumber");
    }
    if (!stays(person.birthday, was.birthday)) {
        person.birthday = trimmed(person.birthday);
        if (!person.birthday.empty() && !isBirthday(person.birthday, nowMs)) return Error(Errc::badInput, "birthday");
    }
    if (!stays(row.department, former != nullptr ? former->department : std::string())) {
        row.department = trimmed(row.department);
        if (!row.department.empty() && !isName(row.department)) return Error(Errc::badInput, "department");
    }
    if (!areRoles(row.roles)) return Error(Errc::badInput, "roles");
    return row;
}

Result<PersonRow> loadPerson(ports::Transaction &transaction, ports::MasterKey &masterKey, const Id &id)
{
    HUFU_TRY(stored, transaction.readForChange(Table::person, id));
    if (!stored) return Error(Errc::notFound, "no such person");
    return openRow<PersonRow>(masterKey, concat({viewOf("hufu-person"), id}), *stored);
}

Verdict<PersonRow> loadActive(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &id)
{
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, id));
    if (row.company != company) return Error(Errc::notFound, "no such person");
    if (row.state != StaffState::active) return Denied::staffInactive;
    return std::move(row);
}

Verdict<void> addStaff(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &id, const PersonRow &entry,
                       const ByteArray<32> &confirmed)
{
    HUFU_TRY(row, fitting(entry, ports.clock.unixMs()));
    HUFU_CHECK(loadCompany(transaction, row.company));
    HUFU_CHECK(claimNumbers(transaction, ports, id, row));
    HUFU_CHECK(countAdministrators(transaction, row.company, false, isAdministrator(row)));
    HUFU_CHECK(transaction.write(Table::person, memberKey(row.company, id), {}));
    HUFU_CHECK(savePerson(transaction, ports, id, row));
    return audit::append(transaction, row.company, {Event::staffAdded, ports.clock.unixMs(), id, confirmed, row.roles, who});
}

Verdict<void> checkRole(ports::Transaction &transaction, const Ports &ports, const Actor &actor, std::uint8_t anyOf)
{
    auto row = loadPerson(transaction, ports.masterKey, actor.person);
    if (!row && row.error().code == Errc::notFound) return Denied::roleMissing;
    if (!row) return row.error();
    const bool may = row->company == actor.company && row->state == StaffState::active && (row->roles & anyOf) != 0;
    if (!may) return Denied::roleMissing;
    return {};
}

Result<std::vector<Id>> membersOf(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(found, ports::scanAll(transaction, Table::person, rowKey('c', {company})));
    std::vector<Id> members;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        members.push_back(id);
    }
    return members;
}

Verdict<void> setRoles(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &id, std::uint8_t roles,
                       const ByteArray<32> &confirmed)
{
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, id));
    HUFU_CHECK(loadCompany(transaction, row.company)); // holds its row, as Staff::act does
    if (row.state == StaffState::removed) return Error(Errc::badState, "removed");
    if (!areRoles(roles)) return Error(Errc::badInput, "roles");
    const bool before = isAdministrator(row);
    row.roles = roles;
    HUFU_CHECK(countAdministrators(transaction, row.company, before, isAdministrator(row)));
    HUFU_CHECK(savePerson(transaction, ports, id, row));
    return audit::append(transaction, row.company, {Event::staffChanged, ports.clock.unixMs(), id, confirmed, row.roles, who});
}

Result<bool> hasNoStaff(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(any, transaction.scan(Table::person, rowKey('c', {company}), 1));
    return any.empty();
}

Result<void> countGranted(ports::Transaction &transaction, const Id &company, const Id &person, int by)
{
    const Bytes key = grantedKey(company, person);
    HUFU_TRY(count, countAt(transaction, key));
    if (by < 0 && count == 0) return Error(Errc::internal, "count of what is granted");
    return saveRow(transaction, Table::person, key, CountRow{by < 0 ? count - 1 : count + 1});
}

Verdict<Id> Staff::add(const Actor &actor, const Entry &entry, Administration administration)
{
    HUFU_TRY(ids, addAll(actor, {entry}, administration));
    return ids.front();
}

Verdict<std::vector<Id>> Staff::addAll(const Actor &actor, const std::vector<Entry> &entries, Administration administration)
{
    std::vector<Id> ids;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_CHECK(loadCompany(*transaction, actor.company)); // holds its row: people are counted and added one after the other
    HUFU_TRY(members, membersOf(*transaction, actor.company));
    if (members.size() + entries.size() > kMost) return Denied::staffTooMany;
    for (const Entry &entry : entries) {
        if (!administration.isConfirmed && (entry.roles & kTrusted) != 0) return Denied::smsExpired;
        ids.push_back(m_ports.random.bytes<16>("person-id"));
        const PersonRow row{actor.company, entry.person, StaffState::active, entry.roles, entry.department};
        HUFU_CHECK(addStaff(*transaction, m_ports, whoOf(actor), ids.back(), row, administration.statement));
    }
    HUFU_CHECK(transaction->commit());
    return ids;
}

Verdict<std::vector<bool>> Staff::areTaken(const Actor &actor, const std::vector<Entry> &entries)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    std::vector<bool> taken;
    for (const Entry &entry : entries) {
        PersonRow row;
        row.company = actor.company;
        row.person = entry.person;
        HUFU_TRY(indexes, indexesOf(*transaction, m_ports, row));
        bool isTaken = false;
        for (const auto &blind : indexes) {
            HUFU_TRY(owner, transaction->readForChange(Table::person, numberKey(actor.company, blind)));
            isTaken = isTaken || owner.has_value();
        }
        taken.push_back(isTaken);
    }
    return taken;
}

static Verdict<void> perform(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &person, StaffAct act,
                             const Staff::Entry *entry, Administration administration, AccountWatch *watch)
{
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, person));
    if (row.company != by.company) return Error(Errc::notFound, "no such person");
    HUFU_CHECK(loadCompany(transaction, row.company)); // holds its row: numbers and administrators change one after the other
    HUFU_TRY(next, moved(kStaffMoves, row.state, act));
    if (act == StaffAct::remove) {
        HUFU_TRY(granted, countAt(transaction, grantedKey(row.company, person)));
        if (granted != 0) return Denied::grantExists;
    }
    const bool before = isAdministrator(row);
    if (entry || act == StaffAct::remove) HUFU_CHECK(freeNumbers(transaction, ports, person, row));
    bool isConfirmedOnly = !entry && (row.roles & role::kAdministrator) != 0; // also of one who rests
    if (entry) {
        const PersonRow former = row;
        row.person = entry->person;
        if (row.person.phoneNumber.empty()) row.person.phoneNumber = former.person.phoneNumber; // pages know it masked only
        if (row.person.birthday.empty()) row.person.birthday = former.person.birthday; // lists and pages know none: the PIN rules keep theirs
        row.roles = entry->roles;
        row.department = entry->department;
        HUFU_TRY(fit, fitting(std::move(row), ports.clock.unixMs(), &former));
        row = std::move(fit);
        HUFU_CHECK(claimNumbers(transaction, ports, person, row));
        isConfirmedOnly = isToConfirm(former, row);
    }
    row.state = next;
    HUFU_CHECK(countAdministrators(transaction, row.company, before, isAdministrator(row)));
    if (isConfirmedOnly && !administration.isConfirmed) return Denied::smsExpired;
    if (act == StaffAct::remove) {
        HUFU_CHECK(transaction.remove(Table::person, memberKey(row.company, person)));
        HUFU_CHECK(forgetLanguage(transaction, row.company, person));
    }
    if (next != StaffState::active) HUFU_CHECK(endSessionsOf(transaction, ports, whoOf(by), row.company, person)); // else enabling would revive them
    if (act == StaffAct::disable) HUFU_CHECK(stopAccountsOf(transaction, *watch, row.company, person));
    HUFU_CHECK(savePerson(transaction, ports, person, row));
    return audit::append(transaction, row.company, {eventOf(act), ports.clock.unixMs(), person, administration.statement, row.roles, whoOf(by)});
}

Verdict<void> Staff::act(const Actor &actor, const Id &person, StaffAct act, const Entry *entry, Administration administration)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_CHECK(perform(*transaction, m_ports, actor, person, act, entry, administration, m_watch));
    return transaction->commit();
}

Result<void> forgetStaff(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company)
{
    HUFU_TRY(members, membersOf(transaction, company));
    for (const Id &id : members) {
        HUFU_TRY(row, loadPerson(transaction, ports.masterKey, id));
        HUFU_CHECK(freeNumbers(transaction, ports, id, row));
        HUFU_CHECK(transaction.remove(Table::person, memberKey(company, id)));
        HUFU_CHECK(forgetLanguage(transaction, company, id));
        HUFU_CHECK(endSessionsOf(transaction, ports, who, company, id));
        row.person = {};
        row.state = StaffState::removed;
        HUFU_CHECK(savePerson(transaction, ports, id, row));
        HUFU_CHECK(audit::append(transaction, company, {Event::staffRemoved, ports.clock.unixMs(), id, {}, row.roles, who}));
    }
    return saveRow(transaction, Table::person, administratorsKey(company), CountRow{});
}

Verdict<void> removeStaff(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &person, Administration administration)
{
    return perform(transaction, ports, by, person, StaffAct::remove, nullptr, administration, nullptr);
}

Verdict<void> disableStaff(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &person, Administration administration,
                           AccountWatch &watch)
{
    return perform(transaction, ports, by, person, StaffAct::disable, nullptr, administration, &watch);
}

Verdict<void> Staff::change(const Actor &actor, const Id &person, const Entry &entry, Administration administration)
{
    return act(actor, person, StaffAct::change, &entry, administration);
}

Verdict<void> Staff::disable(const Actor &actor, const Id &person, Administration administration)
{
    if (m_watch == nullptr) return Error(Errc::internal, "nobody would stop what the accounts have under way");
    return act(actor, person, StaffAct::disable, nullptr, administration);
}

Verdict<void> Staff::enable(const Actor &actor, const Id &person, Administration administration)
{
    return act(actor, person, StaffAct::enable, nullptr, administration);
}

Verdict<void> Staff::remove(const Actor &actor, const Id &person, Administration administration)
{
    return act(actor, person, StaffAct::remove, nullptr, administration);
}

Verdict<std::vector<Staff::View>> Staff::list(const Actor &actor, const Id &after, std::size_t most)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    const Bytes behind = after == Id{} ? Bytes() : memberKey(actor.company, after);
    HUFU_TRY(members, transaction->scan(Table::person, rowKey('c', {actor.company}), most, behind));
    std::vector<View> views;
    for (const auto &[key, value] : members) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, id));
        views.push_back({id, row.person.name, maskedPhoneNumber(row.person.phoneNumber), row.person.staffNumber, row.department,
                         row.state, row.roles});
    }
    return views;
}

Verdict<std::vector<Staff::Name>> Staff::names(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator | role::kSealAdministrator));
    HUFU_TRY(members, ports::scanAll(*transaction, Table::person, rowKey('c', {actor.company})));
    std::vector<Name> names;
    for (const auto &[key, value] : members) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, id));
        if (row.state == StaffState::active) names.push_back({id, std::move(row.person.name), std::move(row.department)});
    }
    return names;
}

Result<Id> Staff::personOf(const Id &company, std::string_view phoneNumber)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    return enterprise::personOf(*transaction, m_ports, company, phoneNumber);
}

Result<Id> personOf(ports::Transaction &transaction, const Ports &ports, const Id &company, std::string_view phoneNumber)
{
    std::optional<Bytes> owner;
    const auto normal = phoneNumberOf(phoneNumber);
    // As it is kept now; as it was typed, for a number that was kept before there was one form.
    for (const std::string &number : {normal ? *normal : std::string(), std::string(phoneNumber)}) {
        if (owner || number.empty()) continue;
        HUFU_TRY(blind, blindIndex(transaction, ports, "phone", company, number));
        HUFU_TRY(found, transaction.readForChange(Table::person, numberKey(company, blind)));
        owner = std::move(found);
    }
    if (!owner) return Error(Errc::notFound, "no such person");
    HUFU_TRY(id, fixedBytes<16>(*owner));
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, id));
    if (row.state != StaffState::active) return Error(Errc::notFound, "not active");
    return id;
}

Result<Staff::Everywhere> Staff::everywhere(std::string_view phoneNumber)
{
    Everywhere found;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(index, anywhereIndex(*transaction, m_ports, phoneNumber));
    found.index = index;
    HUFU_TRY(rows, ports::scanAll(*transaction, Table::person, rowKey('t', {index})));
    for (const auto &[key, value] : rows) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        const auto row = loadPerson(*transaction, m_ports.masterKey, id);
        if (!row && row.error().code == Errc::unavailable) return row.error();
        if (row && row->state == StaffState::active) found.people.push_back({row->company, id}); // one damaged row keeps the number out of no other company
    }
    return found;
}

Result<void> Staff::indexNumbers()
{
    constexpr std::size_t kAtATime = 1000;
    const Bytes done = rowKey('t', {}), numbers = rowKey('n', {});
    HUFU_TRY(isDone, m_ports.ledger.read(Table::person, done));
    if (isDone) return {};
    for (Bytes after;;) {
        HUFU_TRY(rows, m_ports.ledger.scan(Table::person, numbers, kAtATime, after));
        HUFU_TRY(transaction, m_ports.ledger.begin());
        for (const auto &[key, value] : rows) {
            if (key.size() != numberKey({}, {}).size()) continue; // somebody whose id begins with that letter
            HUFU_TRY(id, fixedBytes<16>(value));
            const auto row = loadPerson(*transaction, m_ports.masterKey, id);
            if (!row && row.error().code == Errc::unavailable) return row.error();
            if (!row || row->state == StaffState::removed) continue; // one damaged row keeps nobody else out
            HUFU_TRY(index, anywhereIndex(*transaction, m_ports, row->person.phoneNumber));
            HUFU_CHECK(transaction->write(Table::person, anywhereKey(index, id), {}));
        }
        const bool isLast = rows.size() < kAtATime;
        if (isLast) HUFU_CHECK(transaction->write(Table::person, done, {}));
        HUFU_CHECK(transaction->commit());
        if (isLast) return {};
        after = rows.back().first;
    }
}

} // namespace hufu::enterprise
