#include "shield/phone/record_fetch.h"

namespace hufu::phone {

Result<Step> RecordFetch::start()
{
    HUFU_TRY(seen, seenRecords(m_environment.vault));
    HUFU_TRY(step, begin());
    m_next = RecordCheck(std::move(seen), {}).next();
    return std::move(step);
}

Bytes RecordFetch::question(const ByteArray<16> &cn) const
{
    wire::RecordsQuery query;
    query.first = m_next;
    return underMac(query, cn);
}

// The history first: what is read again after a kill between the two says the same.
Result<void> RecordFetch::keep(const RecordCheck &check)
{
    HUFU_CHECK(m_environment.vault.writeHistory(check.history()));
    return writeSeenRecords(m_environment.vault, check.seen());
}

Result<void> RecordFetch::take(ByteView answer)
{
    HUFU_TRY(list, wire::decode<wire::RecordList>(answer));
    HUFU_TRY(seen, seenRecords(m_environment.vault));
    HUFU_TRY(history, m_environment.vault.history());
    RecordCheck check(std::move(seen), std::move(history));
    const auto taken = check.take(account(), list.last, list.records);
    check.settle(m_environment.clock.unixMs());
    m_wantsMore = !check.isWhole();
    m_next = check.next();
    HUFU_CHECK(keep(check));
    return taken;
}

} // namespace hufu::phone
