// The ways in which a company shows that an application is its own: money both ways, an account, a link, a letter.
#include "shield/crypto/sm3.h"
#include "shield/enterprise/language.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/payment_account.h"
#include "shield/enterprise/remittance.h"
#include "shield/enterprise/review.h"
#include "shield/enterprise/seals.h"
#include "shield/audit/log.h"
#include "tests/shield/enterprise/bench.h"
#include "tests/shield/enterprise/state_table.h"

#include <functional>
#include <set>

using namespace hufu;
using namespace hufu::enterprise;
using tests::Bench;
using Outcome = ports::IdentityService::Outcome;

class TestAuthentication : public QObject {
    Q_OBJECT

    struct Office : Bench {
        tests::MemoryBank bank;
        tests::MemoryAccounts accounts;
        tests::MemoryReviewDesk desk;
        tests::MemoryServiceKey key;
        Remittance remittance{ports, bank, sms, {"虎符演示运营有限公司", "中国示例银行北京分行", "0200000009026400123"}};
        PaymentAccounts paymentAccounts{ports, accounts};
        Reviews reviews{ports, desk};
        LegalLinks links{ports, smsCodes, sms, mail, {{1, &identity}}, key, "https://hufu.example/legal#"};
        Confirmations confirmations{ports, smsCodes, {}, key};
        Seals seals{ports, confirmations};
        Actor admin;
        Id id{};

        BankAccount account() const { return {"甲建设有限公司", "中国建设银行", "广东省", "深圳市", "62220202000112233445", "13800138000"}; }
        std::int64_t amount() const { return bank.last.cents; }
        bool isVerified()
        {
            auto transaction = std::move(*ledger.begin());
            return static_cast<bool>(checkVerified(*transaction, admin.company));
        }
        void ordered() // the bank has not said yes
        {
            admin = founded();
            bank.state = ports::Bank::State::pending;
            must(remittance.order(admin, account()));
        }
        void paid()
        {
            ordered();
            bank.state = ports::Bank::State::paid;
            must(remittance.look(admin));
        }
        LinkToken token() const // of the newest message
        {
            const std::string &text = sms.texts.back();
            return *fixedBytes<32>(*fromHex(text.substr(text.find('#') + 1, 64)));
        }
        void linkSent() { id = must(links.send(admin, Purpose::authenticate, {}, Contact::phone, "13900139000")); }
        static Bytes pdf() { return bytesOf(viewOf("%PDF-1.7 letter")); }
        void paperSent() { id = must(reviews.submit(admin, Purpose::authenticate, {}, pdf())); }
    };
    static Errc causeOf(const auto &verdict) { return verdict ? Errc{} : verdict.error().cause().code; }

private Q_SLOTS:
    // --- remittance ---------------------------------------------------------------------------------------------------

    void remittance_everyActInEveryState_movesByTheTable()
    {
        using State = RemittanceState;
        using Act = RemittanceAct;
        tests::StateTable<Office, State, Act> table;
        // order, bankPays, bankReturns, typeRight, typeWrong, await, credit, restart
        table.rows = {"2....6..",  // open
                      ".34....1",  // ordered
                      "2.473..1",  // paid
                      "2....6.1",  // returned
                      "2....6.1",  // worn
                      "......71",  // awaiting
                      "........"}; // done
        table.bringTo = [](Office &office, State state) {
            office.admin = {};
            if (state == State::ordered) return office.ordered();
            if (state == State::open || state == State::awaiting) {
                office.admin = office.founded();
                if (state == State::awaiting) Bench::must(office.remittance.await(office.admin));
                return;
            }
            office.paid();
            office.clock.advance(Remittance::kIntervalMs);
            if (state == State::done) Bench::must(office.remittance.typeAmount(office.admin, office.amount()));
            if (state == State::worn)
                for (int i = 0; i < Remittance::kTries; ++i)
                    static_cast<void>(office.remittance.typeAmount(office.admin, 100));
            if (state == State::returned) {
                office.bank.state = ports::Bank::State::returned;
                static_cast<void>(office.remittance.look(office.admin));
            }
        };
        table.stateOf = [](Office &office) { return office.remittance.view(office.admin)->state; };
        table.perform = [](Office &office, Act act) -> Verdict<void> {
            const auto unless = [](Verdict<void> done, Denied expected) { return done.denied() == expected ? Verdict<void>() : done; };
            const auto before = office.remittance.view(office.admin)->state;
            switch (act) {
            case Act::order: office.bank.state = ports::Bank::State::pending; return office.remittance.order(office.admin, office.account());
            case Act::bankPays:
                office.bank.state = ports::Bank::State::paid;
                // Looking at what is paid already is no move.
                if (before == State::paid && office.remittance.look(office.admin)) return Error(Errc::badState, "no move");
                return office.remittance.look(office.admin);
            case Act::bankReturns:
                office.bank.state = ports::Bank::State::returned;
                return unless(office.remittance.look(office.admin), Denied::paymentReturned);
            case Act::typeRight: return office.remittance.typeAmount(office.admin, office.amount());
            case Act::typeWrong: return unless(office.remittance.typeAmount(office.admin, 100), Denied::amountWrong);
            case Act::await: return office.remittance.await(office.admin);
            case Act::credit: {
                const auto credited = office.remittance.credited({"credit", "甲建设有限公司", 1});
                if (!credited) return credited.error();
                if (*credited) return {};
                office.ledger.rows.erase({ports::Table::application, rowKey('b', {crypto::sm3(viewOf("credit"))})}); // only noted as seen
                return Error(Errc::badState, "nobody's");
            }
            case Act::restart: return office.remittance.restart(office.admin);
            }
            return {};
        };
        table.check(kRemittanceMoves);
    }

    void amount_isRandomFromOneToNinetyNineCents()
    {
        std::set<std::int64_t> seen;
        for (int byte = 0; byte < 198; ++byte) {
            Office office;
            office.random.expect("remittance-cents", Bytes{std::uint8_t(198 + byte % 58)}); // no multiple of 99 is left: drawn again
            office.random.expect("remittance-cents", Bytes{std::uint8_t(byte)});
            office.ordered();
            QCOMPARE(office.amount(), std::int64_t(1 + byte % 99));
            seen.insert(office.amount());
        }
        QCOMPARE(seen.size(), std::size_t(99));
    }

    void amount_wrongFiveTimes_endsOnePayment()
    {
        Office office;
        office.paid();
        for (const std::int64_t wrong : {std::int64_t(0), std::int64_t(-1), office.amount() + 1, std::int64_t(1'000'000)})
            QCOMPARE(office.remittance.typeAmount(office.admin, wrong).denied(), Denied::amountWrong);
        QCOMPARE(office.remittance.view(office.admin)->triesLeft, 1);
        QCOMPARE(office.remittance.typeAmount(office.admin, 0).denied(), Denied::amountsWorn);
        QCOMPARE(causeOf(office.remittance.typeAmount(office.admin, office.amount())), Errc::badState); // the right one is too late
        QVERIFY(!office.isVerified());
        office.clock.advance(Remittance::kIntervalMs);
        QVERIFY(office.remittance.order(office.admin, office.account()));
        QCOMPARE(office.remittance.view(office.admin)->triesLeft, 5);
        QVERIFY(office.remittance.look(office.admin));
        QVERIFY(office.remittance.typeAmount(office.admin, office.amount()));
        QVERIFY(office.isVerified());
    }

    void amount_ofAnEarlierPayment_isWrong()
    {
        Office office;
        office.random.expect("remittance-cents", Bytes{10});
        office.random.expect("remittance-cents", Bytes{20});
        office.paid();
        office.clock.advance(Remittance::kIntervalMs);
        QVERIFY(office.remittance.order(office.admin, office.account()));
        QCOMPARE(office.remittance.typeAmount(office.admin, 11).denied(), Denied::amountWrong);
        QVERIFY(office.remittance.typeAmount(office.admin, 21));
    }

