#include "app/desk/counter.h"

#include "app/catalogue/catalogue.h"
#include "app/desk/bid_sealing.h"
#include "app/desk/file_encryption.h"
#include "app/envelope/envelope_file.h"
#include "app/envelope/pace.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSysInfo>

namespace hufu::desk_app {

using catalogue::Code;

// A server that is busy, out of its database for a moment, or out of reach must not end an errand.
static bool isPassing(const ServerAnswer &answer)
{
    return answer.reached == Reached::no || answer.isBusy();
}

static Result<desk::Session> sessionOf(const QJsonObject &json)
{
    HUFU_TRY(token, fromHex(json.value(QLatin1String("token")).toString().toStdString()));
    HUFU_TRY(token16, fixedBytes<16>(token));
    HUFU_TRY(secret, fromHex(json.value(QLatin1String("frameSecret")).toString().toStdString()));
    if (secret.size() != 32) return Error(Errc::badInput, "frame secret");
    desk::Session session;
    session.token = token16;
    session.frameSecret = Secret<32>::adopt(std::span<std::uint8_t, 32>(secret.data(), 32));
    session.manifest = bytesOf(viewOf(json.value(QLatin1String("manifest")).toString().toStdString()));
    return session;
}

Counter::Counter(DeskScreens &screens, Identity &identity, Journal &journal, ports::Random &random, ports::Clock &clock,
                 AskServer ask, DrawCode draw, const QString &serverName)
    : m_screens(screens), m_identity(identity), m_journal(journal), m_random(random), m_clock(clock), m_ask(std::move(ask)),
      m_draw(std::move(draw)), m_serverName(serverName), m_bench(std::make_unique<Bench>())
{
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, &Counter::look);
    m_slow.setInterval(kSlowMs);
    m_slow.setSingleShot(true);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        if (m_report.state == QLatin1String("starting")) m_screens.qr()->showSlow(true);
    });
    connectPages();
    showStatus();
}

Counter::~Counter()
{
    leave();
    m_givenUp.push_back(std::move(m_bench));
    for (const auto &bench : m_givenUp)
        bench->thread.wait(); // who cannot wait has not come here
}

bool Counter::leave()
{
    m_leaving = true;
    m_jobs.clear();
    const QDeadlineTimer end(kFarewellMs);
    bool isOver = true;
    const auto wait = [&](Bench &bench) {
        bench.thread.quit();
        isOver = bench.thread.wait(end) && isOver;
    };
    wait(*m_bench);
    for (const auto &bench : m_givenUp)
        wait(*bench);
    return isOver;
}

Counter::Bench::Bench()
{
    desk.moveToThread(&thread);
    thread.start();
}

void Counter::Bench::run(std::function<void()> work)
{
    QMetaObject::invokeMethod(&desk, std::move(work), Qt::QueuedConnection);
}

// Runs work on the worker thread and done, with its result, on this one. In: errand, behind whose former work it comes.
template <typename Work, typename Done> void Counter::onWorker(quint64 errand, Work work, Done done)
{
    const quint64 number = ++m_job;
    m_jobs.push_back({number, errand, [this, number, work = std::move(work), done = std::move(done)] {
        auto result = std::make_shared<decltype(work())>(work());
        QMetaObject::invokeMethod(
            this,
            [this, number, result, done] {
                if (m_atWork && m_atWork->number == number) m_atWork.reset();
                done(*result);
                workOn();
            },
            Qt::QueuedConnection);
    }});
    workOn();
}

// One job after the other. Where another errand waits for one that nobody needs any more, it does not wait for long.
void Counter::workOn()
{
    if (m_leaving || m_jobs.empty()) return;
    if (!m_atWork) {
        m_atWork = std::move(m_jobs.front());
        m_jobs.pop_front();
        return m_bench->run(std::move(m_atWork->work)); // what it holds is the worker's, to the end
    }
    if (m_atWork->errand != m_number) QTimer::singleShot(kGivenUpMs, this, [this, job = m_atWork->number] { giveUp(job); });
}

// What is to follow on it stays behind it: nobody may look what came of a sealing before that has ended.
void Counter::giveUp(quint64 job)
{
    std::erase_if(m_givenUp, [](const auto &bench) { return bench->thread.isFinished(); });
    if (m_leaving || !m_atWork || m_atWork->number != job || m_givenUp.size() >= kBenchesMost) return;
    const quint64 errand = m_atWork->errand;
    if (std::ranges::all_of(m_jobs, [errand](const Job &waiting) { return waiting.errand == errand; })) return;
    for (Job &waiting : m_jobs)
        if (waiting.errand == errand) m_bench->run(std::move(waiting.work));
    m_bench->run([thread = &m_bench->thread] { thread->quit(); });
    std::erase_if(m_jobs, [errand](const Job &waiting) { return waiting.errand == errand; });
    m_givenUp.push_back(std::exchange(m_bench, std::make_unique<Bench>()));
    m_atWork.reset();
    workOn();
}

