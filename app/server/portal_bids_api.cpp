#include "app/server/portal_bids_api.h"

#include "app/server/console_json.h"
#include "app/server/portal_api.h"
#include "app/server/portal_judge.h"
#include "shield/intent/manifest.h"

#include <charconv>
#include <set>
#include <fcntl.h>
#include <unistd.h>

namespace hufu::server {

using catalogue::Code;
using net::Reply;
using net::Request;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kDocumentNameMost = 255;

// What the portal's own refusals mean to a person.
net::Response refusal(const Error &error)
{
    switch (error.code) {
    case Errc::expired: return problem(409, Code::biddingOver);
    case Errc::locked: return problem(429, Code::tooManyRequests);
    case Errc::refused: return problem(422, Code::openedDiffers);
    default: break;
    }
    net::Response response = problemOf(error);
    if (response.status == 503) response.headers.emplace_back("Retry-After", "5"); // seconds
    return response;
}

ordered_json jsonOf(const PortalProjects::Project &project, std::int64_t nowMs)
{
    return {{"id", toHex(project.id)},
            {"number", project.number},
            {"name", project.name},
            {"openingMs", project.openingMs},
            {"opened", nowMs >= project.openingMs}};
}

// Whose bid it is to who looks at it. own: with the receipt, which is for whoever handed it in. read: a colleague's, by a key of one's own.
enum class Whose { own, read, others };

// pricesOut: others' prices are to be seen.
ordered_json jsonOf(const PortalProjects::Bid &bid, Whose whose, bool pricesOut = false)
{
    const bool own = whose == Whose::own, isNear = whose != Whose::others;
    ordered_json json{{"id", toHex(bid.id)},
                      {"own", own},
                      {"reads", whose == Whose::read},
                      {"company", bid.company},
                      {"person", bid.person},
                      {"fileName", bid.fileName},
                      {"size", bid.size},
                      {"sm3", toHex(bid.sm3)},
                      {"receivedMs", bid.receivedMs},
                      {"withdrawnMs", bid.withdrawnMs != 0 ? ordered_json(bid.withdrawnMs) : ordered_json(nullptr)},
                      {"openedMs", bid.openedMs != 0 ? ordered_json(bid.openedMs) : ordered_json(nullptr)}};
    if (bid.openedMs != 0) json["opened"] = ordered_json{{"sm3", toHex(bid.openedSm3)}, {"size", bid.contentSize}, {"price", isNear || pricesOut ? bid.price : std::string()}};
    if (isNear && !bid.openedReceipt.empty()) json["opened"]["receipt"] = ordered_json{{"text", bid.openedReceipt}, {"signature", toHex(bid.openedSignature)}};
    if (isNear) json["readers"] = bid.readers;
    if (own) json["receipt"] = ordered_json{{"text", bid.receipt}, {"signature", toHex(bid.signature)}};
    return json;
}

ordered_json jsonOf(const PortalProjects::Document &document, bool own)
{
    ordered_json json{{"id", toHex(document.id)},
                      {"own", own},
                      {"fileName", document.fileName},
                      {"signers", document.signers},
                      {"size", document.size},
                      {"sm3", toHex(document.sm3)},
                      {"receivedMs", document.receivedMs}};
    if (own) json["receipt"] = ordered_json{{"text", document.receipt}, {"signature", toHex(document.signature)}};
    return json;
}

Result<std::uint64_t> offsetOfPath(const Request &request)
{
    const std::string &text = request.parameters.at("offset");
    std::uint64_t offset = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (failure != std::errc() || end != text.data() + text.size()) return Error(Errc::badInput, "offset");
    return offset;
}

// Errors: unavailable.
Result<Bytes> pieceOf(const fs::path &path, std::uint64_t offset, std::size_t length)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    Bytes piece(file >= 0 ? length : 0);
    std::size_t done = 0;
    while (file >= 0 && done < length) {
        const ssize_t read = ::pread(file, piece.data() + done, length - done, static_cast<off_t>(offset + done));
        if (read <= 0) break;
        done += static_cast<std::size_t>(read);
    }
    if (file >= 0) ::close(file);
    if (done < length) return Error(Errc::unavailable, "the file cannot be read");
    return piece;
}

