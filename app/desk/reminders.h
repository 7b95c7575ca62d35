// Of which sealed bids the desk tells in good time: a day and an hour before their opening, once each.
#pragma once

#include "app/desk/models/bid_list_model.h"

#include <QMap>

namespace hufu::desk_app {

class Reminders {
public:
    static constexpr qint64 kHourMs = 3'600'000, kDayMs = 24 * kHourMs;

    // Those whose mark has come since the last time, the next opening first. Whoever was off at a mark is told at the next chance; what is
    // open already, or has no known hour, is not told of.
    QList<SealedBidView> due(const QVariantList &bids, qint64 nowMs)
    {
        QList<SealedBidView> list;
        for (const QVariant &one : bids) {
            const auto bid = one.value<SealedBidView>();
            const qint64 leftMs = bid.openingAt.isValid() ? bid.openingAt.toMSecsSinceEpoch() - nowMs : 0;
            const int mark = leftMs <= 0 || leftMs > kDayMs ? 0 : leftMs > kHourMs ? 1 : 2;
            if (mark <= m_told.value(bid.id)) continue;
            m_told[bid.id] = mark;
            list << bid;
        }
        return list;
    }

private:
    QMap<QString, int> m_told; // by bid: 1 the day, 2 the hour
};

} // namespace hufu::desk_app
