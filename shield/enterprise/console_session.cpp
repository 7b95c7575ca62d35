#include "shield/enterprise/console_session.h"

#include "shield/audit/log.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/application.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/grants.h"
#include "shield/enterprise/row.h"
#include "shield/enterprise/seats.h"

#include <algorithm>

namespace hufu::enterprise {

using ports::Table;

namespace {

constexpr std::string_view kText = "【虎符 Hufu】验证码 %1：登录企业控制台，5 分钟内有效，切勿告诉他人。Code to log in to the console; valid for 5 minutes, tell nobody.";
constexpr std::int64_t kWriteMs = 60'000; // the time of use is written this often, not with each request

// Table::person: a session by its token; and of a person the sessions, each with the account that has opened it.
Bytes tokenKey(const ByteArray<32> &tokenSm3)
{
    return rowKey('o', {tokenSm3});
}

Bytes ofPersonKey(const Id &person, const ByteArray<32> &tokenSm3)
{
    return rowKey('i', {person, tokenSm3});
}

ByteArray<32> sm3Of(const ConsoleToken &token)
{
    return crypto::sm3({viewOf("hufu-console"), token});
}

Bytes purposeOf(const Actor &actor)
{
    return concat({viewOf("console-login"), actor.company, actor.person});
}

// One number, one code: it proves who holds the phone, and the company is chosen behind it. asker: the browser, or the network of a program.
Bytes purposeOf(const ByteArray<32> &number, std::string_view asker)
{
    return concat({viewOf("console-login-number"), number, viewOf(asker)});
}

// Whoever knows a person's number can have codes sent for a log-in, and mistype them: that day is not the one of what the person confirms.
Id dayOf(const ByteArray<32> &number)
{
    return *fixedBytes<16>(ByteView(crypto::sm3({viewOf("hufu-console-login"), number})).first(16));
}

struct Row {
    Id company{}, person{}, acct{};
    std::int64_t openedMs = 0, usedMs = 0, untilMs = 0;
    static void fields(auto &row, auto &f) { f(row.company, row.person, row.acct, row.openedMs, row.usedMs, row.untilMs); }
    bool isOver(std::int64_t now) const { return now - usedMs >= ConsoleSessions::kIdleMs || now >= untilMs; }
};

Result<void> drop(ports::Transaction &transaction, const ByteArray<32> &tokenSm3, const Id &person)
{
    HUFU_CHECK(transaction.remove(Table::person, tokenKey(tokenSm3)));
    return transaction.remove(Table::person, ofPersonKey(person, tokenSm3));
}

// Nobody comes back with the token of a session that ran out, so the next one takes such of the same person away.
Result<void> dropThoseOver(ports::Transaction &transaction, const Id &person, std::int64_t now)
{
    HUFU_TRY(found, ports::scanAll(transaction, Table::person, rowKey('i', {person})));
    for (const auto &[key, value] : found) {
        HUFU_TRY(tokenSm3, fixedBytes<32>(ByteView(key).last(32)));
        HUFU_TRY(row, findRow<Row>(transaction, Table::person, tokenKey(tokenSm3)));
        if (!row || row->isOver(now)) HUFU_CHECK(drop(transaction, tokenSm3, person));
    }
    return {};
}

} // namespace

Result<void> endSessionsOf(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &person,
                           const Id &acct)
{
    const std::int64_t now = ports.clock.unixMs();
    HUFU_TRY(found, ports::scanAll(transaction, Table::person, rowKey('i', {person})));
    for (const auto &[key, value] : found) {
        if (acct != Id{} && !sameBytes(value, acct)) continue;
        HUFU_TRY(tokenSm3, fixedBytes<32>(ByteView(key).last(32)));
        HUFU_TRY(row, findRow<Row>(transaction, Table::person, tokenKey(tokenSm3)));
        HUFU_CHECK(drop(transaction, tokenSm3, person));
        if (!row || row->isOver(now)) continue; // it ended then, not now
        HUFU_CHECK(audit::append(transaction, company, {audit::Event::consoleClosed, now, person, {}, 0, who}));
    }
    return {};
}

Result<ConsoleSessions::Found> ConsoleSessions::find(std::string_view creditCode, std::string_view phoneNumber)
{
    HUFU_TRY(everywhere, Staff(m_ports).everywhere(phoneNumber));
    Found found;
    found.index = everywhere.index;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    for (const Actor &actor : everywhere.people) {
        const auto company = loadCompany(*transaction, actor.company);
        if (!company && company.error().code == Errc::unavailable) return company.error();
        if (!company) continue; // damaged: the person's other companies are open
        HUFU_TRY(named, companyOfCode(*transaction, creditCode.empty() ? company->creditCode : std::string(creditCode)));
        if (named != actor.company) continue; // another one, or an application that has no company yet
        HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, actor.person));
        found.phoneNumber = row.person.phoneNumber; // as it is kept, however it was typed
        found.people.push_back({actor, {company->name, company->creditCode}});
    }
    return found;
}

