// The phone's half of one sign, from HELLO to RESP, whichever suite the sign key is of. What counts, locks,
// displays and stores knows nothing of it. For the sources of this folder only.
#pragma once

#include "shield/threshold/cosign_phone.h"
#include "shield/threshold/frost_cosign_phone.h"
#include "shield/vault/vault.h"
#include "shield/wire/conversation.h"

#include <variant>

namespace hufu::phone {

class Signing {
public:
    // Before HELLO: under suite 1 draws nonces and puts the commitments into hello. Errors: badInput.
    Result<void> commit(const vault::EpochShares &shares, const ByteArray<16> &acct, std::size_t items,
                        wire::Hello &hello, ports::Random &random);
    // CHAL, before the PIN is asked for. Errors: tampered, also for the CHAL of another suite.
    Result<void> check(const wire::Chal &chal);
    Result<void> check(const wire::FrostChal &chal);
    // The whole SIGN, after the PIN. Errors: badState without a checked CHAL; as phoneSign.
    Result<Bytes> answer(const vault::EpochShares &shares, const Secret<32> &kPin, const ByteArray<16> &sid,
                         std::span<const std::uint8_t> included, ports::Random &random);
    // Whether RESP holds valid signatures over what was approved, and those of this conversation.
    bool accepts(const std::vector<ByteArray<64>> &signatures) const;

    void forgetChallenge(); // what is secret, or waits for an answer
    void forgetAnswer();    // what RESP must fit

private:
    using Sm2Consent = threshold::cosign::PhoneConsent;
    using FrostConsent = threshold::frost::cosign::PhoneConsent;

    std::optional<threshold::cosign::PhoneCommitment> m_commitment; // of suite 1
    std::optional<threshold::frost::SharedKey> m_frostKey;          // of suite 2, which commits to nothing
    std::variant<std::monostate, Sm2Consent, FrostConsent> m_consent;
    std::variant<std::monostate, threshold::cosign::PhoneExpected, threshold::frost::cosign::PhoneExpected>
        m_expected;
};

} // namespace hufu::phone
