// A phone whose copy was found out: what the way back begins with (PROTOCOL R3).
#pragma once

#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

namespace hufu::tests {

using Files = decltype(MemoryDeviceStore::files);

inline phone::Step logIn(PhoneHalf &half)
{
    using phone::Show;
    const auto token = half.server.open(manifestOf(intent::Act::login));
    phone::Approval flow(half.environment);
    phone::Step step = half.claim(flow, token);
    if (step.show == Show::approve) step = half.pump(flow, flow.approve());
    return step.show == Show::pin ? half.pump(flow, flow.pin(pinOf(kPin))) : std::move(step);
}

// Somebody copies an active phone and uses the copy after the person has gone on. Returns: the copy's files; none if that was not found.
inline Files copyFoundOut(PhoneHalf &half)
{
    Files copy = half.store.files;
    if (logIn(half).show != phone::Show::done || logIn(half).show != phone::Show::done) return {};
    std::swap(copy, half.store.files);
    const bool found = logIn(half).problem->code == 303;
    std::swap(copy, half.store.files);
    half.sent.clear();
    half.server.received = 0;
    return found ? copy : Files();
}

} // namespace hufu::tests
