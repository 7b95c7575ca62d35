#include "app/cli/words.h"
#include "app/envelope/envelope_file.h"
#include "app/pdf/judging.h"

#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/documents/enveloped.h"
#include "shield/intent/frame.h"
#include "shield/intent/manifest.h"
#include "shield/x509/request.h"
#include "shield/x509/revocation_list.h"
#include "shield/x509/sm2_der.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>
#include <cstring>

namespace hufu::cli {

std::string shown(const std::string &text)
{
    return intent::checkText(text, 1024) ? text : "(not to be shown) " + toHex(hufu::viewOf(text));
}

namespace {

// What is found out, as people read it and as programs do: members are named as hufu verify --json has them.
class Findings {
public:
    Findings() = default;
    Findings(const char *kind, const std::string &title) : m_json{{QStringLiteral("kind"), QLatin1String(kind)}}, m_text(title + '\n') {}

    void say(const char *label, const std::string &value)
    {
        if (value.empty()) return;
        m_text += "  " + std::string(label);
        m_text.append(std::strlen(label) < kLabel ? kLabel - std::strlen(label) : 0, ' ').append(" " + value + '\n');
    }
    void set(const char *key, const QJsonValue &value) { m_json[QLatin1String(key)] = value; }
    void set(const char *key, const std::string &value)
    {
        if (!value.empty()) set(key, QJsonValue(QString::fromStdString(value)));
    }
    // The same for both; nothing if it is empty.
    void fact(const char *label, const char *key, const std::string &value)
    {
        say(label, value);
        set(key, value);
    }
    void time(const char *label, const char *key, std::int64_t unixMs) { fact(label, key, timeText(unixMs).toStdString()); }
    // One of several that stand in an array. What has a heading of its own says it in its text.
    void add(const char *key, const Findings &part)
    {
        m_text += part.m_text;
        append(key, part.m_json);
    }
    void append(const char *key, const QJsonValue &value)
    {
        QJsonArray all = m_json.value(QLatin1String(key)).toArray();
        all.append(value);
        set(key, all);
    }
    // A part whose facts are told among the others' and stand in an object of their own.
    void include(const char *key, const Findings &part)
    {
        m_text += part.m_text;
        set(key, part.m_json);
    }
    void tell(bool asJson) const { std::fputs(asJson ? QJsonDocument(m_json).toJson().constData() : m_text.c_str(), stdout); }

