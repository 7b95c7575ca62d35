#include "app/cli/sentences.h"

#include "app/cli/words.h"

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

QStringList sentencesOf(const std::optional<x509::Revocation> &revocation, bool isValid, bool isTimed, bool isStamped)
{
    QStringList out;
    if (revocation) out << revokedSentence(*revocation, isValid);
    if (isTimed && isStamped)
        out << QStringLiteral("签名时间是签名者自己的说法，所附时间戳未核验 / The time of signing is the signer's own word; the time stamp that comes with it is not checked");
    else if (isTimed)
        out << QStringLiteral("签名时间是签名者自己的说法，没有时间戳证明 / The time of signing is the signer's own word: no time stamp proves it");
    return out;
}

} // namespace

QStringList timeSentences(const documents::Verdict &verdict)
{
    return sentencesOf(verdict.revocation, verdict.isValid(), verdict.signedAtMs.has_value(), false);
}

QStringList timeSentences(const documents::SesVerdict &verdict)
{
    return sentencesOf(verdict.revocation, verdict.isValid(), verdict.signature.has_value(), verdict.signature && !verdict.signature->timeStamp.empty());
}

} // namespace hufu::cli
