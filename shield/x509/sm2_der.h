// SM2 signatures and ciphertexts in DER. Source: GM/T 0009 7.2 and 7.3.
#pragma once

#include "shield/crypto/public_key.h"
#include "shield/crypto/sm2.h"

namespace hufu::x509 {

// r and s, each in [1, n).
struct Sm2Signature
{
    ByteArray<32> r{}, s{};

    // In: DER SEQUENCE { r INTEGER, s INTEGER }, canonical, nothing left over. Errors: badInput.
    static Result<Sm2Signature> parse(ByteView der);
    // In: r 32 | s 32, as the wire carries them. Errors: badInput.
    static Result<Sm2Signature> fromRaw(ByteView rs);
    ByteArray<64> raw() const;
    // Errors: badInput if r or s is not in [1, n).
    Result<Bytes> der() const;
    bool operator==(const Sm2Signature &) const = default;
};

// In: r, s of 32 bytes. Returns: DER, 70 to 72 bytes as a rule. Errors: badInput if r or s is not in [1, n).
Result<Bytes> sm2SignatureDer(ByteView r, ByteView s);

// Verifies a signature over a message with the id of Hufu. Errors: tampered, also for a key of another suite.
Result<void> verifySignature(const crypto::PublicKey &key, ByteView message, const Sm2Signature &signature);

// SM2Cipher ::= SEQUENCE { XCoordinate INTEGER, YCoordinate INTEGER, HASH OCTET STRING (32), CipherText OCTET
// STRING } In: canonical DER, nothing left over, C1 on the curve, at least one byte of C2. Errors: badInput.
Result<crypto::Sm2Ciphertext> parseSm2Cipher(ByteView der);
// Errors: badInput if C1 is O or C2 is empty.
Result<Bytes> sm2CipherDer(const crypto::Sm2Ciphertext &ciphertext);

} // namespace hufu::x509
