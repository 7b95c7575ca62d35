#include "app/server/options.h"

#include "shield/cosigner/steps.h"

#include <algorithm>
#include <charconv>

namespace hufu::server {

namespace {

// "127.0.0.1:8443", "[::1]:0"
bool takeListen(std::string_view text, Options &options)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    std::string_view address = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (address.front() == '[' && address.back() == ']') address = address.substr(1, address.size() - 2);
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), options.port);
    options.address = address;
    return !address.empty() && failure == std::errc() && end == port.data() + port.size() && !port.empty();
}

bool isStep(std::string_view name)
{
    return std::ranges::any_of(cosigner::step::kAll, [name](const cosigner::Step &step) {
        return name == step.before || name == step.after;
    });
}

} // namespace

Result<Options> Options::parse(std::span<const char *const> words)
{
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const auto value = [&]() -> std::string { return i + 1 < words.size() ? words[++i] : ""; };
        if (word == "--help") {
            options.help = true;
            return options;
        }
        if (word == "--outside") {
            options.outside = true;
        } else if (word == "--data") {
            options.data = value();
        } else if (word == "--host") {
            options.host = value();
            if (options.host.empty()) return Error(Errc::badInput, "--host needs a name");
        } else if (word == "--listen") {
            if (!takeListen(value(), options)) return Error(Errc::badInput, "--listen needs ADDRESS:PORT");
        } else if (word == "--seed") {
            if (value() != "demo") return Error(Errc::badInput, "--seed knows demo alone");
            options.seedDemo = true;
        } else if (word == "--suite") {
            const std::string suite = value();
            if (suite != "sm2" && suite != "frost") return Error(Errc::badInput, "--suite knows sm2 and frost");
            options.suite = suite == "frost" ? crypto::Suite::frost : crypto::Suite::sm2;
        } else if (word == "--fault") {
            options.fault = value();
            if (!isStep(options.fault)) return Error(Errc::badInput, "--fault needs a step of the cosigner");
        } else {
            return Error(Errc::badInput, "unknown word");
        }
    }
    if (options.data.empty()) return Error(Errc::badInput, "--data is missing");
    if (options.host.empty()) {
        const bool any = options.address == "0.0.0.0" || options.address == "::";
        options.host = any ? "127.0.0.1" : options.address;
    }
    return options;
}

const char *Options::usage()
{
    return "hufu-server --data DIR [--listen ADDRESS:PORT] [--host NAME] [--outside] [--seed demo] "
           "[--suite sm2|frost] [--fault STEP]\n"
           "  --data     folder of database, keys and certificates; made if it is not there\n"
           "  --listen   default 127.0.0.1:0; port 0: the system chooses\n"
           "  --host     the name by which phones and desks reach the server; default: the address\n"
           "  --outside  stand-ins for the SMS gateway and the face service, for testers: never in operation\n"
           "  --seed     demo: a company with a person, a seat and a grant, and a relying party\n"
           "  --suite    frost: phones of the demo company sign with Ed25519; it is made so once\n"
           "  --fault    for crash tests: the process kills itself at this step of the cosigner\n"
           "Prints one line of JSON when it is ready. The log goes to standard error. SIGTERM stops it.\n";
}

} // namespace hufu::server
