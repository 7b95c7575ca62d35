#include "shield/enterprise/orders.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seats.h"
#include "shield/enterprise/wallet.h"

#include <algorithm>

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;
using Act = OrderAct;
using State = OrderState;

struct OrderRow {
    State state = State::open;
    OrderRequest request;
    std::int64_t unitCents = 0, discountCents = 0, totalCents = 0;
    std::int64_t madeMs = 0, expiresMs = 0, paidMs = 0;
    Id by{};
    Bytes invoice; // sealed

    static void fields(auto &row, auto &f)
    {
        f(row.state, row.request, row.unitCents, row.discountCents, row.totalCents, row.madeMs, row.expiresMs, row.paidMs, row.by,
          row.invoice);
    }
};

struct KeptKey {
    Id order{};
    ByteArray<32> requestSm3{};
    static void fields(auto &row, auto &f) { f(row.order, row.requestSm3); }
};

// Table::order: a company's orders; which order a request made; whose an order is; which payments were booked; and, by their end, those that
// are open.
Bytes orderKey(const Id &company, const Id &order)
{
    return rowKey('o', {company, order});
}

Bytes requestKey(const Id &company, std::string_view key)
{
    return rowKey('k', {company, crypto::sm3(viewOf(key))});
}

Bytes ownerKey(const Id &order)
{
    return rowKey('i', {order});
}

Bytes paymentKey(std::string_view payment)
{
    return rowKey('p', {crypto::sm3(viewOf(payment))});
}

Bytes openKey(std::int64_t expiresMs, const Id &order)
{
    return rowKey('t', {Writer().u64(static_cast<std::uint64_t>(expiresMs)).take(), order});
}

struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    Id company{}, id{};
    OrderRow row;
    State next{};
    audit::Who who{};
};

Result<void> close(const Ports &ports, Open &open, Event event, const ByteArray<32> &object = {})
{
    open.row.state = open.next;
    const Bytes key = openKey(open.row.expiresMs, open.id);
    HUFU_CHECK(open.next == State::open ? open.transaction->write(Table::order, key, {}) : open.transaction->remove(Table::order, key));
    HUFU_CHECK(saveRow(*open.transaction, Table::order, orderKey(open.company, open.id), open.row));
    HUFU_CHECK(audit::append(*open.transaction, open.company, {event, ports.clock.unixMs(), open.id, object, 0, open.who}));
    return open.transaction->commit();
}

Result<void> expireNow(const Ports &ports, Open &open)
{
    HUFU_TRY(next, moved(kOrderMoves, open.row.state, Act::expire));
    open.next = next;
    open.who = {audit::By::server, {}};
    return close(ports, open, Event::orderExpired);
}

bool isLate(const Ports &ports, const OrderRow &row)
{
    return row.state == State::open && ports.clock.unixMs() >= row.expiresMs;
}

// An order of the actor's company that act moves. An order whose time is over is closed on the way.
Verdict<Open> openFor(const Ports &ports, const Actor &actor, const Id &order, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, ports, actor, role::kAdministrator));
    HUFU_TRY(row, loadRow<OrderRow>(*transaction, Table::order, orderKey(actor.company, order)));
    Open open{std::move(transaction), actor.company, order, std::move(row), {}, whoOf(actor)};
    if (isLate(ports, open.row)) {
        HUFU_CHECK(expireNow(ports, open));
        return Denied::orderOver;
    }
    HUFU_TRY(next, moved(kOrderMoves, open.row.state, act));
    open.next = next;
    return open;
}

// What was bought becomes real in the transaction that books the payment.
Verdict<void> fulfil(const Ports &ports, Open &open)
{
    const std::int64_t now = ports.clock.unixMs();
    const OrderRequest &request = open.row.request;
    open.row.paidMs = now;
    if (request.quantity > Orders::kSeatsMost || request.years > Orders::kYearsMost) return Error(Errc::internal, "a damaged order");
    switch (request.kind) {
    case OrderKind::seats:
        for (std::uint32_t i = 0; i < request.quantity; ++i)
            HUFU_CHECK(addSeat(*open.transaction, ports.random.bytes<16>("seat-id"), open.company, now,
                               yearsLater(now, request.years)));
        return {};
    case OrderKind::renewal:
        for (const Id &seat : request.seats)
            HUFU_CHECK(renewSeat(*open.transaction, seat, open.company, static_cast<int>(request.years), now));
        return {};
    case OrderKind::topUp:
        return enterMoney(*open.transaction, ports, open.company, WalletReason::topUp, open.id, open.row.totalCents);
    }
    return Error(Errc::internal, "kind of order");
}

