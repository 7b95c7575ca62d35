#include "app/phone/conductor.h"

#include "app/catalogue/catalogue.h"
#include "app/phone/readiness.h"
#include "app/phone/removal.h"
#include "app/phone/request_view.h"
#include "app/phone/standing.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <QPointer>
#include <QSysInfo>

#include <algorithm>

namespace hufu::phone_app {

using catalogue::Code;
using phone::Show;
using Page = Screens::Page;

// The steps that the keys page lists, from those of the flow.
static int stepOf(phone::Progress progress)
{
    switch (progress) {
    case phone::Progress::keys:
        return 0;
    case phone::Progress::request:
        return 1;
    case phone::Progress::encryptRequest:
    case phone::Progress::probe:
        return 2;
    case phone::Progress::certificates:
        return 3;
    case phone::Progress::rehearseSign:
    case phone::Progress::rehearseDecrypt:
        return 4;
    case phone::Progress::finished:
        return 5;
    }
    return 0;
}

// Whether the same act may end otherwise when it is begun anew. The others need a person or a day first, or a phone and a server of their own.
static bool isMendedByTrying(Code code)
{
    switch (code) {
    case Code::notAllowed:
    case Code::otherServer:
    case Code::deskRemoved:
    case Code::deskNotYours: // whoever may have sent the code hopes for another try
    case Code::shareDestroyed:
    case Code::phoneFilesDamaged:
    case Code::smsTooOften:
    case Code::seatMissing:
    case Code::seatEnded:
    case Code::pinMismatch:
    case Code::answerUnfit:
    case Code::certificateInvalid:
    case Code::certificateRevoked:
    case Code::certificateExpired:
    case Code::notForThisKey:
    case Code::decryptionCap:
    case Code::keySignsBare:
        return false;
    default:
        return true;
    }
}

Conductor::Conductor(Screens &screens, std::unique_ptr<Engine> engine, FaceKit faceKit, std::unique_ptr<Prober> prober,
                     StorageFree storageFree, std::unique_ptr<BidWatch> bidWatch, SupportLine support)
    : m_screens(screens), m_engine(engine.release()), m_faceKit(std::move(faceKit)), m_prober(std::move(prober)),
      m_storageFree(std::move(storageFree)), m_bidWatch(std::move(bidWatch)), m_support(std::move(support))
{
    m_engine->moveToThread(&m_worker);
    connect(&m_worker, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(m_engine, &Engine::stood, this, &Conductor::onStood);
    connect(m_engine, &Engine::moved, this, &Conductor::onMoved);
    connect(m_engine, &Engine::evidenceBundled, m_screens.evidence(), &EvidenceModel::keep);
    connect(m_screens.evidence(), &EvidenceModel::saveAsked, m_engine, &Engine::bundleEvidence);
    connect(m_engine, &Engine::declined, this, &Conductor::onDeclined);
    connect(m_engine, &Engine::desksTold, this, [this](const QList<DeskView> &desks, int problem) {
        if (problem != 0) return m_screens.desks()->fail(problem);
        m_screens.desks()->show(desks);
        m_account.waiting = static_cast<int>(std::count_if(desks.begin(), desks.end(), [](const DeskView &desk) { return desk.waits; }));
        m_account.desks = static_cast<int>(desks.size()) - m_account.waiting;
        showReadiness();
    });
    connect(m_engine, &Engine::accountTold, this, &Conductor::onAccount);
    connect(m_engine, &Engine::otherTold, this, [this](const QString &serial, const AccountView &account) {
        m_others.insert(serial, account);
        showShields();
    });
    m_unlocked.setSingleShot(true);
    connect(&m_unlocked, &QTimer::timeout, this, &Conductor::askAccount);
    connectPages();
    connectAsides();
    connectBids();
    connectShields();
    connectNext();
    m_worker.start();
}

// Whether this phone has approved anything for the platform before, and anything but its enrolment for the computer. Names can be
// chosen, and are no proof.
static RequestView withHistory(RequestView request, const QList<HistoryView> &history)
{
    const bool isOwn = request.flow == QLatin1String("phone") || request.act == QLatin1String("enrol");
    request.platformNew = !isOwn && std::none_of(history.begin(), history.end(), [&request](const HistoryView &entry) {
        return entry.approved && !entry.platformId.isEmpty() && entry.platformId == request.platformId;
    });
    request.deskNew = !isOwn && request.deskKnown && !request.deskId.isEmpty() && std::none_of(history.begin(), history.end(), [&request](const HistoryView &entry) {
        return entry.approved && entry.act != QLatin1String("enrol") && entry.deskId == request.deskId;
    });
    return request;
}

Conductor::~Conductor()
{
    m_worker.quit();
    m_worker.wait();
}

void Conductor::start(const QString &activation)
{
    m_link = activation;
    m_screens.working()->show(WorkingModel::Starting);
    m_screens.show(Page::Working);
    onEngine([](Engine &engine) { engine.report(); });
}

void Conductor::connectPages()
{
    connect(m_screens.welcome(), &WelcomeModel::beginAsked, this, [this] {
        const QString link = m_link.isEmpty() ? m_standing.draftLink : m_link;
        m_startOver = m_standing.stage == phone::Stage::started;
        if (!link.isEmpty()) return submitLink(link);
        m_screens.link()->show(QString(), 0, false);
        m_screens.show(Page::Link);
    });
    connect(m_screens.welcome(), &WelcomeModel::otherLinkAsked, this, [this] {
        m_screens.link()->show(QString(), 0, false);
        m_screens.show(Page::Link);
    });
    connect(m_screens.welcome(), &WelcomeModel::resumeAsked, this, [this] {
        m_running = true;
        onEngine([](Engine &engine) { engine.resume(); });
    });
    connect(m_screens.link(), &LinkModel::submitted, this, &Conductor::submitLink);
    connect(m_screens.link(), &LinkModel::cancelled, this, [this] { goHome(); });
    connect(m_screens.link(), &LinkModel::scanAsked, this, [this] {
        m_screens.show(Page::Scan);
        m_screens.scan()->open(true);
    });
    connect(m_screens.scan(), &ScanModel::linkSeen, this, [this](const QString &text) {
        m_screens.scan()->close();
        m_screens.link()->show(text, 0, false); // to be looked at, as one that was pasted
        m_screens.show(Page::Link);
    });
    connect(m_screens.link(), &LinkModel::pasteAsked, this, [this] {
        const QString text = m_screens.eye().pastedText().trimmed();
        if (!text.isEmpty()) return m_screens.link()->show(text, 0, false);
        if (auto picture = m_screens.eye().pasted()) return readLink([picture] { return picture; });
        m_screens.link()->show(m_screens.link()->text(), numberOf(Code::noCodeInImage), false); // nothing is copied
    });
    connect(m_screens.link(), &LinkModel::pictureChosen, this, [this](const QUrl &file) {
        readLink([open = m_screens.eye().file, path = file.toLocalFile()] { return open(path); });
    });
    connect(m_screens.phoneNumber(), &PhoneNumberModel::numberGiven, this, [this](const QString &number) {
        m_number = number;
        m_screens.identity()->awaitCode();
        onEngine([number](Engine &engine) { engine.givePhoneNumber(number); });
    });
    connect(m_screens.agreements(), &AgreementsModel::accepted, this, [this] {
        m_agreed = true;
        onEngine([](Engine &engine) { engine.noteAgreed(); }); // kept first: who is killed on the next page comes back to it
    });
    connect(m_screens.identity(), &IdentityModel::checked, this,
            [this](const QString &code) {
                const Bytes evidence = m_screens.identity()->faceWanted() ? m_faceKit() : Bytes();
                const auto provider = static_cast<std::uint8_t>(evidence.empty() ? 0 : m_screens.identity()->service());
                const bool activating = m_screens.identity()->smsWanted();
                onEngine([=](Engine &engine) {
                    if (activating)
                        engine.giveProof(code, provider, evidence);
                    else
                        engine.giveLiveness(provider, evidence);
                });
            });
    connect(m_screens.identity(), &IdentityModel::resendAsked, this,
            [this] { onEngine([](Engine &engine) { engine.resendSms(); }); });
    connect(m_screens.pin(), &PinModel::submitted, this, &Conductor::givePin);
    connect(m_screens.pin(), &PinModel::fingersGiven, this, [this] { onEngine([](Engine &engine) { engine.giveKeptPin(); }); });
    connect(m_screens.phoneNumber(), &PhoneNumberModel::cancelled, this, [this] { goHome(); });
    connect(m_screens.agreements(), &AgreementsModel::cancelled, this, [this] { goHome(); });
    connect(m_screens.scan(), &ScanModel::cancelled, this, [this] {
        if (!m_screens.scan()->forLink()) return goHome();
        m_screens.scan()->close();
        m_screens.show(Page::Link);
    });
    connect(m_screens.working(), &WorkingModel::cancelled, this, [this] { goHome(); });
    connect(m_screens.keys(), &KeysModel::left, this, [this] { goHome(true); });
    connect(m_screens.certificate(), &CertificateModel::closed, this, [this] {
        if (m_screens.certificate()->fresh()) return goHome();
        m_screens.leave();
    });
    connect(m_screens.result(), &ResultModel::closed, this, [this] { goHome(); });
    connect(m_screens.error(), &shell::ErrorModel::closed, this, [this] {
        // Nothing to go home to: the way out is a new activation.
        if (m_screens.error()->code() != numberOf(Code::phoneFilesDamaged)) return goHome();
        m_screens.welcome()->show(false, m_standing.shields.size() > 1);
        m_screens.show(Page::Welcome);
    });
    connect(m_screens.locked(), &LockedModel::closed, this, [this] { goHome(); });
    connect(m_screens.locked(), &LockedModel::recoveryAsked, this, [this] { recover(false); });
    connect(m_screens.recover(), &RecoverModel::cancelled, this, [this] { goHome(); });
    connect(m_screens.recover(), &RecoverModel::codeGiven, this, [this](const QString &code) {
        m_screens.recover()->show(0, true);
        onEngine([code](Engine &engine) { engine.giveRecoveryCode(code); });
    });
    // Who turns back after the approve page reads it again, and may refuse there.
    const auto turnBack = [this] {
        if (m_request.act.isEmpty()) return goHome();
        m_isTurned = true;
        onEngine([](Engine &engine) { engine.turnBack(); });
    };
    connect(m_screens.identity(), &IdentityModel::cancelled, this, turnBack);
    connect(m_screens.pin(), &PinModel::cancelled, this, [this, turnBack] {
        const auto purpose = m_screens.pin()->purpose();
        if (purpose != PinModel::Repeat && purpose != PinModel::ChangeRepeat) return turnBack();
        onEngine([](Engine &engine) { engine.choosePinAgain(); }); // the first one may have been mistyped
    });
    connect(m_screens.factor(), &FactorModel::cancelled, this, turnBack);

    connect(m_screens.home(), &HomeModel::scanAsked, this, [this] {
        m_screens.show(Page::Scan);
        m_screens.scan()->open();
    });
    connect(m_screens.home(), &HomeModel::certificateAsked, this, [this] {
        openPlace(CentreModel::Certificate);
    });
    connect(m_screens.home(), &HomeModel::pinChangeAsked, this, &Conductor::changePin);
    connect(m_screens.certificate(), &CertificateModel::rehearsalAsked, this, &Conductor::rehearse);
    connect(m_screens.scan(), &ScanModel::seen, this, [this](const QString &text, const QElapsedTimer &since) {
        begins([this] { m_screens.home()->scan(); });
        work(WorkingModel::Claiming);
        m_screens.scan()->close();
        onEngine([text, since](Engine &engine) { engine.claim(text, since); });
    });
    connect(m_screens.approve(), &ApproveModel::approved, this, [this] {
        const auto refused = m_screens.approve()->refusedItems();
        onEngine([refused](Engine &engine) { engine.approve(refused); });
    });
    connect(m_screens.approve(), &ApproveModel::refused, this, [this](ApproveModel::Reason reason) {
        work(WorkingModel::Refusing);
        const auto why = static_cast<wire::RefuseReason>(reason);
        m_reported = why != wire::RefuseReason::person;
        onEngine([why](Engine &engine) { engine.refuse(why); });
    });
    connect(m_screens.factor(), &FactorModel::codeGiven, this, [this](const QString &code) {
        m_screens.factor()->setBusy();
        onEngine([code](Engine &engine) { engine.giveSms(code); });
    });
    connect(m_screens.factor(), &FactorModel::resendAsked, this, [this] {
        m_screens.factor()->resendIn(static_cast<int>(limits::kSmsResendMs / 1000));
        onEngine([](Engine &engine) { engine.resendSms(); });
    });
    connect(m_screens.error(), &shell::ErrorModel::retryAsked, this, [this] {
        m_request = RequestView();
        const auto begin = m_begin; // the act is noted anew as it begins
        if (begin) begin();
    });
}

// The pages beside the flows: settings, history, help.
void Conductor::connectAsides()
{
    const auto leave = [this] { m_screens.leave(); };
    connect(m_screens.centre(), &CentreModel::closed, this, leave);
    connect(m_screens.history(), &HistoryModel::closed, this, leave);
    connect(m_screens.history(), &HistoryModel::compareAsked, this, [this] { onEngine([](Engine &engine) { engine.compareRecords(); }); });
    connect(m_screens.history(), &HistoryModel::foreignRead, this, [this] { onEngine([](Engine &engine) { engine.noteForeignRead(); }); });
    connect(m_engine, &Engine::compared, m_screens.history(), &HistoryModel::setCompared);
    connect(m_screens.diagnosis(), &DiagnosisModel::closed, this, leave);
    connect(m_screens.aside(), &AsideModel::closed, this, leave);
    connect(m_screens.desks(), &DesksModel::closed, this, leave);
    connect(m_screens.desks(), &DesksModel::asked, this, [this](const QString &removed) {
        onEngine([removed](Engine &engine) { engine.fetchDesks(removed); });
    });
    connect(m_screens.centre(), &CentreModel::placeAsked, this, &Conductor::openPlace);
    connect(m_screens.welcome(), &WelcomeModel::settingsAsked, this, [this] { openPlace(CentreModel::Settings); });
    connect(m_screens.welcome(), &WelcomeModel::othersAsked, this, [this] { openPlace(CentreModel::Shields); });
    connect(m_screens.support(), &shell::SupportModel::sendAsked, this, &Conductor::sendCase);
    connect(m_screens.home(), &HomeModel::reminderRead, this, [this](int days) {
        onEngine([days](Engine &engine) { engine.noteReminded(days); });
    });
    connect(m_screens.welcome(), &WelcomeModel::supportAsked, this, [this] { openPlace(CentreModel::Support); });
    connect(m_screens.error(), &shell::ErrorModel::diagnosisAsked, this, [this] { openPlace(CentreModel::Diagnosis); });
    connect(m_screens.error(), &shell::ErrorModel::helpAsked, this, &Conductor::openSupport);
    connect(m_screens.home(), &HomeModel::centreAsked, this, [this] { m_screens.visit(Page::Centre); });
    connect(m_screens.home(), &HomeModel::historyAsked, this, [this] { openPlace(CentreModel::History); });
    connect(m_screens.home(), &HomeModel::readinessAsked, this, &Conductor::openReadiness);
    connect(m_screens.home(), &HomeModel::entryAsked, this, [this](const HistoryView &entry) {
        m_screens.history()->look(entry);
        m_screens.visit(Page::HistoryEntry);
    });
    connect(m_screens.history(), &HistoryModel::entryAsked, this, [this] { m_screens.visit(Page::HistoryEntry); });
    connect(m_screens.diagnosis(), &DiagnosisModel::runAsked, this, [this] {
        lookThroughTheEye();
        surveyServer();
        lookAround();
    });
    m_screens.diagnosis()->setReport([this] { return report(); });
    connect(&m_screens, &Screens::pageChanged, this, [this] {
        m_journal.note(QStringLiteral("page ") + Screens::nameOf(m_screens.page()));
        keepWatch();
        if (m_screens.page() == Page::Home) lookAround();
    });
    if (!m_prober) return;
    connect(m_prober.get(), &Prober::looked, this, [this](const Probe &probe) {
        // The watch at home looks again and again: what stays as it was would fill the record.
        const bool isNews = probe.state != m_probe.state;
        if (isNews) m_journal.note(QStringLiteral("server %1 after %2 ms").arg(static_cast<int>(probe.state)).arg(probe.tookMs));
        const bool isBack = probe.state == Probe::State::reached && m_probe.state == Probe::State::unreachable;
        m_probe = probe;
        if (isNews && probe.state == Probe::State::reached) onEngine([](Engine &engine) { engine.compareWhereDue(true); });
        if (isBack) askAccount();
        if (m_bidWatch) m_bidWatch->setProbe(probe);
        showReadiness();
    });
}

void Conductor::connectShields()
{
    ShieldsModel *shields = m_screens.shields();
    connect(shields, &ShieldsModel::reminderRead, this, [this](int shield, int days) {
        onEngine([shield, days](Engine &engine) { engine.noteReminded(days, shield); });
    });
    connect(shields, &ShieldsModel::closed, this, [this] { m_screens.leave(); });
    connect(shields, &ShieldsModel::listAsked, this, [this] { openPlace(CentreModel::Shields); });
    connect(shields, &ShieldsModel::addAsked, this, [this] {
        m_screens.link()->show(QString(), 0, false);
        m_screens.show(Page::Link);
    });
    connect(shields, &ShieldsModel::chosen, this, &Conductor::chooseShield);
    connect(shields, &ShieldsModel::shieldAsked, this, [this] { m_screens.visit(Page::Shield); });
    connect(shields, &ShieldsModel::described, this, [this](int shield, const QString &name, int tone) {
        onEngine([=](Engine &engine) { engine.describe(shield, name, tone); });
    });
    connect(shields, &ShieldsModel::fingersAsked, this, [this](int shield, bool on) {
        onEngine([=](Engine &engine) { engine.letFingers(shield, on); });
    });
    connect(m_engine, &Engine::notRecognised, this, [this](bool isSetChanged) {
        if (m_screens.page() == Page::PinPad) return m_screens.pin()->refuseFingers(isSetChanged);
        m_screens.shields()->refuseFingers();
        showShields(); // the switch goes back
    });
    connect(shields, &ShieldsModel::removalAsked, this, [this] { showRisks(Page::Removal); });
    connect(shields, &ShieldsModel::removeAsked, this, [this](int shield, const QString &typed) {
        onEngine([=](Engine &engine) { engine.remove(shield, typed); });
    });
    connect(shields, &ShieldsModel::revocationAsked, this, [this] { showRisks(Page::Revocation); });
    connect(shields, &ShieldsModel::revokeAsked, this, &Conductor::revoke);
    connect(m_engine, &Engine::revocationHeld, this, [this](int problem) {
        m_running = false;
        m_screens.shields()->answer(problem == 0, problem);
        if (m_screens.page() != Page::Revocation) m_screens.visit(Page::Revocation); // tried again from the failure: a bid is there since
    });
    connect(m_engine, &Engine::removed, this, [this](bool isGone, int problem) {
        m_screens.shields()->answer(!isGone && problem == 0, problem);
        if (!isGone) return;
        m_journal.note(QStringLiteral("a shield was removed"));
        m_codes.clear();
        m_probe = Probe();
        m_started = m_running = false; // the report chooses the page
    });
}

void Conductor::chooseShield(int shield)
{
    m_started = m_running = false; // the report chooses the page
    m_chosen = shield;             // that report, and none that was on its way before
    m_probe = Probe();
    m_codes.clear(); // another company's server
    onEngine([shield](Engine &engine) { engine.choose(shield); });
}

// With the light of what is sealed for each, and what stops it as its server said; of the one in use the light at home says that.
void Conductor::showShields()
{
    QList<ShieldView> shields = m_standing.shields;
    for (ShieldView &shield : shields) {
        if (m_bidWatch) shield.bidsLight = m_bidWatch->lightOf(shield.index);
        if (!shield.current) shield.cause = stopOf(shield, m_others.value(shield.serial));
    }
    m_screens.shields()->setFingersThere(m_standing.canReadFingers);
    m_screens.shields()->show(shields, m_standing.isFull);
}

// What the bids of the shield that is looked at ask for before it goes. In: page, that shows it.
void Conductor::showRisks(Page page)
{
    judgeRisks();
    m_screens.shields()->answer(false, 0);
    m_screens.visit(page);
    onEngine([](Engine &engine) { engine.fetchBids(); }); // what was sealed since
}

void Conductor::judgeRisks()
{
    ShieldsModel *model = m_screens.shields();
    ShieldsModel::Risks risks;
    std::vector<Bytes> ownKeys;
    for (const WatchedBids &watched : m_standing.bids)
        if (watched.shield != model->shield().index && !watched.known.keyId.empty()) ownKeys.push_back(watched.known.keyId);
    for (const WatchedBids &watched : m_standing.bids) {
        if (!m_bidWatch || watched.shield != model->shield().index) continue;
        for (const opening::Risk &risk : risksOfRemoval(watched.known, ownKeys))
            (risk.ruling == opening::Ruling::block ? risks.alone : risk.others == 0 ? risks.elsewhere : risks.shared) << m_bidWatch->viewOf(risk.bid, watched);
        if (watched.known.fetchedMs != 0) risks.listedAt = QDateTime::fromMSecsSinceEpoch(watched.known.fetchedMs);
        if (isTooOld(watched.known, m_bidWatch->nowMs())) risks.word = wordOf(model->shield());
    }
    model->showRisks(risks);
}

void Conductor::connectBids()
{
    BidsModel *bids = m_screens.bids();
    connect(bids, &BidsModel::bidAsked, this, [this, bids] {
        const int shield = bids->bid().shield;
        const auto &all = m_standing.shields;
        const bool isOthers = std::any_of(all.begin(), all.end(), [shield](const ShieldView &view) { return view.index == shield && !view.current; });
        if (!isOthers) return m_screens.visit(Page::Bid);
        m_bidDue = bids->bid().id;
        chooseShield(shield);
    });
    connect(bids, &BidsModel::allAsked, this, [this] { m_screens.visit(Page::Bids); });
    connect(bids, &BidsModel::closed, this, [this] { m_screens.leave(); });
    connect(bids, &BidsModel::rehearsalAsked, this, [this] { rehearse(true); });
    connect(m_screens.home(), &HomeModel::bidsAsked, bids, &BidsModel::openAll);
    connect(m_screens.result(), &ResultModel::rehearsalAsked, this, [this] { rehearse(true); });
    if (!m_bidWatch) return;
    connect(m_bidWatch.get(), &BidWatch::outlookChanged, this, &Conductor::showReadiness);
    connect(m_bidWatch.get(), &BidWatch::fetchDue, this, &Conductor::fetchBids);
}

void Conductor::connectNext()
{
    NextModel *next = m_screens.next();
    connect(m_screens.certificate(), &CertificateModel::nextAsked, this, [this, next] {
        const std::int64_t now = m_bidWatch ? m_bidWatch->nowMs() : QDateTime::currentMSecsSinceEpoch();
        const auto waits = [now](const opening::Bid &bid) { return bid.isAwaited(now) && isMine(bid); };
        int waiting = 0;
        for (const WatchedBids &watched : m_standing.bids)
            if (watched.isCurrent) waiting = static_cast<int>(std::count_if(watched.known.bids.begin(), watched.known.bids.end(), waits));
        next->show(m_standing.card, waiting, m_standing.isFull);
        m_screens.visit(Page::Next);
    });
    connect(next, &NextModel::hereAsked, this, [this] { vouch(true); });
    connect(next, &NextModel::elsewhereAsked, this, [this] { vouch(false); });
    connect(next, &NextModel::closed, this, [this, next] {
        const bool isOver = next->vouched();
        next->showCode(QImage());
        if (isOver) return goHome();
        m_screens.leave();
    });
}

// The person begins an act. In: act, that begins it once more should it fail.
void Conductor::begins(std::function<void()> act)
{
    m_running = true;
    m_wasAway = false;
    m_begin = std::move(act);
}

void Conductor::changePin()
{
    begins([this] { changePin(); });
    if (m_standing.shields.size() > 1) m_screens.actFor(m_standing.card.label, m_standing.card.tone);
    work(WorkingModel::Connecting);
    onEngine([](Engine &engine) { engine.changePin(); });
}

// In: typed, what the guard asks for.
void Conductor::revoke(const QString &typed)
{
    begins([this, typed] { revoke(typed); });
    m_task = WorkingModel::Connecting;
    onEngine([typed](Engine &engine) { engine.revoke(typed); });
}

void Conductor::vouch(bool here)
{
    m_nextHere = here;
    begins([this, here] { vouch(here); });
    work(WorkingModel::Connecting);
    onEngine([](Engine &engine) { engine.begin(intent::Act::vouch); });
}

// The old keys have vouched: the next ones are made here, or where the code is read.
void Conductor::takeNext(const QString &link)
{
    m_request = RequestView();
    if (m_nextHere) return submitLink(link);
    m_screens.next()->showCode(m_screens.eye().draw(link));
    m_screens.show(Page::Next);
}

void Conductor::rehearse(bool decryption)
{
    begins([this, decryption] { rehearse(decryption); });
    work(WorkingModel::Rehearsing);
    const auto act = decryption ? intent::Act::rehearseDecrypt : intent::Act::rehearseSign;
    onEngine([act](Engine &engine) { engine.begin(act); });
}

void Conductor::fetchBids()
{
    if (!m_bidWatch || m_standing.stage != phone::Stage::active) return;
    m_bidWatch->fetched();
    // What an administrator does meanwhile, and the day that turns, show on a page that nobody has left.
    const auto everyMs = m_inSight && m_screens.page() == Page::Home ? Engine::kAccountSeenMs : Engine::kAccountEveryMs;
    const bool isAnotherDay = daysLeft(m_standing.card.validTo.toMSecsSinceEpoch(), m_bidWatch->nowMs()) != m_standing.card.daysLeft;
    onEngine([everyMs, isAnotherDay](Engine &engine) {
        engine.fetchBids();
        engine.compareWhereDue();
        engine.askAccountWhereDue(everyMs);
        if (isAnotherDay) engine.report();
    });
}

void Conductor::openPlace(CentreModel::Place place)
{
    switch (place) {
    case CentreModel::Certificate:
        m_screens.certificate()->show(m_standing.card, false);
        return m_screens.visit(Page::Certificate);
    case CentreModel::History:
        m_screens.history()->visit();
        return m_screens.visit(Page::History);
    case CentreModel::PinChange:
        return m_screens.home()->changePin();
    case CentreModel::Settings:
        return m_screens.visit(Page::Settings);
    case CentreModel::Support:
        return openSupport(0);
    case CentreModel::Diagnosis:
        m_screens.diagnosis()->visit();
        lookThroughTheEye();
        surveyServer();
        lookAround();
        return m_screens.visit(Page::Diagnosis);
    case CentreModel::Errors:
        return m_screens.visit(Page::Errors);
    case CentreModel::Shields:
        onEngine([](Engine &engine) { engine.askOtherAccounts(); });
        return m_screens.visit(Page::Shields);
    case CentreModel::Desks:
        m_screens.desks()->visit();
        return m_screens.visit(Page::Desks);
    case CentreModel::Terms:
        return m_screens.visit(Page::Terms);
    }
}

// Whose people are asked: of the shield that is there, or of the activation that has not got so far. None: no link is known yet.
std::optional<vault::ServerLink> Conductor::helpServer() const
{
    if (!m_standing.link.host.empty()) return m_standing.link;
    for (const QString &text : {m_begunLink, m_link, m_standing.draftLink})
        if (const auto link = phone::ActivationLink::parse(text.toStdString())) return link->server;
    return std::nullopt;
}

// In: code, of the failure that leads there; 0: none does.
void Conductor::openSupport(int code)
{
    m_helpFrom = Screens::nameOf(m_screens.page());
    if (code != 0) noteCode(code);
    m_screens.support()->visit(m_support.send && m_standing.stage == phone::Stage::active, facts(), code);
    m_screens.support()->showContacts({}); // of another server
    if (const auto server = helpServer(); m_support.ask && server)
        m_support.ask(*server, [self = QPointer(this)](const QByteArray &body) {
            if (!self) return;
            const shell::Contacts contacts = readContacts(body);
            self->m_screens.support()->showContacts(contacts);
        });
    m_screens.visit(Page::Support);
}

void Conductor::noteCode(int code)
{
    const QString name = QStringLiteral("HF-%1").arg(code, 3, 10, QLatin1Char('0'));
    if (!m_codes.isEmpty() && m_codes.last() == name) return; // told once
    m_codes = (m_codes << name).mid(std::max<qsizetype>(0, m_codes.size() - kCodesMost));
    m_journal.note(name);
}

// One picture, which is not kept.
void Conductor::lookThroughTheEye()
{
    const auto picture = m_screens.eye().screen(QRect());
    m_eyeWidth = picture ? picture->width() : 0;
}

// The name and the version; the look that follows tells the rest.
void Conductor::surveyServer()
{
    m_survey = {};
    m_surveying = m_surveyor && m_standing.stage == phone::Stage::active;
    ++m_surveys;
    if (!m_surveying) return;
    m_surveyor(m_standing.link, [self = QPointer(this), survey = m_surveys](const Survey &found) {
        if (!self || survey != self->m_surveys) return;
        self->m_survey = found;
        self->m_surveying = false;
        self->showReadiness();
    });
}

void Conductor::lookAround()
{
    if (m_standing.stage == phone::Stage::active) {
        if (m_prober) m_prober->look(m_standing.link);
        askAccount();
    }
    fetchBids();
    showReadiness();
}

// The light at home must not stay when the server goes.
void Conductor::keepWatch()
{
    if (m_prober) m_prober->keepWatch(m_inSight && m_screens.page() == Page::Home);
}

void Conductor::askAccount()
{
    onEngine([](Engine &engine) { engine.askAccount(); });
}

void Conductor::setInSight(bool is)
{
    if (std::exchange(m_inSight, is) == is) return;
    keepWatch();
    if (is && m_screens.page() == Page::Home) lookAround(); // what is shown is of before
}

void Conductor::onAccount(const AccountView &account)
{
    m_account = account;
    if (account.lockedSeconds > 0) m_unlocked.start(account.lockedSeconds * 1000 + 1000);
    else m_unlocked.stop();
    if (m_bidWatch) m_bidWatch->setStanding(account.isBlocked(), account.lockedSeconds > 0 ? m_bidWatch->nowMs() + account.lockedSeconds * std::int64_t{1000} : 0);
    const bool isRevoked = account.bar == numberOf(Code::certificateRevoked);
    m_screens.certificate()->setRevoked(isRevoked);
    m_screens.home()->setRevoked(isRevoked);
    if (account.isKnown) m_others.insert(m_standing.card.signSerial, account); // what stands there when another one is chosen
    showReadiness();
}

// Where the way out of what the light says is.
void Conductor::openReadiness()
{
    switch (m_screens.home()->readiness().cause) {
    case HomeModel::Locked:
        m_screens.locked()->showLocked(std::max(1, m_unlocked.remainingTime() / 1000), m_account.failures, m_account.tries);
        return m_screens.show(Page::Locked);
    case HomeModel::Frozen:
    case HomeModel::Copied:
        m_screens.locked()->showFrozen(m_account.state == wire::DeviceState::cloned);
        return m_screens.show(Page::Frozen);
    case HomeModel::CertificateEnds:
    case HomeModel::CertificateOver:
        return openPlace(CentreModel::Certificate);
    case HomeModel::PinWorn:
        return openPlace(CentreModel::PinChange);
    case HomeModel::DeskMissing:
    case HomeModel::DeskWaits:
        return openPlace(CentreModel::Desks);
    default:
        return openPlace(CentreModel::Diagnosis);
    }
}

// The light at home and the lines of the self-test, from the same facts.
void Conductor::showReadiness()
{
    const std::int64_t storageFree = m_storageFree ? m_storageFree() : -1;
    m_screens.home()->setReadiness(readinessOf(m_standing.card, m_standing.care, m_probe, storageFree, m_bidWatch ? m_bidWatch->outlook() : BidsOutlook(), m_account));
    showNextStep();
    showShields();
    const bool running = m_prober && m_prober->isLooking();
    m_screens.diagnosis()->show(checksOf(m_probe, running, storageFree, m_eyeWidth, m_survey, m_surveying), running || m_surveying);
}

// For support, in English: which versions, what the self-test says, what happened last. No name, number or key.
QString Conductor::report() const
{
    QStringList out{QStringLiteral("Hufu phone %1, Qt %2, %3").arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()), QSysInfo::prettyProductName()),
                    QStringLiteral("stage %1, days left %2, wrong PINs %3%4")
                        .arg(static_cast<int>(m_standing.stage))
                        .arg(m_standing.card.daysLeft)
                        .arg(m_standing.care.wrongPins)
                        .arg(m_standing.care.signDestroyed ? QStringLiteral(", sign share destroyed") : QString()),
                    QStringLiteral("server: state %1, %2 ms, clock differs by %3 ms")
                        .arg(static_cast<int>(m_probe.state))
                        .arg(m_probe.tookMs)
                        .arg(m_probe.skewMs),
                    QStringLiteral("server's name: answer %1 after %2 ms; version %3")
                        .arg(static_cast<int>(m_survey.name))
                        .arg(m_survey.lookupMs)
                        .arg(m_survey.version.isEmpty() ? QStringLiteral("not told") : m_survey.version),
                    m_account.isKnown ? QStringLiteral("account at the server: state %1, tries %2, locked %3 s, bar %4, seat %5 days, desks %6, waiting %7")
                                            .arg(static_cast<int>(m_account.state)).arg(m_account.tries).arg(m_account.lockedSeconds).arg(m_account.bar)
                                            .arg(m_account.seatDaysLeft).arg(m_account.desks).arg(m_account.waiting)
                                      : QStringLiteral("account at the server: not told"),
                    QStringLiteral("storage: %1 octets free").arg(m_storageFree ? m_storageFree() : -1)};
    for (const QVariant &each : m_screens.diagnosis()->checks()) {
        const auto check = each.value<CheckView>();
        const auto named = [](auto value) { return QString::fromLatin1(QMetaEnum::fromType<decltype(value)>().valueToKey(value)); };
        out << QStringLiteral("check %1: %2, %3, HF %4")
                   .arg(named(static_cast<DiagnosisModel::Kind>(check.kind)), named(static_cast<DiagnosisModel::State>(check.state)))
                   .arg(check.value)
                   .arg(check.code);
    }
    out << QString();
    for (const HistoryView &entry : m_standing.history.mid(0, 20))
        out << QStringLiteral("%1 %2 %3 %4").arg(entry.at.toString(Qt::ISODate), entry.act, entry.approved ? QStringLiteral("approved") : QStringLiteral("refused")).arg(entry.code);
    out << QString() << m_journal.text() << QString();
    return out.join(QLatin1Char('\n'));
}

