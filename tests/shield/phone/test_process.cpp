// The phone as a process of its own with its files on disk: killed with SIGKILL at every durable step of a change of PIN, and
// its memory searched once it has signed, decrypted and changed the PIN; with a sign key of either suite. The server is in the test's
// own process.
#include "shield/cosigner/rows.h"
#include "shield/cosigner/sealing.h"
#include "shield/threshold/blinding.h"
#include "shield/threshold/frost_blinding.h"
#include "shield/threshold/frost_cosign_round.h"
#include "shield/threshold/frost_proof.h"
#include "shield/threshold/proof.h"
#include "shield/threshold/transcript.h"
#include "platform/store/file_device_store.h"
#include "tests/shield/phone/phone_process.h"
#include "tests/shield/phone/server_half.h"
#include "tests/support/memory_image.h"
#include "tests/support/secure_element.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <variant>

using namespace hufu;
using namespace hufu::tests;
using crypto::EdScalar;
using crypto::Scalar;
using phone::Show;

Q_DECLARE_METATYPE(hufu::crypto::Suite)

namespace fs = std::filesystem;

namespace {

void addPoint(std::vector<Needle> &needles, const std::string &name, const crypto::EdPoint &point)
{
    needles.push_back({name, bytesOf(point.bytes())});
}
void addPoint(std::vector<Needle> &needles, const std::string &name, const crypto::Point &point)
{
    tests::addPoint(needles, name, *threshold::EncodedPoint::of(point));
}

// What a share u1 of suite 1, or s1 of suite 2, gives away, and what gives it away.
template <typename S> void addShare(std::vector<Needle> &needles, const std::string &which, const S &share, const S &mask)
{
    addScalar(needles, "u1" + which, share);
    addScalar(needles, "d1" + which, share.inverse());
    addScalar(needles, "mask" + which, mask);
    addPoint(needles, "P1" + which, crypto::mulBase(share));
    addScalar(needles, "2 u1" + which, share + share); // of suite 2 what both halves add up to begins with it
    addPoint(needles, "2 P1" + which, crypto::mulBase(share + share));
}

// Both halves: the phone's process, and the server with what the test remembers of the messages.
struct Rig {
    QTemporaryDir directory;
    fs::path folder = fs::path(directory.path().toStdString()) / "phone";
    ManualClock clock;
    ServerHalf server{clock};
    std::string former, fresh;
    Bytes sign;                     // the first item of the last SIGN that came in, of either suite
    std::optional<wire::Dec1> dec1; // the last one too
    struct Proof {
        std::string name;
        bool isOfSuiteTwo;
        Bytes bytes; // c 16 | z 32
    };
    std::vector<Proof> proofs; // of shares, whichever message they came in
    std::map<std::string, Bytes> drawn; // the phone's last draws
    Secret<32> rho1;
    std::unique_ptr<PhoneProcess> phone;

    explicit Rig(crypto::Suite suite)
    {
        server.suite = suite;
        server.onAnswer = [this](Bytes &answer) {
            if (const auto kg2 = wire::decode<wire::Kg2>(answer)) noteBoth("proof of KG2", *kg2, 97);
            if (const auto kg2 = wire::decode<wire::FrostKg2>(answer)) noteBoth("proof of KG2", *kg2, 64);
        };
        // Twelve digits each, so that they are nowhere by chance; drawn, so that they stand in no program.
        former = drawnDigits();
        fresh = drawnDigits();
        open();
    }
    void open()
    {
        phone = std::make_unique<PhoneProcess>(
            folder, PhoneProcess::Server{[this] { return server.connect(); }, [this](ByteView message) { return receive(message); },
                                         [this](bool isFresh) { return isFresh ? fresh : former; },
                                         [this](const std::string &label, ByteView draw) { drawn[label] = bytesOf(draw); }});
    }

    std::string drawnDigits()
    {
        std::string digits;
        do {
            digits.clear();
            for (const std::uint8_t byte : server.random.bytes<12>("digits"))
                digits.push_back(static_cast<char>('0' + byte % 10));
        } while (vault::weaknessOf(pinOf(digits), {"19900102", "13800138000"}));
        return digits;
    }
    static vault::Pin pinOf(std::string_view digits)
    {
        vault::Pin pin;
        for (const char c : digits)
            if (!pin.press(c - '0')) break;
        return pin;
    }

