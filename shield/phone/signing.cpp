#include "shield/phone/signing.h"

#include "shield/threshold/blinding.h"
#include "shield/threshold/frost_blinding.h"

namespace hufu::phone {

namespace {

namespace cosign = threshold::cosign;
namespace frost = threshold::frost;

template <typename Sign, typename Item>
Bytes messageOf(const ByteArray<16> &sid, const std::vector<Item> &items)
{
    Sign sign;
    sign.sid = sid;
    for (const Item &item : items)
        sign.items.push_back({item.index, item.share});
    return wire::encode(sign);
}

} // namespace

Result<void> Signing::commit(const vault::EpochShares &shares, const ByteArray<16> &acct, std::size_t items,
                             wire::Hello &hello, ports::Random &random)
{
    forgetChallenge();
    if (shares.sign.point.suite() == crypto::Suite::frost) {
        HUFU_TRY(key, frost::SharedKey::of(shares.sign.point, acct, shares.epoch));
        m_frostKey = key;
        return {};
    }
    HUFU_TRY(key, threshold::SharedKey::of(threshold::KeyType::sign, shares.sign.point, acct, shares.epoch));
    HUFU_TRY(commitment, cosign::phoneCommit(key, items, random));
    hello.com1 = commitment.com1();
    m_commitment = std::move(commitment);
    return {};
}

Result<void> Signing::check(const wire::Chal &chal)
{
    if (!m_commitment) return Error(Errc::tampered, "CHAL of another suite");
    HUFU_TRY(consent, cosign::phoneCheck(std::move(*m_commitment), chal.sid, chal.points, chal.tbs));
    m_commitment.reset();
    m_consent = std::move(consent);
    return {};
}

Result<void> Signing::check(const wire::FrostChal &chal)
{
    if (!m_frostKey) return Error(Errc::tampered, "CHAL of another suite");
    HUFU_TRY(consent, frost::cosign::phoneCheck(*m_frostKey, chal.points, chal.tbs));
    m_frostKey.reset();
    m_consent = std::move(consent);
    return {};
}

Result<Bytes> Signing::answer(const vault::EpochShares &shares, const Secret<32> &kPin,
                              const ByteArray<16> &sid, std::span<const std::uint8_t> included,
                              ports::Random &random)
{
    auto consent = std::exchange(m_consent, std::monostate());
    if (auto *sm2 = std::get_if<Sm2Consent>(&consent)) {
        HUFU_TRY(share, threshold::unblind(shares.sign.blinded, kPin, sm2->key, shares.saltEpoch));
        HUFU_TRY(done, cosign::phoneSign(std::move(*sm2), std::move(share), included));
        m_expected = std::move(done.expected);
        return messageOf<wire::Sign>(sid, done.items);
    }
    if (auto *ed25519 = std::get_if<FrostConsent>(&consent)) {
        HUFU_TRY(share, frost::unblind(shares.sign.blinded, kPin, ed25519->key, shares.saltEpoch));
        HUFU_TRY(done, frost::cosign::phoneSign(std::move(*ed25519), std::move(share), included, random));
        m_expected = std::move(done.expected);
        return messageOf<wire::FrostSign>(sid, done.items);
    }
    return Error(Errc::badState, "no challenge");
}

bool Signing::accepts(const std::vector<ByteArray<64>> &signatures) const
{
    if (const auto *sm2 = std::get_if<cosign::PhoneExpected>(&m_expected))
        return static_cast<bool>(cosign::phoneVerify(*sm2, signatures));
    if (const auto *ed25519 = std::get_if<frost::cosign::PhoneExpected>(&m_expected))
        return static_cast<bool>(frost::cosign::phoneVerify(*ed25519, signatures));
    return false;
}

void Signing::forgetChallenge()
{
    m_commitment.reset();
    m_frostKey.reset();
    m_consent = std::monostate();
}

void Signing::forgetAnswer()
{
    m_expected = std::monostate();
}

} // namespace hufu::phone
