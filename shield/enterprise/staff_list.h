// Staff from a list: CSV with a preview that names the errors line by line, so that it is imported whole or not at all.
#pragma once

#include "shield/enterprise/staff.h"

namespace hufu::enterprise {

namespace listfault {
inline constexpr std::uint8_t kColumns = 1, kName = 2, kPhoneNumber = 4, kStaffNumber = 8, kRoles = 16, kTwice = 32,
                              kTaken = 64, // the phone number or staff number is a colleague's
                              kAdministrator = 128; // who is to be one, or a seal administrator, is confirmed: Administrators
} // namespace listfault

struct ListedPerson {
    std::uint32_t line = 0; // of the text, from 1 on
    Staff::Entry entry;
    std::uint8_t faults = 0; // bits of listfault
    std::string text; // of a line with too few or too many columns: what stands there
};

inline constexpr std::size_t kListMost = 500;

// Columns: 姓名, 手机号, 工号, 部门, 角色 (name, phone, staff number, department, roles), from the third on empty or left out where
// there is nothing to say; a first line that names them is skipped. Roles: 管理员 印章管理员 审批人 投标员 (administrator, seal administrator, approver, bid staff; in small or
// large letters, with a blank or a hyphen), with ; or 、 between them; none: 投标员. Fields may be quoted. Source: RFC 4180.
// In: text, UTF-8, with or without a byte order mark. Errors: badInput (not such a text at all, or over kListMost people).
Result<std::vector<ListedPerson>> parseStaffList(std::string_view text);

// The same, with those marked whose numbers are a colleague's by now, or who would be administrators or seal administrators.
// Denied: roleMissing, listInvalid (not such a text).
Verdict<std::vector<ListedPerson>> previewStaff(Staff &staff, const Actor &actor, std::string_view text);

// Denied: listInvalid (a line has a fault, see previewStaff), and what Staff::addAll denies.
Verdict<std::vector<Id>> importStaff(Staff &staff, const Actor &actor, std::string_view text);

} // namespace hufu::enterprise
