#include "app/desk/wish.h"

#include "shield/intent/manifest.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace hufu::desk_app {

namespace {

constexpr std::size_t kHostMost = 253, kToolMost = 64, kTextMost = 255, kHintMost = 600;
constexpr double kLastMs = 253'402'300'799'999.0; // the end of the year 9999

// Letters, digits and hyphens between dots.
bool isHost(std::string_view host)
{
    if (host.empty() || host.size() > kHostMost) return false;
    bool atLabel = true; // a label begins here
    for (const char c : host) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (c == '.' ? atLabel : !isPlain && (c != '-' || atLabel)) return false;
        atLabel = c == '.';
    }
    return !atLabel;
}

bool isPort(std::string_view port)
{
    if (port.empty() || port.size() > 5 || port.front() == '0') return false;
    if (!std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; })) return false;
    return std::stoi(std::string(port)) <= 65'535;
}

bool isOfThisComputer(std::string_view host)
{
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

// Of the keys of object, each is one of these.
bool hasNoneBut(const QJsonObject &object, std::initializer_list<const char *> known)
{
    return std::ranges::all_of(object.keys(), [&](const QString &key) {
        return std::ranges::any_of(known, [&](const char *one) { return key == QLatin1String(one); });
    });
}

// A missing member is an empty text.
Result<QString> textOf(const QJsonObject &object, const char *name, std::size_t most)
{
    const QJsonValue value = object.value(QLatin1String(name));
    if (value.isUndefined()) return QString();
    if (!value.isString()) return Error(Errc::badInput, "not a text");
    HUFU_CHECK(intent::checkText(value.toString().toStdString(), most));
    return value.toString().trimmed();
}

Result<std::optional<std::int64_t>> timeOf(const QJsonObject &object, const char *name)
{
    const QJsonValue value = object.value(QLatin1String(name));
    if (value.isUndefined()) return std::optional<std::int64_t>();
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < 0 || number > kLastMs || number != std::floor(number)) return Error(Errc::badInput, "not a time");
    return std::optional(static_cast<std::int64_t>(number));
}

} // namespace

Result<Site> Site::parse(std::string_view text)
{
    const auto mark = text.find("://");
    if (mark == std::string_view::npos) return Error(Errc::badInput, "not an origin");
    const std::string_view scheme = text.substr(0, mark), rest = text.substr(mark + 3);
    const Site site{QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), scheme == "tool"};
    if (site.isProgram) {
        if (rest.size() > kToolMost || !isHost(rest)) return Error(Errc::badInput, "a program's name");
        return site;
    }
    if (scheme != "https" && scheme != "http") return Error(Errc::badInput, "scheme");
    // "[::1]" has colons of its own.
    const auto colon = rest.find(':', rest.starts_with('[') ? std::min(rest.find(']'), rest.size()) : 0);
    const std::string_view host = rest.substr(0, colon);
    if (colon != std::string_view::npos && !isPort(rest.substr(colon + 1))) return Error(Errc::badInput, "port");
    if (!isOfThisComputer(host) && (scheme == "http" || !isHost(host))) return Error(Errc::badInput, "host");
    return site;
}

Result<Wish> Wish::parse(ByteView body)
{
    if (body.size() > kBodyMax) return Error(Errc::badInput, "too long");
    QJsonParseError failure;
    const auto document = QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char *>(body.data()), static_cast<qsizetype>(body.size())), &failure);
    if (failure.error != QJsonParseError::NoError || !document.isObject()) return Error(Errc::badInput, "not a JSON object");
    const QJsonObject json = document.object();
    if (!hasNoneBut(json, {"act", "project", "openingMs", "hint"})) return Error(Errc::badInput, "an unknown member");

    Wish wish;
    const QString act = json.value(QLatin1String("act")).toString();
    if (act != QLatin1String("seal") && act != QLatin1String("open")) return Error(Errc::badInput, "act");
    wish.act = act == QLatin1String("seal") ? Act::seal : Act::open;
    const QJsonValue project = json.value(QLatin1String("project"));
    if (!project.isUndefined()) {
        if (!project.isObject() || !hasNoneBut(project.toObject(), {"id", "name", "package"})) return Error(Errc::badInput, "project");
        HUFU_TRY(id, textOf(project.toObject(), "id", kTextMost));
        HUFU_TRY(name, textOf(project.toObject(), "name", kTextMost));
        HUFU_TRY(package, textOf(project.toObject(), "package", kTextMost));
        wish.projectId = std::move(id);
        wish.projectName = std::move(name);
        wish.package = std::move(package);
    }
    HUFU_TRY(hint, textOf(json, "hint", kHintMost));
    wish.hint = std::move(hint);
    HUFU_TRY(openingMs, timeOf(json, "openingMs"));
    wish.openingMs = openingMs;
    if (wish.act == Act::seal && (wish.projectId.isEmpty() || wish.projectName.isEmpty())) return Error(Errc::badInput, "a bid without its project");
    if (wish.act == Act::open && wish.openingMs) return Error(Errc::badInput, "what is opened has its hour inside");
    return wish;
}

} // namespace hufu::desk_app
