// FROST(Ed25519, SHA-512) for two signers, in the letters of RFC 9591 5, each formula with its checks.
#pragma once

#include "shield/crypto/ed25519_point.h"

#include <array>

namespace hufu::threshold::frost::algebra {

// What a signer publishes before it signs. In: id, its identifier, not zero; d, e, its hiding and binding nonce
// times Bp.
struct Commitment {
    std::uint8_t id = 0;
    crypto::EdPoint d, e;
};

// Both signers' commitments, with ascending identifiers, and what follows from them and the message.
struct Round {
    std::array<Commitment, 2> commitments;
    std::array<crypto::EdScalar, 2> rho; // the binding factors
    crypto::EdPoint nonce;               // R
    crypto::EdScalar c;                  // the challenge
};

// In: y, the public key; message; commitments, with ascending identifiers.
// Errors: tampered if R is the identity. Source: RFC 9591 4.4, 4.5, 4.6.
Result<Round> roundOf(const crypto::EdPoint &y, ByteView message, const std::array<Commitment, 2> &commitments);

// lambda of the signer own beside other. Source: RFC 9591 4.2.
crypto::EdScalar lagrange(std::uint8_t own, std::uint8_t other);

// z_i = d + e rho_i + lambda_i s_i c. In: place, 0 or 1, the signer's in the round. Timing: constant in d, e,
// s. Source: RFC 9591 5.2.
crypto::EdScalar shareOf(const Round &round, std::size_t place, const crypto::EdScalar &d,
                         const crypto::EdScalar &e, const crypto::EdScalar &s);

// Whether z_i Bp = D_i + rho_i E_i + c lambda_i Y_i: for the phone's share the check of the PIN.
// Timing: constant in z, which tests PINs; the answer is told. Source: RFC 9591 5.4.
bool shareFits(const Round &round, std::size_t place, const crypto::EdScalar &z, const crypto::EdPoint &y);

// R | z1 + z2. Source: RFC 9591 5.3.
ByteArray<64> signatureOf(const Round &round, const crypto::EdScalar &z1, const crypto::EdScalar &z2);

} // namespace hufu::threshold::frost::algebra
