// What differs between a sign key of SM2 and one of FROST(Ed25519): the messages, the session in RAM, the mathematics.
// Counters, ladder, chain and result are the same and know nothing of it.
#pragma once

#include "shield/cosigner/conversation.h"
#include "shield/cosigner/kept_keys.h"
#include "shield/cosigner/shares.h"
#include "shield/threshold/cosign_server.h"
#include "shield/threshold/frost_cosign_server.h"
#include "shield/threshold/frost_keygen_server.h"
#include "shield/threshold/keygen_server.h"

namespace hufu::cosigner {

// A sign between CHAL and SIGN; nothing for any other op.
using SignSession = std::variant<std::monostate, threshold::cosign::ServerSession, threshold::frost::cosign::ServerSession>;
// A sign key between KG2 and KG3.
using SignKeygen = std::variant<threshold::keygen::ServerStarted, threshold::frost::keygen::ServerStarted>;
using SignChal = std::variant<wire::Chal, wire::FrostChal>;

struct Sm2Suite {
    using Session = threshold::cosign::ServerSession;
    using Attempt = threshold::cosign::ServerAttempt;
    using Message = wire::Sign;
    using Share = KeyShare;
    static Result<Attempt> open(Session &&session, const Message &sign);
    static Result<Share> shareOf(const DeviceRecord &record, std::uint32_t epoch, const Ports &ports, KeptKeys &kept);
    static Result<std::vector<ByteArray<64>>> complete(Attempt &&attempt, Share &own, KeptKeys &kept);
};

struct FrostSuite {
    using Session = threshold::frost::cosign::ServerSession;
    using Attempt = threshold::frost::cosign::ServerAttempt;
    using Message = wire::FrostSign;
    using Share = FrostKeyShare;
    static Result<Attempt> open(Session &&session, const Message &sign);
    static Result<Share> shareOf(const DeviceRecord &record, std::uint32_t epoch, const Ports &ports, KeptKeys &kept);
    static Result<std::vector<ByteArray<64>>> complete(Attempt &&attempt, Share &own, KeptKeys &kept);
};

// The nonces of a CHAL for the device's sign key, by its suite: what goes out, and what stays in session.
Result<SignChal> challengeFor(const DeviceRecord &record, const wire::Hello &hello, const ByteArray<16> &sid,
                              const std::vector<Bytes> &tbs, SignSession &session, const Ports &ports, KeptKeys &kept);

} // namespace hufu::cosigner
