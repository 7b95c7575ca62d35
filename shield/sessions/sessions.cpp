#include "shield/sessions/sessions.h"

#include "shield/crypto/sm3.h"

namespace hufu::sessions {

Sessions::Sessions(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
                   codes::SmsCodes &smsCodes, FaceServices faces, audit::AccountLog log)
    : m_ledger(ledger), m_masterKey(masterKey), m_random(random), m_clock(clock), m_smsCodes(smsCodes),
      m_faces(std::move(faces)), m_log(std::move(log))
{}

Result<void> Sessions::note(ports::Transaction &transaction, const AccountId &acct, audit::Event event, const Token &token, ByteView manifest,
                            std::uint16_t code)
{
    return m_log(transaction, acct, {event, m_clock.unixMs(), token, crypto::sm3(manifest), code});
}

Result<void> Sessions::keepAbout(ports::Transaction &transaction, ByteView bytes)
{
    HUFU_TRY(manifest, intent::Manifest::parse(bytes));
    const intent::Project project = manifest.project.value_or(intent::Project{});
    return audit::keepAbout(transaction, crypto::sm3(bytes), {manifest.platform.name, project.id, project.name, project.package});
}

} // namespace hufu::sessions
