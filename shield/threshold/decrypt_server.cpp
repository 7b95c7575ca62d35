#include "shield/threshold/decrypt_server.h"

#include "shield/base/limits.h"

namespace hufu::threshold::decrypt {

Result<std::vector<Ask>> serverParse(std::span<const ByteArray<113>> asks)
{
    if (asks.empty() || asks.size() > limits::kItemsMax) return Error(Errc::tampered, "number of items");
    std::vector<Ask> parsed;
    parsed.reserve(asks.size());
    for (const ByteArray<113> &ask : asks) {
        HUFU_TRY(t1, EncodedPoint::parse(ByteView(ask).first(65)));
        HUFU_TRY(proof, PinProof::parse(ByteView(ask).subspan(65)));
        parsed.push_back({t1, proof});
    }
    return parsed;
}

Result<WipedVector<ByteArray<65>>> serverAnswer(const SharedKey &key, const ServerShare &share, const Sid &sid,
                                                std::span<const Ask> asks)
{
    if (key.type() != KeyType::encrypt) return Error(Errc::badInput, "key type");
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    if (asks.empty()) return Error(Errc::badInput, "number of items");
    bool allFit = true;
    std::vector<crypto::Point> points; // each proof's commitment, then each T2
    points.reserve(2 * asks.size());
    for (const Ask &ask : asks) {
        const crypto::Point commitment = pinCommitment(ask.proof, share);
        const bool isPoint = !commitment.isInfinity(); // no proof that holds has O
        allFit = allFit && isPoint;
        points.push_back(isPoint ? commitment : crypto::Point::generator());
    }
    // One inversion takes them all to their bytes, so T2 is computed before the verdict. It leaves after it.
    for (const Ask &ask : asks)
        points.push_back(crypto::mul(share.exposeU2(), ask.t1.point()));
    HUFU_TRY(encoded, EncodedPoint::allOf(points));
    for (std::size_t i = 0; i < asks.size(); ++i) {
        const bool fits = pinFits(asks[i].proof, share, Op::decrypt, key, sid, asks[i].t1.bytes(), encoded[i].bytes());
        allFit = allFit && fits;
    }
    if (!allFit) return Error(Errc::wrongPin, "proof");
    WipedVector<ByteArray<65>> answers;
    answers.reserve(asks.size());
    for (std::size_t i = 0; i < asks.size(); ++i)
        answers.push_back(encoded[asks.size() + i].bytes());
    return answers;
}

} // namespace hufu::threshold::decrypt
