// A thread that looks at frames, so that no page waits for it. While it looks at one, the newest of those that
// came meanwhile is kept and the others are let go: a code changes each second, what is old is of no use.
#pragma once

#include "platform/eye/frame_reader.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace hufu::eye {

class Scanner {
public:
    // What was found in a frame; empty if nothing. On the scanner's thread.
    using Report = std::function<void(const std::vector<Sighting> &)>;

    // clock must live as long as this, and may be asked on the scanner's thread.
    Scanner(ports::Clock &clock, std::string prefix);
    ~Scanner(); // waits for the frame that is being looked at; what waits behind it is not reported any more

    // In: report, called once, or never if a newer frame came first.
    void look(QImage frame, Report report);

private:
    struct Job {
        QImage frame;
        Report report;
    };
    void run();

    const std::string m_prefix;
    FrameReader m_reader; // of the thread alone
    std::mutex m_mutex;
    std::condition_variable m_woken;
    std::optional<Job> m_next;
    bool m_ended = false;
    std::thread m_thread; // the last: it begins when all else is there
};

} // namespace hufu::eye
