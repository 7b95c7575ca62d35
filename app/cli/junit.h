// The outcome of a script as JUnit XML, which every build server reads: a suite for the script, a case for each line.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace hufu::cli {

struct PlayedLine {
    QString name;
    double seconds = 0;
    bool played = false; // none after the first that failed
    QString failure;     // empty: it held
};

QByteArray junitXml(const QString &suite, const QList<PlayedLine> &lines);

} // namespace hufu::cli
