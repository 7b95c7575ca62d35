// Numbers that name companies and persons: parsed once, check digits and all, and masked wherever they are shown.
#pragma once

#include "shield/base/bytes.h"

#include <string>
#include <string_view>

namespace hufu::enterprise {

// Unified social credit code. Source: GB 32100-2015, 4 and annex (check character, MOD 31-3).
class CreditCode {
public:
    // 18 characters, upper case, right check character. Errors: badInput.
    static Result<CreditCode> parse(std::string_view text);
    const std::string &text() const { return m_text; }

private:
    explicit CreditCode(std::string_view text) : m_text(text) {}
    std::string m_text;
};

// Registration number of a licence from before the unified code: 15 digits. Source: GS 15-2006, check digit by
// ISO 7064 MOD 11,10.
class RegistrationNumber {
public:
    // Errors: badInput.
    static Result<RegistrationNumber> parse(std::string_view text);
    const std::string &text() const { return m_text; }

private:
    explicit RegistrationNumber(std::string_view text) : m_text(text) {}
    std::string m_text;
};

// Resident identity number. Source: GB 11643-1999 (check character by ISO 7064 MOD 11-2; a birthday that has been).
class IdNumber {
public:
    // 18 characters, the last a digit or X (x is read as X); born on a day that has been, as isBirthday judges it. Errors: badInput.
    static Result<IdNumber> parse(std::string_view text, std::int64_t nowMs);
    const std::string &text() const { return m_text; }
    std::string birthday() const { return m_text.substr(6, 8); } // "YYYYMMDD"

private:
    explicit IdNumber(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

// What programs call something: 1 to most bytes without control characters.
bool isPlainText(std::string_view text, std::size_t most = 200);
// Without the white space around it, of whatever script.
std::string trimmed(std::string_view text);
// What is shown or signed as somebody's or something's name: UTF-8 of 1 to most bytes, trimmed, in which at least one character
// shows, and none that is a control or format character (Cc, Cf, Zl, Zp), so that it reads as it is.
bool isName(std::string_view text, std::size_t most = 200);
// One company's name has one form, by which names are compared, of whatever keyboard or bank they come: letters, digits and signs of half
// width; brackets （） where something in it is no ASCII, () where nothing is; blanks between two words of ASCII alone, one each.
// In: UTF-8. What is none comes back as it is.
std::string companyNameOf(std::string_view text);
// One number has one form: a mainland mobile number's eleven digits; another country's + and 8 to 15 digits. Blanks, hyphens and
// brackets are dropped, and 0086 or +86 is. Errors: badInput.
Result<std::string> phoneNumberOf(std::string_view text);
// Something, one @, a domain with a dot; no blanks; at most 254 bytes.
bool isMailAddress(std::string_view text);
// 8 to 32 digits.
bool isBankAccount(std::string_view text);
// "YYYYMMDD" of a day that exists, from 1900 to today in Beijing.
bool isBirthday(std::string_view text, std::int64_t nowMs);
// The same day and time of day that many years later, in Beijing; of 29 February where there is none, 1 March.
std::int64_t yearsLater(std::int64_t ms, unsigned years);

// For showing. Shorter than expected text is masked whole.
std::string maskedName(std::string_view name);           // 张三丰 -> 张**
std::string maskedPhoneNumber(std::string_view number);  // 13800138000 -> 138****8000
std::string maskedMailAddress(std::string_view address); // staff@a.cn -> s****@a.cn
std::string maskedIdNumber(std::string_view number);     // 110***********002X
std::string maskedBankAccount(std::string_view account); // ***********7890

} // namespace hufu::enterprise
