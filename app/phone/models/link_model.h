// The activation link: typed, pasted, or read from a picture of its code.
#pragma once

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class LinkModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(QString text READ text NOTIFY changed)   // what was pasted or read, to be looked at
    Q_PROPERTY(int problem READ problem NOTIFY changed) // HF-nnn, 0: none
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
public:
    using QObject::QObject;
    const QString &text() const { return m_text; }
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }
    void show(const QString &text, int problem, bool busy)
    {
        m_text = text;
        m_problem = problem;
        m_busy = busy;
        Q_EMIT changed();
    }
    Q_INVOKABLE void submit(const QString &text) { Q_EMIT submitted(text.trimmed()); }
    Q_INVOKABLE void scan() { Q_EMIT scanAsked(); }
    Q_INVOKABLE void paste() { Q_EMIT pasteAsked(); }
    Q_INVOKABLE void openPicture(const QUrl &file) { Q_EMIT pictureChosen(file); }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void submitted(const QString &text);
    void scanAsked();
    void pasteAsked();
    void pictureChosen(const QUrl &file);
    void cancelled();

private:
    QString m_text;
    int m_problem = 0;
    bool m_busy = false;
};

} // namespace hufu::phone_app
