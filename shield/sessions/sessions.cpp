#include "shield/sessions/sessions.h"

namespace hufu::sessions {

Sessions::Sessions(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, ports::Clock &clock,
                   codes::SmsCodes &smsCodes, FaceServices faces)
    : m_ledger(ledger), m_masterKey(masterKey), m_random(random), m_clock(clock), m_smsCodes(smsCodes),
      m_faces(std::move(faces))
{}

} // namespace hufu::sessions
