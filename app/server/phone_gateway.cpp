#include "app/server/phone_gateway.h"

#include "app/server/steps.h"
#include "shield/audit/log.h"
#include "shield/base/limits.h"
#include "shield/crypto/ed25519.h"
#include "shield/enterprise/desk_rule.h"
#include "shield/intent/frame.h"
#include "shield/sessions/desk_rows.h"

#include <algorithm>

namespace hufu::server {

namespace {

using catalogue::Code;
using wire::Type;

// People read agreements, wait for an SMS and choose a PIN on an open connection.
constexpr std::int64_t kEnrolmentMs = limits::kSmsValidMs;

Answer wrongState()
{
    return Fail{Errc::badState, Code::wrongState};
}

std::uint32_t seconds(std::int64_t ms)
{
    return static_cast<std::uint32_t>(std::max<std::int64_t>(0, (ms + 999) / 1000));
}

sessions::Claimant claimantOf(const enterprise::Holder &holder)
{
    const enterprise::Policy &policy = holder.company.policy;
    return {holder.acct, toHex(holder.personId), holder.person.phoneNumber, policy.login,
            policy.sign, policy.decrypt};
}

wire::BidList::Item itemOf(const opening::Bid &bid, const enterprise::Id &acct, std::int64_t nowMs)
{
    wire::BidList::Item item;
    item.id = bid.id;
    item.projectId = bid.project.id;
    item.projectName = bid.project.name;
    item.package = bid.project.package;
    item.fileName = bid.fileName;
    item.soleReason = bid.soleReason;
    item.size = bid.size;
    item.sealedMs = bid.sealedMs;
    item.openingMs = bid.openingMs;
    item.state = static_cast<std::uint8_t>(bid.state);
    item.endedMs = bid.endedMs;
    item.isOwn = bid.sealer == acct;
    item.isGivenBack = bid.isGivenBack && bid.isGuarded(nowMs);
    for (const opening::Recipient &recipient : bid.recipients)
        item.recipients.push_back({recipient.name, recipient.keyId});
    return item;
}

wire::DeviceState wireStateOf(const cosigner::DeviceView &device)
{
    using wire::DeviceState;
    switch (device.lock.standing) {
    case cosigner::Standing::frozen: return DeviceState::frozen;
    case cosigner::Standing::cloned: return DeviceState::cloned;
    case cosigner::Standing::active: break;
    }
    if (device.sign.state == cosigner::KeyState::destroyed) return DeviceState::destroyed;
    return device.sign.state == cosigner::KeyState::pending ? DeviceState::pending : DeviceState::active;
}

sessions::Completion completionOf(const intent::Manifest &manifest, const cosigner::Outcome &outcome)
{
    sessions::Completion completion;
    completion.sid = outcome.sid;
    const intent::Op op = intent::opOf(manifest.act);
    if (op == intent::Op::decrypt) completion.opened = outcome.included;
    if (op != intent::Op::sign) return completion;
    for (std::size_t i = 0; i < outcome.signatures.size() && i < outcome.included.size(); ++i)
        completion.signatures.push_back({outcome.included[i], outcome.signatures[i]});
    return completion;
}

} // namespace

void PhoneGateway::onOpen(std::shared_ptr<net::Socket> socket)
{
    m_socket = std::move(socket);
    m_conversation = m_services.cosigner.connect();
    const auto greeting = m_conversation->greeting();
    if (!greeting) return m_socket->close();
    m_socket->send(wire::encode(*greeting));
}

void PhoneGateway::onClosed()
{
    m_conversation.reset();
    m_ticket.reset();
    m_held.reset();
}

void PhoneGateway::onMessage(ByteView message)
{
    m_arrivalMs = m_services.clock.unixMs();
    const auto envelope = wire::Envelope::split(message);
    if (!envelope) {
        send(Fail{Errc::badInput, Code::malformed}, Type::failure);
        return m_socket->close();
    }
    const auto step = std::ranges::find(kMessageSteps, envelope->type, &MessageStep::type);
    const bool isStep = m_services.fault != nullptr && step != kMessageSteps.end();
    if (isStep) m_services.fault->at(step->step.before);
    Answer out = answer(*envelope);
    keepLanguage();
    if (isStep) m_services.fault->at(step->step.after);
    const auto *fail = std::get_if<Fail>(&out);
    const bool isMalformed = fail != nullptr && fail->code == Code::malformed;
    send(std::move(out), envelope->type);
    if (isMalformed) m_socket->close();
}

// A courtesy: where it cannot be kept, the next connection says it again.
void PhoneGateway::keepLanguage()
{
    if (!m_language || !m_conversation || !m_conversation->acct()) return;
    static_cast<void>(enterprise::keepLanguageOf(m_services.ledger, *m_conversation->acct(), *m_language));
    m_language.reset();
}

void PhoneGateway::send(Answer out, Type asked)
{
    Fields line{{"type", static_cast<int>(asked)}};
    if (m_conversation && m_conversation->acct()) line["acct"] = toHex(*m_conversation->acct());
    if (auto *bytes = std::get_if<Bytes>(&out)) {
        line["answer"] = static_cast<int>((*bytes)[1]);
        m_services.log.info("phone", line);
        m_socket->send(std::move(*bytes)); // wiped there: KG2 and DEC2 are for the phone alone
    } else if (const auto *fail = std::get_if<Fail>(&out)) {
        line["code"] = catalogue::codeText(fail->code);
        m_services.log.info("phone", line);
        m_socket->send(
            wire::encode(wire::Failure{fail->errc, static_cast<std::uint16_t>(fail->code), fail->retryAfter, fail->whose}));
    } else {
        m_services.log.warn("phone-mac", line);
        m_socket->close();
    }
}

void PhoneGateway::listenAsLongAs(std::int64_t ms)
{
    m_socket->allowSilence(std::max(ms, limits::kIdleMs));
}

template <typename M> Answer PhoneGateway::parsed(ByteView body, Answer (PhoneGateway::*step)(M))
{
    auto message = M::parse(body);
    if (!message) return Fail{Errc::badInput, Code::malformed};
    return (this->*step)(std::move(*message));
}

Answer PhoneGateway::answer(const wire::Envelope &envelope)
{
    switch (envelope.type) {
    case Type::enrolStart:
        return parsed(envelope.body, &PhoneGateway::enrolStart);
    case Type::enrolProof:
        return parsed(envelope.body, &PhoneGateway::enrolProof);
    case Type::activate:
        return parsed(envelope.body, &PhoneGateway::activate);
    case Type::kg3:
        return parsed(envelope.body, &PhoneGateway::kg3);
    case Type::frostKg3:
        return parsed(envelope.body, &PhoneGateway::frostKg3);
    case Type::begin:
        return parsed(envelope.body, &PhoneGateway::begin);
    case Type::claim:
        return parsed(envelope.body, &PhoneGateway::claim);
    case Type::resume:
        return parsed(envelope.body, &PhoneGateway::resume);
    case Type::factorAsk:
        return parsed(envelope.body, &PhoneGateway::factorAsk);
    case Type::factor:
        return parsed(envelope.body, &PhoneGateway::factor);
    case Type::refuse:
        return parsed(envelope.body, &PhoneGateway::refuse);
    case Type::hello:
        return parsed(envelope.body, &PhoneGateway::hello);
    case Type::sign:
        return parsed(envelope.body, &PhoneGateway::sign);
    case Type::frostSign:
        return parsed(envelope.body, &PhoneGateway::frostSign);
    case Type::dec1:
        return parsed(envelope.body, &PhoneGateway::dec1);
    case Type::ref1:
        return parsed(envelope.body, &PhoneGateway::ref1);
    case Type::ref3:
        return parsed(envelope.body, &PhoneGateway::ref3);
    case Type::resultQuery:
        return parsed(envelope.body, &PhoneGateway::resultQuery);
    case Type::deliver:
        return parsed(envelope.body, &PhoneGateway::deliver);
    case Type::probeAnswer:
        return parsed(envelope.body, &PhoneGateway::probeAnswer);
    case Type::certificatesQuery:
        return parsed(envelope.body, &PhoneGateway::certificatesQuery);
    case Type::bidsQuery:
        return parsed(envelope.body, &PhoneGateway::bidsQuery);
    case Type::desksQuery:
        return parsed(envelope.body, &PhoneGateway::desksQuery);
    case Type::deskRemoval:
        return parsed(envelope.body, &PhoneGateway::deskRemoval);
    case Type::recordsQuery:
        return parsed(envelope.body, &PhoneGateway::recordsQuery);
    case Type::accountQuery:
        return parsed(envelope.body, &PhoneGateway::accountQuery);
    case Type::evidenceKey:
        return parsed(envelope.body, &PhoneGateway::evidenceKey);
    case Type::recover:
        return parsed(envelope.body, &PhoneGateway::recover);
    default:
        return Fail{Errc::badInput, Code::malformed}; // the server's own
    }
}

// --- activation ------------------------------------------------------------------------------------------

Answer PhoneGateway::enrolStart(wire::EnrolStart message)
{
    const auto result = m_services.enterprise.enrolStart(message.code, message.phoneNumber);
    if (!result) return failOf(result.error());
    if (const auto *denied = std::get_if<enterprise::EnrolDenied>(&*result)) return failOf(*denied);
    const auto &terms = std::get<enterprise::EnrolTerms>(*result);
    wire::EnrolTerms out{terms.company, terms.personMasked, terms.factors, {}, seconds(terms.resendAfterMs)};
    for (const enterprise::Agreement &agreement : terms.agreements)
        out.agreements.push_back({agreement.id, agreement.version});
    listenAsLongAs(kEnrolmentMs);
    return wire::encode(out);
}

Answer PhoneGateway::enrolProof(wire::EnrolProof message)
{
    enterprise::EnrolProof proof{std::move(message.sms), {}, message.provider, std::move(message.evidence)};
    for (const wire::Agreement &agreement : message.agreements)
        proof.agreements.push_back({agreement.id, agreement.version});
    const auto result = m_services.enterprise.enrolProof(message.code, proof);
    if (!result) return failOf(result.error());
    if (const auto *denied = std::get_if<enterprise::EnrolDenied>(&*result)) return failOf(*denied);
    const auto &accepted = std::get<enterprise::EnrolAccepted>(*result);
    const enterprise::Holder &holder = accepted.holder;
    wire::EnrolAccepted out;
    out.acct = holder.acct;
    out.ticket = accepted.ticket;
    out.person = holder.person.name;
    out.company = holder.company.name;
    out.creditCode = holder.company.creditCode;
    out.birthday = holder.person.birthday;
    out.subject = subjectOf(holder);
    out.suite = static_cast<std::uint8_t>(holder.company.policy.suite);
    listenAsLongAs(kEnrolmentMs);
    return wire::encode(out);
}

Answer PhoneGateway::activate(wire::Activate message)
{
    const auto holder = m_services.enterprise.checkTicket(message.acct, message.ticket);
    if (!holder) return holder.error().code == Errc::unavailable ? failOf(holder.error()) : Fail{holder.error().code, Code::activationUnknown};
    m_ticket = Ticket{message.acct, message.ticket};
    const auto answer = [](const auto &kg2) { return kg2 ? Answer(wire::encode(*kg2)) : Answer(failOf(kg2.error())); };
    if (holder->company.policy.suite == crypto::Suite::frost)
        return answer(m_conversation->frostKeygenStart(std::move(message)));
    return answer(m_conversation->keygenStart(std::move(message)));
}

Answer PhoneGateway::kg3(wire::Kg3 message)
{
    return finishKeys(message);
}

Answer PhoneGateway::frostKg3(wire::FrostKg3 message)
{
    return finishKeys(message);
}

template <typename Kg3> Answer PhoneGateway::finishKeys(const Kg3 &message)
{
    if (!m_ticket) return wrongState();
    const Ticket ticket = *m_ticket;
    m_ticket.reset();
    const auto kg4 = m_conversation->keygenFinish(message, [this, &ticket](ports::Transaction &transaction) {
        return m_services.enterprise.useTicket(transaction, ticket.acct, ticket.ticket);
    });
    if (!kg4) return failOf(kg4.error());
    return wire::encode(*kg4);
}

Answer PhoneGateway::certificatesFor(const enterprise::Id &acct)
{
    const auto certificates = m_acts.certificates(acct);
    if (!certificates) return failOf(certificates.error());
    return wire::encode(*certificates);
}

Answer PhoneGateway::certificatesQuery(wire::CertificatesQuery message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    return certificatesFor(message.acct);
}

Answer PhoneGateway::bidsQuery(wire::BidsQuery message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto bids = m_services.bidBook.bids().of(message.acct);
    if (!bids) return failOf(bids.error());
    const auto rehearsed = m_services.bidBook.bids().lastRehearsalMs(message.acct);
    if (!rehearsed) return failOf(rehearsed.error());
    wire::BidList out;
    out.lastRehearsalMs = *rehearsed;
    std::size_t length = 0;
    for (const opening::Bid &bid : *bids) {
        length += bid.encode().size();
        if (out.items.size() == wire::BidList::kMost || length > limits::kTbsMax) break;
        out.items.push_back(itemOf(bid, message.acct, m_services.clock.unixMs()));
    }
    return wire::encode(out);
}

Answer PhoneGateway::desksQuery(wire::DesksQuery message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    return desksFor(message.acct);
}

// A phone that did not hear the answer asks again: what is gone is gone.
Answer PhoneGateway::deskRemoval(wire::DeskRemoval message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto owners = deskOwnersOf(message.acct);
    if (!owners) return failOf(owners.error());
    for (const enterprise::Id &owner : *owners) {
        const auto removed = m_services.sessions.removeDesk(owner, message.desk);
        if (!removed && removed.error().code != Errc::notFound) return failOf(removed.error());
    }
    return desksFor(message.acct);
}

// Whose computers an account lists and removes: with its own those of the keys before it, which open there still.
Result<std::vector<enterprise::Id>> PhoneGateway::deskOwnersOf(const enterprise::Id &acct)
{
    auto accounts = m_services.enterprise.accountsOfPersonOf(acct);
    if (!accounts && accounts.error().code != Errc::refused && accounts.error().code != Errc::notFound) return accounts.error();
    // Whose grant rests or has ended has their own computers still.
    return accounts && !accounts->empty() && accounts->front() == acct ? std::move(*accounts) : std::vector{acct};
}

Result<std::vector<wire::DeskList::Item>> PhoneGateway::desksOf(const enterprise::Id &acct)
{
    HUFU_TRY(owners, deskOwnersOf(acct));
    std::vector<wire::DeskList::Item> items;
    for (const bool waits : {false, true})
        for (const enterprise::Id &owner : owners) {
            HUFU_TRY(theirs, waits ? m_services.sessions.waitingDesksOf(owner) : m_services.sessions.desksOf(owner));
            for (const sessions::Desk &desk : theirs)
                if (std::ranges::find(items, desk.id, &wire::DeskList::Item::id) == items.end())
                    items.push_back({desk.id, desk.name, desk.network, desk.enrolledMs, waits});
        }
    return items;
}

Answer PhoneGateway::desksFor(const enterprise::Id &acct)
{
    auto items = desksOf(acct);
    if (!items) return failOf(items.error());
    wire::DeskList out;
    out.items = std::move(*items);
    std::ranges::sort(out.items, std::greater(), &wire::DeskList::Item::enrolledMs);
    if (out.items.size() > wire::DeskList::kMost) out.items.resize(wire::DeskList::kMost);
    return wire::encode(out);
}

// What a HELLO would be told, without one: nothing is counted.
Answer PhoneGateway::accountQuery(wire::AccountQuery message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto state = stateOf(message.acct);
    if (!state) return failOf(state.error());
    const auto answer = m_conversation->underMac(*state);
    if (!answer) return failOf(answer.error());
    return wire::encode(*answer);
}

Result<wire::AccountState> PhoneGateway::stateOf(const enterprise::Id &acct)
{
    HUFU_TRY(device, m_services.cosigner.device(acct));
    HUFU_TRY(desks, desksOf(acct));
    wire::AccountState out;
    out.state = wireStateOf(device);
    out.tries = device.view.tries;
    out.failures = device.view.failures;
    out.retryAfter = device.view.retryAfter;
    const auto waiting = std::ranges::count_if(desks, &wire::DeskList::Item::waits);
    out.waiting = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(waiting, 255));
    out.desks = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(std::ssize(desks) - waiting, 255));
    const auto holder = m_services.enterprise.holderOf(acct);
    const bool isNobody = !holder && (holder.error().code == Errc::notFound || holder.error().code == Errc::refused);
    if (!holder && !isNobody) return holder.error();
    if (isNobody) {
        out.bar = static_cast<std::uint16_t>(Code::notAllowed);
        return out;
    }
    out.seatUntilMs = holder->seatUntilMs;
    HUFU_TRY(bar, m_acts.barOf(*holder, intent::Act::login));
    if (bar) out.bar = static_cast<std::uint16_t>(*bar);
    return out;
}

