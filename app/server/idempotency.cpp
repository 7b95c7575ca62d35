#include "app/server/idempotency.h"

#include "shield/crypto/sm3.h"

#include <nlohmann/json.hpp>

namespace hufu::server {

using ports::Table;

namespace {

constexpr std::string_view kPrefix = "answer/";
constexpr std::size_t kHead = 8 + 32; // time | SM3(body), then the sealed answer; empty while it is under way

Bytes keyOf(const Idempotency::Slot &slot)
{
    return concat({viewOf(kPrefix), slot});
}

Bytes contextOf(const Idempotency::Slot &slot)
{
    return concat({viewOf("hufu-answer"), slot});
}

Bytes timeBytes(std::int64_t ms)
{
    Bytes out(8);
    for (std::size_t i = 0; i < 8; ++i)
        out[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(ms) >> (56 - 8 * i));
    return out;
}

std::int64_t timeOf(ByteView row)
{
    std::uint64_t ms = 0;
    for (const std::uint8_t byte : row.first(8))
        ms = ms << 8 | byte;
    return ms < std::uint64_t{1} << 53 ? static_cast<std::int64_t>(ms) : 0; // of a damaged row: long over
}

} // namespace

Result<std::variant<net::Response, Idempotency::Slot>> Idempotency::begin(ByteView whose, std::string_view key, ByteView body,
                                                                             const std::function<bool()> &mayBegin)
{
    using Begun = std::variant<net::Response, Slot>;
    if (key.empty() || key.size() > kKeyMost) return Error(Errc::badInput, "idempotency key");
    const Slot slot = crypto::sm3({viewOf("hufu-answer"), crypto::sm3(whose), viewOf(key)});
    const auto bodySm3 = crypto::sm3(body);
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(stored, transaction->readForChange(Table::meta, keyOf(slot)));
    if (stored && stored->size() >= kHead && now - timeOf(*stored) < kKeptMs) {
        const ByteView row(*stored);
        if (!sameBytes(row.subspan(8, 32), bodySm3)) return Error(Errc::replayed, "the key was used for something else");
        if (row.size() > kHead) {
            HUFU_TRY(opened, m_masterKey.open(row.subspan(kHead), contextOf(slot)));
            const ByteView plain = opened.expose();
            const auto kept = nlohmann::json::parse(plain.begin(), plain.end(), nullptr, false);
            const auto member = [&kept](const char *name) { return kept.is_object() ? kept.value(name, nlohmann::json()) : nlohmann::json(); };
            const auto status = member("status"), type = member("type"), text = member("body");
            if (!status.is_number_unsigned() || status > 999 || !type.is_string() || !text.is_string())
                return Error(Errc::tampered, "kept answer");
            net::Response response;
            response.status = status.get<int>();
            response.contentType = type.get<std::string>();
            response.body = bytesOf(viewOf(text.get_ref<const std::string &>()));
            return Begun(std::move(response));
        }
        if (now - timeOf(row) < kUnderWayMs) return Error(Errc::badState, "under way");
    }
    if (mayBegin && !mayBegin()) return Error(Errc::locked, "asked too often");
    HUFU_CHECK(transaction->write(Table::meta, keyOf(slot), concat({timeBytes(now), bodySm3})));
    HUFU_CHECK(transaction->commit());
    return Begun(slot);
}

Result<void> Idempotency::finish(const Slot &slot, const net::Response &response)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(stored, transaction->readForChange(Table::meta, keyOf(slot)));
    if (!stored || stored->size() < kHead) return {};
    if (response.status >= 300) {
        HUFU_CHECK(transaction->remove(Table::meta, keyOf(slot)));
        return transaction->commit();
    }
    const nlohmann::json kept = {{"status", response.status}, {"type", response.contentType}, {"body", textOf(response.body)}};
    Bytes plain = bytesOf(viewOf(kept.dump()));
    const auto wiped = SecretBytes::adopt(plain);
    HUFU_TRY(sealed, m_masterKey.seal(wiped.expose(), contextOf(slot)));
    HUFU_CHECK(transaction->write(Table::meta, keyOf(slot), concat({ByteView(*stored).first(kHead), sealed})));
    return transaction->commit();
}

Result<void> Idempotency::sweep()
{
    constexpr std::size_t kAtATime = 1000;
    const std::int64_t now = m_clock.unixMs();
    Bytes after;
    for (;;) {
        HUFU_TRY(rows, m_ledger.scan(Table::meta, viewOf(kPrefix), kAtATime, after));
        for (const auto &[key, value] : rows) {
            if (value.size() >= kHead && now - timeOf(value) < kKeptMs) continue;
            HUFU_TRY(transaction, m_ledger.begin());
            HUFU_CHECK(transaction->remove(Table::meta, key));
            HUFU_CHECK(transaction->commit());
        }
        if (rows.size() < kAtATime) return {};
        after = rows.back().first;
    }
}

} // namespace hufu::server
