#include "app/server/outside_api.h"

#include "app/server/console_json.h"
#include "app/server/console_names.h"
#include "shield/enterprise/identifiers.h"

namespace hufu::server {

namespace {

using catalogue::Code;
using net::Reply;
using net::Request;

constexpr std::int64_t kDelayMost = 600'000;
constexpr std::int64_t kSlowMost = 10'000; // a thread of the server's waits
constexpr std::int64_t kCertificateMost = 365LL * 86'400'000;
constexpr std::int64_t kCentsMost = 100'000'000;
constexpr std::int64_t kCopiesMost = 5;

constexpr Words<ports::IdentityService::Outcome, 3> kOutcomes = {{{"pending", ports::IdentityService::Outcome::pending},
                                                                  {"passed", ports::IdentityService::Outcome::passed},
                                                                  {"failed", ports::IdentityService::Outcome::failed}}};
constexpr Words<ports::Bank::State, 3> kBankStates = {
    {{"pending", ports::Bank::State::pending}, {"paid", ports::Bank::State::paid}, {"returned", ports::Bank::State::returned}}};

// --- faults: which service has which -------------------------------------------------------------------------------------

struct Flag {
    std::string_view service, name;
    bool Faults::*member;
};
constexpr Flag kFlags[] = {{"sms", "down", &Faults::smsDown},
                           {"mail", "down", &Faults::mailDown},
                           {"face", "down", &Faults::faceDown},
                           {"identity", "down", &Faults::identityDown},
                           {"register", "down", &Faults::registerDown},
                           {"accounts", "down", &Faults::accountsDown},
                           {"review", "down", &Faults::reviewDown},
                           {"bank", "down", &Faults::bankDown},
                           {"bank", "losesReplies", &Faults::bankLosesReplies},
                           {"bank", "returnsAll", &Faults::bankReturnsAll},
                           {"bank", "backwards", &Faults::bankBackwards},
                           {"sms", "backwards", &Faults::smsBackwards},
                           {"mail", "backwards", &Faults::mailBackwards},
                           {"face", "losesReplies", &Faults::faceLosesReplies},
                           {"identity", "losesReplies", &Faults::identityLosesReplies},
                           {"cashier", "down", &Faults::cashierDown},
                           {"cashier", "backwards", &Faults::cashierBackwards}};

struct Number {
    std::string_view service, name;
    std::int64_t Faults::*member;
    std::int64_t least, most;
};
constexpr Number kNumbers[] = {{"sms", "delayMs", &Faults::smsDelayMs, 0, kDelayMost},
                               {"mail", "delayMs", &Faults::mailDelayMs, 0, kDelayMost},
                               {"bank", "delayMs", &Faults::bankDelayMs, 0, kDelayMost},
                               {"cashier", "delayMs", &Faults::cashierDelayMs, 0, kDelayMost},
                               {"sms", "copies", &Faults::smsCopies, 1, kCopiesMost},
                               {"mail", "copies", &Faults::mailCopies, 1, kCopiesMost},
                               {"bank", "copies", &Faults::bankCopies, 1, kCopiesMost},
                               {"identity", "delayMs", &Faults::identityDelayMs, 0, kDelayMost},
                               {"face", "delayMs", &Faults::faceDelayMs, 0, kSlowMost},
                               {"register", "delayMs", &Faults::registerDelayMs, 0, kSlowMost},
                               {"authority", "certificateMs", &Faults::certificateMs, 0, kCertificateMost},
                               {"cashier", "copies", &Faults::cashierCopies, 1, kCopiesMost}};

struct Verdicts {
    std::string_view service;
    std::optional<std::string> Faults::*member;
    std::array<std::string_view, 3> words;
};
constexpr Verdicts kVerdicts[] = {{"face", &Faults::faceVerdict, {"live", "notLive", "otherPerson"}},
                                  {"identity", &Faults::identityVerdict, {"passed", "failed", "failed"}}};

ordered_json jsonOf(const Faults &faults)
{
    ordered_json out = ordered_json::object();
    for (const Flag &flag : kFlags)
        out[std::string(flag.service)][std::string(flag.name)] = faults.*flag.member;
    for (const Number &number : kNumbers)
        out[std::string(number.service)][std::string(number.name)] = faults.*number.member;
    for (const Verdicts &verdict : kVerdicts) {
        const auto &chosen = faults.*verdict.member;
        out[std::string(verdict.service)]["verdict"] = chosen ? ordered_json(*chosen) : ordered_json(nullptr);
    }
    return out;
}

bool takeOne(const std::string &service, const std::string &name, const json &value, Faults &faults)
{
    for (const Flag &flag : kFlags)
        if (flag.service == service && flag.name == name) {
            if (!value.is_boolean()) return false;
            faults.*flag.member = value.get<bool>();
            return true;
        }
    for (const Number &number : kNumbers)
        if (number.service == service && number.name == name) {
            if (!value.is_number_unsigned() || value.get<std::uint64_t>() > static_cast<std::uint64_t>(number.most)) return false;
            if (value.get<std::int64_t>() < number.least) return false;
            faults.*number.member = value.get<std::int64_t>();
            return true;
        }
    for (const Verdicts &verdict : kVerdicts)
        if (verdict.service == service && name == "verdict") {
            if (value.is_null()) {
                (faults.*verdict.member).reset();
                return true;
            }
            for (const std::string_view word : verdict.words)
                if (value == word) {
                    faults.*verdict.member = std::string(word);
                    return true;
                }
            return false;
        }
    return false;
}

bool take(const json &change, Faults &faults)
{
    const ordered_json known = jsonOf(faults);
    for (const auto &[service, settings] : change.items()) {
        if (!settings.is_object() || !known.contains(service)) return false;
        for (const auto &[name, value] : settings.items())
            if (!takeOne(service, name, value, faults)) return false;
    }
    return true;
}

// --- the services -------------------------------------------------------------------------------------------------------

Answered setFaults(const Outside &outside, const Request &request)
{
    HUFU_TRY(change, parseObject(request.body));
    Faults faults = outside.faults();
    if (!take(change, faults)) return Error(Errc::badInput, "faults");
    outside.setFaults(faults);
    return jsonResponse(jsonOf(faults));
}

Answered clock(const Outside &outside)
{
    const Outside::Time now = outside.now();
    return jsonResponse({{"unixMs", now.unixMs}, {"aheadMs", now.aheadMs}});
}

Answered jump(const Outside &outside, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    const auto ms = object.find("jumpMs");
    if (object.size() != 1 || ms == object.end() || !ms->is_number_unsigned()) return Error(Errc::badInput, "jumpMs");
    if (ms->get<std::uint64_t>() > std::uint64_t{INT64_MAX}) return Error(Errc::badInput, "jumpMs");
    HUFU_CHECK(outside.jump(ms->get<std::int64_t>()));
    return clock(outside);
}

ordered_json jsonOf(const Outside::Figure &one)
{
    return {{"phoneNumber", one.phoneNumber}, {"name", one.name}, {"staffNumber", one.staffNumber}, {"outcome", one.outcome}};
}

Answered people(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const Outside::Figure &one : outside.people())
        list.push_back(jsonOf(one));
    return jsonResponse({{"people", list}});
}

Answered activate(const Outside &outside, const Request &request)
{
    const std::string number = request.parameters.at("number");
    HUFU_TRY(link, outside.activation(number));
    for (const Outside::Figure &one : outside.people()) {
        if (one.phoneNumber != number) continue;
        ordered_json json = jsonOf(one);
        json["activation"] = link;
        return jsonResponse(json);
    }
    return Error(Errc::notFound, "nobody's number");
}

Answered employ(const Outside &outside, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(company, textMember(object, "company"));
    if (object.size() != 1) return Error(Errc::badInput, "company");
    HUFU_TRY(employed, outside.employ(company));
    ordered_json json = jsonOf(employed.figure);
    json["company"] = employed.company;
    json["creditCode"] = employed.creditCode;
    json["activation"] = employed.activation;
    return jsonResponse(json);
}

Answered messages(const Outside &outside, const Request &request)
{
    const auto phone = request.query.find("phone");
    if (phone == request.query.end()) return Error(Errc::badInput, "phone");
    ordered_json list = ordered_json::array();
    for (const Outside::Message &message : outside.messagesFor(phone->second))
        list.push_back({{"text", message.text}, {"arrivedMs", message.arrivedMs}});
    return jsonResponse({{"messages", list}});
}

Answered allMessages(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const Outside::Message &message : outside.messages()) {
        if (list.size() == kPage) break;
        list.push_back({{"to", message.to}, {"subject", message.subject}, {"text", message.text}, {"arrivedMs", message.arrivedMs}});
    }
    return jsonResponse({{"messages", list}});
}

