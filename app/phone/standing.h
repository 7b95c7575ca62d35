// What the phone's files say while no flow runs.
#pragma once

#include "app/phone/moment.h"
#include "shield/ports/clock.h"

namespace hufu::phone_app {

Standing standingOf(vault::Vault &vault, ports::Clock &clock);
// Days begun until then; 0 once it is over.
int daysLeft(std::int64_t endMs, std::int64_t nowMs);
// Whether this phone can open it: a recipient's account is known here only if it is this phone's.
bool isMine(const opening::Bid &bid);
// Typed to take a shield off the phone of which nobody knows what is sealed for it.
QString wordOf(const ShieldView &shield);
// One shield's line in the list of them; what cannot be read of it is left out.
ShieldView shieldOf(vault::Vault &vault, ports::Clock &clock);

} // namespace hufu::phone_app
