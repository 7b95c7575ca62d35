#include "shield/enterprise/confirmation.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/application.h"
#include "shield/enterprise/row.h"

#include <algorithm>

namespace hufu::enterprise {

using ports::Table;

static constexpr std::string_view kText = "【虎符 Hufu】验证码 %1：企业授权确认，5 分钟内有效，切勿告诉他人。Code to confirm for the company; valid for 5 minutes, tell nobody.";

// One for all that a person confirms: codes are counted and paced together, and each is bound to its statement.
static Bytes purposeOf(const Actor &actor)
{
    return concat({viewOf("confirmation"), actor.company, actor.person});
}

namespace {

constexpr std::int64_t kDayMs = std::int64_t{24} * 3'600'000;

// Table::person. The check by face that a person has begun last; and how many have failed since failuresMs. Before 27 November 2026
// a row ended there. It begins with a hash, so a version byte in front could be one of its bytes; where it ends says which form it is.
struct FaceRow {
    ByteArray<32> statement{};
    std::uint8_t provider = 0;
    std::string ticket; // empty: none
    std::int64_t startedMs = 0;
    std::uint8_t failures = 0;
    std::int64_t failuresMs = 0;
    std::uint8_t starts = 0; // since startsMs
    std::int64_t startsMs = 0;
    static void fields(auto &row, auto &f)
    {
        f(row.statement, row.provider, row.ticket, row.startedMs, row.failures, row.failuresMs, row.starts, row.startsMs);
    }
};

struct FirstFaceRow {
    FaceRow row;
    static void fields(auto &first, auto &f)
    {
        auto &row = first.row;
        f(row.statement, row.provider, row.ticket, row.startedMs, row.failures, row.failuresMs);
    }
};

// Table::person. What a person's shield is being asked.
struct AskedRow {
    std::uint8_t version = 1;
    Id question{}, acct{};
    ByteArray<32> statement{};
    std::int64_t askedMs = 0;
    static void fields(auto &row, auto &f) { f(row.version, row.question, row.acct, row.statement, row.askedMs); }
};

Bytes askedKey(const Actor &actor)
{
    return rowKey('q', {actor.company, actor.person});
}

Result<std::optional<AskedRow>> findAsked(ports::Transaction &transaction, const Actor &actor)
{
    return findRow<AskedRow>(transaction, Table::person, askedKey(actor));
}

// The same. What a shield has signed besides what the mark holds: it names people, so it is sealed.
struct SignedRow {
    std::uint8_t version = 1;
    Bytes signedBytes;
    std::vector<Bytes> certificates;
    static void fields(auto &row, auto &f) { f(row.version, row.signedBytes, row.certificates); }
};

Bytes signedKey(const Id &company, const Mark &mark)
{
    return rowKey('k', {company, crypto::sm3(mark.signature)});
}

// The same. What was confirmed, to be given out: the statement may name people, so it is sealed.
struct KeptRow {
    std::uint8_t version = 1;
    Matter matter{};
    Mark mark;
    Bytes statement;
    static void fields(auto &row, auto &f) { f(row.version, row.matter, row.mark, row.statement); }
};

Bytes keptKey(const Id &company, const Id &id)
{
    return rowKey('v', {company, id});
}

// In the order of these ids the newest is the first.
Id keptId(const Mark &mark)
{
    const auto digest = crypto::sm3({mark.person, mark.statement, mark.signature});
    Writer writer;
    writer.u64(~static_cast<std::uint64_t>(mark.timeMs)).raw(ByteView(digest).first(8));
    Id id{};
    std::ranges::copy(writer.bytes(), id.begin());
    return id;
}

Bytes faceKey(const Actor &actor)
{
    return rowKey('f', {actor.company, actor.person});
}

Result<std::optional<FaceRow>> findFace(ports::Transaction &transaction, const Actor &actor)
{
    HUFU_TRY(stored, transaction.readForChange(Table::person, faceKey(actor)));
    if (!stored) return std::optional<FaceRow>();
    if (auto row = parseRow<FaceRow>(*stored)) return std::optional(std::move(*row));
    HUFU_TRY(first, parseRow<FirstFaceRow>(*stored));
    return std::optional(std::move(first.row));
}

} // namespace

Bytes Confirmations::signedBytes(const Id &company, const Mark &mark)
{
    return Writer()
        .raw(viewOf("HUFU-CONFIRMED-1"))
        .u8(static_cast<std::uint8_t>(mark.by))
        .raw(company)
        .raw(mark.person)
        .u64(static_cast<std::uint64_t>(mark.timeMs))
        .raw(mark.statement)
        .take();
}

Result<Confirmed> Confirmations::confirmed(ports::Transaction &transaction, const Ports &ports, const Id &company, const Mark &mark, ByteView statement)
{
    Confirmed out;
    out.signature = mark.signature;
    switch (mark.by) {
    case Mark::By::sms:
    case Mark::By::face:
        out.signedBytes = signedBytes(company, mark);
        break;
    case Mark::By::shield: {
        const Bytes key = signedKey(company, mark);
        HUFU_TRY(stored, transaction.readForChange(Table::person, key));
        if (!stored) return Error(Errc::notFound, "what was signed is not kept");
        HUFU_TRY(row, openRow<SignedRow>(ports.masterKey, key, *stored));
        out.signedBytes = std::move(row.signedBytes);
        out.certificates = std::move(row.certificates);
        break;
    }
    default:
        return Error(Errc::notFound, "nobody has signed for it");
    }
    if (crypto::sm3(statement) == mark.statement) out.statement = bytesOf(statement);
    return out;
}

Verdict<Person> Confirmations::personOf(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadActive(*transaction, m_ports, actor.company, actor.person));
    return std::move(row.person);
}

