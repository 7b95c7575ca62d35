// The phone as a process of its own with its files on disk: killed with SIGKILL at every durable step of a change of PIN, and
// its memory searched once it has signed, decrypted and changed the PIN. The server is in the test's own process.
#include "shield/cosigner/rows.h"
#include "shield/cosigner/sealing.h"
#include "shield/threshold/blinding.h"
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
    Secret<32> rho1;
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
                                         [this](bool isFresh) { return isFresh ? fresh : former; }});
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
        if (auto seen = wire::decode<wire::Sign>(message)) sign = std::move(*seen);
        if (auto seen = wire::decode<wire::Ref1>(message)) rho1 = Secret<32>::adopt(seen->rho1);
        auto answers = server.receive(message);
        if (!answers) return std::nullopt;
        return answers->front();
    }
};

void add(std::vector<Needle> &needles, const std::string &name, const Scalar &scalar)
{
    needles.push_back({name, bytesOf(scalar.bytes())});
    needles.push_back({name + " (limbs)", imageOf(scalar)});
}

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
        std::vector<Needle> needles;
        // k1 = u1 s1 - r, from what the server got and answered.
        const auto addNonce = [&](const std::string &name) {
            const Scalar s1 = *Scalar::parse(ByteView(rig.sign->items[0].share).subspan(97));
            for (const auto &[token, session] : rig.server.sessions)
                if (!session.signatures.empty())
                    add(needles, name, before.shares[0] * s1 - *Scalar::parse(ByteView(session.signatures[0]).first(32)));
        };
        rig.server.sessions.clear();
        QVERIFY(rig.phone->fulfil(Wish::sign) == Show::done);
        addNonce("k1");
        QVERIFY(!needles.empty());
        QVERIFY(rig.phone->fulfil(Wish::decrypt) == Show::done);
        QVERIFY(rig.phone->fulfil(Wish::changePin) == Show::done);
        const auto now = rig.opened(rig.fresh);
        QCOMPARE(now.file.epoch, 1U);

        for (const Rig::Opened *opened : {&before, &now}) {
            const std::string epoch = " of epoch " + std::to_string(opened->file.epoch);
            for (std::size_t i = 0; i < 2; ++i) {
                const std::string key = (i == 0 ? " of the sign key" : " of the encrypt key") + epoch;
                add(needles, "u1" + key, opened->shares[i]);
                add(needles, "d1" + key, opened->shares[i].inverse());
                add(needles, "mask" + key, opened->masks[i]);
            }
            needles.push_back({"K_pin" + epoch, bytesOf(opened->kPin.expose())});
        }
        add(needles, "f", now.shares[0] * before.shares[0].inverse());
        needles.push_back({"rho1", bytesOf(rig.rho1.expose())});
        needles.push_back({"PIN", bytesOf(viewOf(rig.former))});
        needles.push_back({"new PIN", bytesOf(viewOf(rig.fresh))});

        const auto found = findInMemory(rig.phone->id(), needles);
        QVERIFY2(found.empty(), listed(found).c_str());

        // And it would be seen.
        QVERIFY(rig.phone->fulfil(Wish::keepCarelessCopies) == Show::done);
        const auto careless = findInMemory(rig.phone->id(), needles);
        for (const std::string name : {"u1 of the sign key of epoch 1 in", "K_pin of epoch 1 in", "new PIN in"})
            QVERIFY2(std::any_of(careless.begin(), careless.end(),
                                 [&](const std::string &place) { return place.starts_with(name); }),
                     name.c_str());
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
