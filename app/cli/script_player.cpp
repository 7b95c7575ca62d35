#include "app/cli/script_player.h"

#include "app/cli/people.h"
#include "platform/eye/drawing.h"
#include "shield/base/limits.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonDocument>
#include <QSaveFile>
#include <QThread>
#include <QUuid>
#include <algorithm>

namespace hufu::cli {

static constexpr int kPatienceMs = 20'000; // of an expectation that names no other
static constexpr int kMessageMs = 10'000;  // in which an SMS that is on its way has come

static QString shownValue(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

bool ScriptPlayer::play(const ScriptLine &line)
{
    static const QHash<QString, Word> meanings{
        {QStringLiteral("start"), &ScriptPlayer::start},   {QStringLiteral("server"), &ScriptPlayer::server},
        {QStringLiteral("phone"), &ScriptPlayer::phone},   {QStringLiteral("desk"), &ScriptPlayer::desk},
        {QStringLiteral("copy"), &ScriptPlayer::copy},     {QStringLiteral("scan"), &ScriptPlayer::scan},     {QStringLiteral("page"), &ScriptPlayer::page},
       
        {QStringLiteral("photo"), &ScriptPlayer::photo},   {QStringLiteral("draw"), &ScriptPlayer::draw},
        {QStringLiteral("pin"), &ScriptPlayer::pin},
        {QStringLiteral("person"), &ScriptPlayer::person},       {QStringLiteral("sms"), &ScriptPlayer::watch},
        {QStringLiteral("operator"), &ScriptPlayer::operatorSays}, {QStringLiteral("outside"), &ScriptPlayer::outside},
        {QStringLiteral("file"), &ScriptPlayer::file},     {QStringLiteral("wait"), &ScriptPlayer::watch},
        {QStringLiteral("jump"), &ScriptPlayer::jump},
        {QStringLiteral("wrongPins"), &ScriptPlayer::wrongPins},
        {QStringLiteral("expect"), &ScriptPlayer::watch}};
    because({});
    const QJsonValue quota = line.object[QLatin1String("quota")];
    m_stage.setQuota(quota.isDouble() ? std::optional(quota.toInteger()) : std::nullopt);
    const Word meaning = meanings.value(line.word, nullptr);
    if (meaning == nullptr) return because(QStringLiteral("nobody plays this word"));
    const bool done = (this->*meaning)(line.object);
    const QString refusal = text(line.object, "refused");
    if (refusal.isEmpty()) return done;
    return done ? because(QStringLiteral("it was not refused")) : why().contains(refusal);
}

// --- who is there -------------------------------------------------------------------------------------------

bool ScriptPlayer::start(const QJsonObject &line)
{
    const QString upTo = text(line, "start"), person = text(line, "person");
    m_stage.setAsks(text(line, "asks"));
    if (!m_stage.startServer()) return because(QStringLiteral("hufu-server did not get ready"));
    if (!person.isEmpty() && !m_stage.become(person)) return because(QStringLiteral("nobody has this number"));
    if (upTo == QLatin1String("server")) return true;
    m_turn.bringsLink = text(line, "link") == QLatin1String("none");
    if (upTo == QLatin1String("phone")) return phone({{QStringLiteral("phone"), QStringLiteral("start")}});
    if (!activate()) return false;
    m_turn.activated = true;
    return upTo == QLatin1String("active") || enrolDesk();
}

static bool isOfTheDisk(const QString &what)
{
    return what == QLatin1String("fill") || what == QLatin1String("free");
}

bool ScriptPlayer::fill(Program &program, const QString &what)
{
    return program.setFull(what == QLatin1String("fill")) || because(QStringLiteral("the disk of what does not run cannot be filled"));
}

bool ScriptPlayer::server(const QJsonObject &line)
{
    const QString what = text(line, "server");
    if (what == QLatin1String("start")) return m_stage.restartServer(true, text(line, "fault")) || because(QStringLiteral("hufu-server did not get ready"));
    if (what == QLatin1String("stop"))
        m_stage.server().stop();
    else if (what == QLatin1String("kill"))
        m_stage.server().kill();
    else if (isOfTheDisk(what))
        return fill(m_stage.server(), what);
    else
        m_stage.server().setPaused(what == QLatin1String("pause"));
    return true;
}

Program *ScriptPlayer::running(const QString &who)
{
    if (who == QLatin1String("phone")) return m_stage.phoneRuns() ? &m_stage.phone() : nullptr;
    if (who == QLatin1String("desk")) return m_stage.deskRuns() ? &m_stage.desk() : nullptr;
    return m_stage.copyRuns() ? &m_stage.copy() : nullptr;
}

std::optional<QJsonValue> ScriptPlayer::meant(const QString &value)
{
    const auto unknown = [this](const QString &why) {
        because(why);
        return std::nullopt;
    };
    const QString field = value.mid(1);
    if (!value.startsWith(QLatin1Char('$'))) return value;
    if (field == QLatin1String("digits") || field == QLatin1String("wrongDigits")) {
        QString digits = m_stage.phoneRuns() ? textOf(m_stage.phone(), "digits") : QString();
        if (digits.isEmpty()) return unknown(QStringLiteral("the phone shows no digits"));
        if (field == QLatin1String("wrongDigits")) digits.back() = digits.back() == QLatin1Char('9') ? QLatin1Char('0') : QChar(digits.back().unicode() + 1);
        return digits;
    }
    const QJsonObject &said = m_turn.operatorSaid.contains(field) ? m_turn.operatorSaid : m_stage.person();
    if (!said.contains(field)) return unknown(QStringLiteral("neither the operator nor the server said \"%1\"").arg(field));
    return said.value(field);
}

bool ScriptPlayer::ask(const QString &who, QJsonObject request)
{
    Program *program = running(who);
    if (program == nullptr) return because(QStringLiteral("the %1 does not run").arg(who));
    for (auto member = request.begin(); member != request.end(); ++member) {
        if (!member.value().toString().startsWith(QLatin1Char('$'))) continue;
        const auto value = meant(member.value().toString());
        if (!value) return false;
        member.value() = *value;
    }
    const int ms = request.value(QLatin1String("ms")).toInt(kPatienceMs);
    const QJsonObject answer = program->ask(request, ms + 5000);
    if (answer.value(QLatin1String("ok")).toBool()) return true;
    const QString error = text(answer, "error");
    m_unknownWord = error == QLatin1String("no such word");
    return because(QStringLiteral("the %1, on page %2: %3").arg(who, pageOf(*program), error));
}

// A clock of its own, which does not jump with the others. The last one that a program is told of counts.
QStringList ScriptPlayer::clockOf(const QJsonObject &line, const QString &who)
{
    if (!line.contains(QLatin1String("ahead"))) return {};
    const QString path = QStringLiteral("%1/%2-clock").arg(m_stage.folder(), who);
    const qint64 ms = durationMs(text(line, "ahead")).value_or(0); // as platform/outside/virtual_clock.h has it
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(reinterpret_cast<const char *>(&ms), sizeof ms) != sizeof ms) return {};
    file.close();
    return {QStringLiteral("--clock"), path};
}

bool ScriptPlayer::phone(const QJsonObject &line)
{
    const QJsonValue what = line[QLatin1String("phone")];
    if (what.isObject()) return ask(QStringLiteral("phone"), what.toObject());
    if (isOfTheDisk(what.toString())) return m_stage.phoneRuns() ? fill(m_stage.phone(), what.toString()) : because(QStringLiteral("the phone does not run"));
    if (what == QLatin1String("kill")) {
        if (m_stage.phoneRuns()) m_stage.phone().kill();
        return true;
    }
    const QStringList link{QStringLiteral("--activation"), m_stage.activation()};
    return m_stage.startPhone(QStringLiteral("zh_CN"), (m_turn.activated || m_turn.bringsLink ? QStringList() : link) + clockOf(line, QStringLiteral("phone"))) || because(QStringLiteral("hufu-phone did not start"));
}

bool ScriptPlayer::desk(const QJsonObject &line)
{
    const QJsonValue what = line[QLatin1String("desk")];
    if (what.isObject()) return ask(QStringLiteral("desk"), what.toObject());
    if (isOfTheDisk(what.toString())) return m_stage.deskRuns() ? fill(m_stage.desk(), what.toString()) : because(QStringLiteral("the desk does not run"));
    if (what == QLatin1String("kill")) {
        if (m_stage.deskRuns()) m_stage.desk().kill();
        return true;
    }
    if (what == QLatin1String("new") && !m_stage.clearDesk()) return because(QStringLiteral("the desk's folder could not be cleared"));
    return m_stage.startDesk(m_desk.language, m_desk.more + clockOf(line, QStringLiteral("desk"))) || because(QStringLiteral("hufu-desk did not start"));
}

bool ScriptPlayer::copy(const QJsonObject &line)
{
    const QJsonValue what = line[QLatin1String("copy")];
    if (what.isObject()) return ask(QStringLiteral("copy"), what.toObject());
    if (what == QLatin1String("take")) return m_stage.copyPhone() || because(QStringLiteral("the phone's folder could not be copied"));
    if (what == QLatin1String("start")) return m_stage.startCopy() || because(QStringLiteral("the copy did not start"));
    m_stage.stopCopy();
    return true;
}

// --- what a person does -------------------------------------------------------------------------------------

bool ScriptPlayer::scan(const QJsonObject &line)
{
    Program *phone = running(line[QLatin1String("by")].toString(QStringLiteral("phone")));
    if (phone == nullptr) return because(QStringLiteral("the phone that should scan does not run"));
    // What was clicked before may still be on its way home; and it opens the page by itself where the connection is back.
    const bool isOpen = pageOf(*phone) == QLatin1String("scan");
    if (!isOpen && (!programPage(*phone, QStringLiteral("home"), kHomeMs) || !programClick(*phone, "homeScan") || !programPage(*phone, QStringLiteral("scan")))) return false;
    const QString what = text(line, "scan");
    if (what == QLatin1String("page")) {
        const QString shown = text(QJsonDocument::fromJson(platform("GET", QStringLiteral("/frame")).body).object(), "text"), file = m_stage.folder() + QStringLiteral("/page-now.png");
        const auto image = eye::drawCode(shown.toStdString(), 6);
        return !shown.isEmpty() && image && image->save(file) ? lookAt(*phone, file) : because(QStringLiteral("the page shows no code"));
    }
    if (what != QLatin1String("desk")) return lookAt(*phone, m_stage.folder() + QLatin1Char('/') + what);
    // The code moves each second: it is grabbed right before the phone looks at it.
    const QString now = m_stage.folder() + QStringLiteral("/desk-now.png");
    if (photo({{QStringLiteral("photo"), QStringLiteral("desk-now.png")}}) && lookAt(*phone, now)) return true;
    // With both windows on one screen the phone has seen the code by itself.
    return QStringList{"working", "approve"}.contains(pageOf(*phone));
}

// A page of the demo platform, on a computer that has no desk: its backend opens the session, and takes what is typed.
bool ScriptPlayer::page(const QJsonObject &line)
{
    const QJsonValue what = line[QLatin1String("page")];
    if (what.isObject()) {
        const auto digits = meant(what[QLatin1String("text")].toString());
        if (!digits) return false;
        const int status = platform("POST", QStringLiteral("/digits"), {{QStringLiteral("digits"), *digits}}).status;
        return status == 204 || status == 422 || because(QStringLiteral("the server answers the digits with %1").arg(status)); // 422: wrong ones
    }
    m_turn.session.clear();
    const QJsonObject wish{{QStringLiteral("idempotencyKey"), QUuid::createUuid().toString(QUuid::Id128)}, {QStringLiteral("manifest"), QJsonObject{{QStringLiteral("act"), QStringLiteral("login")}}}};
    m_turn.session = text(QJsonDocument::fromJson(platform("POST", {}, wish).body).object(), "token");
    return !m_turn.session.isEmpty() || because(QStringLiteral("the server opens no session"));
}

net::Answer ScriptPlayer::platform(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    const QString whole = QStringLiteral("/rp/v1/sessions") + (m_turn.session.isEmpty() ? QString() : QLatin1Char('/') + m_turn.session) + path;
    return m_stage.fetch(whole, 5000, method, method == "GET" ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact),
                         {{"Authorization", "Bearer " + text(m_stage.ready(), "relyingPartyKey").toLatin1()}, {"Content-Type", "application/json"}});
}

