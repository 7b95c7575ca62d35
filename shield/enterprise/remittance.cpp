#include "shield/enterprise/remittance.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/language.h"
#include "shield/enterprise/row.h"

#include <algorithm>

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;
using Act = RemittanceAct;
using State = RemittanceState;

constexpr std::string_view kPaidText = "【虎符 Hufu】对公打款已提交银行，预计 2 小时内到账，请查收后填写金额。";
constexpr std::string_view kPaidTextInEnglish = "【虎符 Hufu】Our payment is with the bank and should arrive within 2 hours. Look at the account, then enter the amount.";

struct Sealed {
    BankAccount account;
    std::int64_t cents = 0; // what was paid: the secret that is to be typed back
    static void fields(auto &row, auto &f) { f(row.account, row.cents); }
};

// A database keeps its rows for longer than we keep their form. Today's begins with kForm, which is no state, or with kRestless, whose rows
// know no `wrongMs`; what was written before 27 November 2026 knows neither `wrong` nor `otherCents`, and on that day rows were as those of
// kRestless without it. No bytes are of two forms: a byte more before the seal's length makes another length of it, which then does not end
// where the row does.
constexpr std::uint8_t kForm = 0x84, kRestless = 0x83;

struct Row {
    State state = State::open;
    std::uint8_t payments = 0, tries = 0; // tries: of the present payment
    std::uint8_t wrong = 0;               // amounts in all
    std::int64_t orderedMs = 0, paidMs = 0;
    Id reference{};
    Bytes sealed;
    std::int64_t otherCents = 0; // of the last payment under the company's name that was of another sum than it was told
    std::int64_t wrongMs = 0;    // of the last wrong amount
    static void fields(auto &row, auto &f)
    {
        f(row.state, row.payments, row.tries, row.wrong, row.orderedMs, row.paidMs, row.reference, row.sealed, row.otherCents);
    }
};

struct FirstRow {
    Row row;
    static void fields(auto &first, auto &f)
    {
        auto &row = first.row;
        f(row.state, row.payments, row.tries, row.orderedMs, row.paidMs, row.reference, row.sealed);
    }
};

struct RestlessRow {
    std::uint8_t form = kRestless;
    Row row;
    static void fields(auto &formed, auto &f) { f(formed.form, formed.row); }
};

struct FormedRow {
    std::uint8_t form = kForm;
    Row row;
    static void fields(auto &formed, auto &f) { f(formed.form, formed.row, formed.row.wrongMs); }
};

// Errors: badInput.
Result<Row> rowOf(ByteView bytes)
{
    if (!bytes.empty() && bytes[0] == kRestless) {
        HUFU_TRY(formed, parseRow<RestlessRow>(bytes));
        return std::move(formed.row);
    }
    if (!bytes.empty() && bytes[0] == kForm) {
        HUFU_TRY(formed, parseRow<FormedRow>(bytes));
        return std::move(formed.row);
    }
    if (auto later = parseRow<Row>(bytes)) return std::move(*later);
    HUFU_TRY(first, parseRow<FirstRow>(bytes));
    return std::move(first.row);
}

// Table::application: a company's remittance; who waits under a name; which credits were seen.
Bytes remittanceKey(const Id &company)
{
    return rowKey('r', {company});
}

ByteArray<32> nameSm3(std::string_view payer)
{
    return crypto::sm3(viewOf(companyNameOf(payer)));
}

// By what sum a company is told from others that wait, or have waited, under the same name. It keeps its sum as long as its application
// is open, also after starting over, and for kLateCreditMs after it was taken back: a payment that comes late must not verify whoever waits
// by then. Until 27 November 2026 the row was empty, and the sum ¥0.01; on that day it had form 1, without `leftMs`.
struct WaitingRow {
    std::uint8_t form = 2, cents = Remittance::kAwaitCents;
    bool waits = true;
    std::int64_t leftMs = 0; // when the application was taken back; zero: it is open
    static void fields(auto &row, auto &f) { f(row.form, row.cents, row.waits, row.leftMs); }
};

struct FirstWaitingRow {
    WaitingRow row;
    static void fields(auto &first, auto &f) { f(first.row.form, first.row.cents, first.row.waits); }
};

struct Waiting {
    Id company{};
    WaitingRow row;
};

