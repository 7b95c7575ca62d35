// What a site asks of the person at this desk, and which sites may ask at all.
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

struct SiteView {
    Q_GADGET
    QML_VALUE_TYPE(siteView)
    Q_PROPERTY(QString origin MEMBER origin)
    Q_PROPERTY(bool allowed MEMBER allowed)
public:
    QString origin;
    bool allowed = false;
};

class SiteModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(Question question READ question NOTIFY changed)
    Q_PROPERTY(QString origin READ origin NOTIFY changed) // who asks
    Q_PROPERTY(bool program READ program NOTIFY changed)  // a program of this computer, not a web page
    Q_PROPERTY(QString project READ project NOTIFY changed)
    Q_PROPERTY(QString hint READ hint NOTIFY changed)
    Q_PROPERTY(QVariantList sites READ sites NOTIFY changed) // of siteView
    Q_PROPERTY(int port READ port NOTIFY changed)            // 0: no page can reach the desk
public:
    enum Question { None, Access, Open };
    Q_ENUM(Question)
    // A question that comes up under a finger that is on its way is not answered by it.
    static constexpr qint64 kCalmMs = 600;

    using QObject::QObject;
    Question question() const { return m_question; }
    const QString &origin() const { return m_origin; }
    bool program() const { return m_program; }
    const QString &project() const { return m_project; }
    const QString &hint() const { return m_hint; }
    const QVariantList &sites() const { return m_sites; }
    int port() const { return m_port; }

    void ask(Question question, const QString &origin, bool program, const QString &project = {}, const QString &hint = {})
    {
        m_question = question;
        m_origin = origin;
        m_program = program;
        m_project = project;
        m_hint = hint;
        m_asked.start();
        Q_EMIT changed();
    }
    void silence() { ask(None, {}, false); }
    void showSites(const QVariantList &sites)
    {
        m_sites = sites;
        Q_EMIT changed();
    }
    void setPort(int port)
    {
        m_port = port;
        Q_EMIT changed();
    }
    Q_INVOKABLE void allow()
    {
        if (m_question == Access && isCalm()) Q_EMIT answered(true);
    }
    Q_INVOKABLE void refuse()
    {
        if (m_question != None && isCalm()) Q_EMIT answered(false);
    }
    Q_INVOKABLE void openFiles(const QList<QUrl> &files)
    {
        if (m_question == Open && !files.isEmpty()) Q_EMIT filesChosen(files);
    }
    Q_INVOKABLE void remove(const QString &origin) { Q_EMIT removeAsked(origin); }
    Q_INVOKABLE void show() { Q_EMIT listAsked(); }
    Q_INVOKABLE void close() { Q_EMIT listClosed(); }

Q_SIGNALS:
    void changed();
    void answered(bool yes);
    void filesChosen(const QList<QUrl> &files);
    void removeAsked(const QString &origin);
    void listAsked();
    void listClosed();

private:
    bool isCalm() const { return m_asked.elapsed() >= kCalmMs; }

    Question m_question = None;
    QString m_origin, m_project, m_hint;
    bool m_program = false;
    QVariantList m_sites;
    int m_port = 0;
    QElapsedTimer m_asked;
};

} // namespace hufu::desk_app
