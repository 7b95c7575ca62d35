// Whom to ask; and a case for support: what would be sent, the person's own words, and the number under which both sides find it again.
#pragma once

#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

struct ContactView {
    Q_GADGET
    QML_VALUE_TYPE(contactView)
    Q_PROPERTY(QString kind MEMBER kind) // person, group, hotline, hours
    Q_PROPERTY(QString zh MEMBER zh)
    Q_PROPERTY(QString en MEMBER en)
public:
    QString kind, zh, en;
};

class SupportModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(bool possible READ possible NOTIFY changed)    // there is a server to send it to
    Q_PROPERTY(QVariantList contacts READ contacts NOTIFY changed) // of contactView; empty: the server has not told
    Q_PROPERTY(QString chat READ chat NOTIFY changed)        // https; empty: none
    Q_PROPERTY(int code READ code NOTIFY changed)            // of the failure that led here, HF-nnn; 0: none did
    Q_PROPERTY(QString facts READ facts NOTIFY changed)       // what the phone adds, whole
    Q_PROPERTY(QString number READ number NOTIFY changed)     // "HC-00000042" once it was sent; else empty
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int problem READ problem NOTIFY changed)       // HF-nnn, 0: none
public:
    static constexpr int kWordsMost = 200; // characters

    using QObject::QObject;
    bool possible() const { return m_possible; }
    const QVariantList &contacts() const { return m_contacts; }
    const QString &chat() const { return m_chat; }
    int code() const { return m_code; }
    const QString &facts() const { return m_facts; }
    const QString &number() const { return m_number; }
    bool busy() const { return m_busy; }
    int problem() const { return m_problem; }
    // The page is opened anew.
    void visit(bool possible, const QString &facts, int code = 0)
    {
        m_code = code;
        m_possible = possible;
        m_facts = facts;
        m_number.clear();
        m_problem = 0;
        m_busy = false;
        Q_EMIT changed();
    }
    void showContacts(const QVariantList &contacts, const QString &chat)
    {
        m_contacts = contacts;
        m_chat = chat;
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
    QVariantList m_contacts;
    QString m_facts, m_number, m_chat;
    int m_problem = 0, m_code = 0;
};

} // namespace hufu::phone_app