Result<WaitingRow> waitingOf(ByteView bytes)
{
    if (bytes.empty()) return WaitingRow{};
    if (bytes[0] == WaitingRow{}.form) return parseRow<WaitingRow>(bytes);
    if (bytes[0] != 1) return Error(Errc::badInput, "a form that is not known");
    HUFU_TRY(first, parseRow<FirstWaitingRow>(bytes));
    first.row.form = WaitingRow{}.form;
    return first.row;
}

// Sums whose payment cannot come any more are free again.
Result<std::vector<Waiting>> waitingUnder(ports::Transaction &transaction, std::string_view name, std::int64_t now)
{
    HUFU_TRY(rows, ports::scanAll(transaction, Table::application, rowKey('w', {nameSm3(name)})));
    std::vector<Waiting> out;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(company, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, waitingOf(value));
        if (row.leftMs != 0 && now - row.leftMs >= Remittance::kLateCreditMs) {
            HUFU_CHECK(transaction.remove(Table::application, key));
            continue;
        }
        out.push_back({company, row});
    }
    return out;
}

// What was used up for a credit code by applications that were taken back, and the wrong amounts of all: whoever begins anew finds it
// again. Until 27 November 2026 a row was shorter by form and wrongMs.
struct UsedRow {
    std::uint8_t form = 1, payments = 0, wrong = 0;
    std::int64_t orderedMs = 0, wrongMs = 0;
    static void fields(auto &row, auto &f) { f(row.form, row.payments, row.wrong, row.orderedMs, row.wrongMs); }
};

struct FirstUsedRow {
    UsedRow row;
    static void fields(auto &first, auto &f) { f(first.row.payments, first.row.wrong, first.row.orderedMs); }
};

Bytes usedKey(std::string_view creditCode)
{
    return rowKey('j', {crypto::sm3(viewOf(creditCode))});
}

Result<std::optional<UsedRow>> findUsed(ports::Transaction &transaction, std::string_view creditCode)
{
    HUFU_TRY(stored, transaction.readForChange(Table::application, usedKey(creditCode)));
    if (!stored) return std::optional<UsedRow>();
    if (auto row = parseRow<UsedRow>(*stored)) return std::optional(*row);
    HUFU_TRY(first, parseRow<FirstUsedRow>(*stored));
    return std::optional(first.row);
}

// Nothing yet: a new one. Wrong amounts are those of all who apply for the credit code: else each application had guesses of its own.
Result<Row> loadRemittance(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(stored, transaction.readForChange(Table::application, remittanceKey(company)));
    HUFU_TRY(entry, loadCompany(transaction, company));
    HUFU_TRY(used, findUsed(transaction, entry.creditCode));
    Row row;
    if (stored) {
        HUFU_TRY(kept, rowOf(*stored));
        row = std::move(kept);
    } else if (used) {
        row.payments = used->payments;
        row.orderedMs = used->orderedMs;
    }
    if (used && used->wrong > row.wrong) {
        row.wrong = used->wrong;
        row.wrongMs = used->wrongMs;
    }
    return row;
}

Result<void> noteWrong(ports::Transaction &transaction, const Id &company, const Row &row)
{
    HUFU_TRY(entry, loadCompany(transaction, company));
    HUFU_TRY(before, findUsed(transaction, entry.creditCode));
    UsedRow used = before.value_or(UsedRow{});
    used.wrong = row.wrong;
    used.wrongMs = row.wrongMs;
    return saveRow(transaction, Table::application, usedKey(entry.creditCode), used);
}

Result<void> saveRemittance(ports::Transaction &transaction, const Id &company, const Row &row)
{
    return saveRow(transaction, Table::application, remittanceKey(company), FormedRow{kForm, row});
}

Bytes waitingKey(std::string_view payer, const Id &company)
{
    return rowKey('w', {nameSm3(payer), company});
}

Bytes creditKey(std::string_view reference)
{
    return rowKey('b', {crypto::sm3(viewOf(reference))});
}

Bytes sealContext(const Id &company)
{
    return concat({viewOf("hufu-remittance"), company});
}

struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    Id company{};
    Row row;
    State next{};
    audit::Who who{};
};

