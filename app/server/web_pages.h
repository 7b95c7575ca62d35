// The pages: what lies in app/server/web, compiled in and served with a strict Content-Security-Policy.
#pragma once

#include "app/server/routes.h"

#include <optional>

namespace hufu::server {

struct PageSet {
    bool portal = false;  // the demo portal, and the phone's app with its demo packages
    bool outside = false; // the testers' page
};

// Pages at /app, /console, /legal, /portal and /outside; what they are made of under /web/. POST /web/v1/qr draws a code.
void addWebPages(Routes &routes, PageSet pages);
// For a browser that a person has sent to a path which does not exist. Nothing for a program, and under every API.
std::optional<net::Response> unknownPage(const net::Request &request);

} // namespace hufu::server
