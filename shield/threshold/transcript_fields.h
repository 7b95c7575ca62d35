// The bytes of a transcript, whatever hash a suite has: "PSH1" | len8(tag) | tag | (len32(field) | field)*. For
// transcript.cpp and frost_transcript.cpp only.
#pragma once

#include "shield/base/secret.h"

#include <initializer_list>
#include <string_view>

namespace hufu::threshold {

// H with an optional first field of one byte, which H2S and H2S* count with.
template <typename Hash> class TranscriptFields {
public:
    explicit TranscriptFields(std::string_view tag)
    {
        constexpr std::string_view kProtocol = "PSH1";
        const std::uint8_t length = static_cast<std::uint8_t>(tag.size());
        m_hash.update(viewOf(kProtocol)).update({&length, 1}).update(viewOf(tag));
    }
    TranscriptFields &field(ByteView bytes)
    {
        const auto size = static_cast<std::uint32_t>(bytes.size());
        const ByteArray<4> length{static_cast<std::uint8_t>(size >> 24), static_cast<std::uint8_t>(size >> 16),
                                  static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
        m_hash.update(length).update(bytes);
        return *this;
    }
    TranscriptFields &counter(std::uint8_t value) { return field({&value, 1}); }
    TranscriptFields &fields(std::initializer_list<ByteView> all)
    {
        for (const ByteView bytes : all)
            field(bytes);
        return *this;
    }
    ByteArray<32> finish() { return m_hash.finish(); }

private:
    Hash m_hash;
};

// Two hashes side by side are the 512 bits that are reduced. attempt is H2S*'s counter.
template <typename Hash>
Secret<64> wideHash(std::string_view tag, const std::uint8_t *attempt, std::initializer_list<ByteView> fields)
{
    Secret<64> wide;
    for (std::uint8_t half = 0; half < 2; ++half) {
        TranscriptFields<Hash> transcript(tag);
        transcript.counter(half);
        if (attempt) transcript.counter(*attempt);
        ByteArray<32> digest = transcript.fields(fields).finish();
        for (std::size_t i = 0; i < digest.size(); ++i)
            wide.fill()[32 * half + i] = digest[i];
        wipe(digest.data(), digest.size());
    }
    return wide;
}

} // namespace hufu::threshold
