// Seconds that run down to zero on the page, each second one signal.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

namespace hufu::phone_app {

class Countdown : public QObject {
    Q_OBJECT
public:
    explicit Countdown(QObject *parent = nullptr) : QObject(parent)
    {
        m_timer.setInterval(250);
        connect(&m_timer, &QTimer::timeout, this, &Countdown::look);
    }
    int left() const { return m_left; }
    int total() const { return m_total; }
    // In: total, seconds, of which those are the rest; 0: they are all.
    void start(qint64 milliseconds, int total = 0)
    {
        m_endMs = std::max<qint64>(0, milliseconds);
        m_total = std::max(total, static_cast<int>((m_endMs + 999) / 1000));
        m_clock.start();
        m_left = -1;
        m_timer.start();
        look();
    }
    // The clock jumped ahead, as a tester's does.
    void skip(qint64 milliseconds)
    {
        if (!m_timer.isActive()) return;
        m_endMs = std::max<qint64>(0, m_endMs - milliseconds);
        look();
    }
    void stop()
    {
        m_timer.stop();
        m_left = 0;
    }

Q_SIGNALS:
    void ticked();

private:
    void look()
    {
        const qint64 rest = std::max<qint64>(0, m_endMs - m_clock.elapsed());
        const int left = static_cast<int>((rest + 999) / 1000);
        if (left == m_left) return;
        m_left = left;
        Q_EMIT ticked();
        if (left == 0) m_timer.stop();
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_endMs = 0;
    int m_left = 0, m_total = 0;
};

} // namespace hufu::phone_app
