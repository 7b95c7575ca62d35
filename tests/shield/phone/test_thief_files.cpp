// A thief takes the folder of a phone that was activated by the real flows, with its secure element, and older copies
// of it; and knows every certificate, every past signature, and whatever the server ever sent. The program then tries
// every PIN of a space: HUFU_THIEF_PREFIX and all digits behind it, six in all. Without P1 every PIN passes every
// check there is; with P1 exactly one is left. Argon2 runs with the small parameters stored beside the salt: how slow
// a guess is decides nothing here.
#include "platform/keyring/file_secure_element.h"
#include "platform/store/file_device_store.h"
#include "shield/threshold/blinding.h"
#include "shield/x509/certificate.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;
using crypto::Point;
using crypto::Scalar;
using threshold::KeyType;
using threshold::SharedKey;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = HUFU_THIEF_PREFIX;

std::uint32_t pinsOfTheSpace()
{
    std::uint32_t pins = 1;
    for (std::size_t digits = kPrefix.size(); digits < kPin.size(); ++digits)
        pins *= 10;
    return pins;
}

std::string pinAt(std::uint32_t index)
{
    std::string tail = std::to_string(index);
    tail.insert(0, kPin.size() - kPrefix.size() - tail.size(), '0');
    return std::string(kPrefix) + tail;
}

// The phone's folder: its files, and the secure element that seals them.
struct Folder {
    explicit Folder(const fs::path &path)
        : store(*store::FileDeviceStore::open(path)),
          element(*keyring::FileSecureElement::open(path / keyring::FileSecureElement::kFileName, random,
                                                    keyring::FileSecureElement::IfMissing::make))
    {}
    ports::SystemRandom random;
    std::unique_ptr<store::FileDeviceStore> store;
    std::unique_ptr<keyring::FileSecureElement> element;
};

// What was published or came over the line.
struct PastSignature {
    Bytes tbs;
    ByteArray<64> signature;
    ByteArray<65> q2; // of the CHAL before it
};

// The program of the thief. All it knows comes from folders, certificates and recorded messages.
class Program {
public:
    Program(const std::vector<fs::path> &folders, std::vector<PastSignature> past)
    {
        for (const fs::path &path : folders) {
            m_folders.push_back(std::make_unique<Folder>(path));
            vault::Vault vault(*m_folders.back()->store, *m_folders.back()->element);
            const auto device = vault.device().value();
            const auto certificates = vault.certificates().value();
            const auto stored = vault.shares().value();
            for (const vault::EpochShares &shares : stored) {
                const auto key = [&](KeyType type, const vault::StoredKey &half) {
                    return Key{half.blinded, SharedKey::of(type, half.point, device->acct, shares.epoch).value()};
                };
                m_files.push_back({m_folders.back().get(), shares, key(KeyType::sign, shares.sign),
                                   key(KeyType::encrypt, shares.encrypt)});
            }
            m_p = x509::Certificate::parse(certificates.sign).value().publicKey().sm2().value();
        }
        for (const PastSignature &one : past) {
            const auto r = Scalar::parse(ByteView(one.signature).first(32));
            const auto s = Scalar::parse(ByteView(one.signature).subspan(32));
            const auto nonce = crypto::sm2VerifyVartime(m_p, *crypto::sm2E(m_p, one.tbs), *r, *s);
            m_demanded.push_back(*nonce - *Point::parse(one.q2) + crypto::mulBase(*r)); // R1 + r G = s1 P1
        }
    }

    std::size_t demands() const { return m_demanded.size(); }
    std::size_t files() const { return m_files.size(); }
    Point p1; // of the sign key in the newest file; what it makes of that is kept apart

    struct Found {
        std::uint32_t consistent = 0;   // PINs that pass every check there is
        std::vector<std::string> byP1;  // and those that fit P1 as well
    };
    // On all cores.
    Found search() const
    {
        const unsigned workers = std::max(1U, std::thread::hardware_concurrency());
        std::vector<Found> found(workers);
        std::vector<std::thread> threads;
        for (unsigned worker = 0; worker < workers; ++worker)
            threads.emplace_back([this, worker, workers, &found] {
                for (std::uint32_t index = worker; index < pinsOfTheSpace(); index += workers)
                    look(pinAt(index), found[worker]);
            });
        for (std::thread &thread : threads)
            thread.join();
        Found all;
        for (const Found &part : found) {
            all.consistent += part.consistent;
            all.byP1.insert(all.byP1.end(), part.byP1.begin(), part.byP1.end());
        }
        return all;
    }

private:
    struct Key {
        ByteArray<32> blinded{};
        SharedKey key;
    };
    struct File {
        Folder *folder;
        vault::EpochShares shares;
        Key sign, encrypt;
    };

