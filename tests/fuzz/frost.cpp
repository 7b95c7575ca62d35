// The messages of suite 2, changed in a genuine run.
#include "tests/fuzz/spoiler.h"
#include "tests/shield/threshold/frost_parties.h"

namespace hufu::tests {

using threshold::Op;

namespace {

ports::SystemRandom &generator()
{
    static ports::SystemRandom random;
    return random;
}

const FrostPair &pair()
{
    static const FrostPair pair = generateFrost(generator());
    return pair;
}

bool generatesKey(Spoiler &spoiler)
{
    auto start = frost::keygen::phoneStart(kAcct, generator());
    spoiler.at(0, start.kg1);
    auto answer = frost::keygen::serverAnswer(start.kg1, kAcct, generator());
    if (!answer) return false;
    spoiler.at(1, answer->kg2);
    auto finished = frost::keygen::phoneFinish(std::move(start.state), answer->kg2, generator());
    if (!finished) return false;
    spoiler.at(2, finished->kg3);
    const auto accepted = frost::keygen::serverAccept(std::move(answer->state), finished->kg3);
    return accepted && accepted->key.keyId() == finished->key.keyId();
}

void feedKeygen(ByteView bytes)
{
    Spoiler spoiler(bytes, 3);
    const bool done = generatesKey(spoiler);
    hold(done != spoiler.hasSpoilt(), "a key comes of genuine messages, and of no others");
    auto start = frost::keygen::phoneStart(kAcct, generator());
    hold(!frost::keygen::phoneFinish(std::move(start.state), bytes, generator()), "random bytes are no KG2");
    hold(!frost::keygen::serverAnswer(bytes, kAcct, generator()) || bytes.size() == 82, "KG1 has one length");
}

bool cosigns(Spoiler &spoiler)
{
    const std::vector<Bytes> tbs{textBytes("text")};
    auto challenge = frost::cosign::serverChallenge(pair().key, pair().server, tbs, generator());
    spoiler.at(0, challenge->commitments[0]);
    auto consent = frost::cosign::phoneCheck(pair().key, challenge->commitments, tbs);
    if (!consent) return false;
    auto answer = frost::cosign::phoneSign(std::move(*consent), pair().phoneShare(), indicesTo(1), generator());
    if (!answer) return false;
    spoiler.at(1, answer->items[0].share);
    auto attempt = frost::cosign::serverOpen(std::move(challenge->session), answer->items);
    if (!attempt) return false;
    auto signatures = frost::cosign::serverComplete(std::move(*attempt), pair().server);
    if (!signatures) return false;
    spoiler.at(2, (*signatures)[0]);
    return bool(frost::cosign::phoneVerify(answer->expected, *signatures));
}

void feedCosign(ByteView bytes)
{
    Spoiler spoiler(bytes, 3);
    const bool done = cosigns(spoiler);
    hold(done != spoiler.hasSpoilt(), "a signature comes of genuine messages, and of no others");
    if (bytes.size() < 96) return;
    const std::vector<Bytes> tbs{textBytes("text")};
    auto challenge = frost::cosign::serverChallenge(pair().key, pair().server, tbs, generator());
    const frost::cosign::SignItem item{0, *fixedBytes<96>(bytes.first(96))};
    auto attempt = frost::cosign::serverOpen(std::move(challenge->session), std::span(&item, 1));
    if (attempt) hold(!frost::cosign::serverComplete(std::move(*attempt), pair().server), "random bytes prove no PIN");
}

bool refreshes(Spoiler &spoiler)
{
    ByteArray<32> rho1 = generator().bytes<32>("rho1"), rho2 = generator().bytes<32>("rho2");
    const ByteArray<32> asked = rho1, proposed = rho2;
    auto proof = frost::refresh::phoneAsk(Op::pinChange, pair().key, pair().phone, kSid, asked, generator());
    if (!proof) return false;
    spoiler.at(0, rho1);
    spoiler.at(1, *proof);
    if (!frost::refresh::parseProof(*proof)) return false;
    if (!frost::refresh::serverJudge(Op::pinChange, pair().key, pair().server, kSid, rho1, *proof)) return false;
    const auto renewed = frost::refresh::serverRenew(pair().key, pair().server, kSid, rho1, proposed);
    if (!renewed) return false;
    spoiler.at(2, rho2);
    auto own = frost::refresh::phoneRenew(pair().key, pair().phoneShare(), kSid, asked, rho2, generator());
    if (!own) return false;
    spoiler.at(3, own->proof);
    return frost::refresh::parseProof(own->proof) &&
           frost::refresh::serverCommit(renewed->key, renewed->share, kSid, proposed, own->proof);
}

void feedRefresh(ByteView bytes)
{
    Spoiler spoiler(bytes, 4);
    const bool done = refreshes(spoiler);
    hold(done != spoiler.hasSpoilt(), "a refresh comes of genuine messages, and of no others");
}

} // namespace

std::vector<FuzzTarget> frostTargets()
{
    return {{"frost-keygen", feedKeygen, [] { return seedsFor(3); }},
            {"frost-sign", feedCosign, [] { return seedsFor(3); }},
            {"frost-refresh", feedRefresh, [] { return seedsFor(4); }}};
}

} // namespace hufu::tests
