// The world outside the product: what others run, behind ports. Stand-ins are in platform/outside.
#pragma once

#include "shield/base/secret.h"

#include <string>
#include <string_view>

namespace hufu::ports {

// Errors: unavailable (the gateway is down), badInput (not a number it can reach).
class SmsGateway {
public:
    virtual ~SmsGateway() = default;
    virtual Result<void> send(std::string_view phoneNumber, std::string_view text) = 0;
};

// A face service: the phone's SDK yields evidence, the server has the service judge it.
// Errors: refused (not a live person, or another one), unavailable, badInput.
class LivenessService {
public:
    virtual ~LivenessService() = default;
    virtual Result<void> judge(std::string_view personId, ByteView evidence) = 0;
};

// Seals what must not lie readable in the database. The file implementation is in platform/keyring; an HSM
// fits behind the same two calls. context is bound to the ciphertext and must be given again.
class MasterKey {
public:
    virtual ~MasterKey() = default;
    virtual Result<Bytes> seal(ByteView plain, ByteView context) = 0;
    // Errors: tampered.
    virtual Result<SecretBytes> open(ByteView sealed, ByteView context) = 0;
};

} // namespace hufu::ports
