#include "app/cli/sentences.h"

#include "app/cli/words.h"

#include <algorithm>
#include <cstdio>

namespace hufu::cli {

namespace {

struct Words {
    const char *zh, *en;
};

Words wordsOf(x509::Reason reason)
{
    switch (reason) {
    case x509::Reason::unspecified: return {"未说明原因", "no reason is given"};
    case x509::Reason::keyCompromise: return {"密钥泄露", "the key is compromised"};
    case x509::Reason::authorityCompromise: return {"签发机构的密钥泄露", "the authority's key is compromised"};
    case x509::Reason::affiliationChanged: return {"所属单位变更", "the holder has left"};
    case x509::Reason::superseded: return {"已换发新证书", "another one has replaced it"};
    case x509::Reason::cessationOfOperation: return {"不再使用", "it is not used any more"};
    }
    return {"未说明原因", "no reason is given"};
}

// In: isAfter, the signature claims to be older than the revocation and holds.
QString revokedSentence(const x509::Revocation &revocation, bool isAfter)
{
    const auto [zh, en] = wordsOf(revocation.reason);
    const QString at = timeText(revocation.atMs);
    return QStringLiteral("签名者的证书已于 %1 被吊销（%2）%3 / The signer's certificate was revoked at %1 (%4)%5")
        .arg(at, QString::fromUtf8(zh), isAfter ? QStringLiteral("，晚于签名时间") : QString(), QString::fromUtf8(en), isAfter ? QStringLiteral(", after the time of signing") : QString());
}

// In: isStamped, a time stamp comes with it.
QStringList timeSentences(const std::optional<x509::Revocation> &revocation, bool isValid, bool isTimed, bool isStamped)
{
    QStringList out;
    if (revocation) out << revokedSentence(*revocation, isValid);
    if (isTimed && isStamped)
        out << QStringLiteral("签名时间是签名者自己的说法，所附时间戳未核验 / The time of signing is the signer's own word; the time stamp that comes with it is not checked");
    else if (isTimed)
        out << QStringLiteral("签名时间是签名者自己的说法，没有时间戳证明 / The time of signing is the signer's own word: no time stamp proves it");
    return out;
}

QString findingSentence(const documents::Verdict &verdict)
{
    using documents::Finding;
    const bool isBare = verdict.form == documents::Form::bare;
    switch (verdict.finding) {
    case Finding::valid: return QStringLiteral("签名有效：确由该签名者签署，所签内容没有改动 / The signature holds: it is this signer's, and what was signed has not changed");
    case Finding::malformed: return QStringLiteral("这不是可识别的签名 / This is no signature of a form that is known");
    case Finding::contentDiffers: return QStringLiteral("签名签的是别的内容，或原文后来有改动 / Other content was signed, or this was changed since");
    case Finding::signatureWrong:
        return isBare ? QStringLiteral("签名与这份文件或这张证书不符 / The signature does not fit this file, or not this certificate")
                      : QStringLiteral("签名不正确：不是该签名者签署，或签名后来有改动 / The signature is wrong: it is not this signer's, or was changed since");
    case Finding::certificateRefused: return sentenceOf(verdict.chainFault);
    case Finding::certificateMissing:
        return isBare ? QStringLiteral("没有给出签名者的证书 / The signer's certificate is not given")
                      : QStringLiteral("签名者不是您指定的证书的持有人 / Nobody has signed with the certificate that you named");
    case Finding::manifestDiffers: return QStringLiteral("签名依据的操作清单不是您给出的那一份 / It was not approved under the manifest that you gave");
    case Finding::timeImplausible: return QStringLiteral("签名时间晚于现在 / It claims to be signed later than now");
    }
    return {};
}

QString findingSentence(const documents::SesVerdict &verdict)
{
    using documents::SesFinding;
    switch (verdict.finding) {
    case SesFinding::valid: return QStringLiteral("签章有效：确由该印章的使用人签署，所签内容没有改动 / The seal's signature holds: it is by one who may use the seal, and what was signed has not changed");
    case SesFinding::malformed: return QStringLiteral("这不是可识别的签章 / This is no seal's signature of a form that is known");
    case SesFinding::signatureWrong: return QStringLiteral("签章不正确：不是该签名者签署，或签章后来有改动 / The signature is wrong: it is not this signer's, or was changed since");
    case SesFinding::contentDiffers: return QStringLiteral("签章签的是别的内容，或文件后来有改动 / Other content was signed, or this was changed since");
    case SesFinding::signerNotOfSeal: return QStringLiteral("签名者不在这枚印章的使用人之列 / The seal does not name who signed");
    case SesFinding::sealRefused: return sentenceOf(verdict.seal.finding);
    case SesFinding::certificateRefused: return sentenceOf(verdict.chainFault);
    case SesFinding::timeImplausible: return QStringLiteral("签章时间晚于现在 / It claims to be signed later than now");
    case SesFinding::manifestDiffers: return QStringLiteral("签章依据的操作清单不是您给出的那一份 / It was not approved under the manifest that you gave");
    }
    return {};
}

QString sentenceOf(pdf::Added added)
{
    switch (added) {
    case pdf::Added::nothing: return QStringLiteral("签名之后没有添加内容 / Nothing was added behind it");
    case pdf::Added::validation: return QStringLiteral("签名之后只添加了验证资料 / Only certificates and revocation lists were added behind it");
    case pdf::Added::seals: return QStringLiteral("签名之后只添加了其他签名和印章 / Only further signatures and seals were added behind it");
    case pdf::Added::notes: return QStringLiteral("签名之后添加了批注、表单内容或文档信息，可能遮住已签的内容 / Notes, form values or document information were added behind it, and may hide what was signed");
    case pdf::Added::content: return QStringLiteral("签名之后改动了文档内容 / The document's content was changed behind it");
    }
    return {};
}

QString sentenceOf(pdf::Defect defect)
{
    switch (defect) {
    case pdf::Defect::none: return {};
    case pdf::Defect::range: return QStringLiteral("签名没有覆盖除自身以外的全部内容，不能证明这份文档 / It does not cover all but itself, so it proves nothing about this document");
    case pdf::Defect::revision: return QStringLiteral("签名覆盖的内容不是这份文档的任何一个版本 / What it covers never was a revision of this document");
    }
    return {};
}

QStringList timeSentences(const documents::Verdict &verdict)
{
    return timeSentences(verdict.revocation, verdict.isValid(), verdict.signedAtMs.has_value(), false);
}

QStringList timeSentences(const documents::SesVerdict &verdict)
{
    return timeSentences(verdict.revocation, verdict.isValid(), verdict.signature.has_value(), verdict.signature && !verdict.signature->timeStamp.empty());
}

// Where what came behind is the only fault of a signature it is said first, and not that the signature itself is right.
template <typename Verdict> QStringList sentencesOf(const Verdict &verdict, pdf::Added added)
{
    if (verdict.isValid() && added > pdf::Added::seals) return QStringList(sentenceOf(added)) + timeSentences(verdict);
    return hufu::cli::sentencesOf(verdict) + QStringList(sentenceOf(added));
}

} // namespace

QString sentenceOf(x509::Fault fault)
{
    switch (fault) {
    case x509::Fault::none: return {};
    case x509::Fault::untrusted: return QStringLiteral("证书不是由您信任的根证书签发的 / The certificate does not come from a root that you trust");
    case x509::Fault::wrongIssuer: return QStringLiteral("证书的签发者无权签发 / The certificate's issuer may not issue it");
    case x509::Fault::badSignature: return QStringLiteral("证书链中有证书的签名不正确 / A certificate of the chain is not signed by its issuer");
    case x509::Fault::notYetValid: return QStringLiteral("签名时证书尚未生效 / The certificate was not valid yet at the time of signing");
    case x509::Fault::expired: return QStringLiteral("签名时证书已过期 / The certificate had expired at the time of signing");
    case x509::Fault::wrongUsage: return QStringLiteral("这张证书不能用于签名 / The certificate is not for signing");
    case x509::Fault::revoked: return QStringLiteral("证书已被吊销，签名不能采信 / The certificate is revoked, and the signature not to be believed");
    case x509::Fault::revocationUnknown: return QStringLiteral("没有有效的吊销列表，无法确认证书未被吊销 / No current revocation list says that the certificate is not revoked");
    }
    return {};
}

QString sentenceOf(documents::SealFinding finding)
{
    using documents::SealFinding;
    switch (finding) {
    case SealFinding::valid: return QStringLiteral("印章有效：由所写的制章者制作，未被改动 / The seal holds: the maker that it names has made it, and nothing was changed since");
    case SealFinding::forged: return QStringLiteral("印章不是由所写的制章者制作的，或后来有改动 / The seal is not its maker's, or was changed since");
    case SealFinding::makerRefused: return QStringLiteral("制章者的证书不能采信 / The certificate of the seal's maker is not to be believed");
    case SealFinding::notYetValid: return QStringLiteral("印章尚未生效 / The seal was not valid yet");
    case SealFinding::expired: return QStringLiteral("印章已过期 / The seal had expired");
    }
    return {};
}

const char *sentenceOf(audit::ListFault fault)
{
    switch (fault) {
    case audit::ListFault::changed: return "被改动 / was changed";
    case audit::ListFault::missing: return "被删除 / is missing";
    case audit::ListFault::moved: return "位置不对 / stands in another place than it was written";
    case audit::ListFault::repeated: return "重复 / is there twice";
    case audit::ListFault::cutOff: return "末尾被截断 / was cut off at the end";
    case audit::ListFault::behindEnd: return "在所记的末尾之后 / stands behind the end that the file names";
    case audit::ListFault::keptMissing: return "没有您保存的那条记录 / the record that you have kept is not there";
    }
    return "";
}

QStringList sentencesOf(const documents::Verdict &verdict)
{
    return QStringList(findingSentence(verdict)) + timeSentences(verdict);
}

QStringList sentencesOf(const documents::SesVerdict &verdict)
{
    QStringList out(findingSentence(verdict));
    if (verdict.finding == documents::SesFinding::sealRefused && verdict.seal.makerFault != x509::Fault::none) out << sentenceOf(verdict.seal.makerFault);
    return out + timeSentences(verdict);
}

QString sentenceOf(const std::vector<documents::Verdict> &signers, bool isOneAsked)
{
    if (isOneAsked) return QStringLiteral("只按您指定的证书判断，其他签名者见下 / Judged by the certificate that you named alone; the other signers are below");
    const auto bad = std::ranges::count_if(signers, [](const documents::Verdict &each) { return !each.isValid(); });
    if (bad == 0) return QStringLiteral("%1 位签名者的签名都有效 / The signatures of all %1 signers hold").arg(signers.size());
    return QStringLiteral("%1 位签名者中，%2 位的签名无效 / Signers whose signature does not hold: %2 of %1").arg(signers.size()).arg(bad);
}

QStringList sentencesOf(const pdf_app::SignatureVerdict &verdict)
{
    if (verdict.signature.defect != pdf::Defect::none) return {sentenceOf(verdict.signature.defect)};
    if (verdict.cms) return sentencesOf(*verdict.cms, verdict.signature.added);
    if (verdict.ses) return sentencesOf(*verdict.ses, verdict.signature.added);
    return {QStringLiteral("这不是可识别的签名 / This is no signature of a form that is known")};
}

QString sentenceOf(const pdf_app::PdfVerdict &verdict)
{
    const auto bad = std::ranges::count_if(verdict.signatures, [](const pdf_app::SignatureVerdict &each) { return each.problem.has_value(); });
    if (verdict.signatures.empty()) return QStringLiteral("文档没有签名或印章 / The document has neither a signature nor a seal");
    if (bad == 0) return QStringLiteral("文档的签名和印章都有效，共 %1 个 / All signatures and seals of the document hold: %1").arg(verdict.signatures.size());
    return QStringLiteral("文档有 %1 个签名或印章，其中 %2 个无效 / Signatures and seals of the document that do not hold: %2 of %1").arg(verdict.signatures.size()).arg(bad);
}

void printSentences(const QStringList &sentences)
{
    for (const QString &each : sentences)
        std::printf("  %s\n", qUtf8Printable(each));
}

} // namespace hufu::cli
