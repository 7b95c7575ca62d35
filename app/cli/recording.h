// What was done at the windows of phone and desk, as the lines of a script that does it again.
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace hufu::cli {

struct RecordedAct {
    QString who;     // phone or desk
    QJsonObject act; // of the control socket's word "recorded"
};

// In: title, of one line; start, the first line's word; acts, in the order in which they were done.
// Pages on the way from one act to the next are not expected, since nobody waited for them.
QByteArray scriptOf(const QString &title, const QString &start, const QList<RecordedAct> &acts);

} // namespace hufu::cli
