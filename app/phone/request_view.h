// From a manifest to what the approve page shows.
#pragma once

#include "app/phone/models/approve_model.h"
#include "shield/phone/approval.h"

namespace hufu::phone_app {

RequestView viewOf(const phone::Request &request);

} // namespace hufu::phone_app
