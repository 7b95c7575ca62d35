#include "shield/phone/renewal.h"

#include "shield/threshold/blinding.h"
#include "shield/threshold/frost_blinding.h"

namespace hufu::phone {

namespace {

namespace refresh = threshold::refresh;
namespace frost = threshold::frost;
using threshold::KeyType;

} // namespace

Result<wire::Ref1> Renewal::ask(threshold::Op op, std::span<const KeyType> types,
                                const vault::EpochShares &shares, const ByteArray<16> &acct,
                                const Secret<32> &kPin, const ByteArray<16> &sid, ports::Random &random)
{
    forget();
    std::vector<threshold::SharedKey> keys;
    std::vector<threshold::PhoneShare> halves;
    for (const KeyType type : types) {
        const vault::StoredKey &stored = type == KeyType::sign ? shares.sign : shares.encrypt;
        if (stored.point.suite() == crypto::Suite::frost) {
            HUFU_TRY(key, frost::SharedKey::of(stored.point, acct, shares.epoch));
            HUFU_TRY(share, frost::unblind(stored.blinded, kPin, key, shares.saltEpoch));
            m_frost.emplace(Frost{key, std::move(share)});
            continue;
        }
        HUFU_TRY(key, threshold::SharedKey::of(type, stored.point, acct, shares.epoch));
        HUFU_TRY(share, threshold::unblind(stored.blinded, kPin, key, shares.saltEpoch));
        keys.push_back(key);
        halves.push_back(std::move(share));
    }
    HUFU_TRY(asked, refresh::phoneAsk(op, std::move(keys), std::move(halves), sid, random));
    wire::Ref1 ref1;
    ref1.sid = sid;
    ref1.rho1 = asked.rho1;
    if (m_frost) {
        HUFU_TRY(proof, frost::refresh::phoneAsk(op, m_frost->key, m_frost->share, sid, ref1.rho1, random));
        ref1.proofs.push_back({m_frost->key.keyId(), proof});
    }
    for (std::size_t i = 0; i < asked.proofs.size(); ++i)
        ref1.proofs.push_back({asked.state.keys[i].keyId(), asked.proofs[i]});
    m_asked = std::move(asked.state);
    return ref1;
}

Result<wire::Ref3> Renewal::renew(const ByteArray<32> &rho2, const Secret<32> &kPin, vault::EpochShares &next,
                                  ports::Random &random)
{
    if (!m_asked) return Error(Errc::badState, "no refresh was asked for");
    wire::Ref3 ref3;
    ref3.sid = m_asked->sid;
    next.sign.blinded = {}; // unless it is renewed
    if (m_frost) {
        HUFU_TRY(renewed, frost::refresh::phoneRenew(m_frost->key, std::move(m_frost->share), m_asked->sid,
                                                     m_asked->rho1.expose(), rho2, random));
        HUFU_TRY(blinded, frost::blind(renewed.share, kPin, renewed.key, next.saltEpoch));
        next.sign.blinded = blinded;
        ref3.proofs.push_back({renewed.key.keyId(), renewed.proof});
    }
    HUFU_TRY(renewed, refresh::phoneRenew(std::move(*m_asked), rho2, random));
    forget();
    for (std::size_t i = 0; i < renewed.keys.size(); ++i) {
        HUFU_TRY(blinded, threshold::blind(renewed.shares[i], kPin, renewed.keys[i], next.saltEpoch));
        (renewed.keys[i].type() == KeyType::sign ? next.sign : next.encrypt).blinded = blinded;
        ref3.proofs.push_back({renewed.keys[i].keyId(), renewed.proofs[i]});
    }
    next.epoch = renewed.keys[0].epoch();
    return ref3;
}

void Renewal::forget()
{
    m_asked.reset();
    m_frost.reset();
}

} // namespace hufu::phone
