// The simulated secure element and the master key: what they seal, and the files they refuse.
#include "platform/keyring/file_epoch_keys.h"
#include "platform/keyring/file_master_key.h"
#include "platform/keyring/file_secure_element.h"
#include "platform/keyring/no_dumps.h"
#include "shield/crypto/sm3.h"
#include "tests/support/child.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_image.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <cinttypes>
#include <sys/prctl.h>

using namespace hufu;
using keyring::FileMasterKey;
using keyring::FileSecureElement;
namespace fs = std::filesystem;

class TestKeyring : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ports::SystemRandom m_random;
    fs::path m_file;

    std::unique_ptr<FileSecureElement> element() { return std::move(*FileSecureElement::open(m_file, m_random, FileSecureElement::IfMissing::make)); }

    // What any of the two must hold about sealing.
    template <typename Key> static void checkSealing(Key &key, Key &other)
    {
        const auto sealed = key.seal(viewOf("secret"), viewOf("context"));
        QVERIFY(sealed);
        QCOMPARE(textOf(key.open(*sealed, viewOf("context"))->expose()), std::string("secret"));
        QVERIFY(*key.seal(viewOf("secret"), viewOf("context")) != *sealed);
        QCOMPARE(key.open(*sealed, viewOf("contexu")).error().code, Errc::tampered);
        QCOMPARE(other.open(*sealed, viewOf("context")).error().code, Errc::tampered);
        for (std::size_t i = 0; i < sealed->size(); ++i) {
            Bytes changed = *sealed;
            changed[i] ^= 1;
            QCOMPARE(key.open(changed, viewOf("context")).error().code, Errc::tampered);
            QCOMPARE(key.open(ByteView(*sealed).first(i), viewOf("context")).error().code, Errc::tampered);
        }
        const auto empty = key.seal({}, {});
        QVERIFY(key.open(*empty, {})->empty());
    }

    // Whether some mapping holds the bytes and has one without any access on either side.
    static bool lieBetweenGuards(const Bytes &bytes)
    {
        std::ifstream maps("/proc/self/maps"), memory("/proc/self/mem", std::ios::binary);
        std::vector<std::string> lines;
        for (std::string line; std::getline(maps, line);)
            lines.push_back(line);
        for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
            std::uint64_t from = 0, to = 0;
            if (lines[i].find(" rw-p ") == std::string::npos || lines[i - 1].find(" ---p ") == std::string::npos ||
                lines[i + 1].find(" ---p ") == std::string::npos ||
                std::sscanf(lines[i].c_str(), "%" SCNx64 "-%" SCNx64, &from, &to) != 2)
                continue;
            if (to - from > tests::kMappingMost) continue;
            Bytes content(to - from); // read as a file: parts of it are no object's, as a sanitizer sees it
            memory.seekg(static_cast<std::streamoff>(from));
            if (memory.read(reinterpret_cast<char *>(content.data()), static_cast<std::streamsize>(content.size())) &&
                !tests::placesOf(bytes, content).empty())
                return true;
            memory.clear();
        }
        return false;
    }

