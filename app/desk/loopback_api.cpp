#include "app/desk/loopback_api.h"

#include "app/catalogue/catalogue.h"
#include "app/shell/settings.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/envelope.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

namespace hufu::desk_app {

using catalogue::Code;

namespace {

net::Response jsonResponse(const QJsonObject &json, int status = 200)
{
    net::Response response;
    response.status = status;
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    response.body.assign(text.begin(), text.end());
    return response;
}

net::Response noContent()
{
    net::Response response;
    response.status = 204;
    response.contentType.clear();
    return response;
}

QJsonArray listOf(const std::vector<std::string> &texts)
{
    QJsonArray list;
    for (const std::string &text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

// What a code means and what to do, in both languages.
QJsonObject wordsOf(Code code)
{
    const catalogue::Entry &entry = catalogue::entryOf(code);
    return {{QStringLiteral("title"), QString::fromStdString(entry.titleEn)},
            {QStringLiteral("detail"), QString::fromStdString(entry.causeEn)},
            {QStringLiteral("code"), QString::fromStdString(catalogue::codeText(code))},
            {QStringLiteral("steps"), listOf(entry.stepsEn)},
            {QStringLiteral("titleZh"), QString::fromStdString(entry.titleZh)},
            {QStringLiteral("detailZh"), QString::fromStdString(entry.causeZh)},
            {QStringLiteral("stepsZh"), listOf(entry.stepsZh)}};
}

// As the server's: RFC 9457.
net::Response problem(int status, Code code)
{
    QJsonObject json = wordsOf(code);
    json[QStringLiteral("type")] = QStringLiteral("urn:hufu:problem:") + json[QStringLiteral("code")].toString();
    json[QStringLiteral("status")] = status;
    net::Response response = jsonResponse(json, status);
    response.contentType = "application/problem+json";
    return response;
}

std::optional<Site> siteOf(const net::Request &request)
{
    const auto origin = request.header("origin");
    if (!origin) return std::nullopt;
    const auto site = Site::parse(*origin);
    return site ? std::optional(*site) : std::nullopt;
}

// The page may read this answer.
void openTo(net::Response &response, const Site &site)
{
    response.headers.emplace_back("Access-Control-Allow-Origin", site.origin.toStdString());
    response.headers.emplace_back("Vary", "Origin");
}

int waitOf(const net::Request &request)
{
    const auto it = request.query.find("wait");
    bool isNumber = false;
    const int seconds = it == request.query.end() ? 0 : QString::fromStdString(it->second).toInt(&isNumber);
    return isNumber ? std::clamp(seconds, 0, LoopbackApi::kWaitMost) : 0;
}

QString nameOf(Wish::Act act)
{
    return act == Wish::Act::seal ? QStringLiteral("seal") : QStringLiteral("open");
}

// As the counter calls the errand.
QString errandOf(Wish::Act act)
{
    return act == Wish::Act::seal ? QStringLiteral("encrypt") : QStringLiteral("decrypt");
}

} // namespace

LoopbackApi::LoopbackApi(DeskScreens &screens, Counter &counter, Sites &sites, ports::Random &random)
    : m_screens(screens), m_counter(counter), m_sites(sites), m_random(random), m_gate(std::make_shared<Gate>())
{
    m_gate->api = this;
    m_question.setSingleShot(true);
    m_question.setInterval(kQuestionMs);
    SiteModel *site = m_screens.site();
    connect(&m_question, &QTimer::timeout, this, [this, site] {
        fallSilent();
        site->silence();
    });
    connect(site, &SiteModel::answered, this, &LoopbackApi::answerQuestion);
    connect(site, &SiteModel::filesChosen, this, &LoopbackApi::openChosen);
    connect(site, &SiteModel::removeAsked, this, &LoopbackApi::removeSite);
    connect(site, &SiteModel::listAsked, this, [this] {
        m_unheard = 0; // the person is there now
        if (!isCovered()) m_screens.show(DeskScreens::Sites);
    });
    connect(site, &SiteModel::listClosed, this, [this] { m_screens.show(DeskScreens::Settings); });
    connect(site, &SiteModel::changed, this, &LoopbackApi::update);
    connect(&m_screens, &DeskScreens::pageChanged, this, &LoopbackApi::update);
    connect(m_screens.qr(), &QrModel::changed, this, &LoopbackApi::update);
    connect(m_screens.qr(), &QrModel::percentChanged, this, &LoopbackApi::update);
    showSites();
}

LoopbackApi::~LoopbackApi()
{
    {
        const std::lock_guard lock(m_gate->mutex);
        m_gate->api = nullptr;
    }
    for (const Waiter &waiter : m_waiters)
        waiter.reply(problemOfStatus(503));
    for (const Looker &looker : m_lookers)
        looker.reply(problemOfStatus(503));
    for (const Listener &listener : m_listeners)
        listener.stream->end();
}

net::Response LoopbackApi::problemOfStatus(int status)
{
    switch (status) {
    case 403: return problem(status, Code::unauthorised);
    case 404: return problem(status, Code::notFound);
    case 405: return problem(status, Code::wrongMethod);
    case 413:
    case 431: return problem(status, Code::tooLarge);
    case 421: return problem(status, Code::siteNotAllowed);
    case 500:
    case 503: return problem(status, Code::internal);
    default: return problem(status, Code::malformed);
    }
}

// --- from the servers' threads to this one -----------------------------------------------------------------------------

net::Router LoopbackApi::router() const
{
    net::Router router;
    add(router, "GET", "/v1/access", &LoopbackApi::showAccess, true);
    add(router, "POST", "/v1/access", &LoopbackApi::askAccess, true);
    add(router, "GET", "/v1/status", &LoopbackApi::showStatus, false);
    add(router, "POST", "/v1/acts", &LoopbackApi::beginAct, false);
    add(router, "GET", "/v1/acts/{id}", &LoopbackApi::showAct, false);
    add(router, "GET", "/v1/acts/{id}/events", &LoopbackApi::followAct, false);
    add(router, "DELETE", "/v1/acts/{id}", &LoopbackApi::endAct, false);
    return router;
}

void LoopbackApi::add(net::Router &router, const char *method, const char *pattern, Handle handle, bool isForAll) const
{
    const auto through = [gate = m_gate](auto act) {
        return [gate, act](const net::Request &request, const net::Reply &reply) {
            const std::lock_guard lock(gate->mutex);
            if (gate->api == nullptr) return reply(problemOfStatus(503));
            QMetaObject::invokeMethod(gate->api, [api = gate->api, act, request, reply] { act(*api, request, reply); }, Qt::QueuedConnection);
        };
    };
    router.add(method, pattern, through([handle, isForAll](LoopbackApi &api, const net::Request &request, const net::Reply &reply) { api.take(request, reply, handle, isForAll); }),
               Wish::kBodyMax);
    if (router.find("OPTIONS", pattern).route == nullptr)
        router.add("OPTIONS", pattern, through([](LoopbackApi &api, const net::Request &request, const net::Reply &reply) { api.preflight(request, reply); }));
}

// --- who asks ----------------------------------------------------------------------------------------------------------

void LoopbackApi::take(const net::Request &request, const net::Reply &reply, Handle handle, bool isForAll)
{
    const auto site = siteOf(request);
    if (!site) return reply(problem(403, Code::siteNotAllowed));
    const net::Reply open = [reply, site = *site](net::Response response) {
        openTo(response, site);
        reply(std::move(response));
    };
    if (!isForAll && m_sites.standingOf(site->origin) != Sites::Standing::allowed) return open(problem(403, Code::siteNotAllowed));
    (this->*handle)(*site, request, open);
}

// What a browser asks before it lets a page ask. Every site gets it: one that is not let in is to read that it is not, as its access tells it
// anyway; without it the page could not tell that from a computer where no desk runs.
void LoopbackApi::preflight(const net::Request &request, const net::Reply &reply)
{
    const auto site = siteOf(request);
    if (!site) return reply(problem(403, Code::siteNotAllowed));
    net::Response response = noContent();
    openTo(response, *site);
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, DELETE");
    response.headers.emplace_back("Access-Control-Allow-Headers", "content-type");
    if (request.header("access-control-request-private-network")) response.headers.emplace_back("Access-Control-Allow-Private-Network", "true");
    if (request.header("access-control-request-local-network")) response.headers.emplace_back("Access-Control-Allow-Local-Network", "true");
    reply(std::move(response));
}

QString LoopbackApi::accessOf(const QString &origin) const
{
    if (m_screens.site()->question() == SiteModel::Access && m_screens.site()->origin() == origin) return QStringLiteral("asked");
    switch (m_sites.standingOf(origin)) {
    case Sites::Standing::allowed: return QStringLiteral("allowed");
    case Sites::Standing::refused: return QStringLiteral("refused");
    case Sites::Standing::unknown: break;
    }
    return silentMsLeft() > 0 ? QStringLiteral("unanswered") : QStringLiteral("none");
}

QJsonObject LoopbackApi::accessJson(const QString &access) const
{
    QJsonObject json{{QStringLiteral("hufu"), QStringLiteral("desk")}, {QStringLiteral("api"), 1}, {QStringLiteral("access"), access}};
    if (access == QLatin1String("unanswered")) json[QStringLiteral("seconds")] = (std::max<qint64>(silentMsLeft(), 1) + 999) / 1000;
    return json;
}

// Nobody is there, or nobody who wants it: the window belongs to its person, and no page may hold it by asking on and on.
void LoopbackApi::fallSilent()
{
    if (m_silence.isValid() && m_silence.hasExpired(2 * kSilentMostMs)) m_unheard = 0; // long ago
    ++m_unheard;
    m_silence.start();
}

// In which no new site is asked about; 0: one may be.
qint64 LoopbackApi::silentMsLeft() const
{
    if (m_unheard == 0) return 0;
    return std::max<qint64>(std::min(m_silentMs << std::min(m_unheard - 1, 8), kSilentMostMs) - m_silence.elapsed(), 0);
}

void LoopbackApi::showAccess(const Site &site, const net::Request &request, const net::Reply &reply)
{
    const QString access = accessOf(site.origin);
    const int seconds = waitOf(request);
    if (access == QLatin1String("asked") && seconds > 0) return wait({0, site.origin, {}, 0, reply}, seconds);
    reply(jsonResponse(accessJson(access)));
}

void LoopbackApi::askAccess(const Site &site, const net::Request &, const net::Reply &reply)
{
    const QString access = accessOf(site.origin);
    if (access != QLatin1String("none")) return reply(jsonResponse(accessJson(access)));
    if (isCovered()) return reply(problem(409, Code::deskBusy));
    m_screens.site()->ask(SiteModel::Access, site.origin, site.isProgram);
    m_question.start();
    Q_EMIT attentionWanted();
    reply(jsonResponse(accessJson(QStringLiteral("asked")), 202));
}

void LoopbackApi::answerQuestion(bool yes)
{
    SiteModel *site = m_screens.site();
    const QString origin = site->origin();
    const bool isAccess = site->question() == SiteModel::Access;
    m_question.stop();
    if (isAccess && yes) m_unheard = 0;
    if (isAccess && !yes) fallSilent();
    const auto kept = isAccess ? m_sites.set(origin, yes ? Sites::Standing::allowed : Sites::Standing::refused) : Result<void>();
    site->silence(); // an act that waited for its files is withdrawn by that
    showSites();
    wake();
    if (kept) return;
    m_screens.error()->show(static_cast<int>(kept.error().code == Errc::refused ? Code::tooManyRequests : Code::diskFull), false);
    m_screens.show(DeskScreens::Error);
}

void LoopbackApi::removeSite(const QString &origin)
{
    if (const Act *act = current(); act && act->origin == origin) withdraw();
    m_unheard = 0;
    if (!m_sites.remove(origin)) {
        m_screens.error()->show(static_cast<int>(Code::diskFull), false);
        m_screens.show(DeskScreens::Error);
    }
    showSites();
}

void LoopbackApi::showSites()
{
    QVariantList list;
    for (const auto &[origin, standing] : m_sites.all())
        list.append(QVariant::fromValue(SiteView{origin, standing == Sites::Standing::allowed}));
    m_screens.site()->showSites(list);
}

// --- is the desk ready -------------------------------------------------------------------------------------------------

// The keys of an envelope, if the page names them: this computer opens it with one of them.
static QStringList keysOf(const net::Request &request)
{
    const auto keys = request.query.find("keys");
    return keys == request.query.end() ? QStringList() : QString::fromStdString(keys->second).split(QLatin1Char(','));
}

QJsonObject LoopbackApi::statusNow(const Site &site, const net::Request &request) const
{
    const bool isEnrolled = m_counter.identity().enrolled();
    const QStringList keys = keysOf(request);
    const auto isAmong = [&keys](const QStringList &known) {
        return keys.isEmpty() ? !known.isEmpty() : std::ranges::any_of(keys, [&known](const QString &key) { return known.contains(key); });
    };
    const bool canOpen = isEnrolled && isAmong(m_openKeys);
    QJsonObject status{{QStringLiteral("hufu"), QStringLiteral("desk")},
                       {QStringLiteral("api"), 1},
                       {QStringLiteral("version"), shell::Settings::version()},
                       {QStringLiteral("enrolled"), isEnrolled},
                       {QStringLiteral("serverReached"), m_reached},
                       {QStringLiteral("canOpen"), canOpen},
                       {QStringLiteral("busy"), isBusy()}};
    if (!isEnrolled) return status;
    const Code why = m_problem != 0 ? static_cast<Code>(m_problem) : isAmong(m_lockedKeys) ? Code::locked : Code{};
    if (!canOpen && why != Code{}) status[QStringLiteral("problem")] = wordsOf(why);
    // The same computer for this site, and for no other: sites cannot compare whom they see.
    const auto id = crypto::sm3({viewOf(std::string_view("hufu-computer")), m_counter.identity().key().id(), viewOf(site.origin.toStdString())});
    status[QStringLiteral("computer")] = QJsonObject{{QStringLiteral("id"), QString::fromStdString(toHex(ByteView(id).first(16)))},
                                                     {QStringLiteral("name"), QString::fromStdString(m_counter.identity().name())}};
    return status;
}

// In: isAble, which holders count.
static QStringList keysOf(const QJsonArray &holders, const std::function<bool(const QJsonValue &)> &isAble)
{
    QStringList keys;
    for (const QJsonValue &holder : holders) {
        if (!isAble(holder)) continue;
        for (const QJsonValue &pem : holder[QLatin1String("opening")].toArray()) {
            const auto certificate = x509::Certificate::parsePem(pem.toString().toStdString());
            const auto key = certificate ? documents::envelopeKeyId(*certificate) : Result<Bytes>(certificate.error());
            if (key) keys << QString::fromStdString(toHex(*key));
        }
    }
    return keys;
}

void LoopbackApi::showStatus(const Site &site, const net::Request &request, const net::Reply &reply)
{
    if (m_lookedMs && m_counter.monotonicMs() - *m_lookedMs < kLookMs) return reply(jsonResponse(statusNow(site, request)));
    m_lookers.push_back({site, request, reply});
    if (m_lookers.size() > 1) return; // asked already
    m_counter.lookAtServer([this, alive = QPointer<LoopbackApi>(this)](const ServerAnswer &answer) {
        if (!alive) return;
        // One that has no time just now says nothing of the keys: what was known stands.
        m_reached = answer.reached == Reached::yes && !answer.isBusy();
        const bool isNobodys = answer.reached == Reached::yes && answer.status == 404;
        m_problem = answer.good() || answer.reached == Reached::no ? 0 : isNobodys ? static_cast<int>(Code::deskUnknown) : answer.problem();
        const QJsonArray holders = answer.good() ? answer.json.value(QLatin1String("holders")).toArray() : QJsonArray();
        if (!answer.isBusy()) m_openKeys = keysOf(holders, [](const QJsonValue &holder) { return holder[QLatin1String("canOpen")].toBool(true); });
        if (!answer.isBusy()) m_lockedKeys = keysOf(holders, [](const QJsonValue &holder) { return holder[QLatin1String("locked")].toBool(); });
        m_lookedMs = m_counter.monotonicMs();
        for (const Looker &done : std::exchange(m_lookers, {}))
            done.reply(jsonResponse(statusNow(done.site, done.request)));
    });
}

// --- acts --------------------------------------------------------------------------------------------------------------

// The person is at an act. A stranger's question is none: whoever is let in need not wait behind it.
bool LoopbackApi::isHeld() const
{
    const auto page = m_screens.page();
    return page == DeskScreens::Seal || page == DeskScreens::Stamp || page == DeskScreens::Qr || m_screens.site()->question() == SiteModel::Open;
}

// No question may lie over what the window shows.
bool LoopbackApi::isCovered() const
{
    return isHeld() || m_screens.site()->question() != SiteModel::None;
}

// No act may take its place: the person would lose what they have put together or typed, or the way to go on from what has failed.
bool LoopbackApi::isBusy() const
{
    const auto page = m_screens.page();
    const bool isTyping = (page == DeskScreens::Help || page == DeskScreens::Diagnosis) && !m_screens.support()->words().trimmed().isEmpty();
    return isHeld() || isTyping || page == DeskScreens::Error || (page == DeskScreens::Outcome && m_screens.outcome()->rest() > 0);
}

LoopbackApi::Act *LoopbackApi::current()
{
    return m_acts.empty() || m_acts.back().over ? nullptr : &m_acts.back();
}

LoopbackApi::Act *LoopbackApi::find(const QString &id, const QString &origin)
{
    const auto it = std::ranges::find_if(m_acts, [&](const Act &act) { return act.id == id && act.origin == origin; });
    return it == m_acts.end() ? nullptr : &*it;
}

QJsonObject LoopbackApi::jsonOf(const Act &act)
{
    QJsonObject json{{QStringLiteral("id"), act.id},
                     {QStringLiteral("act"), nameOf(act.kind)},
                     {QStringLiteral("state"), act.state},
                     {QStringLiteral("over"), act.over},
                     {QStringLiteral("version"), static_cast<qint64>(act.version)},
                     {QStringLiteral("files"), act.files}};
    if (act.percent >= 0) json[QStringLiteral("percent")] = act.percent;
    if (act.code != 0) {
        json[QStringLiteral("code")] = QString::fromStdString(catalogue::codeText(static_cast<Code>(act.code)));
        json[QStringLiteral("problem")] = wordsOf(static_cast<Code>(act.code));
    }
    return json;
}

void LoopbackApi::beginAct(const Site &site, const net::Request &request, const net::Reply &reply)
{
    // A form of another page could send anything else without a preflight.
    const auto type = request.header("content-type");
    if (!type || !type->starts_with("application/json")) return reply(problem(415, Code::malformed));
    const auto wish = Wish::parse(request.body);
    if (!wish) return reply(problem(400, Code::malformed));
    if (wish->openingMs && *wish->openingMs <= m_counter.nowMs()) return reply(problem(422, Code::openingOver)); // before anybody chooses files for it
    if (isBusy()) return reply(problem(409, Code::deskBusy));
    if (!m_counter.identity().enrolled()) return reply(problem(409, Code::deskUnknown));

    if (m_screens.site()->question() == SiteModel::Access) {
        m_question.stop();
        m_screens.site()->silence(); // whose page asks may ask again afterwards
    }
    if (m_screens.page() == DeskScreens::Outcome) m_screens.outcome()->close();
    if (m_acts.size() >= kActsKept) m_acts.pop_front();
    Act act;
    act.id = QString::fromStdString(toHex(m_random.bytes<16>("loopback-act")));
    act.origin = site.origin;
    act.kind = wish->act;
    act.state = QStringLiteral("choosing");
    if (wish->act == Wish::Act::seal) {
        m_screens.status()->seal({});
        SealProposal proposal{site.origin, wish->projectId, wish->projectName, wish->package, {}, wish->hint};
        if (wish->openingMs) proposal.opening = QDateTime::fromMSecsSinceEpoch(*wish->openingMs);
        m_screens.seal()->propose(proposal);
    } else {
        const QString project = wish->projectName.isEmpty() ? wish->projectId : wish->projectName + QLatin1String("  ") + wish->projectId;
        act.project = wish->projectId;
        m_screens.site()->ask(SiteModel::Open, site.origin, site.isProgram, project, wish->hint);
    }
    m_acts.push_back(act);
    Q_EMIT attentionWanted();
    reply(jsonResponse(jsonOf(m_acts.back()), 201));
}

void LoopbackApi::openChosen(const QList<QUrl> &files)
{
    // The page of the code first: without it, the act would count as withdrawn.
    m_screens.status()->openOf(m_acts.empty() ? QString() : m_acts.back().project, files);
    m_screens.site()->silence();
}

void LoopbackApi::showAct(const Site &site, const net::Request &request, const net::Reply &reply)
{
    const QString id = QString::fromStdString(request.parameters.at("id"));
    const Act *act = find(id, site.origin);
    if (!act) return reply(problem(404, Code::notFound));
    const auto since = request.query.find("since");
    const quint64 known = since == request.query.end() ? act->version : QString::fromStdString(since->second).toULongLong();
    const int seconds = waitOf(request);
    if (seconds > 0 && known == act->version && !act->over) return wait({0, site.origin, id, known, reply}, seconds);
    reply(jsonResponse(jsonOf(*act)));
}

// As showAct, for as long as the page listens: the act as it stands, then each time that it has changed, and the end with the act.
void LoopbackApi::followAct(const Site &site, const net::Request &request, const net::Reply &reply)
{
    const QString id = QString::fromStdString(request.parameters.at("id"));
    if (!find(id, site.origin)) return reply(problem(404, Code::notFound));
    net::Response response;
    response.contentType = "text/event-stream";
    response.opened = [gate = m_gate, origin = site.origin, id](std::shared_ptr<net::Stream> stream) {
        const std::lock_guard lock(gate->mutex);
        if (gate->api == nullptr) return stream->end();
        QMetaObject::invokeMethod(gate->api, [api = gate->api, origin, id, stream] { api->listen(origin, id, stream); }, Qt::QueuedConnection);
    };
    reply(std::move(response));
}

void LoopbackApi::listen(const QString &origin, const QString &act, std::shared_ptr<net::Stream> stream)
{
    if (m_listeners.size() >= kListenersMost) return stream->end();
    m_listeners.push_back({origin, act, 0, std::move(stream)});
    tell();
}

// A site that the person has removed meanwhile hears nothing more.
void LoopbackApi::tell()
{
    m_listeners.remove_if([this](Listener &listener) {
        const Act *act = find(listener.act, listener.origin);
        const bool isHeard = act && m_sites.standingOf(listener.origin) == Sites::Standing::allowed;
        bool goesOn = isHeard;
        if (isHeard && act->version != listener.told) {
            listener.told = act->version;
            const QByteArray event = "event: act\nid: " + QByteArray::number(act->version) + "\ndata: " + QJsonDocument(jsonOf(*act)).toJson(QJsonDocument::Compact) + "\n\n";
            goesOn = listener.stream->send(Bytes(event.begin(), event.end()));
        }
        if (goesOn && !act->over) return false;
        listener.stream->end();
        return true;
    });
}

void LoopbackApi::endAct(const Site &site, const net::Request &request, const net::Reply &reply)
{
    const Act *act = find(QString::fromStdString(request.parameters.at("id")), site.origin);
    if (!act) return reply(problem(404, Code::notFound));
    if (!act->over) {
        if (act->state == QLatin1String("finishing")) return reply(problem(409, Code::wrongState));
        withdraw();
    }
    reply(noContent());
}

// The act under way ends as if the person had pressed cancel.
void LoopbackApi::withdraw()
{
    if (m_screens.site()->question() == SiteModel::Open) return m_screens.site()->silence();
    if (m_screens.page() == DeskScreens::Seal) return m_screens.seal()->cancel();
    if (m_screens.page() == DeskScreens::Qr) return m_screens.qr()->cancel();
    if (Act *act = current()) {
        act->over = true;
        ++act->version;
    }
    wake();
}

// How the act stands by what the window shows.
void LoopbackApi::judge(Act &act) const
{
    const QrModel &qr = *m_screens.qr();
    const auto end = [&act] {
        if (act.state != QLatin1String("failed")) act.state = QStringLiteral("cancelled");
        act.over = true;
    };
    act.percent = -1;
    switch (m_screens.page()) {
    case DeskScreens::Qr: {
        if (qr.act() != errandOf(act.kind)) return end(); // the person has begun something else
        static const char *const kStates[] = {"preparing", "showing", "claimed", "finishing"};
        act.state = QLatin1String(kStates[qr.stage()]);
        // While the code is shown nothing is under way, whatever the page has measured before.
        act.percent = qr.stage() == QrModel::Starting || qr.stage() == QrModel::Finishing ? qr.percent() : -1;
        act.code = 0;
        return;
    }
    case DeskScreens::Seal:
        if (act.kind != Wish::Act::seal || act.state != QLatin1String("choosing")) end();
        return;
    case DeskScreens::Error:
        act.state = QStringLiteral("failed"); // and may be tried again
        act.code = m_counter.report().code;
        return;
    case DeskScreens::Outcome:
        if (m_counter.report().state != QLatin1String("done")) return end();
        act.state = QStringLiteral("done");
        act.over = true;
        for (const Bid &bid : m_counter.report().finished.bids) {
            const QString path = act.kind == Wish::Act::seal ? bid.out : bid.source;
            QJsonObject file{{QStringLiteral("name"), QFileInfo(path.isEmpty() ? bid.source : path).fileName()}};
            if (bid.problem != 0) {
                file[QStringLiteral("code")] = QString::fromStdString(catalogue::codeText(static_cast<Code>(bid.problem)));
                file[QStringLiteral("problem")] = wordsOf(static_cast<Code>(bid.problem));
            } else if (act.kind == Wish::Act::seal)
                file[QStringLiteral("size")] = QFileInfo(path).size();
            act.files.append(file);
        }
        return;
    case DeskScreens::Status:
    case DeskScreens::Sites:
    case DeskScreens::Stamp:
    case DeskScreens::History:
    case DeskScreens::Record:
    case DeskScreens::Settings:
    case DeskScreens::Help:
    case DeskScreens::Diagnosis:
        if (act.state == QLatin1String("choosing") && m_screens.site()->question() == SiteModel::Open) return;
        return end();
    }
}

void LoopbackApi::update()
{
    SiteModel *site = m_screens.site();
    // A code, or a bid, must not lie under a question.
    if (site->question() != SiteModel::None && (m_screens.page() == DeskScreens::Qr || m_screens.page() == DeskScreens::Seal || m_screens.page() == DeskScreens::Stamp)) {
        m_question.stop();
        return site->silence(); // comes here again
    }
    if (Act *act = current()) {
        const QJsonObject before = jsonOf(*act);
        judge(*act);
        if (jsonOf(*act) != before) ++act->version;
    }
    wake();
}

// --- who waits ---------------------------------------------------------------------------------------------------------

net::Response LoopbackApi::answerTo(const Waiter &waiter)
{
    if (waiter.act.isEmpty()) return jsonResponse(accessJson(accessOf(waiter.origin)));
    const Act *act = find(waiter.act, waiter.origin);
    return act ? jsonResponse(jsonOf(*act)) : problem(404, Code::notFound);
}

// The timer holds a number alone: no reply may outlive the servers.
void LoopbackApi::wait(Waiter waiter, int seconds)
{
    waiter.number = ++m_waited;
    m_waiters.push_back(std::move(waiter));
    QTimer::singleShot(seconds * 1000, this, [this, number = m_waited] {
        const auto it = std::ranges::find(m_waiters, number, &Waiter::number);
        if (it == m_waiters.end()) return;
        it->reply(answerTo(*it));
        m_waiters.erase(it);
    });
}

void LoopbackApi::wake()
{
    tell();
    m_waiters.remove_if([this](const Waiter &waiter) {
        const Act *act = find(waiter.act, waiter.origin);
        const bool isSame = waiter.act.isEmpty() ? accessOf(waiter.origin) == QLatin1String("asked") : act && act->version == waiter.since && !act->over;
        if (!isSame) waiter.reply(answerTo(waiter));
        return !isSame;
    });
}

} // namespace hufu::desk_app
