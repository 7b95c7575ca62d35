// What stops a person's shield and is confirmed first: that a phone is lost; that a certificate ends, which cannot be taken back; and an
// administrator's own, suspended, since after that no shield of his confirms anything.
#pragma once

#include "shield/enterprise/confirmation.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/language.h"

#include <functional>

namespace hufu::enterprise {

// The phones behind accounts, as the server half knows them. Never call it inside a transaction. Errors of each: unavailable.
class Phones {
public:
    enum class State : std::uint8_t { none = 1, active, frozen, cloned }; // none: no keys were made

    virtual ~Phones() = default;
    virtual Result<State> stateOf(const Id &acct) = 0;
    // At once all of them that are active, or none. with joins the transaction. Errors: notFound; badState (none is active); what with says, and
    // then nothing has changed.
    virtual Result<void> freeze(const std::vector<Id> &accounts, const Id &doer, const std::function<Result<void>(ports::Transaction &)> &with) = 0;
};

enum class StopAct : std::uint8_t { reportLost = 1, suspend, end };

class Stopping {
public:
    // All must outlive it.
    Stopping(const Ports &ports, Grants &grants, Confirmations &confirmations, Phones &phones, ports::SmsGateway &gateway)
        : m_ports(ports), m_grants(grants), m_confirmations(confirmations), m_phones(phones), m_gateway(gateway)
    {}

    struct Stop {
        Id grant{};
        StopAct act{};
    };
    // Acts of an administrator. Each Denied: roleMissing. Errors: notFound; badState; unavailable.
    // First the code, the face or the shield, then the act. Denied: sms…, livenessFailed, shield….
    Verdict<std::int64_t> ask(const Actor &actor, const Stop &stop);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, const Stop &stop, std::uint8_t provider);
    Verdict<void> askShield(const Actor &actor, const Stop &stop);

    // Freezes the person's phones, those of before too, all or none, each with its record, ends what they have opened, and tells the person by SMS.
    // Keys and certificates stay: the operator unfreezes them. looked, project: as Grants::end. Returns: whether the message went out. Denied
    // also: sealedBidsAtRisk, bidsUnreadable. Errors: badState (no phone is active).
    Verdict<bool> reportLost(const Actor &actor, const Id &grant, bool looked, std::string_view project, const Proof &proof);
    // As Grants::suspend and end, which know no proof. proof: nothing, it was not confirmed. To suspend is confirmed where it is the actor's
    // own, by the shield that it takes away; somebody else's is resumed as easily. To end is confirmed by whoever does it. Denied also:
    // shieldWanted (it was not confirmed), smsExpired (the same, of who has no shield that could), and as reportLost.
    Verdict<void> suspend(const Actor &actor, const Id &grant, bool looked, std::string_view project, const std::optional<Proof> &proof);
    Verdict<void> end(const Actor &actor, const Id &grant, bool looked, std::string_view project, const std::optional<Proof> &proof);

    // Of those of a list, in its order: what the list alone does not know.
    Verdict<std::vector<Phones::State>> statesOf(const std::vector<Grants::View> &views);

private:
    struct Subject {
        Id person{};
        std::string name, phoneNumber;
        Language language{};
        std::vector<Id> accounts; // that of now first
    };
    Verdict<Subject> check(const Actor &actor, const Stop &stop);
    // Returns: SM3 of what was confirmed; zero: it need not be.
    Verdict<ByteArray<32>> confirm(const Actor &actor, const Stop &stop, const std::optional<Proof> &proof);
    Ports m_ports;
    Grants &m_grants;
    Confirmations &m_confirmations;
    Phones &m_phones;
    ports::SmsGateway &m_gateway;
};

} // namespace hufu::enterprise
