#include "shield/enterprise/review.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;
using Act = PaperAct;
using State = PaperState;

struct Row {
    State state = State::waiting;
    Purpose purpose{};
    Id subject{};
    ReturnReason reason{};
    std::int64_t submittedMs = 0;
    ByteArray<32> sm3{};
    static void fields(auto &row, auto &f) { f(row.state, row.purpose, row.subject, row.reason, row.submittedMs, row.sm3); }
};

// Table::application: a company's papers; whose a paper is; which one waits for what; the document, sealed.
Bytes paperKey(const Id &company, const Id &paper)
{
    return rowKey('d', {company, paper});
}

// A paper that is not handed in yet.
Bytes unhandedKey(const Id &paper)
{
    return rowKey('m', {paper});
}

// Where such a paper stood before 27 November 2026: among the links that are out, whose keys are longer.
Bytes formerKey(ByteView paper)
{
    return rowKey('u', {paper});
}

constexpr std::size_t kHandedAtOnce = 50;

Bytes ownerKey(const Id &paper)
{
    return rowKey('o', {paper});
}

Bytes waitingKey(const Id &company, Purpose purpose, const Id &subject)
{
    return rowKey('v', {company, Writer().u8(static_cast<std::uint8_t>(purpose)).bytes(), subject});
}

Bytes documentKey(const Id &paper)
{
    return rowKey('x', {paper});
}

bool isDocument(ByteView document)
{
    const auto begins = [&](std::string_view magic) {
        return document.size() > magic.size() && sameBytes(document.first(magic.size()), viewOf(magic));
    };
    return document.size() <= Reviews::kPaperMost && (begins("%PDF-") || begins("\xff\xd8\xff") || begins("\x89PNG\r\n\x1a\n"));
}

std::string_view kindOf(Purpose purpose)
{
    return purpose == Purpose::legalSeal ? "legal-seal" : "company-letter";
}

struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    Id company{}, paper{};
    Row row;
    State next{};
    audit::Who who{};
};

Result<void> close(const Ports &ports, Open &open, Event event, std::uint16_t code)
{
    open.row.state = open.next;
    HUFU_CHECK(saveRow(*open.transaction, Table::application, paperKey(open.company, open.paper), open.row));
    HUFU_CHECK(audit::append(*open.transaction, open.company, {event, ports.clock.unixMs(), open.paper, open.row.sm3, code, open.who}));
    return open.transaction->commit();
}

// By the operator's side, which knows papers and not companies.
Result<Open> openPaper(const Ports &ports, const Id &paper, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_TRY(owner, transaction->readForChange(Table::application, ownerKey(paper)));
    if (!owner) return Error(Errc::notFound, "no such paper");
    HUFU_TRY(company, fixedBytes<16>(*owner));
    HUFU_TRY(row, loadRow<Row>(*transaction, Table::application, paperKey(company, paper)));
    HUFU_TRY(next, moved(kPaperMoves, row.state, act));
    return Open{std::move(transaction), company, paper, row, next, {audit::By::outside, {}}};
}

} // namespace

Result<void> withdrawPaper(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, Purpose purpose,
                           const Id &subject)
{
    HUFU_TRY(named, transaction.readForChange(Table::application, waitingKey(company, purpose, subject)));
    if (!named) return {};
    HUFU_TRY(paper, fixedBytes<16>(*named));
    HUFU_TRY(row, loadRow<Row>(transaction, Table::application, paperKey(company, paper)));
    const auto next = moved(kPaperMoves, row.state, Act::withdraw);
    if (!next) return {};
    row.state = *next;
    HUFU_CHECK(saveRow(transaction, Table::application, paperKey(company, paper), row));
    HUFU_CHECK(transaction.remove(Table::application, documentKey(paper)));
    return audit::append(transaction, company, {Event::paperWithdrawn, ports.clock.unixMs(), paper, row.sm3, 0, who});
}

Verdict<Id> Reviews::submit(const Actor &actor, Purpose purpose, const Id &subject, ByteView document)
{
    const Id id = m_ports.random.bytes<16>("paper-id");
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
        if (purpose == Purpose::administrator) return Error(Errc::badInput, "no paper is enough for that");
        HUFU_CHECK(checkWaiting(*transaction, m_ports, purpose, actor.company, subject));
        if (!isDocument(document)) return Denied::documentUnfit;
        HUFU_CHECK(withdrawPaper(*transaction, m_ports, whoOf(actor), actor.company, purpose, subject));
        HUFU_TRY(sealed, m_ports.masterKey.seal(document, concat({viewOf("hufu-paper"), id})));
        HUFU_CHECK(transaction->write(Table::application, documentKey(id), sealed));
        HUFU_CHECK(transaction->write(Table::application, ownerKey(id), actor.company));
        HUFU_CHECK(transaction->write(Table::application, unhandedKey(id), {}));
        HUFU_CHECK(transaction->write(Table::application, waitingKey(actor.company, purpose, subject), id));
        Open open{std::move(transaction),
                  actor.company,
                  id,
                  {State::waiting, purpose, subject, {}, m_ports.clock.unixMs(), crypto::sm3(document)},
                  State::waiting,
                  whoOf(actor)};
        HUFU_CHECK(close(m_ports, open, Event::paperSubmitted, static_cast<std::uint16_t>(purpose)));
    }
    static_cast<void>(hand(id)); // or later, by handWaiting()
    return id;
}

