// The desk's first page: is it enrolled, and what can it do.
#pragma once

#include <QList>
#include <QObject>
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
public:
    using QObject::QObject;
    bool enrolled() const { return m_enrolled; }
    const QString &deskName() const { return m_deskName; }
    const QString &deskId() const { return m_deskId; }
    const QString &server() const { return m_server; }
    void show(bool enrolled, const QString &deskName, const QString &deskId, const QString &server)
    {
        m_enrolled = enrolled;
        m_deskName = deskName;
        m_deskId = deskId;
        m_server = server;
        Q_EMIT changed();
    }
    Q_INVOKABLE void enrol(const QString &name) { Q_EMIT enrolAsked(name.trimmed()); }
    Q_INVOKABLE void login() { Q_EMIT loginAsked(); }
    Q_INVOKABLE void sign(const QUrl &file, bool bare) { Q_EMIT signAsked(file, bare); }
    Q_INVOKABLE void seal(const QList<QUrl> &files) { Q_EMIT sealAsked(files); }
    Q_INVOKABLE void stamp(const QUrl &file) { Q_EMIT stampAsked(file); }
    Q_INVOKABLE void open(const QList<QUrl> &files) { Q_EMIT openAsked(files); }

Q_SIGNALS:
    void changed();
    void enrolAsked(const QString &name);
    void loginAsked();
    void signAsked(const QUrl &file, bool bare);
    void sealAsked(const QList<QUrl> &files);
    void stampAsked(const QUrl &file);
    void openAsked(const QList<QUrl> &files);

private:
    bool m_enrolled = false;
    QString m_deskName, m_deskId, m_server;
};

} // namespace hufu::desk_app
