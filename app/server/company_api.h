// The companies' end points (/console/v1, /legal/v1): from the application to the grants. One file for each resource:
// console_*.cpp.
#pragma once

#include "app/server/console_guard.h"
#include "app/server/seal_studio.h"
#include "shield/enterprise/administrators.h"
#include "shield/enterprise/application.h"
#include "shield/enterprise/console_session.h"
#include "shield/enterprise/facts.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/leaving.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/orders.h"
#include "shield/enterprise/payment_account.h"
#include "shield/enterprise/policies.h"
#include "shield/enterprise/remittance.h"
#include "shield/enterprise/review.h"
#include "shield/enterprise/seal_grants.h"
#include "shield/enterprise/seats.h"
#include "shield/enterprise/staff_list.h"
#include "shield/enterprise/stopping.h"
#include "shield/enterprise/wallet.h"

namespace hufu::server {

// All outlive the end points.
struct Companies {
    enterprise::Ports world;
    ConsoleGuard &guard;
    enterprise::Applications &applications;
    enterprise::Facts &facts;
    enterprise::Remittance &remittance;
    enterprise::PaymentAccounts &paymentAccounts;
    enterprise::Reviews &reviews;
    enterprise::LegalLinks &legalLinks;
    enterprise::ConsoleSessions &console;
    enterprise::Staff &staff;
    enterprise::Seats &seats;
    enterprise::Grants &grants;
    enterprise::Orders &orders;
    enterprise::Wallet &wallet;
    enterprise::Seals &seals;
    enterprise::SealGrants &sealGrants;
    enterprise::PriceList prices;
    std::vector<std::uint8_t> identityServices; // their numbers, the recommended one first
    std::string activationLink;                 // the activation code follows
    SealStudio &studio;
    enterprise::Policies &policies;
    enterprise::Administrators &administrators;
    enterprise::Leaving &leaving;
    enterprise::Confirmations &confirmations;
    enterprise::Stopping &stopping;
};

// Who is not logged in gets 401; who may not, 403 with HF-761; another company's identifiers are 404, like those that are
// nobody's.
void addCompanyApi(Routes &routes, Companies &companies);

// Its parts.
void addConsoleLogIn(Routes &routes, Companies &companies);
void addConsoleApplication(Routes &routes, Companies &companies);
void addConsoleAuthentication(Routes &routes, Companies &companies);
void addConsoleStaff(Routes &routes, Companies &companies);
void addConsoleGrants(Routes &routes, Companies &companies);
void addConsoleOrders(Routes &routes, Companies &companies);
void addConsoleSeals(Routes &routes, Companies &companies);
void addConsoleRules(Routes &routes, Companies &companies);
void addConsoleHome(Routes &routes, Companies &companies);
void addConsoleAudit(Routes &routes, Companies &companies);
void addLegalApi(Routes &routes, Companies &companies);

} // namespace hufu::server
