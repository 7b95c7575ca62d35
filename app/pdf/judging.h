// What the signatures and seals of a PDF prove: for each who, when, over which bytes, and what was added behind it.
#pragma once

#include "app/envelope/outcome.h"
#include "app/pdf/codes.h"
#include "platform/pdf/signatures.h"

namespace hufu::pdf_app {

struct SignatureVerdict {
    pdf::PdfSignature signature;
    std::optional<documents::Verdict> cms;    // one of the two, by the form of the signature
    std::optional<documents::SesVerdict> ses;
    std::vector<documents::Verdict> signers;  // of a CMS each one's by itself: what cms comes from
    std::optional<catalogue::Code> problem;   // none: it holds, and at most seals and validation data came behind it
};

struct PdfVerdict {
    std::vector<pdf::PdfPage> pages;
    std::vector<SignatureVerdict> signatures; // in the order of what they cover
    // Of the first signature that does not hold; HF-625 if there is no signature.
    std::optional<catalogue::Code> problem() const;
};

bool isPdf(const std::filesystem::path &path); // by its first bytes

// What is in a PDF, without a judgement. Codes: HF-604, 620 to 622.
envelope::Outcome<pdf::PdfFacts> look(const std::filesystem::path &path);
// In: question, whose signer counts for CMS alone. Codes: as look; 612.
envelope::Outcome<PdfVerdict> judge(const std::filesystem::path &path, const documents::Question &question);

} // namespace hufu::pdf_app
