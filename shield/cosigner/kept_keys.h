// What the cosigner keeps of the keys it has used lately, so that a signature does not begin with what never
// changes: the table of B, and that the share belongs to the key. Nothing secret: of the share a hash that
// cannot be inverted.
#pragma once

#include "shield/threshold/shares.h"

#include <map>
#include <mutex>

namespace hufu::cosigner {

class KeptKeys {
public:
    static constexpr std::size_t kKeysMax = 4096; // about 12 MB

    // The key that SharedKey::of makes; from an earlier call of prepare() with its table.
    Result<threshold::SharedKey> keyOf(threshold::KeyType type, const threshold::KeyId &keyId, ByteView p,
                                       const threshold::Acct &acct, std::uint32_t epoch);

    // The key with its table. The share becomes a checked one, now or since an earlier call.
    // Errors: internal if it does not belong to the key, which is a fault of storage or memory.
    Result<threshold::SharedKey> prepare(const threshold::SharedKey &key, threshold::ServerShare &share);

private:
    struct Kept {
        threshold::SharedKey key;
        ByteArray<32> fingerprint; // of the share that belongs to it
    };
    std::mutex m_mutex;
    std::map<ByteArray<32>, Kept> m_kept; // by key_id
};

} // namespace hufu::cosigner
