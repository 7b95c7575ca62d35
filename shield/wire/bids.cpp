#include "shield/wire/bids.h"

#include "shield/wire/fields.h"

#include <algorithm>

namespace hufu::wire {

namespace {

constexpr std::size_t kKeyIdMax = 64;
constexpr std::uint8_t kOwn = 1, kGivenBack = 2, kSealed = 1;

Writer &put(Writer &out, std::int64_t ms)
{
    return out.u64(static_cast<std::uint64_t>(ms));
}

std::int64_t take(Reader &reader)
{
    return static_cast<std::int64_t>(reader.u64());
}

BidList::Item itemOf(Reader &reader, bool &valid)
{
    BidList::Item item;
    item.id = reader.array<32>();
    for (std::string *text : {&item.projectId, &item.projectName, &item.package, &item.fileName, &item.soleReason}) {
        *text = reader.text();
        valid = valid && fit(*text);
    }
    item.size = reader.u64();
    item.sealedMs = take(reader);
    item.openingMs = take(reader);
    item.state = reader.u8();
    item.endedMs = take(reader);
    const std::uint8_t flags = reader.u8();
    item.isOwn = (flags & kOwn) != 0;
    item.isGivenBack = (flags & kGivenBack) != 0;
    const std::size_t count = reader.u8();
    valid = valid && item.state >= 1 && item.state <= 4 && flags <= (kOwn | kGivenBack) && !(item.isGivenBack && item.state == kSealed) && count <= limits::kRecipientsMax;
    valid = valid && std::min({item.sealedMs, item.openingMs, item.endedMs}) >= 0;
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        BidList::Recipient &recipient = item.recipients.emplace_back();
        recipient.name = reader.text();
        recipient.keyId = blob16(reader);
        valid = valid && fit(recipient.name) && recipient.keyId.size() <= kKeyIdMax;
    }
    return item;
}

} // namespace

Result<BidsQuery> BidsQuery::parse(ByteView body)
{
    Reader reader(body);
    BidsQuery out;
    out.acct = reader.array<16>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes BidsQuery::body() const
{
    return concat({acct, mac});
}

Result<BidList> BidList::parse(ByteView body)
{
    Reader reader(body);
    BidList out;
    out.lastRehearsalMs = take(reader);
    const std::size_t count = reader.u8();
    bool valid = out.lastRehearsalMs >= 0 && count <= kMost;
    for (std::size_t i = 0; i < count && reader.ok(); ++i)
        out.items.push_back(itemOf(reader, valid));
    return finished(reader, valid, std::move(out));
}

Bytes BidList::body() const
{
    Writer out;
    put(out, lastRehearsalMs).u8(count(items.size()));
    for (const Item &item : items) {
        out.raw(item.id).text(item.projectId).text(item.projectName).text(item.package).text(item.fileName).text(item.soleReason).u64(item.size);
        put(put(out, item.sealedMs), item.openingMs).u8(item.state);
        put(out, item.endedMs).u8(static_cast<std::uint8_t>((item.isOwn ? kOwn : 0) | (item.isGivenBack ? kGivenBack : 0))).u8(count(item.recipients.size()));
        for (const Recipient &recipient : item.recipients)
            out.text(recipient.name).blob16(recipient.keyId);
    }
    return out.take();
}

} // namespace hufu::wire
