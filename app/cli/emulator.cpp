#include "app/cli/emulator.h"

#include "app/catalogue/catalogue.h"
#include "app/cli/people.h"
#include "app/cli/state.h"
#include "platform/eye/drawing.h"
#include "platform/eye/reading.h"
#include "shield/intent/frame.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSaveFile>
#include <algorithm>
#include <array>

namespace hufu::cli {

namespace {

constexpr char kPhonesFile[] = "phones.json";

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// A person as the API tells of them.
QJsonObject whoIs(const QJsonObject &person)
{
    QJsonObject out{{QStringLiteral("phoneNumber"), text(person, "phoneNumber")}, {QStringLiteral("outcome"), text(person, "outcome")}};
    for (const char *member : {"company", "creditCode"})
        if (person.contains(QLatin1String(member))) out.insert(QLatin1String(member), person[QLatin1String(member)]);
    return out;
}

ApiAnswer notYet()
{
    return {ApiAnswer::kNotYet, {}, {}};
}

} // namespace

ApiAnswer Emulator::failed(int status, const QString &why)
{
    return {status, {{QStringLiteral("error"), why.isEmpty() ? this->why() : why}}, {}};
}

// --- which phone --------------------------------------------------------------------------------------------

bool Emulator::open()
{
    if (!mendState(m_stage.folder())) return because(QStringLiteral("a state that was being loaded lies half in its place: see states/*.going, *.gone and *.coming"));
    if (!m_stage.startServer()) return because(QStringLiteral("hufu-server did not get ready"));
    m_kept.clear();
    m_inHand.clear();
    m_written.clear();
    QFile file(m_stage.folder() + QLatin1Char('/') + QLatin1String(kPhonesFile));
    const QJsonObject phones = file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    for (auto phone = phones.begin(); phone != phones.end(); ++phone) {
        const QJsonObject one = phone.value().toObject();
        Kept kept{one[QLatin1String("person")].toObject(), {}};
        kept.turn.pin = text(one, "pin");
        kept.turn.activated = one[QLatin1String("activated")].toBool();
        kept.turn.prepared = one[QLatin1String("prepared")].toBool();
        m_kept.insert(phone.key(), kept);
    }
    return true;
}

bool Emulator::openWindows(const QString &language)
{
    const QString name = QStringLiteral("phone");
    m_windows = language;
    m_desk = {language, {}};
    m_stage.choose(name);
    m_stage.setPerson(m_stage.ready());
    const QString link = m_stage.activation();
    Turn turn;
    turn.activated = link.isEmpty(); // the server gives one as long as there is no active phone
    m_kept.insert(name, {m_stage.person(), turn});
    if (!takeInHand(name)) return false;
    return m_stage.startDesk(language) && m_stage.startPhone(language, link.isEmpty() ? QStringList() : QStringList{QStringLiteral("--activation"), link});
}

bool Emulator::deskWasClosed()
{
    return m_stage.deskWasClosed();
}

QString Emulator::serverAddress() const
{
    return QStringLiteral("https://127.0.0.1:%1").arg(m_stage.ready().value(QLatin1String("port")).toInt());
}

bool Emulator::takeInHand(const QString &phone)
{
    if (!m_kept.contains(phone)) return false;
    keep();
    m_inHand = phone;
    m_stage.choose(phone);
    m_stage.setPerson(m_kept[phone].person);
    m_turn = m_kept[phone].turn;
    return true;
}

// What a later run has to know stands in a file.
void Emulator::keep()
{
    if (!m_inHand.isEmpty() && m_kept.contains(m_inHand)) m_kept[m_inHand] = {m_stage.person(), m_turn};
    QJsonObject phones;
    for (auto one = m_kept.cbegin(); one != m_kept.cend(); ++one)
        phones.insert(one.key(), QJsonObject{{QStringLiteral("person"), one->person}, {QStringLiteral("pin"), one->turn.pin},
                                             {QStringLiteral("activated"), one->turn.activated}, {QStringLiteral("prepared"), one->turn.prepared}});
    const QByteArray content = compact(phones);
    if (content == m_written) return;
    QSaveFile file(m_stage.folder() + QLatin1Char('/') + QLatin1String(kPhonesFile));
    if (file.open(QIODevice::WriteOnly) && file.write(content) >= 0 && file.flush() && file.commit()) m_written = content;
}

QString Emulator::nextName() const
{
    for (int number = 1;; ++number) {
        const QString name = QStringLiteral("phone-%1").arg(number);
        if (!m_kept.contains(name)) return name;
    }
}

QJsonObject Emulator::shown()
{
    const QJsonObject person = m_stage.person();
    QJsonObject out{{QStringLiteral("phone"), m_inHand},
                    {QStringLiteral("person"), whoIs(person)},
                    {QStringLiteral("desk"), m_stage.hasOwnDesk()},
                    {QStringLiteral("active"), m_turn.activated},
                    {QStringLiteral("runs"), m_stage.phoneRuns()}};
    QJsonArray others;
    for (const QJsonValue &one : person[QLatin1String("others")].toArray())
        others.append(whoIs(one.toObject()));
    if (!others.isEmpty()) out.insert(QStringLiteral("shields"), others);
    if (!m_stage.phoneRuns()) return out;
    const QString page = pageOf(m_stage.phone());
    if (page == QLatin1String("home")) m_turn.activated = true; // maybe by hand
    out.insert(QStringLiteral("active"), m_turn.activated);
    out.insert(QStringLiteral("page"), page);
    return out;
}

bool Emulator::onlyReads(Call what, const QJsonObject &body)
{
    static constexpr std::array<Call, 9> readings{&Emulator::list,   &Emulator::look,   &Emulator::picture, &Emulator::messages,  &Emulator::notifications,
                                                  &Emulator::clock,  &Emulator::faults, &Emulator::people,  &Emulator::listStates};
    if (what == &Emulator::act && text(body, "do") == QLatin1String("screen")) return body.size() == 1;
    if (what == &Emulator::act) return QStringList{"page", "read", "says", "waitPage", "certificates"}.contains(text(body, "do"));
    return std::ranges::find(readings, what) != readings.end();
}

void Emulator::setMeanwhile(const std::function<void()> &others)
{
    m_stage.setMeanwhile([this, others] {
        if (m_progress != nullptr && !m_isAside) others();
    });
}

// One that is called while another waits leaves all at hand as it was.
ApiAnswer Emulator::call(Call what, const QString &phone, const QJsonObject &body, Progress &progress)
{
    Progress *const waiting = std::exchange(m_progress, &progress);
    if (waiting == nullptr) {
        const ApiAnswer answer = callNow(what, phone, body, progress);
        m_progress = nullptr;
        return answer;
    }
    const QString inHand = m_inHand, chosen = m_stage.chosen(), reason = why();
    const Kept kept{m_stage.person(), m_turn};
    const qsizetype seen = m_stage.messagesSeen();
    m_isAside = true;
    const ApiAnswer answer = callNow(what, phone, body, progress);
    m_isAside = false;
    m_progress = waiting;
    m_inHand = inHand;
    m_stage.choose(chosen);
    m_stage.setPerson(kept.person);
    m_stage.setMessagesSeen(seen);
    m_turn = kept.turn;
    because(reason);
    return answer;
}

ApiAnswer Emulator::callNow(Call what, const QString &phone, const QJsonObject &body, Progress &progress)
{
    because({});
    const QString at = phone.isEmpty() ? progress.made : phone;
    if (!at.isEmpty() && !takeInHand(at)) return failed(404, QStringLiteral("there is no such phone"));
    m_stage.setMessagesSeen(progress.messagesSeen);
    const ApiAnswer answer = (this->*what)(phone, body);
    progress.messagesSeen = m_stage.messagesSeen();
    keep();
    return answer;
}

// --- phones -------------------------------------------------------------------------------------------------

ApiAnswer Emulator::list(const QString &, const QJsonObject &)
{
    QJsonArray phones;
    for (const QString &name : m_kept.keys())
        if (takeInHand(name)) phones.append(shown());
    return {200, {{QStringLiteral("phones"), phones}, {QStringLiteral("server"), serverAddress()}}, {}};
}

// It is there once its time has come.
ApiAnswer Emulator::made()
{
    const QJsonObject now = outsideWorld("GET", QStringLiteral("/outside/clock"));
    if (now.isEmpty() || now[QLatin1String("unixMs")].toInteger() < m_progress->readyMs) return notYet();
    lookAgain();
    return {201, shown(), {}};
}

ApiAnswer Emulator::create(const QString &, const QJsonObject &body)
{
    if (!m_progress->made.isEmpty()) return made();
    QString unfit;
    const auto wish = Wish::of(body, unfit);
    if (!wish) return failed(400, unfit);
    if (m_kept.size() >= kPhonesMost) return failed(409, QStringLiteral("there are %1 phones; delete one").arg(kPhonesMost));
    keep();
    m_inHand.clear(); // a wish that fails must not leave its person in another phone's hand
    const QString name = nextName();
    QDir(m_stage.folderOf(name)).removeRecursively();
    m_stage.choose(name);
    m_stage.takeDesk();
    QList<Wish::Holder> holders = wish->shields;
    if (wish->state != QLatin1String("new")) holders << wish->holder;
    // Before anything is done, and without another activation link, which would end the one before: nobody waits for what cannot come.
    const QJsonArray known = outsideWorld("GET", QStringLiteral("/outside/people"))[QLatin1String("people")].toArray();
    for (const Wish::Holder &holder : holders)
        for (const QJsonValue &person : known)
            if (person[QLatin1String("phoneNumber")] == holder.person && cannotBeActivated(person[QLatin1String("outcome")].toString()))
                return failed(409, QStringLiteral("%1 (%2) cannot be activated: only a phone of the state \"new\" can be had").arg(holder.person, person[QLatin1String("outcome")].toString()));
    if (const auto answer = choosePerson(wish->holder)) return *answer;
    m_kept.insert(name, {m_stage.person(), {}});
    m_inHand = name;
    m_turn = {};
    m_turn.pin = wish->pin;
    if (wish->state == QLatin1String("unfinished")) {
        if (beginActivation()) return {201, shown(), {}};
        const QString missed = why();
        remove(name, {});
        return failed(409, missed);
    }
    if (!wish->isActive()) {
        if (!m_stage.startPhone(QStringLiteral("zh_CN"), {QStringLiteral("--activation"), m_stage.activation()})) return failed(500, QStringLiteral("hufu-phone did not start"));
        return {201, shown(), {}};
    }
    const auto issueFor = [this](qint64 ms) { // its certificates, and nobody else's: one act after the other
        return !outsideWorld("POST", QStringLiteral("/outside/faults"), {{QStringLiteral("authority"), QJsonObject{{QStringLiteral("certificateMs"), ms}}}}).isEmpty();
    };
    if (wish->lastsMs && !issueFor(*wish->lastsMs)) return failed(409, QStringLiteral("the server does not answer"));
    const bool isActivated = activate(wish->pin);
    const QString reason = why();
    if (wish->lastsMs) issueFor(0);
    if (!isActivated) { // a phone that nobody asked for takes no place
        remove(name, {});
        return failed(409, reason);
    }
    m_turn.activated = true;
    if (!fulfil(*wish)) {
        const QString missed = why();
        remove(name, {});
        return failed(409, missed);
    }
    if (!wish->isOver) return {201, shown(), {}};
    for (const QJsonValue &certificate : m_stage.device()[QLatin1String("certificates")].toArray())
        m_progress->readyMs = std::max(m_progress->readyMs, certificate[QLatin1String("notAfterMs")].toInteger());
    m_progress->made = name;
    return notYet();
}

std::optional<ApiAnswer> Emulator::choosePerson(const Wish::Holder &holder)
{
    m_stage.setPerson(m_stage.ready());
    if (!holder.company.isEmpty()) return m_stage.employ(holder.company) ? std::nullopt : std::optional(failed(404, QStringLiteral("a company has no such name or code")));
    if (!holder.person.isEmpty() && !m_stage.become(holder.person)) return failed(404, QStringLiteral("nobody has this number"));
    if (m_stage.activation().isEmpty()) return failed(409, QStringLiteral("the demo company's person has a phone already"));
    return std::nullopt;
}

bool Emulator::fulfil(const Wish &wish)
{
    if (!addShields(wish.shields)) return false;
    if (wish.hasDesk && !((m_stage.giveDesk() || because(QStringLiteral("the desk's folder cannot be made"))) && enrolDesk())) return false;
    if (wish.bids > 0 && !sealBids(wish.bids, wish.opensInHours)) return false;
    if (wish.wrongPins > 0 && !playAll(compact({{QStringLiteral("wrongPins"), wish.wrongPins}}))) return false;
    return bringTo(wish.state);
}

// The first shield stays in use, and its person the phone's; the others are remembered for their messages.
bool Emulator::addShields(const QList<Wish::Holder> &holders)
{
    if (holders.isEmpty()) return true;
    QJsonObject first = m_stage.person();
    QJsonArray others;
    for (const Wish::Holder &holder : holders) {
        if (const auto answer = choosePerson(holder)) return because(text(answer->json, "error"));
        const bool isAdded = addShield(m_turn.pin);
        others.append(m_stage.person());
        m_stage.setPerson(first);
        if (!isAdded) return false;
    }
    first.insert(QStringLiteral("others"), others);
    m_stage.setPerson(first);
    m_stage.setMessagesSeen(m_stage.inbox().size());
    return phoneClick("homeCentre") && phonePage("centre") && phoneClick("centreShields") && phonePage("shields") && phoneClick("shield0") && phonePage("home");
}

// By one scan and one PIN, as a person would at the desk; their files lie in a folder of the phone's own.
bool Emulator::sealBids(int count, int opensInHours)
{
    constexpr qint64 kHourMs = 3'600'000, kMinuteMs = 60'000;
    const QJsonObject now = outsideWorld("GET", QStringLiteral("/outside/clock"));
    const QDir folder(m_stage.folder() + QStringLiteral("/bids-") + m_inHand);
    if (now.isEmpty() || !QDir(folder).removeRecursively() || !QDir().mkpath(folder.path())) return because(QStringLiteral("the bids' folder cannot be made, or the server does not answer"));
    QJsonArray files;
    for (int number = 1; number <= count; ++number) {
        QFile file(folder.filePath(QStringLiteral("bid %1.txt").arg(number)));
        if (!file.open(QIODevice::WriteOnly) || file.write("bid " + QByteArray::number(number)) < 0) return because(QStringLiteral("a bid's file cannot be written"));
        files.append(file.fileName());
    }
    const QDateTime opening = QDateTime::fromMSecsSinceEpoch((now[QLatin1String("unixMs")].toInteger() + opensInHours * kHourMs) / kMinuteMs * kMinuteMs);
    Program &desk = m_stage.desk();
    const auto type = [&](const char *field, const QString &value) {
        return programDo(desk, {{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QLatin1String(field)}, {QStringLiteral("text"), value}});
    };
    if (!programDo(desk, {{QStringLiteral("do"), QStringLiteral("composeBid")}, {QStringLiteral("files"), files}}) || !programPage(desk, QStringLiteral("seal")) ||
        !type("sealProjectId", QStringLiteral("SH-2026-0001")) || !type("sealProjectName", QStringLiteral("滨江路改造工程")) || !type("sealPackage", QStringLiteral("1 标段")) ||
        !type("sealOpening", opening.toString(QStringLiteral("yyyy-MM-dd HH:mm"))))
        return false;
    // Asked for where nobody else of the company has a phone; the desk may not know yet.
    constexpr int kKnownMs = 20'000;
    const auto seen = [&](const char *control, const char *property) {
        return desk.ask({{QStringLiteral("do"), QStringLiteral("read")}, {QStringLiteral("name"), QLatin1String(control)}, {QStringLiteral("property"), QLatin1String(property)}})[QLatin1String("value")].toBool();
    };
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < kKnownMs && !seen("sealNow", "enabled") && !seen("sealSoleReason", "visible");)
        m_stage.pause(100);
    if (seen("sealSoleReason", "visible") && !type("sealSoleReason", QStringLiteral("只有一名员工"))) return false;
    return programClick(desk, "sealNow") && programPage(desk, QStringLiteral("qr")) && scanDesk({}) && approve({}, m_turn.pin) && deskDone();
}

