#include "shield/phone/desk_fetch.h"

namespace hufu::phone {

Result<Step> DeskFetch::start(const std::optional<ByteArray<16>> &removed)
{
    HUFU_TRY(step, begin());
    m_removed = removed;
    return std::move(step);
}

Bytes DeskFetch::question(const ByteArray<16> &cn) const
{
    if (!m_removed) return underMac(wire::DesksQuery(), cn);
    wire::DeskRemoval removal;
    removal.desk = *m_removed;
    return underMac(removal, cn);
}

Result<void> DeskFetch::take(ByteView answer)
{
    HUFU_TRY(list, wire::decode<wire::DeskList>(answer));
    m_desks = std::move(list.items);
    return {};
}

} // namespace hufu::phone
