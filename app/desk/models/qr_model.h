// The moving code, its countdown, and what happens after a phone has taken it.
#pragma once

#include "app/catalogue/catalogue.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

class QrModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString act READ act NOTIFY changed)
    Q_PROPERTY(QString file READ file NOTIFY changed)   // the first one
    Q_PROPERTY(int files READ files NOTIFY changed)     // how many
    Q_PROPERTY(QString whose READ whose NOTIFY changed) // whose phone alone can do it; empty: anyone's who enrolled this desk
    Q_PROPERTY(QStringList others READ others NOTIFY changed) // who could do it instead
    Q_PROPERTY(QVariantList leftOut READ leftOut NOTIFY changed) // of fileProblemView: which of the files nothing can come of, known before the scan
    Q_PROPERTY(int percent READ percent NOTIFY percentChanged) // of the work before the code or after the approval; -1: not measured
    Q_PROPERTY(double bytesPerSecond READ bytesPerSecond NOTIFY percentChanged) // 0: not known yet
    Q_PROPERTY(int workLeft READ workLeft NOTIFY percentChanged)                // seconds; -1: not known yet
    Q_PROPERTY(bool slow READ slow NOTIFY changed) // preparing takes long: it is still at work, and can be left
    Q_PROPERTY(Stage stage READ stage NOTIFY changed)
    Q_PROPERTY(bool digitsWanted READ digitsWanted NOTIFY changed)
    Q_PROPERTY(int problem READ problem NOTIFY changed) // of the typed digits; HF-nnn, 0: none
    Q_PROPERTY(bool offline READ offline NOTIFY changed)
    Q_PROPERTY(QImage code READ code NOTIFY codeChanged)
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY codeChanged) // for the scan; once a phone has it, for the approval
    Q_PROPERTY(int secondsTotal READ secondsTotal NOTIFY changed)   // 0: not known
public:
    enum Stage { Starting, Showing, Claimed, Finishing };
    Q_ENUM(Stage)

    using QObject::QObject;
    const QString &act() const { return m_act; }
    const QString &file() const { return m_file; }
    int files() const { return m_files; }
    const QString &whose() const { return m_whose; }
    const QStringList &others() const { return m_others; }
    const QVariantList &leftOut() const { return m_leftOut; }
    int percent() const { return m_percent; }
    double bytesPerSecond() const { return m_bytesPerSecond; }
    int workLeft() const { return m_workLeft; }
    bool slow() const { return m_slow; }
    Stage stage() const { return m_stage; }
    bool digitsWanted() const { return m_digitsWanted; }
    int problem() const { return m_problem; }
    bool offline() const { return m_offline; }
    const QImage &code() const { return m_code; }
    int secondsLeft() const { return m_secondsLeft; }
    int secondsTotal() const;

    void begin(const QString &act, const QString &file, int files = 1)
    {
        m_act = act;
        m_file = file;
        m_files = files;
        m_whose.clear();
        m_others.clear();
        m_leftOut.clear();
        showPercent(-1);
        m_stage = Starting;
        m_digitsWanted = m_offline = m_slow = false;
        m_userSeconds = 0;
        m_problem = 0;
        showCode(QImage(), 0);
        Q_EMIT changed();
    }
    void showSlow(bool slow)
    {
        if (slow == m_slow) return;
        m_slow = slow;
        Q_EMIT changed();
    }
    void showWhose(const QString &name)
    {
        if (name == m_whose) return;
        m_whose = name;
        Q_EMIT changed();
    }
    void showOthers(const QStringList &names)
    {
        if (names == m_others) return;
        m_others = names;
        Q_EMIT changed();
    }
    void showLeftOut(const QVariantList &files)
    {
        m_leftOut = files;
        Q_EMIT changed();
    }
    void showStage(Stage stage, bool digitsWanted)
    {
        if (stage == m_stage && digitsWanted == m_digitsWanted) return;
        m_stage = stage;
        m_digitsWanted = digitsWanted;
        Q_EMIT changed();
    }
    void showCode(const QImage &code, int secondsLeft)
    {
        m_code = code;
        m_secondsLeft = secondsLeft;
        Q_EMIT codeChanged();
    }
    // Before the stage: how long the person has from the scan to the approval.
    void showUserTime(int seconds)
    {
        m_userSeconds = seconds;
        Q_EMIT changed();
    }
    void showPercent(int percent, double bytesPerSecond = 0, int workLeft = -1)
    {
        if (percent == m_percent) return;
        m_percent = percent;
        m_bytesPerSecond = bytesPerSecond;
        m_workLeft = workLeft;
        Q_EMIT percentChanged();
    }
    void showProblem(int problem)
    {
        m_problem = problem;
        Q_EMIT changed();
        if (problem == static_cast<int>(catalogue::Code::digitsWrong)) Q_EMIT digitsWrong();
    }
    void setOffline(bool offline)
    {
        if (offline == m_offline) return;
        m_offline = offline;
        Q_EMIT changed();
    }
    // Onto the clipboard, for a phone that may not look at this screen; the code is good for three seconds.
    Q_INVOKABLE void copy() const
    {
        constexpr int kPixelsPerDot = 8;
        QGuiApplication::clipboard()->setImage(m_code.scaled(m_code.size() * kPixelsPerDot));
    }
    // Once a phone has it, it is that one's.
    Q_INVOKABLE void chooseOther(int other)
    {
        if (m_stage == Showing) Q_EMIT otherChosen(other);
    }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }
    Q_INVOKABLE void typeDigits(const QString &digits) { Q_EMIT digitsTyped(digits.trimmed()); }

Q_SIGNALS:
    void changed();
    void codeChanged();
    void percentChanged();
    void cancelled();
    void digitsTyped(const QString &digits);
    void digitsWrong(); // each time anew
    void otherChosen(int other);

private:
    QString m_act, m_file, m_whose;
    QStringList m_others;
    QVariantList m_leftOut;
    Stage m_stage = Starting;
    bool m_digitsWanted = false, m_offline = false, m_slow = false;
    int m_problem = 0, m_secondsLeft = 0, m_files = 1, m_userSeconds = 0, m_percent = -1, m_workLeft = -1;
    double m_bytesPerSecond = 0;
    QImage m_code;
};

} // namespace hufu::desk_app
