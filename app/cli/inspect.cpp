#include "app/cli/words.h"
#include "app/envelope/envelope_file.h"
#include "app/pdf/judging.h"

#include "shield/documents/cms.h"
#include "shield/documents/enveloped.h"
#include "shield/intent/frame.h"
#include "shield/intent/manifest.h"
#include "shield/x509/request.h"
#include "shield/x509/revocation_list.h"
#include "shield/x509/sm2_der.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <cstdio>

namespace hufu::cli {

std::string shown(const std::string &text)
{
    return intent::checkText(text, 1024) ? text : "(not to be shown) " + toHex(hufu::viewOf(text));
}

static void line(const char *name, const std::string &value)
{
    if (!value.empty()) std::printf("  %-16s %s\n", name, value.c_str());
}

static void showCertificate(const x509::Certificate &certificate)
{
    line("subject", shown(certificate.subjectText()));
    line("issuer", shown(certificate.issuer().commonName));
    line("serial", toHex(certificate.serial()));
    line("from", timeText(certificate.notBeforeMs()).toStdString());
    line("until", timeText(certificate.notAfterMs()).toStdString());
    line("key id", toHex(certificate.subjectKeyId()));
    line("use", certificate.isAuthority()                       ? "certificate authority"
                : certificate.allows(x509::KeyKind::sign)    ? "sign"
                : certificate.allows(x509::KeyKind::encrypt) ? "encrypt"
                                                             : "other");
}

static void showManifest(const intent::Manifest &manifest)
{
    line("act", std::string(intent::nameOf(manifest.act)));
    line("platform", manifest.platform.name + " (" + manifest.platform.id + ")");
    if (manifest.project) line("project", manifest.project->name);
    line("created", timeText(manifest.created).toStdString());
    if (manifest.deadline) line("deadline", timeText(*manifest.deadline).toStdString());
    if (manifest.desk) line("desk", manifest.desk->name + (manifest.desk->known ? " (enrolled)" : " (unknown)"));
    for (const intent::File &file : manifest.files)
        line("file", file.name + ", " + std::to_string(file.size) + " bytes, SM3 " + toHex(file.sm3));
    line("SM3", toHex(manifest.sm3()));
}

static bool showFrame(std::string_view text)
{
    const auto frame = intent::Frame::fromText(text);
    if (!frame) return false;
    std::printf("QR frame\n");
    line("kind", frame->kind == intent::FrameKind::desk ? "desk" : "page");
    line("token", toHex(frame->token));
    line("second", std::to_string(frame->second));
    if (frame->kind == intent::FrameKind::desk) line("desk id", toHex(frame->deskId));
    return true;
}

static void showSeal(const documents::SesSeal &seal)
{
    const documents::SesSealInfo &info = seal.info;
    line("seal", shown(info.name) + ", " + shown(info.id));
    line("kind", info.type == documents::SesSealInfo::Type::unit ? "of a company" : "of a person");
    line("made", timeText(info.createdMs).toStdString());
    line("valid from", timeText(info.fromMs).toStdString());
    line("valid until", timeText(info.untilMs).toStdString());
    line("picture", shown(info.picture.type) + ", " + std::to_string(info.picture.widthMm) + " x " + std::to_string(info.picture.heightMm) + " mm, " +
                        std::to_string(info.picture.data.size()) + " bytes");
    for (const x509::Certificate &signer : info.signers)
        line("may be used by", shown(signer.subjectText()));
    for (const ByteArray<32> &signer : info.signerDigests)
        line("may be used by", "certificate with SM3 " + toHex(signer));
    line("maker", shown(seal.maker.subjectText()));
}

static void showSealSignature(const documents::SesSignature &signature)
{
    line("signed at", timeText(signature.toSign.timeMs).toStdString());
    line("digest", toHex(signature.toSign.dataHash));
    line("document", shown(signature.toSign.property));
    if (signature.toSign.manifestSm3) line("manifest SM3", toHex(*signature.toSign.manifestSm3));
    line("signer", shown(signature.signer.subjectText()));
    showSeal(signature.toSign.seal);
}

// Tries each form that Hufu makes; false if bytes is none of them.
static bool show(ByteView bytes)
{
    if (const auto certificate = x509::Certificate::parseAny(bytes)) {
        std::printf("certificate\n");
        showCertificate(*certificate);
        return true;
    }
    if (const auto list = x509::RevocationList::parseAny(bytes)) {
        std::printf("revocation list\n");
        line("made", timeText(list->thisUpdateMs()).toStdString());
        line("next", timeText(list->nextUpdateMs()).toStdString());
        line("revoked", std::to_string(list->size()));
        return true;
    }
    if (const auto cms = documents::Cms::parse(bytes)) {
        std::printf("CMS signature, %s\n", cms->content ? "with its content" : "detached");
        line("dialect", cms->dialect == documents::Dialect::gmt0010 ? "GM/T 0010" : "PKCS #7");
        if (cms->content) line("content", std::to_string(cms->content->size()) + " bytes");
        for (const documents::CmsSigner &signer : cms->signers) {
            line("digest", toHex(signer.attributes.messageDigest));
            if (signer.attributes.signingTimeMs) line("signed at", timeText(*signer.attributes.signingTimeMs).toStdString());
            if (signer.attributes.manifestSm3) line("manifest SM3", toHex(*signer.attributes.manifestSm3));
            showCertificate(signer.certificate);
        }
        return true;
    }
    if (const auto seal = documents::SesSeal::parse(bytes)) {
        std::printf("electronic seal (GB/T 38540)\n");
        showSeal(*seal);
        return true;
    }
    if (const auto signature = documents::SesSignature::parse(bytes)) {
        std::printf("electronic signature under a seal (GB/T 38540)\n");
        showSealSignature(*signature);
        return true;
    }
    if (const auto data = documents::EnvelopedData::parse(bytes)) {
        std::printf("EnvelopedData: encrypted, not authenticated\n");
        line("dialect", data->dialect() == documents::Dialect::gmt0010 ? "GM/T 0010" : "PKCS #7");
        line("ciphertext", std::to_string(data->cipherBytes()) + " bytes");
        for (const documents::EnvelopeRecipient &recipient : data->recipients())
            line("recipient", "certificate " + shown(recipient.name));
        return true;
    }
    if (const auto request = x509::Request::parse(bytes)) {
        std::printf("certificate request, its signature is right\n");
        line("common name", shown(request->subject().commonName));
        line("organization", shown(request->subject().organization));
        return true;
    }
    if (const auto signature = x509::Sm2Signature::parse(bytes)) {
        std::printf("SM2 signature\n");
        line("r", toHex(signature->r));
        line("s", toHex(signature->s));
        return true;
    }
    if (const auto cipher = x509::parseSm2Cipher(bytes)) {
        std::printf("SM2 ciphertext (GM/T 0009)\n");
        line("content", std::to_string(cipher->c2.size()) + " bytes");
        return true;
    }
    if (const auto manifest = intent::Manifest::parse(bytes)) {
        std::printf("manifest\n");
        showManifest(*manifest);
        return true;
    }
    return showFrame(QString::fromUtf8(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()))
                         .trimmed()
                         .toStdString());
}

