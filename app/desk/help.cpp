#include "app/desk/help.h"

#include "app/catalogue/catalogue.h"
#include "platform/archive/archive.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QSysInfo>
#include <cmath>


namespace hufu::desk_app {

using catalogue::Code;
using D = DiagnosisModel;

namespace {

QString versions()
{
    return QStringLiteral("Hufu desk %1, Qt %2, %3").arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()), QSysInfo::prettyProductName());
}

QString codeOf(int problem)
{
    return QString::fromStdString(catalogue::codeText(static_cast<Code>(problem)));
}

} // namespace

Help::Help(DeskScreens &screens, Counter &counter, Health &health, Log &log, ports::DeviceStore &store, AskServer ask, const QString &serverName,
           Surroundings surroundings)
    : m_screens(screens), m_counter(counter), m_health(health), m_log(log), m_store(store), m_ask(std::move(ask)), m_serverName(serverName),
      m_surroundings(std::move(surroundings))
{
    m_log.note(QStringLiteral("start: %1, %2").arg(versions(), QSysInfo::currentCpuArchitecture()));
    connect(&m_counter, &Counter::ended, this,
            [this](const Errand &errand, const Finished &finished, const QString &, int problem) { noteEnd(errand, finished, problem); });
    connect(&m_health, &Health::looked, this, [this] {
        const int problem = m_health.findings().problem;
        if (std::exchange(m_answered, problem) != problem) m_log.note(problem == 0 ? QStringLiteral("the server answers") : QStringLiteral("the server: ") + codeOf(problem));
        if (m_screens.page() == DeskScreens::Diagnosis) show();
    });
    connect(&m_health, &Health::removed, this, [this] { m_log.note(QStringLiteral("this desk was removed")); });
    connect(&m_screens, &DeskScreens::pageChanged, this, &Help::pageChanged);
    connect(m_screens.diagnosis(), &D::runAsked, this, [this] {
        show();
        m_health.look();
    });
    connect(m_screens.diagnosis(), &D::saveAsked, this, &Help::save);
    connect(m_screens.support(), &shell::SupportModel::sendAsked, this, &Help::send);
    const auto kept = m_store.read(kContactsFile);
    if (kept) showContacts(QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char *>(kept->data()), static_cast<qsizetype>(kept->size()))).object());
}

void Help::noteEnd(const Errand &errand, const Finished &finished, int problem)
{
    QString line = QStringLiteral("%1 of %2: ").arg(actOf(errand.kind)).arg(std::max<qsizetype>(errand.files.size(), errand.file.isEmpty() ? 0 : 1));
    line += problem == 0 ? QStringLiteral("done") : problem == Record::kCancelled ? QStringLiteral("cancelled") : codeOf(problem);
    QList<int> problems{problem};
    for (const Bid &bid : finished.bids)
        problems << bid.problem;
    for (const int one : problems)
        if (one > 0) m_codes << codeOf(one);
    for (const Bid &bid : finished.bids)
        if (bid.problem > 0) line += QLatin1Char(' ') + codeOf(bid.problem);
    if (m_codes.size() > kCodesMost) m_codes = m_codes.mid(m_codes.size() - kCodesMost);
    m_log.note(line);
}

void Help::pageChanged()
{
    const auto page = m_screens.page();
    if (page == DeskScreens::Help) return visitHelp();
    if (page == DeskScreens::Diagnosis) {
        m_screens.diagnosis()->visit();
        show();
        return m_health.look();
    }
    m_from = DeskScreens::nameOf(page);
}

void Help::visitHelp()
{
    m_screens.support()->visit(true, facts());
    m_ask("GET", QStringLiteral("/support/v1"), {}, QByteArray(), kAnswerMs, [guard = QPointer<Help>(this)](const ServerAnswer &answer) {
        if (!guard || !answer.good()) return; // what was heard last stays
        guard->showContacts(answer.json);
        const QByteArray json = QJsonDocument(answer.json).toJson(QJsonDocument::Compact);
        const ByteView view(reinterpret_cast<const std::uint8_t *>(json.constData()), static_cast<std::size_t>(json.size()));
        if (view.size() <= kContactsMost) static_cast<void>(guard->m_store.write(kContactsFile, view)); // without it they are asked for again
    });
}