void Counter::connectPages()
{
    connect(m_screens.status(), &StatusModel::enrolAsked, this, [this](const QString &name) {
        Errand errand;
        errand.kind = ErrandKind::enrol;
        errand.deskName = name;
        start(errand);
    });
    connect(m_screens.status(), &StatusModel::loginAsked, this, [this] { start(Errand()); });
    connect(m_screens.status(), &StatusModel::signAsked, this, [this](const QList<QUrl> &files, bool bare) {
        if (files.isEmpty()) return;
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.form = bare ? intent::Form::bare : m_screens.settings()->pkcs7() ? intent::Form::cms : intent::Form::cmsGmt;
        errand.contentInside = m_screens.settings()->contentInside();
        const QString first = files.front().toLocalFile();
        if (files.size() == 1) {
            errand.file = first;
            errand.out = besides(first) + (!bare && isSignatureFile(first) ? QString() : endingOf(errand.form));
        } else {
            for (const QUrl &file : files)
                errand.files.append(file.toLocalFile());
            errand.out = QFileInfo(besides(first)).absolutePath();
        }
        start(errand);
    });
    connect(m_screens.status(), &StatusModel::openAsked, this, [this](const QList<QUrl> &files, const QString &project) {
        Errand errand;
        if (!project.isEmpty()) errand.project = documents::EnvelopeProject{project.toStdString(), {}, {}, {}};
        for (const QUrl &file : files)
            errand.files.append(file.toLocalFile());
        const bool isPlain = errand.files.size() == 1 && !envelope::isEnvelope(errand.files.front().toStdString());
        errand.kind = isPlain ? ErrandKind::open : ErrandKind::openBids;
        errand.file = errand.files.value(0);
        errand.out = isPlain ? openedName(besides(errand.file)) : QFileInfo(besides(errand.file)).absolutePath();
        start(errand);
    });
    connect(m_screens.status(), &StatusModel::sealAsked, this, [this](const QList<QUrl> &files) { composeBid(files, false); });
    connect(m_screens.status(), &StatusModel::encryptAsked, this, [this](const QList<QUrl> &files) { composeBid(files, true); });
    connect(m_screens.seal(), &SealModel::receiversAsked, this, &Counter::addReceivers);
    connect(m_screens.status(), &StatusModel::lostAnswered, this, &Counter::lostAnswered);
    connect(m_screens.seal(), &SealModel::sealAsked, this, &Counter::sealBid);
    connect(m_screens.seal(), &SealModel::sealerChosen, this, &Counter::showColleagues);
    connect(m_screens.evidence(), &EvidenceModel::saveAsked, this, &Counter::saveEvidence);
    connect(m_screens.status(), &StatusModel::stampAsked, this, [this](const QList<QUrl> &files) {
        QStringList paths;
        for (const QUrl &file : files)
            paths.append(file.toLocalFile());
        composeStamp(paths);
    });
    connect(m_screens.stamp(), &StampModel::pageAsked, this, &Counter::drawPage);
    connect(m_screens.stamp(), &StampModel::stampAsked, this, &Counter::stamp);
    connect(m_screens.stamp(), &StampModel::cancelled, this, &Counter::showStatus);
    connect(m_screens.seal(), &SealModel::cancelled, this, &Counter::showStatus);
    connect(m_screens.qr(), &QrModel::cancelled, this, [this] {
        const std::vector<Bid> bids = m_errand.kind == ErrandKind::openBids ? m_prepared.bids : std::vector<Bid>();
        const quint64 errand = m_number;
        cancelSession();
        onWorker(errand, [bids] { forgetCut(bids); return true; }, [](bool) {}); // behind what the worker is still at
        showStatus();
    });
    connect(m_screens.qr(), &QrModel::digitsTyped, this, &Counter::typeDigits);
    connect(m_screens.qr(), &QrModel::otherChosen, this, [this](int other) {
        if (other < 0 || static_cast<std::size_t>(other) >= m_prepared.others.size()) return;
        Errand errand = m_errand;
        errand.person = m_prepared.others[static_cast<std::size_t>(other)].second;
        start(errand);
    });
    connect(m_screens.outcome(), &OutcomeModel::closed, this, &Counter::showStatus);
    connect(m_screens.outcome(), &OutcomeModel::restAsked, this, &Counter::askRest);
    connect(m_screens.error(), &shell::ErrorModel::closed, this, &Counter::showStatus);
    connect(m_screens.error(), &shell::ErrorModel::retryAsked, this, [this] { start(m_errand); });
}

// Who may seal or stamp here, of an answer of the server's; nobody: the person was told why.
QJsonArray Counter::holdersOf(const ServerAnswer &answer)
{
    const QJsonArray holders = answer.good() ? answer.json.value(QLatin1String("holders")).toArray() : QJsonArray();
    if (!answer.good()) refuse(answer.problem());
    else if (holders.isEmpty()) refuse(static_cast<int>(Code::deskUnknown)); // as a server of now says that it knows former keys alone
    return holders;
}

// More than one approval takes. Returns: the person was told so.
bool Counter::isTooMany(qsizetype files)
{
    const auto over = static_cast<int>(files) - static_cast<int>(limits::kItemsMax);
    if (over > 0) refuse(static_cast<int>(Code::inputTooLarge), over);
    return over > 0;
}

// Who can open it is asked of the server: colleagues come and go.
void Counter::composeBid(const QList<QUrl> &files, bool isPlain)
{
    cancelSession();
    if (isTooMany(files.size())) return;
    const quint64 number = m_number;
    m_sealers = {};
    m_colleagues.clear();
    m_receivers.clear();
    m_screens.seal()->begin(files, isPlain);
    m_screens.show(DeskScreens::Seal);
    ask("GET", QStringLiteral("/desk/v1/colleagues"), QByteArray(), kAnswerMs, [this, number, isPlain](const ServerAnswer &answer) {
        if (number != m_number) return;
        const QJsonArray holders = answer.good() ? answer.json.value(QLatin1String("holders")).toArray() : QJsonArray();
        m_sealers = {};
        QStringList names;
        for (const QJsonValue &holder : holders) {
            const QJsonArray colleagues = holder[QLatin1String("colleagues")].toArray();
            if (colleagues.isEmpty()) continue; // has no encrypt certificate now, and seals nothing
            m_sealers.append(holder);
            names.append(colleagues[0][QLatin1String("name")].toString());
        }
        if (!names.isEmpty()) {
            m_screens.seal()->showSealers(names);
            return showColleagues(0);
        }
        const int problem = !answer.good() ? answer.problem() : static_cast<int>(holders.isEmpty() ? Code::deskUnknown : Code::certificateInvalid);
        if (isPlain) m_screens.seal()->showAway(problem); // it needs nothing of the server's: whoever is meant can be added by their certificate
        else refuse(problem);
    });
}

// Of a desk of several people each seals under their own name, for their own colleagues.
void Counter::showColleagues(int sealer)
{
    m_colleagues.clear();
    m_sealer = m_sealers.at(sealer)[QLatin1String("account")].toString();
    QStringList names;
    for (const QJsonValue &person : m_sealers.at(sealer)[QLatin1String("colleagues")].toArray()) {
        auto certificate = x509::Certificate::parsePem(person[QLatin1String("encrypt")].toString().toStdString());
        if (!certificate) continue;
        names.append(person[QLatin1String("name")].toString());
        m_colleagues.push_back(std::move(*certificate));
    }
    if (names.isEmpty()) return refuse(static_cast<int>(Code::certificateInvalid));
    m_screens.seal()->showPeople(names);
    for (const x509::Certificate &receiver : m_receivers)
        addReceiver(receiver);
}

// Who is no colleague, by the certificates that they have sent. A bid's are of the server's own authority: what the server says of it is judged once
// more when the bid is sealed.
void Counter::addReceivers(const QList<QUrl> &files)
{
    int problem = 0;
    std::optional<x509::Trust> trust;
    if (!m_screens.seal()->plain()) trust = trustOf(QJsonArray{m_sealers.at(m_screens.seal()->sealer())});
    for (const QUrl &file : files) {
        auto receiver = receiverOf(file.toLocalFile(), m_clock.unixMs(), trust);
        if (!receiver.value) problem = receiver.problem;
        else if (std::ranges::find(m_colleagues, *receiver.value) == m_colleagues.end()) {
            addReceiver(*receiver.value);
            m_receivers.push_back(std::move(*receiver.value));
        }
    }
    m_screens.seal()->showReceiverProblem(problem);
}

void Counter::addReceiver(const x509::Certificate &receiver)
{
    m_colleagues.push_back(receiver);
    m_screens.seal()->addPerson(nameOf(receiver));
}

void Counter::encryptFor(const SealWish &wish)
{
    Errand errand;
    errand.kind = ErrandKind::encryptFiles;
    errand.form = m_screens.settings()->pkcs7() ? intent::Form::cms : intent::Form::cmsGmt;
    errand.files = wish.files;
    errand.out = QFileInfo(besides(wish.files.value(0))).absolutePath();
    errand.recipients = chosenOf(wish);
    start(errand);
}

