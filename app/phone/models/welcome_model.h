// First page: what it is, and where to begin.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class WelcomeModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    // Keys were agreed before, and the activation broke off: it goes on with the PIN.
    Q_PROPERTY(bool unfinished READ unfinished NOTIFY changed)
    Q_PROPERTY(bool begun READ begun NOTIFY changed)   // a link was given, and the activation broke off before the keys
    Q_PROPERTY(bool others READ others NOTIFY changed) // the phone has other shields
public:
    using QObject::QObject;
    bool unfinished() const { return m_unfinished; }
    bool begun() const { return m_begun; }
    bool others() const { return m_others; }
    void show(bool unfinished, bool others = false, bool begun = false)
    {
        m_begun = begun;
        m_others = others;
        m_unfinished = unfinished;
        Q_EMIT changed();
    }
    Q_INVOKABLE void begin() { Q_EMIT beginAsked(); }
    Q_INVOKABLE void resume() { Q_EMIT resumeAsked(); }
    Q_INVOKABLE void useOtherLink() { Q_EMIT otherLinkAsked(); }
    Q_INVOKABLE void openOthers() { Q_EMIT othersAsked(); }
    Q_INVOKABLE void openSettings() { Q_EMIT settingsAsked(); }
    Q_INVOKABLE void openSupport() { Q_EMIT supportAsked(); }

Q_SIGNALS:
    void changed();
    void beginAsked();
    void resumeAsked();
    void otherLinkAsked();
    void othersAsked();
    void settingsAsked();
    void supportAsked();

private:
    bool m_unfinished = false, m_others = false, m_begun = false;
};

} // namespace hufu::phone_app
