// Decryption, the phone's side: T1 | PoK -> (T2). The cosigner learns neither the ciphertext nor the plaintext.
#pragma once

#include "shield/crypto/sm2.h"
#include "shield/ports/random.h"
#include "shield/threshold/shares.h"

#include <span>
#include <vector>

namespace hufu::threshold::decrypt {

// Whether the cosigner sees which ciphertext is opened. named is for a company's policy only (R8).
enum class Blinding : std::uint8_t { random, named };

// One ciphertext between DEC1 and DEC2.
struct PhoneAsked {
    Opener v; // w^-1 u1: neither u1 nor w stays
    crypto::Sm2Ciphertext ciphertext;
};

struct PhoneAsk {
    std::vector<PhoneAsked> state;
    WipedVector<ByteArray<113>> asks; // T1 65 | PoK 48 for DEC1
};

// phone -> server: asks for u2 T1 with T1 = w C1, and proves the PIN. Draws "w" 48 (unless named) and "pa" 48
// for each. In: key, of type encrypt; ciphertexts, 1 to 64, already parsed strictly; share, from unblind with
// the PIN typed, consumed. Errors: badInput for another type or count, or a C1 that is O; badState for an empty
// share. Timing: constant in share and w. Source: PROTOCOL 4.6, R8.
Result<PhoneAsk> phoneAsk(const SharedKey &key, const Sid &sid, std::vector<crypto::Sm2Ciphertext> ciphertexts,
                          PhoneShare share, Blinding blinding, ports::Random &random);

// server -> phone: S = v T2 - C1, and opens.
// In: state, consumed; answers, T2 65 for each ask, in order.
// Returns: the plain texts in order; empty, as none ever is, where S, the key stream or C3 is wrong, so that one file of a
// stranger's making does not keep the others shut. That a T2 is another than the server sent, the caller finds by DEC2's MAC.
// Errors: tampered if the number is wrong, a T2 is no point, or none opens; badState if the state was used up.
// Timing: constant in v and S. Source: PROTOCOL 4.6.
Result<std::vector<SecretBytes>> phoneOpen(std::vector<PhoneAsked> &&state,
                                           std::span<const ByteArray<65>> answers);

} // namespace hufu::threshold::decrypt