// Nothing moves any more once the company is verified, in whatever way.
Verdict<Open> openFor(const Ports &ports, const Actor &actor, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, ports, actor, role::kAdministrator));
    HUFU_TRY(standing, loadStanding(*transaction, actor.company));
    HUFU_CHECK(moved(kStandingMoves, standing.state, StandingAct::verify));
    HUFU_TRY(row, loadRemittance(*transaction, actor.company));
    HUFU_TRY(next, moved(kRemittanceMoves, row.state, act));
    return Open{std::move(transaction), actor.company, std::move(row), next, whoOf(actor)};
}

Result<void> close(const Ports &ports, Open &open, Event event, std::uint16_t code = 0)
{
    open.row.state = open.next;
    HUFU_CHECK(saveRemittance(*open.transaction, open.company, open.row));
    HUFU_CHECK(audit::append(*open.transaction, open.company, {event, ports.clock.unixMs(), open.company, {}, code, open.who}));
    return open.transaction->commit();
}

Result<Sealed> openSealed(const Ports &ports, const Id &company, const Row &row)
{
    if (row.sealed.empty()) return Sealed{};
    return openRow<Sealed>(ports.masterKey, sealContext(company), row.sealed);
}

// How many wrong amounts there may be until it rests: all of kWrong at first, then kTries each time.
int wrongUntilRest(int wrong)
{
    return wrong < Remittance::kWrong ? Remittance::kWrong - wrong : Remittance::kTries - (wrong - Remittance::kWrong) % Remittance::kTries;
}

bool isFull(int wrong)
{
    return wrong >= Remittance::kWrong && wrongUntilRest(wrong) == Remittance::kTries;
}

// Zero: it does not rest.
std::int64_t restsUntil(const Row &row, std::int64_t now)
{
    if (!isFull(row.wrong)) return 0;
    std::int64_t rest = Remittance::kRestMs;
    for (int before = (row.wrong - Remittance::kWrong) / Remittance::kTries; before > 0 && rest < Remittance::kRestMs * 1'000; --before)
        rest *= Remittance::kLonger;
    const std::int64_t until = row.wrongMs + rest;
    return now < until ? until : 0;
}

// 1 to 99 without bias.
std::int64_t drawCents(ports::Random &random)
{
    for (;;) {
        const std::uint8_t byte = random.bytes<1>("remittance-cents")[0];
        if (byte < 198) return 1 + byte % 99;
    }
}

// Money under the name of a company that waits, which verifies nobody: of a sum that none of them was told, or that two were.
Result<void> noteUnfit(ports::Transaction &transaction, const Ports &ports, const Waiting &waiting, const BankCredit &credit)
{
    const Id &company = waiting.company;
    HUFU_TRY(row, loadRemittance(transaction, company));
    if (credit.cents != waiting.row.cents) row.otherCents = credit.cents;
    HUFU_CHECK(saveRemittance(transaction, company, row));
    return audit::append(transaction, company,
                         {Event::payerUnfit, ports.clock.unixMs(), company, crypto::sm3(viewOf(credit.reference)), 0, {audit::By::outside, {}}});
}

Result<void> stopAwaiting(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(entry, loadCompany(transaction, company));
    return transaction.remove(Table::application, waitingKey(entry.name, company));
}

Result<void> stopWaiting(Open &open)
{
    if (open.row.state != State::awaiting) return {};
    HUFU_TRY(entry, loadCompany(*open.transaction, open.company));
    const Bytes key = waitingKey(entry.name, open.company);
    HUFU_TRY(stored, open.transaction->readForChange(Table::application, key));
    HUFU_TRY(row, waitingOf(stored.value_or(Bytes())));
    row.waits = false;
    return saveRow(*open.transaction, Table::application, key, row);
}

// Who has never waited for a payment leaves none behind.
Result<void> leaveSum(ports::Transaction &transaction, const Company &company, const Id &id, std::int64_t now)
{
    const Bytes key = waitingKey(company.name, id);
    HUFU_TRY(stored, transaction.readForChange(Table::application, key));
    if (!stored) return {};
    HUFU_TRY(row, waitingOf(*stored));
    row.waits = false;
    row.leftMs = now;
    return saveRow(transaction, Table::application, key, row);
}

// The smallest sum that no other application under this name has. Nothing: there is none.
std::optional<std::uint8_t> freeCents(const std::vector<Waiting> &all)
{
    for (std::uint8_t cents = 1; cents <= Remittance::kAwaitCentsMost; ++cents)
        if (std::ranges::none_of(all, [cents](const Waiting &one) { return one.row.cents == cents; })) return cents;
    return std::nullopt;
}

} // namespace

