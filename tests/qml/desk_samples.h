// The desk's pages filled with what a real day would show.
#pragma once

#include "app/desk/screens.h"
#include "platform/eye/drawing.h"

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
    screens.seal()->begin({QUrl::fromLocalFile(QStringLiteral("/home/lin/商务标_投标函.pdf")), QUrl::fromLocalFile(QStringLiteral("/home/lin/技术标.pdf"))});
    screens.seal()->showPeople({QStringLiteral("林晓燕"), QStringLiteral("王建国"), QStringLiteral("赵敏")});
    screens.site()->setPort(19531);
    screens.site()->showSites({QVariant::fromValue(desk_app::SiteView{QStringLiteral("https://bid.example.com"), true}),
                               QVariant::fromValue(desk_app::SiteView{QStringLiteral("https://unknown.example.net:8443"), false})});
    screens.error()->show(209, true);
}

} // namespace hufu::tests
