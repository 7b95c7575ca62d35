// The pin of a TLS server: SHA-256 of its SubjectPublicKeyInfo, as RFC 7469 has it.
#pragma once

#include "shield/base/bytes.h"

namespace hufu::net {

using Pin = ByteArray<32>;

// In: an X.509 certificate in DER. Errors: badInput.
Result<Pin> pinOfCertificate(ByteView certificateDer);

} // namespace hufu::net
