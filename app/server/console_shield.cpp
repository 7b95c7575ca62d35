#include "app/server/console_shield.h"

#include "app/server/console_scan.h"
#include "app/server/session_json.h"
#include "shield/cosigner/ladder.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"

#include <algorithm>

namespace hufu::server {

using enterprise::Actor;
using enterprise::Id;
using net::Request;

// The account of a suspended grant. It signs nothing until that is over; but whoever administers the company suspends a grant and resumes
// it, his own as well, so nothing else may confirm meanwhile: a stolen log-in would be rid of the shield by it.
static Result<std::optional<Id>> restingOf(ports::LedgerStore &ledger, const Actor &actor)
{
    HUFU_TRY(transaction, ledger.begin());
    HUFU_TRY(grant, enterprise::grantOfPerson(*transaction, actor.company, actor.person));
    if (!grant) return std::optional<Id>();
    HUFU_TRY(row, enterprise::loadGrant(*transaction, *grant));
    return row.state == enterprise::GrantState::suspended ? std::optional(row.acct) : std::nullopt;
}

Result<std::optional<ConsoleShield::Holder>> ConsoleShield::activeOf(const Actor &actor)
{
    using Active = std::optional<Holder>;
    HUFU_TRY(resting, restingOf(m_services.ledger, actor));
    if (resting) return working(*resting);
    const auto holder = m_services.enterprise.holderOfPerson(actor.person);
    if (!holder && (holder.error().code == Errc::notFound || holder.error().code == Errc::refused)) return Active();
    HUFU_CHECK(holder);
    if (holder->companyId != actor.company) return Active();
    HUFU_TRY(bar, m_acts.barOf(*holder, intent::Act::confirm));
    if (bar) return Active();
    return working(holder->acct);
}

Result<std::optional<ConsoleShield::Holder>> ConsoleShield::working(const Id &acct)
{
    using Active = std::optional<Holder>;
    const auto device = m_services.cosigner.device(acct);
    if (!device && device.error().code == Errc::notFound) return Active();
    HUFU_CHECK(device);
    const std::int64_t now = m_services.clock.unixMs();
    const bool signs = cosigner::isOpen(device->lock, now) && device->sign.state != cosigner::KeyState::destroyed;
    if (!signs) return Active();
    HUFU_TRY(records, m_services.authority.findByHolder(acct)); // oldest first
    const auto newest = std::find_if(records.rbegin(), records.rend(), [](const auto &record) { return record.kind == x509::KeyKind::sign; });
    if (newest == records.rend() || newest->revocation || now >= newest->certificate.notAfterMs()) return Active();
    return Active(Holder{acct, newest->certificate.der()});
}

Result<Id> ConsoleShield::ask(const Holder &holder, const Actor &actor, const enterprise::Question &question)
{
    if (!m_asks.take(toHex(actor.person), m_services.clock.monotonicMs())) return Error(Errc::locked, "asked too often");
    HUFU_TRY(named, m_services.enterprise.holderOf(holder.acct));
    const sessions::Wanted wanted{holder.acct, named.company.name, named.person.name};
    const intent::File statement{std::string(question.words), question.statement.size(), crypto::sm3(question.statement), 0};
    HUFU_TRY(started, m_services.sessions.startConfirmation(kConsoleParty, wanted, statement));
    return started.token;
}

void ConsoleShield::drop(const Id &question)
{
    static_cast<void>(m_services.sessions.cancel(kConsoleParty.origin(), question)); // it may be over already
    m_services.watchers.changed(question);
}

Result<ConsoleShield::Signed> ConsoleShield::take(ports::Transaction &transaction, const Id &question, const Holder &holder, const ByteArray<32> &statement)
{
    HUFU_CHECK(enterprise::loadGrantOf(transaction, holder.acct)); // suspended since
    HUFU_TRY(given, m_services.sessions.takeConfirmation(transaction, kConsoleParty.origin(), question, holder.acct));
    HUFU_TRY(manifest, intent::Manifest::parse(given.manifest));
    if (manifest.files.front().sm3 != statement) return Error(Errc::tampered, "another statement was signed");
    HUFU_TRY(tbs, intent::buildTbs(manifest, 0));
    return Signed{std::move(tbs), given.signature, {holder.certificate, m_services.authority.issuing(transaction).der()}};
}

Result<enterprise::Phones::State> ConsoleShield::stateOf(const Id &acct)
{
    const auto device = m_services.cosigner.device(acct);
    if (!device && device.error().code == Errc::notFound) return State::none;
    HUFU_CHECK(device);
    switch (device->lock.standing) {
    case cosigner::Standing::active:
        return State::active;
    case cosigner::Standing::frozen:
        return State::frozen;
    case cosigner::Standing::cloned:
        return State::cloned;
    }
    return Error(Errc::internal, "no such standing");
}

Result<void> ConsoleShield::freeze(const std::vector<Id> &accounts, const Id &doer, const std::function<Result<void>(ports::Transaction &)> &with)
{
    return m_services.cosigner.freezeAll(accounts, doer, with);
}

void ConsoleShield::add(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/confirmation", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_TRY(question, companies.confirmations.asked(actor));
        HUFU_TRY(view, m_services.sessions.look(kConsoleParty.origin(), question));
        HUFU_TRY(answer, scanJson({nameOf(view.state), view.digitsWanted, view.changesMs}, m_services.clock.unixMs(),
                                  [&] { return m_services.sessions.pageFrame(kConsoleParty.origin(), question); }));
        HUFU_TRY(manifest, intent::Manifest::parse(view.manifest));
        answer["words"] = manifest.files.front().name;
        answer["statementSm3"] = toHex(manifest.files.front().sm3);
        return jsonResponse(answer);
    });
    guard.add(routes, "POST", "/console/v1/confirmation/digits", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(question, companies.confirmations.asked(actor));
        return answerDigits(m_services, kConsoleParty.origin(), question, request);
    });
    guard.add(routes, "DELETE", "/console/v1/confirmation", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_TRY(question, companies.confirmations.asked(actor));
        drop(question);
        return noContent();
    });
}

} // namespace hufu::server
