// The program of a thief of the phone. It holds bytes (the phone's files, opened; certificates; recorded messages) and what was
// published. For a guess of the PIN it computes all that the guess predicts, and looks whether any of it lies in the bytes or fits
// an equation over them. A guess without such a trace is as good as every other; one with a trace is the PIN.
#pragma once

#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/threshold/frost_algebra.h"
#include "shield/threshold/frost_shares.h"
#include "tests/shield/threshold/parties.h"

#include <QCryptographicHash>

#include <unordered_set>

namespace hufu::tests {

// What one PIN makes of what the phone stores.
struct Guess {
    struct Half {
        const SharedKey *key;
        Scalar u1;
    };
    struct FrostHalf { // of suite 2
        const threshold::frost::SharedKey *key;
        crypto::EdScalar s1;
    };
    std::vector<Bytes> words; // the PIN and its stretched form
    std::vector<Bytes> salts; // to hash the words with
    std::vector<Half> halves; // of each key in each file
    std::vector<FrostHalf> frostHalves;
};

class Thief {
public:
    // Shorter values lie somewhere by chance.
    static constexpr std::size_t kWindow = 8;

    // Whether a proof c | z is looked for behind any 32 bytes, not behind a point alone: some 15 us for each byte and guess.
    bool proofsAnywhere = false;
    // Whether a SIGN of suite 2 is looked for, too: any three values of 32 bytes that may be one.
    bool suiteTwo = false;

    void take(ByteView bytes)
    {
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
        for (std::size_t at = 0; at + kWindow <= bytes.size(); ++at)
            m_windows.insert(wordAt(bytes.subspan(at)));
        for (std::size_t at = 0; at + 97 <= bytes.size(); ++at)
            if (bytes[at] == 4) takePoint(bytes.subspan(at));
        for (std::size_t at = 0; suiteTwo && at + 96 <= bytes.size(); ++at) {
            const auto d = crypto::EdPoint::parse(bytes.subspan(at, 32)), e = crypto::EdPoint::parse(bytes.subspan(at + 32, 32));
            const auto z = crypto::EdScalar::parse(bytes.subspan(at + 64, 32));
            if (d && e && z) m_frostSpoken.push_back({*d, *e, *z});
        }
        for (std::size_t at = 0; proofsAnywhere && at + 80 <= bytes.size(); ++at)
            if (const auto proof = threshold::Proof::parse(bytes.subspan(at + 32, 48)))
                m_proofs.push_back({bytesOf(bytes.subspan(at, 32)), *proof});
    }
    // A signature with the Q2 of the challenge before it: R1 = R - Q2 is known, and so is s1 P1 = R1 + r G.
    void published(const SharedKey &key, ByteView tbs, const ByteArray<64> &signature, const ByteArray<65> &q2)
    {
        const Point &p = key.p().point();
        const auto r = Scalar::parse(ByteView(signature).first(32));
        const auto s = Scalar::parse(ByteView(signature).subspan(32));
        const auto nonce = crypto::sm2VerifyVartime(p, *crypto::sm2E(p, tbs), *r, *s);
        const Point r1 = *nonce - *Point::parse(q2);
        m_past.push_back({key.keyId(), key.epoch(), r1, r1 + crypto::mulBase(*r)});
    }
    // A signature of suite 2 with the D2 | E2 of the challenge before it.
    void published(const threshold::frost::SharedKey &key, ByteView tbs, const ByteArray<64> &signature, const ByteArray<64> &commitment)
    {
        m_frostPast.push_back({key.keyId(), key.epoch(), bytesOf(tbs), signature, commitment});
    }
    void heard(const Sid &sid) { m_sids.push_back(sid); }

    std::size_t pastSignatures() const { return m_past.size() + m_frostPast.size(); }