std::vector<x509::Certificate> Counter::chosenOf(const SealWish &wish) const
{
    std::vector<x509::Certificate> chosen;
    for (const int person : wish.people)
        if (person >= 0 && static_cast<std::size_t>(person) < m_colleagues.size()) chosen.push_back(m_colleagues[static_cast<std::size_t>(person)]);
    return chosen;
}

void Counter::sealBid(const SealWish &wish)
{
    if (m_screens.seal()->plain()) return encryptFor(wish);
    Errand errand;
    errand.kind = ErrandKind::sealBids;
    errand.files = wish.files;
    errand.out = QFileInfo(besides(wish.files.value(0))).absolutePath();
    errand.project = documents::EnvelopeProject{wish.projectId.toStdString(), wish.projectName.toStdString(), wish.package.toStdString(), {}};
    if (wish.opening.isValid()) errand.project->openingMs = wish.opening.toMSecsSinceEpoch();
    errand.recipients = chosenOf(wish);
    errand.person = m_sealer;
    if (errand.recipients.size() == 1) errand.soleReason = m_screens.seal()->soleReason().trimmed().normalized(QString::NormalizationForm_C);
    start(errand);
}

// The documents are looked at here, the seals are asked of the server: grants come and go.
void Counter::composeStamp(const QStringList &files)
{
    cancelSession();
    const quint64 number = m_number;
    m_seals.clear();
    if (isTooMany(files.size())) return;
    m_pages = std::make_shared<PageSource>();
    m_screens.stamp()->begin(files);
    m_screens.show(DeskScreens::Stamp);
    for (int i = 0; i < files.size(); ++i)
        onWorker(
            [file = files[i], pages = m_pages] {
                auto opened = openPdf(file);
                if (opened.value) pages->know(file, std::move(opened.value->seen));
                return opened;
            },
            [this, number, i](const Outcome<OpenedPdf> &opened) {
                if (number != m_number) return;
                if (opened.value) m_screens.stamp()->showDocument(i, opened.value->pages, opened.value->signatures);
                else m_screens.stamp()->showProblem(i, opened.problem);
                const int problem = m_screens.stamp()->problem();
                if (problem == 0) return;
                QVariantList unfit;
                for (const QVariant &document : m_screens.stamp()->documents())
                    unfit.append(QVariant::fromValue(shell::FileProblemView{document.value<StampDocumentView>().name, document.value<StampDocumentView>().problem}));
                refuse(problem);
                m_screens.error()->showFiles(unfit);
            });
    ask("GET", QStringLiteral("/desk/v1/seals"), QByteArray(), kAnswerMs, [this, number](const ServerAnswer &answer) {
        if (number != m_number) return;
        const QJsonArray holders = holdersOf(answer);
        if (holders.isEmpty()) return;
        onWorker([holders] { return drawnSeals(holders); },
                 [this, number](const SealsOfDesk &drawn) {
                     if (number != m_number) return;
                     if (drawn.seals.empty()) return refuse(static_cast<int>(Code::sealInactive));
                     m_seals = drawn.seals;
                     m_screens.stamp()->showSeals(drawn.views);
                 });
    });
}

void Counter::drawPage(const QString &file, int page)
{
    const quint64 turn = ++m_turn;
    onWorker(
        [this, turn, file, page, pages = m_pages] { return turn == m_turn && pages ? pages->picture(file, page, kPageDots) : QImage(); },
        [this, number = m_number.load(), file, page](const QImage &picture) {
            if (number == m_number) m_screens.stamp()->showPicture(file, page, picture);
        });
}

void Counter::stamp(const StampWish &wish)
{
    Errand errand;
    errand.kind = ErrandKind::stampPdf;
    for (const StampWish::Document &document : wish.documents)
        errand.files << document.file;
    errand.out = QFileInfo(besides(errand.files.value(0))).absolutePath();
    errand.stamp = std::make_shared<StampOrder>(StampOrder{wish, m_seals, m_screens.stamp()->holderOf(firstSealOf(wish).value_or(0)), {}});
    start(errand);
}

// An act of its own: the phone is asked once more, for nothing but these files.
void Counter::askRest()
{
    if (m_screens.page() != DeskScreens::Outcome) return;
    const Errand rest = restOf(m_errand, m_report.finished);
    if (!rest.files.isEmpty()) start(rest);
}

// Where what comes of a file shall lie, and how it would be named there: in the folder that the person has chosen, else beside it.
QString Counter::besides(const QString &file) const
{
    return QDir(m_screens.settings()->folderFor(file)).filePath(QFileInfo(file).fileName());
}

void Counter::tellIdentity()
{
    const QString name =
        m_identity.enrolled() ? QString::fromStdString(m_identity.name()) : QSysInfo::machineHostName();
    m_screens.status()->show(m_identity.enrolled(), name, QString::fromStdString(toHex(m_identity.key().id())),
                             m_serverName);
}

void Counter::showStatus()
{
    tellIdentity();
    m_screens.show(DeskScreens::Status);
}

void Counter::start(const Errand &errand)
{
    cancelSession();
    if (isTooMany(errand.files.size())) return;
    m_errand = errand;
    if (errand.stamp && !errand.stamp->electronic.empty()) { // of the try before: the server may have made them anew since
        auto order = std::make_shared<StampOrder>(*errand.stamp);
        order->electronic.clear();
        m_errand.stamp = std::move(order);
    }
    m_underWay = true;
    beginEvidence();
    m_report = {QStringLiteral("starting"), 0, {}};
    m_wasReached = false;
    m_patienceEndMs = m_clock.monotonicMs() + limits::kSessionRestartMs;
    const QString first = QFileInfo(errand.files.value(0, errand.file)).fileName();
    m_screens.qr()->begin(actOf(errand.kind), first, static_cast<int>(errand.files.size()));
    m_slow.start();
    m_screens.show(DeskScreens::Qr);
    if (errand.kind == ErrandKind::encryptFiles) return encrypt();
    const bool isForPeople = errand.kind == ErrandKind::open || errand.kind == ErrandKind::openBids || errand.kind == ErrandKind::sealBids || errand.kind == ErrandKind::stampPdf;
    if (!isForPeople) return prepareWith({});
    if (errand.kind == ErrandKind::open && !isOfOthers()) return judgeFile();
    askCertificates();
}

// What no phone could open is told at once, and with the server away, too.
void Counter::judgeFile()
{
    onWorker([errand = m_errand, &random = m_random] { return prepare(errand, random); },
             [this, number = m_number.load()](const Outcome<Prepared> &outcome) {
                 if (number != m_number) return;
                 if (!outcome.value) return prepared(number, outcome);
                 askCertificates();
             });
}

// Without the server and without a phone.
void Counter::encrypt()
{
    onWorker([errand = m_errand, &random = m_random, nowMs = m_clock.unixMs(), progress = progressOf()] { return encryptFiles(errand, random, nowMs, progress); },
             [this, number = m_number.load()](const Outcome<Finished> &result) { finished(number, result); });
}

