#include "app/cli/state.h"

#include "app/cli/words.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QStorageInfo>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace hufu::cli {

namespace {

constexpr auto kAll = QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot | QDir::System;

} // namespace

bool copyTree(const QString &from, const QString &to)
{
    if (!QDir().mkpath(to) || !QFile::setPermissions(to, QFile::permissions(from))) return false;
    for (const QFileInfo &entry : QDir(from).entryInfoList(kAll)) {
        const QString target = to + QLatin1Char('/') + entry.fileName();
        const bool done = entry.isDir() ? copyTree(entry.filePath(), target) : QFile::copy(entry.filePath(), target);
        if (!done) return false;
    }
    return true;
}

namespace {

bool copyAllBut(const QString &states, const QString &from, const QString &to)
{
    for (const QFileInfo &entry : QDir(from).entryInfoList(kAll)) {
        if (entry.fileName() == states) continue;
        const QString target = to + QLatin1Char('/') + entry.fileName();
        if (!(entry.isDir() ? copyTree(entry.filePath(), target) : QFile::copy(entry.filePath(), target))) return false;
    }
    return true;
}

QString pathOf(const QString &folder, const QString &name)
{
    return folder + QLatin1Char('/') + QLatin1String(kStates) + QLatin1Char('/') + name;
}

} // namespace

bool isStateName(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("^[A-Za-z0-9_-]{1,40}$"));
    return pattern.match(name).hasMatch();
}

bool saveState(const QString &folder, const QString &name)
{
    const QString to = pathOf(folder, name), part = to + QStringLiteral(".part"), old = to + QStringLiteral(".old");
    QDir(part).removeRecursively();
    if (!QDir().mkpath(part) || !copyAllBut(QLatin1String(kStates), folder, part)) return false;
    if (QFileInfo(to).isDir() && !QDir().rename(to, old)) return false;
    return QDir().rename(part, to) && QDir(old).removeRecursively();
}

// Everything of the folder but the states, or of a state, goes from one place to the other; within a disk no octet is copied.
static bool moveAll(const QString &from, const QString &to)
{
    bool all = true;
    for (const QFileInfo &entry : QDir(from).entryInfoList(kAll))
        if (entry.fileName() != QLatin1String(kStates)) all = QDir().rename(entry.filePath(), to + QLatin1Char('/') + entry.fileName()) && all;
    return all;
}

// The copy is whole before what is there now is touched, and that is away only when the other is in its place. By the names of
// the folders mendState() knows how far it was: NAME.going, what is there is being taken away; NAME.gone, all of it is.
bool loadState(const QString &folder, const QString &name)
{
    const QString from = pathOf(folder, name), coming = pathOf(folder, name + QStringLiteral(".coming")), going = pathOf(folder, name + QStringLiteral(".going")),
                  gone = pathOf(folder, name + QStringLiteral(".gone"));
    const bool copied = QFileInfo(from).isDir() && copyTree(from, coming) && QDir().mkpath(going);
    if (copied && moveAll(folder, going) && QDir().rename(going, gone)) {
        if (moveAll(coming, folder)) {
            QDir(coming).removeRecursively();
            QDir(gone).removeRecursively();
            return true;
        }
        if (moveAll(folder, coming)) QDir().rename(gone, going);
    }
    (void)mendState(folder); // or at the next start
    return false;
}

bool mendState(const QString &folder)
{
    const QDir states(folder + QLatin1Char('/') + QLatin1String(kStates));
    const auto all = [&states](const char *what) {
        QStringList names;
        for (const QString &entry : states.entryList({QStringLiteral("*.") + QLatin1String(what)}, QDir::Dirs))
            names << entry.section(QLatin1Char('.'), 0, 0);
        return names;
    };
    for (const QString &name : all("gone")) {
        if (!moveAll(pathOf(folder, name + QStringLiteral(".coming")), folder)) return false; // both are kept until it can be done
        QDir(pathOf(folder, name + QStringLiteral(".coming"))).removeRecursively();
        QDir(pathOf(folder, name + QStringLiteral(".gone"))).removeRecursively();
    }
    for (const QString &name : all("going")) {
        if (!moveAll(pathOf(folder, name + QStringLiteral(".going")), folder)) return false;
        QDir().rmdir(pathOf(folder, name + QStringLiteral(".going")));
    }
    for (const QString &name : all("coming"))
        QDir(pathOf(folder, name + QStringLiteral(".coming"))).removeRecursively();
    for (const QString &name : all("old")) {
        if (!QFileInfo(pathOf(folder, name)).isDir()) QDir().rename(pathOf(folder, name + QStringLiteral(".old")), pathOf(folder, name));
        QDir(pathOf(folder, name + QStringLiteral(".old"))).removeRecursively();
    }
    for (const QString &name : all("part"))
        QDir(pathOf(folder, name + QStringLiteral(".part"))).removeRecursively();
    return true;
}

bool resetState(const QString &folder)
{
    for (const QFileInfo &entry : QDir(folder).entryInfoList(kAll)) {
        if (entry.fileName() == QLatin1String(kStates)) continue;
        if (!(entry.isDir() ? QDir(entry.filePath()).removeRecursively() : QFile::remove(entry.filePath()))) return false;
    }
    return true;
}

QStringList savedStates(const QString &folder)
{
    return QDir(folder + QLatin1Char('/') + QLatin1String(kStates)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name).filter(QRegularExpression(QStringLiteral("^[^.]+$")));
}

