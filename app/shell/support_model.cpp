#include "app/shell/support_model.h"

#include <QJsonObject>
#include <QUrl>

namespace hufu::shell {

Contacts Contacts::of(const QJsonObject &json)
{
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

} // namespace hufu::shell
