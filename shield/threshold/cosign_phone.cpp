#include "shield/threshold/cosign_phone.h"

#include "shield/base/limits.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/threshold/algebra.h"
#include "shield/threshold/cosign_transcript.h"
#include "shield/threshold/item_indices.h"
#include "shield/threshold/proof.h"
#include "shield/threshold/transcript.h"

namespace hufu::threshold::cosign {

namespace {

Result<PhoneCommitted> commitItem(const SharedKey &key, ports::Random &random)
{
    const Secret<48> draw = random.secret<48>("k1");
    const crypto::Scalar k1 = hashToNonzero("S-k1", {draw.expose()});
    const auto rnd = random.bytes<32>("rnd");
    HUFU_TRY(r1, EncodedPoint::of(crypto::mulBase(k1)));
    return PhoneCommitted{SigningNonce(k1), r1, rnd, commitmentOf(key, r1, rnd)};
}

Result<PhoneChecked> checkItem(PhoneCommitted &&item, const SharedKey &key, const Sid &sid,
                               const ByteArray<113> &point, const ByteArray<32> &e)
{
    PhoneCommitted committed = std::move(item);
    HUFU_TRY(q2, EncodedPoint::parse(ByteView(point).first(65)));
    HUFU_TRY(proof, Proof::parse(ByteView(point).subspan(65)));
    if (!verifiesVartime(kNonceTag, contextOf(key, sid, committed.com1, e), key.base(), q2, proof))
        return Error(Errc::tampered, "proof of Q2");
    HUFU_TRY(joined, algebra::joinNonces(committed.r1.point(), q2.point(), e));
    return PhoneChecked{std::move(committed.k1), committed.r1, committed.rnd, e, joined.r};
}

Result<SignItem> signItem(PhoneChecked &item, std::uint8_t index, const crypto::Scalar &d1)
{
    HUFU_TRY(k1, item.k1.spend());
    HUFU_TRY(s1, algebra::phonePart(d1, item.r, k1));
    return SignItem{index, WipedArray<129>::of(item.r1.bytes(), item.rnd, s1.secretBytes().expose())};
}

} // namespace

std::vector<ByteArray<32>> PhoneCommitment::com1() const
{
    std::vector<ByteArray<32>> all;
    for (const PhoneCommitted &item : items)
        all.push_back(item.com1);
    return all;
}

Result<PhoneCommitment> phoneCommit(const SharedKey &key, std::size_t count, ports::Random &random)
{
    if (key.type() != KeyType::sign) return Error(Errc::badInput, "key type");
    if (count == 0 || count > limits::kItemsMax) return Error(Errc::badInput, "number of items");
    PhoneCommitment out{key.withTable(), {}};
    out.items.reserve(count);
    while (out.items.size() < count) {
        HUFU_TRY(item, commitItem(key, random));
        out.items.push_back(std::move(item));
    }
    return out;
}

Result<PhoneConsent> phoneCheck(PhoneCommitment &&commitment, const Sid &sid,
                                std::span<const ByteArray<113>> points, std::span<const Bytes> tbs)
{
    PhoneCommitment taken = std::move(commitment);
    if (taken.items.empty()) return Error(Errc::badState, "commitment used up");
    if (points.size() != taken.items.size() || tbs.size() != taken.items.size())
        return Error(Errc::tampered, "number of items");
    PhoneConsent out{taken.key, {}};
    out.items.reserve(taken.items.size());
    HUFU_TRY(z, crypto::sm2Z(taken.key.p().bytes()));
    for (std::size_t i = 0; i < taken.items.size(); ++i) {
        const ByteArray<32> e = crypto::sm3({z, tbs[i]});
        HUFU_TRY(item, checkItem(std::move(taken.items[i]), taken.key, sid, points[i], e));
        out.items.push_back(std::move(item));
    }
    return out;
}

Result<PhoneSigned> phoneSign(PhoneConsent &&consent, PhoneShare share, std::span<const std::uint8_t> included)
{
    PhoneConsent taken = std::move(consent);
    if (taken.items.empty()) return Error(Errc::badState, "consent used up");
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    if (!ascendingBelow(included, taken.items.size())) return Error(Errc::badInput, "items included");

    const crypto::Scalar d1 = share.expose().inverse();
    share = PhoneShare(crypto::Scalar());
    PhoneSigned out{{taken.key, {}}, {}};
    for (const std::uint8_t index : included) {
        PhoneChecked &item = taken.items[index];
        HUFU_TRY(answer, signItem(item, index, d1));
        out.items.push_back(std::move(answer));
        out.expected.items.push_back({item.e, item.r});
    }
    return out;
}

Result<void> phoneVerify(const PhoneExpected &expected, std::span<const ByteArray<64>> signatures)
{
    if (signatures.size() != expected.items.size()) return Error(Errc::tampered, "number of signatures");
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        const auto r = crypto::Scalar::parse(ByteView(signatures[i]).first(32));
        const auto s = crypto::Scalar::parse(ByteView(signatures[i]).subspan(32));
        if (!r || !s || !(*r == expected.items[i].r)) return Error(Errc::tampered, "signature");
        // As GB/T 32918.2 7.1 has it, with the sum by the key's B.
        const crypto::Scalar t = *r + *s;
        if (t.isZero() || !crypto::sm2NonceFits(expected.items[i].e, expected.key.sumVartime(*s, t), *r))
            return Error(Errc::tampered, "signature");
    }
    return {};
}

} // namespace hufu::threshold::cosign
