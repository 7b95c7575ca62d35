#include "shield/enterprise/confirmation.h"

#include "shield/crypto/sm3.h"

namespace hufu::enterprise {

static constexpr std::string_view kText = "【虎符 Hufu】验证码 %1：企业授权确认 (company's authorisation)。5 分钟内有效，切勿告诉他人。";

static Bytes purposeOf(const Actor &actor, ByteView statement)
{
    return concat({viewOf("confirmation"), actor.company, actor.person, crypto::sm3(statement)});
}

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

Verdict<Person> Confirmations::personOf(const Actor &actor)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, loadActive(*transaction, m_ports, actor.company, actor.person));
    return std::move(row.person);
}

Verdict<std::int64_t> Confirmations::ask(const Actor &actor, ByteView statement)
{
    HUFU_TRY(person, personOf(actor));
    return sendCode(m_smsCodes, purposeOf(actor, statement), actor.person, person.phoneNumber, kText);
}

Verdict<Mark> Confirmations::confirm(const Actor &actor, ByteView statement, const Proof &proof)
{
    HUFU_CHECK(personOf(actor));
    Mark mark;
    mark.person = actor.person;
    mark.timeMs = m_ports.clock.unixMs();
    mark.statement = crypto::sm3(statement);
    if (proof.provider == 0) {
        mark.by = Mark::By::sms;
        HUFU_CHECK(checkCode(m_smsCodes, purposeOf(actor, statement), actor.person, proof.sms, codes::Right::spends));
    } else {
        mark.by = Mark::By::face;
        const auto service = m_faces.find(proof.provider);
        if (service == m_faces.end()) return Error(Errc::badInput, "no such face service");
        const auto judged = service->second->judge(toHex(actor.person), proof.evidence);
        if (!judged && judged.error().code == Errc::unavailable) return judged.error();
        if (!judged) return Denied::livenessFailed;
    }
    HUFU_TRY(signature, m_key.sign(signedBytes(actor.company, mark)));
    mark.signature = signature;
    return mark;
}

} // namespace hufu::enterprise
