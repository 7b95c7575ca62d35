// In which language a person is written to: the one that was last chosen at the pages or on the phone. Which it is, is all that is kept.
#pragma once

#include "shield/enterprise/ports.h"

#include <optional>
#include <string_view>

namespace hufu::enterprise {

enum class Language : std::uint8_t { chinese = 1, english };

// "zh-CN" or "en", as pages and phones say it; nothing: neither.
std::optional<Language> languageOf(std::string_view tag);

// Of somebody who has just shown who it is. Writes nothing where it is the same. Errors: unavailable.
Result<void> keepLanguage(ports::LedgerStore &ledger, const Id &company, const Id &person, Language language);
// The same for the holder of an account. Errors: notFound (the grant has ended); refused (it is suspended); unavailable.
Result<void> keepLanguageOf(ports::LedgerStore &ledger, const Id &acct, Language language);

// --- in the caller's transaction. Errors: unavailable ---------------------------------------------------------------------

// Chinese where it is not known, or its row cannot be read.
Result<Language> languageOf(ports::Transaction &transaction, const Id &company, const Id &person);
// Of whoever of the company's people has this number. Nothing: nobody has it, or who has it cannot be read.
Result<std::optional<Language>> languageOfNumber(ports::Transaction &transaction, const Ports &ports, const Id &company, std::string_view phoneNumber);
// Of a person who is gone.
Result<void> forgetLanguage(ports::Transaction &transaction, const Id &company, const Id &person);

} // namespace hufu::enterprise
