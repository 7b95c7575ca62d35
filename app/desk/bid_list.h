// Keeps the desk's list of sealed bids fresh. On the GUI thread.
#pragma once

#include "app/desk/health.h"
#include "app/desk/identity.h"
#include "app/desk/journal.h"
#include "app/desk/models/bid_list_model.h"
#include "app/desk/server.h"
#include "shield/ports/clock.h"

#include <QTimer>
#include <optional>

namespace hufu::desk_app {

class BidList : public QObject {
    Q_OBJECT
public:
    static constexpr int kTickMs = 1'000;
    static constexpr std::int64_t kFetchEveryMs = 30'000;
    static constexpr int kAnswerMs = 15'000;

    // In: journal, of the same folder as the identity.
    BidList(BidListModel &model, Identity &identity, Journal &journal, ports::Clock &clock, AskServer ask);

    // Nothing opens while the server is away or this computer's clock is wrong, whatever the list says.
    void follow(const Health &health);
    void fetch(); // one at a time
    // The files of these bids are there: the server is told, again and again until it answers, by the next run as well, so that nobody
    // waits for them any more.
    void opened(const QStringList &ids);
    void takeUp(); // what the program's last run could not tell
    // Of these bids there is no file: their sessions are ended, and then they are withdrawn, likewise; undone() is told at the end.
    void undo(quint64 sealing, const QStringList &tokens, const QStringList &ids);
    void left(); // nobody has this desk any more: there is nothing to tell

Q_SIGNALS:
    void undone(quint64 sealing);

private:
    void tick();
    void tellOpened(const QStringList &ids);
    void tell();
    void tellNext();
    void withdraw(const QString &id);
    void ask(const QByteArray &method, const QString &path, const QByteArray &body, ServerDone done);

    BidListModel &m_model;
    Identity &m_identity;
    Journal &m_journal;
    ports::Clock &m_clock;
    AskServer m_ask;
    QTimer m_timer;
    std::int64_t m_fetchedMs = 0;
    bool m_fetching = false, m_everFetched = false, m_telling = false;
    struct Step {
        QByteArray method;
        QString path;
    };
    struct News {
        QList<Step> steps;                // in this order
        std::optional<quint64> ends = {}; // the sealing that is undone by it
        QString opened = {};              // the bid whose opening it tells
    };
    void add(News news);
    QList<News> m_news; // that the server does not know of yet
    quint64 m_leavings = 0; // an answer to what was told before the last one is nobody's
    qsizetype m_left = 0; // of them to be tried in this look
};

} // namespace hufu::desk_app