// What goes with a case: measured, and of no person.
QString Conductor::facts() const
{
    return QStringLiteral("Qt %1, %2; server: state %3, %4 ms, clock %5 s; days left %6; wrong PINs %7; bids %8")
        .arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName())
        .arg(static_cast<int>(m_probe.state))
        .arg(m_probe.tookMs)
        .arg(m_probe.skewMs / 1000)
        .arg(m_standing.card.daysLeft)
        .arg(m_standing.care.wrongPins)
        .arg(static_cast<int>(m_screens.bids()->bids().size()));
}

void Conductor::sendCase(const QString &words, const QString &language)
{
    const QByteArray body = caseOf(m_helpFrom, language, m_codes, m_screens.support()->facts(), words);
    m_support.send(m_standing.link, body, [self = QPointer(this)](const QString &number, int problem) {
        if (self) self->m_screens.support()->answer(number, problem);
    });
}

void Conductor::work(WorkingModel::Task task)
{
    m_task = task;
    m_screens.setConnection(false, true);
    m_screens.approve()->leave();
    m_screens.working()->show(task);
    m_screens.show(Page::Working);
}

void Conductor::timeJumped(qint64 milliseconds)
{
    m_screens.skip(milliseconds);
    lookAgain();
}

void Conductor::lookAgain()
{
    onEngine([](Engine &engine) { engine.report(); });
    if (m_screens.page() == Page::Home) lookAround();
}

