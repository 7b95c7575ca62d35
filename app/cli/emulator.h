// Virtual phones that another program drives: what the control API (app/cli/openapi.yaml) asks for, on the real programs.
// Every act is a line of a script, too.
#pragma once

#include "app/cli/emulator_wish.h"
#include "app/cli/script_player.h"

#include <QMap>
#include <functional>

namespace hufu::cli {

struct ApiAnswer {
    static constexpr int kNotYet = 0; // it waits for something: ask again
    int status = 200;
    QJsonObject json;
    QByteArray picture; // PNG, then json does not count
};

class Emulator : private ScriptPlayer {
public:
    static constexpr int kPhonesMost = 16;

    // folder: an existing one, absolute; the caller makes it the current one.
    explicit Emulator(const QString &folder) : ScriptPlayer(folder, QStringLiteral("sm2")) {}

    // Starts the server, and knows the phones of an earlier run again; they do not run.
    bool open();
    using ScriptPlayer::why;
    QString serverAddress() const;
    QString relyingPartyKey() const { return m_stage.ready().value(QLatin1String("relyingPartyKey")).toString(); } // of the demo platform
    // The desk, and the demo company's person with a phone, as hufu sim has them: with windows. False: one did not start.
    bool openWindows(const QString &language);
    bool deskWasClosed(); // by its person; one that was killed can be started again

    // How far one request has come. Others have their turn while it waits.
    struct Progress {
        QList<ScriptLine> lines; // that are played
        qsizetype played = 0, lookAt = 0; // lookAt: before which line the code is scanned
        bool hasLooked = false;
        Watch watch;
        std::unique_ptr<Question> page;
        QString made; // a phone, which is waited for
        qint64 readyMs = 0; // when it is as it was wished
        qsizetype messagesSeen = 0;
    };

    // In: phone, the one that the path names; empty: none. kNotYet: the caller asks once more, with the same progress.
    using Call = ApiAnswer (Emulator::*)(const QString &phone, const QJsonObject &body);
    ApiAnswer call(Call what, const QString &phone, const QJsonObject &body, Progress &progress);
    // Whether it changes nothing, so that it may be called while another call waits for a program.
    static bool onlyReads(Call what, const QJsonObject &body);
    // others: is called again and again while a call waits for a program, and may call what only reads.
    void setMeanwhile(const std::function<void()> &others);

    ApiAnswer list(const QString &, const QJsonObject &);
    ApiAnswer create(const QString &, const QJsonObject &body);
    ApiAnswer look(const QString &, const QJsonObject &);
    ApiAnswer remove(const QString &, const QJsonObject &);
    ApiAnswer picture(const QString &, const QJsonObject &);
    ApiAnswer messages(const QString &, const QJsonObject &);
    ApiAnswer notifications(const QString &, const QJsonObject &);
    ApiAnswer scanCode(const QString &, const QJsonObject &body);
    ApiAnswer answerCode(const QString &, const QJsonObject &body);
    ApiAnswer approveAll(const QString &, const QJsonObject &);
    ApiAnswer refuseAll(const QString &, const QJsonObject &body);
    ApiAnswer act(const QString &, const QJsonObject &body);
    ApiAnswer power(const QString &, const QJsonObject &body);
    ApiAnswer clone(const QString &, const QJsonObject &);
    ApiAnswer operate(const QString &, const QJsonObject &body);
    ApiAnswer playLines(const QString &, const QJsonObject &body);
    ApiAnswer clock(const QString &, const QJsonObject &);
    ApiAnswer jumpClock(const QString &, const QJsonObject &body);
    ApiAnswer faults(const QString &, const QJsonObject &);
    ApiAnswer setFaults(const QString &, const QJsonObject &body);
    ApiAnswer people(const QString &, const QJsonObject &);
    ApiAnswer serverPower(const QString &, const QJsonObject &body);
    ApiAnswer listStates(const QString &, const QJsonObject &);
    ApiAnswer saveState(const QString &, const QJsonObject &body);
    ApiAnswer loadState(const QString &, const QJsonObject &body);

private:
    struct Kept { // of each phone, while another one is at hand
        QJsonObject person;
        Turn turn;
    };
    ApiAnswer failed(int status, const QString &why = {});
    ApiAnswer callNow(Call what, const QString &phone, const QJsonObject &body, Progress &progress);
    bool openAgain();
    bool takeInHand(const QString &phone);
    bool letLook(const QJsonObject &body);
    ApiAnswer made();
    std::optional<ApiAnswer> choosePerson(const Wish::Holder &holder); // nothing: it is done
    bool fulfil(const Wish &wish);      // of a phone that is active
    bool addShields(const QList<Wish::Holder> &holders);
    bool sealBids(int count, int opensInHours);
    bool bringTo(const QString &state); // an active phone
    bool renew();                       // likewise: other keys beside those that it has
    void lookAgain();
    std::optional<ApiAnswer> notOn(const QString &page);
    std::optional<ApiAnswer> playOn();
    bool playNext(const QByteArray &lines);
    void keep();
    QJsonObject shown();
    QJsonArray received();
    QString nextName() const;
    QJsonObject outsideWorld(const QByteArray &method, const QString &path, const QJsonObject &body = {});

    QMap<QString, Kept> m_kept;
    QString m_inHand;
    std::optional<QString> m_windows; // nothing: there are none. In which language they are; empty: in the one that was chosen in them
    QByteArray m_written;        // what is in the file of the phones
    Progress *m_progress = nullptr; // of the call under way
    bool m_isAside = false;         // which is one while another waits
};

} // namespace hufu::cli