Result<Id> idOfPath(const Request &request, const char *name)
{
    return idOf<16>(request.parameters.at(name));
}

Result<std::optional<Id>> optionalId(const json &object, Literal name)
{
    if (!object.contains(name.text())) return std::optional<Id>();
    HUFU_TRY(text, textMember(object, name));
    HUFU_TRY(id, idOf<16>(text));
    return std::optional(id);
}

// The name, too, is there after a power cut; once more does no harm. Errors: unavailable.
Result<void> moveForGood(const fs::path &from, const fs::path &to)
{
    std::error_code failure;
    if (!fs::exists(from, failure) && fs::exists(to, failure)) return {};
    fs::rename(from, to, failure);
    if (failure) return Error(Errc::unavailable, "the file cannot be kept");
    const int folder = ::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isThere = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (isThere) return {};
    fs::rename(to, from, failure);
    return Error(Errc::unavailable, "the file cannot be kept");
}

} // namespace

PortalBidsApi::PortalBidsApi(const enterprise::Ports &world, ConsoleGuard &guard, const PartyClient &party, ServiceKey &key, std::string name, const fs::path &folder, Log &log)
    : m_clock(world.clock), m_guard(guard), m_party(party), m_key(key), m_name(std::move(name)), m_folder(folder), m_log(log),
      m_accounts(world), m_projects(world), m_uploads(folder / "parts", world.random, world.clock), m_computers(world)
{
    std::error_code ignored;
    fs::create_directories(m_folder / "bids", ignored);
    fs::create_directories(m_folder / "opened", ignored);
    fs::create_directories(m_folder / "documents", ignored);
    static_cast<void>(sortFiles()); // without the database, the next start does it
}

// A commit of which no answer came leaves its file (takeBid): by now it is known whether it stands. But an older database knows nothing of
// newer bids, whose only copy this may be: no file is removed.
Result<void> PortalBidsApi::sortFiles()
{
    std::set<std::string> standing, opened, documents;
    HUFU_TRY(projects, m_projects.all());
    for (const PortalProjects::Project &project : projects) {
        HUFU_TRY(bids, m_projects.bidsOf(project.id));
        for (const PortalProjects::Bid &bid : bids) {
            standing.insert(toHex(bid.id));
            if (bid.openedMs != 0) opened.insert(toHex(bid.id));
        }
        HUFU_TRY(handedIn, m_projects.documentsOf(project.id));
        for (const PortalProjects::Document &document : handedIn)
            documents.insert(toHex(document.id));
    }
    const fs::path unclaimed = m_folder / "unclaimed";
    int put = 0, back = 0;
    const auto sort = [&](const std::string &kind, const std::set<std::string> &known) {
        const fs::path folder = m_folder / kind;
        std::error_code failure;
        std::vector<std::string> left; // of these files no row tells
        for (fs::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure))
            if (!known.contains(it->path().filename().string())) left.push_back(it->path().filename().string());
        if (!left.empty()) fs::create_directories(unclaimed, failure);
        for (const std::string &name : left) {
            fs::rename(folder / name, unclaimed / (kind + "-" + name), failure);
            put += failure ? 0 : 1;
        }
        for (const std::string &name : known) {
            if (fs::exists(folder / name, failure) || !fs::exists(unclaimed / (kind + "-" + name), failure)) continue;
            fs::rename(unclaimed / (kind + "-" + name), folder / name, failure);
            back += failure ? 0 : 1;
        }
    };
    sort("bids", standing);
    sort("opened", opened);
    sort("documents", documents);
    if (put + back > 0) m_log.warn("portal-files", {{"unclaimed", put}, {"claimedAgain", back}});
    return {};
}

