// hufu scan: what the phone's eye makes of pictures.
#include "app/cli/words.h"

#include "platform/eye/reading.h"
#include "platform/eye/source.h"

#include "shield/base/limits.h"
#include "shield/intent/frame.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>

namespace hufu::cli {

using catalogue::Code;

// A code may hold anything; a terminal is shown printable UTF-8 alone.
static std::string printable(const eye::Sighting &seen)
{
    const auto whole = QString::fromUtf8(seen.bytes.data(), static_cast<qsizetype>(seen.bytes.size()));
    const bool text = whole.toStdString() == seen.bytes && std::all_of(whole.begin(), whole.end(), [](QChar c) {
                          return c.isPrint() || c.isSurrogate();
                      });
    return text ? seen.bytes : toHex(hufu::viewOf(seen.bytes));
}

// The code of ours among several, else the first.
static const eye::Sighting &chosen(const std::vector<eye::Sighting> &seen)
{
    const auto ours = std::find_if(seen.begin(), seen.end(),
                                   [](const eye::Sighting &one) { return !catalogue::foreignOf(one.text); });
    return ours == seen.end() ? seen.front() : *ours;
}

static std::optional<Code> problemOf(const eye::Sighting &seen)
{
    if (const auto foreign = catalogue::foreignOf(seen.text)) return foreign;
    if (!intent::Frame::fromText(seen.text)) return Code::frameBroken;
    return std::nullopt;
}

static int scanOne(const QString &path, bool named, bool fresh)
{
    const auto picture = eye::FileSource(path).next();
    if (!picture) {
        explain(picture.error().code == Errc::badInput ? Code::fileUnknown : Code::fileUnreadable, path);
        return kUnreadable;
    }
    const auto seen = eye::readCodes(*picture, "HUFU:");
    if (seen.empty()) {
        explain(Code::noCodeInImage, path);
        return kFailed;
    }
    const eye::Sighting &code = chosen(seen);
    std::printf("%s%s\n", named ? (path.toStdString() + ": ").c_str() : "", printable(code).c_str());
    if (const auto problem = problemOf(code)) {
        explain(*problem, path);
        return kFailed;
    }
    // A picture says nothing of when the session began; but the code in it is as old as the picture at least.
    const qint64 ageMs = QFileInfo(path).lastModified().msecsTo(QDateTime::currentDateTime());
    if (fresh && ageMs > limits::kFrameMaxAgeMs) {
        explain(Code::frameTooOld, QStringLiteral("%1, %2 s").arg(path).arg(ageMs / 1000));
        return kFailed;
    }
    return kGood;
}

int scan(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption freshOption(QStringLiteral("fresh"));
    parser.addOption(freshOption);
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu scan")) + arguments);
    const QStringList files = parser.positionalArguments();
    const bool fresh = parser.isSet(freshOption);
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("PICTURE"), QStringLiteral("缺少图片"), QStringLiteral("no picture is named"));
    if (check.isWrong())
        return check.tell("usage: hufu scan [--fresh] PICTURE...\n"
                          "  Prints the text of the code in each picture, hex if it is no text. What is no code of ours is explained, and the\n"
                          "  exit code is 1; 3 if a file is no picture. --fresh: so is a picture older than a code is good for.\n");
    int exit = kGood;
    for (const QString &path : files)
        exit = std::max(exit, scanOne(path, files.size() > 1, fresh));
    return exit;
}

} // namespace hufu::cli
