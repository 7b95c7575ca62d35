// Leaving: a person's certificate and seals end, the seat is free and the person is no longer of the staff, all in one transaction. And
// resting: whoever is disabled opens no sealed bid either, until he is enabled again.
#pragma once

#include "shield/enterprise/grants.h"
#include "shield/enterprise/seal_grants.h"

namespace hufu::enterprise {

class Leaving {
public:
    // All must outlive it.
    Leaving(const Ports &ports, Grants &grants, SealGrants &sealGrants, AccountWatch &watch)
        : m_ports(ports), m_grants(grants), m_sealGrants(sealGrants), m_watch(watch)
    {}

    // What a person still holds, to be looked at first.
    struct View {
        std::optional<Id> grant; // of the certificate
        Grants::HandOver handOver; // empty without one
        std::vector<SealGrants::View> seals;
    };
    // Acts of an administrator. Each Denied: roleMissing. Errors: notFound; badState; unavailable.
    Verdict<StaffState> stateOf(const Actor &actor, const Id &person);
    // Errors: badState (gone already).
    Verdict<View> look(const Actor &actor, const Id &person);
    // The list of sealed bids is looked at right before the transaction, and compared in it: a bid that is sealed in that moment asks
    // for another look (sealedBidsAtRisk). All of it or nothing; again for somebody who is gone already is no error and changes
    // nothing. looked, project: as Grants::end. Denied: lastAdministrator, smsExpired (an administrator, or somebody with a certificate, which
    // ends with it, and it was not confirmed), sealedBidsAtRisk, bidsUnreadable. Errors: badState (what was looked at is another certificate now).
    Verdict<void> leave(const Actor &actor, const Id &person, bool looked, std::string_view project = {},
                        Administration administration = Administration::keeps);
    // As Staff::disable, which looks at no bids. looked, project: as Grants::end, where the person has a certificate. Denied also:
    // sealedBidsAtRisk, bidsUnreadable. Errors: badState (what was looked at is another certificate now).
    Verdict<void> disable(const Actor &actor, const Id &person, bool looked, std::string_view project = {},
                          Administration administration = Administration::keeps);
    // Whether disable would be denied for the bids: to be asked before a proof is used up.
    Verdict<void> mayDisable(const Actor &actor, const Id &person, bool looked, std::string_view project);

private:
    // The person's certificate and bids as they are in the transaction are those that were looked at.
    Verdict<void> checkSame(ports::Transaction &transaction, const Actor &actor, const Id &person, const View &page);
    Ports m_ports;
    Grants &m_grants;
    SealGrants &m_sealGrants;
    AccountWatch &m_watch;
};

} // namespace hufu::enterprise
