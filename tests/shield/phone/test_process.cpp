// The phone as a process of its own with its files on disk: killed with SIGKILL at every durable step of a change of PIN, and
// its memory searched once it has signed, decrypted and changed the PIN. The server is in the test's own process.
#include "shield/cosigner/rows.h"
#include "shield/cosigner/sealing.h"
#include "shield/threshold/blinding.h"
#include "shield/threshold/transcript.h"
#include "platform/store/file_device_store.h"
#include "tests/shield/phone/phone_process.h"
#include "tests/shield/phone/server_half.h"
#include "tests/support/memory_image.h"
#include "tests/support/secure_element.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using crypto::Scalar;
using phone::Show;

namespace fs = std::filesystem;

namespace {

// Both halves: the phone's process, and the server with what the test remembers of the messages.
struct Rig {
    QTemporaryDir directory;
    fs::path folder = fs::path(directory.path().toStdString()) / "phone";
    ManualClock clock;
    ServerHalf server{clock};
    std::string former, fresh;
    std::optional<wire::Sign> sign; // the last one that came in
    std::optional<wire::Dec1> dec1; // this too
    std::vector<Needle> proofs;     // of the PIN, whichever message they came in
    Secret<32> rho1;
    Scalar w; // of the last decryption
    std::unique_ptr<PhoneProcess> phone;

    Rig()
    {
        // Twelve digits each, so that they are nowhere by chance; drawn, so that they stand in no program.
        former = drawn();
        fresh = drawn();
        open();
    }
    void open()
    {
        phone = std::make_unique<PhoneProcess>(
            folder, PhoneProcess::Server{[this] { return server.connect(); }, [this](ByteView message) { return receive(message); },
                                         [this](bool isFresh) { return isFresh ? fresh : former; },
                                         [this](ByteView draw) { w = threshold::hashToNonzero("D-w", {draw}); }});
    }

    std::string drawn()
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

    // What the phone's files yield with a PIN. Only the test can do that: it knows the PIN.
    struct Opened {
        Secret<32> kPin;
        std::vector<Scalar> shares, masks; // sign, encrypt
        vault::EpochShares file;
    };
    Opened opened(const std::string &digits) const
    {
        auto files = store::FileDeviceStore::open(folder);
        MemoryElement element;
        vault::Vault vault(**files, element);
        Opened out;
        out.file = vault.shares()->front();
        out.kPin = std::move(*vault.stretch(pinOf(digits), out.file.salt, out.file.stretch));
        for (const auto type : {threshold::KeyType::sign, threshold::KeyType::encrypt}) {
            const vault::StoredKey &stored = type == threshold::KeyType::sign ? out.file.sign : out.file.encrypt;
            const auto key = threshold::SharedKey::of(type, stored.point, server.acct, out.file.epoch);
            const auto share = threshold::unblind(stored.blinded, out.kPin, *key, out.file.saltEpoch);
            out.shares.push_back(share->expose());
            out.masks.push_back(share->expose() - *Scalar::parseOrZero(stored.blinded));
        }
        return out;
    }
    // u2 of the sign and of the encrypt key.
    std::vector<Scalar> serverShares()
    {
        const cosigner::Ports ports{server.ledger, server.masterKey, server.epochKeys, server.random, clock};
        const auto device = cosigner::DeviceRow::parse(**server.ledger.read(ports::Table::device, server.acct));
        std::vector<Scalar> out;
        for (const auto &keyId : {device->signKeyId, device->encryptKeyId}) {
            const auto row = cosigner::KeyRow::parse(**server.ledger.read(ports::Table::deviceKey, keyId));
            const auto key = threshold::SharedKey::of(row->type, row->point.bytes(), server.acct, device->epoch);
            out.push_back(cosigner::openShare(ports, row->sealedShare, *key, device->mark)->exposeU2());
        }
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
    std::optional<Bytes> receive(ByteView message)
    {
        const auto note = [this](const char *name, ByteView proof) { proofs.push_back({name, bytesOf(proof)}); };
        if (auto seen = wire::decode<wire::Sign>(message)) sign = std::move(*seen);
        if (auto seen = wire::decode<wire::Dec1>(message)) {
            for (const auto &item : seen->items)
                note("proof of DEC1", ByteView(item.ask).subspan(65));
            dec1 = std::move(*seen);
        }
        if (auto seen = wire::decode<wire::Ref1>(message)) {
            for (const auto &proof : seen->proofs)
                note("proof of REF1", proof.proof);
            rho1 = Secret<32>::adopt(seen->rho1);
        }
        if (auto seen = wire::decode<wire::Ref3>(message))
            for (const auto &proof : seen->proofs)
                note("proof of REF3", proof.proof);
        auto answers = server.receive(message);
        if (!answers) return std::nullopt;
        return answers->front();
    }
};

} // namespace

class TestProcess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pinChange_killedAtEveryDurableStep_leavesOneFileThatWorks()
    {
        Rig rig;
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

