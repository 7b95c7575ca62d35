#include "shield/enterprise/seals.h"

#include "shield/audit/log.h"
#include "shield/audit/statements.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/row.h"

#include <algorithm>

namespace hufu::enterprise {

using audit::Event;
using ports::Table;

namespace {

constexpr std::uint8_t kMakers = role::kAdministrator | role::kSealAdministrator;

Bytes sealKey(const Id &company, const Id &seal)
{
    return rowKey('s', {company, seal});
}

Bytes entryKey(const Id &company, const Id &seal, std::uint64_t number)
{
    return rowKey('h', {company, seal, Writer().u64(number).bytes()});
}

Bytes countKey(const Id &company, const Id &seal)
{
    return rowKey('n', {company, seal});
}

Bytes electronicKey(const Id &company, const Id &seal)
{
    return rowKey('e', {company, seal});
}

struct CountRow {
    std::uint64_t entries = 0;
    static void fields(auto &row, auto &f) { f(row.entries); }
};

Result<std::uint64_t> entriesOf(ports::Transaction &transaction, const Id &company, const Id &seal)
{
    HUFU_TRY(count, findRow<CountRow>(transaction, Table::seal, countKey(company, seal)));
    return count ? count->entries : 0;
}

// As before 28 November 2026. Where it ends says which form it is.
struct FirstEntry {
    SealEntry row;
    static void fields(auto &first, auto &f)
    {
        auto &row = first.row;
        f(row.event, row.timeMs, row.by, row.grant, row.person, row.grantedBy, row.grantedMs, row.purpose, row.project, row.fromMs, row.untilMs,
          row.document);
    }
};

// Errors: notFound, badInput, unavailable.
Result<SealEntry> loadEntry(ports::Transaction &transaction, const Id &company, const Id &seal, std::uint64_t number)
{
    HUFU_TRY(stored, transaction.readForChange(Table::seal, entryKey(company, seal, number)));
    if (!stored) return Error(Errc::notFound, "no such entry");
    if (auto row = parseRow<SealEntry>(*stored)) return std::move(*row);
    HUFU_TRY(first, parseRow<FirstEntry>(*stored));
    return std::move(first.row);
}

SealEntry entryOf(SealEvent event, std::int64_t timeMs, const Id &by)
{
    SealEntry entry;
    entry.event = event;
    entry.timeMs = timeMs;
    entry.by = by;
    return entry;
}

// Whoever it was, also one who is gone by now; empty for nobody.
Result<std::string> nameOf(ports::Transaction &transaction, const Ports &ports, const Id &person)
{
    if (person == Id{}) return std::string();
    HUFU_TRY(row, loadPerson(transaction, ports.masterKey, person));
    return std::move(row.person.name);
}

Result<std::string> wordsOn(ports::Transaction &transaction, const Ports &ports, const Id &company, SealKind kind)
{
    if (kind == SealKind::legalPerson) {
        HUFU_TRY(legal, loadLegal(transaction, ports.masterKey, company));
        return std::move(legal.name);
    }
    HUFU_TRY(owner, loadCompany(transaction, company));
    return std::move(owner.name);
}

// What is confirmed: these words, of this company.
Bytes statementOf(const Id &company, const SealRequest &request)
{
    return concat({viewOf(audit::statement::kMakeSeal), company, encodeRow(request)});
}

Bytes retirementOf(const Id &company, const Id &seal)
{
    return concat({viewOf(audit::statement::kRetireSeal), company, seal});
}

// Errors: badInput (the field that does not fit).
Result<void> checkFit(const SealRequest &request)
{
    const bool numbered = request.number.empty() ||
                          (request.number.size() == 13 && std::all_of(request.number.begin(), request.number.end(),
                                                                      [](char c) { return c >= '0' && c <= '9'; }));
    const bool known = request.kind >= SealKind::company && request.kind <= SealKind::contract;
    const std::uint8_t styles = request.kind == SealKind::legalPerson ? 3 : 1;
    if (!known) return Error(Errc::badInput, "kind");
    if (!numbered) return Error(Errc::badInput, "number");
    if (request.style < 1 || request.style > styles) return Error(Errc::badInput, "style");
    return {};
}

// A number stands for one seal of the company, until that one is retired. Denied: sealNumberTaken.
Verdict<void> checkNumberFree(ports::Transaction &transaction, const Id &company, const std::string &number)
{
    if (number.empty()) return {};
    HUFU_TRY(found, ports::scanAll(transaction, Table::seal, rowKey('s', {company})));
    for (const auto &[key, value] : found) {
        HUFU_TRY(row, parseRow<SealRow>(value));
        if (row.number == number && row.state != SealState::retired) return Denied::sealNumberTaken;
    }
    return {};
}

Event eventOf(SealAct act)
{
    switch (act) {
    case SealAct::authorise: return Event::sealAuthorised;
    case SealAct::refuse: return Event::sealRefused;
    case SealAct::askAgain: return Event::sealAskedAgain;
    case SealAct::suspend: return Event::sealSuspended;
    case SealAct::resume: return Event::sealResumed;
    case SealAct::retire: return Event::sealRetired;
    }
    return Event::sealMade;
}

SealEvent entryEventOf(SealAct act)
{
    switch (act) {
    case SealAct::authorise: return SealEvent::authorised;
    case SealAct::refuse: return SealEvent::refused;
    case SealAct::askAgain: return SealEvent::askedAgain;
    case SealAct::suspend: return SealEvent::suspended;
    case SealAct::resume: return SealEvent::resumed;
    case SealAct::retire: return SealEvent::retired;
    }
    return SealEvent::made;
}

} // namespace

std::string_view nameOf(SealKind kind)
{
    switch (kind) {
    case SealKind::company: return "企业公章";
    case SealKind::legalPerson: return "法定代表人印章";
    case SealKind::finance: return "财务专用章";
    case SealKind::contract: return "合同专用章";
    }
    return "";
}

Result<SealRow> loadSeal(ports::Transaction &transaction, const Id &company, const Id &seal)
{
    return loadRow<SealRow>(transaction, Table::seal, sealKey(company, seal));
}

Result<void> moveSeal(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &seal, SealAct act,
                      const ByteArray<32> &confirmed)
{
    HUFU_TRY(row, loadSeal(transaction, company, seal));
    HUFU_TRY(next, moved(kSealMoves, row.state, act));
    row.state = next;
    HUFU_CHECK(saveRow(transaction, Table::seal, sealKey(company, seal), row));
    const std::int64_t now = ports.clock.unixMs();
    SealEntry entry = entryOf(entryEventOf(act), now, who.by == audit::By::person ? who.id : Id{});
    entry.isByLink = who.by == audit::By::legalRepresentative;
    entry.isByLetter = act == SealAct::authorise && who.by == audit::By::outside; // those who review papers
    HUFU_CHECK(noteSeal(transaction, company, seal, entry));
    return audit::append(transaction, company, {eventOf(act), now, seal, confirmed, 0, who});
}

Result<void> noteSeal(ports::Transaction &transaction, const Id &company, const Id &seal, const SealEntry &entry)
{
    HUFU_TRY(row, loadSeal(transaction, company, seal)); // holds it: entries come one after the other
    HUFU_TRY(before, entriesOf(transaction, company, seal));
    HUFU_CHECK(saveRow(transaction, Table::seal, entryKey(company, seal, before + 1), entry));
    HUFU_CHECK(saveRow(transaction, Table::seal, countKey(company, seal), CountRow{before + 1}));
    if (entry.event != SealEvent::used) return {};
    row.uses += 1;
    return saveRow(transaction, Table::seal, sealKey(company, seal), row);
}

Verdict<void> Seals::mayMake(const Actor &actor, const SealRequest &request)
{
    HUFU_CHECK(checkFit(request));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_CHECK(checkVerified(*transaction, actor.company));
    HUFU_TRY(words, wordsOn(*transaction, m_ports, actor.company, request.kind));
    if (words.empty()) return Error(Errc::badInput, "no legal representative is known"); // of a company that the operator has entered
    return {};
}

Verdict<void> Seals::mayAsk(const Actor &actor, const SealRequest &request)
{
    HUFU_CHECK(mayMake(actor, request));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    return checkNumberFree(*transaction, actor.company, request.number);
}

Verdict<std::int64_t> Seals::ask(const Actor &actor, const SealRequest &request)
{
    HUFU_CHECK(mayAsk(actor, request));
    return m_confirmations.ask(actor, statementOf(actor.company, request));
}

Verdict<ports::IdentityService::Task> Seals::startFace(const Actor &actor, const SealRequest &request, std::uint8_t provider)
{
    HUFU_CHECK(mayAsk(actor, request));
    return m_confirmations.startFace(actor, statementOf(actor.company, request), provider);
}

Verdict<void> Seals::askShield(const Actor &actor, const SealRequest &request)
{
    HUFU_CHECK(mayAsk(actor, request));
    std::string words = "制作印章：";
    words.append(nameOf(request.kind));
    if (!request.number.empty()) words.append("，编号 ").append(request.number);
    words.append(" (make a seal)");
    const Bytes statement = statementOf(actor.company, request);
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<Id> Seals::make(const Actor &actor, const SealRequest &request, const Proof &proof)
{
    HUFU_CHECK(mayMake(actor, request));
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::seal, statementOf(actor.company, request), proof));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers)); // the confirmation took its time
    HUFU_CHECK(checkVerified(*transaction, actor.company));
    HUFU_CHECK(checkNumberFree(*transaction, actor.company, request.number));
    const Id id = m_ports.random.bytes<16>("seal-id");
    SealRow row;
    row.state = request.kind == SealKind::legalPerson ? SealState::waiting : SealState::active;
    row.kind = request.kind;
    row.style = request.style;
    row.number = request.number;
    row.madeMs = m_ports.clock.unixMs();
    row.mark = mark;
    HUFU_CHECK(saveRow(*transaction, Table::seal, sealKey(actor.company, id), row));
    HUFU_CHECK(noteSeal(*transaction, actor.company, id, entryOf(SealEvent::made, row.madeMs, actor.person)));
    HUFU_CHECK(audit::append(*transaction, actor.company, {Event::sealMade, row.madeMs, id, crypto::sm3(mark.signature), 0, whoOf(actor)}));
    HUFU_CHECK(transaction->commit());
    return id;
}

