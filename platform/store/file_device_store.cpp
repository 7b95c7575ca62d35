#include "platform/store/file_device_store.h"

#include "platform/files/atomic_file.h"

#include <algorithm>

namespace hufu::store {

namespace {

Result<void> checkName(std::string_view name)
{
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
    if (name.empty() || name.size() > 64 || name == "." || name == ".." || !std::all_of(name.begin(), name.end(), allowed))
        return Error(Errc::badInput, "file name");
    return {};
}

} // namespace

FileDeviceStore::FileDeviceStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}

Result<std::unique_ptr<FileDeviceStore>> FileDeviceStore::open(const std::filesystem::path &folder)
{
    HUFU_CHECK(files::preparePrivateFolder(folder));
    std::error_code failure;
    std::filesystem::directory_iterator entries(folder, failure);
    if (failure) return Error(Errc::unavailable, "folder cannot be read");
    std::vector<std::filesystem::path> leftovers;
    for (const auto &entry : entries)
        if (entry.path().filename().string().ends_with(files::kTemporaryEnding)) leftovers.push_back(entry.path());
    for (const auto &leftover : leftovers)
        HUFU_CHECK(files::removeDurably(leftover));
    return std::unique_ptr<FileDeviceStore>(new FileDeviceStore(folder));
}

Result<Bytes> FileDeviceStore::read(std::string_view name)
{
    HUFU_CHECK(checkName(name));
    return files::readWhole(m_folder / name, kFileMax);
}

Result<void> FileDeviceStore::write(std::string_view name, ByteView content)
{
    HUFU_CHECK(checkName(name));
    if (content.size() > kFileMax) return Error(Errc::badInput, "file too long");
    return files::writeAtomically(m_folder / name, content);
}

Result<void> FileDeviceStore::remove(std::string_view name)
{
    HUFU_CHECK(checkName(name));
    return files::removeDurably(m_folder / name);
}

Result<std::vector<std::string>> FileDeviceStore::list()
{
    std::error_code failure;
    std::filesystem::directory_iterator entries(m_folder, failure);
    if (failure) return Error(Errc::unavailable, "folder cannot be read");
    std::vector<std::string> names;
    for (const auto &entry : entries) {
        std::string name = entry.path().filename().string();
        if (checkName(name) && entry.is_regular_file(failure)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace hufu::store
