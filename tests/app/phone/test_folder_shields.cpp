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

// One whose program is killed: after so many changes it does nothing more.
class MortalStore final : public ports::DeviceStore {
public:
    MortalStore(std::unique_ptr<ports::DeviceStore> store, int &left) : m_store(std::move(store)), m_left(left) {}
    Result<Bytes> read(std::string_view name) override { return m_store->read(name); }
    Result<void> write(std::string_view name, ByteView content) override
    {
        if (m_left == 0) return Error(Errc::unavailable, "test");
        --m_left;
        return m_store->write(name, content);
    }
    Result<void> remove(std::string_view name) override
    {
        if (m_left == 0) return Error(Errc::unavailable, "test");
        --m_left;
        return m_store->remove(name);
    }
    Result<std::vector<std::string>> list() override { return m_store->list(); }

private:
    std::unique_ptr<ports::DeviceStore> m_store;
    int &m_left;
};

Result<void> destroyElement(const fs::path &each)
{
    fs::remove(each / FileSecureElement::kFileName);
    return {};
}

struct Bench {
    QTemporaryDir folder;
    ports::SystemRandom random;
    fs::path path() const { return folder.path().toStdString(); }
    FolderShields shields{path(), [this](const fs::path &each) { return box(each); }, destroyElement};

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
    // As box(), of a program that ends after so many changes.
    Result<ShieldBox> mortalBox(const fs::path &each, int &left)
    {
        auto out = box(each);
        if (out) out->store = std::make_unique<MortalStore>(std::move(out->store), left);
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
               shields.at(index).addHistory({}) && shields.at(index).keepPin({}, {});
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
        const phone_app::ShieldNotes notes{"总部 \"投标\"", 3, 7, "0a1b"};
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
        bench.shields.keepNotes(0, {"一", 1, 0, {}});
        bench.shields.keepNotes(1, {"二", 2, 0, {}});
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
    void remove_killedAtAnyStep_isFinishedAtTheNextStart_data() { remove_leavesNoSecret_andTheOthersAsTheyAre_data(); }
    void remove_killedAtAnyStep_isFinishedAtTheNextStart()
    {
        QFETCH(int, which);
        const auto gone = static_cast<std::size_t>(which), stays = 1 - gone;
        bool isWhole = false;
        int steps = 1; // the mark alone
        for (; !isWhole; ++steps) {
            Bench bench;
            QVERIFY(bench.shields.open() && bench.shields.add());
            QVERIFY(bench.fill(0) && bench.fill(1));
            bench.shields.keepNotes(gone, {"总部", 3, 0, {}});
            const fs::path folders[] = {bench.path(), bench.path() / "shield-2"};
            const auto before = Bench::filesOf(folders[gone]), others = Bench::filesOf(folders[stays]);
            int left = steps;
            FolderShields killed(bench.path(), [&](const fs::path &each) { return bench.mortalBox(each, left); }, destroyElement);
            QVERIFY(killed.open().has_value());
            isWhole = killed.remove(gone).has_value();

            FolderShields again(bench.path(), [&](const fs::path &each) { return bench.box(each); }, destroyElement);
            QVERIFY(again.open().has_value());
            const auto after = Bench::filesOf(folders[gone]);
            QCOMPARE(after.size(), std::size_t(1));
            QVERIFY(after.at(FileSecureElement::kFileName) != before.at(FileSecureElement::kFileName));
            QVERIFY(again.notes(gone) == phone_app::ShieldNotes()); // the next one there has its own name and colour
            QVERIFY(Bench::filesOf(folders[stays]) == others);
        }
        QVERIFY(steps > 8);
    }
    // The person was told that it is still there: no later start wipes it.
    void remove_thatFailsAtOnce_leavesNoMark()
    {
        Bench bench;
        QVERIFY(bench.shields.open() && bench.fill(0));
        const auto before = Bench::filesOf(bench.path());
        int left = 0;
        FolderShields full(bench.path(), [&](const fs::path &each) { return bench.mortalBox(each, left); }, destroyElement);
        QVERIFY(full.open().has_value());
        QVERIFY(!full.remove(0).has_value());
        FolderShields again(bench.path(), [&](const fs::path &each) { return bench.box(each); }, destroyElement);
        QVERIFY(again.open().has_value());
        QVERIFY(Bench::filesOf(bench.path()) == before);
    }
};

QTEST_GUILESS_MAIN(TestFolderShields)
#include "test_folder_shields.moc"
