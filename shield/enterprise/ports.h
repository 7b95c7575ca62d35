// What every matter of this folder works with.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

namespace hufu::enterprise {

using Id = ByteArray<16>;

// All of them must outlive whoever is made with them.
struct Ports {
    ports::LedgerStore &ledger;
    ports::MasterKey &masterKey;
    ports::Random &random;
    ports::Clock &clock;
};

} // namespace hufu::enterprise
