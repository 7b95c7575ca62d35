// The phone's half of a refresh, REF1 to REF3, for every living key of the device, whichever suites they are
// of: one rho1, one message, one new file (PROTOCOL R7). For the sources of this folder only.
#pragma once

#include "shield/threshold/frost_refresh_phone.h"
#include "shield/threshold/refresh_phone.h"
#include "shield/vault/vault.h"
#include "shield/wire/conversation.h"

namespace hufu::phone {

class Renewal {
public:
    // In: op, refresh or pinChange; types, the living keys, sign before encrypt; kPin, of the PIN typed.
    // Returns: REF1. Errors: as phoneAsk and unblind.
    Result<wire::Ref1> ask(threshold::Op op, std::span<const threshold::KeyType> types,
                           const vault::EpochShares &shares, const ByteArray<16> &acct, const Secret<32> &kPin,
                           const ByteArray<16> &sid, ports::Random &random);
    // In: rho2, of REF2; kPin, of the new PIN; next, the new file with its salts: gets epoch and blinded
    // shares. Returns: REF3, to leave once next is written. Errors: badState without ask; as phoneRenew.
    Result<wire::Ref3> renew(const ByteArray<32> &rho2, const Secret<32> &kPin, vault::EpochShares &next,
                             ports::Random &random);
    void forget();

private:
    struct Frost {
        threshold::frost::SharedKey key;
        threshold::frost::PhoneShare share;
    };
    std::optional<threshold::refresh::PhoneAsked>
        m_asked;                  // the keys of suite 1; always there: the encrypt key is
    std::optional<Frost> m_frost; // a sign key of suite 2
};

} // namespace hufu::phone