// A phone that did not hear the answer tells it again.
Answer PhoneGateway::evidenceKey(wire::EvidenceKey message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    if (!crypto::ed25519Verify(message.key, wire::EvidenceKey::signedBytesOf(message.acct), message.signature)) return Fail{Errc::badInput, Code::malformed};
    const auto kept = m_services.sessions.keepEvidenceKey(message.acct, message.key);
    if (kept) return wire::encode(wire::EvidenceKeyKept());
    return kept.error().code == Errc::badState ? wrongState() : Answer(failOf(kept.error()));
}

// The account's own chain as it stands: a phone can tell whether it was written anew since.
Answer PhoneGateway::recordsQuery(wire::RecordsQuery message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto head = audit::headOf(m_services.ledger, message.acct);
    if (!head) return failOf(head.error());
    const auto records = audit::recordsOf(m_services.ledger, message.acct, message.first, wire::RecordList::kMost);
    if (!records) return failOf(records.error());
    wire::RecordList out;
    for (const audit::Record &record : *records)
        out.records.push_back(record.encode());
    out.last = std::max(head->sequence, records->empty() ? 0 : records->back().sequence); // one may have come between the two
    return wire::encode(out);
}

Answer PhoneGateway::recover(wire::Recover message)
{
    const auto recovered = m_conversation->recover(message);
    if (recovered) return wire::encode(*recovered);
    if (recovered.error().code == Errc::notFound) return Fail{Errc::notFound, Code::recoveryUnknown};
    if (recovered.error().code == Errc::refused) return Fail{Errc::refused, Code::recoveryCodeWrong};
    return failOrDrop(recovered.error());
}

