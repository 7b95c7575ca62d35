// The schema of the ledger and the numbered steps that lead to it.
#pragma once

#include "platform/store/kept_statements.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace hufu::store {

inline constexpr std::array<std::string_view, 17> kTableNames = {"device",      "device_key", "result", "session", "desk",
                                                                 "certificate", "company",    "person", "seat",    "grant",
                                                                 "code",        "audit",      "meta",   "application", "order", "seal", "bid"};
static_assert(static_cast<std::size_t>(ports::Table::bid) + 1 == kTableNames.size());

// The table's SQL name, quoted since some are words of SQL.
std::string quotedName(ports::Table table);

// Leads from schema version - 1 to version. A step is never changed once it has been released.
struct Migration {
    int version;
    std::vector<std::string> statements;
};

std::vector<Migration> migrations(Dialect dialect);

} // namespace hufu::store
