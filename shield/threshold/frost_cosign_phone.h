// Signing under suite 2, the phone's side: (D2 | E2) -> D1 | E1 | z1 -> (R | z). There is no commitment before
// CHAL: the binding factors of RFC 9591 do its work. One object holds all items of one approval (R9); each step
// consumes the one before it (R6).
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/frost_shares.h"

#include <span>
#include <vector>

namespace hufu::threshold::frost::cosign {

// One item after CHAL: (message, D2, E2) are fixed and are what is displayed.
struct PhoneChecked {
    Bytes tbs;
    crypto::EdPoint d2, e2;
};

// All items after CHAL, waiting for the person.
struct PhoneConsent {
    SharedKey key;
    std::vector<PhoneChecked> items;
};

// server -> phone: checks CHAL before the PIN is asked for.
// In: commitments, D2 32 | E2 32 for each item; tbs, the bytes to be signed, which the caller has rebuilt from
// the manifest and compared (R10). Errors: tampered if there are not as many of one as of the other, 1 to 64,
// or D2 or E2 is not a point of the main subgroup. Source: PROTOCOL 4.8, R10.
Result<PhoneConsent> phoneCheck(const SharedKey &key, std::span<const ByteArray<64>> commitments,
                                std::span<const Bytes> tbs);

// One answer. share: D1 32 | E1 32 | z1 32. With R it gives Y1, by which PINs are tested: wiped.
struct SignItem {
    std::uint8_t index = 0; // of the item in CHAL
    WipedArray<96> share{};
};

// What RESP must fit; nothing secret.
struct PhoneExpected {
    struct Item {
        Bytes tbs;
        crypto::EdPoint nonce; // R
    };
    SharedKey key;
    std::vector<Item> items; // those that were included
};

struct PhoneSigned {
    PhoneExpected expected;
    std::vector<SignItem> items; // SIGN; only these identical bytes may be sent again (R6)
};

// phone -> server: the answer after the PIN, with nonces d1, e1 = H3(draw | s1) that live in this call only.
// In: consent, consumed; share, from unblind with the PIN typed, consumed; included, the indices that the
// person did not refuse, ascending, each once. Draws "d1" 32 and "e1" 32 for each item. Errors: badInput for
// indices that are none; badState if consent or share was used up; tampered if an R is the identity. Timing:
// constant in share and nonces. Source: PROTOCOL 4.8; RFC 9591 5.1, 5.2.
Result<PhoneSigned> phoneSign(PhoneConsent &&consent, PhoneShare share, std::span<const std::uint8_t> included,
                              ports::Random &random);

// server -> phone: accepts RESP only if every signature is valid under Y for the phone's own message and
// carries the phone's R. In: signatures, R 32 | z 32, in the order of SIGN. Errors: tampered. Source:
// PROTOCOL 4.8; RFC 8032 5.1.7.
Result<void> phoneVerify(const PhoneExpected &expected, std::span<const ByteArray<64>> signatures);

} // namespace hufu::threshold::frost::cosign
