// The desk's counter: takes one errand at a time, shows its code, waits for the phone, hands out the result.
// On the GUI thread; what takes long runs on one worker thread and comes back queued.
#pragma once

#include "app/desk/bid_opening.h"
#include "app/desk/history.h"
#include "app/desk/identity.h"
#include "app/desk/journal.h"
#include "app/desk/screens.h"
#include "app/desk/server.h"
#include "app/desk/stamping.h"
#include "shield/audit/evidence.h"
#include "shield/desk/task.h"
#include "shield/ports/clock.h"

#include <QThread>
#include <QTimer>
#include <atomic>
#include <deque>

namespace hufu::desk_app {

// How the newest errand stands, for scripts.
struct TaskReport {
    QString state = QStringLiteral("idle"); // idle, starting, showing, claimed, done, failed
    int code = 0;                           // HF-nnn when failed
    Finished finished;
};

class Counter : public QObject {
    Q_OBJECT
public:
    static constexpr int kLookMs = 100; // how often the code and its countdown are looked at
    static constexpr int kPollSeconds = 25;
    static constexpr int kRetryMs = 1000;
    static constexpr int kAnswerMs = 15'000;
    static constexpr int kPageDots = 1200; // width of a page's picture
    static constexpr int kSlowMs = 8'000;     // of preparing; then the person is told that it takes long
    static constexpr int kGivenUpMs = 3'000;  // what is at work for a former errand may hold up another one so long
    static constexpr int kFarewellMs = 3'000; // and the program's end
    static constexpr std::size_t kBenchesMost = 8;

    // draw: a code as a picture with one pixel a module.
    using DrawCode = std::function<Result<QImage>(std::string_view)>;
    // In: journal, of the same folder as the identity.
    Counter(DeskScreens &screens, Identity &identity, Journal &journal, ports::Random &random, ports::Clock &clock, AskServer ask,
            DrawCode draw, const QString &serverName);
    ~Counter() override;

    void start(const Errand &errand); // a former errand that still waits is cancelled
    // Nothing more is begun. Returns: false where something does not come back (a share that is gone, a file that takes hours): the process
    // may end all the same, since files get their names when they are whole, and the journal says what is to be looked at again.
    bool leave();
    // What the program's last run left behind: an opening that the phone has taken is gone on with. Of a sealing whose envelopes are not there
    // the person is asked: they may have moved them since.
    void takeUp();
    // Nobody has this desk any more: what the server would have been told is forgotten.
    void left();
    // The server knows of the sealing that no bid of it without a file is to be waited for.
    void forget(quint64 sealing);
    // Who enrolled this desk, as the server knows it; its health alone while nobody has.
    void lookAtServer(ServerDone done);
    // On the first page, after the identity has changed.
    void tellIdentity();
    const TaskReport &report() const { return m_report; }
    const Identity &identity() const { return m_identity; }
    std::int64_t nowMs() const { return m_clock.unixMs(); } // Unix milliseconds
    std::int64_t monotonicMs() const { return m_clock.monotonicMs(); }

Q_SIGNALS:
    // An errand is over. problem: as in Record; finished, of one that was done; whose, the person whose keys it was for, if known.
    void ended(const hufu::desk_app::Errand &errand, const hufu::desk_app::Finished &finished, const QString &whose, int problem);
    // The files of these sealed bids are there, and their envelopes verified.
    void bidsOpened(const QStringList &ids);
    // Of these bids no file has come, though the phone may have approved them: the sessions are to be ended, the bids to be withdrawn;
    // then forget() is called.
    void sealingUndone(quint64 sealing, const QStringList &tokens, const QStringList &ids);

private:
    void connectPages();
    void composeBid(const QList<QUrl> &files, bool isPlain);
    void addReceivers(const QList<QUrl> &files);
    void addReceiver(const x509::Certificate &receiver);
    std::vector<x509::Certificate> chosenOf(const SealWish &wish) const;
    void encryptFor(const SealWish &wish);
    void encrypt();
    void sealBid(const SealWish &wish);
    void composeStamp(const QStringList &files);
    void drawPage(const QString &file, int page);
    void stamp(const StampWish &wish);
    void showStatus();
    QString besides(const QString &file) const;
    void end(const Finished &result, int problem);
    BidProgress progressOf();
    void askElectronic(const QJsonArray &holders);
    void prepareWith(const QJsonArray &holders, const QJsonArray &lists = {}); // lists: of what is revoked
    bool bringTbs();
    void prepared(quint64 errand, const Outcome<Prepared> &outcome);
    void openSession();
    void sessionOpened(const ServerAnswer &answer, std::int64_t answeredMs);
    void attach(std::size_t index);
    bool isOfOthers() const;
    bool waits(const ServerAnswer &answer);
    template <typename Act> void later(Act act);
    void judgeFile();
    void askCertificates();
    void goOn(const Errand &errand);
    void askHowItStands();
    void look();
    int userSecondsLeft() const;
    void drawFrame(const desk::Scene &scene);
    void poll();
    void polled(const ByteArray<16> &token, const ServerAnswer &answer);
    void typeDigits(const QString &digits);
    void finished(quint64 errand, const Outcome<Finished> &outcome);
    enum class Known : std::uint8_t { here, there }; // whether the server knows that it is over
    // In: bids, of several files that came to nothing: each says why.
    void fail(int problem, Known known = Known::here, const QString &whose = {}, const std::vector<Bid> &bids = {});
    QJsonArray holdersOf(const ServerAnswer &answer);
    void refuse(int problem, int tooMany = 0);
    bool isTooMany(qsizetype files);
    void askRest();
    void cancelSession();
    int writeDown();
    void leavePaper();
    enum class Run : std::uint8_t { present, former }; // of the program
    bool isAway(const ServerAnswer &answer);
    void beginEvidence();
    void note(audit::Step step, const ByteArray<16> &subject = {}, const ByteArray<32> &object = {}, int code = 0);
    void noteFiles(const std::vector<Bid> &bids);
    void noteResult(const Finished &finished);
    void saveEvidence(const QString &folder);
    void showColleagues(int sealer);
    void settle(quint64 sealing, Run run, quint64 errand);
    void askOfLost();
    void tellCutOff(const std::vector<BidOnPaper> &lost);
    void lostAnswered(bool isWithdrawn);
    void ask(const QByteArray &method, const QString &path, const QByteArray &body, int waitMs,
             ServerDone done);
    QString sessionPath() const;
    template <typename Work, typename Done> void onWorker(Work work, Done done) { onWorker(m_number, std::move(work), std::move(done)); }
    template <typename Work, typename Done> void onWorker(quint64 errand, Work work, Done done);
    void workOn();
    void giveUp(quint64 job);

