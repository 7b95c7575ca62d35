// Whom to ask, and a case for support: what would be sent, the person's own words, and the number under which both sides find it again.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

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
    Q_PROPERTY(QVariantList contacts READ contacts NOTIFY changed) // of contactView
    Q_PROPERTY(QString chat READ chat NOTIFY changed)              // an https address; empty: none
    Q_PROPERTY(QString facts READ facts NOTIFY changed)            // what the desk adds to a case, whole
    Q_PROPERTY(QString words READ words WRITE setWords NOTIFY wordsChanged) // the person's own; kept until they are sent
    Q_PROPERTY(QString number READ number NOTIFY changed)          // "HC-00000042" once it was sent; else empty
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int problem READ problem NOTIFY changed)            // HF-nnn, 0: none
public:
    static constexpr int kWordsMost = 200; // characters

    using QObject::QObject;
    const QVariantList &contacts() const { return m_contacts; }
    const QString &chat() const { return m_chat; }
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
    void showContacts(const QVariantList &contacts, const QString &chat)
    {
        m_contacts = contacts;
        m_chat = chat;
        Q_EMIT changed();
    }
    // The page is opened anew.
    void visit(const QString &facts)
    {
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
        if (problem == 0) setWords({});
        Q_EMIT changed();
    }
    Q_INVOKABLE void send(const QString &words, const QString &language)
    {
        if (m_busy) return;
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
    QVariantList m_contacts;
    QString m_chat, m_facts, m_words, m_number;
    int m_problem = 0;
    bool m_busy = false;
};

} // namespace hufu::desk_app
