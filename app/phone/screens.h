// All pages of the phone and which one is shown. It knows no flow: app/phone/conductor.h moves it, a test may
// as well.
#pragma once

#include "app/phone/models/agreements_model.h"
#include "app/phone/models/approve_model.h"
#include "app/phone/models/aside_model.h"
#include "app/phone/models/bids_model.h"
#include "app/phone/models/centre_model.h"
#include "app/phone/models/certificate_model.h"
#include "app/phone/models/desks_model.h"
#include "app/phone/models/diagnosis_model.h"
#include "app/phone/models/evidence_model.h"
#include "app/phone/models/factor_model.h"
#include "app/phone/models/history_model.h"
#include "app/phone/models/home_model.h"
#include "app/phone/models/identity_model.h"
#include "app/phone/models/keys_model.h"
#include "app/phone/models/link_model.h"
#include "app/phone/models/locked_model.h"
#include "app/phone/models/next_model.h"
#include "app/phone/models/phone_number_model.h"
#include "app/phone/models/pin_model.h"
#include "app/phone/models/recover_model.h"
#include "app/phone/models/result_model.h"
#include "app/phone/models/scan_model.h"
#include "app/phone/models/shields_model.h"
#include "app/phone/models/welcome_model.h"
#include "app/phone/models/working_model.h"
#include "app/phone/screen_guard.h"
#include "app/shell/error_model.h"
#include "app/shell/support_model.h"

namespace hufu::phone_app {

class Screens : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(Page page READ page NOTIFY pageChanged)
    Q_PROPERTY(hufu::phone_app::WelcomeModel *welcome READ welcome CONSTANT)
    Q_PROPERTY(hufu::phone_app::LinkModel *link READ link CONSTANT)
    Q_PROPERTY(hufu::phone_app::PhoneNumberModel *phoneNumber READ phoneNumber CONSTANT)
    Q_PROPERTY(hufu::phone_app::AgreementsModel *agreements READ agreements CONSTANT)
    Q_PROPERTY(hufu::phone_app::IdentityModel *identity READ identity CONSTANT)
    Q_PROPERTY(hufu::phone_app::PinModel *pin READ pin CONSTANT)
    Q_PROPERTY(hufu::phone_app::KeysModel *keys READ keys CONSTANT)
    Q_PROPERTY(hufu::phone_app::CertificateModel *certificate READ certificate CONSTANT)
    Q_PROPERTY(hufu::phone_app::HomeModel *home READ home CONSTANT)
    Q_PROPERTY(hufu::phone_app::ScanModel *scan READ scan CONSTANT)
    Q_PROPERTY(hufu::phone_app::ApproveModel *approve READ approve CONSTANT)
    Q_PROPERTY(hufu::phone_app::FactorModel *factor READ factor CONSTANT)
    Q_PROPERTY(hufu::phone_app::WorkingModel *working READ working CONSTANT)
    Q_PROPERTY(hufu::phone_app::ResultModel *result READ result CONSTANT)
    Q_PROPERTY(hufu::phone_app::EvidenceModel *evidence READ evidence CONSTANT)
    Q_PROPERTY(hufu::shell::ErrorModel *error READ error CONSTANT)
    Q_PROPERTY(hufu::phone_app::LockedModel *locked READ locked CONSTANT)
    Q_PROPERTY(hufu::phone_app::RecoverModel *recover READ recover CONSTANT)
    Q_PROPERTY(hufu::phone_app::BidsModel *bids READ bids CONSTANT)
    Q_PROPERTY(hufu::phone_app::CentreModel *centre READ centre CONSTANT)
    Q_PROPERTY(hufu::phone_app::HistoryModel *history READ history CONSTANT)
    Q_PROPERTY(hufu::phone_app::DiagnosisModel *diagnosis READ diagnosis CONSTANT)
    Q_PROPERTY(hufu::shell::SupportModel *support READ support CONSTANT)
    Q_PROPERTY(hufu::phone_app::ShieldsModel *shields READ shields CONSTANT)
    Q_PROPERTY(hufu::phone_app::NextModel *next READ next CONSTANT)
    Q_PROPERTY(hufu::phone_app::DesksModel *desks READ desks CONSTANT)
    Q_PROPERTY(hufu::phone_app::AsideModel *aside READ aside CONSTANT) // of every page that can only be left
    Q_PROPERTY(bool isCalm READ isCalm NOTIFY pageChanged) // home, or a page besides: no act is under way
    Q_PROPERTY(QString whom READ whom NOTIFY whomChanged)         // for which company the act under way is
    Q_PROPERTY(int whomTone READ whomTone NOTIFY whomChanged)     // its colour; negative: the phone acts for one alone, or no act is under way
    Q_PROPERTY(bool reconnecting READ reconnecting NOTIFY connectionChanged)
    Q_PROPERTY(bool waiting READ waiting NOTIFY connectionChanged)
    Q_PROPERTY(bool recorded READ recorded NOTIFY recordedChanged)
public:
    enum Page {
        Welcome,
        Link,
        PhoneNumber,
        Agreements,
        Identity,
        PinChoose,
        PinRepeat,
        Keys,
        Certificate,
        Home,
        Scan,
        Approve,
        Factor,
        PinPad,
        Working,
        Result,
        Error,
        Locked,
        Frozen,
        Recover,
        Centre,
        Settings,
        History,
        HistoryEntry,
        Support,
        Diagnosis,
        Errors,
        Terms,
        Bids,
        Bid,
        Shields,
        Next,
        Shield,
        Removal,
        Desks,
        Revocation,
    };
    Q_ENUM(Page)

