#include "shield/enterprise/identifiers.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace hufu::enterprise {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isDigit);
}

int number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

// The next character of UTF-8, taken from the text. Nothing: not UTF-8. Source: Unicode 15, table 3-7.
std::optional<char32_t> takeCharacter(std::string_view &text)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xc2 ? 0 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : byte(0) < 0xf5 ? 4 : 0;
    if (length == 0 || text.size() < length) return std::nullopt;
    char32_t value = length == 1 ? byte(0) : byte(0) & (0x7fU >> length);
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xc0) != 0x80) return std::nullopt;
        value = value << 6 | (byte(at) & 0x3fU);
    }
    const bool tooLong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (tooLong || (value >= 0xd800 && value < 0xe000) || value > 0x10ffff) return std::nullopt;
    text.remove_prefix(length);
    return value;
}

// In: a character of the basic plane.
void append(std::string &text, char32_t c)
{
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 0x3f))};
    } else {
        text += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
    }
}

struct Range {
    char32_t first, last;
};

bool isAmong(std::span<const Range> ranges, char32_t c)
{
    return std::ranges::any_of(ranges, [c](const Range &range) { return c >= range.first && c <= range.last; });
}

// White_Space of Unicode 15.
bool isBlank(char32_t c)
{
    static constexpr std::array<Range, 10> kBlanks = {{{0x9, 0xd}, {0x20, 0x20}, {0x85, 0x85}, {0xa0, 0xa0}, {0x1680, 0x1680}, {0x2000, 0x200a},
                                                       {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}}};
    return isAmong(kBlanks, c);
}

// Letters and signs that show nothing: the fillers of Hangul, and Braille without a dot.
bool isInvisible(char32_t c)
{
    return isBlank(c) || c == 0x115f || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xffa0;
}

// Cc, Cf, Zl and Zp of Unicode 15, and what is no character.
bool isHidden(char32_t c)
{
    static constexpr std::array<Range, 25> kHidden = {
        {{0x0, 0x1f}, {0x7f, 0x9f}, {0xad, 0xad}, {0x600, 0x605}, {0x61c, 0x61c}, {0x6dd, 0x6dd}, {0x70f, 0x70f}, {0x890, 0x891}, {0x8e2, 0x8e2},
         {0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfdd0, 0xfdef}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb},
         {0xfffe, 0xffff}, {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
         {0xe0001, 0xe0001}, {0xe0020, 0xe007f}, {0xf0000, 0x10ffff}}};
    return isAmong(kHidden, c);
}

constexpr std::int64_t kBeijingMs = std::int64_t{8} * 3'600'000;

std::chrono::sys_time<std::chrono::milliseconds> inBeijing(std::int64_t ms)
{
    return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(ms + kBeijingMs));
}

// "YYYYMMDD" of a day that exists.
std::optional<std::chrono::year_month_day> dateOf(std::string_view text)
{
    if (text.size() != 8 || !isDigits(text)) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(number(text.substr(0, 4))),
                                           std::chrono::month(static_cast<unsigned>(number(text.substr(4, 2)))),
                                           std::chrono::day(static_cast<unsigned>(number(text.substr(6, 2))))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

// Keeps head and tail bytes, and at least three stars between them.
std::string maskedBetween(std::string_view text, std::size_t head, std::size_t tail)
{
    if (text.size() < head + tail + 3) return std::string(text.size(), '*');
    std::string out(text);
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(head), out.end() - static_cast<std::ptrdiff_t>(tail), '*');
    return out;
}

} // namespace

