#include "app/desk/history_keeper.h"

#include "app/catalogue/catalogue.h"

namespace hufu::desk_app {

static void show(const History &history, DeskScreens &screens)
{
    screens.history()->show(history.records());
    for (const Record &record : history.records())
        if (record.act == actOf(ErrandKind::login) && record.problem == 0)
            return screens.status()->setLogin(record.person, QDateTime::fromMSecsSinceEpoch(record.atMs));
    screens.status()->setLogin({}, {});
}

void keepHistory(Counter &counter, History &history, DeskScreens &screens, ports::Clock &clock)
{
    QObject::connect(&counter, &Counter::ended, &screens,
                     [&](const Errand &errand, const Finished &finished, const QString &whose, int problem) {
                         const auto kept = history.add(recordOf(errand, finished, whose, problem, clock.unixMs()));
                         show(history, screens);
                         if (!kept) screens.history()->fail(static_cast<int>(catalogue::Code::diskFull));
                     });
    QObject::connect(screens.history(), &HistoryModel::clearAsked, &screens, [&] {
        const auto cleared = history.clear();
        show(history, screens);
        if (!cleared) screens.history()->fail(static_cast<int>(catalogue::Code::fileUnwritable));
    });
    show(history, screens);
}

} // namespace hufu::desk_app
