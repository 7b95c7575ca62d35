// What this thread computes for a frame of a window that animates something.
#pragma once

#include <QGuiApplication>
#include <QQuickWindow>
#include <QTimer>

#include <cstdio>
#include <ctime>

namespace hufu::bench {

class FrameMeter {
public:
    static constexpr int kMs = 3000;

    // Counts for three seconds, prints microseconds a frame and frames a second, and ends the program.
    static void run(QQuickWindow &window)
    {
        auto *meter = new FrameMeter; // until the program ends
        QObject::connect(&window, &QQuickWindow::frameSwapped, &window, [meter] { ++meter->m_frames; });
        QTimer::singleShot(kMs / 6, &window, [meter] { // what the first frames cost is another row's
            meter->m_frames = 0;
            meter->m_startUs = cpuUs();
            QTimer::singleShot(kMs, [meter] {
                std::printf("%.1f %.1f\n", (cpuUs() - meter->m_startUs) / std::max(1, meter->m_frames), meter->m_frames * 1000.0 / kMs);
                QCoreApplication::quit();
            });
        });
    }

private:
    static double cpuUs()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
    }
    int m_frames = 0;
    double m_startUs = 0;
};

} // namespace hufu::bench
