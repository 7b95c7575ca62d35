#include "shield/phone/evidence_fetch.h"

#include "shield/wire/account.h"

namespace hufu::phone {

Result<Step> EvidenceFetch::start()
{
    HUFU_TRY(key, m_environment.vault.evidenceKey());
    m_key = std::move(key);
    return begin();
}

Bytes EvidenceFetch::question(const ByteArray<16> &cn) const
{
    wire::EvidenceKey told;
    told.key = m_key->publicKey();
    told.signature = m_key->sign(wire::EvidenceKey::signedBytesOf(account()));
    return underMac(told, cn);
}

Result<void> EvidenceFetch::take(ByteView answer)
{
    HUFU_CHECK(wire::decode<wire::EvidenceKeyKept>(answer));
    return {};
}

} // namespace hufu::phone