Verdict<void> Seals::act(const Actor &actor, const Id &seal, SealAct act, const ByteArray<32> &confirmed)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_CHECK(moveSeal(*transaction, m_ports, whoOf(actor), actor.company, seal, act, confirmed));
    return transaction->commit();
}

Verdict<void> Seals::askAgain(const Actor &actor, const Id &seal)
{
    return act(actor, seal, SealAct::askAgain);
}

Verdict<void> Seals::suspend(const Actor &actor, const Id &seal)
{
    return act(actor, seal, SealAct::suspend);
}

Verdict<void> Seals::resume(const Actor &actor, const Id &seal)
{
    return act(actor, seal, SealAct::resume);
}

Verdict<SealRow> Seals::mayRetire(const Actor &actor, const Id &seal)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    HUFU_CHECK(moved(kSealMoves, row.state, SealAct::retire));
    return row;
}

Verdict<std::int64_t> Seals::askRetirement(const Actor &actor, const Id &seal)
{
    HUFU_CHECK(mayRetire(actor, seal));
    return m_confirmations.ask(actor, retirementOf(actor.company, seal));
}

Verdict<ports::IdentityService::Task> Seals::startFaceForRetirement(const Actor &actor, const Id &seal, std::uint8_t provider)
{
    HUFU_CHECK(mayRetire(actor, seal));
    return m_confirmations.startFace(actor, retirementOf(actor.company, seal), provider);
}