Result<std::int64_t> ConsoleSessions::askCode(std::string_view creditCode, std::string_view phoneNumber, std::string_view network, std::string_view visit)
{
    HUFU_TRY(found, find(creditCode, phoneNumber));
    if (!found.people.empty())
        static_cast<void>(m_smsCodes.ask(purposeOf(found.index, visit.empty() ? network : visit), dayOf(found.index), found.phoneNumber, kText,
                                         {.to = {}, .from = viewOf(network)}));
    return limits::kSmsResendMs;
}

Verdict<void> ConsoleSessions::check(const Found &found, std::string_view digits, codes::Right right, std::string_view network, std::string_view visit)
{
    if (found.people.empty()) return Denied::smsWrong;
    HUFU_TRY(check, m_smsCodes.check(purposeOf(found.index, visit.empty() ? network : visit), dayOf(found.index), digits, right,
                                     {.to = {}, .from = viewOf(network)}));
    if (check != codes::Check::right) return Denied::smsWrong;
    return {};
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::open(std::string_view creditCode, std::string_view phoneNumber, std::string_view digits,
                                                        std::string_view network, std::string_view visit)
{
    if (creditCode.empty()) return Denied::smsWrong;
    HUFU_TRY(found, find(creditCode, phoneNumber));
    HUFU_CHECK(check(found, digits, codes::Right::spends, network, visit));
    return openFor(found.people.front().first);
}

Verdict<ConsoleSessions::Entered> ConsoleSessions::enter(std::string_view phoneNumber, std::string_view digits, std::string_view network, std::string_view visit)
{
    HUFU_TRY(found, find({}, phoneNumber));
    const bool isChoice = found.people.size() > 1;
    HUFU_CHECK(check(found, digits, isChoice ? codes::Right::keeps : codes::Right::spends, network, visit));
    Entered entered;
    if (isChoice) {
        for (auto &[actor, place] : found.people)
            entered.places.push_back(std::move(place));
        return entered;
    }
    HUFU_TRY(opened, openFor(found.people.front().first));
    entered.opened = opened;
    return entered;
}

// Until when the seat under an account is its own; 0: it is not, or the grant rests or has ended.
Result<std::int64_t> ConsoleSessions::seatedUntil(ports::Transaction &transaction, const Id &acct)
{
    const auto found = loadGrantOf(transaction, acct);
    if (!found && (found.error().code == Errc::notFound || found.error().code == Errc::refused)) return std::int64_t{0};
    if (!found) return found.error();
    HUFU_TRY(seat, loadSeat(transaction, found->second.seat));
    return seat.grant == found->first ? seat.validUntilMs : 0;
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::openByShield(const Actor &holder, const Id &acct)
{
    { // told before anything about the certificate
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(loadActive(*transaction, m_ports, holder.company, holder.person));
    }
    HUFU_TRY(certifiedMs, m_certified.until(acct));
    return openFor(holder, acct, certifiedMs);
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::openFor(const Actor &actor, const Id &acct, std::int64_t certifiedMs)
{
    const std::int64_t now = m_ports.clock.unixMs();
    const bool isByShield = acct != Id{};
    Opened opened;
    opened.token = m_ports.random.bytes<32>("console-token");
    opened.actor = actor;
    opened.expiresMs = now + kWholeMs;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(loadActive(*transaction, m_ports, actor.company, actor.person)); // again, so that no disabling comes between
    HUFU_CHECK(dropThoseOver(*transaction, actor.person, now));
    if (isByShield) {
        HUFU_TRY(seatedMs, seatedUntil(*transaction, acct));
        opened.expiresMs = std::min({opened.expiresMs, seatedMs, certifiedMs});
        if (opened.expiresMs <= now) return Error(Errc::notFound, "nothing to be logged in with any more");
    }
    const ByteArray<32> tokenSm3 = sm3Of(opened.token);
    HUFU_CHECK(saveRow(*transaction, Table::person, tokenKey(tokenSm3), Row{actor.company, actor.person, acct, now, now, opened.expiresMs}));
    HUFU_CHECK(transaction->write(Table::person, ofPersonKey(actor.person, tokenSm3), acct));
    const By by = isByShield ? By::shield : By::sms;
    HUFU_CHECK(audit::append(*transaction, actor.company,
                             {audit::Event::consoleOpened, now, actor.person, {}, static_cast<std::uint16_t>(by), whoOf(actor)}));
    HUFU_CHECK(transaction->commit());
    return opened;
}

Result<ConsoleSessions::Applicant> ConsoleSessions::applicantOf(const Id &application)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadRow<ApplicationRow>(*transaction, Table::application, applicationKey(application)));
    if (row.state != ApplicationState::settled) return Error(Errc::badState, "the facts have not matched");
    HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, row));
    HUFU_TRY(id, administratorOf(*transaction, m_ports, application, applicant));
    HUFU_TRY(person, loadPerson(*transaction, m_ports.masterKey, id));
    return Applicant{{application, id}, person.person.phoneNumber}; // as it is now
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::openForApplicant(const Id &application)
{
    HUFU_TRY(found, applicantOf(application));
    return openFor(found.first);
}

