// Both halves of one key in one process, for the tests of the two-party protocol.
#pragma once

#include "shield/threshold/blinding.h"
#include "shield/threshold/cosign_server.h"
#include "shield/threshold/decrypt_phone.h"
#include "shield/threshold/decrypt_server.h"
#include "shield/threshold/keygen_phone.h"
#include "shield/threshold/keygen_server.h"
#include "shield/threshold/refresh_phone.h"
#include "shield/threshold/refresh_server.h"
#include "shield/threshold/transcript.h"
#include "tests/support/fakes.h"

#include <algorithm>

namespace hufu::tests {

using crypto::Point;
using crypto::Scalar;
using threshold::Acct;
using threshold::EncodedPoint;
using threshold::KeyType;
using threshold::PhoneShare;
using threshold::ServerShare;
using threshold::SharedKey;
using threshold::Sid;

inline const Acct kAcct{'a', 'c', 'c', 't'};
inline const Sid kSid{'s', 'i', 'd'};

template <typename T> bool refusedAs(const Result<T> &result, Errc code)
{
    return !result && result.error().code == code;
}

inline Scalar randomScalar(ports::Random &random)
{
    const auto draw = random.secret<64>("test");
    return Scalar::reduceWide(draw.expose());
}

inline EncodedPoint encoded(const Point &point)
{
    return *EncodedPoint::of(point);
}

inline Bytes textBytes(std::string_view text)
{
    return bytesOf(viewOf(text));
}

// The bytes with one bit turned over.
template <std::size_t N> ByteArray<N> flipped(ByteArray<N> bytes, std::size_t at)
{
    bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 1);
    return bytes;
}

template <std::size_t N> ByteArray<N> replaced(ByteArray<N> bytes, std::size_t at, ByteView with)
{
    std::ranges::copy(with, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return bytes;
}

// A stretched PIN that is cheap to guess; Argon2id has its own tests.
inline Secret<32> cheapPin(int pin)
{
    auto digest = crypto::sm3(viewOf("pin " + std::to_string(pin)));
    return Secret<32>::adopt(digest);
}

// What is not a point or not written as one: an x of p, off the curve, compressed, zeros, another first byte.
inline std::vector<Bytes> badPoints()
{
    const std::string p = "fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff";
    const std::string zero(64, '0');
    const std::string one = std::string(63, '0') + "1";
    const std::string generator = toHex(EncodedPoint::generator().bytes());
    return {hex("04" + p + one),     hex("04" + one + one),           hex("04" + zero + zero),
            hex("00" + zero + zero), hex("02" + generator.substr(2)), hex("06" + generator.substr(2)),
            hex("04" + one + p)};
}

inline std::vector<Bytes> badScalars()
{
    return {hex(std::string(64, '0')), hex("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123"),
            hex(std::string(64, 'f'))};
}

// One key and its two shares, as key generation leaves them.
struct Pair {
    PhoneShare phone;
    ServerShare server;
    SharedKey key;

    PhoneShare phoneShare() const { return PhoneShare(phone.expose()); }
};

inline Pair generate(KeyType type, ports::Random &random, const Acct &acct = kAcct)
{
    auto start = threshold::keygen::phoneStart(type, acct, random);
    auto answer = threshold::keygen::serverAnswer(start->kg1, type, acct, random);
    auto finished = threshold::keygen::phoneFinish(std::move(start->state), answer->kg2, random);
    auto accepted = threshold::keygen::serverAccept(std::move(answer->state), finished->kg3);
    return {std::move(finished->share), std::move(accepted->share), accepted->key};
}

// The same key with another epoch, account or type, as a confused or lying half would have it.
inline SharedKey keyWith(const SharedKey &key, KeyType type, const Acct &acct, std::uint32_t epoch)
{
    return *SharedKey::of(type, key.p().bytes(), acct, epoch);
}

// A signature from HELLO to the server's verdict, over all messages.
struct Cosigned {
    std::vector<ByteArray<32>> com1;
    std::vector<ByteArray<113>> points;
    std::vector<threshold::cosign::SignItem> items;
    threshold::cosign::PhoneExpected expected;
    Result<std::vector<ByteArray<64>>> verdict = Error(Errc::internal, "not run");
};

inline std::vector<std::uint8_t> indicesTo(std::size_t count)
{
    std::vector<std::uint8_t> indices;
    for (std::size_t i = 0; i < count; ++i)
        indices.push_back(static_cast<std::uint8_t>(i));
    return indices;
}

inline Result<Cosigned> runCosign(const SharedKey &phoneKey, PhoneShare phone, const SharedKey &serverKey,
                                  const ServerShare &server, const std::vector<Bytes> &tbs,
                                  ports::Random &phoneRandom, ports::Random &serverRandom,
                                  const Sid &sid = kSid)
{
    using namespace threshold::cosign;
    HUFU_TRY(commitment, phoneCommit(phoneKey, tbs.size(), phoneRandom));
    const auto com1 = commitment.com1();
    HUFU_TRY(challenge, serverChallenge(serverKey, server, sid, com1, tbs, serverRandom));
    HUFU_TRY(consent, phoneCheck(std::move(commitment), sid, challenge.points, tbs));
    HUFU_TRY(answer, phoneSign(std::move(consent), std::move(phone), indicesTo(tbs.size())));
    HUFU_TRY(attempt, serverOpen(std::move(challenge.session), answer.items));
    return Cosigned{com1, challenge.points, answer.items, answer.expected,
                    serverComplete(std::move(attempt), server)};
}

inline Result<Cosigned> runCosign(const Pair &pair, const std::vector<Bytes> &tbs, ports::Random &random)
{
    return runCosign(pair.key, pair.phoneShare(), pair.key, pair.server, tbs, random, random);
}

} // namespace hufu::tests
