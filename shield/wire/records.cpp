#include "shield/wire/records.h"

#include "shield/wire/fields.h"

namespace hufu::wire {

Result<RecordsQuery> RecordsQuery::parse(ByteView body)
{
    Reader reader(body);
    RecordsQuery out;
    out.acct = reader.array<16>();
    out.first = reader.u64();
    out.mac = reader.array<32>();
    return finished(reader, out.first >= 1, std::move(out));
}

Bytes RecordsQuery::body() const
{
    return Writer().raw(acct).u64(first).raw(mac).take();
}

Result<RecordList> RecordList::parse(ByteView body)
{
    Reader reader(body);
    RecordList out;
    out.last = reader.u64();
    const std::size_t count = reader.u8();
    bool valid = count <= kMost && count <= out.last;
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        out.records.push_back(blob16(reader));
        valid = valid && !out.records.back().empty() && out.records.back().size() <= kRecordMax;
    }
    return finished(reader, valid, std::move(out));
}

Bytes RecordList::body() const
{
    Writer out;
    out.u64(last).u8(count(records.size()));
    for (const Bytes &record : records)
        out.blob16(record);
    return out.take();
}

} // namespace hufu::wire
