#include "app/phone/act_record.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace hufu::phone_app {

static QString hexOf(ByteView bytes)
{
    return QString::fromStdString(toHex(bytes));
}

QByteArray actRecordOf(const vault::HistoryEntry &entry, const QString &certificate)
{
    constexpr std::size_t kSignature = 65; // item 1 | signature 64
    if (entry.manifest.empty()) return {};
    QJsonArray signatures;
    for (std::size_t at = 0; at + kSignature <= entry.signatures.size(); at += kSignature)
        signatures.append(QJsonObject{{QStringLiteral("item"), entry.signatures[at]}, {QStringLiteral("signature"), hexOf(ByteView(entry.signatures).subspan(at + 1, kSignature - 1))}});
    const QJsonObject record{{QStringLiteral("hufu"), QStringLiteral("act-record")},
                             {QStringLiteral("version"), 1},
                             {QStringLiteral("endedAt"), QDateTime::fromMSecsSinceEpoch(entry.atMs, Qt::UTC).toString(Qt::ISODateWithMs)},
                             {QStringLiteral("approved"), entry.approved},
                             {QStringLiteral("code"), entry.code},
                             {QStringLiteral("session"), hexOf(entry.token)},
                             {QStringLiteral("manifest"), QString::fromUtf8(reinterpret_cast<const char *>(entry.manifest.data()), static_cast<qsizetype>(entry.manifest.size()))},
                             {QStringLiteral("manifestSm3"), hexOf(entry.manifestSm3)},
                             {QStringLiteral("certificate"), certificate},
                             {QStringLiteral("signatures"), signatures}};
    return QJsonDocument(record).toJson();
}

} // namespace hufu::phone_app
