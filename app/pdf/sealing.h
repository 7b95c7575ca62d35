// Seals a PDF around a signature that is made elsewhere, between begin and finish. The original stays as it is.
#pragma once

#include "app/envelope/outcome.h"
#include "platform/pdf/seal.h"
#include "shield/documents/ses_signature.h"

namespace hufu::drawing {
class SealPicture;
}

namespace hufu::pdf_app {

inline constexpr int kSealDotsPerInch = 300;

// Errors: badInput.
Result<pdf::SealImage> imageOf(const drawing::SealPicture &picture, int dotsPerInch = kSealDotsPerInch);

class Sealing {
public:
    // In: covered, which gets the bytes that are to be signed, in order; may be empty. Draws "pdf-revision" (16 bytes) unless the order
    // has a revisionId: with the same one, and the same time, the same comes of the same.
    // Codes: HF-604, 610 to 613, 620 to 624.
    static envelope::Outcome<std::unique_ptr<Sealing>> begin(const std::filesystem::path &source, const std::filesystem::path &target, bool replace,
                                                             pdf::SealOrder order, ports::Random &random, const pdf::Sink &covered = {});

    // SM3 of what is to be signed.
    const ByteArray<32> &digest() const { return m_digest; }

    // Puts a signature of the order's form into the file, and gives it its name. In: signature, DER of a detached CMS or
    // of a SES_Signature, over digest(). Returns: which bytes it covers. Codes: HF-602, 610, 611, 613; 100.
    envelope::Outcome<pdf::ByteRange> finish(ByteView signature);

private:
    Sealing() = default;
    std::unique_ptr<pdf::PreparedPdf> m_prepared;
    pdf::SignatureForm m_form = pdf::SignatureForm::cms;
    ByteArray<32> m_digest{};
};

} // namespace hufu::pdf_app
