// Who is an administrator, and with which number: changed by one of the present ones, or by the legal representative through a link
// (LegalLinks) when there is nobody who could.
#pragma once

#include "shield/enterprise/confirmation.h"
#include "shield/enterprise/staff.h"

namespace hufu::enterprise {

class Administrators {
public:
    Administrators(const Ports &ports, Confirmations &confirmations) : m_ports(ports), m_confirmations(confirmations) {}

    struct Named {
        Id id{};
        std::string name;
    };
    Verdict<std::vector<Named>> list(const Actor &actor); // for whoever is of the staff

    // Acts of an administrator, who gives the role away and is none any more: first the code, then the act. The others stay.
    // Denied: roleMissing, staffInactive, sms…, livenessFailed. Errors: badInput (to oneself); notFound; unavailable.
    Verdict<std::int64_t> ask(const Actor &actor, const Id &person);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, const Id &person, std::uint8_t provider); // instead
    Verdict<void> askShield(const Actor &actor, const Id &person); // instead, of who has one
    Verdict<void> handOver(const Actor &actor, const Id &person, const Proof &proof);

    // Somebody new in the role, the role for or from somebody, another number of an administrator, likewise a seal administrator's role for
    // somebody and another number of one: what Staff alone refuses.
    struct Change {
        Id person{}; // zero: somebody new
        Staff::Entry entry;
    };
    // First the code, then the act. Denied: roleMissing, sms…, livenessFailed, and as Staff::add and change. Errors: as these.
    Verdict<std::int64_t> ask(const Actor &actor, const Change &change);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, const Change &change, std::uint8_t provider); // instead
    Verdict<void> askShield(const Actor &actor, const Change &change); // instead, of who has one
    Verdict<Id> apply(const Actor &actor, const Change &change, const Proof &proof);

    // An administrator is disabled, enabled, or leaves, or anybody leaves who has a certificate: what Staff and Leaving alone refuse.
    struct Standing {
        Id person{};
        StaffAct act = StaffAct::disable; // also enable, remove
    };
    // First the code, then confirmStanding, and what that allows. Denied: roleMissing, sms…, livenessFailed. Errors: badInput (another
    // act); notFound; unavailable.
    Verdict<std::int64_t> ask(const Actor &actor, const Standing &standing);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, const Standing &standing, std::uint8_t provider); // instead
    Verdict<void> askShield(const Actor &actor, const Standing &standing); // instead, of who has one
    Verdict<Administration> confirmStanding(const Actor &actor, const Standing &standing, const Proof &proof);

private:
    struct Subject {
        std::string name;
        bool isAdministrator = false;
    };
    Verdict<Subject> check(const Actor &actor, const Standing &standing);
    Verdict<std::uint8_t> check(const Actor &actor, const Change &change); // returns: the roles of before; zero: somebody new
    Verdict<void> check(ports::Transaction &transaction, const Actor &actor, const Id &person);
    Ports m_ports;
    Confirmations &m_confirmations;
};

// --- in the caller's transaction. Errors: notFound, unavailable ------------------------------------------------------

// Whether the legal representative can make this person the administrator. Errors: badState (is one, or is not active).
Result<void> checkSuccessor(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &person);
// The person becomes an administrator. former: who is one no more; zero: all who were. confirmed: SM3 of what was confirmed; zero: the legal
// representative's link has a record of its own, or the operator appoints. Denied: staffInactive.
Verdict<void> replaceAdministrator(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &person,
                                   const Id &former, const ByteArray<32> &confirmed = {});

} // namespace hufu::enterprise
