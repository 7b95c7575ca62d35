// Company authentication by corporate remittance (对公打款): the platform pays a random ¥0.01 to ¥0.99 and the
// administrator types it back; or the company pays ¥0.01, which is matched by the payer's name.
#pragma once

#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/staff.h"
#include "shield/enterprise/verdict.h"

#include <string>

namespace hufu::enterprise {

enum class RemittanceState : std::uint8_t {
    open = 1,
    ordered,  // the bank has been told, or is about to be
    paid,     // the amount can be typed
    returned, // the bank has sent it back
    worn,     // typed wrong too often: the payment is void
    awaiting, // the company's own ¥0.01
    done,
};

enum class RemittanceAct : std::uint8_t { order = 1, bankPays, bankReturns, typeRight, typeWrong, await, credit, restart };

inline constexpr auto kRemittanceMoves = std::to_array<Move<RemittanceState, RemittanceAct>>({
    {RemittanceState::open, RemittanceAct::order, RemittanceState::ordered},
    {RemittanceState::open, RemittanceAct::await, RemittanceState::awaiting},
    {RemittanceState::ordered, RemittanceAct::bankPays, RemittanceState::paid},
    {RemittanceState::ordered, RemittanceAct::bankReturns, RemittanceState::returned},
    {RemittanceState::ordered, RemittanceAct::restart, RemittanceState::open}, // what still arrives is of no use
    {RemittanceState::paid, RemittanceAct::order, RemittanceState::ordered}, // it did not arrive: another one
    {RemittanceState::paid, RemittanceAct::bankReturns, RemittanceState::returned},
    {RemittanceState::paid, RemittanceAct::typeRight, RemittanceState::done},
    {RemittanceState::paid, RemittanceAct::typeWrong, RemittanceState::paid}, // the fifth: worn
    {RemittanceState::paid, RemittanceAct::restart, RemittanceState::open},
    {RemittanceState::returned, RemittanceAct::order, RemittanceState::ordered},
    {RemittanceState::returned, RemittanceAct::await, RemittanceState::awaiting},
    {RemittanceState::returned, RemittanceAct::restart, RemittanceState::open},
    {RemittanceState::worn, RemittanceAct::order, RemittanceState::ordered},
    {RemittanceState::worn, RemittanceAct::await, RemittanceState::awaiting},
    {RemittanceState::worn, RemittanceAct::restart, RemittanceState::open},
    {RemittanceState::awaiting, RemittanceAct::credit, RemittanceState::done},
    {RemittanceState::awaiting, RemittanceAct::restart, RemittanceState::open},
});

struct BankAccount {
    std::string holder, bank, province, city, account;
    std::string phone; // for notices
    static void fields(auto &row, auto &f) { f(row.holder, row.bank, row.province, row.city, row.account, row.phone); }
};

// The operator's own account, to which a company pays. Empty: companies cannot authenticate themselves so.
struct Payee {
    std::string holder, bank, account;
};

// Money that came into the operator's account.
struct BankCredit {
    std::string reference; // the bank's number of it: one credit, one number
    std::string payer;
    std::int64_t cents = 0;
};

class Remittance {
public:
    static constexpr int kPayments = 99;       // in all, however often it starts over
    static constexpr int kTries = 5;           // for one payment
    static constexpr int kWrong = 10;          // amounts in all, then this way rests; and so after each kTries more: else the 99 payments
                                               // would be 495 guesses at 99 amounts
    static constexpr std::int64_t kRestMs = std::int64_t{24} * 3'600'000; // the first time; each later time kLonger times as long
    static constexpr int kLonger = 7;
    static constexpr std::int64_t kIntervalMs = 60'000;
    static constexpr std::int64_t kArrivalMs = 2 * 3'600'000, kLateMs = 30 * 60'000; // what the page promises
    static constexpr std::int64_t kLateCreditMs = std::int64_t{15} * 24 * 3'600'000; // after that no payment comes any more that was told before:
                                                                                     // banks and holidays in a row are over
    static constexpr std::uint8_t kAwaitCents = 1, kAwaitCentsMost = 99; // the first that waits under a name, and the last

    Remittance(const Ports &ports, ports::Bank &bank, ports::SmsGateway &sms, Payee payee = {})
        : m_ports(ports), m_bank(bank), m_sms(sms), m_payee(std::move(payee))
    {}

    // Acts of an administrator of a company that is not verified. Each Denied: roleMissing. Errors: notFound; badState;
    // unavailable.
    // Denied: accountInvalid (form, or a holder that is not the company), paymentTooSoon, paymentsUsedUp (all 99), amountsResting (wrong too often in all: later).
    // An account number or a phone left empty is the one of the payment before.
    // When the bank cannot be reached the payment stays ordered: look() asks again, and it is paid once.
    Verdict<void> order(const Actor &actor, const BankAccount &account);
    // Asks the bank how the payment does. Denied: paymentPending (nothing has changed), paymentReturned.
    Verdict<void> look(const Actor &actor);
    // Denied: amountWrong (counted, for all who apply for the credit code), amountsWorn (that was the last try), amountsResting, companyTaken.
    Verdict<void> typeAmount(const Actor &actor, std::int64_t cents);
    // The company is to pay ¥0.01; where others of the same name have that sum, the next one that is free, so that each payment says whose
    // it is. Denied: paymentsUsedUp (none is free), methodNotAllowed (the operator has named no account).
    Verdict<void> await(const Actor &actor);
    Verdict<void> restart(const Actor &actor); // 重新认证

    // From the bank, as often as it likes. The company is verified that waits under the payer's name for this very sum. What verifies
    // nobody leaves a record with each that waits under it. Returns: the company, if any.
    // Errors: badInput, unavailable.
    Result<std::optional<Id>> credited(const BankCredit &credit);

    struct View {
        RemittanceState state{};
        int step = 1;                 // of three: account, payment, amount
        int paymentsLeft = kPayments, triesLeft = kTries, wrongLeft = kWrong; // wrongLeft: amounts until it rests; 0: it does
        std::int64_t mayOrderMs = 0;  // another payment; Unix milliseconds
        std::int64_t restsUntilMs = 0; // with wrongLeft 0: then it opens again; else 0
        std::int64_t waitMs = 0;      // until then
        std::int64_t awaitCents = 0;  // what the company is to pay, while that is awaited
        std::int64_t otherCents = 0;  // and what came instead, last; zero: nothing
        std::int64_t arrivesByMs = 0; // once paid; after that it "may take 30 minutes"
        std::string holder, bank, province, city, accountMasked, phoneMasked; // of the last payment, also after starting over; empty: none was asked for
        Payee payee;                  // to whom the company pays
    };
    Verdict<View> view(const Actor &actor);

private:
    Ports m_ports;
    ports::Bank &m_bank;
    ports::SmsGateway &m_sms;
    Payee m_payee;
};

// In the caller's transaction, of an application that is taken back: no payment under the company's name is awaited any more, its sum is
// nobody else's for kLateCreditMs, and what it has used up counts for whoever begins anew with its credit code. Errors: unavailable.
Result<void> leaveRemittance(ports::Transaction &transaction, const Id &company, std::int64_t nowMs);

} // namespace hufu::enterprise