// As the testers' person does it of whom this is the outcome.
bool Emulator::bringTo(const QString &state)
{
    if (state == QLatin1String("active")) return true;
    if (state == QLatin1String("renewed")) return renew();
    const auto habit = habitOf(state);
    if (!habit) return because(QStringLiteral("nobody knows how a phone comes to be ") + state);
    const bool locks = state == QLatin1String("locked"); // by wrong PINs for a page of the demo platform
    if (!playAll(locks ? "{\"page\":\"login\"}\n{\"scan\":\"page\"}\n" + habit->answer : habit->before)) return false;
    m_turn.session.clear();
    m_turn.prepared = true;
    lookAgain();
    return true;
}

// With a new grant of the administrator's, whose link the person types on the phone.
bool Emulator::renew()
{
    if (!playAll("{\"operator\":\"next-grant\"}")) return false;
    QJsonObject person = m_stage.person();
    person.insert(QStringLiteral("activation"), m_turn.operatorSaid[QLatin1String("activation")]);
    m_stage.setPerson(person);
    m_stage.setMessagesSeen(m_stage.inbox().size());
    return addShield(m_turn.pin);
}

// What the server has decided meanwhile is on the phone's screen when the wish is answered, as far as it shows on a page at all.
void Emulator::lookAgain()
{
    constexpr int kHeardMs = 5000;
    Program &phone = m_stage.phone();
    if (!m_stage.phoneRuns() || pageOf(phone) != QLatin1String("home")) return;
    const auto light = [&phone] {
        return phone.ask({{QStringLiteral("do"), QStringLiteral("read")}, {QStringLiteral("name"), QStringLiteral("homeReadiness")}, {QStringLiteral("property"), QStringLiteral("text")}})[QLatin1String("value")].toString();
    };
    const QString before = light();
    QElapsedTimer waited;
    waited.start();
    for (phone.ask({{QStringLiteral("do"), QStringLiteral("look")}}); light() == before && waited.elapsed() < kHeardMs;)
        m_stage.pause(100);
}

