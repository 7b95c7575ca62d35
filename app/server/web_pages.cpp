#include "app/server/web_pages.h"

#include "app/server/phone_packages.h"
#include "app/server/problem.h"
#include "app/server/qr.h"

#include <map>

namespace hufu::embedded {

// Made by the build: "/web/" and the name in app/server/web -> text.
extern const std::map<std::string, std::string> webFiles;

} // namespace hufu::embedded

namespace hufu::server {

using net::Reply;
using net::Request;

namespace {

std::string typeOf(std::string_view name)
{
    if (name.ends_with(".html")) return "text/html; charset=utf-8";
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml";
    return "application/json";
}

net::Response fileOf(const std::string &name)
{
    net::Response response = fileResponse(typeOf(name), bytesOf(viewOf(embedded::webFiles.at(name))));
    // The portal's page alone looks for a desk on its person's computer.
    const std::string desk = name == "/web/portal.html" ? " http://127.0.0.1:19531 http://127.0.0.1:24531 http://127.0.0.1:29531" : "";
    response.headers = {{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
                                                    "connect-src 'self'" + desk + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Cross-Origin-Opener-Policy", "same-origin"},
                        {"Cache-Control", "no-cache"}};
    return response;
}

} // namespace

std::optional<net::Response> unknownPage(const Request &request)
{
    const auto accept = request.header("accept");
    const bool isPersons = request.method == "GET" && accept && accept->find("text/html") != std::string_view::npos;
    if (!isPersons || request.path.find("/v1") != std::string::npos) return std::nullopt;
    net::Response response = fileOf("/web/nowhere.html");
    response.status = 404;
    return response;
}

void addWebPages(Routes &routes, PageSet pages)
{
    const auto page = [&](const char *path, const std::string &name) {
        routes.add("GET", path, [&name](const Request &, const Reply &reply) { reply(fileOf(name)); });
    };
    for (const auto &[name, text] : embedded::webFiles) {
        if (name == "/web/app.html" && pages.portal) page("/app", name);
        if (name == "/web/console.html") page("/console", name);
        if (name == "/web/legal.html") page("/legal", name);
        if (name == "/web/portal.html" && pages.portal) page("/portal", name);
        if (name == "/web/outside.html" && pages.outside) page("/outside", name);
        if (!name.ends_with(".html")) page(name.c_str(), name);
    }
    if (pages.portal) addPhonePackages(routes); // an operator hands out packages of his own
    routes.add("POST", "/web/v1/qr", [](const Request &request, const Reply &reply) {
        const auto code = [&]() -> Result<nlohmann::ordered_json> {
            HUFU_TRY(object, parseObject(request.body));
            HUFU_TRY(text, textMember(object, "text"));
            return qrOf(text);
        }();
        reply(code ? jsonResponse(*code) : problemOf(code.error()));
    });
}

} // namespace hufu::server
