#include "platform/files/atomic_file.h"

#include "platform/files/descriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hufu::files {

namespace {

bool writeAll(int fd, ByteView content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// The rename or the removal is only durable once the folder is.
Result<void> syncFolderOf(const std::filesystem::path &path)
{
    const std::filesystem::path parent = path.parent_path();
    const Descriptor folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.fd()) != 0) return Error(Errc::unavailable, "folder cannot be synchronised");
    return {};
}

bool writeSynchronised(const std::filesystem::path &path, ByteView content)
{
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    return file && ::fchmod(file.fd(), 0600) == 0 && writeAll(file.fd(), content) && ::fsync(file.fd()) == 0 &&
           file.close();
}

} // namespace

Result<void> writeAtomically(const std::filesystem::path &path, ByteView content)
{
    std::filesystem::path fresh = path;
    fresh += kTemporaryEnding;
    if (!writeSynchronised(fresh, content) || ::rename(fresh.c_str(), path.c_str()) != 0) {
        ::unlink(fresh.c_str());
        return Error(Errc::unavailable, "file cannot be written");
    }
    return syncFolderOf(path);
}

Result<Bytes> readWhole(const std::filesystem::path &path, std::size_t most)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file) {
        if (errno == ENOENT) return Error(Errc::notFound, "no such file");
        return Error(Errc::unavailable, "file cannot be opened");
    }
    struct stat status = {};
    if (::fstat(file.fd(), &status) != 0 || !S_ISREG(status.st_mode)) return Error(Errc::unavailable, "not a plain file");
    if (static_cast<std::uint64_t>(status.st_size) > most) return Error(Errc::badInput, "file too long");

    Bytes content(static_cast<std::size_t>(status.st_size));
    std::size_t have = 0;
    while (have < content.size()) {
        const ssize_t got = ::read(file.fd(), content.data() + have, content.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return Error(Errc::unavailable, "file cannot be read");
        have += static_cast<std::size_t>(got);
    }
    return content;
}

Result<void> removeDurably(const std::filesystem::path &path)
{
    if (::unlink(path.c_str()) != 0) {
        if (errno == ENOENT) return {};
        return Error(Errc::unavailable, "file cannot be removed");
    }
    return syncFolderOf(path);
}

Result<void> checkPrivate(const std::filesystem::path &path)
{
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) return Error(Errc::notFound, "no such file");
        return Error(Errc::refused, "file cannot be examined");
    }
    if (!S_ISREG(status.st_mode)) return Error(Errc::refused, "not a plain file");
    if (status.st_uid != ::geteuid()) return Error(Errc::refused, "file of another user");
    if ((status.st_mode & 0077) != 0) return Error(Errc::refused, "file is open to others");
    return {};
}

Result<void> preparePrivateFolder(const std::filesystem::path &folder)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    struct stat status = {};
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return Error(Errc::unavailable, "no such folder");
    if (status.st_uid != ::geteuid()) return Error(Errc::refused, "folder of another user");
    if ((status.st_mode & 0077) != 0 && ::chmod(folder.c_str(), 0700) != 0)
        return Error(Errc::unavailable, "folder cannot be closed to others");
    return {};
}

} // namespace hufu::files
