#include "shield/cosigner/kept_keys.h"

#include "shield/base/ct.h"

namespace hufu::cosigner {

Result<threshold::SharedKey> KeptKeys::keyOf(threshold::KeyType type, const threshold::KeyId &keyId, ByteView p,
                                             const threshold::Acct &acct, std::uint32_t epoch)
{
    {
        const std::lock_guard guard(m_mutex);
        if (const auto it = m_kept.find(keyId); it != m_kept.end()) {
            const threshold::SharedKey &key = it->second.key;
            if (key.type() == type && sameBytes(key.p().bytes(), p) && key.acct() == acct && key.epoch() == epoch) return key;
        }
    }
    return threshold::SharedKey::of(type, p, acct, epoch);
}

Result<threshold::SharedKey> KeptKeys::prepare(const threshold::SharedKey &key, threshold::ServerShare &share)
{
    const ByteArray<32> fingerprint = share.fingerprint(key); // of the epoch, too
    {
        const std::lock_guard guard(m_mutex);
        const auto it = m_kept.find(key.keyId());
        if (it != m_kept.end() && ct::equal(it->second.fingerprint, fingerprint)) {
            share.setChecked();
            return it->second.key;
        }
    }
    const threshold::SharedKey prepared = key.withTable();
    if (!share.belongsTo(key)) return Error(Errc::internal, "a stored share is not its key's");
    share.setChecked();
    const std::lock_guard guard(m_mutex);
    if (m_kept.size() >= kKeysMax) m_kept.clear(); // rare; all are made anew when they are used
    m_kept.insert_or_assign(key.keyId(), Kept{prepared, fingerprint});
    return prepared;
}

} // namespace hufu::cosigner
