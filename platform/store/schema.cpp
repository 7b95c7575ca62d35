#include "platform/store/schema.h"

namespace hufu::store {

std::string quotedName(ports::Table table)
{
    return '"' + std::string(kTableNames.at(static_cast<std::size_t>(table))) + '"';
}

const std::vector<Migration> &migrations()
{
    static const std::vector<Migration> steps = [] {
        Migration first{1, {}};
        // The tables of version 1 by name: a later table gets a later step. SOCI writes an empty value as NULL.
        for (const char *name : {"device", "device_key", "result", "session", "desk", "certificate", "company", "person",
                                 "seat", "grant", "code", "audit", "meta"})
            first.statements.push_back("CREATE TABLE \"" + std::string(name) +
                                       "\" (key BLOB PRIMARY KEY NOT NULL, value BLOB) WITHOUT ROWID");
        return std::vector<Migration>{std::move(first)};
    }();
    return steps;
}

} // namespace hufu::store
