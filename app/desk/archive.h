// A few small files in one, as every system opens it.
#pragma once

#include "app/desk/log.h"
#include "shield/base/result.h"

namespace hufu::desk_app {

// Errors: internal.
Result<QByteArray> zipped(const QList<NamedBytes> &files);

} // namespace hufu::desk_app
