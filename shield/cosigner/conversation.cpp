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
