// What a fuzz target is: something that reads bytes from outside, and what must hold whatever the bytes are.
#pragma once

#include "shield/base/result.h"
#include "shield/base/bytes.h"

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hufu::tests {

struct FuzzTarget {
    std::string name;              // of the target and of its folder in corpus/
    void (*feed)(ByteView bytes);  // dies where something does not hold
    std::vector<Bytes> (*seeds)(); // a few good inputs, made by our own encoders
};

std::vector<FuzzTarget> wireTargets();
std::vector<FuzzTarget> intentTargets();
std::vector<FuzzTarget> cryptoTargets();
std::vector<FuzzTarget> x509Targets();
std::vector<FuzzTarget> rowTargets();
std::vector<FuzzTarget> companyTargets();
std::vector<FuzzTarget> vaultTargets();
std::vector<FuzzTarget> thresholdTargets();
std::vector<FuzzTarget> frostTargets();
std::vector<FuzzTarget> cosignerTargets();
std::vector<FuzzTarget> phoneTargets();
std::vector<FuzzTarget> pdfTargets();
std::vector<FuzzTarget> pictureTargets();
std::vector<FuzzTarget> serverTargets();
std::vector<FuzzTarget> envelopeFileTargets();
std::vector<FuzzTarget> outsideTargets();
std::vector<FuzzTarget> loopbackTargets();
// Wrong on purpose, to show that a target can fail. Not among all().
std::vector<FuzzTarget> carelessTargets();

std::vector<FuzzTarget> allTargets();

// Not an assertion, which a release build would drop.
inline void hold(bool holds, const char *what)
{
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

// Bytes of a good message with changes that the fuzzer chose, for what random bytes would never get past.
//   (place 2 | xor 1)...     places beyond the message wrap around
// Returns: whether anything has changed.
template <typename Container> bool spoil(Container &message, ByteView changes)
{
    const Bytes before(message.begin(), message.end());
    for (std::size_t i = 0; i + 3 <= changes.size() && !message.empty(); i += 3) {
        const std::size_t at = static_cast<std::size_t>(changes[i] << 8 | changes[i + 1]) % message.size();
        message[at] = static_cast<std::uint8_t>(message[at] ^ changes[i + 2]);
    }
    return !std::equal(before.begin(), before.end(), message.begin());
}

} // namespace hufu::tests
