// The legal representative's side of a link: known by the link's token alone.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

namespace hufu::server {

using enterprise::LinkToken;
using net::Reply;
using net::Request;

namespace {

using LinkAct = std::function<Answered(const LinkToken &, const Request &)>;

void add(Routes &routes, Companies &companies, const char *method, const char *pattern, LinkAct act)
{
    routes.add(method, pattern, [&companies, act = std::move(act)](const Request &request, const Reply &reply) {
        if (isForeignOrigin(request)) return reply(problem(403, catalogue::Code::loggedOut));
        const auto token = idOf<32>(request.parameters.at("token"));
        const auto answer = [&] {
            auto done = token ? act(*token, request) : Answered(enterprise::Denied::linkInvalid);
            return done ? *std::move(done) : problemOf(done.error());
        };
        // Nothing is kept for somebody who has no link; whoever has one is known by the target.
        const auto known = token ? companies.legalLinks.isKnown(*token) : Result<bool>(false);
        net::Response response = !known ? problemOf(known.error()) : *known ? companies.guard.once(viewOf("legal"), request, answer) : answer();
        response.headers.emplace_back("Cache-Control", "no-store");
        reply(std::move(response));
    });
}

} // namespace

void addLegalApi(Routes &routes, Companies &companies)
{
    add(routes, companies, "GET", "/legal/v1/{token}", [&](const LinkToken &token, const Request &) -> Answered {
        HUFU_TRY(view, companies.legalLinks.view(token));
        ordered_json services = ordered_json::array();
        for (const std::uint8_t service : companies.identityServices)
            services.push_back(service);
        return jsonResponse({{"purpose", wordOf(kPurposes, view.purpose)},
                             {"companyName", view.companyName},
                             {"legalNameMasked", view.legalNameMasked},
                             {"contactMasked", view.contactMasked},
                             {"codeAllowed", view.codeAllowed},
                             {"successor", view.successor.empty() ? ordered_json(nullptr) : ordered_json(view.successor)},
                             {"identityServices", services}});
    });
    // The seal that he is asked about, as nobody may use it before he has allowed it.
    add(routes, companies, "GET", "/legal/v1/{token}/seal", [&](const LinkToken &token, const Request &) -> Answered {
        HUFU_TRY(face, companies.legalLinks.sealFace(token));
        HUFU_TRY(marked, companies.studio.specimen(face));
        return pictureResponse("image/svg+xml", std::move(marked), "");
    });
    add(routes, companies, "POST", "/legal/v1/{token}/check", [&](const LinkToken &token, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(provider, numberMember(object, "provider", 255, 0));
        HUFU_TRY(task, companies.legalLinks.startCheck(token, static_cast<std::uint8_t>(provider)));
        return jsonResponse({{"address", task.address.empty() ? ordered_json(nullptr) : ordered_json(task.address)}, {"resendAfterMs", task.resendAfterMs}});
    });
    add(routes, companies, "POST", "/legal/v1/{token}/sign", [&](const LinkToken &token, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(digits, optionalText(object, "code"));
        const bool isOwnContact = object.contains("isOwnContact");
        HUFU_TRY(own, isOwnContact ? flagMember(object, "isOwnContact") : Result<bool>(false));
        HUFU_CHECK(companies.legalLinks.sign(token, digits, own));
        return noContent();
    });
    add(routes, companies, "POST", "/legal/v1/{token}/refuse", [&](const LinkToken &token, const Request &) -> Answered {
        HUFU_CHECK(companies.legalLinks.refuse(token));
        return noContent();
    });
}

} // namespace hufu::server
