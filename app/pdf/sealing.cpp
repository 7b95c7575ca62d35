#include "app/pdf/sealing.h"

#include "app/pdf/codes.h"
#include "platform/drawing/seal_picture.h"
#include "shield/crypto/sm3.h"
#include "shield/ports/random.h"

namespace hufu::pdf_app {

using catalogue::Code;

Result<pdf::SealImage> imageOf(const drawing::SealPicture &picture, int dotsPerInch)
{
    HUFU_TRY(pixels, picture.image(dotsPerInch));
    const QImage image = pixels.convertToFormat(QImage::Format_RGBA8888);
    pdf::SealImage out{image.width(), image.height(), {}};
    const auto row = static_cast<std::ptrdiff_t>(image.width()) * 4;
    for (int y = 0; y < image.height(); ++y)
        out.rgba.insert(out.rgba.end(), image.constScanLine(y), image.constScanLine(y) + row);
    return out;
}

envelope::Outcome<std::unique_ptr<Sealing>> Sealing::begin(const std::filesystem::path &source, const std::filesystem::path &target, bool replace,
                                                           pdf::SealOrder order, ports::Random &random, const pdf::Sink &covered)
{
    if (order.revisionId == ByteArray<16>{}) order.revisionId = random.bytes<16>("pdf-revision");
    crypto::Sm3 hash;
    auto prepared = pdf::PreparedPdf::prepare(source, target, replace, order, [&](ByteView piece) {
        hash.update(piece);
        if (covered) covered(piece);
    });
    if (!prepared) return codeOf(prepared.failure());
    std::unique_ptr<Sealing> out(new Sealing);
    out->m_prepared = std::move(*prepared);
    out->m_form = order.form;
    out->m_digest = hash.finish();
    return out;
}

envelope::Outcome<pdf::ByteRange> Sealing::finish(ByteView signature)
{
    // Who signed and by what right is judged by whoever reads the document; that it is of this document, here.
    if (m_form == pdf::SignatureForm::cms) {
        const auto cms = documents::Cms::parse(signature);
        if (!cms || cms->content) return Code::malformed;
        for (const documents::CmsSigner &signer : cms->signers)
            if (signer.attributes.messageDigest != m_digest ||
                !x509::verifySignature(signer.certificate.publicKey(), signer.attributes.der, signer.signature))
                return Code::signatureInvalid;
    } else {
        const auto ses = documents::SesSignature::parse(signature);
        if (!ses) return Code::malformed;
        if (ses->toSign.dataHash != m_digest || !x509::verifySignature(ses->signer.publicKey(), ses->toSignDer, ses->signature))
            return Code::signatureInvalid;
    }
    const auto finished = m_prepared->finish(signature);
    if (!finished) return codeOf(finished.failure());
    return *finished;
}

} // namespace hufu::pdf_app
