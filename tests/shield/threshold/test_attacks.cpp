// The attacks A1 to A9 and cases X1 to X16: each is shown to work on a weaker variant, or where the protection is taken
// away by hand, and to come to nothing here. What needs counters, connections or FROST is tested with those;
// the table in shield/threshold/README.md says where.
#include "shield/crypto/sm2.h"
#include "shield/threshold/algebra.h"
#include "shield/threshold/cosign_transcript.h"
#include "shield/threshold/proof.h"
#include "tests/shield/threshold/weak_variants.h"

#include <QtTest>
#include <map>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;
using namespace hufu::threshold::cosign;

namespace {

constexpr int kPins = 60;

Scalar reduced(const ByteArray<32> &bytes)
{
    return Scalar::reduce(bytes);
}

} // namespace

class TestAttacks : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    std::optional<Pair> m_pair;
    const std::vector<Bytes> m_good{textBytes("pay 1 yuan to shop")};
    const std::vector<Bytes> m_evil{textBytes("pay 1000000 yuan to Mallory")};

    const SharedKey &key() { return m_pair->key; }
    Scalar u1() { return m_pair->phone.expose(); }
    Scalar d1() { return u1().inverse(); }
    Scalar u2() { return m_pair->server.exposeU2(); }
    Scalar d2() { return m_pair->server.d2(); }
    const Point &base() { return key().base().point(); }
    Scalar draw() { return randomScalar(m_random); }
    ByteArray<32> digest(const std::vector<Bytes> &tbs) { return *crypto::sm2E(key().p().point(), tbs[0]); }
    bool valid(const std::vector<Bytes> &tbs, const Scalar &r, const Scalar &s)
    {
        return bool(crypto::sm2VerifyVartime(key().p().point(), digest(tbs), r, s));
    }
    static Scalar half(const ByteArray<64> &signature, std::size_t at)
    {
        return *Scalar::parse(ByteView(signature).subspan(at, 32));
    }