ApiAnswer Emulator::look(const QString &, const QJsonObject &)
{
    QJsonObject out = shown();
    const QJsonObject device = m_stage.device();
    if (!device.isEmpty()) out.insert(QStringLiteral("device"), device);
    return {200, out, {}};
}

ApiAnswer Emulator::remove(const QString &phone, const QJsonObject &)
{
    m_stage.stopPhone();
    m_stage.stopCopy();
    m_stage.takeDesk();
    QDir(m_stage.folder() + QStringLiteral("/bids-") + phone).removeRecursively();
    m_kept.remove(phone);
    m_inHand.clear();
    QDir(m_stage.folderOf(phone)).removeRecursively();
    return {200, {{QStringLiteral("phone"), phone}}, {}};
}

ApiAnswer Emulator::picture(const QString &, const QJsonObject &)
{
    const QString file = m_stage.folder() + QStringLiteral("/picture.png");
    if (!m_stage.phoneRuns()) return failed(409, QStringLiteral("the phone does not run"));
    if (!phoneDo({{QStringLiteral("do"), QStringLiteral("shot")}, {QStringLiteral("file"), file}})) return failed(409);
    QFile png(file);
    if (!png.open(QIODevice::ReadOnly)) return failed(500, QStringLiteral("the picture cannot be read"));
    return {200, {}, png.readAll()};
}

