// Whose a connection within this computer is, by a table as Linux writes it.
#include "platform/net/socket_owner.h"

#include <QTest>

#include <bit>
#include <string>

using namespace hufu::net;

namespace {

SocketEnd four(std::uint8_t last, std::uint16_t port)
{
    return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, last}, port};
}

SocketEnd six(std::uint16_t port)
{
    return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, port};
}

constexpr char kHead[] = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
// A server at 19531 and both ends of a connection to it, of user 1000 and 1001; then one that nobody holds any more.
constexpr char kTable[] = "   0: 0100007F:4C4B 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 584 1 00000000eb3d3062 100 0 0 10 0\n"
                          "   1: 0100007F:4C4B 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 600 1 0 20 4 30 10 -1\n"
                          "   2: 0100007F:9C40 0100007F:4C4B 01 00000000:00000000 00:00000000 00000000  1001        0 601 1 0 20 4 30 10 -1\n"
                          "   3: 0100007F:9C41 0100007F:4C4B 06 00000000:00000000 03:0000176F 00000000     0        0 0 3 0\n";
constexpr char kSix[] = "   0: 00000000000000000000000001000000:9C40 00000000000000000000000001000000:4C4B 01 00000000:00000000 00:00000000 00000000  1002 0 700 1 0\n"
                        "   1: 0000000000000000FFFF00000100007F:9C42 0000000000000000FFFF00000100007F:4C4B 01 00000000:00000000 00:00000000 00000000  1003 0 701 1 0";

} // namespace

class TestSocketOwner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if constexpr (std::endian::native != std::endian::little) QSKIP("the tables are written as a little-endian machine does");
    }
    void ownerIn_table_isTheOneOfThatEnd()
    {
        const std::string table = std::string(kHead) + kTable;
        QCOMPARE(ownerIn(table, four(1, 40000), four(1, 19531)), std::optional<std::uint32_t>(1001));
        QCOMPARE(ownerIn(table, four(1, 19531), four(1, 40000)), std::optional<std::uint32_t>(1000));
        for (const auto &[own, other] : {std::pair{four(1, 40001), four(1, 19531)}, // gone
                                         std::pair{four(2, 40000), four(1, 19531)}, std::pair{four(1, 40000), four(1, 19532)}, std::pair{six(40000), six(19531)}})
            QVERIFY(!ownerIn(table, own, other));
    }
    void ownerIn_tableOfIPv6_alsoSpeaksIPv4()
    {
        const std::string table = std::string(kHead) + kSix;
        QCOMPARE(ownerIn(table, six(40000), six(19531)), std::optional<std::uint32_t>(1002));
        QCOMPARE(ownerIn(table, four(1, 40002), four(1, 19531)), std::optional<std::uint32_t>(1003));
        QVERIFY(!ownerIn(table, four(1, 40000), four(1, 19531)));
    }
    void ownerIn_noSuchTable_isNobody()
    {
        for (const char *table : {"", "\n", "   \n\n", "no table at all", "0: 0100007F:9C40 0100007F:4C4B 01 0 0 0", "0: 0100007F 0100007F 01 0:0 0:0 0 1 0 5\n",
                                  "0: 0100007F:9C40 0100007F:4C4B 01 0:0 0:0 0 -1 0 5\n", "0: 0100007F:9C40 0100007F:4C4B 01 0:0 0:0 0 99999999999 0 5\n"})
            QVERIFY(!ownerIn(table, four(1, 40000), four(1, 19531)));
    }
};

QTEST_GUILESS_MAIN(TestSocketOwner)
#include "test_socket_owner.moc"
