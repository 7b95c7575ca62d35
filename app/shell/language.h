// The language of the screens: zh_CN unless another is chosen; switches while the program runs.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QTranslator>

namespace hufu::shell {

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
    QTranslator m_translator;
};

} // namespace hufu::shell
