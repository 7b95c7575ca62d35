// The server's TLS key: made at first start, kept in files that only the owner reads.
#pragma once

#include "platform/net/spki_pin.h"

#include "shield/base/secret.h"

#include <filesystem>
#include <memory>
#include <string>

namespace hufu::net {

// A P-256 key and a self-signed certificate. Clients know the key by its pin, so the certificate's name and
// dates prove nothing and are there for form. The backup key's pin is handed out beside the first: should the
// key be lost or stolen, the operator puts the backup in its place and every phone still knows the server.
struct TlsIdentity {
    std::shared_ptr<const SecretBytes> keyPem; // one copy, however many hold the identity
    std::string certificatePem;
    Pin pin{};
    Pin backupPin{};

    // Reads tls-key.pem, tls-cert.pem, tls-backup-key.pem of a folder, and makes what is missing (mode 0600).
    // Errors: unavailable (cannot read or write), tampered (a file is not what it should be, or others may read
    // a key).
    static Result<TlsIdentity> loadOrCreate(const std::filesystem::path &folder);
};

} // namespace hufu::net
