#include "app/server/party_api.h"

#include "app/server/problem.h"
#include "app/server/session_json.h"
#include "shield/documents/envelope.h"

namespace hufu::server {

using catalogue::Code;
using sessions::RelyingParty;

// A page is an unknown desk: it may ask for a login alone. What is no act at all is judged with the draft.
static bool asksForMoreThanLogin(const nlohmann::json &manifest)
{
    if (!manifest.is_object() || !manifest.contains("act") || !manifest.at("act").is_string()) return false;
    const auto act = intent::actOf(manifest.at("act").get<std::string>());
    return act && *act != intent::Act::login;
}

void PartyApi::add(Routes &routes)
{
    using net::Reply;
    using net::Request;
    addKnown(routes, "POST", "/rp/v1/sessions",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) {
                 reply(startSession(party, request));
             });
    addKnown(routes, "GET", "/rp/v1/sessions/{token}",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) {
                 answerSession(m_services, party.origin(), request, reply);
             });
    addKnown(routes, "DELETE", "/rp/v1/sessions/{token}",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) {
                 reply(cancel(party, request));
             });
    addKnown(routes, "GET", "/rp/v1/certificates/{serial}",
             [this](const RelyingParty &, const Request &request, const Reply &reply) { reply(holderOfSerial(request)); });
    addKnown(routes, "GET", "/rp/v1/holders/{holder}",
             [this](const RelyingParty &, const Request &request, const Reply &reply) { reply(holder(request)); });
    addKnown(routes, "PUT", "/rp/v1/holders/{holder}/binding",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) { reply(tellOfBinding(party, request)); });
    addKnown(routes, "GET", "/rp/v1/sessions/{token}/frame",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) {
                 reply(frame(party, request));
             });
    addKnown(routes, "POST", "/rp/v1/sessions/{token}/digits",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) {
                 reply(answerDigits(m_services, party.origin(), request));
             });
    addKnown(routes, "POST", "/rp/v1/openings",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) {
                 reply(registerOpening(party, request));
             });
    addKnown(routes, "PUT", "/rp/v1/bids/{id}",
             [this](const RelyingParty &party, const Request &request, const Reply &reply) {
                 reply(tellOfBid(party, request));
             });
}

void addForParty(Routes &routes, sessions::Sessions &sessions, const char *method, const char *pattern, PartyAct act)
{
    routes.add(method, pattern,
               [&sessions, act = std::move(act)](const net::Request &request, const net::Reply &reply) {
                   static constexpr std::string_view kBearer = "Bearer ";
                   const auto header = request.header("authorization");
                   if (!header || !header->starts_with(kBearer)) return reply(problem(401, Code::unauthorised));
                   const auto party = sessions.relyingPartyOf(header->substr(kBearer.size()));
                   if (party) return act(*party, request, reply);
                   reply(party.error().code == Errc::unavailable ? problemOf(party.error())
                                                                 : problem(401, Code::unauthorised));
               });
}

net::Response PartyApi::startSession(const RelyingParty &party, const net::Request &request)
{
    const auto body = parseObject(request.body);
    if (!body) return problemOf(body.error());
    const auto key = textMember(*body, "idempotencyKey");
    if (!key || !body->contains("manifest")) return problem(400, Code::malformed);
    if (asksForMoreThanLogin(body->at("manifest"))) return problem(403, Code::deskUnknown);
    const std::string draft = body->at("manifest").dump();
    const auto started = m_services.sessions.startFromPage(party, viewOf(draft), *key);
    if (!started) return problemOf(started.error());
    auto answer = jsonOf(*started);
    answer.erase("frameSecret"); // the backend gets finished frames
    return jsonResponse(answer, 201);
}

net::Response PartyApi::frame(const RelyingParty &party, const net::Request &request)
{
    const auto token = idOf<16>(request.parameters.at("token"));
    if (!token) return problemOf(token.error());
    const auto text = m_services.sessions.pageFrame(party.origin(), *token);
    return text ? jsonResponse({{"text", *text}}) : problemOf(text.error());
}

net::Response PartyApi::cancel(const RelyingParty &party, const net::Request &request)
{
    const auto token = idOf<16>(request.parameters.at("token"));
    if (!token) return problemOf(token.error());
    const auto cancelled = m_services.sessions.cancel(party.origin(), *token);
    if (!cancelled) return problemOf(cancelled.error());
    m_services.watchers.changed(*token);
    return noContent();
}

// Who a person is to a party: an id that stays through renewals and new phones, the certificate that signs for it at present, and by which keys
// the person opens envelopes.
// In: former, an account of the person: where no phone is active any more, its last certificate is told. Errors: notFound; unavailable.
static Result<nlohmann::ordered_json> holderJson(Services &services, const enterprise::Id &person, const std::optional<enterprise::Id> &former)
{
    const auto present = services.enterprise.holderOfPerson(person);
    if (!present && (!former || present.error().code != Errc::notFound)) return present.error();
    HUFU_TRY(records, services.authority.findByHolder(present ? present->acct : *former));
    const authority::Record *newest = nullptr;
    nlohmann::ordered_json opens = nlohmann::ordered_json::array();
    for (const authority::Record &record : records) // oldest first
        if (record.kind == x509::KeyKind::sign) newest = &record;
    if (present) { // a renewal or a new phone is another account, and the keys before it open what is sealed for them
        HUFU_TRY(accounts, services.enterprise.accountsOfPersonOf(present->acct));
        for (const enterprise::Id &account : accounts) {
            HUFU_TRY(theirs, services.authority.findByHolder(account));
            for (const authority::Record &record : theirs) {
                if (record.kind != x509::KeyKind::encrypt) continue;
                HUFU_TRY(keyId, documents::envelopeKeyId(record.certificate));
                opens.push_back(toHex(keyId));
            }
        }
    }
    if (newest == nullptr) return Error(Errc::notFound, "no certificate");
    std::string company;
    if (present) company = present->company.creditCode;
    else if (const auto last = services.enterprise.holderOf(*former)) company = last->company.creditCode;
    else return last.error();
    const std::int64_t nowMs = services.clock.unixMs();
    const bool isInTime = nowMs >= newest->certificate.notBeforeMs() && nowMs < newest->certificate.notAfterMs();
    return nlohmann::ordered_json{{"holder", toHex(person)}, {"company", company}, {"certificate", newest->certificate.pem()}, {"valid", present && isInTime && !newest->revocation}, {"opens", opens}};
}