    void look(const std::string &digits, Found &found) const
    {
        const vault::Pin pin = pinOf(digits);
        bool newest = true, fits = false;
        for (const File &file : m_files) {
            vault::Vault vault(*file.folder->store, *file.folder->element);
            const auto kPin = vault.stretch(pin, file.shares.salt, file.shares.stretch);
            if (!kPin) return;
            for (const Key *key : {&file.sign, &file.encrypt}) {
                // A share must be in its range, and leave a u2 with u1 (u2 G) = B.
                const auto share = threshold::unblind(key->blinded, *kPin, key->key, file.shares.saltEpoch);
                if (!share || share->isEmpty()) return;
                if (key == &file.encrypt) continue; // of the same form: its range is looked at
                const Scalar inverse = share->expose().inverse();
                if (mul(inverse, key->key.base().point()).isInfinity()) return;
                // An s1 that the server would have taken, for each past signature.
                if (newest)
                    for (const Point &demanded : m_demanded)
                        if (mul(inverse, demanded).isInfinity()) return;
                if (newest) fits = crypto::mulBase(share->expose()) == p1;
            }
            newest = false;
        }
        ++found.consistent;
        if (fits) found.byP1.push_back(digits);
    }

    std::vector<std::unique_ptr<Folder>> m_folders;
    std::vector<File> m_files; // the newest first
    Point m_p;
    std::vector<Point> m_demanded;
};

} // namespace

class TestThiefFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thief_withTheFolder_findsEveryPinAsGoodAsTheRightOne()
    {
        QTemporaryDir home;
        QVERIFY(home.isValid());
        const fs::path folder = fs::path(home.path().toStdString()) / "phone";
        const fs::path older = fs::path(home.path().toStdString()) / "older";
        std::vector<PastSignature> past;
        Point p1;
        {
            Folder files(folder);
            PhoneHalf half(*files.store, *files.element);
            half.environment.stretch = {8, 1};
            QVERIFY(half.activate());

            // A change of PIN: a copy of the folder from before it is part of the loot.
            fs::copy(folder, older, fs::copy_options::recursive);
            PinChange change(half.environment);
            half.pump(change, change.start());
            half.pump(change, change.smsCode(half.server.smsCode));
            half.pump(change, change.pin(pinOf(kPin)));
            half.pump(change, change.newPin(pinOf(kOtherPin)));
            QVERIFY(half.pump(change, change.repeatPin(pinOf(kOtherPin))).show == Show::done);
            PinChange back(half.environment);
            half.pump(back, back.start());
            half.pump(back, back.smsCode(half.server.smsCode));
            half.pump(back, back.pin(pinOf(kOtherPin)));
            half.pump(back, back.newPin(pinOf(kPin)));
            QVERIFY(half.pump(back, back.repeatPin(pinOf(kPin))).show == Show::done);

            ByteArray<65> q2{};
            half.server.onAnswer = [&](Bytes &answer) {
                const auto envelope = wire::Envelope::split(answer);
                if (envelope->type != wire::Type::chal) return;
                const auto chal = wire::Chal::parse(envelope->body);
                std::copy_n(chal->points.at(0).begin(), q2.size(), q2.begin());
            };
            for (int i = 0; i < 2; ++i) {
                const auto token = half.server.open(manifestOf(intent::Act::login));
                Approval login(half.environment);
                half.claim(login, token);
                half.pump(login, login.approve());
                QVERIFY(half.pump(login, login.pin(pinOf(kPin))).show == Show::done);
                past.push_back({half.server.sessions.at(token).tbs[0], login.signatures()[0].signature, q2});
            }
            // What only a server that is broken into would tell.
            const auto shares = half.vault.shares()->front();
            const auto key =
                SharedKey::of(KeyType::sign, shares.sign.point, half.vault.device().value()->acct, shares.epoch);
            const auto kPinNow = half.vault.stretch(pinOf(kPin), shares.salt, shares.stretch);
            const auto share = threshold::unblind(shares.sign.blinded, *kPinNow, *key, shares.saltEpoch);
            p1 = crypto::mulBase(share->expose());
        }
        Program program({folder, older}, past);
        QCOMPARE(program.demands(), std::size_t{2});
        QCOMPARE(program.files(), std::size_t{2});
        program.p1 = p1;
        const auto found = program.search();
        QCOMPARE(found.consistent, pinsOfTheSpace());
        QCOMPARE(found.byP1, std::vector<std::string>{std::string(kPin)});
    }
};

QTEST_GUILESS_MAIN(TestThiefFiles)
#include "test_thief_files.moc"
