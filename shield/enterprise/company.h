// A company as the registry knows it, and its standing: verified or not yet.
#pragma once

#include "shield/audit/record.h"
#include "shield/crypto/public_key.h"
#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/verdict.h"

#include <string>

namespace hufu::enterprise {

// Bits as on the wire (wire::factor).
inline constexpr std::uint8_t kSms = 2, kLiveness = 4;

// What a company asks for; the defaults are README's ("What an act asks for").
struct Policy {
    std::uint8_t activation = kSms | kLiveness; // always with SMS
    std::uint8_t login = 0, sign = 0, decrypt = 0; // besides the PIN and what is asked for anyway
    crypto::Suite suite = crypto::Suite::sm2; // of the sign keys of phones that are activated from now on
    bool namedCiphertext = false; // the manifest of a decryption names the ciphertext, and the server opens no other (PROTOCOL R8)
    bool operator==(const Policy &) const = default;
};

struct Company {
    std::string name, creditCode; // unified social credit code; for an old licence its registration number
    Policy policy;
    static void fields(auto &row, auto &f)
    {
        f(row.name, row.creditCode, row.policy.activation, row.policy.login, row.policy.sign, row.policy.decrypt,
          row.policy.suite, row.policy.namedCiphertext);
    }
};

using ports::CompanyKind;

enum class StandingState : std::uint8_t {
    unverified = 1,
    verified,
    withdrawn, // its application was taken back
};
enum class StandingAct : std::uint8_t { verify = 1, withdraw };
inline constexpr auto kStandingMoves = std::to_array<Move<StandingState, StandingAct>>({
    {StandingState::unverified, StandingAct::verify, StandingState::verified},
    {StandingState::unverified, StandingAct::withdraw, StandingState::withdrawn},
});

// How a company has shown that the application is its own.
enum class Way : std::uint8_t {
    legalRepresentative = 1, // applied in person
    remittance,              // typed back what we had paid
    payer,                   // paid ¥0.01 from its account
    paymentAccount,          // agreed with its account at a payment service
    letter,
    legalLink, // the legal representative has signed through a link
    operatorEntry,
};

struct StandingRow {
    StandingState state = StandingState::unverified;
    CompanyKind kind = CompanyKind::enterprise;
    Way way{}; // once verified
    std::int64_t verifiedMs = 0;
    Bytes legal; // sealed LegalRow

    static void fields(auto &row, auto &f) { f(row.state, row.kind, row.way, row.verifiedMs, row.legal); }
};

struct LegalRow {
    std::string name, idNumber;
    static void fields(auto &row, auto &f) { f(row.name, row.idNumber); }
};

// --- in the caller's transaction. Errors: notFound, unavailable, tampered -------------------------------------------

// Enters a company that is not verified. legal: the legal representative.
Result<void> addCompany(ports::Transaction &transaction, const Ports &ports, const Id &id, const Company &company,
                        CompanyKind kind, const LegalRow &legal);
// Several may apply in one company's name, since facts are no secret; the first that is verified has it.
// Denied: companyTaken. Errors: badState (verified already).
Verdict<void> verifyCompany(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, Way way);
// For good; who the legal representative is, is forgotten. Errors: badState (verified, or withdrawn already).
Result<void> withdrawCompany(ports::Transaction &transaction, const Ports &ports, const Id &company);
// Denied: companyUnverified.
Verdict<void> checkVerified(ports::Transaction &transaction, const Id &company);
// The verified company of a code, if there is one.
Result<std::optional<Id>> companyOfCode(ports::Transaction &transaction, const std::string &creditCode);
Result<bool> isTaken(ports::Transaction &transaction, const std::string &creditCode);

// Errors: badInput, also for a suite that there is not.
Result<Company> parseCompany(ByteView bytes);
Result<Company> loadCompany(ports::Transaction &transaction, const Id &id);
Result<StandingRow> loadStanding(ports::Transaction &transaction, const Id &company);
Result<LegalRow> loadLegal(ports::Transaction &transaction, ports::MasterKey &masterKey, const Id &company);

} // namespace hufu::enterprise