void Help::showContacts(const QJsonObject &json)
{
    m_screens.support()->showContacts(shell::Contacts::of(json));
}

QList<FindingView> Help::findings() const
{
    const Findings &found = m_health.findings();
    const auto state = [](bool isKnown, bool isGood) { return !isKnown ? D::Unknown : isGood ? D::Good : D::Bad; };
    const auto code = [](bool isGood, Code why) { return isGood ? 0 : static_cast<int>(why); };
    const bool isOther = found.problem == static_cast<int>(Code::pinMismatch);
    const bool isEnrolled = m_counter.identity().enrolled();
    const bool isRight = !found.isClockWrong();
    const bool isRoomy = m_isWritable && (m_freeBytes < 0 || m_freeBytes >= kFreeLeast);
    const bool isApart = m_surroundings.isKeptApart && m_surroundings.isKeptApart();
    const int port = m_surroundings.port ? m_surroundings.port() : 0;
    return {{D::Server, state(found.looked, found.problem == 0 || isOther), static_cast<double>(found.tookMs), isOther ? 0 : found.problem},
            {D::Pin, state(found.looked && (found.problem == 0 || isOther), !isOther), 0, isOther ? found.problem : 0},
            {D::Clock, state(found.aheadMs.has_value(), isRight), static_cast<double>(found.aheadMs.value_or(0)) / 1000, code(isRight, Code::clockSkewed)},
            {D::Enrolment, state(true, isEnrolled), static_cast<double>(found.people.size()), code(isEnrolled, Code::deskUnknown)},
            {D::Storage, state(bool(m_surroundings.isWritable), isRoomy), static_cast<double>(m_freeBytes), code(isRoomy, Code::diskFull)},
            {D::Keyring, state(bool(m_surroundings.isKeyringOpen), m_isKeyringOpen), isApart ? 1.0 : 0.0, code(m_isKeyringOpen, Code::internal)},
            {D::Pages, state(true, port > 0), static_cast<double>(port), 0}};
}

void Help::show()
{
    if (m_surroundings.isWritable) m_isWritable = m_surroundings.isWritable();
    if (m_surroundings.isKeyringOpen) m_isKeyringOpen = m_surroundings.isKeyringOpen();
    if (m_surroundings.freeBytes) m_freeBytes = m_surroundings.freeBytes();
    m_screens.diagnosis()->show(findings(), report());
}

// With one digit behind the point, and never "-0.0".
static QString tenths(double value)
{
    return QString::number(std::round(value * 10) / 10 + 0.0, 'f', 1);
}

QString Help::report() const
{
    static const char *const kNames[] = {"server", "its key", "clock ahead by (s)", "enrolled, people", "folder, GB free", "keyring", "port for pages"};
    static const char *const kStates[] = {"not known", "good", "bad"};
    QStringList out{versions(), QStringLiteral("kernel %1 %2, %3").arg(QSysInfo::kernelType(), QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture()),
                    QStringLiteral("server at %1").arg(m_serverName)};
    for (const FindingView &finding : findings()) {
        QString line = QStringLiteral("%1: %2").arg(QLatin1String(kNames[finding.kind]), QLatin1String(kStates[finding.state]));
        if (finding.kind == D::Clock) line += QStringLiteral(", ") + tenths(finding.value);
        else if (finding.kind == D::Storage) line += QStringLiteral(", ") + (finding.value < 0 ? QStringLiteral("not known") : tenths(finding.value / 1e9));
        else if (finding.kind != D::Pin && finding.kind != D::Keyring) line += QStringLiteral(", ") + QString::number(finding.value, 'f', 0);
        if (finding.kind == D::Keyring) line += finding.value > 0 ? QStringLiteral(", the desktop's") : QStringLiteral(", a file");
        if (finding.code != 0) line += QStringLiteral(", ") + codeOf(finding.code);
        out << line;
    }
    out << QStringLiteral("last codes: ") + (m_codes.isEmpty() ? QStringLiteral("none") : m_codes.join(QLatin1Char(' ')));
    return out.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

// What goes with a case: measured, and of no person.
QString Help::facts() const
{
    const Findings &found = m_health.findings();
    return QStringLiteral("Qt %1, %2; server %3, %4 ms; clock %5 s; enrolled %6; port %7")
        .arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(), found.problem == 0 ? QStringLiteral("good") : codeOf(found.problem))
        .arg(found.tookMs)
        .arg(tenths(static_cast<double>(found.aheadMs.value_or(0)) / 1000))
        .arg(m_counter.identity().enrolled() ? 1 : 0)
        .arg(m_surroundings.port ? m_surroundings.port() : 0);
}

