// The packages that the app's page offers. Demo ones: the phone's app runs on a desktop here, and the packages say so.
#pragma once

#include "app/server/routes.h"

#include <string>

namespace hufu::server {

// A ZIP archive, as packages of phones are, with one stored file. In: name and text of that file.
Bytes archiveOf(const std::string &name, const std::string &text);

// GET of each package, below /app.
void addPhonePackages(Routes &routes);

} // namespace hufu::server
