#include "app/shell/language.h"

#include <QCoreApplication>
#include <QLocale>

namespace hufu::shell {

Language::Language(QQmlEngine *engine) : m_engine(engine)
{
    load();
    QCoreApplication::installTranslator(&m_translator);
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_translator);
}

Language *Language::of(QQmlEngine &engine)
{
    const int id = qmlTypeId("Hufu.Shell", 1, 0, "Language");
    return engine.singletonInstance<Language *>(id);
}

void Language::choose(const QString &name)
{
    if (name == m_name || !known(name)) return;
    m_name = name;
    load();
    m_engine->retranslate();
    Q_EMIT changed();
}

void Language::load()
{
    if (!m_translator.load(QStringLiteral(":/i18n/hufu_%1.qm").arg(m_name)))
        qWarning("the translation %s is missing", qPrintable(m_name));
    QLocale::setDefault(QLocale(m_name));
}

} // namespace hufu::shell
