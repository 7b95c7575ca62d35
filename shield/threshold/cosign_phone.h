// Signing, the phone's side: com1 -> (Q2 | PoK) -> R1 | rnd | s1 -> (r | s). One object holds all items of one
// approval (R9) and goes through the steps; each step consumes the form before it, so a commitment takes one
// challenge and a nonce gives one answer (R6).
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/shares.h"

#include <span>
#include <vector>

namespace hufu::threshold::cosign {

// One item after HELLO: the nonce k1, not yet bound to a message.
struct PhoneCommitted {
    SigningNonce k1;
    EncodedPoint r1; // R1 = k1 G
    WipedArray<32> rnd;
    ByteArray<32> com1;
};

// All items after HELLO.
struct PhoneCommitment {
    SharedKey key;
    std::vector<PhoneCommitted> items;
    std::vector<ByteArray<32>> com1() const;
};

// phone -> server: commits to one fresh nonce for each item. Draws "k1" 48 and "rnd" 32 for each.
// In: key, of type sign; count, 1 to 64.
// Errors: badInput for another type or count. Source: PROTOCOL 4.5, R6, R9.
Result<PhoneCommitment> phoneCommit(const SharedKey &key, std::size_t count, ports::Random &random);

// One item after CHAL: (message, Q2, r) are fixed and are what is displayed.
struct PhoneChecked {
    SigningNonce k1;
    EncodedPoint r1;
    WipedArray<32> rnd;
    ByteArray<32> e;
    crypto::Scalar r;
};

// All items after CHAL, waiting for the person.
struct PhoneConsent {
    SharedKey key;
    std::vector<PhoneChecked> items;
};

// server -> phone: checks CHAL before the PIN is asked for, and computes e from what is displayed.
// In: sid; points, Q2 65 | PoK 48 for each item; tbs, the bytes to be signed, which the caller has rebuilt from
// the manifest and compared (R10).
// Errors: tampered if the number of points or tbs is not that of the commitment, Q2 or its proof to the base B
// is wrong, R is O, or r is 0. badState if the commitment was used up. It is used up in any case. Source:
// PROTOCOL 4.5, R10.
Result<PhoneConsent> phoneCheck(PhoneCommitment &&commitment, const Sid &sid,
                                std::span<const ByteArray<113>> points, std::span<const Bytes> tbs);

// One answer. share: R1 65 | rnd 32 | s1 32. With r it gives P1, by which PINs are tested: wiped.
struct SignItem {
    std::uint8_t index = 0; // of the item in CHAL
    WipedArray<129> share{};
};

// What RESP must fit; nothing secret.
struct PhoneExpected {
    struct Item {
        ByteArray<32> e;
        crypto::Scalar r;
    };
    SharedKey key;
    std::vector<Item> items; // those that were included
};

struct PhoneSigned {
    PhoneExpected expected;
    std::vector<SignItem> items; // SIGN; only these identical bytes may be sent again (R6)
};

// phone -> server: the answer after the PIN: arithmetic modulo n only.
// In: consent, consumed; share, from unblind with the PIN typed, consumed; included, the indices that the
// person did not refuse, ascending, each once. Errors: badInput for indices that are none; badState if share or
// a nonce was used up; tampered if an s1 is 0. Timing: constant in share and nonces. Source: PROTOCOL 4.5, R9.
Result<PhoneSigned> phoneSign(PhoneConsent &&consent, PhoneShare share, std::span<const std::uint8_t> included);

// server -> phone: accepts RESP only if every signature is valid under P for the e of the phone itself and
// carries the phone's r. In: signatures, r 32 | s 32, in the order of SIGN. Errors: tampered. Timing: variable;
// all public. Source: PROTOCOL 4.5.
Result<void> phoneVerify(const PhoneExpected &expected, std::span<const ByteArray<64>> signatures);

} // namespace hufu::threshold::cosign
