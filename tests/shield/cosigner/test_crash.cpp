// The server's process is killed with SIGKILL at every durable step and started again. Afterwards the rules of PROTOCOL 6
// hold: no nonce is evaluated twice, no verdict on a PIN is uncounted, no false clone alarm, and no result is lost of
// which the phone had been told. The phone lives on in the test's own process, as it would in a person's hand.
#include "platform/keyring/file_epoch_keys.h"
#include "platform/store/sqlite_ledger.h"
#include "shield/cosigner/ladder.h"
#include "shield/cosigner/steps.h"
#include "shield/crypto/sm2_curve.h"
#include "shield/crypto/sm2_halves.h"
#include "shield/crypto/sm2_multiply.h"
#include "shield/threshold/frost_cosign_round.h"
#include "shield/threshold/proof.h"
#include "shield/wire/session.h"
#include "tests/shield/cosigner/crash_server.h"
#include "tests/shield/cosigner/frost_phone.h"
#include "tests/shield/cosigner/requests.h"
#include "tests/shield/cosigner/rig.h"
#include "tests/shield/cosigner/test_phone.h"
#include "tests/support/memory_image.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace hufu;
using namespace hufu::tests;
using cosigner::KeyState;
using cosigner::Standing;
using cosigner::Step;
using intent::Act;
using intent::Op;
using wire::Status;

namespace {

// The server's process, started again whenever it has died.
class Process {
public:
    explicit Process(QString database) : m_database(std::move(database)) {}
    ~Process() { stop(); }

    std::string armed; // for the next start
    int deaths = 0;
    std::int64_t clockMs = 0;

