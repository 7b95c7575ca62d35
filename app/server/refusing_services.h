// What stands behind the ports when no outside service is configured: everything is refused, nothing is
// pretended.
#pragma once

#include "shield/ports/outside.h"

namespace hufu::server {

class NoSmsGateway final : public ports::SmsGateway {
public:
    Result<void> send(std::string_view, std::string_view) override
    {
        return Error(Errc::unavailable, ports::kServiceAway);
    }
};

class NoMailGateway final : public ports::MailGateway {
public:
    Result<void> send(std::string_view, std::string_view, std::string_view) override
    {
        return Error(Errc::unavailable, ports::kServiceAway);
    }
};

class NoCashier final : public ports::Cashier {
public:
    Result<std::string> start(const ByteArray<16> &, std::int64_t, std::string_view) override
    {
        return Error(Errc::unavailable, ports::kServiceAway);
    }
};

class NoRegister final : public ports::BusinessRegister {
public:
    Result<ports::RegisterAnswer> compare(const ports::CompanyClaim &) override
    {
        return Error(Errc::unavailable, ports::kServiceAway);
    }
};

class NoBank final : public ports::Bank {
public:
    Result<void> pay(const ports::Payout &) override { return Error(Errc::unavailable, ports::kServiceAway); }
    Result<State> stateOf(const ByteArray<16> &) override { return Error(Errc::unavailable, ports::kServiceAway); }
};

class NoCompanyAccounts final : public ports::CompanyAccounts {
public:
    Result<ports::IdentityService::Task> start() override { return Error(Errc::unavailable, ports::kServiceAway); }
    Result<Answer> outcome(std::string_view) override { return Error(Errc::unavailable, ports::kServiceAway); }
};

class NoReviewDesk final : public ports::ReviewDesk {
public:
    Result<void> submit(const ByteArray<16> &, std::string_view, ByteView) override
    {
        return Error(Errc::unavailable, ports::kServiceAway);
    }
};

} // namespace hufu::server
