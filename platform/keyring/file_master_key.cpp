#include "platform/keyring/file_master_key.h"

#include "platform/files/atomic_file.h"

#include <algorithm>
#include <string_view>

namespace hufu::keyring {

namespace {

// "HUFU-MASTER-1" | key 32
constexpr std::string_view kMasterMagic = "HUFU-MASTER-1";
constexpr std::size_t kMasterFileBytes = kMasterMagic.size() + 32;

} // namespace

FileMasterKey::FileMasterKey(SealingKey key) : m_key(std::move(key)) {}

Result<std::unique_ptr<FileMasterKey>> FileMasterKey::create(const std::filesystem::path &file, ports::Random &random)
{
    std::error_code failure;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, failure)))
        return Error(Errc::badState, "there is a master key already");
    SecretBytes content(kMasterFileBytes);
    const auto out = content.fill();
    std::copy(kMasterMagic.begin(), kMasterMagic.end(), out.begin());
    random.fill(out.subspan(kMasterMagic.size()), "master-key");
    HUFU_CHECK(files::writeAtomically(file, content.expose()));
    return open(file, random);
}

Result<std::unique_ptr<FileMasterKey>> FileMasterKey::open(const std::filesystem::path &file, ports::Random &random)
{
    HUFU_CHECK(files::checkPrivate(file));
    HUFU_TRY(content, files::readWhole(file, kMasterFileBytes + 1));
    const auto bytes = SecretBytes::adopt(content);
    if (bytes.size() != kMasterFileBytes || !sameBytes(bytes.expose().first(kMasterMagic.size()), viewOf(kMasterMagic)))
        return Error(Errc::tampered, "not a master key");
    Secret<32> key;
    const ByteView kept = bytes.expose().subspan(kMasterMagic.size());
    std::copy(kept.begin(), kept.end(), key.fill().begin());
    return std::unique_ptr<FileMasterKey>(new FileMasterKey(SealingKey(std::move(key), random)));
}

Result<Bytes> FileMasterKey::seal(ByteView plain, ByteView context)
{
    return m_key.seal(plain, context);
}

Result<SecretBytes> FileMasterKey::open(ByteView sealed, ByteView context)
{
    return m_key.open(sealed, context);
}

} // namespace hufu::keyring
