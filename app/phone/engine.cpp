#include "app/phone/engine.h"

#include "app/catalogue/catalogue.h"
#include "app/phone/models/pin_model.h"
#include "app/phone/models/shields_model.h"
#include "app/phone/readiness.h"
#include "app/phone/removal.h"
#include "app/phone/request_view.h"
#include "app/phone/standing.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hufu::phone_app {

using catalogue::Code;
using phone::Show;

int numberOf(Code code)
{
    return static_cast<int>(code);
}

static int codeOf(const phone::Problem &problem)
{
    return problem.code != 0 ? problem.code : numberOf(catalogue::codeOf(problem.errc));
}

// The person began it not, or on a page of its own that is told otherwise, and sees nothing of it on those of the acts.
static bool isUnseen(FlowKind kind)
{
    return kind == FlowKind::refresh || kind == FlowKind::bids || kind == FlowKind::desks || kind == FlowKind::records || kind == FlowKind::account || kind == FlowKind::evidenceKey;
}

// Of which a person may want evidence.
static bool isRecorded(FlowKind kind)
{
    return kind == FlowKind::approval || kind == FlowKind::pinChange || kind == FlowKind::activation || kind == FlowKind::recovery;
}

Engine::Engine(phone::Environment environment, ChannelMaker makeChannel, Shields *shields, ports::Biometrics *biometrics)
    : m_environment(environment), m_makeChannel(std::move(makeChannel)), m_shields(shields), m_biometrics(biometrics), m_current(shields ? shields->last() : 0), m_tick(this), m_pause(this), m_compareAgain(this)
{
    qRegisterMetaType<Standing>();
    qRegisterMetaType<Moment>();
    qRegisterMetaType<AccountView>();
    qRegisterMetaType<QList<DeskView>>();
    m_tick.setInterval(1000);
    m_pause.setSingleShot(true);
    m_compareAgain.setSingleShot(true);
    m_compareAgain.setInterval(static_cast<int>(kCompareAgainMs));
    connect(&m_compareAgain, &QTimer::timeout, this, [this] { compareWhereDue(true); });
    connect(&m_tick, &QTimer::timeout, this,
            [this] { withFlow([this](auto &flow) { apply(flow.tick(), false); }); });
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_channel) m_channel->open();
    });
}

Engine::~Engine() = default;

// Calls input with the flow that runs; without one it is declined.
template <typename Input> void Engine::withFlow(Input input)
{
    if (m_activation)
        input(*m_activation);
    else if (m_approval)
        input(*m_approval);
    else if (m_pinChange)
        input(*m_pinChange);
    else if (m_recovery)
        input(*m_recovery);
    else if (m_refresh)
        input(*m_refresh);
    else if (m_bidFetch)
        input(*m_bidFetch);
    else if (m_deskFetch)
        input(*m_deskFetch);
    else if (m_recordFetch)
        input(*m_recordFetch);
    else if (m_accountFetch)
        input(*m_accountFetch);
    else if (m_evidenceFetch)
        input(*m_evidenceFetch);
}

phone::Environment Engine::here() const
{
    return {vaultAt(m_current), m_environment.random, m_environment.clock, m_environment.stretch};
}

// One whose files cannot be read is not empty: it must be told of, and nothing may be put in its place.
phone::Stage Engine::stageAt(std::size_t shield) const
{
    const auto stage = phone::stageOf(vaultAt(shield));
    return stage ? *stage : phone::Stage::started;
}

int Engine::toneOf(std::size_t shield) const
{
    const int chosen = notesOf(shield).tone;
    return chosen < 0 ? static_cast<int>(shield) : chosen;
}

void Engine::use(std::size_t shield)
{
    m_current = shield;
    if (m_shields) m_shields->remember(shield);
}

// For convenience alone: a draft that cannot be kept stops nothing.
void Engine::keepDraft(const std::function<void(vault::Draft &)> &change)
{
    vault::Vault &vault = here().vault;
    const auto kept = vault.draft();
    vault::Draft draft = kept ? *kept : vault::Draft();
    change(draft);
    if (!draft.link.empty() && (!kept || draft != *kept)) static_cast<void>(vault.writeDraft(draft));
}

static std::string textOf(const std::vector<wire::Agreement> &agreements)
{
    std::string out;
    for (const wire::Agreement &agreement : agreements)
        out += agreement.id + ' ' + std::to_string(agreement.version) + '\n';
    return out;
}

// The pages that a phone which is killed comes back to.
void Engine::followDraft(const phone::Step &step)
{
    if (!m_activation) return;
    if (step.show == Show::terms && m_activation->terms())
        keepDraft([](vault::Draft &draft) { draft.isNumberTaken = true; });
    if (step.show == Show::choosePin)
        keepDraft([this](vault::Draft &draft) { draft.accepted = m_activation->acceptance(); });
    // The server takes the ticket no more: the identity is proved anew. Whether it would have, is not known while it is away.
    const bool isRefused = step.show == Show::stopped && step.problem && step.problem->errc != Errc::unavailable;
    if (isRefused) keepDraft([](vault::Draft &draft) { draft.accepted.clear(); });
}

// A further shield that was not begun is not shown.
void Engine::leaveEmpty()
{
    const auto draft = here().vault.draft();
    const bool isBegun = draft && *draft != vault::Draft();
    if (stageAt(m_current) != phone::Stage::empty) {
        if (isBegun) static_cast<void>(here().vault.writeDraft({})); // the keys are there: it goes on with the PIN
        return;
    }
    if (isBegun) return;
    for (const auto wanted : {phone::Stage::active, phone::Stage::started})
        for (std::size_t i = 0; i < countOfShields(); ++i)
            if (stageAt(i) == wanted) return use(i);
}

// Who turns back from a further shield has decided so; the phone's only one is still to be activated.
void Engine::giveUpFurther()
{
    if (stageAt(m_current) != phone::Stage::empty) return;
    for (std::size_t i = 0; i < countOfShields(); ++i)
        if (i != m_current && stageAt(i) != phone::Stage::empty) return static_cast<void>(here().vault.writeDraft({}));
}

