#include "platform/eye/scanner.h"

namespace hufu::eye {

Scanner::Scanner(ports::Clock &clock, std::string prefix)
    : m_prefix(std::move(prefix)), m_reader(clock), m_thread([this] { run(); })
{
}

Scanner::~Scanner()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_next.reset();
    }
    m_woken.notify_one();
    m_thread.join();
}

void Scanner::look(QImage frame, Report report)
{
    {
        const std::lock_guard lock(m_mutex);
        m_next = Job{std::move(frame), std::move(report)};
    }
    m_woken.notify_one();
}

void Scanner::run()
{
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_woken.wait(lock, [this] { return m_ended || m_next; });
            if (m_ended) return;
            job = *std::exchange(m_next, std::nullopt);
        }
        job.report(m_reader.read(job.frame, m_prefix));
    }
}

} // namespace hufu::eye
