// The server's sessions: a relying party or a desk asks, a phone claims, the person decides, the outcome is fetched.
// Everything is in the ledger, each change in one transaction; an object may be used by several threads and any
// number of processes. Times are Unix milliseconds because they outlive a process.
// Errors of every call: unavailable (ledger, master key). An error or a denial leaves the session as it was.
#pragma once

#include "shield/audit/log.h"
#include "shield/codes/sms_code.h"
#include "shield/ports/clock.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"
#include "shield/sessions/session.h"
#include "shield/wire/session.h"

#include <functional>
#include <optional>
#include <string_view>
#include <variant>

namespace hufu::sessions {

class Sessions {
public:
    Sessions(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
             codes::SmsCodes &smsCodes, FaceServices faces, audit::AccountLog log = audit::append);

    // --- opened by ---------------------------------------------------------------------------------------

    // An enrolled desk. In: draft, the manifest in JSON; nonce, created, flow, platform, desk and network are the server's
    // to set. idempotencyKey: 1 to 128 bytes of the caller's; the same key and draft within 60 s give the same session.
    // Errors: badInput (draft); notFound (desk not enrolled); refused (an act that a desk cannot ask for);
    // badState (the key was used with another draft).
    // In: check, of the whole manifest before anything is stored; its error is handed on. A repeated start is not checked again.
    // wanted: who alone may claim it; without, whoever has enrolled the desk. network: from where it asks; empty: from where it was enrolled.
    using CheckManifest = std::function<Result<void>(const intent::Manifest &)>;
    Result<Started> startFromDesk(const DeskId &desk, ByteView draft, std::string_view idempotencyKey, const CheckManifest &check = {},
                                  const std::optional<Wanted> &wanted = std::nullopt, std::string_view network = {});

    // A relying party: flow page, platform is its own. Login only, since a page counts as an unknown desk.
    // Errors: as above; refused for any other act.
    Result<Started> startFromPage(const RelyingParty &party, ByteView draft, std::string_view idempotencyKey);

    // A page of the server's own on which this person is logged in: act confirm, which nobody else may claim. statement: its name says in
    // words what is confirmed. Errors: badInput (a text that cannot be shown; no company or person).
    Result<Started> startConfirmation(const RelyingParty &party, const Wanted &wanted, const intent::File &statement);

    // A desk that asks its user to enrol it: act enrol. Nothing is stored but the session until a person approves.
    // In: publicKey, Ed25519; network, from where it asks, a hint for people, may be empty. Errors: badInput; refused (the name is a relying
    // party's).
    Result<Started> startEnrolment(std::string_view name, const ByteArray<32> &publicKey, std::string_view network);

    // The phone's own act, claimed by it from the start. In: manifest with flow phone; tbs, for probe and
    // rehearseDecrypt the ciphertext, else empty. Errors: badInput, tampered (tbs is not what the manifest says).
    Result<Claim> startFromPhone(const Claimant &claimant, const intent::Manifest &manifest, const std::vector<Bytes> &tbs);

    // Adds the bytes of item index (bare signature, decryption); the last one makes the session ready. The same bytes again
    // are no error. Errors: notFound; badState (not preparing, no item of this index wants bytes); tampered (not what
    // the manifest says); expired.
    Result<void> attachTbs(const Origin &asker, const Token &token, std::size_t index, ByteView tbs);

    // The frame of this very second, for a relying party's page. Errors: notFound, badState, expired.
    Result<std::string> pageFrame(const Origin &asker, const Token &token);

    // --- the phone ---------------------------------------------------------------------------------------

    // In: frame, as it was in the image; arrivalMs, when the phone's first request arrived. The same device may claim
    // the same session again (its answer was lost): same answer, whatever the frame's age.
    // Errors: badInput (not a frame).
    Result<std::variant<Claim, ClaimDenied>> claim(ByteView frame, const Claimant &claimant, std::int64_t arrivalMs);