    void memory_afterSignDecryptAndPinChange_holdsNoSecret()
    {
        Rig rig;
        QVERIFY(rig.phone->fulfil(Wish::activate) == Show::done);
        const auto before = rig.opened(rig.former);
        const auto itsShares = rig.serverShares();
        std::vector<Needle> needles;
        // k1 = u1 s1 - r, from what the server got and answered.
        const auto addShare = [&] {
            const ByteView share(rig.sign->items[0].share);
            const Scalar s1 = *Scalar::parse(share.subspan(97));
            addScalar(needles, "s1", s1);
            needles.push_back({"R1 | rnd", bytesOf(share.first(97))});
            for (const auto &[token, session] : rig.server.sessions)
                if (!session.signatures.empty())
                    addScalar(needles, "k1",
                              before.shares[0] * s1 - *Scalar::parse(ByteView(session.signatures[0]).first(32)));
        };
        rig.server.sessions.clear();
        QVERIFY(rig.phone->fulfil(Wish::sign) == Show::done);
        addShare();
        QCOMPARE(needles.back().name, std::string("k1 (limbs)"));
        rig.server.sessions.clear();
        QVERIFY(rig.phone->fulfil(Wish::decrypt) == Show::done);
        // What opens the ciphertext, and what the cosigner answered.
        const Scalar v = rig.w.inverse() * before.shares[1];
        const auto t1 = threshold::EncodedPoint::parse(ByteView(rig.dec1->items[0].ask).first(65));
        const auto t2 = threshold::EncodedPoint::of(crypto::mul(itsShares[1], t1->point()));
        const crypto::Point c1 = crypto::mul(rig.w.inverse(), t1->point());
        addScalar(needles, "w", rig.w);
        addScalar(needles, "v", v);
        addPoint(needles, "T2", *t2);
        addPoint(needles, "S", *threshold::EncodedPoint::of(crypto::mul(v, t2->point()) - c1));
        QVERIFY(rig.phone->fulfil(Wish::changePin) == Show::done);
        const auto now = rig.opened(rig.fresh);
        const auto itsNewShares = rig.serverShares();
        QCOMPARE(now.file.epoch, 1U);

        for (const auto &[opened, u2] : {std::pair(&before, &itsShares), std::pair(&now, &itsNewShares)}) {
            const std::string epoch = " of epoch " + std::to_string(opened->file.epoch);
            for (std::size_t i = 0; i < 2; ++i) {
                const std::string key = (i == 0 ? " of the sign key" : " of the encrypt key") + epoch;
                addScalar(needles, "u1" + key, opened->shares[i]);
                addScalar(needles, "d1" + key, opened->shares[i].inverse());
                addScalar(needles, "mask" + key, opened->masks[i]);
                addPoint(needles, "P1" + key, *threshold::EncodedPoint::of(crypto::mulBase(opened->shares[i])));
                addPoint(needles, "P2" + key, *threshold::EncodedPoint::of(crypto::mulBase((*u2)[i])));
            }
            needles.push_back({"K_pin" + epoch, bytesOf(opened->kPin.expose())});
        }
        addScalar(needles, "f", now.shares[0] * before.shares[0].inverse());
        needles.push_back({"rho1", bytesOf(rig.rho1.expose())});
        for (const auto &[name, digits] : {std::pair("PIN", rig.former), std::pair("new PIN", rig.fresh)}) {
            needles.push_back({name, bytesOf(viewOf(digits))});
            MemoryElement element;
            const auto password = element.deviceMac(viewOf(digits));
            needles.push_back({std::string("what stretches the ") + name, bytesOf(password->expose())});
        }
        for (const std::string name : {"proof of DEC1", "proof of REF1", "proof of REF3"})
            QVERIFY2(std::ranges::count(rig.proofs, name, &Needle::name) >= 2, name.c_str());
        needles.insert(needles.end(), rig.proofs.begin(), rig.proofs.end());

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
