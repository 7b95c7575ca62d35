#include "shield/threshold/frost_blinding.h"
#include "shield/threshold/frost_cosign_server.h"
#include "shield/threshold/frost_keygen_phone.h"
#include "shield/threshold/frost_keygen_server.h"
#include "shield/threshold/frost_refresh_phone.h"
#include "shield/threshold/frost_refresh_server.h"
#include "tests/ct/halves.h"

#include <cstdlib>

namespace hufu::tests {

using namespace threshold;

namespace {

constexpr Acct kAcct{};
constexpr Sid kSid{};

void require(bool holds)
{
    if (!holds) std::abort();
}

crypto::EdScalar secretScalar()
{
    return crypto::EdScalar::reduceWide(secretBytes<64>());
}

using Halves = HalvesOf<frost::PhoneShare, frost::ServerShare, frost::SharedKey>;

Halves generate()
{
    SecretRandom random;
    auto start = frost::keygen::phoneStart(kAcct, random);
    send(start.kg1);
    auto answer = sure(frost::keygen::serverAnswer(start.kg1, kAcct, random));
    send(answer.kg2);
    auto finished = sure(frost::keygen::phoneFinish(std::move(start.state), answer.kg2, random));
    send(finished.kg3);
    auto accepted = sure(frost::keygen::serverAccept(std::move(answer.state), finished.kg3));
    return {std::move(finished.share), std::move(accepted.share), accepted.key};
}

void arithmetic()
{
    const crypto::EdScalar a = secretScalar(), b = secretScalar();
    require(!((a + b) * (a - b) - -a).isZero());
    require(a * a.inverse() == crypto::EdScalar::fromWord(1));
    const auto bytes = a.secretBytes();
    require(bool(crypto::EdScalar::parse(bytes.expose())));
    const crypto::EdPoint p = mulBase(a);
    require(mul(b, p) == mulBase(a * b));
    require(p + p - p == p);
    require(bool(crypto::EdPoint::parse(p.bytes())));
}

void keyGeneration()
{
    const Halves halves = generate();
    const auto atRest = sure(halves.server.secretBytes());
    sure(frost::ServerShare::fromBytes(atRest.expose()));
}

void blinding()
{
    const Halves halves = generate();
    SecretRandom random;
    const auto kPin = random.secret<32>("pin");
    const auto b = sure(frost::blind(halves.phone, kPin, halves.key, {}));
    sure(frost::unblind(b, kPin, halves.key, {}));
}

// All steps of one signature with that share of the phone. Returns: whether the cosigner gave one, and the phone took it.
bool cosign(const Halves &halves, const crypto::EdScalar &phoneShare)
{
    SecretRandom random;
    const std::vector<Bytes> tbs{bytesOf(viewOf("text"))};
    auto made = sure(frost::cosign::serverChallenge(halves.key, halves.server, tbs, random));
    send(made.commitments[0]);
    auto consent = sure(frost::cosign::phoneCheck(halves.key, made.commitments, tbs));
    const std::vector<std::uint8_t> all{0};
    auto answer = sure(
        frost::cosign::phoneSign(std::move(consent), frost::PhoneShare(phoneShare), all, random));
    send(answer.items[0].share);
    auto attempt = sure(frost::cosign::serverOpen(std::move(made.session), answer.items));
    const auto signatures = frost::cosign::serverComplete(std::move(attempt), halves.server);
    return signatures && frost::cosign::phoneVerify(answer.expected, *signatures);
}

void cosigning()
{
    const Halves halves = generate();
    require(cosign(halves, halves.phone.expose()));
}

void cosigningWithAWrongShare()
{
    const Halves halves = generate();
    require(!cosign(halves, halves.phone.expose() + crypto::EdScalar::fromWord(1)));
}

void refreshing()
{
    const Halves halves = generate();
    SecretRandom random;
    const auto rho1 = random.bytes<32>("rho1"), rho2 = random.bytes<32>("rho2"); // the factor comes from them
    auto proof = sure(frost::refresh::phoneAsk(Op::refresh, halves.key, halves.phone, kSid, rho1, random));
    send(proof);
    require(bool(frost::refresh::serverJudge(Op::refresh, halves.key, halves.server, kSid, rho1, proof)));
    auto server = sure(frost::refresh::serverRenew(halves.key, halves.server, kSid, rho1, rho2));
    auto phone = sure(frost::refresh::phoneRenew(halves.key, frost::PhoneShare(halves.phone.expose()), kSid,
                                                 rho1, rho2, random));
    send(phone.proof);
    require(bool(frost::refresh::serverCommit(server.key, server.share, kSid, rho2, phone.proof)));
}

// Branches on a share that was meant to be multiplied only: the check must see it through libsodium.
__attribute__((noinline)) void leakyFrostShare(const frost::PhoneShare &share)
{
    static volatile std::uint64_t sink;
    if ((share.expose().bytes()[0] & 1) != 0)
        for (int i = 0; i < 8; ++i)
            sink = sink + 3;
}

void leaky()
{
    const Halves halves = generate();
    leakyFrostShare(halves.phone);
}

constexpr CtCheck kChecks[] = {
    {"frost-arithmetic", arithmetic}, {"frost-key-generation", keyGeneration}, {"frost-blinding", blinding},
    {"frost-cosigning", cosigning},   {"frost-cosigning-with-a-wrong-share", cosigningWithAWrongShare},
    {"frost-refreshing", refreshing},
};

constexpr CtCheck kLeaky[] = {{"leaky-frost-share", leaky}};

} // namespace

std::span<const CtCheck> frostChecks()
{
    return kChecks;
}

std::span<const CtCheck> leakyFrostChecks()
{
    return kLeaky;
}

} // namespace hufu::tests