Answer PhoneGateway::probeAnswer(wire::ProbeAnswer message)
{
    const auto holder = m_services.enterprise.holderOf(message.acct);
    if (!holder) return holder.error().code == Errc::notFound ? Answer(Drop{}) : failOf(holder.error());
    const auto proved = m_conversation->probeAnswer(message, [this, &holder](ports::Transaction &transaction) {
        return m_acts.issueEncrypt(transaction, *holder);
    });
    if (!proved) return failOrDrop(proved.error());
    changed();
    return certificatesFor(message.acct);
}

// --- sessions --------------------------------------------------------------------------------------------

Answer PhoneGateway::hold(const enterprise::Holder &holder, const sessions::Claim &claim)
{
    m_held = Held{claim.token, holder, claim.expiryMs};
    listenAsLongAs(claim.expiryMs - m_services.clock.unixMs());
    wire::Claimed out;
    out.token = claim.token;
    out.factors = claim.factors;
    out.digits = claim.digits;
    out.deskKnown = claim.deskKnown;
    out.expiryMs = claim.expiryMs;
    out.manifest = claim.manifest;
    return wire::encode(out);
}

Answer PhoneGateway::begin(wire::Begin message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto holder = m_services.enterprise.holderOf(message.acct);
    if (!holder) return failOf(holder.error());
    const auto bar = m_acts.barOf(*holder, message.act);
    if (!bar) return failOf(bar.error());
    if (*bar) return Fail{Errc::refused, **bar};
    const auto claim = m_acts.begin(*holder, claimantOf(*holder), message.act);
    if (!claim) return failOf(claim.error());
    return hold(*holder, *claim);
}

