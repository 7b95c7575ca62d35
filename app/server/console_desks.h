// 电脑: the computers that the company's people have enrolled, those that wait for an administrator, and the rule for that.
#pragma once

#include "app/server/company_api.h"
#include "shield/enterprise/desk_rule.h"
#include "shield/sessions/sessions.h"

namespace hufu::server {

// All outlive the end points. Who may and what is another's: as in company_api.h.
void addConsoleDesks(Routes &routes, Companies &companies, sessions::Sessions &sessions, enterprise::DeskRule &rule);

// How many computers of these people wait for an administrator; one of one person once. Errors: unavailable; tampered.
Result<std::size_t> waitingDesks(Companies &companies, const enterprise::Id &company, const std::vector<enterprise::Grants::View> &grants);

} // namespace hufu::server
