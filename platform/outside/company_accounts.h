// Stand-in for a payment service that knows the company behind an account: a tester says which company agrees.
#pragma once

#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <map>
#include <mutex>
#include <vector>

namespace hufu::outside {

// May be used by several threads. random must outlive it.
class AccountService final : public ports::CompanyAccounts {
public:
    // baseUrl: of its page, to which the ticket is added.
    AccountService(std::string baseUrl, ports::Random &random) : m_baseUrl(std::move(baseUrl)), m_random(random) {}

    Result<ports::IdentityService::Task> start() override;
    Result<Answer> outcome(std::string_view ticket) override;

    std::vector<std::pair<std::string, Answer>> questions(); // by ticket
    // The company behind the account agrees. Errors: notFound.
    Result<void> agree(std::string_view ticket, std::string_view name, std::string_view code);
    void setDown(bool down);

private:
    std::string m_baseUrl;
    ports::Random &m_random;
    std::mutex m_mutex;
    std::map<std::string, Answer, std::less<>> m_answers;
    bool m_down = false;
};

} // namespace hufu::outside
