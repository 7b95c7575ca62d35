// The desktop client's end points. Each request but the first is signed by the desk's key.
#pragma once

#include "app/server/rate.h"
#include "app/server/routes.h"
#include "app/server/services.h"

namespace hufu::server {

class DeskApi {
public:
    explicit DeskApi(Services &services) : m_services(services) {}
    void add(Routes &routes);

private:
    using Signed = std::function<void(const sessions::Origin &, const net::Request &, const net::Reply &)>;
    void addSigned(Routes &routes, const char *method, const char *pattern, Signed handler,
                   std::size_t bodyMax = limits::kBodyMax);
    Result<sessions::Origin> askerOf(const net::Request &request);
    struct Holder {
        enterprise::Id acct{};
        bool isFormer = false; // newer keys of its person sign
    };
    // Who has enrolled the desk, in their order, and the same people's keys of before; who only opens stands behind who signs, so that the lists which leave those
    // out name everybody by the same number.
    Result<std::vector<Holder>> holdersOf(const sessions::Origin &asker);
    // Whether a decryption names its ciphertexts as one of those asks who could approve it: by the policy of the company (PROTOCOL R8).
    Result<bool> isNamedAsAsked(const sessions::Origin &asker, const std::optional<sessions::Wanted> &wanted, const intent::Manifest &manifest);
    static bool isOfFormerKeysAlone(const std::vector<Holder> &holders);

    net::Response startEnrolment(const net::Request &request);
    net::Response startSession(const sessions::Origin &asker, const net::Request &request);
    Result<bool> signBareAlone(const std::vector<enterprise::Id> &people);
    Result<sessions::Wanted> wantedOf(const sessions::Origin &asker, const nlohmann::json &body);
    net::Response attachTbs(const sessions::Origin &asker, const net::Request &request);
    net::Response cancel(const sessions::Origin &asker, const net::Request &request);
    net::Response nobodys(const sessions::Origin &asker, const Error &error);
    net::Response enrolment(const sessions::Origin &asker);
    net::Response certificates(const sessions::Origin &asker);
    nlohmann::ordered_json revocationLists();
    net::Response colleagues(const sessions::Origin &asker);
    net::Response bids(const sessions::Origin &asker);
    net::Response opened(const sessions::Origin &asker, const net::Request &request);
    net::Response seals(const sessions::Origin &asker);
    net::Response electronicSeal(const sessions::Origin &asker, const net::Request &request);
    net::Response withdraw(const sessions::Origin &asker, const net::Request &request);

    Services &m_services;
    // An enrolment needs no key that is known, so there is a bound on how many may be started.
    Rate m_enrolments{limits::kEnrolmentsAMinute, limits::kEnrolmentsAMinuteOfAll};
};

} // namespace hufu::server
