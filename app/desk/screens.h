// The pages of the desk and which one is shown.
#pragma once

#include "app/desk/models/bid_list_model.h"
#include "app/desk/models/diagnosis_model.h"
#include "app/desk/models/evidence_model.h"
#include "app/desk/models/history_model.h"
#include "app/desk/models/outcome_model.h"
#include "app/desk/models/qr_model.h"
#include "app/desk/models/seal_model.h"
#include "app/desk/models/settings_model.h"
#include "app/desk/models/site_model.h"
#include "app/desk/models/stamp_model.h"
#include "app/desk/models/status_model.h"
#include "app/shell/error_model.h"
#include "app/shell/support_model.h"

namespace hufu::desk_app {

class DeskScreens : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(Page page READ page NOTIFY pageChanged)
    Q_PROPERTY(hufu::desk_app::StatusModel *status READ status CONSTANT)
    Q_PROPERTY(hufu::desk_app::BidListModel *bids READ bids CONSTANT)
    Q_PROPERTY(hufu::desk_app::QrModel *qr READ qr CONSTANT)
    Q_PROPERTY(hufu::desk_app::SealModel *seal READ seal CONSTANT)
    Q_PROPERTY(hufu::desk_app::StampModel *stamp READ stamp CONSTANT)
    Q_PROPERTY(hufu::desk_app::SiteModel *site READ site CONSTANT)
    Q_PROPERTY(hufu::desk_app::HistoryModel *history READ history CONSTANT)
    Q_PROPERTY(hufu::desk_app::SettingsModel *settings READ settings CONSTANT)
    Q_PROPERTY(hufu::shell::SupportModel *support READ support CONSTANT)
    Q_PROPERTY(hufu::desk_app::DiagnosisModel *diagnosis READ diagnosis CONSTANT)
    Q_PROPERTY(hufu::desk_app::OutcomeModel *outcome READ outcome CONSTANT)
    Q_PROPERTY(hufu::desk_app::EvidenceModel *evidence READ evidence CONSTANT)
    Q_PROPERTY(hufu::shell::ErrorModel *error READ error CONSTANT)
public:
    enum Page { Status, Seal, Qr, Outcome, Error, Sites, Stamp, History, Record, Settings, Help, Diagnosis };
    Q_ENUM(Page)

    explicit DeskScreens(QObject *parent = nullptr)
        : QObject(parent), m_status(new StatusModel(this)), m_bids(new BidListModel(this)), m_seal(new SealModel(this)), m_stamp(new StampModel(this)), m_qr(new QrModel(this)),
          m_site(new SiteModel(this)), m_history(new HistoryModel(this)), m_settings(new SettingsModel(this)), m_support(new shell::SupportModel(this)),
          m_diagnosis(new DiagnosisModel(this)), m_outcome(new OutcomeModel(this)), m_evidence(new EvidenceModel(this)), m_error(new shell::ErrorModel(this))
    {
        connect(m_history, &HistoryModel::recordAsked, this, [this] { show(Record); });
        connect(m_history, &HistoryModel::recordClosed, this, [this] { show(History); });
        connect(m_history, &HistoryModel::closed, this, [this] { show(Status); });
        connect(m_settings, &SettingsModel::closed, this, [this] { show(Status); });
        connect(m_support, &shell::SupportModel::diagnosisAsked, this, [this] { show(Diagnosis); });
        connect(m_support, &shell::SupportModel::closed, this, [this] { show(Status); });
        connect(m_diagnosis, &DiagnosisModel::closed, this, [this] { show(Help); });
        // From an error, which that closes.
        connect(m_error, &shell::ErrorModel::diagnosisAsked, this, [this] { show(Help); });
    }
    Page page() const { return m_page; }
    void show(Page page)
    {
        if (page == m_page) return;
        m_page = page;
        Q_EMIT pageChanged();
    }
    // What a person looks at besides the errands: from the first page only, so that none is left unseen.
    Q_INVOKABLE void visit(Page page)
    {
        if (m_page == Status && (page == History || page == Settings || page == Help)) show(page);
    }
    static QString nameOf(Page page)
    {
        static const char *const kNames[] = {"status", "seal", "qr", "outcome", "error", "sites", "stamp", "history", "record", "settings", "help", "diagnosis"};
        return QString::fromLatin1(kNames[page]);
    }
    StatusModel *status() const { return m_status; }
    SealModel *seal() const { return m_seal; }
    StampModel *stamp() const { return m_stamp; }
    BidListModel *bids() const { return m_bids; }
    QrModel *qr() const { return m_qr; }
    SiteModel *site() const { return m_site; }
    HistoryModel *history() const { return m_history; }
    SettingsModel *settings() const { return m_settings; }
    shell::SupportModel *support() const { return m_support; }
    DiagnosisModel *diagnosis() const { return m_diagnosis; }
    OutcomeModel *outcome() const { return m_outcome; }
    EvidenceModel *evidence() const { return m_evidence; }
    shell::ErrorModel *error() const { return m_error; }

Q_SIGNALS:
    void pageChanged();

private:
    Page m_page = Status;
    StatusModel *m_status;
    BidListModel *m_bids;
    SealModel *m_seal;
    StampModel *m_stamp;
    QrModel *m_qr;
    SiteModel *m_site;
    HistoryModel *m_history;
    SettingsModel *m_settings;
    shell::SupportModel *m_support;
    DiagnosisModel *m_diagnosis;
    OutcomeModel *m_outcome;
    EvidenceModel *m_evidence;
    shell::ErrorModel *m_error;
};

} // namespace hufu::desk_app