// Before anything is done with it: lists and texts of a size that a company can mean.
bool isBounded(const OrderRequest &request)
{
    return request.seats.size() <= Orders::kSeatsMost && request.buyerName.size() <= 200 && request.buyerCode.size() <= 18 &&
           request.agreements.size() <= 16 &&
           std::all_of(request.agreements.begin(), request.agreements.end(),
                       [](const Agreement &agreement) { return agreement.id.size() <= 64; });
}

// Seats of orders that can still be paid.
Result<std::size_t> seatsOrdered(ports::Transaction &transaction, const Ports &ports, const Id &company)
{
    HUFU_TRY(found, hufu::ports::scanAll(transaction, Table::order, rowKey('o', {company})));
    std::size_t seats = 0;
    for (const auto &[key, value] : found) {
        HUFU_TRY(row, parseRow<OrderRow>(value));
        if (row.state == State::open && row.request.kind == OrderKind::seats && !isLate(ports, row)) seats += row.request.quantity;
    }
    return seats;
}

Verdict<void> checkRequest(ports::Transaction &transaction, const Ports &ports, const Id &company, const OrderRequest &request)
{
    HUFU_TRY(buyer, loadCompany(transaction, company));
    if (companyNameOf(buyer.name) != companyNameOf(request.buyerName) || buyer.creditCode != request.buyerCode)
        return Error(Errc::badInput, "the buyer is another company");
    if (!coversAll(request.agreements, orderAgreements())) return Denied::agreementMissing;
    if (request.kind == OrderKind::topUp) {
        if (request.topUpCents < 1 || request.topUpCents > Orders::kTopUpMostCents || request.quantity != 0) return Denied::quantityInvalid;
        return {};
    }
    if (request.kind != OrderKind::seats && request.kind != OrderKind::renewal) return Error(Errc::badInput, "kind of order");
    if (request.quantity < 1 || request.quantity > Orders::kSeatsMost || request.years < 1 || request.years > Orders::kYearsMost)
        return Denied::quantityInvalid;
    if (request.kind == OrderKind::seats) {
        if (!request.seats.empty()) return Error(Errc::badInput, "seats");
        HUFU_TRY(there, seatsOf(transaction, company));
        HUFU_TRY(ordered, seatsOrdered(transaction, ports, company));
        if (there + ordered + request.quantity > Seats::kMost) return Denied::seatsTooMany;
        return {};
    }
    auto seats = request.seats;
    std::sort(seats.begin(), seats.end());
    if (seats.size() != request.quantity || std::adjacent_find(seats.begin(), seats.end()) != seats.end())
        return Denied::quantityInvalid;
    for (const Id &seat : seats) {
        HUFU_TRY(row, loadSeat(transaction, seat));
        if (row.company != company) return Error(Errc::notFound, "no such seat");
    }
    return {};
}

Orders::View viewOfRow(const Ports &ports, const Id &id, const OrderRow &row)
{
    return {id,
            row.request.kind,
            isLate(ports, row) ? State::expired : row.state,
            row.request.quantity,
            row.request.years,
            {row.unitCents, row.discountCents, row.totalCents},
            row.madeMs,
            row.expiresMs,
            row.paidMs,
            std::nullopt,
            !row.invoice.empty(),
            row.request.buyerName,
            row.request.buyerCode};
}

Bytes invoiceContext(const Id &order)
{
    return concat({viewOf("hufu-invoice"), order});
}

} // namespace

Price priceOf(const PriceList &list, std::uint32_t quantity, std::uint32_t years)
{
    const std::int64_t sum = list.unitCents * quantity * years;
    std::int64_t permille = 0;
    for (const PriceList::Tier &tier : list.tiers)
        if (quantity >= tier.from) permille = tier.permille;
    const std::int64_t discount = sum * permille / 1000;
    return {list.unitCents, discount, sum - discount};
}