// To be opened: it names its recipients by their certificates.
bool Counter::isOfOthers() const
{
    return m_errand.kind == ErrandKind::open && isEnvelopedData(m_errand.file);
}

// Whether the server is to be asked the same again: it is busy or out of reach, and the errand may still come to something. Who has not
// reached it at all is told at once.
bool Counter::waits(const ServerAnswer &answer)
{
    m_wasReached = m_wasReached || answer.reached == Reached::yes;
    return isAway(answer) && m_wasReached && m_clock.monotonicMs() < m_patienceEndMs;
}

// Said in the window and noted when it changes. Returns: the answer is none that could be judged.
bool Counter::isAway(const ServerAnswer &answer)
{
    const bool is = isPassing(answer);
    m_screens.qr()->setOffline(is);
    if (is != m_isAway) note(is ? audit::Step::serverBusy : audit::Step::serverBack, {}, {}, answer.reached == Reached::yes ? answer.status : 0);
    m_isAway = is;
    return is;
}

void Counter::beginEvidence()
{
    static constexpr intent::Act kActs[] = {intent::Act::enrol, intent::Act::login, intent::Act::sign, intent::Act::decrypt, intent::Act::decrypt, intent::Act::encrypt, intent::Act::seal, intent::Act::encrypt};
    m_isAway = false;
    m_evidence.emplace(m_random.bytes<16>("case"), m_identity.key().id(), static_cast<std::uint16_t>(kActs[static_cast<std::size_t>(m_errand.kind)]), m_clock.unixMs());
    m_screens.evidence()->begin(QString::fromStdString(toHex(m_evidence->caseId())));
}

void Counter::note(audit::Step step, const ByteArray<16> &subject, const ByteArray<32> &object, int code)
{
    if (m_evidence) m_evidence->note(step, m_clock.unixMs(), subject, object, static_cast<std::uint16_t>(code));
}

// What the phone is asked for of a file: its envelope, or its content.
static ByteArray<32> objectOf(const QJsonArray &files, int item)
{
    const QJsonValue file = files.at(item);
    const QString named = file[QLatin1String("envelope")].isString() ? file[QLatin1String("envelope")].toString() : file[QLatin1String("sm3")].toString();
    const auto bytes = fromHex(named.toStdString());
    const auto fixed = bytes ? fixedBytes<32>(*bytes) : Result<ByteArray<32>>(bytes.error());
    return fixed ? *fixed : ByteArray<32>{};
}

void Counter::noteFiles(const std::vector<Bid> &bids)
{
    const QJsonArray files = m_prepared.draft.value(QLatin1String("files")).toArray();
    for (const Bid &bid : bids)
        note(audit::Step::fileDone, {}, bid.item >= 0 ? objectOf(files, bid.item) : ByteArray<32>{}, bid.problem);
}

void Counter::noteResult(const Finished &finished)
{
    noteFiles(finished.bids);
    const QJsonArray files = m_prepared.draft.value(QLatin1String("files")).toArray();
    if (finished.bids.empty() && !files.isEmpty()) note(audit::Step::fileDone, {}, objectOf(files, 0));
    const auto there = finished.bids.empty() ? (finished.out.isEmpty() ? 0 : 1) : std::ranges::count(finished.bids, 0, &Bid::problem);
    note(audit::Step::finished, {}, {}, static_cast<int>(there));
}

void Counter::saveEvidence(const QString &folder)
{
    if (!m_evidence) return;
    const std::string text = audit::bundleOf(*m_evidence, m_identity.key().publicKey(), [this](ByteView bytes) { return m_identity.key().sign(bytes); });
    const QString name = QStringLiteral("hufu-evidence-%1.jsonl").arg(QString::fromStdString(toHex(m_evidence->caseId())).left(8));
    const auto path = writeFresh(QDir(folder).filePath(name), viewOf(text));
    m_screens.evidence()->showSaved(path.value.value_or(QString()), path.value ? 0 : path.problem);
}

// After a pause, unless the errand is another one by then.
template <typename Act> void Counter::later(Act act)
{
    QTimer::singleShot(kRetryMs, this, [this, number = m_number.load(), act] {
        if (number == m_number) act();
    });
}

// Whose envelopes they are, or will be, shows by the certificates of those who enrolled this desk.
void Counter::askCertificates()
{
    const quint64 number = m_number;
    ask("GET", QStringLiteral("/desk/v1/certificates"), QByteArray(), kAnswerMs, [this, number](const ServerAnswer &answer) {
        if (number != m_number) return;
        if (waits(answer)) return later([this] { askCertificates(); });
        if (!answer.good()) return fail(answer.problem());
        const QJsonArray holders = answer.json.value(QLatin1String("holders")).toArray();
        if (m_errand.stamp && m_errand.stamp->wish.electronic) return askElectronic(holders);
        prepareWith(holders, answer.json.value(QLatin1String("revocationLists")).toArray());
    });
}

// GB/T 38540 signs under the electronic seals, which are the server's to give: one after the other, those that are used.
void Counter::askElectronic(const QJsonArray &holders)
{
    const quint64 number = m_number;
    const StampOrder &stamp = *m_errand.stamp;
    QString grant;
    for (const StampWish::Document &document : stamp.wish.documents) {
        const auto seal = firstSealOf(document);
        if (seal && !stamp.electronic.contains(stamp.seals[static_cast<std::size_t>(*seal)].grant)) grant = stamp.seals[static_cast<std::size_t>(*seal)].grant;
    }
    if (grant.isEmpty()) return prepareWith(holders);
    ask("GET", QStringLiteral("/desk/v1/seals/%1/electronic").arg(grant), QByteArray(), kAnswerMs, [this, number, holders, grant](const ServerAnswer &answer) {
        if (number != m_number) return;
        if (waits(answer)) return later([this, holders] { askElectronic(holders); });
        if (!answer.good()) return fail(answer.problem());
        auto der = fromHex(answer.json.value(QLatin1String("seal")).toString().toStdString());
        if (!der) return fail(static_cast<int>(Code::malformed));
        auto order = std::make_shared<StampOrder>(*m_errand.stamp);
        order->electronic[grant] = std::move(*der);
        m_errand.stamp = std::move(order);
        askElectronic(holders);
    });
}

// What only the server's manifest makes whole.
bool Counter::bringTbs()
{
    if (!m_errand.stamp || !m_errand.stamp->wish.electronic) return true;
    const auto manifest = intent::Manifest::parse(m_starting->manifest);
    if (!manifest) return false;
    m_prepared.tbs.clear();
    for (std::size_t i = 0; i < m_prepared.electronic.size(); ++i) {
        const auto tbs = intent::buildSesTbs(*manifest, i, m_prepared.electronic[i]);
        if (!tbs) return false;
        m_prepared.tbs.emplace_back(reinterpret_cast<const char *>(tbs->data()), static_cast<qsizetype>(tbs->size()));
    }
    return true;
}

