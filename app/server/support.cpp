#include "app/server/support.h"

namespace hufu::server {

using net::Reply;
using net::Request;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t kSettingMost = 120;    // bytes of a setting
constexpr std::size_t kReportMost = 8192; // of a case, without its picture
constexpr const char *kTexts[] = {"person", "group", "hotline", "hours"};

bool isText(const json &value)
{
    if (!value.is_string()) return false;
    const std::string text = value.get<std::string>();
    return !text.empty() && text.size() <= kSettingMost && text.find_first_of("\r\n\t") == std::string::npos;
}

} // namespace

ordered_json Support::placeholders()
{
    return {{"person", {{"zh", "客户服务部（演示）"}, {"en", "customer service (demo)"}}},
            {"group", {{"zh", "虎符用户服务群（演示）"}, {"en", "Hufu users (demo)"}}},
            {"hotline", {{"zh", "400-000-0000（演示）"}, {"en", "400-000-0000 (demo)"}}},
            {"hours", {{"zh", "工作日 8:30–17:30（演示）"}, {"en", "working days 8:30 to 17:30 (demo)"}}},
            {"chat", "https://support.example/hufu"}};
}

Result<ordered_json> Support::parse(ByteView file)
{
    const auto given = json::parse(file.begin(), file.end(), nullptr, false);
    if (!given.is_object()) return Error(Errc::badInput, "support.json is no JSON object");
    ordered_json settings{{"person", nullptr}, {"group", nullptr}, {"hotline", nullptr}, {"hours", nullptr}, {"chat", nullptr}};
    for (const auto &[name, value] : given.items()) {
        if (name == "chat") {
            if (!isText(value) || !value.get<std::string>().starts_with("https://")) return Error(Errc::badInput, "support.json: chat is no https address");
            settings["chat"] = value;
            continue;
        }
        const bool known = std::ranges::find(kTexts, name) != std::end(kTexts);
        if (!known || !value.is_object() || value.size() != 2 || !isText(value.value("zh", json())) || !isText(value.value("en", json())))
            return Error(Errc::badInput, "support.json: a setting that is not known, or not in both languages");
        settings[name] = {{"zh", value.at("zh")}, {"en", value.at("en")}};
    }
    return settings;
}

Result<Support::Case> Support::caseOf(const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    enterprise::SupportCase report;
    HUFU_TRY(page, textMember(object, "page"));
    HUFU_TRY(language, textMember(object, "language"));
    HUFU_TRY(browser, textMember(object, "browser"));
    HUFU_TRY(words, textMember(object, "words"));
    report.page = page;
    report.language = language;
    report.browser = browser;
    report.words = words;
    const auto codes = object.find("codes");
    if (codes == object.end() || !codes->is_array()) return Error(Errc::badInput, "codes");
    for (const json &code : *codes) {
        if (!code.is_string()) return Error(Errc::badInput, "codes");
        report.codes.push_back(code.get<std::string>());
    }
    Bytes picture;
    if (object.contains("picture")) {
        HUFU_TRY(hex, textMember(object, "picture"));
        HUFU_TRY(bytes, fromHex(hex));
        picture = std::move(bytes);
    }
    return Case{std::move(report), std::move(picture)};
}

void Support::add(Routes &routes)
{
    routes.add("GET", "/support/v1", [this](const Request &, const Reply &reply) { reply(jsonResponse(m_settings)); });
    const auto open = [this](const Request &request, const Reply &reply) {
        if (isForeignOrigin(request)) return reply(problem(403, catalogue::Code::loggedOut));
        auto report = caseOf(request);
        if (!report) return reply(problemOf(report.error()));
        // Nobody is logged in: the key is one of this network's, and no more of them are kept than it may send cases.
        const auto take = [&] {
            const auto number = m_cases.open(std::move(report->report), report->picture);
            return number ? jsonResponse({{"number", *number}}, 201) : problemOf(number.error());
        };
        reply(m_guard.once(viewOf("support/" + request.caller), request, take, [&] { return m_rate.take(request.caller, m_clock.monotonicMs()); }));
    };
    routes.add("POST", "/support/v1/cases", open, 2 * enterprise::SupportCases::kPictureMost + kReportMost);
}

} // namespace hufu::server
