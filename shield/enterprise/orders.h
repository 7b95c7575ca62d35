// Orders: seats, their renewal, and money into the wallet. Prices in cents; paid exactly once.
#pragma once

#include "shield/enterprise/agreements.h"
#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/staff.h"
#include "shield/enterprise/verdict.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::enterprise {

enum class OrderState : std::uint8_t { open = 1, paid, cancelled, expired };
enum class OrderAct : std::uint8_t { startPayment = 1, pay, cancel, expire, askInvoice };

inline constexpr auto kOrderMoves = std::to_array<Move<OrderState, OrderAct>>({
    {OrderState::open, OrderAct::startPayment, OrderState::open},
    {OrderState::open, OrderAct::pay, OrderState::paid},
    {OrderState::open, OrderAct::cancel, OrderState::cancelled},
    {OrderState::open, OrderAct::expire, OrderState::expired}, // once its time is over
    {OrderState::paid, OrderAct::askInvoice, OrderState::paid},
});

enum class OrderKind : std::uint8_t { seats = 1, renewal, topUp };

// What the operator asks for 招采云证书服务. Tiers: from that many seats on, so much off in permille; the last that fits
// counts.
struct PriceList {
    struct Tier {
        std::uint32_t from = 0, permille = 0;
    };
    std::int64_t unitCents = 20'000; // a seat and year
    std::vector<Tier> tiers;
};

struct Price {
    std::int64_t unitCents = 0, discountCents = 0, totalCents = 0;
};

// A fraction of a cent is not given as discount.
Price priceOf(const PriceList &list, std::uint32_t quantity, std::uint32_t years);

struct OrderRequest {
    OrderKind kind = OrderKind::seats;
    std::uint32_t quantity = 0;   // of seats; for a renewal the number of seats below
    std::uint32_t years = 1;
    std::vector<Id> seats;        // to be renewed
    std::int64_t topUpCents = 0;
    std::string buyerName, buyerCode; // confirmed by the buyer: the company's own
    std::vector<Agreement> agreements;

    static void fields(auto &row, auto &f)
    {
        f(row.kind, row.quantity, row.years, row.seats, row.topUpCents, row.buyerName, row.buyerCode, row.agreements);
    }
};

struct Invoice {
    bool special = false; // 增值税专用发票: needs bank and account
    std::string title, taxCode, mail, bank, account;
    static void fields(auto &row, auto &f) { f(row.special, row.title, row.taxCode, row.mail, row.bank, row.account); }
};

// As the buyer sees it again.
struct InvoiceView {
    bool special = false;
    std::string title, taxCode, mailMasked, bank, accountMasked;
};

// What the cashier tells, as often and in whatever order it likes.
struct PaymentNotice {
    std::string payment; // the cashier's number of it: one payment, one number
    Id order{};
    std::int64_t cents = 0;
    bool paid = false; // false: the payment failed; it may still succeed later
};

class Orders {
public:
    static constexpr std::uint32_t kSeatsMost = 500, kYearsMost = 3;
    static constexpr std::int64_t kTopUpMostCents = 10'000'000; // ¥100,000
    static constexpr std::int64_t kPaymentMostCents = 100'000'000'000; // more than anything costs; sums stay far from overflow
    static constexpr std::int64_t kOpenMs = std::int64_t{24} * 3'600'000;

    Orders(const Ports &ports, ports::Cashier &cashier, PriceList prices)
        : m_ports(ports), m_cashier(cashier), m_prices(std::move(prices))
    {}

    // Acts of an administrator. Each Denied: roleMissing. Errors: notFound; badState; badInput; unavailable.
    // key: of the request, 1 to 64 bytes; the same again is the same order. Denied: companyUnverified, quantityInvalid,
    // agreementMissing, orderDiffers, seatsTooMany. Errors: badInput (buyer is not the company); notFound (a seat).
    Verdict<Id> place(const Actor &actor, const OrderRequest &request, std::string_view key);
    // Returns: the address to pay at. Denied: orderOver.
    Verdict<std::string> startPayment(const Actor &actor, const Id &order);
    Verdict<void> payFromBalance(const Actor &actor, const Id &order); // Denied: orderOver, balanceLow
    Verdict<void> cancel(const Actor &actor, const Id &order);         // Denied: orderOver
    Verdict<void> askInvoice(const Actor &actor, const Id &order, const Invoice &invoice); // Denied: invoiceInvalid

    enum class Booked : std::uint8_t { nothing = 1, order, wallet };
    // From the cashier. No payment is lost and none counts twice: it pays its open order if the amount fits, else it goes
    // into the wallet. Errors: notFound (no such order), badInput, unavailable.
    Result<Booked> noticed(const PaymentNotice &notice);
    // Closes an order whose time is over. Errors: notFound; badState (it is not).
    Result<void> expire(const Id &order);
    // All whose time is over, each in a transaction of its own: from time to time. Errors: unavailable; the others are closed the next time.
    Result<void> expireLate();

    struct View {
        Id id{};
        OrderKind kind{};
        OrderState state{};
        std::uint32_t quantity = 0, years = 0;
        Price price;
        std::int64_t madeMs = 0, expiresMs = 0, paidMs = 0;
        std::optional<InvoiceView> invoice; // that was asked for; in a list it is left out
        bool invoiceAsked = false;
        std::string buyerName, buyerCode; // as the buyer has confirmed them
    };
    Verdict<View> view(const Actor &actor, const Id &order);
    Verdict<std::vector<View>> list(const Actor &actor); // newest first

private:
    Ports m_ports;
    ports::Cashier &m_cashier;
    PriceList m_prices;
};

// An invoice that the operator has to write, whole.
struct InvoiceOrder {
    Id company{}, order{};
    std::string companyName, creditCode;
    std::int64_t totalCents = 0, paidMs = 0;
    Invoice invoice;
};
// Those that were asked for, of all companies, in the order of their payment. Errors: unavailable, tampered.
Result<std::vector<InvoiceOrder>> invoicesAsked(const Ports &ports);

} // namespace hufu::enterprise