    static Findings headed(const std::string &title)
    {
        Findings report;
        report.m_text = title + '\n';
        return report;
    }

private:
    static constexpr std::size_t kLabel = 16;
    QJsonObject m_json;
    std::string m_text;
};

} // namespace

static QJsonValue numberOf(std::uint64_t number)
{
    return static_cast<qint64>(number);
}

static std::string nameOf(documents::Dialect dialect)
{
    return dialect == documents::Dialect::gmt0010 ? "GM/T 0010" : "PKCS #7";
}

static void tellCertificate(Findings &to, const x509::Certificate &certificate)
{
    to.fact("subject", "subject", shown(certificate.subjectText()));
    to.fact("issuer", "issuer", shown(certificate.issuer().commonName));
    to.fact("serial", "serial", toHex(certificate.serial()));
    to.time("from", "validFrom", certificate.notBeforeMs());
    to.time("until", "validUntil", certificate.notAfterMs());
    to.fact("key id", "keyId", toHex(certificate.subjectKeyId()));
    to.fact("use", "use",
            certificate.isAuthority()                       ? "certificate authority"
            : certificate.allows(x509::KeyKind::sign)    ? "sign"
            : certificate.allows(x509::KeyKind::encrypt) ? "encrypt"
                                                         : "other");
}

static Findings reportOf(const documents::CmsSigner &signer)
{
    Findings report, certificate;
    report.set("signer", shown(signer.certificate.subjectText()));
    report.fact("digest", "messageDigest", toHex(signer.attributes.messageDigest));
    if (signer.attributes.signingTimeMs) report.time("signed at", "signedAt", *signer.attributes.signingTimeMs);
    if (signer.attributes.manifestSm3) report.fact("manifest SM3", "manifestSm3", toHex(*signer.attributes.manifestSm3));
    tellCertificate(certificate, signer.certificate);
    report.include("certificate", certificate);
    return report;
}

static Findings reportOf(const intent::Manifest &manifest)
{
    Findings report("manifest", "manifest");
    report.fact("act", "act", std::string(intent::nameOf(manifest.act)));
    report.say("platform", manifest.platform.name + " (" + manifest.platform.id + ")");
    report.set("platform", QJsonObject{{QStringLiteral("id"), QString::fromStdString(manifest.platform.id)}, {QStringLiteral("name"), QString::fromStdString(manifest.platform.name)}});
    if (manifest.project) {
        report.say("project", manifest.project->name);
        QJsonObject project{{QStringLiteral("id"), QString::fromStdString(manifest.project->id)}, {QStringLiteral("name"), QString::fromStdString(manifest.project->name)}};
        if (!manifest.project->package.empty()) project[QStringLiteral("package")] = QString::fromStdString(manifest.project->package);
        report.set("project", project);
    }
    report.time("created", "created", manifest.created);
    if (manifest.deadline) report.time("deadline", "deadline", *manifest.deadline);
    if (manifest.desk) {
        report.say("desk", manifest.desk->name + (manifest.desk->known ? " (enrolled)" : " (unknown)"));
        report.set("desk", QJsonObject{{QStringLiteral("id"), QString::fromStdString(toHex(manifest.desk->id))},
                                       {QStringLiteral("name"), QString::fromStdString(manifest.desk->name)},
                                       {QStringLiteral("enrolled"), manifest.desk->known}});
    }
    for (const intent::File &file : manifest.files) {
        report.say("file", file.name + ", " + std::to_string(file.size) + " bytes, SM3 " + toHex(file.sm3));
        report.append("files", QJsonObject{{QStringLiteral("name"), QString::fromStdString(file.name)},
                                           {QStringLiteral("size"), numberOf(file.size)},
                                           {QStringLiteral("sm3"), QString::fromStdString(toHex(file.sm3))}});
    }
    report.fact("SM3", "sm3", toHex(manifest.sm3()));
    return report;
}

static std::optional<Findings> reportOfFrame(std::string_view text)
{
    const auto frame = intent::Frame::fromText(text);
    if (!frame) return std::nullopt;
    const bool isDesk = frame->kind == intent::FrameKind::desk;
    Findings report("frame", "QR frame");
    report.fact("kind", "shownBy", isDesk ? "desk" : "page");
    report.fact("token", "token", toHex(frame->token));
    report.say("second", std::to_string(frame->second));
    report.set("second", numberOf(frame->second));
    if (isDesk) report.fact("desk id", "deskId", toHex(frame->deskId));
    return report;
}

static void tellSeal(Findings &to, const documents::SesSeal &seal)
{
    const documents::SesSealInfo &info = seal.info;
    to.say("seal", shown(info.name) + ", " + shown(info.id));
    to.set("seal", shown(info.name));
    to.set("sealId", shown(info.id));
    const bool isCompany = info.type == documents::SesSealInfo::Type::unit;
    to.say("kind", isCompany ? "of a company" : "of a person");
    to.set("sealOf", std::string(isCompany ? "company" : "person"));
    to.time("made", "madeAt", info.createdMs);
    to.time("valid from", "validFrom", info.fromMs);
    to.time("valid until", "validUntil", info.untilMs);
    to.say("picture", shown(info.picture.type) + ", " + std::to_string(info.picture.widthMm) + " x " + std::to_string(info.picture.heightMm) + " mm, " +
                          std::to_string(info.picture.data.size()) + " bytes");
    to.set("picture", QJsonObject{{QStringLiteral("type"), QString::fromStdString(shown(info.picture.type))},
                                  {QStringLiteral("widthMm"), static_cast<qint64>(info.picture.widthMm)},
                                  {QStringLiteral("heightMm"), static_cast<qint64>(info.picture.heightMm)},
                                  {QStringLiteral("size"), numberOf(info.picture.data.size())}});
    const auto usableBy = [&to](const std::string &whom, const std::string &member) {
        to.say("may be used by", whom);
        to.append("usableBy", QString::fromStdString(member));
    };
    for (const x509::Certificate &signer : info.signers)
        usableBy(shown(signer.subjectText()), shown(signer.subjectText()));
    for (const ByteArray<32> &signer : info.signerDigests)
        usableBy("certificate with SM3 " + toHex(signer), "SM3 " + toHex(signer));
    to.fact("maker", "sealMaker", shown(seal.maker.subjectText()));
}

static void tellSealSignature(Findings &to, const documents::SesSignature &signature)
{
    to.time("signed at", "signedAt", signature.toSign.timeMs);
    to.fact("digest", "digest", toHex(signature.toSign.dataHash));
    to.fact("document", "document", shown(signature.toSign.property));
    if (signature.toSign.manifestSm3) to.fact("manifest SM3", "manifestSm3", toHex(*signature.toSign.manifestSm3));
    to.fact("signer", "signer", shown(signature.signer.subjectText()));
    tellSeal(to, signature.toSign.seal);
}

// In: who, as people read it; named, the same for programs.
static void addRecipient(Findings &to, const std::string &who, QJsonObject named, const documents::EnvelopeRecipient &recipient)
{
    const std::string sm3 = toHex(crypto::sm3(recipient.wrappedKey));
    to.say("recipient", who);
    to.say("wrapped key SM3", sm3);
    named[QStringLiteral("wrappedKeySm3")] = QString::fromStdString(sm3);
    to.append("recipients", named);
}

// Tries each form that Hufu makes; nothing if bytes is none of them.
static std::optional<Findings> reportOf(ByteView bytes)
{
    if (const auto certificate = x509::Certificate::parseAny(bytes)) {
        Findings report("certificate", "certificate");
        tellCertificate(report, *certificate);
        return report;
    }
    if (const auto list = x509::RevocationList::parseAny(bytes)) {
        Findings report("revocationList", "revocation list");
        report.time("made", "madeAt", list->thisUpdateMs());
        report.time("next", "nextAt", list->nextUpdateMs());
        report.say("revoked", std::to_string(list->size()));
        report.set("revoked", numberOf(list->size()));
        return report;
    }
    if (const auto cms = documents::Cms::parse(bytes)) {
        Findings report("cms", std::string("CMS signature, ") + (cms->content ? "with its content" : "detached"));
        report.fact("dialect", "dialect", nameOf(cms->dialect));
        if (cms->content) {
            report.say("content", std::to_string(cms->content->size()) + " bytes");
            report.set("contentSize", numberOf(cms->content->size()));
        }
        for (const documents::CmsSigner &signer : cms->signers)
            report.add("signers", reportOf(signer));
        return report;
    }
    if (const auto seal = documents::SesSeal::parse(bytes)) {
        Findings report("seal", "electronic seal (GB/T 38540)");
        tellSeal(report, *seal);
        return report;
    }
    if (const auto signature = documents::SesSignature::parse(bytes)) {
        Findings report("sealSignature", "electronic signature under a seal (GB/T 38540)");
        tellSealSignature(report, *signature);
        return report;
    }
    if (const auto data = documents::EnvelopedData::parse(bytes)) {
        Findings report("envelopedData", "EnvelopedData: encrypted, not authenticated");
        report.fact("dialect", "dialect", nameOf(data->dialect()));
        report.say("ciphertext", std::to_string(data->cipherBytes()) + " bytes");
        report.set("ciphertextSize", numberOf(data->cipherBytes()));
        for (const documents::EnvelopeRecipient &recipient : data->recipients())
            addRecipient(report, "certificate " + shown(recipient.name), {{QStringLiteral("serial"), QString::fromStdString(shown(recipient.name))}}, recipient);
        return report;
    }
    if (const auto request = x509::Request::parse(bytes)) {
        Findings report("request", "certificate request, its signature is right");
        report.fact("common name", "commonName", shown(request->subject().commonName));
        report.fact("organization", "organization", shown(request->subject().organization));
        return report;
    }
    if (const auto signature = x509::Sm2Signature::parse(bytes)) {
        Findings report("signature", "SM2 signature");
        report.fact("r", "r", toHex(signature->r));
        report.fact("s", "s", toHex(signature->s));
        return report;
    }
    if (const auto cipher = x509::parseSm2Cipher(bytes)) {
        Findings report("ciphertext", "SM2 ciphertext (GM/T 0009)");
        report.say("content", std::to_string(cipher->c2.size()) + " bytes");
        report.set("contentSize", numberOf(cipher->c2.size()));
        return report;
    }
    if (const auto manifest = intent::Manifest::parse(bytes)) return reportOf(*manifest);
    return reportOfFrame(QString::fromUtf8(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()))
                             .trimmed()
                             .toStdString());
}