    // Errors: unavailable: the process died over it.
    Result<Bytes> call(Command command, ByteView content = {})
    {
        if (!m_process) start();
        const Bytes body = concat({Writer().u8(static_cast<std::uint8_t>(command)).bytes(), content});
        const Bytes frame = Writer().blob32(body).take();
        m_process->write(reinterpret_cast<const char *>(frame.data()), static_cast<qint64>(frame.size()));
        QByteArray head = read(4);
        if (head.size() < 4) return died();
        const std::uint32_t size = Reader(viewOf(head)).u32();
        const QByteArray answer = read(size);
        if (answer.size() < static_cast<qsizetype>(size)) return died();
        return bytesOf(viewOf(answer));
    }
    pid_t id() const { return static_cast<pid_t>(m_process->processId()); }
    void stop()
    {
        if (!m_process) return;
        m_process->closeWriteChannel();
        m_process->waitForFinished();
        m_process.reset();
    }

private:
    static ByteView viewOf(const QByteArray &bytes)
    {
        return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
    }
    void start()
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process->start(QCoreApplication::applicationFilePath(),
                         {QStringLiteral("--serve"), m_database, QString::fromStdString(armed), QString::number(clockMs)});
        m_process->waitForStarted();
        armed.clear();
    }
    QByteArray read(qint64 size)
    {
        QByteArray out = m_process->read(size);
        while (out.size() < size && m_process->waitForReadyRead(30'000))
            out += m_process->read(size - out.size());
        return out;
    }
    Error died()
    {
        m_process->waitForFinished();
        if (m_process->exitStatus() == QProcess::CrashExit) ++deaths;
        m_process.reset();
        return Error(Errc::unavailable, "the server died");
    }

    QString m_database;
    std::unique_ptr<QProcess> m_process;
};

// The phone with its line to the process. Every answer that could betray a broken rule is noted.
class Line {
public:
    explicit Line(const QString &database) : process(database) {}

    Process process;
    ports::SystemRandom random;
    crypto::Suite suite = crypto::Suite::sm2; // of the sign key, before the activation: whose phone it is
    TestPhone phone{random};
    FrostPhone frost{random, kCrashAcct};
    bool cloneSeen = false;
    std::set<ByteArray<16>> sids;
    std::set<Bytes> points; // Q2 | PoK; D2 | E2
    std::map<ByteArray<16>, Bytes> verdicts;
    std::uint32_t wrongVerdicts = 0;
    bool ruleBroken = false;

    void arm(const char *step) { QVERIFY(process.call(Command::arm, hufu::viewOf(std::string_view(step)))); }
    void advance(std::int64_t ms)
    {
        process.clockMs += ms;
        QVERIFY(process.call(Command::clock, Writer().u64(static_cast<std::uint64_t>(ms)).bytes()));
    }
    ServerView view()
    {
        auto bytes = process.call(Command::view);
        return bytes ? ServerView::parse(*bytes) : ServerView{};
    }
    std::multiset<std::uint32_t> epochKeys()
    {
        std::multiset<std::uint32_t> epochs;
        const auto bytes = process.call(Command::epochKeys);
        if (!bytes) return epochs;
        for (Reader in(*bytes); in.left() > 0;)
            epochs.insert(in.u32());
        return epochs;
    }
    Result<wire::Recovered> recover(const std::string &digits, ByteArray<32> kDev)
    {
        wire::Recover message;
        message.acct = kCrashAcct;
        message.digits = digits;
        message.kDev = Secret<32>::adopt(kDev);
        phone.seal(message, m_cn);
        return send<wire::Recovered>(message);
    }
    bool hasOutcome(const ByteArray<16> &sid)
    {
        const auto there = process.call(Command::outcome, sid);
        return there && *there == Bytes{1};
    }
    Result<void> connect()
    {
        HUFU_TRY(bytes, process.call(Command::connect));
        HUFU_TRY(greeting, wire::decode<wire::Greeting>(bytes));
        m_cn = greeting.cn;
        return {};
    }
    template <typename R, typename M> Result<R> send(const M &message)
    {
        HUFU_TRY(bytes, process.call(Command::message, wire::encode(message)));
        return wire::decode<R>(bytes);
    }
    bool isFrost() const { return suite == crypto::Suite::frost; }
    const PhoneKey &encryptKey() const { return isFrost() ? frost.current().encrypt : phone.disk.encryptKey(); }
    Bytes ciphertext(ByteView plain) { return ciphertextFor(encryptKey().key.p().bytes(), plain, random); }
    wire::Hello hello(Op op, const std::optional<ByteArray<16>> &nonce)
    {
        if (isFrost()) return frost.hello(op, m_cn, nonce);
        return phone.hello(op, op == Op::sign ? 1 : 0, m_cn, nonce);
    }
    template <typename M> void seal(M &message) { isFrost() ? frost.seal(message, m_cn) : phone.seal(message, m_cn); }
    bool accepts(const wire::Resp &resp) { return isFrost() ? frost.accepts(resp) : phone.accepts(resp); }
    Result<std::vector<SecretBytes>> opened(const wire::Dec2 &dec2) { return isFrost() ? frost.opened(dec2) : phone.opened(dec2); }
    void keepNext() { isFrost() ? frost.keepNext() : phone.keepNext(); }
    void dropNext() { isFrost() ? frost.dropNext() : phone.dropNext(); }
    wire::Ref1 ref1()
    {
        return isFrost() ? frost.ref1(threshold::Op::pinChange, Pin::right, Pin::right) : phone.ref1(Op::pinChange, Pin::right);
    }
    Result<void> changePin()
    {
        HUFU_CHECK(challenge(Act::pinChange));
        lastRef1 = ref1();
        HUFU_TRY(ref2, send<wire::Ref2>(lastRef1));
        lastRef3 = isFrost() ? frost.ref3(ref2) : phone.ref3(ref2);
        HUFU_CHECK(send<wire::Ref4>(lastRef3));
        return {};
    }

    // HELLO over a new connection, for the act: the CHAL, taken. Falls back to the old file when told so.
    Result<void> challenge(Act act, ByteView sealed = {})
    {
        HUFU_CHECK(connect());
        HUFU_CHECK(process.call(Command::session,
                                concat({Writer().u8(static_cast<std::uint8_t>(act)).bytes(), sealed})));
        const Op op = intent::opOf(act);
        std::optional<ByteArray<16>> nonce;
        for (int tries = 0; tries < 4; ++tries) {
            HUFU_TRY(bytes, process.call(Command::message, wire::encode(hello(op, nonce))));
            nonce.reset();
            HUFU_TRY(envelope, wire::Envelope::split(bytes));
            if (envelope.type == wire::Type::stale) {
                nonce = wire::Stale::parse(envelope.body)->nonce;
            } else if (envelope.type == wire::Type::epochIs) {
                dropNext();
            } else if (envelope.type == wire::Type::chal) {
                HUFU_TRY(chal, wire::Chal::parse(envelope.body));
                note(chal);
                lastChal = chal;
                if (!isFrost()) return phone.take(chal);
                frost.take(chal);
                return {};
            } else if (envelope.type == wire::Type::frostChal) {
                HUFU_TRY(chal, wire::FrostChal::parse(envelope.body));
                note(chal);
                lastFrostChal = chal;
                frost.take(chal);
                return {};
            } else {
                cloneSeen = cloneSeen || envelope.type == wire::Type::clone;
                return Error(Errc::refused, "no CHAL");
            }
        }
        return Error(Errc::internal, "no end of it");
    }
    Result<wire::Resp> signOnce(Act act, Pin pin)
    {
        HUFU_CHECK(challenge(act));
        return signChallenged(pin);
    }
    Result<wire::Resp> signChallenged(Pin pin)
    {
        if (isFrost()) return sendSign(lastFrostSign = frost.sign(pin, lastFrostChal));
        return sendSign(lastSign = phone.sign(pin));
    }
    // The last SIGN once more, as it was or with another share.
    Result<wire::Resp> signAgain(bool changed)
    {
        wire::Sign sign = lastSign;
        wire::FrostSign frostSign = lastFrostSign;
        if (changed && isFrost()) frostSign.items[0].share[64] ^= 1;
        if (changed && !isFrost()) sign.items[0].share[128] ^= 1;
        return isFrost() ? sendSign(frostSign) : sendSign(sign);
    }
    template <typename Sign> Result<wire::Resp> sendSign(const Sign &sign)
    {
        lastSid = sign.sid;
        HUFU_TRY(resp, send<wire::Resp>(sign));
        note(sign.sid, resp.verdict.status, wire::encode(resp));
        return resp;
    }
    Result<wire::Dec2> openOnce(Act act, ByteView plain, Pin pin)
    {
        const Bytes sealed = ciphertext(plain);
        HUFU_CHECK(challenge(act, sealed));
        lastDec1 = isFrost() ? frost.dec1(pin, sealed) : phone.dec1(pin, {sealed});
        HUFU_TRY(dec2, send<wire::Dec2>(lastDec1));
        note(dec2.sid, dec2.verdict.status, wire::encode(dec2));
        return dec2;
    }
    // nothing: UNKNOWN.
    Result<std::optional<wire::Resp>> result(const ByteArray<16> &sid)
    {
        HUFU_CHECK(connect());
        wire::ResultQuery query;
        query.acct = kCrashAcct;
        query.sid = sid;
        seal(query);
        HUFU_TRY(bytes, process.call(Command::message, wire::encode(query)));
        if (auto resp = wire::decode<wire::Resp>(bytes)) return std::optional(std::move(*resp));
        HUFU_CHECK(wire::decode<wire::Unknown>(bytes));
        return std::optional<wire::Resp>();
    }

    // --- an activation that goes on wherever it was cut, as the phone does ---
    Result<void> makeKeys()
    {
        HUFU_CHECK(connect());
        if (isFrost()) {
            HUFU_TRY(kg2, send<wire::FrostKg2>(frost.activate()));
            lastKg2 = bytesOf(kg2.sign);
            HUFU_TRY(kg3, frost.kg3(kg2));
            lastKg3 = bytesOf(kg3.sign);
            HUFU_TRY(kg4, send<wire::Kg4>(kg3));
            frost.finish(kg4);
        } else {
            HUFU_TRY(kg2, send<wire::Kg2>(phone.activate(kCrashAcct)));
            lastKg2 = bytesOf(kg2.sign);
            HUFU_TRY(kg3, phone.kg3(kg2));
            lastKg3 = bytesOf(kg3.sign);
            HUFU_TRY(kg4, send<wire::Kg4>(kg3));
            if (!phone.finish(kg4)) return Error(Errc::tampered, "KG4");
        }
        keysMade = true;
        return {};
    }
    Result<void> proveSign()
    {
        if (csrSent) {
            HUFU_TRY(stored, result(lastSid));
            signProved = stored && accepts(*stored);
            csrSent = false;
            if (signProved) return {};
        }
        HUFU_CHECK(challenge(Act::csr));
        csrSent = true;
        HUFU_TRY(resp, signChallenged(Pin::right));
        csrSent = false;
        if (!accepts(resp)) return Error(Errc::refused, "CSR");
        signProved = true;
        return {};
    }
    Result<void> proveEncrypt()
    {
        HUFU_TRY(dec2, openOnce(Act::probe, probeSecret(), Pin::right));
        HUFU_TRY(plain, opened(dec2));
        wire::ProbeAnswer answer;
        answer.acct = kCrashAcct;
        answer.sid = dec2.sid;
        answer.sm3 = crypto::sm3(plain[0].expose());
        seal(answer);
        HUFU_CHECK(send<wire::Certificates>(answer));
        return {};
    }
    void activate()
    {
        for (int tries = 0; tries < 20; ++tries) {
            const Result<void> step = !keysMade ? makeKeys() : !signProved ? proveSign() : proveEncrypt();
            if (view().encryptState == static_cast<std::uint8_t>(KeyState::active)) return;
            if (!step) QVERIFY(step.error().code == Errc::unavailable);
        }
        QFAIL("the activation does not come to its end");
    }

    bool keysMade = false, csrSent = false, signProved = false;
    Bytes lastKg2, lastKg3; // their parts of the sign key
    wire::Chal lastChal;
    wire::FrostChal lastFrostChal;
    wire::Sign lastSign;
    wire::FrostSign lastFrostSign;
    ByteArray<16> lastSid{};
    wire::Dec1 lastDec1;
    wire::Ref1 lastRef1;
    wire::Ref3 lastRef3;

private:
    template <typename Chal> void note(const Chal &chal)
    {
        ruleBroken = ruleBroken || !sids.insert(chal.sid).second;
        for (const auto &point : chal.points)
            ruleBroken = ruleBroken || !points.insert(bytesOf(point)).second;
    }
    // One verdict a conversation, whatever is sent again.
    void note(const ByteArray<16> &sid, Status status, const Bytes &answer)
    {
        if (status != Status::ok && status != Status::badPin) return;
        const auto [at, isNew] = verdicts.emplace(sid, answer);
        ruleBroken = ruleBroken || at->second != answer;
        if (isNew && status == Status::badPin) ++wrongVerdicts;
    }

    ByteArray<16> m_cn{};
};

// A scalar as the variable-time sums take it apart. Of freed memory the beginning is overwritten. Most digits are zero, and a few lie
// anywhere: a table of page numbers had two of them, and by chance the zeros around them. So a half is looked for where it has
// enough, and else the whole. In: bits, of the scalar.
void addDigits(std::vector<Needle> &needles, const std::string &name, const crypto::Scalar &scalar, std::size_t width, std::size_t bits)
{
    const crypto::SparseDigits digits(scalar.plain().limbs, width);
    const std::size_t from = 16, count = bits - from - 8;
    constexpr std::ptrdiff_t kEnough = 4;
    const auto first = digits.digit.begin() + from, middle = first + count / 2, last = first + count;
    const auto isEnough = [](auto begin, auto end) { return end - begin - std::count(begin, end, 0) >= kEnough; };
    if (!isEnough(first, last)) return;
    const bool areHalves = isEnough(first, middle) && isEnough(middle, last);
    needles.push_back({name, bytesOf(ByteView(imageOf(digits.digit)).subspan(2 * from, 2 * count)), areHalves ? count : 2 * count});
}
struct DigitWidths {
    using Curve = crypto::Sm2Curve<crypto::PortableArithmetic>;
    static constexpr std::size_t kTerm = crypto::Multiplication<Curve>::kSparseWidth, kBase = Curve::kBaseWidth + 1;
};

// In: suites, whether each is tried under both.
void addSteps(std::initializer_list<Step> steps, bool suites = false)
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<bool>("frost");
    for (const bool frost : {false, true}) {
        if (frost && !suites) break;
        for (const Step &step : steps)
            for (const char *place : {step.before, step.after})
                QTest::newRow(frost ? (std::string(place) + ", suite 2").c_str() : place) << QByteArray(place) << frost;
    }
}

} // namespace