void Conductor::goHome(bool isLater)
{
    m_screens.scan()->close();
    m_screens.approve()->leave();
    m_screens.evidence()->begin({});
    m_running = m_agreed = m_startOver = m_isTurned = false;
    m_begunLink.clear(); // one that goes on is in the draft, or its keys are there
    m_screens.setConnection(false, false);
    m_screens.actFor(QString(), -1);
    m_request = RequestView();
    m_started = false; // the next report chooses the page
    onEngine([isLater](Engine &engine) { engine.abandon(isLater); });
}

void Conductor::recover(bool codeTaken)
{
    m_running = true;
    m_screens.actFor(QString(), -1);
    m_request = RequestView();
    onEngine([codeTaken](Engine &engine) { engine.recover(codeTaken); });
}

void Conductor::submitLink(const QString &text)
{
    const auto link = phone::ActivationLink::parse(text.toStdString());
    if (!link) {
        m_screens.link()->show(text, numberOf(Code::activationUnknown), false);
        m_screens.show(Page::Link);
        return;
    }
    m_begunLink = text;
    m_running = true;
    m_agreed = false;
    m_screens.actFor(QString(), -1); // the activation is for a company of its own
    m_screens.phoneNumber()->show(
        QStringLiteral("%1:%2").arg(QString::fromStdString(link->server.host)).arg(link->server.port), 0,
        false);
    m_number = text == m_standing.draftLink ? m_standing.draftNumber : QString();
    m_screens.phoneNumber()->setNumber(m_number);
    onEngine([link = *link, text, startOver = m_startOver](Engine &engine) { engine.activate(link, text, startOver); });
}

