// From a manifest to what the approve page shows.
#pragma once

#include "app/phone/models/approve_model.h"
#include "app/phone/moment.h"
#include "shield/phone/approval.h"

namespace hufu::phone_app {

// What the manifest says by itself: who asked, and what is still ahead of a deadline, is not in it.
RequestView viewOf(const intent::Manifest &manifest);
// In: nowMs, Unix milliseconds, against which the deadline is held.
RequestView viewOf(const phone::Request &request, std::int64_t nowMs);
// What is opened before its hour is opened by mistake, or for somebody else. In: bids, as the phone knows them.
RequestView withHours(RequestView request, const QList<WatchedBids> &bids, std::int64_t nowMs);
QVariantList filesOf(const intent::Manifest &manifest); // of fileView

} // namespace hufu::phone_app
