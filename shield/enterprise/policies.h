// What a company's acts ask for besides the PIN: more than the product asks for anyway, if the company likes, never less.
#pragma once

#include "shield/enterprise/company.h"
#include "shield/enterprise/confirmation.h"

namespace hufu::enterprise {

// Bits kSms and kLiveness of each act.
struct Factors {
    std::uint8_t activation = kSms | kLiveness, login = 0, sign = 0, decrypt = 0;
    bool namedCiphertext = false; // a decryption names what it opens, and opens nothing else (PROTOCOL R8); not stricter and not laxer, but another thing
    bool operator==(const Factors &) const = default;
    static void fields(auto &row, auto &f) { f(row.activation, row.login, row.sign, row.decrypt, row.namedCiphertext); }
};

class Policies {
public:
    Policies(const Ports &ports, Confirmations &confirmations) : m_ports(ports), m_confirmations(confirmations) {}

    struct View {
        Factors asked, least; // what is asked for, and what cannot be taken away
    };
    Verdict<View> view(const Actor &actor); // for whoever is of the staff: it is asked of all of them

    // Acts of an administrator: first the code for the confirmation, then the act. They hold for what begins from then on.
    // Denied: roleMissing, companyUnverified, policyTooLax, sms…, livenessFailed. Errors: badInput (other bits); unavailable.
    Verdict<std::int64_t> ask(const Actor &actor, const Factors &factors);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, const Factors &factors, std::uint8_t provider); // instead
    Verdict<void> askShield(const Actor &actor, const Factors &factors); // instead, of who has one
    Verdict<void> change(const Actor &actor, const Factors &factors, const Proof &proof);

private:
    Verdict<void> check(ports::Transaction &transaction, const Actor &actor, const Factors &factors);
    Ports m_ports;
    Confirmations &m_confirmations;
};

} // namespace hufu::enterprise
