// On which computers a person of the demo portal has been, and whether they could open his bids when the page looked last. A word of
// his own pages: nobody else's readiness hangs on it.
#pragma once

#include "shield/enterprise/ports.h"

#include <string>
#include <vector>

namespace hufu::server {

using enterprise::Id;

class PortalComputers {
public:
    static constexpr std::size_t kMost = 12; // of one account; the one that was seen longest ago gives way
    static constexpr std::size_t kNameMost = 120;

    explicit PortalComputers(const enterprise::Ports &world) : m_world(world) {}

    struct Computer {
        Id id{};
        std::string name;
        bool canOpen = false;
        std::int64_t seenMs = 0;
        static void fields(auto &row, auto &f) { f(row.id, row.name, row.canOpen, row.seenMs); }
    };
    // Errors: badInput (a name that no manifest takes).
    Result<void> seen(const std::string &account, const Id &id, const std::string &name, bool canOpen);
    Result<void> forget(const std::string &account, const Id &id); // Errors: notFound
    // The one that was seen last first.
    Result<std::vector<Computer>> of(const std::string &account);

private:
    enterprise::Ports m_world;
};

} // namespace hufu::server