    void payments_areAMinuteApartAndNinetyNineInAll()
    {
        Office office;
        office.paid();
        office.clock.advance(Remittance::kIntervalMs - 1);
        const auto before = office.ledger.rows;
        QCOMPARE(office.remittance.order(office.admin, office.account()).denied(), Denied::paymentTooSoon);
        QVERIFY(office.ledger.rows == before);
        QVERIFY(office.remittance.restart(office.admin)); // starting over is no way round it
        QCOMPARE(office.remittance.order(office.admin, office.account()).denied(), Denied::paymentTooSoon);
        for (int left = 98; left > 0; --left) {
            QCOMPARE(office.remittance.view(office.admin)->paymentsLeft, left);
            office.clock.advance(Remittance::kIntervalMs);
            QVERIFY(office.remittance.order(office.admin, office.account()));
            if (left % 10 == 0) QVERIFY(office.remittance.restart(office.admin));
        }
        office.clock.advance(Remittance::kIntervalMs);
        QCOMPARE(office.remittance.order(office.admin, office.account()).denied(), Denied::paymentsUsedUp);
        QCOMPARE(office.bank.payouts.size(), std::size_t(99));
    }

    void account_outOfForm_isDeniedAndCostsNoPayment()
    {
        Office office;
        office.admin = office.founded();
        const auto before = office.ledger.rows;
        for (int field = 0; field < 6; ++field) {
            auto account = office.account();
            if (field == 0) account.holder = "乙建设有限公司";
            if (field == 1) account.bank.clear();
            if (field == 2) account.province.clear();
            if (field == 3) account.city.clear();
            if (field == 4) account.account = "1234";
            if (field == 5) account.phone = "x";
            const auto done = office.remittance.order(office.admin, account);
            if (field == 0 || field == 4) QCOMPARE(done.denied(), Denied::accountInvalid);
            else QCOMPARE(done.error().cause().code, Errc::badInput);
        }
        // Each other member is named, and none is made of blanks.
        const auto wrong = [&](auto change) {
            auto account = office.account();
            change(account);
            return std::string(office.remittance.order(office.admin, account).error().cause().what.text());
        };
        QCOMPARE(wrong([](auto &account) { account.bank = "  "; }), std::string("bank"));
        QCOMPARE(wrong([](auto &account) { account.province = "\u3000"; }), std::string("province"));
        QCOMPARE(wrong([](auto &account) { account.city = "a\u202eb"; }), std::string("city"));
        QCOMPARE(wrong([](auto &account) { account.phone = "abc"; }), std::string("phone"));
        QVERIFY(office.ledger.rows == before);
        QVERIFY(office.bank.payouts.empty());
    }

    // 99 payments of 5 tries each would be 495 guesses at 99 amounts.
    void amounts_wrongTooOftenInAll_letTheRemittanceRest()
    {
        Office office;
        office.paid();
        for (int wrong = 1; wrong <= Remittance::kWrong; ++wrong) {
            const auto said = office.remittance.typeAmount(office.admin, 100);
            const bool worn = wrong % Remittance::kTries == 0;
            QVERIFY(said.denied() == (worn ? Denied::amountsWorn : Denied::amountWrong));
            if (!worn || wrong == Remittance::kWrong) continue;
            office.clock.advance(Remittance::kIntervalMs);
            QVERIFY(office.remittance.restart(office.admin)); // is no way round it
            QVERIFY(office.remittance.order(office.admin, office.account()));
        }
        office.clock.advance(Remittance::kIntervalMs);
        const auto before = office.ledger.rows;
        QCOMPARE(office.remittance.order(office.admin, office.account()).denied(), Denied::amountsResting);
        QVERIFY(office.ledger.rows == before);
        const auto view = office.remittance.view(office.admin);
        QVERIFY(view->state == RemittanceState::worn && view->paymentsLeft > 0 && view->triesLeft == 0 && view->wrongLeft == 0);
        const std::int64_t until = view->restsUntilMs;
        QCOMPARE(until, office.clock.wall - Remittance::kIntervalMs + Remittance::kRestMs);
        // Nor is an application that is taken back and begun anew.
        QVERIFY(office.applications.withdraw(office.admin.company));
        office.clock.advance(Remittance::kIntervalMs);
        office.admin = office.founded();
        QCOMPARE(office.remittance.view(office.admin)->wrongLeft, 0);
        QCOMPARE(office.remittance.view(office.admin)->restsUntilMs, until);
        QCOMPARE(office.remittance.order(office.admin, office.account()).denied(), Denied::amountsResting);
        // The company's own payment is no guess.
        QVERIFY(office.remittance.await(office.admin));
        QVERIFY(**office.remittance.credited({"c1", "甲建设有限公司", 1}) == office.admin.company);
        QVERIFY(office.isVerified());
    }

    // Whoever applies several times over for one credit code has no more guesses than who applies once.
    void amounts_wrongOfSeveralApplications_countTogether()
    {
        Office office;
        office.paid();
        const Actor first = office.admin;
        const std::int64_t right = office.amount();
        office.applicant = "portal-2";
        office.clock.advance(Remittance::kIntervalMs);
        office.paid();
        QVERIFY(office.admin.company != first.company);
        for (int wrong = 0; wrong < Remittance::kTries; ++wrong)
            QVERIFY(!office.remittance.typeAmount(office.admin, 100));
        QCOMPARE(office.remittance.view(first)->wrongLeft, Remittance::kWrong - Remittance::kTries);
        for (int wrong = Remittance::kTries + 1; wrong < Remittance::kWrong; ++wrong)
            QCOMPARE(office.remittance.typeAmount(first, 100).denied(), Denied::amountWrong);
        office.clock.advance(Remittance::kIntervalMs);
        QVERIFY(office.remittance.order(office.admin, office.account()));
        QVERIFY(office.remittance.look(office.admin));
        QCOMPARE(office.remittance.typeAmount(office.admin, 100).denied(), Denied::amountsWorn);
        const auto before = office.ledger.rows;
        QCOMPARE(office.remittance.typeAmount(first, right).denied(), Denied::amountsResting);
        QVERIFY(office.ledger.rows == before);
        office.clock.advance(Remittance::kRestMs);
        QVERIFY(office.remittance.typeAmount(first, right));
    }

    // It opens again at the hour that is told: a day, then a week, then seven weeks; and the right amount is the right one.
    void remittance_resting_goesOnWithAFreshAmount()
    {
        Office office;
        office.paid();
        const auto orderAgain = [&] {
            office.clock.advance(Remittance::kIntervalMs);
            return bool(office.remittance.order(office.admin, office.account())) && bool(office.remittance.look(office.admin));
        };
        std::int64_t rest = Remittance::kRestMs;
        for (int wrong = 1, round = 0; round < 3; ++wrong) {
            const auto said = office.remittance.typeAmount(office.admin, 100);
            QVERIFY(said.denied() == (wrong % Remittance::kTries == 0 ? Denied::amountsWorn : Denied::amountWrong));
            if (wrong % Remittance::kTries != 0) continue;
            if (wrong < Remittance::kWrong) {
                QVERIFY(orderAgain());
                continue;
            }
            const auto until = office.remittance.view(office.admin)->restsUntilMs;
            QCOMPARE(until, office.clock.wall + rest);
            office.clock.advance(rest - 1);
            const auto before = office.ledger.rows;
            const auto payouts = office.bank.payouts.size();
            QCOMPARE(office.remittance.order(office.admin, office.account()).denied(), Denied::amountsResting);
            QVERIFY(office.ledger.rows == before && office.bank.payouts.size() == payouts);
            office.clock.advance(1);
            const auto view = office.remittance.view(office.admin);
            QVERIFY(view->restsUntilMs == 0 && view->wrongLeft == Remittance::kTries);
            QVERIFY(orderAgain());
            QCOMPARE(office.remittance.view(office.admin)->triesLeft, Remittance::kTries);
            rest *= Remittance::kLonger;
            ++round;
        }
        QVERIFY(office.remittance.typeAmount(office.admin, office.amount()));
        QVERIFY(office.isVerified());
    }

