#include "shield/enterprise/wallet.h"

#include "shield/enterprise/row.h"

#include <algorithm>

namespace hufu::enterprise {

using ports::Table;

namespace {

struct WalletRow {
    std::int64_t balanceCents = 0;
    std::uint64_t entries = 0;
    static void fields(auto &row, auto &f) { f(row.balanceCents, row.entries); }
};

Bytes walletKey(const Id &company)
{
    return rowKey('w', {company});
}

Bytes entryKey(const Id &company, std::uint64_t number)
{
    return rowKey('e', {company, Writer().u64(number).bytes()});
}

} // namespace

Verdict<void> enterMoney(ports::Transaction &transaction, const Ports &ports, const Id &company, WalletReason reason,
                         const Id &order, std::int64_t cents)
{
    HUFU_TRY(found, findRow<WalletRow>(transaction, Table::order, walletKey(company)));
    WalletRow wallet = found.value_or(WalletRow{});
    if (wallet.balanceCents + cents < 0) return Denied::balanceLow;
    wallet.balanceCents += cents;
    wallet.entries += 1;
    const WalletEntry entry{reason, order, cents, wallet.balanceCents, ports.clock.unixMs()};
    HUFU_CHECK(saveRow(transaction, Table::order, entryKey(company, wallet.entries), entry));
    return saveRow(transaction, Table::order, walletKey(company), wallet);
}

Verdict<Wallet::View> Wallet::view(const Actor &actor, std::uint64_t before)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(wallet, findRow<WalletRow>(*transaction, Table::order, walletKey(actor.company)));
    View view;
    if (!wallet) return view;
    view.balanceCents = wallet->balanceCents;
    std::uint64_t number = before == 0 ? wallet->entries : std::min(wallet->entries, before - 1);
    for (; number > 0 && view.entries.size() < kShown; --number) {
        HUFU_TRY(entry, loadRow<WalletEntry>(*transaction, Table::order, entryKey(actor.company, number)));
        view.entries.push_back(entry);
    }
    if (number > 0) view.next = number + 1;
    return view;
}

} // namespace hufu::enterprise