ApiAnswer Emulator::messages(const QString &, const QJsonObject &)
{
    return {200, {{QStringLiteral("messages"), received()}}, {}};
}

// To the persons of all its shields.
QJsonArray Emulator::received()
{
    const QJsonArray others = m_stage.person()[QLatin1String("others")].toArray();
    QJsonArray all = m_stage.inbox();
    if (others.isEmpty()) return all;
    QList<QJsonValue> sorted(all.begin(), all.end());
    for (const QJsonValue &one : others)
        for (const QJsonValue &message : m_stage.inboxOf(one[QLatin1String("phoneNumber")].toString()))
            sorted.append(message);
    std::ranges::stable_sort(sorted, std::greater<>(), [](const QJsonValue &message) { return message[QLatin1String("arrivedMs")].toInteger(); });
    all = {};
    for (const QJsonValue &message : sorted)
        all.append(message);
    return all;
}

// What would stand in the phone's shade: messages, and what the phone reminds of.
ApiAnswer Emulator::notifications(const QString &, const QJsonObject &)
{
    QJsonArray all = m_stage.phoneRuns() ? m_stage.phone().ask({{QStringLiteral("do"), QStringLiteral("notifications")}})[QLatin1String("notifications")].toArray() : QJsonArray();
    for (const QJsonValue &one : received())
        all.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("sms")}, {QStringLiteral("text"), one[QLatin1String("text")]}, {QStringLiteral("atMs"), one[QLatin1String("arrivedMs")]}});
    return {200, {{QStringLiteral("notifications"), all}}, {}};
}

