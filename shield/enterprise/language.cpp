#include "shield/enterprise/language.h"

#include "shield/enterprise/grants.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/staff.h"

namespace hufu::enterprise {

namespace {

using ports::Table;

constexpr std::uint8_t kVersion = 1;

// Table::person.
struct LanguageRow {
    std::uint8_t version = kVersion;
    Language language = Language::chinese;
    static void fields(auto &row, auto &f) { f(row.version, row.language); }
};

Bytes languageKey(const Id &company, const Id &person)
{
    return rowKey('l', {company, person});
}

} // namespace

std::optional<Language> languageOf(std::string_view tag)
{
    if (tag == "zh-CN") return Language::chinese;
    if (tag == "en") return Language::english;
    return std::nullopt;
}

Result<void> keepLanguage(ports::LedgerStore &ledger, const Id &company, const Id &person, Language language)
{
    const Bytes key = languageKey(company, person), row = encodeRow(LanguageRow{kVersion, language});
    HUFU_TRY(kept, ledger.read(Table::person, key)); // almost always the same: nothing is locked for it
    if (kept && *kept == row) return {};
    HUFU_TRY(transaction, ledger.begin());
    HUFU_CHECK(transaction->write(Table::person, key, row));
    return transaction->commit();
}

Result<void> keepLanguageOf(ports::LedgerStore &ledger, const Id &acct, Language language)
{
    HUFU_TRY(transaction, ledger.begin());
    HUFU_TRY(grant, loadGrantOf(*transaction, acct));
    transaction.reset();
    return keepLanguage(ledger, grant.second.company, grant.second.person, language);
}

Result<Language> languageOf(ports::Transaction &transaction, const Id &company, const Id &person)
{
    // A courtesy, which holds nothing up: whoever's row cannot be read is written to as if it were not there.
    const auto row = findRow<LanguageRow>(transaction, Table::person, languageKey(company, person));
    if (!row && row.error().code == Errc::unavailable) return row.error();
    const bool isKnown = row && *row && (*row)->version == kVersion;
    return isKnown && (*row)->language == Language::english ? Language::english : Language::chinese;
}

Result<std::optional<Language>> languageOfNumber(ports::Transaction &transaction, const Ports &ports, const Id &company, std::string_view phoneNumber)
{
    using Known = std::optional<Language>;
    const auto person = personOf(transaction, ports, company, phoneNumber);
    if (!person && person.error().code != Errc::unavailable) return Known(); // nobody, or somebody who cannot be read
    HUFU_CHECK(person);
    HUFU_TRY(language, languageOf(transaction, company, *person));
    return Known(language);
}

Result<void> forgetLanguage(ports::Transaction &transaction, const Id &company, const Id &person)
{
    return transaction.remove(Table::person, languageKey(company, person));
}

} // namespace hufu::enterprise
