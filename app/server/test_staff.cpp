#include "app/server/test_staff.h"

#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"

namespace hufu::server {

using enterprise::Company;
using enterprise::CreditCode;
using enterprise::Id;
using enterprise::Ports;
using ports::Table;

static constexpr std::int64_t kYearMs = 365LL * 86'400'000;

static std::string digits(ports::Random &random, std::size_t count)
{
    std::string out;
    for (const std::uint8_t byte : random.bytes<16>("test-staff"))
        if (out.size() < count) out += static_cast<char>('0' + byte % 10);
    return out;
}

// One that nobody has: the last character is what makes it right.
static Result<std::string> newCode(ports::Random &random)
{
    const std::string stem = "91110108MA" + digits(random, 7);
    for (const char last : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY"))
        if (const auto code = CreditCode::parse(stem + last)) return code->text();
    return Error(Errc::internal, "no check character");
}

static Result<std::optional<Id>> companyNamed(const Ports &ports, std::string_view name)
{
    constexpr std::size_t kLookedAt = 10'000;
    HUFU_TRY(rows, ports.ledger.scan(Table::company, enterprise::rowKey('c', {}), kLookedAt)); // of each code the company
    HUFU_TRY(transaction, ports.ledger.begin());
    for (const auto &[key, owner] : rows) {
        const auto id = fixedBytes<16>(owner);
        if (!id) continue; // a company's own row, whose identifier begins so
        const auto company = enterprise::loadCompany(*transaction, *id);
        if (company && enterprise::companyNameOf(company->name) == enterprise::companyNameOf(name)) return std::optional(*id);
    }
    return std::optional<Id>();
}

static Result<std::optional<Id>> companyOf(const Ports &ports, std::string_view wish)
{
    if (!CreditCode::parse(wish)) return companyNamed(ports, wish);
    HUFU_TRY(transaction, ports.ledger.begin());
    return enterprise::companyOfCode(*transaction, std::string(wish));
}

Result<TestStaff> employ(enterprise::Enterprise &enterprise, const Ports &ports, std::string_view wish, const enterprise::Policy &policy)
{
    if (!enterprise::isName(wish)) return Error(Errc::badInput, "company");
    HUFU_TRY(known, companyOf(ports, wish));
    TestStaff out;
    Id company{};
    if (known) {
        company = *known;
        HUFU_TRY(transaction, ports.ledger.begin());
        HUFU_TRY(entry, enterprise::loadCompany(*transaction, company));
        out.company = std::move(entry);
    } else {
        const bool isCode = static_cast<bool>(CreditCode::parse(wish));
        HUFU_TRY(code, isCode ? Result<std::string>(std::string(wish)) : newCode(ports.random));
        out.company = {isCode ? "测试公司" + code.substr(code.size() - 6) : std::string(wish), code, policy};
        HUFU_TRY(made, enterprise.addCompany(out.company));
        company = made;
    }
    const std::string number = digits(ports.random, 6);
    out.person = {"员工" + number, "13902" + number, {}, "HT" + number}; // the testers' people have four digits
    HUFU_TRY(person, enterprise.addPerson(company, out.person));
    HUFU_TRY(seat, enterprise.addSeat(company, ports.clock.unixMs() + kYearMs));
    HUFU_TRY(opened, enterprise.openGrant(person, seat));
    out.code = opened.code;
    return out;
}

} // namespace hufu::server
