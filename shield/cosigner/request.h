// What a HELLO may be about: checks that need no ledger and move nothing.
#pragma once

#include "shield/cosigner/change.h"
#include "shield/cosigner/conversation.h"
#include "shield/cosigner/core.h"

namespace hufu::cosigner {

// A HELLO and its Pending that fit each other.
struct Request {
    Stage stage = Stage::sign;
    std::optional<KeyType> type; // nothing for a refresh, which covers all keys
    intent::Manifest manifest;
    std::size_t items = 0;
    std::int64_t userTimeMs = 0;

    // Errors: badInput (no such op, tbs or commitments not those of the manifest), refused (pending is
    // about another op).
    static Result<Request> of(const wire::Hello &hello, const Pending &pending);

    // The named key does this, and now (R5). Errors: refused; badState (a refresh has to come first).
    Result<void> checkKeys(const wire::Hello &hello, const DeviceRecord &record) const;
};

} // namespace hufu::cosigner
