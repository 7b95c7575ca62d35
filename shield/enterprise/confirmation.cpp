#include "shield/enterprise/confirmation.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/application.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

using ports::Table;

static constexpr std::string_view kText = "【虎符 Hufu】验证码 %1：企业授权确认 (company's authorisation)。5 分钟内有效，切勿告诉他人。";

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

Result<Confirmed> Confirmations::confirmed(const Id &company, const Mark &mark, ByteView statement)
{
    if (mark.by != Mark::By::sms && mark.by != Mark::By::face) return Error(Errc::notFound, "nobody has signed for it");
    Confirmed out{signedBytes(company, mark), {}, mark.signature};
    if (crypto::sm3(statement) == mark.statement) out.statement = bytesOf(statement);
    return out;
}

Verdict<Person> Confirmations::personOf(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadActive(*transaction, m_ports, actor.company, actor.person));
    return std::move(row.person);
}

// Empty: not known.
Verdict<std::string> Confirmations::idNumberOf(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(person, loadActive(*transaction, m_ports, actor.company, actor.person));
    HUFU_TRY(application, findRow<ApplicationRow>(*transaction, Table::application, applicationKey(actor.company)));
    if (!application) return std::string(); // entered by the operator
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, actor.company, *application));
    const bool isApplicant = applicant.name == person.person.name && applicant.mobileNumber == person.person.phoneNumber;
    return isApplicant ? std::move(applicant.idNumber) : std::string();
}

Verdict<std::vector<std::uint8_t>> Confirmations::servicesFor(const Actor &actor)
{
    std::vector<std::uint8_t> numbers;
    HUFU_TRY(idNumber, idNumberOf(actor));
    if (idNumber.empty()) return numbers;
    for (const auto &[number, service] : m_services)
        numbers.push_back(number);
    return numbers;
}

Verdict<ports::IdentityService::Task> Confirmations::startFace(const Actor &actor, ByteView statement, std::uint8_t provider)
{
    HUFU_TRY(person, personOf(actor));
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
    const auto hash = crypto::sm3(statement);
    const auto sent = m_smsCodes.ask(purposeOf(actor), actor.person, person.phoneNumber, kText, {hash, kCodesInADay});
    if (!sent && sent.error().code == Errc::locked) return Denied::smsTooOften;
    if (!sent) return sent.error();
    if (!sent->isSent) return Denied::codeStillCounts;
    return sent->waitMs;
}

Verdict<Mark> Confirmations::confirm(const Actor &actor, ByteView statement, const Proof &proof)
{
    HUFU_CHECK(personOf(actor));
    Mark mark;
    mark.person = actor.person;
    mark.timeMs = m_ports.clock.unixMs();
    mark.statement = crypto::sm3(statement);
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
    return mark;
}

} // namespace hufu::enterprise
