// The durable steps of the cosigner, by name, for the tests that kill the process at each.
#pragma once

#include <array>

namespace hufu::cosigner {

// ports::FaultHook::at gets before right before the commit, and after right after it, before anything is answered.
struct Step {
    const char *before;
    const char *after;
};

namespace step {

inline constexpr Step kBoot{"boot.before", "boot.after"};             // the number that makes this run's sids its own
inline constexpr Step kActivate{"activate.before", "activate.after"}; // device, both keys, the caller's rows
inline constexpr Step kHello{"hello.before", "hello.after"};          // the chain rolls
inline constexpr Step kClone{"clone.before", "clone.after"};          // the device is frozen as cloned
inline constexpr Step kSignCount{"sign.count.before", "sign.count.after"};
inline constexpr Step kSignResult{"sign.result.before", "sign.result.after"}; // count back, result, session, audit
inline constexpr Step kDecryptCount{"decrypt.count.before", "decrypt.count.after"};
inline constexpr Step kDecryptResult{"decrypt.result.before", "decrypt.result.after"}; // count back, day's number
inline constexpr Step kRef1Count{"ref1.count.before", "ref1.count.after"};
inline constexpr Step kRef1Result{"ref1.result.before", "ref1.result.after"}; // count back, PENDING
inline constexpr Step kRef3Count{"ref3.count.before", "ref3.count.after"};
inline constexpr Step kRef3Result{"ref3.result.before", "ref3.result.after"}; // PENDING is the truth, old shares gone
inline constexpr Step kWrong{"wrong.before", "wrong.after"};                  // a wrong PIN is told; at the last the sign share is destroyed
inline constexpr Step kRecover{"recover.before", "recover.after"};            // an entry of the code: counted, or taken
inline constexpr Step kEpochKey{"epoch-key.before", "epoch-key.after"}; // a new key of an epoch, outside the ledger
inline constexpr Step kRetire{"retire.before", "retire.after"};         // an old one is destroyed
inline constexpr Step kProbe{"probe.before", "probe.after"};                  // the encrypt key becomes active
inline constexpr Step kOperator{"operator.before", "operator.after"};         // freeze, unfreeze, recovery, restore epoch

inline constexpr std::array kAll{kBoot,        kActivate,      kHello,     kClone,      kSignCount,
                                 kSignResult,  kDecryptCount,  kDecryptResult, kRef1Count, kRef1Result,
                                 kRef3Count,   kRef3Result,    kWrong,     kRecover,    kEpochKey,
                                 kRetire,      kProbe,         kOperator};

} // namespace step

} // namespace hufu::cosigner
