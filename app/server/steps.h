// The durable step of a session, beside those of the cosigner, for the tests that kill the process there.
#pragma once

#include "shield/cosigner/steps.h"

namespace hufu::server {

inline constexpr cosigner::Step kDeliver{"deliver.before", "deliver.after"}; // what opens a bid, for its desk

} // namespace hufu::server
