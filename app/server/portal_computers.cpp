#include "app/server/portal_computers.h"

#include "shield/enterprise/row.h"
#include "shield/intent/manifest.h"

#include <algorithm>

namespace hufu::server {

using ports::Table;

namespace {

// A name has no slash, so that no account's rows are beneath another's.
Bytes keyOf(const std::string &account, ByteView id = {})
{
    return concat({viewOf(std::string_view("portal/computer/")), viewOf(account), viewOf(std::string_view("/")), id});
}

} // namespace

Result<void> PortalComputers::seen(const std::string &account, const Id &id, const std::string &name, bool canOpen)
{
    if (name.empty() || !intent::checkText(name, kNameMost)) return Error(Errc::badInput, "a computer's name");
    HUFU_TRY(known, of(account));
    HUFU_TRY(transaction, m_world.ledger.begin());
    std::erase_if(known, [&id](const Computer &one) { return one.id == id; });
    for (std::size_t i = kMost - 1; i < known.size(); ++i)
        HUFU_CHECK(transaction->remove(Table::meta, keyOf(account, known[i].id)));
    HUFU_CHECK(enterprise::saveRow(*transaction, Table::meta, keyOf(account, id), Computer{id, name, canOpen, m_world.clock.unixMs()}));
    return transaction->commit();
}

Result<void> PortalComputers::forget(const std::string &account, const Id &id)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(stored, transaction->readForChange(Table::meta, keyOf(account, id)));
    if (!stored) return Error(Errc::notFound, "no such computer");
    HUFU_CHECK(transaction->remove(Table::meta, keyOf(account, id)));
    return transaction->commit();
}

Result<std::vector<PortalComputers::Computer>> PortalComputers::of(const std::string &account)
{
    HUFU_TRY(rows, m_world.ledger.scan(Table::meta, keyOf(account), kMost * 2));
    std::vector<Computer> computers;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(computer, enterprise::parseRow<Computer>(value));
        computers.push_back(std::move(computer));
    }
    std::ranges::stable_sort(computers, std::greater<>(), &Computer::seenMs);
    return computers;
}

} // namespace hufu::server