// Whoever is suspended or disabled is nobody's holder for as long as that lasts. That it is so is all that is told: no company, no certificate.
static net::Response holderResponse(const Result<nlohmann::ordered_json> &told)
{
    if (told) return jsonResponse(*told);
    return told.error().code == Errc::refused ? problem(404, Code::staffInactive) : problemOf(told.error());
}

net::Response PartyApi::holderOfSerial(const net::Request &request)
{
    const auto told = [&]() -> Result<nlohmann::ordered_json> {
        const auto serial = fromHex(request.parameters.at("serial"));
        if (!serial) return Error(Errc::notFound, "not a serial number");
        HUFU_TRY(record, m_services.authority.find(*serial));
        HUFU_TRY(acct, fixedBytes<16>(record.holder));
        HUFU_TRY(known, m_services.enterprise.holderOf(acct));
        return holderJson(m_services, known.personId, acct);
    }();
    return holderResponse(told);
}

net::Response PartyApi::holder(const net::Request &request)
{
    const auto person = idOf<16>(request.parameters.at("holder"));
    const auto told = person ? holderJson(m_services, *person, std::nullopt) : Result<nlohmann::ordered_json>(person.error());
    return holderResponse(told);
}

// That the party has bound a person's certificate to an account of its own, or has let go of it: for the log of the person's company.
net::Response PartyApi::tellOfBinding(const RelyingParty &party, const net::Request &request)
{
    const auto person = idOf<16>(request.parameters.at("holder"));
    if (!person) return problem(404, Code::notFound);
    const auto body = parseObject(request.body);
    const auto state = body ? textMember(*body, "state") : Result<std::string>(body.error());
    if (!state) return problemOf(state.error());
    const bool isBound = *state == "bound";
    if (!isBound && *state != "released") return problem(400, Code::malformed);
    enterprise::Id serial{};
    if (isBound) {
        const auto text = textMember(*body, "certificate");
        const auto named = text ? idOf<16>(*text) : Result<enterprise::Id>(text.error());
        if (!named) return problem(400, Code::malformed);
        serial = *named;
    }
    if (!m_bindingWords.take(party.id + ' ' + toHex(*person), m_services.clock.monotonicMs())) return problem(429, Code::tooManyRequests);
    const auto told = [&]() -> Result<void> {
        const enterprise::Enterprise::Party by{party.id, party.name};
        if (!isBound) return m_services.enterprise.noteReleased(by, *person);
        HUFU_TRY(record, m_services.authority.find(serial));
        HUFU_TRY(acct, fixedBytes<16>(record.holder));
        HUFU_TRY(holder, m_services.enterprise.holderOf(acct));
        if (holder.personId != *person || record.kind != x509::KeyKind::sign) return Error(Errc::notFound, "not this person's certificate");
        return m_services.enterprise.noteBound(by, *person, serial);
    }();
    if (told) return noContent();
    return told.error().code == Errc::refused ? problem(404, Code::staffInactive) : problemOf(told.error());
}

net::Response PartyApi::registerOpening(const RelyingParty &party, const net::Request &request)
{
    const auto body = parseObject(request.body);
    if (!body) return problemOf(body.error());
    const auto opening = body->find("openingMs"), files = body->find("files");
    if (opening == body->end() || !opening->is_number_integer() || files == body->end() || !files->is_array())
        return problem(400, Code::malformed);
    std::vector<ByteArray<32>> digests;
    for (const auto &file : *files) {
        if (!file.is_string()) return problem(400, Code::malformed);
        const auto digest = idOf<32>(file.get<std::string>());
        if (!digest) return problem(400, Code::malformed);
        digests.push_back(*digest);
    }
    const auto registered = m_services.sessions.registerOpening(party, opening->get<std::int64_t>(), digests);
    return registered ? noContent() : problemOf(registered.error());
}

// How a sealed bid stands at the platform that has it: the list of what has to open follows.
net::Response PartyApi::tellOfBid(const RelyingParty &party, const net::Request &request)
{
    const auto id = idOf<32>(request.parameters.at("id"));
    if (!id) return problem(404, Code::notFound);
    const auto body = parseObject(request.body);
    const auto state = body ? textMember(*body, "state") : Result<std::string>(body.error());
    if (!state) return problemOf(state.error());
    const bool isReplaced = *state == "replaced";
    std::optional<opening::BidId> successor;
    if (isReplaced) {
        const auto text = textMember(*body, "replacedBy");
        const auto next = text ? idOf<32>(*text) : Result<opening::BidId>(text.error());
        if (!next) return problem(400, Code::malformed);
        successor = *next;
    }
    if (*state != "handedIn" && *state != "withdrawn" && !isReplaced) return problem(400, Code::malformed);
    const intent::Platform platform{party.id, party.name};
    const auto told = *state == "handedIn" ? m_services.bidBook.handIn(platform, *id) : m_services.bidBook.giveBack(platform, *id, successor);
    return told ? noContent() : problemOf(told.error());
}

} // namespace hufu::server
