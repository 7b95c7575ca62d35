// Whom to ask; and a case for support: what would be sent, the person's own words, and the number under which both sides find it again.
#pragma once

#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

class QJsonObject;

namespace hufu::shell {

struct ContactView {
    Q_GADGET
    QML_VALUE_TYPE(contactView)
    Q_PROPERTY(QString kind MEMBER kind) // person, group, hotline, hours
    Q_PROPERTY(QString zh MEMBER zh)
    Q_PROPERTY(QString en MEMBER en)
public:
    QString kind, zh, en;
};

// Of the server's answer to a GET of /support/v1. What is not in both languages is no contact, and a chat that is no https address none.
struct Contacts {
    QVariantList named; // of contactView
    QString chat;       // empty: none
    static Contacts of(const QJsonObject &json);
};

class SupportModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(bool possible READ possible NOTIFY changed)         // there is a server to send it to
    Q_PROPERTY(QVariantList contacts READ contacts NOTIFY changed) // of contactView; empty: the server has not told
    Q_PROPERTY(QString chat READ chat NOTIFY changed)              // an https address; empty: none
    Q_PROPERTY(int code READ code NOTIFY changed)                  // of the failure that led here, HF-nnn; 0: none did
    Q_PROPERTY(QString facts READ facts NOTIFY changed)            // what the program adds to a case, whole
    Q_PROPERTY(QString words READ words WRITE setWords NOTIFY wordsChanged) // the person's own; kept until they are sent
    Q_PROPERTY(QString number READ number NOTIFY changed)          // "HC-00000042" once it was sent; else empty
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int problem READ problem NOTIFY changed)            // HF-nnn, 0: none
public:
    static constexpr int kWordsMost = 200; // characters

    using QObject::QObject;
    bool possible() const { return m_possible; }
    const QVariantList &contacts() const { return m_contacts.named; }
    const QString &chat() const { return m_contacts.chat; }
    int code() const { return m_code; }
    const QString &facts() const { return m_facts; }
    const QString &words() const { return m_words; }
    void setWords(const QString &words)
    {
        if (words == m_words) return;
        m_words = words;
        Q_EMIT wordsChanged();
    }
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
    void showContacts(const Contacts &contacts)
    {
        m_contacts = contacts;
        Q_EMIT changed();
    }
    void answer(const QString &number, int problem)
    {
        m_number = number;
        m_problem = problem;
        m_busy = false;
        if (problem == 0) setWords({});
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
    Q_INVOKABLE void diagnose() { Q_EMIT diagnosisAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void wordsChanged();
    void sendAsked(const QString &words, const QString &language);
    void diagnosisAsked();
    void closed();

private:
    bool m_possible = false, m_busy = false;
    Contacts m_contacts;
    QString m_facts, m_words, m_number;
    int m_problem = 0, m_code = 0;
};

} // namespace hufu::shell
