#include "shield/enterprise/seal_grants.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/row.h"

#include <algorithm>
#include <set>

namespace hufu::enterprise {

using audit::Event;
using ports::Table;
using Act = SealGrantAct;
using State = SealGrantState;

namespace {

constexpr std::uint8_t kGranters = role::kAdministrator | role::kSealAdministrator, kReaders = kGranters | role::kApprover;

struct Row {
    State state = State::draft;
    SealTerms terms;
    Id draftedBy{};
    std::int64_t draftedMs = 0;
    Mark mark; // once granted
    Id stamp{};
    Bytes text; // the document that was confirmed, sealed; empty before, and where the operator entered the grant
    static void fields(auto &row, auto &f) { f(row.state, row.terms, row.draftedBy, row.draftedMs, row.mark, row.stamp, row.text); }
};

// Until 27 November 2026 a row ended at the stamp. The text's length follows there now, so no bytes are of both forms.
struct FirstRow {
    Row row;
    static void fields(auto &first, auto &f)
    {
        auto &row = first.row;
        f(row.state, row.terms, row.draftedBy, row.draftedMs, row.mark, row.stamp);
    }
};

Result<Row> parseGrant(ByteView bytes)
{
    if (auto row = parseRow<Row>(bytes)) return std::move(*row);
    HUFU_TRY(first, parseRow<FirstRow>(bytes));
    return std::move(first.row);
}

struct TextRow {
    std::string text;
    static void fields(auto &row, auto &f) { f(row.text); }
};

Bytes sealGrantKey(const Id &company, const Id &grant)
{
    return rowKey('g', {company, grant});
}

Bytes textContext(const Id &company, const Id &grant)
{
    return concat({viewOf("hufu-seal-grant"), company, grant});
}

Result<std::optional<Row>> findGrant(ports::Transaction &transaction, const Id &company, const Id &grant)
{
    HUFU_TRY(stored, transaction.readForChange(Table::seal, sealGrantKey(company, grant)));
    if (!stored) return std::optional<Row>();
    HUFU_TRY(row, parseGrant(*stored));
    return std::optional(std::move(row));
}

// Errors: notFound.
Result<Row> loadGrantRow(ports::Transaction &transaction, const Id &company, const Id &grant)
{
    HUFU_TRY(found, findGrant(transaction, company, grant));
    if (!found) return Error(Errc::notFound, "no such entry");
    return std::move(*found);
}

struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    Row row;
    State next{};
};

Verdict<Open> openFor(const Ports &ports, const Actor &actor, const Id &grant, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, ports, actor, kGranters));
    HUFU_TRY(row, loadGrantRow(*transaction, actor.company, grant));
    HUFU_TRY(next, moved(kSealGrantMoves, row.state, act));
    return Open{std::move(transaction), std::move(row), next};
}

Result<void> close(const Ports &ports, const Actor &actor, const Id &grant, Open &open, Event event, const ByteArray<32> &object = {})
{
    open.row.state = open.next;
    HUFU_CHECK(saveRow(*open.transaction, Table::seal, sealGrantKey(actor.company, grant), open.row));
    HUFU_CHECK(audit::append(*open.transaction, actor.company, {event, ports.clock.unixMs(), grant, object, 0, whoOf(actor)}));
    return open.transaction->commit();
}

SealEntry entryOf(SealEvent event, std::int64_t timeMs, const Id &by, const Id &grant, const Row &row)
{
    return {event, timeMs, by, grant, row.terms.person, row.mark.person, row.mark.timeMs, row.terms.purpose, row.terms.project,
            row.terms.fromMs, row.terms.untilMs, row.mark.statement};
}

