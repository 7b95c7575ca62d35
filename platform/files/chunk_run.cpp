#include "platform/files/chunk_run.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sched.h>
#include <thread>
#include <vector>

namespace hufu::files {

namespace {

constexpr std::chrono::milliseconds kProgressInterval(200);

unsigned processors()
{
    cpu_set_t own;
    CPU_ZERO(&own);
    if (::sched_getaffinity(0, sizeof own, &own) != 0) return 1;
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&own)));
}

class Run {
public:
    Run(const SourceFile &source, FreshFile *out, const ChunkPlan &plan)
        : m_source(source), m_out(out), m_plan(plan)
    {
    }

    Trouble go(const Progress &progress)
    {
        const std::uint64_t wanted = m_plan.threads == 0 ? processors() : m_plan.threads;
        m_running = std::min<std::uint64_t>({wanted, kThreadsMax, std::max<std::uint64_t>(1, m_plan.count)});
        std::vector<std::jthread> threads;
        for (std::uint64_t i = m_running; i > 0; --i)
            threads.emplace_back([this] { work(); });
        std::unique_lock lock(m_mutex);
        while (!m_ended.wait_for(lock, kProgressInterval, [this] { return m_running == 0; })) {
            lock.unlock();
            if (progress && !progress(m_read)) end(Trouble::cancelled);
            lock.lock();
        }
        lock.unlock();
        if (m_trouble == Trouble::none && progress && !progress(m_read)) return Trouble::cancelled;
        return m_trouble;
    }

private:
    void work()
    {
        SecretBytes room(m_plan.roomBytes);
        const auto worker = m_plan.worker();
        while (m_trouble == Trouble::none) {
            const std::uint64_t index = m_next++;
            if (index >= m_plan.count) break;
            const Trouble trouble = one(index, *worker, room.fill());
            if (trouble != Trouble::none) end(trouble);
        }
        const std::lock_guard lock(m_mutex);
        if (--m_running == 0) m_ended.notify_all();
    }
    Trouble one(std::uint64_t index, ChunkWork &worker, std::span<std::uint8_t> room)
    {
        const Stretch from = m_plan.source(index);
        const Stretch to = m_plan.target(index);
        const Trouble read = m_source.read(from.offset, room.first(from.size));
        if (read != Trouble::none) return read;
        if (!worker.run(index, room.first(std::max(from.size, to.size)))) return Trouble::refused;
        m_read += from.size;
        return m_out == nullptr ? Trouble::none : m_out->write(to.offset, room.first(to.size));
    }
    // The first trouble is the one that is told.
    void end(Trouble trouble)
    {
        Trouble none = Trouble::none;
        m_trouble.compare_exchange_strong(none, trouble);
    }

    const SourceFile &m_source;
    FreshFile *m_out;
    const ChunkPlan &m_plan;
    std::atomic<std::uint64_t> m_next = 0, m_read = 0;
    std::atomic<Trouble> m_trouble = Trouble::none;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    std::uint64_t m_running = 0;
};

} // namespace

Trouble runChunks(const SourceFile &source, FreshFile *out, const ChunkPlan &plan, const Progress &progress)
{
    return Run(source, out, plan).go(progress);
}

} // namespace hufu::files
