// The epochs' keys as small files in a folder of their own, which a backup must leave out.
#pragma once

#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <filesystem>
#include <memory>

namespace hufu::keyring {

// One file (0600) for each key, in a folder (0700) that is its owner's alone. A destroyed key's file is overwritten and
// removed; where a medium keeps old blocks (copy-on-write, flash), only a keystore that can really forget does better.
// May be used by several threads. random must outlive it.
class FileEpochKeys final : public ports::EpochKeys {
public:
    // Makes the folder if it is not there. Errors: unavailable; refused (the folder is another user's).
    static Result<std::unique_ptr<FileEpochKeys>> open(const std::filesystem::path &folder, ports::Random &random);
    // What a crash left half written; nobody else may be making keys meanwhile.
    Result<void> removeHalves();

    Result<void> make(const Name &name) override;
    Result<bool> has(const Name &name) override;
    Result<Bytes> seal(const Name &name, ByteView plain, ByteView context) override;
    Result<SecretBytes> open(const Name &name, ByteView sealed, ByteView context) override;
    Result<void> destroy(const Name &name) override;
    Result<std::vector<Name>> list() override;

private:
    FileEpochKeys(std::filesystem::path folder, ports::Random &random)
        : m_folder(std::move(folder)), m_random(random)
    {}
    std::filesystem::path fileOf(const Name &name) const;

    std::filesystem::path m_folder;
    ports::Random &m_random;
};

} // namespace hufu::keyring
