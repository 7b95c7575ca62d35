#include "app/server/session_json.h"

#include "app/server/problem.h"
#include "shield/base/limits.h"

#include <algorithm>
#include <charconv>

namespace hufu::server {

namespace {

using catalogue::Code;
using nlohmann::ordered_json;
using sessions::Ending;
using sessions::State;

// Another process of the same store may have changed the session.
constexpr std::int64_t kLookAgainMs = 1'000;

std::optional<Code> codeOf(Ending ending)
{
    switch (ending) {
    case Ending::none:
        return std::nullopt;
    case Ending::personRefused:
        return Code::personRefused;
    case Ending::notShownInTime:
    case Ending::userTimeOver:
        return Code::sessionExpired;
    case Ending::cancelled:
        return Code::cancelled;
    case Ending::digitsWrong:
        return Code::digitsWrong;
    case Ending::deviceBlocked:
        return Code::frozen;
    case Ending::deviceLocked:
        return Code::locked;
    case Ending::notEntitled:
        return Code::certificateInvalid;
    case Ending::certificateRevoked:
        return Code::certificateRevoked;
    case Ending::certificateExpired:
        return Code::certificateExpired;
    case Ending::seatEnded:
        return Code::seatEnded;
    case Ending::sealRefused:
        return Code::sealInactive;
    case Ending::deskRemoved:
        return Code::deskRemoved;
    }
    return Code::internal;
}

bool isOver(State state)
{
    return state != State::preparing && state != State::waiting && state != State::claimed;
}

// One entry for each item of the manifest; null where the person refused it.
template <typename Item, typename Field>
ordered_json byItem(const std::vector<Item> &items, std::size_t count, Field field)
{
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < count; ++i)
        list.push_back(nullptr);
    for (const Item &item : items)
        if (item.index < count) list[item.index] = toHex(item.*field);
    return list;
}

Result<ordered_json> outcomeOf(Services &services, const sessions::View &view)
{
    HUFU_TRY(manifest, intent::Manifest::parse(view.manifest));
    HUFU_TRY(certificates, certificatesOf(services, view.acct));
    const std::size_t items = intent::itemsOf(manifest);
    ordered_json outcome;
    outcome["manifest"] = textOf(view.manifest);
    outcome["signatures"] = intent::opOf(view.act) == intent::Op::sign
                                ? byItem(view.signatures, items, &sessions::ItemSignature::signature)
                                : ordered_json::array();
    outcome["sealed"] = intent::opOf(view.act) == intent::Op::decrypt
                            ? byItem(view.sealed, items, &sessions::SealedItem::sealed)
                            : ordered_json::array();
    outcome["certificate"] = certificates["sign"];
    outcome["issuing"] = certificates["issuing"];
    const auto holder = services.enterprise.holderOf(view.acct);
    if (!holder && holder.error().code == Errc::unavailable) return holder.error();
    outcome["holder"] = holder ? ordered_json(toHex(holder->personId)) : ordered_json(nullptr); // null: gone meanwhile
    return outcome;
}

Result<ordered_json> jsonOf(Services &services, const sessions::View &view)
{
    ordered_json json{{"state", nameOf(view.state)},
                      {"version", view.version},
                      {"act", intent::nameOf(view.act)},
                      {"digitsWanted", view.digitsWanted},
                      {"changesMs", view.changesMs}};
    if (const auto code = codeOf(view.ending)) json["code"] = catalogue::codeText(*code);
    if (view.state == State::approved) {
        HUFU_TRY(outcome, outcomeOf(services, view));
        json["outcome"] = std::move(outcome);
    }
    return json;
}

std::optional<std::uint64_t> numberOf(const net::Request &request, const std::string &name)
{
    const auto it = request.query.find(name);
    if (it == request.query.end()) return std::nullopt;
    std::uint64_t value = 0;
    const char *const end = it->second.data() + it->second.size();
    const auto [at, failure] = std::from_chars(it->second.data(), end, value);
    if (failure != std::errc() || at != end) return std::nullopt;
    return value;
}

struct Poll {
    sessions::Origin asker;
    sessions::Token token{};
    std::optional<std::uint64_t> since;
    std::int64_t untilMs = 0; // monotonic
    net::Reply reply;
    std::shared_ptr<const std::atomic<bool>> left; // nobody waits any more
};

void look(Services &services, Poll poll)
{
    if (poll.left && *poll.left) return;
    const auto view = services.sessions.look(poll.asker, poll.token);
    if (!view) return poll.reply(problemOf(view.error()));
    if (!poll.since) poll.since = view->version;
    const std::int64_t left = poll.untilMs - services.clock.monotonicMs();
    if (left > 0 && *poll.since == view->version && !isOver(view->state) && !services.watchers.closed()) {
        const auto token = poll.token;
        services.watchers.watch(token, std::min(left, kLookAgainMs),
                                [&services, poll = std::move(poll)] { look(services, poll); });
        return;
    }
    const auto json = jsonOf(services, *view);
    poll.reply(json ? jsonResponse(*json) : problemOf(json.error()));
}

} // namespace

