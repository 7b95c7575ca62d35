#include "shield/wire/desks.h"

#include "shield/wire/fields.h"

namespace hufu::wire {

Result<DesksQuery> DesksQuery::parse(ByteView body)
{
    Reader reader(body);
    DesksQuery out;
    out.acct = reader.array<16>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes DesksQuery::body() const
{
    return concat({acct, mac});
}

Result<DeskRemoval> DeskRemoval::parse(ByteView body)
{
    Reader reader(body);
    DeskRemoval out;
    out.acct = reader.array<16>();
    out.desk = reader.array<16>();
    out.mac = reader.array<32>();
    return finished(reader, true, std::move(out));
}

Bytes DeskRemoval::body() const
{
    return concat({acct, desk, mac});
}

Result<DeskList> DeskList::parse(ByteView body)
{
    Reader reader(body);
    DeskList out;
    const std::size_t count = reader.u8();
    bool valid = true;
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        Item &item = out.items.emplace_back();
        item.id = reader.array<16>();
        item.name = reader.text();
        item.network = reader.text();
        item.enrolledMs = static_cast<std::int64_t>(reader.u64());
        const std::uint8_t waits = reader.u8();
        item.waits = waits == 1;
        valid = valid && fit(item.name) && fit(item.network) && item.enrolledMs >= 0 && waits <= 1;
    }
    return finished(reader, valid, std::move(out));
}

Bytes DeskList::body() const
{
    Writer out;
    out.u8(count(items.size()));
    for (const Item &item : items)
        out.raw(item.id).text(item.name).text(item.network).u64(static_cast<std::uint64_t>(item.enrolledMs)).u8(item.waits ? 1 : 0);
    return out.take();
}

} // namespace hufu::wire
