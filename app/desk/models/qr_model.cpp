#include "app/desk/models/qr_model.h"

#include "shield/base/limits.h"

namespace hufu::desk_app {

int QrModel::secondsTotal() const
{
    return static_cast<int>(limits::kSessionRestartMs / 1000);
}

} // namespace hufu::desk_app
