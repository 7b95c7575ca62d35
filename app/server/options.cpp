#include "app/server/options.h"

#include "app/server/steps.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/identifiers.h"
#include "shield/x509/revocation_list.h"

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

// "HOLDER,BANK,ACCOUNT"; the account's digits with or without blanks.
bool takePayee(std::string_view text, Options &options)
{
    const std::size_t first = text.find(','), second = text.find(',', first == text.npos ? first : first + 1);
    if (second == text.npos) return false;
    enterprise::Payee &payee = options.payee;
    payee.holder = enterprise::trimmed(text.substr(0, first));
    payee.bank = enterprise::trimmed(text.substr(first + 1, second - first - 1));
    payee.account = text.substr(second + 1);
    std::erase(payee.account, ' ');
    return enterprise::isName(payee.holder) && enterprise::isName(payee.bank) && enterprise::isBankAccount(payee.account);
}

// "login=face,decrypt=sms"
bool takeAsks(std::string_view text, Options &options)
{
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string_view each = text.substr(at, end - at), act = each.substr(0, each.find('='));
        const std::string_view factor = each.substr(std::min(act.size() + 1, each.size()));
        std::uint8_t *asks = act == "login" ? &options.loginAsks : act == "sign" ? &options.signAsks : act == "decrypt" ? &options.decryptAsks : nullptr;
        if (asks == nullptr || (factor != "face" && factor != "sms")) return false;
        *asks |= factor == "face" ? enterprise::kLiveness : enterprise::kSms;
        at = end + 1;
    }
    return true;
}

// The operator's words, and how many arguments each takes.
struct Word {
    std::string_view name;
    std::size_t arguments;
};
constexpr Word kWords[] = {{"devices", 0},  {"freeze", 1},     {"unfreeze", 1},    {"recover", 1},
                           {"revoke", 1},   {"renew-seat", 1}, {"next-grant", 1},  {"remove-desk", 1},
                           {"appoint", 3}, {"raise-restore-epoch", 0}, {"cases", 0},
                           {"case-picture", 1}, {"invoices", 0}};

const enterprise::Payee kStandInPayee = {"虎符演示运营有限公司", "中国示例银行北京分行", "0200000009026400123"};

bool takeReason(std::string_view name, Options &options)
{
    for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(x509::Reason::cessationOfOperation); ++i) {
        if (x509::nameOf(static_cast<x509::Reason>(i)) != name) continue;
        options.reason = i;
        return true;
    }
    return false;
}

bool takeDays(std::string_view text, Options &options)
{
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), options.days);
    return failure == std::errc() && end == text.data() + text.size() && options.days >= 0 && options.days <= 3'660;
}

bool isStep(std::string_view name)
{
    const auto is = [name](const cosigner::Step &step) { return name == step.before || name == step.after; };
    return is(kDeliver) || std::ranges::any_of(cosigner::step::kAll, is) || std::ranges::any_of(kMessageSteps, is, &MessageStep::step);
}

} // namespace

Result<Options> Options::parse(std::span<const char *const> words)
{
    Options options;
    std::size_t first = 0;
    if (!words.empty() && words[0][0] != '-') options.word = words[first++];
    for (std::size_t i = first; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const auto value = [&]() -> std::string { return i + 1 < words.size() ? words[++i] : ""; };
        if (word == "--help") {
            options.help = true;
            return options;
        }
        if (!options.word.empty() && !word.starts_with("--")) {
            options.arguments.emplace_back(word);
        } else if (word == "--identity-checked") {
            options.identityChecked = true;
        } else if (word == "--days") {
            if (!takeDays(value(), options)) return Error(Errc::badInput, "--days needs a number, 0 to 3660");
        } else if (word == "--reason") {
            if (!takeReason(value(), options)) return Error(Errc::badInput, "--reason needs a word of the list");
        } else if (word == "--project") {
            options.project = value();
            if (options.project.empty()) return Error(Errc::badInput, "--project needs a number");
        } else if (word == "--outside") {
            options.outside = true;
        } else if (word == "--data") {
            options.data = value();
        } else if (word == "--postgres") {
            options.postgres = value();
            if (options.postgres.empty()) return Error(Errc::badInput, "--postgres needs a file");
        } else if (word == "--host") {
            options.host = value();
            if (options.host.empty()) return Error(Errc::badInput, "--host needs a name");
        } else if (word == "--listen") {
            if (!takeListen(value(), options)) return Error(Errc::badInput, "--listen needs ADDRESS:PORT");
        } else if (word == "--seed") {
            const std::string seed = value();
            if (seed != "demo" && seed != "portal") return Error(Errc::badInput, "--seed knows demo and portal");
            options.seedDemo = seed == "demo";
            options.seedPortal = true;
        } else if (word == "--suite") {
            const std::string suite = value();
            if (suite != "sm2" && suite != "frost") return Error(Errc::badInput, "--suite knows sm2 and frost");
            options.suite = suite == "frost" ? crypto::Suite::frost : crypto::Suite::sm2;
        } else if (word == "--asks") {
            if (!takeAsks(value(), options)) return Error(Errc::badInput, "--asks needs ACT=FACTOR: login, sign or decrypt, and face or sms");
        } else if (word == "--payee") {
            if (!takePayee(value(), options)) return Error(Errc::badInput, "--payee needs HOLDER,BANK,ACCOUNT");
        } else if (word == "--fault") {
            options.fault = value();
            if (!isStep(options.fault)) return Error(Errc::badInput, "--fault needs a step of the cosigner");
        } else {
            return Error(Errc::badInput, "unknown word");
        }
    }
    if (!options.word.empty()) {
        const auto it = std::ranges::find(kWords, options.word, &Word::name);
        if (it == std::end(kWords)) return Error(Errc::badInput, "unknown word");
        if (options.arguments.size() != it->arguments) return Error(Errc::badInput, "another number of arguments");
    }
    if (options.data.empty()) return Error(Errc::badInput, "--data is missing");
    const bool isLoopback =
        options.address == "127.0.0.1" || options.address == "::1" || options.address == "localhost";
    if (options.outside && !isLoopback) return Error(Errc::badInput, "--outside is for loopback addresses alone");
    const bool asks = (options.loginAsks | options.signAsks | options.decryptAsks) != 0;
    if (asks && !(options.outside && options.seedDemo)) return Error(Errc::badInput, "--asks goes with --outside and --seed demo");
    if (options.outside && options.payee.account.empty()) options.payee = kStandInPayee;
    if (options.host.empty()) {
        const bool any = options.address == "0.0.0.0" || options.address == "::";
        options.host = any ? "127.0.0.1" : options.address;
    }
    return options;
}

