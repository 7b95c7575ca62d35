#include "shield/phone/account_fetch.h"

namespace hufu::phone {

Result<void> AccountFetch::take(ByteView answer)
{
    HUFU_TRY(state, wire::decode<wire::AccountState>(answer));
    if (!isUnderMac(state)) return Error(Errc::tampered, "not under the device's MAC");
    m_state = state;
    return {};
}

} // namespace hufu::phone