    DeskScreens &m_screens;
    Identity &m_identity;
    Journal &m_journal;
    ports::Random &m_random;
    ports::Clock &m_clock;
    AskServer m_ask;
    DrawCode m_draw;
    QString m_serverName;
    // One thread, and what is done on it.
    struct Bench {
        QThread thread;
        QObject desk; // lives there
        Bench();
        void run(std::function<void()> work);
    };
    struct Job {
        quint64 number = 0, errand = 0; // for which errand, so behind what else is done for it
        std::function<void()> work;
    };
    std::unique_ptr<Bench> m_bench;
    std::vector<std::unique_ptr<Bench>> m_givenUp; // each is at something that nobody waits for
    std::deque<Job> m_jobs;                        // one after the other
    std::optional<Job> m_atWork;                   // on m_bench
    quint64 m_job = 0;                             // number of the newest
    QTimer m_look, m_slow;

    std::atomic<bool> m_leaving = false; // long work on the worker stops
    std::atomic<quint64> m_number = 0; // of the errand: answers to a former one are ignored
    Errand m_errand;
    bool m_underWay = false; // it has not ended yet
    Prepared m_prepared;
    std::optional<desk::Task> m_task;
    std::optional<quint64> m_sealing;        // of the journal: the present errand's
    bool m_isOnPaper = false;                // the journal's opening or stamping is the present errand
    // The present errand goes on with an opening or a stamping of the former run. Of a stamping there is no key.
    std::optional<OpeningOnPaper> m_kept;
    std::optional<StampingOnPaper> m_keptStamping;
    std::optional<std::int64_t> m_claimedMs; // monotonic: when a phone took it, as far as this run has seen it
    std::int64_t m_patienceEndMs = 0;        // monotonic: until then a server that is busy is asked again
    bool m_wasReached = false;               // in the present errand
    std::map<quint64, std::vector<BidOnPaper>> m_unseen; // of sealings that are being undone: what could not be looked at
    std::map<quint64, Envelopes> m_questions;            // of sealings of the former run: what the person is to be asked of
    std::optional<desk::Session> m_starting; // opened, bytes not all attached yet
    std::int64_t m_startedMs = 0;
    QString m_drawn;
    quint64 m_version = 0;
    std::optional<audit::Evidence> m_evidence; // of the newest errand
    bool m_isAway = false;                     // the server, as far as the present errand knows
    // Of the seal page.
    QJsonArray m_sealers;                        // who enrolled this desk, with their colleagues
    QString m_sealer;                            // the account of who seals
    std::vector<x509::Certificate> m_colleagues; // in the page's order
    std::vector<x509::Certificate> m_receivers;  // of them those that the person has added
    // Of the stamp page.
    std::vector<GrantedSeal> m_seals;
    std::shared_ptr<PageSource> m_pages; // the worker's
    std::atomic<quint64> m_turn = 0;     // of the pages: the last one is looked at, others need not be drawn any more
    TaskReport m_report;
};

} // namespace hufu::desk_app
