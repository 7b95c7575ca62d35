// What the console's files share: members of a request, names of states, pages of a list.
#pragma once

#include "app/server/company_api.h"

#include <array>

namespace hufu::server {

using enterprise::Actor;
using enterprise::Id;
using nlohmann::json;
using nlohmann::ordered_json;

inline constexpr std::size_t kPage = 100;

// --- in: a member that is missing, of another type or out of range is badInput, by its name -----------------------------------------

Result<std::string> optionalText(const json &object, Literal name);
Result<std::int64_t> numberMember(const json &object, Literal name, std::int64_t most, std::int64_t otherwise);
Result<bool> flagMember(const json &object, Literal name);
Result<Id> idMember(const json &object, Literal name);
Result<std::vector<enterprise::Agreement>> agreementsOf(const json &object);
// "phone" or "mail".
Result<enterprise::Contact> contactOf(const json &object);
// What the person shows at the console: {"code": the digits of the SMS}; {"face": true} once the check is done; {"shield": true} once
// the phone has signed.
Result<enterprise::Proof> proofOf(const json &object);
// Whether anything of that is in it.
bool isProved(const json &object);
// {"handOverSeen", "project"}: that the sealed bids of whose shield stops were looked at, and the number that was typed where nobody else
// could open one. What is left out was not seen, and not typed; some acts need no body.
struct Look {
    bool isDone = false;
    std::string project;
};
Result<Look> lookIn(const net::Request &request);
// The face service that is asked for: {"provider": its number}.
Result<std::uint8_t> providerOf(const json &object);
// The number in ?name=, zero: there is none.
Result<std::uint64_t> numberIn(const net::Request &request, Literal name);
// The id in the path.
Result<Id> idIn(const net::Request &request);

// One of a list of words; badInput for any other.
template <typename Value, std::size_t N>
Result<Value> wordMember(const json &object, Literal name, const std::array<std::pair<std::string_view, Value>, N> &words)
{
    HUFU_TRY(text, textMember(object, name));
    for (const auto &[word, value] : words)
        if (word == text) return value;
    return Error(Errc::badInput, name);
}

template <typename Value, std::size_t N>
std::string_view wordOf(const std::array<std::pair<std::string_view, Value>, N> &words, Value value)
{
    for (const auto &[word, one] : words)
        if (one == value) return word;
    return "";
}

inline constexpr std::array<std::pair<std::string_view, std::uint8_t>, 4> kRoles = {
    {{"administrator", enterprise::role::kAdministrator},
     {"seal-administrator", enterprise::role::kSealAdministrator},
     {"approver", enterprise::role::kApprover},
     {"bid-staff", enterprise::role::kBidStaff}}};

ordered_json rolesOf(std::uint8_t roles);

// --- out -----------------------------------------------------------------------------------------------------------------

// Where a person shows the face.
net::Response faceResponse(const ports::IdentityService::Task &task);
// Who can still open which sealed bid.
ordered_json handOverJson(const enterprise::Grants::HandOver &page);
ordered_json linkJson(const enterprise::LegalLinks::Sent &link);
ordered_json sealGrantJson(const enterprise::SealGrants::View &view);
// What the service or a shield has signed, as a file that hufu verify confirmation reads.
Answered confirmationResponse(Companies &companies, const enterprise::Confirmed &confirmed);
// A picture is opened by nobody but an <img>: as a page of its own it may do nothing. fileName: of one to be saved; else empty.
net::Response pictureResponse(std::string type, Bytes bytes, const std::string &fileName);
// Of a log-in: the page's cookie; and for a program the token, which no page's script must be able to read.
net::Response openedResponse(const enterprise::ConsoleSessions::Opened &opened, const net::Request &request);
ordered_json idOrNull(const Id &id);
std::string hfOf(enterprise::Denied denied);
// Why a company whose handling person is its legal representative is still to be authenticated; null: it is no such.
ordered_json reasonOf(bool byCodeAlone);

// A page of a list that is there as a whole: what comes after the thing named in ?after=. Errors: notFound (no such thing).
template <typename View, typename IdOf, typename JsonOf>
Result<net::Response> pageOf(const std::vector<View> &views, const net::Request &request, const char *name, IdOf idOf_, JsonOf jsonOf)
{
    std::size_t first = 0;
    if (const auto after = request.query.find("after"); after != request.query.end()) {
        HUFU_TRY(id, idOf<16>(after->second));
        while (first < views.size() && idOf_(views[first]) != id)
            ++first;
        if (first++ == views.size()) return Error(Errc::notFound, "no such page");
    }
    ordered_json list = ordered_json::array();
    const std::size_t end = std::min(views.size(), first + kPage);
    for (std::size_t i = first; i < end; ++i)
        list.push_back(jsonOf(views[i]));
    return jsonResponse({{name, list}, {"next", end < views.size() ? ordered_json(toHex(idOf_(views[end - 1]))) : ordered_json(nullptr)}});
}

// An act on one thing that answers nothing: POST …/{id}/verb.
template <typename Verb> ConsoleAct onOne(Verb verb)
{
    return [verb](const Actor &actor, const net::Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_CHECK(verb(actor, id));
        return noContent();
    };
}

} // namespace hufu::server