// Whether the code is about the person, so that who waits for the session need wait no longer.
static bool isOfHolder(Code code)
{
    return code != Code::factorMissing && code != Code::sessionExpired && code != Code::cancelled && code != Code::wrongState;
}

// What who waits is told of it.
static sessions::Ending endingOf(Code bar)
{
    if (bar == Code::certificateRevoked) return sessions::Ending::certificateRevoked;
    if (bar == Code::certificateExpired) return sessions::Ending::certificateExpired;
    if (bar == Code::sealInactive || bar == Code::sealNotForThis || bar == Code::sealRefused || bar == Code::periodOver || bar == Code::staffInactive)
        return sessions::Ending::sealRefused;
    if (bar == Code::deskRemoved) return sessions::Ending::deskRemoved;
    return bar == Code::seatEnded ? sessions::Ending::seatEnded : sessions::Ending::notEntitled;
}

Answer PhoneGateway::claim(wire::Claim message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto holder = m_services.enterprise.holderOf(message.acct);
    if (!holder) return failOf(holder.error());
    const auto activated = m_acts.isActivated(message.acct);
    if (!activated) return failOf(activated.error());
    if (!*activated) return Fail{Errc::refused, Code::certificateInvalid};
    const auto bar = m_acts.barOf(*holder, intent::Act::login);
    if (!bar) return failOf(bar.error());
    sessions::Claimant claimant = claimantOf(*holder);
    if (*bar) claimant.bar = endingOf(**bar);
    if (holder->isFormer()) {
        auto accounts = m_services.enterprise.accountsOfPersonOf(message.acct);
        if (!accounts) return failOf(accounts.error());
        std::erase(*accounts, message.acct);
        claimant.others = std::move(*accounts);
    }
    SealBook::Bar sealBar;
    claimant.maySeal = [&](ports::Transaction &transaction, const intent::Manifest &manifest) -> Result<bool> {
        HUFU_TRY(why, m_services.sealBook.bar(transaction, *holder, manifest));
        sealBar = why;
        return !why;
    };
    const auto result = m_services.sessions.claim(message.frame, claimant, m_arrivalMs);
    if (!result) {
        if (result.error().code == Errc::badInput) return Fail{Errc::badInput, Code::frameForeign};
        return failOf(result.error());
    }
    if (const auto *denied = std::get_if<sessions::ClaimDenied>(&*result)) {
        if (const auto frame = intent::Frame::parse(message.frame)) m_services.watchers.changed(frame->token); // it may be over
        if (*denied == sessions::ClaimDenied::notEntitled && *bar) return Fail{Errc::refused, **bar};
        if (*denied == sessions::ClaimDenied::sealRefused && sealBar) return Fail{Errc::refused, *sealBar};
        Fail fail = failOf(*denied);
        if (*denied == sessions::ClaimDenied::frameTooOld)
            if (const auto ageMs = m_services.sessions.frameAgeMs(message.frame, m_arrivalMs))
                fail.retryAfter = static_cast<std::uint32_t>(std::max<std::int64_t>(*ageMs, 0) / 1000);
        if (*denied == sessions::ClaimDenied::otherPerson)
            if (const auto whose = m_services.sessions.wantedOf(message.frame); whose && intent::checkText(*whose, wire::Failure::kWhoseMax)) fail.whose = *whose;
        return fail;
    }
    const Answer out = hold(*holder, std::get<sessions::Claim>(*result));
    changed();
    return out;
}

