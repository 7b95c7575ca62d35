#include "shield/intent/manifest.h"

#include <algorithm>
#include <cstdlib>
#include <utf8proc.h>

namespace hufu::intent {

namespace {

bool fitToShow(utf8proc_int32_t character)
{
    const utf8proc_property_t *property = utf8proc_get_property(character);
    if (property->ignorable) return false; // drawn as nothing
    switch (property->category) {
    case UTF8PROC_CATEGORY_CC: // control
    case UTF8PROC_CATEGORY_CF: // format, with all bidirectional controls
    case UTF8PROC_CATEGORY_CS: // half of a pair
    case UTF8PROC_CATEGORY_CO: // private use
    case UTF8PROC_CATEGORY_CN: // unassigned
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

bool isNfc(std::string_view text)
{
    utf8proc_uint8_t *composed = nullptr;
    const utf8proc_ssize_t size = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t *>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
        &composed, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const bool same = size >= 0 && sameBytes(viewOf(text), {composed, static_cast<std::size_t>(size)});
    std::free(composed);
    return same;
}

} // namespace

Result<void> checkText(std::string_view text, std::size_t most)
{
    if (text.size() > most) return Error(Errc::badInput, "text too long");
    // ASCII between the controls is all of it fit to show, and NFC.
    if (std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; })) return {};
    const auto *at = reinterpret_cast<const utf8proc_uint8_t *>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t character = 0;
        const utf8proc_ssize_t used = utf8proc_iterate(at, left, &character);
        if (used <= 0) return Error(Errc::badInput, "not UTF-8");
        if (!fitToShow(character)) return Error(Errc::badInput, "a character that cannot be shown");
        at += used;
        left -= used;
    }
    if (!text.empty() && !isNfc(text)) return Error(Errc::badInput, "not NFC");
    return {};
}

} // namespace hufu::intent
