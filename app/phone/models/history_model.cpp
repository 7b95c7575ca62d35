#include "app/phone/models/history_model.h"

#include "app/catalogue/catalogue.h"

namespace hufu::phone_app {

static QByteArray cellOf(QString text)
{
    static const QString kFormula = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && kFormula.contains(text.at(0))) text.prepend(QLatin1Char('\''));
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return '"' + text.toUtf8() + '"';
}

void HistoryModel::show(const QList<HistoryView> &entries, const RecordsView &records)
{
    m_entries = listOf(entries);
    m_records = records;
    for (const HistoryView &entry : entries) // the one that is looked at may have been compared since
        if (!entry.session.isEmpty() && entry.session == m_entry.session) choose(entry);
    Q_EMIT changed();
}

void HistoryModel::compare()
{
    if (m_comparing) return;
    m_comparing = true;
    m_comparisonProblem = 0;
    Q_EMIT comparison();
    Q_EMIT compareAsked();
}

void HistoryModel::setCompared(int problem)
{
    m_comparing = false;
    m_comparisonProblem = problem;
    Q_EMIT comparison();
}

static QString wordOf(int compared)
{
    switch (compared) {
    case HistoryModel::Same:
        return QStringLiteral("same");
    case HistoryModel::Differs:
        return QStringLiteral("differs");
    case HistoryModel::Missing:
        return QStringLiteral("missing");
    default:
        return {};
    }
}

void HistoryModel::choose(const HistoryView &entry)
{
    m_entry = entry;
    Q_EMIT entryChanged();
}

void HistoryModel::forgetSaved()
{
    m_savedAs.clear();
    m_problem = 0;
    Q_EMIT saved();
}

void HistoryModel::visit()
{
    forgetSaved();
    m_comparing = false; // what was asked before may have been dropped for an act
    compare();
}

void HistoryModel::look(const HistoryView &entry)
{
    forgetSaved();
    choose(entry);
}

void HistoryModel::open(const HistoryView &entry)
{
    look(entry);
    Q_EMIT entryAsked();
}

QByteArray HistoryModel::tableOf(const QVariantList &entries)
{
    QByteArray out("\xEF\xBB\xBF" // without the mark spreadsheets take it for another encoding
                   "time,act,platform,project,files,result,code,computer,certificate,session,manifest,server\r\n");
    for (const QVariant &value : entries) {
        const auto entry = value.value<HistoryView>();
        const QString code =
            entry.code == 0 ? QString() : QStringLiteral("HF-%1").arg(entry.code, 3, 10, QLatin1Char('0'));
        out += cellOf(entry.at.toString(Qt::ISODate)) + ',' + cellOf(entry.act) + ',' + cellOf(entry.platform) + ',' +
               cellOf(entry.project) + ',' + cellOf(entry.subjects().join(QStringLiteral("; "))) + ',' +
               cellOf(entry.approved ? QStringLiteral("approved") : entry.code != 0 ? QStringLiteral("failed") : QStringLiteral("refused")) + ',' + cellOf(code) + ',' +
               cellOf(entry.desk) + ',' + cellOf(entry.certificate) + ',' + cellOf(entry.session) + ',' + cellOf(entry.manifest) + ',' + cellOf(wordOf(entry.compared)) +
               "\r\n";
    }
    return out;
}

void HistoryModel::save()
{
    keep(writeOwnFile(m_folder, QStringLiteral("hufu-records"), QStringLiteral("csv"), tableOf(m_entries)));
}

void HistoryModel::saveEntry()
{
    if (m_entry.provable()) keep(writeOwnFile(m_folder, QStringLiteral("hufu-record"), QStringLiteral("json"), m_entry.record));
}

void HistoryModel::keep(const QString &savedAs)
{
    m_savedAs = savedAs;
    m_problem = m_savedAs.isEmpty() ? static_cast<int>(catalogue::Code::fileUnwritable) : 0;
    Q_EMIT saved();
}

} // namespace hufu::phone_app
