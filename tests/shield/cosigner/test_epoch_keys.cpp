// The keys that no backup of the database holds (R7): made before, destroyed after, and what an old backup is without them.
#include "shield/cosigner/sealing.h"
#include "tests/shield/cosigner/rig.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using cosigner::DeviceRow;
using cosigner::KeyRow;
using intent::Op;
using ports::Table;
using wire::Status;

namespace {

struct Active : Rig {
    Active()
    {
        if (!activate()) qFatal("not activated");
    }
    Result<wire::Ref2> propose()
    {
        HUFU_CHECK(challenge(pinChangePending()));
        return connection->refresh1(phone.ref1(Op::pinChange, Pin::right));
    }
    bool changePin()
    {
        const auto ref2 = propose();
        if (!ref2 || ref2->verdict.status != Status::ok) return false;
        const auto ref4 = connection->refresh3(phone.ref3(*ref2));
        if (!ref4 || ref4->verdict.status != Status::ok) return false;
        phone.keepNext();
        return true;
    }
    bool signs()
    {
        const auto resp = signOnce(rehearsalPending(), Pin::right);
        return resp && phone.accepts(*resp);
    }
    std::vector<std::uint32_t> epochs()
    {
        std::vector<std::uint32_t> out;
        const auto names = *epochKeys.list();
        for (const auto &name : names)
            out.push_back(name.epoch);
        std::ranges::sort(out);
        return out;
    }
    DeviceRow row() { return *DeviceRow::parse(memory.rows.at({Table::device, bytesOf(acct)})); }
    KeyRow signRow() { return *KeyRow::parse(memory.rows.at({Table::deviceKey, bytesOf(row().signKeyId)})); }
    cosigner::Ports ports() { return {ledger, masterKey, epochKeys, random, clock}; }
};

using Epochs = std::vector<std::uint32_t>;

} // namespace