Answer PhoneGateway::resume(wire::Resume message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto holder = m_services.enterprise.holderOf(message.acct);
    if (!holder) return failOf(holder.error());
    const auto claim = m_services.sessions.resume(message.token, message.acct);
    if (!claim) return failOf(claim.error());
    return hold(*holder, *claim);
}

Answer PhoneGateway::factorAsk(wire::FactorAsk message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    if (message.kind != wire::factor::kSms) return Fail{Errc::badInput, Code::malformed};
    const auto holder = m_services.enterprise.holderOf(message.acct);
    if (!holder) return failOf(holder.error());
    const auto again = m_services.sessions.askSms(message.token, claimantOf(*holder));
    if (!again) return again.error().code == Errc::locked ? failOf(codes::Check::worn) : failOf(again.error());
    return wire::encode(wire::FactorSent{message.kind, seconds(*again)});
}

Answer PhoneGateway::factor(wire::Factor message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    if (message.kind == wire::factor::kSms) return giveSms(message);
    if (message.kind != wire::factor::kLiveness || message.value.empty())
        return Fail{Errc::badInput, Code::malformed};
    const auto holder = m_services.enterprise.holderOf(message.acct);
    if (!holder) return failOf(holder.error());
    return giveLiveness(message, claimantOf(*holder));
}

