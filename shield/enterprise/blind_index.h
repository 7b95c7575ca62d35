// Finding a sealed value again: a MAC under a key that is itself sealed, so that the database alone cannot be asked
// "is it this phone number?" by trying them all.
#pragma once

#include "shield/enterprise/ports.h"

#include <string_view>

namespace hufu::enterprise {

// In: what, the kind of value; of, whose; value, secret. The key is made at the first call.
// Returns: HMAC-SM3. Errors: unavailable, tampered.
Result<ByteArray<32>> blindIndex(ports::Transaction &transaction, const Ports &ports, std::string_view what, ByteView of,
                                 std::string_view value);

} // namespace hufu::enterprise
