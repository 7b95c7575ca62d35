// One QR image of a moving challenge: "HUFU:1:" + Base45 of
//   kind 1 | token 16 | second 4 | code 16 [ | desk id 16 | Ed25519 signature 64 ]
#pragma once

#include "shield/base/secret.h"

#include <optional>
#include <string>

namespace hufu::intent {

enum class FrameKind : std::uint8_t {
    desk = 1, // drawn and signed by an enrolled desk
    page = 2, // from a relying party's backend: no desk part, counts as an unknown desk
};

struct Frame {
    FrameKind kind = FrameKind::page;
    ByteArray<16> token{};
    std::uint32_t second = 0; // since the server's start of the session, on the maker's monotonic clock
    ByteArray<16> code{};
    ByteArray<16> deskId{};    // kind desk only
    ByteArray<64> signature{}; // kind desk only

    // Errors: badInput for anything that is not exactly one frame.
    static Result<Frame> parse(ByteView bytes); // 37 or 117 bytes
    static Result<Frame> fromText(std::string_view text);
    Bytes encode() const;
    std::string text() const;
    // What the desk signs: "HUFU-FRAME-1" | all frame bytes before the signature.
    Bytes signedBytes() const;
};

// First 16 bytes of HMAC-SM3(secret; token | second | SM3(manifest)).
ByteArray<16> frameCode(const Secret<32> &frameSecret, const ByteArray<16> &token, std::uint32_t second,
                        const ByteArray<32> &manifestSm3);

// First 16 bytes of SM3(Ed25519 public key).
ByteArray<16> deskIdOf(const ByteArray<32> &publicKey);

// RFC 9285. Errors: badInput.
std::string toBase45(ByteView bytes);
Result<Bytes> fromBase45(std::string_view text);

} // namespace hufu::intent