// The code into the phone's eye, as a picture.
bool Emulator::letLook(const QJsonObject &body)
{
    const QString file = m_stage.folder() + QStringLiteral("/seen.png");
    if (!m_stage.phoneRuns()) return because(QStringLiteral("the phone does not run"));
    std::string code = text(body, "text").toStdString();
    if (!code.empty()) {
        const auto image = eye::drawCode(code, 6);
        if (!image || !image->save(file)) return because(QStringLiteral("the text is too long for a code"));
    } else {
        QFile png(file);
        const QByteArray bytes = QByteArray::fromBase64(text(body, "image").toLatin1());
        const QImage picture = QImage::fromData(bytes);
        if (picture.isNull()) return because(QStringLiteral("image is not a picture in Base64"));
        if (!png.open(QIODevice::WriteOnly) || png.write(bytes) != bytes.size()) return because(QStringLiteral("the picture cannot be written"));
        const auto seen = eye::readCodes(picture, "HUFU:");
        if (!seen.empty()) code = seen.front().text;
    }
    const auto frame = intent::Frame::fromText(code); // who mistypes digits does so on the page that shows it
    m_turn.session = frame ? QString::fromStdString(toHex(frame->token)) : QString();
    const bool looks = pageOf(m_stage.phone()) == QLatin1String("scan"); // the picture before showed no code
    return (looks || (phonePage("home", kHomeMs) && phoneClick("homeScan"))) && phonePage("scan") && lookAt(m_stage.phone(), file);
}

static bool isCode(const QJsonObject &body)
{
    return hasOnly(body, {"text", "image"}) && body.size() == 1 && !body.begin()->toString().isEmpty();
}

ApiAnswer Emulator::scanCode(const QString &, const QJsonObject &body)
{
    if (!isCode(body)) return failed(400, QStringLiteral("text, or image: a picture in Base64"));
    return letLook(body) ? ApiAnswer{200, shown(), {}} : failed(409);
}

ApiAnswer Emulator::answerCode(const QString &, const QJsonObject &body)
{
    if (!isCode(body)) return failed(400, QStringLiteral("text, or image: a picture in Base64"));
    if (m_progress->lines.isEmpty()) {
        const auto habit = habitOf(m_stage.outcome().isEmpty() ? QStringLiteral("ok") : m_stage.outcome());
        if (!habit) return failed(409, QStringLiteral("nobody knows what this person does"));
        if (!std::exchange(m_turn.prepared, true) && !playNext(habit->before)) return failed(409);
        m_stage.setMessagesSeen(m_stage.inbox().size()); // what came before is another act's
        m_progress->lookAt = m_progress->lines.size();
        if (!playNext(habit->answer)) return failed(409);
    }
    for (;;) {
        if (m_progress->played == m_progress->lookAt && !std::exchange(m_progress->hasLooked, true) && !letLook(body)) return failed(409);
        if (m_progress->played == m_progress->lines.size()) return {200, shown(), {}};
        if (const auto answer = playOn()) return *answer;
    }
}

