// The hashes of suite 2 outside RFC 9591: the transcripts of transcript.h over SHA-512/256, scalars modulo L.
#pragma once

#include "shield/crypto/ed25519_scalar.h"

#include <initializer_list>
#include <string_view>

namespace hufu::threshold::frost {

// H. Source: PROTOCOL 4.1, R11.
ByteArray<32> hash(std::string_view tag, std::initializer_list<ByteView> fields);

// H2S: 512 bits of H, little endian, modulo L; may be zero. Source: PROTOCOL 4.1, R11.
crypto::EdScalar hashToScalar(std::string_view tag, std::initializer_list<ByteView> fields);

// H2S*: the first value that is not zero, over a leading counter byte. Source: PROTOCOL 4.1, R11.
crypto::EdScalar hashToNonzero(std::string_view tag, std::initializer_list<ByteView> fields);

} // namespace hufu::threshold::frost