    // Whom the frame's session asks for, as the manifest calls them; may be empty. Errors: badInput, notFound.
    Result<std::string> wantedOf(ByteView frame);

    // How old a frame is that claim() has just found too old, for the person to read. Errors: badInput, notFound.
    Result<std::int64_t> frameAgeMs(ByteView frame, std::int64_t arrivalMs);

    // The same answer for a device that holds the claim. Errors: notFound; badState (ended or approved); expired.
    Result<Claim> resume(const Token &token, const AccountId &acct);

    // Sends the SMS code of a claimed session. Returns: milliseconds until it may be asked for again.
    // Errors: notFound; badState (no SMS is asked for); expired; locked; badInput (number).
    Result<std::int64_t> askSms(const Token &token, const Claimant &claimant);
    // Errors: notFound, badState, expired.
    Result<codes::Check> giveSms(const Token &token, const AccountId &acct, std::string_view digits);
    // Errors: notFound, badState, expired; badInput (no such service); refused (not this person alive).
    Result<void> giveLiveness(const Token &token, const Claimant &claimant, std::uint8_t provider, ByteView evidence);

    // The person says no, or that it was begun by somebody else (notMine, suspicious): that stands in the log as an attack, besides.
    // Errors: notFound; badState (ended or approved); expired.
    Result<void> refuse(const Token &token, const AccountId &acct, wire::RefuseReason reason = wire::RefuseReason::person);

    // What the cosigner needs for HELLO: the person reads it before any factor is given. Errors: notFound; badState (ended
    // or approved); expired.
    Result<Approvable> readable(const Token &token, const AccountId &acct);
    // The same before an attempt counts. Errors: as above; refused (a factor is missing); notFound, too, once the person has removed the desk.
    Result<Approvable> approvable(const Token &token, const AccountId &acct);

    // Why a claimed session is over; none while it goes on. Errors: notFound.
    Result<Ending> endingOf(const Token &token, const AccountId &acct);

    // Inside the cosigner's transaction, together with the result. Sign acts become approved (with an unknown desk: once
    // the digits are typed); decrypt acts once what was opened is delivered; enrol also enrols the desk.
    // Errors: notFound, badState, expired: the caller must not commit.
    Result<void> complete(ports::Transaction &transaction, const Token &token, const AccountId &acct,
                          const Completion &completion);

    // Boxes for the desk, one for each item that was opened (PROTOCOL R8). The same boxes again are no error.
    // Errors: notFound (no such conversation of this account); badInput (other items than were opened, too long);
    // replayed (other boxes than before); expired.
    Result<void> deliver(const AccountId &acct, const SessionId &sid, const std::vector<SealedItem> &items);

    // The device can sign no more (frozen, cloned), or its person may not: ends its claimed session.
    // In: why, any of those that are about the device or its person. Errors: notFound, badState.
    Result<void> block(const Token &token, const AccountId &acct, Ending why);

    // --- the asker ---------------------------------------------------------------------------------------

    // Kept for 5 min after its end. Errors: notFound (also for anyone but who opened it).
    Result<View> look(const Origin &asker, const Token &token);

    // Digits typed on an unknown desk. Three wrong entries end the session. Timing: the comparison depends on lengths only.
    // Errors: notFound; badState (none are asked for); expired.
    Result<codes::Check> typeDigits(const Origin &asker, const Token &token, std::string_view digits);

    // Who has approved a login: for whoever lets the person in on it, once. Errors: notFound; badState (not an approved login, or
    // taken before).
    Result<AccountId> takeLogin(const Origin &asker, const Token &token);

    // An approved confirmation of this account's, for the act that it confirms, once; in the transaction of that act.
    // Errors: notFound; badState (not an approved one, or taken before).
    Result<Confirmation> takeConfirmation(ports::Transaction &transaction, const Origin &asker, const Token &token, const AccountId &acct);

    // Errors: notFound; badState (ended or approved already).
    Result<void> cancel(const Origin &asker, const Token &token);

