// app_speed [--json FILE]: how long hufu-phone takes from its start to the first frame of its first page, what memory it holds then, and what a
// frame costs while a page animates and while the eye looks for a code; each beside a plain Qt Quick window. Drawn in memory
// by the software renderer, so that machines without a graphics card measure the same. Returns 1 if a frame costs more than one may.
#include "app/sheet/stage.h"
#include "app/shell/look.h"
#include "app/shell/settings.h"
#include "platform/eye/drawing.h"
#include "platform/eye/scanner.h"
#include "platform/outside/system_clock.h"
#include "tests/bench/bench.h"
#include "tests/bench/frames.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLocalSocket>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <fstream>

using namespace hufu;

namespace {

constexpr int kStarts = 15;
constexpr int kPatienceMs = 20'000;
constexpr double kFrameMostUs = 1e6 / 60;

struct Start {
    double milliseconds = 0, mebibytes = 0;
};

// The proportional set: what is shared with other programs is counted in parts.
double memoryOf(qint64 process)
{
    std::ifstream rollup("/proc/" + std::to_string(process) + "/smaps_rollup");
    for (std::string line; std::getline(rollup, line);)
        if (line.starts_with("Pss:")) return std::stod(line.substr(4)) / 1024;
    return 0;
}

constexpr char kFrame[] = "Frame rendered"; // the renderer tells of each where logging is asked to

// Until the first frame; with control, until the first frame of that page, for whose word the program's control socket is asked.
std::optional<Start> started(const QString &program, const QStringList &words, const QString &control = {}, const QString &page = {})
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("qt.scenegraph.time.renderloop=true"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer time;
    time.start();
    process.start(program, words);
    QLocalSocket line;
    while (!control.isEmpty() && line.state() != QLocalSocket::ConnectedState) {
        if (time.elapsed() > kPatienceMs || process.state() == QProcess::NotRunning) return std::nullopt;
        line.connectToServer(control);
        if (!line.waitForConnected(1)) QThread::usleep(500);
    }
    if (!control.isEmpty()) {
        line.write(QStringLiteral(R"({"do":"waitPage","page":"%1","ms":%2})").arg(page).arg(kPatienceMs).toUtf8() + '\n');
        line.flush();
        while (!line.canReadLine())
            if (time.elapsed() > kPatienceMs || !line.waitForReadyRead(kPatienceMs)) return std::nullopt;
        if (!line.readLine().contains("\"ok\":true")) return std::nullopt;
        process.waitForReadyRead(0);
        process.readAll(); // frames of the page before it
    }
    QByteArray told;
    while (!told.contains(kFrame)) {
        if (time.elapsed() > kPatienceMs || !process.waitForReadyRead(kPatienceMs)) return std::nullopt;
        told += process.readAll();
    }
    Start out{static_cast<double>(time.nsecsElapsed()) / 1e6, 0};
    process.waitForFinished(700); // what is made right after the first frame belongs to it
    out.mebibytes = memoryOf(process.processId());
    process.kill();
    process.waitForFinished();
    return out;
}

// Microseconds of a frame, as a child says.
std::optional<double> frameOf(const QString &program, const QStringList &words)
{
    QProcess process;
    process.start(program, words);
    if (!process.waitForFinished(kPatienceMs) || process.exitCode() != 0) return std::nullopt;
    bool ok = false;
    const double out = process.readAllStandardOutput().split(' ').value(0).toDouble(&ok);
    return ok ? std::optional(out) : std::nullopt;
}

// The child: a page of the phone that moves, and the eye at work or not.
int showPage(bool scans)
{
    sheet::Stage stage;
    if (stage.window() == nullptr) return 1;
    shell::Settings::of(stage.engine())->setMotion(true);
    stage.show(scans ? QStringLiteral("scan") : QStringLiteral("working"));
    outside::SystemClock clock;
    eye::Scanner scanner(clock, "HUFU:");
    QImage frame(1280, 720, QImage::Format_RGB32);
    frame.fill(Qt::white);
    {
        QPainter painter(&frame);
        painter.drawImage(400, 200, *eye::drawCode("HUFU:1:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 5));
    }
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, [&] {
        scanner.look(frame, [](const std::vector<eye::Sighting> &) {});
        stage.window()->update(); // as the page shows what the eye looks at
    });
    if (scans) look.start(phone_app::ScanModel::kLookIntervalMs);
    bench::FrameMeter::run(*stage.window());
    return QGuiApplication::exec();
}

bool addStarts(bench::Bench &bench, const QString &phone, const QString &plain)
{
    std::vector<double> ours, theirs, ourMemory, theirMemory;
    for (int i = 0; i < kStarts; ++i) {
        const QTemporaryDir folder; // a phone that was never used: its first run
        const QString control = folder.filePath(QStringLiteral("control"));
        const auto a = started(phone, {QStringLiteral("--data"), folder.filePath(QStringLiteral("phone")), QStringLiteral("--control"), control}, control, QStringLiteral("welcome"));
        const auto b = started(plain, {});
        if (!a || !b) return false;
        ours.push_back(a->milliseconds);
        theirs.push_back(b->milliseconds);
        ourMemory.push_back(a->mebibytes);
        theirMemory.push_back(b->mebibytes);
    }
    using Reference = bench::Row::Reference;
    bench.add({"app.cold_start", "ms", bench::median(ours), Reference{"a plain Qt Quick window", bench::median(theirs)}});
    bench.add({"app.memory", "MiB", bench::median(ourMemory), Reference{"a plain Qt Quick window", bench::median(theirMemory)}});
    return true;
}

bool addFrames(bench::Bench &bench, const QString &self, const QString &plain)
{
    constexpr int kBeatMs = 110; // of Spinner.qml
    const auto turning = frameOf(plain, {QStringLiteral("animate"), QString::number(kBeatMs)});
    const auto turningSlowly = frameOf(plain, {QStringLiteral("animate"), QString::number(phone_app::ScanModel::kLookIntervalMs)});
    const auto working = frameOf(self, {QStringLiteral("--page"), QStringLiteral("working")});
    const auto scanning = frameOf(self, {QStringLiteral("--page"), QStringLiteral("scan")});
    if (!turning || !turningSlowly || !working || !scanning) return false;
    using Reference = bench::Row::Reference;
    bench.add({"app.frame_animating", "us", *working, Reference{"something small that turns as often", *turning}});
    bench.add({"app.frame_scanning", "us", *scanning, Reference{"something small that turns as often", *turningSlowly}});
    return true;
}

} // namespace

int main(int count, char **arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication app(count, arguments);
    shell::prepareLook(app, "hufu-phone");
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == QLatin1String("--page")) return showPage(words.value(2) == QLatin1String("scan"));
    bench::Bench bench;
    const QString folder = QCoreApplication::applicationDirPath() + QLatin1Char('/');
    const QString plain = folder + QStringLiteral("plain_window");
    if (!addStarts(bench, folder + QStringLiteral("hufu-phone"), plain) || !addFrames(bench, QCoreApplication::applicationFilePath(), plain)) {
        std::fputs("app_speed: a window did not come up\n", stderr);
        return 1;
    }
    std::vector<bench::Limit> limits;
    for (const bench::Row &row : bench.rows())
        if (row.unit == "us") limits.push_back({row.name, row.unit, row.value, kFrameMostUs});
    const bench::Verdict verdict = bench::verdict(limits);
    std::printf("\n%s\n%s", bench::table(bench.rows()).c_str(), verdict.text.c_str());
    const bool withJson = words.size() == 3 && words.at(1) == QLatin1String("--json");
    const bool isWritten = !withJson || bench::appendJson(words.at(2).toStdString(), bench.rows());
    return isWritten && verdict.isMet ? 0 : 1;
}
