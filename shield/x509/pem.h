// PEM: DER as text, between BEGIN and END. Source: RFC 7468.
#pragma once

#include "shield/base/bytes.h"

namespace hufu::x509 {

std::string toPem(std::string_view label, ByteView der);

// The blocks of a PEM text with this label; text around them and other labels are passed over.
// Errors: badInput for a broken or encrypted block.
Result<std::vector<Bytes>> blocksOfPem(std::string_view pem, std::string_view label);

// Whether a file is PEM rather than DER.
bool isPem(ByteView file);

// The DER of a file that holds one object as DER, or as PEM under this label. Errors: badInput.
Result<Bytes> derOfFile(ByteView file, std::string_view label);

} // namespace hufu::x509
