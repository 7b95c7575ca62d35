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

class NoCashier final : public ports::Cashier {
public:
    Result<std::string> start(const ByteArray<16> &, std::int64_t, std::string_view) override
    {
        return Error(Errc::unavailable, "no payment service is configured");
    }
};

} // namespace hufu::server
