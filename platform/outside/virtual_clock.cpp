#include "platform/outside/virtual_clock.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hufu::outside {

namespace {

constexpr off_t kLength = sizeof(std::int64_t);

bool isGood(std::int64_t aheadMs)
{
    return aheadMs >= 0 && aheadMs <= VirtualClock::kAheadMostMs;
}

// An empty file gets its length, which is zero milliseconds; two programs may do that at once.
std::int64_t *mapped(int file, bool &otherLength)
{
    struct stat what = {};
    if (::fstat(file, &what) != 0 || !S_ISREG(what.st_mode)) return nullptr;
    otherLength = what.st_size != 0 && what.st_size != kLength;
    if (otherLength || ::ftruncate(file, kLength) != 0) return nullptr;
    void *memory = ::mmap(nullptr, kLength, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<std::int64_t *>(memory);
}

} // namespace

Result<std::unique_ptr<VirtualClock>> VirtualClock::open(const std::filesystem::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return Error(Errc::unavailable, "the clock's file cannot be opened");
    bool otherLength = false;
    std::int64_t *shared = mapped(descriptor, otherLength);
    ::close(descriptor);
    if (otherLength) return Error(Errc::badInput, "the clock's file has another length");
    if (shared == nullptr) return Error(Errc::unavailable, "the clock's file cannot be mapped");
    std::unique_ptr<VirtualClock> clock(new VirtualClock(shared));
    if (!isGood(clock->aheadMs())) return Error(Errc::badInput, "the clock's file holds no such time");
    return clock;
}

VirtualClock::~VirtualClock()
{
    ::munmap(m_shared, kLength);
}

std::int64_t VirtualClock::unixMs()
{
    return m_system.unixMs() + aheadMs();
}

std::int64_t VirtualClock::monotonicMs()
{
    return m_system.monotonicMs() + aheadMs();
}

std::int64_t VirtualClock::aheadMs() const
{
    return std::atomic_ref(*m_shared).load(std::memory_order_relaxed);
}

Result<void> VirtualClock::jump(std::int64_t ms)
{
    if (ms < 0 || ms > kAheadMostMs) return Error(Errc::badInput, "no such jump");
    std::atomic_ref shared(*m_shared);
    std::int64_t now = shared.load();
    do {
        if (!isGood(now + ms)) return Error(Errc::badInput, "too far ahead");
    } while (!shared.compare_exchange_weak(now, now + ms));
    return {};
}

} // namespace hufu::outside
