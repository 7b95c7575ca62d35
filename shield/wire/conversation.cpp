#include "shield/wire/conversation.h"

#include "shield/wire/fields.h"

namespace hufu::wire {

namespace {

constexpr std::size_t kHelloBytes = 142; // without com1
constexpr std::size_t kDeviceKeysMax = 2;

Verdict readVerdict(Reader &reader, bool &valid)
{
    Verdict out;
    const std::uint8_t status = reader.u8();
    if (status > static_cast<std::uint8_t>(Status::capped)) valid = false;
    out.status = static_cast<Status>(status);
    out.tries = reader.u8();
    out.retryAfter = reader.u32();
    out.failures = reader.u8();
    out.total = reader.u8();
    return out;
}

void write(Writer &writer, const Verdict &verdict)
{
    writer.u8(static_cast<std::uint8_t>(verdict.status))
        .u8(verdict.tries)
        .u32(verdict.retryAfter)
        .u8(verdict.failures)
        .u8(verdict.total);
}

// A list of fixed-size entries behind its count.
template <typename List> List readList(Reader &reader, bool &valid)
{
    const std::size_t number = reader.u8();
    if (!fitCount(number)) valid = false;
    List out;
    for (std::size_t i = 0; i < number && reader.ok(); ++i)
        reader.into(out.emplace_back());
    return out;
}

template <std::size_t N, typename Allocator>
void write(Writer &writer, const std::vector<ByteArray<N>, Allocator> &list)
{
    writer.u8(count(list.size()));
    for (const ByteArray<N> &entry : list)
        writer.raw(entry);
}

// sid | n | index[n] | entry[n]: Sign and Dec1. At least one item.
template <typename M, typename Entry> Result<M> parseItems(ByteView body, Entry M::Item::*entry)
{
    Reader reader(body);
    M out;
    out.sid = reader.template array<16>();
    const std::size_t number = reader.u8();
    const bool valid = number > 0 && fitCount(number);
    if (valid) out.items.resize(number);
    for (auto &item : out.items)
        item.index = reader.u8();
    for (auto &item : out.items)
        reader.into(item.*entry);
    return finished(reader, valid && ascending(out.items), std::move(out));
}

template <typename M, typename Entry> Bytes itemsBody(const M &message, Entry M::Item::*entry)
{
    Writer writer;
    writer.raw(message.sid).u8(count(message.items.size()));
    for (const auto &item : message.items)
        writer.u8(item.index);
    for (const auto &item : message.items)
        writer.raw(item.*entry);
    return writer.take();
}

std::vector<KeyProof> readProofs(Reader &reader, bool &valid)
{
    const std::size_t number = reader.u8();
    if (number == 0 || number > kDeviceKeysMax) valid = false;
    std::vector<KeyProof> out;
    for (std::size_t i = 0; i < number && reader.ok(); ++i) {
        KeyProof &proof = out.emplace_back();
        reader.into(proof.keyId);
        reader.into(proof.proof);
    }
    return out;
}

void write(Writer &writer, const std::vector<KeyProof> &proofs)
{
    writer.u8(count(proofs.size()));
    for (const KeyProof &proof : proofs)
        writer.raw(proof.keyId).raw(proof.proof);
}

bool opensConversation(intent::Op op)
{
    return op == intent::Op::sign || op == intent::Op::decrypt || op == intent::Op::refresh ||
           op == intent::Op::pinChange;
}

// Suite 2 commits to nothing before CHAL, and opens nothing.
bool suiteFits(const Hello &hello)
{
    if (hello.suite == kSuiteFrost) return hello.op != intent::Op::decrypt && hello.com1.empty();
    return hello.suite == kSuiteSm2 && (hello.op == intent::Op::sign) == !hello.com1.empty();
}

} // namespace

Result<Hello> Hello::parse(ByteView body)
{
    Reader reader(body);
    Hello out;
    out.op = static_cast<intent::Op>(reader.u8());
    out.suite = reader.u8();
    out.acct = reader.array<16>();
    out.keyId = reader.array<32>();
    out.epoch = reader.u32();
    out.ctr = reader.u64();
    out.n = reader.array<32>();
    out.rid = reader.array<16>();
    const std::size_t more = body.size() > kHelloBytes ? body.size() - kHelloBytes : 0;
    const std::size_t number = more / 32;
    for (std::size_t i = 0; i < number && i < limits::kItemsMax; ++i)
        out.com1.push_back(reader.array<32>());
    out.mac = reader.array<32>();
    return finished(reader, opensConversation(out.op) && suiteFits(out), std::move(out));
}

Bytes Hello::body() const
{
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(op)).u8(suite).raw(acct).raw(keyId).u32(epoch).u64(ctr).raw(n).raw(rid);
    for (const ByteArray<32> &commitment : com1)
        writer.raw(commitment);
    return writer.raw(mac).take();
}

