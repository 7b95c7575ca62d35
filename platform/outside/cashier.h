// Stand-in for a payment service: a tester pays at its counter, and its notices come late, twice and out of order if told so.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/outside.h"

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace hufu::outside {

struct CashierFaults {
    bool down = false;        // start() fails with unavailable
    int copies = 1;           // of each notice
    bool backwards = false;   // the newest notice first
    std::int64_t delayMs = 0; // until a notice is sent
};

struct CashierNotice {
    std::string payment; // one payment, one number
    ByteArray<16> order{};
    std::int64_t cents = 0;
    bool paid = true;
};

// May be used by several threads. clock must outlive it.
class CashDesk final : public ports::Cashier {
public:
    // baseUrl: of its page, to which the order is added.
    CashDesk(std::string baseUrl, ports::Clock &clock) : m_baseUrl(std::move(baseUrl)), m_clock(clock) {}

    Result<std::string> start(const ByteArray<16> &order, std::int64_t cents, std::string_view subject) override;

    // What an order is asked to pay. Nothing: it was never brought here.
    std::optional<std::int64_t> askedFor(const ByteArray<16> &order);
    std::vector<std::pair<ByteArray<16>, std::int64_t>> asked(); // every order that was brought here, and its cents
    // Somebody pays for it, or fails to. Returns: the payment's number. Errors: notFound.
    Result<std::string> pay(const ByteArray<16> &order, std::int64_t cents, bool succeeds = true);
    // The notices that are due, to be told to the product; each is handed out as often as the faults say.
    std::vector<CashierNotice> takeNotices();
    // The product could not take it: it is told again.
    void giveBack(CashierNotice notice);
    void setFaults(const CashierFaults &faults);

private:
    struct Due {
        CashierNotice notice;
        std::int64_t atMs = 0;
    };
    std::string m_baseUrl;
    ports::Clock &m_clock;
    std::mutex m_mutex;
    std::map<ByteArray<16>, std::int64_t> m_asked;
    std::deque<Due> m_due;
    std::uint64_t m_payments = 0;
    CashierFaults m_faults;
};

} // namespace hufu::outside
