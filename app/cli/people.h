// What the testers' people do, by the word of their outcome; who they are says the server (app/server/test_people.cpp).
#pragma once

#include <QString>
#include <optional>

namespace hufu::cli {

struct Habit {
    QByteArray before; // lines of a script, on an activated phone, once
    QByteArray answer; // after each scan
};

// Empty: no such outcome. An outcome of the activation has a habit that does nothing.
std::optional<Habit> habitOf(const QString &outcome);
bool cannotBeActivated(const QString &outcome); // its phone gets no further than the activation

} // namespace hufu::cli