    void payment_justMade_saysHowLongUntilTheNext()
    {
        Office office;
        office.admin = office.founded();
        QCOMPARE(office.remittance.view(office.admin)->waitMs, std::int64_t(0));
        QVERIFY(office.remittance.order(office.admin, office.account()));
        QVERIFY(office.remittance.restart(office.admin));
        office.clock.advance(10'000);
        QCOMPARE(office.remittance.view(office.admin)->waitMs, Remittance::kIntervalMs - 10'000);
        office.clock.advance(Remittance::kIntervalMs);
        QCOMPARE(office.remittance.view(office.admin)->waitMs, std::int64_t(0));
    }

    void bank_losingItsReply_paysOnce()
    {
        Office office;
        office.admin = office.founded();
        office.bank.lostReply = true;
        QVERIFY(office.remittance.order(office.admin, office.account()));
        QVERIFY(office.remittance.view(office.admin)->state == RemittanceState::ordered);
        office.bank.lostReply = false;
        QVERIFY(office.remittance.look(office.admin));
        QCOMPARE(office.bank.payouts.size(), std::size_t(1));
        QVERIFY(office.remittance.view(office.admin)->state == RemittanceState::paid);
        QVERIFY(office.remittance.look(office.admin)); // again: nothing new
        QCOMPARE(office.remittance.view(office.admin)->arrivesByMs, office.clock.wall + 2 * 3'600'000);
        QVERIFY(office.sms.texts.back().find("2 小时") != std::string::npos);
    }

    void messages_areInTheLanguageOfWhomTheyGoTo()
    {
        const auto has = [](const std::string &text, std::string_view words) { return text.find(words) != std::string::npos; };
        {
            Office office;
            office.paid(); // to the administrator's own number; his language is not known
            QVERIFY(has(office.sms.texts.back(), "对公打款已提交银行"));
            Bench::must(office.links.send(office.admin, Purpose::authenticate, {}, Contact::phone, "13900139000"));
            QVERIFY(has(office.sms.texts.back(), "完成企业认证，72 小时内有效：https://hufu.example/legal#"));
        }
        Office office;
        office.ordered();
        office.bank.state = ports::Bank::State::paid;
        QVERIFY(keepLanguage(office.ledger, office.admin.company, office.admin.person, Language::english));
        Bench::must(office.remittance.look(office.admin));
        QVERIFY(has(office.sms.texts.back(), "should arrive within 2 hours"));
        // To a stranger's number nothing is known, whoever asks for the message; to one's own it is.
        Bench::must(office.links.send(office.admin, Purpose::authenticate, {}, Contact::phone, "13900139000"));
        QVERIFY(has(office.sms.texts.back(), "完成企业认证"));
        Bench::must(office.links.send(office.admin, Purpose::authenticate, {}, Contact::phone, "13800138000"));
        QVERIFY(has(office.sms.texts.back(), "甲建设有限公司 asks you as its legal representative to authenticate the company, within 72 hours: https://hufu.example/legal#"));
        // The number for notices is a stranger's: as who asked for the payment reads.
        office.clock.advance(Remittance::kIntervalMs);
        BankAccount account = office.account();
        account.phone = "13900139000";
        Bench::must(office.remittance.order(office.admin, account));
        QVERIFY(has(office.sms.texts.back(), "should arrive within 2 hours"));
        QVERIFY(keepLanguage(office.ledger, office.admin.company, office.admin.person, Language::chinese));
        office.clock.advance(Remittance::kIntervalMs);
        Bench::must(office.remittance.order(office.admin, account));
        QVERIFY(has(office.sms.texts.back(), "对公打款已提交银行"));
    }

    // Of mail addresses the handling person's is known, who has proved it.
    void mails_areInTheLanguageOfWhomTheyGoTo()
    {
        Bench bench;
        const Id id = bench.begun();
        Bench::must(bench.applications.sendCode(id, Contact::mail, "me@example.cn"));
        const std::string text = bench.mail.texts.back();
        Bench::must(bench.applications.proveContact(id, text.substr(text.find_first_of("0123456789"), 6)));
        Bench::must(bench.applications.sendMobileCode(id, "13800138000"));
        Bench::must(bench.applications.consent(id, applicationAgreements(), consent::neededFor(IdentityMethod::face), IdentityMethod::face,
                                               bench.handlingPerson(), bench.sms.digits()));
        Bench::must(bench.applications.startIdentity(id, 1));
        Bench::must(bench.applications.finishIdentity(id, ""));
        Bench::must(bench.facts.submit(id, bench.factsOf()));
        const Actor admin{id, *bench.staff.personOf(id, "13800138000")};
        tests::MemoryServiceKey key;
        LegalLinks links{bench.ports, bench.smsCodes, bench.sms, bench.mail, {{1, &bench.identity}}, key, "https://hufu.example/legal#"};
        const auto sends = [&](const char *to, std::string_view subject, std::string_view words) {
            Bench::must(links.send(admin, Purpose::authenticate, {}, Contact::mail, to));
            return bench.mail.addresses.back() == to && bench.mail.subjects.back() == subject && bench.mail.texts.back().find(words) != std::string::npos;
        };
        QVERIFY(sends("me@example.cn", "法定代表人授权", "完成企业认证，72 小时内有效"));
        QVERIFY(keepLanguage(bench.ledger, admin.company, admin.person, Language::english));
        QVERIFY(sends("me@example.cn", "Legal representative's authorisation", "asks you as its legal representative to authenticate the company, within 72 hours"));
        QVERIFY(sends("legal@example.cn", "法定代表人授权", "完成企业认证")); // of a stranger nothing is known
    }

    void account_inTheDatabase_isSealed()
    {
        Office office;
        office.paid();
        QVERIFY(tests::isHidden(office.ledger, {"62220202000112233445", "13800138000"}));
        QCOMPARE(office.remittance.view(office.admin)->accountMasked, std::string("****************3445"));
        QCOMPARE(office.remittance.view(office.admin)->phoneMasked, std::string("138****8000"));
    }

    // What was told of the account is not asked for again; the number and the phone are shown masked, and need not be typed.
    void account_afterStartingOver_isKnown()
    {
        Office office;
        office.paid();
        const std::int64_t paid = office.amount();
        QVERIFY(office.remittance.restart(office.admin));
        const auto view = *office.remittance.view(office.admin);
        QVERIFY(view.holder == "甲建设有限公司" && view.bank == "中国建设银行" && view.province == "广东省" && view.city == "深圳市");
        QVERIFY(view.accountMasked == "****************3445" && view.phoneMasked == "138****8000");
        QVERIFY(tests::isHidden(office.ledger, {"62220202000112233445", "13800138000"}));
        QCOMPARE(causeOf(office.remittance.typeAmount(office.admin, paid)), Errc::badState); // of the payment before
        office.clock.advance(60'000);
        auto again = office.account();
        again.account.clear();
        again.phone.clear();
        again.bank = "中国工商银行";
        const auto before = office.ledger.rows;
        again.holder = "乙建设有限公司";
        QCOMPARE(office.remittance.order(office.admin, again).denied(), Denied::accountInvalid);
        QVERIFY(office.ledger.rows == before);
        again.holder = "甲建设有限公司";
        QVERIFY(office.remittance.order(office.admin, again));
        QVERIFY(office.bank.last.account == "62220202000112233445" && office.bank.last.bank == "中国工商银行");
        QCOMPARE(office.sms.numbers.back(), std::string("13800138000"));
        QVERIFY(office.remittance.typeAmount(office.admin, office.amount()));

        // Whoever has told nothing yet must.
        Office first;
        first.admin = first.founded();
        again = first.account();
        again.account.clear();
        QCOMPARE(first.remittance.order(first.admin, again).denied(), Denied::accountInvalid);
        again = first.account();
        again.phone.clear();
        QCOMPARE(first.remittance.order(first.admin, again).error().cause().code, Errc::badInput);
        QVERIFY(first.bank.payouts.empty());
    }

    // Rows as they were written before 27 November 2026, and on that day in two forms: a company in the middle of it goes on.
    void remittance_rowsOfEarlierForms_goOn()
    {
        for (const int form : {0, 1, 2}) {
            const bool isFirst = form == 0, isRestless = form == 2;
            Office office;
            office.paid();
            const auto key = std::pair(ports::Table::application, rowKey('r', {office.admin.company}));
            static_cast<void>(office.remittance.typeAmount(office.admin, 100));
            const Bytes today = office.ledger.rows.at(key);
            QVERIFY(today[0] == 0x84 && today[4] == 1); // the form; the wrong one in all
            Bytes earlier(today.begin() + 1, today.end() - 8); // when it was typed
            if (isRestless) earlier.insert(earlier.begin(), 0x83);
            if (isFirst) {
                earlier.erase(earlier.begin() + 3);
                earlier.resize(earlier.size() - 8);
            }
            office.ledger.rows[key] = earlier;
            // Only since then is it counted for the credit code as well.
            std::erase_if(office.ledger.rows, [](const auto &row) { return row.first.first == ports::Table::application && row.first.second.front() == 'j'; });
            const auto view = office.remittance.view(office.admin);
            QVERIFY(view && view->state == RemittanceState::paid && view->accountMasked.ends_with("3445"));
            QCOMPARE(view->paymentsLeft, Remittance::kPayments - 1);
            QCOMPARE(view->triesLeft, Remittance::kTries - 1);
            QCOMPARE(office.remittance.typeAmount(office.admin, 100).denied(), Denied::amountWrong);
            QVERIFY(office.ledger.rows.at(key)[0] == 0x84 && office.ledger.rows.at(key)[4] == (isFirst ? 1 : 2));
            QVERIFY(office.remittance.typeAmount(office.admin, office.amount()));
            QVERIFY(office.isVerified());

            office.ledger.rows[key] = Bytes(earlier.begin(), earlier.end() - 1); // damaged: of no form
            QCOMPARE(causeOf(office.remittance.view(office.admin)), Errc::badInput);
        }
    }

    // What an application of before has used up, as it was kept until 27 November 2026: payments, wrong amounts, when the last was paid.
    void remittance_usedRowOfBefore_counts()
    {
        Office office;
        const auto used = std::pair(ports::Table::application, rowKey('j', {crypto::sm3(viewOf(std::string_view(tests::kCreditCode)))}));
        office.ledger.rows[used] = *fromHex("020a" "0000000000000001");
        office.admin = office.founded();
        const auto view = office.remittance.view(office.admin);
        QVERIFY(view && view->paymentsLeft == Remittance::kPayments - 2);
        QVERIFY(view->restsUntilMs == 0 && view->wrongLeft == Remittance::kTries); // nobody knows since when: it opens
        QVERIFY(office.remittance.order(office.admin, office.account()) && office.remittance.look(office.admin));
        QCOMPARE(office.remittance.typeAmount(office.admin, 100).denied(), Denied::amountWrong);
        QVERIFY(office.applications.withdraw(office.admin.company));
        QCOMPARE(office.ledger.rows.at(used)[0], std::uint8_t(1));
        office.admin = office.founded();
        QCOMPARE(office.remittance.view(office.admin)->wrongLeft, Remittance::kTries - 1);
    }

    // The very bytes of one that waits for the company's own ¥0.01: state, payments, tries, two times, reference, nothing sealed.
    void remittance_rowOfBeforeThatAwaits_isCredited()
    {
        Office office;
        office.admin = office.founded();
        QVERIFY(office.remittance.await(office.admin));
        office.ledger.rows[{ports::Table::application, rowKey('r', {office.admin.company})}] =
            *fromHex("060000" "0000000000000000" "0000000000000000" "00000000000000000000000000000000" "00000000");
        const auto unfit = office.remittance.credited({"B-1", "甲建设有限公司", 2});
        QVERIFY(unfit && !*unfit);
        QCOMPARE(office.remittance.view(office.admin)->otherCents, std::int64_t(2));
        QVERIFY(*office.remittance.credited({"B-2", "甲建设有限公司", 1}) == office.admin.company);
        QVERIFY(office.isVerified());
    }

    // A later program's, or damaged: nothing is read into it, and nothing is written over it.
    void credit_forARowOfAFormThatIsNotKnown_isRefused()
    {
        Office office;
        office.admin = office.founded();
        QVERIFY(office.remittance.await(office.admin));
        const auto key = std::pair(ports::Table::application, rowKey('w', {crypto::sm3(viewOf("甲建设有限公司")), office.admin.company}));
        const Bytes today = office.ledger.rows.at(key);
        QCOMPARE(today[0], std::uint8_t(2));
        for (const int form : {0, 3, 0x80, 0xFF}) {
            office.ledger.rows.at(key)[0] = static_cast<std::uint8_t>(form);
            const auto before = office.ledger.rows;
            QCOMPARE(causeOf(office.remittance.view(office.admin)), Errc::badInput);
            QCOMPARE(causeOf(office.remittance.restart(office.admin)), Errc::badInput);
            QVERIFY(!office.remittance.credited({"c1", "甲建设有限公司", 1}));
            QVERIFY(office.ledger.rows == before && !office.isVerified());
        }
        office.ledger.rows.at(key) = today;
        QVERIFY(**office.remittance.credited({"c1", "甲建设有限公司", 1}) == office.admin.company);
    }

    void credit_byThePayersName_verifiesOnce()
    {
        Office office;
        office.admin = office.founded();
        QVERIFY(office.remittance.await(office.admin));
        QVERIFY(!*office.remittance.credited({"c1", "乙建设有限公司", 1}));
        const auto unfit = [&] {
            const auto records = *audit::recordsOf(office.ledger, office.admin.company, 1, 1000);
            return std::ranges::count(records, audit::Event::payerUnfit, [](const auto &record) { return record.entry.event; });
        };
        QCOMPARE(unfit(), 0); // another company's is nothing of ours
        QVERIFY(!*office.remittance.credited({"c2", "甲建设有限公司", 2})); // another amount: told, once
        QVERIFY(!*office.remittance.credited({"c2", "甲建设有限公司", 2}));
        QCOMPARE(unfit(), 1);
        QCOMPARE(office.remittance.view(office.admin)->otherCents, std::int64_t(2));
        QCOMPARE(office.remittance.credited({"", "甲建设有限公司", 1}).error().code, Errc::badInput);
        QVERIFY(!office.isVerified());
        QVERIFY(**office.remittance.credited({"c3", "甲建设有限公司", 1}) == office.admin.company);
        QVERIFY(office.isVerified());
        const auto before = office.ledger.rows;
        QVERIFY(!*office.remittance.credited({"c3", "甲建设有限公司", 1}));
        QVERIFY(office.ledger.rows == before);
    }

    // Another application in this name, up to its administrator.
    static Actor rivalOf(Office &office, std::string_view account = "portal-2")
    {
        const auto id = *office.applications.begin(account);
        office.clock.advance(tests::kMinuteMs);
        Bench::must(office.applications.sendCode(id, Contact::phone, "13800138000"));
        Bench::must(office.applications.proveContact(id, office.sms.digits()));
        Bench::must(office.consent(id));
        Bench::must(office.applications.startIdentity(id, 1));
        Bench::must(office.applications.finishIdentity(id, ""));
        Bench::must(office.facts.submit(id, office.factsOf()));
        return {id, *office.staff.personOf(id, "13800138000")};
    }

    // Who waits under one name is told by the sum.
    void credit_thatTwoWaitFor_isWhoseSumItIs()
    {
        Office office;
        office.admin = office.founded();
        const Actor rival = rivalOf(office);
        QVERIFY(office.remittance.await(rival));
        QVERIFY(office.remittance.await(office.admin));
        QCOMPARE(office.remittance.view(rival)->awaitCents, std::int64_t(1));
        QCOMPARE(office.remittance.view(office.admin)->awaitCents, std::int64_t(2));
        QVERIFY(!*office.remittance.credited({"c1", "甲建设有限公司", 3})); // nobody's sum: both are told
        for (const Actor &who : {office.admin, rival}) {
            QVERIFY(audit::recordsOf(office.ledger, who.company, 1, 1000)->back().entry.event == audit::Event::payerUnfit);
            QCOMPARE(office.remittance.view(who)->otherCents, std::int64_t(3));
        }
        QVERIFY(!office.isVerified());
        QVERIFY(**office.remittance.credited({"c2", "甲建设有限公司", 2}) == office.admin.company);
        QVERIFY(office.isVerified());
        // The other one's payment comes too late: the company is somebody's already.
        QVERIFY(!*office.remittance.credited({"c3", "甲建设有限公司", 1}));
        office.admin = rival;
        QVERIFY(!office.isVerified());
    }

    // A payment that comes late must not verify whoever waits by then.
    void credit_forOneThatWaitsNoMore_isNobodyElses()
    {
        Office office;
        office.admin = office.founded();
        QVERIFY(office.remittance.await(office.admin));
        QVERIFY(office.remittance.restart(office.admin));
        QCOMPARE(office.remittance.view(office.admin)->awaitCents, std::int64_t(0));
        const Actor rival = rivalOf(office);
        QVERIFY(office.remittance.await(rival));
        QCOMPARE(office.remittance.view(rival)->awaitCents, std::int64_t(2));
        const auto before = office.remittance.view(rival)->otherCents;
        QVERIFY(!*office.remittance.credited({"c1", "甲建设有限公司", 1}));
        QCOMPARE(office.remittance.view(rival)->otherCents, before); // and nothing is told of it
        QVERIFY(office.remittance.await(office.admin)); // it has its sum still
        QCOMPARE(office.remittance.view(office.admin)->awaitCents, std::int64_t(1));
        QVERIFY(**office.remittance.credited({"c2", "甲建设有限公司", 1}) == office.admin.company);
    }

    // Taken back, it leaves its sum to nobody as long as the payment can still come.
    void credit_forOneThatWasTakenBack_isNobodyElses()
    {
        Office office;
        office.admin = office.founded();
        QVERIFY(office.remittance.await(office.admin));
        QVERIFY(office.applications.withdraw(office.admin.company));
        const std::int64_t leftMs = office.clock.wall;
        const Actor rival = rivalOf(office);
        QVERIFY(office.remittance.await(rival));
        QCOMPARE(office.remittance.view(rival)->awaitCents, std::int64_t(2));
        QVERIFY(!*office.remittance.credited({"c1", "甲建设有限公司", 1}));
        QCOMPARE(office.remittance.view(rival)->otherCents, std::int64_t(0)); // and nothing is told of it
        const Actor third = rivalOf(office, "portal-3");
        office.clock.advance(leftMs + Remittance::kLateCreditMs - 1 - office.clock.wall);
        QVERIFY(office.remittance.await(third));
        QCOMPARE(office.remittance.view(third)->awaitCents, std::int64_t(3));
        office.clock.advance(1);
        const auto tombstone = std::pair(ports::Table::application, rowKey('w', {crypto::sm3(viewOf("甲建设有限公司")), office.admin.company}));
        QVERIFY(office.ledger.rows.contains(tombstone));
        const Actor fourth = rivalOf(office, "portal-4");
        QVERIFY(office.remittance.await(fourth));
        QCOMPARE(office.remittance.view(fourth)->awaitCents, std::int64_t(1));
        QVERIFY(!office.ledger.rows.contains(tombstone));
        QVERIFY(**office.remittance.credited({"c2", "甲建设有限公司", 1}) == fourth.company);
        // Who has never waited leaves nothing.
        Office quiet;
        quiet.admin = quiet.founded();
        QVERIFY(quiet.applications.withdraw(quiet.admin.company));
        QVERIFY(std::ranges::none_of(quiet.ledger.rows, [](const auto &row) { return row.first.first == ports::Table::application && row.first.second.front() == 'w'; }));
    }

    void await_withoutAnAccountToPayTo_isNotOffered()
    {
        Office office;
        office.admin = office.founded();
        const auto view = office.remittance.view(office.admin);
        QVERIFY(view->payee.holder == "虎符演示运营有限公司" && view->payee.bank == "中国示例银行北京分行" && view->payee.account == "0200000009026400123");
        Remittance silent{office.ports, office.bank, office.sms};
        QVERIFY(silent.view(office.admin)->payee.account.empty());
        const auto rows = office.ledger.rows;
        QCOMPARE(silent.await(office.admin).denied(), Denied::methodNotAllowed);
        QVERIFY(office.ledger.rows == rows);
        QVERIFY(office.remittance.await(office.admin));
    }

    void await_whereEachSumHasItsApplication_isDenied()
    {
        Office office;
        office.admin = office.founded();
        const auto name = crypto::sm3(viewOf("甲建设有限公司"));
        for (std::uint8_t cents = 1; cents <= Remittance::kAwaitCentsMost; ++cents)
            office.ledger.rows[{ports::Table::application, rowKey('w', {name, Id{cents}})}] = {1, cents, 0};
        const auto before = office.ledger.rows;
        QCOMPARE(office.remittance.await(office.admin).denied(), Denied::paymentsUsedUp);
        QVERIFY(office.ledger.rows == before);
        office.ledger.rows.erase({ports::Table::application, rowKey('w', {name, Id{40}})});
        QVERIFY(office.remittance.await(office.admin));
        QCOMPARE(office.remittance.view(office.admin)->awaitCents, std::int64_t(40));
    }

    // Rows of before say nothing, and two of them the same: who waits under that name is not told from the other.
    void credit_thatTwoRowsOfBeforeWaitFor_verifiesNeither()
    {
        Office office;
        office.admin = office.founded();
        const Actor rival = rivalOf(office);
        const auto name = crypto::sm3(viewOf("甲建设有限公司"));
        for (const Actor &who : {office.admin, rival}) {
            QVERIFY(office.remittance.await(who));
            office.ledger.rows[{ports::Table::application, rowKey('w', {name, who.company})}] = {};
        }
        QVERIFY(!*office.remittance.credited({"c1", "甲建设有限公司", 1}));
        QVERIFY(!office.isVerified());
        for (const Actor &who : {office.admin, rival}) {
            QVERIFY(audit::recordsOf(office.ledger, who.company, 1, 1000)->back().entry.event == audit::Event::payerUnfit);
            QCOMPARE(office.remittance.view(who)->otherCents, std::int64_t(0)); // the sum was right
        }
    }

    // Register, bank and payment service write （） or (), and full or half width, as they like.
    void company_writtenInAnotherWidth_isTheSame()
    {
        for (const int way : {0, 1, 2}) {
            Office office;
            const auto id = office.identified();
            auto facts = office.factsOf();
            office.companies.entries[facts.code].name = "甲建设（武汉）ABC有限公司";
            facts.name = "甲建设(武汉) ＡＢＣ有限公司";
            QVERIFY(office.facts.submit(id, facts)->state == FactsState::matched);
            office.admin = {id, *office.staff.personOf(id, "13800138000")};
            auto account = office.account();
            account.holder = "甲建设(武汉）ABC 有限公司";
            if (way == 0) {
                QVERIFY(office.remittance.order(office.admin, account));
                QVERIFY(office.remittance.typeAmount(office.admin, office.amount()));
            } else if (way == 1) {
                QVERIFY(office.remittance.await(office.admin));
                QVERIFY(!*office.remittance.credited({"c0", "甲建设[武汉]ABC有限公司", 1}));
                QVERIFY(**office.remittance.credited({"c1", "甲建设(武汉)ABC有限公司", 1}) == id);
            } else {
                office.accounts.next = {false, "甲建设(武汉)ABC有限公司", facts.code};
                QVERIFY(office.paymentAccounts.start(office.admin));
                QVERIFY(office.paymentAccounts.finish(office.admin));
            }
            QVERIFY(office.isVerified());
        }
    }

    // --- account at a payment service ---------------------------------------------------------------------------------

    void paymentAccount_everyActInEveryState_movesByTheTable()
    {
        using State = PaymentAccountState;
        using Act = PaymentAccountAct;
        tests::StateTable<Office, State, Act> table;
        table.rows = {"2..", "231", "..."}; // start, agree, refuse from open, asked, done
        const auto finish = [](Office &office, std::string name) {
            office.accounts.next = {false, std::move(name), tests::kCreditCode};
            return office.paymentAccounts.finish(office.admin);
        };
        table.bringTo = [finish](Office &office, State state) {
            office.admin = office.founded();
            if (state != State::open) Bench::must(office.paymentAccounts.start(office.admin));
            if (state == State::done) Bench::must(finish(office, "甲建设有限公司"));
        };
        table.stateOf = [](Office &office) { return *office.paymentAccounts.stateOf(office.admin.company); };
        table.perform = [finish](Office &office, Act act) -> Verdict<void> {
            if (act == Act::start) HUFU_CHECK(office.paymentAccounts.start(office.admin));
            if (act == Act::agree) return finish(office, "甲建设有限公司");
            if (act == Act::refuse) {
                const auto done = finish(office, "乙建设有限公司");
                return done.denied() == Denied::accountOther ? Verdict<void>() : done;
            }
            return {};
        };
        table.check(kPaymentAccountMoves);
    }

    void paymentAccount_pendingOrOfAnotherCode_verifiesNothing()
    {
        Office office;
        office.admin = office.founded();
        QVERIFY(office.paymentAccounts.start(office.admin));
        const auto before = office.ledger.rows;
        QCOMPARE(office.paymentAccounts.finish(office.admin).denied(), Denied::identityPending);
        QVERIFY(office.ledger.rows == before);
        office.accounts.next = {false, "甲建设有限公司", tests::kOtherCode};
        QCOMPARE(office.paymentAccounts.finish(office.admin).denied(), Denied::accountOther);
        QVERIFY(!office.isVerified());
        office.accounts.down = true;
        QCOMPARE(causeOf(office.paymentAccounts.start(office.admin)), Errc::unavailable);
    }

    // --- link for the legal representative ----------------------------------------------------------------------------

    void link_everyActInEveryState_movesByTheTable()
    {
        using State = LinkState;
        using Act = LinkAct;
        tests::StateTable<Office, State, Act> table;
        // startCheck, sign, fail, refuse, withdraw
        table.rows = {"2..45", "23145", ".....", ".....", ".....", "....."}; // sent, checking, signed, refused, withdrawn, expired
        table.bringTo = [](Office &office, State state) {
            office.admin = office.founded();
            office.linkSent();
            if (state == State::checking || state == State::signed_) Bench::must(office.links.startCheck(office.token(), 1));
            if (state == State::signed_) Bench::must(office.links.sign(office.token(), ""));
            if (state == State::refused) Bench::must(office.links.refuse(office.token()));
            if (state == State::withdrawn) Bench::must(office.links.withdraw(office.admin, office.id));
            if (state == State::expired) office.clock.advance(LegalLinks::kValidMs);
        };
        table.stateOf = [](Office &office) { return *office.links.stateOf(office.admin, office.id); };
        table.perform = [](Office &office, Act act) -> Verdict<void> {
            const auto state = *office.links.stateOf(office.admin, office.id);
            const bool over = state != State::sent && state != State::checking;
            // Whoever holds a token is told the same of every link that is over.
            const auto byToken = [over](Verdict<void> done) {
                return over && done.denied() == Denied::linkInvalid ? Verdict<void>(Error(Errc::badState, "over")) : done;
            };
            switch (act) {
            case Act::startCheck: {
                const auto started = office.links.startCheck(office.token(), 1);
                return byToken(started ? Verdict<void>() : Verdict<void>(started.error()));
            }
            case Act::sign: return byToken(office.links.sign(office.token(), ""));
            case Act::fail: {
                office.identity.next = Outcome::failed;
                const auto done = office.links.sign(office.token(), "");
                return byToken(done.denied() == Denied::livenessFailed ? Verdict<void>() : done);
            }
            case Act::refuse: return byToken(office.links.refuse(office.token()));
            case Act::withdraw: return office.links.withdraw(office.admin, office.id);
            }
            return {};
        };
        table.check(kLinkMoves);
    }

    void link_signedByFace_verifiesTheCompany()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        QCOMPARE(office.sms.numbers.back(), std::string("13900139000"));
        const auto view = office.links.view(office.token());
        QCOMPARE(view->companyName, std::string("甲建设有限公司"));
        QCOMPARE(view->legalNameMasked, std::string("李*"));
        QCOMPARE(view->contactMasked, std::string("139****9000"));
        QVERIFY(!view->codeAllowed);
        // A code would only prove the number that the administrator typed.
        QCOMPARE(office.links.startCheck(office.token(), 0).denied(), Denied::methodNotAllowed);
        QCOMPARE(causeOf(office.links.startCheck(office.token(), 9)), Errc::badInput);
        QVERIFY(office.links.startCheck(office.token(), 1));
        QCOMPARE(office.identity.asked.back(), "李四/" + tests::kOtherIdNumber);
        office.identity.next = Outcome::pending;
        QCOMPARE(office.links.sign(office.token(), "").denied(), Denied::identityPending);
        QVERIFY(!office.isVerified());
        office.identity.next = Outcome::passed;
        office.key.down = true;
        QCOMPARE(causeOf(office.links.sign(office.token(), "")), Errc::unavailable);
        QVERIFY(!office.isVerified());
        office.key.down = false;
        QVERIFY(office.links.sign(office.token(), ""));
        QVERIFY(office.isVerified());
        QVERIFY(office.key.signedMessages.back() == LegalLinks::signedBytes(Purpose::authenticate, office.admin.company, {}, office.clock.wall));
        QVERIFY(tests::isHidden(office.ledger, {"13900139000", "李四", tests::kOtherIdNumber}));
    }

    void link_unknownOrOldOrReplaced_isInvalid()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        const auto first = office.token();
        QCOMPARE(office.links.view(LinkToken{1}).denied(), Denied::linkInvalid);
        office.linkSent();
        QCOMPARE(office.links.view(first).denied(), Denied::linkInvalid);
        QVERIFY(office.links.view(office.token()));
        office.clock.advance(LegalLinks::kValidMs);
        QCOMPARE(office.links.view(office.token()).denied(), Denied::linkInvalid);
        QCOMPARE(office.links.startCheck(office.token(), 1).denied(), Denied::linkInvalid);
    }

    // Whose link it is, where it went and until when it is good; one that ran out is not told as one that is out.
    void link_latest_saysWhereItWentAndUntilWhen()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        const auto sent = office.links.latest(office.admin, Purpose::authenticate, {})->value();
        QVERIFY(sent.id == office.id && sent.state == LinkState::sent && sent.contactMasked == "139****9000");
        QCOMPARE(sent.untilMs, office.clock.wall + LegalLinks::kValidMs);
        office.clock.advance(LegalLinks::kValidMs - 1);
        QVERIFY(office.links.latest(office.admin, Purpose::authenticate, {})->value().state == LinkState::sent);
        office.clock.advance(1);
        QVERIFY(office.links.latest(office.admin, Purpose::authenticate, {})->value().state == LinkState::expired);
        QVERIFY(*office.links.stateOf(office.admin, office.id) == LinkState::expired);
        office.linkSent(); // another one
        QVERIFY(office.links.latest(office.admin, Purpose::authenticate, {})->value().state == LinkState::sent);
    }

