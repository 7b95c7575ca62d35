#include "app/server/desk_api.h"

#include "app/server/problem.h"
#include "app/server/session_json.h"
#include "shield/intent/frame.h"
#include "shield/sessions/desk_rows.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace hufu::server {

namespace {

using catalogue::Code;
using sessions::Origin;
using sessions::OriginKind;

template <typename Number> Result<Number> numberOf(std::string_view text)
{
    Number value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size())
        return Error(Errc::badInput, "not a number");
    return value;
}

// Whoever fails to prove to be a desk learns no more than that; a clock that is wrong can be set right. That nobody has the desk is
// said for itself: the desk forgets its enrolment on it, and must not on a row that does not open.
net::Response problemOfAsker(const Error &error)
{
    if (error.code == Errc::unavailable || error.code == Errc::locked) return problemOf(error);
    if (error.code == Errc::notFound) return problem(401, Code::deskUnknown);
    return problem(401, error.code == Errc::expired ? Code::clockSkewed : Code::unauthorised);
}

} // namespace

void DeskApi::add(Routes &routes)
{
    using net::Reply;
    using net::Request;
    routes.add("POST", "/desk/v1/enrolments",
               [this](const Request &request, const Reply &reply) { reply(startEnrolment(request)); });
    addSigned(routes, "POST", "/desk/v1/sessions",
              [this](const Origin &asker, const Request &request, const Reply &reply) {
                  reply(startSession(asker, request));
              });
    addSigned(routes, "GET", "/desk/v1/sessions/{token}",
              [this](const Origin &asker, const Request &request, const Reply &reply) {
                  answerSession(m_services, asker, request, reply);
              });
    addSigned(routes, "DELETE", "/desk/v1/sessions/{token}",
              [this](const Origin &asker, const Request &request, const Reply &reply) {
                  reply(cancel(asker, request));
              });
    addSigned(
        routes, "PUT", "/desk/v1/sessions/{token}/tbs/{index}",
        [this](const Origin &asker, const Request &request, const Reply &reply) {
            reply(attachTbs(asker, request));
        },
        limits::kTbsMax);
    addSigned(routes, "POST", "/desk/v1/sessions/{token}/digits",
              [this](const Origin &asker, const Request &request, const Reply &reply) {
                  reply(answerDigits(m_services, asker, request));
              });
    addSigned(routes, "GET", "/desk/v1/enrolment",
              [this](const Origin &asker, const Request &, const Reply &reply) { reply(enrolment(asker)); });
    addSigned(routes, "GET", "/desk/v1/certificates",
              [this](const Origin &asker, const Request &, const Reply &reply) { reply(certificates(asker)); });
    addSigned(routes, "GET", "/desk/v1/colleagues",
              [this](const Origin &asker, const Request &, const Reply &reply) { reply(colleagues(asker)); });
    addSigned(routes, "GET", "/desk/v1/seals",
              [this](const Origin &asker, const Request &, const Reply &reply) { reply(seals(asker)); });
    addSigned(routes, "GET", "/desk/v1/seals/{grant}/electronic",
              [this](const Origin &asker, const Request &request, const Reply &reply) { reply(electronicSeal(asker, request)); });
    addSigned(routes, "GET", "/desk/v1/bids",
              [this](const Origin &asker, const Request &, const Reply &reply) { reply(bids(asker)); });
    addSigned(routes, "POST", "/desk/v1/bids/{id}/opening",
              [this](const Origin &asker, const Request &request, const Reply &reply) { reply(opened(asker, request)); });
    addSigned(routes, "POST", "/desk/v1/bids/{id}/withdrawal",
              [this](const Origin &asker, const Request &request, const Reply &reply) { reply(withdraw(asker, request)); });
}

void DeskApi::addSigned(Routes &routes, const char *method, const char *pattern, Signed handler,
                        std::size_t bodyMax)
{
    routes.add(
        method, pattern,
        [this, handler = std::move(handler)](const net::Request &request, const net::Reply &reply) {
            const auto asker = askerOf(request);
            if (!asker) return reply(problemOfAsker(asker.error()));
            handler(*asker, request, reply);
        },
        bodyMax);
}