Result<Stale> Stale::parse(ByteView body)
{
    Reader reader(body);
    Stale out;
    out.nonce = reader.array<16>();
    return finished(reader, true, std::move(out));
}

Bytes Stale::body() const
{
    return bytesOf(nonce);
}

Result<Clone> Clone::parse(ByteView body)
{
    return finished(Reader(body), true, Clone());
}

Bytes Clone::body() const
{
    return {};
}

Result<Locked> Locked::parse(ByteView body)
{
    Reader reader(body);
    Locked out;
    out.retryAfter = reader.u32();
    out.tries = reader.u8();
    out.failures = reader.u8();
    const std::uint8_t state = reader.u8();
    out.state = static_cast<DeviceState>(state);
    return finished(reader, state <= static_cast<std::uint8_t>(DeviceState::destroyed), std::move(out));
}

Bytes Locked::body() const
{
    return Writer().u32(retryAfter).u8(tries).u8(failures).u8(static_cast<std::uint8_t>(state)).take();
}

Result<EpochIs> EpochIs::parse(ByteView body)
{
    Reader reader(body);
    EpochIs out;
    out.epoch = reader.u32();
    return finished(reader, true, std::move(out));
}

Bytes EpochIs::body() const
{
    return Writer().u32(epoch).take();
}

template <Type kItsType, std::size_t kPointBytes>
Result<ChalOf<kItsType, kPointBytes>> ChalOf<kItsType, kPointBytes>::parse(ByteView body)
{
    Reader reader(body);
    bool valid = true;
    ChalOf out;
    out.sid = reader.array<16>();
    out.ctr = reader.u64();
    out.n = reader.array<32>();
    out.points = readList<decltype(out.points)>(reader, valid);
    out.expiryMs = static_cast<std::int64_t>(reader.u64());
    out.manifest = blob32(reader);
    const std::size_t number = reader.u8();
    for (std::size_t i = 0; i < number && reader.ok(); ++i) {
        out.tbs.push_back(blob32(reader));
        if (out.tbs.back().size() > limits::kTbsMax) valid = false;
    }
    valid = valid && fitCount(number) && out.expiryMs >= 0 && out.manifest.size() <= limits::kManifestMax;
    return finished(reader, valid, std::move(out));
}

template <Type kItsType, std::size_t kPointBytes> Bytes ChalOf<kItsType, kPointBytes>::body() const
{
    Writer writer;
    writer.raw(sid).u64(ctr).raw(n);
    write(writer, points);
    writer.u64(static_cast<std::uint64_t>(expiryMs)).blob32(manifest).u8(count(tbs.size()));
    for (const Bytes &entry : tbs)
        writer.blob32(entry);
    return writer.take();
}

template struct ChalOf<Type::chal, 113>;
template struct ChalOf<Type::frostChal, 64>;

template <Type kItsType, std::size_t kShareBytes>
Result<SignOf<kItsType, kShareBytes>> SignOf<kItsType, kShareBytes>::parse(ByteView body)
{
    return parseItems<SignOf>(body, &SignOf::Item::share);
}

template <Type kItsType, std::size_t kShareBytes> Bytes SignOf<kItsType, kShareBytes>::body() const
{
    return itemsBody(*this, &SignOf::Item::share);
}