class TestEpochKeys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refresh_leavesTheKeyOfItsEpochAlone()
    {
        Active rig;
        QCOMPARE(rig.epochs(), Epochs{0});
        const auto ref2 = rig.propose();
        QVERIFY(ref2);
        QCOMPARE(rig.epochs(), (Epochs{0, 1})); // both are served
        QVERIFY(rig.connection->refresh3(rig.phone.ref3(*ref2)));
        QCOMPARE(rig.epochs(), Epochs{1});
        rig.phone.keepNext();
        QVERIFY(rig.signs());
    }

    void refresh_discarded_takesItsKeyWithIt()
    {
        Active rig;
        QVERIFY(rig.propose());
        rig.reconnect();
        QVERIFY(rig.signs()); // a success in the old epoch
        QCOMPARE(rig.epochs(), Epochs{0});
        // A second proposal takes the first one's place.
        QVERIFY(rig.propose());
        rig.reconnect();
        QVERIFY(rig.propose());
        QCOMPARE(rig.epochs(), (Epochs{0, 1}));
    }

    // A thief has the database and the master key of last month, and last month's phone with its PIN.
    void database_fromBeforeARefresh_isNoiseWithoutItsKey()
    {
        Active rig;
        const auto backup = rig.memory.rows;
        TestPhone old(rig.random);
        old.disk = rig.phone.disk;
        const KeyRow then = rig.signRow();
        const DeviceRow device = rig.row();
        QVERIFY(rig.changePin());

        const auto key = *threshold::SharedKey::of(then.type, then.point.bytes(), rig.acct, device.epoch);
        QCOMPARE(cosigner::openShare(rig.ports(), then.sealedShare, key, device.mark).error().code, Errc::badState);
        const auto current = *rig.epochKeys.list();
        for (const auto &name : current)
            QVERIFY(!cosigner::openShare(rig.ports(), then.sealedShare, key, name.mark));
        QVERIFY(!cosigner::openShare(rig.ports(), then.sealedShare, key, {})); // the master key alone

        rig.memory.rows = backup;
        rig.restart();
        const auto commits = rig.memory.commits;
        for (const auto &pending : {rehearsalPending(), pinChangePending()}) {
            const auto answer = rig.ask(old, pending);
            QVERIFY(answer && std::holds_alternative<wire::Locked>(*answer));
            QVERIFY(std::get<wire::Locked>(*answer).state == wire::DeviceState::destroyed);
        }
        QCOMPARE(rig.memory.commits, commits);
        // And the backup takes nothing from the present: its keys stay.
        QCOMPARE(*rig.server->sweepEpochKeys(), std::size_t{0});
        QCOMPARE(rig.epochs(), Epochs{1});
    }

    void key_thatCannotBeMade_stopsTheStepBefore()
    {
        Rig fresh;
        fresh.epochKeys.down = true;
        QVERIFY(!fresh.makeKeys());
        QCOMPARE(fresh.server->device(fresh.acct).error().code, Errc::notFound);
        fresh.epochKeys.down = false;
        QVERIFY(fresh.activate());

        Active rig;
        QVERIFY(rig.challenge(pinChangePending()));
        const auto ref1 = [&] { return rig.phone.ref1(Op::pinChange, Pin::right); };
        auto message = ref1();
        rig.epochKeys.down = true;
        QCOMPARE(rig.connection->refresh1(std::move(message)).error().code, Errc::unavailable);
        rig.epochKeys.down = false;
        QVERIFY(!rig.device().refreshPending);
        QVERIFY(rig.changePin());
        QVERIFY(rig.signs());
    }

    void key_thatCouldNotBeDestroyed_isSwept()
    {
        Active rig;
        rig.epochKeys.keepsAll = true;
        QVERIFY(rig.changePin());
        QCOMPARE(rig.epochs(), (Epochs{0, 1}));
        rig.epochKeys.keepsAll = false;
        QCOMPARE(*rig.server->sweepEpochKeys(), std::size_t{1});
        QCOMPARE(rig.epochs(), Epochs{1});
        QVERIFY(rig.signs());
    }

    void sweep_keepsWhatIsServed()
    {
        Active rig;
        QVERIFY(rig.propose());
        QCOMPARE(*rig.server->sweepEpochKeys(), std::size_t{0});
        QCOMPARE(rig.epochs(), (Epochs{0, 1}));
        // Of no device that the rows know: as in the wrong folder's database.
        QVERIFY(rig.epochKeys.make({{9}, 0, {1}}));
        QCOMPARE(*rig.server->sweepEpochKeys(), std::size_t{0});
        // A leftover of the epoch that is left, or of another mark in it.
        QVERIFY(rig.epochKeys.make({rig.acct, 0, {1}}));
        QCOMPARE(*rig.server->sweepEpochKeys(), std::size_t{1});
        rig.reconnect();
        QVERIFY(rig.signs());
    }

    void activation_begunAnew_leavesOneKey()
    {
        Rig rig;
        QVERIFY(rig.makeKeys());
        rig.reconnect();
        QVERIFY(rig.activate());
        QCOMPARE(rig.epochKeys.list()->size(), std::size_t{1});
    }

    // A row of the first version was sealed under the master key alone; its next refresh mends that.
    void share_ofTheFirstVersion_isOpened_andRenewedUnderAKey()
    {
        Active rig;
        DeviceRow device = rig.row();
        for (const ByteArray<32> &keyId : {device.signKeyId, device.encryptKeyId}) {
            KeyRow row = *KeyRow::parse(rig.memory.rows.at({Table::deviceKey, bytesOf(keyId)}));
            const auto key = *threshold::SharedKey::of(row.type, row.point.bytes(), rig.acct, device.epoch);
            const auto share = cosigner::openShare(rig.ports(), row.sealedShare, key, device.mark);
            QVERIFY(share);
            const Bytes context = Writer().text("hufu-share").raw(rig.acct).u32(device.epoch).raw(keyId).take();
            row.sealedShare = *rig.masterKey.seal(share->secretBytes()->expose(), context);
            rig.memory.rows.at({Table::deviceKey, bytesOf(keyId)}) = row.encode();
        }
        device.mark = {};
        rig.memory.rows.at({Table::device, bytesOf(rig.acct)}) = device.encode();
        rig.restart();
        QVERIFY(rig.signs());
        QVERIFY(rig.changePin());
        QVERIFY(rig.row().mark != ByteArray<8>{});
        QVERIFY(rig.signs());
    }
};

QTEST_GUILESS_MAIN(TestEpochKeys)
#include "test_epoch_keys.moc"
