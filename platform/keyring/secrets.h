// Where the desktop keeps its person's secrets: opened by the person's log-in, apart from the files.
#pragma once

#include "shield/base/secret.h"

#include <optional>
#include <string_view>

namespace hufu::keyring {

class Secrets {
public:
    virtual ~Secrets() = default;
    // Nothing where none is kept under this id. Errors: unavailable (there is none here, it stays locked, or it does not answer in time).
    virtual Result<std::optional<SecretBytes>> read(std::string_view id) = 0;
    // Errors: unavailable.
    virtual Result<void> write(std::string_view id, ByteView secret) = 0;
};

} // namespace hufu::keyring
