// Both halves of one key of suite 2 in one process.
#pragma once

#include "shield/threshold/frost_blinding.h"
#include "shield/threshold/frost_cosign_server.h"
#include "shield/threshold/frost_keygen_phone.h"
#include "shield/threshold/frost_keygen_server.h"
#include "shield/threshold/frost_refresh_phone.h"
#include "shield/threshold/frost_refresh_server.h"
#include "tests/shield/threshold/parties.h"

namespace hufu::tests {

namespace frost = threshold::frost;
using crypto::EdPoint;
using crypto::EdScalar;

inline EdScalar randomEdScalar(ports::Random &random)
{
    const auto draw = random.secret<64>("test");
    return EdScalar::reduceWide(draw.expose());
}

// What DeserializeElement refuses: y = p, y = p + 1, the identity, order 2, 4 and 8, off the curve, and a point
// of the group with a point of order 2 on top.
inline std::vector<Bytes> badEdPoints()
{
    return {hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            hex("0100000000000000000000000000000000000000000000000000000000000000"),
            hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            hex("0000000000000000000000000000000000000000000000000000000000000000"),
            hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            hex("0200000000000000000000000000000000000000000000000000000000000000"),
            hex("9599999999999999999999999999999999999999999999999999999999999999")};
}

// L, L + 1, and all ones.
inline std::vector<Bytes> badEdScalars()
{
    return {hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"),
            hex("eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"), hex(std::string(64, 'f'))};
}

// One key and its two shares, as key generation leaves them.
struct FrostPair {
    frost::PhoneShare phone;
    frost::ServerShare server;
    frost::SharedKey key;

    frost::PhoneShare phoneShare() const { return frost::PhoneShare(phone.expose()); }
};

inline FrostPair generateFrost(ports::Random &random, const Acct &acct = kAcct)
{
    auto start = frost::keygen::phoneStart(acct, random);
    auto answer = frost::keygen::serverAnswer(start.kg1, acct, random);
    auto finished = frost::keygen::phoneFinish(std::move(start.state), answer->kg2, random);
    auto accepted = frost::keygen::serverAccept(std::move(answer->state), finished->kg3);
    return {std::move(finished->share), std::move(accepted->share), accepted->key};
}

// A signature from CHAL to the server's verdict, over all messages.
struct FrostCosigned {
    std::vector<ByteArray<64>> commitments;
    std::vector<frost::cosign::SignItem> items;
    frost::cosign::PhoneExpected expected;
    Result<std::vector<ByteArray<64>>> verdict = Error(Errc::internal, "not run");
};

inline Result<FrostCosigned> runFrostCosign(const frost::SharedKey &key, frost::PhoneShare phone,
                                            const frost::ServerShare &server, const std::vector<Bytes> &tbs,
                                            ports::Random &phoneRandom, ports::Random &serverRandom)
{
    using namespace frost::cosign;
    HUFU_TRY(challenge, serverChallenge(key, server, tbs, serverRandom));
    HUFU_TRY(consent, phoneCheck(key, challenge.commitments, tbs));
    HUFU_TRY(answer, phoneSign(std::move(consent), std::move(phone), indicesTo(tbs.size()), phoneRandom));
    HUFU_TRY(attempt, serverOpen(std::move(challenge.session), answer.items));
    return FrostCosigned{challenge.commitments, answer.items, answer.expected,
                         serverComplete(std::move(attempt), server)};
}

inline Result<FrostCosigned> runFrostCosign(const FrostPair &pair, const std::vector<Bytes> &tbs,
                                            ports::Random &random)
{
    return runFrostCosign(pair.key, pair.phoneShare(), pair.server, tbs, random, random);
}

} // namespace hufu::tests
