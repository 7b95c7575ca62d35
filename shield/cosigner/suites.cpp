#include "shield/cosigner/suites.h"

namespace hufu::cosigner {

namespace {

namespace cosign = threshold::cosign;
namespace frost = threshold::frost;

template <typename Item, typename Message> std::vector<Item> itemsOf(const Message &sign)
{
    std::vector<Item> items;
    for (const auto &item : sign.items)
        items.push_back({item.index, item.share});
    return items;
}

} // namespace

Result<Sm2Suite::Attempt> Sm2Suite::open(Session &&session, const Message &sign)
{
    return cosign::serverOpen(std::move(session), itemsOf<cosign::SignItem>(sign));
}

Result<Sm2Suite::Share> Sm2Suite::shareOf(const DeviceRecord &record, std::uint32_t epoch, const Ports &ports, KeptKeys &kept)
{
    return cosigner::shareOf(record, KeyType::sign, epoch, ports, kept);
}

Result<std::vector<ByteArray<64>>> Sm2Suite::complete(Attempt &&attempt, Share &own, KeptKeys &kept)
{
    HUFU_CHECK(kept.prepare(own.key, own.share)); // since CHAL a look into memory
    return cosign::serverComplete(std::move(attempt), own.share);
}

Result<FrostSuite::Attempt> FrostSuite::open(Session &&session, const Message &sign)
{
    return frost::cosign::serverOpen(std::move(session), itemsOf<frost::cosign::SignItem>(sign));
}

Result<FrostSuite::Share> FrostSuite::shareOf(const DeviceRecord &record, std::uint32_t epoch, const Ports &ports, KeptKeys &)
{
    return frostShareOf(record, epoch, ports);
}

Result<std::vector<ByteArray<64>>> FrostSuite::complete(Attempt &&attempt, Share &own, KeptKeys &)
{
    return frost::cosign::serverComplete(std::move(attempt), own.share);
}

Result<SignChal> challengeFor(const DeviceRecord &record, const wire::Hello &hello, const ByteArray<16> &sid,
                              const std::vector<Bytes> &tbs, SignSession &session, const Ports &ports, KeptKeys &kept)
{
    if (record.sign.point.suite() == crypto::Suite::frost) {
        HUFU_TRY(own, FrostSuite::shareOf(record, hello.epoch, ports, kept));
        HUFU_TRY(made, frost::cosign::serverChallenge(own.key, own.share, tbs, ports.random));
        session = std::move(made.session);
        wire::FrostChal chal;
        chal.points = std::move(made.commitments);
        return SignChal(std::move(chal));
    }
    HUFU_TRY(own, Sm2Suite::shareOf(record, hello.epoch, ports, kept));
    HUFU_TRY(key, kept.prepare(own.key, own.share));
    HUFU_TRY(made, cosign::serverChallenge(key, own.share, sid, hello.com1, tbs, ports.random));
    session = std::move(made.session);
    wire::Chal chal;
    chal.points = std::move(made.points);
    return SignChal(std::move(chal));
}

} // namespace hufu::cosigner
