// The hashes of the protocol. Fields are length-prefixed, so no two lists of fields have one transcript.
#pragma once

#include "shield/crypto/sm2_scalar.h"
#include "shield/crypto/sm3.h"

#include <initializer_list>
#include <string_view>

namespace hufu::threshold {

// H(tag; f1..fk) = SM3("PSH1" | len8(tag) | tag | (len32(fi) | fi)*). Source: PROTOCOL 4.1.
ByteArray<32> hash(std::string_view tag, std::initializer_list<ByteView> fields);

// H2S: 512 bits of H modulo n, may be zero. Source: PROTOCOL 4.1.
crypto::Scalar hashToScalar(std::string_view tag, std::initializer_list<ByteView> fields);

// H2S*: the first value that is not zero, over a leading counter byte. Source: PROTOCOL 4.1.
crypto::Scalar hashToNonzero(std::string_view tag, std::initializer_list<ByteView> fields);

} // namespace hufu::threshold
