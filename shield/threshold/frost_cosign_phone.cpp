#include "shield/threshold/frost_cosign_phone.h"

#include "shield/base/ct.h"
#include "shield/base/limits.h"
#include "shield/crypto/ed25519.h"
#include "shield/threshold/frost_cosign_round.h"
#include "shield/threshold/item_indices.h"

#include <algorithm>

namespace hufu::threshold::frost::cosign {

using crypto::EdPoint;
using crypto::EdScalar;

namespace {

Result<SignItem> signItem(const PhoneChecked &item, std::uint8_t index, const SharedKey &key,
                          const EdScalar &s1, EdPoint &nonce, ports::Random &random)
{
    const EdScalar d1 = nonceOf("d1", s1, random);
    const EdScalar e1 = nonceOf("e1", s1, random);
    const EdPoint d1Point = published(d1), e1Point = published(e1);
    HUFU_TRY(round,
             algebra::roundOf(key.y(), item.tbs, {{{kPhone, d1Point, e1Point}, {kServer, item.d2, item.e2}}}));
    nonce = round.nonce;
    const EdScalar z1 = algebra::shareOf(round, kPhonePlace, d1, e1, s1);
    return SignItem{index, WipedArray<96>::of(d1Point.bytes(), e1Point.bytes(), z1.secretBytes().expose())};
}

} // namespace

Result<PhoneConsent> phoneCheck(const SharedKey &key, std::span<const ByteArray<64>> commitments,
                                std::span<const Bytes> tbs)
{
    if (commitments.empty() || commitments.size() > limits::kItemsMax || commitments.size() != tbs.size())
        return Error(Errc::tampered, "number of items");
    PhoneConsent out{key, {}};
    out.items.reserve(tbs.size());
    for (std::size_t i = 0; i < tbs.size(); ++i) {
        const auto d2 = EdPoint::parse(ByteView(commitments[i]).first(32));
        const auto e2 = EdPoint::parse(ByteView(commitments[i]).subspan(32));
        if (!d2 || !e2) return Error(Errc::tampered, "commitment");
        out.items.push_back({tbs[i], *d2, *e2});
    }
    return out;
}

Result<PhoneSigned> phoneSign(PhoneConsent &&consent, PhoneShare share, std::span<const std::uint8_t> included,
                              ports::Random &random)
{
    PhoneConsent taken = std::move(consent);
    if (taken.items.empty()) return Error(Errc::badState, "consent used up");
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    if (!ascendingBelow(included, taken.items.size())) return Error(Errc::badInput, "items included");

    PhoneSigned out{{taken.key, {}}, {}};
    for (const std::uint8_t index : included) {
        PhoneChecked &item = taken.items[index];
        EdPoint nonce;
        HUFU_TRY(answer, signItem(item, index, taken.key, share.expose(), nonce, random));
        out.items.push_back(std::move(answer));
        out.expected.items.push_back({std::move(item.tbs), nonce});
    }
    return out;
}

Result<void> phoneVerify(const PhoneExpected &expected, std::span<const ByteArray<64>> signatures)
{
    if (signatures.size() != expected.items.size()) return Error(Errc::tampered, "number of signatures");
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        const PhoneExpected::Item &item = expected.items[i];
        if (!sameBytes(ByteView(signatures[i]).first(32), item.nonce.bytes()) ||
            !crypto::ed25519Verify(expected.key.y().bytes(), item.tbs, signatures[i]))
            return Error(Errc::tampered, "signature");
    }
    return {};
}

} // namespace hufu::threshold::frost::cosign
