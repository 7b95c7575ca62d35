// The programs of a simulation on one machine: server, phone and desk, their folders, and the stand-ins' SMS inbox.
#pragma once

#include "app/cli/program.h"
#include "platform/net/https_client.h"

#include <QJsonArray>
#include <QString>
#include <map>
#include <memory>
#include <optional>

namespace hufu::cli {

class Stage {
public:
    // folder: holds server/, phone/, desk/ and their logs; made if missing.
    // suite: sm2 or frost, of the sign keys of the demo company.
    explicit Stage(QString folder, QString suite = QStringLiteral("sm2"))
        : m_folder(std::move(folder)), m_suite(std::move(suite)) {}

    // Starts the server with the demo company and the stand-ins, on the port of the folder's last run; with fault it kills
    // itself at that durable step. False if it did not get ready.
    bool startServer(const QString &fault = {});
    // The server starts without a company, and with the portal.
    void startEmpty() { m_seed = QStringLiteral("portal"); }
    // The policy of the demo company, when it is made, asks for this besides the PIN, as hufu-server's --asks has it.
    void setAsks(const QString &asks) { m_asks = asks; }
    // Programs that are started from now on cannot make a file larger; nothing: they can.
    void setQuota(std::optional<qint64> octets) { m_quota = octets; }
    // Stops the server (kill: at once, as a power cut would) and starts it again on the same port.
    bool restartServer(bool kill, const QString &fault = {});
    // Waits until the server is dead by its own hand.
    bool serverDied(int ms);
    // One of the server's operator's words, on the running server's data. Returns: the first line; empty if it failed.
    QJsonObject operate(const QStringList &words);
    bool operatorDies(const QStringList &words); // likewise, of a word with a --fault: whether its program was killed before it said anything
    // For whom a phone is activated from now on: one of the testers' people, by phone number. Without it: the demo company's
    // person. False: nobody's number.
    bool become(const QString &phoneNumber);
    // For somebody new at the company of this credit code or name, which is made if there is none. False: it is neither.
    bool employ(const QString &company);
    const QJsonObject &person() const { return m_person; } // as the server tells of them
    QString activation() const { return m_person.value(QLatin1String("activation")).toString(); } // the link
    QString phoneNumber() const { return m_person.value(QLatin1String("phoneNumber")).toString(); }
    QString outcome() const { return m_person.value(QLatin1String("outcome")).toString(); } // empty: the demo company's person
    // What the operator sees of this person's newest phone; empty: nothing.
    QJsonObject device();
    // The clock of all programs here, ahead by so much. False: the server does not answer.
    bool jump(qint64 ms);
    // Which phone is meant from now on, by the name of its folder; at first "phone". It need not be there yet.
    void choose(const QString &phone);
    const QString &chosen() const { return m_chosen; }
    QString folderOf(const QString &phone) const { return m_folder + QLatin1Char('/') + phone; }
    void setPerson(const QJsonObject &person) { m_person = person; } // as person() gave it
    void stopPhone() { m_phones[m_chosen].reset(); }
    void stopAll();
    // A second phone out of a copy of the first one's folder.
    bool copyPhone();
    bool startCopy();
    void stopCopy() { m_copies[m_chosen].reset(); }
    // Starts a program with a control socket. False if it does not answer.
    bool startPhone(const QString &language, const QStringList &more = {});
    bool startDesk(const QString &language, const QStringList &more = {});
    // The phone at hand has a desk of its own from now on, as long as its folder is there; without one the desk is everybody's.
    bool giveDesk();
    bool hasOwnDesk() const { return deskName() != QLatin1String(kSharedDesk); }
    void takeDesk(); // its own one, with all that is in it
    bool clearDesk(); // ends the one that is meant; the next one is another computer's. False: its folder stays

    Program &server() { return *m_server; }
    Program &phone() { return *m_phones.at(m_chosen); }
    Program &desk() { return *m_desks.at(deskName()); }
    Program &copy() { return *m_copies.at(m_chosen); }
    bool phoneRuns() const;
    bool deskRuns() const;
    bool deskWasClosed(); // everybody's, by its person
    bool copyRuns() const;
    const QJsonObject &ready() const { return m_ready; } // the server's ready line
    QString folder() const { return m_folder; }

    // One request to the server over pinned TLS; blocks. No status: no answer.
    net::Answer fetch(const QString &path, int ms = 5000, const QByteArray &method = "GET", const QByteArray &body = {},
                      const net::HttpsClient::Headers &headers = {});
    // What is done while a phone or desk is waited for, again and again; it may ask them, too. Of those that are started from now on.
    void setMeanwhile(std::function<void()> meanwhile) { m_meanwhile = std::move(meanwhile); }
    void pause(int ms) const; // and meanwhile that
    // Messages of the stand-in SMS gateway, newest first. In: number, another one than the person's.
    QJsonArray inbox() { return inboxOf(phoneNumber()); }
    QJsonArray inboxOf(const QString &number);
    // The digits of the newest SMS; waits until one newer than the last one asked for is there.
    std::optional<QString> newestCode(int ms = 10000);
    // How many of this person's messages were looked for a code.
    qsizetype messagesSeen() const { return m_messagesSeen; }
    void setMessagesSeen(qsizetype count) { m_messagesSeen = count; }

private:
    QStringList operatorWords(const QStringList &words) const;
    static constexpr char kSharedDesk[] = "desk";
    QString deskName() const; // of its folder
    std::unique_ptr<Program> client(const QString &name, const QString &language, const QStringList &more);

    QString m_folder, m_suite, m_seed = QStringLiteral("demo");
    QString m_asks;
    QJsonObject m_ready, m_person;
    std::unique_ptr<Program> m_server;
    std::map<QString, std::unique_ptr<Program>> m_phones, m_copies; // of each, by the phone's name
    std::map<QString, std::unique_ptr<Program>> m_desks;            // by the folder's
    QString m_chosen = QStringLiteral("phone");
    std::unique_ptr<net::HttpsClient> m_https;
    qsizetype m_messagesSeen = 0;
    std::optional<qint64> m_quota;
    std::function<void()> m_meanwhile;
};

} // namespace hufu::cli
