// From a manifest to what the approve page shows.
#pragma once

#include "app/phone/models/approve_model.h"
#include "shield/phone/approval.h"

namespace hufu::phone_app {

// In: nowMs, Unix milliseconds, against which the deadline is held.
RequestView viewOf(const phone::Request &request, std::int64_t nowMs);

} // namespace hufu::phone_app
