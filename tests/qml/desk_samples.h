// The desk's pages filled with what a real day would show.
#pragma once

#include "app/desk/screens.h"
#include "platform/eye/drawing.h"

#include <QJsonArray>
#include <QPainter>

namespace hufu::tests {

// A document of twelve pages, others beside it, and the seals of one person.
inline void fillStamp(desk_app::StampModel &model, const QStringList &beside = {})
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
    model.begin(QStringList{QStringLiteral("/home/lin/商务标_投标函.pdf")} + beside);
    model.showSeals({company, person});
    model.showDocument(0, std::vector<QSizeF>(12, QSizeF(210, 297)), 1);
    QImage page(840, 1188, QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter painter(&page);
    for (int line = 0; line < 30; ++line)
        painter.fillRect(90, 120 + line * 32, line % 7 == 6 ? 300 : 640, 8, QColor(0x99, 0x99, 0x99));
    painter.end();
    model.showPicture(QStringLiteral("/home/lin/商务标_投标函.pdf"), 1, page);
    model.place(0, 150, 240);
    model.place(1, 95, 245);
    model.setRiding(0, true);
}

inline void fillHistory(desk_app::HistoryModel &model)
{
    using desk_app::Record;
    const qint64 at = QDateTime(QDate(2026, 11, 24), QTime(14, 2)).toMSecsSinceEpoch();
    Record login, opened, sealed, refused, cancelled;
    login.act = QStringLiteral("login");
    login.person = opened.person = sealed.person = QStringLiteral("林晓燕");
    opened.act = QStringLiteral("decrypt");
    opened.items = {{QStringLiteral("商务标_投标函.pdf.hufu"), QStringLiteral("商务标_投标函.pdf"), 0, {desk_app::Sender::Standing::good, QStringLiteral("远山工程有限公司 · 赵六")}},
                    {QStringLiteral("技术标.pdf.hufu"), {}, 614}};
    sealed.act = QStringLiteral("encrypt");
    sealed.project = QStringLiteral("SH-2026-1187");
    sealed.items = {{QStringLiteral("商务标_投标函.pdf"), QStringLiteral("商务标_投标函.pdf.hufu"), 0}};
    refused.act = QStringLiteral("seal");
    refused.problem = 209;
    refused.items = {{QStringLiteral("技术标.pdf"), {}, 0}};
    cancelled.act = QStringLiteral("sign");
    cancelled.problem = Record::kCancelled;
    cancelled.items = {{QStringLiteral("a-contract-with-a-long-name-that-does-not-fit-into-one-line-of-the-list.pdf"), {}, 0}};
    QList<Record> records{login, opened, sealed, refused, cancelled};
    for (qsizetype i = 0; i < records.size(); ++i)
        records[i].atMs = at - i * 3'700'000;
    model.show(records);
}

inline void fillDeskSamples(desk_app::DeskScreens &screens)
{
    screens.status()->show(true, QStringLiteral("投标室 3 号机"),
                           QStringLiteral("8d1f00b7c25e4a93bb60e1f2a4c97d15"),
                           QStringLiteral("127.0.0.1:8443"));
    screens.status()->setServer(desk_app::StatusModel::Good, 0, 12);
    screens.status()->setClock(desk_app::StatusModel::Good, 0.3);
    screens.status()->setPeople({QStringLiteral("林晓燕 · 虎符演示建设有限公司"), QStringLiteral("王建国 · 虎符演示建设有限公司")});
    screens.status()->setLogin(QStringLiteral("林晓燕"), QDateTime(QDate(2026, 11, 24), QTime(14, 2)));
    fillHistory(*screens.history());
    screens.qr()->begin(QStringLiteral("sign"), QStringLiteral("商务标_投标函.pdf"));
    screens.qr()->showStage(desk_app::QrModel::Showing, false);
    screens.qr()->showCode(*eye::drawCode("HUFU:1:" + std::string(176, 'Q'), 1), 171);
    screens.outcome()->show(QStringLiteral("sign"), QStringLiteral("林晓燕"),
                            QStringLiteral("/home/lin/商务标_投标函.pdf.p7s"), true, QString(128, QLatin1Char('a')));
    const QDateTime now(QDate(2026, 11, 24), QTime(14, 40));
    const auto bid = [&](const char *number, const char *name, qint64 seconds, const char *light, const char *cause, bool own) {
        return QJsonObject{{"id", QString(64, QLatin1Char(number[11]))}, {"awaited", true}, {"own", own}, {"light", light}, {"cause", cause},
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
    using D = desk_app::DiagnosisModel;
    screens.diagnosis()->show({{D::Server, D::Good, 12, 0}, {D::Pin, D::Good, 0, 0}, {D::Clock, D::Bad, 184.2, 505}, {D::Enrolment, D::Good, 2, 0},
                               {D::Storage, D::Good, 81'234'567'890.0, 0}, {D::Keyring, D::Good, 0, 0}, {D::Pages, D::Good, 19531, 0}},
                              QStringLiteral("Hufu desk 0.1.0, Qt 6.4.2, Debian GNU/Linux 12 (bookworm)\nkernel linux 6.1.0, x86_64\nserver at 127.0.0.1:8443\nserver: good, 12\nits key: good\n"
                                             "clock ahead by (s): bad, 184.2, HF-505\nlast codes: HF-209\n"));
    screens.support()->showContacts({{QVariant::fromValue(shell::ContactView{QStringLiteral("person"), QStringLiteral("客户服务部（演示）"), QStringLiteral("customer service (demo)")}),
                                     QVariant::fromValue(shell::ContactView{QStringLiteral("hotline"), QStringLiteral("400-000-0000（演示）"), QStringLiteral("400-000-0000 (demo)")})},
                                    QStringLiteral("https://help.example.com/chat")});
    screens.support()->visit(true, QStringLiteral("Qt 6.4.2, Debian GNU/Linux 12 (bookworm); server good, 12 ms; clock 184.2 s; enrolled 1; port 19531"));
    screens.error()->show(209, true);
}

} // namespace hufu::tests