void Counter::prepareWith(const QJsonArray &holders, const QJsonArray &lists)
{
    const quint64 number = m_number;
    onWorker(
        [errand = m_errand, isOfOthers = isOfOthers(), kept = m_kept, stamping = m_keptStamping, holders, lists, &random = m_random, progress = progressOf(), nowMs = m_clock.unixMs()] {
            const auto named = [&](Outcome<Prepared> opening) { // what is gone on with was approved as it is
                const int problem = opening.value && !kept ? nameCiphertexts(*opening.value, holders) : 0;
                return problem == 0 ? opening : Outcome<Prepared>{std::nullopt, problem};
            };
            if (errand.kind == ErrandKind::openBids) return named(prepareBids(errand, holders, random, kept ? &*kept : nullptr, lists));
            if (isOfOthers) return named(prepareEnvelopedData(errand, holders, random));
            if (errand.kind == ErrandKind::open) return named(prepare(errand, random));
            if (errand.kind == ErrandKind::sealBids) return prepareSealing(errand, holders, random, nowMs, progress);
            if (errand.kind == ErrandKind::stampPdf) return prepareStamp(errand, holders, random, nowMs, stamping ? &*stamping : nullptr, progress);
            return prepare(errand, random);
        },
        [this, number](const Outcome<Prepared> &outcome) { prepared(number, outcome); });
}

// Tells the page how far the worker is, and the worker when to stop.
BidProgress Counter::progressOf()
{
    std::uint64_t total = 0;
    for (const QString &file : m_errand.files)
        total += static_cast<std::uint64_t>(QFileInfo(file).size());
    const auto pace = std::make_shared<envelope::Pace>(total, m_clock.monotonicMs());
    return [this, number = m_number.load(), pace, total](int percent) {
        QMetaObject::invokeMethod(this, [this, number, pace, total, percent] {
            if (number != m_number || percent == m_screens.qr()->percent()) return;
            pace->done(total / 100 * static_cast<std::uint64_t>(percent), m_clock.monotonicMs());
            m_screens.qr()->showPercent(percent, static_cast<double>(pace->bytesPerSecond()), static_cast<int>(pace->secondsLeft().value_or(-1)));
        }, Qt::QueuedConnection);
        return !m_leaving && number == m_number;
    };
}

// Of these files those that nothing comes of.
static QVariantList problemsOf(const std::vector<Bid> &bids)
{
    QVariantList files;
    for (const Bid &bid : bids)
        if (bid.problem != 0) files.append(QVariant::fromValue(shell::FileProblemView{QFileInfo(bid.source).fileName(), bid.problem}));
    return files;
}

// The one file of an errand, if it is of files that the code (HF-6nn) speaks.
static QVariantList problemsOf(const Errand &errand, int problem)
{
    const QString file = errand.files.isEmpty() ? errand.file : errand.files.size() == 1 ? errand.files.front() : QString();
    if (file.isEmpty() || problem / 100 != 6) return {};
    return {QVariant::fromValue(shell::FileProblemView{QFileInfo(file).fileName(), problem})};
}

void Counter::prepared(quint64 errand, const Outcome<Prepared> &outcome)
{
    if (errand != m_number) return;
    if (!outcome.value) return fail(outcome.problem, Known::here, outcome.whose, outcome.bids);
    m_prepared = *outcome.value;
    m_slow.stop();
    m_screens.qr()->showSlow(false);
    m_screens.qr()->showPercent(-1); // what is still to be done is counted anew
    m_screens.qr()->showWhose(m_prepared.whose);
    QStringList others;
    for (const auto &[name, account] : m_prepared.others)
        others.append(name);
    m_screens.qr()->showOthers(others);
    m_screens.qr()->showLeftOut(problemsOf(m_prepared.bids));
    m_task.emplace(m_clock.monotonicMs());
    m_look.start();
    if (!m_kept) {
        m_patienceEndMs = m_clock.monotonicMs() + limits::kSessionRestartMs;
        return openSession();
    }
    // The phone has it already: no frame is drawn.
    if (!m_task->begin(desk::Session{m_kept->token, {}, m_kept->manifest}, m_clock.monotonicMs())) return fail(static_cast<int>(Code::openingCutOff));
    m_task->report(m_kept->token, desk::Report::claimed);
    m_version = 0;
    look();
    poll();
}

void Counter::ask(const QByteArray &method, const QString &path, const QByteArray &body, int waitMs,
                  ServerDone done)
{
    const ByteView view(reinterpret_cast<const std::uint8_t *>(body.constData()),
                        static_cast<std::size_t>(body.size()));
    const auto signature =
        desk::signRequest(m_identity.key(), method.toStdString(), path.toStdString(), m_clock.unixMs(), view);
    const Headers headers{{"Hufu-Desk", QByteArray::fromStdString(signature.desk)},
                          {"Hufu-Time", QByteArray::fromStdString(signature.time)},
                          {"Hufu-Signature", QByteArray::fromStdString(signature.signature)}};
    m_ask(method, path, headers, body, waitMs, std::move(done));
}

void Counter::lookAtServer(ServerDone done)
{
    if (m_identity.enrolled()) return ask("GET", QStringLiteral("/desk/v1/certificates"), QByteArray(), kAnswerMs, std::move(done));
    m_ask("GET", QStringLiteral("/healthz"), {}, QByteArray(), kAnswerMs, std::move(done));
}

QString Counter::sessionPath() const
{
    const auto &token = m_starting ? m_starting->token : m_task->session()->token;
    return QStringLiteral("/desk/v1/sessions/") + QString::fromStdString(toHex(token));
}

// The first session of an errand, or a silent restart.
void Counter::openSession()
{
    const quint64 number = m_number;
    const auto done = [this, number](const ServerAnswer &answer) {
        if (number == m_number) sessionOpened(answer, m_clock.monotonicMs());
    };
    if (m_errand.kind == ErrandKind::enrol) {
        const QJsonObject body{
            {QStringLiteral("name"), m_errand.deskName},
            {QStringLiteral("publicKey"), QString::fromStdString(toHex(m_identity.key().publicKey()))}};
        return ask("POST", QStringLiteral("/desk/v1/enrolments"),
                   QJsonDocument(body).toJson(QJsonDocument::Compact), kAnswerMs, done);
    }
    const QString key = QString::fromStdString(toHex(m_random.bytes<16>("idempotency")));
    QJsonObject body{{QStringLiteral("manifest"), m_prepared.draft},
                     {QStringLiteral("idempotencyKey"), key}};
    if (!m_prepared.account.isEmpty()) body[QStringLiteral("account")] = m_prepared.account;
    ask("POST", QStringLiteral("/desk/v1/sessions"), QJsonDocument(body).toJson(QJsonDocument::Compact),
        kAnswerMs, done);
}