Verdict<Id> Orders::place(const Actor &actor, const OrderRequest &request, std::string_view key)
{
    if (!isPlainText(key, 64) || !isBounded(request)) return Error(Errc::badInput, "request, or its key");
    const auto sm3 = crypto::sm3(encodeRow(request));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_CHECK(checkVerified(*transaction, actor.company)); // holds the company's row: its requests come one after the other
    HUFU_TRY(kept, findRow<KeptKey>(*transaction, Table::order, requestKey(actor.company, key)));
    if (kept && kept->requestSm3 != sm3) return Denied::orderDiffers;
    if (kept) return kept->order;
    HUFU_CHECK(checkRequest(*transaction, m_ports, actor.company, request));

    const Id id = m_ports.random.bytes<16>("order-id");
    OrderRow row;
    row.request = request;
    const Price price = request.kind == OrderKind::topUp ? Price{request.topUpCents, 0, request.topUpCents}
                                                         : priceOf(m_prices, request.quantity, request.years);
    row.unitCents = price.unitCents;
    row.discountCents = price.discountCents;
    row.totalCents = price.totalCents;
    row.madeMs = m_ports.clock.unixMs();
    row.expiresMs = row.madeMs + kOpenMs;
    row.by = actor.person;
    HUFU_CHECK(saveRow(*transaction, Table::order, requestKey(actor.company, key), KeptKey{id, sm3}));
    HUFU_CHECK(transaction->write(Table::order, ownerKey(id), actor.company));
    Open open{std::move(transaction), actor.company, id, std::move(row), State::open, whoOf(actor)};
    HUFU_CHECK(close(m_ports, open, Event::orderMade));
    return id;
}

Verdict<std::string> Orders::startPayment(const Actor &actor, const Id &order)
{
    std::int64_t cents = 0;
    {
        HUFU_TRY(open, openFor(m_ports, actor, order, Act::startPayment));
        cents = open.row.totalCents;
        HUFU_CHECK(close(m_ports, open, Event::paymentStarted));
    }
    return m_cashier.start(order, cents, "招采云证书服务");
}

Verdict<void> Orders::payFromBalance(const Actor &actor, const Id &order)
{
    HUFU_TRY(open, openFor(m_ports, actor, order, Act::pay));
    if (open.row.request.kind == OrderKind::topUp) return Error(Errc::badInput, "a wallet does not fill itself");
    HUFU_CHECK(enterMoney(*open.transaction, m_ports, open.company, WalletReason::spent, order, -open.row.totalCents));
    HUFU_CHECK(fulfil(m_ports, open));
    return close(m_ports, open, Event::orderPaid);
}

Verdict<void> Orders::cancel(const Actor &actor, const Id &order)
{
    HUFU_TRY(open, openFor(m_ports, actor, order, Act::cancel));
    return close(m_ports, open, Event::orderCancelled);
}

Verdict<void> Orders::askInvoice(const Actor &actor, const Id &order, const Invoice &typed)
{
    Invoice invoice = typed;
    for (std::string *text : {&invoice.title, &invoice.taxCode, &invoice.mail, &invoice.bank})
        *text = trimmed(*text);
    std::erase(invoice.account, ' ');
    HUFU_TRY(open, openFor(m_ports, actor, order, Act::askInvoice));
    // What is bought with the money is invoiced, not the money that waits for it: else the same yuan stood on two invoices.
    if (open.row.request.kind == OrderKind::topUp) return Error(Errc::badInput, "a top-up is not invoiced, what it pays for is");
    const bool taxed = CreditCode::parse(invoice.taxCode) || RegistrationNumber::parse(invoice.taxCode);
    const bool bankFits = isName(invoice.bank) && isBankAccount(invoice.account);
    const bool bankAbsent = invoice.bank.empty() && invoice.account.empty();
    if (!isName(invoice.title)) return Error(Errc::badInput, "title");
    if (!isMailAddress(invoice.mail)) return Error(Errc::badInput, "mail");
    if (!taxed || !(bankFits || (bankAbsent && !invoice.special)))
        return Denied::invoiceInvalid;
    HUFU_TRY(sealed, sealRow(m_ports.masterKey, invoiceContext(order), invoice));
    open.row.invoice = std::move(sealed);
    return close(m_ports, open, Event::invoiceAsked);
}

Result<Orders::Booked> Orders::noticed(const PaymentNotice &notice)
{
    if (notice.cents <= 0 || notice.cents > kPaymentMostCents || !isPlainText(notice.payment, 128)) return Error(Errc::badInput, "payment notice");
    if (!notice.paid) return Booked::nothing; // it has no effect that a later success would have to undo
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(owner, transaction->readForChange(Table::order, ownerKey(notice.order)));
    if (!owner) return Error(Errc::notFound, "no such order");
    HUFU_TRY(company, fixedBytes<16>(*owner));
    HUFU_TRY(booked, transaction->readForChange(Table::order, paymentKey(notice.payment)));
    if (booked) return Booked::nothing;
    HUFU_CHECK(transaction->write(Table::order, paymentKey(notice.payment), notice.order));
    HUFU_TRY(row, loadRow<OrderRow>(*transaction, Table::order, orderKey(company, notice.order)));
    Open open{std::move(transaction), company, notice.order, std::move(row), {}, {audit::By::outside, {}}};
    const auto sm3 = crypto::sm3(viewOf(notice.payment));

    // For an order whose time is over the price may have changed: its money is kept, not spent.
    const auto next = moved(kOrderMoves, open.row.state, Act::pay);
    if (next && notice.cents == open.row.totalCents && !isLate(m_ports, open.row)) {
        open.next = *next;
        if (const auto done = fulfil(m_ports, open); !done) return done.error().cause();
        HUFU_CHECK(close(m_ports, open, Event::orderPaid, sm3));
        return Booked::order;
    }
    const auto kept = enterMoney(*open.transaction, m_ports, company, WalletReason::leftOver, notice.order, notice.cents);
    if (!kept) return kept.error().cause();
    open.next = open.row.state;
    HUFU_CHECK(close(m_ports, open, Event::moneyToWallet, sm3));
    return Booked::wallet;
}

