// The phone's files in one folder of its own.
#pragma once

#include "shield/ports/device_store.h"

#include <filesystem>
#include <memory>

namespace hufu::store {

// The folder is 0700, each file 0600. Leftovers of interrupted writes are removed at opening.
// A file of more than kFileMax bytes is neither written nor read (badInput).
class FileDeviceStore final : public ports::DeviceStore {
public:
    static constexpr std::size_t kFileMax = 4 * 1024 * 1024;

    // Errors: unavailable; refused (the folder is another user's).
    static Result<std::unique_ptr<FileDeviceStore>> open(const std::filesystem::path &folder);

    // Errors of each: also badInput for a name that is not [a-z0-9.-]{1,64} or is "." or "..".
    Result<Bytes> read(std::string_view name) override;
    Result<void> write(std::string_view name, ByteView content) override;
    Result<void> remove(std::string_view name) override;
    Result<std::vector<std::string>> list() override; // in the order of the names

private:
    explicit FileDeviceStore(std::filesystem::path folder);
    std::filesystem::path m_folder;
};

} // namespace hufu::store
