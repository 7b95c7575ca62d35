// Plays the lines of a script on the real programs.
#pragma once

#include "app/cli/hands.h"
#include "app/cli/script.h"

#include <QElapsedTimer>
#include <QJsonValue>
#include <optional>

namespace hufu::cli {

class ScriptPlayer : protected Hands {
public:
    // folder: an existing one in which all of it happens, absolute. File names in a script are relative to it, so the
    // caller makes it the current one.
    ScriptPlayer(const QString &folder, const QString &suite) : Hands(folder, suite) {}

    // False: the line did not do or hold; the reason stands in why().
    bool play(const ScriptLine &line);
    using Hands::why;
    bool unknownWord() const { return m_unknownWord; } // a program knows no such "do"
    // Pictures of what runs, and the logs of all programs, as FOLDER/NAME-*. Returns: their paths.
    QStringList keepEvidence(const QString &folder, const QString &name);

protected:
    // What goes with the phone at hand.
    struct Turn {
        std::optional<QString> code; // the SMS's, after a wrong one was typed in its place
        QString pin = QLatin1String(kPin);
        bool activated = false;
        bool bringsLink = false; // the person does, to a phone that was started without it
        bool prepared = false; // one of the testers' people, for their first scan
        QJsonObject operatorSaid; // the last answer of its words
        QString session;          // that a page of the demo platform shows; empty: none
    };
    // A line that only waits, while others are asked.
    struct Watch {
        QElapsedTimer since;
        std::unique_ptr<Question> page;
    };
    // In: line, expect, wait or sms. How it has turned out; nothing: not yet.
    std::optional<bool> lookOut(const QJsonObject &line, Watch &watch);
    Script linesOf(QByteArray lines) const; // under the PIN of the phone at hand; the first is a start
    bool playAll(const QByteArray &lines);
    Program *running(const QString &who); // phone, desk or copy; null if it does not run
    Turn m_turn;
    struct DeskWords { // how a desk is started
        QString language = QStringLiteral("zh_CN");
        QStringList more{QStringLiteral("--loopback"), QStringLiteral("off")};
    };
    DeskWords m_desk;
    static constexpr int kHomeMs = 5'000; // in which a page that is left is gone

private:
    using Word = bool (ScriptPlayer::*)(const QJsonObject &line);
    bool start(const QJsonObject &line);
    bool server(const QJsonObject &line);
    QStringList clockOf(const QJsonObject &line, const QString &who);
    bool phone(const QJsonObject &line);
    bool desk(const QJsonObject &line);
    bool copy(const QJsonObject &line);
    bool scan(const QJsonObject &line);
    bool page(const QJsonObject &line);
    bool photo(const QJsonObject &line);
    bool draw(const QJsonObject &line);
    bool pin(const QJsonObject &line);
    bool operatorSays(const QJsonObject &line);
    bool outside(const QJsonObject &line);
    bool file(const QJsonObject &line);
    bool watch(const QJsonObject &line);
    bool jump(const QJsonObject &line);
    bool wrongPins(const QJsonObject &line);
    bool person(const QJsonObject &line);
    std::optional<bool> sms(const QJsonObject &line, const Watch &watch);
    std::optional<bool> expect(const QJsonObject &line, Watch &watch);

    bool ask(const QString &who, QJsonObject request);
    std::optional<QJsonValue> meant(const QString &value); // what a "$name" stands for
    net::Answer platform(const QByteArray &method, const QString &path, const QJsonObject &body = {}); // of the relying party's sessions
    bool fill(Program &program, const QString &what); // what: fill, or free
    // What is there to be compared; nothing: it is not there.
    std::optional<QJsonValue> seen(const QString &who, const QString &what, const QString &control);

    bool m_unknownWord = false;
};

} // namespace hufu::cli
