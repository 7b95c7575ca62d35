// What the outside world tells, once each: a notice that our own disk could not take goes back and is told again.
#pragma once

#include "shield/base/result.h"

#include <utility>

namespace hufu::server {

// desk: has takeNotices() and giveBack(). tell: a notice, and a Result of some kind. Returns: how many were not taken, for whatever reason.
template <typename Desk, typename Tell> int hear(Desk &desk, Tell tell)
{
    int missed = 0;
    for (auto &notice : desk.takeNotices()) {
        const auto heard = tell(notice);
        if (heard) continue;
        ++missed;
        if (heard.error().code == Errc::unavailable) desk.giveBack(std::move(notice)); // no money is lost to our own disk
    }
    return missed;
}

} // namespace hufu::server
