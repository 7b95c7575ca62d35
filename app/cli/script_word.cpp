// hufu script run: a tester's script on the real programs, without a display.
#include "app/cli/junit.h"
#include "app/cli/script_player.h"
#include "app/cli/words.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>
#include <cstdio>

namespace hufu::cli {

static int refuse(const QString &path, int number, const QString &why)
{
    explain(catalogue::Code::scriptWrong, QStringLiteral("%1:%2: %3").arg(path).arg(number).arg(why));
    return kUnreadable;
}

static bool save(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
}

// Plays until a line fails, and says how each went.
static QList<PlayedLine> playAll(ScriptPlayer &player, const Script &script)
{
    QList<PlayedLine> all;
    bool good = true;
    for (const ScriptLine &line : script.lines) {
        PlayedLine played{QStringLiteral("%1: %2").arg(line.number).arg(line.text), 0, good, {}};
        if (good) {
            QElapsedTimer time;
            time.start();
            good = player.play(line);
            played.seconds = static_cast<double>(time.elapsed()) / 1000.0;
            if (!good) played.failure = player.why();
            std::printf("  %s  %s  (%.1f s)\n", good ? "ok  " : "FAIL", qUtf8Printable(played.name), played.seconds);
            if (!good) std::printf("        %s\n", qUtf8Printable(played.failure));
            std::fflush(stdout);
        }
        all.append(played);
    }
    return all;
}

static int run(const QString &path, const QString &junit, const QString &shots)
{
    const auto content = readFile(path, Script::kSizeMax);
    if (!content) return kUnreadable;
    const Script script = Script::parse(*content);
    if (script.bad) return refuse(path, script.bad->number, script.bad->why);
    if (!shots.isEmpty() && !QDir().mkpath(shots)) {
        explain(catalogue::Code::fileUnreadable, shots);
        return kUnreadable;
    }

    const QTemporaryDir folder;
    // The programs take file names as the script has them.
    if (!folder.isValid() || !QDir::setCurrent(folder.path())) {
        explain(catalogue::Code::storageFull, QDir::tempPath());
        return kUnreadable;
    }
    const QString name = QFileInfo(path).completeBaseName();
    std::printf("%s: %s\n", qUtf8Printable(name), qUtf8Printable(script.title));
    ScriptPlayer player(folder.path(), script.suite);
    const QList<PlayedLine> lines = playAll(player, script);

    bool passed = true;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].failure.isEmpty()) continue;
        passed = false;
        if (player.unknownWord()) return refuse(path, script.lines[i].number, lines[i].failure);
    }
    if (!passed && !shots.isEmpty())
        for (const QString &kept : player.keepEvidence(shots, name))
            std::printf("        kept: %s\n", qUtf8Printable(kept));
    if (!junit.isEmpty() && !save(junit, junitXml(name, lines))) {
        explain(catalogue::Code::storageFull, junit);
        return kUnreadable;
    }
    return passed ? kGood : kFailed;
}

int script(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption junit(QStringLiteral("junit"), QString(), QStringLiteral("file"));
    const QCommandLineOption shots(QStringLiteral("shots"), QString(), QStringLiteral("folder"));
    parser.addOptions({junit, shots});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu script")) + arguments);
    const QStringList words = parser.positionalArguments();
    if (!parsed || words.size() != 2 || words[0] != QLatin1String("run")) {
        std::fputs("usage: hufu script run FILE [--junit FILE] [--shots DIR]\n"
                   "  Plays a tester's script on server, desk and phone, without a display. --junit: how each line went, as\n"
                   "  XML. --shots: after a failure the folder gets pictures of phone and desk, and the programs' logs.\n",
                   stderr);
        return kUsage;
    }
    const auto absolute = [](const QString &path) { return path.isEmpty() ? path : QDir::current().absoluteFilePath(path); };
    return run(absolute(words[1]), absolute(parser.value(junit)), absolute(parser.value(shots)));
}

} // namespace hufu::cli
