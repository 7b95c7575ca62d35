// A secure element simulated by a file: for desktops and testers. It has the real one's two keys and calls, not its
// hardness: who copies the key file has the element.
#pragma once

#include "platform/keyring/sealing_key.h"
#include "shield/ports/device_store.h"
#include "shield/ports/random.h"

#include <filesystem>
#include <memory>

namespace hufu::keyring {

class FileSecureElement final : public ports::SecureElement {
public:
    // The name of its file inside a phone's data folder; no name that a DeviceStore takes.
    static constexpr char kFileName[] = "SECURE_ELEMENT";

    // Opens the element in file. If there is none, one is made (0600) where nothing was sealed yet; beside sealed files
    // a new one would only hide that the old is lost. random must outlive the element.
    // Errors: notFound (missing, and may not be made); refused (others may read the file); tampered (not an element's
    // file); unavailable.
    enum class IfMissing { make, refuse };
    static Result<std::unique_ptr<FileSecureElement>> open(const std::filesystem::path &file, ports::Random &random,
                                                           IfMissing ifMissing);

    Result<Bytes> seal(ByteView plain, ByteView context) override;
    Result<SecretBytes> open(ByteView sealed, ByteView context) override;
    Result<Secret<32>> deviceMac(ByteView message) override;

private:
    FileSecureElement(SealingKey key, Secret<32> deviceSecret);
    SealingKey m_key;
    SecretBytes m_deviceSecret;
};

} // namespace hufu::keyring
