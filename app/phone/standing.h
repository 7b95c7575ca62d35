// What the phone's files say while no flow runs.
#pragma once

#include "app/phone/moment.h"
#include "shield/ports/clock.h"

namespace hufu::phone_app {

Standing standingOf(vault::Vault &vault, ports::Clock &clock);

} // namespace hufu::phone_app
