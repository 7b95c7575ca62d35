#include "shield/crypto/sm2.h"
#include "shield/threshold/cosign_server.h"
#include "shield/threshold/decrypt_phone.h"
#include "shield/threshold/decrypt_server.h"
#include "shield/threshold/frost_cosign_phone.h"
#include "shield/threshold/frost_cosign_server.h"
#include "shield/threshold/frost_keygen_phone.h"
#include "shield/threshold/frost_keygen_server.h"
#include "shield/threshold/frost_refresh_phone.h"
#include "shield/threshold/frost_refresh_server.h"
#include "shield/threshold/keygen_phone.h"
#include "shield/threshold/keygen_server.h"
#include "shield/threshold/refresh_phone.h"
#include "shield/threshold/refresh_server.h"
#include "tests/bench/bench.h"
#include "tests/bench/openssl.h"

#include <cstdlib>
#include <sodium.h>

namespace hufu::bench {

using namespace threshold;

namespace {

constexpr Acct kAcct{};
constexpr Sid kSid{};

// A value that is there; a benchmark of failures would be of no use.
template <typename T> T sure(Result<T> result)
{
    if (!result) std::abort();
    return std::move(*result);
}

struct Halves {
    PhoneShare phone;
    ServerShare server;
    SharedKey key;
};

Halves generate(KeyType type, ports::Random &random)
{
    auto start = sure(keygen::phoneStart(type, kAcct, random));
    auto answer = sure(keygen::serverAnswer(start.kg1, type, kAcct, random));
    auto finished = sure(keygen::phoneFinish(std::move(start.state), answer.kg2, random));
    auto accepted = sure(keygen::serverAccept(std::move(answer.state), finished.kg3));
    return {std::move(finished.share), std::move(accepted.share), accepted.key};
}

constexpr std::size_t kRuns = 400;

// Microseconds of one step in every run.
using Samples = std::vector<double>;

// Steps consume what the step before made, so a whole run is repeated and each step timed within it.
template <typename Step> auto measure(Samples &samples, Step step)
{
    const double start = cpuUs();
    auto result = step();
    samples.push_back(cpuUs() - start);
    return result;
}

// What a row is compared with: OpenSSL's operation, called once in every run.
struct Compared {
    std::string name;
    Samples samples;
};

template <typename Step> void measureReference(Compared &reference, Step step)
{
    measure(reference.samples, [&step] {
        step();
        return 0;
    });
}

// Rows of one protocol, all under one suffix.
struct Rows {
    Bench &bench;
    std::string suffix;

