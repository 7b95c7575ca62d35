#include "shield/enterprise/staff_list.h"

#include "shield/enterprise/identifiers.h"

#include <algorithm>
#include <set>

namespace hufu::enterprise {

namespace {

constexpr std::size_t kColumnsLeast = 2, kColumns = 5;

struct Line {
    std::uint32_t number = 0;
    std::vector<std::string> fields;
};

bool isBlank(const std::string &field)
{
    return trimmed(field).empty();
}

// Without what a spreadsheet leaves behind: lines, and cells behind the last column, with nothing in them.
// Errors: badInput (a quote is not closed, or stands inside a field).
Result<std::vector<Line>> linesOf(std::string_view text)
{
    std::vector<Line> lines;
    std::vector<std::string> fields(1);
    std::uint32_t number = 1, began = 1;
    bool quoted = false, wasQuoted = false;
    const auto endLine = [&] {
        while (fields.size() > kColumns && isBlank(fields.back()))
            fields.pop_back();
        if (!std::all_of(fields.begin(), fields.end(), isBlank)) lines.push_back({began, fields});
        fields.assign(1, {});
        wasQuoted = false;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') ++number;
        if (quoted) {
            if (c != '"') {
                fields.back() += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                fields.back() += c;
                ++at;
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            if (!fields.back().empty() || wasQuoted) return Error(Errc::badInput, "a quote inside a field");
            quoted = wasQuoted = true;
        } else if (c == ',') {
            fields.emplace_back();
            wasQuoted = false;
        } else if (c == '\n') {
            endLine();
            began = number;
        } else if (c != '\r') {
            if (wasQuoted) return Error(Errc::badInput, "text behind a quoted field");
            fields.back() += c;
        }
    }
    if (quoted) return Error(Errc::badInput, "a quote is not closed");
    endLine();
    return lines;
}

// Zero: a role that there is not.
std::uint8_t roleNamed(std::string name)
{
    for (char &c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ') c = '-';
    }
    if (name == "管理员" || name == "administrator") return role::kAdministrator;
    if (name == "印章管理员" || name == "seal-administrator") return role::kSealAdministrator;
    if (name == "审批人" || name == "approver") return role::kApprover;
    if (name == "投标员" || name == "bid-staff") return role::kBidStaff;
    return 0;
}

std::uint8_t rolesOf(std::string_view text)
{
    constexpr std::string_view kComma = "、";
    std::string plain(text);
    for (std::size_t at = plain.find(kComma); at != std::string::npos; at = plain.find(kComma)) {
        plain.erase(at, kComma.size());
        plain.insert(at, 1, ';');
    }
    if (trimmed(plain).empty()) return role::kBidStaff;
    std::uint8_t roles = 0;
    std::string_view rest = plain;
    for (;;) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::uint8_t one = roleNamed(trimmed(rest.substr(0, end)));
        if (one == 0) return 0;
        roles = static_cast<std::uint8_t>(roles | one);
        if (end == rest.size()) return roles;
        rest.remove_prefix(end + 1);
    }
}

} // namespace

Result<std::vector<ListedPerson>> parseStaffList(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    HUFU_TRY(lines, linesOf(text));
    std::vector<ListedPerson> people;
    std::set<std::string> numbers;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line &line = lines[i];
        const std::string first = trimmed(line.fields.front());
        if (i == 0 && (first == "姓名" || first == "name")) continue;
        if (people.size() == kListMost) return Error(Errc::badInput, "too many people in one list");
        ListedPerson &person = people.emplace_back();
        person.line = line.number;
        if (line.fields.size() < kColumnsLeast || line.fields.size() > kColumns) {
            person.faults = listfault::kColumns;
            for (std::size_t at = 0; at < line.fields.size(); ++at)
                person.text += (at == 0 ? "" : ",") + line.fields[at];
            continue;
        }
        const auto column = [&](std::size_t at) { return at < line.fields.size() ? trimmed(line.fields[at]) : std::string(); };
        Staff::Entry &entry = person.entry;
        entry.person.name = column(0);
        const auto phone = phoneNumberOf(line.fields[1]);
        entry.person.phoneNumber = phone ? *phone : trimmed(line.fields[1]);
        entry.person.staffNumber = column(2);
        entry.department = column(3);
        entry.roles = rolesOf(column(4));
        const auto fault = [&](bool is, std::uint8_t bit) { person.faults = static_cast<std::uint8_t>(person.faults | (is ? bit : 0)); };
        fault(!isName(entry.person.name) || !(entry.department.empty() || isName(entry.department)), listfault::kName);
        fault(!phone, listfault::kPhoneNumber);
        fault(!(entry.person.staffNumber.empty() || isName(entry.person.staffNumber)), listfault::kStaffNumber);
        fault(entry.roles == 0, listfault::kRoles);
        const bool newPhone = numbers.insert("p" + entry.person.phoneNumber).second;
        const bool newNumber = entry.person.staffNumber.empty() || numbers.insert("n" + entry.person.staffNumber).second;
        fault(!newPhone || !newNumber, listfault::kTwice);
    }
    return people;
}

Verdict<std::vector<ListedPerson>> previewStaff(Staff &staff, const Actor &actor, std::string_view text)
{
    auto people = parseStaffList(text);
    std::vector<Staff::Entry> entries;
    if (people)
        for (const ListedPerson &person : *people)
            entries.push_back(person.entry);
    HUFU_TRY(taken, staff.areTaken(actor, entries));
    if (!people) return Denied::listInvalid;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        ListedPerson &person = (*people)[i];
        const bool isConfirmedOnly = (person.entry.roles & (role::kAdministrator | role::kSealAdministrator)) != 0;
        person.faults = static_cast<std::uint8_t>(person.faults | (taken[i] ? listfault::kTaken : 0) |
                                                  (isConfirmedOnly ? listfault::kAdministrator : 0));
    }
    return std::move(*people);
}

Verdict<std::vector<Id>> importStaff(Staff &staff, const Actor &actor, std::string_view text)
{
    HUFU_TRY(listed, previewStaff(staff, actor, text));
    std::vector<Staff::Entry> entries;
    for (const ListedPerson &person : listed) {
        if (person.faults != 0) return Denied::listInvalid;
        entries.push_back(person.entry);
    }
    return staff.addAll(actor, entries);
}

} // namespace hufu::enterprise
