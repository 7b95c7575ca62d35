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

Result<std::vector<ByteArray<65>>> serverAnswer(const SharedKey &key, const ServerShare &share, const Sid &sid,
                                                std::span<const Ask> asks)
{
    if (key.type() != KeyType::encrypt) return Error(Errc::badInput, "key type");
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    if (asks.empty()) return Error(Errc::badInput, "number of items");
    bool allFit = true;
    for (const Ask &ask : asks) {
        const bool fits = pinFits(ask.proof, share.exposeEncodedP1(), Op::decrypt, key, sid, ask.t1.bytes());
        allFit = allFit && fits;
    }
    if (!allFit) return Error(Errc::wrongPin, "proof");
    std::vector<ByteArray<65>> answers;
    answers.reserve(asks.size());
    for (const Ask &ask : asks) {
        HUFU_TRY(t2, crypto::mul(share.exposeU2(), ask.t1.point()).encode());
        answers.push_back(t2);
    }
    return answers;
}

} // namespace hufu::threshold::decrypt
