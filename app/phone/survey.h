// What the self-test asks besides the look at the server: whether its name leads anywhere, and which version it is.
// composition.cpp gives the real one.
#pragma once

#include "shield/vault/vault.h"

#include <QString>

#include <functional>

namespace hufu::phone_app {

struct Survey {
    enum class Name : std::uint8_t { notAsked, number, known, unknown };
    Name name = Name::notAsked;
    QString address;   // that the name leads to, or the number itself
    int lookupMs = 0;  // that the name service took
    QString version;   // of the server, as its health answer says; empty: not told
};

// done is called once, later, on the GUI thread.
using SurveyDone = std::function<void(const Survey &)>;
using Surveyor = std::function<void(const vault::ServerLink &, const SurveyDone &done)>;

// Of the body of an answer to GET /healthz; empty: it does not say, or says what is no version.
QString versionIn(const QByteArray &health);

} // namespace hufu::phone_app