Answer PhoneGateway::giveSms(const wire::Factor &message)
{
    const auto verdict = m_services.sessions.giveSms(message.token, message.acct, textOf(message.value));
    if (!verdict) return failOf(verdict.error());
    if (*verdict != codes::Check::right) return failOf(*verdict);
    return wire::encode(wire::FactorAccepted{message.kind});
}

Answer PhoneGateway::giveLiveness(const wire::Factor &message, const sessions::Claimant &claimant)
{
    const ByteView value = message.value;
    const auto given =
        m_services.sessions.giveLiveness(message.token, claimant, value.front(), value.subspan(1));
    if (!given)
        return given.error().code == Errc::refused ? Fail{Errc::refused, Code::livenessFailed}
                                                   : failOf(given.error());
    return wire::encode(wire::FactorAccepted{message.kind});
}

Answer PhoneGateway::refuse(wire::Refuse message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    const auto refused = m_services.sessions.refuse(message.token, message.acct, message.reason);
    if (!refused) return failOf(refused.error());
    if (message.reason != wire::RefuseReason::person) // the operator looks at once; the administrator reads it in the company's log
        m_services.log.warn("attack-reported", {{"acct", toHex(message.acct)}, {"token", toHex(message.token)}, {"reason", static_cast<int>(message.reason)}});
    m_services.watchers.changed(message.token);
    m_held.reset();
    listenAsLongAs(limits::kIdleMs);
    return wire::encode(wire::Refused{});
}

Answer PhoneGateway::deliver(wire::Deliver message)
{
    if (const auto fits = m_conversation->verifyMac(message); !fits) return failOrDrop(fits.error());
    std::vector<sessions::SealedItem> items;
    for (wire::Deliver::Item &item : message.items)
        items.push_back({item.index, std::move(item.sealed)});
    if (m_services.fault != nullptr) m_services.fault->at(kDeliver.before);
    const auto delivered = m_services.sessions.deliver(message.acct, message.sid, items);
    if (m_services.fault != nullptr) m_services.fault->at(kDeliver.after);
    if (!delivered) return failOf(delivered.error());
    changed();
    return wire::encode(wire::Delivered{});
}

void PhoneGateway::changed()
{
    if (m_held) m_services.watchers.changed(m_held->token);
}

// --- conversation ----------------------------------------------------------------------------------------