static int tellEnvelope(const QString &path, bool asJson)
{
    const auto file = envelope::EnvelopeFile::open(path.toStdString());
    if (!file) {
        explain(file.problem(), path);
        return file.problem() == catalogue::Code::fileUnreadable ? kUnreadable : kFailed;
    }
    const documents::EnvelopeBody &body = file->body();
    Findings report("envelope", "bid envelope, whole; its content and signature are not checked here");
    report.fact("id", "id", toHex(body.id));
    const auto cms = documents::Cms::parse(file->cms());
    if (cms) report.fact("bid", "bid", toHex(cms->signers.front().attributes.messageDigest));
    report.time("created", "created", body.createdMs);
    report.say("file", shown(body.fileName) + ", " + std::to_string(body.contentSize) + " bytes");
    report.set("file", shown(body.fileName));
    report.set("size", numberOf(body.contentSize));
    if (body.project) {
        const std::string id = shown(body.project->id), name = shown(body.project->name), package = shown(body.project->package);
        report.say("project", id + " " + name);
        report.say("package", package);
        QJsonObject project{{QStringLiteral("id"), QString::fromStdString(id)}, {QStringLiteral("name"), QString::fromStdString(name)}};
        if (!package.empty()) project[QStringLiteral("package")] = QString::fromStdString(package);
        report.set("project", project);
        if (body.project->openingMs) {
            report.say("opening", timeText(*body.project->openingMs).toStdString());
            report.set("openingMs", static_cast<qint64>(*body.project->openingMs));
        }
    }
    for (const documents::EnvelopeRecipient &recipient : body.recipients)
        addRecipient(report, shown(recipient.name) + ", key " + toHex(recipient.keyId),
                     {{QStringLiteral("name"), QString::fromStdString(shown(recipient.name))}, {QStringLiteral("keyId"), QString::fromStdString(toHex(recipient.keyId))}}, recipient);
    report.say("sender", cms ? shown(cms->signers.front().certificate.subjectText()) : "none: not signed");
    if (cms) report.set("sender", shown(cms->signers.front().certificate.subjectText()));
    report.set("signed", static_cast<bool>(cms));
    report.tell(asJson);
    return kGood;
}

