#include "app/phone/support_case.h"

#include "app/catalogue/catalogue.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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

shell::Contacts readContacts(const QByteArray &body)
{
    return shell::Contacts::of(QJsonDocument::fromJson(body).object());
}

void readCaseAnswer(int status, const QByteArray &body, const CaseSent &done)
{
    const QString number = QJsonDocument::fromJson(body).object().value(QLatin1String("number")).toString();
    if (status == 201 && number.startsWith(QLatin1String("HC-"))) return done(number, 0);
    done(QString(), static_cast<int>(status == 429 ? Code::tooManyRequests : Code::internal));
}

} // namespace hufu::phone_app
