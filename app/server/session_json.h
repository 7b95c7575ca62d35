// A session as who opened it sees it, and the wait for its next change.
#pragma once

#include "app/server/services.h"
#include "platform/net/http.h"

namespace hufu::server {

nlohmann::ordered_json jsonOf(const sessions::Started &started);

// The PEMs of an account: {"sign","encrypt","issuing","root"}; null where there is none.
Result<nlohmann::ordered_json> certificatesOf(Services &services, const sessions::AccountId &acct);

// GET .../sessions/{token}?wait=SECONDS&since=VERSION. Without wait: at once. With it: when the session has
// another version than since (left out: than now), is over, or the time is.
void answerSession(Services &services, const sessions::Origin &asker, const net::Request &request,
                   const net::Reply &reply);

// POST .../digits {"digits":"1234"}; with the token in the path, or known otherwise.
net::Response answerDigits(Services &services, const sessions::Origin &asker, const net::Request &request);
net::Response answerDigits(Services &services, const sessions::Origin &asker, const sessions::Token &token, const net::Request &request);

const char *nameOf(sessions::State state);

} // namespace hufu::server