static int showEnvelope(const QString &path)
{
    const auto file = envelope::EnvelopeFile::open(path.toStdString());
    if (!file) {
        explain(file.problem(), path);
        return file.problem() == catalogue::Code::fileUnreadable ? kUnreadable : kFailed;
    }
    const documents::EnvelopeBody &body = file->body();
    std::printf("bid envelope, whole; its content and signature are not checked here\n");
    line("id", toHex(body.id));
    line("created", timeText(body.createdMs).toStdString());
    line("file", shown(body.fileName) + ", " + std::to_string(body.contentSize) + " bytes");
    if (body.project) {
        line("project", shown(body.project->id) + " " + shown(body.project->name));
        line("package", shown(body.project->package));
        if (body.project->openingMs) line("opening", timeText(*body.project->openingMs).toStdString());
    }
    for (const documents::EnvelopeRecipient &recipient : body.recipients)
        line("recipient", shown(recipient.name) + ", key " + toHex(recipient.keyId));
    if (const auto cms = documents::Cms::parse(file->cms()))
        line("sender", shown(cms->signers.front().certificate.subjectText()));
    else
        line("sender", "none: not signed");
    return kGood;
}

static int showPdf(const QString &path)
{
    const auto facts = pdf_app::look(path.toStdString());
    if (!facts) {
        explain(facts.problem(), path);
        return kUnreadable;
    }
    std::printf("PDF; its signatures are not checked here\n");
    line("pages", std::to_string(facts->pages.size()));
    for (const pdf::PdfSignature &signature : facts->signatures) {
        std::printf("signature %s, page %zu\n", shown(signature.field).c_str(), signature.page + 1);
        line("form", shown(signature.subFilter));
        if (signature.defect != pdf::Defect::none) {
            line("covers", signature.defect == pdf::Defect::range ? "not all but itself: not a signature of this document"
                                                                  : "something that never was a document");
            continue;
        }
        line("covers", "bytes 0 to " + std::to_string(signature.range.start) + " and " + std::to_string(signature.range.end) + " to " +
                           std::to_string(signature.end()) + (signature.coversAll ? ", the whole file" : ""));
        line("added behind", std::string(pdf::nameOf(signature.added)));
        if (const auto cms = documents::Cms::parse(signature.contents)) {
            for (const documents::CmsSigner &signer : cms->signers) {
                line("signer", shown(signer.certificate.subjectText()));
                if (signer.attributes.signingTimeMs) line("signed at", timeText(*signer.attributes.signingTimeMs).toStdString());
            }
        } else if (const auto ses = documents::SesSignature::parse(signature.contents)) {
            showSealSignature(*ses);
        }
    }
    return kGood;
}

int inspect(const QStringList &arguments)
{
    QCommandLineParser parser;
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu inspect")) + arguments);
    const QStringList things = parser.positionalArguments();
    WordCheck check(parser, parsed);
    check.wrongIf(things.isEmpty(), QStringLiteral("FILE | TEXT"), QStringLiteral("缺少要查看的文件或文字"), QStringLiteral("neither a file nor a text is named"));
    check.wrongIf(things.size() > 1, things.value(1), QStringLiteral("多余"), QStringLiteral("is one too many"));
    if (check.isWrong()) return check.tell("usage: hufu inspect FILE | TEXT\n");
    if (!QFileInfo::exists(things[0])) {
        if (showFrame(things[0].toStdString())) return kGood;
        if (things[0].startsWith(QLatin1String("HUFU:"))) {
            explain(catalogue::Code::frameBroken, things[0]);
            return kUnreadable;
        }
    }
    if (envelope::isEnvelope(things[0].toStdString())) return showEnvelope(things[0]);
    if (pdf_app::isPdf(things[0].toStdString())) return showPdf(things[0]);
    const auto file = readFile(things[0], 16 << 20);
    if (!file) return kUnreadable;
    if (show(viewOf(*file))) return kGood;
    explain(catalogue::Code::fileUnknown, things[0]);
    return kUnreadable;
}

} // namespace hufu::cli
