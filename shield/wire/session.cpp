#include "shield/wire/session.h"

#include "shield/intent/manifest.h"
#include "shield/wire/fields.h"

namespace hufu::wire {

Result<Begin> Begin::parse(ByteView body)
{
    Reader reader(body);
    Begin out;
    out.acct = reader.array<16>();
    out.act = static_cast<intent::Act>(reader.u8());
    out.mac = reader.array<32>();
    const bool own = out.act >= intent::Act::csr && out.act <= intent::Act::revoke;
    return finished(reader, own, std::move(out));
}

Bytes Begin::body() const
{
    return Writer().raw(acct).u8(static_cast<std::uint8_t>(act)).raw(mac).take();
}

Result<Claim> Claim::parse(ByteView body)
{
    Reader reader(body);
    Claim out;
    out.acct = reader.array<16>();
    out.frame = blob16(reader);
    out.mac = reader.array<32>();
    return finished(reader, out.frame.size() <= 256, std::move(out));
}

Bytes Claim::body() const
{
    return Writer().raw(acct).blob16(frame).raw(mac).take();
}

Result<Resume> Resume::parse(ByteView body)
{
    Reader reader(body);
    Resume out;
    out.acct = reader.array<16>();
    out.token = reader.array<16>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes Resume::body() const
{
    return concat({acct, token, mac});
}

Result<Claimed> Claimed::parse(ByteView body)
{
    Reader reader(body);
    Claimed out;
    out.token = reader.array<16>();
    out.factors = reader.u8();
    out.digits = reader.text();
    const std::uint8_t known = reader.u8();
    out.deskKnown = known == 1;
    out.expiryMs = static_cast<std::int64_t>(reader.u64());
    out.manifest = blob32(reader);
    const bool valid = known <= 1 && out.digits.size() <= 16 && fit(out.digits) && out.expiryMs >= 0 &&
                       out.manifest.size() <= limits::kManifestMax;
    return finished(reader, valid, std::move(out));
}

Bytes Claimed::body() const
{
    return Writer()
        .raw(token)
        .u8(factors)
        .text(digits)
        .u8(deskKnown ? 1 : 0)
        .u64(static_cast<std::uint64_t>(expiryMs))
        .blob32(manifest)
        .take();
}

Result<FactorAsk> FactorAsk::parse(ByteView body)
{
    Reader reader(body);
    FactorAsk out;
    out.acct = reader.array<16>();
    out.token = reader.array<16>();
    out.kind = reader.u8();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes FactorAsk::body() const
{
    return Writer().raw(acct).raw(token).u8(kind).raw(mac).take();
}

Result<FactorSent> FactorSent::parse(ByteView body)
{
    Reader reader(body);
    FactorSent out;
    out.kind = reader.u8();
    out.resendAfter = reader.u32();
    return finished(reader, true, std::move(out));
}

Bytes FactorSent::body() const
{
    return Writer().u8(kind).u32(resendAfter).take();
}

Result<Factor> Factor::parse(ByteView body)
{
    Reader reader(body);
    Factor out;
    out.acct = reader.array<16>();
    out.token = reader.array<16>();
    out.kind = reader.u8();
    out.value = blob16(reader);
    out.mac = reader.array<32>();
    return finished(reader, out.value.size() <= kValueMax, std::move(out));
}

Bytes Factor::body() const
{
    return Writer().raw(acct).raw(token).u8(kind).blob16(value).raw(mac).take();
}

Result<FactorAccepted> FactorAccepted::parse(ByteView body)
{
    Reader reader(body);
    FactorAccepted out;
    out.kind = reader.u8();
    return finished(reader, true, std::move(out));
}

Bytes FactorAccepted::body() const
{
    return {kind};
}

Result<Refuse> Refuse::parse(ByteView body)
{
    Reader reader(body);
    Refuse out;
    out.acct = reader.array<16>();
    out.token = reader.array<16>();
    out.reason = static_cast<RefuseReason>(reader.u8());
    out.mac = reader.array<32>();
    const bool valid = out.reason >= RefuseReason::person && out.reason <= RefuseReason::suspicious;
    return finished(reader, valid, std::move(out));
}

Bytes Refuse::body() const
{
    return Writer().raw(acct).raw(token).u8(static_cast<std::uint8_t>(reason)).raw(mac).take();
}

Result<Refused> Refused::parse(ByteView body)
{
    return finished(Reader(body), true, Refused());
}

Bytes Refused::body() const
{
    return {};
}

Result<Deliver> Deliver::parse(ByteView body)
{
    Reader reader(body);
    Deliver out;
    out.acct = reader.array<16>();
    out.sid = reader.array<16>();
    const std::size_t number = reader.u8();
    for (std::size_t i = 0; i < number && reader.ok(); ++i)
        out.items.push_back({reader.u8(), blob16(reader)});
    out.mac = reader.array<32>();
    return finished(reader, fitCount(number) && ascending(out.items), std::move(out));
}

Bytes Deliver::body() const
{
    Writer writer;
    writer.raw(acct).raw(sid).u8(count(items.size()));
    for (const Item &item : items)
        writer.u8(item.index).blob16(item.sealed);
    return writer.raw(mac).take();
}

Result<Delivered> Delivered::parse(ByteView body)
{
    return finished(Reader(body), true, Delivered());
}

Bytes Delivered::body() const
{
    return {};
}

Result<Failure> Failure::parse(ByteView body)
{
    Reader reader(body);
    Failure out;
    const std::uint8_t errc = reader.u8();
    out.errc = static_cast<Errc>(errc);
    out.code = reader.u16();
    out.retryAfter = reader.u32();
    out.whose = reader.text();
    const bool fits = errc <= static_cast<std::uint8_t>(Errc::internal) && (out.whose.empty() || intent::checkText(out.whose, Failure::kWhoseMax).has_value());
    return finished(reader, fits, std::move(out));
}

Bytes Failure::body() const
{
    return Writer().u8(static_cast<std::uint8_t>(errc)).u16(code).u32(retryAfter).text(whose).take();
}

} // namespace hufu::wire