Verdict<std::int64_t> ConsoleSessions::askCodeForApplicant(const Id &application)
{
    HUFU_TRY(found, applicantOf(application));
    return sendCode(m_smsCodes, purposeOf(found.first), found.first.person, found.second, kText);
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::openForApplicant(const Id &application, std::string_view digits)
{
    HUFU_TRY(found, applicantOf(application));
    HUFU_TRY(check, m_smsCodes.check(purposeOf(found.first), found.first.person, digits));
    if (check != codes::Check::right) return Denied::smsWrong;
    return openFor(found.first);
}

Result<Actor> ConsoleSessions::actorOf(const ConsoleToken &token)
{
    const std::int64_t now = m_ports.clock.unixMs();
    std::int64_t certifiedMs = 0;
    {
        HUFU_TRY(stored, m_ports.ledger.read(Table::person, tokenKey(sm3Of(token))));
        if (!stored) return Error(Errc::notFound, "no such session");
        HUFU_TRY(row, parseRow<Row>(*stored));
        if (row.acct != Id{}) {
            HUFU_TRY(until, m_certified.until(row.acct));
            certifiedMs = until;
        }
    }
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadRow<Row>(*transaction, Table::person, tokenKey(sm3Of(token))));
    HUFU_TRY(person, loadPerson(*transaction, m_ports.masterKey, row.person));
    bool isOver = person.state != StaffState::active || row.isOver(now);
    if (row.acct != Id{}) {
        HUFU_TRY(seatedMs, seatedUntil(*transaction, row.acct));
        isOver = isOver || now >= certifiedMs || now >= seatedMs;
    }
    if (isOver) {
        HUFU_CHECK(drop(*transaction, sm3Of(token), row.person));
        HUFU_CHECK(transaction->commit());
        return Error(Errc::notFound, "session is over");
    }
    const Actor actor{row.company, row.person};
    if (now - row.usedMs < kWriteMs) return actor;
    row.usedMs = now;
    HUFU_CHECK(saveRow(*transaction, Table::person, tokenKey(sm3Of(token)), row));
    HUFU_CHECK(transaction->commit());
    return actor;
}

Result<void> ConsoleSessions::sweep()
{
    constexpr std::size_t kAtATime = 1000;
    const std::int64_t now = m_ports.clock.unixMs();
    const Bytes all = tokenKey({});
    Bytes after;
    for (;;) {
        HUFU_TRY(rows, m_ports.ledger.scan(Table::person, ByteView(all).first(1), kAtATime, after));
        for (const auto &[key, value] : rows) {
            if (key.size() != all.size()) continue; // a person's
            HUFU_TRY(read, parseRow<Row>(value));
            if (!read.isOver(now)) continue;
            HUFU_TRY(transaction, m_ports.ledger.begin());
            HUFU_TRY(row, findRow<Row>(*transaction, Table::person, key));
            if (!row || !row->isOver(now)) continue; // used meanwhile
            HUFU_TRY(tokenSm3, fixedBytes<32>(ByteView(key).last(32)));
            HUFU_CHECK(drop(*transaction, tokenSm3, row->person));
            HUFU_CHECK(transaction->commit());
        }
        if (rows.size() < kAtATime) return {};
        after = rows.back().first;
    }
}

Result<void> ConsoleSessions::close(const ConsoleToken &token)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, findRow<Row>(*transaction, Table::person, tokenKey(sm3Of(token))));
    if (!row) return {};
    HUFU_CHECK(drop(*transaction, sm3Of(token), row->person));
    HUFU_CHECK(audit::append(*transaction, row->company,
                             {audit::Event::consoleClosed, m_ports.clock.unixMs(), row->person, {}, 0, {audit::By::person, row->person}}));
    return transaction->commit();
}

} // namespace hufu::enterprise