Result<std::optional<Shields::Holder>> Confirmations::shieldOf(const Actor &actor)
{
    if (!m_shields) return std::optional<Shields::Holder>();
    return m_shields->activeOf(actor);
}

Verdict<bool> Confirmations::isByShield(const Actor &actor)
{
    HUFU_TRY(holder, shieldOf(actor));
    return holder.has_value();
}

Verdict<void> Confirmations::checkWithoutShield(const Actor &actor)
{
    HUFU_TRY(holder, shieldOf(actor));
    if (holder) return Denied::shieldWanted;
    return {};
}

Verdict<void> Confirmations::askShield(const Actor &actor, const Question &question)
{
    HUFU_CHECK(personOf(actor));
    HUFU_TRY(holder, shieldOf(actor));
    if (!holder) return Denied::shieldUnusable;
    const auto asked = m_shields->ask(*holder, actor, question);
    if (!asked && asked.error().code == Errc::refused) return Denied::shieldUnusable;
    HUFU_CHECK(asked);
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(before, findAsked(*transaction, actor));
    const AskedRow row{1, *asked, holder->acct, crypto::sm3(question.statement), m_ports.clock.unixMs()};
    HUFU_CHECK(saveRow(*transaction, Table::person, askedKey(actor), row));
    HUFU_CHECK(transaction->commit());
    if (before) m_shields->drop(before->question);
    return {};
}

Result<Id> Confirmations::asked(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, findAsked(*transaction, actor));
    if (!row || m_ports.clock.unixMs() - row->askedMs >= kShieldMs) return Error(Errc::notFound, "no shield is asked");
    return row->question;
}

Result<void> Confirmations::keep(ports::Transaction &transaction, const Id &company, Matter matter, const Mark &mark, ByteView statement)
{
    const Bytes key = keptKey(company, keptId(mark));
    HUFU_TRY(sealed, sealRow(m_ports.masterKey, key, KeptRow{1, matter, mark, bytesOf(statement)}));
    return transaction.write(Table::person, key, sealed);
}

Verdict<std::vector<Confirmations::View>> Confirmations::list(const Actor &actor, const Id &after, std::size_t most)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    Bytes behind = after == Id{} ? Bytes() : keptKey(actor.company, after);
    std::vector<View> views;
    for (bool isMore = true; isMore && views.size() < most;) {
        HUFU_TRY(rows, transaction->scan(Table::person, rowKey('v', {actor.company}), most, behind));
        for (const auto &[key, sealed] : rows) {
            if (views.size() == most) break;
            HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
            const auto row = openRow<KeptRow>(m_ports.masterKey, key, sealed);
            if (!row && row.error().code == Errc::unavailable) return row.error();
            if (!row) continue; // damaged: the others are told
            auto person = loadPerson(*transaction, m_ports.masterKey, row->mark.person);
            if (!person && person.error().code == Errc::unavailable) return person.error();
            views.push_back({id, row->matter, row->mark.by, row->mark.person, person ? std::move(person->person.name) : std::string(), row->mark.timeMs});
        }
        isMore = rows.size() == most;
        if (isMore) behind = rows.back().first;
    }
    return views;
}