Result<cosigner::Pending> PhoneGateway::pendingFor(const wire::Hello &message)
{
    cosigner::Pending pending;
    pending.op = message.op;
    if (!m_held) {
        // A refresh on schedule asks for no session: nobody has anything to read.
        if (message.op == intent::Op::refresh) return pending;
        return Error(Errc::badState, "no session on this connection");
    }
    const enterprise::Holder holder = m_held->holder;
    const sessions::Token token = m_held->token;
    HUFU_TRY(readable, m_services.sessions.readable(token, holder.acct));
    HUFU_TRY(manifest, intent::Manifest::parse(readable.manifest));
    // CMS and electronic signatures are signed with SM2 (README, Known limits).
    if (manifest.form && *manifest.form != intent::Form::bare && message.suite == wire::kSuiteFrost)
        return Error(Errc::refused, "a form for SM2 keys");
    // R8: named where the company's policy says so, and nowhere else.
    if (manifest.act == intent::Act::decrypt) {
        for (const intent::File &file : manifest.files)
            if (file.c1) pending.namedC1.push_back(*file.c1);
        if (pending.namedC1.empty() == holder.company.policy.namedCiphertext)
            return Error(Errc::refused, "named ciphertexts against the policy");
    }
    pending.token = token;
    pending.manifest = readable.manifest;
    pending.tbs = std::move(readable.tbs);
    pending.userTimeMs = readable.expiryMs - m_services.clock.unixMs();
    if (pending.userTimeMs <= 0) return Error(Errc::expired, "user time is over");
    if (manifest.act == intent::Act::probe) {
        HUFU_TRY(digest, m_acts.probeOf(holder.acct, token));
        pending.probeSm3 = digest;
    }
    BidBook::Sealing sealing;
    if (manifest.act == intent::Act::encrypt) {
        HUFU_TRY(found, m_services.bidBook.sealing(manifest, holder));
        sealing = std::move(found);
    }
    m_bar.reset();
    // The gateway outlives its conversation.
    pending.mayProceed = [this, token, acct = holder.acct, manifest]() -> Result<void> {
        HUFU_TRY(bar, barOf(token, acct, manifest));
        m_bar = bar;
        return bar ? Result<void>(Error(Errc::refused, "not any more, or not yet")) : Result<void>();
    };
    const Bytes firstTbs = pending.tbs.empty() ? Bytes() : pending.tbs.front();
    pending.onCommit = [&services = m_services, &acts = m_acts, token, holder, manifest, firstTbs, sealing](
                           ports::Transaction &transaction, const cosigner::Outcome &outcome) -> Result<void> {
        const bool enrols = manifest.act == intent::Act::enrol && manifest.desk;
        HUFU_TRY(isKnown, enrols ? sessions::isEnrolled(transaction, manifest.desk->id, holder.acct) : Result<bool>(true));
        HUFU_CHECK(
            services.sessions.complete(transaction, token, holder.acct, completionOf(manifest, outcome)));
        if (!isKnown) { // what is in use already stays so
            HUFU_TRY(approves, enterprise::approvesDesks(transaction, holder.companyId));
            if (approves) HUFU_CHECK(sessions::holdBack(transaction, holder.acct, manifest.desk->id));
        }
        if (manifest.act == intent::Act::encrypt)
            HUFU_CHECK(services.bidBook.keep(transaction, sealing, manifest, outcome.included, holder.acct));
        if (manifest.act == intent::Act::seal) HUFU_CHECK(services.sealBook.use(transaction, holder, manifest, outcome.included));
        if (intent::opOf(manifest.act) == intent::Op::decrypt)
            HUFU_CHECK(services.bidBook.keepUnlocking(transaction, manifest, outcome.included, holder.acct));
        if (outcome.signatures.empty()) return {};
        return acts.commit(transaction, holder, manifest, firstTbs, outcome.signatures.front());
    };
    return pending;
}

// Why a session that is not open any more refuses what comes for it.
Code PhoneGateway::codeOfEnded(const sessions::Token &token, const enterprise::Id &acct)
{
    const auto ending = m_services.sessions.endingOf(token, acct);
    return ending && *ending == sessions::Ending::cancelled ? Code::cancelled : Code::wrongState;
}

// Why an attempt is not let through: the session is over or lacks a factor, or its holder may not any more.
Result<std::optional<Code>> PhoneGateway::barOf(const sessions::Token &token, const enterprise::Id &acct, const intent::Manifest &manifest)
{
    using Bar = std::optional<Code>;
    const auto approvable = m_services.sessions.approvable(token, acct);
    if (!approvable) {
        const Errc why = approvable.error().code;
        if (why == Errc::unavailable) return approvable.error();
        if (why == Errc::internal || why == Errc::tampered) return Error(Errc::internal, "a session's row");
        if (why == Errc::refused) return Bar(Code::factorMissing);
        if (why == Errc::expired) return Bar(Code::sessionExpired);
        if (why == Errc::notFound && m_services.sessions.endingOf(token, acct)) return Bar(Code::deskRemoved); // it is there, its desk is not
        return Bar(codeOfEnded(token, acct));
    }
    const auto holder = m_services.enterprise.holderOf(acct);
    if (!holder && holder.error().code == Errc::unavailable) return holder.error();
    if (!holder && (holder.error().code == Errc::internal || holder.error().code == Errc::tampered)) return Error(Errc::internal, "a holder's row");
    if (!holder) return Bar(Code::notAllowed);
    HUFU_TRY(bar, m_acts.barOf(*holder, manifest.act));
    if (bar) return bar;
    return m_services.sealBook.bar(*holder, manifest);
}