    explicit Screens(const Eye &eye = {}, QObject *parent = nullptr);
    const Eye &eye() const { return m_eye; }
    Page page() const { return m_page; }
    // What it shows must be on no picture: the PIN, and the code that makes new keys.
    bool isSecret() const { return m_page == PinChoose || m_page == PinRepeat || m_page == PinPad || m_page == Next; }
    void guardWith(ScreenGuard &guard); // which outlives it
    // Somebody records the screen: what is secret is covered meanwhile.
    bool recorded() const { return m_recorded; }
    bool isCalm() const { return m_page == Home || m_page == Result || m_page == Certificate || m_page >= Centre; }
    // A page of a flow, or home: where the person came from is forgotten.
    void show(Page page);
    // A page besides, and back to where the person came from.
    void visit(Page page);
    void leave();

    // The connection is being made again; the page waits for the server. Told anew with each message, so that a wait
    // is counted from the last one.
    bool reconnecting() const { return m_reconnecting; }
    bool waiting() const { return m_waiting; }
    void setConnection(bool reconnecting, bool waiting);
    const QString &whom() const { return m_whom; }
    int whomTone() const { return m_whomTone; }
    void actFor(const QString &whom, int tone);
    // Every countdown loses so much: a tester's clock jumped.
    void skip(qint64 milliseconds);
    static QString nameOf(Page page); // "pinChoose"
    static const QList<Page> &allPages();

    WelcomeModel *welcome() const { return m_welcome; }
    LinkModel *link() const { return m_link; }
    PhoneNumberModel *phoneNumber() const { return m_phoneNumber; }
    AgreementsModel *agreements() const { return m_agreements; }
    IdentityModel *identity() const { return m_identity; }
    PinModel *pin() const { return m_pin; }
    KeysModel *keys() const { return m_keys; }
    CertificateModel *certificate() const { return m_certificate; }
    HomeModel *home() const { return m_home; }
    ScanModel *scan() const { return m_scan; }
    ApproveModel *approve() const { return m_approve; }
    FactorModel *factor() const { return m_factor; }
    WorkingModel *working() const { return m_working; }
    ResultModel *result() const { return m_result; }
    EvidenceModel *evidence() const { return m_evidence; }
    shell::ErrorModel *error() const { return m_error; }
    LockedModel *locked() const { return m_locked; }
    RecoverModel *recover() const { return m_recover; }
    BidsModel *bids() const { return m_bids; }
    CentreModel *centre() const { return m_centre; }
    HistoryModel *history() const { return m_history; }
    DiagnosisModel *diagnosis() const { return m_diagnosis; }
    shell::SupportModel *support() const { return m_support; }
    ShieldsModel *shields() const { return m_shields; }
    NextModel *next() const { return m_next; }
    DesksModel *desks() const { return m_desks; }
    AsideModel *aside() const { return m_aside; }

Q_SIGNALS:
    void pageChanged();
    void connectionChanged();
    void whomChanged();
    void recordedChanged();

private:
    void turnTo(Page page);

    Eye m_eye;
    Page m_page = Working;
    QList<Page> m_from; // where leave() goes back to, the last one first
    bool m_reconnecting = false, m_waiting = false, m_recorded = false;
    QString m_whom;
    int m_whomTone = -1;
    WelcomeModel *m_welcome;
    LinkModel *m_link;
    PhoneNumberModel *m_phoneNumber;
    AgreementsModel *m_agreements;
    IdentityModel *m_identity;
    PinModel *m_pin;
    KeysModel *m_keys;
    CertificateModel *m_certificate;
    HomeModel *m_home;
    ScanModel *m_scan;
    ApproveModel *m_approve;
    FactorModel *m_factor;
    WorkingModel *m_working;
    ResultModel *m_result;
    EvidenceModel *m_evidence;
    shell::ErrorModel *m_error;
    LockedModel *m_locked;
    RecoverModel *m_recover;
    BidsModel *m_bids;
    CentreModel *m_centre;
    HistoryModel *m_history;
    DiagnosisModel *m_diagnosis;
    ShieldsModel *m_shields;
    shell::SupportModel *m_support;
    NextModel *m_next;
    DesksModel *m_desks;
    AsideModel *m_aside;
};

} // namespace hufu::phone_app