static Findings reportOf(const pdf::PdfSignature &signature)
{
    Findings report = Findings::headed("signature " + shown(signature.field) + ", page " + std::to_string(signature.page + 1));
    report.set("field", shown(signature.field));
    report.set("page", numberOf(signature.page + 1));
    report.fact("form", "subFilter", shown(signature.subFilter));
    if (signature.defect != pdf::Defect::none) {
        const bool isRange = signature.defect == pdf::Defect::range;
        report.say("covers", isRange ? "not all but itself: not a signature of this document" : "something that never was a document");
        report.set("finding", std::string(isRange ? "rangeWrong" : "revisionWrong"));
        return report;
    }
    const auto start = std::to_string(signature.range.start), end = std::to_string(signature.range.end), last = std::to_string(signature.end());
    report.say("covers", "bytes 0 to " + start + " and " + end + " to " + last + (signature.coversAll ? ", the whole file" : ""));
    report.set("covers", "0-" + start + ", " + end + "-" + last);
    report.set("coversAll", signature.coversAll);
    report.fact("added behind", "addedAfter", std::string(pdf::nameOf(signature.added)));
    if (const auto cms = documents::Cms::parse(signature.contents)) {
        for (const documents::CmsSigner &signer : cms->signers) {
            Findings part;
            part.fact("signer", "signer", shown(signer.certificate.subjectText()));
            part.set("serial", toHex(signer.certificate.serial()));
            if (signer.attributes.signingTimeMs) part.time("signed at", "signedAt", *signer.attributes.signingTimeMs);
            report.add("signers", part);
        }
    } else if (const auto ses = documents::SesSignature::parse(signature.contents)) {
        tellSealSignature(report, *ses);
    }
    return report;
}

static int tellPdf(const QString &path, bool asJson)
{
    const auto facts = pdf_app::look(path.toStdString());
    if (!facts) {
        explain(facts.problem(), path);
        return kUnreadable;
    }
    Findings report("pdf", "PDF; its signatures are not checked here");
    report.say("pages", std::to_string(facts->pages.size()));
    report.set("pages", numberOf(facts->pages.size()));
    report.set("signatures", QJsonArray());
    for (const pdf::PdfSignature &signature : facts->signatures)
        report.add("signatures", reportOf(signature));
    report.tell(asJson);
    return kGood;
}

int inspect(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption json(QStringLiteral("json"));
    parser.addOption(json);
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu inspect")) + arguments);
    const QStringList things = parser.positionalArguments();
    WordCheck check(parser, parsed);
    check.wrongIf(things.isEmpty(), QStringLiteral("FILE | TEXT"), QStringLiteral("缺少要查看的文件或文字"), QStringLiteral("neither a file nor a text is named"));
    check.wrongIf(things.size() > 1, things.value(1), QStringLiteral("多余"), QStringLiteral("is one too many"));
    if (check.isWrong()) return check.tell("usage: hufu inspect FILE | TEXT [--json]\n");
    const bool asJson = parser.isSet(json);
    if (!QFileInfo::exists(things[0])) {
        if (const auto report = reportOfFrame(things[0].toStdString())) {
            report->tell(asJson);
            return kGood;
        }
        if (things[0].startsWith(QLatin1String("HUFU:"))) {
            explain(catalogue::Code::frameBroken, things[0]);
            return kUnreadable;
        }
    }
    if (envelope::isEnvelope(things[0].toStdString())) return tellEnvelope(things[0], asJson);
    if (pdf_app::isPdf(things[0].toStdString())) return tellPdf(things[0], asJson);
    const auto file = readFile(things[0], 16 << 20);
    if (!file) return kUnreadable;
    if (const auto report = reportOf(viewOf(*file))) {
        report->tell(asJson);
        return kGood;
    }
    explain(catalogue::Code::fileUnknown, things[0]);
    return kUnreadable;
}

} // namespace hufu::cli
