// The company's facts, compared with the business register.
#pragma once

#include "shield/enterprise/company.h"

#include <string>

namespace hufu::enterprise {

enum class FactsState : std::uint8_t {
    open = 1,
    mismatched, // may be corrected
    overseas,   // support takes over; a slip can be corrected
    matched,    // the company is in the registry, the handling person is its administrator
};

enum class FactsAct : std::uint8_t { match = 1, mismatch, goOverseas };

inline constexpr auto kFactsMoves = std::to_array<Move<FactsState, FactsAct>>({
    {FactsState::open, FactsAct::match, FactsState::matched},
    {FactsState::open, FactsAct::mismatch, FactsState::mismatched},
    {FactsState::open, FactsAct::goOverseas, FactsState::overseas},
    {FactsState::mismatched, FactsAct::match, FactsState::matched},
    {FactsState::mismatched, FactsAct::mismatch, FactsState::mismatched},
    {FactsState::mismatched, FactsAct::goOverseas, FactsState::overseas},
    {FactsState::overseas, FactsAct::match, FactsState::matched},
    {FactsState::overseas, FactsAct::mismatch, FactsState::mismatched},
    {FactsState::overseas, FactsAct::goOverseas, FactsState::overseas},
});

struct CompanyFacts {
    CompanyKind kind = CompanyKind::enterprise;
    std::string name, code; // credit code, or the registration number of an old licence
    std::string legalName, legalIdNumber;
};

// What a platform says of the company that it hands over: what the person's form begins with. Nothing of it is believed.
struct HandedFacts {
    CompanyKind kind = CompanyKind::enterprise;
    std::string name, code;
};

// Which of the facts the register does not agree with, as bits.
namespace fact {
inline constexpr std::uint8_t kCode = 1, kName = 2, kLegalName = 4, kLegalIdNumber = 8, kKind = 16;
} // namespace fact

class Facts {
public:
    // The register answers field by field, so it must not be asked on and on.
    static constexpr int kAskedInADay = 10;

    // policy: of each company that is made.
    Facts(const Ports &ports, ports::BusinessRegister &companyRegister, const Policy &policy = {})
        : m_ports(ports), m_register(companyRegister), m_policy(policy) {}

    struct Answer {
        FactsState state{};
        std::uint8_t mismatched = 0;   // bits of fact; the register's values stay with the register
        std::optional<Denied> why;     // registerUnknown, registerMismatch, overseas
        bool verified = false;         // the handling person is the legal representative: nothing more to show
        bool byCodeAlone = false;      // he is, too, but proved by a code alone, which proves no name: the company is still to be authenticated
    };
    // For an identified applicant. The company gets the application's id.
    // Denied: creditCodeInvalid, idNumberInvalid, factsTooOften, companyTaken (the facts are right, but the company has its
    // administrators). Errors: notFound; badState (applicant not identified, or matched already); badInput; unavailable.
    Verdict<Answer> submit(const Id &application, const CompanyFacts &facts);
    // As they are kept. Denied: creditCodeInvalid. Errors: badInput (kind, also an organisation from abroad: of that nothing is asked; name).
    static Verdict<HandedFacts> fit(const HandedFacts &said);
    // Kept until the application is withdrawn; said anew, it is what was said last.
    Result<void> handOver(const Id &application, const HandedFacts &fit);
    Result<std::optional<HandedFacts>> handed(const Id &application);
    Result<FactsState> stateOf(const Id &application);
    // As Answer::byCodeAlone, for an application whose facts have matched. Errors: notFound; tampered, unavailable.
    Result<bool> isByCodeAlone(const Id &application);

private:
    Verdict<Answer> settle(const Id &application, const CompanyFacts &facts, const std::string &legalIdNumber);
    Result<Answer> note(const Id &application, FactsAct act, std::uint8_t mismatched, Denied why);

    Ports m_ports;
    ports::BusinessRegister &m_register;
    Policy m_policy;
};

// In the transaction that withdraws an application.
Result<void> forgetHandedFacts(ports::Transaction &transaction, const Id &application);

} // namespace hufu::enterprise
