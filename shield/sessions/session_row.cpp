#include "shield/sessions/session_row.h"

#include "shield/wire/activation.h"

namespace hufu::sessions {

namespace {

constexpr std::uint8_t kFormat = 2, kFormatWithoutWanted = 1; // a session lives for minutes, and an update may come between

std::uint64_t bits(std::int64_t value)
{
    return static_cast<std::uint64_t>(value);
}

std::int64_t signedOf(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

} // namespace

SecretBytes SessionRow::encode() const
{
    Writer writer;
    writer.u8(kFormat)
        .u8(static_cast<std::uint8_t>(origin.kind))
        .raw(origin.id)
        .raw(deskPublicKey)
        .raw(frameSecret.expose())
        .blob32(manifest)
        .u8(static_cast<std::uint8_t>(act))
        .u64(bits(startedMs))
        .u8(static_cast<std::uint8_t>(state))
        .u8(static_cast<std::uint8_t>(ending))
        .u64(version)
        .u64(tbsMissing)
        .u64(tbsKept)
        .raw(acct)
        .u64(bits(expiryMs))
        .u8(factors)
        .u8(given)
        .u8(deskKnown)
        .text(digits)
        .u8(digitsWrong)
        .u8(digitsTyped)
        .u64(bits(completedMs))
        .raw(sid)
        .u8(delivered)
        .u64(bits(endedMs))
        .u8(static_cast<std::uint8_t>(signatures.size()));
    for (const ItemSignature &item : signatures)
        writer.u8(item.index).raw(item.signature);
    writer.blob16(opened).raw(wanted).raw(deskBy);
    Bytes bytes = writer.take();
    return SecretBytes::adopt(bytes);
}

Result<SessionRow> SessionRow::parse(ByteView bytes)
{
    Reader reader(bytes);
    SessionRow row;
    const std::uint8_t format = reader.u8();
    const bool ours = format == kFormat || format == kFormatWithoutWanted;
    row.origin.kind = static_cast<OriginKind>(reader.u8());
    row.origin.id = reader.array<16>();
    row.deskPublicKey = reader.array<32>();
    auto secret = reader.array<32>();
    row.frameSecret = Secret<32>::adopt(secret);
    row.manifest = bytesOf(reader.blob32());
    row.act = static_cast<intent::Act>(reader.u8());
    row.startedMs = signedOf(reader.u64());
    row.state = static_cast<State>(reader.u8());
    row.ending = static_cast<Ending>(reader.u8());
    row.version = reader.u64();
    row.tbsMissing = reader.u64();
    row.tbsKept = reader.u64();
    row.acct = reader.array<16>();
    row.expiryMs = signedOf(reader.u64());
    row.factors = reader.u8();
    row.given = reader.u8();
    row.deskKnown = reader.u8() != 0;
    row.digits = reader.text();
    row.digitsWrong = reader.u8();
    row.digitsTyped = reader.u8() != 0;
    row.completedMs = signedOf(reader.u64());
    row.sid = reader.array<16>();
    row.delivered = reader.u8() != 0;
    row.endedMs = signedOf(reader.u64());
    row.signatures.resize(reader.u8());
    for (ItemSignature &item : row.signatures) {
        item.index = reader.u8();
        item.signature = reader.array<64>();
    }
    row.opened = bytesOf(reader.blob16());
    row.deskBy = row.acct;
    if (format == kFormat) {
        row.wanted = reader.array<16>();
        row.deskBy = reader.array<16>();
    }
    HUFU_CHECK(reader.finish());
    if (!ours) return Error(Errc::badInput, "session row");
    return row;
}

bool SessionRow::wantsDigits() const
{
    return (factors & wire::factor::kDigits) != 0 && !digitsTyped;
}

std::int64_t SessionRow::changesMs() const
{
    if (isOver()) return endedMs + limits::kResultKeptMs;
    if (state != State::claimed) return startedMs + limits::kSessionShownMs;
    return isCompleted() ? completedMs + limits::kResultKeptMs : expiryMs;
}

State SessionRow::stateAt(std::int64_t nowMs) const
{
    return isOver() || nowMs <= changesMs() ? state : State::expired;
}

Ending SessionRow::endingAt(std::int64_t nowMs) const
{
    if (isOver() || nowMs <= changesMs()) return ending;
    return state == State::claimed ? Ending::userTimeOver : Ending::notShownInTime;
}

std::int64_t SessionRow::forgetMs() const
{
    return isOver() ? changesMs() : changesMs() + limits::kResultKeptMs;
}

Result<void> SessionRow::checkHeldBy(const AccountId &holder, std::int64_t nowMs) const
{
    if (acct == AccountId{} || acct != holder) return Error(Errc::notFound, "no such claim");
    const State now = stateAt(nowMs);
    if (now == State::expired) return Error(Errc::expired, "user time is over");
    if (now != State::claimed || (isCompleted() && !mayBeDoneAgain())) return Error(Errc::badState, "session is over");
    return {};
}

void SessionRow::end(State how, Ending why, std::int64_t nowMs)
{
    state = how;
    ending = why;
    endedMs = nowMs;
}

void SessionRow::settle(std::int64_t nowMs)
{
    if (isCompleted() && !wantsDigits() && !wantsDelivery()) end(State::approved, Ending::none, nowMs);
}

Claim SessionRow::claim(const Token &token) const
{
    return {token, factors, digits, deskKnown, expiryMs, manifest};
}

bool mayAsk(const Origin &opened, const Origin &asker)
{
    const auto isDesk = [](OriginKind kind) { return kind == OriginKind::desk || kind == OriginKind::enrolment; };
    return opened.id == asker.id && (opened.kind == asker.kind || (isDesk(opened.kind) && isDesk(asker.kind)));
}

} // namespace hufu::sessions
