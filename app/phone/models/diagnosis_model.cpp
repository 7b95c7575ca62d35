#include "app/phone/models/diagnosis_model.h"

#include "app/catalogue/catalogue.h"

namespace hufu::phone_app {

void DiagnosisModel::visit()
{
    m_savedAs.clear();
    m_problem = 0;
    Q_EMIT saved();
}

void DiagnosisModel::save()
{
    const QByteArray report = m_report ? m_report().toUtf8() : QByteArray();
    m_savedAs = writeOwnFile(m_folder, QStringLiteral("hufu-report"), QStringLiteral("txt"), report);
    m_problem = m_savedAs.isEmpty() ? static_cast<int>(catalogue::Code::fileUnwritable) : 0;
    Q_EMIT saved();
}

} // namespace hufu::phone_app
