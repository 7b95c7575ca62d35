#include "app/phone/support_case.h"

#include "app/catalogue/catalogue.h"
#include "app/phone/models/support_model.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace hufu::phone_app {

using catalogue::Code;

QByteArray caseOf(const QString &page, const QString &language, const QStringList &codes, const QString &facts, const QString &words)
{
    const QJsonObject object{
        {QStringLiteral("page"), QStringLiteral("phone-") + page},
        {QStringLiteral("language"), language == QLatin1String("en") ? QStringLiteral("en") : QStringLiteral("zh-CN")},
        {QStringLiteral("browser"), QStringLiteral("Hufu phone %1").arg(QCoreApplication::applicationVersion()).left(40)},
        {QStringLiteral("codes"), QJsonArray::fromStringList(codes.mid(std::max<qsizetype>(0, codes.size() - kCodesMost)))},
        {QStringLiteral("words"), words.isEmpty() ? facts : words + QStringLiteral(" / ") + facts},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Contacts readContacts(const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    Contacts out;
    for (const char *kind : {"person", "group", "hotline", "hours"}) {
        const QJsonObject one = json.value(QLatin1String(kind)).toObject();
        const QString zh = one.value(QLatin1String("zh")).toString(), en = one.value(QLatin1String("en")).toString();
        if (!zh.isEmpty() && !en.isEmpty()) out.named.append(QVariant::fromValue(ContactView{QString::fromLatin1(kind), zh, en}));
    }
    const QUrl chat(json.value(QLatin1String("chat")).toString(), QUrl::StrictMode);
    if (chat.isValid() && chat.scheme() == QLatin1String("https")) out.chat = chat.toString();
    return out;
}

void readCaseAnswer(int status, const QByteArray &body, const CaseSent &done)
{
    const QString number = QJsonDocument::fromJson(body).object().value(QLatin1String("number")).toString();
    if (status == 201 && number.startsWith(QLatin1String("HC-"))) return done(number, 0);
    done(QString(), static_cast<int>(status == 429 ? Code::tooManyRequests : Code::internal));
}

} // namespace hufu::phone_app