// The programs of this folder hold a file of it, or a socket that lies in none; what they were started with names it.
static bool aProgramRunsOn(const QString &folder)
{
    const QByteArray within = QFile::encodeName(QFileInfo(folder).canonicalFilePath()) + '/', itself = QByteArray::number(::getpid());
    for (const QString &process : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (process.toLatin1() == itself) continue;
        QFile started(QStringLiteral("/proc/%1/cmdline").arg(process));
        if (!started.open(QIODevice::ReadOnly)) continue;
        const QList<QByteArray> words = started.readAll().split('\0');
        const QByteArray program = words.value(0).mid(words.value(0).lastIndexOf('/') + 1);
        if (program != "hufu-phone" && program != "hufu-desk") continue;
        // The folder may be named from where the program stands, or by another way that leads there.
        const QDir from(QFileInfo(QStringLiteral("/proc/%1/cwd").arg(process)).symLinkTarget());
        for (qsizetype i = 0; i < words.size(); ++i) {
            const QByteArray data = words[i] == "--data" ? words.value(i + 1) : words[i].startsWith("--data=") ? words[i].mid(7) : QByteArray();
            if (!data.isEmpty() && QFile::encodeName(QFileInfo(from.absoluteFilePath(QFile::decodeName(data))).canonicalFilePath()).startsWith(within)) return true;
        }
    }
    return false;
}

bool isInUse(const QString &folder)
{
    if (aProgramRunsOn(folder)) return true;
    const int lock = ::open(QFile::encodeName(folder + QStringLiteral("/server/lock")).constData(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return false;
    const bool taken = ::flock(lock, LOCK_EX | LOCK_NB) != 0;
    ::close(lock);
    return taken;
}

static int act(const QString &word, const QString &name, const QString &folder)
{
    const bool isFree = !isInUse(folder);
    if (isFree && !mendState(folder)) {
        explain(catalogue::Code::fileUnwritable, folder + QLatin1Char('/') + QLatin1String(kStates));
        return kFailed;
    }
    if (!QFileInfo(folder).isDir() || (word == QLatin1String("load") && !savedStates(folder).contains(name))) {
        explain(catalogue::Code::fileUnreadable, name.isEmpty() ? folder : pathOf(folder, name));
        return kUnreadable;
    }
    if (!isFree) {
        explain(catalogue::Code::wrongState, folder);
        return kFailed;
    }
    const bool done = word == QLatin1String("save") ? saveState(folder, name) : word == QLatin1String("load") ? loadState(folder, name) : resetState(folder);
    if (done) return kGood;
    const bool isRoom = QStorageInfo(folder).bytesAvailable() > 1'048'576;
    explain(isRoom ? catalogue::Code::fileUnwritable : catalogue::Code::diskFull, folder);
    return kFailed;
}

static int stateWords(const QString &program, const QStringList &arguments, const char *usage)
{
    QCommandLineParser parser;
    const QCommandLineOption data(QStringLiteral("data"), QString(), QStringLiteral("folder"), simulationFolder());
    parser.addOption(data);
    const bool parsed = parser.parse(QStringList(program) + arguments);
    const QString folder = QDir(parser.value(data)).absolutePath();
    const QStringList words = parser.positionalArguments();
    const QString word = program == QLatin1String("hufu reset") ? QStringLiteral("reset") : words.value(0);
    const QStringList rest = words.mid(word == QLatin1String("reset") ? 0 : 1);
    if (parsed && word == QLatin1String("list") && rest.isEmpty()) {
        for (const QString &name : savedStates(folder))
            std::printf("%s\n", qUtf8Printable(name));
        return kGood;
    }
    const bool named = QStringList{"save", "load"}.contains(word) && rest.size() == 1 && isStateName(rest[0]);
    const bool isReset = word == QLatin1String("reset");
    WordCheck check(parser, parsed);
    check.wrongIf(word.isEmpty(), QStringLiteral("save | load | list"), QStringLiteral("缺少其中一个"), QStringLiteral("one of these is missing"));
    check.wrongIf(!isReset && !QStringList{"save", "load", "list"}.contains(word), word,
                  QStringLiteral("只能是 save、load 或 list"), QStringLiteral("is none of save, load, list"));
    check.wrongIf(!isReset && word != QLatin1String("list") && rest.isEmpty(), QStringLiteral("NAME"),
                  QStringLiteral("缺少状态的名字"), QStringLiteral("is missing: how the state is called"));
    check.wrongIf(!named && !isReset && rest.size() == 1 && word != QLatin1String("list"), rest.value(0),
                  QStringLiteral("不能作为名字"), QStringLiteral("cannot be a name"));
    check.wrongIf(!named && !(isReset && rest.isEmpty()), rest.value(isReset || word == QLatin1String("list") ? 0 : 1),
                  QStringLiteral("多余"), QStringLiteral("is one too many"));
    if (check.isWrong()) return check.tell(usage);
    return act(word, rest.value(0), folder);
}

QString simulationFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/hufu/sim");
}

int state(const QStringList &arguments)
{
    return stateWords(QStringLiteral("hufu state"), arguments,
                      "usage: hufu state save NAME | load NAME | list  [--data DIR]\n"
                      "  Keeps the whole state of a simulation, server and phones together, or puts it back. Nothing of it may run.\n");
}

int reset(const QStringList &arguments)
{
    return stateWords(QStringLiteral("hufu reset"), arguments,
                      "usage: hufu reset [--data DIR]\n"
                      "  The simulation begins from nothing; saved states stay. Nothing of it may run.\n");
}

} // namespace hufu::cli
