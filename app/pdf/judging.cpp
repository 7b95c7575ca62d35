#include "app/pdf/judging.h"

#include "shield/crypto/sm3.h"

namespace hufu::pdf_app {

using catalogue::Code;

namespace {

std::optional<Code> problemOf(const SignatureVerdict &verdict)
{
    if (verdict.signature.defect != pdf::Defect::none) return Code::signatureInvalid;
    // A signature of a form that we do not know proves nothing, and the file is a PDF nonetheless.
    if (!verdict.cms && !verdict.ses) return Code::signatureInvalid;
    if (verdict.cms && verdict.cms->finding == documents::Finding::malformed) return Code::signatureInvalid;
    if (verdict.cms && !verdict.cms->isValid()) return codeOf(*verdict.cms);
    if (verdict.ses && !verdict.ses->isValid()) return codeOf(*verdict.ses);
    if (verdict.signature.added > pdf::Added::seals) return Code::pdfChanged;
    return std::nullopt;
}

} // namespace

std::optional<Code> PdfVerdict::problem() const
{
    if (signatures.empty()) return Code::pdfUnsigned;
    for (const SignatureVerdict &each : signatures)
        if (each.problem) return each.problem;
    return std::nullopt;
}

bool isPdf(const std::filesystem::path &path)
{
    pdf::FileSource source;
    return source.open(path) == files::Trouble::none && textOf(source.piece(0, 5)) == "%PDF-";
}

envelope::Outcome<pdf::PdfFacts> look(const std::filesystem::path &path)
{
    pdf::FileSource source;
    if (const files::Trouble trouble = source.open(path); trouble != files::Trouble::none) return codeOf(pdf::Failure(trouble));
    auto facts = pdf::examine(source);
    if (!facts) return codeOf(facts.failure());
    return std::move(*facts);
}

envelope::Outcome<PdfVerdict> judge(const std::filesystem::path &path, const documents::Question &question)
{
    pdf::FileSource source;
    if (const files::Trouble trouble = source.open(path); trouble != files::Trouble::none) return codeOf(pdf::Failure(trouble));
    auto facts = pdf::examine(source);
    if (!facts) return codeOf(facts.failure());
    PdfVerdict out;
    out.pages = facts->pages;
    for (pdf::PdfSignature &signature : facts->signatures) {
        SignatureVerdict verdict;
        verdict.signature = std::move(signature);
        const pdf::PdfSignature &found = verdict.signature;
        if (found.defect == pdf::Defect::none) {
            crypto::Sm3 hash;
            const files::Trouble trouble = pdf::pourCovered(source, found.range, [&hash](ByteView piece) { hash.update(piece); });
            if (trouble != files::Trouble::none) return codeOf(pdf::Failure(trouble));
            const auto digest = hash.finish();
            if (found.subFilter == pdf::kSesSubFilter)
                verdict.ses = documents::verifySes(found.contents, digest, question.trust, question.nowMs, question.revocationRequired, question.manifest);
            else if (found.subFilter == pdf::kCmsSubFilter) {
                verdict.signers = documents::verifyEachSigner(found.contents, digest, question);
                verdict.cms = documents::togetherOf(verdict.signers, question);
            }
        }
        verdict.problem = problemOf(verdict);
        out.signatures.push_back(std::move(verdict));
    }
    if (const files::Trouble trouble = source.check(); trouble != files::Trouble::none) return codeOf(pdf::Failure(trouble));
    return out;
}

} // namespace hufu::pdf_app