    bool isOfSuiteTwo() const { return server.suite == crypto::Suite::frost; }

    // What the phone's files yield with a PIN. Only the test can do that: it knows the PIN.
    struct Opened {
        Secret<32> kPin;
        std::variant<Scalar, EdScalar> sign; // by its suite
        Scalar encrypt;
        std::vector<Needle> needles; // of the shares
        vault::EpochShares file;
    };
    Opened opened(const std::string &digits) const
    {
        auto files = store::FileDeviceStore::open(folder);
        MemoryElement element;
        vault::Vault vault(**files, element);
        Opened out;
        out.file = vault.shares()->front();
        const vault::EpochShares &file = out.file;
        out.kPin = std::move(*vault.stretch(pinOf(digits), file.salt, file.stretch));
        const std::string epoch = " of epoch " + std::to_string(file.epoch);
        const auto open = [&](threshold::KeyType type, const vault::StoredKey &stored, const std::string &name) {
            const auto key = threshold::SharedKey::of(type, stored.point, server.acct, file.epoch);
            const Scalar share = threshold::unblind(stored.blinded, out.kPin, *key, file.saltEpoch)->expose();
            addShare(out.needles, name + epoch, share, share - *Scalar::parseOrZero(stored.blinded));
            return share;
        };
        out.encrypt = open(threshold::KeyType::encrypt, file.encrypt, " of the encrypt key");
        if (!isOfSuiteTwo()) {
            out.sign = open(threshold::KeyType::sign, file.sign, " of the sign key");
            return out;
        }
        const auto key = threshold::frost::SharedKey::of(file.sign.point.bytes(), server.acct, file.epoch);
        const EdScalar share = threshold::frost::unblind(file.sign.blinded, out.kPin, *key, file.saltEpoch)->expose();
        addShare(out.needles, " of the sign key" + epoch, share, share - *EdScalar::parseOrZero(file.sign.blinded));
        out.sign = share;
        return out;
    }
    // u2 of the encrypt key, and the public shares of both keys, which test PINs.
    struct Opposite {
        Scalar encrypt;
        std::vector<Needle> needles;
    };
    Opposite opposite()
    {
        const cosigner::Ports ports{server.ledger, server.masterKey, server.epochKeys, server.random, clock};
        const auto device = cosigner::DeviceRow::parse(**server.ledger.read(ports::Table::device, server.acct));
        const std::string epoch = " of epoch " + std::to_string(device->epoch);
        Opposite out;
        const auto open = [&](const ByteArray<32> &keyId, const std::string &name) {
            const auto row = cosigner::KeyRow::parse(**server.ledger.read(ports::Table::deviceKey, keyId));
            if (row->point.suite() == crypto::Suite::frost) {
                const auto key = threshold::frost::SharedKey::of(row->point.bytes(), server.acct, device->epoch);
                const auto s2 = cosigner::openShare(ports, row->sealedShare, *key, device->mark)->exposeS2();
                addPoint(out.needles, "s2 Bp" + name + epoch, crypto::mulBase(s2));
                addPoint(out.needles, "X2" + name + epoch, crypto::mulBase(-s2)); // as KG2 has it
                return;
            }
            const auto key = threshold::SharedKey::of(row->type, row->point.bytes(), server.acct, device->epoch);
            const Scalar u2 = cosigner::openShare(ports, row->sealedShare, *key, device->mark)->exposeU2();
            addPoint(out.needles, "P2" + name + epoch, crypto::mulBase(u2));
            if (row->type == threshold::KeyType::encrypt) out.encrypt = u2;
        };
        open(device->signKeyId, " of the sign key");
        open(device->encryptKeyId, " of the encrypt key");
        return out;
    }
    std::size_t files() const
    {
        auto store = store::FileDeviceStore::open(folder);
        MemoryElement element;
        return vault::Vault(**store, element).shares()->size();
    }

