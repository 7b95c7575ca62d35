#include "shield/crypto/sm2.h"
#include "shield/threshold/cosign_server.h"
#include "shield/threshold/decrypt_phone.h"
#include "shield/threshold/decrypt_server.h"
#include "shield/threshold/keygen_phone.h"
#include "shield/threshold/keygen_server.h"
#include "tests/bench/bench.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

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
    const auto start = std::chrono::steady_clock::now();
    auto result = step();
    samples.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    return result;
}

// A row of the median, over the runs, of the steps' sum.
void addRow(Bench &bench, const char *name, std::initializer_list<const Samples *> steps)
{
    Samples sums(kRuns, 0);
    for (const Samples *step : steps)
        for (std::size_t i = 0; i < kRuns; ++i)
            sums[i] += (*step)[i];
    const auto middle = sums.begin() + kRuns / 2;
    std::nth_element(sums.begin(), middle, sums.end());
    bench.add({name, "us", *middle, std::nullopt});
}

void addCosign(Bench &bench, ports::Random &random)
{
    const Halves halves = generate(KeyType::sign, random);
    const std::vector<Bytes> tbs{Bytes(400, 1)};
    const std::vector<std::uint8_t> all{0};
    Samples commit, challenge, check, sign, open, complete, verify;
    for (std::size_t i = 0; i < kRuns; ++i) {
        auto commitment = sure(measure(commit, [&] { return cosign::phoneCommit(halves.key, 1, random); }));
        const auto com1 = commitment.com1();
        auto made = sure(measure(challenge, [&] {
            return cosign::serverChallenge(halves.key, halves.server, kSid, com1, tbs, random);
        }));
        auto consent = sure(
            measure(check, [&] { return cosign::phoneCheck(std::move(commitment), kSid, made.points, tbs); }));
        auto answer = sure(measure(sign, [&] {
            return cosign::phoneSign(std::move(consent), PhoneShare(halves.phone.expose()), all);
        }));
        auto attempt =
            sure(measure(open, [&] { return cosign::serverOpen(std::move(made.session), answer.items); }));
        const auto signatures =
            sure(measure(complete, [&] { return cosign::serverComplete(std::move(attempt), halves.server); }));
        if (!measure(verify, [&] { return cosign::phoneVerify(answer.expected, signatures); })) std::abort();
    }
    addRow(bench, "cosign.phone_commit", {&commit});
    addRow(bench, "cosign.server_challenge", {&challenge});
    addRow(bench, "cosign.phone_check", {&check});
    addRow(bench, "cosign.phone_sign", {&sign});
    addRow(bench, "cosign.server_open", {&open});
    addRow(bench, "cosign.server_complete", {&complete});
    addRow(bench, "cosign.phone_verify", {&verify});
    addRow(bench, "cosign.server_online", {&open, &complete});
    addRow(bench, "cosign.server_total", {&challenge, &open, &complete});
    addRow(bench, "cosign.phone_total", {&commit, &check, &sign, &verify});
    addRow(bench, "cosign.both_sides", {&commit, &challenge, &check, &sign, &open, &complete, &verify});
}

void addDecrypt(Bench &bench, ports::Random &random)
{
    const Halves halves = generate(KeyType::encrypt, random);
    const auto ciphertext = sure(crypto::sm2Encrypt(halves.key.p().point(), Bytes(32, 1), random));
    Samples ask, parse, answer, open;
    for (std::size_t i = 0; i < kRuns; ++i) {
        auto asked = sure(measure(ask, [&] {
            return decrypt::phoneAsk(halves.key, kSid, {ciphertext}, PhoneShare(halves.phone.expose()),
                                     decrypt::Blinding::random, random);
        }));
        const auto parsed = sure(measure(parse, [&] { return decrypt::serverParse(asked.asks); }));
        const auto answers = sure(
            measure(answer, [&] { return decrypt::serverAnswer(halves.key, halves.server, kSid, parsed); }));
        sure(measure(open, [&] { return decrypt::phoneOpen(std::move(asked.state), answers); }));
    }
    addRow(bench, "decrypt.phone_ask", {&ask});
    addRow(bench, "decrypt.phone_open", {&open});
    addRow(bench, "decrypt.server", {&parse, &answer});
    addRow(bench, "decrypt.both_sides", {&ask, &open, &parse, &answer});
}

} // namespace

void addThreshold(Bench &bench)
{
    ports::SystemRandom random;
    addCosign(bench, random);
    addDecrypt(bench, random);
}

} // namespace hufu::bench
