#include "shield/sessions/shelf.h"

namespace hufu::sessions {

namespace {

constexpr std::size_t kTimeBytes = 8;

} // namespace

Bytes keyOf(Kind kind, ByteView a, ByteView b)
{
    return Writer().u8(static_cast<std::uint8_t>(kind)).raw(a).raw(b).take();
}

Bytes keyOf(Kind kind, ByteView token, std::size_t index)
{
    const std::uint8_t at[] = {static_cast<std::uint8_t>(index)};
    return keyOf(kind, token, ByteView(at));
}

Result<void> put(ports::Transaction &transaction, const Bytes &key, std::int64_t forgetMs, ByteView value)
{
    return transaction.write(ports::Table::session, key,
                             Writer().u64(static_cast<std::uint64_t>(forgetMs)).raw(value).bytes());
}

std::int64_t forgetMsOf(const Bytes &stored)
{
    return static_cast<std::int64_t>(Reader(stored).u64());
}

std::optional<Bytes> live(const std::optional<Bytes> &stored, std::int64_t nowMs)
{
    if (!stored || stored->size() < kTimeBytes || forgetMsOf(*stored) < nowMs) return std::nullopt;
    return bytesOf(ByteView(*stored).subspan(kTimeBytes));
}

Result<void> putSealed(ports::Transaction &transaction, ports::MasterKey &masterKey, const Bytes &key,
                       std::int64_t forgetMs, ByteView plain)
{
    HUFU_TRY(sealed, masterKey.seal(plain, key));
    return put(transaction, key, forgetMs, sealed);
}

Result<void> save(ports::Transaction &transaction, ports::MasterKey &masterKey, const Token &token, SessionRow &row)
{
    ++row.version;
    return putSealed(transaction, masterKey, keyOf(Kind::session, token), row.forgetMs(), row.encode().expose());
}

Result<SessionRow> open(ports::MasterKey &masterKey, const Token &token, const std::optional<Bytes> &stored, std::int64_t nowMs)
{
    const auto sealed = live(stored, nowMs);
    if (!sealed) return Error(Errc::notFound, "no such session");
    HUFU_TRY(plain, masterKey.open(*sealed, keyOf(Kind::session, token)));
    return SessionRow::parse(plain.expose());
}

Result<SessionRow> load(ports::Transaction &transaction, ports::MasterKey &masterKey, const Token &token, std::int64_t nowMs)
{
    HUFU_TRY(stored, transaction.readForChange(ports::Table::session, keyOf(Kind::session, token)));
    return open(masterKey, token, stored, nowMs);
}

} // namespace hufu::sessions
