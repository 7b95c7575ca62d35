// The flows of shield/phone with a connection and a clock around them. Lives on the worker thread: Argon2 and
// the arithmetic run here. The GUI thread calls it through queued calls and hears it through queued signals.
#pragma once

#include "app/catalogue/catalogue.h"
#include "app/phone/channel.h"
#include "app/phone/models/desks_model.h"
#include "app/phone/moment.h"
#include "app/phone/shields.h"
#include "shield/audit/evidence.h"
#include "shield/base/limits.h"
#include "shield/phone/account_fetch.h"
#include "shield/phone/activation.h"
#include "shield/phone/approval.h"
#include "shield/phone/bid_fetch.h"
#include "shield/phone/desk_fetch.h"
#include "shield/phone/evidence_fetch.h"
#include "shield/phone/pin_change.h"
#include "shield/phone/record_fetch.h"
#include "shield/phone/recovery.h"
#include "shield/ports/biometrics.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>
#include <map>
#include <optional>
#include <set>

namespace hufu::phone_app {

int numberOf(catalogue::Code code); // as the pages have it

class Engine : public QObject {
    Q_OBJECT
public:
    // A connection that breaks is made again after these pauses, the last one again and again.
    static constexpr int kPausesMs[] = {0, 500, 1000, 2000, 3000};
    // For so long an act looks for a server that was not reached once, the time that its code is shown; then it ends (HF-500).
    static constexpr std::int64_t kReachMs = limits::kSessionShownMs;
    static constexpr int kUnseenTries = 4; // of what nobody waits for
    static constexpr std::int64_t kCompareEveryMs = 3'600'000, kCompareAgainMs = 60'000; // the latter where the server was not reached
    static constexpr std::int64_t kAccountEveryMs = 3'600'000, kAccountSeenMs = 50'000; // the latter while its light is looked at

    // shields outlives the engine; without it the phone has the environment's alone.
    // So does biometrics; without it the PIN is always typed.
    Engine(phone::Environment environment, ChannelMaker makeChannel, Shields *shields = nullptr, ports::Biometrics *biometrics = nullptr);
    ~Engine() override;

    void report();  // answers with stood()
    // Whatever flow the person sees ends here; nothing is told to the server. isLater: a further shield that was begun is kept.
    void abandon(bool isLater = false);

    // The person has read that the certificate ends then. In: shield; negative: the one in use.
    void noteReminded(int days, int shield = -1);
    void choose(int shield); // is used from now on
    // In: name, of the person's own, cut at ShieldsModel::kNameMost characters; empty: the company's. tone: which of the theme's colours.
    void describe(int shield, const QString &name, int tone);
    // Whether a finger or face may stand for typing the shield's PIN. On: asks for it now; the PIN is kept when it is typed next.
    void letFingers(int shield, bool on);
    // Nothing of the shield stays on this phone. In: typed, the number that the guard asks for. Answers with removed().
    void remove(int shield, const QString &typed);

    // Begins the act by which the server revokes the certificates of the one in use. In: typed, as for remove(): who revokes them mostly gives the phone
    // away. Where it is not the one that is asked for, answers with revocationHeld() alone.
    void revoke(const QString &typed);

