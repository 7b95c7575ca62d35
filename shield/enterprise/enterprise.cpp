// The company's side: who there is, and who may hold what.
#include "shield/enterprise/enterprise.h"

#include "shield/audit/log.h"
#include "shield/enterprise/registry_rows.h"

#include <algorithm>

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;

constexpr std::size_t kTextMax = 200; // bytes
constexpr std::string_view kDemoKey = "demo-grant";
constexpr std::int64_t kYearMs = std::int64_t{365} * 24 * 3'600'000;

bool isText(std::string_view text)
{
    return !text.empty() && text.size() <= kTextMax &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isPhoneNumber(std::string_view text)
{
    if (text.starts_with('+')) text.remove_prefix(1);
    return text.size() >= 5 && text.size() <= 20 && isDigits(text);
}

bool isCreditCode(std::string_view text)
{
    return text.size() == 18 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
           });
}

// Puts a new code into the grant, and takes the old one out of use.
Result<ActivationCode> giveCode(ports::Transaction &transaction, const Id &grant, GrantRow &row, ports::Random &random,
                                std::int64_t nowMs)
{
    if (row.codeSm3 != ByteArray<32>{}) HUFU_CHECK(transaction.remove(Table::code, activationKey(row.codeSm3)));
    const auto code = random.bytes<16>("activation-code");
    row.codeSm3 = sm3OfCode(code);
    row.codeMadeMs = nowMs;
    row.numberTries = 0;
    HUFU_CHECK(transaction.write(Table::code, activationKey(row.codeSm3), grant));
    HUFU_CHECK(transaction.write(Table::grant, grantKey(grant), row.encode()));
    return code;
}

} // namespace

const std::vector<Agreement> &agreementsInForce()
{
    static const std::vector<Agreement> agreements = {{"service", 1}, {"privacy", 1}, {"certificate", 1}};
    return agreements;
}

Enterprise::Enterprise(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
                       codes::SmsCodes &smsCodes, FaceServices faces)
    : m_ledger(ledger), m_masterKey(masterKey), m_random(random), m_clock(clock), m_smsCodes(smsCodes),
      m_faces(std::move(faces))
{}

Result<Id> Enterprise::addCompany(const Company &company)
{
    if (!isText(company.name) || !isCreditCode(company.creditCode)) return Error(Errc::badInput, "company");
    if ((company.policy.activation & kSms) == 0) return Error(Errc::badInput, "activation without SMS");
    const Id id = m_random.bytes<16>("company-id");
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_CHECK(transaction->write(Table::company, id, encodeCompany(company)));
    HUFU_CHECK(transaction->commit());
    return id;
}

Result<Id> Enterprise::addPerson(const Id &company, const Person &person)
{
    const bool birthdayFits = person.birthday.empty() || (person.birthday.size() == 8 && isDigits(person.birthday));
    if (!isText(person.name) || !isText(person.staffNumber) || !isPhoneNumber(person.phoneNumber) || !birthdayFits)
        return Error(Errc::badInput, "person");
    const Id id = m_random.bytes<16>("person-id");
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_CHECK(loadCompany(*transaction, company));
    HUFU_TRY(sealed, sealPerson(m_masterKey, id, {company, person}));
    HUFU_CHECK(transaction->write(Table::person, id, sealed));
    HUFU_CHECK(transaction->commit());
    return id;
}

Result<Id> Enterprise::addSeat(const Id &company, std::int64_t validUntilMs)
{
    const Id id = m_random.bytes<16>("seat-id");
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_CHECK(loadCompany(*transaction, company));
    HUFU_CHECK(transaction->write(Table::seat, id, SeatRow{company, {}, {}, validUntilMs}.encode()));
    HUFU_CHECK(transaction->commit());
    return id;
}

Result<void> Enterprise::renewSeat(const Id &acct, std::int64_t validUntilMs)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(found, loadGrantOf(*transaction, acct));
    const auto &[grant, row] = found;
    HUFU_TRY(seat, loadSeat(*transaction, row.seat));
    if (seat.grant != grant) return Error(Errc::badState, "the seat is another grant's");
    seat.validUntilMs = validUntilMs;
    HUFU_CHECK(transaction->write(Table::seat, row.seat, seat.encode()));
    HUFU_CHECK(audit::append(*transaction, row.company, {Event::seatRenewed, m_clock.unixMs(), grant, {}, 0}));
    return transaction->commit();
}

Result<Enterprise::OpenedGrant> Enterprise::openGrant(const Id &person, const Id &seat)
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(who, loadPerson(*transaction, m_masterKey, person));
    HUFU_TRY(place, loadSeat(*transaction, seat));
    if (place.company != who.company) return Error(Errc::refused, "seat of another company");
    if (place.person != Id{} && place.person != person) return Error(Errc::refused, "seat of another person");
    if (place.validUntilMs <= now) return Error(Errc::refused, "the seat's year is over");
    if (place.grant != Id{}) return Error(Errc::badState, "there is a grant on this seat");

    const Id id = m_random.bytes<16>("grant-id");
    GrantRow row;
    row.company = who.company;
    row.person = person;
    row.seat = seat;
    HUFU_TRY(code, giveCode(*transaction, id, row, m_random, now));
    place.person = person;
    place.grant = id;
    HUFU_CHECK(transaction->write(Table::seat, seat, place.encode()));
    HUFU_CHECK(audit::append(*transaction, who.company, {Event::grantOpened, now, id, {}, 0}));
    HUFU_CHECK(transaction->commit());
    return OpenedGrant{id, code};
}

Result<ActivationCode> Enterprise::renewCode(const Id &grant)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(row, loadGrant(*transaction, grant));
    if (row.state == GrantState::active) return Error(Errc::badState, "a phone is active");
    HUFU_TRY(code, giveCode(*transaction, grant, row, m_random, m_clock.unixMs()));
    HUFU_CHECK(transaction->commit());
    return code;
}

Result<Enterprise::Demo> Enterprise::seedDemo(const Policy &policy)
{
    const Person person{"张三", "13800138000", "19900101", "HF0001"};
    HUFU_TRY(stored, m_ledger.read(Table::meta, viewOf(kDemoKey)));
    if (!stored) {
        HUFU_TRY(company, addCompany({"虎符演示建设有限公司", "91110108MA0DEM0P1T", policy}));
        HUFU_TRY(who, addPerson(company, person));
        HUFU_TRY(seat, addSeat(company, m_clock.unixMs() + kYearMs));
        HUFU_TRY(opened, openGrant(who, seat));
        HUFU_TRY(transaction, m_ledger.begin());
        HUFU_CHECK(transaction->write(Table::meta, viewOf(kDemoKey), opened.grant));
        HUFU_CHECK(transaction->commit());
        return Demo{company, opened.grant, person.phoneNumber, opened.code};
    }
    HUFU_TRY(grant, fixedBytes<16>(*stored));
    HUFU_TRY(kept, m_ledger.read(Table::grant, grantKey(grant)));
    if (!kept) return Error(Errc::notFound, "demo grant");
    HUFU_TRY(row, GrantRow::parse(*kept));
    Demo demo{row.company, grant, person.phoneNumber, std::nullopt};
    if (row.state == GrantState::active) return demo;
    HUFU_TRY(code, renewCode(grant));
    demo.code = code;
    return demo;
}

} // namespace hufu::enterprise