// Who has newer keys at the same server signs with those; the older ones are kept for what is sealed for them.
static void markFormer(QList<ShieldView> &shields)
{
    for (ShieldView &view : shields)
        view.former = view.active && std::any_of(shields.begin(), shields.end(), [&view](const ShieldView &other) {
                          return other.active && other.server == view.server && other.subject == view.subject && other.since > view.since;
                      });
}

// Of a former certificate, nothing was said of this one.
static int toldOf(const ShieldNotes &notes, const QString &serial)
{
    return notes.remindedOf == serial.toStdString() ? notes.remindedDays : 0;
}

void Engine::report()
{
    if (m_kind == FlowKind::none) leaveEmpty();
    // A PIN is kept for fingers alone: where they are not let, or what lets them cannot be read, it goes.
    if (const auto kept = here().vault.hasPin(); kept && *kept && !fingersOf(m_current)) static_cast<void>(here().vault.forgetPin());
    Standing standing = standingOf(here().vault, m_environment.clock);
    if (const auto draft = here().vault.draft(); draft && standing.stage == phone::Stage::empty) {
        standing.draftLink = QString::fromStdString(draft->link);
        standing.draftNumber = QString::fromStdString(draft->number);
    }
    const ShieldNotes notes = notesOf(m_current);
    standing.card.tone = toneOf(m_current);
    standing.card.label = notes.name.empty() ? standing.card.company : QString::fromStdString(notes.name);
    standing.bids.clear();
    std::size_t empty = 0;
    for (std::size_t i = 0; i < countOfShields(); ++i) {
        if (stageAt(i) == phone::Stage::empty) {
            ++empty;
            continue;
        }
        ShieldView view = shieldOf(vaultAt(i), m_environment.clock);
        view.index = static_cast<int>(i);
        view.current = i == m_current;
        view.name = QString::fromStdString(notesOf(i).name);
        view.tone = toneOf(i);
        view.fingers = fingersOf(i).has_value();
        if (auto bids = phone::knownBids(vaultAt(i)); bids && view.active)
            standing.bids << WatchedBids{view.index, view.current, view.name.isEmpty() ? view.company : view.name, std::move(*bids)};
        standing.shields << view;
    }
    m_known = standing.shields.size();
    markFormer(standing.shields);
    m_former.clear();
    for (const ShieldView &view : standing.shields) {
        if (view.former) m_former.insert(static_cast<std::size_t>(view.index));
        if (view.current) standing.card.former = view.former;
    }
    for (ShieldView &view : standing.shields)
        if (m_shields && view.active && !view.current && !view.former)
            view.reminder = reminderOf(view.daysLeft, toldOf(notesOf(static_cast<std::size_t>(view.index)), view.serial));
    for (const ShieldView &current : standing.shields)
        for (const ShieldView &view : standing.shields)
            for (WatchedBids &watched : standing.bids)
                if (current.current && !current.former && view.former && watched.shield == view.index)
                    watched.isFormer = view.server == current.server && view.subject == current.subject;
    standing.remindedDays = toldOf(notes, standing.card.signSerial);
    standing.canReadFingers = m_biometrics && m_biometrics->isThere();
    standing.isFull = !m_shields || (empty == 0 && m_shields->count() >= Shields::kMost);
    Q_EMIT stood(standing);
}

void Engine::noteReminded(int days, int shield)
{
    const std::size_t of = shield < 0 ? m_current : static_cast<std::size_t>(shield);
    if (m_shields && of < m_shields->count()) {
        ShieldNotes notes = m_shields->notes(of);
        notes.remindedDays = days;
        notes.remindedOf = shieldOf(m_shields->at(of), m_environment.clock).serial.toStdString();
        m_shields->keepNotes(of, notes);
    }
    report();
}

void Engine::choose(int shield)
{
    if (shield < 0 || static_cast<std::size_t>(shield) >= countOfShields()) return;
    drop();
    m_fetchDue.clear();
    m_accountAskedMs.reset();
    use(static_cast<std::size_t>(shield));
    report();
}

void Engine::describe(int shield, const QString &name, int tone)
{
    if (!m_shields || shield < 0 || static_cast<std::size_t>(shield) >= countOfShields()) return;
    ShieldNotes notes = m_shields->notes(static_cast<std::size_t>(shield));
    notes.name = name.simplified().left(ShieldsModel::kNameMost).toStdString();
    notes.tone = tone;
    m_shields->keepNotes(static_cast<std::size_t>(shield), notes);
    report();
}

void Engine::letFingers(int shield, bool on)
{
    if (!m_shields || !m_biometrics || shield < 0 || static_cast<std::size_t>(shield) >= countOfShields()) return;
    const auto place = static_cast<std::size_t>(shield);
    const auto set = on ? m_biometrics->recognise() : Result<ByteArray<16>>(Error(Errc::refused, "off"));
    vault::Vault &vault = m_shields->at(place);
    static_cast<void>(vault.forgetPin()); // of before, for another set perhaps
    const auto kept = vault.letFingers(set ? std::optional(*set) : std::nullopt);
    if (on && !(set && kept)) Q_EMIT notRecognised(false);
    report();
}

// Whether the PIN that is asked for can come from the vault.
bool Engine::offersFingers() const
{
    if (!m_biometrics || !m_biometrics->isThere() || !m_approval || m_approval->whichPin() == phone::Approval::WhichPin::former) return false;
    if (!fingersOf(m_current)) return false;
    const auto kept = vaultAt(m_current).hasPin();
    return kept && *kept;
}

std::optional<ByteArray<16>> Engine::fingersOf(std::size_t shield) const
{
    const auto set = vaultAt(shield).fingers();
    return set ? *set : std::nullopt; // what cannot be read allows nothing
}

