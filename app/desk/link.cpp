#include "app/desk/link.h"

#include <QUrl>
#include <QUrlQuery>

namespace hufu::desk_app {

static Result<ByteArray<32>> pinOf(const QString &text)
{
    HUFU_TRY(bytes, fromHex(text.toStdString()));
    return fixedBytes<32>(bytes);
}

Result<DeskLink> DeskLink::parse(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QLatin1String("hufu") || url.host() != QLatin1String("desk"))
        return Error(Errc::badInput, "not a desk link");
    const QUrlQuery query(url);
    DeskLink link;
    link.host = query.queryItemValue(QStringLiteral("host"), QUrl::FullyDecoded);
    bool number = false;
    link.port = query.queryItemValue(QStringLiteral("port")).toUShort(&number);
    if (link.host.isEmpty() || !number || link.port == 0) return Error(Errc::badInput, "no server in the link");
    HUFU_TRY(pin, pinOf(query.queryItemValue(QStringLiteral("pin"))));
    link.pins.push_back(pin);
    if (query.hasQueryItem(QStringLiteral("pin2"))) {
        HUFU_TRY(backup, pinOf(query.queryItemValue(QStringLiteral("pin2"))));
        link.pins.push_back(backup);
    }
    return link;
}

} // namespace hufu::desk_app
