#include "shield/cosigner/rows.h"

namespace hufu::cosigner {

namespace {

constexpr std::uint8_t kRowVersion = 1;
constexpr std::uint8_t kKeyRowVersion = 2; // since keys of suite 2
constexpr std::uint8_t kDeviceVersion = 4; // 1 had no least epoch, 2 no mark of the epoch's key, 3 no rehearsals
constexpr std::uint8_t kRefreshVersion = 2; // 1 had no mark

Error malformed()
{
    return Error(Errc::badInput, "a row is not of the form it was written in");
}

template <typename E> bool within(std::uint8_t value, E first, E last)
{
    return value >= static_cast<std::uint8_t>(first) && value <= static_cast<std::uint8_t>(last);
}

} // namespace

Bytes DeviceRow::encode() const
{
    Writer out;
    out.u8(kDeviceVersion).u64(chain.ctr).raw(chain.n).raw(chain.nPrevious).raw(chain.ridLast);
    out.u32(lock.run).u32(lock.total).u32(lock.allow).u64(static_cast<std::uint64_t>(lock.lockUntil));
    out.u8(static_cast<std::uint8_t>(lock.standing)).u8(lock.exhausted ? 1 : 0);
    out.u32(epoch).u32(adoptedIn).u32(day).u32(openedToday);
    out.raw(signKeyId).raw(encryptKeyId).blob16(sealedKDev).u32(leastEpoch).raw(mark).u32(rehearsedToday);
    return out.take();
}

Result<DeviceRow> DeviceRow::parse(ByteView bytes)
{
    Reader in(bytes);
    DeviceRow row;
    const std::uint8_t version = in.u8();
    if (version < 1 || version > kDeviceVersion) return malformed();
    row.chain.ctr = in.u64();
    row.chain.n = in.array<32>();
    row.chain.nPrevious = in.array<32>();
    row.chain.ridLast = in.array<16>();
    row.lock.run = in.u32();
    row.lock.total = in.u32();
    row.lock.allow = in.u32();
    row.lock.lockUntil = static_cast<std::int64_t>(in.u64());
    const std::uint8_t standing = in.u8();
    const std::uint8_t exhausted = in.u8();
    if (!within(standing, Standing::active, Standing::cloned) || exhausted > 1) return malformed();
    row.lock.standing = static_cast<Standing>(standing);
    row.lock.exhausted = exhausted == 1;
    row.epoch = in.u32();
    row.adoptedIn = in.u32();
    row.day = in.u32();
    row.openedToday = in.u32();
    row.signKeyId = in.array<32>();
    row.encryptKeyId = in.array<32>();
    row.sealedKDev = bytesOf(in.blob16());
    if (version >= 2) row.leastEpoch = in.u32();
    if (version >= 3) row.mark = in.array<8>();
    if (version >= 4) row.rehearsedToday = in.u32();
    HUFU_CHECK(in.finish());
    return row;
}

Bytes KeyRow::encode() const
{
    Writer out;
    out.u8(kKeyRowVersion).raw(acct).u8(static_cast<std::uint8_t>(type)).u8(static_cast<std::uint8_t>(state));
    out.blob16(point.bytes()).blob16(sealedShare);
    return out.take();
}

Result<KeyRow> KeyRow::parse(ByteView bytes)
{
    Reader in(bytes);
    KeyRow row;
    if (in.u8() != kKeyRowVersion) return malformed();
    row.acct = in.array<16>();
    const std::uint8_t type = in.u8();
    const std::uint8_t state = in.u8();
    if (!within(type, KeyType::sign, KeyType::encrypt)) return malformed();
    if (!within(state, KeyState::pending, KeyState::destroyed)) return malformed();
    row.type = static_cast<KeyType>(type);
    row.state = static_cast<KeyState>(state);
    const auto point = crypto::PublicKey::parse(in.blob16());
    if (!point || (row.type == KeyType::encrypt && point->suite() != crypto::Suite::sm2)) return malformed();
    row.point = *point;
    row.sealedShare = bytesOf(in.blob16());
    HUFU_CHECK(in.finish());
    return row;
}

Bytes RefreshRow::encode() const
{
    Writer out;
    out.u8(kRefreshVersion).raw(sid).u8(static_cast<std::uint8_t>(op)).u32(epoch).raw(token);
    out.u8(static_cast<std::uint8_t>(shares.size()));
    for (const Share &share : shares)
        out.raw(share.keyId).blob16(share.sealedShare);
    out.blob16(sealedRho2).raw(mark);
    return out.take();
}

Result<RefreshRow> RefreshRow::parse(ByteView bytes)
{
    Reader in(bytes);
    RefreshRow row;
    const std::uint8_t version = in.u8();
    if (version < 1 || version > kRefreshVersion) return malformed();
    row.sid = in.array<16>();
    const auto op = static_cast<intent::Op>(in.u8());
    if (op != intent::Op::refresh && op != intent::Op::pinChange) return malformed();
    row.op = op;
    row.epoch = in.u32();
    row.token = in.array<16>();
    for (std::uint8_t count = in.u8(); count > 0 && in.ok(); --count) {
        Share share;
        share.keyId = in.array<32>();
        share.sealedShare = bytesOf(in.blob16());
        row.shares.push_back(std::move(share));
    }
    row.sealedRho2 = bytesOf(in.blob16());
    if (version >= 2) row.mark = in.array<8>();
    HUFU_CHECK(in.finish());
    return row;
}

Bytes ResultRow::encode() const
{
    Writer out;
    out.u8(kRowVersion).u64(static_cast<std::uint64_t>(atMs)).u8(static_cast<std::uint8_t>(verdict.status));
    out.u8(verdict.tries).u32(verdict.retryAfter).u8(verdict.failures).u8(verdict.total);
    out.u8(static_cast<std::uint8_t>(signatures.size()));
    for (const auto &signature : signatures)
        out.raw(signature);
    return out.take();
}

Result<ResultRow> ResultRow::parse(ByteView bytes)
{
    Reader in(bytes);
    ResultRow row;
    if (in.u8() != kRowVersion) return malformed();
    row.atMs = static_cast<std::int64_t>(in.u64());
    const std::uint8_t status = in.u8();
    if (!within(status, wire::Status::ok, wire::Status::capped)) return malformed();
    row.verdict.status = static_cast<wire::Status>(status);
    row.verdict.tries = in.u8();
    row.verdict.retryAfter = in.u32();
    row.verdict.failures = in.u8();
    row.verdict.total = in.u8();
    for (std::uint8_t count = in.u8(); count > 0 && in.ok(); --count)
        row.signatures.push_back(in.array<64>());
    HUFU_CHECK(in.finish());
    return row;
}

SecretBytes RecoveryRow::encode() const
{
    Writer out;
    out.u8(kRowVersion).text(digits).u64(static_cast<std::uint64_t>(untilMs)).u8(wrong).u8(candidate ? 1 : 0);
    if (candidate) out.raw(candidate->kDev.expose()).raw(candidate->n);
    Bytes bytes = out.take();
    return SecretBytes::adopt(bytes);
}

Result<RecoveryRow> RecoveryRow::parse(ByteView bytes)
{
    Reader in(bytes);
    RecoveryRow row;
    if (in.u8() != kRowVersion) return malformed();
    row.digits = in.text();
    row.untilMs = static_cast<std::int64_t>(in.u64());
    row.wrong = in.u8();
    const std::uint8_t candidates = in.u8();
    if (candidates > 1) return malformed();
    if (candidates == 1) {
        auto kDev = in.array<32>();
        row.candidate = Candidate{};
        row.candidate->kDev = Secret<32>::adopt(kDev);
        row.candidate->n = in.array<32>();
    }
    HUFU_CHECK(in.finish());
    return row;
}

Bytes recoveryKey(const ByteArray<16> &acct)
{
    return concat({hufu::viewOf("recover"), acct});
}

Bytes resultKey(const ByteArray<16> &acct, const ByteArray<16> &sid)
{
    return concat({acct, sid});
}

} // namespace hufu::cosigner
