// What a person does with phone and desk, through the control sockets of the real programs: the journey and the
// testers' scripts share it. Functions that return bool leave the reason of a false in why().
#pragma once

#include "app/cli/stage.h"

#include <QJsonObject>
#include <QString>

namespace hufu::cli {

inline constexpr char kPin[] = "739154"; // the person's, wherever a PIN is chosen here

class Hands {
public:
    // folder, suite: the stage's.
    Hands(QString folder, QString suite) : m_stage(std::move(folder), std::move(suite)) {}
    virtual ~Hands() = default;
    Hands(const Hands &) = delete;
    Hands &operator=(const Hands &) = delete;

    const QString &why() const { return m_why; }

protected:
    // Called on each page that comes by; name says what is on it.
    virtual bool shot(Program &, const QString & /*name*/) { return true; }
    bool because(const QString &why);

    // The person starts the phone with the activation link and goes all the way to the home page.
    bool activate(const QString &pin = QLatin1String(kPin));
    // Only until it asks for a PIN to be chosen, where the phone is killed and started again: it is at its first page, and can go on.
    bool beginActivation();
    // One more shield on the phone at hand, which is active: for the stage's person, whose link goes into the page for it. Ends at
    // home, with the new shield in use.
    bool addShield(const QString &pin);
    // Starts the desk, which the person then enrols.
    bool enrolDesk();

    // The desk's code as pixels, scanned by the phone; ends on the approve page.
    bool scanDesk(const QString &shotName);
    // From the approve page through all that is asked for to the result.
    bool approve(const QString &shotPrefix, const QString &pin = QLatin1String(kPin));
    // Begins a log-in on the desk and waits for its code.
    bool deskLogin();
    // Waits until the desk's task has ended well; its answer is in m_task.
    bool deskDone();
    // The desk's task has ended with this code.
    bool deskFailed(const QString &code);
    // On a phone's scan page: looks at the picture.
    bool lookAt(Program &phone, const QString &picture);
    bool grabCode(const QString &picture); // what the desk's window shows now
    bool drawForeignCode(const QString &picture); // well formed, of a session that does not exist here

    bool programDo(Program &program, const QJsonObject &request, int ms = 20000);
    bool programClick(Program &program, const char *name);
    bool programPage(Program &program, const QString &page, int ms = 20000);
    bool programPin(Program &program, const QString &digits);
    bool phoneDo(const QJsonObject &request, int ms = 20000) { return programDo(m_stage.phone(), request, ms); }
    bool phoneClick(const char *name) { return programClick(m_stage.phone(), name); }
    bool phonePage(const char *page, int ms = 20000) { return programPage(m_stage.phone(), QLatin1String(page), ms); }
    bool pressPin(const QString &digits) { return programPin(m_stage.phone(), digits); }
    QString phoneText(const char *name) { return textOf(m_stage.phone(), name); } // of a label on the page; empty if it is not there
    bool isTaken(Program &phone);
    static QString textOf(Program &program, const char *name);
    static QString pageOf(Program &program);

    Stage m_stage;
    QJsonObject m_task;

private:
    bool startWithLink();
    bool proveFromNumber();                      // on its page, until a PIN is to be chosen
    bool activateFromNumber(const QString &pin); // likewise, to the end
    QString m_why;
    bool m_scanSeen = false; // the scan page, by shot()
};

} // namespace hufu::cli