Answered checks(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const Outside::Check &check : outside.checks())
        list.push_back({{"service", check.service}, {"ticket", check.ticket}, {"name", check.name}, {"outcome", wordOf(kOutcomes, check.outcome)}});
    return jsonResponse({{"checks", list}});
}

Answered decide(const Outside &outside, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(outcome, wordMember(object, "outcome", kOutcomes));
    HUFU_CHECK(outside.decide(request.parameters.at("ticket"), outcome));
    return noContent();
}

Answered registerEntries(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const ports::CompanyClaim &entry : outside.registerEntries())
        list.push_back({{"code", entry.code}, {"name", entry.name}, {"kind", wordOf(kCompanyKinds, entry.kind)}, {"legalName", entry.legalName}, {"legalIdNumber", entry.legalIdNumber}});
    return jsonResponse({{"entries", list}});
}

Answered enter(const Outside &outside, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(name, textMember(object, "name"));
    HUFU_TRY(code, textMember(object, "code"));
    HUFU_TRY(legalName, textMember(object, "legalName"));
    HUFU_TRY(legalIdNumber, textMember(object, "legalIdNumber"));
    ports::CompanyKind kind = ports::CompanyKind::enterprise; // most are
    if (object.contains("kind")) {
        HUFU_TRY(named, wordMember(object, "kind", kCompanyKinds));
        kind = named;
    }
    outside.enter({enterprise::companyNameOf(name), code, legalName, legalIdNumber, kind});
    return noContent();
}

