#include "shield/enterprise/identifiers.h"

#include <algorithm>
#include <array>

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

Result<IdNumber> IdNumber::parse(std::string_view text)
{
    constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view kChecks = "10X98765432";
    if (text.size() != 18 || !isDigits(text.substr(0, 17))) return Error(Errc::badInput, "form of an identity number");
    if (!isDate(text.substr(6, 8))) return Error(Errc::badInput, "birthday of an identity number");
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

bool isPhoneNumber(std::string_view text)
{
    if (text.starts_with('+')) text.remove_prefix(1);
    return text.size() >= 5 && text.size() <= 20 && isDigits(text);
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

bool isDate(std::string_view text)
{
    if (text.size() != 8 || !isDigits(text)) return false;
    const int year = number(text.substr(0, 4)), month = number(text.substr(4, 2)), day = number(text.substr(6, 2));
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const std::array<int, 12> days = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return year >= 1800 && month >= 1 && month <= 12 && day >= 1 && day <= days[static_cast<std::size_t>(month - 1)];
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
