#include "platform/keyring/file_epoch_keys.h"

#include "platform/files/atomic_file.h"
#include "platform/keyring/sealing_key.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace hufu::keyring {

namespace {

namespace fs = std::filesystem;
using Name = ports::EpochKeys::Name;

// "HUFU-EPOCH-1" | key 32
constexpr std::string_view kEpochMagic = "HUFU-EPOCH-1";
constexpr std::size_t kEpochFileBytes = kEpochMagic.size() + 32;
constexpr std::string_view kEnding = ".key";

// acct-epoch-mark.key
std::optional<Name> nameOf(std::string_view file)
{
    constexpr std::size_t kAcct = 32, kMark = 16;
    if (!file.ends_with(kEnding)) return std::nullopt;
    file.remove_suffix(kEnding.size());
    if (file.size() < kAcct + kMark + 3 || file[kAcct] != '-' || file[file.size() - kMark - 1] != '-')
        return std::nullopt;
    const auto acct = fromHex(file.substr(0, kAcct)), mark = fromHex(file.substr(file.size() - kMark));
    const std::string_view epoch = file.substr(kAcct + 1, file.size() - kAcct - kMark - 2);
    Name name;
    const auto [end, failure] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), name.epoch);
    if (!acct || !mark || failure != std::errc() || end != epoch.data() + epoch.size()) return std::nullopt;
    std::copy(acct->begin(), acct->end(), name.acct.begin());
    std::copy(mark->begin(), mark->end(), name.mark.begin());
    return name;
}

Result<SealingKey> keyIn(const fs::path &file, ports::Random &random)
{
    HUFU_CHECK(files::checkPrivate(file));
    HUFU_TRY(content, files::readWhole(file, kEpochFileBytes + 1));
    const auto bytes = SecretBytes::adopt(content);
    if (bytes.size() != kEpochFileBytes || !sameBytes(bytes.expose().first(kEpochMagic.size()), viewOf(kEpochMagic)))
        return Error(Errc::unavailable, "not an epoch's key");
    Secret<32> key;
    const ByteView kept = bytes.expose().subspan(kEpochMagic.size());
    std::copy(kept.begin(), kept.end(), key.fill().begin());
    return SealingKey(std::move(key), random);
}

// Nothing of the key stays in the file's blocks, as far as the file system writes in place.
Result<void> overwrite(const fs::path &file)
{
    const int out = ::open(file.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (out < 0) return Error(Errc::unavailable, "an epoch's key cannot be overwritten");
    const ByteArray<kEpochFileBytes> zeros{};
    const bool done = ::write(out, zeros.data(), zeros.size()) == static_cast<ssize_t>(zeros.size()) && ::fsync(out) == 0;
    ::close(out);
    if (!done) return Error(Errc::unavailable, "an epoch's key cannot be overwritten");
    return {};
}

} // namespace

Result<std::unique_ptr<FileEpochKeys>> FileEpochKeys::open(const fs::path &folder, ports::Random &random)
{
    HUFU_CHECK(files::preparePrivateFolder(folder));
    return std::unique_ptr<FileEpochKeys>(new FileEpochKeys(folder, random));
}

Result<void> FileEpochKeys::removeHalves()
{
    std::error_code failure;
    std::vector<fs::path> halves;
    for (const auto &entry : fs::directory_iterator(m_folder, failure))
        if (entry.path().native().ends_with(files::kTemporaryEnding)) halves.push_back(entry.path());
    if (failure) return Error(Errc::unavailable, "the epochs' keys cannot be listed");
    for (const fs::path &half : halves)
        HUFU_CHECK(files::removeDurably(half));
    return {};
}

fs::path FileEpochKeys::fileOf(const Name &name) const
{
    return m_folder / (toHex(name.acct) + "-" + std::to_string(name.epoch) + "-" + toHex(name.mark) + std::string(kEnding));
}

Result<void> FileEpochKeys::make(const Name &name)
{
    const fs::path file = fileOf(name);
    std::error_code failure;
    if (fs::exists(fs::symlink_status(file, failure))) return Error(Errc::badState, "there is a key of that name");
    SecretBytes content(kEpochFileBytes);
    const auto out = content.fill();
    std::copy(kEpochMagic.begin(), kEpochMagic.end(), out.begin());
    m_random.fill(out.subspan(kEpochMagic.size()), "epoch-key");
    return files::writeAtomically(file, content.expose());
}

Result<bool> FileEpochKeys::has(const Name &name)
{
    const auto there = files::checkPrivate(fileOf(name));
    if (there) return true;
    if (there.error().code == Errc::notFound) return false;
    return Error(Errc::unavailable, "an epoch's key is open to others");
}

Result<Bytes> FileEpochKeys::seal(const Name &name, ByteView plain, ByteView context)
{
    HUFU_TRY(key, keyIn(fileOf(name), m_random));
    return key.seal(plain, context);
}

Result<SecretBytes> FileEpochKeys::open(const Name &name, ByteView sealed, ByteView context)
{
    HUFU_TRY(key, keyIn(fileOf(name), m_random));
    return key.open(sealed, context);
}

Result<void> FileEpochKeys::destroy(const Name &name)
{
    const fs::path file = fileOf(name);
    HUFU_TRY(there, has(name));
    if (!there) return {};
    HUFU_CHECK(overwrite(file));
    return files::removeDurably(file);
}

Result<std::vector<Name>> FileEpochKeys::list()
{
    std::vector<Name> names;
    std::error_code failure;
    for (const auto &entry : fs::directory_iterator(m_folder, failure))
        if (const auto name = nameOf(entry.path().filename().native())) names.push_back(*name);
    if (failure) return Error(Errc::unavailable, "the epochs' keys cannot be listed");
    return names;
}

} // namespace hufu::keyring