    // With a shield that is active already, or whose keys are made, it becomes one more. startOver: those keys are given up for it.
    // In: text, of the link, kept until the keys are agreed so that a phone that is killed goes on with it.
    void activate(const phone::ActivationLink &link, const QString &text = {}, bool startOver = false);
    void resume();
    void givePhoneNumber(const QString &number);
    void noteAgreed(); // to all that the terms name
    void giveProof(const QString &sms, std::uint8_t provider, const Bytes &evidence);
    void fetchBids(); // of every active shield, one after the other; unseen, and only while nothing else runs
    // The history of every shield beside its server's records, after the lists and where it is due: once an hour, and after an act. Unseen.
    // isReached: the server is there again, so that a comparison which failed for want of it is due.
    void compareWhereDue(bool isReached = false);
    // How the account of the one in use stands: unseen, before what else is fetched; answers with accountTold(). Where due: it was asked for so
    // long ago.
    void askAccount();
    void askAccountWhereDue(std::int64_t everyMs = kAccountEveryMs);
    // Those of all the others, after whatever is fetched; each answers with otherTold().
    void askOtherAccounts();
    void compareRecords(); // of the one in use, now; answers with compared()
    void noteForeignRead();
    // Answers with desksTold(). In: removed, 32 hexadecimal digits; empty: they are only listed.
    void fetchDesks(const QString &removed);
    // With the shield that is shown; if that one is not for this computer or server, with the others in turn.
    void claim(const QString &frame, const QElapsedTimer &sinceSeen);
    void begin(intent::Act act);
    void changePin();
    void recover(bool codeTaken); // codeTaken: only the refresh is missing
    void giveRecoveryCode(const QString &code);
    void approve(const std::vector<std::size_t> &refusedItems);
    void turnBack(); // from the PIN, code or face to the request, where it can be refused
    void refuse(wire::RefuseReason reason);
    void giveSms(const QString &code);
    void resendSms();
    void giveLiveness(std::uint8_t provider, const Bytes &evidence);
    // Goes to whichever input of the running flow the page stands for.
    void givePin(const std::shared_ptr<vault::Pin> &pin);
    void choosePinAgain(); // instead of typing it once more
    // The kept PIN, released by a finger or face, as if it had been typed. For approvals alone.
    void giveKeptPin();
    // What was seen of the newest approval, activation, change of the PIN or recovery, signed. Answers with evidenceBundled().
    void bundleEvidence();

Q_SIGNALS:
    void stood(const hufu::phone_app::Standing &standing);
    void moved(const hufu::phone_app::Moment &moment);
    void compared(int problem); // the stood() with what was found comes with it
    // Nothing is told where the server has not said it.
    void accountTold(const hufu::phone_app::AccountView &account);
    void otherTold(const QString &serial, const hufu::phone_app::AccountView &account); // serial: of that shield's sign certificate
    void evidenceBundled(const QString &caseId, const QByteArray &text); // empty: there is none
    void desksTold(const QList<hufu::phone_app::DeskView> &desks, int problem);
    // An input did not fit; the page stays, and says this.
    void declined(int problem);
    void notRecognised(bool isSetChanged); // the PIN is to be typed; isSetChanged: the kept one is gone for good
    void revocationHeld(int problem); // 0: the number is not the one
    void removed(bool isGone, int problem); // neither: the number is not the one; before the stood() that lacks it

private:
    // What was scanned, and with which shields it was tried.
    struct Scan {
        QString frame;
        QElapsedTimer since;
        std::size_t first = 0;
        std::set<std::size_t> tried;
        std::optional<phone::Problem> problem; // of the first
        bool isAnswered = false; // the one in use answers for the code: it stays in use
    };

    // What is seen of one act, and the key of the shield that it is of.
    struct Evidence {
        audit::Evidence record;
        crypto::Ed25519Key key;
        bool isShown = false;
        std::vector<std::size_t> refusedItems;
    };
    // Of an activation, until there is the account whose key signs it.
    struct EarlyEvidence {
        std::int64_t begunMs = 0;
        std::optional<ByteArray<16>> former; // an account whose keys are given up for it
        std::vector<audit::Entry> notes;
    };

