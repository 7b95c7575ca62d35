#include "platform/files/fresh_file.h"

#include "platform/files/atomic_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace hufu::files {

namespace {

constexpr char kOwnDescriptors[] = "/proc/self/fd/";
constexpr std::uint64_t kBlockBytes = 512; // of st_blocks

Trouble troubleOfWriting()
{
    return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? Trouble::diskFull : Trouble::unwritable;
}

std::filesystem::path folderOf(const std::filesystem::path &path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

bool isThere(const std::filesystem::path &path)
{
    struct stat status = {};
    return ::lstat(path.c_str(), &status) == 0;
}

// Why nothing may get this name; none if nobody has it, or a plain file that is replaced. A link to such a file is one, and a link to nothing
// is nothing; a device, a pipe or a folder stays what it is, whatever is asked for.
Trouble objectionTo(const std::filesystem::path &path, bool replace)
{
    if (!isThere(path)) return Trouble::none;
    if (!replace) return Trouble::exists;
    struct stat status = {};
    const bool isOther = ::stat(path.c_str(), &status) == 0 ? !S_ISREG(status.st_mode) : errno != ENOENT;
    return isOther ? Trouble::unwritable : Trouble::none;
}

// What is there under the name, or anew with create (O_CREAT), and is held from now on; none where it is another's, or in use.
Descriptor holdPart(const std::filesystem::path &name, int create)
{
    Descriptor file(::open(name.c_str(), O_RDWR | create | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    struct stat own = {}, named = {};
    const bool isOurs = file && ::fstat(file.fd(), &own) == 0 && S_ISREG(own.st_mode) && own.st_uid == ::geteuid() && own.st_nlink == 1 &&
                        (own.st_mode & 077) == 0 && ::flock(file.fd(), LOCK_EX | LOCK_NB) == 0;
    // Whoever held it until now may have given it its name meanwhile.
    const bool isStill = isOurs && ::lstat(name.c_str(), &named) == 0 && named.st_dev == own.st_dev && named.st_ino == own.st_ino;
    return isStill ? std::move(file) : Descriptor();
}

// A name beside path that nobody has.
std::string templateBeside(const std::filesystem::path &path)
{
    return path.string() + kTemporaryEnding + "XXXXXX";
}

// A file system that does not know how many bytes it has says 0 of 0.
bool hasRoom(int fd, std::uint64_t bytes)
{
    struct statvfs status = {};
    if (::fstatvfs(fd, &status) != 0 || status.f_blocks == 0) return true;
    return status.f_bavail >= bytes / status.f_frsize;
}

} // namespace

Trouble SourceFile::open(const std::filesystem::path &path)
{
    // Not blocking: a pipe of that name would hold us up.
    return adopt(Descriptor(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)));
}

Trouble SourceFile::adopt(Descriptor file)
{
    m_file = std::move(file);
    const auto found = stamp();
    if (!found) return Trouble::unreadable;
    m_stamp = *found;
    static_cast<void>(::posix_fadvise(m_file.fd(), 0, 0, POSIX_FADV_SEQUENTIAL));
    return Trouble::none;
}

Result<SourceFile::Stamp> SourceFile::stamp() const
{
    struct stat status = {};
    if (!m_file || ::fstat(m_file.fd(), &status) != 0 || !S_ISREG(status.st_mode))
        return Error(Errc::unavailable, "not a plain file");
    const auto ns = [](const timespec &time) {
        return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    return Stamp{static_cast<std::uint64_t>(status.st_size), ns(status.st_mtim), ns(status.st_ctim)};
}

Trouble SourceFile::read(std::uint64_t offset, std::span<std::uint8_t> into) const
{
    while (!into.empty()) {
        const ssize_t got = ::pread(m_file.fd(), into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Trouble::unreadable;
        if (got == 0) return Trouble::changed;
        offset += static_cast<std::uint64_t>(got);
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return Trouble::none;
}

Trouble SourceFile::check() const
{
    const auto now = stamp();
    return now && *now == m_stamp ? Trouble::none : Trouble::changed;
}

FreshFile::~FreshFile()
{
    if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

Trouble FreshFile::create(const std::filesystem::path &path, bool replace, std::uint64_t most, bool nameless)
{
    m_path = path;
    m_replace = replace;
    if (const Trouble trouble = objectionTo(path, replace); trouble != Trouble::none) return trouble;
    if (nameless && ::access(kOwnDescriptors, X_OK) == 0) // by which the file gets its name later
        m_file = Descriptor(::open(folderOf(path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    if (!m_file) {
        std::string name = templateBeside(path);
        m_file = Descriptor(::mkostemp(name.data(), O_CLOEXEC)); // 0600
        if (!m_file) return troubleOfWriting();
        m_temporary = name;
    }
    return hasRoom(m_file.fd(), most) ? Trouble::none : Trouble::diskFull;
}

Trouble FreshFile::goOn(const std::filesystem::path &path, bool replace, std::uint64_t most, const std::string &part)
{
    if (const Trouble trouble = objectionTo(path, replace); trouble != Trouble::none) return trouble;
    const std::filesystem::path name = folderOf(path) / part;
    m_file = holdPart(name, O_CREAT);
    struct stat own = {};
    if (!m_file || ::fstat(m_file.fd(), &own) != 0) {
        m_file = Descriptor();
        return create(path, replace, most);
    }
    m_path = path;
    m_replace = replace;
    m_temporary = name;
    m_mayStay = true;
    if (static_cast<std::uint64_t>(own.st_size) > most && ::ftruncate(m_file.fd(), 0) != 0) return troubleOfWriting(); // none of a former run
    const std::uint64_t there = static_cast<std::uint64_t>(own.st_blocks) * kBlockBytes;
    return most <= there || hasRoom(m_file.fd(), most - there) ? Trouble::none : Trouble::diskFull;
}

void FreshFile::forget(const std::filesystem::path &part)
{
    if (const Descriptor held = holdPart(part, 0)) static_cast<void>(removeDurably(part));
}

Trouble FreshFile::former(SourceFile &into) const
{
    return m_mayStay ? into.adopt(Descriptor(::fcntl(m_file.fd(), F_DUPFD_CLOEXEC, 0))) : Trouble::unreadable;
}

void FreshFile::stay()
{
    if (m_mayStay) m_temporary.clear();
}

Trouble FreshFile::write(std::uint64_t offset, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(m_file.fd(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return troubleOfWriting();
        offset += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return Trouble::none;
}

Trouble FreshFile::giveName()
{
    const std::string own = kOwnDescriptors + std::to_string(m_file.fd());
    const auto link = [&own](const char *name) {
        return ::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
    };
    if (m_temporary.empty() && !m_replace) {
        if (link(m_path.c_str())) return Trouble::none;
        return errno == EEXIST ? Trouble::exists : troubleOfWriting();
    }
    if (m_temporary.empty()) {
        // A link replaces nothing; so it gets a name beside the right one first.
        std::string name = templateBeside(m_path);
        const Descriptor taken(::mkostemp(name.data(), O_CLOEXEC));
        if (!taken || ::unlink(name.c_str()) != 0 || !link(name.c_str())) return troubleOfWriting();
        m_temporary = name;
    }
    if (m_replace && objectionTo(m_path, m_replace) != Trouble::none) return Trouble::unwritable; // come meanwhile
    const unsigned how = m_replace ? 0 : RENAME_NOREPLACE;
    int renamed = ::renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_path.c_str(), how);
    if (renamed != 0 && errno == EINVAL && !isThere(m_path)) // a file system that does not know the flag
        renamed = ::rename(m_temporary.c_str(), m_path.c_str());
    if (renamed != 0) return errno == EEXIST || errno == EINVAL ? Trouble::exists : troubleOfWriting();
    m_temporary.clear();
    return Trouble::none;
}

Trouble FreshFile::commit()
{
    if (::fsync(m_file.fd()) != 0) return troubleOfWriting();
    if (const Trouble trouble = giveName(); trouble != Trouble::none) return trouble;
    if (!m_file.close()) return Trouble::unwritable;
    const Descriptor folder(::open(folderOf(m_path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder && ::fsync(folder.fd()) == 0 ? Trouble::none : Trouble::unwritable;
}

} // namespace hufu::files
