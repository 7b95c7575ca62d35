// The desk's pages filled with what a real day would show.
#pragma once

#include "app/desk/screens.h"
#include "platform/eye/drawing.h"

#include <QJsonArray>
#include <QPainter>

namespace hufu::tests {

// A document of twelve pages, and the seals of one person.
inline void fillStamp(desk_app::StampModel &model)
{
    const auto picture = [](bool square) {
        QImage image(240, 240, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setPen(QPen(QColor(0xdc, 0, 0), 12));
        const QRect edge(8, 8, 224, 224);
        if (square) painter.drawRect(edge);
        else painter.drawEllipse(edge);
        return image;
    };
    desk_app::StampSealView company, person;
    company.kind = QStringLiteral("company");
    company.name = QStringLiteral("虎符演示建设有限公司");
    company.person = person.person = QStringLiteral("林晓燕");
    company.purpose = person.purpose = QStringLiteral("投标文件");
    company.project = QStringLiteral("滨江快速路改造工程施工招标");
    company.image = picture(false);
    company.side = 40;
    person.kind = QStringLiteral("legalPerson");
    person.name = QStringLiteral("王虎");
    person.image = picture(true);
    person.side = 20;
    model.begin(QStringLiteral("/home/lin/商务标_投标函.pdf"));
    model.showSeals({company, person});
    model.showDocument(std::vector<QSizeF>(12, QSizeF(210, 297)), 1);
    QImage page(840, 1188, QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter painter(&page);
    for (int line = 0; line < 30; ++line)
        painter.fillRect(90, 120 + line * 32, line % 7 == 6 ? 300 : 640, 8, QColor(0x99, 0x99, 0x99));
    painter.end();
    model.showPicture(1, page);
    model.place(0, 150, 240);
    model.place(1, 95, 245);
    model.setRiding(0, true);
}

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
    fillStamp(*screens.stamp());
    screens.site()->setPort(19531);
    screens.site()->showSites({QVariant::fromValue(desk_app::SiteView{QStringLiteral("https://bid.example.com"), true}),
                               QVariant::fromValue(desk_app::SiteView{QStringLiteral("https://unknown.example.net:8443"), false})});
    screens.error()->show(209, true);
}

} // namespace hufu::tests
