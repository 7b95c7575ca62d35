// The companies' end points (/console/v1): log-in, staff, seats, grants of certificates, orders and the wallet.
#pragma once

#include "app/server/problem.h"
#include "app/server/routes.h"
#include "shield/enterprise/console_session.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/orders.h"
#include "shield/enterprise/seats.h"
#include "shield/enterprise/wallet.h"

namespace hufu::server {

// All outlive the end points.
struct Companies {
    enterprise::ConsoleSessions &console;
    enterprise::Staff &staff;
    enterprise::Seats &seats;
    enterprise::Grants &grants;
    enterprise::Orders &orders;
    enterprise::Wallet &wallet;
};

// A failure of the registry: its reason has the catalogue's number.
net::Response problemOf(const enterprise::Failure &failure);

// Bearer tokens from the log-in. Who is not logged in gets 401; who may not, 403 with HF-761; another company's identifiers
// are 404, like those that are nobody's.
void addCompanyApi(Routes &routes, Companies &companies);

} // namespace hufu::server