    cosigner::DeviceView device() const { return *server.cosigner->device(server.acct); }

private:
    void note(const std::string &name, bool ofSuiteTwo, ByteView proof) { proofs.push_back({name, ofSuiteTwo, bytesOf(proof)}); }
    // In: from, where the proof stands in the part of the sign key.
    template <typename Kg> void noteBoth(const std::string &name, const Kg &message, std::size_t from)
    {
        note(name, from == 64, ByteView(message.sign).subspan(from, 48));
        note(name, false, ByteView(message.encrypt).subspan(97, 48));
    }
    template <typename Ref> void noteAll(const std::string &name, const Ref &message)
    {
        for (std::size_t i = 0; i < message.proofs.size(); ++i)
            note(name, isOfSuiteTwo() && i == 0, message.proofs[i].proof);
    }
    std::optional<Bytes> receive(ByteView message)
    {
        if (const auto seen = wire::decode<wire::Sign>(message)) sign = bytesOf(seen->items[0].share);
        if (const auto seen = wire::decode<wire::FrostSign>(message)) sign = bytesOf(seen->items[0].share);
        if (const auto seen = wire::decode<wire::Kg3>(message)) noteBoth("proof of KG3", *seen, 97);
        if (const auto seen = wire::decode<wire::FrostKg3>(message)) noteBoth("proof of KG3", *seen, 64);
        if (auto seen = wire::decode<wire::Dec1>(message)) {
            for (const auto &item : seen->items)
                note("proof of DEC1", false, ByteView(item.ask).subspan(65));
            dec1 = std::move(*seen);
        }
        if (auto seen = wire::decode<wire::Ref1>(message)) {
            noteAll("proof of REF1", *seen);
            rho1 = Secret<32>::adopt(seen->rho1);
        }
        if (const auto seen = wire::decode<wire::Ref3>(message)) noteAll("proof of REF3", *seen);
        auto answers = server.receive(message);
        if (!answers) return std::nullopt;
        return answers->front();
    }
};

} // namespace

class TestProcess : public QObject {
    Q_OBJECT
private:
    static void addSuites()
    {
        QTest::addColumn<crypto::Suite>("suite");
        QTest::newRow("suite 1") << crypto::Suite::sm2;
        QTest::newRow("suite 2") << crypto::Suite::frost;
    }

    // What SIGN holds, and the nonces behind it.
    static void addSign(Rig &rig, const Rig::Opened &opened, std::vector<Needle> &needles)
    {
        const ByteView share(rig.sign);
        if (const auto *s1 = std::get_if<EdScalar>(&opened.sign)) { // D1 32 | E1 32 | z1 32
            addScalar(needles, "z1", *EdScalar::parse(share.subspan(64)));
            needles.push_back({"D1", bytesOf(share.first(32))});
            needles.push_back({"E1", bytesOf(share.subspan(32, 32))});
            std::size_t place = 0;
            for (const auto &[label, drawn] : {std::pair("d1", "d"), std::pair("e1", "e")}) {
                RecordedRandom draw;
                draw.expect(label, rig.drawn.at(drawn));
                const EdScalar nonce = threshold::frost::cosign::nonceOf(label, *s1, draw);
                addScalar(needles, std::string("nonce ") + label, nonce);
                QCOMPARE(bytesOf(crypto::mulBase(nonce).bytes()), bytesOf(share.subspan(32 * place++, 32)));
            }
            return;
        }
        const Scalar s1 = *Scalar::parse(share.subspan(97)); // R1 65 | rnd 32 | s1 32
        addScalar(needles, "s1", s1);
        needles.push_back({"R1 | rnd", bytesOf(share.first(97))});
        // k1 = u1 s1 - r, from what the server answered.
        for (const auto &[token, session] : rig.server.sessions)
            if (!session.signatures.empty())
                addScalar(needles, "k1",
                          std::get<Scalar>(opened.sign) * s1 - *Scalar::parse(ByteView(session.signatures[0]).first(32)));
        QCOMPARE(needles.back().name, std::string("k1 (limbs)"));
    }

