#include "app/cli/emulator_wish.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

namespace hufu::cli {

namespace {

constexpr qint64 kDayMs = 86'400'000, kActivationMs = 45'000; // in which it is done for sure

// Each check returns what is wrong, with the member's name; empty: nothing.

QString mustBe(const char *name, const char *what)
{
    return QStringLiteral("\"%1\" must be %2").arg(QLatin1String(name), QLatin1String(what));
}

QString clash(const char *one, const char *other)
{
    return QStringLiteral("%1 does not go with %2").arg(QLatin1String(one), QLatin1String(other));
}

// Absent, or of this type; into is what it says.
QString take(const QJsonObject &body, const char *name, QString &into, const char *what = "a text")
{
    const QJsonValue value = body[QLatin1String(name)];
    if (value.isUndefined()) return {};
    into = value.toString();
    return value.isString() ? QString() : mustBe(name, what);
}

QString take(const QJsonObject &body, const char *name, bool &into)
{
    const QJsonValue value = body[QLatin1String(name)];
    if (value.isUndefined()) return {};
    into = value.toBool();
    return value.isBool() ? QString() : mustBe(name, "true or false");
}

QString take(const QJsonObject &body, const char *name, int least, int most, int &into)
{
    const QJsonValue value = body[QLatin1String(name)];
    if (value.isUndefined()) return {};
    into = value.toInt(least - 1); // of a fraction that, too
    return into >= least && into <= most ? QString() : QStringLiteral("\"%1\" must be a whole number, %2 to %3").arg(QLatin1String(name)).arg(least).arg(most);
}

QString takeHolder(const QJsonObject &body, Wish::Holder &holder)
{
    if (const QString why = take(body, "person", holder.person); !why.isEmpty()) return why;
    if (const QString why = take(body, "company", holder.company); !why.isEmpty()) return why;
    if (!body.contains(QLatin1String("company"))) return {};
    if (body.contains(QLatin1String("person"))) return clash("\"person\"", "\"company\"");
    return holder.company.isEmpty() ? mustBe("company", "a text that is not empty") : QString();
}

QString takeShields(const QJsonObject &body, QList<Wish::Holder> &shields)
{
    const QJsonValue list = body[QLatin1String("shields")];
    if (list.isUndefined()) return {};
    const QJsonArray all = list.toArray();
    if (!list.isArray() || all.size() > Wish::kShieldsMost) return QStringLiteral("\"shields\" must be a list of %1 at most").arg(Wish::kShieldsMost);
    for (const QJsonValue &one : all) {
        const QJsonObject object = one.toObject();
        for (const QString &key : object.keys())
            if (key != QLatin1String("person") && key != QLatin1String("company")) return QStringLiteral("one of \"shields\" has no \"%1\", but person or company").arg(key);
        Wish::Holder holder;
        if (object.isEmpty()) return QStringLiteral("each of \"shields\" must have \"person\" or \"company\"");
        if (const QString why = takeHolder(object, holder); !why.isEmpty()) return QStringLiteral("in \"shields\" ") + why;
        shields << holder;
    }
    return {};
}

// How long the certificates last.
QString takeEnd(const QJsonObject &body, Wish &wish)
{
    constexpr double kDaysMost = 365;
    const bool isInDays = body.contains(QLatin1String("expiresInDays")), isInMs = body.contains(QLatin1String("expiresInMs"));
    if (!isInDays && !isInMs) return {};
    if (isInDays && isInMs) return clash("\"expiresInDays\"", "\"expiresInMs\"");
    const double wished = body[QLatin1String(isInDays ? "expiresInDays" : "expiresInMs")].toDouble(-1);
    wish.isOver = isInDays && wished == 0;
    const double ms = !isInDays ? wished : wish.isOver ? kActivationMs : wished * kDayMs;
    if (wished != std::floor(wished) || ms < kActivationMs || ms > kDaysMost * kDayMs)
        return isInDays ? mustBe("expiresInDays", "a whole number, 0 to 365") : mustBe("expiresInMs", "a whole number, 45000 to 31536000000");
    wish.lastsMs = static_cast<qint64>(ms);
    return {};
}

// What a number, a list or the like says is in order; what goes together is not looked at.
QString takeAll(const QJsonObject &body, Wish &wish)
{
    static const QRegularExpression digits(QStringLiteral("^[0-9]{6,12}$"));
    static const char kPinIs[] = "6 to 12 digits, as a text", kStateIs[] = "one of active, new, unfinished, locked, frozen, cloned, revoked, seatEnded, renewed";
    constexpr int kHoursMost = 8760;
    const std::array<QString, 9> problems{takeHolder(body, wish.holder),
                                          take(body, "pin", wish.pin, kPinIs),
                                          take(body, "state", wish.state, kStateIs),
                                          takeEnd(body, wish),
                                          takeShields(body, wish.shields),
                                          take(body, "desk", wish.hasDesk),
                                          take(body, "bids", 0, Wish::kBidsMost, wish.bids),
                                          take(body, "opensInHours", 1, kHoursMost, wish.opensInHours),
                                          take(body, "wrongPins", 0, Wish::kWrongPinsMost, wish.wrongPins)};
    const auto wrong = std::ranges::find_if(problems, [](const QString &problem) { return !problem.isEmpty(); });
    if (wrong != problems.end()) return *wrong;
    if (!digits.match(wish.pin).hasMatch()) return mustBe("pin", kPinIs);
    return QStringList{"active", "new", "unfinished", "locked", "frozen", "cloned", "revoked", "seatEnded", "renewed"}.contains(wish.state) ? QString() : mustBe("state", kStateIs);
}

} // namespace

bool hasOnly(const QJsonObject &body, const QStringList &members)
{
    const QStringList keys = body.keys();
    return std::all_of(keys.begin(), keys.end(), [&](const QString &key) { return members.contains(key); });
}

std::optional<Wish> Wish::of(const QJsonObject &body, QString &why)
{
    static const QStringList ofAny{"person", "company", "pin", "state"}, ofActive{"expiresInDays", "expiresInMs", "shields", "desk", "bids", "opensInHours", "wrongPins"};
    Wish wish;
    wish.pin = QStringLiteral("739154");
    wish.state = QStringLiteral("active");
    why = {};
    for (const QString &key : body.keys())
        if (!(ofAny + ofActive).contains(key)) why = QStringLiteral("a phone has no \"%1\", but %2").arg(key, (ofAny + ofActive).join(QStringLiteral(", ")));
    if (why.isEmpty()) why = takeAll(body, wish);
    if (!why.isEmpty()) return std::nullopt;
    const QByteArray state = "\"state\": \"" + wish.state.toUtf8() + '"';
    for (const QString &key : body.keys())
        if (!wish.isActive() && ofActive.contains(key)) why = clash(qPrintable(QStringLiteral("\"%1\"").arg(key)), state);
    if (body.contains(QLatin1String("desk")) && !wish.hasDesk && wish.bids > 0) why = clash("\"desk\": false", "\"bids\"");
    if (body.contains(QLatin1String("desk")) && !wish.hasDesk && wish.wrongPins > 0) why = clash("\"desk\": false", "\"wrongPins\"");
    if (wish.wrongPins > 0 && wish.isActive() && wish.state != QLatin1String("active")) // each of these is where the ladder has led to
        why = clash("\"wrongPins\"", state);
    if (wish.isOver && wish.state == QLatin1String("renewed")) why = clash("\"expiresInDays\": 0", state); // whose certificates have ended cannot renew them
    if (!why.isEmpty()) return std::nullopt;
    wish.hasDesk = wish.hasDesk || wish.bids > 0 || wish.wrongPins > 0;
    return wish;
}

} // namespace hufu::cli