ApiAnswer Emulator::approveAll(const QString &, const QJsonObject &)
{
    if (const auto answer = notOn(QStringLiteral("approve"))) return *answer;
    return approve({}, m_turn.pin) ? ApiAnswer{200, shown(), {}} : failed(409);
}

ApiAnswer Emulator::refuseAll(const QString &, const QJsonObject &body)
{
    if (!hasOnly(body, {"notMine"})) return failed(400, QStringLiteral("notMine"));
    if (m_progress->lines.isEmpty())
        if (const auto answer = notOn(QStringLiteral("approve"))) return *answer;
    if (m_progress->lines.isEmpty() && !playNext(habitOf(body[QLatin1String("notMine")].toBool() ? QStringLiteral("notMine") : QStringLiteral("refuses"))->answer)) return failed(409);
    while (m_progress->played < m_progress->lines.size())
        if (const auto answer = playOn()) return *answer;
    return {200, shown(), {}};
}

// Nothing: the phone shows this page.
std::optional<ApiAnswer> Emulator::notOn(const QString &page)
{
    constexpr int kPageMs = 20'000;
    if (!m_stage.phoneRuns()) return failed(409, QStringLiteral("the phone does not run"));
    if (!m_progress->page) m_progress->page = m_stage.phone().askAside({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), page}, {QStringLiteral("ms"), kPageMs}}, kPageMs + 5000);
    const auto answer = m_progress->page->answer();
    if (!answer) { // where an act has ended no other page comes by itself
        const QString shows = pageOf(m_stage.phone());
        if (!QStringList{"error", "locked", "frozen"}.contains(shows)) return notYet();
        m_progress->page.reset();
        const QString code = shows == QLatin1String("locked") ? QString::fromStdString(catalogue::codeText(catalogue::Code::locked)) : textOf(m_stage.phone(), "errorCode");
        return failed(409, QStringLiteral("the phone shows page %1 with %2, and not %3").arg(shows, code, page));
    }
    m_progress->page.reset();
    if (answer->value(QLatin1String("ok")).toBool()) return std::nullopt;
    return failed(409, QStringLiteral("the phone shows page %1, and not %2").arg(pageOf(m_stage.phone()), page));
}

// More lines for this request.
bool Emulator::playNext(const QByteArray &lines)
{
    const Script script = linesOf(lines);
    if (script.bad) return because(script.bad->why);
    m_progress->lines += script.lines.mid(1);
    return true;
}

// One line. Nothing: it is played. Between two lines others have their turn.
std::optional<ApiAnswer> Emulator::playOn()
{
    const ScriptLine &line = m_progress->lines[m_progress->played];
    const bool waits = QStringList{"expect", "wait", "sms"}.contains(line.word);
    const auto done = waits ? lookOut(line.object, m_progress->watch) : std::optional(play(line));
    if (!done) return notYet();
    if (!*done) return failed(409);
    m_progress->watch = {};
    ++m_progress->played;
    return std::nullopt;
}

// A word of the control socket; those that name a file have their own doors.
ApiAnswer Emulator::act(const QString &, const QJsonObject &body)
{
    if (!QStringList{"click", "type", "read", "page", "waitPage", "language", "pin", "certificates", "resize", "network", "tap", "keys", "says", "finger", "face", "screen"}.contains(text(body, "do")))
        return failed(400, QStringLiteral("do: click, type, read, page, waitPage, language, pin, certificates, resize, network, tap, keys, says, finger, face or screen"));
    if (!m_stage.phoneRuns()) return failed(409, QStringLiteral("the phone does not run"));
    if (text(body, "do") == QLatin1String("waitPage")) {
        constexpr int kWaitMostMs = 125'000;
        if (!m_progress->page) m_progress->page = m_stage.phone().askAside(body, kWaitMostMs);
        auto waited = m_progress->page->answer();
        if (!waited) return notYet();
        if (!waited->take(QLatin1String("ok")).toBool()) return failed(409, text(*waited, "error"));
        return {200, *waited, {}};
    }
    QJsonObject answer = m_stage.phone().ask(body);
    if (!answer.take(QLatin1String("ok")).toBool()) return failed(409, text(answer, "error"));
    return {200, answer, {}};
}