Result<void> Orders::expire(const Id &order)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(owner, transaction->readForChange(Table::order, ownerKey(order)));
    if (!owner) return Error(Errc::notFound, "no such order");
    HUFU_TRY(company, fixedBytes<16>(*owner));
    HUFU_TRY(row, loadRow<OrderRow>(*transaction, Table::order, orderKey(company, order)));
    if (!isLate(m_ports, row)) return Error(Errc::badState, "its time is not over, or it is not open");
    Open open{std::move(transaction), company, order, std::move(row), {}, {}};
    return expireNow(m_ports, open);
}

Result<void> Orders::expireLate()
{
    constexpr std::size_t kAtATime = 1000;
    const std::size_t idAt = openKey(0, {}).size() - Id{}.size();
    const Bytes over = openKey(m_ports.clock.unixMs() + 1, {}); // the first that is not
    Result<void> first; // that failed, of those whose order is there
    Bytes after;
    for (;;) {
        HUFU_TRY(rows, m_ports.ledger.scan(Table::order, rowKey('t', {}), kAtATime, after));
        for (const auto &[key, value] : rows) {
            if (key >= over) return first;
            HUFU_TRY(id, fixedBytes<16>(ByteView(key).subspan(idAt)));
            const auto done = expire(id);
            const auto why = done ? Errc::badState : done.error().code;
            if (why == Errc::badState || why == Errc::notFound) continue; // paid or cancelled meanwhile; or an entry without an order, which holds up no other
            if (why == Errc::unavailable) return done;
            if (first) first = done;
        }
        if (rows.size() < kAtATime) return first;
        after = rows.back().first;
    }
}

Verdict<Orders::View> Orders::view(const Actor &actor, const Id &order)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(row, loadRow<OrderRow>(*transaction, Table::order, orderKey(actor.company, order)));
    View view = viewOfRow(m_ports, order, row);
    if (row.invoice.empty()) return view;
    HUFU_TRY(invoice, openRow<Invoice>(m_ports.masterKey, invoiceContext(order), row.invoice));
    view.invoice = InvoiceView{invoice.special, invoice.title, invoice.taxCode, maskedMailAddress(invoice.mail), invoice.bank,
                               invoice.account.empty() ? std::string() : maskedBankAccount(invoice.account)};
    return view;
}

Result<std::vector<InvoiceOrder>> invoicesAsked(const Ports &ports)
{
    HUFU_TRY(found, hufu::ports::scanAll(ports.ledger, Table::order, rowKey('o', {})));
    std::vector<InvoiceOrder> asked;
    for (const auto &[key, value] : found) {
        HUFU_TRY(row, parseRow<OrderRow>(value));
        if (row.invoice.empty()) continue;
        HUFU_TRY(company, fixedBytes<16>(ByteView(key).subspan(1, 16)));
        HUFU_TRY(order, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(invoice, openRow<Invoice>(ports.masterKey, invoiceContext(order), row.invoice));
        asked.push_back({company, order, row.request.buyerName, row.request.buyerCode, row.totalCents, row.paidMs, std::move(invoice)});
    }
    std::ranges::stable_sort(asked, {}, &InvoiceOrder::paidMs);
    return asked;
}

Verdict<std::vector<Orders::View>> Orders::list(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(found, ports::scanAll(*transaction, Table::order, rowKey('o', {actor.company})));
    std::vector<View> views;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, parseRow<OrderRow>(value));
        views.push_back(viewOfRow(m_ports, id, row));
    }
    std::stable_sort(views.begin(), views.end(), [](const View &a, const View &b) { return a.madeMs > b.madeMs; });
    return views;
}

} // namespace hufu::enterprise
