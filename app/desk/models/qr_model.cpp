#include "app/desk/models/qr_model.h"

#include "shield/base/limits.h"

namespace hufu::desk_app {

int QrModel::secondsTotal() const
{
    return m_stage == Showing || m_stage == Starting ? static_cast<int>(limits::kSessionRestartMs / 1000) : m_userSeconds;
}

} // namespace hufu::desk_app
