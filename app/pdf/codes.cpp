#include "app/pdf/codes.h"

#include "app/envelope/outcome.h"

namespace hufu::pdf_app {

using catalogue::Code;

Code codeOf(const pdf::Failure &failure)
{
    switch (failure.refusal) {
    case pdf::Refusal::file: return envelope::codeOf(failure.trouble, Code::internal);
    case pdf::Refusal::broken: return Code::pdfBroken;
    case pdf::Refusal::encrypted: return Code::pdfEncrypted;
    case pdf::Refusal::tooComplex: return Code::pdfTooComplex;
    case pdf::Refusal::locked: return Code::pdfLocked;
    case pdf::Refusal::noPlace: return Code::pdfNoPlace;
    case pdf::Refusal::noRoom: return Code::internal; // whoever leaves the room knows what comes
    }
    return Code::internal;
}

static Code codeOf(x509::Fault fault)
{
    return fault == x509::Fault::revoked ? Code::certificateRevoked : Code::certificateInvalid;
}

Code codeOf(const documents::Verdict &verdict)
{
    switch (verdict.finding) {
    case documents::Finding::malformed: return Code::fileUnknown;
    case documents::Finding::certificateMissing: return Code::certificateInvalid;
    case documents::Finding::certificateRefused: return codeOf(verdict.chainFault);
    default: return Code::signatureInvalid;
    }
}

Code codeOf(const documents::SesVerdict &verdict)
{
    switch (verdict.finding) {
    case documents::SesFinding::signerNotOfSeal:
    case documents::SesFinding::sealRefused: return Code::sealRefused;
    case documents::SesFinding::certificateRefused: return codeOf(verdict.chainFault);
    default: return Code::signatureInvalid;
    }
}

} // namespace hufu::pdf_app
