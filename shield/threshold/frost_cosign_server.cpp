#include "shield/threshold/frost_cosign_server.h"

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

Result<ServerOpened> openItem(ServerItem &&item, const SharedKey &key, const ByteArray<96> &answer)
{
    ServerItem taken = std::move(item);
    Reader in(answer);
    const auto d1 = EdPoint::parse(in.raw(32));
    const auto e1 = EdPoint::parse(in.raw(32));
    const auto z1 = EdScalar::parseOrZero(in.raw(32));
    if (!d1 || !e1 || !z1) return Error(Errc::tampered, "share of the phone");
    HUFU_TRY(round, algebra::roundOf(key.y(), taken.tbs,
                                     {{{kPhone, *d1, *e1}, {kServer, taken.d2Point, taken.e2Point}}}));
    return ServerOpened{std::move(taken.d2), std::move(taken.e2), round, *z1, std::move(taken.tbs)};
}

Result<ByteArray<64>> completeItem(ServerOpened &item, const SharedKey &key, const ServerShare &share)
{
    HUFU_TRY(d2, item.d2.spend());
    HUFU_TRY(e2, item.e2.spend());
    const EdScalar z2 = algebra::shareOf(item.round, kServerPlace, d2, e2, share.exposeS2());
    const ByteArray<64> signature = algebra::signatureOf(item.round, item.z1, z2);
    ct::declassify(signature.data(), signature.size()); // public, now that the share fits
    // The fault guard: a wrong z of a fitting share would be an equation in secrets.
    if (!crypto::ed25519Verify(key.y().bytes(), item.tbs, signature))
        return Error(Errc::internal, "fault in completion");
    return signature;
}

} // namespace

Result<ServerChallenge> serverChallenge(const SharedKey &key, const ServerShare &share,
                                        std::span<const Bytes> tbs, ports::Random &random)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    if (tbs.empty() || tbs.size() > limits::kItemsMax) return Error(Errc::badInput, "number of items");
    ServerChallenge out{{key, {}}, {}};
    out.session.items.reserve(tbs.size());
    for (const Bytes &text : tbs) {
        const EdScalar d2 = nonceOf("d2", share.exposeS2(), random);
        const EdScalar e2 = nonceOf("e2", share.exposeS2(), random);
        const EdPoint d2Point = published(d2), e2Point = published(e2);
        ByteArray<64> commitment{};
        std::ranges::copy(d2Point.bytes(), commitment.begin());
        std::ranges::copy(e2Point.bytes(), commitment.begin() + 32);
        out.commitments.push_back(commitment);
        out.session.items.push_back({Nonce(d2), Nonce(e2), d2Point, e2Point, text});
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
    // One verdict for all, and all are judged: neither an index nor a time tells which share was wrong.
    bool allFit = true;
    for (const ServerOpened &item : taken.items) {
        const bool fits = algebra::shareFits(item.round, kPhonePlace, item.z1, share.exposeY1());
        allFit = allFit && fits;
    }
    if (!allFit) return Error(Errc::wrongPin, "share");
    std::vector<ByteArray<64>> signatures;
    signatures.reserve(taken.items.size());
    for (ServerOpened &item : taken.items) {
        HUFU_TRY(signature, completeItem(item, taken.key, share));
        signatures.push_back(signature);
    }
    return signatures;
}

} // namespace hufu::threshold::frost::cosign