void Conductor::readLink(const std::function<Result<QImage>()> &source)
{
    const auto text = std::make_shared<Result<std::string>>(Eye::shut());
    m_screens.eye().aside(
        [text, source, read = m_screens.eye().read] {
            if (const auto picture = source()) *text = read(*picture, "hufu://");
        },
        [self = QPointer(this), text] {
            if (!self || self->m_screens.page() != Page::Link) return;
            self->m_screens.link()->show(*text ? QString::fromStdString(**text) : QString(), *text ? 0 : numberOf(Code::noCodeInImage), false);
        });
}

void Conductor::givePin()
{
    const auto pin = std::make_shared<vault::Pin>(m_screens.pin()->take());
    // Stretching takes its time: the next page is shown meanwhile.
    switch (m_screens.pin()->purpose()) {
    case PinModel::Repeat:
    case PinModel::Resume:
        m_screens.keys()->show(0);
        m_screens.show(Page::Keys);
        break;
    case PinModel::Approve:
    case PinModel::Former:
        work(m_request.act == QLatin1String("decrypt") || m_request.act == QLatin1String("rehearseDecrypt")
                 ? WorkingModel::Decrypting
                 : WorkingModel::Approving);
        break;
    case PinModel::ChangeOld:
    case PinModel::ChangeRepeat:
        work(WorkingModel::ChangingPin);
        break;
    case PinModel::Recover:
        work(WorkingModel::Recovering);
        break;
    case PinModel::Choose:
    case PinModel::ChangeNew:
        break;
    }
    onEngine([pin](Engine &engine) { engine.givePin(pin); });
}

