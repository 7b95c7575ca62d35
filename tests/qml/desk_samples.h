// The desk's pages filled with what a real day would show.
#pragma once

#include "app/desk/screens.h"
#include "platform/eye/drawing.h"

#include <QJsonArray>

namespace hufu::tests {

inline void fillDeskSamples(desk_app::DeskScreens &screens)
{
    screens.status()->show(true, QStringLiteral("投标室 3 号机"),
                           QStringLiteral("8d1f00b7c25e4a93bb60e1f2a4c97d15"),
                           QStringLiteral("127.0.0.1:8443"));
    screens.qr()->begin(QStringLiteral("sign"), QStringLiteral("商务标_投标函.pdf"));
    screens.qr()->showStage(desk_app::QrModel::Showing, false);
    screens.qr()->showCode(*eye::drawCode("HUFU:1:" + std::string(176, 'Q'), 1), 171);
    screens.outcome()->show(QStringLiteral("sign"), QStringLiteral("林晓燕"),
                            QStringLiteral("/home/lin/商务标_投标函.pdf.p7s"), true, QString(128, QLatin1Char('a')));
    const QDateTime now(QDate(2026, 11, 24), QTime(14, 40));
    const auto bid = [&](const char *number, const char *name, qint64 seconds, const char *light, const char *cause, bool own) {
        return QJsonObject{{"id", QString(64, QLatin1Char('1'))}, {"awaited", true}, {"own", own}, {"light", light}, {"cause", cause},
                           {"project", QJsonObject{{"id", number}, {"name", QString::fromUtf8(name)}, {"package", QStringLiteral("第 2 标段")}}},
                           {"fileName", QStringLiteral("商务标_投标函.pdf")}, {"openingMs", double(now.addSecs(seconds).toMSecsSinceEpoch())},
                           {"recipients", QJsonArray{QStringLiteral("林晓燕"), QStringLiteral("王建国")}}};
    };
    const QJsonArray bids{bid("SH-2026-1187", "滨江快速路改造工程施工招标", -60, "green", "openNow", true),
                          bid("SH-2026-1203", "城西污水处理厂设备采购", 71'000, "amber", "rehearsalDue", true),
                          bid("SH-2026-1210", "城北学校新建工程", 271'000, "red", "keyMissing", false)};
    screens.bids()->show({{"holders", QJsonArray{QJsonObject{{"person", QStringLiteral("林晓燕")}, {"bids", bids}}}}});
    screens.bids()->setNow(now.toMSecsSinceEpoch());
    screens.seal()->begin({QUrl::fromLocalFile(QStringLiteral("/home/lin/商务标_投标函.pdf")), QUrl::fromLocalFile(QStringLiteral("/home/lin/技术标.pdf"))});
    screens.seal()->showPeople({QStringLiteral("林晓燕"), QStringLiteral("王建国"), QStringLiteral("赵敏")});
    screens.site()->setPort(19531);
    screens.site()->showSites({QVariant::fromValue(desk_app::SiteView{QStringLiteral("https://bid.example.com"), true}),
                               QVariant::fromValue(desk_app::SiteView{QStringLiteral("https://unknown.example.net:8443"), false})});
    screens.error()->show(209, true);
}

} // namespace hufu::tests
