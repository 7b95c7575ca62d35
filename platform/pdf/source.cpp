#include "platform/pdf/source.h"

#include <algorithm>

namespace hufu::pdf {

using files::Trouble;

Trouble Source::pour(std::uint64_t offset, std::uint64_t length, const Sink &sink) const
{
    constexpr std::uint64_t kPiece = 1 << 20;
    Bytes buffer(static_cast<std::size_t>(std::min(kPiece, length)));
    while (length > 0) {
        const std::span<std::uint8_t> part(buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), length)));
        if (const Trouble trouble = read(offset, part); trouble != Trouble::none) return trouble;
        sink(part);
        offset += part.size();
        length -= part.size();
    }
    return Trouble::none;
}

Bytes Source::piece(std::uint64_t offset, std::size_t length) const
{
    if (offset > size() || length > size() - offset) return {};
    Bytes out(length);
    return read(offset, out) == Trouble::none ? out : Bytes();
}

Trouble MemorySource::read(std::uint64_t offset, std::span<std::uint8_t> into) const
{
    if (offset > m_bytes.size() || into.size() > m_bytes.size() - offset) return Trouble::changed;
    std::copy_n(m_bytes.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
    return Trouble::none;
}

} // namespace hufu::pdf
