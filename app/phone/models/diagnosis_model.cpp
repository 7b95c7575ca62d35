#include "app/phone/models/diagnosis_model.h"

#include "app/catalogue/catalogue.h"

#include <QFileInfo>
#include <QSaveFile>

namespace hufu::phone_app {

void DiagnosisModel::visit()
{
    m_savedAs.clear();
    m_problem = 0;
    Q_EMIT saved();
}

void DiagnosisModel::save(const QUrl &file)
{
    const QByteArray report = m_report ? m_report().toUtf8() : QByteArray();
    QSaveFile out(file.toLocalFile());
    const bool written = out.open(QIODevice::WriteOnly) && out.write(report) == report.size() && out.flush() && out.commit();
    m_problem = written ? 0 : static_cast<int>(catalogue::Code::fileUnwritable);
    m_savedAs = written ? QFileInfo(out.fileName()).fileName() : QString();
    Q_EMIT saved();
}

} // namespace hufu::phone_app
