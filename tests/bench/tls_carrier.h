// Messages over a WebSocket of the real HTTPS server on loopback, with TLS 1.3.
#pragma once

#include "tests/bench/load.h"

#include <filesystem>

namespace hufu::bench {

// In: folder, for the server's key; threads, of the server.
std::unique_ptr<Carrier> tlsCarrier(const std::filesystem::path &folder, unsigned threads);

} // namespace hufu::bench
