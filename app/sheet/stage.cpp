#include "app/sheet/stage.h"

#include "app/phone/qml_modules.h"
#include "app/sheet/samples.h"
#include "app/shell/language.h"
#include "app/shell/settings.h"

#include <QCoreApplication>
#include <QQuickItem>

namespace hufu::sheet {

using phone_app::PinModel;
using phone_app::Screens;

static QQuickItem *findIn(QQuickItem *item, const QString &name)
{
    if (!item->isVisible()) return nullptr;
    if (item->objectName() == name) return item;
    for (QQuickItem *child : item->childItems())
        if (QQuickItem *found = findIn(child, name)) return found;
    return nullptr;
}

Stage::Stage(const QSize &size, const phone_app::Eye &eye) : m_screens(eye)
{
    fillSamples(m_screens);
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.setInitialProperties({{QStringLiteral("screens"), QVariant::fromValue(&m_screens)}});
    shell::Language::of(m_engine); // before the first text is read
    shell::Settings::of(m_engine)->setMotion(false);
    shell::Settings::of(m_engine)->setAppearance(shell::Settings::Light);
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hufu/Phone/Main.qml")));
    if (m_engine.rootObjects().isEmpty()) return;
    m_window = qobject_cast<QQuickWindow *>(m_engine.rootObjects().first());
    resize(size);
}

void Stage::set(const Taste &taste)
{
    auto *settings = shell::Settings::of(m_engine);
    settings->setAppearance(taste.dark ? shell::Settings::Dark : shell::Settings::Light);
    settings->setElder(taste.elder);
    settings->setTextPercent(taste.textPercent);
    shell::Language::of(m_engine)->choose(taste.language);
}

void Stage::resize(const QSize &size)
{
    m_window->resize(size);
}

QStringList Stage::pages()
{
    QStringList out;
    for (const Screens::Page page : Screens::allPages()) {
        out << Screens::nameOf(page);
        if (page == Screens::Home) out << QStringLiteral("home-empty") << QStringLiteral("home-care") << QStringLiteral("home-reminder") << QStringLiteral("home-several") << QStringLiteral("home-stopped") << QStringLiteral("home-renewal") << QStringLiteral("home-alarm");
        if (page == Screens::Welcome) out << QStringLiteral("welcome-second") << QStringLiteral("welcome-third");
        if (page == Screens::Identity) out << QStringLiteral("identity-face");
        if (page == Screens::PinChoose) out << QStringLiteral("pinChoose-weak");
        if (page == Screens::Locked) out << QStringLiteral("locked-ended");
        if (page == Screens::Support) out << QStringLiteral("support-sent");
        if (page == Screens::PinPad) out << QStringLiteral("pinPad-few") << QStringLiteral("pinPad-whom");
        if (page == Screens::Next) out << QStringLiteral("next-code");
        if (page == Screens::Removal) out << QStringLiteral("removal-guarded");
        if (page == Screens::Revocation) out << QStringLiteral("revocation-guarded");
        if (page == Screens::Certificate) out << QStringLiteral("certificate-revoked") << QStringLiteral("certificate-fresh");
        if (page == Screens::Bid) out << QStringLiteral("bid-over");
        if (page == Screens::Result) out << QStringLiteral("result-sealed");
        if (page == Screens::Approve)
            out << QStringLiteral("approve-login") << QStringLiteral("approve-unknown") << QStringLiteral("approve-enrol") << QStringLiteral("approve-other") << QStringLiteral("approve-seal") << QStringLiteral("approve-files") << QStringLiteral("approve-where");
        if (page == Screens::Working) out << QStringLiteral("working-broken");
        if (page == Screens::Frozen) out << QStringLiteral("frozen-cloned");
        if (page == Screens::Error) out << QStringLiteral("error-explained");
    }
    return out;
}

void Stage::show(const QString &name)
{
    fillSamples(m_screens);
    const QString base = name.section(QLatin1Char('-'), 0, 0), variant = name.section(QLatin1Char('-'), 1);
    const auto page = *std::find_if(Screens::allPages().begin(), Screens::allPages().end(),
                                    [&](Screens::Page each) { return Screens::nameOf(each) == base; });
    if (page == Screens::PinRepeat) m_screens.pin()->ask(PinModel::Repeat, PinModel::Strong, 0, -1);
    if (page == Screens::PinPad) m_screens.pin()->ask(PinModel::Approve, PinModel::Strong, 300, 8);
    if (page == Screens::Frozen) m_screens.locked()->showFrozen(variant == QLatin1String("cloned"));
    if (page == Screens::Certificate) m_screens.certificate()->show(sampleCard(), variant == QLatin1String("fresh"));
    if (variant == QLatin1String("weak")) m_screens.pin()->ask(PinModel::Choose, PinModel::Steps, 0, -1);
    if (variant == QLatin1String("ended")) m_screens.locked()->skip(293'000);
    if (variant == QLatin1String("alarm")) m_screens.home()->setAlarm(true);
    if (variant == QLatin1String("empty")) {
        m_screens.home()->show(sampleCard(), {}, QString(), {});
        m_screens.home()->setReadiness({});
        m_screens.bids()->show({}, {}, {});
        m_screens.home()->setDeskMissing(true);
    }
    if (variant == QLatin1String("reminder")) {
        m_screens.home()->setReadiness(sampleLight(phone_app::HomeModel::Amber, phone_app::HomeModel::BidRehearsalDue, 20, 0));
        m_screens.bids()->remind(sampleBids().first());
    }
    if (variant == QLatin1String("few")) m_screens.pin()->ask(PinModel::Approve, PinModel::Strong, 300, 3);
    if (variant == QLatin1String("guarded")) m_screens.shields()->showRisks({sampleBids().mid(0, 1), sampleBids().mid(1, 1), {}, {}, {}});
    if (variant == QLatin1String("stopped")) m_screens.home()->setReadiness(sampleLight(phone_app::HomeModel::Red, phone_app::HomeModel::CertificateRevoked, 0, 601));
    m_screens.certificate()->setRevoked(variant == QLatin1String("revoked"));
    m_screens.home()->setRevoked(variant == QLatin1String("stopped"));
    if (variant == QLatin1String("whom")) m_screens.actFor(QStringLiteral("华东建设集团有限公司"), 1);
    else m_screens.actFor(QString(), -1);
    if (variant == QLatin1String("over")) m_screens.bids()->choose(sampleBids().last());
    if (variant == QLatin1String("sealed")) m_screens.result()->show(true, QStringLiteral("encrypt"), QStringLiteral("虎符电脑端"), QString(), QString(), 2);
    if (variant == QLatin1String("care")) {
        m_screens.home()->show(sampleCard(), sampleHistory(), QString(), {true, 17, false});
        m_screens.home()->setReadiness(sampleLight(phone_app::HomeModel::Red, phone_app::HomeModel::ServerAway, 0, 500));
    }
    if (variant == QLatin1String("login")) m_screens.approve()->show(sampleLogin(true), 20'000);
    if (variant == QLatin1String("code")) m_screens.next()->showCode(sampleCode());
    if (variant == QLatin1String("sent")) m_screens.support()->answer(QStringLiteral("HC-00000042"), 0);
    if (variant == QLatin1String("renewal")) {
        auto card = sampleCard();
        card.daysLeft = 28;
        m_screens.home()->show(card, sampleHistory(), QString(), {});
        m_screens.home()->setReadiness(sampleLight(phone_app::HomeModel::Amber, phone_app::HomeModel::CertificateEnds, 28, 0));
        m_screens.home()->setReminder(30);
    }
    if (variant == QLatin1String("other")) {
        auto request = sampleSign(1);
        request.otherShield = true;
        request.tone = 1;
        m_screens.approve()->show(request, 174'000);
    }
    if (variant == QLatin1String("several")) {
        auto card = sampleCard();
        card.tone = 1;
        card.label = QStringLiteral("总部投标");
        m_screens.home()->show(card, sampleHistory(), QString(), {});
        auto shields = sampleShields();
        shields[1].bidsLight = phone_app::HomeModel::Amber;
        m_screens.shields()->show(shields, false);
    } else if (page == Screens::Home) {
        m_screens.shields()->show(sampleShields().mid(0, 1), false);
    }
    if (variant == QLatin1String("unknown")) m_screens.approve()->show(sampleLogin(false), 100'000);
    if (variant == QLatin1String("seal")) m_screens.approve()->show(sampleSeal(), 174'000);
    if (variant == QLatin1String("enrol")) m_screens.approve()->show(sampleEnrol(), 100'000);
    m_screens.setConnection(variant == QLatin1String("broken"), false);
    // Made anew, as a person would find it: not scrolled, nothing typed.
    m_screens.show(page == Screens::Working ? Screens::Keys : Screens::Working);
    m_screens.show(page);
    const auto press = [this](const char *what) {
        if (QQuickItem *button = find(QString::fromLatin1(what))) QMetaObject::invokeMethod(button, "clicked");
    };
    if (variant == QLatin1String("explained")) {
        m_screens.pin()->ask(PinModel::Approve, PinModel::Strong, 300, 8);
        m_screens.show(Screens::PinPad);
        press("problemExplain");
    }
    // What a page shows after a press or two; the parts of a request and of the identity check are pages in simple mode only.
    if (variant == QLatin1String("second") || variant == QLatin1String("third")) press("welcomeNext");
    if (variant == QLatin1String("third")) press("welcomeNext");
    if (variant == QLatin1String("files") || variant == QLatin1String("where")) press("approveNext");
    if (variant == QLatin1String("where")) press("approveNext");
    if (QQuickItem *code = variant == QLatin1String("face") ? find(QStringLiteral("smsField")) : nullptr) {
        code->setProperty("text", QStringLiteral("482913"));
        if (shell::Settings::of(m_engine)->elder()) press("identityNext");
    }
    // Layouts are polished with a frame; what they turn out to be may ask for another.
    for (int i = 0; i < 2; ++i) {
        QCoreApplication::processEvents();
        grab();
    }
}

QImage Stage::grab()
{
    return m_window->grabWindow();
}

QQuickItem *Stage::find(const QString &name)
{
    return findIn(m_window->contentItem(), name);
}

} // namespace hufu::sheet
