#include "app/catalogue/catalogue.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace hufu::embedded {
extern const std::string catalogueJson;
}

namespace hufu::catalogue {

static std::vector<Entry> load()
{
    std::vector<Entry> entries;
    const auto json = nlohmann::json::parse(embedded::catalogueJson);
    for (const auto &item : json) {
        Entry entry;
        entry.code = static_cast<Code>(item.at("code").get<std::uint16_t>());
        entry.titleZh = item.at("title").at("zh");
        entry.titleEn = item.at("title").at("en");
        entry.causeZh = item.at("cause").at("zh");
        entry.causeEn = item.at("cause").at("en");
        entry.stepsZh = item.at("steps").at("zh").get<std::vector<std::string>>();
        entry.stepsEn = item.at("steps").at("en").get<std::vector<std::string>>();
        entries.push_back(std::move(entry));
    }
    return entries;
}

const std::vector<Entry> &allEntries()
{
    static const std::vector<Entry> kEntries = load();
    return kEntries;
}

std::string codeText(Code code)
{
    return "HF-" + std::to_string(static_cast<unsigned>(code));
}

std::optional<Code> codeOf(std::uint16_t number)
{
    for (const Entry &entry : allEntries())
        if (static_cast<std::uint16_t>(entry.code) == number) return entry.code;
    return std::nullopt;
}

const Entry &entryOf(Code code)
{
    const auto &entries = allEntries();
    const auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry &e) { return e.code == code; });
    if (it == entries.end()) std::abort(); // a code without text is a fault of the build; a test holds it
    return *it;
}

std::optional<Code> foreignOf(std::string_view scanned)
{
    const auto begins = [scanned](std::string_view with) {
        return scanned.size() >= with.size() &&
               std::equal(with.begin(), with.end(), scanned.begin(), [](char a, char b) {
                   return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
               });
    };
    if (scanned.starts_with("HUFU:")) return std::nullopt;
    if (begins("http://") || begins("https://") || begins("www.")) return Code::codeIsWebAddress;
    return Code::frameForeign;
}

Code codeOf(Errc errc)
{
    switch (errc) {
    case Errc::badInput: return Code::malformed;
    case Errc::badState: return Code::wrongState;
    case Errc::notFound: return Code::notFound;
    case Errc::refused: return Code::notAllowed;
    case Errc::wrongPin: return Code::wrongPin;
    case Errc::locked: return Code::locked;
    case Errc::expired: return Code::sessionExpired;
    case Errc::replayed: return Code::frameReplayed;
    case Errc::tampered: return Code::answerUnfit;
    case Errc::unavailable: return Code::serviceDown;
    case Errc::internal: return Code::internal;
    }
    return Code::internal;
}

} // namespace hufu::catalogue
