// The language of the screens: zh_CN unless another is chosen; switches while the program runs.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QTranslator>

namespace hufu::shell {

// Chinese faces draw curly quotation marks as wide as a character, which tears English apart: straight ones stand for them there.
QString plainQuotes(QString english);

class Translation : public QTranslator {
public:
    // The texts in the programs are English already, and its file holds the plurals. False: the language's file is missing.
    bool choose(const QString &name);
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;

private:
    bool m_isEnglish = false;
};

class Language : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString name READ name WRITE choose NOTIFY changed) // "zh_CN" or "en"
public:
    static constexpr char kDefault[] = "zh_CN";

    explicit Language(QQmlEngine *engine);
    ~Language() override;
    static Language *create(QQmlEngine *engine, QJSEngine *); // QML asks here
    static Language *of(QQmlEngine &engine);                  // the engine's one

    const QString &name() const { return m_name; }
    // Every text on the screens is read anew. An unknown name changes nothing.
    Q_INVOKABLE void choose(const QString &name);
    static bool known(const QString &name)
    {
        return name == QLatin1String("zh_CN") || name == QLatin1String("en");
    }

Q_SIGNALS:
    void changed();

private:
    void load();

    QQmlEngine *m_engine;
    QString m_name = QString::fromLatin1(kDefault);
    Translation m_translator;
};

} // namespace hufu::shell
