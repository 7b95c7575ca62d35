#include "shield/threshold/transcript.h"

#include "shield/threshold/transcript_fields.h"

namespace hufu::threshold {

ByteArray<32> hash(std::string_view tag, std::initializer_list<ByteView> fields)
{
    return TranscriptFields<crypto::Sm3>(tag).fields(fields).finish();
}

crypto::Scalar hashToScalar(std::string_view tag, std::initializer_list<ByteView> fields)
{
    return crypto::Scalar::reduceWide(wideHash<crypto::Sm3>(tag, nullptr, fields).expose());
}

crypto::Scalar hashToNonzero(std::string_view tag, std::initializer_list<ByteView> fields)
{
    for (std::uint8_t attempt = 0;; ++attempt) {
        crypto::Scalar value =
            crypto::Scalar::reduceWide(wideHash<crypto::Sm3>(tag, &attempt, fields).expose());
        if (!value.isZero()) return value;
    }
}

} // namespace hufu::threshold