    // --- desks and relying parties ------------------------------------------------------------------------

    Result<std::vector<Desk>> desksOf(const AccountId &acct);
    // Those that wait for the company's administrator, and may ask for nothing yet.
    Result<std::vector<Desk>> waitingDesksOf(const AccountId &acct);
    // A desk's entries, one for each person who enrolled it, the first one first. Errors: notFound.
    Result<std::vector<Desk>> entriesOf(const DeskId &id);
    // The same with those that wait for their company's administrator.
    Result<std::vector<Desk>> everyEntryOf(const DeskId &id);
    // Errors: notFound.
    Result<void> removeDesk(const AccountId &acct, const DeskId &id);
    // The key that signs the evidence of the account's phone: in its records once, and the same again is no error. Errors: badState (it has another).
    Result<void> keepEvidenceKey(const AccountId &acct, const ByteArray<32> &publicKey);

    // A desk's HTTP request. The bytes that are signed: "HUFU-DESK-1\n" METHOD "\n" PATH "\n" TIME "\n" hex SM3(body).
    struct DeskRequest {
        DeskId desk{};
        std::string_view method, path; // path with its query
        std::int64_t timeMs = 0;
        ByteView body;
        ByteArray<64> signature{};
    };
    // Returns: enrolment while a desk waits for its user, desk once it is enrolled.
    // Errors: notFound (unknown desk); expired (more than a minute off); tampered; replayed; locked (the desk has asked
    // limits::kDeskRequestsAMinute times within a minute).
    Result<Origin> checkDeskRequest(const DeskRequest &request);

    // Makes or replaces the party's key. Returns: the key, 64 hexadecimal digits; only its hash is kept. Errors: badInput.
    Result<std::string> registerRelyingParty(std::string_view id, std::string_view name);
    // A platform of the server's own, which needs no key: no desk can be enrolled under its id or name. Errors: badInput.
    Result<void> reserveName(const RelyingParty &party);
    // Errors: notFound.
    Result<RelyingParty> relyingPartyOf(std::string_view key);

    static constexpr std::size_t kOpeningFilesMax = 500;
    // These files are opened at that time, says a relying party: the only word on an opening hour that waives a factor.
    // In: files, SM3 of what is to be opened; an hour that has struck counts as long as it waives. The same file again moves its hour.
    // Errors: badInput (none, too many; an hour that is 24 h past, or more than a year away).
    Result<void> registerOpening(const RelyingParty &party, std::int64_t openingMs, const std::vector<ByteArray<32>> &files);

    // Removes what is kept long enough. To be called every minute or so.
    Result<void> sweep();

private:
    // In the account's log, of a session over this manifest.
    Result<void> note(ports::Transaction &transaction, const AccountId &acct, audit::Event event, const Token &token, ByteView manifest,
                      std::uint16_t code = 0);
    // Beside the records of the session: who asks for what project.
    Result<void> keepAbout(ports::Transaction &transaction, ByteView manifest);
    Result<Started> start(const Origin &origin, intent::Manifest manifest, const ByteArray<32> &deskPublicKey,
                          std::string_view idempotencyKey, const ByteArray<32> &draftSm3, const AccountId &wanted = {});
    // Whether a relying party calls itself so, in any case and spacing.
    Result<bool> isPartyName(std::string_view name);

    ports::LedgerStore &m_ledger;
    ports::MasterKey &m_masterKey;
    ports::Random &m_random;
    ports::Clock &m_clock;
    codes::SmsCodes &m_smsCodes;
    FaceServices m_faces;
    audit::AccountLog m_log;
};

// Ends what an account has scanned and not approved yet: it may do nothing any more, and who waits for it learns that. In the
// transaction of whatever stops the account. Errors: unavailable.
Result<void> endHeldBy(ports::Transaction &transaction, ports::MasterKey &masterKey, const AccountId &acct, std::int64_t nowMs);

} // namespace hufu::sessions
