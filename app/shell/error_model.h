// What went wrong: a code of the catalogue; the page reads cause and steps there.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::shell {

class ErrorModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int code READ code NOTIFY changed)
    Q_PROPERTY(bool retryPossible READ retryPossible NOTIFY changed)
public:
    using QObject::QObject;
    int code() const { return m_code; }
    bool retryPossible() const { return m_retryPossible; }
    void show(int code, bool retryPossible)
    {
        m_code = code;
        m_retryPossible = retryPossible;
        Q_EMIT changed();
    }
    Q_INVOKABLE void retry() { Q_EMIT retryAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void retryAsked();
    void closed();

private:
    int m_code = 506;
    bool m_retryPossible = false;
};

} // namespace hufu::shell