Result<Origin> DeskApi::askerOf(const net::Request &request)
{
    const auto desk = request.header("hufu-desk"), time = request.header("hufu-time"),
               signature = request.header("hufu-signature");
    if (!desk || !time || !signature) return Error(Errc::tampered, "desk headers missing");
    HUFU_TRY(signatureBytes, fromHex(*signature));
    sessions::Sessions::DeskRequest asked;
    HUFU_TRY(id, idOf<16>(*desk));
    HUFU_TRY(signature64, fixedBytes<64>(signatureBytes));
    HUFU_TRY(timeMs, numberOf<std::int64_t>(*time));
    asked.desk = id;
    asked.method = request.method;
    asked.path = request.target;
    asked.timeMs = timeMs;
    asked.body = request.body;
    asked.signature = signature64;
    return m_services.sessions.checkDeskRequest(asked);
}

net::Response DeskApi::startEnrolment(const net::Request &request)
{
    const auto body = parseObject(request.body);
    if (!body) return problemOf(body.error());
    const auto name = textMember(*body, "name"), keyHex = textMember(*body, "publicKey");
    if (!name || !keyHex) return problem(400, Code::malformed);
    const auto key = idOf<32>(*keyHex);
    if (!key) return problem(400, Code::malformed);
    if (!m_enrolments.take(request.caller, m_services.clock.monotonicMs()))
        return problem(429, Code::tooManyRequests);
    const auto started = m_services.sessions.startEnrolment(*name, *key, request.caller);
    if (!started && started.error().code == Errc::refused) return problem(403, Code::deskNameTaken);
    if (!started) return problemOf(started.error());
    auto answer = jsonOf(*started);
    answer["deskId"] = toHex(intent::deskIdOf(*key));
    return jsonResponse(answer, 201);
}

net::Response DeskApi::startSession(const Origin &asker, const net::Request &request)
{
    if (asker.kind != OriginKind::desk) return problem(403, Code::deskUnknown); // it still waits for its person
    const auto body = parseObject(request.body);
    if (!body) return problemOf(body.error());
    const auto key = textMember(*body, "idempotencyKey");
    if (!key || !body->contains("manifest")) return problem(400, Code::malformed);
    const std::string draft = body->at("manifest").dump();
    std::optional<sessions::Wanted> wanted;
    if (body->contains("account")) {
        const auto found = wantedOf(asker, *body);
        if (!found) return found.error().code == Errc::refused ? problem(403, Code::notForThisKey) : problemOf(found.error());
        wanted = *found;
    }
    // Nobody is shown a code for what none of the desk's people can do: with their keys, or with a seal, or at this hour.
    SealBook::Bar bar;
    const auto check = [&](const intent::Manifest &manifest) -> Result<void> {
        if (manifest.act == intent::Act::encrypt && manifest.deadline && *manifest.deadline <= m_services.clock.unixMs()) {
            bar = Code::openingOver;
            return Error(Errc::refused, "a bid for an opening that is over");
        }
        if (manifest.act == intent::Act::decrypt) { // an older desk names none, and is told so before anybody scans
            HUFU_TRY(isAsAsked, isNamedAsAsked(asker, wanted, manifest));
            if (!isAsAsked) bar = Code::malformed;
            if (!isAsAsked) return Error(Errc::refused, "named ciphertexts against the policy");
        }
        const bool isBare = manifest.act != intent::Act::seal && manifest.act != intent::Act::encrypt && (!manifest.form || !intent::isCms(*manifest.form));
        if (isBare) return {};
        HUFU_TRY(holders, holdersOf(asker));
        if (isOfFormerKeysAlone(holders)) {
            bar = Code::deskUnknown;
            return Error(Errc::refused, "the newer keys have not enrolled it");
        }
        std::vector<enterprise::Id> people;
        for (const Holder &holder : holders)
            if (!holder.isFormer) people.push_back(holder.acct);
        HUFU_TRY(areAllBare, signBareAlone(people));
        if (areAllBare) bar = Code::keySignsBare;
        if (!bar && manifest.act == intent::Act::seal) {
            HUFU_TRY(why, m_services.sealBook.barAtStart(people, manifest));
            bar = why;
        }
        return bar ? Result<void>(Error(Errc::refused, "what nobody here can do")) : Result<void>();
    };
    const auto started = m_services.sessions.startFromDesk(asker.id, viewOf(draft), *key, check, wanted, request.caller);
    if (!started && bar) return problem(*bar == Code::malformed ? 400 : 403, *bar);
    if (!started) return problemOf(started.error());
    return jsonResponse(jsonOf(*started), 201);
}