// As they are kept.
Verdict<SealTerms> fitting(ports::Transaction &transaction, const Ports &ports, const Id &company, SealTerms terms)
{
    terms.purpose = trimmed(terms.purpose);
    terms.project = trimmed(terms.project);
    if (!isName(terms.purpose)) return Error(Errc::badInput, "purpose");
    if (!terms.project.empty() && !isName(terms.project)) return Error(Errc::badInput, "project");
    const bool minutes = terms.fromMs % SealGrants::kMinuteMs == 0 && terms.untilMs % SealGrants::kMinuteMs == 0;
    if (!minutes || terms.fromMs < 0 || terms.untilMs <= terms.fromMs) return Denied::periodInvalid;
    if (terms.untilMs <= ports.clock.unixMs()) return Denied::periodPast;
    if (terms.untilMs > yearsLater(terms.fromMs, SealGrants::kYearsMost)) return Denied::periodTooLong;
    HUFU_CHECK(loadActive(transaction, ports, company, terms.person));
    HUFU_TRY(seal, loadSeal(transaction, company, terms.seal));
    if (seal.state == SealState::retired || seal.state == SealState::refused) return Denied::sealInactive;
    return terms;
}

// "YYYY-MM-DD hh:mm" in Beijing's time. Days to a date by the proleptic Gregorian calendar.
std::string minuteText(std::int64_t ms)
{
    const std::int64_t minutes = ms / 60'000 + 8 * 60;
    const std::int64_t days = minutes / 1440 + 719'468, minute = minutes % 1440;
    const std::int64_t era = days / 146'097, ofEra = days % 146'097;
    const std::int64_t yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36'524 - ofEra / 146'096) / 365;
    const std::int64_t ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * ofYear + 2) / 153;
    const std::int64_t day = ofYear - (153 * shifted + 2) / 5 + 1, month = shifted < 10 ? shifted + 3 : shifted - 9;
    const std::int64_t year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    const auto two = [](std::int64_t value) { return std::string(value < 10 ? 1 : 0, '0').append(std::to_string(value)); };
    return std::to_string(year) + "-" + two(month) + "-" + two(day) + " " + two(minute / 60) + ":" + two(minute % 60);
}

Result<std::string> documentOf(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &grant,
                               const SealTerms &terms)
{
    HUFU_TRY(owner, loadCompany(transaction, company));
    HUFU_TRY(person, loadPerson(transaction, ports.masterKey, terms.person));
    HUFU_TRY(seal, loadSeal(transaction, company, terms.seal));
    std::string text = "用印授权书\n";
    text += "授权企业：" + owner.name + "（" + owner.creditCode + "）\n";
    text += "被授权人：" + person.person.name + (person.person.staffNumber.empty() ? "" : "，工号 " + person.person.staffNumber) + "\n";
    text += "印章：" + std::string(nameOf(seal.kind)) + "（" + toHex(terms.seal) + "）\n";
    text += "用途：" + terms.purpose + "\n";
    text += "项目：" + (terms.project.empty() ? "不限" : terms.project) + "\n";
    text += "期限：" + minuteText(terms.fromMs) + " 至 " + minuteText(terms.untilMs) + "（北京时间）\n";
    text += "编号：" + toHex(grant) + "\n";
    return text;
}

// As it was confirmed, whatever the people and seals are called today; else as it would be.
Result<std::string> textOf(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &grant, const Row &row)
{
    if (row.text.empty()) return documentOf(transaction, ports, company, grant, row.terms);
    HUFU_TRY(kept, openRow<TextRow>(ports.masterKey, textContext(company, grant), row.text));
    return std::move(kept.text);
}

} // namespace

Verdict<Id> SealGrants::draft(const Actor &actor, const SealTerms &typed)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kGranters));
    HUFU_TRY(terms, fitting(*transaction, m_ports, actor.company, typed));
    const Id id = m_ports.random.bytes<16>("seal-grant-id");
    Open open{std::move(transaction), {State::draft, terms, actor.person, m_ports.clock.unixMs(), {}, {}, {}}, State::draft};
    HUFU_CHECK(countGranted(*open.transaction, actor.company, terms.person, 1));
    HUFU_CHECK(close(m_ports, actor, id, open, Event::sealGrantDrafted));
    return id;
}

