// 16 messages at once, in the registers of AVX-512; called only where the processor has it.
#include "shield/crypto/sm3_lanes_kernel.h"

namespace hufu::crypto::lanes {

void compress16(std::uint32_t *state, const std::uint8_t *const *messages, std::size_t blocks)
{
    Kernel<16>::run(state, messages, blocks);
}

} // namespace hufu::crypto::lanes
