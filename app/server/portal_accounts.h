// The demo portal's own accounts, and which certificate is bound to which. A real portal keeps these in its own database.
#pragma once

#include "shield/enterprise/ports.h"
#include "shield/enterprise/verdict.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::server {

class PortalAccounts {
public:
    template <typename T> using Verdict = enterprise::Verdict<T>;

    explicit PortalAccounts(const enterprise::Ports &world) : m_world(world) {}

    // name: 3 to 32 of a-z 0-9 - . Password: 8 to 128 bytes. Errors: badInput; badState (the name is taken).
    Result<void> add(const std::string &name, const std::string &password);
    // Timing: the same whether or not there is such an account. Errors: refused.
    Result<void> check(const std::string &name, const std::string &password);

    struct Binding {
        enterprise::Id certificate{}; // its serial number, as it was seen last
        enterprise::Id person{};      // the holder, as Hufu tells a relying party
        std::int64_t boundMs = 0;
    };
    // One certificate's person to one account: the person is taken from no other. Again for the same person: the new certificate
    // takes the place of the former. Denied: boundElsewhere; accountBound (another certificate is bound here).
    Verdict<void> bind(const std::string &name, const Binding &binding);
    Result<void> unbind(const std::string &name); // Errors: notFound
    Result<std::optional<Binding>> bindingOf(const std::string &name);
    // What Hufu has not been told yet of a person here: which certificate is bound, or that none is. The last word of each.
    struct Word {
        enterprise::Id person{}, certificate{}; // zero: the person was let go of
        bool operator==(const Word &) const = default;
        static void fields(auto &row, auto &f) { f(row.person, row.certificate); }
    };
    Result<std::vector<Word>> untold();
    Result<void> told(const Word &word); // one that another has replaced since stays
    // A log-in is believed once, by its nonce, which is remembered as long as Hufu keeps a result. Errors: badState (it was believed before).
    Result<void> believe(const enterprise::Id &nonce);
    // Denied: certificateUnbound.
    Verdict<std::string> accountOf(const enterprise::Id &person);

private:
    enterprise::Ports m_world;
};

} // namespace hufu::server