bool ScriptPlayer::photo(const QJsonObject &line)
{
    if (!m_stage.deskRuns()) return because(QStringLiteral("the desk does not run"));
    if (!programPage(m_stage.desk(), QStringLiteral("qr"))) return because(QStringLiteral("the desk shows no code"));
    return grabCode(m_stage.folder() + QLatin1Char('/') + text(line, "photo"));
}

bool ScriptPlayer::draw(const QJsonObject &line)
{
    const QString file = m_stage.folder() + QLatin1Char('/') + text(line, "draw");
    if (!line.contains(QLatin1String("text"))) return drawForeignCode(file);
    const auto image = eye::drawCode(text(line, "text").toStdString(), 6);
    return (image && image->save(file)) || because(QStringLiteral("the code could not be drawn"));
}

bool ScriptPlayer::pin(const QJsonObject &line)
{
    Program *phone = running(line[QLatin1String("by")].toString(QStringLiteral("phone")));
    if (phone == nullptr) return because(QStringLiteral("the phone that should be typed on does not run"));
    return programPin(*phone, text(line, "pin"));
}

// One after the other, each counted before the next is typed; over a lock the clock jumps.
bool ScriptPlayer::wrongPins(const QJsonObject &line)
{
    const QString pin = QStringLiteral("284615");
    for (int left = line[QLatin1String("wrongPins")].toInt(); left > 0; --left) {
        if (!m_stage.phoneRuns() || !m_stage.deskRuns()) return because(QStringLiteral("wrong PINs need a phone and a desk"));
        const auto counted = [this] { return seen(QStringLiteral("device"), QStringLiteral("failuresInARow"), {}).value_or(QJsonValue(-1)).toInt(); };
        const int before = counted();
        const QString page = pageOf(m_stage.phone());
        if (page == QLatin1String("locked") &&
            !(m_stage.jump(limits::lockMs(static_cast<std::uint32_t>(before)) + 1'000) && phoneClick("lockedClose") && phonePage("home")))
            return false;
        if (page != QLatin1String("pinPad") &&
            !(deskLogin() && scan({{QStringLiteral("scan"), QStringLiteral("desk")}}) && phonePage("approve") && phoneClick("approveYes") && phonePage("pinPad")))
            return false;
        if (!pressPin(pin)) return false;
        const auto settled = [this] { return QStringList{"pinPad", "locked", "frozen"}.contains(pageOf(m_stage.phone())); };
        QElapsedTimer waited;
        for (waited.start(); waited.elapsed() < kPatienceMs && !(settled() && counted() == before + 1);)
            m_stage.pause(50);
        if (counted() != before + 1) return because(QStringLiteral("the server counts %1 wrong PINs").arg(counted()));
    }
    return true;
}

// As they always do: what comes before their first scan, the scan, and their answer.
bool ScriptPlayer::person(const QJsonObject &)
{
    const auto habit = habitOf(m_stage.outcome());
    if (!habit) return because(QStringLiteral("the script was not started with one of the testers' people"));
    if (!std::exchange(m_turn.prepared, true) && !playAll(habit->before)) return false;
    return scan({{QStringLiteral("scan"), m_turn.session.isEmpty() ? QStringLiteral("desk") : QStringLiteral("page")}}) && playAll(habit->answer);
}

// The lines know one PIN; the phone at hand may have another.
Script ScriptPlayer::linesOf(QByteArray lines) const
{
    lines.replace(kPin, m_turn.pin.toLatin1());
    return Script::parse("{\"start\":\"server\"}\n" + lines);
}

bool ScriptPlayer::playAll(const QByteArray &lines)
{
    const Script script = linesOf(lines);
    if (script.bad) return because(script.bad->why);
    return std::all_of(script.lines.begin() + 1, script.lines.end(), [this](const ScriptLine &line) { return play(line); });
}

std::optional<bool> ScriptPlayer::sms(const QJsonObject &line, const Watch &watch)
{
    if (!m_stage.phoneRuns()) return because(QStringLiteral("the phone does not run"));
    const QString page = pageOf(m_stage.phone());
    const char *field = page == QLatin1String("identity") ? "smsField" : page == QLatin1String("factor") ? "factorCode" : nullptr;
    if (field == nullptr) return because(QStringLiteral("page %1 asks for no code").arg(page));
    // After a wrong entry the code is still good, unless a newer one has come.
    auto code = m_stage.newestCode(0);
    if (!code) code = m_turn.code;
    if (!code && watch.since.elapsed() < kMessageMs) return std::nullopt;
    if (!code) return because(QStringLiteral("no SMS code came"));
    m_turn.code.reset();
    QString typed = *code;
    if (text(line, "sms") == QLatin1String("wrong")) {
        m_turn.code = code;
        typed = QStringLiteral("%1").arg((code->toInt() + 1) % 1'000'000, 6, 10, QLatin1Char('0'));
    }
    return phoneDo({{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QLatin1String(field)}, {QStringLiteral("text"), typed}});
}

// Looks until it is decided.
bool ScriptPlayer::watch(const QJsonObject &line)
{
    Watch watch;
    for (;;) {
        if (const auto done = lookOut(line, watch)) return *done;
        QThread::msleep(watch.page ? 5 : 100);
    }
}

std::optional<bool> ScriptPlayer::lookOut(const QJsonObject &line, Watch &watch)
{
    if (!watch.since.isValid()) watch.since.start();
    if (line.contains(QLatin1String("expect"))) return expect(line, watch);
    if (line.contains(QLatin1String("sms"))) return sms(line, watch);
    return watch.since.elapsed() >= line[QLatin1String("wait")].toInt() ? std::optional(true) : std::nullopt;
}

bool ScriptPlayer::jump(const QJsonObject &line)
{
    const qint64 ms = durationMs(text(line, "jump")).value_or(0);
    return m_stage.jump(ms) || because(QStringLiteral("the server did not move its clock"));
}

// --- the world around ---------------------------------------------------------------------------------------

bool ScriptPlayer::operatorSays(const QJsonObject &line)
{
    const QString word = text(line, "operator");
    QStringList words{word};
    if (word != QLatin1String("raise-restore-epoch")) {
        const QJsonObject device = m_stage.device();
        if (device.isEmpty()) return because(QStringLiteral("the operator sees no device"));
        QString whom = text(device, "account");
        if (word == QLatin1String("revoke"))
            for (const QJsonValue &certificate : device[QLatin1String("certificates")].toArray())
                if (certificate[QLatin1String("use")] == QLatin1String("sign")) whom = certificate[QLatin1String("serial")].toString();
        if (word == QLatin1String("remove-desk")) whom = text(device[QLatin1String("desks")][0].toObject(), "desk"); // the one that there is
        words << whom;
    }
    if (QStringList{"unfreeze", "recover", "next-grant"}.contains(word)) words << QStringLiteral("--identity-checked");
    if (line.contains(QLatin1String("days"))) words << QStringLiteral("--days") << QString::number(line[QLatin1String("days")].toInt());
    if (line.contains(QLatin1String("fault")))
        return m_stage.operatorDies(words + QStringList{QStringLiteral("--fault"), text(line, "fault")}) || because(QStringLiteral("the operator's program did not kill itself"));
    m_turn.operatorSaid = m_stage.operate(words);
    return !m_turn.operatorSaid.isEmpty() || because(QStringLiteral("the operator's word was refused"));
}

bool ScriptPlayer::outside(const QJsonObject &line)
{
    const QByteArray body = QJsonDocument(line[QLatin1String("outside")].toObject()).toJson(QJsonDocument::Compact);
    const net::Answer answer = m_stage.fetch(QStringLiteral("/outside/faults"), 5000, "POST", body, {{"Content-Type", "application/json"}});
    return answer.status == 200 || because(QStringLiteral("the outside world answers %1").arg(answer.status));
}

bool ScriptPlayer::file(const QJsonObject &line)
{
    const QString path = m_stage.folder() + QLatin1Char('/') + text(line, "file");
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    return (file.open(QIODevice::WriteOnly) && file.write(text(line, "text").toUtf8()) >= 0 && file.flush() && file.commit()) || because(QStringLiteral("the file cannot be written"));
}

// --- expectations -------------------------------------------------------------------------------------------

std::optional<QJsonValue> ScriptPlayer::seen(const QString &who, const QString &what, const QString &control)
{
    if (who == QLatin1String("server") && what == QLatin1String("epochKeys"))
        return QJsonValue(QDir(m_stage.folder() + QStringLiteral("/server/epoch-keys")).entryList(QDir::Files).size());
    if (who == QLatin1String("server")) {
        m_stage.server().waitForExit(0);
        const bool runs = m_stage.server().running();
        if (!runs) m_stage.serverDied(0);
        return QJsonValue(runs);
    }
    if (who == QLatin1String("file")) {
        QFile file(m_stage.folder() + QLatin1Char('/') + what);
        return file.open(QIODevice::ReadOnly) ? QJsonValue(QString::fromUtf8(file.readAll())) : QJsonValue(QJsonValue::Null);
    }
    if (who == QLatin1String("folder")) return QJsonValue(QDir(m_stage.folder() + QLatin1Char('/') + what).entryList(QDir::Files | QDir::Hidden).size());
    QJsonObject all;
    QString field = what;
    if (who == QLatin1String("device")) {
        all = m_stage.device();
    } else if (who == QLatin1String("page")) {
        if (m_turn.session.isEmpty()) return std::nullopt;
        all = QJsonDocument::fromJson(platform("GET", {}).body).object();
    } else {
        Program *program = running(who);
        if (program == nullptr) return std::nullopt;
        if (what == QLatin1String("page") && control.isEmpty()) return QJsonValue(pageOf(*program));
        if (control.isEmpty() && what == QLatin1String("says")) {
            all = program->ask({{QStringLiteral("do"), what}});
            field = QStringLiteral("text");
        } else if (control.isEmpty()) {
            all = program->ask({{QStringLiteral("do"), QStringLiteral("task")}});
        } else {
            all = program->ask({{QStringLiteral("do"), QStringLiteral("read")}, {QStringLiteral("name"), control}, {QStringLiteral("property"), what}});
            field = QStringLiteral("value");
        }
    }
    if (all.contains(field)) return all[field];
    return what == QLatin1String("visible") && !control.isEmpty() ? std::optional(QJsonValue(false)) : std::nullopt; // what is not shown is not found
}

std::optional<bool> ScriptPlayer::expect(const QJsonObject &line, Watch &watch)
{
    const QJsonObject wanted = line[QLatin1String("expect")].toObject();
    const int ms = line[QLatin1String("ms")].toInt(kPatienceMs);
    QString who;
    for (const char *one : {"phone", "desk", "copy", "server", "device", "page", "file", "folder"})
        if (wanted.contains(QLatin1String(one))) who = QLatin1String(one);
    const QString what = text(wanted, qPrintable(who)), control = text(wanted, "of");
    const auto holds = [&wanted](const QJsonValue &value) {
        if (wanted.contains(QLatin1String("is"))) return value == wanted[QLatin1String("is")];
        if (wanted.contains(QLatin1String("not"))) return value != wanted[QLatin1String("not")];
        return value.toString().contains(text(wanted, "has"));
    };
    // A page may be gone before anybody asks again: the program itself looks out for it.
    Program *program = running(who);
    if (!watch.page && program != nullptr && what == QLatin1String("page") && control.isEmpty() && wanted.contains(QLatin1String("is")))
        watch.page = program->askAside({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), text(wanted, "is")}, {QStringLiteral("ms"), ms}}, ms + 5000);
    if (watch.page) {
        const auto answer = watch.page->answer();
        if (!answer) return std::nullopt;
        return answer->value(QLatin1String("ok")).toBool() || because(QStringLiteral("the %1's page is %2").arg(who, program == nullptr ? QString() : pageOf(*program)));
    }
    const std::optional<QJsonValue> value = seen(who, what, control);
    if (value && holds(*value)) return true;
    if (watch.since.elapsed() < ms) return std::nullopt;
    const QString of = control.isEmpty() ? QString() : QStringLiteral(" of ") + control;
    return because(value ? QStringLiteral("the %1's %2%3 is %4").arg(who, what, of, shownValue(*value))
                         : QStringLiteral("the %1 has no %2%3").arg(who, what, of));
}

// --- after a failure ----------------------------------------------------------------------------------------

QStringList ScriptPlayer::keepEvidence(const QString &folder, const QString &name)
{
    QStringList kept;
    m_stage.server().setPaused(false); // else nobody could end it
    for (const char *who : {"phone", "desk", "copy"}) {
        const QString file = QStringLiteral("%1/%2-%3.png").arg(folder, name, QLatin1String(who));
        Program *program = running(QLatin1String(who));
        if (program == nullptr) continue;
        QThread::msleep(400); // a page fades in
        const QJsonObject answer = program->ask({{QStringLiteral("do"), QStringLiteral("shot")}, {QStringLiteral("file"), file}}, 5000);
        if (answer.value(QLatin1String("ok")).toBool()) kept << file;
    }
    const QDir stage(m_stage.folder());
    for (const QString &log : stage.entryList({QStringLiteral("*.log")}, QDir::Files)) {
        const QString file = QStringLiteral("%1/%2-%3").arg(folder, name, log);
        QFile::remove(file);
        if (QFile::copy(stage.filePath(log), file)) kept << file;
    }
    return kept;
}

} // namespace hufu::cli
