// The error catalogue: every failure that a person can see has a stable code HF-nnn, a cause and next steps,
// in Chinese and English. The texts are in catalogue.json, compiled in.
#pragma once

#include "shield/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hufu::catalogue {

// Numbers are never reused. The wire's Failure message and the HTTP problem documents carry them.
enum class Code : std::uint16_t {
    // 1xx: the request itself
    malformed = 100,        // bytes or JSON that do not parse, wrong version, too long
    tooLarge = 101,
    unauthorised = 102,     // desk signature, relying-party key or device MAC missing or wrong
    notFound = 103,
    wrongState = 104,       // right message, wrong moment
    tooManyRequests = 105,
    notAllowed = 106,       // understood, and the server does not do it
    siteNotAllowed = 107,   // a web page that the person at the desk has not let in
    deskBusy = 108,         // with another act, or a question
    loggedOut = 109,        // a page whose visit is over, or that is none of ours
    wrongMethod = 110,      // of HTTP: the address knows another
    // 2xx: QR frames and sessions
    frameForeign = 200,     // not one of our codes
    frameTooOld = 201,      // older than 3 s
    sessionExpired = 202,   // shown longer than 60 s, or the user's time is over
    frameReplayed = 203,    // claimed already
    frameTampered = 204,    // code or desk signature wrong
    deskUnknown = 205,      // to a desk that nobody has enrolled, and to a page that asks for more than a log-in
    otherServer = 206,      // a code of another server
    digitsWrong = 207,
    manifestRefused = 208,  // manifest and challenge do not fit, or a forbidden character
    personRefused = 209,
    noCodeInImage = 210,
    deskNameTaken = 211,    // a relying party's name
    codeIsWebAddress = 212, // scanned, not opened
    frameBroken = 213,      // begins as ours do, and is none
    deskRemoved = 214,      // after its code was scanned, by its person or the company
    deskNotYours = 215,     // to a phone: the code of a desk of others, which may have been sent to its person
    undecided = 216,        // the phone was closed while its person read the request
    // 3xx: PIN, lock, device
    wrongPin = 300,
    locked = 301,
    frozen = 302,
    cloned = 303,
    pinWeak = 304,
    pinDiffers = 305,       // the two entries differ
    pinUnchanged = 306,
    shareDestroyed = 307,
    epochStale = 308,
    recoveryUnknown = 309,   // no recovery code is open
    recoveryCodeWrong = 310,
    refreshFirst = 311,      // recovered after a clone: nothing before the shares are refreshed
    phoneFilesDamaged = 312,
    // 4xx: activation, SMS, liveness
    activationUnknown = 400, // code wrong, used or expired
    phoneNumberOther = 401,  // the number is not the one the grant was made for
    smsWrong = 402,
    smsExpired = 403,
    smsTooOften = 404,
    livenessFailed = 405,
    agreementMissing = 406,
    seatMissing = 407,
    factorMissing = 408,     // SMS or liveness asked for and not given
    seatEnded = 409,         // of an active account: it can only open any more
    codeStillCounts = 410,   // sent less than a minute ago, and not used
    // 5xx: network and services
    serverUnreachable = 500,
    pinMismatch = 501,       // TLS key is not the pinned one
    connectionLost = 502,
    serviceDown = 503,       // a service outside: SMS gateway, face service
    storageFull = 504,
    clockSkewed = 505,
    internal = 506,
    answerUnfit = 507,       // an answer of the other side failed its check
    serverStorage = 508,     // the server's own disk or database, or too much at once
    // 6xx: documents, certificates, decryption
    certificateInvalid = 600,
    certificateRevoked = 601,
    signatureInvalid = 602,
    ciphertextInvalid = 603, // not an SM2 ciphertext, or not for this key
    fileUnreadable = 604,
    fileTooLarge = 605,      // to be signed bare
    notForThisKey = 606,     // what is asked for is another person's to approve or to open
    decryptionCap = 607,
    cancelled = 608,
    certificateExpired = 609, // it signs no more; what was encrypted can still be opened
    fileUnwritable = 610,
    diskFull = 611,          // of the computer; storageFull is the phone's
    fileChanged = 612,       // while it was read
    fileExists = 613,
    envelopeDamaged = 614,   // cut off, altered, or put together from several
    envelopeUnsigned = 615,  // no sender, where one is asked for
    openingCutOff = 616,     // told at the desk's next start
    sealingCutOff = 617,     // likewise
    openingOver = 618,       // the hour that a bid would be sealed for
    approvalTooLong = 619,   // many files, with many seals: more than a manifest holds
    pdfBroken = 620,         // not a PDF, or one that readers would have to guess at
    pdfEncrypted = 621,
    pdfTooComplex = 622,
    pdfLocked = 623,         // its author's signature allows no change
    pdfNoPlace = 624,        // no such page, or a seal that would stand beside it
    pdfUnsigned = 625,
    pdfChanged = 626,        // something but seals was added behind a signature
    sealRefused = 627,       // an electronic seal that does not hold, or is another's
    keySignsBare = 628,      // an Ed25519 key: no seal, no bid, no CMS
    keyringLocked = 629,     // of the desktop, where the desk's key is
    tooLargeForOthers = 630, // more than EnvelopedData holds
    tooLargeForEnvelope = 631,
    recipientsTooMany = 632,
    recipientUnfit = 633,    // of a key that is named already, or a name with control characters
    keyOther = 634,          // a tester's key file, which is not the certificate's or no recipient's
    reasonMissing = 635,     // of a bid that one person alone could open
    // of the command line
    fileUnknown = 650,       // not what is wanted there, or cut off
    inputTooLarge = 651,
    folderTaken = 652,       // not empty, and not an earlier demo's
    scriptWrong = 653,       // a line of a tester's script
    auditBroken = 654,       // an exported audit log, or an evidence, that is not as it was
    // 7xx: companies (enterprise::Denied has the same numbers)
    creditCodeInvalid = 700,
    idNumberInvalid = 701,
    registerMismatch = 702,
    registerUnknown = 703,
    overseas = 704,
    companyTaken = 705,
    factsTooOften = 706,
    consentMissing = 707,
    identityPending = 708,
    methodNotAllowed = 709,
    identityTooOften = 710,
    paymentTooSoon = 720,
    paymentsUsedUp = 721,
    amountWrong = 722,
    amountsWorn = 723,
    paymentReturned = 724,
    accountInvalid = 725,
    accountOther = 726,
    documentUnfit = 727,
    linkInvalid = 728,
    paymentPending = 729,
    amountsResting = 730,    // wrong too often in all: this way opens again later
    orderOver = 740,
    orderDiffers = 741,
    balanceLow = 742,
    quantityInvalid = 743,
    seatsUsedUp = 744,
    seatChangesUsedUp = 745,
    invoiceInvalid = 746,
    seatsTooMany = 747,
    companyUnverified = 760,
    roleMissing = 761,
    lastAdministrator = 762,
    staffExists = 763,
    staffInactive = 764,
    sealedBidsAtRisk = 765,
    periodInvalid = 766,
    periodOver = 767,
    sealInactive = 768,
    grantExists = 769,
    listInvalid = 770,
    policyTooLax = 772,
    bidsUnreadable = 773, // nobody could open them any more; goes on with the project's number
    sealNotForThis = 775,
    staffTooMany = 776,
    periodPast = 777,
    periodTooLong = 778,
    sealNumberTaken = 779,
    shieldWanted = 790,        // an act at the console, of who confirms with a shield
    shieldUnusable = 791,
    shieldPending = 792,       // not signed for this act, or counted before
    certificateUnbound = 780,
    boundElsewhere = 781,
    accountBound = 782,
    accountWrong = 783,      // a portal's account or its password
    accountNameTaken = 784,
    // 8xx: the operator's words
    notNeeded = 800,            // the device or certificate is not in a state that the word is for
    identityCheckMissing = 801, // --identity-checked was not said
    dataUnusable = 802,         // no such data folder, no permission, or the database does not answer
    // 9xx: the demo portal's bidding
    biddingOver = 900,
    bidOfAnotherProject = 901,  // or with another opening hour
    openingAhead = 902,
    openedDiffers = 903,        // not the file that was sealed, by its size; or opened already
    bidsTooMany = 904,          // or projects
    projectNumberTaken = 905,
    bidStands = 906,            // the very same envelope
    bidHandedIn = 907,          // at the desk: only the platform gives it back
    uploadTooLarge = 908,       // its text says how much the portal takes
};

struct Entry {
    Code code;
    std::string titleZh, titleEn;
    std::string causeZh, causeEn;
    std::vector<std::string> stepsZh, stepsEn;
};

// "HF-300" for Code::wrongPin.
std::string codeText(Code code);
// The entry of a code; every code of the enum has one (a test holds that).
const Entry &entryOf(Code code);
// The code of a number from the wire; nothing if unknown.
std::optional<Code> codeOf(std::uint16_t number);
const std::vector<Entry> &allEntries();
// What is wrong with a scanned text by its beginning alone: codeIsWebAddress, frameForeign, or nothing.
std::optional<Code> foreignOf(std::string_view scanned);
// What a bare Errc means where nothing more precise is known.
Code codeOf(Errc errc);

} // namespace hufu::catalogue
