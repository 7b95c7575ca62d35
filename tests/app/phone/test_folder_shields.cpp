// The shields' files on disk: what is kept beside them, and what is left of one that is taken off the phone.
#include "app/phone/folder_shields.h"
#include "platform/keyring/file_secure_element.h"
#include "platform/store/file_device_store.h"
#include "shield/ports/random.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <map>

using namespace hufu;
using keyring::FileSecureElement;
using phone_app::FolderShields;
using phone_app::ShieldBox;
namespace fs = std::filesystem;

namespace {

struct Bench {
    QTemporaryDir folder;
    ports::SystemRandom random;
    fs::path path() const { return folder.path().toStdString(); }
    FolderShields shields{path(), [this](const fs::path &each) { return box(each); },
                          [](const fs::path &each) -> Result<void> {
                              fs::remove(each / FileSecureElement::kFileName);
                              return {};
                          }};

    Result<ShieldBox> box(const fs::path &each)
    {
        ShieldBox out;
        HUFU_TRY(store, store::FileDeviceStore::open(each));
        HUFU_TRY(names, store->list());
        HUFU_TRY(element, FileSecureElement::open(each / FileSecureElement::kFileName, random,
                                                  names.empty() ? FileSecureElement::IfMissing::make : FileSecureElement::IfMissing::refuse));
        out.store = std::move(store);
        out.element = std::move(element);
        return out;
    }
    // Name and content of every file of a folder itself.
    static std::map<std::string, std::string> filesOf(const fs::path &each)
    {
        std::map<std::string, std::string> out;
        for (const auto &entry : fs::directory_iterator(each)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path(), std::ios::binary);
            out[entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
        }
        return out;
    }
    bool fill(std::size_t index)
    {
        vault::Device device;
        device.person = "张三";
        vault::EpochShares shares;
        return shields.at(index).writeDevice(device) && shields.at(index).writeShares(shares) && shields.at(index).writePosition(1, {}) &&
               shields.at(index).writeSealedBids(Bytes{1, 2, 3}) && shields.at(index).writeDraft({"hufu://", "138", false, {}, {}}) &&
               shields.at(index).addHistory({});
    }
};

} // namespace

class TestFolderShields : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void notes_areKept_alsoAfterAStart()
    {
        Bench bench;
        QVERIFY(bench.shields.open() && bench.shields.add());
        const phone_app::ShieldNotes notes{"总部 \"投标\"", 3, 7, "01ff", "0a1b"};
        bench.shields.keepNotes(1, notes);
        bench.shields.remember(1);
        QVERIFY(bench.shields.notes(0) == phone_app::ShieldNotes());
        FolderShields again(bench.path(), [&](const fs::path &each) { return bench.box(each); }, {});
        QVERIFY(again.open().has_value());
        QCOMPARE(again.count(), std::size_t(2));
        QCOMPARE(again.last(), std::size_t(1));
        QVERIFY(again.notes(1) == notes);
    }
    void notes_thatAreNone_areLeftOut()
    {
        Bench bench;
        QVERIFY(bench.shields.open().has_value());
        std::ofstream(bench.path() / "notes") << "[not of the form";
        QVERIFY(bench.shields.notes(0) == phone_app::ShieldNotes());
    }
    void remove_leavesNoSecret_andTheOthersAsTheyAre_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("the first") << 0;
        QTest::newRow("the second") << 1;
    }
    void remove_leavesNoSecret_andTheOthersAsTheyAre()
    {
        QFETCH(int, which);
        Bench bench;
        QVERIFY(bench.shields.open() && bench.shields.add());
        QVERIFY(bench.fill(0) && bench.fill(1));
        bench.shields.keepNotes(0, {"一", 1, 0, {}, {}});
        bench.shields.keepNotes(1, {"二", 2, 0, {}, {}});
        bench.shields.remember(1);
        const fs::path folders[] = {bench.path(), bench.path() / "shield-2"};
        const auto gone = static_cast<std::size_t>(which), stays = 1 - gone;
        const auto before = Bench::filesOf(folders[gone]);
        auto others = Bench::filesOf(folders[stays]);
        QVERIFY(before.size() > 5);
        QVERIFY(bench.shields.remove(gone).has_value());

        const auto after = Bench::filesOf(folders[gone]);
        for (const auto &[name, content] : after) {
            QVERIFY2(name == FileSecureElement::kFileName || name == "last-shield", name.c_str());
            if (name == FileSecureElement::kFileName) QVERIFY(content != before.at(name)); // another element: nothing of before opens
        }
        QVERIFY(Bench::filesOf(folders[stays]) == others);
        QCOMPARE(bench.shields.last(), std::size_t(1));
        QVERIFY(!*bench.shields.at(gone).device());
        QVERIFY(bench.shields.at(stays).device()->has_value());
        QVERIFY(bench.shields.notes(gone) == phone_app::ShieldNotes());

        // What somebody had copied of it is opened no more.
        std::ofstream(folders[gone] / "device", std::ios::binary) << before.at("device");
        QCOMPARE(bench.shields.at(gone).device().error().code, Errc::tampered);
        fs::remove(folders[gone] / "device");

        // And the place takes the next one.
        QVERIFY(bench.fill(gone));
        FolderShields again(bench.path(), [&](const fs::path &each) { return bench.box(each); }, {});
        QVERIFY(again.open().has_value());
        QVERIFY(again.at(gone).device()->has_value());
    }
};

QTEST_GUILESS_MAIN(TestFolderShields)
#include "test_folder_shields.moc"