Verdict<void> SealGrants::change(const Actor &actor, const Id &grant, const SealTerms &typed)
{
    HUFU_TRY(open, openFor(m_ports, actor, grant, Act::change));
    HUFU_TRY(terms, fitting(*open.transaction, m_ports, actor.company, typed));
    HUFU_CHECK(countGranted(*open.transaction, actor.company, open.row.terms.person, -1));
    HUFU_CHECK(countGranted(*open.transaction, actor.company, terms.person, 1));
    if (open.row.state != State::draft)
        HUFU_CHECK(noteSeal(*open.transaction, actor.company, open.row.terms.seal,
                            entryOf(SealEvent::grantChanged, m_ports.clock.unixMs(), actor.person, grant, open.row)));
    open.row.terms = terms;
    open.row.mark = {};
    open.row.stamp = {};
    open.row.text.clear();
    return close(m_ports, actor, grant, open, Event::sealGrantChanged);
}

Verdict<std::string> SealGrants::document(const Actor &actor, const Id &grant)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kReaders));
    HUFU_TRY(row, loadGrantRow(*transaction, actor.company, grant));
    return textOf(*transaction, m_ports, actor.company, grant, row);
}

Verdict<Confirmed> SealGrants::confirmation(const Actor &actor, const Id &grant)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kReaders));
    HUFU_TRY(row, loadGrantRow(*transaction, actor.company, grant));
    HUFU_TRY(text, textOf(*transaction, m_ports, actor.company, grant, row));
    return Confirmations::confirmed(*transaction, m_ports, actor.company, row.mark, viewOf(text));
}

Verdict<std::string> SealGrants::toBeGranted(const Actor &actor, const Id &grant)
{
    HUFU_TRY(open, openFor(m_ports, actor, grant, Act::grant));
    return documentOf(*open.transaction, m_ports, actor.company, grant, open.row.terms);
}

Verdict<std::int64_t> SealGrants::ask(const Actor &actor, const Id &grant)
{
    HUFU_TRY(text, toBeGranted(actor, grant));
    return m_confirmations.ask(actor, viewOf(text));
}

Verdict<ports::IdentityService::Task> SealGrants::startFace(const Actor &actor, const Id &grant, std::uint8_t provider)
{
    HUFU_TRY(text, toBeGranted(actor, grant));
    return m_confirmations.startFace(actor, viewOf(text), provider);
}

Verdict<void> SealGrants::askShield(const Actor &actor, const Id &grant)
{
    std::string text, words;
    {
        HUFU_TRY(open, openFor(m_ports, actor, grant, Act::grant));
        const SealTerms &terms = open.row.terms;
        HUFU_TRY(made, documentOf(*open.transaction, m_ports, actor.company, grant, terms));
        HUFU_TRY(person, loadPerson(*open.transaction, m_ports.masterKey, terms.person));
        HUFU_TRY(seal, loadSeal(*open.transaction, actor.company, terms.seal));
        text = std::move(made);
        words = "用印授权书：" + person.person.name + "，";
        words.append(nameOf(seal.kind)).append("，").append(terms.purpose);
        if (!terms.project.empty()) words.append("，").append(terms.project);
        words.append("，").append(minuteText(terms.fromMs)).append(" – ").append(minuteText(terms.untilMs)).append(" (authorisation to use a seal)");
    }
    return m_confirmations.askShield(actor, {viewOf(text), words});
}

