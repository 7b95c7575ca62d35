#include "app/shell/language.h"

#include <QCoreApplication>
#include <QLocale>

namespace hufu::shell {

// What Qt's own dialogs say where the desktop has none for files; Qt asks every translation for them, and so finds them in ours.
[[maybe_unused]] static const char *const kOfQt[] = {
    QT_TRANSLATE_NOOP("FileDialog", "File name"),   QT_TRANSLATE_NOOP("FileDialog", "Filter"),      QT_TRANSLATE_NOOP("QFileDialog", "All Files (*)"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Open"),    QT_TRANSLATE_NOOP("QPlatformTheme", "Save"),    QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"),
};

QString plainQuotes(QString english)
{
    return english.replace(QChar(0x201c), QLatin1Char('"')).replace(QChar(0x201d), QLatin1Char('"'));
}

QString Translation::translate(const char *context, const char *source, const char *disambiguation, int n) const
{
    const QString text = QTranslator::translate(context, source, disambiguation, n);
    if (!m_isEnglish) return text;
    return plainQuotes(text.isNull() ? QString::fromUtf8(source) : text);
}

bool Translation::choose(const QString &name)
{
    m_isEnglish = name == QLatin1String("en");
    return load(QStringLiteral(":/i18n/hufu_%1.qm").arg(name));
}

Language::Language(QQmlEngine *engine) : m_engine(engine)
{
    load();
    QCoreApplication::installTranslator(&m_translator);
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_translator);
}

// Kept as the engine's child: QML and C++ meet the same object, whoever asks first.
Language *Language::of(QQmlEngine &engine)
{
    if (auto *known = engine.findChild<Language *>(QString(), Qt::FindDirectChildrenOnly)) return known;
    auto *language = new Language(&engine);
    language->setParent(&engine);
    QJSEngine::setObjectOwnership(language, QJSEngine::CppOwnership);
    return language;
}

Language *Language::create(QQmlEngine *engine, QJSEngine *)
{
    return of(*engine);
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
    if (!m_translator.choose(m_name))
        qWarning("the translation %s is missing", qPrintable(m_name));
    QLocale::setDefault(QLocale(m_name));
}

} // namespace hufu::shell
