#include "app/server/portal_accounts.h"

#include "shield/base/limits.h"
#include "shield/enterprise/row.h"

#include <algorithm>
#include <sodium.h>

namespace hufu::server {

using enterprise::Denied;
using enterprise::Id;
using ports::Table;

namespace {

struct BindingRow {
    Id certificate{}, person{};
    std::int64_t boundMs = 0;
    static void fields(auto &row, auto &f) { f(row.certificate, row.person, row.boundMs); }
};

struct BelievedRow {
    std::int64_t untilMs = 0; // it can be forgotten then
    static void fields(auto &row, auto &f) { f(row.untilMs); }
};

constexpr std::int64_t kBelievedMs = 2 * (limits::kSessionShownMs + limits::kLoginTimeMs + limits::kResultKeptMs);
constexpr std::size_t kForgottenAtATime = 64, kToldAtATime = 16;

Bytes keyOf(std::string_view kind, ByteView name)
{
    return concat({viewOf("portal/"), viewOf(kind), viewOf("/"), name});
}

bool isName(const std::string &name)
{
    return name.size() >= 3 && name.size() <= 32 && std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Result<Bytes> hashOf(const std::string &password)
{
    char text[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(text, password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return Error(Errc::unavailable, "memory for the password");
    return bytesOf(viewOf(std::string_view(text)));
}

bool fits(ByteView hash, const std::string &password)
{
    return crypto_pwhash_str_verify(textOf(hash).c_str(), password.data(), password.size()) == 0;
}

// In the transaction that makes it so: it cannot be forgotten between the two.
Result<void> say(ports::Transaction &transaction, const PortalAccounts::Word &word)
{
    return enterprise::saveRow(transaction, Table::meta, keyOf("unsaid", word.person), word);
}

} // namespace

Result<void> PortalAccounts::add(const std::string &name, const std::string &password)
{
    if (!isName(name) || password.size() < 8 || password.size() > 128) return Error(Errc::badInput, "portal account");
    HUFU_TRY(hash, hashOf(password));
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(stored, transaction->readForChange(Table::meta, keyOf("account", viewOf(name))));
    if (stored) return Error(Errc::badState, "the name is taken");
    HUFU_CHECK(transaction->write(Table::meta, keyOf("account", viewOf(name)), hash));
    return transaction->commit();
}

Result<void> PortalAccounts::check(const std::string &name, const std::string &password)
{
    if (password.size() > 128) return Error(Errc::refused, "password");
    HUFU_TRY(stored, m_world.ledger.read(Table::meta, keyOf("account", viewOf(name))));
    if (!stored) {
        HUFU_CHECK(hashOf(password)); // takes as long as a check
        return Error(Errc::refused, "account");
    }
    return fits(*stored, password) ? Result<void>() : Error(Errc::refused, "password");
}

PortalAccounts::Verdict<void> PortalAccounts::bind(const std::string &name, const Binding &binding)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(holder, transaction->readForChange(Table::meta, keyOf("person", binding.person)));
    if (holder && textOf(*holder) != name) return Denied::boundElsewhere;
    HUFU_TRY(before, enterprise::findRow<BindingRow>(*transaction, Table::meta, keyOf("binding", viewOf(name))));
    if (before && before->person != binding.person) return Denied::accountBound;
    HUFU_CHECK(transaction->write(Table::meta, keyOf("person", binding.person), viewOf(name)));
    HUFU_CHECK(enterprise::saveRow(*transaction, Table::meta, keyOf("binding", viewOf(name)),
                                   BindingRow{binding.certificate, binding.person, binding.boundMs}));
    const bool isSame = before && before->certificate == binding.certificate; // scanned again
    if (!isSame) HUFU_CHECK(say(*transaction, {binding.person, binding.certificate}));
    return transaction->commit();
}

Result<void> PortalAccounts::unbind(const std::string &name)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(row, enterprise::loadRow<BindingRow>(*transaction, Table::meta, keyOf("binding", viewOf(name))));
    HUFU_CHECK(transaction->remove(Table::meta, keyOf("person", row.person)));
    HUFU_CHECK(transaction->remove(Table::meta, keyOf("binding", viewOf(name))));
    HUFU_CHECK(say(*transaction, {row.person, {}}));
    return transaction->commit();
}

Result<std::optional<PortalAccounts::Binding>> PortalAccounts::bindingOf(const std::string &name)
{
    HUFU_TRY(stored, m_world.ledger.read(Table::meta, keyOf("binding", viewOf(name))));
    if (!stored) return std::optional<Binding>();
    HUFU_TRY(row, enterprise::parseRow<BindingRow>(*stored));
    return std::optional(Binding{row.certificate, row.person, row.boundMs});
}

Result<std::vector<PortalAccounts::Word>> PortalAccounts::untold()
{
    HUFU_TRY(rows, m_world.ledger.scan(Table::meta, keyOf("unsaid", {}), kToldAtATime));
    std::vector<Word> words;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(word, enterprise::parseRow<Word>(value));
        words.push_back(word);
    }
    return words;
}

Result<void> PortalAccounts::told(const Word &word)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(row, enterprise::findRow<Word>(*transaction, Table::meta, keyOf("unsaid", word.person)));
    if (!row || *row != word) return {};
    HUFU_CHECK(transaction->remove(Table::meta, keyOf("unsaid", word.person)));
    return transaction->commit();
}

Result<void> PortalAccounts::believe(const Id &nonce)
{
    const std::int64_t nowMs = m_world.clock.unixMs();
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(before, transaction->readForChange(Table::meta, keyOf("believed", nonce)));
    if (before) return Error(Errc::badState, "believed before");
    HUFU_TRY(rows, transaction->scan(Table::meta, keyOf("believed", {}), kForgottenAtATime));
    for (const auto &[key, value] : rows) {
        const auto row = enterprise::parseRow<BelievedRow>(value);
        if (!row || row->untilMs < nowMs) HUFU_CHECK(transaction->remove(Table::meta, key));
    }
    HUFU_CHECK(enterprise::saveRow(*transaction, Table::meta, keyOf("believed", nonce), BelievedRow{nowMs + kBelievedMs}));
    return transaction->commit();
}

PortalAccounts::Verdict<std::string> PortalAccounts::accountOf(const Id &person)
{
    HUFU_TRY(stored, m_world.ledger.read(Table::meta, keyOf("person", person)));
    if (!stored) return Denied::certificateUnbound;
    return textOf(*stored);
}

} // namespace hufu::server