ApiAnswer Emulator::power(const QString &, const QJsonObject &body)
{
    const QString what = text(body, "do");
    if (!hasOnly(body, {"do"}) || !QStringList{"kill", "start", "restart", "fill", "free"}.contains(what))
        return failed(400, QStringLiteral("do: kill, start, restart, fill or free"));
    if (what == QLatin1String("fill") || what == QLatin1String("free"))
        return m_stage.phoneRuns() && m_stage.phone().setFull(what == QLatin1String("fill")) ? ApiAnswer{200, shown(), {}} : failed(409, QStringLiteral("the phone does not run"));
    if (what != QLatin1String("start") && m_stage.phoneRuns()) m_stage.phone().kill();
    if (what == QLatin1String("kill")) return {200, shown(), {}};
    if (m_stage.phoneRuns()) return failed(409, QStringLiteral("the phone runs"));
    const QStringList link = m_turn.activated ? QStringList() : QStringList{QStringLiteral("--activation"), m_stage.activation()};
    return m_stage.startPhone({}, link) ? ApiAnswer{200, shown(), {}} : failed(500, QStringLiteral("hufu-phone did not start"));
}

// A second phone with the files of this one as they are now, as a thief would have it.
ApiAnswer Emulator::clone(const QString &phone, const QJsonObject &)
{
    if (m_kept.size() >= kPhonesMost) return failed(409, QStringLiteral("there are %1 phones; delete one").arg(kPhonesMost));
    const QString name = nextName();
    keep();
    QDir(m_stage.folderOf(name)).removeRecursively();
    if (!m_stage.copyPhone() || !QDir().rename(m_stage.folderOf(phone + QStringLiteral("-copy")), m_stage.folderOf(name)))
        return failed(500, QStringLiteral("the phone's folder could not be copied"));
    m_kept.insert(name, m_kept.value(phone));
    if (!takeInHand(name) || !m_stage.startPhone(QStringLiteral("zh_CN"))) return failed(500, QStringLiteral("the copy did not start"));
    return {201, shown(), {}};
}

ApiAnswer Emulator::operate(const QString &, const QJsonObject &body)
{
    QJsonObject line{{QStringLiteral("operator"), body[QLatin1String("word")]}};
    if (body.contains(QLatin1String("days"))) line.insert(QStringLiteral("days"), body[QLatin1String("days")]);
    if (!hasOnly(body, {"word", "days"})) return failed(400, QStringLiteral("word and days"));
    const Script script = Script::parse("{\"start\":\"server\"}\n" + compact(line));
    if (script.bad) return failed(400, script.bad->why);
    return play(script.lines.last()) ? ApiAnswer{200, m_turn.operatorSaid, {}} : failed(409);
}

// The token stands for phones, not for the files of whoever runs this: names lead into the folder of the run, and a program
// does here only what names no file.
static QString reachOf(const QJsonObject &line)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_-]{1,40}\\.(png|txt)$"));
    static const QStringList harmless{"click", "type", "read", "page", "waitPage", "language", "pin", "certificates", "resize", "network", "tap", "keys", "says", "finger", "face", "screen", "notifications", "enrol", "login", "task"};
    for (const char *word : {"scan", "photo", "draw", "file"}) {
        const QString name = text(line, word);
        if (!name.isEmpty() && !(QLatin1String(word) == QLatin1String("scan") && name == QLatin1String("desk")) && !plain.match(name).hasMatch())
            return QStringLiteral("\"%1\" names a picture or text of this folder: NAME.png, NAME.txt").arg(QLatin1String(word));
    }
    for (const char *who : {"phone", "desk", "copy"})
        if (line[QLatin1String(who)].isObject() && !harmless.contains(line[QLatin1String(who)][QLatin1String("do")].toString()))
            return QStringLiteral("here a program takes only ") + harmless.join(QStringLiteral(", "));
    return {};
}

// --- everything around --------------------------------------------------------------------------------------

ApiAnswer Emulator::playLines(const QString &, const QJsonObject &body)
{
    if (m_progress->lines.isEmpty()) {
        const QJsonArray lines = body[QLatin1String("lines")].toArray();
        QByteArray content = "{\"start\":\"server\"}\n";
        for (const QJsonValue &line : lines)
            content += compact(line.toObject()) + '\n';
        const Script script = Script::parse(content);
        if (!hasOnly(body, {"lines"}) || lines.isEmpty()) return failed(400, QStringLiteral("lines: acts and expectations of a script"));
        if (script.bad) return failed(400, QStringLiteral("line %1: %2").arg(script.bad->number - 1).arg(script.bad->why));
        for (const ScriptLine &line : script.lines)
            if (const QString why = reachOf(line.object); !why.isEmpty()) return failed(400, QStringLiteral("line %1: %2").arg(line.number - 1).arg(why));
        for (ScriptLine line : script.lines.mid(1)) {
            int times = 1;
            if (line.word == QLatin1String("wrongPins")) { // each of them is an act
                times = line.object[line.word].toInt();
                line.object[line.word] = 1;
            }
            for (; times > 0; --times)
                m_progress->lines.append(line);
        }
    }
    const ScriptLine &line = m_progress->lines[m_progress->played];
    if (const auto answer = playOn()) return answer->status == ApiAnswer::kNotYet ? *answer : failed(409, QStringLiteral("line %1: %2").arg(line.number - 1).arg(why()));
    return m_progress->played < m_progress->lines.size() ? notYet() : ApiAnswer{200, shown(), {}};
}

