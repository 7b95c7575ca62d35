// A company's wallet: money that it has paid in and not yet spent, in cents, as a list of entries with their balance.
#pragma once

#include "shield/enterprise/ports.h"
#include "shield/enterprise/staff.h"
#include "shield/enterprise/verdict.h"

#include <vector>

namespace hufu::enterprise {

enum class WalletReason : std::uint8_t {
    topUp = 1,
    spent,     // on an order
    leftOver,  // a payment that its order did not need: over already, paid twice, another amount
};

struct WalletEntry {
    WalletReason reason{};
    Id order{};
    std::int64_t cents = 0; // negative: spent
    std::int64_t balanceCents = 0; // after it
    std::int64_t timeMs = 0;
    static void fields(auto &row, auto &f) { f(row.reason, row.order, row.cents, row.balanceCents, row.timeMs); }
};

// In the caller's transaction. Denied: balanceLow. Errors: unavailable.
Verdict<void> enterMoney(ports::Transaction &transaction, const Ports &ports, const Id &company, WalletReason reason,
                         const Id &order, std::int64_t cents);

class Wallet {
public:
    explicit Wallet(const Ports &ports) : m_ports(ports) {}

    static constexpr std::size_t kShown = 100;
    struct View {
        std::int64_t balanceCents = 0;
        std::vector<WalletEntry> entries; // newest first, at most kShown
        std::uint64_t next = 0;           // to ask for those before them; zero: there are none
    };
    // Denied: roleMissing.
    Verdict<View> view(const Actor &actor, std::uint64_t before = 0);

private:
    Ports m_ports;
};

} // namespace hufu::enterprise
