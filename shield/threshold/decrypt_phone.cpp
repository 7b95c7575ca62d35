#include "shield/threshold/decrypt_phone.h"

#include "shield/base/limits.h"
#include "shield/threshold/pin_proof.h"
#include "shield/threshold/transcript.h"

#include <algorithm>

namespace hufu::threshold::decrypt {

namespace {

crypto::Scalar drawW(Blinding blinding, ports::Random &random)
{
    if (blinding == Blinding::named) return crypto::Scalar::one();
    const Secret<48> draw = random.secret<48>("w");
    return hashToNonzero("D-w", {draw.expose()});
}

Result<SecretBytes> openItem(PhoneAsked &&item, const crypto::Point &t2)
{
    PhoneAsked asked = std::move(item);
    HUFU_TRY(v, asked.v.spend());
    return crypto::sm2Open(crypto::mul(v, t2) - asked.ciphertext.c1, asked.ciphertext);
}

} // namespace

Result<PhoneAsk> phoneAsk(const SharedKey &key, const Sid &sid, std::vector<crypto::Sm2Ciphertext> ciphertexts,
                          PhoneShare share, Blinding blinding, ports::Random &random)
{
    if (key.type() != KeyType::encrypt) return Error(Errc::badInput, "key type");
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    if (ciphertexts.empty() || ciphertexts.size() > limits::kItemsMax)
        return Error(Errc::badInput, "number of items");
    HUFU_TRY(p1, EncodedPoint::of(crypto::mulBase(share.expose())));
    PhoneAsk out;
    out.state.reserve(ciphertexts.size());
    for (crypto::Sm2Ciphertext &ciphertext : ciphertexts) {
        const crypto::Scalar w = drawW(blinding, random);
        const auto t1 = EncodedPoint::of(crypto::mul(w, ciphertext.c1));
        if (!t1) return Error(Errc::badInput, "C1 is O");
        HUFU_TRY(proof, provePin(share, p1, Op::decrypt, key, sid, t1->bytes(), random));
        out.asks.push_back(WipedArray<113>::of(t1->bytes(), proof));
        out.state.push_back({Opener(w.inverse() * share.expose()), std::move(ciphertext)});
    }
    return out;
}

Result<std::vector<SecretBytes>> phoneOpen(std::vector<PhoneAsked> &&state,
                                           std::span<const ByteArray<65>> answers)
{
    std::vector<PhoneAsked> taken = std::move(state);
    if (taken.empty()) return Error(Errc::badState, "ask used up");
    if (answers.size() != taken.size()) return Error(Errc::tampered, "number of answers");
    std::vector<SecretBytes> opened;
    opened.reserve(taken.size());
    bool anyOpened = false;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        const auto t2 = crypto::Point::parse(answers[i]);
        if (!t2) return Error(Errc::tampered, "T2");
        auto plain = openItem(std::move(taken[i]), *t2);
        anyOpened = anyOpened || plain;
        opened.push_back(plain ? std::move(*plain) : SecretBytes());
    }
    if (!anyOpened) return Error(Errc::tampered, "none opens");
    return opened;
}

} // namespace hufu::threshold::decrypt
