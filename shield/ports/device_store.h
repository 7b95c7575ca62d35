// The phone's files, and the phone's secure element.
#pragma once

#include "shield/base/secret.h"

#include <string>
#include <string_view>
#include <vector>

namespace hufu::ports {

// Small named files. write is atomic and durable: after it returns, a crash leaves the new content; before,
// the old. Names are [a-z0-9.-]{1,64}. Errors: notFound, unavailable (disk full, no permission).
class DeviceStore {
public:
    virtual ~DeviceStore() = default;
    virtual Result<Bytes> read(std::string_view name) = 0;
    virtual Result<void> write(std::string_view name, ByteView content) = 0;
    virtual Result<void> remove(std::string_view name) = 0; // a missing file is not an error
    virtual Result<std::vector<std::string>> list() = 0;
};

// The hardware keystore. Its two keys never leave it: one seals files, the other (the device secret of
// PROTOCOL 4.3) is mixed into the PIN, so that files without the device are worthless.
class SecureElement {
public:
    virtual ~SecureElement() = default;
    virtual Result<Bytes> seal(ByteView plain, ByteView context) = 0;
    // Errors: tampered.
    virtual Result<SecretBytes> open(ByteView sealed, ByteView context) = 0;
    // HMAC-SM3 under the device secret.
    virtual Result<Secret<32>> deviceMac(ByteView message) = 0;
};

} // namespace hufu::ports
