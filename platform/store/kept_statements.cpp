#include "platform/store/kept_statements.h"

#include "platform/store/schema.h"

#include <limits>

namespace hufu::store {

namespace {

using OnRows = KeptStatements::OnRows;

constexpr std::size_t kKeptBytesMax = 64 * 1024; // of one variable between two uses

static_assert(kTableNames.size() == 17);

void put(soci::blob &blob, ByteView bytes)
{
    blob.trim(0);
    // SOCI's blobs take char.
    if (!bytes.empty()) blob.write(0, reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

void letGo(soci::blob &blob)
{
    if (blob.get_len() > kKeptBytesMax) blob.trim(0);
}

std::unique_ptr<KeptStatement> onRows(soci::session &session, const std::string &table, OnRows what)
{
    const auto made = [&](const std::string &text, std::size_t inputs, std::size_t outputs,
                          KeptStatement::Ends ends = KeptStatement::Ends::free) {
        return std::make_unique<KeptStatement>(session, text, inputs, outputs, ends);
    };
    const std::string select = "SELECT key, value FROM " + table, order = " ORDER BY key LIMIT :most";
    switch (what) {
    case OnRows::read: return made("SELECT value FROM " + table + " WHERE key = :key", 1, 1);
    case OnRows::write:
        return made("INSERT INTO " + table +
                        " (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    2, 0);
    case OnRows::remove: return made("DELETE FROM " + table + " WHERE key = :key", 1, 0);
    case OnRows::scanAll: return made(select + order, 0, 2, KeptStatement::Ends::limited);
    case OnRows::scanFrom: return made(select + " WHERE key >= :from" + order, 1, 2, KeptStatement::Ends::limited);
    case OnRows::scanBetween: break;
    }
    return made(select + " WHERE key >= :from AND key < :to" + order, 2, 2, KeptStatement::Ends::limited);
}

} // namespace

KeptStatement::KeptStatement(soci::session &session, const std::string &text, std::size_t inputs, std::size_t outputs,
                             Ends ends)
    : m_statement(session)
{
    for (std::size_t i = 0; i < inputs; ++i)
        m_statement.exchange(soci::use(*m_inputs.emplace_back(std::make_unique<soci::blob>(session))));
    if (ends == Ends::limited) m_statement.exchange(soci::use(m_most));
    for (std::size_t i = 0; i < outputs; ++i) {
        Column &column = *m_columns.emplace_back(std::make_unique<Column>(session));
        m_statement.exchange(soci::into(column.content, column.indicator));
    }
    m_statement.alloc();
    m_statement.prepare(text);
    m_statement.define_and_bind();
}

bool KeptStatement::run(std::initializer_list<ByteView> inputs, std::size_t most)
{
    auto input = m_inputs.begin();
    for (const ByteView bytes : inputs)
        put(**input++, bytes);
    m_most = static_cast<long long>(std::min<std::size_t>(most, std::numeric_limits<int>::max()));
    return m_isRow = m_statement.execute(true);
}

bool KeptStatement::next()
{
    return m_isRow = m_statement.fetch();
}

Bytes KeptStatement::column(std::size_t index)
{
    Column &column = *m_columns[index];
    if (column.indicator != soci::i_ok) return {};
    Bytes bytes(column.content.get_len());
    if (!bytes.empty()) column.content.read(0, reinterpret_cast<char *>(bytes.data()), bytes.size());
    return bytes;
}

void KeptStatement::finish()
{
    while (m_isRow)
        next();
    for (const auto &input : m_inputs)
        letGo(*input);
    for (const auto &column : m_columns)
        letGo(column->content);
}

StatementUse KeptStatements::of(ports::Table table, OnRows what)
{
    auto &kept = m_ofTables.at(static_cast<std::size_t>(table)).at(static_cast<std::size_t>(what));
    if (!kept) kept = onRows(m_session, quotedName(table), what);
    return StatementUse(kept);
}

StatementUse KeptStatements::of(OnTransaction what)
{
    constexpr std::array<const char *, 6> kTexts = {"BEGIN IMMEDIATE", "COMMIT",      "ROLLBACK",
                                                    "SAVEPOINT one",   "RELEASE one", "ROLLBACK TO one"};
    const auto index = static_cast<std::size_t>(what);
    auto &kept = m_ofTransactions.at(index);
    if (!kept) kept = std::make_unique<KeptStatement>(m_session, kTexts.at(index), 0, 0, KeptStatement::Ends::free);
    return StatementUse(kept);
}

} // namespace hufu::store
