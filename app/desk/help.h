// Help at the desk: the diagnosis and its report, the log as a file, whom to ask, and cases for support. On the GUI thread.
#pragma once

#include "app/desk/counter.h"
#include "app/desk/health.h"
#include "app/desk/log.h"

namespace hufu::desk_app {

// What the diagnosis looks at besides the server. Each may be left out: then it is not known.
struct Surroundings {
    std::function<bool()> isWritable; // the desk's folder takes a file and gives it back
    std::function<qint64()> freeBytes;
    std::function<bool()> isKeyringOpen; // what it seals it opens
    std::function<int()> port;           // at which web pages may ask; 0: none
    std::function<bool()> isKeptApart = {}; // what opens the element: in the desktop's keyring, not in a file
};

class Help : public QObject {
    Q_OBJECT
public:
    static constexpr int kAnswerMs = 15'000;
    static constexpr char kContactsFile[] = "desk-support"; // whom to ask is asked for most when the server is not there
    static constexpr std::size_t kContactsMost = 4096;
    static constexpr qsizetype kCodesMost = 10;
    static constexpr qint64 kFreeLeast = 64 * 1024 * 1024; // octets

    Help(DeskScreens &screens, Counter &counter, Health &health, Log &log, ports::DeviceStore &store, AskServer ask, const QString &serverName,
         Surroundings surroundings);

    // In English, to be read by whoever helps: no name, number, file or key in it.
    QString report() const;

private:
    void pageChanged();
    void visitHelp();
    void show();
    QList<FindingView> findings() const;
    QString facts() const;
    void showContacts(const QJsonObject &json);
    void send(const QString &words, const QString &language);
    void save(const QString &file);
    void noteEnd(const Errand &errand, const Finished &finished, int problem);

    DeskScreens &m_screens;
    Counter &m_counter;
    Health &m_health;
    Log &m_log;
    ports::DeviceStore &m_store;
    AskServer m_ask;
    QString m_serverName;
    Surroundings m_surroundings;
    QStringList m_codes; // of what went wrong since the start, the newest last
    QString m_from = QStringLiteral("status"); // the page before
    int m_answered = -1; // the problem that the server's last look had; -1: none yet
    bool m_isWritable = true, m_isKeyringOpen = true; // at the last look
    qint64 m_freeBytes = -1;
};

// Notes what the server answered, except what goes well again and again.
AskServer logged(AskServer ask, Log &log, ports::Clock &clock);

} // namespace hufu::desk_app