const char *nameOf(State state)
{
    switch (state) {
    case State::preparing:
        return "preparing";
    case State::waiting:
        return "waiting";
    case State::claimed:
        return "claimed";
    case State::approved:
        return "approved";
    case State::refused:
        return "refused";
    case State::expired:
        return "expired";
    case State::failed:
        return "failed";
    }
    return "failed";
}

ordered_json jsonOf(const sessions::Started &started)
{
    return {{"token", toHex(started.token)},        {"frameSecret", toHex(started.frameSecret.expose())},
            {"manifest", textOf(started.manifest)}, {"startedMs", started.startedMs},
            {"expiresMs", started.expiresMs},       {"ready", started.ready},
            {"tbsWanted", started.tbsWanted}};
}

Result<ordered_json> certificatesOf(Services &services, const sessions::AccountId &acct)
{
    HUFU_TRY(records, services.authority.findByHolder(acct));
    ordered_json json{{"sign", nullptr}, {"encrypt", nullptr}};
    for (const authority::Record &record : records) { // oldest first: the newest stays
        if (record.revocation) continue;
        json[record.kind == x509::KeyKind::sign ? "sign" : "encrypt"] = record.certificate.pem();
    }
    // A key opens what was sealed for it, whatever has become of its certificate since.
    json["opening"] = ordered_json::array();
    for (const authority::Record &record : records)
        if (record.kind == x509::KeyKind::encrypt) json["opening"].push_back(record.certificate.pem());
    json["issuing"] = services.authority.issuing().pem();
    json["root"] = services.authority.root().pem();
    return json;
}

void answerSession(Services &services, const sessions::Origin &asker, const net::Request &request,
                   const net::Reply &reply)
{
    const auto token = idOf<16>(request.parameters.at("token"));
    if (!token) return reply(problemOf(token.error()));
    const auto wait = numberOf(request, "wait");
    const auto since = numberOf(request, "since");
    if ((request.query.contains("wait") && !wait) || (request.query.contains("since") && !since))
        return reply(problem(400, Code::malformed));
    const std::int64_t now = services.clock.monotonicMs();
    const auto seconds =
        static_cast<std::int64_t>(std::min<std::uint64_t>(wait.value_or(0), limits::kLongPollMaxMs / 1000));
    look(services, {asker, *token, since, now + seconds * 1000, reply, request.left});
}

net::Response answerDigits(Services &services, const sessions::Origin &asker, const net::Request &request)
{
    const auto token = idOf<16>(request.parameters.at("token"));
    return token ? answerDigits(services, asker, *token, request) : problemOf(token.error());
}

net::Response answerDigits(Services &services, const sessions::Origin &asker, const sessions::Token &token, const net::Request &request)
{
    const auto body = parseObject(request.body);
    if (!body) return problemOf(body.error());
    const auto digits = textMember(*body, "digits");
    if (!digits) return problemOf(digits.error());
    const auto verdict = services.sessions.typeDigits(asker, token, *digits);
    if (!verdict) return problemOf(verdict.error());
    services.watchers.changed(token);
    return *verdict == codes::Check::right ? noContent() : problem(422, Code::digitsWrong);
}

} // namespace hufu::server
