// The thread that looks at frames: the newest one wins, and nothing is reported behind its end.
#include "platform/eye/drawing.h"
#include "platform/eye/scanner.h"

#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace hufu;
using eye::Scanner;

namespace {

class SteadyClock final : public ports::Clock {
public:
    std::int64_t unixMs() override { return 0; }
    std::int64_t monotonicMs() override { return 0; }
};

// Opened on one thread, waited for on another. Not Qt's semaphore: ThreadSanitizer does not see into Qt.
class Gate {
public:
    void release()
    {
        const std::lock_guard lock(m_mutex);
        ++m_open;
        m_changed.notify_all();
    }
    bool acquire()
    {
        std::unique_lock lock(m_mutex);
        const bool open = m_changed.wait_for(lock, std::chrono::seconds(60), [this] { return m_open > 0; });
        if (open) --m_open;
        return open;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_open = 0;
};

QImage code(const std::string &text)
{
    return *eye::drawCode(text, 4);
}

} // namespace

class TestScanner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void frame_withACode_isReportedOnAnotherThread()
    {
        SteadyClock clock;
        Gate done;
        std::string text;
        std::thread::id where;
        Scanner scanner(clock, "HUFU:");
        scanner.look(code("HUFU:1:ABC"), [&](const std::vector<eye::Sighting> &seen) {
            text = seen.empty() ? "" : seen.front().text;
            where = std::this_thread::get_id();
            done.release();
        });
        QVERIFY(done.acquire());
        QCOMPARE(text, std::string("HUFU:1:ABC"));
        QVERIFY(where != std::this_thread::get_id());
        // Nothing in the frame is a report as well.
        scanner.look(QImage(40, 40, QImage::Format_RGB32), [&](const std::vector<eye::Sighting> &seen) {
            text = seen.empty() ? "nothing" : "something";
            done.release();
        });
        QVERIFY(done.acquire());
        QCOMPARE(text, std::string("nothing"));
    }
    void frames_manyAtOnce_theNewestIsLookedAtAndThoseBetweenAreNot()
    {
        SteadyClock clock;
        Gate begun, goOn, done;
        std::atomic<int> between = 0;
        std::string last;
        Scanner scanner(clock, "HUFU:");
        scanner.look(code("HUFU:1:FIRST"), [&](const auto &) {
            begun.release();
            goOn.acquire(); // the thread is busy
        });
        QVERIFY(begun.acquire());
        for (int i = 0; i < 5; ++i)
            scanner.look(code("HUFU:1:BETWEEN"), [&](const auto &) { ++between; });
        scanner.look(code("HUFU:1:LAST"), [&](const std::vector<eye::Sighting> &seen) {
            last = seen.at(0).text;
            done.release();
        });
        goOn.release();
        QVERIFY(done.acquire());
        QCOMPARE(last, std::string("HUFU:1:LAST"));
        QCOMPARE(between.load(), 0);
    }
    void end_whileFramesWait_reportsNoneOfThem()
    {
        SteadyClock clock;
        Gate begun, goOn;
        std::atomic<int> late = 0;
        auto scanner = std::make_unique<Scanner>(clock, "HUFU:");
        scanner->look(code("HUFU:1:A"), [&](const auto &) {
            begun.release();
            goOn.acquire();
        });
        QVERIFY(begun.acquire());
        scanner->look(code("HUFU:1:B"), [&](const auto &) { ++late; });
        std::thread opener([&] {
            QTest::qSleep(50); // so that the end waits already, as a rule; either way nothing late may come
            goOn.release();
        });
        scanner.reset();
        opener.join();
        QCOMPARE(late.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestScanner)
#include "test_scanner.moc"
