#include "app/server/company_api.h"

namespace hufu::server {

void addCompanyApi(Routes &routes, Companies &companies)
{
    addConsoleLogIn(routes, companies);
    addConsoleApplication(routes, companies);
    addConsoleAuthentication(routes, companies);
    addConsoleStaff(routes, companies);
    addConsoleGrants(routes, companies);
    addConsoleOrders(routes, companies);
    addConsoleSeals(routes, companies);
    addConsoleRules(routes, companies);
    addConsoleHome(routes, companies);
    addConsoleAudit(routes, companies);
    addLegalApi(routes, companies);
}

} // namespace hufu::server
