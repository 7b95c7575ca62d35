// For testers alone (--outside): the inbox of the SMS stand-in, and the faults of the stand-ins.
#pragma once

#include "app/server/routes.h"

#include <functional>
#include <optional>
#include <string>

namespace hufu::server {

struct Faults {
    bool smsDown = false;
    std::int64_t smsDelayMs = 0;
    bool faceDown = false;
    std::optional<std::string> faceVerdict; // "live", "notLive", "otherPerson": whatever the evidence says
};

// How the stand-ins are reached, without naming them.
struct Outside {
    struct Message {
        std::string text;
        std::int64_t arrivedMs = 0;
    };
    std::function<std::vector<Message>(const std::string &phoneNumber)> messagesFor; // newest first
    std::function<Faults()> faults;
    std::function<void(const Faults &)> setFaults;
    // Somebody pays for an order at the cashier, which tells the registry. Errors: notFound.
    std::function<Result<void>(const ByteArray<16> &order, std::int64_t cents)> pay;
};

// GET /outside/sms?phone=NUMBER; GET and POST /outside/faults; POST /outside/payments. A POST of faults names what it changes.
void addOutsideApi(Routes &routes, Outside outside);

} // namespace hufu::server