void Conductor::onStood(const Standing &standing)
{
    m_standing = standing;
    m_screens.home()->show(standing.card, standing.history, standing.server, standing.care);
    m_screens.home()->setReminder(standing.stage == phone::Stage::active && !standing.card.former ? reminderOf(standing.card.daysLeft, standing.remindedDays) : 0);
    m_screens.history()->show(standing.history, standing.records);
    m_screens.home()->setAlarm(standing.records.unread);
    m_screens.home()->setUndecided(standing.isUndecided);
    if (m_bidWatch) m_bidWatch->setKnown(standing.bids);
    if (m_screens.page() == Page::Removal || m_screens.page() == Page::Revocation) judgeRisks();
    m_screens.centre()->show(standing.card, standing.account, standing.server, standing.care);
    const bool isOther = std::exchange(m_accountOf, standing.account) != standing.account;
    if (isOther) onAccount({});
    if (isOther && standing.stage == phone::Stage::active) askAccount();
    showReadiness();
    m_screens.result()->setCare(standing.care);
    if (std::exchange(m_cardDue, false)) {
        m_screens.certificate()->show(standing.card, true);
        return m_screens.show(Page::Certificate);
    }
    const auto isChosen = [this](const ShieldView &view) { return view.index == m_chosen && view.current; };
    if (m_chosen >= 0 && std::none_of(standing.shields.begin(), standing.shields.end(), isChosen)) return;
    m_chosen = -1;
    if (m_started) return; // only the data is new
    m_started = true;
    if (standing.problem != 0) {
        m_screens.error()->show(standing.problem, false);
        return m_screens.show(Page::Error);
    }
    m_screens.welcome()->show(standing.stage == phone::Stage::started, standing.shields.size() > 1, !standing.draftLink.isEmpty());
    m_screens.show(standing.stage == phone::Stage::active ? Page::Home : Page::Welcome);
    const QString due = std::exchange(m_bidDue, QString());
    for (const QVariant &each : m_screens.bids()->bids())
        if (const auto bid = each.value<BidView>(); !due.isEmpty() && bid.id == due) m_screens.bids()->open(bid);
}

