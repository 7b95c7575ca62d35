#include "shield/vault/vault.h"
#include "tests/support/fakes.h"
#include "tests/support/secure_element.h"

#include <QTest>

using namespace hufu;
using namespace hufu::vault;
using namespace hufu::tests;

namespace {

struct Phone {
    MemoryDeviceStore store;
    MemoryElement element;
    Vault vault{store, element};
    ports::SystemRandom random;
};

Device device()
{
    Device out;
    out.acct.fill(1);
    out.kDev.fill()[0] = 2;
    out.server = {"h.example", 8443, {3}, {4}};
    out.person = "张三";
    out.company = "某公司";
    out.creditCode = "91X";
    out.hints = {"19900102", "13800138000"};
    out.subject = {5, 6};
    return out;
}

EpochShares shares(std::uint32_t epoch)
{
    EpochShares out;
    out.epoch = epoch;
    out.salt.fill(1);
    out.saltEpoch.fill(static_cast<std::uint8_t>(epoch));
    out.stretch = {64, 1};
    out.sign = {{1}, ByteArray<65>{2}, {3}};
    out.encrypt = {{4}, ByteArray<65>{5}, {6}};
    return out;
}

} // namespace

class TestVault : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void history_replaced_keepsOneEntryForOneAct()
    {
        Phone phone;
        const HistoryEntry unheard{5, "sign", "平台", "a.pdf", false, 502}, heard{9, "sign", "平台", "a.pdf", true, 0}, other{7, "login", "平台", "", true, 0};
        QVERIFY(phone.vault.replaceHistory(unheard, heard)); // there is none
        QCOMPARE(phone.vault.history()->size(), std::size_t{1});
        QVERIFY(phone.vault.addHistory(unheard) && phone.vault.addHistory(other));
        QVERIFY(phone.vault.replaceHistory(unheard, heard));
        QVERIFY(*phone.vault.history() == (std::vector<HistoryEntry>{heard, other, heard}));
    }
    void keptPin_isReleasedForItsSetAlone_andGoesWithTheShield()
    {
        Phone phone;
        const ByteArray<16> set{1}, other{2};
        Pin pin;
        for (const int digit : {7, 3, 9, 1, 5, 4})
            QVERIFY(pin.press(digit));
        QVERIFY(!*phone.vault.hasPin());
        QCOMPARE(phone.vault.releasePin(set).error().code, Errc::notFound);
        QVERIFY(phone.vault.keepPin(pin, set));
        QVERIFY(*phone.vault.hasPin());
        QVERIFY(phone.vault.releasePin(set)->same(pin));
        MemoryElement elsewhere(2);
        QVERIFY(*Vault(phone.store, elsewhere).hasPin()); // its name says it: nothing is opened
        for (const auto &[name, content] : phone.store.files) { // sealed, as everything is
            const std::string text(content.begin(), content.end());
            QVERIFY(text.find("739154") == std::string::npos);
        }
        QCOMPARE(phone.vault.releasePin(other).error().code, Errc::refused);
        QVERIFY(!*phone.vault.hasPin()); // a finger that was added gets nothing, now or later
        QCOMPARE(phone.vault.releasePin(set).error().code, Errc::notFound);
        QVERIFY(phone.vault.keepPin(pin, set));
        QVERIFY(phone.vault.forgetPin());
        QVERIFY(!*phone.vault.hasPin());
        QVERIFY(phone.vault.keepPin(pin, set));
        QVERIFY(phone.vault.erase());
        QVERIFY(!*phone.vault.hasPin());
    }
    void everything_roundTrip_isTheSame()
    {
        Phone phone;
        QVERIFY(!*phone.vault.device());
        QVERIFY(!*phone.vault.chain());
        QVERIFY(phone.vault.shares()->empty());
        QVERIFY(*phone.vault.certificates() == Certificates{});
        QVERIFY(phone.vault.history()->empty());
        QVERIFY(*phone.vault.upkeep() == Upkeep{});

        QVERIFY(phone.vault.writeDevice(device()));
        const auto read = phone.vault.device();
        QVERIFY((*read)->acct == device().acct && (*read)->server == device().server);
        QVERIFY(sameBytes((*read)->kDev.expose(), device().kDev.expose()));
        QCOMPARE((*read)->person, device().person);
        QCOMPARE((*read)->hints.birthday, device().hints.birthday);
        QVERIFY((*read)->subject == device().subject);

        QVERIFY(phone.vault.writeShares(shares(9)));
        QVERIFY(phone.vault.writeShares(shares(10)));
        QCOMPARE(phone.vault.shares()->size(), std::size_t{2});
        QVERIFY(phone.vault.shares()->front() == shares(10)); // the highest first, by number
        QVERIFY(phone.vault.shares()->back() == shares(9));
        QVERIFY(phone.vault.removeShares(10));
        QVERIFY(phone.vault.shares()->front() == shares(9));
        EpochShares ed25519 = shares(11); // a sign key of suite 2
        ed25519.sign.point = ByteArray<32>{7};
        QVERIFY(phone.vault.writeShares(ed25519));
        QVERIFY(phone.vault.shares()->front() == ed25519);
        QVERIFY(phone.vault.shares()->front().sign.point.suite() == crypto::Suite::frost);
        QVERIFY(phone.vault.removeShares(11));

        const Certificates certificates{{1}, {2}, {3}, {4}, true};
        QVERIFY(phone.vault.writeCertificates(certificates));
        QVERIFY(*phone.vault.certificates() == certificates);

        const Upkeep upkeep{3, 1'800'000'000'000, 1'800'000'000'001, 15, true};
        QVERIFY(phone.vault.writeUpkeep(upkeep));
        QVERIFY(*phone.vault.upkeep() == upkeep);
        QVERIFY(phone.vault.sealedBids()->empty());
        QVERIFY(phone.vault.writeSealedBids(Bytes(3, 1)));
        QVERIFY(*phone.vault.sealedBids() == Bytes(3, 1));

        const Draft draft{"hufu://activate?host=h", "13800000001", true, "service 1\n", Bytes(100, 7)};
        QVERIFY(*phone.vault.draft() == Draft());
        QVERIFY(phone.vault.writeDraft(draft));
        QVERIFY(phone.vault.erase());
        QVERIFY(*phone.vault.draft() == draft); // what begins with erasing is not forgotten by it
        QVERIFY(phone.vault.writeDraft({}));
        QVERIFY(phone.store.files.empty());
    }

    void chain_rid_isDrawnOnceForEachPosition()
    {
        Phone phone;
        QCOMPARE(phone.vault.chainForHello(phone.random).error().code, Errc::notFound);
        QVERIFY(phone.vault.writePosition(0, {1}));
        QVERIFY(!(*phone.vault.chain())->rid);
        const auto first = phone.vault.chainForHello(phone.random);
        QVERIFY(first->rid);
        QVERIFY((*phone.vault.chain())->rid == first->rid); // on disk before it is returned
        QVERIFY(*phone.vault.chainForHello(phone.random) == *first);
        QVERIFY(phone.vault.writePosition(1, {2}));
        const auto second = phone.vault.chainForHello(phone.random);
        QVERIFY(second->ctr == 1 && second->rid != first->rid);
    }

    void chain_storageFull_yieldsNoRid()
    {
        Phone phone;
        QVERIFY(phone.vault.writePosition(0, {1}));
        phone.store.full = true;
        QCOMPARE(phone.vault.chainForHello(phone.random).error().code, Errc::unavailable);
        QCOMPARE(phone.vault.writePosition(1, {2}).error().code, Errc::unavailable);
        QCOMPARE((*phone.vault.chain())->ctr, std::uint64_t{0});
        QVERIFY(!(*phone.vault.chain())->rid);
    }

    void history_isNewestFirst_andBounded()
    {
        Phone phone;
        for (int i = 0; i < 205; ++i)
            QVERIFY(phone.vault.addHistory({i, "login", "平台", "", i % 2 == 0, 0}));
        const auto history = *phone.vault.history();
        QCOMPARE(history.size(), Vault::kHistoryMax);
        QCOMPARE(history.front().atMs, std::int64_t{204});
        QVERIFY(history.front() == (HistoryEntry{204, "login", "平台", "", true, 0}));
    }

    // Of former forms: without what a session names, and without signatures.
    void history_ofFormerForms_isReadAsItWas()
    {
        for (const std::uint8_t form : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{4}}) {
            Phone phone;
            Writer writer;
            writer.u8(form).u16(1).u64(5).text("login").text("平台").text("").u8(1).u16(0);
            HistoryEntry entry{5, "login", "平台", "", true, 0};
            if (form != 1) {
                entry.token = {7};
                entry.manifestSm3 = {8};
                entry.manifest = {9};
                entry.certificate = "0a";
                entry.compared = vault::Compared::same;
                writer.raw(entry.token).raw(entry.manifestSm3).blob32(entry.manifest).text(entry.certificate).u8(2);
            }
            QVERIFY(phone.store.write("history", *phone.element.seal(writer.bytes(), viewOf("hufu-vault-1|history"))));
            const auto history = phone.vault.history();
            if (form == 4) { // a later one
                QCOMPARE(history.error().code, Errc::tampered);
                continue;
            }
            QVERIFY(*history == std::vector<HistoryEntry>{entry});
            entry.signatures = Bytes(65, 3);
            QVERIFY(phone.vault.addHistory(entry));
            QVERIFY(phone.vault.history()->front() == entry && phone.vault.history()->size() == 2);
        }
    }

    void files_changedMovedOrFromElsewhere_areRefused()
    {
        Phone phone;
        QVERIFY(phone.vault.writeDevice(device()));
        QVERIFY(phone.vault.writeShares(shares(0)));
        QVERIFY(phone.vault.writePosition(7, {1}));
        QVERIFY(phone.vault.writeCertificates({}));
        QVERIFY(phone.vault.writeUpkeep({}));
        QVERIFY(phone.vault.writeSealedBids(Bytes(3, 1)));
        QVERIFY(phone.vault.writeDraft({"link", "number", true, "service 1\n", {1, 2}}));
        const auto good = phone.store.files;
        const auto reads = [&]() -> Result<void> {
            HUFU_TRY(d, phone.vault.device());
            HUFU_TRY(s, phone.vault.shares());
            HUFU_TRY(c, phone.vault.chain());
            HUFU_TRY(x, phone.vault.certificates());
            HUFU_TRY(u, phone.vault.upkeep());
            HUFU_TRY(b, phone.vault.sealedBids());
            HUFU_TRY(a, phone.vault.draft());
            static_cast<void>(a), static_cast<void>(b), static_cast<void>(d), static_cast<void>(s), static_cast<void>(c), static_cast<void>(x), static_cast<void>(u);
            return {};
        };
        QVERIFY(reads());
        for (const auto &[name, content] : good) {
            for (const std::size_t length : {std::size_t{0}, std::size_t{10}, content.size() - 1}) {
                phone.store.files = good;
                phone.store.files[name].resize(length);
                QCOMPARE(reads().error().code, Errc::tampered);
            }
            phone.store.files = good;
            phone.store.files[name].back() ^= 1;
            QCOMPARE(reads().error().code, Errc::tampered);
            for (const auto &[other, moved] : good) {
                if (other == name) continue;
                phone.store.files = good;
                phone.store.files[name] = moved;
                QCOMPARE(reads().error().code, Errc::tampered);
            }
        }
        phone.store.files = good;
        MemoryElement elsewhere(2);
        Vault thief(phone.store, elsewhere);
        QCOMPARE(thief.device().error().code, Errc::tampered);
    }

    void files_ofAnotherForm_areRefused()
    {
        Phone phone;
        for (const Bytes &plain : {Bytes{}, Bytes{1}, Bytes(40, 1), Bytes(300, 0), Bytes(5000, 1)}) {
            for (const char *name : {"device", "share-0", "chain", "certificates", "history", "upkeep", "bids", "records", "fingers"}) {
                phone.store.files.clear();
                const Bytes context = concat({viewOf("hufu-vault-1|"), viewOf(name)});
                phone.store.files[name] = *phone.element.seal(plain, context);
                QVERIFY(!phone.vault.device() || !phone.vault.shares() || !phone.vault.chain() ||
                        !phone.vault.certificates() || !phone.vault.history() || !phone.vault.upkeep() || !phone.vault.sealedBids() || !phone.vault.seenRecords() ||
                        !phone.vault.fingers());
            }
        }
    }

    void stretch_dependsOnDigitsSaltParametersAndDevice()
    {
        Phone phone;
        const auto pin = [](std::string_view digits) {
            Pin out;
            for (const char c : digits)
                static_cast<void>(out.press(c - '0'));
            return out;
        };
        const auto key = [](Vault &vault, const Pin &p, ByteArray<16> salt, Stretch stretch) {
            return bytesOf(vault.stretch(p, salt, stretch)->expose());
        };
        const Bytes one = key(phone.vault, pin("739154"), {1}, {64, 1});
        QVERIFY(one == key(phone.vault, pin("739154"), {1}, {64, 1}));
        QVERIFY(one != key(phone.vault, pin("739155"), {1}, {64, 1}));
        QVERIFY(one != key(phone.vault, pin("739154"), {2}, {64, 1}));
        QVERIFY(one != key(phone.vault, pin("739154"), {1}, {128, 1}));
        QVERIFY(one != key(phone.vault, pin("739154"), {1}, {64, 2}));
        MemoryElement elsewhere(2);
        Vault other(phone.store, elsewhere);
        QVERIFY(one != key(other, pin("739154"), {1}, {64, 1}));
    }

    // Of the element and the account: the same whenever it is asked for, and in no file.
    void evidenceKey_isTheElementsAndTheAccounts()
    {
        MemoryDeviceStore store;
        MemoryElement element, other(2);
        Vault vault(store, element);
        QCOMPARE(vault.evidenceKey().error().code, Errc::notFound);
        Device device;
        device.acct = {1};
        QVERIFY(vault.writeDevice(device));
        const auto files = store.files;
        const auto key = vault.evidenceKey()->publicKey();
        QVERIFY(vault.evidenceKey()->publicKey() == key && store.files == files);
        device.acct = {2};
        QVERIFY(vault.writeDevice(device));
        QVERIFY(vault.evidenceKey()->publicKey() != key);
        device.acct = {1};
        MemoryDeviceStore elsewhere;
        Vault copied(elsewhere, other);
        QVERIFY(copied.writeDevice(device));
        QVERIFY(copied.evidenceKey()->publicKey() != key);
    }

    void erase_leavesNothing()
    {
        Phone phone;
        QVERIFY(phone.vault.writeDevice(device()));
        QVERIFY(phone.vault.writeShares(shares(0)));
        QVERIFY(phone.vault.writeShares(shares(1)));
        QVERIFY(phone.vault.writePosition(7, {1}));
        QVERIFY(phone.vault.writeCertificates({}));
        QVERIFY(phone.vault.addHistory({}));
        QVERIFY(phone.vault.writeUpkeep({}));
        QVERIFY(phone.vault.writeSeenRecords(Bytes{1}) && phone.vault.letFingers(ByteArray<16>{1}));
        QVERIFY(phone.vault.erase());
        QVERIFY(phone.store.files.empty());
    }
};

QTEST_GUILESS_MAIN(TestVault)
#include "test_vault.moc"