template struct SignOf<Type::sign, 129>;
template struct SignOf<Type::frostSign, 96>;

Result<Resp> Resp::parse(ByteView body)
{
    Reader reader(body);
    bool valid = true;
    Resp out;
    out.sid = reader.array<16>();
    out.verdict = readVerdict(reader, valid);
    out.signatures = readList<decltype(out.signatures)>(reader, valid);
    valid = valid && (out.verdict.status == Status::ok) == !out.signatures.empty();
    return finished(reader, valid, std::move(out));
}

Bytes Resp::body() const
{
    Writer writer;
    writer.raw(sid);
    write(writer, verdict);
    write(writer, signatures);
    return writer.take();
}

Result<Dec1> Dec1::parse(ByteView body)
{
    return parseItems<Dec1>(body, &Dec1::Item::ask);
}

Bytes Dec1::body() const
{
    return itemsBody(*this, &Dec1::Item::ask);
}

Result<Dec2> Dec2::parse(ByteView body)
{
    Reader reader(body);
    bool valid = true;
    Dec2 out;
    out.sid = reader.array<16>();
    out.verdict = readVerdict(reader, valid);
    out.answers = readList<decltype(out.answers)>(reader, valid);
    out.mac = reader.array<32>();
    const bool isOk = out.verdict.status == Status::ok;
    valid = valid && isOk == !out.answers.empty() && (isOk || out.mac == ByteArray<32>{});
    return finished(reader, valid, std::move(out));
}

Bytes Dec2::body() const
{
    Writer writer;
    writer.raw(sid);
    write(writer, verdict);
    write(writer, answers);
    writer.raw(mac);
    return writer.take();
}

Result<Ref1> Ref1::parse(ByteView body)
{
    Reader reader(body);
    bool valid = true;
    Ref1 out;
    out.sid = reader.array<16>();
    reader.into(out.rho1);
    out.proofs = readProofs(reader, valid);
    return finished(reader, valid, std::move(out));
}

Bytes Ref1::body() const
{
    Writer writer;
    writer.raw(sid).raw(rho1);
    write(writer, proofs);
    return writer.take();
}

Result<Ref2> Ref2::parse(ByteView body)
{
    Reader reader(body);
    bool valid = true;
    Ref2 out;
    out.sid = reader.array<16>();
    out.verdict = readVerdict(reader, valid);
    out.rho2 = reader.array<32>();
    return finished(reader, valid, std::move(out));
}

Bytes Ref2::body() const
{
    Writer writer;
    writer.raw(sid);
    write(writer, verdict);
    return writer.raw(rho2).take();
}

Result<Ref3> Ref3::parse(ByteView body)
{
    Reader reader(body);
    bool valid = true;
    Ref3 out;
    out.sid = reader.array<16>();
    out.proofs = readProofs(reader, valid);
    return finished(reader, valid, std::move(out));
}

Bytes Ref3::body() const
{
    Writer writer;
    writer.raw(sid);
    write(writer, proofs);
    return writer.take();
}

Result<Ref4> Ref4::parse(ByteView body)
{
    Reader reader(body);
    bool valid = true;
    Ref4 out;
    out.sid = reader.array<16>();
    out.verdict = readVerdict(reader, valid);
    out.epoch = reader.u32();
    return finished(reader, valid, std::move(out));
}

Bytes Ref4::body() const
{
    Writer writer;
    writer.raw(sid);
    write(writer, verdict);
    return writer.u32(epoch).take();
}

Result<ResultQuery> ResultQuery::parse(ByteView body)
{
    Reader reader(body);
    ResultQuery out;
    out.acct = reader.array<16>();
    out.sid = reader.array<16>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes ResultQuery::body() const
{
    return concat({acct, sid, mac});
}

Result<Unknown> Unknown::parse(ByteView body)
{
    Reader reader(body);
    Unknown out;
    out.sid = reader.array<16>();
    return finished(reader, true, std::move(out));
}

Bytes Unknown::body() const
{
    return bytesOf(sid);
}

} // namespace hufu::wire
