#include "shield/phone/bid_fetch.h"

#include "shield/x509/certificate.h"

namespace hufu::phone {

namespace {

constexpr std::uint8_t kForm = 1;

// In the vault: form 1 | when it was fetched 8 | BidList. The former form has none: its time begins with a zero.
Result<std::pair<std::int64_t, wire::BidList>> keptOf(ByteView bytes)
{
    if (!bytes.empty() && bytes.front() != 0) {
        if (bytes.front() != kForm) return Error(Errc::tampered, "the list of bids is not of the form");
        bytes = bytes.subspan(1);
    }
    Reader reader(bytes);
    const auto fetchedMs = static_cast<std::int64_t>(reader.u64());
    if (!reader.ok()) return Error(Errc::tampered, "the list of bids is not of the form");
    auto list = wire::BidList::parse(bytes.subspan(8));
    if (!list) return Error(Errc::tampered, "the list of bids is not of the form");
    return std::pair(fetchedMs, std::move(*list));
}

opening::Bid bidOf(wire::BidList::Item item, const opening::AccountId &self, const Bytes &ownKeyId)
{
    opening::Bid bid;
    bid.id = item.id;
    if (item.isOwn) bid.sealer = self;
    bid.project = {std::move(item.projectId), std::move(item.projectName), std::move(item.package)};
    bid.fileName = std::move(item.fileName);
    bid.size = item.size;
    bid.sealedMs = item.sealedMs;
    bid.openingMs = item.openingMs;
    bid.soleReason = std::move(item.soleReason);
    bid.state = static_cast<opening::BidState>(item.state);
    bid.endedMs = item.endedMs;
    bid.isGivenBack = item.isGivenBack;
    for (wire::BidList::Recipient &recipient : item.recipients) {
        const bool isSelf = !ownKeyId.empty() && recipient.keyId == ownKeyId;
        bid.recipients.push_back({std::move(recipient.name), std::move(recipient.keyId), isSelf ? self : opening::AccountId{}});
    }
    return bid;
}

} // namespace

Result<KnownBids> knownBids(vault::Vault &vault)
{
    KnownBids known;
    HUFU_TRY(stored, vault.sealedBids());
    HUFU_TRY(device, vault.device());
    if (!device) return known;
    known.person = device->person;
    HUFU_TRY(certificates, vault.certificates());
    if (const auto encrypt = x509::Certificate::parse(certificates.encrypt)) known.keyId = encrypt->subjectKeyId();
    if (stored.empty()) return known;
    HUFU_TRY(kept, keptOf(stored));
    known.fetchedMs = kept.first;
    known.lastRehearsalMs = kept.second.lastRehearsalMs;
    for (wire::BidList::Item &item : kept.second.items)
        known.bids.push_back(bidOf(std::move(item), device->acct, known.keyId));
    return known;
}

Bytes BidFetch::question(const ByteArray<16> &cn) const
{
    return underMac(wire::BidsQuery(), cn);
}

Result<void> BidFetch::take(ByteView answer)
{
    HUFU_TRY(list, wire::decode<wire::BidList>(answer));
    Writer kept;
    kept.u8(kForm).u64(static_cast<std::uint64_t>(m_environment.clock.unixMs())).raw(list.body());
    return m_environment.vault.writeSealedBids(kept.bytes());
}

} // namespace hufu::phone