Result<void> leaveRemittance(ports::Transaction &transaction, const Id &company, std::int64_t nowMs)
{
    HUFU_TRY(entry, loadCompany(transaction, company));
    HUFU_TRY(row, loadRemittance(transaction, company));
    // The most of what any of them has used: several may apply for one code at a time.
    HUFU_TRY(before, findUsed(transaction, entry.creditCode));
    UsedRow used = before.value_or(UsedRow{});
    used = {1, std::max(used.payments, row.payments), std::max(used.wrong, row.wrong), std::max(used.orderedMs, row.orderedMs), std::max(used.wrongMs, row.wrongMs)};
    if (used.payments > 0) HUFU_CHECK(saveRow(transaction, Table::application, usedKey(entry.creditCode), used));
    if (!row.sealed.empty()) { // its bank account is nobody's business any more
        row.sealed.clear();
        HUFU_CHECK(saveRemittance(transaction, company, row));
    }
    return leaveSum(transaction, entry, company, nowMs);
}

// As it is kept. known: what was told before; whoever cannot read it sends back nothing of what is shown masked.
// Errors: badInput (the field that does not fit).
static Result<BankAccount> fitting(BankAccount account, const BankAccount &known)
{
    if (account.account.empty()) account.account = known.account;
    if (account.phone.empty()) account.phone = known.phone;
    for (std::string *text : {&account.holder, &account.bank, &account.province, &account.city})
        *text = trimmed(*text);
    std::erase(account.account, ' ');
    if (!isName(account.bank)) return Error(Errc::badInput, "bank");
    if (!isName(account.province)) return Error(Errc::badInput, "province");
    if (!isName(account.city)) return Error(Errc::badInput, "city");
    const auto phone = phoneNumberOf(account.phone);
    if (!phone) return Error(Errc::badInput, "phone");
    account.phone = *phone;
    return account;
}

Verdict<void> Remittance::order(const Actor &actor, const BankAccount &typed)
{
    {
        HUFU_TRY(open, openFor(m_ports, actor, Act::order));
        const std::int64_t now = m_ports.clock.unixMs();
        HUFU_TRY(company, loadCompany(*open.transaction, actor.company));
        HUFU_TRY(known, openSealed(m_ports, actor.company, open.row));
        HUFU_TRY(account, fitting(typed, known.account));
        if (companyNameOf(account.holder) != companyNameOf(company.name) || !isBankAccount(account.account)) return Denied::accountInvalid;
        if (open.row.payments >= kPayments) return Denied::paymentsUsedUp;
        if (restsUntil(open.row, now) != 0) return Denied::amountsResting;
        if (open.row.payments > 0 && now - open.row.orderedMs < kIntervalMs) return Denied::paymentTooSoon;

        open.row.payments = static_cast<std::uint8_t>(open.row.payments + 1);
        open.row.tries = 0;
        open.row.orderedMs = now;
        open.row.paidMs = 0;
        open.row.reference = m_ports.random.bytes<16>("payout-reference");
        account.holder = company.name; // in our writing, of whatever width it was typed
        HUFU_TRY(sealed, sealRow(m_ports.masterKey, sealContext(actor.company), Sealed{account, drawCents(m_ports.random)}));
        open.row.sealed = std::move(sealed);
        HUFU_CHECK(close(m_ports, open, Event::payoutOrdered, open.row.payments));
    }
    const auto looked = look(actor);
    if (looked || looked.denied() == Denied::paymentPending || looked.error().cause().code == Errc::unavailable) return {};
    return looked;
}