Verdict<Confirmed> Confirmations::kept(const Actor &actor, const Id &id)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    const Bytes key = keptKey(actor.company, id);
    HUFU_TRY(sealed, transaction->readForChange(Table::person, key));
    if (!sealed) return Error(Errc::notFound, "no such confirmation");
    HUFU_TRY(row, openRow<KeptRow>(m_ports.masterKey, key, *sealed));
    return confirmed(*transaction, m_ports, actor.company, row.mark, row.statement);
}

Result<void> forgetConfirmed(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(rows, ports::scanAll(transaction, Table::person, rowKey('v', {company})));
    for (const auto &[key, sealed] : rows)
        HUFU_CHECK(transaction.remove(Table::person, key));
    return {};
}

// The signature is taken and kept in one transaction: it counts once.
Verdict<Mark> Confirmations::takeSigned(const Actor &actor, Matter matter, ByteView statement, Mark mark)
{
    HUFU_TRY(holder, shieldOf(actor));
    if (!holder) return Denied::shieldPending;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, findAsked(*transaction, actor));
    const bool isThis = row && row->acct == holder->acct && row->statement == mark.statement && mark.timeMs - row->askedMs < kShieldMs;
    if (!isThis) return Denied::shieldPending;
    auto taken = m_shields->take(*transaction, row->question, *holder, mark.statement);
    const auto failed = taken ? Errc::internal : taken.error().code;
    if (!taken && (failed == Errc::badState || failed == Errc::notFound || failed == Errc::refused)) return Denied::shieldPending;
    HUFU_CHECK(taken);
    mark.by = Mark::By::shield;
    mark.signature = taken->signature;
    const Bytes key = signedKey(actor.company, mark);
    HUFU_TRY(kept, sealRow(m_ports.masterKey, key, SignedRow{1, std::move(taken->signedBytes), std::move(taken->certificates)}));
    HUFU_CHECK(transaction->write(Table::person, key, kept));
    HUFU_CHECK(keep(*transaction, actor.company, matter, mark, statement));
    HUFU_CHECK(transaction->remove(Table::person, askedKey(actor)));
    HUFU_CHECK(transaction->commit());
    return mark;
}

// Empty: not known.
Verdict<std::string> Confirmations::idNumberOf(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(person, loadActive(*transaction, m_ports, actor.company, actor.person));
    HUFU_TRY(application, findRow<ApplicationRow>(*transaction, Table::application, applicationKey(actor.company)));
    if (!application) return std::string(); // entered by the operator
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, actor.company, *application));
    const auto first = administratorOf(*transaction, m_ports, actor.company, applicant);
    if (!first && first.error().code != Errc::notFound) return first.error();
    const bool isApplicant = first && *first == actor.person && applicant.name == person.person.name;
    return isApplicant ? std::move(applicant.idNumber) : std::string();
}

Verdict<std::vector<std::uint8_t>> Confirmations::servicesFor(const Actor &actor)
{
    std::vector<std::uint8_t> numbers;
    HUFU_TRY(idNumber, idNumberOf(actor));
    HUFU_TRY(shield, shieldOf(actor));
    if (idNumber.empty() || shield) return numbers;
    for (const auto &[number, service] : m_services)
        numbers.push_back(number);
    return numbers;
}

Verdict<ports::IdentityService::Task> Confirmations::startFace(const Actor &actor, ByteView statement, std::uint8_t provider)
{
    HUFU_TRY(person, personOf(actor));
    HUFU_CHECK(checkWithoutShield(actor));
    HUFU_TRY(idNumber, idNumberOf(actor));
    if (idNumber.empty()) return Denied::methodNotAllowed;
    const auto service = m_services.find(provider);
    if (service == m_services.end()) return Error(Errc::badInput, "no such identity service");
    const std::int64_t now = m_ports.clock.unixMs();
    const auto load = [&](ports::Transaction &transaction) -> Verdict<FaceRow> {
        HUFU_TRY(found, findFace(transaction, actor));
        FaceRow row = found.value_or(FaceRow{});
        if (now - row.failuresMs >= kDayMs) row.failures = 0;
        if (now - row.startsMs >= kDayMs) {
            row.starts = 0;
            row.startsMs = now;
        }
        if (row.failures >= kFaceFailures || row.starts >= kFaceStarts) return Denied::identityTooOften;
        return row;
    };
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(load(*transaction));
    }
    HUFU_TRY(task, service->second->start(person.name, idNumber));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, load(*transaction));
    row.starts = static_cast<std::uint8_t>(row.starts + 1);
    row.statement = crypto::sm3(statement);
    row.provider = provider;
    row.ticket = task.ticket;
    row.startedMs = now;
    HUFU_CHECK(saveRow(*transaction, Table::person, faceKey(actor), row));
    HUFU_CHECK(audit::append(*transaction, actor.company,
                             {audit::Event::identityStarted, now, actor.person, row.statement, provider, whoOf(actor)}));
    HUFU_CHECK(transaction->commit());
    return task;
}