void PortalBidsApi::add(Routes &routes)
{
    addKnown(routes, "GET", "/portal/v1/projects", [this](const std::string &account, const Request &) { return list(account); });
    addKnown(routes, "POST", "/portal/v1/projects", [this](const std::string &account, const Request &request) { return publish(account, request); });
    addKnown(routes, "GET", "/portal/v1/projects/{id}", [this](const std::string &account, const Request &request) { return show(account, request); });
    addKnown(routes, "POST", "/portal/v1/projects/{id}/uploads", [this](const std::string &account, const Request &request) { return beginUpload(account, request); });
    addKnown(routes, "DELETE", "/portal/v1/projects/{id}/bids/{bid}", [this](const std::string &account, const Request &request) -> Result<net::Response> {
        HUFU_TRY(project, idOfPath(request, "id"));
        HUFU_TRY(bid, idOfPath(request, "bid"));
        HUFU_CHECK(m_projects.withdraw(account, project, bid));
        tellHufu();
        return noContent();
    });
    addKnown(routes, "GET", "/portal/v1/projects/{id}/bids/{bid}/envelope/{offset}",
             [this](const std::string &account, const Request &request) { return pieceOfEnvelope(account, request); });
    addKnown(routes, "DELETE", "/portal/v1/projects/{id}/documents/{document}", [this](const std::string &account, const Request &request) -> Result<net::Response> {
        HUFU_TRY(project, idOfPath(request, "id"));
        HUFU_TRY(document, idOfPath(request, "document"));
        HUFU_CHECK(m_projects.removeDocument(account, project, document));
        std::error_code ignored;
        fs::remove(m_folder / "documents" / toHex(document), ignored); // what stays the next start puts aside
        return noContent();
    });
    addKnown(routes, "GET", "/portal/v1/computers", [this](const std::string &account, const Request &) { return computers(account); });
    addKnown(routes, "PUT", "/portal/v1/computers/{id}", [this](const std::string &account, const Request &request) -> Result<net::Response> {
        HUFU_TRY(id, idOfPath(request, "id"));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(name, textMember(object, "name"));
        const auto can = object.find("canOpen");
        if (can == object.end() || !can->is_boolean()) return Error(Errc::badInput, "canOpen");
        HUFU_CHECK(m_computers.seen(account, id, name, can->get<bool>()));
        return computers(account);
    });
    addKnown(routes, "DELETE", "/portal/v1/computers/{id}", [this](const std::string &account, const Request &request) -> Result<net::Response> {
        HUFU_TRY(id, idOfPath(request, "id"));
        HUFU_CHECK(m_computers.forget(account, id));
        return noContent();
    });
    addKnown(routes, "GET", "/portal/v1/uploads/{upload}", [this](const std::string &account, const Request &request) -> Result<net::Response> {
        HUFU_TRY(id, idOfPath(request, "upload"));
        HUFU_TRY(received, m_uploads.received(account, id));
        return jsonResponse({{"received", received}});
    });
    addKnown(routes, "PUT", "/portal/v1/uploads/{upload}/{offset}",
             [this](const std::string &account, const Request &request) { return append(account, request); }, PortalUploads::kPieceMost);
    addKnown(routes, "POST", "/portal/v1/uploads/{upload}", [this](const std::string &account, const Request &request) { return finishUpload(account, request); });
}

void PortalBidsApi::addKnown(Routes &routes, const char *method, const char *pattern, Act act, std::size_t bodyMax)
{
    routes.add(method, pattern, [this, act = std::move(act)](const Request &request, const Reply &reply) {
        const auto visit = portalVisitOf(m_guard, m_party, request);
        if (!visit) return reply(portalStrangerProblem(visit.error()));
        net::Response response = m_guard.once(viewOf("portal " + visit->whose), request, [&] {
            auto done = act(visit->whose, request);
            return done ? std::move(*done) : refusal(done.error());
        });
        m_guard.renew(response, kPortalCookie, *visit);
        reply(std::move(response));
    }, bodyMax);
}