    // Nobody has got the new one: the former stays what it was, and the day's count, too.
    void link_whoseMessageCannotBeSent_leavesTheFormerOneGood()
    {
        for (const Contact contact : {Contact::phone, Contact::mail}) {
            const std::string to = contact == Contact::phone ? "13900139001" : "legal@example.cn";
            Office office;
            office.admin = office.founded();
            const auto untouched = office.ledger.rows;
            office.sms.down = office.mail.down = true;
            QCOMPARE(causeOf(office.links.send(office.admin, Purpose::authenticate, {}, contact, to)), Errc::unavailable);
            QVERIFY(office.ledger.rows == untouched);
            office.sms.down = office.mail.down = false;
            office.linkSent();
            const auto former = office.token();
            const auto rows = office.ledger.rows;
            office.sms.down = office.mail.down = true;
            for (int i = 0; i <= LegalLinks::kSentInADay; ++i)
                QCOMPARE(causeOf(office.links.send(office.admin, Purpose::authenticate, {}, contact, to)), Errc::unavailable);
            QVERIFY(office.ledger.rows == rows);
            office.sms.down = office.mail.down = false;
            QVERIFY(office.links.view(former));
            QVERIFY(office.links.latest(office.admin, Purpose::authenticate, {})->value().id == office.id);
            QVERIFY(office.links.send(office.admin, Purpose::authenticate, {}, contact, to));
            QCOMPARE(office.links.view(former).denied(), Denied::linkInvalid);
        }
    }

