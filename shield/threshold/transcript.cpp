#include "shield/threshold/transcript.h"

namespace hufu::threshold {

namespace {

constexpr std::string_view kProtocol = "PSH1";

// H with an optional first field of one byte, which H2S and H2S* count with.
class Transcript {
public:
    explicit Transcript(std::string_view tag)
    {
        const std::uint8_t length = static_cast<std::uint8_t>(tag.size());
        m_sm3.update(viewOf(kProtocol)).update({&length, 1}).update(viewOf(tag));
    }
    Transcript &field(ByteView bytes)
    {
        Writer length;
        length.u32(static_cast<std::uint32_t>(bytes.size()));
        m_sm3.update(length.bytes()).update(bytes);
        return *this;
    }
    Transcript &counter(std::uint8_t value) { return field({&value, 1}); }
    Transcript &fields(std::initializer_list<ByteView> all)
    {
        for (const ByteView bytes : all)
            field(bytes);
        return *this;
    }
    ByteArray<32> finish() { return m_sm3.finish(); }

private:
    crypto::Sm3 m_sm3;
};

// Two hashes side by side are the 512 bits that are reduced. attempt is H2S*'s counter.
crypto::Scalar reduceTwice(std::string_view tag, const std::uint8_t *attempt,
                           std::initializer_list<ByteView> fields)
{
    Secret<64> wide;
    for (std::uint8_t half = 0; half < 2; ++half) {
        Transcript transcript(tag);
        transcript.counter(half);
        if (attempt) transcript.counter(*attempt);
        ByteArray<32> digest = transcript.fields(fields).finish();
        for (std::size_t i = 0; i < digest.size(); ++i)
            wide.fill()[32 * half + i] = digest[i];
        wipe(digest.data(), digest.size());
    }
    return crypto::Scalar::reduceWide(wide.expose());
}

} // namespace

ByteArray<32> hash(std::string_view tag, std::initializer_list<ByteView> fields)
{
    return Transcript(tag).fields(fields).finish();
}

crypto::Scalar hashToScalar(std::string_view tag, std::initializer_list<ByteView> fields)
{
    return reduceTwice(tag, nullptr, fields);
}

crypto::Scalar hashToNonzero(std::string_view tag, std::initializer_list<ByteView> fields)
{
    for (std::uint8_t attempt = 0;; ++attempt) {
        crypto::Scalar value = reduceTwice(tag, &attempt, fields);
        if (!value.isZero()) return value;
    }
}

} // namespace hufu::threshold
