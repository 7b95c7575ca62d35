#include "shield/cosigner/rows.h"

#include <QTest>

using namespace hufu;
using namespace hufu::cosigner;

namespace {

template <std::size_t N> ByteArray<N> filled(std::uint8_t value)
{
    ByteArray<N> out;
    out.fill(value);
    return out;
}

ByteArray<65> somePoint()
{
    return *crypto::Point::generator().encode();
}

DeviceRow someDevice()
{
    DeviceRow row;
    row.chain = {7, filled<32>(1), filled<32>(2), filled<16>(3)};
    row.lock = {4, 17, 13, 1'800'000'000'123, Standing::frozen, true};
    row.epoch = 3;
    row.adoptedIn = 2;
    row.day = 20'000;
    row.openedToday = 12;
    row.rehearsedToday = 3;
    row.signKeyId = filled<32>(4);
    row.encryptKeyId = filled<32>(5);
    row.sealedKDev = Bytes(72, 6);
    row.leastEpoch = 4;
    row.mark = filled<8>(7);
    return row;
}

KeyRow someKey()
{
    return {filled<16>(1), KeyType::encrypt, KeyState::active, somePoint(), Bytes(170, 9)};
}

RefreshRow someRefresh()
{
    RefreshRow row;
    row.sid = filled<16>(1);
    row.op = intent::Op::pinChange;
    row.epoch = 4;
    row.token = filled<16>(2);
    row.shares = {{filled<32>(3), Bytes(170, 4)}, {filled<32>(5), Bytes(170, 6)}};
    row.sealedRho2 = Bytes(72, 7);
    row.mark = filled<8>(8);
    return row;
}

ResultRow someResult()
{
    return {1'800'000'000'000, {wire::Status::ok, 10, 0, 2}, {filled<64>(1), filled<64>(2)}};
}

// One form for each row: what parses encodes to itself, and anything shorter, longer or of another version is none.
template <typename Row> void check(const Row &row)
{
    const Bytes bytes = row.encode();
    auto back = Row::parse(bytes);
    QVERIFY(back);
    QVERIFY(*back == row);
    for (std::size_t length = 0; length < bytes.size(); ++length)
        QVERIFY(!Row::parse(ByteView(bytes).first(length)));
    QVERIFY(!Row::parse(concat({bytes, ByteView(bytes).first(1)})));
    Bytes other = bytes;
    other[0] ^= 3;
    QVERIFY(!Row::parse(other));
}

} // namespace

class TestRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void device_encoded_parsesToItselfOnly() { check(someDevice()); }
    void key_encoded_parsesToItselfOnly() { check(someKey()); }
    void refresh_encoded_parsesToItselfOnly() { check(someRefresh()); }
    void result_encoded_parsesToItselfOnly() { check(someResult()); }

    void rows_ofEarlierVersions_areStillRead()
    {
        Bytes device = someDevice().encode();
        device.resize(device.size() - 4); // no rehearsals
        device[0] = 3;
        QVERIFY(DeviceRow::parse(device));
        QCOMPARE(DeviceRow::parse(device)->rehearsedToday, 0U);
        QVERIFY(DeviceRow::parse(device)->mark == someDevice().mark);
        device.resize(device.size() - 8); // no mark
        device[0] = 2;
        QVERIFY(DeviceRow::parse(device));
        QCOMPARE(DeviceRow::parse(device)->leastEpoch, 4U);
        QVERIFY(DeviceRow::parse(device)->mark == ByteArray<8>{});
        device.resize(device.size() - 4); // no least epoch
        device[0] = 1;
        QVERIFY(DeviceRow::parse(device));
        QCOMPARE(DeviceRow::parse(device)->leastEpoch, 0U);
        Bytes refresh = someRefresh().encode();
        refresh.resize(refresh.size() - 8);
        refresh[0] = 1;
        QVERIFY(RefreshRow::parse(refresh));
        QVERIFY(RefreshRow::parse(refresh)->mark == ByteArray<8>{});
    }

    void recovery_encoded_parsesToItselfOnly()
    {
        RecoveryRow row;
        row.digits = "01234567";
        row.untilMs = 1'800'000'000'000;
        row.wrong = 3;
        for (int i = 0; i < 2; ++i) {
            const auto bytes = row.encode();
            const auto back = RecoveryRow::parse(bytes.expose());
            QVERIFY(back);
            QVERIFY(sameBytes(back->encode().expose(), bytes.expose()));
            for (std::size_t length = 0; length < bytes.size(); ++length)
                QVERIFY(!RecoveryRow::parse(bytes.expose().first(length)));
            QVERIFY(!RecoveryRow::parse(concat({bytes.expose(), bytes.expose().first(1)})));
            row.candidate.emplace();
            row.candidate->n = filled<32>(5);
        }
    }

    void enumerator_outOfRange_isRefused()
    {
        Bytes key = someKey().encode();
        key[17] = 3; // type
        QVERIFY(!KeyRow::parse(key));
        key[17] = 1;
        key[18] = 0; // state
        QVERIFY(!KeyRow::parse(key));
        Bytes refresh = someRefresh().encode();
        refresh[17] = 1; // op
        QVERIFY(!RefreshRow::parse(refresh));
        Bytes result = someResult().encode();
        result[9] = 7; // status
        QVERIFY(!ResultRow::parse(result));
    }
};

QTEST_GUILESS_MAIN(TestRows)
#include "test_rows.moc"
