// A case for support: what would be sent, the person's own words, and the number under which both sides find it again.
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class SupportModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(bool possible READ possible NOTIFY changed)    // there is a server to send it to
    Q_PROPERTY(QString facts READ facts NOTIFY changed)       // what the phone adds, whole
    Q_PROPERTY(QString number READ number NOTIFY changed)     // "HC-00000042" once it was sent; else empty
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int problem READ problem NOTIFY changed)       // HF-nnn, 0: none
public:
    static constexpr int kWordsMost = 200; // characters

    using QObject::QObject;
    bool possible() const { return m_possible; }
    const QString &facts() const { return m_facts; }
    const QString &number() const { return m_number; }
    bool busy() const { return m_busy; }
    int problem() const { return m_problem; }
    // The page is opened anew.
    void visit(bool possible, const QString &facts)
    {
        m_possible = possible;
        m_facts = facts;
        m_number.clear();
        m_problem = 0;
        m_busy = false;
        Q_EMIT changed();
    }
    void answer(const QString &number, int problem)
    {
        m_number = number;
        m_problem = problem;
        m_busy = false;
        Q_EMIT changed();
    }
    Q_INVOKABLE void send(const QString &words, const QString &language)
    {
        if (m_busy || !m_possible) return;
        m_busy = true;
        m_problem = 0;
        Q_EMIT changed();
        Q_EMIT sendAsked(words.trimmed().left(kWordsMost), language);
    }

Q_SIGNALS:
    void changed();
    void sendAsked(const QString &words, const QString &language);

private:
    bool m_possible = false, m_busy = false;
    QString m_facts, m_number;
    int m_problem = 0;
};

} // namespace hufu::phone_app
