// Orders and the wallet: prices, states, and money that is booked once whatever the cashier does.
#include "shield/audit/log.h"
#include "shield/enterprise/orders.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/wallet.h"
#include "tests/shield/enterprise/bench.h"
#include "tests/shield/enterprise/state_table.h"

#include <random>

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;
using Booked = Orders::Booked;

class TestOrders : public QObject {
    Q_OBJECT

    struct Shop : Bench {
        tests::MemoryCashier cashier;
        Orders orders{ports, cashier, {}};
        Wallet wallet{ports};
        Actor admin = verified();
        Id id{};
        int keys = 0, payments = 0;

        OrderRequest request(std::uint32_t quantity = 2, std::uint32_t years = 1) const
        {
            OrderRequest request;
            request.quantity = quantity;
            request.years = years;
            request.buyerName = "甲建设有限公司";
            request.buyerCode = tests::kCreditCode;
            request.agreements = orderAgreements();
            return request;
        }
        OrderRequest topUp(std::int64_t cents) const
        {
            auto asked = request(0);
            asked.kind = OrderKind::topUp;
            asked.topUpCents = cents;
            return asked;
        }
        Id placed(const OrderRequest &asked) { return must(orders.place(admin, asked, "key " + std::to_string(++keys))); }
        Result<Booked> pay(const Id &order, std::int64_t cents)
        {
            return orders.noticed({"payment " + std::to_string(++payments), order, cents, true});
        }
        void fill(std::int64_t cents)
        {
            if (*pay(placed(topUp(cents)), cents) != Booked::order) qFatal("no top-up");
        }
        OrderState stateOf(const Id &order) { return must(orders.view(admin, order)).state; }
        std::int64_t balance() { return must(wallet.view(admin)).balanceCents; }
        std::size_t seatCount() { return must(seats.list(admin)).size(); }
    };
    static Errc causeOf(const auto &verdict) { return verdict ? Errc{} : verdict.error().cause().code; }

private Q_SLOTS:
    void order_everyActInEveryState_movesByTheTable()
    {
        tests::StateTable<Shop, OrderState, OrderAct> table;
        // startPayment, pay, cancel, expire, askInvoice
        table.rows = {"1234.", "....2", ".....", "....."}; // open, paid, cancelled, expired
        table.bringTo = [](Shop &shop, OrderState state) {
            shop.fill(100'000);
            shop.id = shop.placed(shop.request());
            if (state == OrderState::paid) Bench::must(shop.orders.payFromBalance(shop.admin, shop.id));
            if (state == OrderState::cancelled) Bench::must(shop.orders.cancel(shop.admin, shop.id));
            if (state == OrderState::expired) {
                shop.clock.advance(Orders::kOpenMs);
                if (!shop.orders.expire(shop.id)) qFatal("not expired");
            }
        };
        table.stateOf = [](Shop &shop) { return shop.stateOf(shop.id); };
        table.perform = [](Shop &shop, OrderAct act) -> Verdict<void> {
            switch (act) {
            case OrderAct::startPayment: HUFU_CHECK(shop.orders.startPayment(shop.admin, shop.id)); return {};
            case OrderAct::pay: return shop.orders.payFromBalance(shop.admin, shop.id);
            case OrderAct::cancel: return shop.orders.cancel(shop.admin, shop.id);
            case OrderAct::expire: shop.clock.advance(Orders::kOpenMs); return shop.orders.expire(shop.id);
            case OrderAct::askInvoice:
                return shop.orders.askInvoice(shop.admin, shop.id, {false, "甲建设有限公司", tests::kCreditCode, "f@a.cn", "", ""});
            }
            return {};
        };
        table.check(kOrderMoves);
    }

    void price_isWholeCents()
    {
        const PriceList plain;
        QCOMPARE(priceOf(plain, 1, 1).totalCents, std::int64_t(20'000));
        QCOMPARE(priceOf(plain, 500, 3).totalCents, std::int64_t(30'000'000));
        const PriceList tiered{19'999, {{10, 50}, {50, 125}}};
        QCOMPARE(priceOf(tiered, 9, 1).discountCents, std::int64_t(0));
        QCOMPARE(priceOf(tiered, 10, 1).discountCents, std::int64_t(9'999)); // 5 % of 199,990 is 9,999.5
        QCOMPARE(priceOf(tiered, 10, 1).totalCents, std::int64_t(189'991));
        QCOMPARE(priceOf(tiered, 50, 1).discountCents, std::int64_t(124'993)); // 12.5 % of 999,950 is 124,993.75
    }

    void order_placedTwiceWithOneKey_isOneOrder()
    {
        Shop shop;
        const auto first = shop.orders.place(shop.admin, shop.request(), "k");
        const auto before = shop.ledger.rows;
        QVERIFY(*shop.orders.place(shop.admin, shop.request(), "k") == *first);
        QCOMPARE(shop.orders.place(shop.admin, shop.request(3), "k").denied(), Denied::orderDiffers);
        QVERIFY(shop.ledger.rows == before);
        QVERIFY(*shop.orders.place(shop.admin, shop.request(), "other") != *first);
        QCOMPARE(shop.orders.list(shop.admin)->size(), std::size_t(2));
    }

    void lists_ofMoreThanAThousand_areWholeAndNewestFirst()
    {
        Shop shop;
        for (int i = 0; i < 1001; ++i) {
            shop.clock.advance(1000);
            shop.id = shop.placed(shop.topUp(i + 1));
        }
        const auto list = Shop::must(shop.orders.list(shop.admin));
        QCOMPARE(list.size(), std::size_t(1001));
        for (std::size_t i = 0; i < list.size(); ++i)
            QCOMPARE(list[i].price.totalCents, static_cast<std::int64_t>(1001 - i));
        QVERIFY(list.front().id == shop.id);
    }

    void wallet_ofMoreThanAPage_isToldPageByPage()
    {
        Shop shop;
        constexpr std::int64_t kEntries = 250;
        for (std::int64_t i = 1; i <= kEntries; ++i)
            shop.fill(i);
        std::vector<std::int64_t> cents;
        std::uint64_t next = 0;
        int pages = 0;
        do {
            const auto page = Shop::must(shop.wallet.view(shop.admin, next));
            QCOMPARE(page.balanceCents, kEntries * (kEntries + 1) / 2);
            QVERIFY(page.entries.size() <= Wallet::kShown);
            for (const auto &entry : page.entries)
                cents.push_back(entry.cents);
            next = page.next;
            ++pages;
        } while (next != 0);
        QCOMPARE(pages, 3);
        QCOMPARE(cents.size(), std::size_t(kEntries));
        for (std::size_t i = 0; i < cents.size(); ++i)
            QCOMPARE(cents[i], kEntries - static_cast<std::int64_t>(i));
        QVERIFY(shop.wallet.view(shop.admin, 1)->entries.empty());
    }

    void seats_beyondTheMost_areNotSold()
    {
        Shop shop;
        shop.mustIn([&](auto &transaction) -> Verdict<void> {
            for (std::size_t i = 0; i + 1 < Seats::kMost; ++i) // their term is over: they count, since they can be renewed
                HUFU_CHECK(addSeat(transaction, shop.random.bytes<16>("seat-id"), shop.admin.company, 0, 1));
            return {};
        });
        const auto before = shop.ledger.rows;
        QCOMPARE(shop.orders.place(shop.admin, shop.request(2), "k").denied(), Denied::seatsTooMany);
        QVERIFY(shop.ledger.rows == before);
        const Id open = Shop::must(shop.orders.place(shop.admin, shop.request(1), "k"));
        QVERIFY(shop.orders.place(shop.admin, shop.topUp(1), "other")); // nothing else is stopped
        // What is ordered and can still be paid counts, and what cannot does not.
        QCOMPARE(shop.orders.place(shop.admin, shop.request(1), "next").denied(), Denied::seatsTooMany);
        QVERIFY(shop.orders.cancel(shop.admin, open));
        shop.id = Shop::must(shop.orders.place(shop.admin, shop.request(1), "next"));
        QCOMPARE(shop.orders.place(shop.admin, shop.request(1), "after").denied(), Denied::seatsTooMany);
        shop.clock.advance(Orders::kOpenMs);
        shop.id = Shop::must(shop.orders.place(shop.admin, shop.request(1), "after"));
        QVERIFY(*shop.pay(shop.id, 20'000) == Booked::order);
        QCOMPARE(shop.orders.place(shop.admin, shop.request(1), "last").denied(), Denied::seatsTooMany);
    }

    void order_outOfForm_isRefused()
    {
        Shop shop;
        const Id seat = shop.seat(shop.admin);
        const auto before = shop.ledger.rows;
        const auto judged = [&](const OrderRequest &request) { return shop.orders.place(shop.admin, request, "k"); };
        for (const auto &[quantity, years] : {std::pair{0u, 1u}, {501u, 1u}, {1u, 0u}, {1u, 4u}})
            QCOMPARE(judged(shop.request(quantity, years)).denied(), Denied::quantityInvalid);
        for (const std::int64_t cents : {std::int64_t(0), std::int64_t(-1), Orders::kTopUpMostCents + 1})
            QCOMPARE(judged(shop.topUp(cents)).denied(), Denied::quantityInvalid);
        auto request = shop.request();
        request.agreements.clear();
        QCOMPARE(judged(request).denied(), Denied::agreementMissing);
        request = shop.request();
        request.buyerCode = tests::kOtherCode;
        QCOMPARE(causeOf(judged(request)), Errc::badInput);
        request = shop.request();
        request.kind = OrderKind::renewal;
        request.seats = {seat, seat};
        QCOMPARE(judged(request).denied(), Denied::quantityInvalid);
        request.seats = {seat, Id{9}};
        QCOMPARE(causeOf(judged(request)), Errc::notFound);
        request.kind = OrderKind(9);
        QCOMPARE(causeOf(judged(request)), Errc::badInput);
        QCOMPARE(causeOf(shop.orders.place(shop.admin, shop.request(), "")), Errc::badInput);
        request = shop.request();
        request.seats.assign(501, Id{});
        QCOMPARE(causeOf(judged(request)), Errc::badInput);
        request = shop.request();
        request.agreements.assign(17, orderAgreements().front());
        QCOMPARE(causeOf(judged(request)), Errc::badInput);
        QVERIFY(shop.ledger.rows == before);
    }

    void order_ofAnUnverifiedCompany_isDenied()
    {
        Bench bench;
        tests::MemoryCashier cashier;
        Orders orders(bench.ports, cashier, {});
        const auto admin = bench.founded();
        OrderRequest request;
        request.quantity = 1;
        QCOMPARE(orders.place(admin, request, "k").denied(), Denied::companyUnverified);
    }

    void order_byStaffOrStranger_isDenied()
    {
        Shop shop;
        const Id order = shop.placed(shop.request());
        const Actor staff{shop.admin.company, shop.person(shop.admin, 1, role::kBidStaff | role::kApprover | role::kSealAdministrator)};
        const auto before = shop.ledger.rows;
        for (const Actor &actor : {staff, Actor{shop.admin.company, {9}}, Actor{{9}, shop.admin.person}}) {
            QCOMPARE(shop.orders.place(actor, shop.request(), "k").denied(), Denied::roleMissing);
            QCOMPARE(shop.orders.startPayment(actor, order).denied(), Denied::roleMissing);
            QCOMPARE(shop.orders.payFromBalance(actor, order).denied(), Denied::roleMissing);
            QCOMPARE(shop.orders.cancel(actor, order).denied(), Denied::roleMissing);
            QCOMPARE(shop.orders.askInvoice(actor, order, {}).denied(), Denied::roleMissing);
            QCOMPARE(shop.orders.view(actor, order).denied(), Denied::roleMissing);
            QCOMPARE(shop.orders.list(actor).denied(), Denied::roleMissing);
            QCOMPARE(shop.wallet.view(actor).denied(), Denied::roleMissing);
        }
        QCOMPARE(causeOf(shop.orders.cancel(shop.admin, {9})), Errc::notFound);
        QVERIFY(shop.ledger.rows == before);
    }

    void order_paid_makesItsSeats()
    {
        Shop shop;
        const Id order = shop.placed(shop.request(3, 2));
        QVERIFY(shop.orders.startPayment(shop.admin, order)->starts_with("https://"));
        QCOMPARE(shop.cashier.asked.back().second, std::int64_t(120'000));
        QVERIFY(*shop.pay(order, 120'000) == Booked::order);
        const auto list = shop.seats.list(shop.admin);
        QCOMPARE(list->size(), std::size_t(3));
        QCOMPARE(list->front().validUntilMs, yearsLater(shop.clock.wall, 2)); // by the calendar: 2028 has 366 days
        QCOMPARE(shop.balance(), std::int64_t(0));
    }

    // Its bytes are those of a good order, but for the number of seats or years: nobody fills the database with them.
    void order_damagedInItsRow_isRefusedAndNothingIsBooked()
    {
        for (const std::size_t at : {std::size_t{9}, std::size_t{17}}) { // state 1 | kind 1 | quantity 8 | years 8
            Shop shop;
            shop.fill(100'000);
            const Id order = shop.placed(shop.request());
            const Bytes key = rowKey('o', {shop.admin.company, order});
            Bytes &row = shop.ledger.rows.at({ports::Table::order, key});
            QCOMPARE(int(row[at]), at == 9 ? 2 : 1);
            row[at - 3] = 1; // 2^24 more
            const auto before = shop.ledger.rows;
            QCOMPARE(shop.pay(order, 40'000).error().code, Errc::internal);
            QCOMPARE(causeOf(shop.orders.payFromBalance(shop.admin, order)), Errc::internal);
            QVERIFY(shop.ledger.rows == before);
        }
    }

    void renewal_paid_goesOnFromTheEnd()
    {
        Shop shop;
        const Id seat = shop.seat(shop.admin), other = shop.seat(shop.admin);
        auto request = shop.request(1);
        request.kind = OrderKind::renewal;
        request.seats = {seat};
        shop.fill(20'000);
        QVERIFY(shop.orders.payFromBalance(shop.admin, shop.placed(request)));
        for (const auto &view : *shop.seats.list(shop.admin))
            QCOMPARE(view.validUntilMs, yearsLater(shop.clock.wall, view.id == other ? 1 : 2));
    }

    void balance_tooLow_isDeniedAndNothingIsBought()
    {
        Shop shop;
        shop.fill(39'999);
        const Id order = shop.placed(shop.request());
        const auto before = shop.ledger.rows;
        QCOMPARE(shop.orders.payFromBalance(shop.admin, order).denied(), Denied::balanceLow);
        QCOMPARE(causeOf(shop.orders.payFromBalance(shop.admin, shop.placed(shop.topUp(1)))), Errc::badInput);
        QVERIFY(shop.stateOf(order) == OrderState::open);
        QCOMPARE(shop.seatCount(), std::size_t(0));
        shop.fill(1);
        QVERIFY(shop.orders.payFromBalance(shop.admin, order));
        QCOMPARE(shop.balance(), std::int64_t(0));
        const auto entries = shop.wallet.view(shop.admin)->entries;
        QVERIFY(shop.wallet.view(shop.admin)->next == 0);
        QCOMPARE(entries.size(), std::size_t(3));
        QVERIFY(entries.front().reason == WalletReason::spent);
        QCOMPARE(entries.front().cents, std::int64_t(-40'000));
        QVERIFY(before != shop.ledger.rows);
    }

    void order_afterADay_isOverForEveryAct()
    {
        for (const OrderAct act : {OrderAct::startPayment, OrderAct::pay, OrderAct::cancel}) {
            Shop shop;
            shop.fill(100'000);
            const Id order = shop.placed(shop.request());
            QCOMPARE(causeOf(Verdict<void>(shop.orders.expire(order))), Errc::badState); // too early
            shop.clock.advance(Orders::kOpenMs - 1);
            QVERIFY(shop.stateOf(order) == OrderState::open);
            shop.clock.advance(1);
            QVERIFY(shop.stateOf(order) == OrderState::expired);
            if (act == OrderAct::startPayment) QCOMPARE(shop.orders.startPayment(shop.admin, order).denied(), Denied::orderOver);
            if (act == OrderAct::pay) QCOMPARE(shop.orders.payFromBalance(shop.admin, order).denied(), Denied::orderOver);
            if (act == OrderAct::cancel) QCOMPARE(shop.orders.cancel(shop.admin, order).denied(), Denied::orderOver);
            QVERIFY(*shop.pay(order, 40'000) == Booked::wallet);
            QCOMPARE(shop.balance(), std::int64_t(140'000));
            QCOMPARE(shop.seatCount(), std::size_t(0));
        }
    }

    // Nobody has to look at it: what nobody has paid ends by itself, once, and with a record.
    void order_nobodyPays_endsByItself()
    {
        Shop shop;
        shop.fill(100'000);
        const Id first = shop.placed(shop.request()), paid = shop.placed(shop.request(1)), cancelled = shop.placed(shop.request());
        QVERIFY(shop.orders.payFromBalance(shop.admin, paid) && shop.orders.cancel(shop.admin, cancelled));
        shop.clock.advance(1);
        const Id later = shop.placed(shop.request());
        QVERIFY(*shop.pay(later, 1) == Booked::wallet); // another sum: it is open still
        const auto ended = [&] {
            std::vector<Id> out;
            const auto records = *audit::recordsOf(shop.ledger, shop.admin.company, 1, 1000);
            for (const auto &record : records)
                if (record.entry.event == audit::Event::orderExpired && record.entry.who == audit::Who{audit::By::server, {}}) out.push_back(record.entry.subject);
            return out;
        };
        shop.clock.advance(Orders::kOpenMs - 2);
        const auto before = shop.ledger.rows;
        QVERIFY(shop.orders.expireLate());
        QVERIFY(shop.ledger.rows == before);
        for (const auto &[wait, all] : {std::pair(1, std::vector{first}), std::pair(1, std::vector{first, later})}) {
            shop.clock.advance(wait);
            QVERIFY(shop.orders.expireLate());
            QVERIFY(ended() == all);
        }
        const auto after = shop.ledger.rows;
        shop.clock.advance(Orders::kOpenMs);
        QVERIFY(shop.orders.expireLate());
        QVERIFY(shop.ledger.rows == after); // each once
        QVERIFY(shop.stateOf(first) == OrderState::expired && shop.stateOf(paid) == OrderState::paid && shop.stateOf(cancelled) == OrderState::cancelled);
    }

    // Entries that are not of the best hold up nobody else's order.
    void sweep_overABrokenEntry_goesOn()
    {
        Shop shop;
        const Id broken = shop.placed(shop.request());
        shop.clock.advance(1);
        const Id last = shop.placed(shop.request());
        // In the order of their times: an entry without an order, one whose order is damaged, the last.
        shop.ledger.rows[{ports::Table::order, rowKey('t', {Writer().u64(1).take(), Id{9}})}] = {};
        for (auto &[at, value] : shop.ledger.rows)
            if (at.first == ports::Table::order && at.second == rowKey('o', {shop.admin.company, broken})) value = {0xff};
        shop.clock.advance(Orders::kOpenMs + 1);
        QCOMPARE(shop.orders.expireLate().error().code, Errc::badInput); // told once the others are done
        const auto records = *audit::recordsOf(shop.ledger, shop.admin.company, 1, 1000);
        QVERIFY(records.back().entry.event == audit::Event::orderExpired && records.back().entry.subject == last);
        std::erase_if(shop.ledger.rows, [&](const auto &row) { return row.second == Bytes{0xff}; });
        QVERIFY(shop.orders.expireLate()); // without an order none of them is a failure
    }

    void notice_outOfForm_isRefused()
    {
        Shop shop;
        const Id order = shop.placed(shop.request());
        const auto before = shop.ledger.rows;
        QCOMPARE(shop.orders.noticed({"p", order, 0, true}).error().code, Errc::badInput);
        QCOMPARE(shop.orders.noticed({"p", order, -40'000, true}).error().code, Errc::badInput);
        QCOMPARE(shop.orders.noticed({"p", order, Orders::kPaymentMostCents + 1, true}).error().code, Errc::badInput);
        QCOMPARE(shop.orders.noticed({"", order, 40'000, true}).error().code, Errc::badInput);
        QCOMPARE(shop.orders.noticed({"p", {9}, 40'000, true}).error().code, Errc::notFound);
        QVERIFY(*shop.orders.noticed({"p", order, 40'000, false}) == Booked::nothing);
        QVERIFY(shop.ledger.rows == before);
        QVERIFY(*shop.orders.noticed({"p", order, 40'000, true}) == Booked::order); // failed first, then not
    }

    // Orders are placed, cancelled, left to expire and paid from the balance while the cashier tells of payments late,
    // again and in any order, some of another amount. At the end every cent is in the wallet or in a paid order.
    void money_inAnySchedule_isBookedExactlyOnce()
    {
        for (unsigned seed = 1; seed <= 60; ++seed) {
            std::mt19937 dice(seed);
            const auto roll = [&](unsigned sides) { return static_cast<unsigned>(dice() % sides); };
            Shop shop;
            std::vector<Id> orders;
            std::vector<PaymentNotice> told;
            std::int64_t paidIn = 0;
            for (int step = 0; step < 40; ++step) {
                const unsigned act = roll(10);
                if (orders.empty() || act == 0) {
                    orders.push_back(shop.placed(roll(3) == 0 ? shop.topUp(1 + roll(50'000)) : shop.request(1 + roll(3))));
                } else if (act == 1) {
                    if (const auto done = shop.orders.cancel(shop.admin, orders[roll(unsigned(orders.size()))]); !done)
                        QVERIFY(done.denied() == Denied::orderOver || causeOf(done) == Errc::badState);
                } else if (act == 2) {
                    shop.clock.advance(std::int64_t(roll(12)) * 3'600'000);
                } else if (act == 3) {
                    static_cast<void>(shop.orders.payFromBalance(shop.admin, orders[roll(unsigned(orders.size()))]));
                } else if (act <= 6) { // a new payment: its notice may come now, or later below
                    const Id order = orders[roll(unsigned(orders.size()))];
                    const auto total = shop.orders.view(shop.admin, order)->price.totalCents;
                    const std::int64_t cents = roll(4) == 0 ? total + 1 : total;
                    told.push_back({"payment " + std::to_string(told.size()), order, cents, true});
                    paidIn += cents;
                } else if (!told.empty()) { // some notice, again or for the first time; or news of a failure
                    auto notice = told[roll(unsigned(told.size()))];
                    if (roll(5) == 0) notice.paid = false;
                    QVERIFY(shop.orders.noticed(notice));
                }
            }
            std::shuffle(told.begin(), told.end(), dice);
            for (const int round : {1, 2}) {
                for (const auto &notice : told)
                    QVERIFY(shop.orders.noticed(notice));
                std::int64_t spent = 0;
                std::size_t seats = 0;
                for (const Id &order : orders) {
                    const auto view = *shop.orders.view(shop.admin, order);
                    if (view.state != OrderState::paid || view.kind == OrderKind::topUp) continue;
                    spent += view.price.totalCents;
                    seats += view.quantity;
                }
                QVERIFY2(shop.balance() + spent == paidIn, ("seed " + std::to_string(seed) + ", round " + std::to_string(round)).c_str());
                QVERIFY2(shop.seatCount() == seats, ("seats, seed " + std::to_string(seed)).c_str());
            }
            QVERIFY(audit::verify(shop.ledger)->intact());
        }
    }

    void invoice_outOfForm_isDeniedAndBankIsSealed()
    {
        Shop shop;
        shop.fill(40'000);
        const Id order = shop.placed(shop.request());
        QVERIFY(shop.orders.payFromBalance(shop.admin, order));
        const Invoice good{true, "甲建设有限公司", tests::kCreditCode, "f@a.cn", "中国建设银行", "6222020200011223"};
        const auto before = shop.ledger.rows;
        for (int field = 0; field < 5; ++field) {
            Invoice bad = good;
            if (field == 0) bad.title.clear();
            if (field == 1) bad.taxCode = "1";
            if (field == 2) bad.mail = "nobody";
            if (field == 3) bad.bank.clear(), bad.account.clear(); // a special invoice needs them
            if (field == 4) bad.account = "12";
            const auto done = shop.orders.askInvoice(shop.admin, order, bad);
            if (field == 0 || field == 2) QCOMPARE(done.error().cause().code, Errc::badInput);
            else QCOMPARE(done.denied(), Denied::invoiceInvalid);
        }
        for (const char *blank : {"   ", "\u3000", "a\u202eb"}) {
            Invoice bad = good;
            bad.title = blank;
            QCOMPARE(std::string(shop.orders.askInvoice(shop.admin, order, bad).error().cause().what.text()), std::string("title"));
        }
        QVERIFY(shop.ledger.rows == before);
        QVERIFY(shop.orders.askInvoice(shop.admin, order, good));
        QVERIFY(shop.orders.view(shop.admin, order)->invoiceAsked);
        QVERIFY(tests::isHidden(shop.ledger, {"6222020200011223", "f@a.cn"}));
        // The buyer sees it again, masked; whoever writes it has it whole.
        const auto seen = shop.orders.view(shop.admin, order)->invoice;
        QVERIFY(seen && seen->special && seen->title == good.title && seen->taxCode == good.taxCode && seen->bank == good.bank);
        QCOMPARE(seen->mailMasked, std::string("f****@a.cn"));
        QCOMPARE(seen->accountMasked, maskedBankAccount(good.account));
        const auto asked = *invoicesAsked(shop.ports);
        QCOMPARE(asked.size(), std::size_t(1)); // the top-up has none
        const InvoiceOrder &one = asked.front();
        QVERIFY(one.order == order && one.company == shop.admin.company && one.companyName == "甲建设有限公司" && one.creditCode == tests::kCreditCode);
        QVERIFY(one.totalCents == 40'000 && one.invoice.mail == good.mail && one.invoice.account == good.account);
    }

    void invoice_ofATopUp_isRefusedAndWhatItPaysForHasOne()
    {
        Shop shop;
        const Id topUp = shop.placed(shop.topUp(40'000));
        QVERIFY(*shop.pay(topUp, 40'000) == Booked::order);
        const Invoice invoice{false, "甲建设有限公司", tests::kCreditCode, "f@a.cn", "", ""};
        const auto before = shop.ledger.rows;
        QCOMPARE(causeOf(shop.orders.askInvoice(shop.admin, topUp, invoice)), Errc::badInput);
        QVERIFY(shop.ledger.rows == before);
        const Id seats = shop.placed(shop.request());
        QVERIFY(shop.orders.payFromBalance(shop.admin, seats));
        QVERIFY(shop.orders.askInvoice(shop.admin, seats, invoice));
        QCOMPARE(invoicesAsked(shop.ports)->size(), std::size_t(1)); // one sum, one invoice
    }

    void cashier_down_leavesTheOrderPayable()
    {
        Shop shop;
        const Id order = shop.placed(shop.request());
        shop.cashier.down = true;
        QCOMPARE(causeOf(shop.orders.startPayment(shop.admin, order)), Errc::unavailable);
        shop.cashier.down = false;
        QVERIFY(shop.orders.startPayment(shop.admin, order));
        QVERIFY(*shop.pay(order, 40'000) == Booked::order);
    }
};

QTEST_GUILESS_MAIN(TestOrders)
#include "test_orders.moc"
