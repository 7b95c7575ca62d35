#include "app/server/phone_acts.h"

#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"

#include <algorithm>

namespace hufu::server {

namespace {

using catalogue::Code;
using enterprise::Holder;
using intent::Act;
using intent::Manifest;
using ports::Table;

constexpr std::size_t kProbeBytes = 32;

// Table::meta. The request for the encrypt certificate: point 65 | key id 32 | SM3(manifest) 32 | r | s 64.
Bytes requestKey(const enterprise::Id &acct)
{
    return concat({viewOf("encrypt-request"), acct});
}

// Table::meta. The newest probe of an account: token 16 | SM3 of the 32 bytes.
Bytes probeKey(const enterprise::Id &acct)
{
    return concat({viewOf("probe"), acct});
}

x509::Subject certifiedSubjectOf(const Holder &holder)
{
    const intent::Subject subject = subjectOf(holder);
    return {subject.country, subject.organization, subject.unit, subject.commonName, subject.serialNumber};
}

} // namespace

intent::Subject subjectOf(const Holder &holder)
{
    // Never without one: by it a person's certificate is none of the service's, nor a namesake's.
    constexpr std::size_t kDigits = 16;
    const std::string &number = holder.person.staffNumber;
    return {"CN", holder.company.name, "", holder.person.name, number.empty() ? toHex(holder.personId).substr(0, kDigits) : number};
}

Result<void> PhoneActs::checkTurn(const enterprise::Id &acct, const cosigner::DeviceView &device, Act act)
{
    using State = wire::Certificates::State;
    HUFU_TRY(standing, certificates(acct));
    switch (act) {
    case Act::csr:
        return {};
    case Act::encryptCertificate:
        if (standing.state < State::signIssued) return Error(Errc::badState, "no sign certificate yet");
        return {};
    case Act::probe: {
        HUFU_TRY(request, m_services.ledger.read(Table::meta, requestKey(acct)));
        if (!request) return Error(Errc::badState, "no encrypt certificate was requested");
        Reader reader(*request);
        if (reader.array<65>() != device.encrypt.point.sm2Bytes())
            return Error(Errc::badState, "another key was requested");
        return {};
    }
    case Act::rehearseSign:
    case Act::rehearseDecrypt:
    case Act::pinChange:
    case Act::vouch:
    case Act::revoke: {
        HUFU_TRY(activated, isActivated(acct));
        if (!activated) return Error(Errc::badState, "not activated yet");
        return {};
    }
    default:
        return Error(Errc::badInput, "not an act of the phone itself");
    }
}

Result<Manifest> PhoneActs::manifestFor(const Holder &holder, const cosigner::DeviceView &device, Act act)
{
    Manifest manifest;
    manifest.act = act;
    manifest.flow = intent::Flow::phone;
    manifest.nonce = m_services.random.bytes<16>("session-nonce");
    manifest.created = m_services.clock.unixMs();
    manifest.platform = {"hufu", "虎符 Hufu"};
    manifest.company = holder.company.name;
    manifest.person = holder.person.name;
    if (act == Act::csr) manifest.csrRequest = intent::CsrRequest{subjectOf(holder), device.sign.point};
    if (act == Act::encryptCertificate)
        manifest.encryptRequest =
            intent::EncryptRequest{holder.acct, device.encrypt.point.sm2Bytes(), device.encrypt.keyId};
    return manifest;
}

Result<sessions::Claim> PhoneActs::begin(const Holder &holder, const sessions::Claimant &claimant, Act act)
{
    HUFU_TRY(device, m_services.cosigner.device(holder.acct));
    HUFU_CHECK(checkTurn(holder.acct, device, act));
    HUFU_TRY(manifest, manifestFor(holder, device, act));
    if (act != Act::probe && act != Act::rehearseDecrypt)
        return m_services.sessions.startFromPhone(claimant, manifest, {});

    auto secret = m_services.random.secret<kProbeBytes>("probe");
    HUFU_TRY(point, device.encrypt.point.sm2());
    HUFU_TRY(ciphertext, crypto::sm2Encrypt(point, secret.expose(), m_services.random));
    HUFU_TRY(der, x509::sm2CipherDer(ciphertext));
    manifest.files.push_back(
        {act == Act::probe ? "probe.der" : "rehearsal.der", der.size(), crypto::sm3(der), 0});
    HUFU_TRY(claim, m_services.sessions.startFromPhone(claimant, manifest, {der}));
    if (act == Act::probe) {
        const auto digest = crypto::sm3(secret.expose());
        HUFU_TRY(transaction, m_services.ledger.begin());
        HUFU_CHECK(transaction->write(Table::meta, probeKey(holder.acct), concat({claim.token, digest})));
        HUFU_CHECK(transaction->commit());
    }
    return claim;
}

Result<ByteArray<32>> PhoneActs::probeOf(const enterprise::Id &acct, const sessions::Token &token)
{
    HUFU_TRY(row, m_services.ledger.read(Table::meta, probeKey(acct)));
    if (!row) return Error(Errc::notFound, "no probe");
    Reader reader(*row);
    const auto of = reader.array<16>();
    const auto digest = reader.array<32>();
    HUFU_CHECK(reader.finish());
    if (of != token) return Error(Errc::notFound, "another probe");
    return digest;
}

Result<void> PhoneActs::commit(ports::Transaction &transaction, const Holder &holder, const Manifest &manifest,
                               ByteView tbs, const ByteArray<64> &signature)
{
    if (manifest.act == Act::csr) {
        HUFU_TRY(csr, x509::assembleCsr(tbs, manifest.csrRequest->point.suite(), signature));
        HUFU_TRY(issued, m_services.authority.issueSign(transaction, csr, certifiedSubjectOf(holder),
                                                        holder.acct, m_services.clock.unixMs()));
        static_cast<void>(issued);
        return {};
    }
    if (manifest.act == Act::encryptCertificate) {
        const intent::EncryptRequest &request = *manifest.encryptRequest;
        return transaction.write(Table::meta, requestKey(holder.acct),
                                 concat({request.point, request.keyId, manifest.sm3(), signature}));
    }
    // Why, the server does not know; the keys go on opening what was sealed for them.
    if (manifest.act == Act::revoke)
        return m_services.authority.revokeAllOf(transaction, holder.acct, x509::Reason::unspecified, m_services.clock.unixMs(), {audit::By::person, holder.personId});
    if (manifest.act == Act::vouch) return m_services.enterprise.openNextGrant(transaction, holder.acct, intent::vouchedCode(signature));
    return {};
}

Result<void> PhoneActs::issueEncrypt(ports::Transaction &transaction, const Holder &holder)
{
    HUFU_TRY(request, transaction.readForChange(Table::meta, requestKey(holder.acct)));
    if (!request) return Error(Errc::badState, "no encrypt certificate was requested");
    HUFU_TRY(point, crypto::Point::parse(ByteView(*request).first(crypto::kPointBytes)));
    HUFU_TRY(issued, m_services.authority.issueEncrypt(transaction, point, certifiedSubjectOf(holder),
                                                       holder.acct, m_services.clock.unixMs()));
    static_cast<void>(issued);
    // Until both certificates stand, the activation code works on: the person may have to start over.
    HUFU_CHECK(m_services.enterprise.confirmActivation(transaction, holder.acct));
    return transaction.remove(Table::meta, probeKey(holder.acct));
}

Result<wire::Certificates> PhoneActs::certificates(const enterprise::Id &acct)
{
    using State = wire::Certificates::State;
    HUFU_TRY(records, m_services.authority.findByHolder(acct));
    wire::Certificates out;
    for (const authority::Record &record : records) { // oldest first: the newest stays
        if (record.revocation) continue;
        (record.kind == x509::KeyKind::sign ? out.sign : out.encrypt) = record.certificate.der();
    }
    out.issuing = m_services.authority.issuing().der();
    out.root = m_services.authority.root().der();
    if (!out.sign.empty()) out.state = State::signIssued;
    if (out.state == State::signIssued && !out.encrypt.empty()) {
        out.state = State::active;
    } else if (out.state == State::signIssued) {
        HUFU_TRY(request, m_services.ledger.read(Table::meta, requestKey(acct)));
        if (request) out.state = State::encryptRequested;
    }
    return out;
}

Result<bool> PhoneActs::isActivated(const enterprise::Id &acct)
{
    HUFU_TRY(records, m_services.authority.findByHolder(acct));
    const auto has = [&records](x509::KeyKind kind) {
        return std::ranges::any_of(records, [kind](const auto &record) { return record.kind == kind; });
    };
    return has(x509::KeyKind::sign) && has(x509::KeyKind::encrypt);
}

Result<std::optional<Code>> PhoneActs::barOf(const Holder &holder, Act act)
{
    using Bar = std::optional<Code>;
    if (intent::opOf(act) != intent::Op::sign && act != Act::probe) return Bar();
    const std::int64_t now = m_services.clock.unixMs();
    if (holder.seatUntilMs <= now && act != Act::revoke) return Bar(Code::seatEnded);
    HUFU_TRY(records, m_services.authority.findByHolder(holder.acct));
    const auto newest = std::find_if(records.rbegin(), records.rend(), [](const authority::Record &record) {
        return record.kind == x509::KeyKind::sign;
    });
    if (newest == records.rend()) return act == Act::csr ? Bar() : Bar(Code::certificateInvalid);
    if (newest->revocation) return Bar(Code::certificateRevoked);
    // Whose certificate is over may still vouch for the next one: the PIN is right, and the person is looked at again.
    if (now >= newest->certificate.notAfterMs() && act != Act::vouch) return Bar(Code::certificateExpired);
    if (now < newest->certificate.notBeforeMs()) return Bar(Code::certificateInvalid);
    return Bar();
}

} // namespace hufu::server