// A phone that is killed before the server's answer keeps no PIN that may be mistyped.
void Engine::noteTyped(const vault::Pin &pin)
{
    m_typed.reset();
    if (!m_approval || !fingersOf(m_current) || m_approval->whichPin() == phone::Approval::WhichPin::former) return;
    m_typed.emplace();
    for (const std::uint8_t digit : pin.expose())
        static_cast<void>(m_typed->press(digit - '0'));
}

// What cannot be kept is typed again next time.
void Engine::keepTyped(const phone::Step &step)
{
    const bool isRight = m_approval && step.show == Show::done;
    const auto set = fingersOf(m_current);
    if (isRight && m_typed && set) static_cast<void>(vaultAt(m_current).keepPin(*m_typed, *set));
    const bool isOver = isRight || step.show == Show::refused || step.show == Show::stopped || (step.show == Show::pin && step.problem);
    if (isOver) m_typed.reset();
}

// A kept PIN ends with the PIN: changed, found wrong, or locked.
void Engine::forgetWrong(const phone::Step &step)
{
    const bool isChanged = m_pinChange && step.show == Show::done;
    const int code = step.problem ? codeOf(*step.problem) : 0;
    const bool isWrong = code == numberOf(Code::wrongPin) || code == numberOf(Code::locked) || code == numberOf(Code::frozen) || code == numberOf(Code::cloned);
    if (isChanged || isWrong) static_cast<void>(vaultAt(m_current).forgetPin());
}

void Engine::giveKeptPin()
{
    if (!offersFingers()) return Q_EMIT notRecognised(false);
    const auto set = m_biometrics->recognise();
    if (!set) return Q_EMIT notRecognised(false);
    auto pin = vaultAt(m_current).releasePin(*set);
    if (pin) return applyFactor(wire::factor::kPin, m_approval->pin(std::move(*pin)));
    static_cast<void>(vaultAt(m_current).forgetPin());
    static_cast<void>(vaultAt(m_current).letFingers(std::nullopt));
    Q_EMIT notRecognised(true);
    report();
}

// Whether a shield may go off this phone, for all that is sealed for it. Errors: as knownBids().
Result<bool> Engine::mayGo(std::size_t shield, const QString &typed) const
{
    HUFU_TRY(bids, phone::knownBids(vaultAt(shield)));
    std::vector<Bytes> ownKeys;
    for (std::size_t i = 0; i < countOfShields(); ++i)
        if (const auto other = i == shield ? Result<phone::KnownBids>(Error(Errc::notFound, "itself")) : phone::knownBids(vaultAt(i)); other && !other->keyId.empty())
            ownKeys.push_back(other->keyId);
    const bool isActive = stageAt(shield) == phone::Stage::active; // for others nothing can have been sealed
    const QString word = wordOf(shieldOf(vaultAt(shield), m_environment.clock)), said = typed.trimmed();
    const bool hasWord = !word.isEmpty() && said.compare(word, Qt::CaseInsensitive) == 0;
    return !isActive || mayRemove(bids, ownKeys, m_environment.clock.unixMs(), said.toStdString(), hasWord);
}

void Engine::revoke(const QString &typed)
{
    const auto may = mayGo(m_current, typed);
    if (!may) return Q_EMIT revocationHeld(numberOf(Code::phoneFilesDamaged));
    if (!*may) return Q_EMIT revocationHeld(0);
    begin(intent::Act::revoke);
}

void Engine::remove(int shield, const QString &typed)
{
    if (!m_shields || shield < 0 || static_cast<std::size_t>(shield) >= countOfShields()) return;
    const auto place = static_cast<std::size_t>(shield);
    const auto may = mayGo(place, typed);
    if (!may) return Q_EMIT removed(false, numberOf(Code::phoneFilesDamaged)); // what it alone opens cannot be told
    if (!*may) return Q_EMIT removed(false, 0);
    drop();
    m_fetchDue.clear();
    m_comparedAt.erase(place);
    m_uncompared.erase(place);
    m_keyTold.erase(place);
    const auto gone = m_shields->remove(place);
    Q_EMIT removed(gone.has_value(), gone ? 0 : numberOf(Code::internal));
    report();
}

void Engine::drop()
{
    if (m_scan && !m_scan->isAnswered) m_current = m_scan->first; // it was a try alone
    m_tick.stop();
    m_pause.stop();
    if (m_channel) {
        // It may be the caller: it dies after it has returned.
        m_channel->disconnect(this);
        m_channel->close();
        m_channel.release()->deleteLater();
    }
    m_activation.reset();
    m_approval.reset();
    m_typed.reset();
    m_pinChange.reset();
    m_recovery.reset();
    m_refresh.reset();
    m_bidFetch.reset();
    m_deskFetch.reset();
    m_recordFetch.reset();
    m_accountFetch.reset();
    m_evidenceFetch.reset();
    m_kind = FlowKind::none;
    m_told.reset();
    m_scan.reset();
}

void Engine::abandon(bool isLater)
{
    if (m_approval) m_comparedAt.erase(m_current); // its end was not heard
    if (!isUnseen(m_kind)) drop();
    if (!isLater) giveUpFurther();
    report();
}

void Engine::begun(FlowKind kind)
{
    drop();
    if (!isUnseen(kind)) m_fetchDue.clear(); // it is fetched again soon
    if (!isUnseen(kind) && kind != FlowKind::approval) {
        m_evidence.reset();
        m_early.reset();
    }
    m_kind = kind;
    m_tries = 0;
    m_everOpened = m_reconnecting = false;
    m_show = Show::working;
    m_tick.start();
}