Answered bank(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const Outside::Payout &one : outside.payouts())
        list.push_back({{"reference", toHex(one.payout.reference)},
                        {"holder", one.payout.holder},
                        {"bank", one.payout.bank},
                        {"account", one.payout.account},
                        {"cents", one.payout.cents},
                        {"state", wordOf(kBankStates, one.state)},
                        {"orderedMs", one.orderedMs}});
    return jsonResponse({{"payouts", list}});
}

Answered credit(const Outside &outside, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(payer, textMember(object, "payer"));
    HUFU_TRY(cents, numberMember(object, "cents", kCentsMost, 0));
    HUFU_TRY(copies, numberMember(object, "copies", kCopiesMost, 1));
    HUFU_CHECK(outside.credit(payer, cents, static_cast<int>(copies)));
    return noContent();
}

Answered cashier(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const auto &[order, cents] : outside.asked())
        list.push_back({{"order", toHex(order)}, {"cents", cents}});
    return jsonResponse({{"orders", list}});
}

Answered pay(const Outside &outside, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(order, idMember(object, "order"));
    if (!object.contains("cents")) return Error(Errc::badInput, "cents");
    HUFU_TRY(cents, numberMember(object, "cents", kCentsMost, 0));
    bool succeeds = true;
    if (object.contains("succeeds")) {
        HUFU_TRY(flag, flagMember(object, "succeeds"));
        succeeds = flag;
    }
    HUFU_CHECK(outside.pay(order, cents, succeeds));
    return noContent();
}

Answered accounts(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const auto &[ticket, waits] : outside.accountQuestions())
        list.push_back({{"ticket", ticket}, {"waits", waits}});
    return jsonResponse({{"questions", list}});
}

