#include "shield/crypto/sm2_point.h"
#include "tests/ct/check.h"

namespace hufu::tests {

namespace {

volatile std::uint64_t g_sink; // so that nothing is optimised away

// Branches on a secret.
__attribute__((noinline)) void leakyBranch()
{
    const auto secret = secretBytes<1>();
    if ((secret[0] & 1) != 0) {
        for (int i = 0; i < 8; ++i)
            g_sink = g_sink + 3;
    }
}

// Reads a table at a secret place.
__attribute__((noinline)) void leakyIndex()
{
    static volatile std::uint64_t table[256];
    const auto secret = secretBytes<1>();
    g_sink = table[secret[0]];
}

// Hands a secret to what is meant for public values.
void leakyCall()
{
    const auto secret = secretBytes<64>();
    crypto::mulDoubleVartime(crypto::Scalar(), crypto::Scalar::reduceWide(secret), crypto::Point::generator());
}

constexpr CtCheck kChecks[] = {
    {"leaky-branch", leakyBranch},
    {"leaky-index", leakyIndex},
    {"leaky-call", leakyCall},
};

} // namespace

std::span<const CtCheck> leakyChecks()
{
    return kChecks;
}

} // namespace hufu::tests
