#include "app/cli/emulator_wish.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace hufu::cli {

namespace {

constexpr qint64 kDayMs = 86'400'000, kActivationMs = 45'000; // in which it is done for sure

// Absent, or of this type; into is what it says.
bool take(const QJsonObject &body, const char *name, QString &into)
{
    const QJsonValue value = body[QLatin1String(name)];
    if (value.isUndefined()) return true;
    into = value.toString();
    return value.isString();
}

bool take(const QJsonObject &body, const char *name, bool &into)
{
    const QJsonValue value = body[QLatin1String(name)];
    if (value.isUndefined()) return true;
    into = value.toBool();
    return value.isBool();
}

bool take(const QJsonObject &body, const char *name, int least, int most, int &into)
{
    const QJsonValue value = body[QLatin1String(name)];
    if (value.isUndefined()) return true;
    into = value.toInt(least - 1); // of a fraction that, too
    return into >= least && into <= most;
}

bool takeHolder(const QJsonObject &body, Wish::Holder &holder)
{
    return take(body, "person", holder.person) && take(body, "company", holder.company) && !(body.contains(QLatin1String("person")) && body.contains(QLatin1String("company"))) &&
           holder.company.isEmpty() == !body.contains(QLatin1String("company"));
}

bool takeShields(const QJsonValue &list, QList<Wish::Holder> &shields)
{
    if (list.isUndefined()) return true;
    const QJsonArray all = list.toArray();
    for (const QJsonValue &one : all) {
        Wish::Holder holder;
        if (!one.isObject() || one.toObject().size() != 1 || !takeHolder(one.toObject(), holder)) return false;
        shields << holder;
    }
    return list.isArray() && all.size() <= Wish::kShieldsMost;
}

// How long the certificates last.
bool takeEnd(const QJsonObject &body, Wish &wish)
{
    const bool isInDays = body.contains(QLatin1String("expiresInDays")), isInMs = body.contains(QLatin1String("expiresInMs"));
    if (!isInDays && !isInMs) return true;
    const double wished = body[QLatin1String(isInDays ? "expiresInDays" : "expiresInMs")].toDouble(-1);
    wish.isOver = isInDays && wished == 0;
    const double ms = !isInDays ? wished : wish.isOver ? kActivationMs : wished * kDayMs;
    wish.lastsMs = static_cast<qint64>(ms);
    return !(isInDays && isInMs) && wished == std::floor(wished) && ms >= kActivationMs && ms <= 365.0 * kDayMs;
}

} // namespace

bool hasOnly(const QJsonObject &body, const QStringList &members)
{
    const QStringList keys = body.keys();
    return std::all_of(keys.begin(), keys.end(), [&](const QString &key) { return members.contains(key); });
}

std::optional<Wish> Wish::of(const QJsonObject &body)
{
    static const QRegularExpression digits(QStringLiteral("^[0-9]{6,12}$"));
    static const QStringList ofAny{"person", "company", "pin", "state"}, ofActive{"expiresInDays", "expiresInMs", "shields", "desk", "bids", "opensInHours", "wrongPins"};
    constexpr int kHoursMost = 8760;
    Wish wish;
    wish.pin = QStringLiteral("739154");
    wish.state = QStringLiteral("active");
    const bool isGood = takeHolder(body, wish.holder) && take(body, "pin", wish.pin) && take(body, "state", wish.state) && takeEnd(body, wish) &&
                        takeShields(body[QLatin1String("shields")], wish.shields) && take(body, "desk", wish.hasDesk) && take(body, "bids", 0, kBidsMost, wish.bids) &&
                        take(body, "opensInHours", 1, kHoursMost, wish.opensInHours) && take(body, "wrongPins", 0, kWrongPinsMost, wish.wrongPins);
    const bool isKnown = QStringList{"active", "new", "locked", "frozen", "cloned", "revoked", "seatEnded", "unfinished", "renewed"}.contains(wish.state);
    if (!isGood || !isKnown || !digits.match(wish.pin).hasMatch() || !hasOnly(body, wish.isActive() ? ofAny + ofActive : ofAny)) return std::nullopt;
    const bool asksForDesk = wish.bids > 0 || wish.wrongPins > 0;
    if (asksForDesk && body.contains(QLatin1String("desk")) && !wish.hasDesk) return std::nullopt;
    if (wish.wrongPins > 0 && wish.state != QLatin1String("active")) return std::nullopt; // each of these is where the ladder has led to
    if (wish.isOver && wish.state == QLatin1String("renewed")) return std::nullopt; // whose certificates have ended cannot renew them
    wish.hasDesk = wish.hasDesk || asksForDesk;
    return wish;
}

} // namespace hufu::cli
