// H1 to H5 of FROST(Ed25519, SHA-512). Source: RFC 9591 6.1.
#pragma once

#include "shield/crypto/ed25519_scalar.h"

#include <initializer_list>

namespace hufu::crypto {

// Each hashes its parts one after the other. The scalars are SHA-512's 64 bytes, little endian, modulo L.
EdScalar frostH1(std::initializer_list<ByteView> parts);      // binding factors
EdScalar frostH2(std::initializer_list<ByteView> parts);      // the challenge, as RFC 8032 has it
EdScalar frostH3(std::initializer_list<ByteView> parts);      // nonces
ByteArray<64> frostH4(std::initializer_list<ByteView> parts); // the message
ByteArray<64> frostH5(std::initializer_list<ByteView> parts); // the commitments

} // namespace hufu::crypto
