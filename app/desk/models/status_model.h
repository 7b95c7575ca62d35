// The desk's first page: is it enrolled, for whom, would an act go through now, and what can it do.
#pragma once

#include "app/catalogue/catalogue.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

class StatusModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(bool enrolled READ enrolled NOTIFY changed)
    Q_PROPERTY(QString deskName READ deskName NOTIFY changed) // enrolled: its name; else a proposal
    Q_PROPERTY(QString deskId READ deskId NOTIFY changed)
    Q_PROPERTY(QString server READ server NOTIFY changed)
    Q_PROPERTY(Standing serverStanding READ serverStanding NOTIFY healthChanged)
    Q_PROPERTY(int problem READ problem NOTIFY healthChanged)  // HF-nnn of a server that is not there; 0: none
    Q_PROPERTY(double tookMs READ tookMs NOTIFY healthChanged) // to its answer
    Q_PROPERTY(Standing clockStanding READ clockStanding NOTIFY healthChanged)
    Q_PROPERTY(double aheadSeconds READ aheadSeconds NOTIFY healthChanged) // of the server's clock; negative: behind it
    Q_PROPERTY(QStringList people READ people NOTIFY healthChanged)        // who enrolled it, each with the company; empty: not known
    Q_PROPERTY(bool waits READ waits NOTIFY healthChanged)                 // for the company's administrator
    Q_PROPERTY(bool removed READ removed NOTIFY healthChanged)             // it was enrolled, and is no more
    Q_PROPERTY(QString lastPerson READ lastPerson NOTIFY healthChanged)    // who logged in last; empty: nobody yet
    Q_PROPERTY(QDateTime lastLogin READ lastLogin NOTIFY healthChanged)
    Q_PROPERTY(QStringList lost READ lost NOTIFY lostChanged) // envelopes of a sealing that was cut off, which are not where they would be; empty: nothing is asked
    Q_PROPERTY(QString lostFolder READ lostFolder NOTIFY lostChanged) // where they would be
    Q_PROPERTY(int lostCode READ lostCode CONSTANT)                    // the catalogue's word for it
public:
    enum Standing { NotKnown, Good, Bad };
    Q_ENUM(Standing)

    using QObject::QObject;
    bool enrolled() const { return m_enrolled; }
    const QString &deskName() const { return m_deskName; }
    const QString &deskId() const { return m_deskId; }
    const QString &server() const { return m_server; }
    Standing serverStanding() const { return m_serverStanding; }
    int problem() const { return m_problem; }
    double tookMs() const { return m_tookMs; }
    Standing clockStanding() const { return m_clockStanding; }
    double aheadSeconds() const { return m_aheadSeconds; }
    const QStringList &people() const { return m_people; }
    bool waits() const { return m_waits; }
    bool removed() const { return m_removed; }
    const QString &lastPerson() const { return m_lastPerson; }
    const QDateTime &lastLogin() const { return m_lastLogin; }
    const QStringList &lost() const { return m_lost; }
    const QString &lostFolder() const { return m_lostFolder; }
    static int lostCode() { return static_cast<int>(catalogue::Code::sealingCutOff); }
    void show(bool enrolled, const QString &deskName, const QString &deskId, const QString &server)
    {
        if (enrolled) setRemoved(false);
        m_enrolled = enrolled;
        m_deskName = deskName;
        m_deskId = deskId;
        m_server = server;
        Q_EMIT changed();
    }
    void setServer(Standing standing, int problem, double tookMs)
    {
        m_serverStanding = standing;
        m_problem = problem;
        m_tookMs = tookMs;
        Q_EMIT healthChanged();
    }
    void setClock(Standing standing, double aheadSeconds)
    {
        m_clockStanding = standing;
        m_aheadSeconds = aheadSeconds;
        Q_EMIT healthChanged();
    }
    void setPeople(const QStringList &people, bool waits = false)
    {
        m_people = people;
        m_waits = waits;
        Q_EMIT healthChanged();
    }
    void setRemoved(bool removed)
    {
        m_removed = removed;
        Q_EMIT healthChanged();
    }
    void setLogin(const QString &person, const QDateTime &at)
    {
        m_lastPerson = person;
        m_lastLogin = at;
        Q_EMIT healthChanged();
    }
    void askOfLost(const QStringList &names, const QString &folder)
    {
        m_lost = names;
        m_lostFolder = folder;
        Q_EMIT lostChanged();
    }
    Q_INVOKABLE void answerLost(bool isWithdrawn) { Q_EMIT lostAnswered(isWithdrawn); }
    Q_INVOKABLE void look() { Q_EMIT lookAsked(); }
    Q_INVOKABLE void enrol(const QString &name) { Q_EMIT enrolAsked(name.trimmed()); }
    Q_INVOKABLE void login() { Q_EMIT loginAsked(); }
    Q_INVOKABLE void sign(const QList<QUrl> &files, bool bare) { Q_EMIT signAsked(files, bare); }
    Q_INVOKABLE void seal(const QList<QUrl> &files) { Q_EMIT sealAsked(files); }
    Q_INVOKABLE void encrypt(const QList<QUrl> &files) { Q_EMIT encryptAsked(files); }
    Q_INVOKABLE void stamp(const QList<QUrl> &files) { Q_EMIT stampAsked(files); }
    Q_INVOKABLE void open(const QList<QUrl> &files) { Q_EMIT openAsked(files, {}); }
    // In: project, the number of the one that they must be of; empty: any.
    void openOf(const QString &project, const QList<QUrl> &files) { Q_EMIT openAsked(files, project); }

Q_SIGNALS:
    void changed();
    void healthChanged();
    void lostChanged();
    void lostAnswered(bool isWithdrawn); // else they are elsewhere
    void lookAsked();
    void enrolAsked(const QString &name);
    void loginAsked();
    void signAsked(const QList<QUrl> &files, bool bare);
    void sealAsked(const QList<QUrl> &files);
    void encryptAsked(const QList<QUrl> &files);
    void stampAsked(const QList<QUrl> &files);
    void openAsked(const QList<QUrl> &files, const QString &project);

private:
    bool m_enrolled = false, m_removed = false, m_waits = false;
    QString m_deskName, m_deskId, m_server, m_lastPerson;
    QDateTime m_lastLogin;
    Standing m_serverStanding = NotKnown, m_clockStanding = NotKnown;
    int m_problem = 0;
    double m_tookMs = 0, m_aheadSeconds = 0;
    QStringList m_people, m_lost;
    QString m_lostFolder;
};

} // namespace hufu::desk_app
