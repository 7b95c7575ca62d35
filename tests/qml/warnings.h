// Counts what the QML engine and Qt Quick complain about: a page with a warning is a broken page.
#pragma once

#include <QMutex>
#include <QStringList>

namespace hufu::tests {

class WarningWatch {
public:
    WarningWatch() { s_former = qInstallMessageHandler(&WarningWatch::hear); }
    ~WarningWatch() { qInstallMessageHandler(s_former); }
    static QStringList take()
    {
        const QMutexLocker lock(&s_mutex);
        return std::exchange(s_heard, {});
    }

private:
    static void hear(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        // Of the machine, not of ours: no runtime folder, no plug-in for a missing service.
        const bool ofTheMachine = text.contains(QLatin1String("XDG_RUNTIME_DIR")) ||
                                  text.contains(QLatin1String("propagateSizeHints"));
        if (type != QtDebugMsg && type != QtInfoMsg && !ofTheMachine) {
            const QMutexLocker lock(&s_mutex);
            s_heard << text;
        }
        if (s_former) s_former(type, context, text);
    }
    static inline QMutex s_mutex;
    static inline QStringList s_heard;
    static inline QtMessageHandler s_former = nullptr;
};

} // namespace hufu::tests
