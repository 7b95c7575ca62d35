#include "app/server/console_guard.h"

#include "shield/crypto/sm3.h"
#include "shield/enterprise/language.h"

namespace hufu::server {

namespace {

using catalogue::Code;
using enterprise::Denied;
using net::Reply;
using net::Request;

constexpr std::size_t kCookieMost = 1024;
constexpr std::int64_t kRenewMs = 60'000;

int statusOf(Denied denied)
{
    switch (denied) {
    case Denied::roleMissing:
    case Denied::companyUnverified:
    case Denied::methodNotAllowed:
        return 403;
    case Denied::smsTooOften:
    case Denied::codeStillCounts:
    case Denied::factsTooOften:
    case Denied::identityTooOften:
    case Denied::paymentTooSoon:
        return 429;
    case Denied::smsWrong:
        return 401;
    case Denied::linkInvalid:
        return 404;
    case Denied::agreementMissing:
    case Denied::consentMissing:
    case Denied::creditCodeInvalid:
    case Denied::idNumberInvalid:
    case Denied::accountInvalid:
    case Denied::documentUnfit:
    case Denied::quantityInvalid:
    case Denied::invoiceInvalid:
    case Denied::periodInvalid:
    case Denied::periodPast:
    case Denied::periodTooLong:
    case Denied::listInvalid:
    case Denied::amountWrong:
    case Denied::policyTooLax:
        return 422;
    default:
        return 409;
    }
}

bool isChange(const Request &request)
{
    return request.method != "GET";
}

void forbidCaching(net::Response &response)
{
    response.headers.emplace_back("Cache-Control", "no-store");
}

} // namespace

std::optional<std::string> cookieOf(const Request &request, std::string_view name)
{
    const auto header = request.header("cookie");
    if (!header) return std::nullopt;
    std::string_view rest = *header;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        std::string_view part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (part.starts_with(' '))
            part.remove_prefix(1);
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
            return part.size() > kCookieMost ? std::nullopt : std::optional(std::string(part.substr(name.size() + 1)));
    }
    return std::nullopt;
}

void setCookie(net::Response &response, std::string_view name, std::string_view value, std::int64_t lifeMs)
{
    response.headers.emplace_back("Set-Cookie", std::string(name) + "=" + std::string(value) +
                                                    "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=" +
                                                    std::to_string(lifeMs / 1000));
}

void clearCookie(net::Response &response, std::string_view name)
{
    setCookie(response, name, "", 0);
}

std::string csrfOf(std::string_view secret)
{
    return toHex(ByteView(crypto::sm3({viewOf("hufu-csrf"), viewOf(secret)})).first(16));
}

bool isForeignOrigin(const Request &request)
{
    const auto site = request.header("sec-fetch-site");
    if (site && *site != "same-origin" && *site != "none") return true;
    const auto origin = request.header("origin");
    if (!origin) return false;
    const auto host = request.header("host");
    return !host || *origin != "https://" + std::string(*host);
}

bool isOwnPage(const Request &request, std::string_view csrf)
{
    const auto word = request.header("hufu-csrf");
    return word && sameBytes(viewOf(*word), viewOf(csrf)) && !isForeignOrigin(request);
}

net::Response problemOf(const enterprise::Failure &failure)
{
    const auto denied = failure.denied();
    if (!denied) return problemOf(failure.cause());
    const auto code = catalogue::codeOf(static_cast<std::uint16_t>(*denied));
    return problem(statusOf(*denied), code.value_or(Code::wrongState));
}

net::Response strangerProblem(const Error &error)
{
    if (error.code == Errc::notFound) return problem(401, Code::loggedOut);
    if (error.code == Errc::refused) return problem(403, Code::loggedOut);
    return problemOf(error);
}

Result<enterprise::ConsoleToken> ConsoleGuard::tokenOf(const Request &request)
{
    static constexpr std::string_view kBearer = "Bearer ";
    if (const auto header = request.header("authorization")) {
        if (!header->starts_with(kBearer)) return Error(Errc::notFound, "no token");
        return idOf<32>(header->substr(kBearer.size()));
    }
    const auto cookie = cookieOf(request, kConsoleCookie);
    if (!cookie) return Error(Errc::notFound, "no token");
    if (isChange(request) && !isOwnPage(request, csrfOf(*cookie))) return Error(Errc::refused, "asked by another page");
    return idOf<32>(*cookie);
}

Result<enterprise::Actor> ConsoleGuard::actorOf(const Request &request)
{
    HUFU_TRY(token, tokenOf(request));
    return m_sessions.actorOf(token);
}

void ConsoleGuard::add(Routes &routes, const char *method, const char *pattern, ConsoleAct act, std::size_t bodyMax)
{
    const auto handler = [this, act = std::move(act)](const Request &request, const Reply &answer) {
        const auto reply = [&answer](net::Response response) {
            forbidCaching(response);
            answer(std::move(response));
        };
        const auto actor = actorOf(request);
        if (!actor) return reply(strangerProblem(actor.error()));
        if (const auto language = enterprise::languageOf(request.header(kLanguageHeader).value_or("")))
            static_cast<void>(enterprise::keepLanguage(m_world.ledger, actor->company, actor->person, *language)); // the next request says it again
        reply(once(concat({actor->company, actor->person}), request, [&] {
            auto done = act(*actor, request);
            return done ? *std::move(done) : problemOf(done.error());
        }));
    };
    routes.add(method, pattern, handler, bodyMax);
}

