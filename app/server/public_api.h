// What anyone may ask: is the server up, and what the authority publishes.
#pragma once

#include "app/server/routes.h"
#include "app/server/services.h"

namespace hufu::server {

// GET /healthz /readyz /ca/root.pem /ca/issuing.pem /ca/issuing.crl /ca/root.crl
void addPublicApi(Routes &routes, Services &services);

} // namespace hufu::server
