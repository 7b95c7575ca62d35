#include "shield/threshold/frost_key.h"

#include "shield/threshold/frost_transcript.h"

#include <limits>

namespace hufu::threshold::frost {

Result<SharedKey> SharedKey::of(ByteView y, const Acct &acct, std::uint32_t epoch)
{
    const auto parsed = crypto::EdPoint::parse(y);
    if (!parsed) return Error(Errc::badInput, "public key");
    return SharedKey(acct, epoch, keyIdOf(parsed->bytes()), *parsed);
}

Result<SharedKey> SharedKey::nextEpoch() const
{
    if (m_epoch == std::numeric_limits<std::uint32_t>::max()) return Error(Errc::badState, "last epoch");
    SharedKey next = *this;
    ++next.m_epoch;
    return next;
}

KeyId keyIdOf(const ByteArray<32> &y)
{
    const std::uint8_t type = static_cast<std::uint8_t>(KeyType::sign);
    return hash("key-id", {{&kSuiteFrost, 1}, {&type, 1}, y});
}

} // namespace hufu::threshold::frost
