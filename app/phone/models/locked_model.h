// Too many wrong PINs: how long to wait, and what happens then. Also the frozen page, where waiting does not
// help.
#pragma once

#include "app/phone/models/countdown.h"
#include "shield/base/limits.h"

#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class LockedModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY ticked)
    Q_PROPERTY(int secondsTotal READ secondsTotal NOTIFY ticked)
    Q_PROPERTY(int failures READ failures NOTIFY changed)
    Q_PROPERTY(int triesLeft READ triesLeft NOTIFY changed) // -1: not known
    Q_PROPERTY(int nextLock READ nextLock NOTIFY changed)   // seconds that one more wrong PIN would cost
    Q_PROPERTY(bool cloned READ cloned NOTIFY changed)      // frozen because two phones have one chain
public:
    explicit LockedModel(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_countdown, &Countdown::ticked, this, &LockedModel::ticked);
    }
    int secondsLeft() const { return m_countdown.left(); }
    int secondsTotal() const { return m_countdown.total(); }
    int failures() const { return m_failures; }
    int triesLeft() const { return m_triesLeft; }
    int nextLock() const
    {
        return static_cast<int>(limits::lockMs(static_cast<std::uint32_t>(m_failures) + 1) / 1000);
    }
    bool cloned() const { return m_cloned; }
    void showLocked(int seconds, int failures, int triesLeft)
    {
        m_failures = failures;
        m_triesLeft = triesLeft;
        m_cloned = false;
        m_countdown.start(seconds * 1000LL);
        Q_EMIT changed();
    }
    void showFrozen(bool cloned)
    {
        m_cloned = cloned;
        m_countdown.stop();
        Q_EMIT changed();
    }
    Q_INVOKABLE void close() { Q_EMIT closed(); }
    Q_INVOKABLE void recover() { Q_EMIT recoveryAsked(); }
    void skip(qint64 milliseconds) { m_countdown.skip(milliseconds); }

Q_SIGNALS:
    void changed();
    void ticked();
    void closed();
    void recoveryAsked();

private:
    int m_failures = 0, m_triesLeft = -1;
    bool m_cloned = false;
    Countdown m_countdown;
};

} // namespace hufu::phone_app
