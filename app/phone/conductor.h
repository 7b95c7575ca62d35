// Moves the pages by what the engine tells, and carries the person's inputs to it. On the GUI thread.
#pragma once

#include "app/phone/bid_watch.h"
#include "app/phone/engine.h"
#include "app/phone/prober.h"
#include "app/phone/screens.h"
#include "app/phone/support_case.h"
#include "app/phone/survey.h"
#include "app/shell/journal.h"

#include <QThread>
#include <QTimer>

namespace hufu::phone_app {

// What a face service's kit yields once it has looked; from composition.cpp.
using FaceKit = std::function<Bytes()>;
// Octets that the phone's folder can still take; negative: not known.
using StorageFree = std::function<std::int64_t()>;

class Conductor : public QObject {
    Q_OBJECT
public:
    // engine moves to the conductor's worker thread and dies with the conductor.
    Conductor(Screens &screens, std::unique_ptr<Engine> engine, FaceKit faceKit, std::unique_ptr<Prober> prober,
              StorageFree storageFree, std::unique_ptr<BidWatch> bidWatch = nullptr, SupportLine support = {});
    ~Conductor() override;

    // Looks at the files and shows the first page. In: activation, a link given at the start; may be empty.
    void start(const QString &activation);
    const Standing &standing() const { return m_standing; }
    void surveyWith(Surveyor surveyor) { m_surveyor = std::move(surveyor); } // without one the self-test says nothing of name and version
    void keepJournalIn(const QString &path) { m_journal.keepIn(path); }
    // Whether a person can see the pages: while nobody can, the server is not watched for the light at home.
    void setInSight(bool is);
    // The phone's clock is ahead by so much more than before: countdowns and the card follow.
    void timeJumped(qint64 milliseconds);
    // At the files, and from home at the server: as whoever takes the phone up again finds it.
    void lookAgain();

private:
    // Runs call(engine) on the worker thread.
    template <typename Call> void onEngine(Call call)
    {
        QMetaObject::invokeMethod(m_engine,
                                  [engine = m_engine, call = std::move(call)]() mutable { call(*engine); });
    }
    void connectPages();
    void connectAsides();
    void connectBids();
    void connectShields();
    void chooseShield(int shield);
    void showShields();
    void showRisks(Screens::Page page);
    void judgeRisks();
    void showNextStep();
    void connectNext();
    void vouch(bool here);
    void takeNext(const QString &link);
    void rehearse(bool decryption);
    void changePin();
    void revoke(const QString &typed);
    void begins(std::function<void()> act);
    void fetchBids();
    void onStood(const Standing &standing);
    void onMoved(const Moment &moment);
    void onStopped(const Moment &moment);
    void onDone(const Moment &moment);
    void onDeclined(int problem);
    void askIdentity(const Moment &moment);
    void askPin(PinModel::Purpose purpose, const Moment &moment);
    void givePin();
    void goHome(bool isLater = false); // isLater: a further shield that was begun is kept
    void recover(bool codeTaken);
    void submitLink(const QString &text);
    void readLink(const std::function<Result<QImage>()> &source);
    void work(WorkingModel::Task task);
    void openPlace(CentreModel::Place place);
    void lookThroughTheEye();
    void lookAround();
    void surveyServer();
    void keepWatch();
    void askAccount();
    void onAccount(const AccountView &account);
    void openReadiness();
    void showReadiness();
    QString report() const;
    QString facts() const;
    void openSupport(int code);
    std::optional<vault::ServerLink> helpServer() const;
    void noteCode(int code);
    void sendCase(const QString &words, const QString &language);

    Screens &m_screens;
    QThread m_worker;
    Engine *m_engine;
    FaceKit m_faceKit;
    std::unique_ptr<Prober> m_prober;
    StorageFree m_storageFree;
    std::unique_ptr<BidWatch> m_bidWatch;
    SupportLine m_support;
    shell::Journal m_journal;
    QStringList m_codes; // that were told, the newest last
    QString m_helpFrom;  // the page from which help was sought
    Probe m_probe;
    Surveyor m_surveyor;
    Survey m_survey;   // of the last self-test
    int m_surveys = 0; // begun: an answer to an earlier one is not heard
    bool m_surveying = false;
    int m_eyeWidth = -1; // of the last picture; see checksOf
    Standing m_standing;
    QString m_link, m_number;
    QString m_begunLink; // of the activation that runs, or whose end is on the page
    QString m_bidDue; // is shown as soon as its shield is in use
    RequestView m_request;
    bool m_started = false, m_agreed = false, m_running = false, m_cardDue = false, m_nextHere = false, m_startOver = false, m_isTurned = false;
    bool m_reported = false; // the refusal says that somebody else began it
    int m_chosen = -1; // of the shields; negative: none is on its way
    AccountView m_account; // that the server told, of the account below
    QString m_accountOf;
    QMap<QString, AccountView> m_others; // accounts of shields that are not in use, by the serial number of their sign certificates
    QTimer m_unlocked; // when a lock has passed by
    bool m_inSight = true;
    WorkingModel::Task m_task = WorkingModel::Starting;
    std::function<void()> m_begin; // the act of the person, from its start; for a scan the page that scans
    bool m_wasAway = false;        // the act that runs has waited for a connection
};

} // namespace hufu::phone_app
