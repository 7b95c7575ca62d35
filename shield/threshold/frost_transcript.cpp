#include "shield/threshold/frost_transcript.h"

#include "shield/crypto/sha2.h"
#include "shield/threshold/transcript_fields.h"

namespace hufu::threshold::frost {

using crypto::EdScalar;
using crypto::Sha512t256;

ByteArray<32> hash(std::string_view tag, std::initializer_list<ByteView> fields)
{
    return TranscriptFields<Sha512t256>(tag).fields(fields).finish();
}

EdScalar hashToScalar(std::string_view tag, std::initializer_list<ByteView> fields)
{
    return EdScalar::reduceWide(wideHash<Sha512t256>(tag, nullptr, fields).expose());
}

EdScalar hashToNonzero(std::string_view tag, std::initializer_list<ByteView> fields)
{
    for (std::uint8_t attempt = 0;; ++attempt) {
        EdScalar value = EdScalar::reduceWide(wideHash<Sha512t256>(tag, &attempt, fields).expose());
        if (!value.isZero()) return value;
    }
}

} // namespace hufu::threshold::frost