    phone::Environment here() const; // with the vault of the shield in use
    std::size_t countOfShields() const { return m_shields ? m_shields->count() : 1; }
    phone::Stage stageAt(std::size_t shield) const;
    vault::Vault &vaultAt(std::size_t shield) const { return m_shields ? m_shields->at(shield) : m_environment.vault; }
    ShieldNotes notesOf(std::size_t shield) const { return m_shields ? m_shields->notes(shield) : ShieldNotes(); }
    int toneOf(std::size_t shield) const;
    bool offersFingers() const;
    Result<bool> mayGo(std::size_t shield, const QString &typed) const;
    std::optional<ByteArray<16>> fingersOf(std::size_t shield) const;
    void noteTyped(const vault::Pin &pin);
    void keepTyped(const phone::Step &step);
    void forgetWrong(const phone::Step &step);
    void use(std::size_t shield);
    void leaveEmpty();
    void giveUpFurther();
    void keepDraft(const std::function<void(vault::Draft &)> &change);
    void followDraft(const phone::Step &step);
    void claimHere();
    void beginEvidence(std::uint16_t act = 0);
    void awaitEvidence();
    bool startRecord(std::uint16_t act, std::int64_t nowMs);
    void ripenEvidence();
    std::optional<ByteArray<16>> accountHere() const;
    void note(audit::Step step, int code = 0, const ByteArray<32> &object = {});
    void applyFactor(std::uint8_t factor, Result<phone::Step> result);
    void noteMoment(const Moment &moment);
    void noteFiles();
    QString caseId() const;
    void answered();
    bool isAnswer(const std::optional<phone::Problem> &problem) const;
    bool triesAnother(const std::optional<phone::Problem> &problem);
    template <typename Input> void withFlow(Input input);
    void begun(FlowKind kind);
    void refresh(std::unique_ptr<phone::Refresh> refresh);
    void apply(Result<phone::Step> result, bool asked);
    void tell(const phone::Step &step, bool asked);
    void connectChannel();
    void lost();
    int toldAs(const phone::Problem &problem) const;
    void tellDesks(const phone::Step &step);
    void tellAccount(const phone::Step &step);
    bool isAsked(std::size_t shield) const;
    void tellCompared(int problem);
    bool isTrying() const;
    bool isOutOfReach() const;
    void stop(int problem);
    void drop();
    void fetchNext();

    phone::Environment m_environment;
    ChannelMaker m_makeChannel;
    Shields *m_shields;
    ports::Biometrics *m_biometrics;
    std::size_t m_current = 0;
    qsizetype m_known = 0;         // shields that are not empty
    std::set<std::size_t> m_former; // of them, those that open only
    std::optional<Scan> m_scan;
    FlowKind m_kind = FlowKind::none;
    std::unique_ptr<phone::Activation> m_activation;
    std::unique_ptr<phone::Approval> m_approval;
    std::optional<Evidence> m_evidence; // of the newest act, until the person begins something else
    std::optional<EarlyEvidence> m_early;
    std::optional<vault::Pin> m_typed; // kept for a finger once the server has found it right
    std::unique_ptr<phone::PinChange> m_pinChange;
    std::unique_ptr<phone::Recovery> m_recovery;
    std::unique_ptr<phone::Refresh> m_refresh; // runs unseen until it ends or another flow begins
    std::unique_ptr<phone::BidFetch> m_bidFetch; // likewise
    std::unique_ptr<phone::RecordFetch> m_recordFetch; // likewise
    struct Due {
        std::size_t shield = 0;
        FlowKind kind = FlowKind::bids; // or records, account, evidenceKey
    };
    std::deque<Due> m_fetchDue; // what is fetched after it
    std::size_t m_fetching = 0; // of which shield
    std::map<std::size_t, std::int64_t> m_comparedAt; // monotonic milliseconds; by shield
    std::unique_ptr<phone::DeskFetch> m_deskFetch;
    std::unique_ptr<phone::AccountFetch> m_accountFetch;
    std::unique_ptr<phone::EvidenceFetch> m_evidenceFetch;
    std::set<std::size_t> m_keyTold; // shields whose server has the key of their evidence
    std::optional<std::int64_t> m_accountAskedMs; // monotonic; of the one in use
    std::unique_ptr<Channel> m_channel;
    std::set<std::size_t> m_uncompared; // shields whose server was not reached for it
    QTimer m_tick, m_pause, m_compareAgain;
    int m_tries = 0;
    std::int64_t m_seekingMs = 0; // monotonic; since when a connection is sought
    bool m_everOpened = false, m_reconnecting = false;
    phone::Show m_show = phone::Show::working;
    std::optional<Moment> m_told;
};

} // namespace hufu::phone_app
