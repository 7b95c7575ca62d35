#include "app/server/portal_uploads.h"

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <unistd.h>

namespace hufu::server {

namespace fs = std::filesystem;

struct PortalUploads::Upload {
    Purpose purpose;
    fs::path path;
    int file = -1;
    std::uint64_t size = 0;
    std::atomic<std::uint64_t> received = 0;
    std::int64_t touchedMs = 0;
    std::atomic<bool> over = false;
    crypto::Sm3 hash;
    std::optional<ByteArray<32>> sm3;
    std::int64_t handedInMs = 0;
    bool isUnsure = false;
    std::optional<net::Response> answer; // it was taken in
    std::mutex mutex;

    Upload() = default;
    Upload(const Upload &) = delete;
    Upload &operator=(const Upload &) = delete;
    void close()
    {
        if (file >= 0) ::close(file);
        file = -1;
    }
    ~Upload()
    {
        close();
        std::error_code ignored;
        if (!answer) fs::remove(path, ignored);
    }
};

PortalUploads::PortalUploads(fs::path folder, ports::Random &random, ports::Clock &clock, Space space)
    : m_folder(std::move(folder)), m_random(random), m_clock(clock), m_space(space)
{
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
    fs::create_directories(m_folder, ignored);
}

std::uint64_t PortalUploads::spaceOf(const fs::path &folder)
{
    std::error_code failure;
    const fs::space_info space = fs::space(folder, failure);
    return failure ? 0 : space.available;
}

void PortalUploads::sweep(const Purpose &wanted)
{
    const std::int64_t nowMs = m_clock.monotonicMs();
    std::erase_if(m_uploads, [&](const auto &entry) {
        Upload &upload = *entry.second;
        const std::int64_t silentMs = nowMs - upload.touchedMs;
        if (silentMs > kIdleMs) return true;
        if (silentMs <= kStalledMs || upload.over || upload.purpose != wanted) return false;
        const std::unique_lock lock(upload.mutex, std::try_to_lock);
        return lock.owns_lock() && upload.handedInMs == 0; // how one ends that was handed in is still to be asked
    });
}

Result<Id> PortalUploads::begin(const Purpose &purpose, std::uint64_t size)
{
    if (size == 0 || size > kFileMost) return Error(Errc::badInput, "size of the upload");
    const std::lock_guard lock(m_mutex);
    sweep(purpose);
    const auto isUnderWay = [](const auto &entry) { return !entry.second->over; };
    const auto ofOne = std::ranges::count_if(m_uploads, [&](const auto &entry) { return isUnderWay(entry) && entry.second->purpose.account == purpose.account; });
    if (static_cast<std::size_t>(std::ranges::count_if(m_uploads, isUnderWay)) >= kOfAll || static_cast<std::size_t>(ofOne) >= kOfOne) return Error(Errc::locked, "too many uploads");
    std::uint64_t ofAccount = size;
    for (const auto &[other, upload] : m_uploads)
        if (!upload->over && upload->purpose.account == purpose.account) ofAccount += upload->size;
    if (ofAccount > kSpaceOfOne) return Error(Errc::locked, "the account's uploads are too large together");
    const std::int64_t nowMs = m_clock.monotonicMs();
    std::uint64_t announced = size; // and not written yet; whoever only announces keeps nobody else out for long
    for (const auto &[other, upload] : m_uploads)
        if (!upload->over && nowMs - upload->touchedMs <= kStalledMs) announced += upload->size - upload->received;
    if (m_space(m_folder) < announced) return Error(Errc::unavailable, "the disk does not take the upload");
    const Id id = m_random.bytes<16>("portal-upload");
    auto upload = std::make_shared<Upload>();
    upload->purpose = purpose;
    upload->path = m_folder / toHex(id);
    upload->size = size;
    upload->touchedMs = nowMs;
    upload->file = ::open(upload->path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (upload->file < 0) return Error(Errc::unavailable, "no file for the upload");
    m_uploads.emplace(id, std::move(upload));
    return id;
}

Result<std::shared_ptr<PortalUploads::Upload>> PortalUploads::find(const std::string &account, const Id &id, bool isHeard)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_uploads.find(id);
    if (it == m_uploads.end() || it->second->purpose.account != account) return Error(Errc::notFound, "no such upload");
    if (isHeard) it->second->touchedMs = m_clock.monotonicMs();
    return it->second;
}

Result<std::uint64_t> PortalUploads::append(const std::string &account, const Id &id, std::uint64_t offset, ByteView piece)
{
    HUFU_TRY(upload, find(account, id));
    const std::unique_lock lock(upload->mutex, std::try_to_lock); // judging takes long, and whoever waits for it keeps a thread from others
    if (!lock.owns_lock()) return Error(Errc::unavailable, "the upload is being looked at");
    if (upload->over) return Error(Errc::notFound, "no such upload");
    if (offset != upload->received) return Error(Errc::badState, "not at this place");
    if (piece.empty() || piece.size() > upload->size - upload->received) return Error(Errc::badInput, "length of the piece");
    for (std::size_t done = 0; done < piece.size();) {
        const ssize_t written = ::pwrite(upload->file, piece.data() + done, piece.size() - done, static_cast<off_t>(offset + done));
        if (written <= 0) return Error(Errc::unavailable, "the upload cannot be written");
        done += static_cast<std::size_t>(written);
    }
    upload->hash.update(piece);
    upload->received += piece.size();
    return upload->received.load();
}

Result<std::uint64_t> PortalUploads::received(const std::string &account, const Id &id)
{
    HUFU_TRY(upload, find(account, id, false)); // whoever only asks sends nothing
    return upload->received.load();
}

// A place among those that are judged, for as long as it is kept.
Result<std::shared_ptr<void>> PortalUploads::turnOf(const std::string &account)
{
    const std::lock_guard lock(m_mutex);
    if (m_judging.size() >= kJudgedAtOnce || !m_judging.insert(account).second) return Error(Errc::unavailable, "others are being looked at");
    return std::shared_ptr<void>(nullptr, [this, account](void *) {
        const std::lock_guard again(m_mutex);
        m_judging.erase(account);
    });
}

PortalUploads::Taken PortalUploads::finish(const std::string &account, const Id &id, const std::function<Taken(const Whole &)> &take)
{
    HUFU_TRY(upload, find(account, id));
    const std::unique_lock lock(upload->mutex, std::try_to_lock);
    if (!lock.owns_lock()) return Error(Errc::unavailable, "the upload is being looked at");
    if (upload->answer) return *upload->answer;
    if (upload->over) return Error(Errc::notFound, "no such upload");
    if (upload->received != upload->size) return Error(Errc::badState, "something is missing");
    if (upload->handedInMs == 0) upload->handedInMs = m_clock.unixMs(); // how long we take to look at it is no fault of the bidder's
    const auto turn = turnOf(account);
    if (!turn) return turn.error();
    if (::fsync(upload->file) != 0) return Error(Errc::unavailable, "the upload cannot be kept");
    if (!upload->sm3) upload->sm3 = upload->hash.finish();
    auto taken = take(Whole{id, upload->isUnsure, upload->purpose, upload->path, upload->size, *upload->sm3, upload->handedInMs});
    upload->isUnsure = !taken && (taken.error().code == Errc::unavailable || taken.error().code == Errc::internal);
    if (upload->isUnsure) return taken;
    upload->over = true;
    if (taken && taken->status < 300) {
        upload->answer = *taken;
        upload->close(); // it answers for a while yet, and holds nothing open
        return taken;
    }
    const std::lock_guard all(m_mutex);
    m_uploads.erase(id);
    return taken;
}

} // namespace hufu::server
