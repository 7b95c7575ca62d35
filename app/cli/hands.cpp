#include "app/cli/hands.h"

#include "app/catalogue/catalogue.h"
#include "platform/eye/drawing.h"
#include "shield/intent/frame.h"
#include "shield/ports/random.h"

#include <QElapsedTimer>
#include <QJsonDocument>

namespace hufu::cli {

bool Hands::because(const QString &why)
{
    m_why = why;
    return false;
}

// --- one act ------------------------------------------------------------------------------------------------

bool Hands::programDo(Program &program, const QJsonObject &request, int ms)
{
    const QJsonObject answer = program.ask(request, ms);
    if (answer.value(QStringLiteral("ok")).toBool()) return true;
    return because(QStringLiteral("the program, on page %1, could not %2: %3")
                       .arg(pageOf(program), QString::fromUtf8(QJsonDocument(request).toJson(QJsonDocument::Compact)),
                            text(answer, "error")));
}

bool Hands::programClick(Program &program, const char *name)
{
    return programDo(program, {{QStringLiteral("do"), QStringLiteral("click")}, {QStringLiteral("name"), QLatin1String(name)}});
}

bool Hands::programPage(Program &program, const QString &page, int ms)
{
    return programDo(program, {{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), page}, {QStringLiteral("ms"), ms}},
                     ms + 5000);
}

bool Hands::programPin(Program &program, const QString &digits)
{
    return programDo(program, {{QStringLiteral("do"), QStringLiteral("pin")}, {QStringLiteral("digits"), digits}});
}

QString Hands::textOf(Program &program, const char *name)
{
    const QJsonObject read = program.ask({{QStringLiteral("do"), QStringLiteral("read")}, {QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("property"), QStringLiteral("text")}});
    return read.value(QStringLiteral("value")).toString();
}

QString Hands::pageOf(Program &program)
{
    return text(program.ask({{QStringLiteral("do"), QStringLiteral("page")}}), "page");
}

// --- scanning -----------------------------------------------------------------------------------------------

bool Hands::grabCode(const QString &picture)
{
    const QJsonObject grabbed = m_stage.desk().ask({{QStringLiteral("do"), QStringLiteral("shot")}, {QStringLiteral("file"), picture}});
    return grabbed.value(QStringLiteral("ok")).toBool() || because(QStringLiteral("the desk shows no code"));
}

bool Hands::lookAt(Program &phone, const QString &picture)
{
    return programDo(phone, {{QStringLiteral("do"), QStringLiteral("scanImage")}, {QStringLiteral("file"), picture}});
}

bool Hands::drawForeignCode(const QString &picture)
{
    ports::SystemRandom random;
    intent::Frame frame;
    frame.token = random.bytes<16>("token");
    frame.code = random.bytes<16>("code");
    const auto image = eye::drawCode(frame.text(), 6);
    return (image && image->save(picture)) || because(QStringLiteral("the code could not be drawn"));
}

bool Hands::scanDesk(const QString &shotName)
{
    const QString code = m_stage.folder() + QStringLiteral("/code.png");
    if (!shotName.isEmpty() && !shot(m_stage.desk(), shotName)) return false;
    if (!phoneClick("homeScan") || !phonePage("scan")) return false;
    if (!m_scanSeen && !shot(m_stage.phone(), QStringLiteral("phone-scan"))) return false;
    m_scanSeen = true;
    // The code moves each second: it is grabbed right before the phone looks at it.
    return grabCode(code) && lookAt(m_stage.phone(), code) && phonePage("approve");
}

bool Hands::deskLogin()
{
    Program &desk = m_stage.desk();
    return programDo(desk, {{QStringLiteral("do"), QStringLiteral("login")}}) &&
           programPage(desk, QStringLiteral("qr"), 10000);
}

bool Hands::approve(const QString &shotPrefix, const QString &pin)
{
    if (!shot(m_stage.phone(), shotPrefix + QStringLiteral("-approve"))) return false;
    m_stage.setMessagesSeen(m_stage.inbox().size()); // the page that asks for a code may be there before the code is: not another act's then
    if (!phoneClick("approveYes")) return false;
    // SMS comes first where the policy asks for it.
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 10000; m_stage.pause(100)) {
        const QString page = pageOf(m_stage.phone());
        if (page == QLatin1String("pinPad")) break;
        if (page != QLatin1String("factor")) continue;
        if (!shot(m_stage.phone(), shotPrefix + QStringLiteral("-factor"))) return false;
        const auto code = m_stage.newestCode();
        if (!code) return because(QStringLiteral("no SMS code came"));
        if (!phoneDo({{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QStringLiteral("factorCode")}, {QStringLiteral("text"), *code}}) ||
            !phoneClick("factorNext"))
            return false;
        break;
    }
    return phonePage("pinPad") && shot(m_stage.phone(), shotPrefix + QStringLiteral("-pin")) && pressPin(pin) &&
           phonePage("result") && shot(m_stage.phone(), shotPrefix + QStringLiteral("-result")) && phoneClick("resultDone") &&
           phonePage("home");
}

bool Hands::deskDone()
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 20000; m_stage.pause(200)) {
        m_task = m_stage.desk().ask({{QStringLiteral("do"), QStringLiteral("task")}});
        const QString state = text(m_task, "state");
        if (state == QLatin1String("done")) return true;
        if (state == QLatin1String("failed"))
            return because(QStringLiteral("the desk says %1").arg(text(m_task, "code")));
    }
    return because(QStringLiteral("the desk did not finish: ") + text(m_task, "state"));
}