void Engine::activate(const phone::ActivationLink &link, const QString &text, bool startOver)
{
    begun(FlowKind::activation);
    // One that cannot be read keeps its files, too: they may be mended, and alone open what was sealed for it.
    const bool isStarted = stageAt(m_current) == phone::Stage::started && !startOver;
    const bool isTaken = isStarted || stageAt(m_current) == phone::Stage::active || !phone::stageOf(here().vault);
    if (m_shields && isTaken) {
        std::size_t next = 0;
        while (next < m_shields->count() && stageAt(next) != phone::Stage::empty)
            ++next;
        if (next == m_shields->count()) {
            if (const auto added = m_shields->add(); !added) return stop(numberOf(catalogue::codeOf(added.error().code)));
        }
        use(next);
    }
    m_activation = std::make_unique<phone::Activation>(here());
    awaitEvidence();
    keepDraft([&text](vault::Draft &draft) {
        if (!text.isEmpty() && draft.link != text.toStdString()) draft = {text.toStdString(), {}, false, {}, {}};
    });
    const auto kept = here().vault.draft();
    const bool isKept = kept && !text.isEmpty();
    if (isKept && !kept->accepted.empty()) {
        auto step = m_activation->goOn(link, kept->number, kept->accepted);
        if (step) return apply(std::move(step), true);
        m_activation = std::make_unique<phone::Activation>(here());
    }
    apply(m_activation->start(link), true);
    if (isKept && kept->isNumberTaken) givePhoneNumber(QString::fromStdString(kept->number));
}

void Engine::resume()
{
    begun(FlowKind::activation);
    m_activation = std::make_unique<phone::Activation>(here());
    beginEvidence(audit::kActivation);
    apply(m_activation->resume(), true);
}

void Engine::givePhoneNumber(const QString &number)
{
    if (!m_activation) return;
    keepDraft([&number](vault::Draft &draft) {
        if (draft.number != number.toStdString()) draft.isNumberTaken = false;
        draft.number = number.toStdString();
    });
    apply(m_activation->phoneNumber(number.toStdString()), true);
}

void Engine::noteAgreed()
{
    if (!m_activation || !m_activation->terms()) return;
    keepDraft([this](vault::Draft &draft) { draft.agreed = textOf(m_activation->terms()->agreements); });
    apply(m_activation->tick(), true); // the same page of the flow, told anew
}

void Engine::giveProof(const QString &sms, std::uint8_t provider, const Bytes &evidence)
{
    if (!m_activation || !m_activation->terms()) return;
    auto step = m_activation->proof(sms.toStdString(), m_activation->terms()->agreements, provider, evidence);
    if (step && !sms.isEmpty()) note(audit::Step::factorGiven, wire::factor::kSms);
    if (step && !evidence.empty()) note(audit::Step::factorGiven, wire::factor::kLiveness);
    apply(std::move(step), true);
}

void Engine::claim(const QString &frame, const QElapsedTimer &sinceSeen)
{
    begun(FlowKind::approval);
    m_scan = Scan{frame, sinceSeen, m_current, {}, {}, false};
    beginEvidence();
    claimHere();
}

// One that cannot be signed is not kept: the act goes on without.
void Engine::beginEvidence(std::uint16_t act)
{
    m_evidence.reset();
    m_early.reset();
    static_cast<void>(startRecord(act, m_environment.clock.unixMs()));
}

// Of an activation: what is seen is signed once its account is there.
void Engine::awaitEvidence()
{
    m_evidence.reset();
    m_early = EarlyEvidence{m_environment.clock.unixMs(), accountHere(), {}};
}

std::optional<ByteArray<16>> Engine::accountHere() const
{
    const auto device = here().vault.device();
    return device && *device ? std::optional((*device)->acct) : std::nullopt;
}

bool Engine::startRecord(std::uint16_t act, std::int64_t nowMs)
{
    auto key = here().vault.evidenceKey();
    if (!key) return false;
    const audit::Evidence record(m_environment.random.bytes<16>("case"), audit::makerOf(key->publicKey()), act, nowMs, audit::Maker::phone);
    m_evidence.emplace(Evidence{record, std::move(*key), false, {}});
    return true;
}

// With what was seen before.
void Engine::ripenEvidence()
{
    if (!m_early || accountHere() == m_early->former || !startRecord(audit::kActivation, m_early->begunMs)) return;
    for (const audit::Entry &entry : m_early->notes)
        m_evidence->record.note(static_cast<audit::Step>(entry.event), entry.timeMs, entry.subject, entry.object, entry.code);
    m_early.reset();
}

void Engine::note(audit::Step step, int code, const ByteArray<32> &object)
{
    const std::int64_t nowMs = m_environment.clock.unixMs();
    const bool isKnown = m_approval && m_approval->request();
    if (m_evidence) m_evidence->record.note(step, nowMs, isKnown ? m_approval->request()->token : ByteArray<16>{}, object, static_cast<std::uint16_t>(code));
    else if (m_early && m_early->notes.size() < audit::Evidence::kMost) m_early->notes.push_back({static_cast<audit::Event>(step), nowMs, {}, object, static_cast<std::uint16_t>(code), {}});
}

// What a person sees anew of the act that runs.
void Engine::noteMoment(const Moment &moment)
{
    if (m_kind == FlowKind::activation) ripenEvidence(); // and not for what another shield looks up meanwhile
    if ((!m_evidence && !m_early) || !isRecorded(m_kind) || (m_told && m_told->sameAs(moment))) return;
    const bool isEnded = moment.show == Show::stopped;
    if (!isEnded && moment.reconnecting != (m_told && m_told->reconnecting)) note(moment.reconnecting ? audit::Step::serverBusy : audit::Step::serverBack);
    if (m_approval && m_approval->request() && !m_evidence->isShown) {
        m_evidence->isShown = true;
        note(audit::Step::shown, static_cast<int>(m_approval->request()->manifest.act), m_approval->request()->manifest.sm3());
    }
    if (m_approval && moment.show == Show::done) noteFiles();
    if (moment.show == Show::refused) note(audit::Step::refused, moment.problem);
    else if (isEnded) note(audit::Step::failed, moment.problem);
    else if (moment.show == Show::done) note(audit::Step::finished, moment.items);
    else if (moment.problem != 0) note(audit::Step::problemShown, moment.problem);
}

