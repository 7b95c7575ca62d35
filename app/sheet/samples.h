// Screens filled with what a real day would show: for the page tests and for the contact sheet.
#pragma once

#include "app/phone/screens.h"

#include <QCoreApplication>

namespace hufu::sheet {

inline phone_app::CertificateView sampleCard()
{
    phone_app::CertificateView card;
    card.person = QStringLiteral("林晓燕");
    card.company = QStringLiteral("华东建设集团有限公司");
    card.creditCode = QStringLiteral("91310000MA1K35XU7T");
    card.issuer = QStringLiteral("Hufu Demo Issuing CA");
    card.signSerial = QStringLiteral("4f2a91c07be3d815");
    card.encryptSerial = QStringLiteral("4f2a91c07be3d816");
    card.signAlgorithm = QStringLiteral("SM2");
    card.validFrom = QDateTime(QDate(2026, 11, 24), QTime(9, 0));
    card.validTo = QDateTime(QDate(2027, 11, 24), QTime(9, 0));
    card.daysLeft = 365;
    card.label = card.company;
    return card;
}

// Of the size of a link's code; it says nothing.
inline QImage sampleCode()
{
    QImage code(73, 73, QImage::Format_Grayscale8);
    code.fill(255);
    const auto square = [&code](int x, int y, int side, int grey) {
        for (int i = 0; i < side * side; ++i)
            code.setPixelColor(x + i % side, y + i / side, QColor(grey, grey, grey));
    };
    for (int i = 0; i < 65 * 65; ++i)
        if ((i * 7919 + i / 65 * 104729) % 13 < 6) square(4 + i % 65, 4 + i / 65, 1, 0);
    for (const QPoint corner : {QPoint(4, 4), QPoint(62, 4), QPoint(4, 62)})
        for (const auto &[in, grey] : {std::pair(0, 0), std::pair(1, 255), std::pair(2, 0)})
            square(corner.x() + in, corner.y() + in, 7 - 2 * in, grey);
    return code;
}

inline QList<phone_app::ShieldView> sampleShields()
{
    const auto shield = [](int index, const char *company, int daysLeft, int bids, bool active) {
        phone_app::ShieldView view;
        view.index = index;
        view.company = QString::fromUtf8(company);
        view.person = QStringLiteral("林晓燕");
        view.daysLeft = daysLeft;
        view.bids = bids;
        view.active = active;
        view.current = index == 0;
        view.tone = index;
        return view;
    };
    return {shield(0, "华东建设集团有限公司", 365, 0, true), shield(1, "江海机电设备（上海）有限公司", 21, 2, true),
            shield(2, "华东建设集团有限公司", 0, 0, false)};
}

inline QList<phone_app::HistoryView> sampleHistory()
{
    const auto entry = [](const char *act, const char *platform, bool approved, int code, int minute) {
        phone_app::HistoryView view;
        view.at = QDateTime(QDate(2026, 11, 24), QTime(14, minute));
        view.act = QString::fromLatin1(act);
        view.platform = QString::fromUtf8(platform);
        view.approved = approved;
        view.code = code;
        view.certificate = QStringLiteral("4e1b09c2d7a85f30");
        view.session = QStringLiteral("6f0d2b94c1e3487a95d8b7204ce1f3%1").arg(minute, 2, 10, QLatin1Char('0'));
        view.manifest = QStringLiteral("b3c5e0917d24a8f6b1c39e42d7a50f8864c2e1b7930a5d4ff7e6c8a12b0d39%1").arg(minute, 2, 10, QLatin1Char('0'));
        view.desk = QStringLiteral("投标室 3 号机");
        view.compared = phone_app::HistoryModel::Same;
        if (view.act == QLatin1String("sign")) {
            view.summary = QStringLiteral("商务标_投标函及投标函附录.pdf");
            view.project = QStringLiteral("某某大桥 ZB-2026-118");
            phone_app::FileView file;
            file.name = view.summary;
            file.size = 1'843'200;
            file.sm3 = QStringLiteral("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
            view.files << QVariant::fromValue(file);
        }
        return view;
    };
    return {entry("sign", "国泰新点电子交易平台", true, 0, 32),
            entry("login", "国泰新点电子交易平台", true, 0, 28), entry("login", "未知网页", false, 0, 11),
            entry("decrypt", "省公共资源交易中心", false, 300, 5)};
}

// All is as it should be.
inline phone_app::RecordsView sampleRecords()
{
    phone_app::RecordsView records;
    records.comparedAt = QDateTime(QDate(2026, 11, 24), QTime(14, 40));
    return records;
}

inline phone_app::ReadinessView sampleLight(int light, int cause, int value, int code)
{
    phone_app::ReadinessView view;
    view.light = light;
    view.cause = cause;
    view.value = value;
    view.code = code;
    return view;
}

inline QList<phone_app::CheckView> sampleChecks()
{
    using D = phone_app::DiagnosisModel;
    const auto line = [](D::Kind kind, D::State state, double value, int code) {
        phone_app::CheckView view;
        view.kind = kind;
        view.state = state;
        view.value = value;
        view.code = code;
        return view;
    };
    phone_app::CheckView name = line(D::Name, D::Good, 9, 0), version = line(D::ServerVersion, D::Good, 0, 0);
    name.text = QStringLiteral("192.0.2.17");
    version.text = QStringLiteral("Hufu ") + QCoreApplication::applicationVersion(); // the phone's own
    return {name, line(D::Network, D::Good, 46, 0), line(D::Pin, D::Good, 0, 0), line(D::Clock, D::Bad, -312.4, 505),
            line(D::Storage, D::Good, 21.4e9, 0), version};
}

inline QList<phone_app::BidView> sampleBids()
{
    const QDateTime now(QDate(2026, 11, 24), QTime(14, 40));
    const auto bid = [&](const char *number, const char *project, const char *package, int hours, phone_app::HomeModel::Light light,
                         phone_app::BidsModel::Cause cause) {
        phone_app::BidView view;
        view.id = QString::fromLatin1(number);
        view.number = QString::fromLatin1(number);
        view.project = QString::fromUtf8(project);
        view.package = QString::fromUtf8(package);
        view.file = QStringLiteral("商务标_投标函及投标函附录.pdf");
        view.size = 4'812'334;
        view.sealedAt = now.addDays(-1);
        view.openingAt = now.addSecs(hours * 3600 - 127);
        view.recipients = {QStringLiteral("林晓燕"), QStringLiteral("王建国")};
        view.own = view.mine = view.awaited = true;
        view.light = light;
        view.cause = cause;
        view.rehearsalDue = cause == phone_app::BidsModel::RehearsalDue;
        return view;
    };
    using H = phone_app::HomeModel;
    using B = phone_app::BidsModel;
    auto alone = bid("SH-2026-1187", "滨江快速路改造工程施工招标", "第 2 标段", 20, H::Amber, B::RehearsalDue);
    alone.recipients = {QStringLiteral("林晓燕")};
    alone.soleReason = QStringLiteral("同事休假，项目保密");
    auto over = bid("SH-2026-0940", "第三人民医院门诊楼施工", "", -50, H::Grey, B::Ready);
    over.awaited = false;
    over.state = B::Opened;
    return {alone, bid("SH-2026-1203", "城西污水处理厂设备采购", "", 67, H::Green, B::Ready), over};
}

inline phone_app::RequestView sampleLogin(bool known)
{
    phone_app::RequestView view;
    view.act = QStringLiteral("login");
    view.flow = known ? QStringLiteral("desk") : QStringLiteral("page");
    view.platformName = QStringLiteral("国泰新点电子交易平台");
    view.platformId = QStringLiteral("epoint-demo");
    view.company = QStringLiteral("华东建设集团有限公司");
    view.person = QStringLiteral("林晓燕");
    view.deskKnown = known;
    view.created = QDateTime(QDate(2026, 11, 24), QTime(14, 40, 7));
    view.network = QStringLiteral("198.51.100.17");
    if (known) {
        view.deskName = QStringLiteral("投标室 3 号机");
        view.deskId = QStringLiteral("8d1f00b7c25e4a93bb60e1f2a4c97d15");
    } else {
        view.digits = QStringLiteral("4827");
        view.platformNew = true;
    }
    return view;
}

inline phone_app::RequestView sampleEnrol()
{
    phone_app::RequestView view = sampleLogin(true);
    view.act = QStringLiteral("enrol");
    view.platformName = QStringLiteral("虎符电脑端");
    view.platformId.clear();
    view.deskKnown = false;
    view.smsWanted = true;
    return view;
}

inline phone_app::RequestView sampleSign(int files)
{
    phone_app::RequestView view = sampleLogin(true);
    view.act = QStringLiteral("sign");
    view.form = QStringLiteral("cms");
    view.projectName = QStringLiteral("滨江快速路改造工程施工招标");
    view.projectId = QStringLiteral("SH-2026-1187");
    view.projectPackage = QStringLiteral("第 2 标段");
    view.deadline = QDateTime(QDate(2026, 11, 27), QTime(9, 30));
    view.deadlineHours = 66;
    view.platformNew = true;
    view.smsWanted = true;
    QList<phone_app::FileView> list;
    for (int i = 0; i < files; ++i) {
        phone_app::FileView file;
        file.name = i == 0 ? QStringLiteral("商务标_投标函及投标函附录（最终版 2026-11-24 修订）.pdf")
                           : QStringLiteral("技术标_施工组织设计.pdf");
        file.size = 4'812'334.0 + i * 1000;
        file.pages = 38 + i;
        file.sm3 = QStringLiteral("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        list << file;
    }
    view.files = phone_app::listOf(list);
    return view;
}

// A document with the company's and the legal person's seal.
inline phone_app::RequestView sampleSeal()
{
    phone_app::RequestView view = sampleSign(1);
    view.act = QStringLiteral("seal");
    auto file = view.files.first().value<phone_app::FileView>();
    phone_app::SealUseView company, person;
    company.kind = QStringLiteral("company");
    company.name = QStringLiteral("虎符演示建设有限公司");
    company.pages = QStringLiteral("3,38");
    company.riding = QStringLiteral("1-38");
    person.kind = QStringLiteral("legalPerson");
    person.name = QStringLiteral("王虎");
    person.pages = QStringLiteral("38");
    company.number = QStringLiteral("1101080000001");
    company.style = person.style = 1;
    company.purpose = person.purpose = QStringLiteral("投标文件");
    file.seals = {QVariant::fromValue(company), QVariant::fromValue(person)};
    view.files = phone_app::listOf(QList<phone_app::FileView>{file});
    return view;
}

// Everything that a page may show is there, whichever is opened.
inline void fillSamples(phone_app::Screens &screens)
{
    phone_app::AgreementView service, privacy, certificate;
    service.id = QStringLiteral("service");
    privacy.id = QStringLiteral("privacy");
    certificate.id = QStringLiteral("certificate");
    service.version = privacy.version = certificate.version = 1;
    screens.welcome()->show(false);
    screens.shields()->show(sampleShields(), false);
    screens.shields()->look(sampleShields().at(1));
    screens.shields()->setFingersThere(true);
    screens.link()->show(QString(), 0, false);
    screens.phoneNumber()->show(QStringLiteral("127.0.0.1:8443"), 0, false);
    screens.agreements()->show(sampleCard().company, QStringLiteral("林*燕"), {service, privacy, certificate});
    screens.identity()->ask(true, true, QStringLiteral("138 **** 0001"));
    screens.identity()->sent(52);
    screens.pin()->ask(phone_app::PinModel::Choose, phone_app::PinModel::Strong, 0, -1);
    screens.keys()->show(2);
    screens.certificate()->show(sampleCard(), true);
    screens.home()->show(sampleCard(), sampleHistory(), QStringLiteral("127.0.0.1:8443"), {});
    screens.home()->setReadiness(sampleLight(phone_app::HomeModel::Green, phone_app::HomeModel::Ready, 0, 0));
    screens.bids()->show(sampleBids(), QDateTime(QDate(2026, 11, 24), QTime(14, 40)), QDateTime(QDate(2026, 11, 23), QTime(14, 45)));
    screens.bids()->setNow(QDateTime(QDate(2026, 11, 24), QTime(14, 40)).toMSecsSinceEpoch());
    screens.bids()->choose(sampleBids().first());
    screens.bids()->dismissReminder();
    screens.centre()->show(sampleCard(), QStringLiteral("5b0c97f1e2d84a6f9d13c07ab2e64518"), QStringLiteral("127.0.0.1:8443"), {});
    screens.history()->show(sampleHistory(), sampleRecords());
    screens.history()->setCompared(0);
    screens.history()->choose(sampleHistory().first());
    screens.diagnosis()->show(sampleChecks(), false);
    screens.recover()->show(0, false);
    screens.next()->show(sampleCard(), 2, false);
    screens.home()->setReminder(0);
    screens.home()->setAlarm(false);
    screens.home()->setDeskMissing(false);
    const QDateTime enrolled(QDate(2026, 11, 20), QTime(9, 12));
    screens.desks()->show({{QStringLiteral("8d1f00b7c25e4a93bb60e1f2a4c97d15"), QStringLiteral("投标室 3 号机"), QStringLiteral("bid-room-3"), enrolled, false},
                           {QStringLiteral("0b6e91c7f25d4a13ab40c1f2b4d97e06"), QStringLiteral("笔记本"), QString(), enrolled.addDays(-31), true}});
    screens.support()->visit(true, QStringLiteral("Qt 6.4.2, Debian GNU/Linux 12 (bookworm); server: state 1, 12 ms, clock 0 s; days left 365; wrong PINs 0; bids 3"));
    screens.support()->showContacts({{QVariant::fromValue(shell::ContactView{QStringLiteral("person"), QStringLiteral("客户服务部（演示）"), QStringLiteral("customer service (demo)")}),
                                     QVariant::fromValue(shell::ContactView{QStringLiteral("hotline"), QStringLiteral("400-000-0000（演示）"), QStringLiteral("400-000-0000 (demo)")}),
                                     QVariant::fromValue(shell::ContactView{QStringLiteral("hours"), QStringLiteral("工作日 8:30–17:30（演示）"), QStringLiteral("working days 8:30 to 17:30 (demo)")})},
                                    QStringLiteral("https://support.example/hufu")});
    screens.scan()->close();
    screens.approve()->show(sampleSign(2), 174'000);
    screens.factor()->show(QStringLiteral("enrol"), 0);
    screens.factor()->resendIn(47);
    screens.working()->show(phone_app::WorkingModel::Approving);
    screens.result()->show(true, QStringLiteral("sign"), QStringLiteral("国泰新点电子交易平台"), QString(),
                           QString(), 2);
    screens.error()->show(201, true, 8);
    screens.locked()->showLocked(293, 4, 6);
}

} // namespace hufu::sheet
