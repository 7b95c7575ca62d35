#include "shield/documents/encryption.h"

#include "shield/x509/sm2_der.h"

namespace hufu::documents {

Result<void> checkCiphertext(ByteView der)
{
    HUFU_CHECK(x509::parseSm2Cipher(der));
    return {};
}

} // namespace hufu::documents