Result<net::Response> PortalBidsApi::computers(const std::string &account)
{
    HUFU_TRY(known, m_computers.of(account));
    ordered_json rows = ordered_json::array();
    for (const auto &one : known)
        rows.push_back({{"id", toHex(one.id)}, {"name", one.name}, {"canOpen", one.canOpen}, {"seenMs", one.seenMs}});
    return jsonResponse({{"computers", rows}});
}

// How many bids there are is secret before the opening, as whose they are.
Result<net::Response> PortalBidsApi::list(const std::string &account)
{
    tellHufu(); // what was left
    HUFU_TRY(projects, m_projects.all());
    const std::int64_t nowMs = m_clock.unixMs();
    const auto reader = readerOf(account);
    ordered_json rows = ordered_json::array();
    for (const auto &project : projects) {
        HUFU_TRY(bids, m_projects.bidsOf(project.id));
        ordered_json row = jsonOf(project, nowMs);
        int count = 0;
        row["shut"] = ordered_json::array();
        for (const auto &bid : bids) {
            if (bid.withdrawnMs != 0) continue;
            const bool isNear = bid.account == account || isRead(reader, bid);
            count += isNear || nowMs >= project.openingMs ? 1 : 0;
            if (isNear && bid.openedMs == 0) row["shut"].push_back(bid.readers);
        }
        row["bids"] = count;
        rows.push_back(std::move(row));
    }
    return jsonResponse({{"nowMs", nowMs}, {"projects", rows}});
}

Result<net::Response> PortalBidsApi::publish(const std::string &account, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(number, textMember(object, "number"));
    HUFU_TRY(name, textMember(object, "name"));
    if (!object.contains("openingMs")) return Error(Errc::badInput, "openingMs");
    HUFU_TRY(openingMs, numberMember(object, "openingMs", std::int64_t{1} << 53, 0));
    const auto project = m_projects.publish(account, number, name, openingMs);
    if (!project && project.error().code == Errc::expired) return problem(422, Code::openingOver);
    if (!project && project.error().code == Errc::replayed) return problem(409, Code::projectNumberTaken);
    if (!project && project.error().code == Errc::badState) return problem(409, Code::bidsTooMany);
    if (!project) return project.error();
    return jsonResponse(jsonOf(*project, m_clock.unixMs()), 201);
}

// Before the opening everyone sees his own bids and those that a colleague has sealed for him, too; from then on all that stand.
Result<net::Response> PortalBidsApi::show(const std::string &account, const Request &request)
{
    HUFU_TRY(id, idOfPath(request, "id"));
    HUFU_TRY(project, m_projects.find(id));
    HUFU_TRY(bids, m_projects.bidsOf(id));
    const std::int64_t nowMs = m_clock.unixMs();
    HUFU_TRY(receiptKey, m_key.publicKey().encode());
    const bool pricesOut = PortalProjects::arePricesOut(project, bids, nowMs);
    const auto reader = readerOf(account);
    ordered_json rows = ordered_json::array();
    for (const auto &bid : bids) {
        const bool own = bid.account == account;
        if (!own && bid.withdrawnMs != 0) continue;
        const Whose whose = own ? Whose::own : isRead(reader, bid) ? Whose::read : Whose::others;
        if (whose != Whose::others || nowMs >= project.openingMs) rows.push_back(jsonOf(bid, whose, pricesOut));
    }
    HUFU_TRY(documents, m_projects.documentsOf(id));
    ordered_json sealed = ordered_json::array();
    for (const auto &document : documents)
        if (document.account == account || nowMs >= project.openingMs) sealed.push_back(jsonOf(document, document.account == account));
    return jsonResponse({{"nowMs", nowMs},
                         {"project", jsonOf(project, nowMs)},
                         {"bids", rows},
                         {"documents", sealed},
                         {"fileMost", PortalUploads::kFileMost},
                         {"receiptKey", toHex(receiptKey)}});
}

