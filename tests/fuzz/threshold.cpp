// The messages of the two-party protocol itself: changed in a genuine run; and random bytes go straight to each step, too.
#include "tests/fuzz/spoiler.h"
#include "tests/shield/threshold/parties.h"

namespace hufu::tests {

using namespace threshold;

namespace {

ports::SystemRandom &generator()
{
    static ports::SystemRandom random;
    return random;
}

const Pair &pairOf(KeyType type)
{
    static const Pair sign = tests::generate(KeyType::sign, generator());
    static const Pair encrypt = tests::generate(KeyType::encrypt, generator());
    return type == KeyType::sign ? sign : encrypt;
}

bool generatesKey(Spoiler &spoiler)
{
    auto start = keygen::phoneStart(KeyType::sign, kAcct, generator());
    ByteArray<82> kg1 = start->kg1;
    spoiler.at(0, kg1);
    auto answer = keygen::serverAnswer(kg1, KeyType::sign, kAcct, generator());
    if (!answer) return false;
    ByteArray<145> kg2 = answer->kg2;
    spoiler.at(1, kg2);
    auto finished = keygen::phoneFinish(std::move(start->state), kg2, generator());
    if (!finished) return false;
    ByteArray<177> kg3 = finished->kg3;
    spoiler.at(2, kg3);
    const auto accepted = keygen::serverAccept(std::move(answer->state), kg3);
    return accepted && accepted->key.p().bytes() == finished->key.p().bytes();
}

void feedKeygen(ByteView bytes)
{
    Spoiler spoiler(bytes, 3);
    const bool done = generatesKey(spoiler);
    hold(done != spoiler.hasSpoilt(), "a key comes of genuine messages, and of no others");
    auto start = keygen::phoneStart(KeyType::sign, kAcct, generator());
    hold(!keygen::phoneFinish(std::move(start->state), bytes, generator()), "random bytes are no KG2");
}

bool cosigns(Spoiler &spoiler)
{
    const Pair &pair = pairOf(KeyType::sign);
    const std::vector<Bytes> tbs{textBytes("text")};
    auto commitment = cosign::phoneCommit(pair.key, 1, generator());
    std::vector<ByteArray<32>> com1 = commitment->com1();
    spoiler.at(0, com1[0]);
    auto challenge = cosign::serverChallenge(pair.key, pair.server, kSid, com1, tbs, generator());
    if (!challenge) return false;
    spoiler.at(1, challenge->points[0]);
    auto consent = cosign::phoneCheck(std::move(*commitment), kSid, challenge->points, tbs);
    if (!consent) return false;
    auto answer = cosign::phoneSign(std::move(*consent), pair.phoneShare(), indicesTo(1));
    spoiler.at(2, answer->items[0].share);
    auto attempt = cosign::serverOpen(std::move(challenge->session), answer->items);
    if (!attempt) return false;
    auto signatures = cosign::serverComplete(std::move(*attempt), pair.server);
    if (!signatures) return false;
    spoiler.at(3, (*signatures)[0]);
    return bool(cosign::phoneVerify(answer->expected, *signatures));
}

void feedCosign(ByteView bytes)
{
    Spoiler spoiler(bytes, 4);
    const bool done = cosigns(spoiler);
    hold(done != spoiler.hasSpoilt(), "a signature comes of genuine messages, and of no others");
}

bool decrypts(Spoiler &spoiler)
{
    const Pair &pair = pairOf(KeyType::encrypt);
    static const auto ciphertext = *crypto::sm2Encrypt(pair.key.p().point(), viewOf("text"), generator());
    auto ask = decrypt::phoneAsk(pair.key, kSid, {ciphertext}, pair.phoneShare(), decrypt::Blinding::random, generator());
    spoiler.at(0, ask->asks[0]);
    const auto parsed = decrypt::serverParse(ask->asks);
    if (!parsed) return false;
    auto answers = decrypt::serverAnswer(pair.key, pair.server, kSid, *parsed);
    if (!answers) return false;
    spoiler.at(1, (*answers)[0]);
    return bool(decrypt::phoneOpen(std::move(ask->state), *answers));
}

void feedDecrypt(ByteView bytes)
{
    Spoiler spoiler(bytes, 2);
    const bool done = decrypts(spoiler);
    hold(done != spoiler.hasSpoilt(), "a plaintext comes of genuine messages, and of no others");
}

bool refreshes(Spoiler &spoiler)
{
    const Pair &pair = pairOf(KeyType::sign);
    std::vector<PhoneShare> shares;
    shares.push_back(pair.phoneShare());
    auto ask = refresh::phoneAsk(Op::pinChange, {pair.key}, std::move(shares), kSid, generator());
    spoiler.at(0, ask->rho1);
    spoiler.at(1, ask->proofs[0]);
    if (!refresh::parseProofs(ask->proofs)) return false;
    auto proposal = refresh::serverPropose(Op::pinChange, std::span(&pair.key, 1), std::span(&pair.server, 1), kSid,
                                           ask->rho1, ask->proofs, generator());
    if (!proposal) return false;
    ByteArray<32> rho2 = proposal->rho2;
    spoiler.at(2, rho2);
    auto renewed = refresh::phoneRenew(std::move(ask->state), rho2, generator());
    if (!renewed) return false;
    spoiler.at(3, renewed->proofs[0]);
    return refresh::parseProofs(renewed->proofs) &&
           refresh::serverCommit(proposal->keys, proposal->shares, kSid, proposal->rho2, renewed->proofs);
}

void feedRefresh(ByteView bytes)
{
    Spoiler spoiler(bytes, 4);
    const bool done = refreshes(spoiler);
    hold(done != spoiler.hasSpoilt(), "a refresh comes of genuine messages, and of no others");
}

// Random bytes where a step takes a fixed form.
void feedSteps(ByteView bytes)
{
    hold(!keygen::serverAnswer(bytes, KeyType::sign, kAcct, generator()) || bytes.size() == 82, "KG1 has one length");
    if (const auto share = ServerShare::fromBytes(bytes))
        hold(sameBytes(share->secretBytes()->expose().first(bytes.size()), bytes), "a share at rest has one form, whole or short");
    if (const auto point = EncodedPoint::parse(bytes)) hold(sameBytes(point->bytes(), bytes), "a point has one form");
    if (bytes.size() >= 129) {
        const Pair &pair = pairOf(KeyType::sign);
        const std::vector<Bytes> tbs{textBytes("text")};
        auto commitment = cosign::phoneCommit(pair.key, 1, generator());
        auto challenge = cosign::serverChallenge(pair.key, pair.server, kSid, commitment->com1(), tbs, generator());
        const cosign::SignItem item{0, *fixedBytes<129>(bytes.first(129))};
        hold(!cosign::serverOpen(std::move(challenge->session), std::span(&item, 1)), "random bytes open no commitment");
    }
    if (bytes.size() >= 113) {
        const Pair &pair = pairOf(KeyType::encrypt);
        const std::vector<ByteArray<113>> asks{*fixedBytes<113>(bytes.first(113))};
        if (const auto parsed = decrypt::serverParse(asks))
            hold(!decrypt::serverAnswer(pair.key, pair.server, kSid, *parsed), "random bytes prove no PIN");
    }
}

std::vector<Bytes> stepsSeeds()
{
    const Pair pair = tests::generate(KeyType::sign, generator());
    auto start = keygen::phoneStart(KeyType::sign, kAcct, generator());
    const auto cosigned = runCosign(pair, {textBytes("text")}, generator());
    return {bytesOf(start->kg1), bytesOf(pair.server.secretBytes()->expose()), bytesOf(pair.key.p().bytes()),
            bytesOf(cosigned->items[0].share), bytesOf(cosigned->points[0])};
}

} // namespace

std::vector<FuzzTarget> thresholdTargets()
{
    return {
        {"two-party-keygen", feedKeygen, [] { return seedsFor(3); }},
        {"two-party-sign", feedCosign, [] { return seedsFor(4); }},
        {"two-party-decrypt", feedDecrypt, [] { return seedsFor(2); }},
        {"two-party-refresh", feedRefresh, [] { return seedsFor(4); }},
        {"two-party-steps", feedSteps, stepsSeeds},
    };
}

} // namespace hufu::tests