    // Whoever gets the message gets a link that leads somewhere, whatever becomes of the server right after.
    void link_isStoredBeforeItsMessageGoesOut()
    {
        struct Line final : ports::SmsGateway {
            std::function<void(const LinkToken &)> onSend;
            Result<void> send(std::string_view, std::string_view text) override
            {
                onSend(*fixedBytes<32>(*fromHex(text.substr(text.find('#') + 1, 64))));
                return {};
            }
        } line;
        Office office;
        office.admin = office.founded();
        LegalLinks links{office.ports, office.smsCodes, line, office.mail, {{1, &office.identity}}, office.key, "https://hufu.example/legal#"};
        int seen = 0;
        line.onSend = [&](const LinkToken &token) { seen += links.view(token) ? 1 : 0; };
        QVERIFY(links.send(office.admin, Purpose::authenticate, {}, Contact::phone, "13900139000"));
        QCOMPARE(seen, 1);
        // Verified by other means while the message was on its way: it is taken back.
        const auto former = links.latest(office.admin, Purpose::authenticate, {})->value().id;
        LinkToken late{};
        line.onSend = [&](const LinkToken &token) {
            late = token;
            office.mustIn([&](auto &transaction) { return verifyCompany(transaction, office.ports, {}, office.admin.company, Way::letter); });
        };
        QVERIFY(!links.send(office.admin, Purpose::authenticate, {}, Contact::phone, "13900139000"));
        QVERIFY(!*links.isKnown(late));
        QVERIFY(links.latest(office.admin, Purpose::authenticate, {})->value().id == former);
    }