QJsonObject Emulator::outsideWorld(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    const net::Answer answer = m_stage.fetch(path, 5000, method, method == "GET" ? QByteArray() : compact(body), {{"Content-Type", "application/json"}});
    return answer.status == 200 ? QJsonDocument::fromJson(answer.body).object() : QJsonObject();
}

ApiAnswer Emulator::clock(const QString &, const QJsonObject &)
{
    const QJsonObject now = outsideWorld("GET", QStringLiteral("/outside/clock"));
    return now.isEmpty() ? failed(409, QStringLiteral("the server does not answer")) : ApiAnswer{200, now, {}};
}

ApiAnswer Emulator::jumpClock(const QString &phone, const QJsonObject &body)
{
    const auto ms = durationMs(text(body, "jump"));
    if (!ms || !hasOnly(body, {"jump"})) return failed(400, QStringLiteral("jump: ") + QLatin1String(kDurationIs));
    return m_stage.jump(*ms) ? clock(phone, {}) : failed(409, QStringLiteral("the server did not move its clock"));
}

ApiAnswer Emulator::faults(const QString &, const QJsonObject &)
{
    const QJsonObject now = outsideWorld("GET", QStringLiteral("/outside/faults"));
    return now.isEmpty() ? failed(409, QStringLiteral("the server does not answer")) : ApiAnswer{200, now, {}};
}

ApiAnswer Emulator::setFaults(const QString &, const QJsonObject &body)
{
    const QJsonObject now = outsideWorld("POST", QStringLiteral("/outside/faults"), body);
    return now.isEmpty() ? failed(400, QStringLiteral("the server does not know these faults, or does not answer")) : ApiAnswer{200, now, {}};
}

ApiAnswer Emulator::people(const QString &, const QJsonObject &)
{
    const QJsonObject all = outsideWorld("GET", QStringLiteral("/outside/people"));
    return all.isEmpty() ? failed(409, QStringLiteral("the server does not answer")) : ApiAnswer{200, all, {}};
}

ApiAnswer Emulator::serverPower(const QString &, const QJsonObject &body)
{
    QJsonObject line = body;
    line.insert(QStringLiteral("server"), line.take(QLatin1String("do")));
    const Script script = Script::parse("{\"start\":\"server\"}\n" + compact(line));
    if (script.bad) return failed(400, script.bad->why);
    return play(script.lines.last()) ? ApiAnswer{200, {{QStringLiteral("server"), serverAddress()}}, {}} : failed(409);
}

// The windows that the person had are there again.
bool Emulator::openAgain()
{
    if (!open()) return false;
    if (!m_windows) return true;
    if (!m_kept.contains(QStringLiteral("phone"))) return openWindows(*m_windows);
    return takeInHand(QStringLiteral("phone")) && m_stage.startDesk(*m_windows) &&
           m_stage.startPhone({}, m_turn.activated ? QStringList() : QStringList{QStringLiteral("--activation"), m_stage.activation()});
}

ApiAnswer Emulator::listStates(const QString &, const QJsonObject &)
{
    return {200, {{QStringLiteral("states"), QJsonArray::fromStringList(savedStates(m_stage.folder()))}}, {}};
}

ApiAnswer Emulator::saveState(const QString &, const QJsonObject &body)
{
    const QString name = text(body, "name");
    if (!hasOnly(body, {"name"}) || !isStateName(name)) return failed(400, QStringLiteral("name: letters, digits, - and _"));
    keep();
    m_stage.stopAll();
    const bool saved = cli::saveState(m_stage.folder(), name);
    if (!openAgain()) return failed(500);
    return saved ? ApiAnswer{200, {{QStringLiteral("name"), name}}, {}} : failed(500, QStringLiteral("the state could not be saved"));
}

ApiAnswer Emulator::loadState(const QString &, const QJsonObject &body)
{
    const QString name = text(body, "name");
    if (!hasOnly(body, {"name"}) || !isStateName(name)) return failed(400, QStringLiteral("name: letters, digits, - and _"));
    if (!savedStates(m_stage.folder()).contains(name)) return failed(404, QStringLiteral("there is no such state"));
    m_stage.stopAll();
    const bool loaded = cli::loadState(m_stage.folder(), name);
    if (!openAgain()) return failed(500);
    return loaded ? ApiAnswer{200, {{QStringLiteral("name"), name}}, {}} : failed(500, QStringLiteral("the state could not be loaded"));
}

} // namespace hufu::cli