// Each as the manifest names it. Of those that were opened all are there that the person did not refuse.
void Engine::noteFiles()
{
    const std::vector<intent::File> &files = m_approval->request()->manifest.files;
    const auto noteFile = [this, &files](std::size_t item) {
        if (item < files.size()) note(audit::Step::fileDone, 0, files[item].envelope.value_or(files[item].sm3));
    };
    for (const phone::Signed &item : m_approval->signatures())
        noteFile(item.index);
    for (const std::uint8_t item : m_approval->openedItems())
        noteFile(item);
}

QString Engine::caseId() const
{
    return m_evidence ? QString::fromStdString(toHex(m_evidence->record.caseId())) : QString();
}

void Engine::bundleEvidence()
{
    if (!m_evidence) return Q_EMIT evidenceBundled({}, {});
    const std::string text = audit::bundleOf(m_evidence->record, m_evidence->key.publicKey(), [this](ByteView bytes) { return m_evidence->key.sign(bytes); });
    Q_EMIT evidenceBundled(caseId(), QByteArray::fromStdString(text));
}

void Engine::claimHere()
{
    m_scan->tried.insert(m_current);
    m_approval = std::make_unique<phone::Approval>(here());
    const std::string frame = m_scan->frame.toStdString();
    auto step = m_approval->claim(frame, m_environment.clock.monotonicMs() - m_scan->since.elapsed());
    if (step) return apply(std::move(step), true);
    const Errc errc = step.error().code;
    stop(numberOf(errc == Errc::badInput  ? catalogue::foreignOf(frame).value_or(Code::frameBroken)
                  : errc == Errc::expired ? Code::frameTooOld
                                          : catalogue::codeOf(errc)));
}

// It is another shield's code, as far as that one knows.
static bool isOthers(const phone::Problem &problem)
{
    const int code = codeOf(problem);
    return code == numberOf(Code::deskNotYours) || code == numberOf(Code::otherServer) || code == numberOf(Code::notForThisKey);
}

// Whether a shield that was tried beside the one in use has the code, and only cannot now. One that opens only has none but by a request:
// its person's newer keys sign, whatever it says.
bool Engine::isAnswer(const std::optional<phone::Problem> &problem) const
{
    return m_scan->problem && !isOthers(*problem) && codeOf(*problem) != numberOf(Code::frameTooOld) && !m_former.contains(m_current);
}

// The scan stays with this one from now on.
void Engine::answered()
{
    m_scan->isAnswered = true;
    if (m_current != m_scan->first) beginEvidence(); // the first one's tells of an act that is not its own
    use(m_current);
}

// A desk that one person of this phone has enrolled is unknown to the other, and each server knows its own codes alone. Such a
// refusal leaves the session as it was.
bool Engine::triesAnother(const std::optional<phone::Problem> &problem)
{
    if (!m_scan || !m_approval || m_approval->request() || !problem) return false;
    if (isAnswer(problem)) {
        m_scan->problem.reset();
        answered();
        return false;
    }
    const bool isOwn = !m_scan->problem && !isOthers(*problem) && !m_former.contains(m_current);
    if (isOwn) return false; // the one in use answers for itself
    if (!m_scan->problem || codeOf(*problem) == numberOf(Code::notForThisKey)) m_scan->problem = problem; // which says most
    // Those that sign first; one that opens only is for what was sealed for it.
    for (const bool isFormer : {false, true})
        for (std::size_t i = 0; codeOf(*problem) != numberOf(Code::frameTooOld) && i < countOfShields(); ++i) {
            if (m_scan->tried.contains(i) || stageAt(i) != phone::Stage::active || m_former.contains(i) != isFormer) continue;
            const Scan scan = *std::exchange(m_scan, std::nullopt);
            begun(FlowKind::approval);
            m_scan = scan;
            m_current = i; // a try alone: what is remembered stays
            claimHere();
            return true;
        }
    m_current = m_scan->first;
    return false;
}

void Engine::begin(intent::Act act)
{
    begun(FlowKind::approval);
    m_approval = std::make_unique<phone::Approval>(here());
    beginEvidence(static_cast<std::uint16_t>(act));
    auto step = m_approval->begin(act);
    if (step) return apply(std::move(step), true);
    stop(numberOf(catalogue::codeOf(step.error().code)));
}

void Engine::changePin()
{
    begun(FlowKind::pinChange);
    m_pinChange = std::make_unique<phone::PinChange>(here());
    beginEvidence(static_cast<std::uint16_t>(intent::Act::pinChange));
    auto step = m_pinChange->start();
    if (step) return apply(std::move(step), true);
    stop(numberOf(catalogue::codeOf(step.error().code)));
}

void Engine::recover(bool codeTaken)
{
    begun(FlowKind::recovery);
    m_recovery = std::make_unique<phone::Recovery>(here());
    beginEvidence(audit::kRecovery);
    auto step = codeTaken ? m_recovery->resume() : m_recovery->start();
    if (step) return apply(std::move(step), true);
    stop(numberOf(catalogue::codeOf(step.error().code)));
}

void Engine::giveRecoveryCode(const QString &code)
{
    if (m_recovery) apply(m_recovery->code(code.toStdString()), true);
}

void Engine::approve(const std::vector<std::size_t> &refusedItems)
{
    if (!m_approval) return;
    auto step = m_approval->approve(refusedItems);
    if (const auto &request = m_approval->request(); step && m_evidence && request) {
        const std::size_t left = intent::itemsOf(request->manifest) - std::set(refusedItems.begin(), refusedItems.end()).size();
        m_evidence->refusedItems = refusedItems;
        if (left != 0) note(audit::Step::approved, static_cast<int>(left));
    }
    apply(std::move(step), true);
}

void Engine::refuse(wire::RefuseReason reason)
{
    if (m_approval) apply(m_approval->refuse(reason), true);
}

void Engine::turnBack()
{
    if (!m_approval) return;
    m_typed.reset();
    apply(m_approval->back(), false); // too late for it: the page that comes next says how it went
}

void Engine::giveSms(const QString &code)
{
    if (m_approval)
        applyFactor(wire::factor::kSms, m_approval->smsCode(code.toStdString()));
    else if (m_pinChange)
        applyFactor(wire::factor::kSms, m_pinChange->smsCode(code.toStdString()));
}