Answer PhoneGateway::hello(wire::Hello message)
{
    if (m_held && m_held->holder.acct != message.acct) return Drop{};
    auto pending = pendingFor(message);
    if (!pending && pending.error().code == Errc::refused) return Fail{Errc::refused, Code::notForThisKey};
    if (!pending) return failOf(pending.error());
    const auto result = m_conversation->hello(message, std::move(*pending));
    if (!result) {
        if (result.error().code == Errc::refused) return Fail{Errc::refused, Code::notForThisKey};
        if (result.error().code == Errc::badState) return Fail{Errc::badState, Code::refreshFirst};
        return failOrDrop(result.error());
    }
    if (std::holds_alternative<wire::Clone>(*result)) block(sessions::Ending::deviceBlocked);
    if (const auto *locked = std::get_if<wire::Locked>(&*result)) {
        const bool passes = locked->state == wire::DeviceState::active && locked->retryAfter != 0;
        // A refresh or PIN change goes on with the other key.
        const bool goesOn = locked->state == wire::DeviceState::destroyed && locked->tries != 0 &&
                            (message.op == intent::Op::refresh || message.op == intent::Op::pinChange);
        if (!goesOn) block(passes ? sessions::Ending::deviceLocked : sessions::Ending::deviceBlocked);
    }
    return std::visit([](const auto &out) -> Answer { return wire::encode(out); }, *result);
}

// A device that cannot approve any more, or not for a while, holds no session back from who asked.
void PhoneGateway::block(sessions::Ending why)
{
    if (!m_held) return;
    const auto blocked = m_services.sessions.block(m_held->token, m_held->holder.acct, why);
    if (!blocked) m_services.log.warn("block", {{"errc", static_cast<int>(blocked.error().code)}});
    changed();
}

// Why the cosigner refused. Without a bar the session does not fit what was sent, or not any more.
Fail PhoneGateway::barred()
{
    const auto bar = std::exchange(m_bar, std::nullopt);
    const Code why = bar ? *bar : m_held ? codeOfEnded(m_held->token, m_held->holder.acct) : Code::wrongState;
    if (isOfHolder(why)) block(endingOf(why));
    return {Errc::refused, why};
}

template <typename R> Answer PhoneGateway::judged(Result<R> result)
{
    if (!result) return failOf(result.error());
    const wire::Verdict &verdict = result->verdict;
    if (verdict.status == wire::Status::ok) {
        changed();
        listenAsLongAs(limits::kIdleMs);
    } else if (verdict.status == wire::Status::refused) {
        return barred();
    } else if (m_held && (verdict.status == wire::Status::badPin || verdict.status == wire::Status::locked) && m_conversation->acct()) {
        const auto device = m_services.cosigner.device(*m_conversation->acct());
        if (device && device->lock.standing != cosigner::Standing::active)
            block(sessions::Ending::deviceBlocked);
        else if (verdict.retryAfter != 0)
            block(sessions::Ending::deviceLocked);
    }
    return wire::encode(*result);
}

Answer PhoneGateway::sign(wire::Sign message)
{
    return judged(m_conversation->sign(message));
}

Answer PhoneGateway::frostSign(wire::FrostSign message)
{
    return judged(m_conversation->sign(message));
}

Answer PhoneGateway::dec1(wire::Dec1 message)
{
    return judged(m_conversation->decrypt(message));
}

Answer PhoneGateway::ref1(wire::Ref1 message)
{
    auto out = m_conversation->refresh1(message);
    if (!out) return failOf(out.error());
    if (out->verdict.status == wire::Status::refused) return barred();
    return wire::encode(*out);
}

Answer PhoneGateway::ref3(wire::Ref3 message)
{
    return judged(m_conversation->refresh3(message));
}

Answer PhoneGateway::resultQuery(wire::ResultQuery message)
{
    const auto result = m_conversation->resultQuery(message);
    if (!result) return failOrDrop(result.error());
    return std::visit([](const auto &out) -> Answer { return wire::encode(out); }, *result);
}

} // namespace hufu::server
