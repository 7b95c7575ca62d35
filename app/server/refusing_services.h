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

class NoMailGateway final : public ports::MailGateway {
public:
    Result<void> send(std::string_view, std::string_view, std::string_view) override
    {
        return Error(Errc::unavailable, "no mail gateway is configured");
    }
};

class NoCashier final : public ports::Cashier {
public:
    Result<std::string> start(const ByteArray<16> &, std::int64_t, std::string_view) override
    {
        return Error(Errc::unavailable, "no payment service is configured");
    }
};

class NoRegister final : public ports::BusinessRegister {
public:
    Result<ports::RegisterAnswer> compare(const ports::CompanyClaim &) override
    {
        return Error(Errc::unavailable, "no business register is configured");
    }
};

class NoBank final : public ports::Bank {
public:
    Result<void> pay(const ports::Payout &) override { return Error(Errc::unavailable, "no bank is configured"); }
    Result<State> stateOf(const ByteArray<16> &) override { return Error(Errc::unavailable, "no bank is configured"); }
};

class NoCompanyAccounts final : public ports::CompanyAccounts {
public:
    Result<ports::IdentityService::Task> start() override { return Error(Errc::unavailable, "no payment service is configured"); }
    Result<Answer> outcome(std::string_view) override { return Error(Errc::unavailable, "no payment service is configured"); }
};

class NoReviewDesk final : public ports::ReviewDesk {
public:
    Result<void> submit(const ByteArray<16> &, std::string_view, ByteView) override
    {
        return Error(Errc::unavailable, "nobody reviews papers");
    }
};

} // namespace hufu::server
