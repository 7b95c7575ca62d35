#include "app/server/portal_judge.h"

#include "app/envelope/envelope_file.h"
#include "app/pdf/judging.h"
#include "shield/crypto/sm3.h"

namespace hufu::server {

using catalogue::Code;

static Code codeOf(const documents::Verdict &verdict)
{
    if (verdict.finding != documents::Finding::certificateRefused) return Code::signatureInvalid;
    switch (verdict.chainFault) {
    case x509::Fault::revoked: return Code::certificateRevoked;
    case x509::Fault::expired: return Code::certificateExpired;
    default: return Code::certificateInvalid;
    }
}

envelope::Outcome<JudgedBid> judgeBid(const std::filesystem::path &file, const x509::Trust &trust, std::int64_t nowMs)
{
    const auto opened = envelope::EnvelopeFile::open(file);
    if (!opened) return opened.problem();
    if (!opened->body().senderSm3 || !opened->body().project) return Code::envelopeUnsigned;
    documents::Question question;
    question.trust = trust;
    question.nowMs = nowMs;
    const auto verdict = envelope::verify(*opened, question);
    if (!verdict) return verdict.problem();
    if (!verdict->isValid()) return codeOf(*verdict);
    const auto &subject = verdict->signer->subject();
    JudgedBid bid{subject.organization, subject.commonName, bytesOf(verdict->signer->serial()), opened->body().fileName, opened->body().contentSize,
                  opened->body().project->id, opened->body().project->openingMs, {}, verdict->contentSm3, {}};
    for (const auto &recipient : opened->body().recipients) {
        bid.keys.push_back(crypto::sm3(recipient.wrappedKey));
        bid.readers.push_back(toHex(recipient.keyId));
    }
    return bid;
}

envelope::Outcome<std::vector<Signer>> judgePdf(const std::filesystem::path &file, const x509::Trust &trust, std::int64_t nowMs)
{
    documents::Question question;
    question.trust = trust;
    question.nowMs = nowMs;
    const auto verdict = pdf_app::judge(file, question);
    if (!verdict) return verdict.problem();
    if (const auto problem = verdict->problem()) return *problem;
    std::vector<Signer> signers;
    const auto add = [&signers](const x509::Certificate &certificate) {
        signers.push_back({certificate.subject().organization, certificate.subject().commonName, certificate.serial()});
    };
    for (const pdf_app::SignatureVerdict &each : verdict->signatures) {
        for (const documents::Verdict &signer : each.signers)
            add(*signer.signer);
        if (each.ses) add(each.ses->signature->signer);
    }
    return signers;
}

} // namespace hufu::server
