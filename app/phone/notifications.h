// The phone's local notifications. A desktop has none of its own: the stand-in shows them over the page (BidsModel).
#pragma once

#include "app/phone/models/bid_view.h"

namespace hufu::phone_app {

class Notifications {
public:
    virtual ~Notifications() = default;
    // The opening of the bid is near, and nobody has tried yet whether this phone opens it.
    virtual void remind(const BidView &bid) = 0;
    // What was reminded of has become needless.
    virtual void withdraw(const QString &bidId, int shield) = 0;
};

} // namespace hufu::phone_app
