#include "shield/enterprise/policies.h"

#include "shield/audit/log.h"
#include "shield/audit/statements.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

namespace {

Bytes statementOf(const Id &company, const Factors &factors)
{
    return concat({viewOf(audit::statement::kPolicy), company, encodeRow(factors)});
}

Factors factorsOf(const Policy &policy)
{
    return {policy.activation, policy.login, policy.sign, policy.decrypt, policy.namedCiphertext};
}

// What the product asks of everybody; an operator who has entered a company with less is not undone by a page.
Factors leastOf(const Policy &now)
{
    const Factors product = factorsOf(Policy{}), asked = factorsOf(now);
    const auto both = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a & b); };
    return {both(product.activation, asked.activation), both(product.login, asked.login), both(product.sign, asked.sign),
            both(product.decrypt, asked.decrypt), false};
}

// What an act asks for besides the PIN.
std::string wordsOf(std::string_view act, std::uint8_t factors)
{
    std::string words(act);
    words.append(" PIN");
    if ((factors & kSms) != 0) words.append("+短信");
    if ((factors & kLiveness) != 0) words.append("+刷脸");
    return words;
}

bool holds(std::uint8_t factors, std::uint8_t least)
{
    return (factors & least) == least;
}

} // namespace

Verdict<Policies::View> Policies::view(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkRole(*transaction, m_ports, actor, role::kAll));
    HUFU_TRY(company, loadCompany(*transaction, actor.company));
    return View{factorsOf(company.policy), leastOf(company.policy)};
}

Verdict<void> Policies::check(ports::Transaction &transaction, const Actor &actor, const Factors &factors)
{
    constexpr int kKnown = kSms | kLiveness;
    if (((factors.activation | factors.login | factors.sign | factors.decrypt) & ~kKnown) != 0) return Error(Errc::badInput, "factors");
    HUFU_CHECK(checkRole(transaction, m_ports, actor, role::kAdministrator));
    HUFU_CHECK(checkVerified(transaction, actor.company));
    HUFU_TRY(company, loadCompany(transaction, actor.company));
    const Factors least = leastOf(company.policy);
    const bool fits = holds(factors.activation, least.activation) && holds(factors.login, least.login) && holds(factors.sign, least.sign) &&
                      holds(factors.decrypt, least.decrypt);
    if (!fits) return Denied::policyTooLax;
    return {};
}

Verdict<std::int64_t> Policies::ask(const Actor &actor, const Factors &factors)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, factors));
    }
    return m_confirmations.ask(actor, statementOf(actor.company, factors));
}

Verdict<ports::IdentityService::Task> Policies::startFace(const Actor &actor, const Factors &factors, std::uint8_t provider)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, factors));
    }
    return m_confirmations.startFace(actor, statementOf(actor.company, factors), provider);
}

Verdict<void> Policies::askShield(const Actor &actor, const Factors &factors)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, factors));
    }
    std::string words = "更改安全策略：";
    words.append(wordsOf("开通", factors.activation)).append("，").append(wordsOf("登录", factors.login)).append("，");
    words.append(wordsOf("签名", factors.sign)).append("，").append(wordsOf("解密", factors.decrypt));
    words.append(factors.namedCiphertext ? "（指定密文）" : "").append(" (change of the security policy)");
    const Bytes statement = statementOf(actor.company, factors);
    return m_confirmations.askShield(actor, {statement, words});
}

Verdict<void> Policies::change(const Actor &actor, const Factors &factors, const Proof &proof)
{
    {
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction, actor, factors));
    }
    HUFU_TRY(mark, m_confirmations.confirm(actor, Matter::policy, statementOf(actor.company, factors), proof));
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(check(*transaction, actor, factors)); // the confirmation took its time
    HUFU_TRY(company, loadCompany(*transaction, actor.company));
    company.policy.activation = factors.activation;
    company.policy.login = factors.login;
    company.policy.sign = factors.sign;
    company.policy.decrypt = factors.decrypt;
    company.policy.namedCiphertext = factors.namedCiphertext;
    HUFU_CHECK(saveRow(*transaction, ports::Table::company, actor.company, company));
    HUFU_CHECK(audit::append(*transaction, actor.company,
                             {audit::Event::policyChanged, m_ports.clock.unixMs(), actor.company, mark.statement, 0, whoOf(actor)}));
    return transaction->commit();
}

} // namespace hufu::enterprise