    // A row that cannot be read hides none of the others, on whichever page it would stand.
    void confirmations_oneDamaged_theOthersAreListed()
    {
        Office office;
        office.paid();
        for (const std::string_view statement : {"one", "two"}) {
            office.clock.advance(tests::kMinuteMs);
            Bench::must(office.confirmations.ask(office.admin, viewOf(statement)));
            Bench::must(office.confirmations.confirm(office.admin, Matter::administrators, viewOf(statement), {office.sms.digits(), 0, {}}));
        }
        const auto all = Bench::must(office.confirmations.list(office.admin, {}, 10));
        QCOMPARE(all.size(), std::size_t(2));
        const std::pair first{ports::Table::person, rowKey('v', {office.admin.company, all[0].id})};
        QVERIFY(office.ledger.rows.contains(first));
        office.ledger.rows[first] = Bytes{1, 2, 3};
        for (const std::size_t most : {std::size_t{1}, std::size_t{10}}) {
            const auto left = Bench::must(office.confirmations.list(office.admin, {}, most));
            QVERIFY(left.size() == 1 && left[0].id == all[1].id && !left[0].name.empty());
        }
    }

    // Neither the bank account nor where the link went is anybody's business any more, nor what was confirmed.
    void application_takenBack_leavesNoBankAccountAndNoContact()
    {
        Office office;
        office.paid();
        office.linkSent();
        Bench::must(office.confirmations.ask(office.admin, viewOf("a person's name")));
        Bench::must(office.confirmations.confirm(office.admin, Matter::administrators, viewOf("a person's name"), {office.sms.digits(), 0, {}}));
        QCOMPARE(Bench::must(office.confirmations.list(office.admin, {}, 10)).size(), std::size_t(1));
        const auto before = office.ledger.rows;
        const auto sizes = [&](const std::map<std::pair<ports::Table, Bytes>, Bytes> &rows) {
            return std::pair(rows.at({ports::Table::application, rowKey('r', {office.admin.company})}).size(),
                             rows.at({ports::Table::application, rowKey('l', {office.admin.company, office.id})}).size());
        };
        QVERIFY(office.applications.withdraw(office.admin.company));
        const auto [account, contact] = sizes(before);
        const auto [accountLeft, contactLeft] = sizes(office.ledger.rows);
        QVERIFY(accountLeft + 100 < account && contactLeft + 30 < contact); // what was sealed is gone
        const auto confirmed = rowKey('v', {office.admin.company});
        QVERIFY(std::ranges::none_of(office.ledger.rows, [&](const auto &row) {
            return row.first.first == ports::Table::person && row.first.second.size() == confirmed.size() + 16 && sameBytes(ByteView(row.first.second).first(confirmed.size()), confirmed);
        }));
    }

