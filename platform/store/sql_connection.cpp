#include "platform/store/sql_connection.h"

#include "platform/store/schema.h"
#include "platform/store/sql_ledger.h"

#include <algorithm>

namespace hufu::store {

namespace {

Result<void> checkKey(ByteView key)
{
    if (key.empty() || key.size() > SqlConnection::kKeyMax) return Error(Errc::badInput, "key length");
    return {};
}

// The first key behind all that start with prefix; empty if there is none (no prefix, or nothing but FF).
Bytes endOf(ByteView prefix)
{
    Bytes end = bytesOf(prefix);
    while (!end.empty() && end.back() == 0xff)
        end.pop_back();
    if (!end.empty()) ++end.back();
    return end;
}

// The first key that starts with prefix and lies behind after.
Bytes firstOf(ByteView prefix, ByteView after)
{
    if (after.empty() || std::ranges::lexicographical_compare(after, prefix)) return bytesOf(prefix);
    Bytes next = bytesOf(after);
    next.push_back(0);
    return next;
}

} // namespace

SqlConnection::SqlConnection(Dialect dialect, const soci::backend_factory &factory, const std::string &parameters)
    : m_session(factory, parameters), m_dialect(dialect), m_statements(std::in_place, m_session, dialect)
{}

Result<void> SqlConnection::execute(const std::string &statement)
{
    return guarded([&]() -> Result<void> {
        m_session << statement;
        return {};
    });
}

Result<void> SqlConnection::runKept(OnTransaction what)
{
    return guarded([&]() -> Result<void> {
        StatementUse use = m_statements->of(what);
        use->run({});
        use.finish();
        return {};
    });
}

Result<void> SqlConnection::begin()
{
    return runKept(OnTransaction::begin);
}

Result<void> SqlConnection::run(OnTransaction what)
{
    if (what == OnTransaction::begin) {
        HUFU_CHECK(ready());
        HUFU_CHECK(begin());
        m_isOpen = true;
        return {};
    }
    auto done = runKept(what);
    if (what == OnTransaction::rollBack || (what == OnTransaction::commit && done)) m_isOpen = false;
    return done;
}

Result<void> SqlConnection::readyIfIdle()
{
    return m_isOpen ? Result<void>() : ready();
}

Result<std::optional<Bytes>> SqlConnection::read(ports::Table table, ByteView key)
{
    HUFU_CHECK(checkKey(key));
    HUFU_CHECK(readyIfIdle());
    return guarded([&]() -> Result<std::optional<Bytes>> {
        StatementUse use = m_statements->of(table, OnRows::read);
        std::optional<Bytes> value;
        if (use->run({key})) value = use->column(0);
        use.finish();
        return value;
    });
}

Result<void> SqlConnection::write(ports::Table table, ByteView key, ByteView value)
{
    HUFU_CHECK(checkKey(key));
    if (value.size() > kValueMax) return Error(Errc::badInput, "value length");
    return guarded([&]() -> Result<void> {
        StatementUse use = m_statements->of(table, OnRows::write);
        use->run({key, value});
        use.finish();
        return {};
    });
}

Result<void> SqlConnection::remove(ports::Table table, ByteView key)
{
    HUFU_CHECK(checkKey(key));
    return guarded([&]() -> Result<void> {
        StatementUse use = m_statements->of(table, OnRows::remove);
        use->run({key});
        use.finish();
        return {};
    });
}

Result<KeyedRows> SqlConnection::scan(ports::Table table, ByteView prefix, std::size_t limit, ByteView after)
{
    if (prefix.size() > kKeyMax || after.size() > kKeyMax) return Error(Errc::badInput, "key length");
    HUFU_CHECK(readyIfIdle());
    return guarded([&]() -> Result<KeyedRows> {
        const Bytes end = endOf(prefix);
        const Bytes from = firstOf(prefix, after);
        const OnRows what = from.empty() ? OnRows::scanAll : end.empty() ? OnRows::scanFrom : OnRows::scanBetween;
        StatementUse use = m_statements->of(table, what);
        bool isRow = what == OnRows::scanAll    ? use->run({}, limit)
                     : what == OnRows::scanFrom ? use->run({from}, limit)
                                                : use->run({from, end}, limit);
        KeyedRows rows;
        for (; isRow; isRow = use->next())
            rows.emplace_back(use->column(0), use->column(1));
        use.finish();
        return rows;
    });
}

Result<int> SqlConnection::schemaVersion()
{
    HUFU_CHECK(execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"));
    return guarded([&]() -> Result<int> {
        int version = 0;
        soci::indicator indicator = soci::i_null;
        m_session << "SELECT MAX(version) FROM schema_version", soci::into(version, indicator);
        return indicator == soci::i_ok ? version : 0;
    });
}

Result<void> SqlConnection::migrate()
{
    // Inside the transaction: another program may be about to do the same.
    const auto take = [this](const Migration &step) -> Result<void> {
        HUFU_TRY(version, schemaVersion());
        if (version > kSchemaVersion) return Error(Errc::badState, "written by a later program");
        if (step.version <= version) return {};
        for (const std::string &statement : step.statements)
            HUFU_CHECK(execute(statement));
        return execute("INSERT INTO schema_version (version) VALUES (" + std::to_string(step.version) + ")");
    };
    for (const Migration &step : migrations(m_dialect)) {
        HUFU_CHECK(run(OnTransaction::begin));
        auto done = take(step);
        if (done) done = run(OnTransaction::commit);
        if (!done) {
            static_cast<void>(run(OnTransaction::rollBack));
            return done;
        }
    }
    return {};
}

} // namespace hufu::store