Result<CreditCode> CreditCode::parse(std::string_view text)
{
    constexpr std::string_view kCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // without I, O, S, V, Z
    constexpr std::size_t kLength = 18;
    if (text.size() != kLength) return Error(Errc::badInput, "length of a credit code");
    std::size_t sum = 0, weight = 1; // weight: 3^i mod 31
    for (std::size_t i = 0; i < kLength; ++i) {
        const std::size_t value = kCharacters.find(text[i]);
        if (value == std::string_view::npos) return Error(Errc::badInput, "character of a credit code");
        if (i >= 2 && i < 8 && value > 9) return Error(Errc::badInput, "region of a credit code");
        if (i == kLength - 1 && value != (31 - sum % 31) % 31) return Error(Errc::badInput, "check character of a credit code");
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return CreditCode(text);
}

Result<RegistrationNumber> RegistrationNumber::parse(std::string_view text)
{
    if (text.size() != 15 || !isDigits(text)) return Error(Errc::badInput, "form of a registration number");
    int product = 10;
    for (std::size_t i = 0; i < 14; ++i) {
        const int sum = (product + (text[i] - '0')) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    if (text[14] - '0' != (11 - product) % 10) return Error(Errc::badInput, "check digit of a registration number");
    return RegistrationNumber(text);
}

Result<IdNumber> IdNumber::parse(std::string_view text, std::int64_t nowMs)
{
    constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view kChecks = "10X98765432";
    if (text.size() != 18 || !isDigits(text.substr(0, 17))) return Error(Errc::badInput, "form of an identity number");
    if (!isBirthday(text.substr(6, 8), nowMs)) return Error(Errc::badInput, "birthday of an identity number");
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i)
        sum += (text[i] - '0') * kWeights[i];
    std::string upper(text);
    if (upper.back() == 'x') upper.back() = 'X';
    if (upper.back() != kChecks[static_cast<std::size_t>(sum % 11)])
        return Error(Errc::badInput, "check character of an identity number");
    return IdNumber(std::move(upper));
}

bool isPlainText(std::string_view text, std::size_t most)
{
    return !text.empty() && text.size() <= most &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string trimmed(std::string_view text)
{
    std::size_t first = text.size(), last = 0; // of what is no blank
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t at = text.size() - rest.size();
        const auto c = takeCharacter(rest);
        if (!c) rest.remove_prefix(1);
        if (c && isBlank(*c)) continue;
        first = std::min(first, at);
        last = text.size() - rest.size();
    }
    return first < last ? std::string(text.substr(first, last - first)) : std::string();
}

bool isName(std::string_view text, std::size_t most)
{
    if (text.empty() || text.size() > most || trimmed(text) != text) return false;
    bool shows = false;
    while (!text.empty()) {
        const auto c = takeCharacter(text);
        if (!c || isHidden(*c)) return false;
        shows = shows || !isInvisible(*c);
    }
    return shows;
}

std::string companyNameOf(std::string_view text)
{
    constexpr char32_t kWideFirst = 0xff01, kWideLast = 0xff5e, kWider = 0xfee0; // the full forms of 0x21 to 0x7e
    constexpr char32_t kOpen = 0xff08, kClose = 0xff09;
    struct Sign {
        char32_t c = 0;
        std::string_view own; // as it stands there
    };
    std::vector<Sign> signs;
    bool isAscii = true;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view before = rest;
        const auto c = takeCharacter(rest);
        if (!c) return std::string(text);
        const bool isWide = *c >= kWideFirst && *c <= kWideLast;
        signs.push_back({isBlank(*c) ? U' ' : isWide ? *c - kWider : *c, before.substr(0, before.size() - rest.size())});
        isAscii = isAscii && signs.back().c < 0x80;
    }
    std::string out;
    bool isBlankDue = false, isLastAscii = false; // a blank before the first word is none
    for (const Sign &sign : signs) {
        if (sign.c == U' ') {
            isBlankDue = true;
            continue;
        }
        const char32_t c = isAscii ? sign.c : sign.c == U'(' ? kOpen : sign.c == U')' ? kClose : sign.c;
        if (std::exchange(isBlankDue, false) && isLastAscii && c < 0x80) out += ' ';
        isLastAscii = c < 0x80;
        if (c > 0xffff)
            out += sign.own;
        else
            append(out, c);
    }
    return out;
}

Result<std::string> phoneNumberOf(std::string_view text)
{
    std::string digits;
    bool isForeign = false;
    for (const char c : trimmed(text)) {
        if (c == '+' && digits.empty() && !isForeign)
            isForeign = true;
        else if (isDigit(c))
            digits += c;
        else if (c != ' ' && c != '-' && c != '(' && c != ')')
            return Error(Errc::badInput, "phoneNumber");
    }
    if (!isForeign && digits.starts_with("00")) {
        isForeign = true;
        digits.erase(0, 2);
    }
    if (isForeign && digits.starts_with("86")) {
        isForeign = false;
        digits.erase(0, 2);
    }
    if (isForeign) {
        if (digits.size() < 8 || digits.size() > 15 || digits.front() == '0') return Error(Errc::badInput, "phoneNumber");
        return "+" + digits;
    }
    if (digits.size() != 11 || digits[0] != '1' || digits[1] < '3') return Error(Errc::badInput, "phoneNumber");
    return digits;
}

bool isMailAddress(std::string_view text)
{
    const std::size_t at = text.find('@');
    if (text.size() > 254 || at == 0 || at == std::string_view::npos) return false;
    const std::string_view domain = text.substr(at + 1);
    const std::size_t dot = domain.find('.');
    return domain.find('@') == std::string_view::npos && dot != 0 && dot != std::string_view::npos && domain.back() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool isBankAccount(std::string_view text)
{
    return text.size() >= 8 && text.size() <= 32 && isDigits(text);
}

bool isBirthday(std::string_view text, std::int64_t nowMs)
{
    const auto date = dateOf(text);
    return date && date->year() >= std::chrono::year(1900) && std::chrono::sys_days(*date) <= inBeijing(nowMs);
}

std::int64_t yearsLater(std::int64_t ms, unsigned years)
{
    const auto time = inBeijing(ms);
    const auto day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::year_month_day date{day};
    date += std::chrono::years(years);
    if (!date.ok()) date = {date.year(), std::chrono::March, std::chrono::day(1)};
    const std::chrono::milliseconds later = std::chrono::sys_days(date).time_since_epoch() + (time - day);
    return later.count() - kBeijingMs;
}

std::string maskedName(std::string_view name)
{
    std::string out;
    bool first = true;
    for (const char c : name) {
        const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
        if (!continues && !out.empty()) first = false;
        if (first)
            out += c;
        else if (!continues)
            out += '*';
    }
    return out;
}

std::string maskedPhoneNumber(std::string_view text)
{
    return maskedBetween(text, 3, 4);
}

std::string maskedMailAddress(std::string_view address)
{
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos || at == 0) return std::string(address.size(), '*');
    return std::string(1, address.front()) + "****" + std::string(address.substr(at));
}

std::string maskedIdNumber(std::string_view text)
{
    return maskedBetween(text, 3, 4);
}

std::string maskedBankAccount(std::string_view account)
{
    return maskedBetween(account, 0, 4);
}

} // namespace hufu::enterprise
