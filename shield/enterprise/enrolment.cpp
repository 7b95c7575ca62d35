// The person's side: from the activation code to the ticket that lets keys be made.
#include "shield/audit/log.h"
#include "shield/base/ct.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seats.h"

#include <algorithm>

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;

constexpr std::string_view kSmsText = "【虎符 Hufu】验证码 %1：开通手机盾，5 分钟内有效，切勿告诉他人。Code to activate the shield; valid for 5 minutes, tell nobody.";

Bytes smsPurpose(const Id &grant)
{
    return concat({viewOf("enrolment"), grant});
}

ByteArray<32> sm3OfTicket(const Id &acct, const ByteArray<32> &ticket)
{
    return crypto::sm3({viewOf("hufu-ticket"), acct, ticket});
}

// As the audit log has always had it: a count, then name and version of each.
ByteArray<32> sm3OfAgreements(const std::vector<Agreement> &agreements)
{
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(agreements.size()));
    for (const Agreement &agreement : agreements)
        writer.text(agreement.id).u32(agreement.version);
    return crypto::sm3(writer.bytes());
}

struct Found {
    Id id{};
    GrantRow row;
};

// The grant that a code stands for.
Result<std::variant<Found, EnrolDenied>> findGrant(ports::Transaction &transaction, const ActivationCode &code, std::int64_t nowMs)
{
    using Answer = std::variant<Found, EnrolDenied>;
    HUFU_TRY(named, transaction.readForChange(Table::code, activationKey(sm3OfCode(code))));
    if (!named) return Answer(EnrolDenied::codeUnknown);
    HUFU_TRY(id, fixedBytes<16>(*named));
    HUFU_TRY(row, loadGrant(transaction, id));
    if (nowMs - row.codeMadeMs >= Enterprise::kActivationCodeMs) return Answer(EnrolDenied::codeExpired);
    HUFU_TRY(seat, loadSeat(transaction, row.seat));
    const bool seated = seat.grant == id || seat.next == id;
    if (!seated || seat.validUntilMs <= nowMs) return Answer(EnrolDenied::seatMissing);
    return Answer(Found{id, row});
}

// Counts a phone number that is not the grant's; the last one allowed closes the code.
Result<void> countOtherNumber(ports::Transaction &transaction, Found &grant, std::int64_t nowMs)
{
    GrantRow &row = grant.row;
    row.numberTries = static_cast<std::uint8_t>(row.numberTries + 1);
    if (row.numberTries >= Enterprise::kNumberTries) {
        HUFU_CHECK(transaction.remove(Table::code, activationKey(row.codeSm3)));
        row.codeSm3 = {};
    }
    HUFU_CHECK(saveGrant(transaction, grant.id, row));
    HUFU_CHECK(audit::append(transaction, row.company,
                             {Event::enrolmentFailed, nowMs, grant.id, {}, static_cast<std::uint16_t>(EnrolDenied::otherNumber), {audit::By::bearer, grant.id}}));
    return transaction.commit();
}

std::optional<EnrolDenied> denialOf(codes::Check check)
{
    switch (check) {
    case codes::Check::right: return std::nullopt;
    case codes::Check::wrong: return EnrolDenied::smsWrong;
    case codes::Check::expired: return EnrolDenied::smsExpired;
    case codes::Check::worn: return EnrolDenied::smsTooOften;
    }
    return EnrolDenied::smsWrong;
}

Result<void> noteFailure(ports::LedgerStore &ledger, const Found &grant, EnrolDenied why, std::int64_t nowMs)
{
    HUFU_TRY(transaction, ledger.begin());
    HUFU_CHECK(audit::append(*transaction, grant.row.company,
                             {Event::enrolmentFailed, nowMs, grant.id, {}, static_cast<std::uint16_t>(why), {audit::By::bearer, grant.id}}));
    return transaction->commit();
}

Result<Holder> holderIn(ports::Transaction &transaction, ports::MasterKey &masterKey, const Id &grant, const GrantRow &row)
{
    HUFU_TRY(who, loadPerson(transaction, masterKey, row.person));
    if (who.state != StaffState::active) return Error(Errc::refused, "staff member is not active");
    HUFU_TRY(company, loadCompany(transaction, row.company));
    HUFU_TRY(seat, loadSeat(transaction, row.seat));
    const bool seated = seat.grant == grant || seat.next == grant;
    const std::int64_t seatUntilMs = seated ? seat.validUntilMs : 0;
    return Holder{row.acct, grant, row.person, row.company, who.person, company, seatUntilMs};
}

