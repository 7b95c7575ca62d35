// The state of a whole simulation, server and phones together: a phone alone put back would be a clone to its server.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace hufu::cli {

inline constexpr char kStates[] = "states"; // folder of the states in that of a simulation

// A secret's file stays one: permissions go with it.
bool copyTree(const QString &from, const QString &to);
bool isStateName(const QString &name); // 1 to 40 of a-z, A-Z, 0-9, - and _
// Nothing of the simulation may run. Each: false: it does not, or not whole; a state that is saved again is replaced.
bool saveState(const QString &folder, const QString &name);
bool loadState(const QString &folder, const QString &name); // what was there is gone
bool resetState(const QString &folder);                     // all but the saved states is gone
// What a kill in the middle of one of these has left: afterwards the simulation is as before it, or as after. Called at each start.
// False: it could not be done; parts of both states are there, in the folder and under states/, and nothing may start on them.
[[nodiscard]] bool mendState(const QString &folder);
QStringList savedStates(const QString &folder);
bool isInUse(const QString &folder); // by a server

} // namespace hufu::cli
