// Stand-in for the operator's bank: a ledger of payouts that a tester can read, and of credits that he makes.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/outside.h"

#include <deque>
#include <map>
#include <mutex>
#include <vector>

namespace hufu::outside {

struct BankFaults {
    bool down = false;         // every call fails with unavailable
    bool losesReplies = false; // pay() does its work and then fails with unavailable
    bool returnsAll = false;   // payouts come back instead of arriving
    std::int64_t delayMs = 0;  // until a payout is made, and until money that came in is told
    int copies = 1;            // of each notice of that
    bool backwards = false;    // the newest notice first
};

struct BankPayout {
    ports::Payout payout;
    std::int64_t orderedMs = 0;
    ports::Bank::State state = ports::Bank::State::pending;
};

struct BankNotice { // of money that came in
    std::string reference, payer;
    std::int64_t cents = 0;
};

// May be used by several threads. clock must outlive it.
class BankCounter final : public ports::Bank {
public:
    explicit BankCounter(ports::Clock &clock) : m_clock(clock) {}

    Result<void> pay(const ports::Payout &payout) override;
    Result<State> stateOf(const ByteArray<16> &reference) override;

    std::vector<BankPayout> payouts();
    void setFaults(const BankFaults &faults);
    // Somebody pays to the operator. copies: how often the bank will tell it, if that is more often than the faults say. Returns: the bank's number of it.
    std::string credit(std::string_view payer, std::int64_t cents, int copies = 1);
    // What there is to be told to the product by now.
    std::vector<BankNotice> takeNotices();
    // The product could not take it: it is told again.
    void giveBack(BankNotice notice);

private:
    State stateNow(const BankPayout &payout);

    ports::Clock &m_clock;
    std::mutex m_mutex;
    std::map<ByteArray<16>, BankPayout> m_payouts;
    struct Due {
        BankNotice notice;
        std::int64_t atMs = 0;
    };
    std::deque<Due> m_due;
    std::uint64_t m_credits = 0;
    BankFaults m_faults;
};

} // namespace hufu::outside
