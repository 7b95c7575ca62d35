#include "app/desk/history_keeper.h"

#include "app/catalogue/catalogue.h"

namespace hufu::desk_app {

static void show(const History &history, DeskScreens &screens)
{
    screens.history()->show(history.records());
    for (const Record &record : history.records()) {
        if (record.act == QLatin1String(Record::kRemoved)) break;
        if (record.act == actOf(ErrandKind::login) && record.problem == 0)
            return screens.status()->setLogin(record.person, QDateTime::fromMSecsSinceEpoch(record.atMs));
    }
    screens.status()->setLogin({}, {});
}

static void keep(const Record &record, History &history, DeskScreens &screens)
{
    const auto kept = history.add(record);
    show(history, screens);
    if (!kept) screens.history()->fail(static_cast<int>(catalogue::Code::diskFull));
}

void noteRemoval(History &history, DeskScreens &screens, ports::Clock &clock)
{
    Record record;
    record.atMs = clock.unixMs();
    record.act = QLatin1String(Record::kRemoved);
    record.problem = static_cast<int>(catalogue::Code::deskUnknown);
    keep(record, history, screens);
}

void keepHistory(Counter &counter, History &history, DeskScreens &screens, ports::Clock &clock)
{
    QObject::connect(&counter, &Counter::ended, &screens,
                     [&](const Errand &errand, const Finished &finished, const QString &whose, int problem) {
                         keep(recordOf(errand, finished, whose, problem, clock.unixMs()), history, screens);
                     });
    QObject::connect(screens.history(), &HistoryModel::clearAsked, &screens, [&] {
        const auto cleared = history.clear();
        show(history, screens);
        if (!cleared) screens.history()->fail(static_cast<int>(catalogue::Code::fileUnwritable));
    });
    show(history, screens);
}

} // namespace hufu::desk_app