    // a = z - c u1, which with c | z gives u1: for each share that the proof may be of.
    static void addNonces(const Rig::Proof &proof, const Rig::Opened &opened, std::vector<Needle> &needles)
    {
        const std::string name = "nonce of " + proof.name;
        if (proof.isOfSuiteTwo) {
            const auto parsed = threshold::frost::Proof::parse(proof.bytes);
            WipedArray<64> wide;
            std::ranges::copy(parsed->c, wide.begin());
            const EdScalar &s1 = std::get<EdScalar>(opened.sign);
            for (const EdScalar &share : {s1, s1 + s1}) // KG3's is of 2 s1
                addScalar(needles, name, parsed->z - EdScalar::reduceWide(wide) * share);
            return;
        }
        const auto parsed = threshold::Proof::parse(proof.bytes);
        WipedArray<32> wide;
        std::ranges::copy(parsed->c, wide.begin() + 16);
        const Scalar c = Scalar::reduce(wide);
        addScalar(needles, name, parsed->z - c * opened.encrypt);
        if (const auto *u1 = std::get_if<Scalar>(&opened.sign)) addScalar(needles, name, parsed->z - c * *u1);
    }

private Q_SLOTS:
    void pinChange_killedAtEveryDurableStep_leavesOneFileThatWorks_data() { addSuites(); }
    void pinChange_killedAtEveryDurableStep_leavesOneFileThatWorks()
    {
        QFETCH(const crypto::Suite, suite);
        Rig rig(suite);
        QVERIFY(rig.phone->fulfil(Wish::activate) == Show::done);
        rig.phone->stop();
        const auto rows = rig.server.ledger.rows;
        rig.server.epochKeys.keepsAll = true; // rows of before the refresh come back
        const fs::path before = rig.folder.parent_path() / "before";
        fs::copy(rig.folder, before, fs::copy_options::recursive);

        int deaths = 0, inTheNewEpoch = 0;
        for (const bool after : {false, true}) {
            for (std::uint16_t step = 0;; ++step) {
                fs::remove_all(rig.folder);
                fs::copy(before, rig.folder, fs::copy_options::recursive);
                rig.server.ledger.rows = rows;
                rig.server.sessions.clear();
                rig.server.restart();
                const auto end = rig.phone->fulfil(Wish::changePin, step, after);
                const auto place = std::to_string(step) + (after ? " after" : " before");
                if (end) { // there are no more steps
                    QVERIFY2(*end == Show::done, place.c_str());
                    QVERIFY(step > 3);
                    rig.phone->stop();
                    break;
                }
                ++deaths;
                QVERIFY2(rig.files() >= 1, place.c_str());
                // The process comes back, a person types what the page asks for, and the device signs and decrypts.
                QVERIFY2(rig.device().lock.total == 0, place.c_str());
                const bool known = rig.device().epoch == 1;
                const std::string former = rig.former;
                if (known && rig.files() == 1) rig.former = rig.fresh; // the change is through
                QVERIFY2(rig.phone->fulfil(Wish::sign) == Show::done, place.c_str());
                QVERIFY2(rig.files() == 1, place.c_str());
                if (rig.device().epoch == 1) {
                    ++inTheNewEpoch;
                    rig.former = rig.fresh;
                }
                QVERIFY2(rig.phone->fulfil(Wish::decrypt) == Show::done, place.c_str());
                QVERIFY2(!rig.device().refreshPending, place.c_str());
                QVERIFY2(rig.opened(rig.former).file.epoch == rig.device().epoch, place.c_str());
                QVERIFY2(rig.device().lock.standing == cosigner::Standing::active, place.c_str());
                QVERIFY2(rig.device().lock.total == 0, place.c_str());
                rig.former = former;
                rig.phone->stop();
            }
        }
        QVERIFY(deaths > 8 && inTheNewEpoch > 0 && inTheNewEpoch < deaths);
    }