private Q_SLOTS:
    void init() { m_file = fs::path(m_dir.path().toStdString()) / QTest::currentTestFunction(); }

    // A child of its own, since there is no way back.
    void dumps_forbidden_areNotMade()
    {
        QVERIFY(tests::trueInChild([] {
            if (!keyring::forbidDumps() || ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0) return false;
            rlimit limit = {};
            return ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
        }));
    }

    // Guarded memory: a page that nobody may touch lies right before and behind what is kept.
    void keys_thatLiveLong_lieBetweenGuards()
    {
        const auto master = FileMasterKey::create(m_file, m_random);
        QVERIFY(master);
        std::ifstream file(m_file, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        const Bytes key = bytesOf(viewOf(content).last(32));
        QVERIFY(lieBetweenGuards(key));
    }

    void element_sealed_opensHereOnly()
    {
        const auto here = element();
        m_file += "-other";
        const auto other = element();
        checkSealing(*here, *other);
    }

    void element_reopened_isTheSame()
    {
        const auto sealed = *element()->seal(viewOf("x"), viewOf("c"));
        const auto mac = *element()->deviceMac(viewOf("739154"));
        QCOMPARE(textOf(element()->open(sealed, viewOf("c"))->expose()), std::string("x"));
        QVERIFY(sameBytes(element()->deviceMac(viewOf("739154"))->expose(), mac.expose()));
        QVERIFY(!sameBytes(element()->deviceMac(viewOf("739155"))->expose(), mac.expose()));
    }

    void element_missingBesideSealedFiles_isNotMadeAnew()
    {
        using IfMissing = FileSecureElement::IfMissing;
        QCOMPARE(FileSecureElement::open(m_file, m_random, IfMissing::refuse).error().code, Errc::notFound);
        QVERIFY(!fs::exists(m_file));
        QVERIFY(FileSecureElement::open(m_file, m_random, IfMissing::make));
        QVERIFY(FileSecureElement::open(m_file, m_random, IfMissing::refuse));
    }

    void element_mac_isHmacSm3OfTheDeviceSecret()
    {
        tests::RecordedRandom random;
        const Bytes secret(32, 0x5a);
        random.expect("device-secret", secret);
        const auto element = std::move(*FileSecureElement::open(m_file, random, FileSecureElement::IfMissing::make));
        QVERIFY(sameBytes(element->deviceMac(viewOf("123987"))->expose(), crypto::hmacSm3(secret, viewOf("123987"))));
    }

    void master_sealed_opensHereOnly()
    {
        const auto here = std::move(*FileMasterKey::create(m_file, m_random));
        const auto other = std::move(*FileMasterKey::create(m_file.string() + "-other", m_random));
        checkSealing(*here, *other);
        const auto sealed = *here->seal(viewOf("x"), viewOf("c"));
        QCOMPARE(textOf((*FileMasterKey::open(m_file, m_random))->open(sealed, viewOf("c"))->expose()), std::string("x"));
    }

    void master_missing_isNotMadeByOpening()
    {
        QCOMPARE(FileMasterKey::open(m_file, m_random).error().code, Errc::notFound);
        QVERIFY(!fs::exists(m_file));
    }

    void master_there_isNotOverwritten()
    {
        const auto key = std::move(*FileMasterKey::create(m_file, m_random));
        const auto sealed = *key->seal(viewOf("x"), {});
        QCOMPARE(FileMasterKey::create(m_file, m_random).error().code, Errc::badState);
        QVERIFY((*FileMasterKey::open(m_file, m_random))->open(sealed, {}));
    }

    void file_openToOthers_isRefused_data()
    {
        QTest::addColumn<int>("mode");
        for (const int mode : {0640, 0604, 0660, 0644, 0666, 0610, 0601})
            QTest::newRow(qPrintable(QString::number(mode, 8))) << mode;
    }
    void file_openToOthers_isRefused()
    {
        QFETCH(int, mode);
        fs::remove(m_file);
        QVERIFY(FileMasterKey::create(m_file, m_random));
        fs::permissions(m_file, static_cast<fs::perms>(mode));
        QCOMPARE(FileMasterKey::open(m_file, m_random).error().code, Errc::refused);
        const fs::path elementFile = m_file.string() + "-element";
        fs::remove(elementFile);
        QVERIFY(FileSecureElement::open(elementFile, m_random, FileSecureElement::IfMissing::make));
        fs::permissions(elementFile, static_cast<fs::perms>(mode));
        QCOMPARE(FileSecureElement::open(elementFile, m_random, FileSecureElement::IfMissing::make).error().code, Errc::refused);
    }

    void file_ofAnotherForm_isRefused()
    {
        for (const std::size_t length : {0u, 1u, 44u, 45u, 46u, 73u, 100'000u}) {
            std::ofstream(m_file, std::ios::trunc) << std::string(length, 'x');
            fs::permissions(m_file, fs::perms::owner_read | fs::perms::owner_write);
            QVERIFY(!FileMasterKey::open(m_file, m_random));
            QVERIFY(!FileSecureElement::open(m_file, m_random, FileSecureElement::IfMissing::make));
        }
        const fs::path link = m_file.string() + "-link";
        fs::create_symlink(m_file, link);
        QCOMPARE(FileMasterKey::open(link, m_random).error().code, Errc::refused);
    }

    void epochKey_isThereUntilItIsDestroyed()
    {
        const fs::path folder = m_file.string() + "-epochs";
        const ports::EpochKeys::Name one{{1}, 7, {2}}, other{{1}, 7, {3}};
        Bytes sealed;
        {
            auto keys = std::move(*keyring::FileEpochKeys::open(folder, m_random));
            QVERIFY(keys->list()->empty());
            QVERIFY(!*keys->has(one));
            QCOMPARE(keys->seal(one, viewOf("s"), viewOf("c")).error().code, Errc::notFound);
            QVERIFY(keys->make(one));
            QVERIFY(keys->make(other));
            QCOMPARE(keys->make(one).error().code, Errc::badState);
            sealed = *keys->seal(one, viewOf("secret"), viewOf("context"));
        }
        auto keys = std::move(*keyring::FileEpochKeys::open(folder, m_random)); // another process
        QCOMPARE(textOf(keys->open(one, sealed, viewOf("context"))->expose()), std::string("secret"));
        QCOMPARE(keys->open(one, sealed, viewOf("contexu")).error().code, Errc::tampered);
        QCOMPARE(keys->open(other, sealed, viewOf("context")).error().code, Errc::tampered);
        QVERIFY(keys->destroy(one));
        QVERIFY(keys->destroy(one)); // gone is gone
        QVERIFY(!*keys->has(one));
        QCOMPARE(keys->open(one, sealed, viewOf("context")).error().code, Errc::notFound);
        QVERIFY(*keys->list() == std::vector{other});
        QVERIFY(keys->make(one)); // the same name is another key
        QCOMPARE(keys->open(one, sealed, viewOf("context")).error().code, Errc::tampered);
    }

    void epochKeys_folder_isItsOwnersAlone_andKeepsNoHalves()
    {
        const fs::path folder = m_file.string() + "-epochs";
        auto keys = std::move(*keyring::FileEpochKeys::open(folder, m_random));
        const ports::EpochKeys::Name name{{1}, 0, {2}};
        QVERIFY(keys->make(name));
        QCOMPARE(fs::status(folder).permissions(), fs::perms::owner_all);
        const fs::path file = fs::directory_iterator(folder)->path();
        QCOMPARE(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        std::ofstream(file.string() + "_new") << "half";
        std::ofstream(folder / "notes.txt") << "not a key";
        QVERIFY(keys->removeHalves());
        QVERIFY(!fs::exists(file.string() + "_new"));
        QCOMPARE(keys->list()->size(), std::size_t{1});
        fs::permissions(file, fs::perms::owner_all | fs::perms::others_read);
        QCOMPARE(keys->has(name).error().code, Errc::unavailable);
        QVERIFY(!keys->seal(name, viewOf("s"), viewOf("c")));
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
        std::ofstream(file, std::ios::trunc) << "short";
        QCOMPARE(keys->seal(name, viewOf("s"), viewOf("c")).error().code, Errc::unavailable);
    }

    void file_ofTheOtherKind_isRefused()
    {
        QVERIFY(FileMasterKey::create(m_file, m_random));
        QCOMPARE(FileSecureElement::open(m_file, m_random, FileSecureElement::IfMissing::make).error().code, Errc::tampered);
    }
};

QTEST_GUILESS_MAIN(TestKeyring)
#include "test_keyring.moc"
