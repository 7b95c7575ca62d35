// Fields that several messages share. For the sources of this folder only.
#pragma once

#include "shield/base/limits.h"
#include "shield/intent/manifest.h"
#include "shield/wire/conversation.h"

namespace hufu::wire {

inline constexpr std::size_t kCertificateMax = 16 * 1024;
inline constexpr std::size_t kValueMax = 32 * 1024; // evidence of a face service
inline constexpr std::size_t kTextMax = 1024;

// Every parse() ends here: nothing missing, nothing left over, and the rules of the fields.
template <typename M> Result<M> finished(const Reader &reader, bool valid, M &&message)
{
    HUFU_CHECK(reader.finish());
    if (!valid) return Error(Errc::badInput, "a field out of its range");
    return std::forward<M>(message);
}

inline Bytes blob16(Reader &reader)
{
    return bytesOf(reader.blob16());
}

inline Bytes blob32(Reader &reader)
{
    return bytesOf(reader.blob32());
}

// Text that is fit to be shown and not longer than kTextMax.
inline bool fit(const std::string &text)
{
    return static_cast<bool>(intent::checkText(text, kTextMax));
}

// A device has two keys, an approval up to 64 items; each list has its length in one byte before it.
inline bool fitCount(std::size_t count)
{
    return count <= limits::kItemsMax;
}

// Indices of items: in range, ascending, each once.
template <typename Item> bool ascending(const std::vector<Item> &items)
{
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].index >= limits::kItemsMax || (i > 0 && items[i - 1].index >= items[i].index))
            return false;
    return true;
}

inline std::uint8_t count(std::size_t size)
{
    return static_cast<std::uint8_t>(size);
}

} // namespace hufu::wire
