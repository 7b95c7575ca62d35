#include "shield/enterprise/registry_rows.h"

#include "shield/crypto/sm3.h"

namespace hufu::enterprise {

namespace {

using ports::Table;

constexpr std::uint8_t kByGrant = 'g', kByAccount = 'a', kActivation = 'a';

std::uint64_t bits(std::int64_t value)
{
    return static_cast<std::uint64_t>(value);
}

std::int64_t signedOf(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

Result<Bytes> present(ports::Transaction &transaction, Table table, ByteView key)
{
    HUFU_TRY(stored, transaction.readForChange(table, key));
    if (!stored) return Error(Errc::notFound, "no such entry");
    return std::move(*stored);
}

} // namespace

Result<SeatRow> SeatRow::parse(ByteView bytes)
{
    Reader reader(bytes);
    SeatRow row;
    row.company = reader.array<16>();
    row.person = reader.array<16>();
    row.grant = reader.array<16>();
    row.validUntilMs = signedOf(reader.u64());
    HUFU_CHECK(reader.finish());
    return row;
}

Bytes SeatRow::encode() const
{
    return Writer().raw(company).raw(person).raw(grant).u64(bits(validUntilMs)).take();
}

Bytes encodeAgreements(const std::vector<Agreement> &agreements)
{
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(agreements.size()));
    for (const Agreement &agreement : agreements)
        writer.text(agreement.id).u32(agreement.version);
    return writer.take();
}

Result<GrantRow> GrantRow::parse(ByteView bytes)
{
    Reader reader(bytes);
    GrantRow row;
    row.company = reader.array<16>();
    row.person = reader.array<16>();
    row.seat = reader.array<16>();
    row.state = static_cast<GrantState>(reader.u8());
    row.codeSm3 = reader.array<32>();
    row.codeMadeMs = signedOf(reader.u64());
    row.numberTries = reader.u8();
    row.acct = reader.array<16>();
    row.ticketSm3 = reader.array<32>();
    row.ticketMadeMs = signedOf(reader.u64());
    row.acceptedMs = signedOf(reader.u64());
    row.agreements.resize(reader.u8());
    for (Agreement &agreement : row.agreements) {
        agreement.id = reader.text();
        agreement.version = reader.u32();
    }
    HUFU_CHECK(reader.finish());
    return row;
}

Bytes GrantRow::encode() const
{
    return Writer()
        .raw(company)
        .raw(person)
        .raw(seat)
        .u8(static_cast<std::uint8_t>(state))
        .raw(codeSm3)
        .u64(bits(codeMadeMs))
        .u8(numberTries)
        .raw(acct)
        .raw(ticketSm3)
        .u64(bits(ticketMadeMs))
        .u64(bits(acceptedMs))
        .raw(encodeAgreements(agreements))
        .take();
}

Bytes grantKey(const Id &grant)
{
    return Writer().u8(kByGrant).raw(grant).take();
}

Bytes accountKey(const Id &acct)
{
    return Writer().u8(kByAccount).raw(acct).take();
}

Bytes activationKey(const ByteArray<32> &codeSm3)
{
    return Writer().u8(kActivation).raw(codeSm3).take();
}

ByteArray<32> sm3OfCode(const ActivationCode &code)
{
    return crypto::sm3({viewOf("hufu-activation-code"), code});
}

ByteArray<32> sm3OfTicket(const Id &acct, const ByteArray<32> &ticket)
{
    return crypto::sm3({viewOf("hufu-ticket"), acct, ticket});
}

Bytes encodeCompany(const Company &company)
{
    const Policy &policy = company.policy;
    return Writer()
        .text(company.name)
        .text(company.creditCode)
        .u8(policy.activation)
        .u8(policy.login)
        .u8(policy.sign)
        .u8(policy.decrypt)
        .u8(static_cast<std::uint8_t>(policy.suite))
        .take();
}

Result<Company> parseCompany(ByteView bytes)
{
    Reader reader(bytes);
    Company company;
    company.name = reader.text();
    company.creditCode = reader.text();
    company.policy.activation = reader.u8();
    company.policy.login = reader.u8();
    company.policy.sign = reader.u8();
    company.policy.decrypt = reader.u8();
    company.policy.suite = static_cast<crypto::Suite>(reader.u8());
    HUFU_CHECK(reader.finish());
    if (company.policy.suite != crypto::Suite::sm2 && company.policy.suite != crypto::Suite::frost)
        return Error(Errc::badInput, "suite");
    return company;
}

Result<Bytes> sealPerson(ports::MasterKey &masterKey, const Id &id, const PersonRow &row)
{
    Bytes plain = Writer()
                      .raw(row.company)
                      .text(row.person.name)
                      .text(row.person.phoneNumber)
                      .text(row.person.birthday)
                      .text(row.person.staffNumber)
                      .take();
    const auto wiped = SecretBytes::adopt(plain);
    return masterKey.seal(wiped.expose(), concat({viewOf("hufu-person"), id}));
}

Result<PersonRow> openPerson(ports::MasterKey &masterKey, const Id &id, ByteView sealed)
{
    HUFU_TRY(plain, masterKey.open(sealed, concat({viewOf("hufu-person"), id})));
    Reader reader(plain.expose());
    PersonRow row;
    row.company = reader.array<16>();
    row.person.name = reader.text();
    row.person.phoneNumber = reader.text();
    row.person.birthday = reader.text();
    row.person.staffNumber = reader.text();
    HUFU_CHECK(reader.finish());
    return row;
}

Result<Company> loadCompany(ports::Transaction &transaction, const Id &id)
{
    HUFU_TRY(stored, present(transaction, Table::company, id));
    return parseCompany(stored);
}

Result<PersonRow> loadPerson(ports::Transaction &transaction, ports::MasterKey &masterKey, const Id &id)
{
    HUFU_TRY(stored, present(transaction, Table::person, id));
    return openPerson(masterKey, id, stored);
}

Result<SeatRow> loadSeat(ports::Transaction &transaction, const Id &id)
{
    HUFU_TRY(stored, present(transaction, Table::seat, id));
    return SeatRow::parse(stored);
}

Result<GrantRow> loadGrant(ports::Transaction &transaction, const Id &id)
{
    HUFU_TRY(stored, present(transaction, Table::grant, grantKey(id)));
    return GrantRow::parse(stored);
}

Result<std::pair<Id, GrantRow>> loadGrantOf(ports::Transaction &transaction, const Id &acct)
{
    HUFU_TRY(named, present(transaction, Table::grant, accountKey(acct)));
    HUFU_TRY(id, fixedBytes<16>(named));
    HUFU_TRY(row, loadGrant(transaction, id));
    if (row.acct != acct) return Error(Errc::notFound, "account was given up");
    return std::pair(id, row);
}

} // namespace hufu::enterprise
