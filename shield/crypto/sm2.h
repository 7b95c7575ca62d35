// SM2 with whole keys and public values: Z and e, verification, KDF, encryption, and the last step of
// decryption. What two parties do together is in shield/threshold.
#pragma once

#include "shield/crypto/sm2_point.h"
#include "shield/ports/random.h"

#include <string_view>

namespace hufu::crypto {

// The user id that all of Hufu signs with. Source: GM/T 0009 10.
inline constexpr std::string_view kSm2Id = "1234567812345678";

// The hash of the signer's identity, the curve, and the key.
// In: p, the public key, not O; id, at most 8,191 bytes. Errors: badInput.
// Source: GB/T 32918.2 5.5.
Result<ByteArray<32>> sm2Z(const Point &p, std::string_view id = kSm2Id);

// The same for a key that is encoded already: 04 | X 32 | Y 32, a point that was parsed.
Result<ByteArray<32>> sm2Z(const ByteArray<kPointBytes> &p, std::string_view id = kSm2Id);

// The digest that is signed: SM3(Z | message). Errors: as sm2Z.
// Source: GB/T 32918.2 6.1, A1 and A2.
Result<ByteArray<32>> sm2E(const Point &p, ByteView message, std::string_view id = kSm2Id);

// r = (e + x(R)) mod n, which both halves compute for themselves.
// Errors: tampered if R is O or r is 0.
// Source: GB/T 32918.2 6.1, A5.
Result<Scalar> sm2SignatureR(const ByteArray<32> &e, const Point &nonce);

// Whether r = (e + x(R)) mod n, without an inversion. Timing: constant but for the answer.
bool sm2NonceFits(const ByteArray<32> &e, const Point &nonce, const Scalar &r);

// Verifies a signature over the digest e.
// In: r and s, which parse() has confined to [1, n); zero is refused here as well.
// Returns: R' = s G + (r + s) P, the signer's nonce point. Errors: tampered.
// Timing: variable; everything here is public.
// Source: GB/T 32918.2 7.1.
Result<Point> sm2VerifyVartime(const Point &p, const ByteArray<32> &e, const Scalar &r, const Scalar &s);

// The key derivation function. In: length at most 2^32 bytes. Source: GB/T 32918.4 5.4.3.
SecretBytes sm2Kdf(ByteView z, std::size_t length);

// C1, C3, C2 in this order, the one of GB/T 32918.4 and GM/T 0009.
struct Sm2Ciphertext {
    Point c1;
    ByteArray<32> c3{};
    Bytes c2;

    // In: C1 65 | C3 32 | C2, at least one byte of C2. Errors: badInput.
    static Result<Sm2Ciphertext> parse(ByteView bytes);
    // Errors: badState if c1 is O.
    Result<Bytes> encode() const;
};

// In: p, the recipient's public key, not O; message, at least one byte. Draws "sm2-k" (64 bytes, reduced
// modulo n). Errors: badInput.
// Source: GB/T 32918.4 6.1.
Result<Sm2Ciphertext> sm2Encrypt(const Point &p, ByteView message, ports::Random &random);

// The last step of decryption, from S = d C1 on, by whomever S was computed.
// Errors: tampered if S is O, the key stream is all zeros, or C3 does not fit.
// Timing: constant in S and the message but for its length.
// Source: GB/T 32918.4 7.1, B4 to B7.
Result<SecretBytes> sm2Open(const Point &shared, const Sm2Ciphertext &ciphertext);

// Decryption with a whole key. Errors: as sm2Open.
Result<SecretBytes> sm2Decrypt(const Scalar &d, const Sm2Ciphertext &ciphertext);

} // namespace hufu::crypto
