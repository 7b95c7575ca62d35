// The rows of Table::session: each carries the time after which it is of no use. A row past it counts as gone, and
// the sweep removes it.
#pragma once

#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/sessions/session_row.h"

#include <optional>

namespace hufu::sessions {

// First byte of a key.
enum class Kind : std::uint8_t {
    session = 't',      // by token: sealed SessionRow
    tbs = 'b',          // by token, index: sealed bytes to be signed or opened
    sealedItem = 's',   // by token, index: a box for the desk
    conversation = 'c', // by account, sid: the token
    start = 'i',        // by hash of origin and idempotency key: token, hash of the draft
    request = 'n',      // by hash of desk and signature: nothing
    rate = 'r',         // by desk: begin of its minute, requests in it
    enrolment = 'e',    // by desk id: the token of its enrolment
    opening = 'o',      // by SM3 of what is opened, relying party's origin: nothing; its time is the end of the opening
};

Bytes keyOf(Kind kind, ByteView a, ByteView b = {});
// b for rows by token and index.
Bytes keyOf(Kind kind, ByteView token, std::size_t index);

// value behind its time. Errors: unavailable.
Result<void> put(ports::Transaction &transaction, const Bytes &key, std::int64_t forgetMs, ByteView value);
// Nothing if there is no row, or its time is over.
std::optional<Bytes> live(const std::optional<Bytes> &stored, std::int64_t nowMs);
std::int64_t forgetMsOf(const Bytes &stored);

// Sealed under the key of the row, so that rows cannot change places.
Result<void> putSealed(ports::Transaction &transaction, ports::MasterKey &masterKey, const Bytes &key,
                       std::int64_t forgetMs, ByteView plain);

// Counts the version on and writes. Errors: unavailable.
Result<void> save(ports::Transaction &transaction, ports::MasterKey &masterKey, const Token &token, SessionRow &row);
// From what the store gave for the token. Errors: notFound; tampered.
Result<SessionRow> open(ports::MasterKey &masterKey, const Token &token, const std::optional<Bytes> &stored, std::int64_t nowMs);
Result<SessionRow> load(ports::Transaction &transaction, ports::MasterKey &masterKey, const Token &token, std::int64_t nowMs);

} // namespace hufu::sessions