// Timing: the comparison depends on lengths only.
Result<void> checkTicketOf(const GrantRow &row, const Id &acct, const ByteArray<32> &ticket, std::int64_t nowMs)
{
    if (row.state == GrantState::active) return Error(Errc::badState, "ticket is spent");
    if (!ct::equal(sm3OfTicket(acct, ticket), row.ticketSm3)) return Error(Errc::tampered, "another ticket");
    if (nowMs - row.ticketMadeMs >= Enterprise::kTicketMs) return Error(Errc::expired, "ticket is too old");
    return {};
}

} // namespace

Result<std::variant<EnrolTerms, EnrolDenied>> Enterprise::enrolStart(const ActivationCode &code, std::string_view phoneNumber)
{
    using Answer = std::variant<EnrolTerms, EnrolDenied>;
    const std::int64_t now = m_ports.clock.unixMs();
    EnrolTerms terms;
    Found grant;
    std::string number;
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_TRY(found, findGrant(*transaction, code, now));
        if (const auto *denied = std::get_if<EnrolDenied>(&found)) return Answer(*denied);
        grant = std::get<Found>(found);
        HUFU_TRY(who, loadPerson(*transaction, m_ports.masterKey, grant.row.person));
        HUFU_TRY(company, loadCompany(*transaction, grant.row.company));
        // In one form, both: one that is kept of before may be in another.
        const auto kept = phoneNumberOf(who.person.phoneNumber), typed = phoneNumberOf(phoneNumber);
        if (!ct::equal(viewOf(kept ? *kept : who.person.phoneNumber), viewOf(typed ? std::string_view(*typed) : phoneNumber))) {
            HUFU_CHECK(countOtherNumber(*transaction, grant, now));
            return Answer(EnrolDenied::otherNumber);
        }
        number = who.person.phoneNumber;
        terms.company = company.name;
        terms.personMasked = maskedName(who.person.name);
        terms.factors = company.policy.activation;
        terms.agreements = agreementsInForce();
        HUFU_CHECK(audit::append(*transaction, grant.row.company,
                                 {Event::enrolmentStarted, now, grant.id, {}, 0, {audit::By::bearer, grant.id}}));
        HUFU_CHECK(transaction->commit());
    }
    const auto sent = m_smsCodes.send(smsPurpose(grant.id), {}, number, kSmsText);
    if (!sent && sent.error().code == Errc::locked) return Answer(EnrolDenied::smsTooOften);
    if (!sent) return sent.error();
    terms.resendAfterMs = *sent;
    return Answer(terms);
}

Result<std::variant<EnrolAccepted, EnrolDenied>> Enterprise::enrolProof(const ActivationCode &code, const EnrolProof &proof)
{
    using Answer = std::variant<EnrolAccepted, EnrolDenied>;
    const std::int64_t now = m_ports.clock.unixMs();
    Found grant;
    std::uint8_t factors = 0;
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_TRY(found, findGrant(*transaction, code, now));
        if (const auto *denied = std::get_if<EnrolDenied>(&found)) return Answer(*denied);
        grant = std::get<Found>(found);
        HUFU_TRY(company, loadCompany(*transaction, grant.row.company));
        factors = company.policy.activation;
    }
    if (!coversAll(proof.agreements, agreementsInForce())) return Answer(EnrolDenied::agreementMissing);

    // The code is kept until the face is judged, too: a blurred picture must not cost another SMS.
    HUFU_TRY(smsCheck, m_smsCodes.check(smsPurpose(grant.id), {}, proof.sms, codes::Right::keeps));
    if (const auto denied = denialOf(smsCheck)) {
        HUFU_CHECK(noteFailure(m_ports.ledger, grant, *denied, now));
        return Answer(*denied);
    }
    if ((factors & kLiveness) != 0) {
        const auto service = m_faces.find(proof.provider);
        if (proof.provider == 0) return Answer(EnrolDenied::livenessFailed);
        if (service == m_faces.end()) return Error(Errc::badInput, "no such face service");
        const auto judged = service->second->judge(toHex(grant.row.person), proof.evidence);
        if (!judged && judged.error().code != Errc::refused && judged.error().code != Errc::badInput) return judged.error();
        if (!judged) {
            HUFU_CHECK(noteFailure(m_ports.ledger, grant, EnrolDenied::livenessFailed, now));
            return Answer(EnrolDenied::livenessFailed);
        }
    }

    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(again, findGrant(*transaction, code, now));
    if (const auto *denied = std::get_if<EnrolDenied>(&again)) return Answer(*denied);
    grant = std::get<Found>(again);
    HUFU_CHECK(m_smsCodes.spend(*transaction, smsPurpose(grant.id)));
    GrantRow &row = grant.row;
    if (row.acct != Id{}) {
        HUFU_CHECK(transaction->remove(Table::grant, accountKey(row.acct)));
        HUFU_CHECK(m_watch.ended(*transaction, row.acct)); // it may hold a sign certificate already
    }
    EnrolAccepted accepted;
    accepted.ticket = m_ports.random.bytes<32>("ticket");
    row.acct = m_ports.random.bytes<16>("account-id");
    HUFU_TRY(next, moved(kGrantMoves, row.state, GrantAct::prove));
    row.state = next;
    row.ticketSm3 = sm3OfTicket(row.acct, accepted.ticket);
    row.ticketMadeMs = now;
    row.agreements = agreementsInForce();
    row.acceptedMs = now;
    HUFU_CHECK(saveGrant(*transaction, grant.id, row));
    HUFU_CHECK(transaction->write(Table::grant, accountKey(row.acct), grant.id));
    const audit::Who who{audit::By::person, row.person};
    HUFU_CHECK(audit::append(*transaction, row.company,
                             {Event::agreementsAccepted, now, grant.id, sm3OfAgreements(row.agreements), 0, who}));
    HUFU_CHECK(audit::append(*transaction, row.company, {Event::enrolmentProved, now, grant.id, {}, factors, who}));
    HUFU_TRY(holder, holderIn(*transaction, m_ports.masterKey, grant.id, row));
    HUFU_CHECK(transaction->commit());
    accepted.holder = holder;
    return Answer(accepted);
}

