// Bytes and views of them; hexadecimal; big-endian reading and writing without a bound to forget.
#pragma once

#include "shield/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hufu {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
template <std::size_t N> using ByteArray = std::array<std::uint8_t, N>;

ByteView viewOf(std::string_view text);
std::string textOf(ByteView bytes);
Bytes bytesOf(ByteView bytes);
Bytes concat(std::initializer_list<ByteView> parts);
// Not for secrets: stops at the first difference.
bool sameBytes(ByteView a, ByteView b);

std::string toHex(ByteView bytes); // lower case
// Errors: badInput for an odd length or a digit that is none. Both cases of letters are read.
Result<Bytes> fromHex(std::string_view text);

template <std::size_t N> Result<ByteArray<N>> fixedBytes(ByteView bytes)
{
    if (bytes.size() != N) return Error(Errc::badInput, "length");
    ByteArray<N> out;
    for (std::size_t i = 0; i < N; ++i)
        out[i] = bytes[i];
    return out;
}

// Appends big-endian integers, raw bytes, and bytes or text behind a length.
class Writer {
public:
    Writer() = default;
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;
    ~Writer(); // wipes what was not taken
    Writer &u8(std::uint8_t value);
    Writer &u16(std::uint16_t value);
    Writer &u32(std::uint32_t value);
    Writer &u64(std::uint64_t value);
    Writer &raw(ByteView bytes);
    Writer &blob16(ByteView bytes); // length 2 | bytes; longer than 65,535 is cut off by an assertion
    Writer &blob32(ByteView bytes); // length 4 | bytes
    Writer &text(std::string_view value) { return blob16(viewOf(value)); }
    const Bytes &bytes() const { return m_bytes; }
    Bytes take() { return std::move(m_bytes); }

private:
    Bytes m_bytes;
};

// Reads what Writer wrote. A read past the end sets ok() to false for good and yields zeros, so a parser
// reads all its fields first and asks once at the end with finish().
class Reader {
public:
    explicit Reader(ByteView bytes) : m_rest(bytes) {}
    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    std::uint64_t u64();
    ByteView raw(std::size_t length);
    ByteView blob16();
    ByteView blob32();
    std::string text() { return textOf(blob16()); }
    void into(std::span<std::uint8_t> place); // fills it, and leaves no copy on the way
    template <std::size_t N> ByteArray<N> array()
    {
        ByteArray<N> out{};
        ByteView got = raw(N);
        for (std::size_t i = 0; i < got.size(); ++i)
            out[i] = got[i];
        return out;
    }
    std::size_t left() const { return m_rest.size(); }
    bool ok() const { return m_ok; }
    // Errors: badInput if anything was missing or something is left over.
    Result<void> finish() const;

private:
    ByteView m_rest;
    bool m_ok = true;
};

} // namespace hufu