// Judged before the first byte, as far as it can be, as it will be after the last.
Result<void> PortalBidsApi::mayUpload(const PortalUploads::Purpose &purpose, std::uint64_t size)
{
    if (!purpose.document.empty()) return m_projects.mayAddDocument(purpose.account, purpose.project);
    if (!purpose.isOpened) return m_projects.mayAdd(purpose.account, purpose.project, purpose.bid);
    HUFU_TRY(shut, bidFor(purpose.account, purpose.project, *purpose.bid));
    return m_projects.mayOpen(shut.account, purpose.project, *purpose.bid, size, purpose.price);
}

Result<net::Response> PortalBidsApi::beginUpload(const std::string &account, const Request &request)
{
    HUFU_TRY(id, idOfPath(request, "id"));
    HUFU_TRY(project, m_projects.find(id));
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(size, numberMember(object, "size", std::int64_t{1} << 53, 0));
    if (static_cast<std::uint64_t>(size) > PortalUploads::kFileMost) return problem(413, Code::uploadTooLarge);
    HUFU_TRY(replaces, optionalId(object, "replaces"));
    HUFU_TRY(opens, optionalId(object, "opens"));
    HUFU_TRY(price, optionalText(object, "price"));
    HUFU_TRY(document, optionalText(object, "document"));
    if ((replaces && opens) || (!document.empty() && (replaces || opens))) return Error(Errc::badInput, "either or");
    if (!document.empty() && (!intent::checkText(document, kDocumentNameMost) || document.find('/') != std::string::npos)) return Error(Errc::badInput, "document");
    const bool isOver = m_clock.unixMs() >= project.openingMs;
    if (!opens && isOver) return Error(Errc::expired, "the opening hour is there");
    if (opens && !isOver) return problem(409, Code::openingAhead);
    HUFU_TRY(binding, m_accounts.bindingOf(account)); // places for uploads are few, and accounts are free
    if (!binding) return problem(422, Code::certificateUnbound);
    const PortalUploads::Purpose purpose{account, id, opens ? opens : replaces, opens.has_value(), price, document};
    const auto may = mayUpload(purpose, static_cast<std::uint64_t>(size));
    if (!may && may.error().code == Errc::badState && !opens) return problem(409, Code::bidsTooMany);
    HUFU_CHECK(may);
    HUFU_TRY(upload, m_uploads.begin(purpose, static_cast<std::uint64_t>(size)));
    return jsonResponse({{"upload", toHex(upload)}, {"pieceMost", PortalUploads::kPieceMost}}, 201);
}

Result<PortalBidsApi::Reader> PortalBidsApi::readerOf(const std::string &account)
{
    HUFU_TRY(binding, m_accounts.bindingOf(account));
    if (!binding) return Reader();
    HUFU_TRY(holder, m_party.holder(binding->person));
    return holder ? Reader{holder->opens, holder->company} : Reader();
}

// The sealer has chosen who can open it; a key of another company's among them gives no way to the file here. Which company's it is was
// kept with it, so that its colleagues open it whatever becomes of the sealer; of a bid from before that, as long as the sealer is bound.
Result<bool> PortalBidsApi::canRead(const Reader &reader, const PortalProjects::Bid &bid)
{
    if (!std::ranges::any_of(bid.readers, [&](const std::string &key) { return std::ranges::find(reader.keys, key) != reader.keys.end(); })) return false;
    if (!bid.companyCode.empty()) return bid.companyCode == reader.company;
    HUFU_TRY(binding, m_accounts.bindingOf(bid.account));
    if (!binding) return false;
    HUFU_TRY(sealer, m_party.holderOfSerial(binding->certificate));
    return sealer && sealer->company == reader.company;
}

// Where Hufu does not answer one sees one's own, as far as a page is made.
bool PortalBidsApi::isRead(const Result<Reader> &reader, const PortalProjects::Bid &bid)
{
    const auto can = reader ? canRead(*reader, bid) : Result<bool>(reader.error());
    return can && *can;
}