    // Names of what gives the guess away: none, if nothing does.
    std::set<std::string> traces(const Guess &guess) const
    {
        std::set<std::string> found;
        const auto look = [&](const char *what, ByteView value) {
            if (lies(value) || liesHashed(value)) found.insert(what);
        };
        for (const Bytes &word : guess.words) {
            look("PIN", word);
            for (const Bytes &salt : guess.salts)
                if (liesHashed(concat({salt, word})) || liesHashed(concat({word, salt}))) found.insert("PIN");
        }
        std::vector<Point> points;
        std::vector<const char *> names;
        const auto predict = [&](const char *what, const Point &point) {
            points.push_back(point);
            names.push_back(what);
        };
        for (const Guess::Half &half : guess.halves) {
            const Scalar d1 = half.u1.inverse();
            look("u1", half.u1.bytes());
            look("d1", d1.bytes());
            const Point p1 = crypto::mulBase(half.u1);
            Point high = p1;
            for (int i = 0; i < 64; ++i)
                high = high.doubled();
            predict("P1", p1);
            predict("2^64 P1", high);
            predict("d1 G", crypto::mulBase(d1));
            predict("P2", mul(d1, half.key->base().point()));
            for (const Past &past : m_past) {
                if (!past.isOf(*half.key)) continue;
                predict("s1 G", mul(d1, past.demanded));
                for (const Spoken &spoken : m_spoken)
                    if (spoken.point.point() == past.r1 && crypto::mulBase(spoken.scalar * half.u1) == past.demanded)
                        found.insert("R1 | s1");
            }
            for (const Guess::Half &other : guess.halves)
                if (other.key->keyId() == half.key->keyId() && other.key->epoch() < half.key->epoch()) {
                    const Scalar f = half.u1 * other.u1.inverse();
                    look("f", f.bytes());
                    look("1/f", f.inverse().bytes());
                    if (f == Scalar::one()) found.insert("one share twice");
                }
            lookForProofs(half, p1, found);
        }
        for (const Guess::FrostHalf &half : guess.frostHalves)
            lookForSuiteTwo(half, guess, look, found);
        const auto encoded = *Point::encodeAll(points);
        for (std::size_t i = 0; i < encoded.size(); ++i) {
            look(names[i], ByteView(encoded[i]).subspan(1));
            look(names[i], ByteView(encoded[i]).subspan(1, 32));
            look(names[i], encoded[i]);
        }
        return found;
    }

    // Whether a value, or a form of it cut short, was taken.
    bool lies(ByteView value) const
    {
        return value.size() >= kWindow &&
               (m_windows.contains(wordAt(value)) || m_windows.contains(wordAt(value.last(kWindow))));
    }

    // Whether this very string was taken, however short.
    bool holds(ByteView text) const { return !std::ranges::search(m_bytes, text).empty(); }

private:
    struct Past {
        threshold::KeyId keyId;
        std::uint32_t epoch;
        Point r1, demanded;
        bool isOf(const SharedKey &key) const { return keyId == key.keyId() && epoch == key.epoch(); }
    };
    struct FrostPast {
        threshold::KeyId keyId;
        std::uint32_t epoch;
        Bytes tbs;
        ByteArray<64> signature, commitment;
    };
    struct Spoken { // a point, and a number behind it
        EncodedPoint point;
        Scalar scalar;
    };
    struct FrostSpoken { // two points, and a number behind them
        crypto::EdPoint d, e;
        crypto::EdScalar z;
    };
    struct Shown { // what a proof may be about, and the proof behind it
        Bytes about;
        threshold::Proof proof;
    };

