#include "app/phone/screens.h"

#include <QMetaEnum>

#include <utility>

namespace hufu::phone_app {

Screens::Screens(const Eye &eye, QObject *parent)
    : QObject(parent), m_eye(eye), m_welcome(new WelcomeModel(this)), m_link(new LinkModel(this)),
      m_phoneNumber(new PhoneNumberModel(this)), m_agreements(new AgreementsModel(this)),
      m_identity(new IdentityModel(this)), m_pin(new PinModel(this)), m_keys(new KeysModel(this)),
      m_certificate(new CertificateModel(this)), m_home(new HomeModel(this)), m_scan(new ScanModel(eye, this)),
      m_approve(new ApproveModel(this)), m_factor(new FactorModel(this)), m_working(new WorkingModel(this)),
      m_result(new ResultModel(this)), m_evidence(new EvidenceModel(this)), m_error(new shell::ErrorModel(this)), m_locked(new LockedModel(this)),
      m_recover(new RecoverModel(this)), m_bids(new BidsModel(this)), m_centre(new CentreModel(this)), m_history(new HistoryModel(this)),
      m_diagnosis(new DiagnosisModel(this)), m_shields(new ShieldsModel(this)), m_support(new shell::SupportModel(this)), m_next(new NextModel(this)), m_desks(new DesksModel(this)), m_aside(new AsideModel(this))
{
}

void Screens::show(Page page)
{
    m_from.clear();
    turnTo(page);
}

void Screens::visit(Page page)
{
    if (page == m_page) return;
    m_from.prepend(m_page);
    turnTo(page);
}

void Screens::leave()
{
    if (!m_from.isEmpty()) turnTo(m_from.takeFirst());
}

void Screens::turnTo(Page page)
{
    if (page == m_page) return;
    m_identity->stopCheck(); // it is over with its page
    m_page = page;
    Q_EMIT pageChanged();
}

void Screens::setConnection(bool reconnecting, bool waiting)
{
    m_reconnecting = reconnecting;
    m_waiting = waiting;
    Q_EMIT connectionChanged();
}

void Screens::actFor(const QString &whom, int tone)
{
    m_whom = whom;
    m_whomTone = tone;
    Q_EMIT whomChanged();
}

void Screens::guardWith(ScreenGuard &guard)
{
    connect(this, &Screens::pageChanged, this, [this, &guard] { guard.forbidPictures(isSecret()); });
    guard.forbidPictures(isSecret());
    guard.watchRecorder([this](bool records) {
        if (std::exchange(m_recorded, records) != records) Q_EMIT recordedChanged();
    });
}

void Screens::skip(qint64 milliseconds)
{
    m_identity->skip(milliseconds);
    m_factor->skip(milliseconds);
    m_approve->skip(milliseconds);
    m_locked->skip(milliseconds);
}

QString Screens::nameOf(Page page)
{
    QString name = QString::fromLatin1(QMetaEnum::fromType<Page>().valueToKey(page));
    return name.replace(0, 1, name.at(0).toLower());
}

const QList<Screens::Page> &Screens::allPages()
{
    static const QList<Page> kPages = [] {
        QList<Page> pages;
        const auto meta = QMetaEnum::fromType<Page>();
        for (int i = 0; i < meta.keyCount(); ++i)
            pages << static_cast<Page>(meta.value(i));
        return pages;
    }();
    return kPages;
}

} // namespace hufu::phone_app
