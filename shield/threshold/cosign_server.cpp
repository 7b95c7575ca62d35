#include "shield/threshold/cosign_server.h"

#include "shield/base/ct.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/threshold/algebra.h"
#include "shield/threshold/cosign_transcript.h"
#include "shield/threshold/item_indices.h"
#include "shield/threshold/proof.h"
#include "shield/threshold/transcript.h"

#include <algorithm>

namespace hufu::threshold::cosign {

namespace {

// A draw hedged with the share and the request: a weak generator alone does not repeat a nonce.
crypto::Scalar hedged(std::string_view tag, std::string_view label, const ServerShare &share, const Sid &sid,
                      const ByteArray<32> &com1, const ByteArray<32> &e, ports::Random &random)
{
    const Secret<48> draw = random.secret<48>(label);
    const Secret<32> u2 = share.exposeU2().secretBytes();
    return hashToNonzero(tag, {draw.expose(), u2.expose(), sid, com1, e});
}

// What one item of CHAL is made from.
struct Drawn {
    ByteArray<32> e;
    crypto::Scalar k2;
    crypto::Scalar a2;
};

Result<ServerOpened> openItem(ServerItem &&item, const SharedKey &key, const ByteArray<129> &answer)
{
    ServerItem taken = std::move(item);
    Reader in(answer);
    const ByteView r1Bytes = in.raw(65);
    const auto rnd = in.array<32>();
    const ByteView s1Bytes = in.raw(32);
    HUFU_TRY(r1, EncodedPoint::parse(r1Bytes));
    const auto s1 = crypto::Scalar::parse(s1Bytes);
    if (!s1) return Error(Errc::tampered, "s1");
    if (!ct::equal(commitmentOf(key, r1, rnd), taken.com1)) return Error(Errc::tampered, "opening of R1");
    HUFU_TRY(joined, algebra::joinNonces(r1.point(), taken.q2.point(), taken.e));
    return ServerOpened{std::move(taken.k2), r1, joined.nonce, taken.e, joined.r, *s1};
}

// One verdict for all, and all are judged: neither an index nor a time tells which share was wrong.
template <typename Judge> bool allFit(const std::vector<ServerOpened> &items, const Judge &judge)
{
    bool all = true;
    for (const ServerOpened &item : items) {
        const bool fits = judge(item);
        all = all && fits;
    }
    return all;
}

Result<ByteArray<64>> completeItem(ServerOpened &item, const SharedKey &key, const ServerShare &share,
                                   const crypto::Scalar &d2)
{
    HUFU_TRY(k2, item.k2.spend());
    HUFU_TRY(s, algebra::complete(share.exposeU2(), d2, item.s1, k2, item.r));
    if (!crypto::sm2NonceFits(item.e, item.nonce, item.r)) return Error(Errc::internal, "fault in completion");
    ct::declassify(&s, sizeof s); // a part of the signature, now that the share fits
    if (!share.isChecked() && !(key.sumVartime(s, item.r + s) == item.nonce))
        return Error(Errc::internal, "fault in completion or share");
    ByteArray<64> signature{};
    std::ranges::copy(item.r.bytes(), signature.begin());
    std::ranges::copy(s.bytes(), signature.begin() + 32);
    return signature;
}

} // namespace

Result<ServerChallenge> serverChallenge(const SharedKey &key, const ServerShare &share, const Sid &sid,
                                        std::span<const ByteArray<32>> com1, std::span<const Bytes> tbs,
                                        ports::Random &random)
{
    if (key.type() != KeyType::sign) return Error(Errc::badInput, "key type");
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    if (com1.empty() || com1.size() > limits::kItemsMax || com1.size() != tbs.size())
        return Error(Errc::badInput, "number of items");
    ServerChallenge out{{key, sid, {}}, {}};
    out.session.items.reserve(com1.size());
    HUFU_TRY(z, crypto::sm2Z(key.p().bytes()));
    std::vector<Drawn> drawn;
    std::vector<crypto::Point> points; // Q2 and the proof's commitment of each item
    drawn.reserve(com1.size());
    points.reserve(2 * com1.size());
    for (std::size_t i = 0; i < com1.size(); ++i) {
        const ByteArray<32> e = crypto::sm3({z, tbs[i]});
        drawn.push_back({e, hedged("S-k2", "k2", share, sid, com1[i], e, random),
                         hedged("S-a2", "a2", share, sid, com1[i], e, random)});
        points.push_back(key.base().times(drawn.back().k2));
        points.push_back(key.base().times(drawn.back().a2));
    }
    HUFU_TRY(encoded, EncodedPoint::allOf(points));
    for (std::size_t i = 0; i < com1.size(); ++i) {
        EncodedPoint &q2 = encoded[2 * i];
        ct::declassify(&q2, sizeof q2); // sent in CHAL
        const auto proof = proveWith(kNonceTag, contextOf(key, sid, com1[i], drawn[i].e), drawn[i].k2,
                                     key.base(), q2, drawn[i].a2, encoded[2 * i + 1].bytes());
        ByteArray<113> point{};
        std::ranges::copy(q2.bytes(), point.begin());
        std::ranges::copy(proof, point.begin() + 65);
        out.points.push_back(point);
        out.session.items.push_back({SigningNonce(drawn[i].k2), q2, com1[i], drawn[i].e});
    }
    return out;
}

Result<ServerAttempt> serverOpen(ServerSession &&session, std::span<const SignItem> items)
{
    ServerSession taken = std::move(session);
    if (taken.items.empty()) return Error(Errc::badState, "session used up");
    if (items.empty() || items.size() > taken.items.size()) return Error(Errc::tampered, "number of items");
    ServerAttempt out{taken.key, {}};
    out.items.reserve(items.size());
    if (!ascendingBelow(items, taken.items.size(), &SignItem::index)) return Error(Errc::tampered, "item index");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::uint8_t index = items[i].index;
        HUFU_TRY(opened, openItem(std::move(taken.items[index]), taken.key, items[i].share));
        out.items.push_back(std::move(opened));
    }
    return out;
}

Result<std::vector<ByteArray<64>>> serverComplete(ServerAttempt &&attempt, const ServerShare &share)
{
    ServerAttempt taken = std::move(attempt);
    if (taken.items.empty()) return Error(Errc::badState, "attempt used up");
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    const crypto::Scalar d2 = share.d2();
    const auto byBase = [&](const ServerOpened &item) {
        return algebra::shareFits(taken.key.base(), d2, item.s1, item.r, item.r1.point());
    };
    const auto byP1 = [&](const ServerOpened &item) {
        return algebra::shareFitsVartime(share.exposeP1(), item.s1, item.r, item.r1.point());
    };
    if (!share.isChecked() || !allFit(taken.items, byBase)) {
        if (!allFit(taken.items, byP1)) return Error(Errc::wrongPin, "share");
        if (share.isChecked()) return Error(Errc::internal, "fault in u2 or its inverse");
    }
    std::vector<ByteArray<64>> signatures;
    signatures.reserve(taken.items.size());
    for (ServerOpened &item : taken.items) {
        HUFU_TRY(signature, completeItem(item, taken.key, share, d2));
        signatures.push_back(signature);
    }
    return signatures;
}

} // namespace hufu::threshold::cosign
