#include "app/server/party_applications.h"

#include "app/server/console_json.h"
#include "app/server/console_names.h"
#include "app/server/party_api.h"
#include "app/server/rate.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"

#include <memory>

namespace hufu::server {

using catalogue::Code;
using enterprise::Denied;
using enterprise::Id;
using net::Reply;
using net::Request;
using ports::Table;
using sessions::RelyingParty;

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kAccountMost = 64, kForgottenAtATime = 64;
constexpr std::size_t kVisitsAMinute = 60, kVisitsAMinuteOfAll = 1200; // of one network, of all

struct TicketRow {
    std::uint8_t version = kVersion;
    Id application{};
    std::int64_t untilMs = 0;
    static void fields(auto &row, auto &f) { f(row.version, row.application, row.untilMs); }
};

// Whoever reads the database finds no ticket there.
Bytes keyOf(ByteView ticketSm3)
{
    return concat({viewOf("handed-over/"), ticketSm3});
}

// What the platform knows of the company, if it says so. Errors: badInput; creditCodeInvalid.
enterprise::Verdict<std::optional<enterprise::HandedFacts>> companyOf(const nlohmann::json &body)
{
    const auto it = body.find("company");
    if (it == body.end()) return std::optional<enterprise::HandedFacts>();
    if (!it->is_object()) return Error(Errc::badInput, "company");
    HUFU_TRY(kind, wordMember(*it, "kind", kCompanyKinds));
    HUFU_TRY(name, textMember(*it, "name"));
    HUFU_TRY(code, textMember(*it, "code"));
    HUFU_TRY(fit, enterprise::Facts::fit({kind, name, code}));
    return std::optional(std::move(fit));
}

} // namespace

void PartyApplications::addForParties(Routes &routes)
{
    addForParty(routes, m_sessions, "POST", "/rp/v1/applications", [this](const RelyingParty &party, const Request &request, const Reply &reply) {
        auto answer = handOver(party, request);
        reply(answer ? *std::move(answer) : problemOf(answer.error()));
    });
}

void PartyApplications::addForPages(Routes &routes)
{
    const auto rate = std::make_shared<Rate>(kVisitsAMinute, kVisitsAMinuteOfAll);
    routes.add("POST", "/console/v1/application/visit", [this, rate](const Request &request, const Reply &reply) {
        if (isForeignOrigin(request)) return reply(problem(403, Code::loggedOut));
        if (!rate->take(request.caller, m_world.clock.monotonicMs())) return reply(problem(429, Code::tooManyRequests));
        auto answer = visit(request);
        net::Response response = answer ? *std::move(answer) : problemOf(answer.error());
        response.headers.emplace_back("Cache-Control", "no-store");
        reply(std::move(response));
    });
}

Answered PartyApplications::handOver(const RelyingParty &party, const Request &request)
{
    HUFU_TRY(body, parseObject(request.body));
    HUFU_TRY(key, textMember(body, "idempotencyKey"));
    auto begun = m_idempotency.begin(concat({viewOf("party "), viewOf(party.id)}), key, request.body);
    if (!begun) return begun.error().code == Errc::replayed ? problem(409, Code::wrongState) : Answered(begun.error());
    if (auto *done = std::get_if<net::Response>(&*begun)) return std::move(*done);
    auto done = begin(party, body);
    net::Response response = done ? *std::move(done) : problemOf(done.error());
    // What is done is done, whether or not its answer can be kept.
    static_cast<void>(m_idempotency.finish(std::get<Idempotency::Slot>(*begun), response));
    return response;
}

Answered PartyApplications::begin(const RelyingParty &party, const nlohmann::json &body)
{
    HUFU_TRY(account, textMember(body, "account"));
    if (!enterprise::isPlainText(account, kAccountMost)) return Error(Errc::badInput, "account");
    HUFU_TRY(company, companyOf(body));
    // One platform's accounts are none of another's, whatever their names.
    HUFU_TRY(application, m_applications.begin(toHex(crypto::sm3(viewOf(party.id))) + "/" + account, party.id == m_first ? account : std::string()));
    if (company) HUFU_CHECK(m_facts.handOver(application, *company));
    HUFU_TRY(ticket, newTicket(application));
    return jsonResponse({{"console", m_console + "#/apply/" + ticket}, {"validUntilMs", m_world.clock.unixMs() + kValidMs}}, 201);
}

Answered PartyApplications::visit(const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(ticket, textMember(object, "ticket"));
    HUFU_TRY(application, take(ticket));
    HUFU_TRY(opened, m_guard.openVisit(kApplicantCookie, toHex(application)));
    net::Response response = noContent();
    setCookie(response, kApplicantCookie, opened.cookie, ConsoleGuard::kWholeMs);
    return response;
}

Result<std::string> PartyApplications::newTicket(const Id &application)
{
    const std::int64_t nowMs = m_world.clock.unixMs();
    const auto ticket = m_world.random.bytes<32>("hand-over-ticket");
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(rows, transaction->scan(Table::meta, keyOf({}), kForgottenAtATime));
    for (const auto &[key, value] : rows) {
        const auto row = enterprise::parseRow<TicketRow>(value);
        if (!row || row->untilMs <= nowMs) HUFU_CHECK(transaction->remove(Table::meta, key));
    }
    HUFU_CHECK(enterprise::saveRow(*transaction, Table::meta, keyOf(crypto::sm3(ticket)), TicketRow{kVersion, application, nowMs + kValidMs}));
    HUFU_CHECK(transaction->commit());
    return toHex(ticket);
}

enterprise::Verdict<Id> PartyApplications::take(std::string_view text)
{
    const auto ticket = idOf<32>(text);
    if (!ticket) return Denied::linkInvalid;
    const Bytes key = keyOf(crypto::sm3(*ticket));
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(row, enterprise::findRow<TicketRow>(*transaction, Table::meta, key));
    if (!row || row->version != kVersion || row->untilMs <= m_world.clock.unixMs()) return Denied::linkInvalid;
    HUFU_CHECK(transaction->remove(Table::meta, key));
    HUFU_CHECK(transaction->commit());
    return row->application;
}

} // namespace hufu::server