Verdict<void> SealGrants::grant(const Actor &actor, const Id &grant, const Id &stamp, const Proof &proof)
{
    std::string text;
    const auto check = [&](Open &open) -> Verdict<void> {
        if (open.row.terms.untilMs <= m_ports.clock.unixMs()) return Denied::periodOver;
        HUFU_TRY(under, loadSeal(*open.transaction, actor.company, stamp));
        if (under.kind != SealKind::company) return Error(Errc::badInput, "not a company seal");
        HUFU_TRY(seal, loadSeal(*open.transaction, actor.company, open.row.terms.seal));
        if (under.state != SealState::active || seal.state != SealState::active) return Denied::sealInactive;
        HUFU_CHECK(loadActive(*open.transaction, m_ports, actor.company, open.row.terms.person));
        HUFU_TRY(made, documentOf(*open.transaction, m_ports, actor.company, grant, open.row.terms));
        if (!text.empty() && text != made) return Error(Errc::badState, "the terms changed meanwhile");
        text = made;
        return {};
    };
    {
        HUFU_TRY(open, openFor(m_ports, actor, grant, Act::grant));
        HUFU_CHECK(check(open));
    }
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::sealGrant, viewOf(text), proof));
    HUFU_TRY(open, openFor(m_ports, actor, grant, Act::grant));
    HUFU_CHECK(check(open));
    open.row.mark = mark;
    open.row.stamp = stamp;
    HUFU_TRY(kept, sealRow(m_ports.masterKey, textContext(actor.company, grant), TextRow{text}));
    open.row.text = std::move(kept);
    // The stamp under the document is a use of the company seal, too.
    HUFU_CHECK(noteSeal(*open.transaction, actor.company, stamp,
                        {SealEvent::used, mark.timeMs, actor.person, grant, actor.person, actor.person, mark.timeMs, "用印授权书", "", 0, 0,
                         mark.statement}));
    HUFU_CHECK(noteSeal(*open.transaction, actor.company, open.row.terms.seal,
                        entryOf(SealEvent::granted, mark.timeMs, actor.person, grant, open.row)));
    return close(m_ports, actor, grant, open, Event::sealGranted, mark.statement);
}

// Suspends, resumes or ends.
static Result<void> perform(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &grant, Row &row, Act act)
{
    HUFU_TRY(next, moved(kSealGrantMoves, row.state, act));
    const Event event = act == Act::suspend  ? Event::sealGrantSuspended
                        : act == Act::resume ? Event::sealGrantResumed
                                             : Event::sealGrantEnded;
    if (act == Act::end) HUFU_CHECK(countGranted(transaction, by.company, row.terms.person, -1));
    const SealEvent entry = act == Act::suspend  ? SealEvent::grantSuspended
                            : act == Act::resume ? SealEvent::grantResumed
                                                 : SealEvent::grantEnded;
    const std::int64_t now = ports.clock.unixMs();
    if (row.state != State::draft) // a draft was no grant yet
        HUFU_CHECK(noteSeal(transaction, by.company, row.terms.seal, entryOf(entry, now, by.person, grant, row)));
    row.state = next;
    HUFU_CHECK(saveRow(transaction, Table::seal, sealGrantKey(by.company, grant), row));
    return audit::append(transaction, by.company, {event, now, grant, {}, 0, whoOf(by)});
}

Result<void> endSealGrantsOf(ports::Transaction &transaction, const Ports &ports, const Actor &by, const Id &person)
{
    HUFU_TRY(found, ports::scanAll(transaction, Table::seal, rowKey('g', {by.company})));
    for (const auto &[key, value] : found) {
        HUFU_TRY(row, parseGrant(value));
        if (row.terms.person != person || row.state == State::ended) continue;
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_CHECK(perform(transaction, ports, by, id, row, Act::end));
    }
    return {};
}

Verdict<void> SealGrants::act(const Actor &actor, const Id &grant, Act act)
{
    HUFU_TRY(open, openFor(m_ports, actor, grant, act));
    HUFU_CHECK(perform(*open.transaction, m_ports, actor, grant, open.row, act));
    return open.transaction->commit();
}

Verdict<void> SealGrants::suspend(const Actor &actor, const Id &grant)
{
    return act(actor, grant, Act::suspend);
}

Verdict<void> SealGrants::resume(const Actor &actor, const Id &grant)
{
    return act(actor, grant, Act::resume);
}

Verdict<void> SealGrants::end(const Actor &actor, const Id &grant)
{
    return act(actor, grant, Act::end);
}