Result<bool> DeskApi::isNamedAsAsked(const Origin &asker, const std::optional<sessions::Wanted> &wanted, const intent::Manifest &manifest)
{
    std::vector<enterprise::Id> people;
    if (wanted) {
        people.push_back(wanted->acct);
    } else {
        HUFU_TRY(holders, holdersOf(asker));
        for (const Holder &holder : holders)
            people.push_back(holder.acct);
    }
    const bool isNamed = !manifest.files.empty() && manifest.files.front().c1.has_value();
    bool isAnybody = false;
    for (const enterprise::Id &acct : people) {
        const auto holder = m_services.enterprise.holderOf(acct);
        if (!holder && holder.error().code == Errc::unavailable) return holder.error();
        if (!holder) continue;
        if (holder->company.policy.namedCiphertext == isNamed) return true;
        isAnybody = true;
    }
    return !isAnybody; // of whom nobody can approve anything, the phones are told
}

// Whether each of them who has a sign certificate has one of an Ed25519 key, of which no CMS is made.
Result<bool> DeskApi::signBareAlone(const std::vector<enterprise::Id> &people)
{
    bool isAny = false;
    for (const enterprise::Id &acct : people) {
        HUFU_TRY(records, m_services.authority.findByHolder(acct));
        const authority::Record *newest = nullptr;
        for (const authority::Record &record : records) // oldest first
            if (record.kind == x509::KeyKind::sign) newest = &record;
        if (newest == nullptr) continue;
        if (newest->certificate.publicKey().suite() == crypto::Suite::sm2) return false;
        isAny = true;
    }
    return isAny;
}

// One of the people who enrolled the desk.
Result<sessions::Wanted> DeskApi::wantedOf(const Origin &asker, const nlohmann::json &body)
{
    HUFU_TRY(text, textMember(body, "account"));
    HUFU_TRY(acct, idOf<16>(text));
    HUFU_TRY(holders, holdersOf(asker));
    const Error other(Errc::refused, "nobody of this desk's");
    if (std::ranges::find(holders, acct, &Holder::acct) == holders.end()) return other;
    const auto holder = m_services.enterprise.holderOf(acct);
    if (!holder) return holder.error().code == Errc::notFound ? other : holder.error();
    return sessions::Wanted{acct, holder->company.name, holder->person.name};
}

net::Response DeskApi::attachTbs(const Origin &asker, const net::Request &request)
{
    const auto token = idOf<16>(request.parameters.at("token"));
    const auto index = numberOf<std::size_t>(request.parameters.at("index"));
    if (!token || !index) return problem(404, Code::notFound);
    const auto attached = m_services.sessions.attachTbs(asker, *token, *index, request.body);
    if (!attached) return problemOf(attached.error());
    m_services.watchers.changed(*token);
    return noContent();
}

net::Response DeskApi::cancel(const Origin &asker, const net::Request &request)
{
    const auto token = idOf<16>(request.parameters.at("token"));
    if (!token) return problemOf(token.error());
    const auto cancelled = m_services.sessions.cancel(asker, *token);
    if (!cancelled) return problemOf(cancelled.error());
    m_services.watchers.changed(*token);
    return noContent();
}

Result<std::vector<DeskApi::Holder>> DeskApi::holdersOf(const Origin &asker)
{
    HUFU_TRY(entries, m_services.sessions.entriesOf(asker.id));
    std::vector<Holder> holders;
    for (const sessions::Desk &entry : entries) {
        const auto holder = m_services.enterprise.holderOf(entry.owner);
        if (!holder && holder.error().code == Errc::unavailable) return holder.error();
        holders.push_back({entry.owner, holder && holder->isFormer()});
    }
    for (std::size_t i = 0, known = holders.size(); i < known; ++i) { // who has enrolled it anew opens with the keys of before, too
        const auto former = m_services.enterprise.formerAccountsOf(holders[i].acct);
        if (!former && former.error().code == Errc::unavailable) return former.error();
        for (const enterprise::Id &acct : former ? *former : std::vector<enterprise::Id>())
            if (std::ranges::find(holders, acct, &Holder::acct) == holders.end()) holders.push_back({acct, true});
    }
    std::ranges::stable_partition(holders, [](const Holder &holder) { return !holder.isFormer; });
    return holders;
}