Verdict<void> Confirmations::finishFace(const Actor &actor, const ByteArray<32> &statement)
{
    const std::int64_t now = m_ports.clock.unixMs();
    const auto load = [&](ports::Transaction &transaction) -> Verdict<FaceRow> {
        HUFU_TRY(found, findFace(transaction, actor));
        const bool isBegun = found && !found->ticket.empty() && found->statement == statement && now - found->startedMs < kFaceMs;
        if (!isBegun) return Denied::identityPending;
        return std::move(*found);
    };
    std::string ticket;
    std::uint8_t provider = 0;
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_TRY(row, load(*transaction));
        ticket = row.ticket;
        provider = row.provider;
    }
    const auto service = m_services.find(provider);
    if (service == m_services.end()) return Error(Errc::unavailable, ports::kServiceAway);
    HUFU_TRY(outcome, service->second->outcome(ticket));
    if (outcome == ports::IdentityService::Outcome::pending) return Denied::identityPending;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, load(*transaction));
    if (row.ticket != ticket) return Denied::identityPending; // another check was begun meanwhile
    row.ticket.clear(); // spent
    const bool hasPassed = outcome == ports::IdentityService::Outcome::passed;
    if (!hasPassed) {
        if (now - row.failuresMs >= kDayMs) {
            row.failures = 0;
            row.failuresMs = now;
        }
        row.failures = static_cast<std::uint8_t>(row.failures + 1);
    }
    HUFU_CHECK(saveRow(*transaction, Table::person, faceKey(actor), row));
    if (!hasPassed)
        HUFU_CHECK(audit::append(*transaction, actor.company,
                                 {audit::Event::identityFailed, now, actor.person, statement, provider, whoOf(actor)}));
    HUFU_CHECK(transaction->commit());
    if (!hasPassed) return Denied::livenessFailed;
    return {};
}

Verdict<std::int64_t> Confirmations::ask(const Actor &actor, ByteView statement)
{
    HUFU_TRY(person, personOf(actor));
    HUFU_CHECK(checkWithoutShield(actor));
    const auto hash = crypto::sm3(statement);
    const auto sent = m_smsCodes.ask(purposeOf(actor), actor.person, person.phoneNumber, kText, {hash, kCodesInADay});
    if (!sent && sent.error().code == Errc::locked) return Denied::smsTooOften;
    if (!sent) return sent.error();
    if (!sent->isSent) return Denied::codeStillCounts;
    return sent->waitMs;
}

Verdict<Mark> Confirmations::confirm(const Actor &actor, Matter matter, ByteView statement, const Proof &proof)
{
    HUFU_CHECK(personOf(actor));
    Mark mark;
    mark.person = actor.person;
    mark.timeMs = m_ports.clock.unixMs();
    mark.statement = crypto::sm3(statement);
    if (proof.isByShield) return takeSigned(actor, matter, statement, mark);
    HUFU_CHECK(checkWithoutShield(actor));
    if (proof.isByPage) {
        mark.by = Mark::By::face;
        HUFU_CHECK(finishFace(actor, mark.statement));
    } else if (proof.provider == 0) {
        mark.by = Mark::By::sms;
        HUFU_TRY(check, m_smsCodes.check(purposeOf(actor), actor.person, proof.sms, codes::Right::spends, {mark.statement, kCodesInADay}));
        HUFU_CHECK(verdictOf(check));
    } else {
        mark.by = Mark::By::face;
        const auto service = m_faces.find(proof.provider);
        if (service == m_faces.end()) return Error(Errc::badInput, "no such face service");
        const auto judged = service->second->judge(toHex(actor.person), proof.evidence);
        if (!judged && judged.error().code == Errc::unavailable) return judged.error();
        if (!judged) return Denied::livenessFailed;
    }
    if (mark.by == Mark::By::face) { // a code that was sent before the face was shown holds the next one back no longer
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(m_smsCodes.spend(*transaction, purposeOf(actor)));
        HUFU_CHECK(transaction->commit());
    }
    HUFU_TRY(signature, m_key.sign(signedBytes(actor.company, mark)));
    mark.signature = signature;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(keep(*transaction, actor.company, matter, mark, statement));
    HUFU_CHECK(transaction->commit());
    return mark;
}

} // namespace hufu::enterprise
