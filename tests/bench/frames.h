// What this thread computes for a frame of a window that animates something.
#pragma once

#include "tests/bench/bench.h"

#include <QGuiApplication>
#include <QQuickWindow>
#include <QTimer>

#include <algorithm>
#include <cstdio>

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
    int m_frames = 0;
    double m_startUs = 0;
};

} // namespace hufu::bench