Verdict<void> Seals::askShieldForRetirement(const Actor &actor, const Id &seal)
{
    HUFU_TRY(row, mayRetire(actor, seal));
    std::string words = "注销印章：";
    words.append(nameOf(row.kind));
    words.append("，编号 ").append(row.number.empty() ? toHex(seal).substr(0, 8) : row.number); // as the console's list names it
    words.append(" (retire a seal)");
    const Bytes statement = retirementOf(actor.company, seal);
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<void> Seals::retire(const Actor &actor, const Id &seal, const Proof &proof)
{
    HUFU_CHECK(mayRetire(actor, seal)); // before the proof is used up
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::seal, retirementOf(actor.company, seal), proof));
    return act(actor, seal, SealAct::retire, mark.statement);
}

Verdict<std::vector<Seals::View>> Seals::list(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers | role::kApprover));
    HUFU_TRY(found, ports::scanAll(*transaction, Table::seal, rowKey('s', {actor.company})));
    std::vector<View> views;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, parseRow<SealRow>(value));
        views.push_back({id, row.kind, row.state, row.style, row.number, row.madeMs, row.mark.by, row.uses});
    }
    return views;
}

Verdict<std::vector<Seals::Entry>> Seals::history(const Actor &actor, const Id &seal, std::size_t most, std::uint64_t before)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers | role::kApprover));
    HUFU_CHECK(loadSeal(*transaction, actor.company, seal));
    HUFU_TRY(count, entriesOf(*transaction, actor.company, seal));
    std::vector<Entry> entries;
    const std::uint64_t last = before == 0 ? count : std::min(count, before - 1);
    for (std::uint64_t number = last; number > 0 && entries.size() < most; --number) {
        HUFU_TRY(row, loadEntry(*transaction, actor.company, seal, number));
        HUFU_TRY(by, nameOf(*transaction, m_ports, row.by));
        HUFU_TRY(person, nameOf(*transaction, m_ports, row.person));
        HUFU_TRY(grantedBy, nameOf(*transaction, m_ports, row.grantedBy));
        entries.push_back({std::move(row), number, std::move(by), std::move(person), std::move(grantedBy)});
    }
    return entries;
}

