// What stands behind the ports when no outside service is configured: everything is refused, nothing is
// pretended.
#pragma once

#include "shield/ports/outside.h"

namespace hufu::server {

class NoSmsGateway final : public ports::SmsGateway {
public:
    Result<void> send(std::string_view, std::string_view) override
    {
        return Error(Errc::unavailable, "no SMS gateway is configured");
    }
};

} // namespace hufu::server