namespace {

SealGrantStanding standingOf(const Row &row, StaffState person, SealState seal, std::int64_t now)
{
    using enum SealGrantStanding;
    if (row.state == State::draft) return draft;
    if (row.state == State::suspended) return suspended;
    if (row.state == State::ended) return ended;
    if (now >= row.terms.untilMs) return over;
    if (person != StaffState::active) return personDisabled;
    if (seal != SealState::active) return sealResting;
    return now < row.terms.fromMs ? early : usable;
}

} // namespace

Verdict<std::vector<SealGrants::View>> SealGrants::collect(const Actor &actor, Which which)
{
    const std::int64_t now = m_ports.clock.unixMs();
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, which == Which::own ? role::kAll : kReaders));
    HUFU_TRY(found, ports::scanAll(*transaction, Table::seal, rowKey('g', {actor.company})));
    std::vector<View> views;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        HUFU_TRY(row, parseGrant(value));
        const bool wasGranted = row.mark.timeMs != 0;
        if ((row.state == State::ended) != (which == Which::ended) || (which == Which::ended && !wasGranted)) continue;
        if (which == Which::own && (row.terms.person != actor.person || row.state == State::draft)) continue;
        HUFU_TRY(person, loadPerson(*transaction, m_ports.masterKey, row.terms.person));
        HUFU_TRY(seal, loadSeal(*transaction, actor.company, row.terms.seal));
        views.push_back({id, row.state, row.terms, std::move(person.person.name), seal.kind, row.mark.person, row.mark.timeMs, row.mark.by,
                         row.terms.untilMs <= now, standingOf(row, person.state, seal.state, now)});
    }
    return views;
}

Verdict<std::vector<SealGrants::View>> SealGrants::list(const Actor &actor)
{
    return collect(actor, Which::present);
}

Verdict<std::vector<SealGrants::View>> SealGrants::ended(const Actor &actor)
{
    return collect(actor, Which::ended);
}

Verdict<std::vector<SealGrants::View>> SealGrants::ownOf(const Actor &actor)
{
    return collect(actor, Which::own);
}

Verdict<std::vector<Id>> SealGrants::accountsOf(const Actor &actor, const Id &seal)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, kGranters));
    HUFU_CHECK(loadSeal(*transaction, actor.company, seal));
    return accountsOfSeal(*transaction, m_ports, actor.company, seal);
}

Verdict<std::vector<Id>> accountsOfSeal(ports::Transaction &transaction, const Ports &ports, const Id &company, const Id &seal)
{
    const std::int64_t now = ports.clock.unixMs();
    HUFU_TRY(found, hufu::ports::scanAll(transaction, Table::seal, rowKey('g', {company})));
    std::set<Id> accounts;
    for (const auto &[key, value] : found) {
        HUFU_TRY(row, parseGrant(value));
        const SealTerms &terms = row.terms;
        if (terms.seal != seal || row.state != State::active || now < terms.fromMs || now >= terms.untilMs) continue;
        const auto person = loadActive(transaction, ports, company, terms.person);
        if (person.denied()) continue; // disabled
        HUFU_CHECK(person);
        HUFU_TRY(account, accountOf(transaction, company, terms.person));
        if (account) accounts.insert(*account);
    }
    return std::vector<Id>(accounts.begin(), accounts.end());
}

namespace {

struct Usable {
    Row row;
    SealFace face;
};

// In: claimed, what the manifest says of it; nothing: whatever the grant is for.
Verdict<Usable> loadUsable(ports::Transaction &transaction, const Ports &ports, const Actor &actor, const Id &grant, const SealClaim *claimed)
{
    const std::int64_t now = ports.clock.unixMs();
    HUFU_CHECK(loadActive(transaction, ports, actor.company, actor.person));
    HUFU_TRY(found, findGrant(transaction, actor.company, grant));
    if (!found || found->terms.person != actor.person || !moved(kSealGrantMoves, found->state, Act::use)) return Denied::sealInactive;
    const SealTerms &terms = found->terms;
    if (now < terms.fromMs || now >= terms.untilMs) return Denied::periodOver;
    HUFU_TRY(seal, loadSeal(transaction, actor.company, terms.seal));
    if (seal.state != SealState::active) return Denied::sealInactive;
    HUFU_TRY(face, faceOf(transaction, ports, actor.company, seal));
    if (claimed) {
        const bool isProject = terms.project.empty() || terms.project == claimed->projectId || terms.project == claimed->projectName;
        const bool isPicture = claimed->style == 0 || (claimed->style == face.style && claimed->number == face.number);
        if (claimed->kind != face.kind || claimed->name != face.name || claimed->purpose != terms.purpose || !isProject || !isPicture)
            return Denied::sealNotForThis;
    }
    return Usable{std::move(*found), std::move(face)};
}

} // namespace

