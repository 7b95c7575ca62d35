// Whether the certificates that the authority issued are those of this device. For the sources of this folder
// only.
#pragma once

#include "shield/vault/vault.h"
#include "shield/wire/activation.h"

namespace hufu::phone {

// Both chains to the root, key usage apart, each for the device's own key and subject, valid now. A root that
// the vault knows already must be the same. Errors: expired, refused (revoked, wrong usage), tampered,
// badInput.
Result<void> checkCertificates(const wire::Certificates &issued, const vault::Certificates &known,
                               const vault::Device &device, const vault::EpochShares &shares,
                               std::int64_t nowMs);

} // namespace hufu::phone
