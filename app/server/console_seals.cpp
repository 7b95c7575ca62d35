// 印章, 印章授权: seals, their history, and who may use one.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

#include "shield/crypto/sm3.h"

#include <algorithm>

namespace hufu::server {

using enterprise::Verdict;
using net::Request;

namespace {

constexpr std::int64_t kTimeMost = 253'402'300'799'000; // the year 9999

Result<enterprise::SealRequest> sealOf(const json &object)
{
    HUFU_TRY(kind, wordMember(object, "kind", kSealKinds));
    HUFU_TRY(style, numberMember(object, "style", 255, 1));
    HUFU_TRY(number, optionalText(object, "number"));
    return enterprise::SealRequest{kind, static_cast<std::uint8_t>(style), number};
}

Result<enterprise::SealTerms> termsOf(const json &object)
{
    HUFU_TRY(seal, idMember(object, "seal"));
    HUFU_TRY(person, idMember(object, "person"));
    HUFU_TRY(purpose, textMember(object, "purpose"));
    HUFU_TRY(project, optionalText(object, "project"));
    HUFU_TRY(from, numberMember(object, "fromMs", kTimeMost, 0));
    HUFU_TRY(until, numberMember(object, "untilMs", kTimeMost, 0));
    return enterprise::SealTerms{seal, person, purpose, project, from, until};
}

ordered_json jsonOf(const enterprise::Seals::View &view)
{
    return {{"id", toHex(view.id)},
            {"kind", wordOf(kSealKinds, view.kind)},
            {"state", wordOf(kSealStates, view.state)},
            {"style", view.style},
            {"number", view.number},
            {"madeMs", view.madeMs},
            {"confirmedBy", wordOf(kConfirmedBy, view.confirmedBy)},
            {"uses", view.uses}};
}

// Somebody of the staff, or null.
ordered_json someone(const Id &id, const std::string &name)
{
    return id == Id{} ? ordered_json(nullptr) : ordered_json{{"id", toHex(id)}, {"name", name}};
}

ordered_json jsonOf(const enterprise::Seals::Entry &entry)
{
    ordered_json json{{"event", wordOf(kSealEvents, entry.event)}, {"timeMs", entry.timeMs}, {"by", someone(entry.by, entry.byName)}, {"doer", wordOf(kSealDoers, entry.doer())}};
    if (entry.event == enterprise::SealEvent::exported) json["documentSm3"] = toHex(entry.document);
    if (entry.grant == Id{}) return json;
    json["grant"] = {{"id", toHex(entry.grant)},
                     {"person", someone(entry.person, entry.personName)},
                     {"grantedBy", someone(entry.grantedBy, entry.grantedByName)},
                     {"grantedMs", entry.grantedMs},
                     {"purpose", entry.purpose},
                     {"project", entry.project},
                     {"fromMs", entry.fromMs},
                     {"untilMs", entry.untilMs}};
    json["documentSm3"] = toHex(entry.document);
    return json;
}

Result<enterprise::SealRequest> previewOf(const Request &request)
{
    const auto value = [&](const char *name) {
        const auto it = request.query.find(name);
        return it == request.query.end() ? std::string() : it->second;
    };
    const std::string style = value("style");
    if (style.size() > 1 || (!style.empty() && (style[0] < '0' || style[0] > '9'))) return Error(Errc::badInput, "style");
    return sealOf({{"kind", value("kind")}, {"style", style.empty() ? 1U : static_cast<unsigned>(style[0] - '0')}, {"number", value("number")}});
}

// What a page shows. Of an active seal, or one that is asked for, a coarse picture: what can be put on paper leaves a record.
Answered shown(Companies &companies, const enterprise::SealFace &face, bool isPlain)
{
    if (isPlain) {
        HUFU_TRY(png, companies.studio.view(face));
        return pictureResponse("image/png", std::move(png), "");
    }
    HUFU_TRY(marked, companies.studio.specimen(face));
    return pictureResponse("image/svg+xml", std::move(marked), "");
}

Answered previewSeal(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(seal, previewOf(request));
    HUFU_TRY(face, companies.seals.preview(actor, seal));
    // The legal representative has allowed nothing yet.
    return shown(companies, face, seal.kind != enterprise::SealKind::legalPerson);
}

Answered picture(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(id, idIn(request));
    HUFU_TRY(face, companies.seals.face(actor, id));
    HUFU_TRY(isPlain, companies.seals.isShownPlain(actor, id));
    return shown(companies, face, isPlain);
}

std::string fileNameOf(const Id &seal, std::string_view ending)
{
    return "seal-" + toHex(seal).substr(0, 8) + "." + std::string(ending);
}

// The picture to be put on paper. It leaves the house only after a record of it is kept.
Answered pictureFile(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(id, idIn(request));
    const auto as = request.query.find("as");
    HUFU_TRY(kind, wordMember({{"as", as == request.query.end() ? std::string() : as->second}}, "as", kSealPictures));
    HUFU_TRY(face, companies.seals.faceForFile(actor, id));
    const bool isPng = kind == enterprise::SealFile::png;
    HUFU_TRY(file, isPng ? companies.studio.png(face) : companies.studio.svg(face));
    HUFU_CHECK(companies.seals.noteExport(actor, id, kind, file));
    return pictureResponse(isPng ? "image/png" : "image/svg+xml", std::move(file), fileNameOf(id, as->second));
}

// The same one again as long as its face and those who may use it are the same.
Verdict<Bytes> electronicOf(Companies &companies, const Actor &actor, const Id &id)
{
    HUFU_TRY(accounts, companies.sealGrants.accountsOf(actor, id));
    HUFU_TRY(face, companies.seals.face(actor, id));
    HUFU_TRY(makings, companies.studio.makingsOf(accounts));
    const ByteArray<32> digest = SealStudio::digestOf(face, makings);
    HUFU_TRY(kept, companies.seals.electronic(actor, id, digest));
    if (!kept) {
        HUFU_TRY(made, companies.studio.electronic(face, id, makings));
        HUFU_TRY(first, companies.seals.keepElectronic(actor, id, digest, made));
        kept = std::move(first);
    }
    return std::move(*kept);
}

Answered electronic(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(id, idIn(request));
    HUFU_TRY(der, electronicOf(companies, actor, id));
    HUFU_CHECK(companies.seals.noteExport(actor, id, enterprise::SealFile::electronic, der));
    return pictureResponse("application/octet-stream", std::move(der), fileNameOf(id, "esl"));
}

// As soon as a seal can be used, and whenever somebody else may use it, the seal maker signs. If that does not go now (it rests, or too
// many are drawn), the export does it.
void makeElectronic(Companies &companies, const Actor &actor, const Id &seal)
{
    static_cast<void>(electronicOf(companies, actor, seal));
}

// Before anything is confirmed: what cannot be drawn is no seal.
Verdict<void> checkDrawable(Companies &companies, const Actor &actor, const enterprise::SealRequest &seal)
{
    HUFU_TRY(face, companies.seals.preview(actor, seal));
    const auto drawn = companies.studio.svg(face);
    if (!drawn && drawn.error().code == Errc::badInput) return Error(Errc::badInput, "kind");
    return {};
}

void addSeals(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/seals", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.seals.list(actor));
        return pageOf(views, request, "seals", [](const auto &view) { return view.id; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(routes, "POST", "/console/v1/seals/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(seal, sealOf(object));
        HUFU_CHECK(checkDrawable(companies, actor, seal));
        HUFU_TRY(waitMs, companies.seals.ask(actor, seal));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/seals/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(seal, sealOf(object));
        HUFU_TRY(provider, providerOf(object));
        HUFU_CHECK(checkDrawable(companies, actor, seal));
        HUFU_TRY(task, companies.seals.startFace(actor, seal, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/seals/shield", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(seal, sealOf(object));
        HUFU_CHECK(checkDrawable(companies, actor, seal));
        HUFU_CHECK(companies.seals.askShield(actor, seal));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/seals", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(seal, sealOf(object));
        HUFU_TRY(proof, proofOf(object));
        HUFU_CHECK(checkDrawable(companies, actor, seal));
        HUFU_TRY(id, companies.seals.make(actor, seal, proof));
        makeElectronic(companies, actor, id);
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
    guard.add(routes, "GET", "/console/v1/seals/{id}/history", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(after, numberIn(request, "after"));
        HUFU_TRY(entries, companies.seals.history(actor, id, kPage, after));
        ordered_json list = ordered_json::array();
        for (const auto &entry : entries)
            list.push_back(jsonOf(entry));
        const bool more = !entries.empty() && entries.back().number > 1;
        return jsonResponse({{"entries", list}, {"next", more ? ordered_json(entries.back().number) : ordered_json(nullptr)}});
    });
    guard.add(routes, "GET", "/console/v1/seals/preview",
              [&](const Actor &actor, const Request &request) { return previewSeal(companies, actor, request); });
    guard.add(routes, "GET", "/console/v1/seals/{id}/picture",
              [&](const Actor &actor, const Request &request) { return picture(companies, actor, request); });
    guard.add(routes, "POST", "/console/v1/seals/{id}/file",
              [&](const Actor &actor, const Request &request) { return pictureFile(companies, actor, request); });
    guard.add(routes, "POST", "/console/v1/seals/{id}/electronic",
              [&](const Actor &actor, const Request &request) { return electronic(companies, actor, request); });
    guard.add(routes, "GET", "/console/v1/seals/{id}/confirmation", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(confirmed, companies.seals.confirmation(actor, id));
        return confirmationResponse(companies, confirmed);
    });
    // The last link that went out for a seal.
    guard.add(routes, "GET", "/console/v1/seals/{id}/link", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(link, companies.legalLinks.latest(actor, enterprise::Purpose::legalSeal, id));
        if (!link) return Error(Errc::notFound, "no link");
        return jsonResponse(linkJson(*link));
    });
    guard.add(routes, "POST", "/console/v1/seals/{id}/ask-again",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.askAgain(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seals/{id}/suspend",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.suspend(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seals/{id}/resume",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.resume(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seals/{id}/retire/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(waitMs, companies.seals.askRetirement(actor, id));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/seals/{id}/retire/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(provider, providerOf(object));
        HUFU_TRY(task, companies.seals.startFaceForRetirement(actor, id, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/seals/{id}/retire/shield",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.askShieldForRetirement(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seals/{id}/retire", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(proof, proofOf(object));
        HUFU_CHECK(companies.seals.retire(actor, id, proof));
        return noContent();
    });
}

void addSealGrants(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/seal-grants", [&](const Actor &actor, const Request &request) -> Answered {
        const auto state = request.query.find("state");
        const bool isOfEnded = state != request.query.end() && state->second == "ended";
        if (state != request.query.end() && !isOfEnded) return Error(Errc::badInput, "a word that is not of the list");
        HUFU_TRY(views, isOfEnded ? companies.sealGrants.ended(actor) : companies.sealGrants.list(actor));
        return pageOf(views, request, "grants", [](const auto &view) { return view.id; }, sealGrantJson);
    });
    guard.add(routes, "GET", "/console/v1/seal-grants/own", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.sealGrants.ownOf(actor));
        return pageOf(views, request, "grants", [](const auto &view) { return view.id; }, sealGrantJson);
    });
    guard.add(routes, "POST", "/console/v1/seal-grants", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(terms, termsOf(object));
        HUFU_TRY(id, companies.sealGrants.draft(actor, terms));
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
    guard.add(routes, "PUT", "/console/v1/seal-grants/{id}", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(terms, termsOf(object));
        HUFU_CHECK(companies.sealGrants.change(actor, id, terms));
        return noContent();
    });
    guard.add(routes, "GET", "/console/v1/seal-grants/{id}/document", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(text, companies.sealGrants.document(actor, id));
        return jsonResponse({{"text", text}});
    });
    guard.add(routes, "GET", "/console/v1/seal-grants/{id}/confirmation", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(confirmed, companies.sealGrants.confirmation(actor, id));
        return confirmationResponse(companies, confirmed);
    });
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(waitMs, companies.sealGrants.ask(actor, id));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(provider, providerOf(object));
        HUFU_TRY(task, companies.sealGrants.startFace(actor, id, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/shield",
              onOne([&](const Actor &actor, const Id &id) { return companies.sealGrants.askShield(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/grant", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(stamp, idMember(object, "stamp"));
        HUFU_TRY(proof, proofOf(object));
        HUFU_CHECK(companies.sealGrants.grant(actor, id, stamp, proof));
        // The grant stands, whatever becomes of this: the electronic seal is made at the latest when it is asked for.
        if (const auto grants = companies.sealGrants.list(actor))
            if (const auto granted = std::ranges::find(*grants, id, &enterprise::SealGrants::View::id); granted != grants->end())
                makeElectronic(companies, actor, granted->terms.seal);
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/suspend",
              onOne([&](const Actor &actor, const Id &id) { return companies.sealGrants.suspend(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/resume",
              onOne([&](const Actor &actor, const Id &id) { return companies.sealGrants.resume(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/end",
              onOne([&](const Actor &actor, const Id &id) { return companies.sealGrants.end(actor, id); }));
}

} // namespace

void addConsoleSeals(Routes &routes, Companies &companies)
{
    addSeals(routes, companies);
    addSealGrants(routes, companies);
}

} // namespace hufu::server