net::Response ConsoleGuard::once(ByteView whose, const Request &request, const std::function<net::Response()> &act, const std::function<bool()> &mayBegin)
{
    const auto key = request.header("idempotency-key");
    if (!key || request.method != "POST") return mayBegin && !mayBegin() ? problemOf(Error(Errc::locked, "asked too often")) : act();
    auto begun = m_idempotency.begin(concat({whose, viewOf(request.target)}), *key, request.body, mayBegin);
    if (!begun) return begun.error().code == Errc::replayed ? problem(409, Code::wrongState) : problemOf(begun.error());
    if (auto *done = std::get_if<net::Response>(&*begun)) return std::move(*done);
    net::Response response = act();
    // What is done is done, whether or not its answer can be kept.
    static_cast<void>(m_idempotency.finish(std::get<Idempotency::Slot>(*begun), response));
    return response;
}

void ConsoleGuard::addForApplicant(Routes &routes, const char *method, const char *pattern, ApplicantAct act, bool isKeyed)
{
    routes.add(method, pattern, [this, act = std::move(act), isKeyed](const Request &request, const Reply &reply) {
        const auto visit = visitOf(request, kApplicantCookie);
        if (!visit) return reply(strangerProblem(visit.error()));
        const auto application = idOf<16>(visit->whose);
        if (!application) return reply(problem(401, Code::loggedOut));
        const auto answer = [&] {
            auto done = act(*application, request);
            return done ? *std::move(done) : problemOf(done.error());
        };
        net::Response response = isKeyed ? once(*application, request, answer) : answer();
        forbidCaching(response);
        renew(response, kApplicantCookie, *visit);
        reply(std::move(response));
    });
}

Result<std::string> ConsoleGuard::sealVisit(std::string_view kind, const Visit &visit)
{
    const nlohmann::json kept = {{"whose", visit.whose}, {"csrf", visit.csrf}, {"begun", visit.begunMs}, {"used", visit.usedMs}, {"by", visit.by}};
    HUFU_TRY(sealed, m_world.masterKey.seal(viewOf(kept.dump()), concat({viewOf("hufu-visit "), viewOf(kind)})));
    return toHex(sealed);
}

Result<ConsoleGuard::OpenedVisit> ConsoleGuard::openVisit(std::string_view kind, std::string_view whose, std::string_view by)
{
    const std::int64_t now = m_world.clock.unixMs();
    const std::string csrf = csrfOf(toHex(m_world.random.bytes<16>("visit-csrf")));
    HUFU_TRY(sealed, sealVisit(kind, {std::string(whose), csrf, now, now, std::string(by)}));
    return OpenedVisit{sealed, csrf};
}

Result<ConsoleGuard::Visit> ConsoleGuard::visitOf(const Request &request, std::string_view cookie)
{
    HUFU_TRY(visit, besideVisitOf(request, cookie));
    if (isChange(request) && !isOwnPage(request, visit.csrf)) return Error(Errc::refused, "asked by another page");
    return std::move(visit);
}

Result<ConsoleGuard::Visit> ConsoleGuard::besideVisitOf(const Request &request, std::string_view cookie)
{
    const auto value = cookieOf(request, cookie);
    if (!value) return Error(Errc::notFound, "no visit");
    const auto sealed = fromHex(*value);
    if (!sealed) return Error(Errc::notFound, "no visit");
    const auto opened = m_world.masterKey.open(*sealed, concat({viewOf("hufu-visit "), viewOf(cookie)}));
    if (!opened && opened.error().code != Errc::tampered) return opened.error();
    if (!opened) return Error(Errc::notFound, "no visit");
    const ByteView plain = opened->expose();
    const auto kept = nlohmann::json::parse(plain.begin(), plain.end(), nullptr, false);
    if (!kept.is_object()) return Error(Errc::notFound, "no visit");
    Visit visit{kept.value("whose", ""), kept.value("csrf", ""), kept.value("begun", std::int64_t{0}), kept.value("used", std::int64_t{0}), kept.value("by", "")};
    if (visit.csrf.empty()) return Error(Errc::notFound, "no visit");
    const std::int64_t now = m_world.clock.unixMs();
    if (now - visit.usedMs >= kIdleMs || now - visit.begunMs >= kWholeMs) return Error(Errc::notFound, "the visit is over");
    return visit;
}

void ConsoleGuard::renew(net::Response &response, std::string_view cookie, const Visit &visit)
{
    const std::int64_t now = m_world.clock.unixMs();
    const bool isSet = std::ranges::any_of(response.headers, [&](const auto &header) {
        return header.first == "Set-Cookie" && std::string_view(header.second).starts_with(cookie);
    });
    if (isSet || now - visit.usedMs < kRenewMs) return;
    if (const auto sealed = sealVisit(cookie, {visit.whose, visit.csrf, visit.begunMs, now, visit.by})) setCookie(response, cookie, *sealed, kWholeMs);
}

} // namespace hufu::server
