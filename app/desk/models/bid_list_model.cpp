#include "app/desk/models/bid_list_model.h"

#include "app/catalogue/catalogue.h"

#include <QJsonArray>

#include <algorithm>

namespace hufu::desk_app {

// The place of a name in the list; 0: none of it.
static int placeOf(const QString &name, std::initializer_list<const char *> names)
{
    const auto *it = std::ranges::find(names, name, [](const char *each) { return QString::fromLatin1(each); });
    return it == names.end() ? 0 : static_cast<int>(it - names.begin()) + 1;
}

static SealedBidView sealedBidOf(const QJsonObject &json, const QString &person)
{
    SealedBidView view;
    view.id = json.value(QLatin1String("id")).toString();
    view.person = person;
    const QJsonObject project = json.value(QLatin1String("project")).toObject();
    view.project = project.value(QLatin1String("name")).toString();
    view.number = project.value(QLatin1String("id")).toString();
    view.package = project.value(QLatin1String("package")).toString();
    view.file = json.value(QLatin1String("fileName")).toString();
    const auto openingMs = static_cast<qint64>(json.value(QLatin1String("openingMs")).toDouble());
    if (openingMs > 0) view.openingAt = QDateTime::fromMSecsSinceEpoch(openingMs);
    for (const QJsonValue &name : json.value(QLatin1String("recipients")).toArray())
        view.recipients << name.toString();
    view.own = json.value(QLatin1String("own")).toBool();
    view.light = placeOf(json.value(QLatin1String("light")).toString(), {"green", "amber", "red"});
    view.cause = placeOf(json.value(QLatin1String("cause")).toString(),
                         {"ready", "keyMissing", "blocked", "locked", "serverAway", "clockWrong", "rehearsalDue", "openNow"});
    return view;
}

// In the order of opening::readinessOf. A list that could not be fetched is as good as a server that is away: its lights are of former days.
QVariantList BidListModel::bids() const
{
    const bool isClockWrong = m_isClockWrong || m_problem == static_cast<int>(catalogue::Code::clockSkewed);
    const bool isServerAway = m_isServerAway || (m_problem != 0 && !isClockWrong);
    QVariantList list;
    for (SealedBidView bid : m_bids) {
        if ((isServerAway || isClockWrong) && bid.cause != KeyMissing && bid.cause != Blocked && bid.cause != Locked) {
            bid.light = Red;
            bid.cause = isServerAway ? ServerAway : ClockWrong;
        }
        list.append(QVariant::fromValue(bid));
    }
    return list;
}

void BidListModel::show(const QJsonObject &answer)
{
    QList<SealedBidView> bids;
    for (const QJsonValue &holder : answer.value(QLatin1String("holders")).toArray())
        for (const QJsonValue &bid : holder[QLatin1String("bids")].toArray())
            if (bid[QLatin1String("awaited")].toBool()) bids << sealedBidOf(bid.toObject(), holder[QLatin1String("person")].toString());
    const auto opening = [](const SealedBidView &bid) { return bid.openingAt.isValid() ? bid.openingAt.toMSecsSinceEpoch() : INT64_MAX; };
    std::stable_sort(bids.begin(), bids.end(), [&opening](const SealedBidView &a, const SealedBidView &b) { return opening(a) < opening(b); });
    if (bids == m_bids && m_problem == 0) return;
    m_bids = bids;
    m_problem = 0;
    Q_EMIT changed();
}

} // namespace hufu::desk_app
