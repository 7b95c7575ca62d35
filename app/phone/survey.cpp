#include "app/phone/survey.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace hufu::phone_app {

QString versionIn(const QByteArray &health)
{
    static const QRegularExpression kVersion(QStringLiteral("^[0-9]+(\\.[0-9]+){0,3}$"));
    const QString said = QJsonDocument::fromJson(health).object().value(QLatin1String("version")).toString();
    return said.size() <= 40 && kVersion.match(said).hasMatch() ? said : QString();
}

} // namespace hufu::phone_app
