#include "shield/phone/logbook.h"

#include "shield/crypto/sm3.h"
#include "shield/phone/problem.h"
#include "shield/x509/certificate.h"

namespace hufu::phone {

vault::HistoryEntry entryOf(const Environment &environment, const Request &request, bool isApproved, std::uint16_t code)
{
    const intent::Manifest &manifest = request.manifest;
    vault::HistoryEntry entry;
    entry.atMs = environment.clock.unixMs();
    entry.act = intent::nameOf(manifest.act);
    entry.platform = manifest.platform.name;
    if (!manifest.files.empty()) entry.summary = manifest.files.front().name;
    entry.approved = isApproved;
    entry.code = code;
    entry.token = request.token;
    entry.manifestSm3 = crypto::sm3(request.manifestBytes);
    entry.manifest = request.manifestBytes;
    if (const auto certificates = environment.vault.certificates()) {
        const bool opens = intent::opOf(manifest.act) == intent::Op::decrypt;
        const auto certificate = x509::Certificate::parse(opens ? certificates->encrypt : certificates->sign);
        if (certificate) entry.certificate = toHex(certificate->serial());
    }
    return entry;
}

void Logbook::show(const Environment &environment, const Request &request)
{
    auto entry = entryOf(environment, request, false, hf::kUndecided);
    // The phone died over it and looked at the code once more: it is one request.
    if (const auto history = environment.vault.history())
        for (const vault::HistoryEntry &known : *history)
            if (known.token == entry.token && known.code == hf::kUndecided) m_noted = known;
    if (end(environment.vault, entry)) m_noted = std::move(entry);
}

Result<void> Logbook::begin(const Environment &environment, const Request &request)
{
    if (m_hasBegun) return {};
    auto entry = entryOf(environment, request, false, hf::kConnectionLost);
    HUFU_CHECK(end(environment.vault, entry));
    m_noted = std::move(entry);
    m_hasBegun = true;
    return {};
}

Result<void> Logbook::end(vault::Vault &vault, const vault::HistoryEntry &entry)
{
    return m_noted ? vault.replaceHistory(*m_noted, entry) : vault.addHistory(entry);
}

} // namespace hufu::phone
