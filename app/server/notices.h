// What the cosigner reports, into the audit log (the device's chain, and where others read it) and the program's.
#pragma once

#include "app/server/log.h"
#include "shield/audit/log.h"
#include "shield/cosigner/notice.h"
#include "shield/ports/clock.h"

namespace hufu::server {

// An account's phone is stopped: frozen, found copied, its sign share destroyed.
using OnStopped = std::function<Result<void>(ports::Transaction &, const ByteArray<16> &acct)>;

// log and clock must outlive the sinks. onStopped: in the transaction in which that happens.
cosigner::NoticeSink auditedNotices(ports::Clock &clock, OnStopped onStopped = {}, audit::AccountLog accountLog = audit::append);
cosigner::HappenedSink loggedNotices(Log &log);

} // namespace hufu::server