    template <typename Look>
    void lookForSuiteTwo(const Guess::FrostHalf &half, const Guess &guess, const Look &look, std::set<std::string> &found) const
    {
        using crypto::EdPoint;
        using crypto::EdScalar;
        const EdScalar x1 = half.s1 + half.s1;
        const EdPoint y1 = crypto::mulBase(half.s1);
        const EdPoint image1 = y1 + y1;
        look("s1", half.s1.bytes());
        look("x1", x1.bytes());
        look("1/s1", half.s1.inverse().bytes());
        look("Y1", y1.bytes());
        look("X1", image1.bytes());
        look("X2", (half.key->y() - image1).bytes());
        look("s2 Bp", (image1 - half.key->y()).bytes());
        for (const Guess::FrostHalf &other : guess.frostHalves)
            if (other.key->keyId() == half.key->keyId() && other.key->epoch() < half.key->epoch()) {
                const EdScalar difference = half.s1 - other.s1;
                look("f", difference.bytes());
                look("f", (difference + difference).bytes());
                if (difference.isZero()) found.insert("one share twice");
            }
        // D1 | E1 | z1, as SIGN has it: the cosigner's own check, with the Y1 of the guess.
        for (const FrostPast &past : m_frostPast) {
            if (past.keyId != half.key->keyId() || past.epoch != half.key->epoch()) continue;
            const ByteView opposite(past.commitment);
            for (const FrostSpoken &spoken : m_frostSpoken) {
                const auto round = threshold::frost::algebra::roundOf(
                    half.key->y(), past.tbs,
                    {{{threshold::frost::kPhone, spoken.d, spoken.e},
                      {threshold::frost::kServer, *EdPoint::parse(opposite.first(32)), *EdPoint::parse(opposite.subspan(32))}}});
                if (!round || !sameBytes(round->nonce.bytes(), ByteView(past.signature).first(32))) continue;
                if (threshold::frost::algebra::shareFits(*round, 0, spoken.z, y1)) found.insert("D1 | E1 | z1");
            }
        }
    }

    static std::uint64_t wordAt(ByteView bytes)
    {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < kWindow; ++i)
            word = word << 8 | bytes[i];
        return word;
    }

    bool liesHashed(ByteView value) const
    {
        if (lies(crypto::sm3(value)) || lies(crypto::hmacSm3(value, ByteView()))) return true;
        const QByteArray plain(reinterpret_cast<const char *>(value.data()), static_cast<qsizetype>(value.size()));
        for (const auto method : {QCryptographicHash::Sha256, QCryptographicHash::Sha512, QCryptographicHash::Sha1}) {
            const QByteArray digest = QCryptographicHash::hash(plain, method);
            if (lies(viewOf({digest.constData(), static_cast<std::size_t>(digest.size())}))) return true;
        }
        return false;
    }

    // In: 97 bytes or more that begin with 04.
    void takePoint(ByteView bytes)
    {
        const auto point = EncodedPoint::parse(bytes.first(65));
        if (!point) return;
        for (const std::size_t at : {std::size_t{65}, std::size_t{97}}) // R1 | s1, and R1 | rnd | s1 as SIGN has it
            if (bytes.size() >= at + 32)
                if (const auto scalar = Scalar::parse(bytes.subspan(at, 32))) m_spoken.push_back({*point, *scalar});
        if (bytes.size() < 113) return;
        if (const auto proof = threshold::Proof::parse(bytes.subspan(65, 48))) // T1 | c | z
            m_proofs.push_back({bytesOf(bytes.first(65)), *proof});
    }

    void lookForProofs(const Guess::Half &half, const Point &p1, std::set<std::string> &found) const
    {
        using threshold::Op;
        if (m_proofs.empty() || m_sids.empty()) return;
        // The cosigner's own check, with the P1 of the guess.
        const auto judge = ServerShare::fromBytes(concat({Scalar::one().bytes(), *p1.encode()}));
        for (const Shown &shown : m_proofs) {
            const auto commitment = threshold::pinCommitment(shown.proof, *judge).encode();
            if (!commitment) continue;
            for (const Sid &sid : m_sids)
                for (const Op op : {Op::decrypt, Op::refresh, Op::refreshCommit, Op::pinChange})
                    if (pinFits(shown.proof, *judge, op, *half.key, sid, shown.about, *commitment)) found.insert("PIN proof");
        }
    }

    Bytes m_bytes;
    std::unordered_set<std::uint64_t> m_windows;
    std::vector<Past> m_past;
    std::vector<FrostPast> m_frostPast;
    std::vector<FrostSpoken> m_frostSpoken;
    std::vector<Sid> m_sids;
    std::vector<Spoken> m_spoken;
    std::vector<Shown> m_proofs;
};

} // namespace hufu::tests
