#include "shield/phone/certificate_check.h"

#include "shield/phone/own_subject.h"
#include "shield/x509/chain.h"

namespace hufu::phone {

namespace {

Result<void> checkOne(ByteView der, x509::KeyKind kind, const crypto::PublicKey &own,
                      const intent::Subject &subject, const x509::Trust &trust, std::int64_t nowMs)
{
    HUFU_TRY(certificate, x509::Certificate::parse(der));
    if (!(certificate.publicKey() == own)) return Error(Errc::tampered, "a certificate of another key");
    const x509::Subject expected{subject.country, subject.organization, subject.unit, subject.commonName,
                                 subject.serialNumber};
    if (!(certificate.subject() == expected)) return Error(Errc::tampered, "a certificate of another subject");
    x509::Demand demand;
    demand.kind = kind;
    demand.atMs = demand.nowMs = nowMs;
    return x509::verifyChain(certificate, trust, demand);
}

} // namespace

Result<void> checkCertificates(const wire::Certificates &issued, const vault::Certificates &known,
                               const vault::Device &device, const vault::EpochShares &shares,
                               std::int64_t nowMs)
{
    if (!known.root.empty() && known.root != issued.root)
        return Error(Errc::tampered, "another root than before");
    HUFU_TRY(subject, subjectFrom(device.subject));
    HUFU_TRY(root, x509::Certificate::parse(issued.root));
    HUFU_TRY(issuing, x509::Certificate::parse(issued.issuing));
    x509::Trust trust;
    trust.roots = {root};
    trust.intermediates = {issuing};
    HUFU_CHECK(checkOne(issued.sign, x509::KeyKind::sign, shares.sign.point, subject, trust, nowMs));
    return checkOne(issued.encrypt, x509::KeyKind::encrypt, shares.encrypt.point, subject, trust, nowMs);
}

} // namespace hufu::phone
