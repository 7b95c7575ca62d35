#include "app/server/console_json.h"

#include "app/server/console_names.h"

namespace hufu::server {

Result<std::string> optionalText(const json &object, Literal name)
{
    return object.contains(name.text()) ? textMember(object, name) : Result<std::string>(std::string());
}

Result<std::int64_t> numberMember(const json &object, Literal name, std::int64_t most, std::int64_t otherwise)
{
    const auto it = object.find(name.text());
    if (it == object.end()) return otherwise;
    if (!it->is_number_unsigned() || it->get<std::uint64_t>() > static_cast<std::uint64_t>(most))
        return Error(Errc::badInput, name);
    return it->get<std::int64_t>();
}

Result<bool> flagMember(const json &object, Literal name)
{
    const auto it = object.find(name.text());
    if (it == object.end() || !it->is_boolean()) return Error(Errc::badInput, name);
    return it->get<bool>();
}

Result<Id> idMember(const json &object, Literal name)
{
    HUFU_TRY(text, textMember(object, name));
    return idOf<16>(text);
}

Result<std::vector<enterprise::Agreement>> agreementsOf(const json &object)
{
    std::vector<enterprise::Agreement> agreements;
    const auto it = object.find("agreements");
    if (it == object.end()) return agreements;
    if (!it->is_array() || it->size() > 16) return Error(Errc::badInput, "agreements");
    for (const json &one : *it) {
        if (!one.is_object()) return Error(Errc::badInput, "agreement");
        HUFU_TRY(id, textMember(one, "id"));
        HUFU_TRY(version, numberMember(one, "version", 1'000'000, 0));
        agreements.push_back({id, static_cast<std::uint32_t>(version)});
    }
    return agreements;
}

Result<enterprise::Contact> contactOf(const json &object)
{
    static constexpr std::array<std::pair<std::string_view, enterprise::Contact>, 2> kWords = {
        {{"phone", enterprise::Contact::phone}, {"mail", enterprise::Contact::mail}}};
    return wordMember(object, "contact", kWords);
}

Result<enterprise::Proof> proofOf(const json &object)
{
    enterprise::Proof proof;
    if (object.contains("face")) {
        HUFU_TRY(isByPage, flagMember(object, "face"));
        proof.isByPage = isByPage;
        if (isByPage) return proof;
    }
    if (object.contains("shield")) {
        HUFU_TRY(isByShield, flagMember(object, "shield"));
        proof.isByShield = isByShield;
        if (isByShield) return proof;
    }
    HUFU_TRY(digits, textMember(object, "code"));
    proof.sms = digits;
    return proof;
}

Result<Look> lookIn(const net::Request &request)
{
    Look look;
    const auto object = parseObject(request.body);
    if (!object) return look;
    if (object->contains("handOverSeen")) {
        HUFU_TRY(isDone, flagMember(*object, "handOverSeen"));
        look.isDone = isDone;
    }
    HUFU_TRY(project, optionalText(*object, "project"));
    look.project = std::move(project);
    return look;
}

bool isProved(const json &object)
{
    return object.contains("code") || object.contains("face") || object.contains("shield");
}

Result<std::uint8_t> providerOf(const json &object)
{
    HUFU_TRY(provider, numberMember(object, "provider", 255, 0));
    return static_cast<std::uint8_t>(provider);
}

net::Response faceResponse(const ports::IdentityService::Task &task)
{
    return jsonResponse({{"address", task.address}});
}

Result<std::uint64_t> numberIn(const net::Request &request, Literal name)
{
    const auto number = request.query.find(std::string(name.text()));
    if (number == request.query.end()) return std::uint64_t{0};
    const std::string &text = number->second;
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return Error(Errc::badInput, name);
    return std::stoull(text);
}

Result<Id> idIn(const net::Request &request)
{
    return idOf<16>(request.parameters.at("id"));
}

ordered_json rolesOf(std::uint8_t roles)
{
    ordered_json list = ordered_json::array();
    for (const auto &[name, bit] : kRoles)
        if ((roles & bit) != 0) list.push_back(name);
    return list;
}

ordered_json idOrNull(const Id &id)
{
    return id == Id{} ? ordered_json(nullptr) : ordered_json(toHex(id));
}

ordered_json handOverJson(const enterprise::Grants::HandOver &page)
{
    ordered_json list = ordered_json::array();
    for (const auto &bid : page.bids)
        list.push_back({{"project", bid.project},
                        {"number", bid.number},
                        {"package", bid.package},
                        {"fileName", bid.fileName},
                        {"openingMs", bid.openingMs},
                        {"othersWhoCanOpen", bid.othersWhoCanOpen}});
    return {{"known", page.known}, {"sealedBids", list}};
}

ordered_json linkJson(const enterprise::LegalLinks::Sent &link)
{
    return {{"id", toHex(link.id)}, {"state", wordOf(kLinkStates, link.state)}, {"to", link.contactMasked}, {"untilMs", link.untilMs}};
}

ordered_json sealGrantJson(const enterprise::SealGrants::View &view)
{
    return {{"id", toHex(view.id)},
            {"state", wordOf(kSealGrantStates, view.state)},
            {"seal", toHex(view.terms.seal)},
            {"sealKind", wordOf(kSealKinds, view.sealKind)},
            {"person", toHex(view.terms.person)},
            {"personName", view.personName},
            {"purpose", view.terms.purpose},
            {"project", view.terms.project},
            {"fromMs", view.terms.fromMs},
            {"untilMs", view.terms.untilMs},
            {"grantedBy", idOrNull(view.grantedBy)},
            {"grantedMs", view.grantedMs},
            {"confirmedBy", view.grantedMs == 0 ? ordered_json(nullptr) : ordered_json(wordOf(kConfirmedBy, view.confirmedBy))},
            {"over", view.over},
            {"standing", wordOf(kSealGrantStandings, view.standing)}};
}

Answered confirmationResponse(Companies &companies, const enterprise::Confirmed &confirmed)
{
    std::vector<Bytes> certificates = confirmed.certificates;
    if (certificates.empty()) {
        HUFU_TRY(service, companies.studio.serviceCertificates());
        certificates = std::move(service);
    }
    ordered_json list = ordered_json::array();
    for (const Bytes &der : certificates)
        list.push_back(toHex(der));
    net::Response response = jsonResponse({{"form", "hufu-confirmation-1"},
                                           {"signed", toHex(confirmed.signedBytes)},
                                           {"statement", confirmed.statement.empty() ? ordered_json(nullptr) : ordered_json(toHex(confirmed.statement))},
                                           {"signature", toHex(confirmed.signature)},
                                           {"certificates", list}});
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"confirmation.json\"");
    return response;
}

net::Response pictureResponse(std::string type, Bytes bytes, const std::string &fileName)
{
    net::Response response = fileResponse(std::move(type), std::move(bytes));
    response.headers = {{"X-Content-Type-Options", "nosniff"}, {"Content-Security-Policy", "default-src 'none'; sandbox"}};
    if (!fileName.empty()) response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
    return response;
}

ordered_json reasonOf(bool byCodeAlone)
{
    return byCodeAlone ? ordered_json("provedByCodeAlone") : ordered_json(nullptr);
}

std::string hfOf(enterprise::Denied denied)
{
    return "HF-" + std::to_string(static_cast<int>(denied));
}

} // namespace hufu::server
