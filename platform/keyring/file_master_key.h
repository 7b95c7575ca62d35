// The server's master key in a file outside the database.
#pragma once

#include "platform/keyring/sealing_key.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <filesystem>
#include <memory>

namespace hufu::keyring {

// Making and opening are two calls on purpose: a server that has data but not its key must stop, not make a new key.
// random must outlive the key.
class FileMasterKey final : public ports::MasterKey {
public:
    // Errors: badState (there is a file already); unavailable.
    static Result<std::unique_ptr<FileMasterKey>> create(const std::filesystem::path &file, ports::Random &random);
    // Errors: notFound; refused (anyone but the owner may read it, or another owns it); tampered (not a key file).
    static Result<std::unique_ptr<FileMasterKey>> open(const std::filesystem::path &file, ports::Random &random);

    Result<Bytes> seal(ByteView plain, ByteView context) override;
    Result<SecretBytes> open(ByteView sealed, ByteView context) override;

private:
    explicit FileMasterKey(SealingKey key);
    SealingKey m_key;
};

} // namespace hufu::keyring
