// Every message between phone and server: whatever is accepted is written the same.
#include "shield/wire/account.h"
#include "shield/wire/activation.h"
#include "shield/wire/bids.h"
#include "shield/wire/conversation.h"
#include "shield/wire/desks.h"
#include "shield/wire/records.h"
#include "shield/wire/session.h"
#include "tests/fuzz/target.h"

namespace hufu::tests {

using namespace wire;

namespace {

template <std::size_t N> ByteArray<N> some(std::uint8_t first = 1)
{
    ByteArray<N> out;
    for (std::size_t i = 0; i < N; ++i)
        out[i] = static_cast<std::uint8_t>(first + i);
    return out;
}

template <typename M> void feedMessage(ByteView bytes)
{
    const auto message = M::parse(bytes);
    if (message) hold(sameBytes(message->body(), bytes), "what is accepted is written the same");
}

template <typename M> M withMac(M message)
{
    message.mac = some<32>(0x80);
    return message;
}

Activate activation()
{
    Activate activate;
    auto kDev = some<32>(7);
    activate.kDev = Secret<32>::adopt(kDev);
    activate.kg1Sign = some<82>();
    return activate;
}

// One message with everything in it, and one with as little as there may be.
template <typename M> struct Samples;
#define HUFU_SAMPLES(M, ...)                                                                                           \
    template <> struct Samples<M> {                                                                                    \
        static std::vector<Bytes> bodies() { return bodiesOf(__VA_ARGS__); }                                           \
    }
template <typename... Messages> std::vector<Bytes> bodiesOf(const Messages &...messages)
{
    return {messages.body()...};
}

Recover recovery()
{
    Recover recover;
    recover.digits = "12345678";
    auto kDev = some<32>(7);
    recover.kDev = Secret<32>::adopt(kDev);
    return withMac(std::move(recover));
}

Hello helloOf(intent::Op op, std::size_t items)
{
    Hello hello;
    hello.op = op;
    hello.com1.assign(items, some<32>());
    return withMac(std::move(hello));
}
Claim claimOf(Bytes frame)
{
    Claim claim;
    claim.frame = std::move(frame);
    return withMac(std::move(claim));
}
Factor factorOf(std::uint8_t kind, Bytes value)
{
    Factor out;
    out.kind = kind;
    out.value = std::move(value);
    return withMac(std::move(out));
}
Deliver deliverOf(std::vector<Deliver::Item> items)
{
    Deliver deliver;
    deliver.items = std::move(items);
    return withMac(std::move(deliver));
}

HUFU_SAMPLES(Greeting, Greeting{some<16>(), 3, 1'800'000'000'000}, Greeting{});
HUFU_SAMPLES(EnrolStart, EnrolStart{some<16>(), "13800138000"});
HUFU_SAMPLES(EnrolTerms, EnrolTerms{"某公司", "张*", factor::kSms, {{"terms", 1}, {"privacy", 2}}, 60});
HUFU_SAMPLES(EnrolProof, EnrolProof{some<16>(), "123456", {{"terms", 1}}, 1, Bytes(40, 3)},
             EnrolProof{some<16>(), "123456", {}, 0, {}});
HUFU_SAMPLES(EnrolAccepted, EnrolAccepted{some<16>(), some<32>(), "张三", "某公司", "91X", "19900101",
                                          {"CN", "o", "", "cn", ""}});
HUFU_SAMPLES(Activate, activation());
HUFU_SAMPLES(Kg2, Kg2{some<145>(), some<145>(9)});
HUFU_SAMPLES(Kg3, Kg3{some<177>(), some<177>(9)});
HUFU_SAMPLES(FrostKg2, FrostKg2{some<112>(), some<145>(9)});
HUFU_SAMPLES(FrostKg3, FrostKg3{some<144>(), some<177>(9)});
HUFU_SAMPLES(Kg4, Kg4{5, some<32>(), some<32>(9), some<32>(17)});
HUFU_SAMPLES(ProbeAnswer, withMac(ProbeAnswer{}));
HUFU_SAMPLES(CertificatesQuery, withMac(CertificatesQuery{}));
HUFU_SAMPLES(BidsQuery, withMac(BidsQuery{}));
HUFU_SAMPLES(BidList, BidList{}, BidList{5, {{some<32>(), "ZB-1", "Bridge", "2", "a.pdf", "leave", 7, 1, 2, 4, 3, true, {{"A", Bytes(20, 1)}, {"B", {}}}}}});
HUFU_SAMPLES(DesksQuery, withMac(DesksQuery{}));
HUFU_SAMPLES(DeskRemoval, withMac(DeskRemoval{}));
HUFU_SAMPLES(DeskList, DeskList{}, DeskList{{{some<16>(), "A", "pc", 5}, {some<16>(9), "B", "", 6, true}}});
HUFU_SAMPLES(AccountQuery, withMac(AccountQuery{}));
HUFU_SAMPLES(AccountState, withMac(AccountState{}), withMac(AccountState{DeviceState::frozen, 0, 10, 0, 601, 5, 2, 1, {}}));
HUFU_SAMPLES(EvidenceKey, withMac(EvidenceKey{}));
HUFU_SAMPLES(EvidenceKeyKept, EvidenceKeyKept{});
HUFU_SAMPLES(RecordsQuery, withMac(RecordsQuery{}));
HUFU_SAMPLES(RecordList, RecordList{}, RecordList{2, {Bytes(145, 1), Bytes(118, 2)}});
HUFU_SAMPLES(Certificates, Certificates{Certificates::active, Bytes(40, 1), Bytes(40, 2), Bytes(40, 3), Bytes(40, 4)},
             Certificates{});
HUFU_SAMPLES(Recover, recovery());
HUFU_SAMPLES(Recovered, Recovered{5, some<32>(), some<32>(9)});
HUFU_SAMPLES(Begin, withMac(Begin{}));
HUFU_SAMPLES(Claim, claimOf(Bytes(117, 4)), claimOf(Bytes(37, 4)));
HUFU_SAMPLES(Resume, withMac(Resume{}));
HUFU_SAMPLES(Claimed, Claimed{some<16>(), factor::kPin | factor::kDigits, "1234", false, 1'800'000'000'000,
                              Bytes(60, '{')});
HUFU_SAMPLES(FactorAsk, withMac(FactorAsk{}));
HUFU_SAMPLES(FactorSent, FactorSent{factor::kSms, 60});
HUFU_SAMPLES(Factor, factorOf(factor::kSms, bytesOf(viewOf("123456"))), factorOf(factor::kLiveness, {1, 9}));
HUFU_SAMPLES(FactorAccepted, FactorAccepted{factor::kSms});
HUFU_SAMPLES(Refuse, withMac(Refuse{}));
HUFU_SAMPLES(Refused, Refused{});
HUFU_SAMPLES(Deliver, deliverOf({{0, Bytes(64, 1)}, {3, Bytes(64, 2)}}));
HUFU_SAMPLES(Delivered, Delivered{});
HUFU_SAMPLES(Failure, Failure{Errc::locked, 301, 60});
HUFU_SAMPLES(Hello, helloOf(intent::Op::sign, 1), helloOf(intent::Op::sign, 3), helloOf(intent::Op::pinChange, 0));
HUFU_SAMPLES(Stale, Stale{some<16>()});
HUFU_SAMPLES(Clone, Clone{});
HUFU_SAMPLES(Locked, Locked{60, 7, 3, DeviceState::active});
HUFU_SAMPLES(EpochIs, EpochIs{4});
HUFU_SAMPLES(Chal,
             Chal{some<16>(), 5, some<32>(), {some<113>()}, 1'800'000'000'000, Bytes(30, '{'), {Bytes(20, 'x')}},
             Chal{some<16>(), 5, some<32>(), {}, 1'800'000'000'000, {}, {}});
HUFU_SAMPLES(Sign, Sign{some<16>(), {{0, some<129>()}, {2, some<129>(3)}}});
HUFU_SAMPLES(FrostChal,
             FrostChal{some<16>(), 5, some<32>(), {some<64>()}, 1'800'000'000'000, Bytes(30, '{'), {Bytes(20, 'x')}});
HUFU_SAMPLES(FrostSign, FrostSign{some<16>(), {{0, some<96>()}, {2, some<96>(3)}}});
HUFU_SAMPLES(Resp, Resp{some<16>(), {Status::ok, 10, 0, 0}, {some<64>()}}, Resp{some<16>(), {Status::badPin, 9, 0, 1}, {}});
HUFU_SAMPLES(Dec1, Dec1{some<16>(), {{0, some<113>()}}});
HUFU_SAMPLES(Dec2, Dec2{some<16>(), {}, {some<65>()}, some<32>()});
HUFU_SAMPLES(Ref1, Ref1{some<16>(), some<32>(), {{some<32>(), some<48>()}, {some<32>(5), some<48>(5)}}});
HUFU_SAMPLES(Ref2, Ref2{some<16>(), {}, some<32>()});
HUFU_SAMPLES(Ref3, Ref3{some<16>(), {{some<32>(), some<48>()}}});
HUFU_SAMPLES(Ref4, Ref4{some<16>(), {}, 2});
HUFU_SAMPLES(ResultQuery, withMac(ResultQuery{}));
HUFU_SAMPLES(Unknown, Unknown{some<16>()});
#undef HUFU_SAMPLES

template <typename M> FuzzTarget target(std::string name)
{
    return {"wire-" + std::move(name), feedMessage<M>, Samples<M>::bodies};
}

void feedEnvelope(ByteView bytes)
{
    const auto envelope = Envelope::split(bytes);
    if (!envelope) return;
    const Bytes again =
        Writer().u8(kVersion).u8(static_cast<std::uint8_t>(envelope->type)).raw(envelope->body).take();
    hold(sameBytes(again, bytes), "an envelope is version, type and body");
}

std::vector<Bytes> envelopeSeeds()
{
    return {encode(Stale{some<16>()}), encode(Clone{})};
}

} // namespace

std::vector<FuzzTarget> wireTargets()
{
    return {
        {"wire-envelope", feedEnvelope, envelopeSeeds},
        target<EnrolStart>("enrol-start"),
        target<EnrolProof>("enrol-proof"),
        target<Activate>("activate"),
        target<Kg3>("kg3"),
        target<FrostKg3>("frost-kg3"),
        target<FrostSign>("frost-sign"),
        target<FrostKg2>("frost-kg2"),
        target<FrostChal>("frost-chal"),
        target<Begin>("begin"),
        target<Claim>("claim"),
        target<Resume>("resume"),
        target<FactorAsk>("factor-ask"),
        target<Factor>("factor"),
        target<Refuse>("refuse"),
        target<Hello>("hello"),
        target<Sign>("sign"),
        target<Dec1>("dec1"),
        target<Ref1>("ref1"),
        target<Ref3>("ref3"),
        target<ResultQuery>("result-query"),
        target<Deliver>("deliver"),
        target<ProbeAnswer>("probe-answer"),
        target<CertificatesQuery>("certificates-query"),
        target<BidsQuery>("bids-query"),
        target<BidList>("bid-list"),
        target<DesksQuery>("desks-query"),
        target<DeskRemoval>("desk-removal"),
        target<DeskList>("desk-list"),
        target<AccountQuery>("account-query"),
        target<AccountState>("account-state"),
        target<EvidenceKey>("evidence-key"),
        target<EvidenceKeyKept>("evidence-key-kept"),
        target<RecordsQuery>("records-query"),
        target<RecordList>("record-list"),
        target<Recover>("recover"),
        target<Recovered>("recovered"),
        target<Greeting>("greeting"),
        target<EnrolTerms>("enrol-terms"),
        target<EnrolAccepted>("enrol-accepted"),
        target<Kg2>("kg2"),
        target<Kg4>("kg4"),
        target<Claimed>("claimed"),
        target<FactorSent>("factor-sent"),
        target<FactorAccepted>("factor-accepted"),
        target<Refused>("refused"),
        target<Stale>("stale"),
        target<Clone>("clone"),
        target<Locked>("locked"),
        target<EpochIs>("epoch-is"),
        target<Chal>("chal"),
        target<Resp>("resp"),
        target<Dec2>("dec2"),
        target<Ref2>("ref2"),
        target<Ref4>("ref4"),
        target<Unknown>("unknown"),
        target<Delivered>("delivered"),
        target<Certificates>("certificates"),
        target<Failure>("failure"),
    };
}

} // namespace hufu::tests
