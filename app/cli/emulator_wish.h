// What a virtual phone shall be like, as a request of the control API says it.
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace hufu::cli {

bool hasOnly(const QJsonObject &body, const QStringList &members); // whether a request has no member besides these

struct Wish {
    struct Holder {        // for whom it is activated: one of the two, or for the demo company's person
        QString person;    // one of the testers' people, by phone number
        QString company;   // somebody new there, by its credit code or name
    };
    Holder holder;
    QString pin, state;
    std::optional<qint64> lastsMs; // the certificates of its first shield; nothing: as always
    bool isOver = false;           // wanted with certificates that have ended
    QList<Holder> shields;         // besides the first one
    bool hasDesk = false;          // of its own, enrolled
    int bids = 0, opensInHours = 72; // sealed at that desk
    int wrongPins = 0;             // in a row, typed for that desk

    static constexpr int kShieldsMost = 4, kBidsMost = 20, kWrongPinsMost = 10;
    bool isActive() const { return state != QLatin1String("new") && state != QLatin1String("unfinished"); }
    // Nothing: it is none, and why names the member that is unknown, out of its range, or does not go with another.
    static std::optional<Wish> of(const QJsonObject &body, QString &why);
};

} // namespace hufu::cli
