#include "shield/wire/account.h"

#include "shield/wire/fields.h"

namespace hufu::wire {

namespace {

// Of the form: what comes later is told from this one.
constexpr std::uint8_t kForm = 1;
constexpr std::uint16_t kCodeMax = 999; // HF-nnn

} // namespace

Result<AccountQuery> AccountQuery::parse(ByteView body)
{
    Reader reader(body);
    AccountQuery out;
    out.acct = reader.array<16>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes AccountQuery::body() const
{
    return concat({acct, mac});
}

Result<AccountState> AccountState::parse(ByteView body)
{
    Reader reader(body);
    AccountState out;
    const std::uint8_t form = reader.u8();
    const std::uint8_t state = reader.u8();
    out.state = static_cast<DeviceState>(state);
    out.tries = reader.u8();
    out.failures = reader.u8();
    out.retryAfter = reader.u32();
    out.bar = reader.u16();
    out.seatUntilMs = static_cast<std::int64_t>(reader.u64());
    out.desks = reader.u8();
    out.waiting = reader.u8();
    out.mac = reader.array<32>();
    const bool isValid = form == kForm && state <= static_cast<std::uint8_t>(DeviceState::destroyed) && out.bar <= kCodeMax && out.seatUntilMs >= 0;
    return finished(reader, isValid, std::move(out));
}

Bytes AccountState::body() const
{
    Writer out;
    out.u8(kForm).u8(static_cast<std::uint8_t>(state)).u8(tries).u8(failures).u32(retryAfter).u16(bar);
    return out.u64(static_cast<std::uint64_t>(seatUntilMs)).u8(desks).u8(waiting).raw(mac).take();
}

Bytes EvidenceKey::signedBytesOf(const ByteArray<16> &acct)
{
    return concat({viewOf("HUFU-EVIDENCE-KEY-1"), acct});
}

Result<EvidenceKey> EvidenceKey::parse(ByteView body)
{
    Reader reader(body);
    EvidenceKey out;
    out.acct = reader.array<16>();
    out.key = reader.array<32>();
    out.signature = reader.array<64>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes EvidenceKey::body() const
{
    return concat({acct, key, signature, mac});
}

Result<EvidenceKeyKept> EvidenceKeyKept::parse(ByteView body)
{
    return finished(Reader(body), true, EvidenceKeyKept());
}

Bytes EvidenceKeyKept::body() const
{
    return {};
}

} // namespace hufu::wire