void Counter::sessionOpened(const ServerAnswer &answer, std::int64_t answeredMs)
{
    if (waits(answer)) return later([this] { openSession(); }); // another one, whose seconds begin with its answer
    if (!answer.good()) return fail(answer.problem());
    auto session = sessionOf(answer.json);
    if (!session) return fail(static_cast<int>(Code::malformed));
    const QByteArray draft = m_errand.kind == ErrandKind::enrol ? QByteArray() : QJsonDocument(m_prepared.draft).toJson(QJsonDocument::Compact);
    const ByteView sent(reinterpret_cast<const std::uint8_t *>(draft.constData()), static_cast<std::size_t>(draft.size()));
    const auto fits = desk::checkAnswer(session->manifest, sent, m_identity.key());
    if (!fits) m_starting = std::move(*session); // it is ended
    if (!fits) return fail(static_cast<int>(fits.error().code == Errc::tampered ? Code::manifestRefused : Code::malformed));
    m_starting = std::move(*session);
    note(audit::Step::sessionOpened, m_starting->token, crypto::sm3(m_starting->manifest), static_cast<int>(m_prepared.draft.value(QLatin1String("files")).toArray().size()));
    if (const int problem = writeDown(); problem != 0) return fail(problem);
    m_startedMs = answeredMs;
    m_version = 0;
    if (!bringTbs()) return fail(static_cast<int>(Code::malformed));
    if (!m_prepared.tbs.empty()) return attach(0);
    if (!m_task->begin(std::move(*std::exchange(m_starting, std::nullopt)), m_startedMs))
        return fail(static_cast<int>(Code::malformed));
    poll();
}

// One after the other, so that a slow line carries one at a time.
void Counter::attach(std::size_t index)
{
    const quint64 number = m_number;
    ask("PUT", sessionPath() + QStringLiteral("/tbs/%1").arg(index), m_prepared.tbs[index], kAnswerMs,
        [this, number, index](const ServerAnswer &answer) {
            if (number != m_number || !m_starting) return;
            if (waits(answer)) return later([this, index] { attach(index); });
            if (!answer.good()) {
                const bool wasBusy = answer.problem() == static_cast<int>(Code::sessionExpired) && m_clock.monotonicMs() < m_patienceEndMs;
                return wasBusy ? later([this] { openSession(); }) : fail(answer.problem());
            }
            if (index + 1 < m_prepared.tbs.size()) return attach(index + 1);
            if (!m_task->begin(std::move(*std::exchange(m_starting, std::nullopt)), m_startedMs))
                return fail(static_cast<int>(Code::malformed));
            poll();
        });
}

// As the phone shows it.
int Counter::userSecondsLeft() const
{
    if (!m_claimedMs) return 0;
    const std::int64_t leftMs = *m_claimedMs + intent::userTimeMs(m_task->manifest()->act) - m_clock.monotonicMs();
    return static_cast<int>(std::max<std::int64_t>(0, (leftMs + 999) / 1000));
}

void Counter::look()
{
    if (!m_task) return;
    const desk::Scene scene = m_task->scene(m_identity.key(), m_clock.monotonicMs());
    if (scene.restart) return openSession();
    switch (scene.stage) {
    case desk::Stage::starting:
        break;
    case desk::Stage::showing:
        m_report.state = QStringLiteral("showing");
        drawFrame(scene);
        break;
    case desk::Stage::claimed:
        m_report.state = QStringLiteral("claimed");
        m_screens.qr()->showCode(QImage(), userSecondsLeft());
        m_screens.qr()->showStage(QrModel::Claimed, m_screens.qr()->digitsWanted());
        break;
    case desk::Stage::expired:
        fail(static_cast<int>(Code::sessionExpired));
        break;
    case desk::Stage::refused:
        fail(static_cast<int>(Code::personRefused));
        break;
    case desk::Stage::failed:
        fail(static_cast<int>(Code::internal));
        break;
    case desk::Stage::approved:
        break;
    }
}

void Counter::drawFrame(const desk::Scene &scene)
{
    const QString text = QString::fromStdString(scene.frame);
    if (text == m_drawn && m_screens.qr()->secondsLeft() == scene.secondsLeft) return;
    m_drawn = text;
    if (auto image = m_draw(scene.frame)) m_screens.qr()->showCode(*image, scene.secondsLeft);
    m_screens.qr()->showStage(QrModel::Showing, false);
}

// One long poll at a time for the present session.
void Counter::poll()
{
    if (!m_task || !m_task->session()) return;
    const auto token = m_task->session()->token;
    const quint64 number = m_number;
    const QString path = sessionPath() + QStringLiteral("?wait=%1").arg(kPollSeconds) +
                         (m_version > 0 ? QStringLiteral("&since=%1").arg(m_version) : QString());
    ask("GET", path, QByteArray(), kPollSeconds * 1000 + kAnswerMs,
        [this, number, token](const ServerAnswer &answer) {
            if (number == m_number && m_task && m_task->session()->token == token) polled(token, answer);
        });
}

void Counter::polled(const ByteArray<16> &token, const ServerAnswer &answer)
{
    // The session goes on until its own end.
    if (isAway(answer)) return later([this] { poll(); });
    if (!answer.good()) {
        // What the server knows no more was this desk's own, and its time is over.
        const bool isGone = answer.problem() == static_cast<int>(Code::notFound);
        return fail(isGone ? static_cast<int>(Code::sessionExpired) : answer.problem());
    }
    m_version = static_cast<quint64>(answer.json.value(QLatin1String("version")).toDouble());
    const auto report = desk::reportOf(answer.json.value(QLatin1String("state")).toString().toStdString());
    if (!report) return fail(static_cast<int>(Code::malformed));
    const bool over = *report == desk::Report::refused || *report == desk::Report::failed ||
                      (*report == desk::Report::expired && m_task->stage() == desk::Stage::claimed);
    if (*report == desk::Report::claimed && m_task->stage() != desk::Stage::claimed) {
        note(audit::Step::claimed, token);
        m_claimedMs = m_clock.monotonicMs();
        m_screens.qr()->showUserTime(static_cast<int>(intent::userTimeMs(m_task->manifest()->act) / 1000));
    }
    m_task->report(token, *report);
    if (over)
        return fail(answer.json.contains(QLatin1String("code")) ? answer.problem()
                                                                : static_cast<int>(Code::sessionExpired),
                    Known::there);
    if (*report == desk::Report::claimed)
        m_screens.qr()->showStage(QrModel::Claimed, answer.json.value(QLatin1String("digitsWanted")).toBool());
    if (*report == desk::Report::approved) {
        note(audit::Step::approved, token);
        m_look.stop();
        m_screens.qr()->showCode(QImage(), 0);
        m_screens.qr()->showStage(QrModel::Finishing, false);
        const QJsonObject outcome = answer.json.value(QLatin1String("outcome")).toObject();
        const quint64 number = m_number;
        // Told of each file at once: it is open, however the errand ends. Before it counts as done, so that a kill loses neither.
        const auto opened = [this, number](const Bid &bid) {
            QMetaObject::invokeMethod(this, [this, number, item = bid.item, source = bid.source, out = bid.out, id = bid.id] {
                if (!id.isEmpty()) Q_EMIT bidsOpened({id});
                if (number != m_number || !m_isOnPaper) return;
                if (m_errand.kind == ErrandKind::stampPdf) m_journal.addStamped(item, out);
                else m_journal.addDone(source, out);
            }, Qt::QueuedConnection);
        };
        onWorker(
            [errand = m_errand, prepared = m_prepared, outcome, progress = progressOf(), opened] { return finish(errand, prepared, outcome, progress, opened); },
            [this, number](const Outcome<Finished> &result) { finished(number, result); });
        return;
    }
    look();
    if (*report != desk::Report::expired) poll(); // a shown session that ran out is replaced by look()
}

