#include "shield/base/bytes.h"

#include "shield/base/secret.h"

#include <algorithm>
#include <cassert>

namespace hufu {

ByteView viewOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

std::string textOf(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Bytes bytesOf(ByteView bytes)
{
    return {bytes.begin(), bytes.end()};
}

Bytes concat(std::initializer_list<ByteView> parts)
{
    Bytes out;
    std::size_t size = 0;
    for (ByteView part : parts)
        size += part.size();
    out.reserve(size); // what it would grow out of is not wiped
    for (ByteView part : parts)
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

bool sameBytes(ByteView a, ByteView b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

std::string toHex(ByteView bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (std::uint8_t b : bytes) {
        out.push_back(kDigits[b >> 4]);
        out.push_back(kDigits[b & 15]);
    }
    return out;
}

static int hexDigit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Result<Bytes> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0) return Error(Errc::badInput, "odd number of hexadecimal digits");
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0) return Error(Errc::badInput, "not a hexadecimal digit");
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

namespace {

// What is written may be secret: a buffer that it grows out of is wiped before it goes back to the heap.
void makeRoom(Bytes &bytes, std::size_t more)
{
    constexpr std::size_t kAtFirst = 256;
    if (bytes.capacity() - bytes.size() >= more) return;
    Bytes larger;
    larger.reserve(std::max({bytes.size() + more, 2 * bytes.capacity(), kAtFirst}));
    larger.assign(bytes.begin(), bytes.end());
    wipe(bytes.data(), bytes.size());
    bytes = std::move(larger);
}

// Big-endian, in one piece.
template <typename Integer> void append(Bytes &bytes, Integer value)
{
    ByteArray<sizeof value> piece;
    for (std::size_t i = 0; i < piece.size(); ++i)
        piece[i] = static_cast<std::uint8_t>(value >> (8 * (piece.size() - 1 - i)));
    makeRoom(bytes, piece.size());
    bytes.insert(bytes.end(), piece.begin(), piece.end());
}

} // namespace

Writer::~Writer()
{
    wipe(m_bytes.data(), m_bytes.size());
}

Writer &Writer::u8(std::uint8_t value)
{
    append(m_bytes, value);
    return *this;
}

Writer &Writer::u16(std::uint16_t value)
{
    append(m_bytes, value);
    return *this;
}

Writer &Writer::u32(std::uint32_t value)
{
    append(m_bytes, value);
    return *this;
}

Writer &Writer::u64(std::uint64_t value)
{
    append(m_bytes, value);
    return *this;
}

Writer &Writer::raw(ByteView bytes)
{
    makeRoom(m_bytes, bytes.size());
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    return *this;
}

Writer &Writer::blob16(ByteView bytes)
{
    assert(bytes.size() <= 0xffff);
    const ByteView fitting = bytes.first(std::min<std::size_t>(bytes.size(), 0xffff));
    return u16(static_cast<std::uint16_t>(fitting.size())).raw(fitting);
}

Writer &Writer::blob32(ByteView bytes)
{
    return u32(static_cast<std::uint32_t>(bytes.size())).raw(bytes);
}

ByteView Reader::raw(std::size_t length)
{
    if (!m_ok || length > m_rest.size()) {
        m_ok = false;
        return {};
    }
    const ByteView out = m_rest.first(length);
    m_rest = m_rest.subspan(length);
    return out;
}

void Reader::into(std::span<std::uint8_t> place)
{
    std::ranges::copy(raw(place.size()), place.begin());
}

std::uint8_t Reader::u8()
{
    const ByteView b = raw(1);
    return b.empty() ? std::uint8_t{0} : b[0];
}

std::uint16_t Reader::u16()
{
    const unsigned high = u8();
    return static_cast<std::uint16_t>(high << 8 | u8());
}

std::uint32_t Reader::u32()
{
    const std::uint32_t high = u16();
    return high << 16 | u16();
}

std::uint64_t Reader::u64()
{
    const std::uint64_t high = u32();
    return high << 32 | u32();
}

ByteView Reader::blob16()
{
    return raw(u16());
}

ByteView Reader::blob32()
{
    return raw(u32());
}

Result<void> Reader::finish() const
{
    if (!m_ok) return Error(Errc::badInput, "truncated");
    if (!m_rest.empty()) return Error(Errc::badInput, "bytes left over");
    return {};
}

} // namespace hufu