Verdict<void> Remittance::look(const Actor &actor)
{
    Sealed sealed;
    Row row;
    {
        // Whether the bank pays or returns it is not known yet; a payment may come back even after it was made.
        auto open = openFor(m_ports, actor, Act::bankReturns);
        if (!open) return open.error();
        row = open->row;
        HUFU_TRY(opened, openSealed(m_ports, actor.company, row));
        sealed = std::move(opened);
        // Money moves by what is on the disk, not by what another transaction was about to write.
        HUFU_CHECK(open->transaction->commit());
    }
    // Told again each time: the bank pays once for a reference, and a lost call is made good.
    const BankAccount &account = sealed.account;
    if (row.state == State::ordered)
        HUFU_CHECK(m_bank.pay({row.reference, account.holder, account.bank, account.province, account.city, account.account,
                               sealed.cents}));
    HUFU_TRY(state, m_bank.stateOf(row.reference));
    if (state == ports::Bank::State::pending) return Denied::paymentPending;
    const bool returned = state == ports::Bank::State::returned;
    if (!returned && row.state == State::paid) return {};

    HUFU_TRY(open, openFor(m_ports, actor, returned ? Act::bankReturns : Act::bankPays));
    if (open.row.reference != row.reference) return Denied::paymentPending; // another was ordered meanwhile
    if (!returned) open.row.paidMs = m_ports.clock.unixMs();
    // As whoever has that number reads; else as the one who asked for the payment does.
    HUFU_TRY(theirs, languageOfNumber(*open.transaction, m_ports, actor.company, account.phone));
    HUFU_TRY(own, languageOf(*open.transaction, actor.company, actor.person));
    HUFU_CHECK(close(m_ports, open, returned ? Event::payoutReturned : Event::payoutSent));
    if (returned) return Denied::paymentReturned;
    // A courtesy: that it does not arrive changes nothing.
    static_cast<void>(m_sms.send(account.phone, theirs.value_or(own) == Language::english ? kPaidTextInEnglish : kPaidText));
    return {};
}

Verdict<void> Remittance::typeAmount(const Actor &actor, std::int64_t cents)
{
    HUFU_TRY(open, openFor(m_ports, actor, Act::typeRight));
    if (restsUntil(open.row, m_ports.clock.unixMs()) != 0) return Denied::amountsResting; // of what others typed for this credit code
    HUFU_TRY(sealed, openSealed(m_ports, actor.company, open.row));
    if (cents != sealed.cents) {
        HUFU_TRY(next, moved(kRemittanceMoves, open.row.state, Act::typeWrong));
        open.row.tries = static_cast<std::uint8_t>(open.row.tries + 1);
        open.row.wrong = static_cast<std::uint8_t>(open.row.wrong + 1);
        open.row.wrongMs = m_ports.clock.unixMs();
        HUFU_CHECK(noteWrong(*open.transaction, actor.company, open.row));
        const bool worn = open.row.tries >= kTries || isFull(open.row.wrong);
        open.next = worn ? State::worn : next;
        HUFU_CHECK(close(m_ports, open, Event::amountWrong, open.row.tries));
        return worn ? Denied::amountsWorn : Denied::amountWrong;
    }
    HUFU_CHECK(verifyCompany(*open.transaction, m_ports, open.who, actor.company, Way::remittance));
    open.row.state = open.next;
    HUFU_CHECK(saveRemittance(*open.transaction, actor.company, open.row));
    return open.transaction->commit();
}

Verdict<void> Remittance::await(const Actor &actor)
{
    HUFU_TRY(open, openFor(m_ports, actor, Act::await));
    if (m_payee.account.empty()) return Denied::methodNotAllowed;
    HUFU_TRY(company, loadCompany(*open.transaction, actor.company));
    HUFU_TRY(all, waitingUnder(*open.transaction, company.name, m_ports.clock.unixMs()));
    const auto own = std::ranges::find(all, actor.company, &Waiting::company);
    const auto cents = own != all.end() ? std::optional(own->row.cents) : freeCents(all);
    if (!cents) return Denied::paymentsUsedUp;
    HUFU_CHECK(saveRow(*open.transaction, Table::application, waitingKey(company.name, actor.company), WaitingRow{WaitingRow{}.form, *cents, true, 0}));
    open.row.otherCents = 0;
    return close(m_ports, open, Event::payerAwaited);
}

