// hufu script record: what a tester does at the windows becomes a script.
#include "app/cli/recording.h"
#include "app/cli/script_player.h"
#include "app/cli/words.h"

#include <QDir>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QThread>
#include <algorithm>
#include <csignal>
#include <cstdio>

namespace hufu::cli {

namespace {

volatile std::sig_atomic_t enough = 0;

class Recorder : private ScriptPlayer {
public:
    explicit Recorder(const QString &folder) : ScriptPlayer(folder, QStringLiteral("sm2")) {}

    using ScriptPlayer::play;
    using ScriptPlayer::why;

    // After the start was played.
    bool begin()
    {
        for (const QString &who : {QStringLiteral("phone"), QStringLiteral("desk")}) {
            Program *program = running(who);
            if (program != nullptr && !programDo(*program, {{QStringLiteral("do"), QStringLiteral("record")}})) return false;
        }
        return true;
    }
    // What was done since. False: the window of phone or desk is closed.
    bool gather(bool hasDesk)
    {
        QList<RecordedAct> now;
        for (const QString &who : {QStringLiteral("phone"), QStringLiteral("desk")}) {
            Program *program = running(who);
            if (program == nullptr) continue;
            program->waitForExit(0);
            for (const QJsonValue &act : program->ask({{QStringLiteral("do"), QStringLiteral("recorded")}}, 2000)[QLatin1String("acts")].toArray())
                now.append({who, act.toObject()});
        }
        std::ranges::stable_sort(now, {}, [](const RecordedAct &one) { return one.act[QLatin1String("atMs")].toInteger(); });
        m_acts += now;
        return m_stage.phoneRuns() && (!hasDesk || m_stage.deskRuns());
    }
    const QList<RecordedAct> &acts() const { return m_acts; }

private:
    QList<RecordedAct> m_acts;
};

} // namespace

int recordScript(const QString &path, const QString &start, const QString &by)
{
    std::optional<QByteArray> hands;
    if (!by.isEmpty() && !(hands = readFile(by, Script::kSizeMax))) return kUnreadable;
    const Script script = Script::parse(hands ? *hands : QByteArray("{\"start\":\"") + start.toLatin1() + "\"}\n");
    if (script.bad) {
        explain(catalogue::Code::scriptWrong, QStringLiteral("%1:%2: %3").arg(by).arg(script.bad->number).arg(script.bad->why));
        return kUnreadable;
    }
    const QTemporaryDir folder;
    if (!folder.isValid() || !QDir::setCurrent(folder.path())) {
        explain(catalogue::Code::storageFull, QDir::tempPath());
        return kUnreadable;
    }
    std::signal(SIGINT, [](int) { enough = 1; });
    std::signal(SIGTERM, [](int) { enough = 1; });
    Recorder recorder(folder.path());
    const QString from = script.lines[0].object[QLatin1String("start")].toString();
    const bool hasDesk = from == QLatin1String("ready");
    if (!recorder.play(script.lines[0]) || !recorder.begin()) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(recorder.why()));
        return kFailed;
    }
    if (by.isEmpty()) std::printf("Recording. Close the phone's window, or press Ctrl-C, when it is enough.\n");
    std::fflush(stdout);
    for (const ScriptLine &line : script.lines.mid(1)) {
        const bool done = recorder.play(line);
        recorder.gather(hasDesk);
        if (done) continue;
        std::fprintf(stderr, "%d: %s\n", line.number, qUtf8Printable(recorder.why()));
        return kFailed;
    }
    while (by.isEmpty() && enough == 0 && recorder.gather(hasDesk))
        QThread::msleep(100);
    QSaveFile file(path);
    const QByteArray content = scriptOf(by.isEmpty() ? QStringLiteral("Recorded; say here what it shows.") : script.title, from, recorder.acts());
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush() && file.commit()) return kGood;
    explain(catalogue::Code::storageFull, path);
    return kUnreadable;
}

} // namespace hufu::cli
