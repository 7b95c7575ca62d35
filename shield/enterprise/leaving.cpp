#include "shield/enterprise/leaving.h"

#include <algorithm>

namespace hufu::enterprise {

Verdict<StaffState> Leaving::stateOf(const Actor &actor, const Id &person)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, person));
    if (row.company != actor.company) return Error(Errc::notFound, "no such person");
    return row.state;
}

Verdict<Leaving::View> Leaving::look(const Actor &actor, const Id &person)
{
    HUFU_TRY(state, stateOf(actor, person));
    if (state == StaffState::removed) return Error(Errc::badState, "gone already");
    HUFU_TRY(grants, m_grants.list(actor));
    HUFU_TRY(seals, m_sealGrants.list(actor));
    View view;
    if (const auto own = std::ranges::find(grants, person, &Grants::View::person); own != grants.end()) {
        view.grant = own->grant;
        HUFU_TRY(page, m_grants.handOver(actor, own->grant));
        view.handOver = std::move(page);
    }
    for (auto &seal : seals)
        if (seal.terms.person == person) view.seals.push_back(std::move(seal));
    return view;
}

Verdict<void> Leaving::checkSame(ports::Transaction &transaction, const Actor &actor, const Id &person, const View &page)
{
    HUFU_TRY(grant, grantOfPerson(transaction, actor.company, person));
    if (grant != page.grant) return Error(Errc::badState, "the grant is another one meanwhile");
    if (grant) HUFU_CHECK(m_grants.checkSameBids(transaction, actor, person, page.handOver));
    return {};
}

Verdict<void> Leaving::leave(const Actor &actor, const Id &person, bool looked, std::string_view project, Administration administration)
{
    HUFU_TRY(state, stateOf(actor, person));
    if (state == StaffState::removed) return {}; // the first answer was lost
    HUFU_TRY(page, look(actor, person));
    if (page.grant) HUFU_CHECK(page.handOver.mayStop(looked, project));
    if (page.grant && !administration.isConfirmed) return Denied::smsExpired;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_CHECK(checkSame(*transaction, actor, person, page));
    if (page.grant) HUFU_CHECK(endGrant(*transaction, m_ports, m_watch, whoOf(actor), *page.grant, administration.statement));
    HUFU_CHECK(endSealGrantsOf(*transaction, m_ports, actor, person));
    HUFU_CHECK(removeStaff(*transaction, m_ports, actor, person, administration));
    return transaction->commit();
}

Verdict<void> Leaving::mayDisable(const Actor &actor, const Id &person, bool looked, std::string_view project)
{
    HUFU_TRY(page, look(actor, person));
    return page.grant ? page.handOver.mayStop(looked, project) : Verdict<void>();
}

Verdict<void> Leaving::disable(const Actor &actor, const Id &person, bool looked, std::string_view project, Administration administration)
{
    HUFU_TRY(page, look(actor, person));
    if (page.grant) HUFU_CHECK(page.handOver.mayStop(looked, project));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_CHECK(checkSame(*transaction, actor, person, page));
    HUFU_CHECK(disableStaff(*transaction, m_ports, actor, person, administration, m_watch));
    return transaction->commit();
}

} // namespace hufu::enterprise
