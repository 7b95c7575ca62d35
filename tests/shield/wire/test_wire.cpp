#include "shield/wire/account.h"
#include "shield/wire/activation.h"
#include "shield/wire/bids.h"
#include "shield/wire/conversation.h"
#include "shield/wire/desks.h"
#include "shield/wire/records.h"
#include "shield/wire/session.h"

#include "shield/base/limits.h"

#include <QTest>
#include <random>

using namespace hufu;
using namespace hufu::wire;

namespace {

std::mt19937 generator(7);

template <std::size_t N> ByteArray<N> noise()
{
    ByteArray<N> out;
    for (auto &b : out)
        b = static_cast<std::uint8_t>(generator());
    return out;
}

Bytes noiseOf(std::size_t size)
{
    Bytes out(size);
    for (auto &b : out)
        b = static_cast<std::uint8_t>(generator());
    return out;
}

// A good message must come back the same, and nothing shorter or longer of it may be read.
template <typename M> bool total(const M &message)
{
    const Bytes good = encode(message);
    const auto back = decode<M>(good);
    if (!back || encode(*back) != good) return false;
    for (std::size_t length = 0; length < good.size(); ++length)
        if (decode<M>(ByteView(good).first(length))) return false;
    Bytes longer = good;
    longer.push_back(0);
    if (decode<M>(longer)) return false;
    Bytes version = good;
    version[0] = 2;
    if (decode<M>(version)) return false;
    Bytes other = good;
    other[1] = static_cast<std::uint8_t>(M::kType == Type::greeting ? Type::failure : Type::greeting);
    if (decode<M>(other)) return false;
    for (int i = 0; i < 500; ++i) { // random bodies: no crash, and what is read is written the same
        Bytes body = noiseOf(generator() % 400);
        if (const auto parsed = M::parse(body); parsed && parsed->body() != body) return false;
    }
    return true;
}

template <typename M> bool breaks(M message)
{
    return !M::parse(message.body());
}

template <typename M> M withMac()
{
    M message;
    message.mac = noise<32>();
    return message;
}

} // namespace

