#include "platform/store/schema.h"

namespace hufu::store {

std::string quotedName(ports::Table table)
{
    return '"' + std::string(kTableNames.at(static_cast<std::size_t>(table))) + '"';
}

// Tables by name: a later table gets a later step. SOCI writes an empty value as NULL.
static Migration tables(int version, std::initializer_list<const char *> names)
{
    Migration step{version, {}};
    for (const char *name : names)
        step.statements.push_back("CREATE TABLE \"" + std::string(name) +
                                  "\" (key BLOB PRIMARY KEY NOT NULL, value BLOB) WITHOUT ROWID");
    return step;
}

const std::vector<Migration> &migrations()
{
    static const std::vector<Migration> steps = {
        tables(1, {"device", "device_key", "result", "session", "desk", "certificate", "company", "person", "seat", "grant", "code",
                   "audit", "meta"}),
        tables(2, {"application", "order", "seal"}),
        tables(3, {"bid"})};
    return steps;
}

} // namespace hufu::store