Verdict<void> Remittance::restart(const Actor &actor)
{
    HUFU_TRY(open, openFor(m_ports, actor, Act::restart));
    HUFU_CHECK(stopWaiting(open));
    open.row.tries = 0; // what was paid and when stays: starting over is no way round the limits
    open.row.paidMs = 0;
    HUFU_TRY(known, openSealed(m_ports, actor.company, open.row));
    if (known.cents != 0) { // the account stays, so that it need not be typed again; what was paid is void
        known.cents = 0;
        HUFU_TRY(sealed, sealRow(m_ports.masterKey, sealContext(actor.company), known));
        open.row.sealed = std::move(sealed);
    }
    return close(m_ports, open, Event::remittanceRestarted);
}

Result<std::optional<Id>> Remittance::credited(const BankCredit &credit)
{
    if (!isPlainText(credit.reference, 128) || !isPlainText(credit.payer)) return Error(Errc::badInput, "bank credit");
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(seen, transaction->readForChange(Table::application, creditKey(credit.reference)));
    if (seen) return std::optional<Id>();
    HUFU_CHECK(transaction->write(Table::application, creditKey(credit.reference), {}));
    HUFU_TRY(all, waitingUnder(*transaction, credit.payer, m_ports.clock.unixMs()));
    std::vector<Waiting> meant;
    std::ranges::copy_if(all, std::back_inserter(meant), [&](const Waiting &one) { return one.row.cents == credit.cents; });
    if (meant.size() != 1 || !meant.front().row.waits) {
        // What somebody was told who does not wait any more is nobody else's either.
        const bool isSpent = std::ranges::any_of(meant, [](const Waiting &one) { return !one.row.waits; });
        for (const Waiting &one : all)
            if (one.row.waits && !isSpent) HUFU_CHECK(noteUnfit(*transaction, m_ports, one, credit));
        HUFU_CHECK(transaction->commit()); // seen, and nobody's
        return std::optional<Id>();
    }
    const Id id = meant.front().company;
    HUFU_TRY(row, loadRemittance(*transaction, id));
    HUFU_TRY(next, moved(kRemittanceMoves, row.state, Act::credit));
    Open open{std::move(transaction), id, std::move(row), next, {audit::By::outside, {}}};
    HUFU_CHECK(stopAwaiting(*open.transaction, id));
    const auto done = verifyCompany(*open.transaction, m_ports, open.who, id, Way::payer);
    if (done) {
        HUFU_CHECK(close(m_ports, open, Event::payerSeen));
        return std::optional<Id>(id);
    }
    if (!done.denied() && done.error().cause().code != Errc::badState) return done.error().cause();
    return std::optional<Id>(); // verified in another way, or taken: this transaction is dropped
}

Verdict<Remittance::View> Remittance::view(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(row, loadRemittance(*transaction, actor.company));
    HUFU_TRY(sealed, openSealed(m_ports, actor.company, row));
    View view;
    view.state = row.state;
    view.step = row.state == State::paid || row.state == State::done ? 3 : row.state == State::ordered ? 2 : 1;
    view.paymentsLeft = kPayments - row.payments;
    view.restsUntilMs = restsUntil(row, m_ports.clock.unixMs());
    view.wrongLeft = view.restsUntilMs != 0 ? 0 : wrongUntilRest(row.wrong);
    view.triesLeft = std::min(kTries - row.tries, view.wrongLeft);
    view.mayOrderMs = row.payments > 0 ? row.orderedMs + kIntervalMs : 0;
    view.waitMs = std::max<std::int64_t>(view.mayOrderMs - m_ports.clock.unixMs(), 0);
    if (row.state == State::awaiting) {
        HUFU_TRY(entry, loadCompany(*transaction, actor.company));
        HUFU_TRY(stored, transaction->readForChange(Table::application, waitingKey(entry.name, actor.company)));
        HUFU_TRY(waiting, waitingOf(stored.value_or(Bytes())));
        view.awaitCents = waiting.cents;
        view.otherCents = row.otherCents;
    }
    view.arrivesByMs = row.paidMs != 0 ? row.paidMs + kArrivalMs : 0;
    view.holder = sealed.account.holder;
    view.bank = sealed.account.bank;
    view.province = sealed.account.province;
    view.city = sealed.account.city;
    view.accountMasked = maskedBankAccount(sealed.account.account);
    view.phoneMasked = maskedPhoneNumber(sealed.account.phone);
    view.payee = m_payee;
    return view;
}

} // namespace hufu::enterprise
