// The operator's words: what an administrator's console will do one day, on the command line of the machine. They act
// on the rows that a running server reads for each request, so it need not be stopped, and nothing listens for them:
// whoever may read master key and database may speak them.
#pragma once

#include "app/catalogue/catalogue.h"
#include "app/server/options.h"
#include "app/server/services.h"

#include <nlohmann/json.hpp>

#include <variant>

namespace hufu::server {

// The word would leave sealed bids that nobody can open: which ones, and whom else it touches.
struct BidsAtRisk {
    std::vector<nlohmann::ordered_json> lines;
};

// What a word prints, line by line; or why not.
using Said = std::variant<std::vector<nlohmann::ordered_json>, catalogue::Code, BidsAtRisk>;

class Operator {
public:
    // link: what an activation link begins with, "hufu://activate?host=..&port=..&pin=..&pin2=.."; empty: not known.
    Operator(Services &services, std::string link) : m_services(services), m_link(std::move(link)) {}

    // In: options, with a word and its arguments.
    Said say(const Options &options);

private:
    Said devices();
    // The lines of the bids that the deed touches; or why it may not go on.
    Said guard(opening::Deed deed, const enterprise::Id &acct);
    Said freeze(const std::string &account);
    Said unfreeze(const std::string &account);
    Said recover(const std::string &account);
    Said revoke(const std::string &serial, x509::Reason reason);
    Said renewSeat(const std::string &account, std::int64_t days);
    Said nextGrant(const std::string &account);
    Said removeDesk(const std::string &desk);
    Said appoint(const std::vector<std::string> &whom); // credit code, name, phone number
    Said raiseRestoreEpoch();
    Result<std::optional<nlohmann::ordered_json>> deviceLine(const enterprise::Id &acct);

    Services &m_services;
    std::string m_link, m_project;
};

} // namespace hufu::server
