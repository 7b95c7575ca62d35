#include "shield/crypto/sm2.h"
#include "shield/threshold/blinding.h"
#include "shield/threshold/cosign_server.h"
#include "shield/threshold/decrypt_phone.h"
#include "shield/threshold/decrypt_server.h"
#include "shield/threshold/keygen_phone.h"
#include "shield/threshold/keygen_server.h"
#include "shield/threshold/refresh_phone.h"
#include "shield/threshold/refresh_server.h"
#include "tests/ct/halves.h"

#include <cstdlib>

namespace hufu::tests {

using namespace threshold;

namespace {

constexpr Acct kAcct{};
constexpr Sid kSid{};

using Halves = HalvesOf<PhoneShare, ServerShare, SharedKey>;

Halves generate(KeyType type)
{
    SecretRandom random;
    auto start = sure(keygen::phoneStart(type, kAcct, random));
    send(start.kg1);
    auto answer = sure(keygen::serverAnswer(start.kg1, type, kAcct, random));
    send(answer.kg2);
    auto finished = sure(keygen::phoneFinish(std::move(start.state), answer.kg2, random));
    send(finished.kg3);
    auto accepted = sure(keygen::serverAccept(std::move(answer.state), finished.kg3));
    return {std::move(finished.share), std::move(accepted.share), accepted.key};
}

void keyGeneration()
{
    const Halves halves = generate(KeyType::sign);
    const auto atRest = sure(halves.server.secretBytes());
    sure(ServerShare::fromBytes(atRest.expose()));
}

void blinding()
{
    const Halves halves = generate(KeyType::sign);
    SecretRandom random;
    const auto kPin = random.secret<32>("pin");
    const auto b = sure(blind(halves.phone, kPin, halves.key, {}));
    sure(unblind(b, kPin, halves.key, {}));
}

// All steps of one signature. Returns: whether the cosigner gave one, and the phone took it.
bool cosign(const Halves &halves, const ServerShare &own)
{
    SecretRandom random;
    const std::vector<Bytes> tbs{bytesOf(viewOf("text"))};
    auto commitment = sure(cosign::phoneCommit(halves.key, 1, random));
    auto com1 = commitment.com1();
    send(com1);
    auto made = sure(cosign::serverChallenge(halves.key, own, kSid, com1, tbs, random));
    send(made.points);
    auto consent = sure(cosign::phoneCheck(std::move(commitment), kSid, made.points, tbs));
    const std::vector<std::uint8_t> all{0};
    auto answer = sure(cosign::phoneSign(std::move(consent), PhoneShare(halves.phone.expose()), all));
    send(answer.items[0].share);
    auto attempt = sure(cosign::serverOpen(std::move(made.session), answer.items));
    auto signatures = sure(cosign::serverComplete(std::move(attempt), own));
    send(signatures);
    return bool(cosign::phoneVerify(answer.expected, signatures));
}

void cosigning()
{
    const Halves halves = generate(KeyType::sign);
    if (!halves.server.isChecked() || !cosign(halves, halves.server)) std::abort();
}

// A wrong PIN takes the same way up to the verdict, which everyone learns.
void cosigningWithAWrongShare()
{
    const Halves halves = generate(KeyType::sign);
    SecretRandom random;
    const std::vector<Bytes> tbs{bytesOf(viewOf("one")), bytesOf(viewOf("two"))};
    auto commitment = sure(cosign::phoneCommit(halves.key, tbs.size(), random));
    auto com1 = commitment.com1();
    send(com1);
    auto made = sure(cosign::serverChallenge(halves.key, halves.server, kSid, com1, tbs, random));
    send(made.points);
    auto consent = sure(cosign::phoneCheck(std::move(commitment), kSid, made.points, tbs));
    const std::vector<std::uint8_t> second{1}; // the first item is refused
    auto answer =
        sure(cosign::phoneSign(std::move(consent), PhoneShare(halves.phone.expose() + crypto::Scalar::one()), second));
    send(answer.items[0].share);
    auto attempt = sure(cosign::serverOpen(std::move(made.session), answer.items));
    if (cosign::serverComplete(std::move(attempt), halves.server)) std::abort();
}

void decrypting(decrypt::Blinding blinding)
{
    const Halves halves = generate(KeyType::encrypt);
    SecretRandom random;
    ports::SystemRandom publicRandom;
    const auto ciphertext = sure(crypto::sm2Encrypt(halves.key.p().point(), viewOf("text"), publicRandom));
    auto ask = sure(decrypt::phoneAsk(halves.key, kSid, {ciphertext}, PhoneShare(halves.phone.expose()),
                                      blinding, random));
    send(ask.asks);
    const auto parsed = sure(decrypt::serverParse(ask.asks));
    const auto answers = sure(decrypt::serverAnswer(halves.key, halves.server, kSid, parsed));
    sure(decrypt::phoneOpen(std::move(ask.state), answers)); // T2 stays secret: it tests PINs (X6)
}

// A wrong PIN: T2 is computed before the verdict, and must not steer it.
void decryptingWithAWrongShare()
{
    const Halves halves = generate(KeyType::encrypt);
    SecretRandom random;
    ports::SystemRandom publicRandom;
    std::vector<crypto::Sm2Ciphertext> ciphertexts;
    for (int i = 0; i < 2; ++i)
        ciphertexts.push_back(sure(crypto::sm2Encrypt(halves.key.p().point(), viewOf("text"), publicRandom)));
    auto ask = sure(decrypt::phoneAsk(halves.key, kSid, std::move(ciphertexts),
                                      PhoneShare(halves.phone.expose() + crypto::Scalar::one()),
                                      decrypt::Blinding::random, random));
    send(ask.asks);
    const auto parsed = sure(decrypt::serverParse(ask.asks));
    if (decrypt::serverAnswer(halves.key, halves.server, kSid, parsed)) std::abort();
}

// The share as a server finds it at rest: with 2^64 P1 and without, judged by its equation, and known again by its hash.
void shareAtRest()
{
    const Halves halves = generate(KeyType::sign);
    const auto bytes = sure(halves.server.secretBytes());
    for (const std::size_t length : {ServerShare::kBytes, ServerShare::kBytesBefore}) {
        const auto share = sure(ServerShare::fromBytes(ByteView(bytes.expose()).first(length)));
        bool belongs = share.belongsTo(halves.key);
        ct::declassify(&belongs, sizeof belongs);
        if (!belongs) std::abort();
        bool known = ct::equal(share.fingerprint(halves.key), halves.server.fingerprint(halves.key));
        ct::declassify(&known, sizeof known);
        if (!known) std::abort();
    }
}

// Of a share that was not checked, the whole signature is verified.
void cosigningUnchecked()
{
    const Halves halves = generate(KeyType::sign);
    const auto unchecked = sure(ServerShare::fromBytes(sure(halves.server.secretBytes()).expose()));
    if (unchecked.isChecked() || !cosign(halves, unchecked)) std::abort();
}

void refreshingWithAWrongShare()
{
    const Halves halves = generate(KeyType::sign);
    SecretRandom random;
    std::vector<PhoneShare> shares;
    shares.emplace_back(halves.phone.expose() + crypto::Scalar::one());
    auto ask = sure(refresh::phoneAsk(Op::refresh, {halves.key}, std::move(shares), kSid, random));
    send(ask.proofs);
    if (refresh::serverPropose(Op::refresh, std::span(&halves.key, 1), std::span(&halves.server, 1), kSid, ask.rho1,
                               ask.proofs, random))
        std::abort();
}

void decryptingBlinded()
{
    decrypting(decrypt::Blinding::random);
}

void decryptingNamed()
{
    decrypting(decrypt::Blinding::named);
}

// The device's two keys in one refresh; what the server keeps of it goes to rest and comes back.
void refreshingAllKeys()
{
    const Halves halves[] = {generate(KeyType::sign), generate(KeyType::encrypt)};
    SecretRandom random;
    std::vector<PhoneShare> shares;
    std::vector<SharedKey> keys;
    std::vector<ServerShare> own;
    for (const Halves &each : halves) {
        shares.emplace_back(each.phone.expose());
        keys.push_back(each.key);
        own.push_back(sure(ServerShare::fromBytes(sure(each.server.secretBytes()).expose())));
    }
    auto ask = sure(refresh::phoneAsk(Op::pinChange, keys, std::move(shares), kSid, random));
    send(ask.proofs);
    auto proposal = sure(refresh::serverPropose(Op::pinChange, keys, own, kSid, ask.rho1, ask.proofs, random));
    for (const ServerShare &share : proposal.shares)
        sure(ServerShare::fromBytes(sure(share.secretBytes()).expose()));
    auto renewed = sure(refresh::phoneRenew(std::move(ask.state), proposal.rho2, random));
    const auto kPin = random.secret<32>("pin");
    for (std::size_t i = 0; i < renewed.shares.size(); ++i)
        sure(blind(renewed.shares[i], kPin, renewed.keys[i], {}));
    send(renewed.proofs);
    if (!refresh::serverCommit(proposal.keys, proposal.shares, kSid, proposal.rho2, renewed.proofs))
        std::abort();
}

void refreshing()
{
    const Halves halves = generate(KeyType::sign);
    SecretRandom random;
    std::vector<PhoneShare> shares;
    shares.emplace_back(halves.phone.expose());
    auto ask = sure(refresh::phoneAsk(Op::refresh, {halves.key}, std::move(shares), kSid, random));
    send(ask.proofs); // rho1 stays secret: the factor comes from it
    auto proposal =
        sure(refresh::serverPropose(Op::refresh, std::span(&halves.key, 1), std::span(&halves.server, 1), kSid,
                                    ask.rho1, ask.proofs, random));
    auto renewed = sure(refresh::phoneRenew(std::move(ask.state), proposal.rho2, random));
    send(renewed.proofs);
    if (!refresh::serverCommit(proposal.keys, proposal.shares, kSid, proposal.rho2, renewed.proofs))
        std::abort();
}

constexpr CtCheck kChecks[] = {
    {"key-generation", keyGeneration},
    {"blinding", blinding},
    {"cosigning", cosigning},
    {"cosigning-unchecked", cosigningUnchecked},
    {"cosigning-with-a-wrong-share", cosigningWithAWrongShare},
    {"share-at-rest", shareAtRest},
    {"decrypting", decryptingBlinded},
    {"decrypting-named", decryptingNamed},
    {"decrypting-with-a-wrong-share", decryptingWithAWrongShare},
    {"refreshing", refreshing},
    {"refreshing-with-a-wrong-share", refreshingWithAWrongShare},
    {"refreshing-all-keys", refreshingAllKeys},
};

} // namespace

std::span<const CtCheck> thresholdChecks()
{
    return kChecks;
}

} // namespace hufu::tests
