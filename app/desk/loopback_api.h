// What web pages and programs of this computer may ask of the desk: whether it is ready, and to begin an act in its window.
// openapi.yaml beside this file says it in full. Nothing here signs, reads or names a file: the person chooses the files in the
// desk's own dialog, sees the code in its window, and approves on the phone.
// On the GUI thread; requests come in from the servers' threads through Gate.
#pragma once

#include "app/desk/counter.h"
#include "app/desk/sites.h"
#include "platform/net/router.h"

#include <QElapsedTimer>
#include <deque>
#include <list>
#include <mutex>
#include <optional>

namespace hufu::desk_app {

class LoopbackApi : public QObject {
    Q_OBJECT
public:
    static constexpr int kQuestionMs = 60'000;  // how long the person is asked whether a site may
    // After a question that nobody answered, or that was refused, no new site is asked about for so long, whichever it is: a page has as
    // many names as it likes. Twice as long after each further one in a row.
    static constexpr qint64 kSilentMs = 30'000, kSilentMostMs = 600'000;
    static constexpr int kWaitMost = 60;        // seconds of a long poll
    static constexpr int kLookMs = 10'000;      // how old an answer about readiness may be
    static constexpr std::size_t kActsKept = 16;
    static constexpr std::size_t kListenersMost = 16; // of the servers' connections; who comes later asks instead

    LoopbackApi(DeskScreens &screens, Counter &counter, Sites &sites, ports::Random &random);
    ~LoopbackApi() override; // answers who waits; the servers must still be there

    // The end points, for any number of servers. They refuse once this is gone.
    net::Router router() const;
    void setPatience(int ms, qint64 silentMs = kSilentMs)
    {
        m_question.setInterval(ms);
        m_silentMs = silentMs;
    }
    // What a server answers by itself.
    static net::Response problemOfStatus(int status);

Q_SIGNALS:
    void attentionWanted(); // the window is asked something, and may be behind others

private:
    struct Act {
        QString id, origin;
        QString project = {}; // open: its number, of which the envelopes must be; empty: any
        Wish::Act kind = Wish::Act::seal;
        QString state;
        bool over = false;
        int code = 0, percent = -1; // HF-nnn; of the work under way
        quint64 version = 1;
        QJsonArray files;
    };
    struct Waiter {
        quint64 number = 0;
        QString origin, act; // act empty: waits for the person's word on the origin
        quint64 since = 0;
        net::Reply reply;
    };
    // Hears each change of an act, by server-sent events.
    struct Listener {
        QString origin, act;
        quint64 told = 0; // the version
        std::shared_ptr<net::Stream> stream;
    };
    struct Gate {
        std::mutex mutex;
        LoopbackApi *api = nullptr;
    };
    using Handle = void (LoopbackApi::*)(const Site &, const net::Request &, const net::Reply &);

    void add(net::Router &router, const char *method, const char *pattern, Handle handle, bool isForAll) const;
    void take(const net::Request &request, const net::Reply &reply, Handle handle, bool isForAll);
    void preflight(const net::Request &request, const net::Reply &reply);

    void showAccess(const Site &site, const net::Request &request, const net::Reply &reply);
    void askAccess(const Site &site, const net::Request &request, const net::Reply &reply);
    void showStatus(const Site &site, const net::Request &request, const net::Reply &reply);
    void beginAct(const Site &site, const net::Request &request, const net::Reply &reply);
    void showAct(const Site &site, const net::Request &request, const net::Reply &reply);
    void followAct(const Site &site, const net::Request &request, const net::Reply &reply);
    void endAct(const Site &site, const net::Request &request, const net::Reply &reply);

    void answerQuestion(bool yes);
    void openChosen(const QList<QUrl> &files);
    void removeSite(const QString &origin);
    void showSites();
    void update();
    void judge(Act &act) const;
    void withdraw();
    bool isHeld() const;
    bool isCovered() const;
    bool isBusy() const;
    QString accessOf(const QString &origin) const;
    QJsonObject accessJson(const QString &access) const;
    void fallSilent();
    qint64 silentMsLeft() const;
    QJsonObject statusNow(const Site &site, const net::Request &request) const;
    static QJsonObject jsonOf(const Act &act);
    Act *find(const QString &id, const QString &origin);
    Act *current();
    void wait(Waiter waiter, int seconds);
    net::Response answerTo(const Waiter &waiter);
    void listen(const QString &origin, const QString &act, std::shared_ptr<net::Stream> stream);
    void tell();
    void wake();

    DeskScreens &m_screens;
    Counter &m_counter;
    Sites &m_sites;
    ports::Random &m_random;
    std::shared_ptr<Gate> m_gate;
    QTimer m_question;
    qint64 m_silentMs = kSilentMs;
    int m_unheard = 0; // questions in a row that ran out or were refused, until the person has let a site in or looked at the sites
    QElapsedTimer m_silence; // since the last of them
    std::deque<Act> m_acts; // the newest last; only that one may be under way
    std::list<Waiter> m_waiters;
    std::list<Listener> m_listeners;
    quint64 m_waited = 0;              // numbers the waiters
    struct Looker {
        Site site;
        net::Request request;
        net::Reply reply;
    };
    std::vector<Looker> m_lookers; // wait for the server's answer
    std::optional<std::int64_t> m_lookedMs; // monotonic
    bool m_reached = false;
    int m_problem = 0; // HF-nnn with which the server refused to say; 0: it has said, or could not be reached
    // By which the desk's people could open an envelope now, as envelopes name them; and once nobody is locked any more.
    QStringList m_openKeys, m_lockedKeys;
};

} // namespace hufu::desk_app
