// 购买招采云证书: prices, orders, their payment and invoice, and the wallet.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

#include <algorithm>

namespace hufu::server {

using net::Request;

namespace {

Result<enterprise::OrderRequest> orderOf(const json &object)
{
    using enterprise::OrderKind;
    enterprise::OrderRequest request;
    HUFU_TRY(kind, wordMember(object, "kind", kOrderKinds));
    request.kind = kind;
    HUFU_TRY(years, numberMember(object, "years", 1000, 1));
    HUFU_TRY(quantity, numberMember(object, "quantity", 1'000'000, 0));
    HUFU_TRY(cents, numberMember(object, "topUpCents", std::int64_t{1} << 50, 0));
    HUFU_TRY(buyerName, textMember(object, "buyerName"));
    HUFU_TRY(buyerCode, textMember(object, "buyerCode"));
    HUFU_TRY(agreements, agreementsOf(object));
    request.years = static_cast<std::uint32_t>(years);
    request.quantity = static_cast<std::uint32_t>(quantity);
    request.topUpCents = cents;
    request.buyerName = buyerName;
    request.buyerCode = buyerCode;
    request.agreements = agreements;
    if (const auto seats = object.find("seats"); seats != object.end()) {
        if (!seats->is_array()) return Error(Errc::badInput, "seats");
        for (const json &seat : *seats) {
            if (!seat.is_string()) return Error(Errc::badInput, "an identifier is text");
            HUFU_TRY(id, idOf<16>(seat.get<std::string>()));
            request.seats.push_back(id);
        }
        if (request.kind == OrderKind::renewal) request.quantity = static_cast<std::uint32_t>(request.seats.size());
    }
    return request;
}

Result<enterprise::Invoice> invoiceOf(const json &object)
{
    HUFU_TRY(title, textMember(object, "title"));
    HUFU_TRY(taxCode, textMember(object, "taxCode"));
    HUFU_TRY(mail, textMember(object, "mail"));
    HUFU_TRY(bank, optionalText(object, "bank"));
    HUFU_TRY(account, optionalText(object, "account"));
    bool special = false;
    if (object.contains("special")) {
        HUFU_TRY(flag, flagMember(object, "special"));
        special = flag;
    }
    return enterprise::Invoice{special, title, taxCode, mail, bank, account};
}

constexpr std::string_view kProduct = "招采云证书服务";

// To be read out and written on a receipt; the id stays the order's name.
std::string numberOf(const Id &order)
{
    std::string number = toHex(order).substr(0, 16);
    std::ranges::transform(number, number.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return number;
}

ordered_json jsonOf(const enterprise::Price &price)
{
    return {{"unitCents", price.unitCents}, {"discountCents", price.discountCents}, {"totalCents", price.totalCents}};
}

ordered_json jsonOf(const enterprise::Orders::View &view)
{
    return {{"id", toHex(view.id)},
            {"number", numberOf(view.id)},
            {"product", kProduct},
            {"buyerName", view.buyerName},
            {"buyerCode", view.buyerCode},
            {"kind", wordOf(kOrderKinds, view.kind)},
            {"state", wordOf(kOrderStates, view.state)},
            {"quantity", view.quantity},
            {"years", view.years},
            {"unitCents", view.price.unitCents},
            {"discountCents", view.price.discountCents},
            {"totalCents", view.price.totalCents},
            {"madeMs", view.madeMs},
            {"expiresMs", view.expiresMs},
            {"paidMs", view.paidMs},
            {"invoiceAsked", view.invoiceAsked}};
}

// One order, with what was asked for as its invoice.
ordered_json wholeJsonOf(const enterprise::Orders::View &view)
{
    ordered_json json = jsonOf(view);
    json["invoice"] = nullptr;
    if (view.invoice)
        json["invoice"] = {{"special", view.invoice->special},  {"title", view.invoice->title}, {"taxCode", view.invoice->taxCode},
                           {"mailMasked", view.invoice->mailMasked}, {"bank", view.invoice->bank},   {"accountMasked", view.invoice->accountMasked}};
    return json;
}

ordered_json jsonOf(const enterprise::WalletEntry &entry)
{
    return {{"reason", wordOf(kWalletReasons, entry.reason)},
            {"order", toHex(entry.order)},
            {"cents", entry.cents},
            {"balanceCents", entry.balanceCents},
            {"timeMs", entry.timeMs}};
}

// Before an order is placed: what it would cost.
Answered price(Companies &companies, const Actor &actor, const Request &request)
{
    {
        HUFU_TRY(transaction, companies.world.ledger.begin());
        HUFU_CHECK(enterprise::checkRole(*transaction, companies.world, actor, enterprise::role::kAdministrator));
    }
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(quantity, numberMember(object, "quantity", enterprise::Orders::kSeatsMost, 0));
    HUFU_TRY(years, numberMember(object, "years", enterprise::Orders::kYearsMost, 1));
    if (quantity == 0 || years == 0) return enterprise::Denied::quantityInvalid;
    ordered_json answer = jsonOf(enterprise::priceOf(companies.prices, static_cast<std::uint32_t>(quantity), static_cast<std::uint32_t>(years)));
    ordered_json agreements = ordered_json::array(); // which an order has to name
    for (const enterprise::Agreement &one : enterprise::orderAgreements())
        agreements.push_back({{"id", one.id}, {"version", one.version}});
    answer["agreements"] = agreements;
    return jsonResponse(answer);
}

} // namespace

void addConsoleOrders(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "POST", "/console/v1/price", [&](const Actor &actor, const Request &request) { return price(companies, actor, request); });
    guard.add(routes, "GET", "/console/v1/orders", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.orders.list(actor));
        return pageOf(views, request, "orders", [](const auto &view) { return view.id; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(routes, "POST", "/console/v1/orders", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(key, textMember(object, "idempotencyKey"));
        HUFU_TRY(order, orderOf(object));
        HUFU_TRY(id, companies.orders.place(actor, order, key));
        HUFU_TRY(view, companies.orders.view(actor, id));
        return jsonResponse(wholeJsonOf(view), 201);
    });
    guard.add(routes, "GET", "/console/v1/orders/{id}", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(view, companies.orders.view(actor, id));
        return jsonResponse(wholeJsonOf(view));
    });
    guard.add(routes, "POST", "/console/v1/orders/{id}/payment", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(address, companies.orders.startPayment(actor, id));
        return jsonResponse({{"address", address}});
    });
    guard.add(routes, "POST", "/console/v1/orders/{id}/balance",
              onOne([&](const Actor &actor, const Id &id) { return companies.orders.payFromBalance(actor, id); }));
    guard.add(routes, "POST", "/console/v1/orders/{id}/cancel",
              onOne([&](const Actor &actor, const Id &id) { return companies.orders.cancel(actor, id); }));
    guard.add(routes, "POST", "/console/v1/orders/{id}/invoice", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(invoice, invoiceOf(object));
        HUFU_CHECK(companies.orders.askInvoice(actor, id, invoice));
        return noContent();
    });
    guard.add(routes, "GET", "/console/v1/wallet", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(after, numberIn(request, "after"));
        HUFU_TRY(view, companies.wallet.view(actor, after));
        ordered_json entries = ordered_json::array();
        for (const auto &entry : view.entries)
            entries.push_back(jsonOf(entry));
        return jsonResponse({{"balanceCents", view.balanceCents}, {"entries", entries}, {"next", view.next != 0 ? ordered_json(view.next) : ordered_json(nullptr)}});
    });
}

} // namespace hufu::server