    void link_askedTooOften_isDenied()
    {
        Office office;
        office.admin = office.founded();
        for (int i = 0; i < LegalLinks::kSentInADay; ++i)
            office.linkSent();
        const auto before = office.ledger.rows;
        QCOMPARE(office.links.send(office.admin, Purpose::authenticate, {}, Contact::phone, "13900139000").denied(), Denied::smsTooOften);
        QCOMPARE(causeOf(office.links.send(office.admin, Purpose::authenticate, {}, Contact::mail, "nobody")), Errc::badInput);
        QVERIFY(office.ledger.rows == before);
    }

    void link_failingTenTimes_isRefused()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        office.identity.next = Outcome::failed;
        for (int i = 0; i < LegalLinks::kFailures; ++i) {
            QVERIFY(office.links.startCheck(office.token(), 1));
            QCOMPARE(office.links.sign(office.token(), "").denied(), Denied::livenessFailed);
        }
        QCOMPARE(office.links.startCheck(office.token(), 1).denied(), Denied::linkInvalid);
        QVERIFY(!office.isVerified());
    }

    void link_forACompanyThatIsVerified_isRefused()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        QVERIFY(office.links.startCheck(office.token(), 1));
        office.mustIn([&](auto &transaction) { return verifyCompany(transaction, office.ports, {}, office.admin.company, Way::letter); });
        const auto before = office.ledger.rows;
        QCOMPARE(causeOf(office.links.sign(office.token(), "")), Errc::badState);
        QCOMPARE(causeOf(office.links.send(office.admin, Purpose::authenticate, {}, Contact::phone, "13900139000")), Errc::badState);
        QCOMPARE(causeOf(office.remittance.await(office.admin)), Errc::badState);
        QCOMPARE(causeOf(office.reviews.submit(office.admin, Purpose::authenticate, {}, Office::pdf())), Errc::badState);
        QVERIFY(office.ledger.rows == before);
    }

    // --- letter -------------------------------------------------------------------------------------------------------

    void paper_everyActInEveryState_movesByTheTable()
    {
        using State = PaperState;
        using Act = PaperAct;
        tests::StateTable<Office, State, Act> table;
        table.rows = {"234", "...", "...", "..."}; // approve, giveBack, withdraw from waiting, approved, returned, withdrawn
        const auto perform = [](Office &office, Act act) -> Verdict<void> {
            if (act == Act::approve) return office.reviews.judged(office.id, true, ReturnReason::none);
            if (act == Act::giveBack) return office.reviews.judged(office.id, false, ReturnReason::illegible);
            return office.reviews.withdraw(office.admin, office.id);
        };
        table.bringTo = [perform](Office &office, State state) {
            office.admin = office.founded();
            office.paperSent();
            if (state != State::waiting) Bench::must(perform(office, Act(int(state) - 1)));
        };
        table.stateOf = [](Office &office) { return office.reviews.list(office.admin)->front().state; };
        table.perform = perform;
        table.check(kPaperMoves);
    }

    void paper_approved_verifiesTheCompany()
    {
        Office office;
        office.admin = office.founded();
        office.paperSent();
        QVERIFY(office.desk.papers.at(office.id) == Office::pdf());
        const auto about = *office.reviews.about(office.id); // for whoever compares them
        QVERIFY(about.companyName == "甲建设有限公司" && about.creditCode == tests::kCreditCode && about.legalName == "李四");
        QVERIFY(about.purpose == Purpose::authenticate && about.kind == CompanyKind::enterprise && about.submittedMs == office.clock.wall);
        QCOMPARE(office.reviews.about({9}).error().code, Errc::notFound);
        QVERIFY(tests::isHidden(office.ledger, {"%PDF-1.7 letter"}));
        QVERIFY(office.reviews.judged(office.id, true, ReturnReason::none));
        QVERIFY(office.isVerified());
    }

    void paper_givenBack_canBeFollowedByABetterOne()
    {
        Office office;
        office.admin = office.founded();
        office.paperSent();
        QCOMPARE(causeOf(office.reviews.judged(office.id, false, ReturnReason::none)), Errc::badInput);
        QCOMPARE(causeOf(office.reviews.judged(office.id, false, ReturnReason(9))), Errc::badInput);
        QVERIFY(office.reviews.judged(office.id, false, ReturnReason::sealMissing));
        QVERIFY(!office.isVerified());
        const Id first = office.id;
        office.paperSent();
        const Id second = office.id;
        office.paperSent(); // replaces the second
        QCOMPARE(causeOf(office.reviews.judged(second, true, ReturnReason::none)), Errc::badState);
        QCOMPARE(causeOf(office.reviews.judged(first, true, ReturnReason::none)), Errc::badState);
        QCOMPARE(causeOf(office.reviews.judged({9}, true, ReturnReason::none)), Errc::notFound);
        QVERIFY(!office.isVerified());
        QVERIFY(office.reviews.judged(office.id, true, ReturnReason::none));
    }

    void paper_unfit_isDenied()
    {
        Office office;
        office.admin = office.founded();
        const auto before = office.ledger.rows;
        Bytes large = Office::pdf();
        large.resize(Reviews::kPaperMost + 1);
        for (const Bytes &bad : {Bytes{}, bytesOf(viewOf("MZ executable")), bytesOf(viewOf("%PDF-")), large})
            QCOMPARE(office.reviews.submit(office.admin, Purpose::authenticate, {}, bad).denied(), Denied::documentUnfit);
        QCOMPARE(causeOf(office.reviews.submit(office.admin, Purpose::authenticate, {1}, Office::pdf())), Errc::badInput);
        QCOMPARE(causeOf(office.reviews.submit(office.admin, Purpose::legalSeal, {1}, Office::pdf())), Errc::notFound);
        QVERIFY(office.ledger.rows == before);
        large.resize(Reviews::kPaperMost);
        QVERIFY(office.reviews.submit(office.admin, Purpose::authenticate, {}, large));
    }

    void desk_down_isHandedThePaperLater()
    {
        Office office;
        office.admin = office.founded();
        office.desk.down = true;
        office.paperSent();
        QCOMPARE(office.reviews.hand(office.id).error().code, Errc::unavailable);
        const auto before = office.ledger.rows;
        QCOMPARE(*office.reviews.handWaiting(), std::size_t(0));
        QVERIFY(office.ledger.rows == before && office.desk.papers.empty());
        office.desk.down = false;
        QCOMPARE(*office.reviews.handWaiting(), std::size_t(1)); // as the server asks each minute
        QVERIFY(office.desk.papers.at(office.id) == Office::pdf());
        QCOMPARE(*office.reviews.handWaiting(), std::size_t(0)); // once
        office.desk.papers.clear();
        office.desk.down = true;
        office.paperSent();
        QVERIFY(office.reviews.withdraw(office.admin, office.id));
        office.desk.down = false;
        QCOMPARE(*office.reviews.handWaiting(), std::size_t(0)); // withdrawn meanwhile
        QVERIFY(office.desk.papers.empty());
    }

    // Before 27 November 2026 a paper that is not handed in yet stood under 'u', where the links that are out stand, too.
    void papers_thatAnEarlierVersionLeft_areHandedIn()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        const Id link = office.id;
        office.desk.down = true;
        office.paperSent();
        office.ledger.rows.erase({ports::Table::application, rowKey('m', {office.id})});
        office.ledger.rows[{ports::Table::application, rowKey('u', {office.id})}] = {};
        office.desk.down = false;
        QCOMPARE(*office.reviews.handWaiting(), std::size_t(1));
        QVERIFY(office.desk.papers.at(office.id) == Office::pdf());
        QVERIFY(!office.ledger.rows.contains({ports::Table::application, rowKey('u', {office.id})}));
        QCOMPARE(*office.reviews.handWaiting(), std::size_t(0));
        QVERIFY(office.links.latest(office.admin, Purpose::authenticate, {})->value().id == link); // where it was
    }

    // Papers that cannot be handed in at all stand in nobody's way, and somebody is told to look.
    void papers_damagedForGood_keepNoPlaceBeforeOthers()
    {
        Office office;
        office.admin = office.founded();
        office.desk.down = true;
        office.paperSent();
        for (std::uint8_t i = 0; i < 60; ++i) { // in front of it by their ids
            const ByteArray<16> id{0, 0, 0, i};
            office.ledger.rows[{ports::Table::application, rowKey('m', {id})}] = {};
            office.ledger.rows[{ports::Table::application, rowKey('o', {id})}] = Bytes{1}; // whose it is cannot be read
        }
        office.desk.down = false;
        QVERIFY(!office.reviews.handWaiting());
        QVERIFY(office.desk.papers.at(office.id) == Office::pdf());
    }

    void papers_ofMoreThanAThousand_areAllListedAndTheLastIsHandedIn()
    {
        Office office;
        office.admin = office.founded();
        office.desk.down = true;
        std::set<Id> sent;
        for (int i = 0; i < 1001; ++i) {
            office.paperSent(); // each withdraws the one before
            sent.insert(office.id);
        }
        const auto list = Bench::must(office.reviews.list(office.admin));
        QCOMPARE(list.size(), sent.size());
        for (const auto &view : list)
            QVERIFY(sent.erase(view.id) == 1 && view.state == (view.id == office.id ? PaperState::waiting : PaperState::withdrawn));
        office.desk.down = false;
        for (int sweep = 0; sweep < 1001 && office.desk.papers.empty(); ++sweep) // those withdrawn do not keep it
            QVERIFY(office.reviews.handWaiting());
        QCOMPARE(office.desk.papers.size(), std::size_t(1));
        QVERIFY(office.desk.papers.contains(office.id));
        Bench::must(office.reviews.judged(office.id, true, ReturnReason::none));
        QVERIFY(office.isVerified());
    }

    // Nothing that was under way verifies a company whose application was taken back, and none of its people comes in any more.
    void application_takenBack_endsAllThatWaits()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        const auto token = office.token();
        QVERIFY(office.links.startCheck(token, 1));
        office.paperSent();
        QVERIFY(office.remittance.await(office.admin));
        QVERIFY(office.applications.withdraw(office.admin.company));
        QVERIFY(!office.isVerified());
        QCOMPARE(office.links.sign(token, "").denied(), Denied::linkInvalid);
        QCOMPARE(causeOf(office.reviews.judged(office.id, true, ReturnReason::none)), Errc::badState);
        QCOMPARE(office.remittance.view(office.admin).denied(), Denied::roleMissing);
        QCOMPARE(office.staff.personOf(office.admin.company, "13800138000").error().code, Errc::notFound);
        QCOMPARE(causeOf(office.applications.withdraw(office.admin.company)), Errc::badState);
        {
            auto transaction = std::move(*office.ledger.begin());
            QVERIFY(loadLegal(*transaction, office.masterKey, office.admin.company)->idNumber.empty());
            QVERIFY(loadPerson(*transaction, office.masterKey, office.admin.person)->person.name.empty());
        }
        QVERIFY(!office.isVerified());

        // Somebody else of the same company waits for a sum of his own, and nobody stands in the way.
        const Actor former = office.admin;
        office.clock.advance(60'000);
        office.admin = office.founded();
        QVERIFY(office.admin.company != former.company);
        QVERIFY(office.remittance.await(office.admin));
        QVERIFY(!*office.remittance.credited({"B-1", "甲建设有限公司", 1})); // the former one's, late
        QVERIFY(*office.remittance.credited({"B-2", "甲建设有限公司", 2}) == office.admin.company);
        QVERIFY(audit::verify(office.ledger)->intact());
    }

    void authentication_byOthersThanAnAdministrator_isDenied()
    {
        Office office;
        office.admin = office.founded();
        office.linkSent();
        const Id link = office.id;
        office.paperSent();
        const Actor staff{office.admin.company, office.person(office.admin, 1, role::kBidStaff | role::kApprover | role::kSealAdministrator)};
        const auto before = office.ledger.rows;
        for (const Actor &actor : {staff, Actor{office.admin.company, {9}}, Actor{{9}, office.admin.person}}) {
            QCOMPARE(office.remittance.order(actor, office.account()).denied(), Denied::roleMissing);
            QCOMPARE(office.remittance.look(actor).denied(), Denied::roleMissing);
            QCOMPARE(office.remittance.typeAmount(actor, 1).denied(), Denied::roleMissing);
            QCOMPARE(office.remittance.await(actor).denied(), Denied::roleMissing);
            QCOMPARE(office.remittance.restart(actor).denied(), Denied::roleMissing);
            QCOMPARE(office.remittance.view(actor).denied(), Denied::roleMissing);
            QCOMPARE(office.paymentAccounts.start(actor).denied(), Denied::roleMissing);
            QCOMPARE(office.paymentAccounts.finish(actor).denied(), Denied::roleMissing);
            QCOMPARE(office.links.send(actor, Purpose::authenticate, {}, Contact::phone, "13900139000").denied(), Denied::roleMissing);
            QCOMPARE(office.links.withdraw(actor, link).denied(), Denied::roleMissing);
            QCOMPARE(office.links.stateOf(actor, link).denied(), Denied::roleMissing);
            QCOMPARE(office.reviews.submit(actor, Purpose::authenticate, {}, Office::pdf()).denied(), Denied::roleMissing);
            QCOMPARE(office.reviews.withdraw(actor, office.id).denied(), Denied::roleMissing);
            QCOMPARE(office.reviews.list(actor).denied(), Denied::roleMissing);
        }
        QVERIFY(office.ledger.rows == before);
    }
};

QTEST_GUILESS_MAIN(TestAuthentication)
#include "test_authentication.moc"