Result<Holder> Enterprise::checkTicket(const Id &acct, const ByteArray<32> &ticket)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(found, loadGrantOf(*transaction, acct));
    HUFU_CHECK(checkTicketOf(found.second, acct, ticket, m_ports.clock.unixMs()));
    return holderIn(*transaction, m_ports.masterKey, found.first, found.second);
}

Result<void> Enterprise::useTicket(ports::Transaction &transaction, const Id &acct, const ByteArray<32> &ticket)
{
    HUFU_TRY(found, loadGrantOf(transaction, acct));
    auto &[id, row] = found;
    HUFU_CHECK(checkTicketOf(row, acct, ticket, m_ports.clock.unixMs()));
    HUFU_TRY(next, moved(kGrantMoves, row.state, GrantAct::key));
    row.state = next;
    return saveGrant(transaction, id, row);
}

Result<void> Enterprise::confirmActivation(ports::Transaction &transaction, const Id &acct)
{
    HUFU_TRY(found, loadGrantOf(transaction, acct));
    auto &[id, row] = found;
    if (row.state == GrantState::active) return {};
    HUFU_TRY(next, moved(kGrantMoves, row.state, GrantAct::confirm));
    HUFU_TRY(seat, loadSeat(transaction, row.seat));
    if (seat.grant != id && seat.next != id) return Error(Errc::notFound, "the seat is another grant's");
    if (seat.grant != id) { // the phone before it: a new one is no way around a suspension
        HUFU_TRY(present, loadGrant(transaction, seat.grant));
        if (present.state == GrantState::suspended) return Error(Errc::refused, "grant is suspended");
    }
    if (row.codeSm3 != ByteArray<32>{}) HUFU_CHECK(transaction.remove(Table::code, activationKey(row.codeSm3)));
    row.codeSm3 = {};
    row.ticketSm3 = {};
    row.state = next;
    HUFU_CHECK(saveGrant(transaction, id, row));
    HUFU_CHECK(takeOver(transaction, id, row));
    return audit::append(transaction, row.company,
                         {Event::deviceActivated, m_ports.clock.unixMs(), acct, {}, 0, {audit::By::person, row.person}});
}

Result<Holder> Enterprise::holderOf(const Id &acct)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(found, loadGrantOf(*transaction, acct));
    return holderIn(*transaction, m_ports.masterKey, found.first, found.second);
}

Result<Holder> Enterprise::holderOfPerson(const Id &person)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(who, loadPerson(*transaction, m_ports.masterKey, person));
    HUFU_TRY(acct, accountOf(*transaction, who.company, person));
    if (!acct) return Error(Errc::notFound, "no phone is active");
    HUFU_TRY(found, loadGrantOf(*transaction, *acct));
    return holderIn(*transaction, m_ports.masterKey, found.first, found.second);
}

} // namespace hufu::enterprise