const char *Options::usage()
{
    return "hufu-server --data DIR [--postgres FILE] [--listen ADDRESS:PORT] [--host NAME] [--outside] [--seed demo|portal] "
           "[--suite sm2|frost] [--asks ACT=FACTOR,...] [--payee HOLDER,BANK,ACCOUNT] [--fault STEP]\n"
           "  --data     folder of database, keys and certificates; made if it is not there\n"
           "  --postgres the database is a PostgreSQL instead; FILE, which nobody else may read, holds what libpq needs:\n"
           "             host=db.example dbname=hufu user=hufu password=... sslmode=verify-full\n"
           "  --listen   default 127.0.0.1:0; port 0: the system chooses\n"
           "  --host     the name by which phones and desks reach the server; default: the address\n"
           "  --outside  stand-ins for the SMS gateway and the face service, and a clock that\n"
           "             jumps, for testers: on loopback addresses alone, never in operation\n"
           "  --seed     portal: a relying party, the demo portal; demo: and a company with a person, a seat and a grant\n"
           "  --suite    frost: phones of companies that are made from now on sign with Ed25519\n"
           "  --asks     the policy of the demo company, when it is made, asks for more besides the PIN: ACT login, sign (and seal) or decrypt,\n"
           "             FACTOR face or sms; for testers, with --outside and --seed demo\n"
           "  --payee    the operator's account, which companies are told that authenticate themselves by paying ¥0.01; without: that way\n"
           "             is not offered (with --outside: an account of the stand-in)\n"
           "  --fault    for crash tests: the process kills itself at this step of the cosigner or of a session, or at a message of the phone\n"
           "Prints one line of JSON when it is ready. The log goes to standard error. SIGTERM stops it.\n"
           "\n"
           "hufu-server WORD [ARGUMENT] --data DIR [--postgres FILE]: the operator's words. They act on the database, whether a server "
           "runs\n"
           "on it or not, and print JSON; what changes something is audited. ACCOUNT, SERIAL and DESK are as devices prints them.\n"
           "  devices                  every phone: holder, state, wrong PINs, seat, certificates, desks\n"
           "  freeze ACCOUNT           stop it at once: a lost phone, a person who has left\n"
           "  unfreeze ACCOUNT         three tries more, when the administrator approves; --identity-checked\n"
           "  recover ACCOUNT          after a clone: a one-time code for the genuine phone; --identity-checked\n"
           "  revoke SERIAL            a certificate, for good; --reason keyCompromise, affiliationChanged, superseded,\n"
           "                           cessationOfOperation, unspecified (default). It can still decrypt: freeze stops "
           "that\n"
           "  renew-seat ACCOUNT       another year from now on; --days N, 0: it ends now\n"
           "  next-grant ACCOUNT       an activation code for new keys of the same person; --identity-checked, and "
           "--host and\n"
           "                           --listen of the server for a whole link\n"
           "  remove-desk DESK         a computer, of everyone who enrolled it\n"
           "  appoint CREDITCODE NAME PHONE\n"
           "                           makes this person the administrator of a company of which nobody can log in, by a letter\n"
           "                           that was checked; whoever was one is none any more; --identity-checked\n"
           "  raise-restore-epoch      once after the database was restored from a backup\n"
           "  cases                    what people have sent to support from the pages, newest first\n"
           "  case-picture NUMBER      the picture of a case, to standard output: a JPEG; the last 50 are kept\n"
           "  invoices                 what companies have asked an invoice for, in the order of their payments, whole: for whoever\n"
           "                           writes them\n"
           "  --project NUMBER         where freeze or revoke would leave a sealed bid that nobody can open: of the first\n"
           "                           such project in the list that the refusal prints\n"
           "  --identity-checked       you have seen the person's identity proved, as your rules demand\n";
}

} // namespace hufu::server
