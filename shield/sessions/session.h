// The words of a session: who opened it, how it stands, what came of it.
#pragma once

#include "shield/base/secret.h"
#include "shield/intent/manifest.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace hufu::ports {
class LivenessService;
class Transaction;
}

namespace hufu::sessions {

using Token = ByteArray<16>;
using AccountId = ByteArray<16>;
using DeskId = ByteArray<16>;
using SessionId = ByteArray<16>; // of one conversation with the cosigner

enum class OriginKind : std::uint8_t {
    desk = 1,         // an enrolled desk
    relyingParty = 2, // a platform's backend
    phone = 3,        // the phone's own act
    enrolment = 4,    // a desk that asks to be enrolled
};

// Who opened a session, and therefore may ask about it. id: desk id, first 16 bytes of SM3(relying party's id), or account.
struct Origin {
    OriginKind kind = OriginKind::desk;
    ByteArray<16> id{};
    bool operator==(const Origin &) const = default;
};

enum class State : std::uint8_t {
    preparing = 0, // bytes to be signed or opened are still missing
    waiting = 1,   // shown, not yet claimed
    claimed = 2,
    approved = 3, // the outcome is there
    refused = 4,  // by the person
    expired = 5,
    failed = 6,
};

// Why a session ended without an outcome.
enum class Ending : std::uint8_t {
    none = 0,
    personRefused = 1,
    notShownInTime = 2, // nobody claimed it within 60 s
    userTimeOver = 3,
    cancelled = 4,   // by who opened it
    digitsWrong = 5, // too often
    deviceBlocked = 6,
    notEntitled = 7, // whoever scanned may not do this, or not any more
    deviceLocked = 8, // wrong PINs: nobody can approve before the session would be over
    certificateRevoked = 9, // of whoever scanned; likewise the next ones
    certificateExpired = 10,
    seatEnded = 11,
    sealRefused = 12, // the right to a seal ended after the claim
    deskRemoved = 13, // after the claim, by its person or the company
};

// Why a claim was not taken. The session stands as before, except that time goes on; notEntitled ends one that this
// person could have claimed otherwise, so that who waits is told why.
enum class ClaimDenied : std::uint8_t {
    foreign = 1,        // no such session here
    frameTooOld = 2,    // more than 3 s
    sessionExpired = 3, // shown longer than 60 s, or ended
    claimedByOther = 4,
    tampered = 5, // code or desk signature wrong, or a frame of the future
    deskUnknown = 6, // more than a login from a desk that this person has not enrolled
    notReady = 7,    // bytes to be signed or opened are still missing
    notEntitled = 8, // anything but a decryption, of an account that may do nothing else any more
    sealRefused = 9, // a seal is named that this person may not use
    otherPerson = 10, // the desk asks for another of its people
};

// What the desk or the relying party's backend gets.
struct Started {
    Token token{};
    Secret<32> frameSecret; // never goes to a browser
    Bytes manifest;         // canonical
    std::int64_t startedMs = 0; // Unix milliseconds: second 0 of the frames
    std::int64_t expiresMs = 0; // claimed until then
    bool ready = false;         // false: attachTbs first
    std::size_t tbsWanted = 0;
};

// The account that claims, as the enterprise registry knows it.
struct Claimant {
    AccountId acct{};
    std::string personId;    // for the face service
    std::string phoneNumber; // for the SMS code
    // Factors that the company asks for beyond the default table of README (wire::factor bits kSms, kLiveness), by act.
    std::uint8_t extraForLogin = 0, extraForSign = 0, extraForDecrypt = 0;
    // notEntitled or one of those after it that are about the person: what was encrypted can still be opened, nothing else is done.
    Ending bar = Ending::none;
    // The person's other accounts, if this is one before that of now: what bars this one lets that one claim, and a desk that knows any
    // of them lets this one open.
    std::vector<AccountId> others = {};
    // Whether the person may use the seals that a manifest names; asked in the claim's transaction. None: nothing is stamped.
    std::function<Result<bool>(ports::Transaction &, const intent::Manifest &)> maySeal = {};
};

struct Claim {
    Token token{};
    std::uint8_t factors = 0; // wire::factor bits
    std::string digits;       // to be typed on an unknown desk; empty when none are asked for
    bool deskKnown = false;
    std::int64_t expiryMs = 0; // Unix milliseconds
    Bytes manifest;
};

// A claimed session with the bytes that are to be signed or opened.
struct Approvable {
    Token token{};
    intent::Act act = intent::Act::login;
    Bytes manifest;
    std::vector<Bytes> tbs; // one for each item; none for pinChange
    std::int64_t expiryMs = 0;
};

struct ItemSignature {
    std::uint8_t index = 0;
    ByteArray<64> signature{}; // r | s, or R | z of Ed25519
    bool operator==(const ItemSignature &) const = default;
};

struct SealedItem {
    std::uint8_t index = 0;
    Bytes sealed;
    bool operator==(const SealedItem &) const = default;
};

// What the cosigner hands over in its own transaction.
struct Completion {
    SessionId sid{};
    std::vector<ItemSignature> signatures; // of sign acts
    std::vector<std::uint8_t> opened;      // of decrypt acts: the indices that were opened, to be delivered sealed
};

// How a session stands, for who opened it.
struct View {
    State state = State::waiting;
    Ending ending = Ending::none;
    std::uint64_t version = 0; // grows with each change: a long poll waits for another one than it has seen
    intent::Act act = intent::Act::login;
    Bytes manifest;
    AccountId acct{};          // zero until claimed
    bool digitsWanted = false; // an unknown desk: approved only once they are typed
    std::int64_t changesMs = 0; // Unix milliseconds: when it expires without anybody's doing, or is forgotten
    std::vector<ItemSignature> signatures;
    std::vector<SealedItem> sealed;
};

// Whom of its people a desk asks for.
struct Wanted {
    AccountId acct{};
    std::string company, person; // for the manifest
};

// What a person has confirmed on a page, and with what.
struct Confirmation {
    Bytes manifest;
    ByteArray<64> signature{}; // r | s, or R | z of Ed25519, over what buildTbs makes of the manifest
};

struct Desk {
    DeskId id{};
    ByteArray<32> publicKey{}; // Ed25519
    std::string name, network;
    AccountId owner{};
    std::int64_t enrolledMs = 0;
};

struct RelyingParty {
    std::string id, name;
    Origin origin() const;
};

// The face services by their number on the wire.
using FaceServices = std::map<std::uint8_t, ports::LivenessService *>;

} // namespace hufu::sessions