    void memory_afterSignDecryptAndPinChange_holdsNoSecret_data() { addSuites(); }
    void memory_afterSignDecryptAndPinChange_holdsNoSecret()
    {
        if (!kMemoryIsAsShipped) QSKIP("not the code that ships");
        QFETCH(const crypto::Suite, suite);
        Rig rig(suite);
        QVERIFY(rig.phone->fulfil(Wish::activate) == Show::done);
        const auto before = rig.opened(rig.former);
        const auto itsShares = rig.opposite();
        std::vector<Needle> needles;
        rig.server.sessions.clear();
        QVERIFY(rig.phone->fulfil(Wish::sign) == Show::done);
        addSign(rig, before, needles);
        QVERIFY(!QTest::currentTestFailed());
        rig.server.sessions.clear();
        QVERIFY(rig.phone->fulfil(Wish::decrypt) == Show::done);
        // What opens the ciphertext, and what the cosigner answered.
        const Scalar w = threshold::hashToNonzero("D-w", {rig.drawn.at("w")});
        const Scalar v = w.inverse() * before.encrypt;
        const auto t1 = threshold::EncodedPoint::parse(ByteView(rig.dec1->items[0].ask).first(65));
        const auto t2 = threshold::EncodedPoint::of(crypto::mul(itsShares.encrypt, t1->point()));
        const crypto::Point c1 = crypto::mul(w.inverse(), t1->point());
        addScalar(needles, "w", w);
        addScalar(needles, "v", v);
        addPoint(needles, "T2", t2->point());
        addPoint(needles, "S", crypto::mul(v, t2->point()) - c1);
        QVERIFY(rig.phone->fulfil(Wish::changePin) == Show::done);
        const auto now = rig.opened(rig.fresh);
        const auto itsNewShares = rig.opposite();
        QCOMPARE(now.file.epoch, 1U);

        for (const auto *part : {&before.needles, &now.needles, &itsShares.needles, &itsNewShares.needles})
            needles.insert(needles.end(), part->begin(), part->end());
        needles.push_back({"K_pin of epoch 0", bytesOf(before.kPin.expose())});
        needles.push_back({"K_pin of epoch 1", bytesOf(now.kPin.expose())});
        addScalar(needles, "f", now.encrypt * before.encrypt.inverse());
        if (const auto *s1 = std::get_if<EdScalar>(&before.sign)) { // s1' = s1 + f / 2
            const EdScalar half = std::get<EdScalar>(now.sign) - *s1;
            addScalar(needles, "half f of suite 2", half);
            addScalar(needles, "f of suite 2", half + half);
        }
        needles.push_back({"rho1", bytesOf(rig.rho1.expose())});
        for (const auto &[name, digits] : {std::pair("PIN", rig.former), std::pair("new PIN", rig.fresh)}) {
            needles.push_back({name, bytesOf(viewOf(digits))});
            MemoryElement element;
            const auto password = element.deviceMac(viewOf(digits));
            needles.push_back({std::string("what stretches the ") + name, bytesOf(password->expose())});
        }
        for (const std::string name : {"proof of KG2", "proof of KG3", "proof of REF1", "proof of REF3"})
            QVERIFY2(std::ranges::count(rig.proofs, name, &Rig::Proof::name) >= 2, name.c_str());
        QVERIFY(std::ranges::count(rig.proofs, std::string("proof of DEC1"), &Rig::Proof::name) >= 2);
        for (const Rig::Proof &proof : rig.proofs) {
            needles.push_back({proof.name, proof.bytes});
            for (const auto *opened : {&before, &now})
                addNonces(proof, *opened, needles);
        }

        const auto found = findInMemory(rig.phone->id(), needles);
        QVERIFY2(found.empty(), listed(found).c_str());

        // And it would be seen.
        QVERIFY(rig.phone->fulfil(Wish::keepCarelessCopies) == Show::done);
        const auto careless = findInMemory(rig.phone->id(), needles);
        for (const std::string name : {"u1 of the sign key of epoch 1", "K_pin of epoch 1", "new PIN"})
            QVERIFY2(isFound(careless, name), name.c_str());
        QVERIFY(isFound(careless, "d1 of the sign key of epoch 1", "(second half)")); // freed, and not wiped
    }
};

int main(int argc, char **argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--phone") return servePhone(3, argv[2]);
    QCoreApplication app(argc, argv);
    TestProcess test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_process.moc"
