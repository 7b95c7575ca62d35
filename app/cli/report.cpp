#include "app/cli/report.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QSaveFile>
#include <cstdio>
#include <unistd.h>

namespace hufu::cli {

Report::Report(QString title) : m_title(std::move(title)), m_onTerminal(isatty(STDOUT_FILENO) != 0)
{
    m_whole.start();
}

void Report::begin(const QString &id, const QString &what)
{
    if (m_open) end();
    m_id = id;
    m_what = what;
    m_proofs.clear();
    m_open = true;
    m_step.start();
    if (!m_onTerminal) return;
    std::printf("  ...   %s\r", qUtf8Printable(what));
    std::fflush(stdout);
}

void Report::prove(const QString &proof)
{
    m_proofs << proof;
}

void Report::end()
{
    if (!m_open) return;
    if (m_proofs.isEmpty())
        close(false, QStringLiteral("nothing proved this step"));
    else
        close(true, {});
}

void Report::fail(const QString &why)
{
    if (!m_open) begin(QStringLiteral("journey"), QStringLiteral("the journey"));
    close(false, why);
}

void Report::close(bool good, const QString &why)
{
    m_open = false;
    if (!good) ++m_failed;
    const double seconds = static_cast<double>(m_step.elapsed()) / 1000.0;
    std::printf("  %s  %s  (%.1f s)\n", good ? "ok  " : "FAIL", qUtf8Printable(m_what), seconds);
    for (const QString &proof : m_proofs)
        std::printf("          %s\n", qUtf8Printable(proof));
    if (!why.isEmpty()) std::printf("          %s\n", qUtf8Printable(why));
    std::fflush(stdout);

    QJsonObject step{{QStringLiteral("step"), m_id},
                     {QStringLiteral("what"), m_what},
                     {QStringLiteral("passed"), good},
                     {QStringLiteral("seconds"), seconds},
                     {QStringLiteral("proofs"), QJsonArray::fromStringList(m_proofs)}};
    if (!why.isEmpty()) step[QStringLiteral("failure")] = why;
    m_steps.append(step);
}

bool Report::write(const QString &folder) const
{
    QJsonObject report = m_notes;
    report[QStringLiteral("title")] = m_title;
    report[QStringLiteral("finished")] = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    report[QStringLiteral("seconds")] = static_cast<double>(m_whole.elapsed()) / 1000.0;
    report[QStringLiteral("passed")] = passed();
    report[QStringLiteral("steps")] = m_steps;
    QSaveFile file(folder + QStringLiteral("/report.json"));
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.write(QJsonDocument(report).toJson());
    return file.flush() && file.commit();
}

} // namespace hufu::cli