void Help::send(const QString &words, const QString &language)
{
    QStringList codes = m_codes;
    const QString &added = m_screens.support()->facts();
    const QJsonObject object{{QStringLiteral("page"), QStringLiteral("desk-") + m_from},
                             {QStringLiteral("language"), language == QLatin1String("en") ? QStringLiteral("en") : QStringLiteral("zh-CN")},
                             {QStringLiteral("browser"), QStringLiteral("Hufu desk %1").arg(QCoreApplication::applicationVersion()).left(40)},
                             {QStringLiteral("codes"), QJsonArray::fromStringList(codes)},
                             {QStringLiteral("words"), words.isEmpty() ? added : words + QStringLiteral(" / ") + added}};
    m_ask("POST", QStringLiteral("/support/v1/cases"), {{"content-type", "application/json"}}, QJsonDocument(object).toJson(QJsonDocument::Compact), kAnswerMs,
          [guard = QPointer<Help>(this)](const ServerAnswer &answer) {
              if (!guard) return;
              const QString number = answer.json.value(QLatin1String("number")).toString();
              const bool isTaken = answer.good() && number.startsWith(QLatin1String("HC-"));
              guard->m_screens.support()->answer(isTaken ? number : QString(), isTaken ? 0 : answer.problem());
          });
}

void Help::save(const QString &file)
{
    QList<NamedBytes> contents{{QStringLiteral("diagnosis.txt"), report().toUtf8()}};
    contents += m_log.files();
    std::vector<archive::NamedFile> files;
    for (const NamedBytes &content : contents)
        files.push_back({content.first.toStdString(), {reinterpret_cast<const std::uint8_t *>(content.second.constData()), static_cast<std::size_t>(content.second.size())}});
    const auto zip = archive::zipped(files);
    const int problem = zip ? writeWhole(file, *zip) : static_cast<int>(Code::fileUnwritable);
    m_screens.diagnosis()->tellSaved(problem == 0 ? QFileInfo(file).fileName() : QString(), problem);
}

AskServer logged(AskServer ask, Log &log, ports::Clock &clock)
{
    return [ask = std::move(ask), &log, &clock](const QByteArray &method, const QString &target, const Headers &headers, const QByteArray &body, int waitMs,
                                                ServerDone done) {
        const QString path = target.section(QLatin1Char('?'), 0, 0);
        const bool isUsual = method == "GET" && (path == QLatin1String("/healthz") || path == QLatin1String("/desk/v1/enrolment") || path == QLatin1String("/desk/v1/bids"));
        ask(method, target, headers, body, waitMs, [=, &log, &clock, done = std::move(done), sentMs = clock.monotonicMs()](const ServerAnswer &answer) {
            const qint64 tookMs = clock.monotonicMs() - sentMs;
            if (!answer.good())
                log.note(QStringLiteral("%1 %2: %3 %4, %5 ms").arg(QString::fromLatin1(method), path).arg(answer.status).arg(codeOf(answer.problem())).arg(tookMs));
            else if (!isUsual)
                log.note(QStringLiteral("%1 %2: %3, %4 ms").arg(QString::fromLatin1(method), path).arg(answer.status).arg(tookMs));
            done(answer);
        });
    };
}

} // namespace hufu::desk_app
