// Whole conversations with many devices at once: HELLO, CHAL, SIGN, RESP through the wire codec and a ledger,
// without a network.
#pragma once

#include "shield/ports/ledger_store.h"

#include <cstddef>
#include <vector>

namespace hufu::bench {

// What the server's part of one conversation takes, in microseconds that the processor computed, by where.
struct LoadCost {
    double total = 0;
    double codec = 0;
    double ledger = 0;
    double sealing = 0; // opening the share and the device's key with the master key
};

struct LoadResult {
    std::size_t conversations = 0;
    LoadCost cost;    // the mean of all
    double p50Us = 0; // of the server's part, on the clock, flushes and other devices' turns included
    double p99Us = 0;
    double wallSeconds = 0; // the phones' part included
};

// With all, the cost has no parts; looking at them costs time itself, which is taken out, but spoils the caches.
enum class Watch { all, parts };

// In: devices, each on a thread of its own; each, conversations of a device.
LoadResult runLoad(ports::LedgerStore &ledger, std::size_t devices, std::size_t each, Watch watch);

} // namespace hufu::bench
