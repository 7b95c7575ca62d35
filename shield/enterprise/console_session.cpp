#include "shield/enterprise/console_session.h"

#include "shield/audit/log.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/application.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

using ports::Table;

namespace {

constexpr std::string_view kText = "【虎符 Hufu】验证码 %1：登录企业控制台 (console log-in)。5 分钟内有效，切勿告诉他人。";
constexpr std::int64_t kWriteMs = 60'000; // the time of use is written this often, not with each request

struct Row {
    Id company{}, person{};
    std::int64_t openedMs = 0, usedMs = 0;
    static void fields(auto &row, auto &f) { f(row.company, row.person, row.openedMs, row.usedMs); }
};

Bytes tokenKey(const ConsoleToken &token)
{
    return rowKey('t', {crypto::sm3({viewOf("hufu-console"), token})});
}

Bytes purposeOf(const Actor &actor)
{
    return concat({viewOf("console-login"), actor.company, actor.person});
}

} // namespace

Result<std::optional<ConsoleSessions::Found>> ConsoleSessions::find(std::string_view creditCode, std::string_view phoneNumber)
{
    using Maybe = std::optional<Found>;
    Actor actor;
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_TRY(company, companyOfCode(*transaction, std::string(creditCode)));
        if (!company) return Maybe();
        actor.company = *company;
    }
    const auto person = Staff(m_ports).personOf(actor.company, phoneNumber);
    if (!person) return person.error().code == Errc::notFound ? Result<Maybe>(Maybe()) : person.error();
    actor.person = *person;
    return Maybe({actor, std::string(phoneNumber)});
}

Result<std::int64_t> ConsoleSessions::askCode(std::string_view creditCode, std::string_view phoneNumber)
{
    HUFU_TRY(found, find(creditCode, phoneNumber));
    if (found) static_cast<void>(m_smsCodes.send(purposeOf(found->first), found->first.person, found->second, kText));
    return limits::kSmsResendMs;
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::open(std::string_view creditCode, std::string_view phoneNumber, std::string_view digits)
{
    HUFU_TRY(found, find(creditCode, phoneNumber));
    if (!found) return Denied::smsWrong;
    HUFU_TRY(check, m_smsCodes.check(purposeOf(found->first), found->first.person, digits));
    if (check != codes::Check::right) return Denied::smsWrong;
    return openFor(found->first);
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::openByShield(const Actor &holder)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(loadActive(*transaction, m_ports, holder.company, holder.person));
    }
    return openFor(holder, By::shield);
}

Verdict<ConsoleSessions::Opened> ConsoleSessions::openFor(const Actor &actor, By by)
{
    const std::int64_t now = m_ports.clock.unixMs();
    Opened opened;
    opened.token = m_ports.random.bytes<32>("console-token");
    opened.actor = actor;
    opened.expiresMs = now + kWholeMs;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(saveRow(*transaction, Table::person, tokenKey(opened.token), Row{opened.actor.company, opened.actor.person, now, now}));
    HUFU_CHECK(audit::append(*transaction, opened.actor.company, {audit::Event::consoleOpened, now, opened.actor.person, {}, static_cast<std::uint16_t>(by)}));
    HUFU_CHECK(transaction->commit());
    return opened;
}

Result<ConsoleSessions::Found> ConsoleSessions::applicantOf(const Id &application)
{
    std::string number;
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_TRY(row, loadRow<ApplicationRow>(*transaction, Table::application, applicationKey(application)));
        if (row.state != ApplicationState::settled) return Error(Errc::badState, "the facts have not matched");
        HUFU_TRY(applicant, openApplicant(m_ports.masterKey, application, row));
        number = applicant.mobileNumber;
    }
    HUFU_TRY(person, Staff(m_ports).personOf(application, number));
    return Found{{application, person}, number};
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
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadRow<Row>(*transaction, Table::person, tokenKey(token)));
    HUFU_TRY(person, loadPerson(*transaction, m_ports.masterKey, row.person));
    if (person.state != StaffState::active || now - row.usedMs >= kIdleMs || now - row.openedMs >= kWholeMs) {
        HUFU_CHECK(transaction->remove(Table::person, tokenKey(token)));
        HUFU_CHECK(transaction->commit());
        return Error(Errc::notFound, "session is over");
    }
    const Actor actor{row.company, row.person};
    if (now - row.usedMs < kWriteMs) return actor;
    row.usedMs = now;
    HUFU_CHECK(saveRow(*transaction, Table::person, tokenKey(token), row));
    HUFU_CHECK(transaction->commit());
    return actor;
}

Result<void> ConsoleSessions::close(const ConsoleToken &token)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, findRow<Row>(*transaction, Table::person, tokenKey(token)));
    if (!row) return {};
    HUFU_CHECK(transaction->remove(Table::person, tokenKey(token)));
    HUFU_CHECK(audit::append(*transaction, row->company, {audit::Event::consoleClosed, m_ports.clock.unixMs(), row->person, {}, 0}));
    return transaction->commit();
}

} // namespace hufu::enterprise
