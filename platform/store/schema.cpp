#include "platform/store/schema.h"

namespace hufu::store {

std::string quotedName(ports::Table table)
{
    return '"' + std::string(kTableNames.at(static_cast<std::size_t>(table))) + '"';
}

// Tables by name: a later table gets a later step. SOCI writes an empty blob as NULL.
static Migration tables(Dialect dialect, int version, std::initializer_list<const char *> names)
{
    Migration step{version, {}};
    for (const char *name : names)
        step.statements.push_back("CREATE TABLE \"" + std::string(name) +
                                  (dialect == Dialect::sqlite ? "\" (key BLOB PRIMARY KEY NOT NULL, value BLOB) WITHOUT ROWID"
                                                              : "\" (key BYTEA PRIMARY KEY NOT NULL, value BYTEA)"));
    return step;
}

std::vector<Migration> migrations(Dialect dialect)
{
    return {tables(dialect, 1,
                   {"device", "device_key", "result", "session", "desk", "certificate", "company", "person", "seat", "grant", "code",
                    "audit", "meta"}),
            tables(dialect, 2, {"application", "order", "seal"}), tables(dialect, 3, {"bid"})};
}

} // namespace hufu::store
