// What the gateway answers a phone's message with.
#pragma once

#include "app/catalogue/catalogue.h"
#include "shield/enterprise/enterprise.h"
#include "shield/sessions/session.h"
#include "shield/wire/session.h"

#include <variant>

namespace hufu::server {

// A MAC was wrong: the connection ends without a word (PROTOCOL 4.4).
struct Drop {};

struct Fail {
    Errc errc = Errc::internal;
    catalogue::Code code = catalogue::Code::internal;
    std::uint32_t retryAfter = 0; // seconds; with frameTooOld, how old the frame was
    std::string whose = {};       // with notForThisKey of a claim: whose phone the desk asks for
};

using Answer = std::variant<Bytes, Fail, Drop>;

Fail failOf(const Error &error);
Fail failOf(sessions::ClaimDenied denied);
Fail failOf(enterprise::EnrolDenied denied);
Fail failOf(codes::Check check); // not for Check::right

// An error behind a MAC: tampered means drop.
Answer failOrDrop(const Error &error);

} // namespace hufu::server