Result<PortalProjects::Bid> PortalBidsApi::bidFor(const std::string &account, const Id &project, const Id &bidId)
{
    HUFU_TRY(bids, m_projects.bidsOf(project));
    const auto bid = std::ranges::find(bids, bidId, &PortalProjects::Bid::id);
    if (bid == bids.end()) return Error(Errc::notFound, "no such bid");
    if (bid->account == account) return *bid;
    HUFU_TRY(reader, readerOf(account));
    HUFU_TRY(isReader, canRead(reader, *bid));
    if (!isReader || bid->withdrawnMs != 0) return Error(Errc::notFound, "no such bid");
    return *bid;
}

Result<net::Response> PortalBidsApi::pieceOfEnvelope(const std::string &account, const Request &request)
{
    HUFU_TRY(project, idOfPath(request, "id"));
    HUFU_TRY(id, idOfPath(request, "bid"));
    HUFU_TRY(bid, bidFor(account, project, id));
    HUFU_TRY(offset, offsetOfPath(request));
    if (offset >= bid.size) return Error(Errc::badInput, "offset");
    HUFU_TRY(piece, pieceOf(m_folder / "bids" / toHex(bid.id), offset, static_cast<std::size_t>(std::min<std::uint64_t>(bid.size - offset, PortalUploads::kPieceMost))));
    net::Response response = fileResponse("application/octet-stream", std::move(piece));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Result<net::Response> PortalBidsApi::append(const std::string &account, const Request &request)
{
    HUFU_TRY(id, idOfPath(request, "upload"));
    HUFU_TRY(offset, offsetOfPath(request));
    HUFU_TRY(received, m_uploads.append(account, id, offset, request.body));
    return jsonResponse({{"received", received}});
}

Result<net::Response> PortalBidsApi::finishUpload(const std::string &account, const Request &request)
{
    HUFU_TRY(id, idOfPath(request, "upload"));
    return m_uploads.finish(account, id, [this](const PortalUploads::Whole &whole) {
        if (!whole.purpose.document.empty()) return takeDocument(whole);
        return whole.purpose.isOpened ? takeOpened(whole) : takeBid(whole);
    });
}

// Whose certificate signed a bid must be whose it is: else anybody could hand in a copy of a rival's.
Result<PortalBidsApi::Sealer> PortalBidsApi::sealerOf(const std::string &account, ByteView serial)
{
    HUFU_TRY(binding, m_accounts.bindingOf(account));
    if (!binding) return Sealer{Code::certificateUnbound, {}};
    HUFU_TRY(known, m_party.holderOfSerial(serial));
    if (known && known->id == binding->person) return Sealer{std::nullopt, known->company};
    HUFU_TRY(isInactive, m_party.isInactive(binding->certificate)); // of the account's own alone: a copy of a rival's bid tells nothing of him
    return Sealer{isInactive ? Code::staffInactive : Code::accountBound, {}};
}

// A document is its company's, whoever there has sealed it; who has left the company hands in none of it. Returns: why not.
Result<std::optional<Code>> PortalBidsApi::whyNotOfCompany(const std::string &account, ByteView serial)
{
    HUFU_TRY(binding, m_accounts.bindingOf(account));
    if (!binding) return std::optional(Code::certificateUnbound);
    HUFU_TRY(isInactive, m_party.isInactive(binding->certificate));
    if (isInactive) return std::optional(Code::staffInactive);
    HUFU_TRY(known, m_party.holderOfSerial(serial));
    if (!known) return std::optional(Code::accountBound);
    if (known->id == binding->person) return std::optional<Code>();
    HUFU_TRY(own, m_party.holderOfSerial(binding->certificate));
    if (!own || own->id != binding->person || own->company != known->company) return std::optional(Code::accountBound);
    return own->isValid ? std::nullopt : std::optional(Code::certificateInvalid);
}

// In: kept, where the file of what could not be added lies by now; upload, where it came from.
Result<net::Response> PortalBidsApi::notAdded(const Error &error, const fs::path &kept, const fs::path &upload)
{
    // A commit of which no answer came may stand: the file stays until that is known.
    if (error.code == Errc::unavailable || error.code == Errc::internal) return error;
    std::error_code ignored;
    fs::rename(kept, upload, ignored); // where the upload takes it along
    if (error.code == Errc::replayed) return problem(409, Code::bidStands);
    if (error.code == Errc::badState) return problem(409, Code::bidsTooMany);
    return error;
}

Result<net::Response> PortalBidsApi::takeBid(const PortalUploads::Whole &whole)
{
    HUFU_TRY(project, m_projects.find(whole.purpose.project));
    HUFU_TRY(trust, m_party.trust());
    const fs::path kept = m_folder / "bids" / toHex(whole.id);
    std::error_code ignored;
    const auto judged = judgeBid(whole.isAgain && fs::exists(kept, ignored) ? kept : whole.file, trust, m_clock.unixMs());
    if (!judged) {
        if (judged.problem() == Code::fileUnreadable) return Error(Errc::unavailable, "the upload cannot be read"); // our disk, not the bid
        return problem(422, judged.problem());
    }
    HUFU_TRY(sealer, sealerOf(whole.purpose.account, judged->serial));
    if (sealer.whyNot) return problem(422, *sealer.whyNot);
    if (judged->projectNumber != project.number || judged->openingMs != project.openingMs) return problem(422, Code::bidOfAnotherProject);
    if (whole.handedInMs >= project.openingMs) return Error(Errc::expired, "the opening hour is there");
    HUFU_CHECK(m_party.registerOpening(project.openingMs, judged->keys)); // the opening must not hang on an SMS, also of a bid that is judged after its hour

    PortalProjects::Bid bid;
    bid.id = whole.id;
    bid.project = project.id;
    bid.account = whole.purpose.account;
    bid.company = judged->company;
    bid.person = judged->person;
    bid.fileName = judged->fileName;
    bid.size = whole.size;
    bid.contentSize = judged->contentSize;
    bid.sm3 = whole.sm3;
    bid.receivedMs = whole.handedInMs;
    bid.sealed = judged->sealed;
    bid.readers = judged->readers;
    bid.companyCode = sealer.company;
    // The file first: a receipt without one would be a lie, a file without a row is nothing.
    HUFU_CHECK(moveForGood(whole.file, kept));
    auto added = m_projects.add(std::move(bid), whole.purpose.bid, [this](const PortalProjects::Project &of, PortalProjects::Bid &one) { return sign(of, one); });
    if (added) {
        tellHufu();
        return jsonResponse(jsonOf(*added, Whose::own), 201);
    }
    return notAdded(added.error(), kept, whole.file);
}

Result<net::Response> PortalBidsApi::takeOpened(const PortalUploads::Whole &whole)
{
    const fs::path kept = m_folder / "opened" / toHex(*whole.purpose.bid);
    const std::string &account = whole.purpose.account;
    HUFU_TRY(shut, bidFor(account, whole.purpose.project, *whole.purpose.bid));
    const auto bid = m_projects.open(shut.account, whole.purpose.project, *whole.purpose.bid, whole.size, whole.sm3, whole.purpose.price, whole.isAgain,
                                     [&](const PortalProjects::Bid &) { return moveForGood(whole.file, kept); },
                                     [&](const PortalProjects::Project &of, PortalProjects::Bid &one) { return signOpened(of, one, account); });
    return bid ? Result<net::Response>(jsonResponse(jsonOf(*bid, bid->account == account ? Whose::own : Whose::read), 201)) : bid.error();
}

// A PDF each signature and seal of which holds, one of them by the company of whom the account is bound to.
Result<net::Response> PortalBidsApi::takeDocument(const PortalUploads::Whole &whole)
{
    HUFU_TRY(project, m_projects.find(whole.purpose.project));
    HUFU_TRY(trust, m_party.trust());
    const fs::path kept = m_folder / "documents" / toHex(whole.id);
    std::error_code ignored;
    const auto signers = judgePdf(whole.isAgain && fs::exists(kept, ignored) ? kept : whole.file, trust, m_clock.unixMs());
    if (!signers) {
        if (signers.problem() == Code::fileUnreadable) return Error(Errc::unavailable, "the upload cannot be read"); // our disk, not the document
        return problem(422, signers.problem());
    }
    PortalProjects::Document document;
    bool isTheirs = false;
    std::optional<Code> whyNot;
    for (const Signer &signer : *signers) {
        document.signers.push_back(signer.company + " · " + signer.person);
        HUFU_TRY(verdict, whyNotOfCompany(whole.purpose.account, signer.serial));
        isTheirs = isTheirs || !verdict;
        whyNot = verdict;
    }
    if (!isTheirs) return problem(422, whyNot.value_or(Code::accountBound));
    document.id = whole.id;
    document.project = project.id;
    document.account = whole.purpose.account;
    document.fileName = whole.purpose.document;
    document.size = whole.size;
    document.sm3 = whole.sm3;
    document.receivedMs = whole.handedInMs;
    HUFU_CHECK(moveForGood(whole.file, kept)); // as with a bid: the file first
    auto added = m_projects.addDocument(std::move(document), [this](const PortalProjects::Project &of, PortalProjects::Document &one) { return signDocument(of, one); });
    if (added) return jsonResponse(jsonOf(*added, true), 201);
    return notAdded(added.error(), kept, whole.file);
}

// Whose sealed bids stand here and which were given back: the persons' lists follow. What Hufu does not take now it is told later.
void PortalBidsApi::tellHufu()
{
    const auto words = m_projects.untold();
    for (const PortalProjects::Word &word : words ? *words : std::vector<PortalProjects::Word>()) {
        const auto taken = word.isBack ? m_party.giveBack(word.sealed, word.isReplaced ? std::optional(word.successor) : std::nullopt) : m_party.handIn(word.sealed);
        if (!taken || !m_projects.told(word)) return;
    }
}

// Keys in the order of the alphabet, no spaces: what is signed is the text as it is handed out. In: of, what; members, its own.
Result<PortalBidsApi::Receipt> PortalBidsApi::receiptOf(const PortalProjects::Project &project, const char *of, json members)
{
    members.update({{"kind", "hufu-portal-receipt"}, {"of", of}, {"portal", m_name}, {"project", project.number}, {"openingMs", project.openingMs}});
    Receipt receipt{members.dump(), {}};
    HUFU_TRY(signature, m_key.sign(viewOf(receipt.text)));
    receipt.signature = signature;
    return receipt;
}

Result<void> PortalBidsApi::sign(const PortalProjects::Project &project, PortalProjects::Bid &bid)
{
    HUFU_TRY(receipt, receiptOf(project, "bid", {{"bid", toHex(bid.id)}, {"account", bid.account}, {"company", bid.company}, {"fileName", bid.fileName},
                                                 {"size", bid.size}, {"sm3", toHex(bid.sm3)}, {"receivedMs", bid.receivedMs}}));
    bid.receipt = std::move(receipt.text);
    bid.signature = receipt.signature;
    return {};
}

// In: account, who has handed the opened file in.
Result<void> PortalBidsApi::signOpened(const PortalProjects::Project &project, PortalProjects::Bid &bid, const std::string &account)
{
    HUFU_TRY(receipt, receiptOf(project, "opened", {{"bid", toHex(bid.id)}, {"account", account}, {"company", bid.company}, {"fileName", bid.fileName},
                                                    {"size", bid.contentSize}, {"sm3", toHex(bid.openedSm3)}, {"price", bid.price}, {"receivedMs", bid.openedMs}}));
    bid.openedReceipt = std::move(receipt.text);
    bid.openedSignature = receipt.signature;
    return {};
}

Result<void> PortalBidsApi::signDocument(const PortalProjects::Project &project, PortalProjects::Document &document)
{
    HUFU_TRY(receipt, receiptOf(project, "document", {{"document", toHex(document.id)}, {"account", document.account}, {"signers", document.signers}, {"fileName", document.fileName},
                                                      {"size", document.size}, {"sm3", toHex(document.sm3)}, {"receivedMs", document.receivedMs}}));
    document.receipt = std::move(receipt.text);
    document.signature = receipt.signature;
    return {};
}

} // namespace hufu::server
