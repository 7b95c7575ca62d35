// The envelope of every message between phone and server: version 1 | type 1 | body. README.md documents all.
#pragma once

#include "shield/base/secret.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::wire {

inline constexpr std::uint8_t kVersion = 1;

// Phone to server below 0x40, server to phone from 0x40.
enum class Type : std::uint8_t {
    enrolStart = 0x01,
    enrolProof = 0x02,
    activate = 0x03,
    kg3 = 0x04,
    begin = 0x05,
    claim = 0x06,
    resume = 0x07,
    factorAsk = 0x08,
    factor = 0x09,
    refuse = 0x0a,
    hello = 0x0b,
    sign = 0x0c,
    dec1 = 0x0d,
    ref1 = 0x0e,
    ref3 = 0x0f,
    resultQuery = 0x10,
    deliver = 0x11,
    probeAnswer = 0x12,
    certificatesQuery = 0x13,
    recover = 0x14,
    frostKg3 = 0x15,
    frostSign = 0x16,
    bidsQuery = 0x17,
    desksQuery = 0x18,
    deskRemoval = 0x19,
    recordsQuery = 0x1a,
    accountQuery = 0x1b,
    evidenceKey = 0x1c,

    greeting = 0x40,
    enrolTerms = 0x41,
    enrolAccepted = 0x42,
    kg2 = 0x43,
    kg4 = 0x44,
    claimed = 0x45,
    factorSent = 0x46,
    factorAccepted = 0x47,
    refused = 0x48,
    stale = 0x49,
    clone = 0x4a,
    locked = 0x4b,
    epochIs = 0x4c,
    chal = 0x4d,
    resp = 0x4e,
    dec2 = 0x4f,
    ref2 = 0x50,
    ref4 = 0x51,
    unknown = 0x52,
    delivered = 0x53,
    certificates = 0x54,
    failure = 0x55,
    recovered = 0x56,
    frostKg2 = 0x57,
    frostChal = 0x58,
    bidList = 0x59,
    deskList = 0x5a,
    recordList = 0x5b,
    accountState = 0x5c,
    evidenceKeyKept = 0x5d,
};

// Every message is a struct M with
//   static constexpr Type kType;
//   static Result<M> parse(ByteView body);  total on all bytes; errors: badInput
//   Bytes body() const;                     what stands behind version and type
// with `static constexpr bool kSecret` if its bytes are to be wiped once sent or read (K_dev, and whatever tests a
// PIN: PROTOCOL 2.4), and, if it carries a MAC, with
// `static constexpr char kMacName[]` and `ByteArray<32> mac`, which is the body's end.

struct Envelope {
    Type type;
    ByteView body; // into the bytes that were split

    // Errors: badInput: shorter than 2, longer than limits::kMessageMax, another version, no such type.
    static Result<Envelope> split(ByteView message);
};

template <typename M> Bytes encode(const M &message)
{
    Bytes body = message.body();
    Bytes out = Writer().u8(kVersion).u8(static_cast<std::uint8_t>(M::kType)).raw(body).take();
    if constexpr (requires { M::kSecret; }) wipe(body.data(), body.size());
    return out;
}

// The message of kind M. Errors: badInput, also for any other type.
template <typename M> Result<M> decode(ByteView message)
{
    HUFU_TRY(envelope, Envelope::split(message));
    if (envelope.type != M::kType) return Error(Errc::badInput, "another message was expected");
    return M::parse(envelope.body);
}

// What HMAC-SM3 under K_dev is taken over (PROTOCOL R4):
//   "PSH1-" name | cn16 | [nonce16 of STALE] | all fields before the MAC
// Both halves call this one function and compare in constant time.
Bytes macInput(std::string_view name, const ByteArray<16> &cn, const std::optional<ByteArray<16>> &staleNonce,
               ByteView fields);

// macInput of a message as it stands (its mac field is left out). Of a message with kSecret: wipe it after use.
template <typename M>
Bytes macInputOf(const M &message, const ByteArray<16> &cn,
                 const std::optional<ByteArray<16>> &staleNonce = std::nullopt)
{
    Bytes body = message.body();
    Bytes input = macInput(M::kMacName, cn, staleNonce, ByteView(body).first(body.size() - 32));
    if constexpr (requires { M::kSecret; }) wipe(body.data(), body.size());
    return input;
}

} // namespace hufu::wire