Answered agree(const Outside &outside, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(name, textMember(object, "name"));
    HUFU_TRY(code, textMember(object, "code"));
    HUFU_CHECK(outside.agree(request.parameters.at("ticket"), name, code));
    return noContent();
}

Answered papers(const Outside &outside)
{
    ordered_json list = ordered_json::array();
    for (const Outside::Paper &paper : outside.papers())
        list.push_back({{"id", toHex(paper.id)},
                        {"kind", paper.kind},
                        {"size", paper.document.size()},
                        {"submittedMs", paper.about.submittedMs},
                        {"companyName", paper.about.companyName},
                        {"creditCode", paper.about.creditCode},
                        {"companyKind", wordOf(kCompanyKinds, paper.about.kind)},
                        {"legalName", paper.about.legalName}});
    return jsonResponse({{"papers", list}});
}

// Kept from the browser's own guessing, like every picture that comes from somewhere.
Answered paper(const Outside &outside, const Request &request)
{
    HUFU_TRY(id, idIn(request));
    const auto papers = outside.papers();
    const auto found = std::ranges::find(papers, id, &Outside::Paper::id);
    if (found == papers.end()) return Error(Errc::notFound, "no such paper");
    const ByteView document(found->document);
    const bool isPdf = document.size() > 4 && sameBytes(document.first(4), viewOf("%PDF")), isPng = document.size() > 1 && document[0] == 0x89;
    net::Response response = fileResponse(isPdf ? "application/pdf" : isPng ? "image/png" : "image/jpeg", bytesOf(document));
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
}

Answered judge(const Outside &outside, const Request &request)
{
    HUFU_TRY(id, idIn(request));
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(approved, flagMember(object, "approved"));
    enterprise::ReturnReason reason = enterprise::ReturnReason::none;
    if (object.contains("reason")) {
        HUFU_TRY(named, wordMember(object, "reason", kReturnReasons));
        reason = named;
    }
    HUFU_CHECK(outside.judge(id, approved, reason));
    return noContent();
}

} // namespace

void addOutsideApi(Routes &routes, Outside outside)
{
    const auto shared = std::make_shared<const Outside>(std::move(outside));
    const auto add = [&](const char *method, const char *pattern, std::function<Answered(const Outside &, const Request &)> act) {
        routes.add(method, pattern, [shared, act = std::move(act)](const Request &request, const Reply &reply) {
            if (isForeignOrigin(request)) return reply(problem(403, Code::loggedOut));
            auto done = act(*shared, request);
            reply(done ? *std::move(done) : problemOf(done.error()));
        });
    };
    const auto shown = [](Answered (*show)(const Outside &)) { return [show](const Outside &world, const Request &) { return show(world); }; };
    add("GET", "/outside/sms", messages);
    add("GET", "/outside/messages", shown(allMessages));
    add("GET", "/outside/faults", [](const Outside &world, const Request &) -> Answered { return jsonResponse(jsonOf(world.faults())); });
    add("POST", "/outside/faults", setFaults);
    add("GET", "/outside/clock", shown(clock));
    add("POST", "/outside/clock", jump);
    add("GET", "/outside/people", shown(people));
    add("POST", "/outside/people", employ);
    add("POST", "/outside/people/{number}/activation", activate);
    add("GET", "/outside/identity", shown(checks));
    add("POST", "/outside/identity/{ticket}", decide);
    add("GET", "/outside/register", shown(registerEntries));
    add("POST", "/outside/register", enter);
    add("DELETE", "/outside/register/{code}", [](const Outside &world, const Request &request) -> Answered {
        world.strike(request.parameters.at("code"));
        return noContent();
    });
    add("GET", "/outside/bank", shown(bank));
    add("POST", "/outside/bank/credits", credit);
    add("GET", "/outside/cashier", shown(cashier));
    add("POST", "/outside/payments", pay);
    add("GET", "/outside/accounts", shown(accounts));
    add("POST", "/outside/accounts/{ticket}", agree);
    add("GET", "/outside/papers", shown(papers));
    add("GET", "/outside/papers/{id}/document", paper);
    add("POST", "/outside/papers/{id}", judge);
}

} // namespace hufu::server
