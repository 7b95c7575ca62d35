#include "shield/opening/bid.h"

#include "shield/base/limits.h"

#include <algorithm>

namespace hufu::opening {

namespace {

constexpr std::uint8_t kVersion = 1;

std::int64_t timeOf(Reader &reader)
{
    return static_cast<std::int64_t>(reader.u64());
}

} // namespace

Bytes Bid::encode() const
{
    Writer out;
    out.u8(kVersion).raw(id).raw(sealer).text(project.id).text(project.name).text(project.package).text(fileName);
    out.u64(size).u64(static_cast<std::uint64_t>(sealedMs)).u64(static_cast<std::uint64_t>(openingMs));
    out.u8(static_cast<std::uint8_t>(recipients.size()));
    for (const Recipient &recipient : recipients)
        out.text(recipient.name).blob16(recipient.keyId).raw(recipient.acct);
    out.text(soleReason).u8(static_cast<std::uint8_t>(state)).u64(static_cast<std::uint64_t>(endedMs)).raw(successor);
    return out.take();
}

Result<Bid> Bid::parse(ByteView bytes)
{
    Reader in(bytes);
    Bid bid;
    if (in.u8() != kVersion) return Error(Errc::badInput, "a bid of another version");
    bid.id = in.array<32>();
    bid.sealer = in.array<16>();
    bid.project.id = in.text();
    bid.project.name = in.text();
    bid.project.package = in.text();
    bid.fileName = in.text();
    bid.size = in.u64();
    bid.sealedMs = timeOf(in);
    bid.openingMs = timeOf(in);
    const std::size_t count = in.u8();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        Recipient &recipient = bid.recipients.emplace_back();
        recipient.name = in.text();
        recipient.keyId = bytesOf(in.blob16());
        recipient.acct = in.array<16>();
    }
    bid.soleReason = in.text();
    const std::uint8_t state = in.u8();
    bid.state = static_cast<BidState>(state);
    bid.endedMs = timeOf(in);
    bid.successor = in.array<32>();
    HUFU_CHECK(in.finish());
    const bool fits = count <= limits::kRecipientsMax && state >= 1 && state <= static_cast<std::uint8_t>(BidState::replaced);
    if (!fits) return Error(Errc::badInput, "a bid is not of the form it was written in");
    return bid;
}

bool Bid::isFor(const AccountId &acct) const
{
    return acct != AccountId{} && std::ranges::any_of(recipients, [&](const Recipient &one) { return one.acct == acct; });
}

bool Bid::isAwaited(std::int64_t nowMs) const
{
    if (state != BidState::sealed) return false;
    return nowMs < (openingMs != 0 ? openingMs + kLateMs : sealedMs + kHourlessMs);
}

bool Bid::isGuarded(std::int64_t nowMs) const
{
    return isAwaited(nowMs) || (isGivenBack && nowMs < (openingMs != 0 ? openingMs : sealedMs + kHourlessMs));
}

std::int64_t forgetMsOf(const Bid &bid)
{
    if (bid.state != BidState::sealed) return bid.endedMs + kKeptMs;
    return (bid.openingMs != 0 ? std::max(bid.openingMs, bid.sealedMs) + kLateMs : bid.sealedMs + kHourlessMs) + kKeptMs;
}

std::vector<Recipient> recipientsOf(const intent::Manifest &manifest)
{
    std::vector<Recipient> out;
    for (std::size_t i = 0; i < manifest.recipients.size(); ++i)
        out.push_back({manifest.recipients[i], manifest.recipientKeys.empty() ? Bytes() : manifest.recipientKeys[i], {}});
    return out;
}

std::vector<Bid> bidsOf(const intent::Manifest &manifest, const std::vector<std::uint8_t> &included, const std::vector<Recipient> &recipients,
                        const AccountId &sealer, std::int64_t sealedMs)
{
    std::vector<Bid> bids;
    if (manifest.act != intent::Act::encrypt || !manifest.project) return bids;
    Bid common;
    common.sealer = sealer;
    common.project = *manifest.project;
    common.sealedMs = sealedMs;
    common.openingMs = manifest.deadline.value_or(0);
    common.soleReason = manifest.soleReason;
    common.recipients = recipients;
    for (const std::uint8_t item : included) {
        if (item >= manifest.files.size()) continue;
        Bid bid = common;
        bid.id = manifest.files[item].sm3;
        bid.fileName = manifest.files[item].name;
        bid.size = manifest.files[item].size;
        bids.push_back(std::move(bid));
    }
    return bids;
}

} // namespace hufu::opening