// A newcomer without a computer cannot do anything yet.
void Conductor::showNextStep()
{
    const auto isOfADesk = [](const HistoryView &entry) { return entry.approved && entry.act == QLatin1String("enrol"); };
    const bool hasNone = m_account.isKnown && m_account.desks + m_account.waiting == 0; // while the server has not said it, nobody is sent anywhere
    const bool hadOne = std::any_of(m_standing.history.begin(), m_standing.history.end(), isOfADesk);
    m_screens.home()->setDeskMissing(m_standing.stage == phone::Stage::active && !m_standing.card.former && hasNone && !hadOne);
}

void Conductor::onDeclined(int problem)
{
    m_screens.setConnection(false, false);
    const bool typedWrong = problem == numberOf(Code::malformed); // of a form that cannot be right
    switch (m_screens.page()) {
    case Page::PhoneNumber:
        m_screens.phoneNumber()->show(m_screens.phoneNumber()->server(),
                                      typedWrong ? numberOf(Code::phoneNumberOther) : problem, false);
        break;
    case Page::Identity:
        m_screens.identity()->show(typedWrong ? numberOf(Code::smsWrong) : problem, false);
        break;
    case Page::Factor:
        m_screens.factor()->show(m_request.act, typedWrong ? numberOf(Code::smsWrong) : problem);
        break;
    case Page::Recover:
        m_screens.recover()->show(numberOf(Code::recoveryCodeWrong), false);
        break;
    default:
        m_screens.error()->show(problem, false);
        m_screens.show(Page::Error);
    }
}