Verdict<Confirmed> Seals::confirmation(const Actor &actor, const Id &seal)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers | role::kApprover));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    return Confirmations::confirmed(*transaction, m_ports, actor.company, row.mark, statementOf(actor.company, {row.kind, row.style, row.number}));
}

Verdict<SealFace> Seals::preview(const Actor &actor, const SealRequest &request)
{
    HUFU_CHECK(checkFit(request));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_CHECK(checkVerified(*transaction, actor.company));
    HUFU_TRY(words, wordsOn(*transaction, m_ports, actor.company, request.kind));
    return SealFace{request.kind, request.style, std::move(words), request.number};
}

Result<SealFace> faceOf(ports::Transaction &transaction, const Ports &ports, const Id &company, const SealRow &seal)
{
    HUFU_TRY(words, wordsOn(transaction, ports, company, seal.kind));
    return SealFace{seal.kind, seal.style, std::move(words), seal.number};
}

Verdict<Id> enterSeal(ports::Transaction &transaction, const Ports &ports, const Id &company, const SealRequest &request)
{
    HUFU_CHECK(checkFit(request));
    HUFU_CHECK(checkNumberFree(transaction, company, request.number));
    const std::int64_t now = ports.clock.unixMs();
    const Id id = ports.random.bytes<16>("seal-id");
    SealRow row{SealState::active, request.kind, request.style, request.number, now, {}, 0};
    row.mark.by = Mark::By::operatorEntry;
    row.mark.timeMs = now;
    HUFU_CHECK(saveRow(transaction, Table::seal, sealKey(company, id), row));
    HUFU_CHECK(noteSeal(transaction, company, id, entryOf(SealEvent::made, now, {})));
    HUFU_CHECK(audit::append(transaction, company, {Event::sealMade, now, id, {}, 0, {audit::By::operatorSide, {}}}));
    return id;
}

Verdict<SealFace> Seals::face(const Actor &actor, const Id &seal)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers | role::kApprover));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    return faceOf(*transaction, m_ports, actor.company, row);
}

Verdict<bool> Seals::isShownPlain(const Actor &actor, const Id &seal)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers | role::kApprover));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    return row.state == SealState::active;
}

Verdict<SealFace> Seals::faceForFile(const Actor &actor, const Id &seal)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    if (row.state != SealState::active) return Denied::sealInactive;
    return faceOf(*transaction, m_ports, actor.company, row);
}

Verdict<void> Seals::noteExport(const Actor &actor, const Id &seal, SealFile as, ByteView file)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    if (row.state != SealState::active) return Denied::sealInactive;
    const std::int64_t now = m_ports.clock.unixMs();
    SealEntry entry = entryOf(SealEvent::exported, now, actor.person);
    entry.document = crypto::sm3(file);
    HUFU_CHECK(noteSeal(*transaction, actor.company, seal, entry));
    HUFU_CHECK(audit::append(*transaction, actor.company, {Event::sealExported, now, seal, entry.document, static_cast<std::uint16_t>(as), whoOf(actor)}));
    return transaction->commit();
}

Result<std::optional<ElectronicSeal>> keptElectronic(ports::Transaction &transaction, const Id &company, const Id &seal)
{
    return findRow<ElectronicSeal>(transaction, Table::seal, electronicKey(company, seal));
}

Result<Bytes> keepElectronic(ports::Transaction &transaction, const Id &company, const Id &seal, const ElectronicSeal &electronic)
{
    HUFU_TRY(kept, keptElectronic(transaction, company, seal));
    if (kept && kept->makings == electronic.makings) return std::move(kept->der);
    HUFU_CHECK(saveRow(transaction, Table::seal, electronicKey(company, seal), electronic));
    return electronic.der;
}

Verdict<std::optional<Bytes>> Seals::electronic(const Actor &actor, const Id &seal, const ByteArray<32> &makings)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    if (row.state != SealState::active) return Denied::sealInactive;
    HUFU_TRY(kept, keptElectronic(*transaction, actor.company, seal));
    if (!kept || kept->makings != makings) return std::optional<Bytes>();
    return std::optional<Bytes>(std::move(kept->der));
}

Verdict<Bytes> Seals::keepElectronic(const Actor &actor, const Id &seal, const ByteArray<32> &makings, ByteView electronic)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kMakers));
    HUFU_TRY(row, loadSeal(*transaction, actor.company, seal));
    if (row.state != SealState::active) return Denied::sealInactive;
    HUFU_TRY(kept, enterprise::keepElectronic(*transaction, actor.company, seal, {makings, bytesOf(electronic)}));
    HUFU_CHECK(transaction->commit());
    return std::move(kept);
}

} // namespace hufu::enterprise
