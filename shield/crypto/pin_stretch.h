// From the PIN to K_pin, slowly: Argon2id. Source: PROTOCOL 4.3.
#pragma once

#include "shield/base/secret.h"

#include <cstdint>

namespace hufu::crypto {

inline constexpr std::size_t kPinSaltBytes = 16;

// Stored beside the salt, so that each file says how it was made.
struct PinStretch {
    std::uint32_t memoryKiB = 64 * 1024; // 8 to 1,048,576
    std::uint32_t passes = 3;            // 1 to 64

    friend bool operator==(const PinStretch &, const PinStretch &) = default;
};

// In: password, HMAC-SM3 of the PIN's ASCII digits under the device secret (SecureElement::deviceMac);
// salt, of the device, new with each PIN.
// Errors: badInput for parameters out of range; unavailable if the memory is not to be had.
Result<Secret<32>> stretchPin(const Secret<32> &password, const ByteArray<kPinSaltBytes> &salt,
                              const PinStretch &parameters);

} // namespace hufu::crypto