void Conductor::askPin(PinModel::Purpose purpose, const Moment &moment)
{
    m_screens.pin()->ask(purpose, static_cast<PinModel::Weakness>(moment.weakness), moment.problem,
                         moment.triesLeft, moment.fingers, moment.hints);
    switch (purpose) {
    case PinModel::Choose:
    case PinModel::ChangeNew:
        return m_screens.show(Page::PinChoose);
    case PinModel::Repeat:
    case PinModel::ChangeRepeat:
        return m_screens.show(Page::PinRepeat);
    default:
        return m_screens.show(Page::PinPad);
    }
}

void Conductor::askIdentity(const Moment &moment)
{
    // A code that was wrong, or a connection that is made anew, keeps nobody from asking for another.
    m_screens.identity()->ask(moment.smsWanted, moment.faceWanted, m_number);
    if (m_screens.identity()->awaitsCode() && moment.problem == 0) m_screens.identity()->sent(moment.resendAfter);
    m_screens.agreements()->show(moment.company, moment.person, moment.agreements);
    m_screens.identity()->show(moment.problem, false);
    m_agreed = m_agreed || moment.agreed;
    m_screens.show(m_agreed ? Page::Identity : Page::Agreements);
}

void Conductor::onMoved(const Moment &moment)
{
    const bool isTurned = std::exchange(m_isTurned, false);
    if (!m_running) return; // of a flow that was left meanwhile
    m_screens.setConnection(moment.reconnecting, moment.show == Show::working || moment.show == Show::keys);
    if (moment.problem != 0) noteCode(moment.problem);
    if (moment.reconnecting) m_journal.note(QStringLiteral("the connection is being made again"));
    m_wasAway = m_wasAway || moment.reconnecting;
    m_screens.evidence()->begin(moment.caseId);
    const bool activation = moment.flow == FlowKind::activation;
    const bool change = moment.flow == FlowKind::pinChange;
    const bool recovery = moment.flow == FlowKind::recovery;
    switch (moment.show) {
    case Show::working:
        // A page that waits for its answer says so itself.
        if (m_screens.page() == Page::PhoneNumber)
            return m_screens.phoneNumber()->show(m_screens.phoneNumber()->server(), 0, true);
        if (m_screens.page() == Page::Identity) return m_screens.identity()->show(0, true);
        if (m_screens.page() == Page::Factor) return m_screens.factor()->setBusy();
        if (m_screens.page() == Page::Recover) return m_screens.recover()->show(0, true);
        m_screens.working()->show(m_task, moment.reconnecting);
        return m_screens.show(Page::Working);
    case Show::phoneNumber:
        m_screens.phoneNumber()->show(m_screens.phoneNumber()->server(), moment.problem, false);
        return m_screens.show(Page::PhoneNumber);
    case Show::terms:
        return askIdentity(moment);
    case Show::recoveryCode:
        m_screens.recover()->show(moment.problem, false);
        return m_screens.show(Page::Recover);
    case Show::choosePin:
        return askPin(PinModel::Choose, moment);
    case Show::newPin:
        return askPin(PinModel::ChangeNew, moment);
    case Show::repeatPin:
        return askPin(change ? PinModel::ChangeRepeat : PinModel::Repeat, moment);
    case Show::keys:
        m_screens.keys()->show(stepOf(moment.progress), moment.reconnecting);
        return m_screens.show(Page::Keys);
    case Show::approve:
        m_request = withHours(withHistory(moment.request, m_standing.history), m_standing.bids, m_bidWatch ? m_bidWatch->nowMs() : QDateTime::currentMSecsSinceEpoch());
        m_screens.actFor(m_request.company, m_request.tone);
        if (isTurned) m_screens.approve()->goOn(moment.millisecondsLeft); // with the files that were left out
        else if (m_screens.page() != Page::Approve) m_screens.approve()->show(m_request, moment.millisecondsLeft);
        return m_screens.show(Page::Approve);
    case Show::sms:
        if (m_screens.page() != Page::Factor)
            m_screens.factor()->resendIn(static_cast<int>(limits::kSmsResendMs / 1000));
        m_screens.factor()->show(change ? QStringLiteral("pinChange") : m_request.act, moment.problem);
        return m_screens.show(Page::Factor);
    case Show::liveness:
        m_screens.identity()->ask(false, true, QString());
        m_screens.identity()->show(moment.problem, false);
        return m_screens.show(Page::Identity);
    case Show::pin:
        // Only the connection is new: what was typed stays.
        if (m_screens.page() == Page::PinPad && m_screens.pin()->problem() == moment.problem &&
            m_screens.pin()->length() > 0)
            return;
        if (moment.millisecondsLeft > 0) m_screens.approve()->goOn(moment.millisecondsLeft);
        return askPin(activation         ? PinModel::Resume
                      : change           ? PinModel::ChangeOld
                      : recovery         ? PinModel::Recover
                      : moment.formerPin ? PinModel::Former
                                         : PinModel::Approve,
                      moment);
    case Show::done:
        return onDone(moment);
    case Show::refused:
        m_running = false;
        m_screens.result()->show(false, m_request.act, m_request.platformName, m_request.deskName, QString(), 0,
                                moment.unheard ? ResultModel::Unheard : m_reported ? ResultModel::Attack : ResultModel::Told);
        return m_screens.show(Page::Result);
    case Show::stopped:
        return onStopped(moment);
    }
}

