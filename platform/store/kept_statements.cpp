#include "platform/store/kept_statements.h"

#include "platform/store/schema.h"

#include <limits>

namespace hufu::store {

namespace {

using OnRows = KeptStatements::OnRows;

constexpr std::size_t kKeptBytesMax = 64 * 1024; // of one variable between two uses

static_assert(kTableNames.size() == KeptStatements::kTables);

class Blob final : public Variable {
public:
    explicit Blob(soci::session &session) : m_content(session) {}
    void useIn(soci::statement &statement) override { statement.exchange(soci::use(m_content)); }
    void takeFrom(soci::statement &statement) override { statement.exchange(soci::into(m_content, m_indicator)); }
    void put(ByteView bytes) override
    {
        m_content.trim(0);
        // SOCI's blobs take char.
        if (!bytes.empty()) m_content.write(0, reinterpret_cast<const char *>(bytes.data()), bytes.size());
    }
    Bytes bytes() override
    {
        if (m_indicator != soci::i_ok) return {};
        Bytes bytes(m_content.get_len());
        if (!bytes.empty()) m_content.read(0, reinterpret_cast<char *>(bytes.data()), bytes.size());
        return bytes;
    }
    void letGo() override
    {
        if (m_content.get_len() > kKeptBytesMax) m_content.trim(0);
    }

private:
    soci::blob m_content;
    soci::indicator m_indicator = soci::i_null;
};

class Hex final : public Variable {
public:
    void useIn(soci::statement &statement) override { statement.exchange(soci::use(m_content)); }
    void takeFrom(soci::statement &statement) override { statement.exchange(soci::into(m_content, m_indicator)); }
    void put(ByteView bytes) override { m_content = toHex(bytes); }
    Bytes bytes() override
    {
        if (m_indicator != soci::i_ok) return {};
        auto bytes = fromHex(m_content);
        if (!bytes) throw soci::soci_error("not hexadecimal");
        return std::move(*bytes);
    }
    void letGo() override
    {
        if (m_content.size() > 2 * kKeptBytesMax) m_content = {};
    }

private:
    std::string m_content;
    soci::indicator m_indicator = soci::i_null;
};

std::unique_ptr<Variable> variable(soci::session &session, Dialect dialect)
{
    if (dialect == Dialect::sqlite) return std::make_unique<Blob>(session);
    return std::make_unique<Hex>();
}

std::unique_ptr<KeptStatement> onRows(soci::session &session, Dialect dialect, const std::string &table, OnRows what)
{
    const auto made = [&](const std::string &text, std::size_t inputs, std::size_t outputs,
                          KeptStatement::Ends ends = KeptStatement::Ends::free) {
        return std::make_unique<KeptStatement>(session, dialect, text, inputs, outputs, ends);
    };
    const bool isHex = dialect == Dialect::postgres;
    const auto in = [isHex](const char *name) { return isHex ? "decode(" + std::string(name) + ", 'hex')" : std::string(name); };
    const auto out = [isHex](const char *name) { return isHex ? "encode(" + std::string(name) + ", 'hex')" : std::string(name); };
    const std::string select = "SELECT " + out("key") + ", " + out("value") + " FROM " + table, order = " ORDER BY key LIMIT :most";
    switch (what) {
    case OnRows::read: return made("SELECT " + out("value") + " FROM " + table + " WHERE key = " + in(":key"), 1, 1);
    case OnRows::write:
        return made("INSERT INTO " + table + " (key, value) VALUES (" + in(":key") + ", " + in(":value") +
                        ") ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    2, 0);
    case OnRows::remove: return made("DELETE FROM " + table + " WHERE key = " + in(":key"), 1, 0);
    case OnRows::scanAll: return made(select + order, 0, 2, KeptStatement::Ends::limited);
    case OnRows::scanFrom: return made(select + " WHERE key >= " + in(":from") + order, 1, 2, KeptStatement::Ends::limited);
    case OnRows::scanBetween: break;
    }
    return made(select + " WHERE key >= " + in(":from") + " AND key < " + in(":to") + order, 2, 2, KeptStatement::Ends::limited);
}

} // namespace

KeptStatement::KeptStatement(soci::session &session, Dialect dialect, const std::string &text, std::size_t inputs,
                             std::size_t outputs, Ends ends)
    : m_statement(session)
{
    for (std::size_t i = 0; i < inputs; ++i)
        m_inputs.emplace_back(variable(session, dialect))->useIn(m_statement);
    if (ends == Ends::limited) m_statement.exchange(soci::use(m_most));
    for (std::size_t i = 0; i < outputs; ++i)
        m_columns.emplace_back(variable(session, dialect))->takeFrom(m_statement);
    m_statement.alloc();
    m_statement.prepare(text);
    m_statement.define_and_bind();
}

bool KeptStatement::run(std::initializer_list<ByteView> inputs, std::size_t most)
{
    auto input = m_inputs.begin();
    for (const ByteView bytes : inputs)
        (*input++)->put(bytes);
    m_most = static_cast<long long>(std::min<std::size_t>(most, std::numeric_limits<int>::max()));
    return m_isRow = m_statement.execute(true);
}

bool KeptStatement::next()
{
    return m_isRow = m_statement.fetch();
}

Bytes KeptStatement::column(std::size_t index)
{
    return m_columns[index]->bytes();
}

void KeptStatement::finish()
{
    while (m_isRow)
        next();
    for (const auto &input : m_inputs)
        input->letGo();
    for (const auto &column : m_columns)
        column->letGo();
}

StatementUse KeptStatements::of(ports::Table table, OnRows what)
{
    auto &kept = m_ofTables.at(static_cast<std::size_t>(table)).at(static_cast<std::size_t>(what));
    if (!kept) kept = onRows(m_session, m_dialect, quotedName(table), what);
    return StatementUse(kept);
}

StatementUse KeptStatements::of(OnTransaction what)
{
    constexpr std::array<const char *, 6> kTexts = {"BEGIN IMMEDIATE", "COMMIT",      "ROLLBACK",
                                                    "SAVEPOINT one",   "RELEASE one", "ROLLBACK TO one"};
    const auto index = static_cast<std::size_t>(what);
    auto &kept = m_ofTransactions.at(index);
    if (!kept) kept = std::make_unique<KeptStatement>(m_session, m_dialect, kTexts.at(index), 0, 0, KeptStatement::Ends::free);
    return StatementUse(kept);
}

} // namespace hufu::store
