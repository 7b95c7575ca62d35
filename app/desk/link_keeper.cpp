#include "app/desk/link_keeper.h"

#include "app/catalogue/catalogue.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QSaveFile>

namespace hufu::desk_app {

using catalogue::Code;

LinkKeeper::LinkKeeper(LinkModel &model, LookAt lookAt, QString file) : m_model(model), m_lookAt(std::move(lookAt)), m_file(std::move(file))
{
    connect(&m_model, &LinkModel::offered, this, &LinkKeeper::tryOut);
}

void LinkKeeper::tryOut(const QString &text)
{
    const auto link = DeskLink::parse(text);
    if (!link) return m_model.show(static_cast<int>(Code::linkInvalid), false);
    m_model.show(0, true);
    m_lookAt(*link, kAnswerMs, [guard = QPointer<LinkKeeper>(this), text](const ServerAnswer &answer) {
        if (!guard) return;
        const bool isKept = answer.good() && guard->keep(text);
        guard->m_model.show(isKept ? 0 : answer.good() ? static_cast<int>(Code::fileUnwritable) : answer.problem(), false);
        if (isKept) Q_EMIT guard->taken(text);
    });
}

bool LinkKeeper::keep(const QString &text) const
{
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.write(text.toUtf8() + '\n');
    return file.commit();
}

} // namespace hufu::desk_app
