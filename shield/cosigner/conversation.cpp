// What every conversation needs: the greeting, MACs, results.
#include "shield/cosigner/conversation.h"

#include "shield/base/ct.h"
#include "shield/base/limits.h"
#include "shield/cosigner/sealing.h"
#include "shield/cosigner/state.h"
#include "shield/crypto/sm3.h"

namespace hufu::cosigner {

Conversation::Conversation(Core &core, std::uint64_t connection)
    : m_core(core), m_connection(connection), m_cn(core.ports.random.bytes<16>("cn")), m_state(std::make_unique<State>())
{}

Conversation::~Conversation()
{
    m_core.endConnection(m_connection);
}

Result<wire::Greeting> Conversation::greeting() const
{
    wire::Greeting greeting;
    greeting.cn = m_cn;
    HUFU_TRY(epoch, readNumber(m_core.ports.ledger, kRestoreEpochName));
    greeting.restoreEpoch = epoch;
    greeting.serverMs = m_core.ports.clock.unixMs();
    return greeting;
}

Result<void> Conversation::checkMac(const ByteArray<16> &acct, ByteView input, const ByteArray<32> &mac)
{
    if (m_acct && *m_acct != acct) return Error(Errc::tampered, "a connection speaks for one device");
    auto row = readDevice(m_core.ports.ledger, acct);
    if (!row && row.error().code == Errc::notFound) return Error(Errc::tampered, "MAC");
    if (!row) return row.error();
    HUFU_TRY(kDev, openKDev(m_core.ports.masterKey, row->sealedKDev, acct));
    m_candidate.reset();
    if (!ct::equal(crypto::hmacSm3(kDev.expose(), input), mac)) HUFU_CHECK(checkCandidate(acct, input, mac));
    m_acct = acct;
    return {};
}

Result<ByteArray<32>> Conversation::macOf(ByteView input) const
{
    if (!m_acct) return Error(Errc::badState, "nobody has proved himself");
    if (!m_candidate) {
        HUFU_TRY(row, readDevice(m_core.ports.ledger, *m_acct));
        HUFU_TRY(kDev, openKDev(m_core.ports.masterKey, row.sealedKDev, *m_acct));
        return crypto::hmacSm3(kDev.expose(), input);
    }
    HUFU_TRY(sealed, m_core.ports.ledger.read(ports::Table::code, recoveryKey(*m_acct)));
    if (!sealed) return Error(Errc::badState, "the recovery is over");
    HUFU_TRY(row, openRecovery(m_core.ports.masterKey, *sealed, *m_acct));
    const bool isSame = row.candidate && ct::equal(crypto::sm3(row.candidate->kDev.expose()), *m_candidate);
    if (!isSame) return Error(Errc::badState, "another recovery");
    return crypto::hmacSm3(row.candidate->kDev.expose(), input);
}

Result<ResultAnswer> Conversation::resultQuery(const wire::ResultQuery &query)
{
    HUFU_CHECK(verifyMac(query));
    const Bytes key = resultKey(query.acct, query.sid);
    HUFU_TRY(sealed, m_core.ports.ledger.read(ports::Table::result, key));
    if (!sealed) return ResultAnswer(wire::Unknown{query.sid});
    HUFU_TRY(row, openResult(m_core.ports.masterKey, *sealed, key));
    if (m_core.ports.clock.unixMs() - row.atMs >= limits::kResultKeptMs) return ResultAnswer(wire::Unknown{query.sid});
    wire::Resp resp;
    resp.sid = query.sid;
    resp.verdict = row.verdict;
    resp.signatures = std::move(row.signatures);
    return ResultAnswer(std::move(resp));
}

} // namespace hufu::cosigner