bool Hands::deskFailed(const QString &code)
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 10000; m_stage.pause(100)) {
        m_task = m_stage.desk().ask({{QStringLiteral("do"), QStringLiteral("task")}});
        if (text(m_task, "state") != QLatin1String("failed")) continue;
        if (text(m_task, "code") == code) return true;
        return because(QStringLiteral("the desk says %1 instead of %2").arg(text(m_task, "code"), code));
    }
    return because(QStringLiteral("the desk still says ") + text(m_task, "state"));
}

// --- getting ready -----------------------------------------------------------------------------------------

// The PIN that was chosen: one that is too simple is asked for again, with the reason.
bool Hands::isTaken(Program &phone)
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 20000; m_stage.pause(50)) {
        if (pageOf(phone) != QLatin1String("pinChoose")) return true;
        if (!textOf(phone, "weakness").isEmpty()) // in the phone's language, which is not that of who asked
            return because(QStringLiteral("the phone does not take the PIN: ") + QString::fromStdString(catalogue::codeText(catalogue::Code::pinWeak)));
    }
    return because(QStringLiteral("the phone does not take the PIN"));
}

bool Hands::startWithLink()
{
    return m_stage.startPhone(QStringLiteral("zh_CN"), {QStringLiteral("--activation"), m_stage.activation()}) || because(QStringLiteral("hufu-phone did not start, see stage/phone.log"));
}

bool Hands::beginActivation()
{
    if (!startWithLink() || !phonePage("welcome") || !phoneClick("welcomeStart") || !proveFromNumber()) return false;
    m_stage.phone().kill();
    return startWithLink() && phonePage("welcome");
}

bool Hands::activate(const QString &pin)
{
    return startWithLink() && phonePage("welcome") && shot(m_stage.phone(), QStringLiteral("phone-welcome")) && phoneClick("welcomeStart") && activateFromNumber(pin);
}

bool Hands::addShield(const QString &pin)
{
    return phoneClick("homeCentre") && phonePage("centre") && phoneClick("centreActivate") && phonePage("link") &&
           phoneDo({{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QStringLiteral("linkField")}, {QStringLiteral("text"), m_stage.activation()}}) &&
           phoneClick("linkNext") && activateFromNumber(pin);
}

bool Hands::proveFromNumber()
{
    const QString number = m_stage.phoneNumber();
    Program &phone = m_stage.phone();
    if (!phonePage("phoneNumber") || !shot(phone, QStringLiteral("phone-number")) ||
        !phoneDo({{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QStringLiteral("phoneNumberField")}, {QStringLiteral("text"), number}}) ||
        !phoneClick("phoneNumberNext"))
        return false;
    if (!phonePage("agreements") || !shot(phone, QStringLiteral("phone-agreements"))) return false;
    const auto code = m_stage.newestCode();
    if (!code) return because(QStringLiteral("no SMS code came"));
    return phoneClick("agreementsAll") && phoneClick("agreementsNext") && phonePage("identity") &&
           phoneDo({{QStringLiteral("do"), QStringLiteral("type")}, {QStringLiteral("name"), QStringLiteral("smsField")}, {QStringLiteral("text"), *code}}) &&
           shot(phone, QStringLiteral("phone-identity")) && phoneClick("identityNext") && phonePage("pinChoose");
}

bool Hands::activateFromNumber(const QString &pin)
{
    Program &phone = m_stage.phone();
    if (!proveFromNumber() || !shot(phone, QStringLiteral("phone-pin-choose")) || !pressPin(pin) || !isTaken(phone) ||
        !phonePage("pinRepeat") || !shot(phone, QStringLiteral("phone-pin-repeat")))
        return false;
    m_stage.server().setPaused(true); // the page is gone before anybody could look at it
    const bool keysSeen = pressPin(pin) && phonePage("keys") && shot(phone, QStringLiteral("phone-keys"));
    m_stage.server().setPaused(false);
    if (!keysSeen) return false;
    if (!phonePage("certificate", 60000) || !shot(phone, QStringLiteral("phone-certificate"))) return false;
    return phoneClick("certificateNext") && phonePage("home") && shot(phone, QStringLiteral("phone-home"));
}

bool Hands::enrolDesk()
{
    if (!m_stage.startDesk(QStringLiteral("zh_CN"), {QStringLiteral("--loopback"), QStringLiteral("off")})) return because(QStringLiteral("hufu-desk did not start, see stage/desk.log"));
    Program &desk = m_stage.desk();
    if (!shot(desk, QStringLiteral("desk-status"))) return false;
    desk.ask({{QStringLiteral("do"), QStringLiteral("enrol")}, {QStringLiteral("name"), QStringLiteral("招标部电脑")}});
    desk.ask({{QStringLiteral("do"), QStringLiteral("waitPage")}, {QStringLiteral("page"), QStringLiteral("qr")}, {QStringLiteral("ms"), 10000}});
    if (!scanDesk(QStringLiteral("desk-enrol")) || !approve(QStringLiteral("phone-enrol")) || !deskDone()) return false;
    return programClick(desk, "outcomeDone") && programPage(desk, QStringLiteral("status"), 5000) && shot(desk, QStringLiteral("desk-enrolled"));
}

} // namespace hufu::cli