void Counter::typeDigits(const QString &digits)
{
    if (!m_task || !m_task->session()) return;
    const quint64 number = m_number;
    const QJsonObject body{{QStringLiteral("digits"), digits.normalized(QString::NormalizationForm_KC)}}; // a Chinese input method types wide ones
    ask("POST", sessionPath() + QStringLiteral("/digits"), QJsonDocument(body).toJson(QJsonDocument::Compact),
        kAnswerMs, [this, number](const ServerAnswer &answer) {
            if (number == m_number) m_screens.qr()->showProblem(answer.good() ? 0 : answer.problem());
        });
}

// Before anybody can approve it: a desk that is killed then finds here what the server may have on its list, or what it can still open.
// Returns: 0, or HF-nnn.
int Counter::writeDown()
{
    if (m_errand.kind == ErrandKind::openBids) {
        // Where it cannot be kept (disk full), the opening goes on all the same: its hour does not come again.
        m_isOnPaper = m_journal.setOpening({m_starting->token, m_clock.unixMs(), m_starting->manifest, m_prepared.boxKey, m_errand.files, m_errand.out, m_prepared.account, {}}).has_value();
        return 0;
    }
    if (m_errand.kind == ErrandKind::stampPdf) {
        StampingOnPaper stamping = onPaper(m_errand, m_prepared);
        stamping.token = m_starting->token;
        stamping.startedMs = m_clock.unixMs();
        stamping.manifest = m_starting->manifest;
        m_isOnPaper = m_journal.setStamping(std::move(stamping)).has_value(); // else a kill costs a scan, and nothing more
        return 0;
    }
    if (m_errand.kind != ErrandKind::sealBids) return 0;
    if (m_sealing) return m_journal.addToken(*m_sealing, m_starting->token) ? 0 : static_cast<int>(Code::diskFull);
    SealingOnPaper sealing{{m_starting->token}, {}};
    const QJsonArray files = m_prepared.draft.value(QLatin1String("files")).toArray();
    for (const Bid &bid : m_prepared.bids)
        if (const QString folder = QFileInfo(bid.out).path(); bid.item >= 0)
            sealing.bids.push_back({files.at(bid.item)[QLatin1String("sm3")].toString(), bid.out, placeOf(folder), witnessOf(bid.source, folder)});
    const auto number = m_journal.add(std::move(sealing));
    if (number) m_sealing = *number;
    if (number) return 0;
    return static_cast<int>(number.error().code == Errc::locked ? Code::tooManyRequests : Code::diskFull);
}

// The errand is over, one way or the other. Behind what the worker still does: an envelope that gets its name there is one.
void Counter::settle(quint64 sealing, Run run, quint64 errand)
{
    const auto it = m_journal.sealings().find(sealing);
    if (it == m_journal.sealings().end()) return;
    onWorker(errand, [bids = it->second.bids] { return envelopesOf(bids); },
             [this, sealing, run, tokens = it->second.tokens](const Envelopes &found) {
                 const auto kept = m_journal.sealings().find(sealing);
                 if (kept == m_journal.sealings().end()) return; // left meanwhile
                 if (found.lost.empty() && found.unknown.empty()) return m_journal.remove(sealing);
                 const bool isDecided = !found.lost.empty() && (run == Run::present || kept->second.isDecided);
                 std::vector<BidOnPaper> open = found.lost;
                 open.insert(open.end(), found.unknown.begin(), found.unknown.end());
                 m_journal.keepOnly(sealing, std::move(open), isDecided);
                 if (found.lost.empty()) return; // the next start looks again
                 if (!isDecided) { // no phone approves it from now on, whatever the person says
                     for (const auto &token : tokens)
                         ask("DELETE", QStringLiteral("/desk/v1/sessions/") + QString::fromStdString(toHex(token)), QByteArray(), kAnswerMs, [](const ServerAnswer &) {});
                     m_questions[sealing] = found;
                     return askOfLost();
                 }
                 QStringList sessions, ids;
                 for (const auto &token : tokens)
                     sessions << QString::fromStdString(toHex(token));
                 for (const BidOnPaper &bid : found.lost)
                     ids << bid.id;
                 m_unseen[sealing] = found.unknown;
                 Q_EMIT sealingUndone(sealing, sessions, ids);
             });
}

// What could not be looked at stays for the next start.
void Counter::forget(quint64 sealing)
{
    const auto unseen = m_unseen.extract(sealing);
    if (unseen && !unseen.mapped().empty()) return m_journal.keepOnly(sealing, unseen.mapped(), false);
    m_journal.remove(sealing);
}

// One sealing after the other.
void Counter::askOfLost()
{
    QStringList names;
    QString folder;
    if (!m_questions.empty())
        for (const BidOnPaper &bid : m_questions.begin()->second.lost) {
            names << QFileInfo(bid.out).fileName();
            folder = QFileInfo(bid.out).absolutePath();
        }
    m_screens.status()->askOfLost(names, folder);
}

// The run that sealed them was killed before it could say how that ended.
void Counter::tellCutOff(const std::vector<BidOnPaper> &lost)
{
    Errand errand;
    errand.kind = ErrandKind::sealBids;
    Finished nothing;
    for (const BidOnPaper &envelope : lost) {
        Bid bid;
        bid.source = envelope.out;
        bid.problem = static_cast<int>(Code::sealingCutOff);
        nothing.bids.push_back(std::move(bid));
    }
    Q_EMIT ended(errand, nothing, {}, static_cast<int>(Code::sealingCutOff));
}

// To be withdrawn they are looked for once more: one that is back is a bid.
void Counter::lostAnswered(bool isWithdrawn)
{
    if (m_questions.empty()) return;
    const auto question = m_questions.extract(m_questions.begin());
    const quint64 sealing = question.key();
    tellCutOff(question.mapped().lost);
    if (isWithdrawn) settle(sealing, Run::present, m_number);
    else if (question.mapped().unknown.empty()) m_journal.remove(sealing);
    else m_journal.keepOnly(sealing, question.mapped().unknown, false);
    askOfLost();
}

void Counter::left()
{
    m_journal.clear();
    m_unseen.clear();
    m_questions.clear();
    askOfLost();
    tellIdentity();
}

