#include "shield/cosigner/core.h"

#include <set>

namespace hufu::cosigner {

std::unique_lock<std::mutex> Core::lockDevice(const ByteArray<16> &acct)
{
    return std::unique_lock(m_devices[acct[15] % m_devices.size()]);
}

std::vector<std::unique_lock<std::mutex>> Core::lockDevices(const std::vector<ByteArray<16>> &accounts)
{
    std::set<std::size_t> places; // two devices may have one
    for (const ByteArray<16> &acct : accounts)
        places.insert(acct[15] % m_devices.size());
    std::vector<std::unique_lock<std::mutex>> guards;
    for (const std::size_t place : places)
        guards.emplace_back(m_devices[place]);
    return guards;
}

std::uint64_t Core::nextConnection()
{
    const std::lock_guard guard(m_mutex);
    return ++m_connections;
}

ByteArray<16> Core::nextSid()
{
    ByteArray<8> random{};
    ports.random.fill(random, "sid");
    const std::lock_guard guard(m_mutex);
    const Bytes bytes = Writer().u32(boot).u32(++m_conversations).raw(random).take();
    ByteArray<16> sid{};
    std::copy(bytes.begin(), bytes.end(), sid.begin());
    return sid;
}

void Core::open(Live live)
{
    const std::lock_guard guard(m_mutex);
    const ByteArray<16> acct = live.acct;
    m_live.insert_or_assign(acct, std::move(live));
}

std::optional<Live> Core::take(std::uint64_t connection, const ByteArray<16> &acct, const ByteArray<16> &sid)
{
    const std::lock_guard guard(m_mutex);
    const auto it = m_live.find(acct);
    if (it == m_live.end() || it->second.connection != connection || it->second.sid != sid) return std::nullopt;
    std::optional<Live> live = std::move(it->second);
    m_live.erase(it);
    if (ports.clock.monotonicMs() >= live->deadlineMs) return std::nullopt;
    return live;
}

void Core::endDevice(const ByteArray<16> &acct)
{
    const std::lock_guard guard(m_mutex);
    m_live.erase(acct);
}

void Core::endConnection(std::uint64_t connection)
{
    const std::lock_guard guard(m_mutex);
    std::erase_if(m_live, [&](const auto &entry) { return entry.second.connection == connection; });
}

void Core::finish(const ByteArray<16> &sid, Finished finished)
{
    const std::lock_guard guard(m_mutex);
    m_finished.insert_or_assign(sid, std::move(finished));
}

std::optional<wire::Resp> Core::finished(const ByteArray<16> &sid, const ByteArray<32> &digest)
{
    const std::lock_guard guard(m_mutex);
    const auto it = m_finished.find(sid);
    if (it == m_finished.end() || it->second.digest != digest) return std::nullopt;
    if (ports.clock.monotonicMs() >= it->second.untilMs) return std::nullopt;
    return it->second.resp;
}

void Core::sweep()
{
    const std::lock_guard guard(m_mutex);
    const std::int64_t now = ports.clock.monotonicMs();
    std::erase_if(m_live, [&](const auto &entry) { return now >= entry.second.deadlineMs; });
    std::erase_if(m_finished, [&](const auto &entry) { return now >= entry.second.untilMs; });
}

} // namespace hufu::cosigner
