// What the end points work with. All outlive them.
#pragma once

#include "app/server/bid_book.h"
#include "app/server/log.h"
#include "app/server/seal_book.h"
#include "app/server/watchers.h"
#include "shield/authority/authority.h"
#include "shield/cosigner/conversation.h"
#include "shield/enterprise/enterprise.h"
#include "shield/sessions/sessions.h"

namespace hufu::server {

struct Services {
    ports::LedgerStore &ledger;
    ports::Random &random;
    ports::Clock &clock;
    cosigner::Cosigner &cosigner;
    sessions::Sessions &sessions;
    enterprise::Enterprise &enterprise;
    authority::Authority &authority;
    Log &log;
    Watchers &watchers;
    BidBook &bidBook;
    SealBook &sealBook;
    ports::FaultHook *fault = nullptr; // for a tester's kill at steps.h
};

} // namespace hufu::server
