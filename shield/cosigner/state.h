// What a Conversation holds between two messages, besides the Live that the Core holds for it.
#pragma once

#include "shield/cosigner/core.h"

namespace hufu::cosigner {

struct Conversation::State {
    struct Keygen {
        ByteArray<16> acct{};
        Secret<32> kDev;
        SignKeygen sign;
        threshold::keygen::ServerStarted encrypt;
    };
    struct Probe {
        ByteArray<16> sid{};
        ByteArray<32> sm3{};
    };
    std::optional<Keygen> keygen; // between KG2 and KG3
    std::optional<Probe> probe;   // between DEC2 of act probe and its answer
};

} // namespace hufu::cosigner
