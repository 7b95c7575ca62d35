#include "shield/audit/record.h"

#include "shield/crypto/sm3.h"

namespace hufu::audit {

namespace {

constexpr std::string_view kMagic = "HUFU-AUDIT-"; // and the version, a digit

} // namespace

std::string_view nameOf(Event event)
{
    switch (event) {
    case Event::chainStarted: return "chain-started";
    case Event::serverStarted: return "server-started";
    case Event::restoreEpochRaised: return "restore-epoch-raised";
    case Event::operatorActed: return "operator-acted";
    case Event::keysGenerated: return "keys-generated";
    case Event::signatureGiven: return "signature-given";
    case Event::decrypted: return "decrypted";
    case Event::wrongPin: return "wrong-pin";
    case Event::deviceFrozen: return "device-frozen";
    case Event::cloneFound: return "clone-found";
    case Event::deviceUnfrozen: return "device-unfrozen";
    case Event::refreshed: return "refreshed";
    case Event::pinChanged: return "pin-changed";
    case Event::shareDestroyed: return "share-destroyed";
    case Event::chainAdopted: return "chain-adopted";
    case Event::recoveryOpened: return "recovery-opened";
    case Event::recoveryFailed: return "recovery-failed";
    case Event::deviceRecovered: return "device-recovered";
    case Event::signKeyActive: return "sign-key-active";
    case Event::encryptKeyActive: return "encrypt-key-active";
    case Event::evidenceKeyKept: return "evidence-key-kept";
    case Event::sessionStarted: return "session-started";
    case Event::sessionClaimed: return "session-claimed";
    case Event::sessionApproved: return "session-approved";
    case Event::sessionRefused: return "session-refused";
    case Event::sessionFailed: return "session-failed";
    case Event::factorGiven: return "factor-given";
    case Event::factorFailed: return "factor-failed";
    case Event::delivered: return "delivered";
    case Event::attackReported: return "attack-reported";
    case Event::deskEnrolled: return "desk-enrolled";
    case Event::deskRemoved: return "desk-removed";
    case Event::bidHandedIn: return "bid-handed-in";
    case Event::bidGivenBack: return "bid-given-back";
    case Event::grantOpened: return "grant-opened";
    case Event::enrolmentStarted: return "enrolment-started";
    case Event::agreementsAccepted: return "agreements-accepted";
    case Event::enrolmentProved: return "enrolment-proved";
    case Event::enrolmentFailed: return "enrolment-failed";
    case Event::deviceActivated: return "device-activated";
    case Event::seatRenewed: return "seat-renewed";
    case Event::codeRenewed: return "code-renewed";
    case Event::grantSuspended: return "grant-suspended";
    case Event::grantResumed: return "grant-resumed";
    case Event::phoneLost: return "phone-lost";
    case Event::grantEnded: return "grant-ended";
    case Event::applicationBegun: return "application-begun";
    case Event::applicationCodeSent: return "application-code-sent";
    case Event::contactProved: return "contact-proved";
    case Event::consentGiven: return "consent-given";
    case Event::identityStarted: return "identity-started";
    case Event::identityProved: return "identity-proved";
    case Event::identityFailed: return "identity-failed";
    case Event::applicationWithdrawn: return "application-withdrawn";
    case Event::factsMatched: return "facts-matched";
    case Event::factsMismatched: return "facts-mismatched";
    case Event::factsOverseas: return "facts-overseas";
    case Event::companyVerified: return "company-verified";
    case Event::policyChanged: return "policy-changed";
    case Event::payoutOrdered: return "payout-ordered";
    case Event::payoutSent: return "payout-sent";
    case Event::payoutReturned: return "payout-returned";
    case Event::amountWrong: return "amount-wrong";
    case Event::payerAwaited: return "payer-awaited";
    case Event::payerSeen: return "payer-seen";
    case Event::remittanceRestarted: return "remittance-restarted";
    case Event::accountAsked: return "account-asked";
    case Event::accountRefused: return "account-refused";
    case Event::payerUnfit: return "payer-unfit";
    case Event::linkSent: return "link-sent";
    case Event::linkSigned: return "link-signed";
    case Event::linkRefused: return "link-refused";
    case Event::linkWithdrawn: return "link-withdrawn";
    case Event::paperSubmitted: return "paper-submitted";
    case Event::paperApproved: return "paper-approved";
    case Event::paperReturned: return "paper-returned";
    case Event::paperWithdrawn: return "paper-withdrawn";
    case Event::orderMade: return "order-made";
    case Event::paymentStarted: return "payment-started";
    case Event::orderPaid: return "order-paid";
    case Event::orderCancelled: return "order-cancelled";
    case Event::orderExpired: return "order-expired";
    case Event::moneyToWallet: return "money-to-wallet";
    case Event::invoiceAsked: return "invoice-asked";
    case Event::seatAdded: return "seat-added";
    case Event::staffAdded: return "staff-added";
    case Event::staffChanged: return "staff-changed";
    case Event::staffDisabled: return "staff-disabled";
    case Event::staffEnabled: return "staff-enabled";
    case Event::staffRemoved: return "staff-removed";
    case Event::consoleOpened: return "console-opened";
    case Event::consoleClosed: return "console-closed";
    case Event::administratorChanged: return "administrator-changed";
    case Event::sealMade: return "seal-made";
    case Event::sealAuthorised: return "seal-authorised";
    case Event::sealRefused: return "seal-refused";
    case Event::sealSuspended: return "seal-suspended";
    case Event::sealResumed: return "seal-resumed";
    case Event::sealRetired: return "seal-retired";
    case Event::sealGrantDrafted: return "seal-grant-drafted";
    case Event::sealGranted: return "seal-granted";
    case Event::sealGrantChanged: return "seal-grant-changed";
    case Event::sealGrantSuspended: return "seal-grant-suspended";
    case Event::sealGrantResumed: return "seal-grant-resumed";
    case Event::sealGrantEnded: return "seal-grant-ended";
    case Event::sealUsed: return "seal-used";
    case Event::sealAskedAgain: return "seal-asked-again";
    case Event::sealExported: return "seal-exported";
    case Event::certificateIssued: return "certificate-issued";
    case Event::certificateRevoked: return "certificate-revoked";
    case Event::certificateBound: return "certificate-bound";
    case Event::certificateUnbound: return "certificate-unbound";
    case Event::certificateRebound: return "certificate-rebound";
    }
    return "unknown";
}

std::string_view nameOf(By by)
{
    switch (by) {
    case By::unsaid: return "unsaid";
    case By::server: return "server";
    case By::person: return "person";
    case By::applicant: return "applicant";
    case By::legalRepresentative: return "legal-representative";
    case By::operatorSide: return "operator";
    case By::outside: return "outside";
    case By::bearer: return "bearer";
    case By::phone: return "phone";
    case By::computer: return "computer";
    }
    return "";
}

Result<Record> Record::parse(ByteView bytes)
{
    Reader reader(bytes);
    const bool ours = sameBytes(reader.raw(kMagic.size()), viewOf(kMagic));
    const std::uint8_t digit = reader.u8();
    Record record;
    record.version = static_cast<std::uint8_t>(digit - '0');
    record.chain = reader.array<16>();
    record.sequence = reader.u64();
    record.previous = reader.array<32>();
    record.entry.event = static_cast<Event>(reader.u16());
    record.entry.timeMs = static_cast<std::int64_t>(reader.u64());
    record.entry.subject = reader.array<16>();
    record.entry.object = reader.array<32>();
    record.entry.code = reader.u16();
    if (record.version == 2) {
        record.entry.who.by = static_cast<By>(reader.u8());
        record.entry.who.id = reader.array<16>();
    }
    HUFU_CHECK(reader.finish());
    const bool known = (record.version == 1 || record.version == 2) && !nameOf(record.entry.who.by).empty();
    if (!ours || !known || record.sequence == 0) return Error(Errc::badInput, "audit record");
    return record;
}

Bytes Record::encode() const
{
    Writer writer;
    writer.raw(viewOf(kMagic))
        .u8(static_cast<std::uint8_t>('0' + version))
        .raw(chain)
        .u64(sequence)
        .raw(previous)
        .u16(static_cast<std::uint16_t>(entry.event))
        .u64(static_cast<std::uint64_t>(entry.timeMs))
        .raw(entry.subject)
        .raw(entry.object)
        .u16(entry.code);
    if (version >= 2) writer.u8(static_cast<std::uint8_t>(entry.who.by)).raw(entry.who.id);
    return writer.take();
}

ByteArray<32> Record::sm3() const
{
    return crypto::sm3(encode());
}

} // namespace hufu::audit
