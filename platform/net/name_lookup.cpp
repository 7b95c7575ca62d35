#include "platform/net/name_lookup.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QHostInfo>

namespace hufu::net {

void lookUp(const QString &host, QObject *context, std::function<void(const NameLookup &)> done)
{
    if (const QHostAddress number(host); !number.isNull()) {
        const NameLookup found{NameAnswer::number, number.toString(), 0};
        QMetaObject::invokeMethod(context, [done = std::move(done), found] { done(found); }, Qt::QueuedConnection);
        return;
    }
    QElapsedTimer since;
    since.start();
    QHostInfo::lookupHost(host, context, [done = std::move(done), since](const QHostInfo &info) {
        NameLookup found;
        found.tookMs = static_cast<int>(since.elapsed());
        if (const auto addresses = info.addresses(); info.error() == QHostInfo::NoError && !addresses.isEmpty()) {
            found.answer = NameAnswer::known;
            found.address = addresses.first().toString();
        }
        done(found);
    });
}

} // namespace hufu::net
