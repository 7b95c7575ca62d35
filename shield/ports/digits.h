// Codes that a person reads and types.
#pragma once

#include "shield/ports/random.h"

#include <string>

namespace hufu::ports {

// In: count, 1 to 9. Draws 4 bytes under label, again where 2^32 has no whole multiple of 10^count left.
// Returns: so many digits, each code equally likely.
std::string drawDigits(Random &random, std::size_t count, std::string_view label);

} // namespace hufu::ports
