// A thief takes the folder of a phone that was activated by the real flows, with its secure element, and older copies
// of it; and knows every certificate, every past signature, and whatever the server ever sent. The program then tries
// every PIN of a space: HUFU_THIEF_PREFIX and all digits behind it, six in all. No PIN leaves a trace in what was taken. With one
// value that the phone must not store, the same search names the PIN. Argon2 runs with the small parameters stored beside the salt:
// how slow a guess is decides nothing here. The sign key is of the suite HUFU_THIEF_SUITE.
#include "platform/keyring/file_secure_element.h"
#include "platform/store/file_device_store.h"
#include "shield/threshold/blinding.h"
#include "shield/threshold/frost_blinding.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"
#include "tests/shield/threshold/thief.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <thread>

using namespace hufu;
using namespace hufu::phone;
using namespace hufu::tests;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = HUFU_THIEF_PREFIX;
constexpr bool kFrost = HUFU_THIEF_SUITE == 2;

std::vector<std::string> pinsOfTheSpace(std::string_view prefix)
{
    std::vector<std::string> pins{std::string(prefix)};
    while (pins.front().size() < kPin.size()) {
        std::vector<std::string> longer;
        for (const std::string &pin : pins)
            for (char digit = '0'; digit <= '9'; ++digit)
                longer.push_back(pin + digit);
        pins = std::move(longer);
    }
    return pins;
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

// What was published, and the CHAL before it.
struct PastSignature {
    Bytes tbs;
    ByteArray<64> signature;
    Bytes point; // Q2; D2 | E2 under suite 2
};

// All that was taken.
struct Loot {
    std::vector<fs::path> folders;    // the newest first
    std::vector<PastSignature> past;  // of the newest epoch
    std::vector<Bytes> answers;       // of the server
    std::vector<ByteArray<16>> sids;
};

// The program of the thief, over real files.
class Program {
public:
    explicit Program(const Loot &loot)
    {
        thief.suiteTwo = kFrost;
        for (const fs::path &path : loot.folders) {
            m_folders.push_back(std::make_unique<Folder>(path));
            Folder &folder = *m_folders.back();
            takeFiles(folder, path);
            vault::Vault vault(*folder.store, *folder.element);
            const auto device = vault.device().value();
            const auto stored = vault.shares().value();
            for (const vault::EpochShares &shares : stored) {
                const auto key = [&](threshold::KeyType type, const vault::StoredKey &half) {
                    return SharedKey::of(type, half.point.bytes(), device->acct, shares.epoch).value();
                };
                File file{&folder, shares, {}, {}, key(KeyType::encrypt, shares.encrypt)};
                if (kFrost)
                    file.frostSign = threshold::frost::SharedKey::of(shares.sign.point.bytes(), device->acct, shares.epoch).value();
                else
                    file.sign = key(KeyType::sign, shares.sign);
                m_files.push_back(std::move(file));
            }
        }
        for (const PastSignature &one : loot.past) {
            const File &newest = m_files.front();
            if (kFrost)
                thief.published(*newest.frostSign, one.tbs, one.signature, *fixedBytes<64>(one.point));
            else
                thief.published(*newest.sign, one.tbs, one.signature, *fixedBytes<65>(one.point));
        }
        for (const Bytes &answer : loot.answers)
            thief.take(answer);
        for (const auto &sid : loot.sids)
            thief.heard(sid);
    }

    Thief thief;
    std::size_t files() const { return m_files.size(); }
    std::size_t opened() const { return m_opened; }

    // The PINs that leave a trace. On all cores.
    std::vector<std::string> search(std::string_view prefix) const
    {
        const std::vector<std::string> pins = pinsOfTheSpace(prefix);
        const std::size_t workers = std::max(1U, std::thread::hardware_concurrency());
        std::vector<std::vector<std::string>> found(workers);
        std::vector<std::thread> threads;
        for (std::size_t worker = 0; worker < workers; ++worker)
            threads.emplace_back([&, worker] {
                for (std::size_t index = worker; index < pins.size(); index += workers)
                    if (!thief.traces(guessOf(pins[index])).empty()) found[worker].push_back(pins[index]);
            });
        for (std::thread &thread : threads)
            thread.join();
        std::vector<std::string> all;
        for (const auto &part : found)
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }

    Guess guessOf(const std::string &digits) const
    {
        Guess guess;
        const vault::Pin pin = pinOf(digits);
        for (const File &file : m_files) {
            vault::Vault vault(*file.folder->store, *file.folder->element);
            const auto kPin = vault.stretch(pin, file.shares.salt, file.shares.stretch).value();
            // The digits, what the secure element makes of them, and what Argon2 makes of that.
            const auto mac = file.folder->element->deviceMac(viewOf(digits)).value();
            guess.words.insert(guess.words.end(), {textBytes(digits), bytesOf(mac.expose()), bytesOf(kPin.expose())});
            guess.salts.insert(guess.salts.end(), {bytesOf(file.shares.salt), bytesOf(file.shares.saltEpoch)});
            const auto open = [&](const SharedKey &key, const vault::StoredKey &half) {
                const auto share = threshold::unblind(half.blinded, kPin, key, file.shares.saltEpoch);
                if (!share || share->isEmpty()) qFatal("a PIN that yields no share stands out");
                guess.halves.push_back({&key, share->expose()});
            };
            if (file.sign) open(*file.sign, file.shares.sign);
            open(file.encrypt, file.shares.encrypt);
            if (!file.frostSign) continue;
            const auto share = threshold::frost::unblind(file.shares.sign.blinded, kPin, *file.frostSign, file.shares.saltEpoch);
            if (!share || share->isEmpty()) qFatal("a PIN that yields no share stands out");
            guess.frostHalves.push_back({&*file.frostSign, share->expose()});
        }
        return guess;
    }

private:
    struct File {
        Folder *folder;
        vault::EpochShares shares;
        std::optional<SharedKey> sign; // by its suite
        std::optional<threshold::frost::SharedKey> frostSign;
        SharedKey encrypt;
    };

    // Every file as it lies there, and what the secure element opens.
    void takeFiles(Folder &folder, const fs::path &path)
    {
        for (const auto &entry : fs::directory_iterator(path)) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string raw{std::istreambuf_iterator<char>(in), {}};
            thief.take(viewOf(raw));
        }
        const auto names = folder.store->list().value();
        for (const std::string &name : names) {
            const auto sealed = folder.store->read(name).value();
            const auto plain = folder.element->open(sealed, concat({viewOf("hufu-vault-1|"), viewOf(name)}));
            if (!plain) continue;
            thief.take(plain->expose());
            ++m_opened;
        }
    }

    std::vector<std::unique_ptr<Folder>> m_folders;
    std::vector<File> m_files; // the newest first
    std::size_t m_opened = 0;
};

} // namespace

