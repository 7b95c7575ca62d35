// A session as it is kept, and how it moves: pure functions of the row and the time.
#pragma once

#include "shield/base/limits.h"
#include "shield/sessions/session.h"

namespace hufu::sessions {

inline constexpr int kDigitsTries = 3;

struct SessionRow {
    Origin origin;
    ByteArray<32> deskPublicKey{}; // that signs the frames; zero without a desk
    Secret<32> frameSecret;
    Bytes manifest;
    intent::Act act = intent::Act::login;
    std::int64_t startedMs = 0;

    State state = State::waiting; // as stored; time may have moved on: see stateAt
    Ending ending = Ending::none;
    std::uint64_t version = 1;
    std::uint64_t tbsMissing = 0; // bit i: item i wants bytes that are not there yet
    std::uint64_t tbsKept = 0;    // bit i: they are in a row of their own

    AccountId wanted{}; // who alone may claim it; zero: whoever has enrolled the desk
    AccountId acct{};
    std::int64_t expiryMs = 0; // of the user time
    std::uint8_t factors = 0, given = 0;
    bool deskKnown = false;
    AccountId deskBy{}; // whose enrolment of it counts: of acct, or of other keys of the same person
    std::string digits;
    std::uint8_t digitsWrong = 0;
    bool digitsTyped = false;

    std::int64_t completedMs = 0; // 0: the two halves have not finished
    SessionId sid{};
    std::vector<ItemSignature> signatures;
    std::vector<std::uint8_t> opened;
    bool delivered = false; // what was opened, to the desk; a login, to who lets the person in; a confirmation, to its act
    std::int64_t endedMs = 0;

    // Errors: badInput.
    static Result<SessionRow> parse(ByteView bytes);
    SecretBytes encode() const;

    bool isOver() const { return state >= State::approved; }
    bool isCompleted() const { return completedMs != 0; }
    bool wantsDigits() const;
    bool wantsDelivery() const { return act == intent::Act::decrypt && !delivered; }
    // The two halves have opened what was asked, and the phone has not handed it over: the answer of the cosigner is
    // stored nowhere (R6), so if a cut took it, the claim lives on and the act is done again.
    bool mayBeDoneAgain() const { return isCompleted() && !isOver() && wantsDelivery(); }
    // When it changes without anybody's doing; for a session that is over: when it is forgotten.
    std::int64_t changesMs() const;
    State stateAt(std::int64_t nowMs) const;
    Ending endingAt(std::int64_t nowMs) const;
    // The latest time at which this row can still be of use.
    std::int64_t forgetMs() const;

    // For whom it is not there: notFound; ended or approved: badState; time over: expired; else it is this account's
    // claim, alive.
    Result<void> checkHeldBy(const AccountId &holder, std::int64_t nowMs) const;
    void end(State how, Ending why, std::int64_t nowMs);
    // Approved, if nothing else is waited for.
    void settle(std::int64_t nowMs);
    Claim claim(const Token &token) const;
};

// A desk that waits for its enrolment and the enrolled desk are one asker.
bool mayAsk(const Origin &opened, const Origin &asker);

} // namespace hufu::sessions
