// What the cosigner reports, into the device's audit chain and the log.
#pragma once

#include "app/server/log.h"
#include "shield/cosigner/notice.h"
#include "shield/ports/clock.h"

namespace hufu::server {

// log and clock must outlive the sink.
cosigner::NoticeSink auditedNotices(Log &log, ports::Clock &clock);

} // namespace hufu::server
