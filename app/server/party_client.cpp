#include "app/server/party_client.h"

#include "app/server/problem.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"

namespace hufu::server {

using nlohmann::json;

// What an answer that is no success comes to.
static Error errorOf(const net::Response &answer)
{
    switch (answer.status) {
    case 400: return Error(Errc::badInput, "Hufu does not take it");
    case 404: return Error(Errc::notFound, "Hufu knows no such thing");
    case 409: return Error(Errc::badState, "not now");
    case 410: return Error(Errc::expired, "over");
    default: return answer.status == 429 || answer.status >= 500 ? Error(Errc::unavailable, "Hufu does not answer") : Error(Errc::refused, "Hufu refuses");
    }
}

static std::string pathOf(const sessions::Token &token, const char *more = "")
{
    return "/rp/v1/sessions/" + toHex(token) + more;
}

net::Response PartyClient::ask(const char *method, const std::string &path, const json &body) const
{
    return ask(method, path, bytesOf(viewOf(body.dump())));
}

net::Response PartyClient::ask(const char *method, const std::string &path, Bytes body) const
{
    net::Request request;
    request.method = method;
    request.target = request.path = path;
    request.headers = {{"authorization", "Bearer " + m_key}, {"content-type", "application/json"}};
    request.body = std::move(body);
    net::Response answer;
    answer.status = 503;
    const auto match = m_router.find(method, path);
    if (match.route == nullptr) return answer;
    request.parameters = match.parameters;
    match.route->handler(request, [&answer](net::Response response) { answer = std::move(response); });
    return answer;
}

Result<json> PartyClient::get(const std::string &path) const
{
    const net::Response answer = ask("GET", path);
    if (answer.status != 200) return errorOf(answer);
    const auto object = parseObject(answer.body);
    return object ? object : Result<json>(Error(Errc::unavailable, "not what Hufu says"));
}

Result<Bytes> PartyClient::file(const std::string &path) const
{
    net::Response answer = ask("GET", path);
    if (answer.status != 200) return errorOf(answer);
    return std::move(answer.body);
}

Result<std::string> PartyClient::handOver(const std::string &account, const std::string &idempotencyKey) const
{
    const net::Response answer = ask("POST", "/rp/v1/applications", {{"idempotencyKey", idempotencyKey}, {"account", account}});
    if (answer.status != 201) return errorOf(answer);
    HUFU_TRY(handed, parseObject(answer.body));
    return textMember(handed, "console");
}

// --- a log-in by scanning ---------------------------------------------------------------------------------------------

Result<ScanSource::Begun> PartyClient::start(const intent::Project &project, const std::string &idempotencyKey)
{
    json manifest{{"act", "login"}};
    if (!project.id.empty()) manifest["project"] = {{"id", project.id}, {"name", project.name}};
    const net::Response answer = ask("POST", "/rp/v1/sessions", {{"idempotencyKey", idempotencyKey}, {"manifest", manifest}});
    if (answer.status != 201) return errorOf(answer);
    HUFU_TRY(begun, parseObject(answer.body));
    HUFU_TRY(hex, textMember(begun, "token"));
    HUFU_TRY(token, idOf<16>(hex));
    HUFU_TRY(text, textMember(begun, "manifest"));
    return Begun{token, crypto::sm3(viewOf(text)), begun.value("expiresMs", std::int64_t{0})};
}

Result<ScanSource::View> PartyClient::look(const sessions::Token &token)
{
    HUFU_TRY(view, get(pathOf(token)));
    HUFU_TRY(state, textMember(view, "state"));
    return View{state, view.value("digitsWanted", false), view.value("changesMs", std::int64_t{0})};
}

Result<std::string> PartyClient::frame(const sessions::Token &token)
{
    HUFU_TRY(frame, get(pathOf(token, "/frame")));
    return textMember(frame, "text");
}

net::Response PartyClient::typeDigits(const sessions::Token &token, const net::Request &request)
{
    return ask("POST", pathOf(token, "/digits"), request.body);
}

Result<void> PartyClient::cancel(const sessions::Token &token)
{
    const net::Response answer = ask("DELETE", pathOf(token));
    return answer.status == 204 ? Result<void>() : errorOf(answer);
}

Result<PartyClient::Approved> PartyClient::approved(const sessions::Token &token, const ByteArray<32> &manifestSm3, std::int64_t nowMs) const
{
    HUFU_TRY(view, get(pathOf(token)));
    HUFU_TRY(state, textMember(view, "state"));
    if (state != "approved") return Error(Errc::badState, "nobody has approved");
    const json outcome = view.value("outcome", json::object());
    // 1. What was approved is what was asked.
    HUFU_TRY(text, textMember(outcome, "manifest"));
    if (crypto::sm3(viewOf(text)) != manifestSm3) return Error(Errc::tampered, "another manifest");
    HUFU_TRY(manifest, intent::Manifest::parse(viewOf(text)));
    // 2. The signature is over what the manifest says, by this certificate's key.
    const auto pem = textMember(outcome, "certificate");
    if (!pem) return Error(Errc::refused, "the certificate is revoked"); // null: Hufu tells none any more
    HUFU_TRY(certificate, x509::Certificate::parsePem(*pem));
    const json signatures = outcome.value("signatures", json::array());
    if (signatures.size() != 1 || !signatures.front().is_string()) return Error(Errc::tampered, "no signature");
    HUFU_TRY(signature, idOf<64>(signatures.front().get<std::string>()));
    HUFU_TRY(tbs, intent::buildTbs(manifest, 0));
    HUFU_CHECK(certificate.publicKey().verify(tbs, signature));
    // 3. The certificate holds.
    HUFU_TRY(known, trust());
    const auto chain = x509::verifyChain(certificate, known, {x509::KeyKind::sign, nowMs, nowMs, true});
    if (!chain) return Error(Errc::refused, "the certificate does not hold");
    const auto hex = textMember(outcome, "holder");
    if (!hex) return Error(Errc::refused, "the person is gone");
    HUFU_TRY(holder, idOf<16>(*hex));
    HUFU_TRY(serial, fixedBytes<16>(certificate.serial()));
    return Approved{holder, serial, manifest.nonce};
}

// --- people and certificates ------------------------------------------------------------------------------------------

Result<std::optional<PartyClient::Holder>> PartyClient::holderAt(const std::string &path) const
{
    const auto told = get(path);
    if (!told && told.error().code == Errc::notFound) return std::optional<Holder>();
    if (!told) return told.error();
    HUFU_TRY(hex, textMember(*told, "holder"));
    HUFU_TRY(id, idOf<16>(hex));
    HUFU_TRY(company, textMember(*told, "company"));
    HUFU_TRY(pem, textMember(*told, "certificate"));
    HUFU_TRY(certificate, x509::Certificate::parsePem(pem));
    return std::optional(Holder{id, company, certificate, told->value("valid", false), told->value("opens", std::vector<std::string>())});
}

Result<std::optional<PartyClient::Holder>> PartyClient::holderOfSerial(ByteView serial) const
{
    return holderAt("/rp/v1/certificates/" + toHex(serial));
}

Result<std::optional<PartyClient::Holder>> PartyClient::holder(const ByteArray<16> &id) const
{
    return holderAt("/rp/v1/holders/" + toHex(id));
}

// 404 of a person who is suspended or disabled at present, not of one that Hufu does not know.
static bool isOfInactive(const net::Response &answer)
{
    const auto told = parseObject(answer.body);
    const auto code = told ? textMember(*told, "code") : Result<std::string>(told.error());
    return answer.status == 404 && code && *code == "HF-764";
}

Result<bool> PartyClient::isInactive(ByteView serial) const
{
    const std::string path = "/rp/v1/certificates/" + toHex(serial);
    const net::Response answer = ask("GET", path);
    if (answer.status != 200 && answer.status != 404) return Error(Errc::unavailable, "Hufu does not answer");
    return isOfInactive(answer);
}

static std::string pathOfBinding(const ByteArray<16> &holder)
{
    return "/rp/v1/holders/" + toHex(holder) + "/binding";
}

Result<bool> PartyClient::tellBound(const ByteArray<16> &holder, const ByteArray<16> &certificate) const
{
    return tell(pathOfBinding(holder), {{"state", "bound"}, {"certificate", toHex(certificate)}});
}

Result<bool> PartyClient::tellReleased(const ByteArray<16> &holder) const
{
    return tell(pathOfBinding(holder), {{"state", "released"}});
}

Result<x509::Trust> PartyClient::trust() const
{
    x509::Trust trust;
    HUFU_TRY(root, file("/ca/root.pem"));
    HUFU_TRY(issuing, file("/ca/issuing.pem"));
    HUFU_TRY(believed, x509::Certificate::parsePem(textOf(root)));
    HUFU_TRY(beneath, x509::Certificate::parsePem(textOf(issuing)));
    trust.roots.push_back(std::move(believed));
    trust.intermediates.push_back(std::move(beneath));
    for (const char *path : {"/ca/issuing.crl", "/ca/root.crl"}) {
        HUFU_TRY(list, file(path));
        HUFU_TRY(revoked, x509::RevocationList::parse(list));
        trust.revocations.push_back(std::move(revoked));
    }
    return trust;
}

// --- sealed bids ------------------------------------------------------------------------------------------------------

Result<void> PartyClient::registerOpening(std::int64_t openingMs, const std::vector<ByteArray<32>> &files) const
{
    nlohmann::json digests = nlohmann::json::array();
    for (const auto &file : files)
        digests.push_back(toHex(file));
    const net::Response answer = ask("POST", "/rp/v1/openings", {{"openingMs", openingMs}, {"files", digests}});
    if (answer.status == 204) return {};
    return answer.status < 500 && answer.status != 429 ? Error(Errc::badInput, "the opening was not taken") : Error(Errc::unavailable, "Hufu does not answer");
}

Result<bool> PartyClient::tell(const std::string &path, const nlohmann::json &how) const
{
    const net::Response answer = ask("PUT", path, how);
    if (answer.status == 401 || answer.status == 429 || answer.status >= 500 || isOfInactive(answer)) return Error(Errc::unavailable, "Hufu does not answer");
    return answer.status == 204;
}

static std::string pathOfBid(const ByteArray<32> &bid)
{
    return "/rp/v1/bids/" + toHex(bid);
}

Result<bool> PartyClient::handIn(const ByteArray<32> &bid) const
{
    return tell(pathOfBid(bid), {{"state", "handedIn"}});
}

Result<bool> PartyClient::giveBack(const ByteArray<32> &bid, const std::optional<ByteArray<32>> &successor) const
{
    if (!successor) return tell(pathOfBid(bid), {{"state", "withdrawn"}});
    HUFU_TRY(isTaken, tell(pathOfBid(bid), {{"state", "replaced"}, {"replacedBy", toHex(*successor)}}));
    return isTaken ? Result<bool>(true) : tell(pathOfBid(bid), {{"state", "withdrawn"}}); // the other one may be none that Hufu knows
}

} // namespace hufu::server
