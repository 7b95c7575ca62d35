// What people confirm at the console with their own shields, and the freeze of a lost one: the phones behind enterprise::Confirmations and
// enterprise::Stopping, and the code on the page.
#pragma once

#include "app/server/company_api.h"
#include "app/server/phone_acts.h"
#include "app/server/rate.h"
#include "app/server/services.h"
#include "shield/enterprise/stopping.h"

namespace hufu::server {

class ConsoleShield final : public enterprise::Shields, public enterprise::Phones {
public:
    // Outlives this.
    explicit ConsoleShield(Services &services) : m_services(services), m_acts(services) {}

    // The page's side, for whoever is logged in: how the question stands that his shield is asked.
    void add(Routes &routes, Companies &companies);

    Result<std::optional<Holder>> activeOf(const enterprise::Actor &actor) override;
    Result<enterprise::Id> ask(const Holder &holder, const enterprise::Actor &actor, const enterprise::Question &question) override;
    void drop(const enterprise::Id &question) override;
    Result<Signed> take(ports::Transaction &transaction, const enterprise::Id &question, const Holder &holder, const ByteArray<32> &statement) override;

    Result<enterprise::Phones::State> stateOf(const enterprise::Id &acct) override;
    Result<void> freeze(const std::vector<enterprise::Id> &accounts, const enterprise::Id &doer, const std::function<Result<void>(ports::Transaction &)> &with) override;

private:
    // The account, if nothing of its phone and certificate keeps it from signing.
    Result<std::optional<Holder>> working(const enterprise::Id &acct);

    static constexpr std::size_t kAsksAMinute = 30, kAsksAMinuteOfAll = 1200; // of one person, of all

    Services &m_services;
    PhoneActs m_acts;
    Rate m_asks{kAsksAMinute, kAsksAMinuteOfAll};
};

} // namespace hufu::server