void Counter::takeUp()
{
    for (const auto &[number, sealing] : m_journal.sealings())
        settle(number, Run::former, m_number);
    if (const auto &opening = m_journal.opening()) {
        m_kept = *opening;
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.files = opening->files;
        errand.out = opening->out;
        errand.person = opening->person;
        if (const auto manifest = intent::Manifest::parse(opening->manifest); manifest && manifest->project)
            errand.project = documents::EnvelopeProject{manifest->project->id, {}, {}, {}};
        goOn(errand);
    } else if (const auto &stamping = m_journal.stamping()) {
        m_keptStamping = *stamping;
        m_kept = OpeningOnPaper{stamping->token, stamping->startedMs, stamping->manifest, {}, {}, {}, {}, {}};
        goOn(errandOf(*stamping));
    }
}

void Counter::goOn(const Errand &errand)
{
    ++m_number; // what is looked at of former sealings is another errand's, and does not hold it up
    m_isOnPaper = true;
    m_errand = errand;
    m_report = {QStringLiteral("starting"), 0, {}};
    beginEvidence();
    note(audit::Step::goneOn, m_kept->token);
    m_wasReached = true; // when the code was shown
    m_patienceEndMs = m_clock.monotonicMs() + limits::kResultKeptMs;
    m_underWay = true;
    m_screens.qr()->begin(actOf(m_errand.kind), QFileInfo(m_errand.files.value(0)).fileName(), static_cast<int>(m_errand.files.size()));
    m_screens.show(DeskScreens::Qr);
    askHowItStands();
}

// What a phone has taken comes to its end as if nothing had been; for anything else the person begins anew, with the same files.
void Counter::askHowItStands()
{
    const quint64 number = m_number;
    const QString path = QStringLiteral("/desk/v1/sessions/") + QString::fromStdString(toHex(m_kept->token));
    ask("GET", path, QByteArray(), kAnswerMs, [this, number](const ServerAnswer &answer) {
        if (number != m_number) return;
        const std::int64_t keptMs = limits::kSessionShownMs + limits::kDecryptTimeMs + limits::kResultKeptMs; // by the server, at the longest
        if (waits(answer) && m_clock.unixMs() < m_kept->startedMs + keptMs) return later([this] { askHowItStands(); });
        const auto report = answer.good() ? desk::reportOf(answer.json.value(QLatin1String("state")).toString().toStdString()) : std::nullopt;
        if (report == desk::Report::claimed || report == desk::Report::approved) return askCertificates();
        // The server judged this desk (its clock, its enrolment) or the question, not the opening: the next start asks again.
        const bool isOfTheDesk = answer.reached == Reached::yes && (answer.status == 400 || answer.status == 401);
        if (isOfTheDesk) m_isOnPaper = false;
        // No phone may take a code now whose window is gone.
        if (report == desk::Report::waiting)
            ask("DELETE", QStringLiteral("/desk/v1/sessions/") + QString::fromStdString(toHex(m_kept->token)), QByteArray(), kAnswerMs, [](const ServerAnswer &) {});
        fail(isOfTheDesk ? answer.problem() : static_cast<int>(Code::openingCutOff));
    });
}

void Counter::finished(quint64 errand, const Outcome<Finished> &outcome)
{
    if (errand != m_number) return;
    if (!outcome.value) return fail(outcome.problem, Known::there, {}, outcome.bids);
    if (m_errand.kind == ErrandKind::enrol && !m_identity.setEnrolled(m_errand.deskName.toStdString()))
        return fail(static_cast<int>(Code::storageFull), Known::there);
    m_task.reset();
    if (m_sealing) settle(*std::exchange(m_sealing, std::nullopt), Run::present, m_number);
    leavePaper();
    noteResult(*outcome.value);
    m_report.state = QStringLiteral("done");
    m_report.finished = *outcome.value;
    end(*outcome.value, 0);
    m_screens.outcome()->show(actOf(m_errand.kind), outcome.value->signer, outcome.value->out,
                              outcome.value->renamed, outcome.value->signature);
    QVariantList bids; // of one stamped document, the page says more
    const bool isOne = m_errand.kind == ErrandKind::stampPdf && outcome.value->bids.size() == 1;
    for (const Bid &bid : isOne ? std::vector<Bid>() : outcome.value->bids)
        bids.append(QVariant::fromValue(BidView{QFileInfo(bid.source).fileName(), QFileInfo(bid.out).fileName(), bid.problem, bid.whose, isOfFile(m_errand.kind, bid.problem),
                                                 nameOf(bid.sender.standing), bid.sender.name}));
    m_screens.outcome()->setBids(bids);
    m_screens.show(DeskScreens::Outcome);
}

// There is nothing to go on with any more.
void Counter::leavePaper()
{
    const bool isStamping = m_errand.kind == ErrandKind::stampPdf;
    if (std::exchange(m_isOnPaper, false)) isStamping ? m_journal.removeStamping() : m_journal.removeOpening();
    m_kept.reset();
    m_keptStamping.reset();
}

// Once for each errand.
void Counter::end(const Finished &result, int problem)
{
    if (std::exchange(m_underWay, false)) Q_EMIT ended(m_errand, result, m_prepared.whose, problem);
}

// What is still under way is of no interest any more, on the server neither: a phone must not find it.
void Counter::fail(int problem, Known known, const QString &whose, const std::vector<Bid> &bids)
{
    const QVariantList files = bids.empty() ? problemsOf(m_errand, problem) : problemsOf(bids);
    Finished nothing;
    nothing.bids = bids;
    end(nothing, problem);
    if (known == Known::there) m_task.reset();
    noteFiles(bids);
    note(audit::Step::failed, {}, {}, problem);
    cancelSession();
    m_report.state = QStringLiteral("failed");
    m_report.code = problem;
    // While the phone is locked or frozen another code would come to the same end.
    const bool isShut = problem == static_cast<int>(Code::locked) || problem == static_cast<int>(Code::frozen) || problem == static_cast<int>(Code::cloned);
    m_screens.error()->show(problem, !isShut, 0, whose);
    m_screens.error()->showFiles(files);
    m_screens.show(DeskScreens::Error);
}

// Before there is an errand that could be tried again.
void Counter::refuse(int problem, int tooMany)
{
    m_evidence.reset();
    m_screens.evidence()->begin({});
    fail(problem);
    m_screens.error()->show(problem, false, 0, {}, tooMany);
}

// Tells the server, so that nobody can take a code that is not shown any more.
void Counter::cancelSession()
{
    m_look.stop();
    m_slow.stop();
    const quint64 errand = m_number++;
    end({}, Record::kCancelled);
    if (m_task && (m_starting || m_task->session()))
        ask("DELETE", sessionPath(), QByteArray(), kAnswerMs, [](const ServerAnswer &) {});
    if (m_sealing) settle(*std::exchange(m_sealing, std::nullopt), Run::present, errand);
    leavePaper();
    m_task.reset();
    m_starting.reset();
    m_claimedMs.reset();
    m_drawn.clear();
    m_prepared = {}; // with what lies half done beside its file
    if (m_pages) onWorker(errand, [pages = std::exchange(m_pages, nullptr)] { return pages != nullptr; }, [](bool) {});
}

} // namespace hufu::desk_app