void Engine::resendSms()
{
    if (m_activation)
        apply(m_activation->resendSms(), true);
    else if (m_approval)
        apply(m_approval->resendSms(), true);
    else if (m_pinChange)
        apply(m_pinChange->resendSms(), true);
}

// The person is not asked, not told, and may begin something else at any moment.
void Engine::refresh(std::unique_ptr<phone::Refresh> refresh)
{
    begun(FlowKind::refresh);
    m_refresh = std::move(refresh);
    apply(m_refresh->start(), false);
}

void Engine::fetchBids()
{
    if (m_kind != FlowKind::none && !isUnseen(m_kind)) return;
    std::erase_if(m_fetchDue, [](const Due &due) { return due.kind == FlowKind::bids; });
    std::deque<Due> due;
    if (stageAt(m_current) == phone::Stage::active) due.push_back({m_current, FlowKind::bids});
    for (std::size_t i = 0; i < countOfShields(); ++i)
        if (i != m_current && stageAt(i) == phone::Stage::active) due.push_back({i, FlowKind::bids});
    m_fetchDue.insert(m_fetchDue.begin(), due.begin(), due.end());
    fetchNext();
}

void Engine::compareWhereDue(bool isReached)
{
    if (isReached)
        for (const std::size_t shield : std::exchange(m_uncompared, {}))
            m_comparedAt.erase(shield);
    const std::int64_t now = m_environment.clock.monotonicMs();
    for (std::size_t i = 0; i < countOfShields(); ++i) {
        const auto last = m_comparedAt.find(i);
        const bool isDue = last == m_comparedAt.end() || now - last->second >= kCompareEveryMs || now < last->second;
        const bool isQueued = std::ranges::any_of(m_fetchDue, [i](const Due &due) { return due.kind == FlowKind::records && due.shield == i; });
        if (isDue && !isQueued && stageAt(i) == phone::Stage::active) m_fetchDue.push_back({i, FlowKind::records});
    }
    fetchNext();
}

void Engine::compareRecords()
{
    const bool isActing = m_kind != FlowKind::none && !isUnseen(m_kind);
    if (isActing || stageAt(m_current) != phone::Stage::active) return Q_EMIT compared(numberOf(Code::wrongState));
    m_fetchDue.push_front({m_current, FlowKind::records});
    fetchNext();
}

void Engine::askAccount()
{
    if (isAsked(m_current) || stageAt(m_current) != phone::Stage::active) return;
    m_fetchDue.push_front({m_current, FlowKind::account});
    fetchNext();
}

void Engine::askOtherAccounts()
{
    for (std::size_t i = 0; i < countOfShields(); ++i)
        if (i != m_current && !isAsked(i) && stageAt(i) == phone::Stage::active) m_fetchDue.push_back({i, FlowKind::account});
    fetchNext();
}

// Its account is, or will be.
bool Engine::isAsked(std::size_t shield) const
{
    if (m_kind == FlowKind::account && m_fetching == shield) return true;
    return std::ranges::any_of(m_fetchDue, [shield](const Due &due) { return due.kind == FlowKind::account && due.shield == shield; });
}

void Engine::askAccountWhereDue(std::int64_t everyMs)
{
    const std::int64_t now = m_environment.clock.monotonicMs();
    if (!m_accountAskedMs || now - *m_accountAskedMs >= everyMs || now < *m_accountAskedMs) askAccount();
}

void Engine::noteForeignRead()
{
    static_cast<void>(phone::noteForeignRead(here().vault)); // it is told again otherwise
    report();
}

// The next time is an hour later, also where the server refuses: one of before does not know the question. One that was not reached is
// asked soon: an act whose end was not heard waits for its answer.
void Engine::tellCompared(int problem)
{
    m_comparedAt[m_fetching] = m_environment.clock.monotonicMs();
    const bool isUnreached = problem == numberOf(Code::connectionLost) || problem == numberOf(Code::serverUnreachable);
    if (isUnreached) {
        m_uncompared.insert(m_fetching);
        m_compareAgain.start();
    } else {
        m_uncompared.erase(m_fetching);
    }
    if (m_fetching == m_current) Q_EMIT compared(problem);
}

void Engine::fetchNext()
{
    while (m_kind == FlowKind::none && !m_fetchDue.empty()) {
        const Due due = m_fetchDue.front();
        m_fetchDue.pop_front();
        m_fetching = due.shield;
        const phone::Environment at{vaultAt(due.shield), m_environment.random, m_environment.clock, m_environment.stretch};
        begun(due.kind);
        if (due.kind == FlowKind::records) m_recordFetch = std::make_unique<phone::RecordFetch>(at);
        else if (due.kind == FlowKind::account) m_accountFetch = std::make_unique<phone::AccountFetch>(at);
        else if (due.kind == FlowKind::evidenceKey) m_evidenceFetch = std::make_unique<phone::EvidenceFetch>(at);
        else m_bidFetch = std::make_unique<phone::BidFetch>(at);
        auto step = m_recordFetch ? m_recordFetch->start() : m_accountFetch ? m_accountFetch->start() : m_evidenceFetch ? m_evidenceFetch->start() : m_bidFetch->start();
        if (step) return apply(std::move(step), false);
        drop();
        if (due.kind == FlowKind::records && due.shield == m_current) Q_EMIT compared(numberOf(catalogue::codeOf(step.error().code)));
    }
}

// Whatever goes on unseen makes room for it; an act does not.
void Engine::fetchDesks(const QString &removed)
{
    const auto bytes = fromHex(removed.toStdString());
    const auto id = bytes ? fixedBytes<16>(*bytes) : Result<ByteArray<16>>(bytes.error());
    if (!removed.isEmpty() && !id) return Q_EMIT desksTold({}, numberOf(Code::notFound));
    if (m_kind != FlowKind::none && !isUnseen(m_kind)) return Q_EMIT desksTold({}, numberOf(Code::wrongState));
    begun(FlowKind::desks);
    m_deskFetch = std::make_unique<phone::DeskFetch>(here());
    auto step = m_deskFetch->start(removed.isEmpty() ? std::nullopt : std::optional(*id));
    if (step) return apply(std::move(step), false);
    drop();
    Q_EMIT desksTold({}, numberOf(catalogue::codeOf(step.error().code)));
}