private Q_SLOTS:
    void init() { m_pair = generate(KeyType::sign, m_random); }

    // A1, A1b: in the common variant a server that sends s2 = 0 takes the phone's nonce out of the equation. The phone verifies, the
    // signature is valid, and the whole key is out. Without verification s itself is d1.
    void a1_nonceTakenOutOfTheEquation_givesTheKeyOnTheCommonVariantOnly()
    {
        const Scalar k1 = draw(), beta = draw();
        const Scalar r = weak::rOf(digest(m_good), crypto::mulBase(beta));
        const auto signature = weak::commonPhone(d1(), k1, {r, Scalar(), d2() * (beta + r)});
        QVERIFY(weak::valid(key().p().point(), digest(m_good), signature));
        const Scalar product = (signature.s + r) * (beta + r).inverse(); // d1 d2
        QVERIFY(crypto::mulBase(product.inverse() - Scalar::one()) == key().p().point());
        const auto unverified = weak::commonPhone(d1(), k1, {r, Scalar(), Scalar::one()});
        QVERIFY(unverified.s + r == d1());

        // Here the nonce is added, never multiplied by the server; the nearest thing is a Q2 that cancels R1, or an s1 of zero.
        QVERIFY(refusedAs(algebra::joinNonces(crypto::mulBase(k1), crypto::mulBase(-k1), digest(m_good)),
                          Errc::tampered));
        QVERIFY(refusedAs(algebra::phonePart(d1(), r, -r), Errc::tampered));
        // A server that answers whatever it likes gets nothing accepted by the phone.
        auto commitment = phoneCommit(key(), 1, m_random);
        const auto made = serverChallenge(key(), m_pair->server, kSid, commitment->com1(), m_good, m_random);
        auto consent = phoneCheck(std::move(*commitment), kSid, made->points, m_good);
        const auto answer = phoneSign(std::move(*consent), m_pair->phoneShare(), indicesTo(1));
        const Scalar s1 = *Scalar::parse(ByteView(answer->items[0].share).subspan(97));
        for (const Scalar &s : {Scalar::one(), s1, d2() * s1}) {
            const auto forged = *fixedBytes<64>(concat({answer->expected.items[0].r.bytes(), s.bytes()}));
            QVERIFY(refusedAs(phoneVerify(answer->expected, std::vector{forged}), Errc::tampered));
        }
    }

    // A2: a phone with the right PIN shows a foreign point as its nonce. Where the server multiplies it, one signing session tells
    // u2 X, and opens a mail behind the back of what counts decryptions.
    void a2_signingSession_isADecryptionOracleOnlyWhereTheServerMultiplies()
    {
        const auto mail = *crypto::sm2Encrypt(key().p().point(), textBytes("secret mail"), m_random);
        const Point &foreign = mail.c1; // its logarithm is unknown to the phone
        const Point wanted = mul(u2(), foreign), p2 = crypto::mulBase(u2());
        const ByteArray<32> e = digest(m_good);
        const auto opens = [&](const std::vector<Point> &candidates) {
            return std::ranges::any_of(candidates, [&](const Point &t2) {
                const auto plain = crypto::sm2Open(mul(u1(), t2) - mail.c1, mail);
                return plain && sameBytes(plain->expose(), textBytes("secret mail"));
            });
        };
        std::vector<Point> common, twoNonces;
        const auto one = weak::commonServer(d2(), foreign, e, draw(), draw());
        for (const Point &nonce : weak::noncesOf(one.r, e))
            common.push_back(mul(one.s2.inverse(), nonce + crypto::mulBase(one.r) - mul(one.s3, p2)));
        const auto two = weak::twoNonceServer(d2(), foreign, e, draw());
        for (const Point &nonce : weak::noncesOf(two.r, e))
            twoNonces.push_back(nonce + crypto::mulBase(two.r) - mul(two.s1, p2));
        for (const auto &candidates : {common, twoNonces}) {
            QVERIFY(std::ranges::any_of(candidates, [&](const Point &at) { return at == wanted; }));
            QVERIFY(opens(candidates));
        }

        // Here the phone must answer for its R1 before anything comes back: with all that it knows (d1, r, Q2, P2) it finds no s1
        // that fits a point of unknown logarithm, and an attempt that does not fit is answered with one bit.
        const Scalar k = draw();
        for (const int way : {0, 1, 2, 3}) {
            const EncodedPoint r1 = encoded(foreign);
            const std::vector<ByteArray<32>> com1{commitmentOf(key(), r1, {})};
            auto made = serverChallenge(key(), m_pair->server, kSid, com1, m_good, m_random);
            const Point q2 = *Point::parse(ByteView(made->points[0]).first(65));
            const auto joined = algebra::joinNonces(foreign, q2, e);
            const Scalar s1 = std::array{d1() * joined->r, d1() * (joined->r + k), d1(), joined->r}[static_cast<std::size_t>(way)];
            SignItem item;
            item.share = *fixedBytes<129>(concat({r1.bytes(), ByteArray<32>{}, s1.bytes()}));
            auto attempt = serverOpen(std::move(made->session), std::span(&item, 1));
            QVERIFY(attempt);
            QVERIFY(refusedAs(serverComplete(std::move(*attempt), m_pair->server), Errc::wrongPin));
            // What did come back, read in the ways of above.
            QVERIFY(!opens({q2, joined->nonce, joined->nonce + crypto::mulBase(joined->r) - mul(s1, p2), q2 - mul(s1, p2)}));
        }
    }

    // A3c: without the proof of Q2 to the base B a malicious server moves the phone's consent to its own text.
    void a3_messageSubstitution_worksWithoutTheProofAndIsRefusedWithIt()
    {
        const Scalar delta = reduced(digest(m_good)) - reduced(digest(m_evil));
        const Scalar k2 = draw();
        const EncodedPoint q2 = encoded(mul(k2, base()) + crypto::mulBase(delta));

        const Scalar k1 = draw();
        const auto joined = algebra::joinNonces(crypto::mulBase(k1), q2.point(), digest(m_good));
        const auto s1 = algebra::phonePart(d1(), joined->r, k1); // a phone that does not check
        const Scalar r = joined->r - delta;
        QVERIFY(valid(m_evil, r, d2() * *s1 + k2 - r));

        auto commitment = phoneCommit(key(), 1, m_random);
        const auto com1 = commitment->com1()[0];
        const auto proof =
            prove(kNonceTag, contextOf(key(), kSid, com1, digest(m_good)), k2, key().base(), q2, draw());
        const std::vector<ByteArray<113>> points{*fixedBytes<113>(concat({q2.bytes(), *proof}))};
        QVERIFY(refusedAs(phoneCheck(std::move(*commitment), kSid, points, m_good), Errc::tampered));
    }

    // A3a, A3b: the mirror image, a phone that shifts its nonce by e - e*. It obtains a signature on its own text where the nonce is
    // shown without a proof, and with two nonces if d2 G is known. Committed before Q2 the shift is a wrong share.
    void a3_phoneThatShiftsItsNonce_worksOnUnprovenNoncesAndIsAWrongShareHere()
    {
        const Scalar delta = reduced(digest(m_good)) - reduced(digest(m_evil));
        const Scalar k1 = draw();
        const Point &p = key().p().point();
        auto unproven = weak::unprovenServer(d2(), mul(k1, base()) + crypto::mulBase(delta), digest(m_good), draw());
        unproven.r = unproven.r - delta;
        QVERIFY(weak::valid(p, digest(m_evil), weak::unprovenPhone(d1(), k1, unproven)));
        auto twoNonces = weak::twoNonceServer(d2(), crypto::mulBase(k1) + mul(delta, crypto::mulBase(d2())), digest(m_good), draw());
        twoNonces.r = twoNonces.r - delta;
        QVERIFY(weak::valid(p, digest(m_evil), weak::twoNoncePhone(d1(), k1, twoNonces)));

        const EncodedPoint r1 = encoded(crypto::mulBase(k1 + delta));
        const std::vector<ByteArray<32>> com1{commitmentOf(key(), r1, {})};
        auto made = serverChallenge(key(), m_pair->server, kSid, com1, m_good, m_random);
        const auto q2 = Point::parse(ByteView(made->points[0]).first(65));
        const auto joined = algebra::joinNonces(r1.point(), *q2, digest(m_good));
        SignItem item;
        const Scalar s1 = d1() * (joined->r - delta + k1); // aims at the evil text
        item.share = *fixedBytes<129>(concat({r1.bytes(), ByteArray<32>{}, s1.bytes()}));
        auto attempt = serverOpen(std::move(made->session), std::span(&item, 1));
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), m_pair->server), Errc::wrongPin));
    }

    // A4, ROS (Benhamouda et al.): a phone with two nonces that keeps 256 sessions open, each on a harmless text, each signature valid.
    // The server, which sees all nonces first, has two answers ready for each and picks by the bits of what it needs: together the
    // answers are a signature on a text that was never shown.
    void a4_manyOpenSessions_forgeWhereNoncesAreShownFirst()
    {
        constexpr std::size_t kSessions = 256;
        const Point &p = key().p().point();
        struct Option {
            Scalar w, r, v; // v = w + r
        };
        struct Open {
            ByteArray<32> e;
            Scalar k1;
            Point shifted; // u2 Q1
            std::array<Option, 2> options;
            Scalar weight; // 2^i / (v of the one - v of the other)
        };
        std::vector<Open> sessions;
        Scalar power = Scalar::one(), sum;
        const Scalar beta = draw();
        Point nonce = crypto::mulBase(beta);
        for (std::size_t i = 0; i < kSessions; ++i) {
            Open open;
            open.e = digest({textBytes("login " + std::to_string(i))});
            open.k1 = draw();
            open.shifted = mul(u2(), crypto::mulBase(open.k1)); // the phone has shown Q1
            for (Option &option : open.options) {
                option.w = draw();
                option.r = weak::rOf(open.e, open.shifted + crypto::mulBase(option.w));
                option.v = option.w + option.r;
            }
            open.weight = power * (open.options[1].v - open.options[0].v).inverse();
            power = power + power;
            nonce = nonce + mul(open.weight, open.shifted);
            sum = sum + open.weight * open.options[0].v;
            sessions.push_back(std::move(open));
        }
        const Scalar r = weak::rOf(digest(m_evil), nonce);
        const auto bits = (beta + r - sum).bytes();
        Scalar forged;
        for (std::size_t i = 0; i < kSessions; ++i) {
            const Open &open = sessions[i];
            const Option &option = open.options[bits[31 - i / 8] >> (i % 8) & 1];
            const auto signature = weak::twoNoncePhone(d1(), open.k1, {option.r, d2() * (option.r + option.w)});
            QVERIFY(weak::valid(p, open.e, signature)); // the phone verifies and lets it go
            forged = forged + open.weight * (signature.s + option.r);
        }
        QVERIFY(weak::valid(p, digest(m_evil), {r, forged - r}));
    }

    // A4 here: what the forgery above reads first, R1, is hidden until its share is out, and one commitment meets one challenge.
    void a4_nonceOfThePhone_isHiddenUntilItsShareIsOut()
    {
        auto commitment = phoneCommit(key(), 1, m_random);
        const auto &item = commitment->items[0];
        QCOMPARE(commitment->com1()[0], commitmentOf(key(), item.r1, item.rnd));
        QVERIFY(commitmentOf(key(), item.r1, flipped(item.rnd, 0)) != commitment->com1()[0]);
        const auto first = serverChallenge(key(), m_pair->server, kSid, commitment->com1(), m_good, m_random);
        const auto second = serverChallenge(key(), m_pair->server, kSid, commitment->com1(), m_good, m_random);
        QVERIFY(phoneCheck(std::move(*commitment), kSid, first->points, m_good));
        QVERIFY(refusedAs(phoneCheck(std::move(*commitment), kSid, second->points, m_good), Errc::badState));
    }

    // A5: what would give a PIN test, and that a failed attempt yields none of it.
    void a5_replyWithoutAPinProof_wouldGiveThePinAway()
    {
        const int pin = 41;
        const auto salt = m_random.bytes<32>("salt");
        const auto b = *blind(m_pair->phone, cheapPin(pin), key(), salt);
        const auto guess = [&](int typed) { return unblind(b, cheapPin(typed), key(), salt)->expose(); };
        const auto hits = [&](auto test) {
            std::vector<int> found;
            for (int typed = 0; typed < kPins; ++typed)
                if (test(typed)) found.push_back(typed);
            return found;
        };
        const std::vector<int> justThePin{pin};
        const Point &p = key().p().point();
        const ByteArray<32> e = digest(m_good);
        // (a) two nonces, and one answer to a phone that proved no PIN: the right share alone makes a valid signature of it.
        const Scalar own = draw();
        const auto unasked = weak::twoNonceServer(d2(), crypto::mulBase(own), e, draw());
        QCOMPARE(hits([&](int typed) { return weak::valid(p, e, weak::twoNoncePhone(guess(typed).inverse(), own, unasked)); }), justThePin);

        const Point t2 =
            mul(u2(), Point::generator()); // (b) one decryption answer without proof, (c) P2 left behind
        QCOMPARE(hits([&](int typed) { return mul(guess(typed), t2) == base(); }), justThePin);
        const Point p1 = m_pair->server.exposeP1(); // (c) P1
        QCOMPARE(hits([&](int typed) { return crypto::mulBase(guess(typed)) == p1; }), justThePin);

        // (d) the common variant's session in clear, with the published signature.
        const Scalar hidden = draw();
        const Point q1 = crypto::mulBase(hidden);
        const auto clear = weak::commonServer(d2(), q1, e, draw(), draw());
        const auto published = weak::commonPhone(d1(), hidden, clear);
        QVERIFY(weak::valid(p, e, published));
        QCOMPARE(hits([&](int typed) {
                     const Scalar d = guess(typed).inverse();
                     return crypto::mulBase((published.s + clear.r - d * clear.s3) * (d * clear.s2).inverse()) == q1;
                 }),
                 justThePin);
        // (d) and ours, if SIGN were in clear: why it travels under TLS only, and is never written down.
        const auto ours = runCosign(*m_pair, m_good, m_random);
        const Scalar r = half((*ours->verdict)[0], 0), s1Clear = *Scalar::parse(ByteView(ours->items[0].share).subspan(97));
        const Point r1 = *Point::parse(ByteView(ours->items[0].share).first(65));
        QCOMPARE(hits([&](int typed) { return crypto::mulBase(s1Clear * guess(typed)) == r1 + crypto::mulBase(r); }), justThePin);

        // (e) a Schnorr proof of u1 in the clear, with A known, gives P1.
        const Scalar a = draw(), c = draw();
        const Scalar z = a + c * u1();
        QVERIFY(mul(c.inverse(), crypto::mulBase(z) - crypto::mulBase(a)) == p1);

        // (h) the s of a failed attempt gives P1: so serverComplete never computes it.
        const Scalar wrong = guess(pin + 1), k1 = draw(), k2 = draw();
        const Point q2 = mul(k2, base());
        const auto joined = algebra::joinNonces(crypto::mulBase(k1), q2, digest(m_good));
        const auto s1 = algebra::phonePart(wrong.inverse(), joined->r, k1);
        QVERIFY(!algebra::shareFitsVartime(p1, *s1, joined->r, crypto::mulBase(k1)));
        const auto failed = algebra::complete(m_pair->server.exposeU2(), d2(), *s1, k2, joined->r);
        QVERIFY(mul(s1->inverse(), mul(*failed + joined->r, base()) - q2) == p1);
    }

    // A5 f and g, X1, X2: two blobs of one share under two PINs fall to a table; a refresh by an unknown factor
    // and a fresh salt take the table's ground away; a known factor gives it back.
    void a5_twoSnapshots_fallOnlyWithoutAnUnknownFactor()
    {
        const auto salt0 = m_random.bytes<32>("salt"), salt1 = m_random.bytes<32>("salt");
        const SharedKey next = *key().nextEpoch();
        const auto b0 = *blind(m_pair->phone, cheapPin(17), key(), salt0);
        const auto pairs = [&](const ByteArray<32> &b1, const Scalar &factor) {
            std::map<std::string, int> table;
            for (int typed = 0; typed < kPins; ++typed)
                table[toHex((unblind(b0, cheapPin(typed), key(), salt0)->expose() * factor).bytes())] = typed;
            std::vector<std::pair<int, int>> found;
            for (int typed = 0; typed < kPins; ++typed) {
                const auto at = table.find(toHex(unblind(b1, cheapPin(typed), next, salt1)->expose().bytes()));
                if (at != table.end()) found.emplace_back(at->second, typed);
            }
            return found;
        };
        const std::vector<std::pair<int, int>> both{{17, 33}};
        const auto sameShare = *blind(m_pair->phone, cheapPin(33), next, salt1);
        QCOMPARE(pairs(sameShare, Scalar::one()), both);

        const Scalar f = draw();
        const auto refreshed = *blind(PhoneShare(u1() * f), cheapPin(33), next, salt1);
        QVERIFY(pairs(refreshed, Scalar::one()).empty());
        QCOMPARE(pairs(refreshed, f), both); // f logged or kept: why it is wiped

        // Refresh under an unchanged mask and a known factor needs no PIN at all: every epoch has a mask of its
        // own.
        const Scalar mask = u1() - *Scalar::parseOrZero(b0);
        const Scalar sameMask = u1() * f - mask;
        QVERIFY((sameMask - *Scalar::parseOrZero(b0)) * (f - Scalar::one()).inverse() == u1());
        QVERIFY(!(u1() * f - *Scalar::parseOrZero(refreshed) == mask));
    }

    // A6, X5: a nonce answered twice gives the share at once, so each is spent on first touch.
    void a6_nonceAnsweredTwice_wouldGiveTheShareAndIsSpent()
    {
        const Scalar k1 = draw(), k2 = draw();
        const Point q2 = mul(k2, base());
        const auto first = algebra::joinNonces(crypto::mulBase(k1), q2, digest(m_good));
        const auto second = algebra::joinNonces(crypto::mulBase(k1), q2, digest(m_evil));
        const auto s1a = algebra::phonePart(d1(), first->r, k1), s1b = algebra::phonePart(d1(), second->r, k1);
        QVERIFY((*s1a - *s1b) * (first->r - second->r).inverse() == d1());
        const auto sa = algebra::complete(m_pair->server.exposeU2(), d2(), *s1a, k2, first->r),
                   sb = algebra::complete(m_pair->server.exposeU2(), d2(), *s1b, k2, second->r);
        QVERIFY((*sa + first->r - *sb - second->r) * (*s1a - *s1b).inverse() == d2());

        SigningNonce nonce(k1);
        QVERIFY(nonce.spend());
        QVERIFY(refusedAs(nonce.spend(), Errc::badState));
    }

    // A7: a server that signs its own text with the phone's consent, or answers with another text's r.
    void a7_signatureOnAnotherText_isRefusedByThePhone()
    {
        // A phone that takes r from its peer and verifies nothing signs whatever the server likes.
        const Scalar w1 = draw();
        const auto taken = weak::twoNonceServer(d2(), crypto::mulBase(w1), digest(m_evil), draw());
        QVERIFY(weak::valid(key().p().point(), digest(m_evil), weak::twoNoncePhone(d1(), w1, taken)));

        auto commitment = phoneCommit(key(), 1, m_random);
        const auto evil = serverChallenge(key(), m_pair->server, kSid, commitment->com1(), m_evil, m_random);
        QVERIFY(refusedAs(phoneCheck(std::move(*commitment), kSid, evil->points, m_good), Errc::tampered));

        const auto good = runCosign(*m_pair, m_good, m_random);
        const auto other = runCosign(*m_pair, m_evil, m_random);
        QVERIFY(phoneVerify(other->expected, *other->verdict));
        QVERIFY(refusedAs(phoneVerify(good->expected, *other->verdict), Errc::tampered));
    }

    // A8: with T1 = u1 C1 the server alone opens; with T1 = w C1 it holds one more unknown.
    void a8_server_learnsNoPlaintext()
    {
        const Pair encrypt = generate(KeyType::encrypt, m_random);
        const auto ciphertext = *crypto::sm2Encrypt(encrypt.key.p().point(), textBytes("private"), m_random);
        const auto serverOpens = [&](const Point &t1) {
            return crypto::sm2Open(mul(encrypt.server.exposeU2(), t1) - ciphertext.c1, ciphertext);
        };
        QVERIFY(serverOpens(mul(encrypt.phone.expose(), ciphertext.c1)));
        auto ask = decrypt::phoneAsk(encrypt.key, kSid, {ciphertext}, encrypt.phoneShare(),
                                     decrypt::Blinding::random, m_random);
        const auto parsed = decrypt::serverParse(ask->asks);
        QVERIFY(!serverOpens((*parsed)[0].t1.point()));
    }

    // A9: whether the phone accepts is a function of what the server itself holds; an abort leaks nothing.
    void a9_abortOfThePhone_isPredictedByTheServer()
    {
        // From what the server has: the CHAL that it made, its text, its Q2, and the R1 that came with SIGN.
        int aborts = 0, ends = 0;
        for (int i = 0; i < 24; ++i) {
            auto commitment = phoneCommit(key(), 1, m_random);
            auto made = serverChallenge(key(), m_pair->server, kSid, commitment->com1(), m_good, m_random);
            auto sent = made->points;
            if (i % 4 == 1) sent[0][80] ^= 1; // the proof
            if (i % 4 == 2) sent[0][40] ^= 1; // Q2, to no point
            if (i % 4 == 3) std::ranges::copy(encoded(crypto::mul(draw(), base())).bytes(), sent[0].begin());
            auto consent = phoneCheck(std::move(*commitment), kSid, sent, m_good);
            QCOMPARE(bool(consent), sent == made->points);
            if (!consent) {
                ++aborts;
                continue;
            }
            const auto answer = phoneSign(std::move(*consent), m_pair->phoneShare(), indicesTo(1));
            const auto r1 = Point::parse(ByteView(answer->items[0].share).first(65));
            const auto q2 = Point::parse(ByteView(made->points[0]).first(65));
            const Scalar r = algebra::joinNonces(*r1, *q2, digest(m_good))->r;
            auto attempt = serverOpen(std::move(made->session), answer->items);
            auto signature = (*serverComplete(std::move(*attempt), m_pair->server))[0];
            if (i % 8 == 4) signature = replaced(signature, 32, (half(signature, 32) + Scalar::one()).bytes());
            if (i % 12 == 0) signature = replaced(signature, 0, (half(signature, 0) + Scalar::one()).bytes());
            const bool predicted = valid(m_good, half(signature, 0), half(signature, 32)) && half(signature, 0) == r;
            QCOMPARE(bool(phoneVerify(answer->expected, std::vector{signature})), predicted);
            ++(predicted ? ends : aborts);
        }
        QVERIFY(aborts > 18 && ends > 1);
    }

    // X4: a second CHAL for one commitment while the person reads; and an s1 never closes another session.
    void x4_secondChallengeWhileThePersonReads_isRefused()
    {
        auto commitment = phoneCommit(key(), 1, m_random);
        const auto com1 = commitment->com1();
        auto shown = serverChallenge(key(), m_pair->server, Sid{'1'}, com1, m_good, m_random);
        auto other = serverChallenge(key(), m_pair->server, Sid{'2'}, com1, m_evil, m_random);
        auto consent = phoneCheck(std::move(*commitment), Sid{'1'}, shown->points, m_good);
        QVERIFY(consent);
        QVERIFY(refusedAs(phoneCheck(std::move(*commitment), Sid{'2'}, other->points, m_evil), Errc::badState));
        const auto answer = phoneSign(std::move(*consent), m_pair->phoneShare(), indicesTo(1));
        auto attempt = serverOpen(std::move(other->session), answer->items);
        QVERIFY(attempt); // one com1 opens in both
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), m_pair->server), Errc::wrongPin));
        auto right = serverOpen(std::move(shown->session), answer->items);
        QVERIFY(serverComplete(std::move(*right), m_pair->server));
    }

    // X6: a T2 that leaks later is a PIN test if w was 1 and none if w was random and wiped.
    void x6_leakedAnswer_testsPinsOnlyForNamedCiphertexts()
    {
        const Pair encrypt = generate(KeyType::encrypt, m_random);
        const int pin = 29;
        const auto salt = m_random.bytes<32>("salt");
        const auto b = *blind(encrypt.phone, cheapPin(pin), encrypt.key, salt);
        const auto ciphertext =
            *crypto::sm2Encrypt(encrypt.key.p().point(), textBytes("bid 1 000 000"), m_random);
        const auto hits = [&](decrypt::Blinding blinding) {
            auto ask =
                decrypt::phoneAsk(encrypt.key, kSid, {ciphertext}, encrypt.phoneShare(), blinding, m_random);
            const auto parsed = decrypt::serverParse(ask->asks);
            const auto t2 = decrypt::serverAnswer(encrypt.key, encrypt.server, kSid, *parsed);
            const Point leaked = *Point::parse((*t2)[0]);
            std::vector<int> found;
            for (int typed = 0; typed < kPins; ++typed) {
                const auto share = unblind(b, cheapPin(typed), encrypt.key, salt);
                const Point shared = mul(share->expose(), leaked) - ciphertext.c1;
                if (crypto::sm2Open(shared, ciphertext)) found.push_back(typed);
            }
            return found;
        };
        QCOMPARE(hits(decrypt::Blinding::named), std::vector<int>{pin});
        QVERIFY(hits(decrypt::Blinding::random).empty());
    }

    // X8: one PIN for two keys, each with a mask of its own: a guess is not wrong for one of them unless it is for both
    // halves together, which only the cosigner tells. Two keys of one share would tell at once.
    void x8_twoKeysUnderOnePin_areNoTestOfOneAnother()
    {
        const Pair encrypt = generate(KeyType::encrypt, m_random);
        const auto salt = m_random.bytes<32>("salt");
        const auto bSign = *blind(m_pair->phone, cheapPin(7), key(), salt);
        const auto equal = [&](const ByteArray<32> &bEncrypt) {
            std::vector<int> found;
            std::map<std::string, int> relations; // what the two shares could have in common for every PIN: none but their own
            for (int typed = 0; typed < kPins; ++typed) {
                const Scalar sign = unblind(bSign, cheapPin(typed), key(), salt)->expose();
                const Scalar other = unblind(bEncrypt, cheapPin(typed), encrypt.key, salt)->expose();
                if (sign == other) found.push_back(typed);
                ++relations[toHex((sign - other).bytes())];
                ++relations[toHex((sign * other.inverse()).bytes())];
            }
            return std::pair(found, relations.size());
        };
        const auto [found, relations] = equal(*blind(encrypt.phone, cheapPin(7), encrypt.key, salt));
        QVERIFY(found.empty());
        QCOMPARE(relations, std::size_t{2 * kPins});
        QCOMPARE(equal(*blind(m_pair->phone, cheapPin(7), encrypt.key, salt)).first, std::vector<int>{7});
    }

    // X9: with R1 = -r G an s1 of zero would fit the share check for any share.
    void x9_shareOfZero_isRefusedBeforeItIsJudged()
    {
        const Scalar r = draw();
        QVERIFY(algebra::shareFitsVartime(m_pair->server.exposeP1(), Scalar(), r, crypto::mulBase(-r)));
        auto commitment = phoneCommit(key(), 1, m_random);
        auto made = serverChallenge(key(), m_pair->server, kSid, commitment->com1(), m_good, m_random);
        auto consent = phoneCheck(std::move(*commitment), kSid, made->points, m_good);
        auto answer = phoneSign(std::move(*consent), m_pair->phoneShare(), indicesTo(1));
        answer->items[0].share = replaced(answer->items[0].share, 97, ByteArray<32>{});
        QVERIFY(refusedAs(serverOpen(std::move(made->session), answer->items), Errc::tampered));
    }

    // X12: with the right PIN the decryption oracle gives P2 for T1 = G, by design. Without it, nothing.
    void x12_oracleOnTheGenerator_answersOnlyARightPin()
    {
        const Pair encrypt = generate(KeyType::encrypt, m_random);
        const auto ask = [&](const PhoneShare &share) {
            const EncodedPoint &t1 = EncodedPoint::generator();
            const auto p1 = encoded(crypto::mulBase(share.expose()));
            const auto proof = provePin(share, p1, Op::decrypt, encrypt.key, kSid, t1.bytes(), m_random);
            const auto parsed =
                decrypt::serverParse(std::vector{*fixedBytes<113>(concat({t1.bytes(), *proof}))});
            return decrypt::serverAnswer(encrypt.key, encrypt.server, kSid, *parsed);
        };
        const auto p2 = ask(encrypt.phone);
        QVERIFY(p2);
        QCOMPARE((*p2)[0], encoded(crypto::mulBase(encrypt.server.exposeU2())).bytes());
        QVERIFY(refusedAs(ask(PhoneShare(encrypt.phone.expose() + Scalar::one())), Errc::wrongPin));
    }

    // X13: a thief puts another guess into every item of a batch. Judged one by one they would be 20 guesses for one count; there is
    // one verdict for all.
    void x13_manyGuessesInOneBatch_areOneVerdict()
    {
        const std::vector<Bytes> tbs(20, m_good[0]);
        auto commitment = phoneCommit(key(), 20, m_random);
        auto made = serverChallenge(key(), m_pair->server, kSid, commitment->com1(), tbs, m_random);
        std::vector<SignItem> items;
        std::vector<std::size_t> fits;
        for (std::size_t i = 0; i < 20; ++i) {
            auto &item = commitment->items[i];
            const Scalar k1 = *item.k1.spend();
            const auto q2 = Point::parse(ByteView(made->points[i]).first(65));
            const auto joined = algebra::joinNonces(item.r1.point(), *q2, digest(m_good));
            // Guess 7 is right.
            const Scalar guess = i == 7 ? u1() : draw();
            const auto s1 = algebra::phonePart(guess.inverse(), joined->r, k1);
            items.push_back({static_cast<std::uint8_t>(i),
                             *fixedBytes<129>(concat({item.r1.bytes(), item.rnd, s1->bytes()}))});
            if (algebra::shareFitsVartime(m_pair->server.exposeP1(), *s1, joined->r, item.r1.point())) fits.push_back(i);
        }
        QCOMPARE(fits, std::vector<std::size_t>{7}); // what a verdict for each item would tell
        auto attempt = serverOpen(std::move(made->session), items);
        QVERIFY(attempt);
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), m_pair->server), Errc::wrongPin));
    }
};

QTEST_GUILESS_MAIN(TestAttacks)
#include "test_attacks.moc"