Verdict<void> checkSealClaim(ports::Transaction &transaction, const Ports &ports, const Actor &actor, const SealClaim &claim)
{
    HUFU_CHECK(loadUsable(transaction, ports, actor, claim.grant, &claim));
    return {};
}

Verdict<void> useSeal(ports::Transaction &transaction, const Ports &ports, const Actor &actor, const SealClaim &claim,
                      const ByteArray<32> &documentSm3)
{
    HUFU_TRY(usable, loadUsable(transaction, ports, actor, claim.grant, &claim));
    const std::int64_t now = ports.clock.unixMs();
    SealEntry entry = entryOf(SealEvent::used, now, actor.person, claim.grant, usable.row);
    if (entry.project.empty()) entry.project = claim.projectName; // granted for any: it was used for this one
    entry.document = documentSm3;
    HUFU_CHECK(noteSeal(transaction, actor.company, usable.row.terms.seal, entry));
    return audit::append(transaction, actor.company, {Event::sealUsed, now, claim.grant, documentSm3, 0, whoOf(actor)});
}

Verdict<UsableSeal> usableSeal(ports::Transaction &transaction, const Ports &ports, const Actor &actor, const Id &grant)
{
    HUFU_TRY(usable, loadUsable(transaction, ports, actor, grant, nullptr));
    return UsableSeal{grant, std::move(usable.face), std::move(usable.row.terms)};
}

Verdict<std::vector<UsableSeal>> usableSeals(ports::Transaction &transaction, const Ports &ports, const Actor &actor)
{
    HUFU_TRY(found, ports::scanAll(transaction, Table::seal, rowKey('g', {actor.company})));
    std::vector<UsableSeal> out;
    for (const auto &[key, value] : found) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).last(16)));
        auto usable = loadUsable(transaction, ports, actor, id, nullptr);
        if (usable.denied()) continue;
        HUFU_CHECK(usable);
        out.push_back({id, std::move(usable->face), std::move(usable->row.terms)});
    }
    std::ranges::stable_sort(out, {}, [](const UsableSeal &seal) { return seal.face.kind; }); // the company's first
    return out;
}

Result<std::optional<SealTerms>> sealTermsOf(ports::Transaction &transaction, const Id &company, const Id &grant)
{
    HUFU_TRY(row, findRow<Row>(transaction, Table::seal, sealGrantKey(company, grant)));
    return row ? std::optional(std::move(row->terms)) : std::nullopt;
}

Result<Id> enterSealGrant(ports::Transaction &transaction, const Ports &ports, const Id &company, const SealTerms &terms)
{
    const std::int64_t now = ports.clock.unixMs();
    const Id id = ports.random.bytes<16>("seal-grant-id");
    Row row{State::active, terms, {}, now, {}, {}, {}};
    row.mark.by = Mark::By::operatorEntry;
    row.mark.timeMs = now;
    HUFU_CHECK(countGranted(transaction, company, terms.person, 1));
    HUFU_CHECK(noteSeal(transaction, company, terms.seal, entryOf(SealEvent::granted, now, {}, id, row)));
    HUFU_CHECK(saveRow(transaction, Table::seal, sealGrantKey(company, id), row));
    HUFU_CHECK(audit::append(transaction, company, {Event::sealGranted, now, id, {}, 0, {audit::By::operatorSide, {}}}));
    return id;
}

} // namespace hufu::enterprise