// What was never reached cannot have been lost.
int Engine::toldAs(const phone::Problem &problem) const
{
    const int code = codeOf(problem);
    return !m_everOpened && code == numberOf(Code::connectionLost) ? numberOf(Code::serverUnreachable) : code;
}

void Engine::tellDesks(const phone::Step &step)
{
    if (step.problem) return Q_EMIT desksTold({}, toldAs(*step.problem));
    QList<DeskView> desks;
    for (const wire::DeskList::Item &item : m_deskFetch->desks())
        desks.append({QString::fromStdString(toHex(item.id)), QString::fromStdString(item.name), QString::fromStdString(item.network),
                      QDateTime::fromMSecsSinceEpoch(item.enrolledMs), item.waits});
    Q_EMIT desksTold(desks, 0);
}

// Whatever came of it, the next time is when it is due again, or when home is shown.
void Engine::tellAccount(const phone::Step &step)
{
    const bool isOther = m_fetching != m_current;
    if (!isOther) m_accountAskedMs = m_environment.clock.monotonicMs();
    if (step.problem) return;
    if (!isOther && !m_keyTold.contains(m_fetching)) m_fetchDue.push_back({m_fetching, FlowKind::evidenceKey});
    const wire::AccountState &state = m_accountFetch->state();
    constexpr std::int64_t kDayMs = 86'400'000;
    const std::int64_t seatMs = std::max<std::int64_t>(0, state.seatUntilMs - m_environment.clock.unixMs());
    AccountView view;
    view.isKnown = true;
    view.state = state.state;
    view.tries = state.tries;
    view.failures = state.failures;
    view.lockedSeconds = static_cast<int>(std::min<std::uint32_t>(state.retryAfter, 10U * 86'400));
    view.bar = state.bar;
    view.seatDaysLeft = static_cast<int>(std::min<std::int64_t>((seatMs + kDayMs - 1) / kDayMs, 100'000));
    view.desks = state.desks;
    view.waiting = state.waiting;
    if (isOther) Q_EMIT otherTold(shieldOf(vaultAt(m_fetching), m_environment.clock).serial, view);
    else Q_EMIT accountTold(view);
}

void Engine::choosePinAgain()
{
    if (m_activation) return apply(m_activation->chooseAgain(), true);
    if (m_pinChange) apply(m_pinChange->chooseAgain(), true);
}

void Engine::giveLiveness(std::uint8_t provider, const Bytes &evidence)
{
    if (m_approval) applyFactor(wire::factor::kLiveness, m_approval->liveness(provider, evidence));
}

void Engine::givePin(const std::shared_ptr<vault::Pin> &pin)
{
    vault::Pin given = std::move(*pin);
    if (m_activation) {
        if (m_show == Show::choosePin) return apply(m_activation->choosePin(std::move(given)), true);
        if (m_show == Show::repeatPin) return apply(m_activation->repeatPin(std::move(given)), true);
        return applyFactor(wire::factor::kPin, m_activation->pin(std::move(given)));
    }
    noteTyped(given);
    if (m_approval) return applyFactor(wire::factor::kPin, m_approval->pin(std::move(given)));
    if (m_recovery) return applyFactor(wire::factor::kPin, m_recovery->pin(std::move(given)));
    if (!m_pinChange) return;
    if (m_show == Show::newPin) return apply(m_pinChange->newPin(std::move(given)), true);
    if (m_show == Show::repeatPin) return apply(m_pinChange->repeatPin(std::move(given)), true);
    applyFactor(wire::factor::kPin, m_pinChange->pin(std::move(given)));
}

// One that does not fit, or after which the page asks for the same again, was not given.
void Engine::applyFactor(std::uint8_t factor, Result<phone::Step> result)
{
    if (result && result->show != m_show) note(audit::Step::factorGiven, factor);
    apply(std::move(result), true);
}

// asked: the person did something, and the page answers even if nothing has changed.
void Engine::apply(Result<phone::Step> result, bool asked)
{
    if (!result) {
        if (asked) Q_EMIT declined(numberOf(catalogue::codeOf(result.error().code)));
        return;
    }
    phone::Step &step = *result;
    if (step.show == Show::stopped) {
        if (triesAnother(step.problem)) return;
        if (m_scan && m_scan->problem && m_approval && !m_approval->request()) step.problem = m_scan->problem;
    }
    if (m_scan && !m_scan->isAnswered && m_approval && m_approval->request()) answered();
    m_show = step.show;
    followDraft(step);
    forgetWrong(step);
    keepTyped(step);
    if (step.connect) connectChannel();
    for (const Bytes &message : step.send)
        if (m_channel) m_channel->send(message);
    if (step.close && m_channel) {
        m_pause.stop();
        m_channel->close();
    }
    tell(step, asked);
    const bool over = step.show == Show::done || step.show == Show::refused || step.show == Show::stopped;
    if (!over) return;
    if (m_deskFetch) tellDesks(step);
    if (m_recordFetch) tellCompared(step.problem ? toldAs(*step.problem) : 0);
    if (m_accountFetch) tellAccount(step);
    if (m_evidenceFetch && !step.problem) m_keyTold.insert(m_fetching);
    if (m_approval || m_pinChange) m_comparedAt.erase(m_current); // there is something new to be compared
    if (m_approval || m_pinChange || m_recovery) m_accountAskedMs.reset();
    auto refresh = m_approval ? m_approval->takeRefresh() : nullptr;
    drop();
    report();
    if (refresh) return this->refresh(std::move(refresh));
    fetchNext();
}

void Engine::tell(const phone::Step &step, bool asked)
{
    if (isUnseen(m_kind)) return;
    Moment moment;
    moment.flow = m_kind;
    moment.show = step.show;
    moment.reconnecting = m_reconnecting;
    moment.unheard = step.unheard;
    if (step.problem) {
        moment.problem = toldAs(*step.problem);
        moment.retryAfter = static_cast<int>(step.problem->retryAfter);
        moment.triesLeft = step.problem->triesLeft.value_or(-1);
        moment.failures = step.problem->failures.value_or(0);
        moment.whose = QString::fromStdString(step.problem->whose);
    }
    if (m_activation) {
        moment.progress = m_activation->progress();
        moment.weakness = PinModel::named(m_activation->weakness());
        if (moment.show == Show::choosePin) moment.hints = m_activation->hints();
        if (const auto &terms = m_activation->terms()) {
            moment.company = QString::fromStdString(terms->company);
            moment.person = QString::fromStdString(terms->personMasked);
            for (const wire::Agreement &agreement : terms->agreements) {
                AgreementView view;
                view.id = QString::fromStdString(agreement.id);
                view.version = static_cast<int>(agreement.version);
                moment.agreements << view;
            }
            moment.smsWanted = (terms->factors & wire::factor::kSms) != 0;
            moment.faceWanted = (terms->factors & wire::factor::kLiveness) != 0;
            moment.resendAfter = static_cast<int>(terms->resendAfter);
            const auto draft = here().vault.draft();
            moment.agreed = draft && !terms->agreements.empty() && draft->agreed == textOf(terms->agreements);
        }
    }
    if (m_pinChange) {
        moment.weakness = PinModel::named(m_pinChange->weakness());
        if (moment.show == Show::newPin) moment.hints = m_pinChange->hints();
    }
    if (m_approval) {
        if (const auto &request = m_approval->request()) {
            moment.request = viewOf(*request, m_environment.clock.unixMs());
            moment.request.otherShield = m_scan && m_scan->first != m_current;
            if (m_known > 1) moment.request.tone = toneOf(m_current);
            moment.millisecondsLeft =
                std::max<std::int64_t>(0, request->expiresAtMonotonicMs - m_environment.clock.monotonicMs());
        }
        moment.items = static_cast<int>(m_approval->signatures().size() + m_approval->openedItems().size());
        if (const auto next = m_approval->next(); next && step.show == Show::done) moment.next = QString::fromStdString(next->text());
        moment.fingers = step.show == Show::pin && offersFingers();
        moment.formerPin = m_approval->whichPin() == phone::Approval::WhichPin::former;
    }
    noteMoment(moment);
    moment.caseId = isRecorded(m_kind) ? caseId() : QString();
    if (!asked && m_told && m_told->sameAs(moment)) return;
    m_told = moment;
    Q_EMIT moved(moment);
}

void Engine::connectChannel()
{
    if (!m_channel) {
        vault::ServerLink server;
        withFlow([&server](auto &flow) { server = flow.server(); });
        m_channel = m_makeChannel(server);
        if (m_kind == FlowKind::bids || m_kind == FlowKind::records || m_kind == FlowKind::account || m_kind == FlowKind::evidenceKey) m_channel->setAside();
        connect(m_channel.get(), &Channel::opened, this, [this] {
            m_everOpened = true;
            m_tries = 0;
            m_reconnecting = false;
        });
        connect(m_channel.get(), &Channel::received, this, [this](const Bytes &message) {
            withFlow([&](auto &flow) { apply(flow.receive(message), false); });
        });
        connect(m_channel.get(), &Channel::silent, this, [this](bool is) {
            m_reconnecting = is;
            withFlow([this](auto &flow) { apply(flow.tick(), false); }); // the page says so
        });
        connect(m_channel.get(), &Channel::closed, this, &Engine::lost);
        connect(m_channel.get(), &Channel::mismatched, this, [this] { stop(numberOf(Code::pinMismatch)); });
    }
    m_seekingMs = m_environment.clock.monotonicMs();
    const std::size_t at = std::min<std::size_t>(static_cast<std::size_t>(m_tries), std::size(kPausesMs) - 1);
    m_pause.start(kPausesMs[at]);
}

// Whether another shield is asked for what the first one could not do.
bool Engine::isTrying() const
{
    return m_scan && m_scan->problem && !m_scan->isAnswered;
}

// An activation has no such end: it stands at a page that is sent again, or goes on with the keys until the person leaves it.
bool Engine::isOutOfReach() const
{
    if (m_everOpened || m_kind == FlowKind::activation) return false;
    const bool isAside = isUnseen(m_kind) || isTrying(); // what the first shield's server said is kept from nobody for another's
    return isAside ? m_tries >= kUnseenTries : m_environment.clock.monotonicMs() - m_seekingMs >= kReachMs;
}

void Engine::lost()
{
    ++m_tries;
    if (isOutOfReach()) return stop(numberOf(Code::serverUnreachable));
    const std::int64_t since = m_seekingMs;
    withFlow([this](auto &flow) {
        auto step = flow.connectionLost();
        m_reconnecting = m_everOpened || (step && step->connect); // a page that is sent again tries nothing by itself
        apply(std::move(step), false);
    });
    m_seekingMs = since;
}

// Ends the flow from here, where the flow itself cannot know.
void Engine::stop(int problem)
{
    Moment moment;
    moment.flow = m_kind;
    moment.show = Show::stopped;
    moment.problem = isTrying() ? codeOf(*m_scan->problem) : problem; // what the first one said is the reason
    noteMoment(moment);
    moment.caseId = isRecorded(m_kind) ? caseId() : QString();
    drop();
    if (moment.flow == FlowKind::desks) Q_EMIT desksTold({}, problem);
    if (moment.flow == FlowKind::records) tellCompared(problem);
    if (moment.flow == FlowKind::account && m_fetching == m_current) m_accountAskedMs = m_environment.clock.monotonicMs();
    if (!isUnseen(moment.flow)) Q_EMIT moved(moment);
    report();
    fetchNext();
}

} // namespace hufu::phone_app
