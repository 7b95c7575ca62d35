// The packages that the app's page offers. Demo ones: the phone's app runs on a desktop here, and the packages say so.
#pragma once

#include "app/server/routes.h"

namespace hufu::server {

// GET of each package, below /app: ZIP archives, as packages of phones are.
void addPhonePackages(Routes &routes);

} // namespace hufu::server
