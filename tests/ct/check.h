// What a constant-time check is made of.
#pragma once

#include "shield/base/ct.h"
#include "shield/ports/random.h"

#include <span>

namespace hufu::tests {

struct CtCheck {
    const char *name;
    void (*run)();
};

std::span<const CtCheck> cryptoChecks();
std::span<const CtCheck> thresholdChecks();
std::span<const CtCheck> frostChecks();
std::span<const CtCheck> atRestChecks();
std::span<const CtCheck> conversationChecks();
// Wrong on purpose, to show that the check would see it. Run by name only.
std::span<const CtCheck> leakyChecks();
std::span<const CtCheck> leakyFrostChecks();
std::span<const CtCheck> leakyConversationChecks();

// Random bytes that count as secret from here on.
template <std::size_t N> ByteArray<N> secretBytes()
{
    ports::SystemRandom random;
    auto bytes = random.bytes<N>("secret");
    ct::poison(bytes.data(), bytes.size());
    return bytes;
}

} // namespace hufu::tests
