// A secure element simulated by a file: for desktops and testers. It has the real one's two keys and calls, not its
// hardness: who copies the key file has the element, unless its key is kept apart, in the desktop's keyring.
#pragma once

#include "platform/keyring/sealing_key.h"
#include "platform/keyring/secrets.h"
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
    // file); unavailable; locked (what opens the file is in a keyring that is not there, or stays locked).
    // In: apart, where the key of the file is kept from then on, if it can be: the file alone opens nothing any more. Where it cannot, the
    // file stays as it is.
    enum class IfMissing { make, refuse };
    static Result<std::unique_ptr<FileSecureElement>> open(const std::filesystem::path &file, ports::Random &random,
                                                           IfMissing ifMissing, Secrets *apart = nullptr);
    bool isKeptApart() const { return m_isKeptApart; }

    Result<Bytes> seal(ByteView plain, ByteView context) override;
    Result<SecretBytes> open(ByteView sealed, ByteView context) override;
    Result<Secret<32>> deviceMac(ByteView message) override;

private:
    FileSecureElement(SealingKey key, Secret<32> deviceSecret, bool isKeptApart);
    SealingKey m_key;
    SecretBytes m_deviceSecret;
    bool m_isKeptApart;
};

} // namespace hufu::keyring