// Whoever enrolled it has newer keys, which have not: it opens what is of the former ones, and can ask for nothing else.
bool DeskApi::isOfFormerKeysAlone(const std::vector<Holder> &holders)
{
    return !holders.empty() && std::ranges::all_of(holders, &Holder::isFormer);
}

// Of a desk that nobody has enrolled, or of one that waits for the administrator.
net::Response DeskApi::nobodys(const Origin &asker, const Error &error)
{
    if (error.code != Errc::notFound) return problemOf(error);
    const auto waits = sessions::isWaiting(m_services.ledger, asker.id);
    if (!waits) return problemOf(waits.error());
    return *waits ? problem(403, Code::deskUnknown) : problemOf(error);
}

// Whose it is. Who has no account any more, or whose grant is suspended, is not named.
net::Response DeskApi::enrolment(const Origin &asker)
{
    const auto waits = sessions::isWaiting(m_services.ledger, asker.id);
    if (!waits) return problemOf(waits.error());
    auto entries = m_services.sessions.entriesOf(asker.id);
    if (!entries && entries.error().code == Errc::notFound && *waits) entries = std::vector<sessions::Desk>();
    if (!entries) return nobodys(asker, entries.error());
    nlohmann::ordered_json people = nlohmann::ordered_json::array();
    std::set<enterprise::Id> named; // who has newer keys may have enrolled it with both
    for (const sessions::Desk &entry : *entries) {
        const auto holder = m_services.enterprise.holderOf(entry.owner);
        if (!holder && holder.error().code == Errc::unavailable) return problemOf(holder.error());
        if (holder && named.insert(holder->personId).second) people.push_back({{"name", holder->person.name}, {"company", holder->company.name}, {"enrolledMs", entry.enrolledMs}});
    }
    return jsonResponse({{"people", people}, {"waits", *waits}});
}

net::Response DeskApi::certificates(const Origin &asker)
{
    const auto holders = holdersOf(asker);
    if (!holders) return nobodys(asker, holders.error());
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Holder &holder : *holders) {
        auto certificates = certificatesOf(m_services, holder.acct);
        if (!certificates) return problemOf(certificates.error());
        if (holder.isFormer) (*certificates)["sign"] = (*certificates)["encrypt"] = nullptr; // its newer ones are another holder's
        (*certificates)["account"] = toHex(holder.acct);
        const auto whose = m_services.enterprise.holderOf(holder.acct);
        if (!whose && whose.error().code == Errc::unavailable) return problemOf(whose.error());
        (*certificates)["namedCiphertext"] = whose && whose->company.policy.namedCiphertext;
        const auto ability = m_services.bidBook.abilityOf(holder.acct);
        if (!ability) return problemOf(ability.error());
        const std::int64_t now = m_services.clock.unixMs();
        (*certificates)["canOpen"] = ability->opens(now);
        (*certificates)["locked"] = ability->isThere && !ability->opens(now);
        list.push_back(std::move(*certificates));
    }
    return jsonResponse({{"holders", list}, {"revocationLists", revocationLists()}});
}

// By which a desk judges who sealed what it opens. A list that is too long, or that cannot be had now, keeps no opening from its keys: the
// desk says then what it has not checked.
nlohmann::ordered_json DeskApi::revocationLists()
{
    static constexpr std::size_t kListMost = 1024 * 1024; // bytes, of an answer that has room for 8 MiB
    nlohmann::ordered_json lists = nlohmann::ordered_json::array();
    const auto add = [&lists](const Result<x509::RevocationList> &one) {
        if (one && one->der().size() <= kListMost) lists.push_back(one->pem());
    };
    const std::int64_t now = m_services.clock.unixMs();
    add(m_services.authority.revocationList(now));
    add(m_services.authority.rootRevocationList(now));
    return lists;
}

