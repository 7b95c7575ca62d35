#include "shield/ports/random.h"

#include <cstdlib>
#include <sodium.h>

namespace hufu::ports {

SystemRandom::SystemRandom()
{
    if (sodium_init() < 0) std::abort();
}

void SystemRandom::fill(std::span<std::uint8_t> out, std::string_view)
{
    if (!out.empty()) randombytes_buf(out.data(), out.size()); // which is given no null pointer
}

} // namespace hufu::ports
