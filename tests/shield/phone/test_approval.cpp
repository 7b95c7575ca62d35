#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include "shield/crypto/sealed_box.h"

#include <QTest>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;
using intent::Act;

namespace {

Bytes fileOf(int i)
{
    return bytesOf(viewOf("content of file " + std::to_string(i)));
}

// A session in which the given number of files is to be signed.
ByteArray<16> signSession(PhoneHalf &half, int files, intent::Form form = intent::Form::bare)
{
    auto manifest = manifestOf(Act::sign);
    manifest.form = form;
    manifest.files.clear();
    std::vector<Bytes> tbs;
    for (int i = 0; i < files; ++i) {
        const Bytes content = fileOf(i);
        manifest.files.push_back({"file " + std::to_string(i), content.size(), crypto::sm3(content), 0});
        if (form == intent::Form::bare) tbs.push_back(content);
    }
    return half.server.open(manifest, tbs);
}

// In: spoilt, the file whose ciphertext is one, but opens with no key.
ByteArray<16> decryptSession(PhoneHalf &half, int files, const crypto::BoxKey &desk, int spoilt = -1)
{
    auto manifest = manifestOf(Act::decrypt);
    manifest.deskKey = desk.publicKey();
    manifest.files.clear();
    std::vector<Bytes> tbs;
    const auto point = crypto::Point::parse(half.vault.shares()->front().encrypt.point);
    for (int i = 0; i < files; ++i) {
        auto ciphertext = *crypto::sm2Encrypt(*point, fileOf(i), half.random);
        if (i == spoilt) ciphertext.c3[0] ^= 1;
        tbs.push_back(*x509::sm2CipherDer(ciphertext));
        manifest.files.push_back(
            {"sealed " + std::to_string(i), tbs.back().size(), crypto::sm3(tbs.back()), 0});
    }
    return half.server.open(manifest, tbs);
}

bool verifies(PhoneHalf &half, ByteView message, const ByteArray<64> &signature)
{
    return static_cast<bool>(half.signPoint().verify(message, signature));
}

} // namespace

