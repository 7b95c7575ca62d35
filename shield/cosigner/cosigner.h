// The server half. One Cosigner for the process, one Conversation for each connection of a phone.
//
// Arguments: input first, then what is consumed. Every call may fail with unavailable (ledger or master key down):
// then nothing was answered, and the durable state is that before the failing step.
#pragma once

#include "shield/cosigner/ladder.h"
#include "shield/cosigner/notice.h"
#include "shield/crypto/public_key.h"
#include "shield/ports/clock.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"
#include "shield/wire/conversation.h"

#include <memory>
#include <optional>
#include <string>

namespace hufu::cosigner {

class Conversation;
struct Core;

enum class KeyState : std::uint8_t {
    pending = 1,   // made, but the first act with it has not proved it (R5)
    active = 2,
    destroyed = 3, // the share is gone
};

struct KeyView {
    ByteArray<32> keyId{};
    crypto::PublicKey point;
    KeyState state = KeyState::pending;
};

// A device as callers may see it.
struct DeviceView {
    KeyView sign, encrypt;
    std::uint32_t epoch = 0;
    std::uint64_t ctr = 0;
    bool refreshPending = false;
    Lock lock;
    LockView view;
    bool mustRefresh = false; // recovered after a clone: nothing else before
};

// For steps that end in rows of the caller's.
using CommitPart = std::function<Result<void>(ports::Transaction &)>;

// What must be there; all outlive the Cosigner. hook, notice and happened may be left out.
struct Ports {
    ports::LedgerStore &ledger;
    ports::MasterKey &masterKey;
    ports::EpochKeys &epochKeys;
    ports::Random &random;
    ports::Clock &clock;
    ports::FaultHook *hook = nullptr;
    NoticeSink notice = {};
    std::uint32_t decryptionsPerDay = 0; // 0: limits::kDecryptionsPerDay
    std::uint32_t rehearsalsPerDay = 0;  // 0: limits::kRehearsalsPerDay
    HappenedSink happened = {};
};

// Safe to use from several threads; calls about one device run one after the other.
class Cosigner {
public:
    // Takes a new boot number from the ledger. Conversations of an earlier run are gone with it.
    static Result<std::unique_ptr<Cosigner>> start(Ports ports);
    ~Cosigner();
    Cosigner(const Cosigner &) = delete;
    Cosigner &operator=(const Cosigner &) = delete;

    // A phone has connected. The Conversation must not outlive the Cosigner, and is used by one thread at a time.
    std::unique_ptr<Conversation> connect();

    // Errors: notFound.
    Result<DeviceView> device(const ByteArray<16> &acct) const;

    // The three words of the operator; an administrator of the company has the second one, too.

    // After the administrator's approval and the identity check (R1).
    // Errors: notFound; badState: nothing to unfreeze, or a clone was found.
    Result<void> unfreeze(const ByteArray<16> &acct);

    // At once, whoever has the phone; unfreeze() takes it back. doer: the administrator; zero: the operator. onCommit joins the
    // transaction; what it says, this says, and nothing has changed. Errors: notFound; badState: it is not active.
    Result<void> freeze(const ByteArray<16> &acct, const ByteArray<16> &doer = {}, const CommitPart &onCommit = {});
    // Of several, in one transaction, those that are active. As freeze. Errors: notFound (one of them); badState: none is active.
    Result<void> freezeAll(const std::vector<ByteArray<16>> &accounts, const ByteArray<16> &doer = {}, const CommitPart &onCommit = {});

    // After the identity check that R3 asks for: the one-time code for the genuine phone. An earlier one is void,
    // but not what it was entered for.
    // Errors: notFound; badState: no clone was found.
    Result<std::string> openRecovery(const ByteArray<16> &acct);

    // To be called once after a backup of the ledger was restored (R3): allows each device to be adopted once.
    Result<std::uint32_t> raiseRestoreEpoch();
    Result<std::uint32_t> restoreEpoch() const;

    // Destroys the epochs' keys that a crash left over: those of an epoch that a device has left, or has another key for.
    // A key of a later epoch than the rows know stays: it would be the current one if the database were an old backup.
    // Returns: how many were destroyed.
    Result<std::size_t> sweepEpochKeys();

    // Wipes conversations whose time is over. They would be refused anyway; this keeps memory and secrets short-lived.
    void sweep();

private:
    explicit Cosigner(std::unique_ptr<Core> core);
    std::unique_ptr<Core> m_core;
};

} // namespace hufu::cosigner