// For whom each person of the desk may seal a bid: whoever of the company holds an encrypt certificate.
net::Response DeskApi::colleagues(const Origin &asker)
{
    const auto holders = holdersOf(asker);
    if (!holders) return nobodys(asker, holders.error());
    if (isOfFormerKeysAlone(*holders)) return problem(403, Code::deskUnknown);
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Holder &self : *holders) {
        if (self.isFormer) continue;
        const auto colleagues = m_services.enterprise.colleaguesOf(self.acct);
        if (!colleagues && colleagues.error().code == Errc::unavailable) return problemOf(colleagues.error());
        nlohmann::ordered_json people = nlohmann::ordered_json::array();
        for (const enterprise::Holder &holder : colleagues ? *colleagues : std::vector<enterprise::Holder>()) {
            const auto certificates = certificatesOf(m_services, holder.acct);
            if (!certificates) return problemOf(certificates.error());
            if (!certificates->at("encrypt").is_null()) people.push_back({{"name", holder.person.name}, {"encrypt", certificates->at("encrypt")}});
        }
        // Who is no colleague is judged by these, before anything is sealed for them.
        list.push_back({{"account", toHex(self.acct)}, {"colleagues", people}, {"issuing", m_services.authority.issuing().pem()}, {"root", m_services.authority.root().pem()}});
    }
    return jsonResponse({{"holders", list}});
}

// The sealed bids of each person of the desk, and whether they would open now as far as the server can see.
net::Response DeskApi::bids(const Origin &asker)
{
    const auto entries = m_services.sessions.entriesOf(asker.id);
    if (!entries) return nobodys(asker, entries.error());
    nlohmann::ordered_json holders = nlohmann::ordered_json::array();
    for (const sessions::Desk &entry : *entries) {
        const auto bids = m_services.bidBook.jsonOf(entry.owner);
        if (!bids) return problemOf(bids.error());
        holders.push_back(*bids);
    }
    return jsonResponse({{"holders", holders}});
}

// The desk has the file: until it says so, the bid is guarded.
net::Response DeskApi::opened(const Origin &asker, const net::Request &request)
{
    const auto id = idOf<32>(request.parameters.at("id"));
    if (!id) return problem(404, Code::notFound);
    const auto entries = m_services.sessions.entriesOf(asker.id);
    if (!entries) return nobodys(asker, entries.error());
    auto answer = problem(404, Code::notFound);
    for (const sessions::Desk &entry : *entries) {
        const auto done = m_services.bidBook.bids().opened(entry.owner, *id, m_services.clock.unixMs());
        if (done) return noContent();
        if (done.error().code == Errc::unavailable || done.error().code == Errc::internal) return problemOf(done.error()); // to be told again
        if (done.error().code != Errc::notFound) answer = problemOf(done.error()); // another of the desk's people may have opened it
    }
    return answer;
}

// The seals that each person of the desk may use now.
net::Response DeskApi::seals(const Origin &asker)
{
    const auto holders = holdersOf(asker);
    if (!holders) return nobodys(asker, holders.error());
    if (isOfFormerKeysAlone(*holders)) return problem(403, Code::deskUnknown);
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Holder &holder : *holders) {
        if (holder.isFormer) continue; // a person's seals are there once
        const auto seals = m_services.sealBook.jsonOf(holder.acct);
        if (!seals) return problemOf(seals.error());
        list.push_back(*seals);
    }
    return jsonResponse({{"holders", list}});
}

// Under which whoever holds the grant signs.
net::Response DeskApi::electronicSeal(const Origin &asker, const net::Request &request)
{
    const auto grant = idOf<16>(request.parameters.at("grant"));
    if (!grant) return problem(404, Code::notFound);
    const auto holders = holdersOf(asker);
    if (!holders) return nobodys(asker, holders.error());
    Code why = Code::sealInactive;
    for (const Holder &holder : *holders) {
        if (holder.isFormer) continue;
        const auto seal = m_services.sealBook.electronicOf(holder.acct, *grant);
        if (seal) return jsonResponse({{"seal", toHex(*seal)}});
        if (!seal.denied()) return problemOf(seal.error().cause());
        if (*seal.denied() != enterprise::Denied::sealInactive) why = static_cast<Code>(*seal.denied());
    }
    return problem(403, why);
}

net::Response DeskApi::withdraw(const Origin &asker, const net::Request &request)
{
    const auto id = idOf<32>(request.parameters.at("id"));
    if (!id) return problem(404, Code::notFound);
    const auto entries = m_services.sessions.entriesOf(asker.id);
    if (!entries) return nobodys(asker, entries.error());
    for (const sessions::Desk &entry : *entries) {
        const auto done = m_services.bidBook.bids().withdraw(entry.owner, *id, m_services.clock.unixMs());
        if (done) return noContent();
        if (done.error().code != Errc::notFound) return problemOf(done.error());
    }
    return problem(404, Code::notFound);
}

} // namespace hufu::server
