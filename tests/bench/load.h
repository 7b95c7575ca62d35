// Whole conversations with many devices at once: HELLO, CHAL, SIGN, RESP through the wire codec and a ledger,
// by a call or by whatever else carries messages.
#pragma once

#include "shield/base/bytes.h"
#include "shield/ports/ledger_store.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace hufu::bench {

// What the server's part of one conversation takes, in microseconds that the processor computed, by where.
struct LoadCost {
    double total = 0;
    double codec = 0;
    double ledger = 0;
    double sealing = 0; // opening the share and the device's key with the master key
    double carrier = 0; // TLS, WebSocket, connections
};

struct LoadResult {
    std::size_t conversations = 0;
    LoadCost cost;    // the mean of all
    double p50Us = 0; // of the server's part, on the clock, flushes and other devices' turns included
    double p99Us = 0;
    double wallSeconds = 0; // the phones' part included
};

// The server's end of a connection: messages in and out. Used by one thread at a time.
class ServerEnd {
public:
    virtual ~ServerEnd() = default;
    virtual Bytes greeting() = 0;
    virtual Bytes answer(ByteView message) = 0;
};

// The phone's end.
class PhoneEnd {
public:
    virtual ~PhoneEnd() = default;
    virtual Bytes greeting() = 0;
    virtual Bytes ask(ByteView message) = 0;
};

// What brings the phones' messages to the server. Its work of the server's side is done by threads of its own.
class Carrier {
public:
    virtual ~Carrier() = default;
    virtual void start(std::function<std::unique_ptr<ServerEnd>()> connected) = 0;
    virtual std::unique_ptr<PhoneEnd> connect() = 0;
    virtual void stop() = 0;
};

// With all, the cost has no parts; looking at them costs time itself, which is taken out, but spoils the caches.
enum class Watch { all, parts };
// A phone connects once, or anew for each conversation as phones do.
enum class Connections { kept, fresh };

// In: devices, each on a thread of its own; each, conversations of a device; carrier, or null for a call.
LoadResult runLoad(ports::LedgerStore &ledger, std::size_t devices, std::size_t each, Watch watch,
                   Carrier *carrier = nullptr, Connections connections = Connections::kept);

} // namespace hufu::bench