class TestThiefFiles : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_home;
    Loot m_loot;
    // Not part of the loot: KG2, an item of SIGN, and one of DEC1, as they were sent.
    Bytes m_kg2, m_sign, m_ask;

    static std::string describe(const Program &program, const std::string &pin)
    {
        std::string text = pin + ":";
        for (const std::string &trace : program.thief.traces(program.guessOf(pin)))
            text += " " + trace;
        return text;
    }
    static bool changePin(PhoneHalf &half, std::string_view from, std::string_view to)
    {
        PinChange change(half.environment);
        half.pump(change, change.start());
        half.pump(change, change.smsCode(half.server.smsCode));
        half.pump(change, change.pin(pinOf(from)));
        half.pump(change, change.newPin(pinOf(to)));
        return half.pump(change, change.repeatPin(pinOf(to))).show == Show::done;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_home.isValid());
        const fs::path home = m_home.path().toStdString();
        const fs::path folder = home / "phone", older = home / "older";
        Folder files(folder);
        PhoneHalf half(*files.store, *files.element);
        half.environment.stretch = {8, 1};
        if (kFrost) half.server.suite = crypto::Suite::frost;
        // KG2 has P2, which tests PINs: TLS carries it, and it is no part of the loot.
        half.server.onAnswer = [&](Bytes &answer) {
            if (wire::decode<wire::Kg2>(answer) || wire::decode<wire::FrostKg2>(answer))
                m_kg2 = answer;
            else
                m_loot.answers.push_back(answer);
        };
        QVERIFY(half.activate());

        // A change of PIN and back: a copy of the folder from before it is part of the loot.
        fs::copy(folder, older, fs::copy_options::recursive);
        QVERIFY(changePin(half, kPin, kOtherPin));
        QVERIFY(changePin(half, kOtherPin, kPin));

        half.server.onMessage = [&](wire::Type, ByteView message) {
            if (const auto sign = wire::decode<wire::Sign>(message)) m_sign = bytesOf(sign->items.at(0).share);
            if (const auto sign = wire::decode<wire::FrostSign>(message)) m_sign = bytesOf(sign->items.at(0).share);
            if (const auto dec1 = wire::decode<wire::Dec1>(message)) m_ask = bytesOf(dec1->items.at(0).ask);
        };
        Bytes point;
        half.server.onAnswer = [&](Bytes &answer) {
            m_loot.answers.push_back(answer);
            if (const auto chal = wire::decode<wire::Chal>(answer)) {
                m_loot.sids.push_back(chal->sid);
                if (!chal->points.empty()) point = bytesOf(ByteView(chal->points[0]).first(65));
            }
            if (const auto chal = wire::decode<wire::FrostChal>(answer)) {
                m_loot.sids.push_back(chal->sid);
                if (!chal->points.empty()) point = bytesOf(chal->points[0]);
            }
        };
        for (int i = 0; i < 2; ++i) {
            const auto token = half.server.open(manifestOf(intent::Act::login));
            Approval login(half.environment);
            half.claim(login, token);
            half.pump(login, login.approve());
            QVERIFY(half.pump(login, login.pin(pinOf(kPin))).show == Show::done);
            m_loot.past.push_back({half.server.sessions.at(token).tbs[0], login.signatures()[0].signature, point});
        }
        Approval rehearsal(half.environment);
        half.pump(rehearsal, rehearsal.begin(intent::Act::rehearseDecrypt));
        half.pump(rehearsal, rehearsal.approve());
        QVERIFY(half.pump(rehearsal, rehearsal.pin(pinOf(kPin))).show == Show::done);
        QVERIFY(!m_kg2.empty() && !m_sign.empty() && !m_ask.empty() && m_loot.sids.size() == 3);
        m_loot.folders = {folder, older};
    }

    void thief_withTheFolder_findsNoTraceOfAnyPin()
    {
        Program program(m_loot);
        QCOMPARE(program.thief.pastSignatures(), std::size_t{2});
        QCOMPARE(program.files(), std::size_t{2});
        QVERIFY(program.opened() >= 10); // five files at least in either folder
        const auto found = program.search(kPrefix);
        QVERIFY2(found.empty(), found.empty() ? "" : describe(program, found.front()).c_str());
        QVERIFY(!program.thief.holds(viewOf(kPin)));
        program.thief.take(viewOf("PIN=" + std::string(kPin)));
        QVERIFY(program.thief.holds(viewOf(kPin)));
    }

    void thief_withOneValueTooMany_findsThePin_data()
    {
        QTest::addColumn<QString>("value");
        for (const char *value : {"P1", "P2 of the older epoch", "the stretched PIN", "a checksum of the PIN", "SIGN's item",
                                  "DEC1's T1 | c | z", "the refresh factor", "KG2"})
            QTest::newRow(value) << value;
        for (const char *value : {"half the refresh factor", "the encrypt key's P1"})
            if (kFrost) QTest::newRow(value) << value;
        if (!kFrost) QTest::newRow("SIGN's R1 | s1") << "SIGN's R1 | s1";
    }
    void thief_withOneValueTooMany_findsThePin()
    {
        QFETCH(const QString, value);
        Program program(m_loot);
        const Guess right = program.guessOf(std::string(kPin)); // what the phone had in hand while it worked
        Bytes kept;
        if constexpr (kFrost) {
            const Guess::FrostHalf &sign = right.frostHalves[0], &older = right.frostHalves[1];
            const auto half = sign.s1 - older.s1; // s1' = s1 + f / 2
            if (value == "P1") kept = bytesOf(crypto::mulBase(sign.s1).bytes());
            if (value == "P2 of the older epoch")
                kept = bytesOf((crypto::mulBase(older.s1 + older.s1) - older.key->y()).bytes());
            if (value == "the refresh factor") kept = bytesOf((half + half).bytes());
            if (value == "half the refresh factor") kept = bytesOf(half.bytes());
            if (value == "the encrypt key's P1") kept = bytesOf(encoded(crypto::mulBase(right.halves[0].u1)).bytes());
        } else {
            const Guess::Half &sign = right.halves[0], &olderEncrypt = right.halves[3];
            if (value == "P1") kept = bytesOf(encoded(crypto::mulBase(sign.u1)).bytes());
            if (value == "P2 of the older epoch")
                kept = bytesOf(encoded(mul(olderEncrypt.u1.inverse(), olderEncrypt.key->base().point())).bytes());
            if (value == "SIGN's R1 | s1") kept = concat({ByteView(m_sign).first(65), ByteView(m_sign).subspan(97)});
            if (value == "the refresh factor") kept = bytesOf((sign.u1 * right.halves[2].u1.inverse()).bytes());
        }
        if (value == "the stretched PIN") kept = right.words[2];
        if (value == "a checksum of the PIN") kept = bytesOf(ByteView(crypto::sm3(viewOf(kPin))).first(8));
        if (value == "SIGN's item") kept = m_sign;
        if (value == "DEC1's T1 | c | z") kept = m_ask;
        if (value == "KG2") kept = m_kg2;
        QVERIFY(!kept.empty());
        program.thief.take(kept);
        QCOMPARE(program.search(kPin.substr(0, 4)), std::vector<std::string>{std::string(kPin)});
    }
};

QTEST_GUILESS_MAIN(TestThiefFiles)
#include "test_thief_files.moc"