    // The median, over the runs, of the steps' sum.
    void add(const char *name, std::initializer_list<const Samples *> steps,
             const Compared *reference = nullptr)
    {
        Samples sums(kRuns, 0);
        for (const Samples *step : steps)
            for (std::size_t i = 0; i < kRuns; ++i)
                sums[i] += (*step)[i];
        std::optional<Row::Reference> compared;
        if (reference) compared = Row::Reference{reference->name, median(reference->samples)};
        bench.add({name + suffix, "us", median(sums), compared});
    }
};

void addCosign(Rows rows, const OpenSslCurve &openssl, ports::Random &random)
{
    const Halves halves = generate(KeyType::sign, random);
    const SharedKey kept = halves.key.withTable(); // as the cosigner keeps the keys it has used lately
    const std::vector<Bytes> tbs{Bytes(400, 1)};
    const std::vector<std::uint8_t> all{0};
    Samples commit, challenge, check, sign, open, complete, confirm, verify;
    Compared plainSign{"OpenSSL SM2 sign", {}}, plainVerify{"OpenSSL SM2 verify", {}};
    for (std::size_t i = 0; i < kRuns; ++i) {
        measureReference(plainSign, [&] { openssl.sign(); });
        measureReference(plainVerify, [&] { openssl.verify(); });
        auto commitment = sure(measure(commit, [&] { return cosign::phoneCommit(halves.key, 1, random); }));
        const auto com1 = commitment.com1();
        auto made = sure(measure(
            challenge, [&] { return cosign::serverChallenge(kept, halves.server, kSid, com1, tbs, random); }));
        auto consent = sure(
            measure(check, [&] { return cosign::phoneCheck(std::move(commitment), kSid, made.points, tbs); }));
        auto answer = sure(measure(sign, [&] {
            return cosign::phoneSign(std::move(consent), PhoneShare(halves.phone.expose()), all);
        }));
        auto attempt =
            sure(measure(open, [&] { return cosign::serverOpen(std::move(made.session), answer.items); }));
        const auto signatures =
            sure(measure(complete, [&] { return cosign::serverComplete(std::move(attempt), halves.server); }));
        const auto r = sure(crypto::Scalar::parse(ByteView(signatures[0]).first(32)));
        const auto s = sure(crypto::Scalar::parse(ByteView(signatures[0]).subspan(32)));
        if (!measure(confirm, [&] { return crypto::sm2NonceFits(answer.expected.items[0].e, kept.sumVartime(s, r + s), r); })) std::abort();
        if (!measure(verify, [&] { return cosign::phoneVerify(answer.expected, signatures); })) std::abort();
    }
    rows.add("cosign.phone_commit", {&commit});
    rows.add("cosign.server_challenge", {&challenge});
    rows.add("cosign.phone_check", {&check});
    rows.add("cosign.phone_sign", {&sign});
    rows.add("cosign.server_open", {&open});
    rows.add("cosign.server_complete", {&complete});
    rows.add("cosign.phone_verify", {&verify});
    rows.add("cosign.server_online", {&open, &complete}, &plainVerify);
    rows.add("cosign.server_total", {&challenge, &open, &complete}, &plainVerify);
    rows.add("cosign.phone_total", {&commit, &check, &sign, &verify});
    rows.add("cosign.server_confirm", {&confirm}); // what it does besides for a share that it has not checked yet
    rows.add("cosign.both_sides", {&commit, &challenge, &check, &sign, &open, &complete, &confirm, &verify}, &plainSign);
}

// A key is made, and renewed once.
void addKeys(Rows rows, ports::Random &random)
{
    Samples start, answer, finish, accept, ask, propose, renew, commit;
    for (std::size_t i = 0; i < kRuns; ++i) {
        auto started = sure(measure(start, [&] { return keygen::phoneStart(KeyType::sign, kAcct, random); }));
        auto answered = sure(measure(answer, [&] { return keygen::serverAnswer(started.kg1, KeyType::sign, kAcct, random); }));
        auto finished = sure(measure(finish, [&] { return keygen::phoneFinish(std::move(started.state), answered.kg2, random); }));
        const auto accepted = sure(measure(accept, [&] { return keygen::serverAccept(std::move(answered.state), finished.kg3); }));
        std::vector<PhoneShare> shares;
        shares.push_back(std::move(finished.share));
        auto asked = sure(measure(ask, [&] { return refresh::phoneAsk(Op::refresh, {accepted.key}, std::move(shares), kSid, random); }));
        const auto proposal = sure(measure(propose, [&] {
            return refresh::serverPropose(Op::refresh, std::span(&accepted.key, 1), std::span(&accepted.share, 1), kSid, asked.rho1,
                                          asked.proofs, random);
        }));
        const auto renewed = sure(measure(renew, [&] { return refresh::phoneRenew(std::move(asked.state), proposal.rho2, random); }));
        if (!measure(commit, [&] {
                return refresh::serverCommit(proposal.keys, proposal.shares, kSid, proposal.rho2, renewed.proofs);
            }))
            std::abort();
    }
    rows.add("keygen.phone", {&start, &finish});
    rows.add("keygen.server", {&answer, &accept});
    rows.add("refresh.phone", {&ask, &renew});
    rows.add("refresh.server", {&propose, &commit});
}

void addFrostKeys(Rows rows, ports::Random &random)
{
    Samples start, answer, finish, accept, ask, judge, renew, commit;
    const auto rho1 = random.bytes<32>("rho1"), rho2 = random.bytes<32>("rho2");
    for (std::size_t i = 0; i < kRuns; ++i) {
        auto started = measure(start, [&] { return frost::keygen::phoneStart(kAcct, random); });
        auto answered = sure(measure(answer, [&] { return frost::keygen::serverAnswer(started.kg1, kAcct, random); }));
        auto finished = sure(measure(finish, [&] { return frost::keygen::phoneFinish(std::move(started.state), answered.kg2, random); }));
        const auto accepted = sure(measure(accept, [&] { return frost::keygen::serverAccept(std::move(answered.state), finished.kg3); }));
        const auto proof = sure(measure(
            ask, [&] { return frost::refresh::phoneAsk(Op::refresh, accepted.key, finished.share, kSid, rho1, random); }));
        const auto proposal = sure(measure(judge, [&]() -> Result<frost::refresh::ServerRenewed> {
            HUFU_CHECK(frost::refresh::serverJudge(Op::refresh, accepted.key, accepted.share, kSid, rho1, proof));
            return frost::refresh::serverRenew(accepted.key, accepted.share, kSid, rho1, rho2);
        }));
        const auto renewed = sure(measure(renew, [&] {
            return frost::refresh::phoneRenew(accepted.key, std::move(finished.share), kSid, rho1, rho2, random);
        }));
        if (!measure(commit, [&] {
                return frost::refresh::serverCommit(proposal.key, proposal.share, kSid, rho2, renewed.proof);
            }))
            std::abort();
    }
    rows.add("frost.keygen_phone", {&start, &finish});
    rows.add("frost.keygen_server", {&answer, &accept});
    rows.add("frost.refresh_phone", {&ask, &renew});
    rows.add("frost.refresh_server", {&judge, &commit});
}

// Suite 2, beside one party's whole Ed25519 in libsodium, on whose group it is built.
void addFrost(Bench &bench, ports::Random &random)
{
    auto start = frost::keygen::phoneStart(kAcct, random);
    auto halfway = sure(frost::keygen::serverAnswer(start.kg1, kAcct, random));
    auto finished = sure(frost::keygen::phoneFinish(std::move(start.state), halfway.kg2, random));
    const auto accepted = sure(frost::keygen::serverAccept(std::move(halfway.state), finished.kg3));
    const frost::SharedKey &key = accepted.key;

    const std::vector<Bytes> tbs{Bytes(400, 1)};
    const std::vector<std::uint8_t> all{0};
    ByteArray<crypto_sign_PUBLICKEYBYTES> publicKey{};
    ByteArray<crypto_sign_SECRETKEYBYTES> secretKey{};
    ByteArray<crypto_sign_BYTES> plain{};
    if (crypto_sign_keypair(publicKey.data(), secretKey.data()) != 0) std::abort();
    Samples challenge, check, sign, open, complete, verify;
    Compared plainSign{"libsodium Ed25519 sign", {}}, plainVerify{"libsodium Ed25519 verify", {}};
    for (std::size_t i = 0; i < kRuns; ++i) {
        measureReference(plainSign, [&] {
            crypto_sign_detached(plain.data(), nullptr, tbs[0].data(), tbs[0].size(), secretKey.data());
        });
        measureReference(plainVerify, [&] {
            if (crypto_sign_verify_detached(plain.data(), tbs[0].data(), tbs[0].size(), publicKey.data()) != 0)
                std::abort();
        });
        auto made = sure(
            measure(challenge, [&] { return frost::cosign::serverChallenge(key, accepted.share, tbs, random); }));
        auto consent = sure(measure(check, [&] { return frost::cosign::phoneCheck(key, made.commitments, tbs); }));
        auto answer = sure(measure(sign, [&] {
            return frost::cosign::phoneSign(std::move(consent), frost::PhoneShare(finished.share.expose()), all,
                                            random);
        }));
        auto attempt = sure(
            measure(open, [&] { return frost::cosign::serverOpen(std::move(made.session), answer.items); }));
        const auto signatures = sure(measure(
            complete, [&] { return frost::cosign::serverComplete(std::move(attempt), accepted.share); }));
        if (!measure(verify, [&] { return frost::cosign::phoneVerify(answer.expected, signatures); })) std::abort();
    }
    Rows rows{bench, ""};
    rows.add("frost.server_challenge", {&challenge});
    rows.add("frost.phone_check", {&check});
    rows.add("frost.phone_sign", {&sign});
    rows.add("frost.server_open", {&open});
    rows.add("frost.server_complete", {&complete});
    rows.add("frost.phone_verify", {&verify});
    rows.add("frost.server_online", {&open, &complete}, &plainVerify);
    rows.add("frost.server_total", {&challenge, &open, &complete}, &plainVerify);
    rows.add("frost.phone_total", {&check, &sign, &verify}, &plainSign);
    rows.add("frost.both_sides", {&challenge, &check, &sign, &open, &complete, &verify}, &plainSign);
}

void addDecrypt(Rows rows, const OpenSslCurve &openssl, ports::Random &random)
{
    const Halves halves = generate(KeyType::encrypt, random);
    const auto ciphertext = sure(crypto::sm2Encrypt(halves.key.p().point(), Bytes(32, 1), random));
    Samples ask, parse, answer, open;
    Compared variable{"OpenSSL SM2 variable base", {}};
    for (std::size_t i = 0; i < kRuns; ++i) {
        measureReference(variable, [&] { openssl.variableBase(); });
        auto asked = sure(measure(ask, [&] {
            return decrypt::phoneAsk(halves.key, kSid, {ciphertext}, PhoneShare(halves.phone.expose()),
                                     decrypt::Blinding::random, random);
        }));
        const auto parsed = sure(measure(parse, [&] { return decrypt::serverParse(asked.asks); }));
        const auto answers = sure(
            measure(answer, [&] { return decrypt::serverAnswer(halves.key, halves.server, kSid, parsed); }));
        sure(measure(open, [&] { return decrypt::phoneOpen(std::move(asked.state), answers); }));
    }
    rows.add("decrypt.phone_ask", {&ask});
    rows.add("decrypt.phone_open", {&open});
    rows.add("decrypt.server", {&parse, &answer}, &variable);
    rows.add("decrypt.both_sides", {&ask, &open, &parse, &answer});
}

} // namespace

void addThreshold(Bench &bench, const std::string &suffix)
{
    ports::SystemRandom random;
    const OpenSslCurve openssl("SM2");
    addCosign({bench, suffix}, openssl, random);
    addDecrypt({bench, suffix}, openssl, random);
    addKeys({bench, suffix}, random);
    if (!suffix.empty()) return;
    addFrost(bench, random); // libsodium's arithmetic, whatever the path of ours
    addFrostKeys({bench, ""}, random);
}

} // namespace hufu::bench
