#include "shield/enterprise/stopping.h"

#include "shield/audit/log.h"
#include "shield/audit/statements.h"
#include "shield/enterprise/console_session.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

static constexpr std::string_view kLostText = "【虎符 Hufu】管理员已为您的手机盾挂失，手机盾已冻结，密钥未丢失。"
                                              "如非丢失，请联系管理员或客服 (your phone was reported lost, the shield is frozen)。";
static constexpr std::string_view kLostTextInEnglish = "【虎符 Hufu】An administrator has reported your phone lost. Its shield is frozen, and no key is lost. "
                                                       "If the phone is not lost, ask an administrator or support.";

static Bytes statementOf(const Actor &actor, const Stopping::Stop &stop)
{
    return Writer()
        .raw(viewOf(audit::statement::kStopOfCertificate))
        .raw(actor.company)
        .raw(actor.person)
        .raw(stop.grant)
        .u8(static_cast<std::uint8_t>(stop.act))
        .take();
}

static std::string wordsOf(StopAct act, const std::string &name)
{
    switch (act) {
    case StopAct::reportLost:
        return "手机挂失：" + name + " (report the phone lost)";
    case StopAct::suspend:
        return "暂停证书：" + name + " (suspend the certificate)";
    case StopAct::end:
        return "终止证书：" + name + " (end the certificate)";
    }
    return name;
}

Verdict<Stopping::Subject> Stopping::check(const Actor &actor, const Stop &stop)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAdministrator));
    HUFU_TRY(grant, loadGrant(*transaction, stop.grant));
    if (grant.company != actor.company) return Error(Errc::notFound, "no such grant");
    if (grant.state == GrantState::ended) return Error(Errc::badState, "the grant has ended");
    HUFU_TRY(row, loadPerson(*transaction, m_ports.masterKey, grant.person));
    HUFU_TRY(language, languageOf(*transaction, actor.company, grant.person));
    Subject subject{grant.person, std::move(row.person.name), std::move(row.person.phoneNumber), language, {}};
    if (grant.acct != Id{}) subject.accounts.push_back(grant.acct);
    HUFU_TRY(formers, formerGrantsOf(*transaction, grant.company, grant.person));
    for (const auto &[id, former] : formers)
        if (former.acct != Id{}) subject.accounts.push_back(former.acct);
    return subject;
}

Verdict<std::int64_t> Stopping::ask(const Actor &actor, const Stop &stop)
{
    HUFU_CHECK(check(actor, stop));
    return m_confirmations.ask(actor, statementOf(actor, stop));
}

Verdict<ports::IdentityService::Task> Stopping::startFace(const Actor &actor, const Stop &stop, std::uint8_t provider)
{
    HUFU_CHECK(check(actor, stop));
    return m_confirmations.startFace(actor, statementOf(actor, stop), provider);
}

Verdict<void> Stopping::askShield(const Actor &actor, const Stop &stop)
{
    HUFU_TRY(subject, check(actor, stop));
    const Bytes statement = statementOf(actor, stop);
    const std::string words = wordsOf(stop.act, subject.name);
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<bool> Stopping::reportLost(const Actor &actor, const Id &grant, bool looked, std::string_view project, const Proof &proof)
{
    const Stop stop{grant, StopAct::reportLost};
    HUFU_TRY(subject, check(actor, stop));
    std::vector<Id> active;
    for (const Id &acct : subject.accounts) {
        HUFU_TRY(state, m_phones.stateOf(acct));
        if (state == Phones::State::active) active.push_back(acct);
    }
    if (active.empty()) return Error(Errc::badState, "no phone is active"); // and no proof is used up for it
    HUFU_TRY(page, m_grants.handOver(actor, grant));
    HUFU_CHECK(page.mayStop(looked, project)); // nor for this
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::certificate, statementOf(actor, stop), proof));
    HUFU_CHECK(check(actor, stop));
    Verdict<void> same;
    const auto frozen = m_phones.freeze(active, actor.person, [&](ports::Transaction &transaction) -> Result<void> {
        same = m_grants.checkSameBids(transaction, actor, subject.person, page);
        if (!same) return same.error().cause();
        const audit::Who who = whoOf(actor);
        for (const Id &acct : active)
            HUFU_CHECK(endSessionsOf(transaction, m_ports, who, actor.company, subject.person, acct));
        return audit::append(transaction, actor.company, {audit::Event::phoneLost, m_ports.clock.unixMs(), grant, mark.statement, 0, who});
    });
    HUFU_CHECK(same);
    HUFU_CHECK(frozen);
    return m_gateway.send(subject.phoneNumber, subject.language == Language::english ? kLostTextInEnglish : kLostText).has_value(); // it is frozen all the same
}

Verdict<ByteArray<32>> Stopping::confirm(const Actor &actor, const Stop &stop, const std::optional<Proof> &proof)
{
    HUFU_TRY(subject, check(actor, stop));
    if (stop.act == StopAct::suspend && subject.person != actor.person) return ByteArray<32>{};
    HUFU_TRY(isByShield, m_confirmations.isByShield(actor));
    if (stop.act == StopAct::suspend && !isByShield) return ByteArray<32>{}; // a code counts already: nothing is lost with it
    if (!proof) return isByShield ? Denied::shieldWanted : Denied::smsExpired;
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::certificate, statementOf(actor, stop), *proof));
    return mark.statement;
}

Verdict<void> Stopping::suspend(const Actor &actor, const Id &grant, bool looked, std::string_view project, const std::optional<Proof> &proof)
{
    HUFU_TRY(page, m_grants.handOver(actor, grant, GrantAct::suspend));
    HUFU_CHECK(page.mayStop(looked, project)); // before the proof is used up
    HUFU_TRY(confirmed, confirm(actor, {grant, StopAct::suspend}, proof));
    return m_grants.suspend(actor, grant, looked, project, confirmed);
}

Verdict<void> Stopping::end(const Actor &actor, const Id &grant, bool looked, std::string_view project, const std::optional<Proof> &proof)
{
    HUFU_TRY(page, m_grants.handOver(actor, grant));
    HUFU_CHECK(page.mayStop(looked, project)); // before the proof is used up
    HUFU_TRY(confirmed, confirm(actor, {grant, StopAct::end}, proof));
    return m_grants.end(actor, grant, looked, project, confirmed);
}

Verdict<std::vector<Phones::State>> Stopping::statesOf(const std::vector<Grants::View> &views)
{
    std::vector<Phones::State> states;
    for (const Grants::View &view : views) {
        if (view.acct == Id{}) {
            states.push_back(Phones::State::none);
            continue;
        }
        HUFU_TRY(state, m_phones.stateOf(view.acct));
        states.push_back(state);
    }
    return states;
}

} // namespace hufu::enterprise
