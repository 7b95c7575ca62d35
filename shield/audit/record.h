// What happened, in records that hang together: each holds the hash of the one before it.
#pragma once

#include "shield/base/bytes.h"

#include <string_view>

namespace hufu::audit {

// A chain is named by 16 bytes: the account of a device or of a company. All zero is the root chain, in which each
// other chain's beginning is recorded, so that a chain cannot vanish as a whole.
using ChainId = ByteArray<16>;
inline constexpr ChainId kRootChain{};

// Numbers are never reused.
enum class Event : std::uint16_t {
    chainStarted = 1, // in the root chain; subject: the chain
    serverStarted = 2,
    restoreEpochRaised = 4, // code: the epoch
    operatorActed = 5,      // of before: beside what the act led to, which is told with its doer now; subject: account; code: that event
    // Of an account, in its own chain; in its company's the subject is the person. cosigner; subject: sid; object: key id
    keysGenerated = 100,
    signatureGiven = 101,
    decrypted = 102,
    wrongPin = 103, // code: how many in a row
    deviceFrozen = 105,
    cloneFound = 106,
    deviceUnfrozen = 107,
    refreshed = 108,
    pinChanged = 109,
    shareDestroyed = 110,
    chainAdopted = 112,
    recoveryOpened = 113,
    recoveryFailed = 114,
    deviceRecovered = 115,
    signKeyActive = 116,    // by the request's signature
    encryptKeyActive = 117, // by the probe's decryption
    evidenceKeyKept = 118,  // subject: account; object: SM3(public key), which begins with the phone's id in its evidences
    // sessions, of an account likewise; subject: token; object: SM3(manifest)
    sessionStarted = 200,
    sessionClaimed = 201,
    sessionApproved = 202, // object: SM3(manifest); code: the act, 0 in records of before
    sessionRefused = 203,
    sessionFailed = 204,
    factorGiven = 205, // code: the factor's bit
    factorFailed = 206,
    delivered = 207,
    attackReported = 208, // beside sessionRefused: the person did not start it; code: wire::RefuseReason
    deskEnrolled = 210, // subject: desk id; object: SM3(public key), which begins with the id
    deskRemoved = 211,
    bidHandedIn = 220, // to a relying party that says so; subject: account of who sealed it; object: the bid's id
    bidGivenBack = 221,
    // enterprise; subject: grant
    grantOpened = 300,
    enrolmentStarted = 301,
    agreementsAccepted = 302, // object: SM3(list of agreements)
    enrolmentProved = 303,
    enrolmentFailed = 304,
    deviceActivated = 305, // subject: account
    seatRenewed = 306,
    codeRenewed = 307,
    grantSuspended = 308, // object, of this, an end and a lost phone: SM3(what was confirmed), or zero
    grantResumed = 309,
    grantEnded = 310,
    phoneLost = 311, // reported by an administrator: each of the person's phones is frozen by its own record
    // enterprise, a company's application; subject: application, which becomes the company
    applicationBegun = 320,
    applicationCodeSent = 321, // code: phone or mail
    contactProved = 322,
    consentGiven = 323,        // code: the consent's bits
    identityStarted = 324,     // code: the service
    identityProved = 325,      // code: face or SMS
    identityFailed = 326,      // code: the service
    applicationWithdrawn = 327,
    factsMatched = 328,
    factsMismatched = 329,     // code: the fields' bits
    factsOverseas = 330,
    companyVerified = 331,     // code: the way
    policyChanged = 332,       // object: SM3(what was confirmed)
    // enterprise, company authentication; subject: company, link or paper
    payoutOrdered = 340,       // code: how many so far
    payoutSent = 341,
    payoutReturned = 342,
    amountWrong = 343,         // code: how many so far
    payerAwaited = 344,
    payerSeen = 345,
    remittanceRestarted = 346,
    accountAsked = 347,
    accountRefused = 348,
    payerUnfit = 349,          // a payment under the company's name that verifies nobody; object: SM3(the bank's number of it)
    linkSent = 350,            // code: what for
    linkSigned = 351,
    linkRefused = 352,
    linkWithdrawn = 353,
    paperSubmitted = 354,      // object: SM3(paper); code: what for
    paperApproved = 355,
    paperReturned = 356,       // code: the reason
    paperWithdrawn = 357,
    // enterprise, licences; subject: order
    orderMade = 360,
    paymentStarted = 361,
    orderPaid = 362,           // object: SM3(payment), zero: from the balance
    orderCancelled = 363,
    orderExpired = 364,
    moneyToWallet = 365,       // object: SM3(payment)
    invoiceAsked = 366,
    seatAdded = 367,           // by the operator; subject: seat
    // enterprise, staff; subject: person; code: roles; object: SM3(what was confirmed), or zero
    staffAdded = 370,
    staffChanged = 371,
    staffDisabled = 372,
    staffEnabled = 373,
    staffRemoved = 374,
    consoleOpened = 375,       // code: 0 by SMS, 1 by a shield
    consoleClosed = 376,
    administratorChanged = 377, // subject: who is one now
    // enterprise, seals; subject: seal or the grant of one
    sealMade = 380,            // object: SM3(service signature)
    sealAuthorised = 381,
    sealRefused = 382,
    sealSuspended = 383,
    sealResumed = 384,
    sealRetired = 385,         // object: SM3(what was confirmed)
    sealGrantDrafted = 386,
    sealGranted = 387,         // object: SM3(authorisation document)
    sealGrantChanged = 388,
    sealGrantSuspended = 389,
    sealGrantResumed = 390,
    sealGrantEnded = 391,
    sealUsed = 392,            // object: SM3(document)
    sealAskedAgain = 393,
    sealExported = 394,        // object: SM3(file); code: its SealFile
    // authority, of an account likewise; subject: account; object: SM3(certificate)
    certificateIssued = 400,
    certificateRevoked = 401,
    // a platform's account and a certificate's holder, as the platform says; subject: person; object: SM3(platform, person, certificate), in
    // records of before zero
    certificateBound = 410,
    certificateUnbound = 411,
    certificateRebound = 412, // another one of the same person
};

// The event's name in the log and in reports; "unknown" for a number without one.
std::string_view nameOf(Event event);

// Who did it. Numbers are never reused.
enum class By : std::uint8_t {
    unsaid = 0,               // by the event itself: in an account's chain its holder; of records of version 1 nothing is said
    server = 1,               // by itself: a time was over, a renewed certificate
    person = 2,               // of the company's staff; id: the person
    applicant = 3,            // who applies for the company; id: the application
    legalRepresentative = 4,  // or whoever held his link; id: the link
    operatorSide = 5,         // the operator, at the server's machine
    outside = 6,              // a bank, a cashier, those who review papers, a platform that says so
    bearer = 7,               // of an activation code, before anything is proved; id: the grant
    phone = 8,                // whoever had it in hand: no PIN has proved who that was; id: the person whose phone it is
    computer = 9,             // whoever sat at it, likewise; id: the person whose phone was asked
};

std::string_view nameOf(By by);

struct Who {
    By by = By::unsaid;
    ByteArray<16> id{}; // zero where there is none
    bool operator==(const Who &) const = default;
};

// Numbers and hashes only: there is no field into which a person's data could get.
struct Entry {
    Event event = Event::serverStarted;
    std::int64_t timeMs = 0; // Unix milliseconds
    ByteArray<16> subject{}; // sid, token, grant, account: see Event
    ByteArray<32> object{};  // a hash; zero if there is none
    std::uint16_t code = 0;  // HF-nnn, a factor, a count: see Event
    Who who{};
};

// "HUFU-AUDIT-2" | chain 16 | sequence 8 | previous 32 | event 2 | time 8 | subject 16 | object 32 | code 2 | by 1 | who 16
// The encoding is the one canonical form: the hash is taken over it, and it is what is stored. Records of version 1 ("HUFU-AUDIT-1")
// end after the code; they stay as they are, and one chain may hold both.
struct Record {
    static constexpr std::size_t kBytesOf1 = 12 + 16 + 8 + 32 + 2 + 8 + 16 + 32 + 2, kBytes = kBytesOf1 + 1 + 16;

    ChainId chain{};
    std::uint64_t sequence = 0;   // 1, 2, 3, ... in its chain
    ByteArray<32> previous{};     // SM3 of the record before it; zero for the first
    Entry entry;
    std::uint8_t version = 2;

    // Errors: badInput.
    static Result<Record> parse(ByteView bytes);
    Bytes encode() const;
    ByteArray<32> sm3() const;
};

} // namespace hufu::audit
