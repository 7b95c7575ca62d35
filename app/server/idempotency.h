// A change that is asked for again with the same key is answered again, and not done again.
#pragma once

#include "platform/net/http.h"
#include "shield/ports/clock.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"

#include <functional>
#include <variant>

namespace hufu::server {

class Idempotency {
public:
    static constexpr std::int64_t kKeptMs = std::int64_t{24} * 3'600'000;
    static constexpr std::int64_t kUnderWayMs = 60'000; // then whoever began it has died
    static constexpr std::size_t kKeyMost = 64;

    Idempotency(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Clock &clock)
        : m_ledger(ledger), m_masterKey(masterKey), m_clock(clock)
    {}

    using Slot = ByteArray<32>;
    // whose: who asks, and for what. mayBegin: asked before anything is written for a new key; empty: it may. Returns: the answer that was
    // given, or where to keep it. Errors: badInput (key); replayed (the same key with another body); badState (under way); locked (it may not).
    Result<std::variant<net::Response, Slot>> begin(ByteView whose, std::string_view key, ByteView body, const std::function<bool()> &mayBegin = {});
    // An answer that did it is kept, sealed; any other leaves the key free.
    Result<void> finish(const Slot &slot, const net::Response &response);
    // Forgets what is kept long enough.
    Result<void> sweep();

private:
    ports::LedgerStore &m_ledger;
    ports::MasterKey &m_masterKey;
    ports::Clock &m_clock;
};

} // namespace hufu::server
