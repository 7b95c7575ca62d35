#include "shield/phone/problem.h"

namespace hufu::phone {

Problem problemOf(const Error &error)
{
    if (error.code == Errc::unavailable) return problem(Errc::unavailable, hf::kStorageFull);
    if (error.code == Errc::internal) return problem(Errc::internal, hf::kInternal);
    return problem(error.code, 0);
}

Problem problemOf(const wire::Failure &failure)
{
    Problem out = problem(failure.errc, failure.code);
    out.retryAfter = failure.retryAfter;
    out.whose = failure.whose;
    return out;
}

Problem problemOf(const wire::Locked &locked)
{
    Problem out = problem(Errc::locked, hf::kLocked);
    if (locked.state == wire::DeviceState::frozen) out.code = hf::kFrozen;
    if (locked.state == wire::DeviceState::cloned) out.code = hf::kCloned;
    if (locked.state == wire::DeviceState::destroyed) out.code = hf::kShareDestroyed;
    out.retryAfter = locked.retryAfter;
    out.triesLeft = locked.tries;
    out.failures = locked.failures;
    return out;
}

Problem problemOf(const wire::Verdict &verdict)
{
    Problem out;
    switch (verdict.status) {
    case wire::Status::ok:
        break;
    case wire::Status::badPin:
        out = problem(Errc::wrongPin, hf::kWrongPin);
        break;
    case wire::Status::expired:
        out = problem(Errc::expired, hf::kSessionExpired);
        break;
    case wire::Status::locked:
        out = problem(Errc::locked, verdict.tries == 0 ? hf::kFrozen : hf::kLocked);
        break;
    case wire::Status::tampered:
        out = problem(Errc::tampered, 0);
        break;
    case wire::Status::refused:
        out = problem(Errc::refused, hf::kFactorMissing);
        break;
    case wire::Status::capped:
        out = problem(Errc::refused, hf::kDecryptionCap);
        break;
    }
    out.retryAfter = verdict.retryAfter;
    out.triesLeft = verdict.tries;
    out.failures = verdict.failures;
    return out;
}

} // namespace hufu::phone
