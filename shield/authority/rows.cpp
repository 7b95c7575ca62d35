#include "shield/authority/rows.h"

#include <algorithm>

namespace hufu::authority::rows {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr Error kBroken(Errc::tampered, "a row of the authority");

Bytes keyed(char kind, ByteView rest)
{
    return Writer().u8(static_cast<std::uint8_t>(kind)).raw(rest).take();
}

// Within a record: 0 for none, else 1 | time | reason.
void put(Writer &writer, const std::optional<x509::Revocation> &revocation)
{
    writer.u8(revocation ? 1 : 0);
    if (!revocation) return;
    writer.u64(static_cast<std::uint64_t>(revocation->atMs)).u8(static_cast<std::uint8_t>(revocation->reason));
}

x509::Revocation readRevocation(Reader &reader)
{
    const auto at = static_cast<std::int64_t>(reader.u64());
    return {at, static_cast<x509::Reason>(reader.u8())};
}

} // namespace

Bytes authorityKey(std::string_view name)
{
    return keyed('A', viewOf(name));
}

Bytes certificateKey(ByteView serial)
{
    return keyed('C', serial);
}

Bytes keyIdKey(ByteView subjectKeyId)
{
    return keyed('K', subjectKeyId);
}

Bytes holderPrefix(ByteView holder)
{
    return Writer().u8('H').u8(static_cast<std::uint8_t>(holder.size())).raw(holder).take();
}

Bytes holderKey(ByteView holder, std::int64_t issuedMs, ByteView serial)
{
    return Writer().raw(holderPrefix(holder)).u64(static_cast<std::uint64_t>(issuedMs)).raw(serial).take();
}

Bytes serialOfHolderKey(ByteView key, ByteView holder)
{
    return bytesOf(key.subspan(std::min(key.size(), holderPrefix(holder).size() + 8)));
}

Bytes revokedPrefix()
{
    return keyed('R', {});
}

Bytes revokedKey(ByteView serial)
{
    return keyed('R', serial);
}

Bytes serialOfRevokedKey(ByteView key)
{
    return bytesOf(key.subspan(1));
}

Bytes listKey(std::string_view name)
{
    return keyed('L', viewOf(name));
}

Bytes formerPrefix()
{
    return keyed('F', {});
}

Bytes formerKey(ByteView serial)
{
    return keyed('F', serial);
}

Result<StoredAuthority> StoredAuthority::parse(ByteView row)
{
    Reader reader(row);
    const std::uint8_t version = reader.u8();
    StoredAuthority out;
    out.certificate = bytesOf(reader.blob32());
    out.sealedKey = bytesOf(reader.blob32());
    if (version != kVersion || !reader.finish()) return kBroken;
    return out;
}

Bytes StoredAuthority::encode() const
{
    return Writer().u8(kVersion).blob32(certificate).blob32(sealedKey).take();
}

Result<Record> parseRecord(ByteView row)
{
    Reader reader(row);
    const std::uint8_t version = reader.u8();
    const std::uint8_t kind = reader.u8();
    Bytes holder = bytesOf(reader.blob16());
    std::optional<x509::Revocation> revocation;
    if (reader.u8() != 0) revocation = readRevocation(reader);
    const auto certificate = x509::Certificate::parse(reader.blob32());
    if (version != kVersion || (kind != 1 && kind != 2) || !reader.finish() || !certificate) return kBroken;
    return Record{*certificate, static_cast<x509::KeyKind>(kind), std::move(holder), revocation};
}

Bytes encode(const Record &record)
{
    Writer writer;
    writer.u8(kVersion).u8(static_cast<std::uint8_t>(record.kind)).blob16(record.holder);
    put(writer, record.revocation);
    return writer.blob32(record.certificate.der()).take();
}

Result<x509::Revocation> parseRevocation(ByteView row)
{
    Reader reader(row);
    const x509::Revocation revocation = readRevocation(reader);
    if (!reader.finish()) return kBroken;
    return revocation;
}

Bytes encode(const x509::Revocation &revocation)
{
    return Writer()
        .u64(static_cast<std::uint64_t>(revocation.atMs))
        .u8(static_cast<std::uint8_t>(revocation.reason))
        .take();
}

Result<StoredList> StoredList::parse(ByteView row)
{
    Reader reader(row);
    StoredList out;
    const std::uint8_t version = reader.u8();
    out.number = reader.u64();
    out.stale = reader.u8() != 0;
    out.der = bytesOf(reader.blob32());
    if (version != kVersion || !reader.finish()) return kBroken;
    return out;
}

Bytes StoredList::encode() const
{
    return Writer().u8(kVersion).u64(number).u8(stale ? 1 : 0).blob32(der).take();
}

} // namespace hufu::authority::rows