namespace step = cosigner::step;

class TestCrash : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Line> m_line;
    Line &line() { return *m_line; }

    void activated()
    {
        line().activate();
        QCOMPARE(line().process.deaths, 0);
    }
    void chooseSuite()
    {
        QFETCH(bool, frost);
        if (frost) line().suite = crypto::Suite::frost;
    }
    // Of the last SIGN: with r (R and z under suite 2) it gives P1.
    void addSign(std::vector<Needle> &needles, const std::string &which)
    {
        if (line().isFrost()) { // D1 32 | E1 32 | z1 32
            const ByteView share(line().lastFrostSign.items[0].share);
            addScalar(needles, "z1" + which, *crypto::EdScalar::parse(share.subspan(64)));
            needles.push_back({"D1" + which, bytesOf(share.first(32))});
            needles.push_back({"E1" + which, bytesOf(share.subspan(32, 32))});
            return;
        }
        const ByteView share(line().lastSign.items[0].share); // R1 65 | rnd 32 | s1 32
        const auto s1 = *crypto::Scalar::parse(share.subspan(97));
        addScalar(needles, "s1" + which, s1);
        addPoint(needles, "R1" + which, *threshold::EncodedPoint::parse(share.first(65)));
        // The check takes it in two halves, and those in digits.
        const auto halves = crypto::halvesVartime(s1);
        for (const auto &[name, half] : {std::pair("v", &halves.v), std::pair("w", &halves.w)}) {
            const auto bytes = half->bytes(); // of 128 bits, and zeros
            needles.push_back({name + (" of s1" + which), Bytes(bytes.begin() + 16, bytes.end())});
            needles.push_back({name + (" of s1" + which + " (little endian)"), Bytes(bytes.rbegin(), bytes.rbegin() + 16)});
            needles.push_back({name + (" of s1" + which + " (limbs)"), imageOf(*half)});
            addDigits(needles, "the digits of " + (name + (" of s1" + which)), *half, DigitWidths::kTerm, 128);
        }
    }
    void addNonces(std::vector<Needle> &needles, const threshold::ServerShare &share, const wire::Resp &resp)
    {
        const auto r = crypto::Scalar::parse(ByteView(resp.signatures[0]).first(32));
        const auto s = crypto::Scalar::parse(ByteView(resp.signatures[0]).subspan(32));
        const auto s1 = crypto::Scalar::parse(ByteView(line().lastSign.items[0].share).subspan(97));
        const crypto::Scalar k2 = *s + *r - share.d2() * *s1;
        addScalar(needles, "k2", k2);
        // The nonce of its proof, c 16 | z 32, gives k2.
        const auto proofOfQ2 = *threshold::Proof::parse(ByteView(line().lastChal.points[0]).subspan(65));
        WipedArray<32> c;
        std::ranges::copy(proofOfQ2.c, c.begin() + 16);
        addScalar(needles, "a2", proofOfQ2.z - crypto::Scalar::reduce(c) * k2);
    }
    void addNoncesOfSuiteTwo(std::vector<Needle> &needles, const threshold::frost::ServerShare &share)
    {
        const auto draws = line().process.call(Command::draws);
        QVERIFY(draws && draws->size() == 64);
        for (std::size_t i = 0; i < 2; ++i) {
            const std::string label = i == 0 ? "d2" : "e2";
            RecordedRandom draw;
            draw.expect(label, bytesOf(ByteView(*draws).subspan(32 * i, 32)));
            const auto nonce = threshold::frost::cosign::nonceOf(label, share.exposeS2(), draw);
            QCOMPARE(bytesOf(crypto::mulBase(nonce).bytes()), bytesOf(ByteView(line().lastFrostChal.points[0]).subspan(32 * i, 32)));
            addScalar(needles, "nonce " + label, nonce);
        }
    }
    bool stepIs(const char *name) const
    {
        QFETCH(QByteArray, step);
        return step == name;
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_line = std::make_unique<Line>(m_dir->filePath(QStringLiteral("ledger.db")));
    }
    // Whatever happened, the device works, and no rule was broken.
    void cleanup()
    {
        if (QTest::currentTestFailed() || !line().keysMade) return;
        line().arm("");
        QVERIFY(!line().ruleBroken);
        QVERIFY(!line().cloneSeen);
        QVERIFY(line().view().total >= line().wrongVerdicts);
    }

    void activation_killedAtAnyStep_comesToItsEnd_data()
    {
        addSteps({step::kBoot, step::kActivate, step::kHello, step::kSignCount, step::kSignResult, step::kDecryptCount,
                  step::kDecryptResult, step::kProbe});
    }
    void activation_killedAtAnyStep_comesToItsEnd()
    {
        QFETCH(QByteArray, step);
        line().process.armed = step.toStdString();
        line().activate();
        QCOMPARE(line().process.deaths, 1);
        const auto resp = line().signOnce(Act::rehearseSign, Pin::right);
        QVERIFY(resp && line().phone.accepts(*resp));
        const auto dec2 = line().openOnce(Act::rehearseDecrypt, Bytes(16, 4), Pin::right);
        QVERIFY(dec2 && line().phone.opened(*dec2));
        const bool countStands = stepIs("sign.count.after") || stepIs("sign.result.before") ||
                                 stepIs("decrypt.count.after") || stepIs("decrypt.result.before");
        QCOMPARE(line().view().total, countStands ? 1U : 0U);
        QCOMPARE(line().view().run, 0U);
    }

    void sign_killedAtAnyStep_isWholeOrNothing_data() { addSteps({step::kHello, step::kSignCount, step::kSignResult}, true); }
    void sign_killedAtAnyStep_isWholeOrNothing()
    {
        QFETCH(QByteArray, step);
        chooseSuite();
        activated();
        line().arm(step.constData());
        const auto cut = line().signOnce(Act::rehearseSign, Pin::right);
        QVERIFY(!cut && cut.error().code == Errc::unavailable);
        QCOMPARE(line().process.deaths, 1);

        const bool counted = stepIs("sign.count.after") || stepIs("sign.result.before");
        QCOMPARE(line().view().run, counted ? 1U : 0U);
        if (!step.startsWith("hello")) {
            // RESULT knows it exactly when the caller's row of the same transaction is there.
            const bool done = stepIs("sign.result.after");
            const auto stored = line().result(line().lastSid);
            QVERIFY(stored);
            QCOMPARE(stored->has_value(), done);
            QCOMPARE(line().hasOutcome(line().lastSid), done);
            if (done) QVERIFY(line().accepts(**stored));
            // The same SIGN, and another on its nonce: neither is evaluated.
            QVERIFY(line().signAgain(false)->verdict.status == Status::expired);
            QVERIFY(line().signAgain(true)->verdict.status == Status::expired);
            QCOMPARE(line().view().run, counted ? 1U : 0U);
        }
        const auto next = line().signOnce(Act::rehearseSign, Pin::right);
        QVERIFY(next && line().accepts(*next));
        QCOMPARE(line().view().total, counted ? 1U : 0U);
    }

    void sign_toldToThePhone_isThereAfterAKill()
    {
        activated();
        const auto told = line().signOnce(Act::rehearseSign, Pin::right);
        QVERIFY(told);
        line().arm("hello.before");
        QVERIFY(!line().signOnce(Act::rehearseSign, Pin::right));
        QCOMPARE(line().process.deaths, 1);
        const auto stored = line().result(told->sid);
        QVERIFY(stored && stored->has_value() && (*stored)->signatures == told->signatures);
    }

    void wrongPin_killedAtAnyStep_isCountedBeforeAnyVerdict_data() { addSteps({step::kHello, step::kSignCount, step::kWrong}); }
    void wrongPin_killedAtAnyStep_isCountedBeforeAnyVerdict()
    {
        QFETCH(QByteArray, step);
        activated();
        line().arm(step.constData());
        QVERIFY(!line().signOnce(Act::rehearseSign, Pin::wrong));
        QCOMPARE(line().process.deaths, 1);
        QCOMPARE(line().wrongVerdicts, 0U);
        const std::uint32_t counted = stepIs("sign.count.after") || step.startsWith("wrong") ? 1 : 0;
        QCOMPARE(line().view().run, counted);
        const auto resp = line().signOnce(Act::rehearseSign, Pin::wrong);
        QVERIFY(resp && resp->verdict.status == Status::badPin);
        QCOMPARE(line().view().run, counted + 1);
    }

    void wrongPins_withAKillAtEachCount_freezeAtTheTenth()
    {
        activated();
        for (std::uint32_t i = 1; i <= 10; ++i) {
            line().advance(25LL * 3'600'000);
            line().arm("sign.count.after");
            QVERIFY(!line().signOnce(Act::rehearseSign, Pin::wrong));
            QCOMPARE(line().view().run, i);
        }
        QCOMPARE(line().signOnce(Act::rehearseSign, Pin::right).error().code, Errc::refused);
        QCOMPARE(line().view().standing, static_cast<std::uint8_t>(Standing::frozen));
        QVERIFY(line().process.call(Command::unfreeze));
        QVERIFY(line().phone.accepts(*line().signOnce(Act::rehearseSign, Pin::right)));
    }

    void thirtiethFailure_killedBeforeTheShareIsDestroyed_isMadeGoodAtTheNextHello()
    {
        activated();
        for (int i = 0; i < 30; ++i) {
            line().advance(25LL * 3'600'000);
            if (line().view().standing == static_cast<std::uint8_t>(Standing::frozen))
                QVERIFY(line().process.call(Command::unfreeze));
            line().arm(i == 29 ? "wrong.before" : "");
            QCOMPARE(line().signOnce(Act::rehearseSign, Pin::wrong).has_value(), i != 29);
        }
        QCOMPARE(line().process.deaths, 1);
        QCOMPARE(line().view().total, 30U);
        QVERIFY(!line().challenge(Act::rehearseSign));
        QCOMPARE(line().view().signState, static_cast<std::uint8_t>(KeyState::destroyed));
        QVERIFY(line().process.call(Command::unfreeze));
        QVERIFY(line().phone.opened(*line().openOnce(Act::rehearseDecrypt, Bytes(16, 4), Pin::right)));
    }

    void decrypt_killedAtAnyStep_answersOnceOrNotAtAll_data()
    {
        addSteps({step::kHello, step::kDecryptCount, step::kDecryptResult});
    }
    void decrypt_killedAtAnyStep_answersOnceOrNotAtAll()
    {
        QFETCH(QByteArray, step);
        activated();
        line().arm(step.constData());
        QVERIFY(!line().openOnce(Act::rehearseDecrypt, Bytes(16, 4), Pin::right));
        QCOMPARE(line().process.deaths, 1);
        const bool counted = stepIs("decrypt.count.after") || stepIs("decrypt.result.before");
        QCOMPARE(line().view().run, counted ? 1U : 0U);
        if (!step.startsWith("hello")) {
            const auto stored = line().result(line().lastDec1.sid);
            QVERIFY(stored && !stored->has_value()); // DEC2 is never stored
            const auto again = line().send<wire::Dec2>(line().lastDec1);
            QVERIFY(again && again->verdict.status == Status::expired);
        }
        const auto next = line().openOnce(Act::rehearseDecrypt, Bytes(16, 4), Pin::right);
        QVERIFY(next && line().phone.opened(*next));
        QCOMPARE(line().view().total, counted ? 1U : 0U);
    }

    void pinChange_killedAtAnyStep_leavesOneFileThatWorks_data()
    {
        addSteps({step::kHello, step::kRef1Count, step::kEpochKey, step::kRef1Result, step::kRef3Count, step::kRef3Result,
                  step::kRetire}, true);
    }
    void pinChange_killedAtAnyStep_leavesOneFileThatWorks()
    {
        QFETCH(QByteArray, step);
        chooseSuite();
        activated();
        line().arm(step.constData());
        const auto cut = line().changePin();
        QVERIFY(!cut);
        QCOMPARE(line().process.deaths, 1);
        const bool written = stepIs("ref3.count.before") || stepIs("ref3.count.after") || stepIs("ref3.result.before");
        QCOMPARE(line().view().refreshPending, written || stepIs("ref1.result.after"));

        const auto resp = line().signOnce(Act::rehearseSign, Pin::right); // epoch + 1 first, where there are two files
        QVERIFY(resp && line().accepts(*resp));
        const bool renewed = written || stepIs("ref3.result.after") || step.startsWith("retire");
        QCOMPARE(line().view().epoch, renewed ? 1U : 0U);
        QVERIFY(!line().view().refreshPending);
        line().keepNext();
        QVERIFY(line().opened(*line().openOnce(Act::rehearseDecrypt, Bytes(16, 4), Pin::right)));

        // The key of an epoch is there as long as its shares are, and after the next change no other.
        QVERIFY(line().epochKeys().contains(line().view().epoch));
        QVERIFY(line().changePin());
        line().keepNext();
        line().process.stop(); // what is left over is swept at the start
        QCOMPARE(line().epochKeys(), std::multiset<std::uint32_t>{line().view().epoch});
        QVERIFY(line().opened(*line().openOnce(Act::rehearseDecrypt, Bytes(16, 4), Pin::right)));
    }

    // A clone's way back, cut at each entry of the code.
    void recovery_killedAtItsStep_isRepeated_data() { addSteps({step::kRecover, step::kHello}); }
    void recovery_killedAtItsStep_isRepeated()
    {
        QFETCH(QByteArray, step);
        activated();
        const PhoneDisk image = line().phone.disk;
        QVERIFY(line().signOnce(Act::rehearseSign, Pin::right));
        const PhoneDisk mine = line().phone.disk;
        line().phone.disk = image;
        QVERIFY(!line().challenge(Act::rehearseSign)); // the thief's copy
        line().cloneSeen = false;
        line().phone.disk = mine;
        const auto code = line().process.call(Command::recovery);
        QVERIFY(code && code->size() == 8);
        const auto recover = [&]() -> Result<void> {
            HUFU_CHECK(line().connect());
            const ByteArray<32> kDev = line().random.bytes<32>("kdev");
            HUFU_TRY(recovered, line().recover(textOf(*code), kDev));
            line().phone.disk.ctr = recovered.ctr;
            line().phone.disk.n = recovered.n;
            line().phone.disk.ridDrawn = false;
            line().phone.disk.kDev = kDev;
            return {};
        };
        const auto refresh = [&]() -> Result<void> {
            HUFU_CHECK(line().challenge(Act::pinChange));
            HUFU_TRY(ref2, line().send<wire::Ref2>(line().phone.ref1(Op::pinChange, Pin::right)));
            HUFU_CHECK(line().send<wire::Ref4>(line().phone.ref3(ref2)));
            return {};
        };
        line().arm(step.constData());
        const auto first = recover();
        QCOMPARE(first.has_value(), step.startsWith("hello"));
        if (!first) QVERIFY(recover());
        QCOMPARE(refresh().has_value(), !step.startsWith("hello"));
        QCOMPARE(line().process.deaths, 1);
        if (step.startsWith("hello")) QVERIFY(refresh());
        line().phone.keepNext();
        QCOMPARE(line().view().standing, static_cast<std::uint8_t>(Standing::active));
        QVERIFY(line().phone.accepts(*line().signOnce(Act::rehearseSign, Pin::right)));
        QVERIFY(!line().cloneSeen);
    }

    // A sign, a decrypt and a change of PIN later, the waiting process holds nothing of them.
    void memory_afterSignDecryptAndPinChange_holdsNoSecret_data()
    {
        QTest::addColumn<bool>("frost");
        QTest::newRow("suite 1") << false;
        QTest::newRow("suite 2") << true;
    }
    void memory_afterSignDecryptAndPinChange_holdsNoSecret()
    {
        if (!kMemoryIsAsShipped) QSKIP("not the code that ships");
        chooseSuite();
        activated();
        const auto shares = [this] {
            const std::string database = m_dir->filePath(QStringLiteral("ledger.db")).toStdString();
            const auto ledger = store::SqliteLedger::open(database);
            TestMasterKey masterKey;
            ports::SystemRandom random;
            const auto epochKeys = keyring::FileEpochKeys::open(database + ".keys", random);
            return sharesIn(**ledger, masterKey, **epochKeys);
        };
        std::vector<Needle> needles;
        const auto addProof = [&needles](const std::string &name, ByteView proof, bool frost = false) {
            needles.push_back({name, bytesOf(proof)});
            if (frost) {
                addScalar(needles, name + ", its z", *crypto::EdScalar::parse(proof.last(32)));
                return;
            }
            const auto z = *crypto::Scalar::parse(proof.last(32));
            addScalar(needles, name + ", its z", z);
            addDigits(needles, name + ", the digits of z", z, DigitWidths::kBase, 256);
            for (const std::size_t from : {0U, 8U}) { // c in two halves
                WipedArray<32> half;
                std::ranges::copy(proof.subspan(from, 8), half.begin() + 24);
                addDigits(needles, name + ", the digits of c", crypto::Scalar::reduce(half), DigitWidths::kTerm, 64);
            }
        };
        const bool frost = line().isFrost();
        // Of the key generation: both proofs of the sign key.
        addProof("proof of KG2", ByteView(line().lastKg2).subspan(frost ? 64 : 97, 48), frost);
        addProof("proof of KG3", ByteView(line().lastKg3).subspan(frost ? 64 : 97, 48), frost);
        const StoredShares before = shares();
        const threshold::ServerShare &encryptBefore = before.sm2.back();
        // A wrong PIN's SIGN is some other share's, and beside its R1 tests PINs as well.
        QCOMPARE(line().signOnce(Act::rehearseSign, Pin::wrong)->verdict.status, wire::Status::badPin);
        addSign(needles, " of a wrong PIN");
        const auto resp = line().signOnce(Act::rehearseSign, Pin::right);
        QVERIFY(resp && line().accepts(*resp));
        addSign(needles, "");
        frost ? addNoncesOfSuiteTwo(needles, *before.frost) : addNonces(needles, before.sm2.front(), *resp);
        QVERIFY(!QTest::currentTestFailed());
        // What a wrong PIN asks for is computed, and must not stay: it tests PINs where the ciphertext is named.
        QCOMPARE(line().openOnce(Act::rehearseDecrypt, Bytes(16, 5), Pin::wrong)->verdict.status, wire::Status::badPin);
        const auto t1 = crypto::Point::parse(ByteView(line().lastDec1.items[0].ask).first(65));
        addPoint(needles, "T2 of a wrong PIN", *threshold::EncodedPoint::of(crypto::mul(encryptBefore.exposeU2(), *t1)));
        addProof("proof of a wrong PIN", ByteView(line().lastDec1.items[0].ask).subspan(65));
        // T2 of a right PIN goes to the phone, by design; here it must be gone all the same.
        QVERIFY(line().opened(*line().openOnce(Act::rehearseDecrypt, Bytes(16, 4), Pin::right)));
        const auto ofRight = crypto::Point::parse(ByteView(line().lastDec1.items[0].ask).first(65));
        addPoint(needles, "T2 of a right PIN", *threshold::EncodedPoint::of(crypto::mul(encryptBefore.exposeU2(), *ofRight)));
        addProof("proof of DEC1", ByteView(line().lastDec1.items[0].ask).subspan(65));
        QVERIFY(line().changePin());
        needles.push_back({"rho1", bytesOf(line().lastRef1.rho1)});
        for (std::size_t i = 0; i < 2; ++i) {
            addProof("proof of REF1", line().lastRef1.proofs[i].proof, frost && i == 0);
            addProof("proof of REF3", line().lastRef3.proofs[i].proof, frost && i == 0);
        }
        const StoredShares now = shares();
        const std::size_t keys = frost ? 1 : 2;
        QCOMPARE(now.sm2.size(), keys);
        for (std::size_t i = 0; i < keys; ++i) {
            const std::string key = i + 1 < keys ? " of the sign key" : " of the encrypt key";
            addScalar(needles, "u2" + key, before.sm2[i].exposeU2());
            addScalar(needles, "d2" + key, before.sm2[i].d2());
            addScalar(needles, "renewed u2" + key, now.sm2[i].exposeU2());
            addScalar(needles, "renewed d2" + key, now.sm2[i].d2());
            for (const auto &[name, share] : {std::pair("P1", &before.sm2[i]), std::pair("renewed P1", &now.sm2[i])}) {
                addPoint(needles, name + key, share->exposeEncodedP1());
                addPoint(needles, "2^64 " + (name + key), *threshold::EncodedPoint::of(share->exposeHighP1()));
            }
            addPoint(needles, "P2" + key, *threshold::EncodedPoint::of(crypto::mulBase(before.sm2[i].exposeU2())));
            addScalar(needles, "f", before.sm2[i].exposeU2() * now.sm2[i].d2());
        }
        if (frost) {
            for (const auto &[name, share] : {std::pair("s2 of the sign key", &*before.frost), std::pair("renewed s2 of the sign key", &*now.frost)}) {
                addScalar(needles, name, share->exposeS2());
                addScalar(needles, std::string("- ") + name, -share->exposeS2()); // x2 of the key generation
                needles.push_back({std::string("Y1 beside ") + name, bytesOf(share->exposeY1().bytes())});
                needles.push_back({std::string("2 Y1 beside ") + name, bytesOf((share->exposeY1() + share->exposeY1()).bytes())});
                needles.push_back({std::string("image of ") + name, bytesOf(crypto::mulBase(share->exposeS2()).bytes())});
            }
            addScalar(needles, "f of suite 2", now.frost->exposeS2() - before.frost->exposeS2());
        }
        needles.push_back({"K_dev", bytesOf(frost ? line().frost.kDev() : line().phone.disk.kDev)});

        const auto found = findInMemory(line().process.id(), needles);
        QVERIFY2(found.empty(), listed(found).c_str());

        // And it would be seen.
        QVERIFY(*line().process.call(Command::keepCarelessCopies) == Bytes{2});
        const auto careless = findInMemory(line().process.id(), needles);
        for (const std::string name : {frost ? "renewed s2 of the sign key" : "renewed u2 of the sign key", "renewed u2 of the encrypt key"})
            QVERIFY2(isFound(careless, name), name.c_str());
        QVERIFY(isFound(careless, "renewed d2 of the encrypt key", "(second half)")); // freed, and not wiped
        line().keepNext();
        line().wrongVerdicts = 0; // another PIN is counted from nothing
    }

    void cloneAlarm_killedAtItsStep_isRaisedOnceMore_data() { addSteps({step::kClone}); }
    void cloneAlarm_killedAtItsStep_isRaisedOnceMore()
    {
        QFETCH(QByteArray, step);
        activated();
        const PhoneDisk image = line().phone.disk;
        QVERIFY(line().signOnce(Act::rehearseSign, Pin::right));
        line().phone.disk = image; // the thief's copy
        line().arm(step.constData());
        QCOMPARE(line().challenge(Act::rehearseSign).error().code, Errc::unavailable);
        QVERIFY(!line().cloneSeen);
        QCOMPARE(line().challenge(Act::rehearseSign).error().code, Errc::refused);
        QVERIFY(line().cloneSeen);
        line().cloneSeen = false; // this one was none of the false ones
        QCOMPARE(line().view().standing, static_cast<std::uint8_t>(Standing::cloned));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 5 && words[1] == QStringLiteral("--serve"))
        return serve(words[2].toStdString(), words[3].toStdString(), words[4].toLongLong());
    TestCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_crash.moc"
