// The durable steps of the cosigner, by name. Around each, ports::FaultHook::at is called with the name and ".before"
// right before the commit, with ".after" right after it and before anything is answered.
#pragma once

#include <array>

namespace hufu::cosigner::step {

#define HUFU_STEP(name) "cosigner." name ".before", "cosigner." name ".after"

// All of them, before and after in turn, for the tests that break each.
inline constexpr std::array<const char *, 28> kAll{
    HUFU_STEP("boot"),           // the boot number that makes this run's sids its own
    HUFU_STEP("activate"),       // device, both keys and the caller's rows
    HUFU_STEP("hello"),          // the chain rolls
    HUFU_STEP("clone"),          // the device is frozen as cloned
    HUFU_STEP("sign.count"),     // the attempt counts
    HUFU_STEP("sign.result"),    // the count is taken back, result, session and audit
    HUFU_STEP("decrypt.count"),  //
    HUFU_STEP("decrypt.result"), // the count is taken back, the day's decryptions
    HUFU_STEP("ref1.count"),     //
    HUFU_STEP("ref1.result"),    // the count is taken back, PENDING is written
    HUFU_STEP("ref3.count"),     //
    HUFU_STEP("ref3.result"),    // PENDING becomes the truth, the old shares are gone
    HUFU_STEP("probe"),          // the encrypt key becomes active
    HUFU_STEP("operator"),       // unfreeze, restore epoch
};

#undef HUFU_STEP

} // namespace hufu::cosigner::step
