// The compression function of SM3 over kLanes messages in lockstep. It is compiled once for each width, by a
// file with that width's compiler flags; so it must not touch a function that other files share, which the
// linker might then take from here. Source: GB/T 32905 5.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace hufu::crypto::lanes {

namespace {

constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kStateWords = 8;

template <std::size_t kLanes> struct Kernel {
    typedef std::uint32_t Words __attribute__((vector_size(4 * kLanes)));
    typedef std::uint8_t Octets __attribute__((vector_size(4 * kLanes)));
    static constexpr std::size_t kRows = 16 / kLanes; // registers for a block of one message

    template <int bits> static Words rotate(Words x) { return (x << bits) | (x >> (32 - bits)); }
    static Words p0(Words x) { return x ^ rotate<9>(x) ^ rotate<17>(x); }
    static Words p1(Words x) { return x ^ rotate<15>(x) ^ rotate<23>(x); }

    template <std::size_t... i> static Words swapOctets(Octets x, std::index_sequence<i...>)
    {
        return reinterpret_cast<Words>(__builtin_shufflevector(x, x, static_cast<int>(i ^ 3)...));
    }
    // One step of a transposition: exchanges blocks of step by step words between two rows.
    template <std::size_t step, std::size_t... i>
    static void exchange(Words &upper, Words &lower, std::index_sequence<i...>)
    {
        const Words a = upper;
        const Words b = lower;
        upper = __builtin_shufflevector(a, b, static_cast<int>((i & step) != 0 ? kLanes + i - step : i)...);
        lower = __builtin_shufflevector(a, b, static_cast<int>((i & step) != 0 ? kLanes + i : i + step)...);
    }
    template <std::size_t step> static void exchangeAll(Words (&rows)[kLanes])
    {
        for (std::size_t i = 0; i < kLanes; ++i)
            if ((i & step) == 0) exchange<step>(rows[i], rows[i + step], std::make_index_sequence<kLanes>());
        if constexpr (step > 1) exchangeAll<step / 2>(rows);
    }
    // The sixteen words of the next block of each message, word by word.
    static void load(Words (&w)[68], const std::uint8_t *const (&messages)[kLanes], std::size_t at)
    {
        for (std::size_t row = 0; row < kRows; ++row) {
            Words rows[kLanes];
            for (std::size_t lane = 0; lane < kLanes; ++lane) {
                Octets octets;
                __builtin_memcpy(&octets, messages[lane] + at + row * 4 * kLanes, sizeof octets);
                rows[lane] = swapOctets(octets, std::make_index_sequence<4 * kLanes>());
            }
            exchangeAll<kLanes / 2>(rows);
            for (std::size_t i = 0; i < kLanes; ++i)
                w[row * kLanes + i] = rows[i];
        }
    }

    static void compress(Words (&state)[kStateWords], const std::uint8_t *const (&messages)[kLanes],
                         std::size_t at)
    {
        Words w[68];
        load(w, messages, at);
        for (int j = 16; j < 68; ++j)
            w[j] = p1(w[j - 16] ^ w[j - 9] ^ rotate<15>(w[j - 3])) ^ rotate<7>(w[j - 13]) ^ w[j - 6];
        Words a = state[0], b = state[1], c = state[2], d = state[3];
        Words e = state[4], f = state[5], g = state[6], h = state[7];
        const auto round = [&](int j, std::uint32_t constant, Words ff, Words gg) {
            const Words a12 = rotate<12>(a);
            const Words ss1 = rotate<7>(a12 + e + constant);
            const Words tt1 = ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4]);
            const Words tt2 = gg + h + ss1 + w[j];
            d = c;
            c = rotate<9>(b);
            b = a;
            a = tt1;
            h = g;
            g = rotate<19>(f);
            f = e;
            e = p0(tt2);
        };
        std::uint32_t constant = 0x79cc4519;
        const auto next = [&constant] { constant = (constant << 1) | (constant >> 31); };
        for (int j = 0; j < 16; ++j, next())
            round(j, constant, a ^ b ^ c, e ^ f ^ g);
        constant = 0x9d8a7a87; // 7a879d8a turned by 16
        for (int j = 16; j < 64; ++j, next())
            round(j, constant, (a & b) | (a & c) | (b & c), (e & f) | (~e & g));
        state[0] ^= a;
        state[1] ^= b;
        state[2] ^= c;
        state[3] ^= d;
        state[4] ^= e;
        state[5] ^= f;
        state[6] ^= g;
        state[7] ^= h;
    }

    // In: state, word by word and lane by lane; blocks of 64 bytes of each message.
    static void run(std::uint32_t *state, const std::uint8_t *const *messages, std::size_t blocks)
    {
        Words words[kStateWords];
        __builtin_memcpy(words, state, sizeof words);
        const std::uint8_t *lanes[kLanes];
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] = messages[lane];
        for (std::size_t block = 0; block < blocks; ++block)
            compress(words, lanes, block * kBlockBytes);
        __builtin_memcpy(state, words, sizeof words);
    }
};

} // namespace

void compress8(std::uint32_t *state, const std::uint8_t *const *messages, std::size_t blocks);
void compress16(std::uint32_t *state, const std::uint8_t *const *messages, std::size_t blocks);

} // namespace hufu::crypto::lanes
