// Certificates, requests, lists and signatures: what comes as DER or PEM from anywhere.
#include "shield/documents/cms.h"
#include "shield/documents/encryption.h"
#include "shield/documents/enveloped.h"
#include "shield/documents/envelope.h"
#include "shield/documents/verdict.h"
#include "shield/x509/pem.h"
#include "shield/x509/revocation_list.h"
#include "shield/x509/signed_shell.h"
#include "shield/x509/sm2_der.h"
#include "tests/fuzz/target.h"
#include "tests/shield/documents/seals.h"
#include "tests/support/pki.h"

#include <algorithm>

namespace hufu::tests {

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;

// Keys that are drawn anew in each process: nothing in a corpus is signed by them.
const Pki &strangers()
{
    static const Pki pki(kNow);
    return pki;
}

const WholeKey &requester()
{
    static const WholeKey key = [] {
        WholeKey out;
        out.d = crypto::Scalar::fromWord(0x1234567);
        out.point = crypto::mulBase(out.d);
        return out;
    }();
    return key;
}

void feedCertificate(ByteView bytes)
{
    const auto certificate = x509::Certificate::parse(bytes);
    if (!certificate) return;
    hold(sameBytes(certificate->der(), bytes), "a certificate is kept as it came");
    const auto again = x509::Certificate::parsePem(certificate->pem());
    hold(again && *again == *certificate, "PEM holds the certificate");
    hold(!certificate->allows(x509::KeyKind::sign) || !certificate->allows(x509::KeyKind::encrypt),
         "a key has one kind");
    const auto report = x509::checkChain(*certificate, strangers().trust(), {x509::KeyKind::sign, kNow, kNow, false});
    hold(report.fault != x509::Fault::none, "a stranger's certificate is not trusted");
}

std::vector<Bytes> certificateSeeds()
{
    const Pki &pki = strangers();
    return {pki.root.der(), pki.issuing.der(), pki.sign.der(), pki.encrypt.der()};
}

void feedPem(ByteView bytes)
{
    const std::string text = textOf(bytes);
    const auto blocks = x509::blocksOfPem(text, "CERTIFICATE");
    if (const auto list = x509::Certificate::parsePemList(text))
        hold(blocks && blocks->size() == list->size(), "each block is a certificate");
    if (blocks)
        for (const Bytes &block : *blocks) {
            const auto again = x509::blocksOfPem(x509::toPem("CERTIFICATE", block), "CERTIFICATE");
            hold(again && again->size() == 1 && again->front() == block, "PEM holds the block");
        }
}

std::vector<Bytes> pemSeeds()
{
    return {bytesOf(viewOf("text\n" + strangers().sign.pem() + strangers().issuing.pem())),
            bytesOf(viewOf(x509::toPem("CERTIFICATE", Bytes{0x30, 0}) + x509::toPem("X509 CRL", Bytes{0x30, 0})))};
}

void feedList(ByteView bytes)
{
    const auto list = x509::RevocationList::parse(bytes);
    if (!list) return;
    hold(sameBytes(list->der(), bytes), "a list is kept as it came");
    const auto again = x509::RevocationList::parseAny(bytesOf(viewOf(list->pem())));
    hold(again && again->der() == list->der(), "PEM holds the list");
    hold(!list->verify(strangers().issuing), "a stranger's list is not believed");
}

std::vector<Bytes> listSeeds()
{
    return {strangers().list({}).der(),
            strangers()
                .list({{Bytes{0x41, 2}, {kNow - kDayMs, x509::Reason::keyCompromise}},
                       {Bytes{0x42}, {kNow - 2 * kDayMs, x509::Reason::unspecified}}})
                .der()};
}

void feedShell(ByteView bytes)
{
    const auto shell = x509::SignedShell::parse(bytes);
    if (!shell) return;
    const auto again = shell->der();
    hold(bool(again), "what was read can be written");
    const auto twice = x509::SignedShell::parse(*again);
    hold(twice && twice->content == shell->content && twice->signature == shell->signature,
         "the shell holds its content");
}

std::vector<Bytes> shellSeeds()
{
    const auto info = x509::requestInfo(kPerson, requester().point);
    return {*x509::assembleCsr(*info, requester().sign(*info))};
}

// Random bytes never carry a right signature: this one is made over whatever the content is.
void feedRequest(ByteView bytes)
{
    hold(!x509::Request::parse(bytes) || sameBytes(bytes, shellSeeds().front()) ||
             bool(x509::SignedShell::parse(bytes)),
         "a request is a signed shell");
    const x509::SignedShell shell{bytesOf(bytes), requester().sign(bytes)};
    const auto der = shell.der();
    if (!der) return;
    const auto request = x509::Request::parse(*der);
    if (!request) return;
    hold(request->publicKey() == requester().point, "who signs is who asks");
}

std::vector<Bytes> requestSeeds()
{
    return {*x509::requestInfo(kPerson, requester().point), *x509::requestInfo({"CN", "o", "", "n", ""}, requester().point)};
}

void feedSignature(ByteView bytes)
{
    const auto signature = x509::Sm2Signature::parse(bytes);
    if (!signature) return;
    const auto again = signature->der();
    hold(again && sameBytes(*again, bytes), "a signature has one form");
    const auto raw = x509::Sm2Signature::fromRaw(concat({signature->r, signature->s}));
    hold(raw && *raw == *signature, "r and s are in range");
}

std::vector<Bytes> signatureSeeds()
{
    x509::Sm2Signature small;
    small.r[31] = 1;
    small.s[31] = 0x80;
    return {*small.der(), requester().signDer(viewOf("message"))};
}

void feedCipher(ByteView bytes)
{
    const auto cipher = x509::parseSm2Cipher(bytes);
    hold(bool(cipher) == bool(documents::checkCiphertext(bytes)), "one judgement of a ciphertext");
    if (!cipher) return;
    const auto again = x509::sm2CipherDer(*cipher);
    hold(again && sameBytes(*again, bytes), "a ciphertext has one form");
}

std::vector<Bytes> cipherSeeds()
{
    ports::SystemRandom random;
    return {*x509::sm2CipherDer(*crypto::sm2Encrypt(requester().point, viewOf("message"), random))};
}

Bytes attributesOf(const ByteArray<32> &digest)
{
    // SET { contentType data, messageDigest }
    const Bytes contentType = *fromHex("301806092a864886f70d010903310b06092a864886f70d010701");
    const Bytes head = *fromHex("302f06092a864886f70d01090431220420");
    const Bytes inner = concat({contentType, head, digest});
    return concat({Bytes{0x31, static_cast<std::uint8_t>(inner.size())}, inner});
}

Bytes cmsSeed()
{
    const Pki &pki = strangers();
    const Bytes attributes = attributesOf(crypto::sm3(viewOf("content")));
    const auto cms =
        documents::buildDetachedCms(attributes, pki.signKey.sign(attributes), std::vector{pki.sign, pki.issuing});
    hold(bool(cms), "the seed is a CMS");
    return *cms;
}

void feedAttributes(ByteView bytes)
{
    const auto attributes = documents::SignedAttributes::parse(bytes);
    if (attributes) hold(sameBytes(attributes->der, bytes), "signed attributes are kept as they were signed");
}

std::vector<Bytes> attributesSeeds()
{
    return {attributesOf(crypto::sm3(viewOf("content")))};
}

void feedCms(ByteView bytes)
{
    const auto cms = documents::Cms::parse(bytes);
    const auto verdict = documents::verifyCms(bytes, crypto::sm3(viewOf("content")), {{}, kNow, false, {}, {}});
    hold(!verdict.isValid(), "without a root nothing is valid");
    hold(bool(cms) == (verdict.finding != documents::Finding::malformed), "one judgement of the form");
    if (!cms) return;
    for (const documents::CmsSigner &signer : cms->signers) {
        const auto among = std::find(cms->certificates.begin(), cms->certificates.end(), signer.certificate);
        hold(among != cms->certificates.end(), "the signer is in the CMS");
    }
}

std::vector<Bytes> cmsSeeds()
{
    return {cmsSeed()};
}

void feedSignatureFile(ByteView bytes)
{
    documents::Question question{{}, kNow, false, {}, strangers().sign};
    const auto verdict = documents::verifySignatureFile(bytes, viewOf("content"), question);
    hold(!verdict.isValid(), "without a root nothing is valid");
}

std::vector<Bytes> signatureFileSeeds()
{
    return {cmsSeed(), requester().signDer(viewOf("content")), bytesOf(viewOf(x509::toPem("CMS", cmsSeed())))};
}

// The whole beginning of an envelope's file: magic, length, header.
void feedEnvelope(ByteView bytes)
{
    const auto length = documents::envelopeHeaderLength(bytes.first(std::min(bytes.size(), documents::kEnvelopeStartBytes)));
    if (!length) return;
    hold(*length <= documents::kEnvelopeHeaderMax, "a header has a limit");
    const auto header = documents::EnvelopeHeader::parse(bytes.subspan(documents::kEnvelopeStartBytes));
    if (!header) return;
    hold(sameBytes(header->der(), bytes.subspan(documents::kEnvelopeStartBytes)), "a header is kept as it came");
    hold(header->der().size() != *length || sameBytes(header->start(), bytes), "and begins the file as it did");
    hold(!header->chunkKey(documents::EnvelopeKey()), "a stranger's key opens nothing");
    for (const auto &recipient : header->body().recipients)
        hold(header->recipient(recipient.keyId) == &recipient, "each recipient is there once");
}

void feedEnveloped(ByteView bytes)
{
    const auto enveloped = documents::EnvelopedData::parse(bytes);
    if (!enveloped) return;
    hold(!enveloped->recipients().empty(), "somebody can open it");
    hold(enveloped->recipient(strangers().sign) == nullptr, "nothing is sealed for a sign certificate");
    const auto content = enveloped->open(crypto::Sm4Key{});
    hold(!content || content->size() < enveloped->cipherBytes(), "padding is never content");
}

std::vector<Bytes> envelopedSeeds()
{
    ports::SystemRandom random;
    std::vector<Bytes> seeds;
    for (const auto dialect : {documents::Dialect::gmt0010, documents::Dialect::pkcs7})
        seeds.push_back(*documents::buildEnvelopedData(std::vector{strangers().encrypt}, viewOf("content"), dialect, random));
    return seeds;
}

std::vector<Bytes> envelopeSeeds()
{
    ports::SystemRandom random;
    documents::EnvelopeDraft draft;
    draft.createdMs = kNow;
    draft.contentSize = 5;
    draft.fileName = "投标文件.pdf";
    draft.recipients = {strangers().encrypt};
    const auto small = documents::EnvelopeHeader::make(draft, random);
    draft.project = documents::EnvelopeProject{"P-1", "大桥", "2 标段", kNow};
    draft.sender = strangers().sign;
    const auto whole = documents::EnvelopeHeader::make(draft, random);
    hold(small && whole, "headers are made");
    Bytes noText = small->header.start(); // a name that is not UTF-8
    *std::search(noText.begin(), noText.end(), draft.fileName.begin(), draft.fileName.end(), [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }) = 0xff;
    return {small->header.start(), whole->header.start(), noText};
}

const SealWorks &sealWorks()
{
    static const SealWorks works(strangers());
    return works;
}

void feedSeal(ByteView bytes)
{
    const auto seal = documents::SesSeal::parse(bytes);
    if (!seal) return;
    hold(sameBytes(seal->der, bytes), "a seal is kept as it came");
    const auto info = documents::SesSealInfo::parse(seal->infoDer);
    hold(info && !info->signers.empty() != !info->signerDigests.empty(), "one list says who may use a seal");
    for (const auto &signer : info->signers)
        hold(info->names(signer), "who is listed is named");
    hold(!documents::judgeSeal(*seal, {}, kNow, kNow).isValid(), "without a root nothing is valid");
    const auto again = documents::buildSesSeal(seal->infoDer, seal->maker, seal->signature);
    hold(!again || documents::SesSeal::parse(*again), "what is made can be read");
}

std::vector<Bytes> sealSeeds()
{
    documents::SesSealInfo info = sealWorks().info();
    const Bytes one = sealWorks().seal(info).der;
    info.signers.clear();
    info.signerDigests = {crypto::sm3(strangers().sign.der())};
    info.type = documents::SesSealInfo::Type::person;
    return {one, sealWorks().seal(info).der};
}

void feedSealSignature(ByteView bytes)
{
    const auto signature = documents::SesSignature::parse(bytes);
    const auto verdict = documents::verifySes(bytes, crypto::sm3(viewOf("content")), {}, kNow);
    hold(!verdict.isValid(), "without a root nothing is valid");
    hold(bool(signature) == (verdict.finding != documents::SesFinding::malformed), "one judgement of the form");
    if (signature) hold(bool(documents::SesToSign::parse(signature->toSignDer)), "what is signed can be read by itself");
}

std::vector<Bytes> sealSignatureSeeds()
{
    auto toSign = sealWorks().toSign(sealWorks().seal(), crypto::sm3(viewOf("content")));
    const Bytes plain = sealWorks().sign(toSign);
    toSign.manifestSm3 = crypto::sm3(viewOf("manifest"));
    return {plain, sealWorks().sign(toSign)};
}

} // namespace

std::vector<FuzzTarget> x509Targets()
{
    return {
        {"certificate", feedCertificate, certificateSeeds},
        {"pem", feedPem, pemSeeds},
        {"revocation-list", feedList, listSeeds},
        {"signed-shell", feedShell, shellSeeds},
        {"certificate-request", feedRequest, requestSeeds},
        {"sm2-signature", feedSignature, signatureSeeds},
        {"sm2-cipher", feedCipher, cipherSeeds},
        {"signed-attributes", feedAttributes, attributesSeeds},
        {"cms", feedCms, cmsSeeds},
        {"envelope", feedEnvelope, envelopeSeeds},
        {"enveloped-data", feedEnveloped, envelopedSeeds},
        {"ses-seal", feedSeal, sealSeeds},
        {"ses-signature", feedSealSignature, sealSignatureSeeds},
        {"signature-file", feedSignatureFile, signatureFileSeeds},
    };
}

} // namespace hufu::tests
