// What went wrong: a code of the catalogue; the page reads cause and steps there.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace hufu::shell {

// A file that an act came to nothing with.
struct FileProblemView {
    Q_GADGET
    QML_VALUE_TYPE(fileProblemView)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(int problem MEMBER problem) // HF-nnn
public:
    QString name;
    int problem = 0;
};

class ErrorModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int code READ code NOTIFY changed)
    Q_PROPERTY(bool retryPossible READ retryPossible NOTIFY changed)
    Q_PROPERTY(int age READ age NOTIFY changed) // seconds that a code was old, 0: not known, or nothing to do with it
    Q_PROPERTY(int tooMany READ tooMany NOTIFY changed) // by how many files more were chosen than one act takes; 0: nothing to do with it
    Q_PROPERTY(QVariantList files READ files NOTIFY changed) // of fileProblemView: which they were; empty: not known, or nothing to do with it
    Q_PROPERTY(QString whose READ whose NOTIFY changed) // whose phone is asked for; empty: not known, or nothing to do with it
public:
    using QObject::QObject;
    int code() const { return m_code; }
    bool retryPossible() const { return m_retryPossible; }
    int age() const { return m_age; }
    int tooMany() const { return m_tooMany; }
    const QString &whose() const { return m_whose; }
    const QVariantList &files() const { return m_files; }
    void show(int code, bool retryPossible, int age = 0, const QString &whose = {}, int tooMany = 0)
    {
        m_files.clear();
        m_tooMany = tooMany;
        m_whose = whose;
        m_age = age;
        m_code = code;
        m_retryPossible = retryPossible;
        Q_EMIT changed();
    }
    void showFiles(const QVariantList &files)
    {
        m_files = files;
        Q_EMIT changed();
    }
    Q_INVOKABLE void diagnose() { Q_EMIT diagnosisAsked(); }
    Q_INVOKABLE void askForHelp() { Q_EMIT helpAsked(m_code); }
    Q_INVOKABLE void retry() { Q_EMIT retryAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void retryAsked();
    void diagnosisAsked();
    void helpAsked(int code);
    void closed();

private:
    int m_code = 506, m_age = 0, m_tooMany = 0;
    bool m_retryPossible = false;
    QString m_whose;
    QVariantList m_files;
};

} // namespace hufu::shell