void Conductor::onDone(const Moment &moment)
{
    m_running = false;
    m_screens.approve()->leave();
    if (moment.flow == FlowKind::activation) {
        m_link.clear();
        m_begunLink.clear();
        m_screens.keys()->show(stepOf(phone::Progress::finished));
        m_cardDue = true; // it is in the report that follows
        return;
    }
    if (!moment.next.isEmpty()) return takeNext(moment.next);
    const bool change = moment.flow == FlowKind::pinChange;
    const bool recovery = moment.flow == FlowKind::recovery;
    m_screens.result()->show(true,
                             change     ? QStringLiteral("pinChange")
                             : recovery ? QStringLiteral("recovery")
                                        : moment.request.act,
                             moment.request.platformName, moment.request.deskName, moment.request.digits,
                             moment.items);
    m_screens.show(Page::Result);
}

void Conductor::onStopped(const Moment &moment)
{
    m_running = false;
    m_screens.approve()->leave();
    switch (static_cast<Code>(moment.problem)) {
    case Code::locked:
        m_screens.locked()->showLocked(moment.retryAfter, moment.failures, moment.triesLeft);
        return m_screens.show(Page::Locked);
    case Code::frozen:
    case Code::cloned:
        m_screens.locked()->showFrozen(moment.problem == numberOf(Code::cloned));
        return m_screens.show(Page::Frozen);
    case Code::refreshFirst: // the code was taken, and then something came between
        return recover(true);
    default:
        break;
    }
    // It was not sent before it grew too old: the code on the computer is good still, and the camera mostly before it.
    if (moment.problem == numberOf(Code::frameTooOld) && m_wasAway) {
        m_request = RequestView();
        m_screens.evidence()->begin({});
        m_screens.setConnection(false, false);
        m_screens.show(Page::Scan);
        return m_screens.scan()->openOnceMore();
    }
    const bool isAnAct = moment.flow == FlowKind::approval || moment.flow == FlowKind::pinChange;
    const bool isWorthIt = m_standing.stage == phone::Stage::active && isAnAct && m_begin && isMendedByTrying(static_cast<Code>(moment.problem));
    const int age = moment.problem == numberOf(Code::frameTooOld) ? moment.retryAfter : 0;
    m_screens.error()->show(moment.problem, isWorthIt, age, moment.whose);
    m_screens.show(Page::Error);
}

} // namespace hufu::phone_app
