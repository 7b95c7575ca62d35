#include "shield/crypto/sm3_lanes.h"

#include "shield/crypto/sm3_lanes_kernel.h"

#include <algorithm>

namespace hufu::crypto {

namespace {

constexpr std::size_t kLanesMax = 16;
constexpr std::size_t kLanesWorthwhile = 3; // for fewer messages one after the other is faster
constexpr std::uint32_t kInitial[lanes::kStateWords] = {0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
                                                        0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e};

using Compress = void (*)(std::uint32_t *, const std::uint8_t *const *, std::size_t);

struct Engine {
    std::size_t lanes = 1;
    Compress compress = nullptr;
};

Engine engine(std::size_t most)
{
#if defined(__x86_64__)
    if (most >= 16 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0)
        return {16, lanes::compress16};
    if (most >= 8 && __builtin_cpu_supports("avx2") != 0) return {8, lanes::compress8};
#else
    static_cast<void>(most);
#endif
    return {};
}

// At most as many messages as there are lanes.
void hashTogether(const Engine &with, std::uint8_t first, std::span<const ByteView> messages,
                  std::span<ByteArray<kSm3Bytes>> out)
{
    using lanes::kBlockBytes;
    const std::size_t length = messages[0].size();
    const std::size_t head = std::min(length, kBlockBytes - 1);
    const std::size_t middle = (length - head) / kBlockBytes; // whole blocks behind the first
    const std::size_t rest = length - head - middle * kBlockBytes;
    const bool alone = head < kBlockBytes - 1; // then everything is in the last blocks

    // The first block holds the byte before the message; the last one or two hold the padding.
    std::uint8_t heads[kLanesMax][kBlockBytes] = {};
    std::uint8_t tails[kLanesMax][2 * kBlockBytes] = {};
    const std::uint8_t *at[kLanesMax];
    const std::size_t tailBytes = alone ? length + 1 : rest;
    const std::size_t tailBlocks = tailBytes + 9 > kBlockBytes ? 2 : 1;
    const std::uint64_t bits = (static_cast<std::uint64_t>(length) + 1) * 8;
    for (std::size_t lane = 0; lane < messages.size(); ++lane) {
        const ByteView message = messages[lane];
        std::uint8_t *tail = tails[lane];
        if (alone) {
            tail[0] = first;
            std::ranges::copy(message, tail + 1);
        } else {
            heads[lane][0] = first;
            std::ranges::copy(message.first(head), heads[lane] + 1);
            std::ranges::copy(message.last(rest), tail);
        }
        tail[tailBytes] = 0x80;
        for (std::size_t i = 0; i < 8; ++i)
            tail[tailBlocks * kBlockBytes - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
    }

    std::uint32_t state[lanes::kStateWords * kLanesMax];
    for (std::size_t i = 0; i < lanes::kStateWords * with.lanes; ++i)
        state[i] = kInitial[i / with.lanes];
    const auto feed = [&](auto &&start, std::size_t blocks) {
        for (std::size_t lane = 0; lane < with.lanes; ++lane)
            at[lane] = start(lane < messages.size() ? lane : 0); // spare lanes repeat the first message
        with.compress(state, at, blocks);
    };
    if (!alone) feed([&](std::size_t lane) { return heads[lane]; }, 1);
    if (middle > 0) feed([&](std::size_t lane) { return messages[lane].data() + head; }, middle);
    feed([&](std::size_t lane) { return tails[lane]; }, tailBlocks);

    for (std::size_t lane = 0; lane < messages.size(); ++lane)
        for (std::size_t word = 0; word < lanes::kStateWords; ++word)
            for (std::size_t i = 0; i < 4; ++i)
                out[lane][4 * word + i] =
                    static_cast<std::uint8_t>(state[word * with.lanes + lane] >> (24 - 8 * i));
}

} // namespace

std::size_t sm3LaneCount()
{
    return engine(kLanesMax).lanes;
}

void sm3Lanes(std::uint8_t first, std::span<const ByteView> messages, std::span<ByteArray<kSm3Bytes>> out,
              std::size_t most)
{
    const Engine with = engine(most);
    while (!messages.empty()) {
        const std::size_t count = std::min(messages.size(), with.lanes);
        if (count < kLanesWorthwhile)
            for (std::size_t i = 0; i < count; ++i)
                out[i] = sm3({ByteView(&first, 1), messages[i]});
        else
            hashTogether(with, first, messages.first(count), out);
        messages = messages.subspan(count);
        out = out.subspan(count);
    }
}

} // namespace hufu::crypto
