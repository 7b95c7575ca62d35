// Whom to ask, as the server tells it; and a case for support as the server takes it: which page, which codes, what the phone measured, and the person's words.
#pragma once

#include "app/shell/support_model.h"
#include "shield/vault/vault.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace hufu::phone_app {

inline constexpr qsizetype kCodesMost = 10; // as many as the server takes

// In: page, of Screens::nameOf; codes, "HF-nnn", the newest last. Returns: JSON, and nothing in it names a person unless words do.
QByteArray caseOf(const QString &page, const QString &language, const QStringList &codes, const QString &facts, const QString &words);

// Of any bytes.
shell::Contacts readContacts(const QByteArray &body);

// What the server has told, or told last; empty: nothing yet. Called with what is kept, and again with what is heard; on the GUI thread.
using ContactsHeard = std::function<void(const QByteArray &body)>;
using ContactsAsker = std::function<void(const vault::ServerLink &, ContactsHeard)>;

// Sends it to the pinned server. done: the number, or HF-nnn; called once, on the GUI thread.
using CaseSent = std::function<void(const QString &number, int problem)>;
using CaseSender = std::function<void(const vault::ServerLink &, const QByteArray &, CaseSent)>;

// The ways to support; without one of them the page offers nothing of it.
struct SupportLine {
    CaseSender send;
    ContactsAsker ask;
};

// The server's answer to it.
void readCaseAnswer(int status, const QByteArray &body, const CaseSent &done);

} // namespace hufu::phone_app
