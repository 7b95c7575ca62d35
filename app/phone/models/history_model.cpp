#include "app/phone/models/history_model.h"

#include "app/catalogue/catalogue.h"

#include <QFileInfo>
#include <QSaveFile>

namespace hufu::phone_app {

static QByteArray cellOf(QString text)
{
    static const QString kFormula = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && kFormula.contains(text.at(0))) text.prepend(QLatin1Char('\''));
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return '"' + text.toUtf8() + '"';
}

void HistoryModel::show(const QList<HistoryView> &entries)
{
    m_entries = listOf(entries);
    Q_EMIT changed();
}

void HistoryModel::choose(const HistoryView &entry)
{
    m_entry = entry;
    Q_EMIT entryChanged();
}

void HistoryModel::visit()
{
    m_savedAs.clear();
    m_problem = 0;
    Q_EMIT saved();
}

void HistoryModel::open(const HistoryView &entry)
{
    choose(entry);
    Q_EMIT entryAsked();
}

QByteArray HistoryModel::tableOf(const QVariantList &entries)
{
    QByteArray out("\xEF\xBB\xBF" // without the mark spreadsheets take it for another encoding
                   "time,act,platform,subject,result,code\r\n");
    for (const QVariant &value : entries) {
        const auto entry = value.value<HistoryView>();
        const QString code =
            entry.code == 0 ? QString() : QStringLiteral("HF-%1").arg(entry.code, 3, 10, QLatin1Char('0'));
        out += cellOf(entry.at.toString(Qt::ISODate)) + ',' + cellOf(entry.act) + ',' + cellOf(entry.platform) + ',' +
               cellOf(entry.summary) + ',' +
               cellOf(entry.approved ? QStringLiteral("approved") : QStringLiteral("refused")) + ',' + cellOf(code) +
               "\r\n";
    }
    return out;
}

void HistoryModel::save(const QUrl &file)
{
    const QByteArray table = tableOf(m_entries);
    QSaveFile out(file.toLocalFile());
    const bool written = out.open(QIODevice::WriteOnly) && out.write(table) == table.size() && out.flush() && out.commit();
    m_problem = written ? 0 : static_cast<int>(catalogue::Code::fileUnwritable);
    m_savedAs = written ? QFileInfo(out.fileName()).fileName() : QString();
    Q_EMIT saved();
}

} // namespace hufu::phone_app
