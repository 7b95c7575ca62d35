#include "shield/wire/activation.h"

#include "shield/wire/fields.h"

namespace hufu::wire {

namespace {

constexpr std::size_t kAgreementsMax = 16;

std::vector<Agreement> readAgreements(Reader &reader, bool &valid)
{
    const std::size_t number = reader.u8();
    if (number > kAgreementsMax) valid = false;
    std::vector<Agreement> out;
    for (std::size_t i = 0; i < number && reader.ok(); ++i) {
        Agreement agreement{reader.text(), reader.u32()};
        if (!fit(agreement.id)) valid = false;
        out.push_back(std::move(agreement));
    }
    return out;
}

void write(Writer &writer, const std::vector<Agreement> &agreements)
{
    writer.u8(count(agreements.size()));
    for (const Agreement &agreement : agreements)
        writer.text(agreement.id).u32(agreement.version);
}

} // namespace

Result<Greeting> Greeting::parse(ByteView body)
{
    Reader reader(body);
    Greeting out;
    out.cn = reader.array<16>();
    out.restoreEpoch = reader.u32();
    out.serverMs = static_cast<std::int64_t>(reader.u64());
    return finished(reader, out.serverMs >= 0, std::move(out));
}

Bytes Greeting::body() const
{
    return Writer().raw(cn).u32(restoreEpoch).u64(static_cast<std::uint64_t>(serverMs)).take();
}

Result<EnrolStart> EnrolStart::parse(ByteView body)
{
    Reader reader(body);
    EnrolStart out;
    out.code = reader.array<16>();
    out.phoneNumber = reader.text();
    return finished(reader, out.phoneNumber.size() <= 32 && fit(out.phoneNumber), std::move(out));
}

Bytes EnrolStart::body() const
{
    return Writer().raw(code).text(phoneNumber).take();
}

Result<EnrolTerms> EnrolTerms::parse(ByteView body)
{
    Reader reader(body);
    EnrolTerms out;
    bool valid = true;
    out.company = reader.text();
    out.personMasked = reader.text();
    out.factors = reader.u8();
    out.agreements = readAgreements(reader, valid);
    out.resendAfter = reader.u32();
    return finished(reader, valid && fit(out.company) && fit(out.personMasked), std::move(out));
}

Bytes EnrolTerms::body() const
{
    Writer writer;
    writer.text(company).text(personMasked).u8(factors);
    write(writer, agreements);
    return writer.u32(resendAfter).take();
}

Result<EnrolProof> EnrolProof::parse(ByteView body)
{
    Reader reader(body);
    EnrolProof out;
    bool valid = true;
    out.code = reader.array<16>();
    out.sms = reader.text();
    out.agreements = readAgreements(reader, valid);
    out.provider = reader.u8();
    out.evidence = blob16(reader);
    return finished(reader, valid && out.sms.size() <= 16 && fit(out.sms) && out.evidence.size() <= kValueMax,
                    std::move(out));
}

Bytes EnrolProof::body() const
{
    Writer writer;
    writer.raw(code).text(sms);
    write(writer, agreements);
    return writer.u8(provider).blob16(evidence).take();
}

Result<EnrolAccepted> EnrolAccepted::parse(ByteView body)
{
    Reader reader(body);
    EnrolAccepted out;
    out.acct = reader.array<16>();
    out.ticket = reader.array<32>();
    bool valid = true;
    for (std::string *text :
         {&out.person, &out.company, &out.creditCode, &out.birthday, &out.subject.country,
          &out.subject.organization, &out.subject.unit, &out.subject.commonName, &out.subject.serialNumber}) {
        *text = reader.text();
        if (!fit(*text)) valid = false;
    }
    out.suite = reader.u8();
    if (out.suite != kSuiteSm2 && out.suite != kSuiteFrost) valid = false;
    return finished(reader, valid, std::move(out));
}

Bytes EnrolAccepted::body() const
{
    Writer writer;
    writer.raw(acct).raw(ticket);
    for (const std::string *text :
         {&person, &company, &creditCode, &birthday, &subject.country, &subject.organization, &subject.unit,
          &subject.commonName, &subject.serialNumber})
        writer.text(*text);
    return writer.u8(suite).take();
}

Result<Activate> Activate::parse(ByteView body)
{
    Reader reader(body);
    Activate out;
    out.acct = reader.array<16>();
    out.ticket = reader.array<32>();
    auto kDev = reader.array<32>();
    out.kDev = Secret<32>::adopt(kDev);
    out.kg1Sign = reader.array<82>();
    out.kg1Encrypt = reader.array<82>();
    return finished(reader, true, std::move(out));
}

Bytes Activate::body() const
{
    return Writer().raw(acct).raw(ticket).raw(kDev.expose()).raw(kg1Sign).raw(kg1Encrypt).take();
}

template <Type kItsType, std::size_t kSignBytes>
Result<Kg2Of<kItsType, kSignBytes>> Kg2Of<kItsType, kSignBytes>::parse(ByteView body)
{
    Reader reader(body);
    Kg2Of out;
    reader.into(out.sign);
    reader.into(out.encrypt);
    return finished(reader, true, std::move(out));
}

template <Type kItsType, std::size_t kSignBytes> Bytes Kg2Of<kItsType, kSignBytes>::body() const
{
    return concat({sign, encrypt});
}

template struct Kg2Of<Type::kg2, 145>;
template struct Kg2Of<Type::frostKg2, 112>;

template <Type kItsType, std::size_t kSignBytes>
Result<Kg3Of<kItsType, kSignBytes>> Kg3Of<kItsType, kSignBytes>::parse(ByteView body)
{
    Reader reader(body);
    Kg3Of out;
    reader.into(out.sign);
    reader.into(out.encrypt);
    return finished(reader, true, std::move(out));
}

template <Type kItsType, std::size_t kSignBytes> Bytes Kg3Of<kItsType, kSignBytes>::body() const
{
    return concat({sign, encrypt});
}

template struct Kg3Of<Type::kg3, 177>;
template struct Kg3Of<Type::frostKg3, 144>;

Result<Kg4> Kg4::parse(ByteView body)
{
    Reader reader(body);
    Kg4 out;
    out.ctr = reader.u64();
    out.n = reader.array<32>();
    out.macSign = reader.array<32>();
    out.macEncrypt = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes Kg4::body() const
{
    return Writer().u64(ctr).raw(n).raw(macSign).raw(macEncrypt).take();
}

Bytes kg4MacInput(const ByteArray<32> &keyId, const ByteArray<32> &n, std::uint64_t ctr)
{
    return Writer().raw(viewOf("PSH1-kg4")).raw(keyId).raw(n).u64(ctr).take();
}

Result<ProbeAnswer> ProbeAnswer::parse(ByteView body)
{
    Reader reader(body);
    ProbeAnswer out;
    out.acct = reader.array<16>();
    out.sid = reader.array<16>();
    out.sm3 = reader.array<32>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes ProbeAnswer::body() const
{
    return concat({acct, sid, sm3, mac});
}

Result<Recover> Recover::parse(ByteView body)
{
    Reader reader(body);
    Recover out;
    out.acct = reader.array<16>();
    out.digits = reader.text();
    auto kDev = reader.array<32>();
    out.kDev = Secret<32>::adopt(kDev);
    out.mac = reader.array<32>();
    return finished(reader, out.digits.size() <= 16 && fit(out.digits), std::move(out));
}

Bytes Recover::body() const
{
    return Writer().raw(acct).text(digits).raw(kDev.expose()).raw(mac).take();
}

Result<Recovered> Recovered::parse(ByteView body)
{
    Reader reader(body);
    Recovered out;
    out.ctr = reader.u64();
    out.n = reader.array<32>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes Recovered::body() const
{
    return Writer().u64(ctr).raw(n).raw(mac).take();
}

Bytes recoveredMacInput(const ByteArray<16> &acct, const ByteArray<32> &n, std::uint64_t ctr)
{
    return Writer().raw(viewOf("PSH1-recovered")).raw(acct).raw(n).u64(ctr).take();
}

Result<CertificatesQuery> CertificatesQuery::parse(ByteView body)
{
    Reader reader(body);
    CertificatesQuery out;
    out.acct = reader.array<16>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes CertificatesQuery::body() const
{
    return concat({acct, mac});
}

Result<Certificates> Certificates::parse(ByteView body)
{
    Reader reader(body);
    Certificates out;
    const std::uint8_t state = reader.u8();
    out.state = static_cast<State>(state);
    bool valid = state <= active;
    for (Bytes *certificate : {&out.sign, &out.encrypt, &out.issuing, &out.root}) {
        *certificate = blob16(reader);
        if (certificate->size() > kCertificateMax) valid = false;
    }
    return finished(reader, valid, std::move(out));
}

Bytes Certificates::body() const
{
    return Writer().u8(state).blob16(sign).blob16(encrypt).blob16(issuing).blob16(root).take();
}

} // namespace hufu::wire