class TestApproval : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A server that was restored without a word about it: the phone has no shares of that time.
    void epoch_thatThePhoneNeverHad_stops()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        wire::EpochIs other;
        other.epoch = 77;
        half.server.onAnswer = [&other](Bytes &answer) {
            if (wire::Envelope::split(answer)->type == wire::Type::chal) answer = wire::encode(other);
        };
        const Step stopped = half.claim(flow, token);
        QVERIFY(stopped.show == Show::stopped);
        QVERIFY(stopped.problem);
        QCOMPARE(stopped.problem->code, std::uint16_t{308});
    }

    void login_approved_isAStandardSignature()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        const Step shown = half.claim(flow, token);
        QVERIFY(shown.show == Show::approve);
        QVERIFY(flow.request()->manifest == half.server.only().manifest);
        QVERIFY(flow.request()->expiresAtMonotonicMs > half.clock.monotonic);
        QVERIFY(!flow.pin(pinOf(kPin))); // not before the person has approved
        QVERIFY(half.pump(flow, flow.approve()).show == Show::pin);
        QVERIFY(!flow.approve());
        QVERIFY(!flow.pin(pinOf("12345")));
        const Step done = half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(done.show == Show::done && done.close);
        QCOMPARE(flow.signatures().size(), std::size_t{1});
        QVERIFY(flow.signatures()[0].signature == half.server.only().signatures[0]);
        QVERIFY(verifies(half, half.server.only().tbs[0], flow.signatures()[0].signature));
        QVERIFY(!flow.pin(pinOf(kPin)));
        const auto history = half.vault.history();
        QVERIFY(history->front().approved);
        QCOMPARE(history->front().act, std::string("login"));
    }

    // The phone dies between the PIN and the answer: its history says that the end was not heard, and nothing twice otherwise.
    void pin_given_isInTheHistory_whateverComes()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto before = half.vault.history()->size();
        {
            const auto token = half.server.open(manifestOf(Act::login));
            Approval flow(half.environment);
            half.claim(flow, token);
            half.pump(flow, flow.approve());
            QCOMPARE(half.vault.history()->front().code, std::uint16_t{216});
            QVERIFY(flow.pin(pinOf(kPin)));
        }
        QCOMPARE(half.vault.history()->size(), before + 1);
        QCOMPARE(half.vault.history()->front().act, std::string("login"));
        QVERIFY(!half.vault.history()->front().approved);
        QCOMPARE(half.vault.history()->front().code, std::uint16_t{502});
        half.server.sessions.clear();
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        half.pump(flow, flow.pin(pinOf(kOtherPin)));
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(half.vault.history()->size(), before + 2);
        QVERIFY(half.vault.history()->front().approved);
    }

    // And before the PIN, that nothing was decided; of what the person begins on the phone nobody waits for anything.
    void request_shown_isInTheHistory_untilThePersonHasDecided()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto before = *half.vault.history();
        const auto entry = [&half] { return half.vault.history()->front(); };
        const auto token = half.server.open(manifestOf(Act::login));
        {
            Approval flow(half.environment);
            half.claim(flow, token);
        }
        QVERIFY(entry().token == token && !entry().approved && entry().signatures.empty());
        QCOMPARE(entry().code, std::uint16_t{216});
        half.server.sessions.clear();
        {
            Approval flow(half.environment);
            half.claim(flow, half.server.open(manifestOf(Act::login)));
            QVERIFY(half.pump(flow, flow.refuse(wire::RefuseReason::person)).show == Show::refused);
        }
        QCOMPARE(entry().code, std::uint16_t{209});
        QCOMPARE(half.vault.history()->size(), before.size() + 2);
        half.server.sessions.clear();
        {
            Approval flow(half.environment);
            half.pump(flow, flow.begin(Act::rehearseSign));
            QVERIFY(flow.request());
        }
        QCOMPARE(half.vault.history()->size(), before.size() + 2);
    }

    void files_someRefused_onlyTheOthersAreSigned()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = signSession(half, 4);
        Approval flow(half.environment);
        half.claim(flow, token);
        QVERIFY(!flow.approve({4}));
        half.pump(flow, flow.approve({0, 2}));
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(flow.signatures().size(), std::size_t{2});
        for (const Signed &item : flow.signatures())
            QVERIFY(verifies(half, fileOf(static_cast<int>(item.index)), item.signature));
        QCOMPARE(flow.signatures()[0].index, std::size_t{1});
        QCOMPARE(flow.signatures()[1].index, std::size_t{3});
    }

    void cms_signs_theAttributes()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = signSession(half, 1, intent::Form::cms);
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QVERIFY(
            verifies(half, *intent::buildTbs(half.server.only().manifest, 0), flow.signatures()[0].signature));
    }

    void decrypt_opensForTheDeskAlone()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto desk = crypto::BoxKey::generate(half.random);
        const auto token = decryptSession(half, 3, desk);
        Approval flow(half.environment);
        QVERIFY(half.claim(flow, token).show == Show::approve);
        half.pump(flow, flow.approve({1}));
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(flow.openedItems(), (std::vector<std::uint8_t>{0, 2}));
        const auto &delivered = half.server.only().delivered;
        QCOMPARE(delivered.size(), std::size_t{2});
        QCOMPARE(delivered[1].index, std::uint8_t{2});
        QVERIFY(sameBytes(crypto::openBox(desk, delivered[1].sealed)->expose(), fileOf(2)));
        for (const auto &item : delivered)
            QVERIFY(std::search(item.sealed.begin(), item.sealed.end(), fileOf(2).begin(), fileOf(2).end()) ==
                    item.sealed.end());
    }

    // A stranger may send what looks like a ciphertext for this key: the bids beside it open all the same.
    void decrypt_oneThatDoesNotOpen_keepsTheOthersFromNothing()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto desk = crypto::BoxKey::generate(half.random);
        const auto token = decryptSession(half, 3, desk, 1);
        Approval flow(half.environment);
        QVERIFY(half.claim(flow, token).show == Show::approve);
        half.pump(flow, flow.approve());
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(flow.openedItems(), (std::vector<std::uint8_t>{0, 2}));
        const auto &delivered = half.server.only().delivered;
        QCOMPARE(delivered.size(), std::size_t{3});
        QVERIFY(sameBytes(crypto::openBox(desk, delivered[0].sealed)->expose(), fileOf(0)));
        QVERIFY(crypto::openBox(desk, delivered[1].sealed)->empty());
        QVERIFY(sameBytes(crypto::openBox(desk, delivered[2].sealed)->expose(), fileOf(2)));
    }

    // An answer damaged on its way is no file's fault: none of them is told as damaged, and the person opens them again.
    void decrypt_answerThatIsNotTheServers_deliversNothing()
    {
        const std::vector<std::function<void(wire::Dec2 &)>> damages{
            [](wire::Dec2 &dec2) { std::swap(dec2.answers[0], dec2.answers[1]); }, // points, both of them
            [](wire::Dec2 &dec2) { dec2.answers[1] = dec2.answers[0]; },
            [](wire::Dec2 &dec2) { dec2.answers[2][64] ^= 1; }, // no point
            [](wire::Dec2 &dec2) { dec2.mac[31] ^= 1; },
            [](wire::Dec2 &dec2) { dec2.verdict.tries ^= 1; },
        };
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto desk = crypto::BoxKey::generate(half.random);
        for (const auto &damage : damages) {
            half.server.onAnswer = [&](Bytes &answer) {
                auto dec2 = wire::decode<wire::Dec2>(answer);
                if (!dec2) return;
                damage(*dec2);
                answer = wire::encode(*dec2);
            };
            const auto token = decryptSession(half, 3, desk);
            Approval flow(half.environment);
            QVERIFY(half.claim(flow, token).show == Show::approve);
            half.pump(flow, flow.approve());
            const auto stopped = half.pump(flow, flow.pin(pinOf(kPin)));
            QVERIFY(stopped.show == Show::stopped);
            QVERIFY(stopped.problem && stopped.problem->code != 603);
            QVERIFY(half.server.sessions.at(token).delivered.empty());
        }
        half.server.onAnswer = nullptr;
        const auto token = decryptSession(half, 3, desk);
        Approval flow(half.environment);
        QVERIFY(half.claim(flow, token).show == Show::approve);
        half.pump(flow, flow.approve());
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(half.server.sessions.at(token).delivered.size(), std::size_t{3});
    }

    void decrypt_whereNoneOpens_saysSo()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = decryptSession(half, 1, crypto::BoxKey::generate(half.random), 0);
        Approval flow(half.environment);
        QVERIFY(half.claim(flow, token).show == Show::approve);
        half.pump(flow, flow.approve());
        const auto stopped = half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(stopped.show == Show::stopped);
        QVERIFY(stopped.problem && stopped.problem->code == 603);
        QVERIFY(half.server.only().delivered.empty());
    }

    void decrypt_beyondTheDaysCap_isSaidAndOpensNothing()
    {
        PhoneHalf half;
        half.server.dress = [](cosigner::Ports ports) {
            ports.decryptionsPerDay = 2; // the probe of the activation is the first
            return ports;
        };
        half.server.restart();
        QVERIFY(half.activate());
        const auto desk = crypto::BoxKey::generate(half.random);
        const auto token = decryptSession(half, 2, desk);
        Approval flow(half.environment);
        QVERIFY(half.claim(flow, token).show == Show::approve);
        half.pump(flow, flow.approve());
        const Step step = half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{607});
        QVERIFY(half.server.only().delivered.empty());
    }

    void decrypt_namedByPolicy_showsTheServerWhichOne()
    {
        for (const bool named : {false, true}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto desk = crypto::BoxKey::generate(half.random);
            const auto token = decryptSession(half, 2, desk);
            TestSession &session = half.server.only();
            std::vector<ByteArray<65>> c1;
            for (std::size_t i = 0; i < 2; ++i) {
                c1.push_back(*x509::parseSm2Cipher(session.tbs[i])->c1.encode());
                if (named) session.manifest.files[i].c1 = c1[i];
            }
            std::vector<Bytes> t1;
            half.server.onMessage = [&](wire::Type type, ByteView message) {
                if (type != wire::Type::dec1) return;
                const auto dec1 = wire::Dec1::parse(wire::Envelope::split(message)->body).value();
                for (const auto &item : dec1.items)
                    t1.push_back(bytesOf(ByteView(item.ask).first(65)));
            };
            Approval flow(half.environment);
            half.claim(flow, token);
            half.pump(flow, flow.approve({0}));
            QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
            QCOMPARE(t1.size(), std::size_t{1});
            QCOMPARE(sameBytes(t1[0], c1[1]), named);
            QVERIFY(sameBytes(crypto::openBox(desk, session.delivered[0].sealed)->expose(), fileOf(1)));
        }
    }

    void decrypt_ofAnotherCiphertextThanNamed_isRefusedByThePhone()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto desk = crypto::BoxKey::generate(half.random);
        const auto token = decryptSession(half, 2, desk);
        TestSession &session = half.server.only();
        for (std::size_t i = 0; i < 2; ++i) // each named as the other
            session.manifest.files[i].c1 = *x509::parseSm2Cipher(session.tbs[1 - i])->c1.encode();
        Approval flow(half.environment);
        const Step step = half.claim(flow, token);
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{208});
        QVERIFY(std::find(half.sent.begin(), half.sent.end(), wire::Type::dec1) == half.sent.end());
        QCOMPARE(half.server.cosigner->device(half.server.acct)->lock.total, 0U);
    }

    void rehearsals_begunByThePhone_succeed()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        for (const Act act : {Act::rehearseSign, Act::rehearseDecrypt}) {
            Approval flow(half.environment);
            QVERIFY(half.pump(flow, flow.begin(act)).show == Show::approve);
            half.pump(flow, flow.approve());
            QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        }
        Approval flow(half.environment);
        QVERIFY(!flow.begin(Act::csr));
        QVERIFY(!flow.begin(Act::login));
    }

    void wrongPin_showsTheTriesLeft_thenTheLock()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        for (int wrong = 1; wrong <= 2; ++wrong) {
            const Step step = half.pump(flow, flow.pin(pinOf(kOtherPin)));
            QVERIFY(step.show == Show::pin);
            QVERIFY(step.problem->errc == Errc::wrongPin);
            QCOMPARE(*step.problem->triesLeft, 10 - wrong);
            QCOMPARE(*step.problem->failures, wrong);
        }
        const Step locked = half.pump(flow, flow.pin(pinOf(kOtherPin)));
        QVERIFY(locked.show == Show::stopped);
        QVERIFY(locked.problem->errc == Errc::locked);
        QCOMPARE(locked.problem->code, std::uint16_t{301});
        QCOMPARE(locked.problem->retryAfter, 60U);
        QCOMPARE(*locked.problem->triesLeft, 7);
        QVERIFY(!half.server.only().approved);
        // while it is locked even the right PIN is not asked for
        const auto second = half.server.open(manifestOf(Act::login));
        Approval early(half.environment);
        const Step refused = half.claim(early, second);
        QVERIFY(refused.show == Show::stopped && refused.problem->errc == Errc::locked);
        QVERIFY(refused.problem->retryAfter > 0);
        half.clock.advance(61'000);
        const auto third = half.server.open(manifestOf(Act::login));
        Approval late(half.environment);
        half.claim(late, third);
        half.pump(late, late.approve());
        QVERIFY(half.pump(late, late.pin(pinOf(kPin))).show == Show::done);
    }

    void connection_cutAtEachMessage_losesNothing()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 0;; ++at) {
                PhoneHalf half;
                QVERIFY(half.activate());
                const auto token = signSession(half, 2);
                half.server.cutAt = at;
                half.server.cut = cut;
                Approval flow(half.environment);
                QVERIFY(half.claim(flow, token).show == Show::approve);
                QVERIFY(half.pump(flow, flow.approve()).show == Show::pin);
                Step step = half.pump(flow, flow.pin(pinOf(kPin)));
                const bool signReached =
                    std::count(half.server.log.begin(), half.server.log.end(), wire::Type::sign) > 0;
                if (step.show == Show::pin) { // SIGN was lost on its way: everything fresh, uncounted
                    QVERIFY(cut == ServerHalf::Cut::before && !signReached);
                    step = half.pump(flow, flow.pin(pinOf(kPin)));
                }
                QVERIFY2(step.show == Show::done, std::to_string(at).c_str());
                QCOMPARE(flow.signatures().size(), std::size_t{2});
                QVERIFY(half.server.cosigner->device(half.server.acct)->view.failures == 0);
                if (half.server.received <= at) break;
            }
        }
    }

    void decryption_cutAtEachMessage_losesNothing()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 0;; ++at) {
                PhoneHalf half;
                QVERIFY(half.activate());
                const auto desk = crypto::BoxKey::generate(half.random);
                const auto token = decryptSession(half, 1, desk);
                half.server.cutAt = at;
                half.server.cut = cut;
                Approval flow(half.environment);
                half.claim(flow, token);
                half.pump(flow, flow.approve());
                Step step = half.pump(flow, flow.pin(pinOf(kPin)));
                if (step.show == Show::pin) step = half.pump(flow, flow.pin(pinOf(kPin)));
                QVERIFY2(step.show == Show::done, std::to_string(at).c_str());
                QVERIFY(sameBytes(crypto::openBox(desk, half.server.only().delivered.at(0).sealed)->expose(),
                                  fileOf(0)));
                if (half.server.received <= at) break;
            }
        }
    }

    // The hour when failing means losing: twenty envelopes by one PIN.
    void decryptionOfTwentyFiles_cutAtEachMessage_losesNone()
    {
        constexpr int kFiles = 20;
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (int at = 0;; ++at) {
                PhoneHalf half;
                QVERIFY(half.activate());
                const auto desk = crypto::BoxKey::generate(half.random);
                const auto token = decryptSession(half, kFiles, desk);
                half.server.cutAt = at;
                half.server.cut = cut;
                Approval flow(half.environment);
                half.claim(flow, token);
                half.pump(flow, flow.approve());
                Step step = half.pump(flow, flow.pin(pinOf(kPin)));
                if (step.show == Show::pin) step = half.pump(flow, flow.pin(pinOf(kPin)));
                QVERIFY2(step.show == Show::done, std::to_string(at).c_str());
                const auto &delivered = half.server.only().delivered;
                QCOMPARE(delivered.size(), std::size_t{kFiles});
                for (int i = 0; i < kFiles; ++i) {
                    const auto &item = delivered[static_cast<std::size_t>(i)];
                    QCOMPARE(int{item.index}, i);
                    QVERIFY(sameBytes(crypto::openBox(desk, item.sealed)->expose(), fileOf(i)));
                }
                if (half.server.received <= at) break;
            }
        }
    }

    void pin_typedWhileTheConnectionIsRenewed_isUsedOnce()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        const auto lost = flow.connectionLost(); // not pumped: the new connection is still being made
        QVERIFY(lost->connect && lost->show == Show::pin);
        QVERIFY(flow.pin(pinOf(kPin))->show == Show::working);
        Step reconnect(Show::working);
        reconnect.connect = true;
        QVERIFY(half.pump(flow, Result<Step>(std::move(reconnect))).show == Show::done);
        QCOMPARE(std::count(half.server.log.begin(), half.server.log.end(), wire::Type::sign),
                 std::ptrdiff_t{1});
    }

    // Out of reach while the request is read: it goes on by itself as long as the act has time.
    void server_gone_isWaitedForUntilTheDeadline()
    {
        for (const bool comesBack : {true, false}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = half.server.open(manifestOf(Act::login));
            Approval flow(half.environment);
            half.claim(flow, token);
            const std::int64_t deadline = flow.request()->expiresAtMonotonicMs;
            half.server.down = true;
            half.onDown = [&] { half.server.down = !comesBack || half.clock.monotonic < deadline - 10'000; };
            const Step step = half.pump(flow, flow.connectionLost());
            if (comesBack) {
                QVERIFY(step.show == Show::approve);
                half.pump(flow, flow.approve());
                QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
            } else {
                QVERIFY(step.show == Show::stopped && half.clock.monotonic >= deadline);
                QCOMPARE(step.problem->code, std::uint16_t{202});
            }
        }
    }

    // The answer to the PIN is lost and the server stays away: it is asked for as long as it keeps a result, whatever the act's deadline says.
    void resultLost_isLookedForAsLongAsItIsKept()
    {
        for (const bool comesBack : {true, false}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = half.server.open(manifestOf(Act::login));
            Approval flow(half.environment);
            half.claim(flow, token);
            half.pump(flow, flow.approve());
            const std::int64_t sent = half.clock.monotonic;
            half.server.cutAt = half.server.received;
            half.server.cut = ServerHalf::Cut::after;
            half.server.down = true;
            half.onDown = [&] { half.server.down = !comesBack || half.clock.monotonic < sent + 280'000; };
            const Step step = half.pump(flow, flow.pin(pinOf(kPin)));
            QVERIFY(step.show == (comesBack ? Show::done : Show::stopped));
            QCOMPARE(half.vault.history()->front().approved, comesBack);
            if (comesBack) {
                QVERIFY(half.clock.monotonic > flow.request()->expiresAtMonotonicMs);
                QCOMPARE(std::count(half.server.log.begin(), half.server.log.end(), wire::Type::sign), std::ptrdiff_t{1});
            } else {
                QCOMPARE(step.problem->code, std::uint16_t{502});
                QVERIFY(half.clock.monotonic >= sent + 300'000);
            }
        }
    }

    void decrypted_withoutAServer_isDeliveredLater()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto desk = crypto::BoxKey::generate(half.random);
        const auto token = decryptSession(half, 1, desk);
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        const std::int64_t sent = half.clock.monotonic;
        half.server.cutAt = half.server.received + 1; // DELIVER
        half.server.cut = ServerHalf::Cut::before;
        half.server.down = true;
        half.onDown = [&] { half.server.down = half.clock.monotonic < sent + 200'000; };
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(half.server.only().delivered.size(), std::size_t{1});
    }

    // The server is gone with the question for an SMS code, or with the code that was typed: each is said again by itself.
    void factor_unanswered_isSaidAgain()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            for (const int at : {0, 1}) {
                PhoneHalf half;
                QVERIFY(half.activate());
                const auto token = signSession(half, 1);
                half.server.sessions.at(token).factors = wire::factor::kPin | wire::factor::kSms;
                Approval flow(half.environment);
                half.claim(flow, token);
                const auto said = [&half](wire::Type type) { return std::count(half.sent.begin(), half.sent.end(), type); };
                half.server.cut = cut;
                if (at == 0) half.server.cutAt = half.server.received;
                QVERIFY(half.pump(flow, flow.approve()).show == Show::sms);
                QCOMPARE(said(wire::Type::factorAsk), std::ptrdiff_t(at == 0 ? 2 : 1));
                if (at == 1) half.server.cutAt = half.server.received;
                QVERIFY(half.pump(flow, flow.smsCode(half.server.smsCode)).show == Show::pin);
                QCOMPARE(said(wire::Type::factor), std::ptrdiff_t(at == 1 ? 2 : 1));
                QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
            }
        }
    }

    // Who wants to read the request again has said nothing: it stands, the PIN is gone, and it can be approved or refused.
    void back_fromThePin_isTheRequestAgain()
    {
        for (const bool approves : {true, false}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = signSession(half, 2);
            Approval flow(half.environment);
            QVERIFY(!flow.back());
            half.claim(flow, token);
            QVERIFY(!flow.back()); // it is there already
            QVERIFY(half.pump(flow, flow.approve({1})).show == Show::pin);
            const auto sent = half.sent.size();
            QVERIFY(flow.back()->show == Show::approve);
            QCOMPARE(half.sent.size(), sent);
            QVERIFY(!flow.pin(pinOf(kPin)));
            QVERIFY(!half.server.only().refused);
            if (!approves) {
                QVERIFY(half.pump(flow, flow.refuse(wire::RefuseReason::person)).show == Show::refused);
                QVERIFY(half.server.only().refused);
                continue;
            }
            QVERIFY(half.pump(flow, flow.approve()).show == Show::pin);
            QVERIFY(half.pump(flow, flow.pin(pinOf("928374"))).show == Show::pin);
            QVERIFY(flow.back()->show == Show::approve);
            QVERIFY(half.pump(flow, flow.approve()).show == Show::pin);
            QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
            QCOMPARE(flow.signatures().size(), std::size_t{2});
        }
    }

    void back_onceThePinIsOnItsWay_isTooLate()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = signSession(half, 1);
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        auto sign = flow.pin(pinOf(kPin));
        QVERIFY(!flow.back());
        QVERIFY(half.pump(flow, std::move(sign)).show == Show::done);
        QVERIFY(!flow.back());
    }

    void frame_oldForeignOrReplayed_isRefused()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        const std::string text = half.server.frame(token).text();
        Approval flow(half.environment);
        QCOMPARE(flow.claim("https://example.org", half.clock.monotonic).error().code, Errc::badInput);
        QCOMPARE(flow.claim(text, half.clock.monotonic - 3001).error().code, Errc::expired);
        QVERIFY(half.sent.empty());
        // the connection takes too long
        auto slow = flow.claim(text, half.clock.monotonic - 2000);
        half.clock.advance(2000);
        const Step late = half.pump(flow, std::move(slow));
        QVERIFY(late.show == Show::stopped);
        QCOMPARE(late.problem->code, std::uint16_t{201});
        QVERIFY(half.sent.empty());

        Approval unknown(half.environment);
        auto frame = half.server.frame(token);
        frame.token[0] ^= 1;
        const Step foreign = half.pump(unknown, unknown.claim(frame.text(), half.clock.monotonic));
        QVERIFY(foreign.show == Show::stopped);
        QCOMPARE(foreign.problem->code, std::uint16_t{200});

        half.server.sessions.at(token).acct = ByteArray<16>{0xee};
        Approval replay(half.environment);
        const Step replayed = half.claim(replay, token);
        QVERIFY(replayed.show == Show::stopped);
        QVERIFY(replayed.problem->errc == Errc::replayed);
    }

    void desk_unknown_mayOnlyLogIn()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        auto sign = manifestOf(Act::sign);
        sign.desk->known = false;
        const auto token = half.server.open(sign, {Bytes{'a', 'b', 'c'}});
        half.server.sessions.at(token).deskKnown = false;
        Approval flow(half.environment);
        const Step step = half.claim(flow, token);
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{215});
        QVERIFY(std::find(half.sent.begin(), half.sent.end(), wire::Type::hello) == half.sent.end());

        auto login = manifestOf(Act::login);
        login.flow = intent::Flow::page;
        login.desk.reset();
        const auto page = half.server.open(login);
        half.server.sessions.at(page).deskKnown = false;
        half.server.sessions.at(page).digits = "4711";
        Approval red(half.environment);
        QVERIFY(half.claim(red, page).show == Show::approve);
        QVERIFY(!red.request()->deskKnown);
        QCOMPARE(red.request()->digits, std::string("4711"));
    }

    void claim_answeredWithAnotherSession_isRefused()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto asked = half.server.open(manifestOf(Act::login)), other = half.server.open(manifestOf(Act::login));
        half.server.onAnswer = [&other](Bytes &answer) {
            auto claimed = wire::decode<wire::Claimed>(answer);
            if (!claimed) return;
            claimed->token = other;
            answer = wire::encode(*claimed);
        };
        Approval flow(half.environment);
        const Step step = half.claim(flow, asked);
        QVERIFY(step.show == Show::stopped && step.problem->errc == Errc::tampered);
        QVERIFY(half.server.log == std::vector<wire::Type>{wire::Type::claim});
    }

    void manifest_notFittingTheFrame_isRefused()
    {
        const auto stops = [](auto change) {
            PhoneHalf half;
            if (!half.activate()) return false;
            const auto token = half.server.open(manifestOf(Act::login));
            auto frame = half.server.frame(token);
            change(half.server.sessions.at(token), frame);
            Approval flow(half.environment);
            const Step step = half.pump(flow, flow.claim(frame.text(), half.clock.monotonic));
            const bool hello =
                std::find(half.sent.begin(), half.sent.end(), wire::Type::hello) != half.sent.end();
            return step.show == Show::stopped && !hello && half.server.log.size() == 1;
        };
        QVERIFY(!stops([](TestSession &, intent::Frame &) {}));
        QVERIFY(stops([](TestSession &, intent::Frame &f) { f.kind = intent::FrameKind::page; }));
        QVERIFY(stops([](TestSession &, intent::Frame &f) { f.deskId[0] ^= 1; }));
        QVERIFY(!stops([](TestSession &s, intent::Frame &) { s.deskKnown = false; })); // another person's desk
        QVERIFY(stops([](TestSession &s, intent::Frame &) { s.manifest.desk->known = false; }));
        QVERIFY(stops(
            [](TestSession &s, intent::Frame &) { s.manifest = manifestOf(Act::rehearseSign); })); // an own act
        QVERIFY(stops([](TestSession &s, intent::Frame &) { s.manifest = manifestOf(Act::pinChange); }));
        QVERIFY(stops([](TestSession &s, intent::Frame &) { s.manifest.platform.name.clear(); }));
        QVERIFY(stops([](TestSession &s, intent::Frame &) { s.expiryMs = 0; }));
    }

    void enrolment_ofADesk_needsItsOwnSignature()
    {
        for (const bool good : {true, false}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto key = crypto::Ed25519Key::generate(half.random);
            auto manifest = manifestOf(Act::enrol);
            manifest.deskPublicKey = key.publicKey();
            manifest.desk->id = intent::deskIdOf(key.publicKey());
            const auto token = half.server.open(manifest);
            half.server.sessions.at(token).deskKnown = false;
            half.server.sessions.at(token).factors = wire::factor::kPin | wire::factor::kSms;
            auto frame = half.server.frame(token);
            if (good) frame.signature = key.sign(frame.signedBytes());
            Approval flow(half.environment);
            const Step step = half.pump(flow, flow.claim(frame.text(), half.clock.monotonic));
            QVERIFY(step.show == (good ? Show::approve : Show::stopped));
        }
    }

    void factors_wrongThenRight_leadToThePin()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        half.server.sessions.at(token).factors =
            wire::factor::kPin | wire::factor::kSms | wire::factor::kLiveness;
        Approval flow(half.environment);
        half.claim(flow, token);
        const int before = half.server.smsSent;
        QVERIFY(half.pump(flow, flow.approve()).show == Show::sms);
        QCOMPARE(half.server.smsSent, before + 1);
        QVERIFY(!flow.pin(pinOf(kPin)));
        QVERIFY(!flow.smsCode("12345"));
        const Step wrong = half.pump(flow, flow.smsCode("000000"));
        QVERIFY(wrong.show == Show::sms);
        QCOMPARE(wrong.problem->code, std::uint16_t{402});
        QVERIFY(half.pump(flow, flow.resendSms()).show == Show::sms);
        QCOMPARE(half.server.smsSent, before + 2);
        // a cut in between does not send another SMS
        QVERIFY(half.pump(flow, flow.connectionLost()).show == Show::sms);
        QCOMPARE(half.server.smsSent, before + 2);
        QVERIFY(half.pump(flow, flow.smsCode(half.server.smsCode)).show == Show::liveness);
        QVERIFY(!flow.liveness(0, {9}));
        const Step face = half.pump(flow, flow.liveness(1, {8}));
        QVERIFY(face.show == Show::liveness);
        QCOMPARE(face.problem->code, std::uint16_t{405});
        QVERIFY(half.pump(flow, flow.liveness(1, {9})).show == Show::pin);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
    }

    void refusal_endsTheSession_andNothingIsSigned()
    {
        for (const bool all : {false, true}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = signSession(half, 2);
            Approval flow(half.environment);
            half.claim(flow, token);
            const Step step =
                half.pump(flow, all ? flow.approve({0, 1}) : flow.refuse(wire::RefuseReason::suspicious));
            QVERIFY(step.show == Show::refused && !step.unheard);
            QVERIFY(half.server.only().refused);
            QVERIFY(!half.server.only().approved);
            QVERIFY(!half.vault.history()->front().approved);
            QVERIFY(!flow.pin(pinOf(kPin)));
        }
    }

    void refusal_cutOnItsWay_isToldAgain()
    {
        for (const auto cut : {ServerHalf::Cut::before, ServerHalf::Cut::after}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = signSession(half, 1);
            Approval flow(half.environment);
            half.claim(flow, token);
            half.server.cut = cut;
            half.server.cutAt = half.server.received;
            const int connections = half.connections;
            const Step said = half.pump(flow, flow.refuse(wire::RefuseReason::suspicious));
            QVERIFY(said.show == Show::refused);
            QCOMPARE(said.unheard, cut == ServerHalf::Cut::after); // it is over, as the server says: whether by the refusal, it does not
            QVERIFY(half.connections > connections);
            QVERIFY(half.server.only().refused);
            QVERIFY(!half.server.only().approved);
        }
    }

    void refusal_thatCannotBeTold_isARefusalAllTheSame()
    {
        for (const bool byTime : {false, true}) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = signSession(half, 1);
            Approval flow(half.environment);
            half.claim(flow, token);
            half.server.down = true;
            half.server.cut = ServerHalf::Cut::before;
            half.server.cutAt = half.server.received;
            auto step = flow.refuse(wire::RefuseReason::suspicious);
            QVERIFY(step);
            for (int loss = 0; loss < 30 && step->show != Show::refused; ++loss) {
                half.clock.advance(byTime ? 600'000 : 3'000);
                step = byTime ? flow.tick() : flow.connectionLost();
                QVERIFY(step && step->show != Show::stopped);
            }
            QVERIFY(step->show == Show::refused && step->unheard);
            QCOMPARE(half.vault.history()->front().code, std::uint16_t{209});
        }
    }

    // The person says no while a HELLO is on its way, after a wrong PIN or a cut: its answer comes too late to matter.
    void refusal_aheadOfAnAnswer_dropsIt()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = signSession(half, 1);
        Approval flow(half.environment);
        half.claim(flow, token);
        std::vector<Bytes> late;
        half.server.onAnswer = [&](Bytes &answer) {
            if (answer[1] == static_cast<std::uint8_t>(wire::Type::chal)) late.push_back(answer);
        };
        QVERIFY(half.pump(flow, flow.approve({})).show == Show::pin);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kOtherPin))).show == Show::pin);
        QVERIFY(!late.empty());
        auto refusing = flow.refuse(wire::RefuseReason::suspicious);
        QVERIFY(refusing);
        const auto dropped = flow.receive(late.front());
        QVERIFY(dropped && dropped->show != Show::stopped && !dropped->problem);
        QVERIFY(half.pump(flow, std::move(refusing)).show == Show::refused);
        QVERIFY(half.server.only().refused);
    }

    void challenge_tampered_neverReachesThePerson()
    {
        const std::function<void(wire::Chal &)> changes[] = {
            [](wire::Chal &c) { c.manifest[c.manifest.size() / 2] ^= 1; },
            [](wire::Chal &c) { c.tbs[0].back() ^= 1; },
            [](wire::Chal &c) { c.tbs.pop_back(); },
            [](wire::Chal &c) { std::swap(c.tbs[0], c.tbs[1]); },
            [](wire::Chal &c) { c.points[0][40] ^= 1; },
            [](wire::Chal &c) { c.points[0][80] ^= 1; },
            [](wire::Chal &c) { std::swap(c.points[0], c.points[1]); },
            [](wire::Chal &c) { c.points.pop_back(); },
            [](wire::Chal &c) { c.sid[0] ^= 1; },
            [](wire::Chal &c) { c.ctr += 1; },
            [](wire::Chal &c) { c.ctr -= 1; },
            [](wire::Chal &c) { c.expiryMs = 1; },
        };
        for (const auto &change : changes) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = signSession(half, 2);
            half.server.onAnswer = [&](Bytes &answer) {
                if (auto chal = wire::decode<wire::Chal>(answer)) {
                    change(*chal);
                    answer = wire::encode(*chal);
                }
            };
            Approval flow(half.environment);
            const Step step = half.claim(flow, token);
            QVERIFY(step.show == Show::stopped);
            QVERIFY(step.problem->errc == Errc::tampered || step.problem->errc == Errc::expired);
            QVERIFY(!flow.request());
            QVERIFY(std::find(half.sent.begin(), half.sent.end(), wire::Type::sign) == half.sent.end());
            // and the chain is where it was for the next one
            half.server.onAnswer = nullptr;
            const auto next = half.server.open(manifestOf(Act::login));
            Approval again(half.environment);
            QVERIFY(half.claim(again, next).show == Show::approve);
        }
    }

    void challenge_twice_wipesTheNonce()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Bytes chal;
        half.server.onAnswer = [&](Bytes &answer) {
            if (wire::decode<wire::Chal>(answer)) chal = answer;
        };
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        const Step step = half.pump(flow, flow.receive(chal));
        QVERIFY(step.show == Show::stopped);
        QVERIFY(step.problem->errc == Errc::tampered);
        QVERIFY(!flow.pin(pinOf(kPin)));
    }

    void answer_tampered_isNotASignature()
    {
        const std::function<void(wire::Resp &)> changes[] = {
            [](wire::Resp &r) { r.signatures[0][10] ^= 1; },
            [](wire::Resp &r) { r.signatures[0][63] ^= 1; },
            [](wire::Resp &r) { std::swap(r.signatures[0], r.signatures[1]); },
            [](wire::Resp &r) { r.signatures.pop_back(); },
            [](wire::Resp &r) { r.sid[0] ^= 1; },
        };
        for (const auto &change : changes) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = signSession(half, 2);
            half.server.onAnswer = [&](Bytes &answer) {
                if (auto resp = wire::decode<wire::Resp>(answer)) {
                    change(*resp);
                    answer = wire::encode(*resp);
                }
            };
            Approval flow(half.environment);
            half.claim(flow, token);
            half.pump(flow, flow.approve());
            const Step step = half.pump(flow, flow.pin(pinOf(kPin)));
            QVERIFY(step.show == Show::stopped);
            QVERIFY(step.problem->errc == Errc::tampered);
            QVERIFY(flow.signatures().empty());
        }
    }

    // The PIN is spent, and the person must not be left to wonder: the result is fetched, and no second PIN asked for.
    void answer_ofNoise_isFetchedAgain()
    {
        const std::function<void(Bytes &)> noises[] = {
            [](Bytes &answer) { std::ranges::fill(answer, std::uint8_t{0xa5}); },
            [](Bytes &answer) { answer.pop_back(); },
            [](Bytes &answer) { answer.clear(); },
        };
        for (const auto &noise : noises) {
            PhoneHalf half;
            QVERIFY(half.activate());
            const auto token = signSession(half, 2);
            bool isOver = false;
            half.server.onAnswer = [&](Bytes &answer) {
                if (!wire::decode<wire::Resp>(answer) || std::exchange(isOver, true)) return;
                noise(answer);
            };
            Approval flow(half.environment);
            half.claim(flow, token);
            half.pump(flow, flow.approve());
            QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
            QVERIFY(isOver);
            QCOMPARE(flow.signatures().size(), std::size_t{2});
            QCOMPARE(std::count(half.server.log.begin(), half.server.log.end(), wire::Type::sign), std::ptrdiff_t{1});
        }
    }

    void answer_ofNoiseForEver_endsAsALostConnection()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = signSession(half, 1);
        half.server.onAnswer = [&half](Bytes &answer) {
            if (!wire::decode<wire::Resp>(answer)) return;
            answer = Bytes(20, 0xa5);
            half.clock.advance(3'000); // until the next connection
        };
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        const Step step = half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{502});
        QVERIFY(flow.signatures().empty());
    }

    void messages_ofAnyBytes_stopWithoutHarm()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto files = half.store.files;
        for (const Bytes &message :
             {Bytes{}, Bytes{1}, Bytes{2, 0x40}, Bytes{1, 0x40}, Bytes{1, 0x4e, 0}, Bytes(2'000'000, 1),
              wire::encode(wire::Clone{}), wire::encode(wire::Delivered{})}) {
            const auto token = half.server.open(manifestOf(Act::login));
            Approval flow(half.environment);
            const auto step = flow.claim(half.server.frame(token).text(), half.clock.monotonic);
            QVERIFY(step->connect);
            const auto stopped = flow.receive(message);
            QVERIFY(stopped->show == Show::stopped && stopped->send.empty());
            QVERIFY(half.store.files == files);
        }
    }

    void time_over_stopsBeforeThePinIsUsed()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        QVERIFY(half.pump(flow, flow.tick()).show == Show::pin);
        half.clock.monotonic += 120'000; // the wall clock may say what it likes
        const Step step = half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{202});
        QVERIFY(std::find(half.sent.begin(), half.sent.end(), wire::Type::sign) == half.sent.end());

        const auto second = half.server.open(manifestOf(Act::login));
        Approval ticking(half.environment);
        half.claim(ticking, second);
        half.clock.advance(120'000);
        QVERIFY(half.pump(ticking, ticking.tick()).show == Show::stopped);
    }

    void chain_isOnDiskBeforeItIsSent()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        int seen = 0;
        half.server.onMessage = [&](wire::Type type, ByteView message) {
            const auto chain = *half.vault.chain();
            if (type == wire::Type::hello) {
                const auto hello = wire::decode<wire::Hello>(message);
                if (chain->rid && *chain->rid == hello->rid && chain->ctr == hello->ctr && chain->n == hello->n)
                    ++seen;
            }
            if (type == wire::Type::sign && !chain->rid &&
                chain->ctr == half.server.cosigner->device(half.server.acct)->ctr)
                ++seen;
        };
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QCOMPARE(seen, 2);
    }

    void storage_full_sendsNothingMore()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        half.store.full = true;
        Approval flow(half.environment);
        const Step step = half.claim(flow, token);
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{504});
        QVERIFY(std::find(half.sent.begin(), half.sent.end(), wire::Type::hello) == half.sent.end());
    }

    // What cannot be noted here does not go out: the server's record of it would look like somebody else's act.
    void storage_fullAtThePin_sendsNothing_andGoesOnOnceThereIsRoom()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        half.claim(flow, token);
        QVERIFY(half.pump(flow, flow.approve()).show == Show::pin);
        const auto before = *half.vault.history();
        half.store.full = true;
        const auto sent = half.sent;
        const Step kept = half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(kept.show == Show::pin && kept.problem && !kept.close);
        QCOMPARE(kept.problem->code, std::uint16_t{504});
        QVERIFY(half.sent == sent && half.server.only().signatures.empty());
        half.store.full = false;
        QVERIFY(*half.vault.history() == before);
        QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        QVERIFY(half.vault.history()->front().approved && half.vault.history()->front().token == token);
    }
    // And what has gone out is the person's own, whatever becomes of its end.
    void storage_fullAfterThePin_leavesTheActNoted()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        half.claim(flow, token);
        half.pump(flow, flow.approve());
        half.server.onMessage = [&half](wire::Type type, ByteView) { half.store.full = type == wire::Type::sign; };
        const Step done = half.pump(flow, flow.pin(pinOf(kPin)));
        QVERIFY(done.show == Show::done && done.problem);
        QCOMPARE(done.problem->code, std::uint16_t{504});
        half.store.full = false;
        const auto entry = half.vault.history()->front(); // its end comes from the server's record
        QVERIFY(entry.token == token && !entry.approved);
        QCOMPARE(entry.code, std::uint16_t{502});
    }

    void clone_isNoticed_andTheGenuinePhoneToo()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto stolen = half.store.files;
        for (int i = 0; i < 2; ++i) {
            const auto token = half.server.open(manifestOf(Act::login));
            Approval flow(half.environment);
            half.claim(flow, token);
            half.pump(flow, flow.approve());
            QVERIFY(half.pump(flow, flow.pin(pinOf(kPin))).show == Show::done);
        }
        half.store.files = stolen;
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(half.environment);
        const Step step = half.claim(flow, token);
        QVERIFY(step.show == Show::stopped);
        QCOMPARE(step.problem->code, std::uint16_t{303});
        QCOMPARE(std::count(half.sent.end() - 2, half.sent.end(), wire::Type::hello),
                 std::ptrdiff_t{2}); // STALE in between
    }

    void staleTwice_isRefused()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        const auto token = half.server.open(manifestOf(Act::login));
        half.server.onMessage = nullptr;
        half.server.onAnswer = [](Bytes &answer) {
            if (wire::decode<wire::Chal>(answer)) answer = wire::encode(wire::Stale{});
        };
        Approval flow(half.environment);
        const Step step = half.claim(flow, token);
        QVERIFY(step.show == Show::stopped);
    }

    void files_ofAnotherDevice_areRefused()
    {
        PhoneHalf half;
        QVERIFY(half.activate());
        MemoryElement other(2);
        vault::Vault foreign(half.store, other);
        Environment environment{foreign, half.random, half.clock, {64, 1}};
        const auto token = half.server.open(manifestOf(Act::login));
        Approval flow(environment);
        QCOMPARE(flow.claim(half.server.frame(token).text(), half.clock.monotonic).error().code,
                 Errc::tampered);
    }
};

QTEST_GUILESS_MAIN(TestApproval)
#include "test_approval.moc"
