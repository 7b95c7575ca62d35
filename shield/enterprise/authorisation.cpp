#include "shield/enterprise/authorisation.h"

#include "shield/enterprise/administrators.h"
#include "shield/enterprise/seals.h"

namespace hufu::enterprise {

Result<void> checkWaiting(ports::Transaction &transaction, const Ports &ports, Purpose purpose, const Id &company, const Id &subject)
{
    if (purpose == Purpose::legalSeal) {
        HUFU_TRY(seal, loadSeal(transaction, company, subject));
        HUFU_CHECK(moved(kSealMoves, seal.state, SealAct::authorise));
        return {};
    }
    if (purpose == Purpose::administrator) return checkSuccessor(transaction, ports, company, subject);
    if (purpose != Purpose::authenticate || subject != Id{}) return Error(Errc::badInput, "purpose");
    HUFU_TRY(standing, loadStanding(transaction, company));
    HUFU_CHECK(moved(kStandingMoves, standing.state, StandingAct::verify));
    return {};
}

Verdict<void> authorise(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, Purpose purpose, Way way, const Id &company,
                        const Id &subject)
{
    if (purpose == Purpose::legalSeal) return moveSeal(transaction, ports, who, company, subject, SealAct::authorise);
    if (purpose == Purpose::administrator) return replaceAdministrator(transaction, ports, who, company, subject, {});
    return verifyCompany(transaction, ports, who, company, way);
}

Result<void> decline(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, Purpose purpose, const Id &company,
                     const Id &subject)
{
    if (purpose == Purpose::legalSeal) return moveSeal(transaction, ports, who, company, subject, SealAct::refuse);
    return {};
}

} // namespace hufu::enterprise