class TestWire : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void activation_messages_areTotal()
    {
        QVERIFY(total(Greeting{noise<16>(), 3, 1'800'000'000'000}));
        QVERIFY(total(EnrolStart{noise<16>(), "13800138000"}));
        QVERIFY(total(EnrolTerms{"某公司", "张*", factor::kSms, {{"terms", 1}, {"privacy", 2}}, 60}));
        QVERIFY(total(EnrolProof{noise<16>(), "123456", {{"terms", 1}}, 1, noiseOf(40)}));
        QVERIFY(total(EnrolAccepted{
            noise<16>(), noise<32>(), "张三", "某公司", "91X", "19900101", {"CN", "o", "", "cn", ""}}));
        Activate activate;
        activate.acct = noise<16>();
        auto kDev = noise<32>();
        activate.kDev = Secret<32>::adopt(kDev);
        QVERIFY(total(activate));
        QVERIFY(total(Kg2{noise<145>(), noise<145>()}));
        QVERIFY(total(Kg3{noise<177>(), noise<177>()}));
        QVERIFY(total(FrostKg2{noise<112>(), noise<145>()}));
        QVERIFY(total(FrostKg3{noise<144>(), noise<177>()}));
        QVERIFY(total(Kg4{0, noise<32>(), noise<32>(), noise<32>()}));
        QVERIFY(total(withMac<ProbeAnswer>()));
        QVERIFY(total(withMac<CertificatesQuery>()));
        QVERIFY(total(withMac<BidsQuery>()));
        BidList bids;
        QVERIFY(total(bids));
        bids.lastRehearsalMs = 5;
        bids.items.push_back({noise<32>(), "ZB-1", "某某大桥", "", "投标文件.pdf", "同事休假", 7, 1, 2, 4, 3, true, {{"张三", Bytes(20, 1)}, {"李四", {}}}});
        QVERIFY(total(bids));
        QVERIFY(total(withMac<DesksQuery>()));
        QVERIFY(total(withMac<DeskRemoval>()));
        DeskList desks;
        QVERIFY(total(desks));
        desks.items = {{noise<16>(), "投标室 3 号机", "pc-17", 5}, {noise<16>(), "笔记本", "", 6, true}};
        QVERIFY(total(desks));
        desks.items.assign(DeskList::kMost, {noise<16>(), std::string(1024, 'n'), std::string(1024, 'w'), 7}); // as long as it can be
        QVERIFY(encode(desks).size() <= limits::kMessageMax);
        QCOMPARE(decode<DeskList>(encode(desks))->items.size(), DeskList::kMost);
        QVERIFY(total(withMac<AccountQuery>()));
        QVERIFY(total(withMac<AccountState>()));
        AccountState account = withMac<AccountState>();
        account.state = DeviceState::destroyed;
        account.tries = 3;
        account.failures = 7;
        account.retryAfter = 10'800;
        account.bar = 601;
        account.seatUntilMs = 1'800'000'000'000;
        account.desks = 255;
        account.waiting = 1;
        QVERIFY(total(account));
        QVERIFY(*decode<AccountState>(encode(account)) == account);
        QVERIFY(total(withMac<EvidenceKey>()));
        QVERIFY(total(EvidenceKeyKept()));
        QVERIFY(total(withMac<RecordsQuery>()));
        RecordList records;
        QVERIFY(total(records));
        records = {7, {Bytes(145, 1), Bytes(118, 2)}};
        QVERIFY(total(records));
        Recover recover = withMac<Recover>();
        recover.digits = "12345678";
        QVERIFY(total(recover));
        QVERIFY(total(Recovered{0, noise<32>(), noise<32>()}));
        QVERIFY(
            total(Certificates{Certificates::active, noiseOf(500), noiseOf(500), noiseOf(500), noiseOf(500)}));
    }

    void session_messages_areTotal()
    {
        QVERIFY(total(withMac<Begin>()));
        Claim claim = withMac<Claim>();
        claim.frame = noiseOf(117);
        QVERIFY(total(claim));
        QVERIFY(total(withMac<Resume>()));
        QVERIFY(total(Claimed{noise<16>(), factor::kPin | factor::kDigits, "1234", false, 1'800'000'000'000,
                              noiseOf(300)}));
        QVERIFY(total(withMac<FactorAsk>()));
        QVERIFY(total(FactorSent{factor::kSms, 60}));
        Factor factor = withMac<Factor>();
        factor.value = noiseOf(6);
        QVERIFY(total(factor));
        QVERIFY(total(FactorAccepted{factor::kSms}));
        QVERIFY(total(withMac<Refuse>()));
        QVERIFY(total(Refused{}));
        Deliver deliver = withMac<Deliver>();
        deliver.items = {{0, noiseOf(64)}, {3, noiseOf(64)}};
        QVERIFY(total(deliver));
        QVERIFY(total(Delivered{}));
        QVERIFY(total(Failure{Errc::locked, 301, 60}));
        QVERIFY(total(Failure{Errc::refused, 606, 0, "李芳"}));
    }

    void conversation_messages_areTotal()
    {
        Hello hello = withMac<Hello>();
        hello.com1 = {noise<32>()};
        QVERIFY(total(hello));
        hello.com1.resize(64, noise<32>());
        QVERIFY(decode<Hello>(encode(hello)));
        hello.op = intent::Op::decrypt;
        hello.com1.clear();
        QVERIFY(total(hello));
        QVERIFY(total(Stale{noise<16>()}));
        QVERIFY(total(Clone{}));
        QVERIFY(total(Locked{60, 7, 3, DeviceState::active}));
        QVERIFY(total(EpochIs{4}));
        QVERIFY(total(Chal{
            noise<16>(), 5, noise<32>(), {noise<113>()}, 1'800'000'000'000, noiseOf(300), {noiseOf(100)}}));
        QVERIFY(total(Sign{noise<16>(), {{0, noise<129>()}, {2, noise<129>()}}}));
        Hello frost = withMac<Hello>();
        frost.suite = kSuiteFrost;
        QVERIFY(total(frost));
        QVERIFY(total(FrostChal{
            noise<16>(), 5, noise<32>(), {noise<64>()}, 1'800'000'000'000, noiseOf(300), {noiseOf(100)}}));
        QVERIFY(total(FrostSign{noise<16>(), {{0, noise<96>()}, {2, noise<96>()}}}));
        QVERIFY(total(Resp{noise<16>(), {Status::ok, 10, 0, 0}, {noise<64>()}}));
        QVERIFY(total(Resp{noise<16>(), {Status::badPin, 9, 0, 1, 12}, {}}));
        QVERIFY(total(Dec1{noise<16>(), {{0, noise<113>()}}}));
        QVERIFY(total(Dec2{noise<16>(), {}, {noise<65>()}, noise<32>()}));
        QVERIFY(total(Dec2{noise<16>(), {Status::badPin, 9, 0, 1}, {}, {}}));
        QVERIFY(
            total(Ref1{noise<16>(), noise<32>(), {{noise<32>(), noise<48>()}, {noise<32>(), noise<48>()}}}));
        QVERIFY(total(Ref2{noise<16>(), {}, noise<32>()}));
        QVERIFY(total(Ref3{noise<16>(), {{noise<32>(), noise<48>()}}}));
        QVERIFY(total(Ref4{noise<16>(), {}, 2}));
        QVERIFY(total(withMac<ResultQuery>()));
        QVERIFY(total(Unknown{noise<16>()}));
    }

    void hello_sizes_areThoseOfTheProtocol()
    {
        Hello hello = withMac<Hello>();
        hello.com1 = {noise<32>()};
        QCOMPARE(hello.body().size(), std::size_t{174});
        hello.op = intent::Op::decrypt;
        hello.com1.clear();
        QCOMPARE(hello.body().size(), std::size_t{142});
    }

    void fields_outOfRange_areRefused()
    {
        Hello hello = withMac<Hello>();
        hello.com1 = {noise<32>()};
        QVERIFY(!breaks(hello));
        const auto broken = [&hello](auto change) {
            Hello bad = hello;
            change(bad);
            return breaks(bad);
        };
        QVERIFY(broken([](Hello &h) { h.com1.clear(); }));
        QVERIFY(broken([](Hello &h) { h.com1.resize(65); }));
        QVERIFY(broken([](Hello &h) { h.op = intent::Op::decrypt; })); // with com1
        QVERIFY(broken([](Hello &h) { h.op = intent::Op::pinChange; }));
        QVERIFY(broken([](Hello &h) { h.op = intent::Op::refreshCommit; }));
        QVERIFY(broken([](Hello &h) { h.op = static_cast<intent::Op>(5); }));
        QVERIFY(broken([](Hello &h) { h.suite = 3; }));
        QVERIFY(broken([](Hello &h) { h.suite = kSuiteFrost; })); // with com1
        QVERIFY(broken([](Hello &h) {
            h.suite = kSuiteFrost;
            h.op = intent::Op::decrypt;
            h.com1.clear();
        }));

        QVERIFY(breaks(Sign{noise<16>(), {}}));
        QVERIFY(breaks(Sign{noise<16>(), {{1, {}}, {1, {}}}}));
        QVERIFY(breaks(Sign{noise<16>(), {{2, {}}, {1, {}}}}));
        QVERIFY(breaks(Sign{noise<16>(), {{64, {}}}}));
        QVERIFY(breaks(FrostSign{noise<16>(), {}}));
        const auto breaksBid = [](auto change) {
            BidList list;
            list.items.emplace_back();
            change(list.items[0]);
            return breaks(list);
        };
        QVERIFY(!breaksBid([](BidList::Item &) {}));
        QVERIFY(breaksBid([](BidList::Item &item) { item.state = 0; }));
        QVERIFY(breaksBid([](BidList::Item &item) { item.state = 5; }));
        QVERIFY(breaksBid([](BidList::Item &item) { item.openingMs = -1; }));
        QVERIFY(breaksBid([](BidList::Item &item) { item.fileName = "a\nb"; }));
        QVERIFY(breaksBid([](BidList::Item &item) { item.recipients.resize(65); }));
        QVERIFY(breaksBid([](BidList::Item &item) { item.recipients = {{"a", Bytes(65, 1)}}; }));
        QVERIFY(breaks(DeskList{{{noise<16>(), "a\nb", "", 5}}}));
        QVERIFY(breaks(DeskList{{{noise<16>(), "a", "\t", 5}}}));
        QVERIFY(breaks(DeskList{{{noise<16>(), "a", "", -1}}}));
        const auto breaksAccount = [](auto change) {
            AccountState state;
            change(state);
            return breaks(state);
        };
        QVERIFY(!breaksAccount([](AccountState &) {}));
        QVERIFY(breaksAccount([](AccountState &state) { state.state = static_cast<DeviceState>(5); }));
        QVERIFY(breaksAccount([](AccountState &state) { state.bar = 1000; }));
        QVERIFY(breaksAccount([](AccountState &state) { state.seatUntilMs = -1; }));
        Bytes another = AccountState().body();
        another[0] = 2; // a later form
        QVERIFY(!AccountState::parse(another));
        QVERIFY(breaksBid([](BidList::Item &item) { item.isGivenBack = true; })); // and sealed
        QVERIFY(!breaksBid([](BidList::Item &item) { item.state = 3, item.isGivenBack = true; }));
        RecordsQuery zeroth = withMac<RecordsQuery>();
        zeroth.first = 0;
        QVERIFY(breaks(zeroth));
        QVERIFY(breaks(RecordList{1, {Bytes(145, 1), Bytes(145, 1)}})); // more than there are
        QVERIFY(breaks(RecordList{1, {Bytes(256, 1)}}));
        QVERIFY(breaks(RecordList{1, {Bytes()}}));
        QVERIFY(breaks(RecordList{500, std::vector<Bytes>(201, Bytes(145, 1))}));
        QVERIFY(breaks(FrostSign{noise<16>(), {{1, {}}, {1, {}}}}));
        QVERIFY(breaks(Dec1{noise<16>(), {}}));
        QVERIFY(breaks(Resp{noise<16>(), {Status::badPin, 0, 0, 0}, {noise<64>()}}));
        QVERIFY(breaks(Resp{noise<16>(), {Status::ok, 0, 0, 0}, {}}));
        QVERIFY(breaks(Resp{noise<16>(), {static_cast<Status>(7), 0, 0, 0}, {}}));
        QVERIFY(breaks(Dec2{noise<16>(), {Status::ok, 0, 0, 0}, {}, noise<32>()}));
        QVERIFY(breaks(Dec2{noise<16>(), {Status::badPin, 9, 0, 1}, {}, noise<32>()}));
        QVERIFY(breaks(Ref1{noise<16>(), {}, {}}));
        QVERIFY(breaks(Ref1{noise<16>(), {}, {{}, {}, {}}}));
        QVERIFY(breaks(Locked{0, 0, 0, static_cast<DeviceState>(5)}));
        QVERIFY(breaks(Failure{static_cast<Errc>(11), 0, 0}));
        QVERIFY(breaks(Failure{Errc::refused, 606, 0, "a\nb"}));
        QVERIFY(breaks(Failure{Errc::refused, 606, 0, std::string(Failure::kWhoseMax + 1, 'a')}));
        QVERIFY(!Failure::parse(concat({Failure{Errc::refused, 606, 0}.body(), Bytes(2, 0)}))); // a name that is none
        QVERIFY(breaks(Greeting{{}, 0, -1}));
        QVERIFY(breaks(EnrolStart{{}, std::string(33, '1')}));
        QVERIFY(breaks(EnrolStart{{}, "138\n"}));
        QVERIFY(breaks(Certificates{static_cast<Certificates::State>(4), {}, {}, {}, {}}));
        Begin begin = withMac<Begin>();
        begin.act = intent::Act::sign; // must come through a frame
        QVERIFY(breaks(begin));
        Recover recover = withMac<Recover>();
        recover.digits = std::string(17, '1');
        const Bytes longer = recover.body();
        QVERIFY(!Recover::parse(longer));
        Refuse refuse = withMac<Refuse>();
        refuse.reason = static_cast<RefuseReason>(0);
        QVERIFY(breaks(refuse));
        Chal chal{noise<16>(), 1, noise<32>(), {}, 0, Bytes(limits::kManifestMax + 1), {}};
        QVERIFY(breaks(chal));
        chal.manifest.clear();
        chal.tbs = {Bytes(limits::kTbsMax + 1)};
        QVERIFY(breaks(chal));
        chal.tbs.assign(65, {});
        QVERIFY(breaks(chal));
    }

    void envelope_emptyOversizedUnknown_isRefused()
    {
        QVERIFY(!Envelope::split({}));
        QVERIFY(!Envelope::split(Bytes{1}));
        for (const int type : {0x01, 0x0b, 0x1c, 0x40, 0x5d})
            QVERIFY(Envelope::split(Bytes{1, static_cast<std::uint8_t>(type)}));
        QVERIFY(!Envelope::split(Bytes{0, 0x0b}));
        for (const int type : {0x00, 0x1d, 0x3f, 0x5e, 0xff})
            QVERIFY(!Envelope::split(Bytes{1, static_cast<std::uint8_t>(type)}));
        Bytes large(limits::kMessageMax + 1);
        large[0] = 1;
        large[1] = 0x0b;
        QVERIFY(!Envelope::split(large));
        large.pop_back();
        QVERIFY(Envelope::split(large));
    }

    void macInput_coversNameConnectionNonceAndFields()
    {
        Hello hello = withMac<Hello>();
        hello.com1 = {noise<32>()};
        const auto cn = noise<16>();
        const auto nonce = noise<16>();
        const Bytes body = hello.body();
        const ByteView fields = ByteView(body).first(body.size() - 32);
        QVERIFY(macInputOf(hello, cn) == concat({viewOf("PSH1-hello"), cn, fields}));
        QVERIFY(macInputOf(hello, cn, nonce) == concat({viewOf("PSH1-hello"), cn, nonce, fields}));
        Hello other = hello;
        other.mac[0] ^= 1; // the MAC is not part of its own input
        QVERIFY(macInputOf(other, cn) == macInputOf(hello, cn));
        other.epoch ^= 1;
        QVERIFY(macInputOf(other, cn) != macInputOf(hello, cn));
        QVERIFY(kg4MacInput({1}, {2}, 3) == concat({viewOf("PSH1-kg4"), ByteArray<32>{1}, ByteArray<32>{2},
                                                    ByteArray<8>{0, 0, 0, 0, 0, 0, 0, 3}}));
        QVERIFY(recoveredMacInput({1}, {2}, 3) ==
                concat({viewOf("PSH1-recovered"), ByteArray<16>{1}, ByteArray<32>{2},
                        ByteArray<8>{0, 0, 0, 0, 0, 0, 0, 3}}));
    }
};

QTEST_GUILESS_MAIN(TestWire)
#include "test_wire.moc"
