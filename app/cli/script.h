// A tester's script: JSON, one object a line, each one act or one expectation; tests/scripts/README.md tells every word.
// A script is checked as a whole before its first line is played.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <optional>

namespace hufu::cli {

struct ScriptLine {
    int number = 0; // in the file, from 1
    QString text;   // as it stands there
    QString word;   // the one of its members that says what to do
    QJsonObject object;
};

// "30 min", "3 h": a number and a unit, as kDurationIs has it. Empty: no such time.
std::optional<qint64> durationMs(const QString &text);
inline constexpr char kDurationIs[] = "a time like \"30 min\": a number and s, min, h, d or y (365 days), 273 years at most";

// A line {"each":[TEXT...],"do":[LINE...]} stands for its lines once for each text, which comes where they say "$each".
struct BadLine {
    int number = 0;
    QString why;
};

struct Script {
    QString title; // the first comment; may be empty
    QString suite; // of the sign keys: sm2 or frost
    QList<ScriptLine> lines; // the first is the start
    std::optional<BadLine> bad; // then nothing else counts

    static constexpr qint64 kSizeMax = 256 * 1024;
    static Script parse(const QByteArray &content);
};

} // namespace hufu::cli
