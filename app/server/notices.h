// What the cosigner reports, into the device's audit chain and the log.
#pragma once

#include "app/server/log.h"
#include "shield/cosigner/notice.h"
#include "shield/ports/clock.h"

namespace hufu::server {

// log and clock must outlive the sinks.
cosigner::NoticeSink auditedNotices(ports::Clock &clock);
cosigner::HappenedSink loggedNotices(Log &log);

} // namespace hufu::server