Verdict<void> Reviews::withdraw(const Actor &actor, const Id &paper)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(row, loadRow<Row>(*transaction, Table::application, paperKey(actor.company, paper)));
    HUFU_CHECK(moved(kPaperMoves, row.state, Act::withdraw));
    HUFU_CHECK(withdrawPaper(*transaction, m_ports, whoOf(actor), actor.company, row.purpose, row.subject));
    return transaction->commit();
}

Verdict<std::vector<Reviews::View>> Reviews::list(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(found, ports::scanAll(*transaction, Table::application, rowKey('d', {actor.company})));
    std::vector<View> views;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, parseRow<Row>(value));
        views.push_back({id, row.purpose, row.subject, row.state, row.reason, row.submittedMs});
    }
    return views;
}

Result<Reviews::About> Reviews::about(const Id &paper)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(owner, transaction->readForChange(Table::application, ownerKey(paper)));
    if (!owner) return Error(Errc::notFound, "no such paper");
    HUFU_TRY(id, fixedBytes<16>(*owner));
    HUFU_TRY(row, loadRow<Row>(*transaction, Table::application, paperKey(id, paper)));
    HUFU_TRY(company, loadCompany(*transaction, id));
    HUFU_TRY(standing, loadStanding(*transaction, id));
    HUFU_TRY(legal, loadLegal(*transaction, m_ports.masterKey, id));
    return About{row.purpose, standing.kind, company.name, company.creditCode, legal.name, row.submittedMs};
}

Result<void> Reviews::hand(const Id &paper)
{
    Purpose purpose{};
    Bytes sealed;
    {
        HUFU_TRY(open, openPaper(m_ports, paper, Act::approve));
        purpose = open.row.purpose;
        HUFU_TRY(stored, open.transaction->readForChange(Table::application, documentKey(paper)));
        if (!stored) return Error(Errc::internal, "a paper without its document");
        sealed = std::move(*stored);
    }
    HUFU_TRY(document, m_ports.masterKey.open(sealed, concat({viewOf("hufu-paper"), paper})));
    HUFU_CHECK(m_desk.submit(paper, kindOf(purpose), document.expose()));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(transaction->remove(Table::application, unhandedKey(paper)));
    return transaction->commit();
}

Result<void> Reviews::moveFormer()
{
    if (m_isMoved) return {};
    const std::size_t size = formerKey(Id{}).size();
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(found, ports::scanAll(*transaction, Table::application, formerKey({})));
    for (const auto &[key, value] : found) {
        if (key.size() != size) continue;
        HUFU_TRY(paper, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_CHECK(transaction->remove(Table::application, key));
        HUFU_CHECK(transaction->write(Table::application, unhandedKey(paper), {}));
    }
    HUFU_CHECK(transaction->commit());
    m_isMoved = true;
    return {};
}

Result<std::size_t> Reviews::handWaiting()
{
    HUFU_CHECK(moveFormer());
    HUFU_TRY(waiting, ports::scanAll(m_ports.ledger, Table::application, rowKey('m', {})));
    std::size_t handed = 0;
    std::optional<Error> unhanded;
    for (const auto &[key, value] : waiting) {
        if (handed == kHandedAtOnce) break; // the next time; those that fail keep no place
        HUFU_TRY(paper, fixedBytes<16>(ByteView(key).last(16)));
        const auto done = hand(paper);
        if (!done && done.error().code == Errc::unavailable) break; // still down
        if (done) {
            ++handed;
            continue;
        }
        if (done.error().code != Errc::notFound && done.error().code != Errc::badState) { // it waits, and somebody has to look
            unhanded = done.error();
            continue;
        }
        HUFU_TRY(transaction, m_ports.ledger.begin()); // withdrawn meanwhile
        HUFU_CHECK(transaction->remove(Table::application, unhandedKey(paper)));
        HUFU_CHECK(transaction->commit());
    }
    if (unhanded) return *unhanded;
    return handed;
}

Verdict<void> Reviews::judged(const Id &paper, bool approved, ReturnReason reason)
{
    HUFU_TRY(open, openPaper(m_ports, paper, approved ? Act::approve : Act::giveBack));
    if (!approved && (reason < ReturnReason::illegible || reason > ReturnReason::outOfDate))
        return Error(Errc::badInput, "a paper is given back for a reason");
    HUFU_CHECK(checkWaiting(*open.transaction, m_ports, open.row.purpose, open.company, open.row.subject));
    if (approved) {
        HUFU_CHECK(authorise(*open.transaction, m_ports, open.who, open.row.purpose, Way::letter, open.company, open.row.subject));
        return close(m_ports, open, Event::paperApproved, 0);
    }
    open.row.reason = reason; // what it was for still waits: a better paper can follow
    return close(m_ports, open, Event::paperReturned, static_cast<std::uint16_t>(reason));
}

} // namespace hufu::enterprise
