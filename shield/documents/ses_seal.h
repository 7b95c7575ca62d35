// The electronic seal: a seal's picture, who may use it and when, signed by who made it.
// Source: GB/T 38540-2020 6 (version 4).
#pragma once

#include "shield/x509/chain.h"
#include "shield/x509/sm2_der.h"

#include <optional>
#include <string_view>

namespace hufu::documents {

inline constexpr std::size_t kSesSealMax = 4 * 1024 * 1024;

struct SesPicture {
    std::string type; // "png", "svg"
    Bytes data;
    int widthMm = 0, heightMm = 0; // 1 to 1,000
    bool operator==(const SesPicture &) const = default;
};

// What the maker signs.
struct SesSealInfo {
    enum class Type : std::uint8_t { unit = 1, person = 2 };

    std::string vendor; // printable ASCII, at most 64
    std::string id;     // of the seal, printable ASCII, 1 to 64
    Type type = Type::unit;
    std::string name; // UTF-8, 1 to 512 bytes
    // Who may use it, 1 to 64: certificates, or their SM3. Only one of the two lists is there.
    std::vector<x509::Certificate> signers;
    std::vector<ByteArray<32>> signerDigests;
    std::int64_t createdMs = 0, fromMs = 0, untilMs = 0; // to the second; fromMs < untilMs
    SesPicture picture;

    // Canonical DER of SES_SealInfo. In extensions of others only those that are not critical are passed over.
    // Errors: badInput.
    static Result<SesSealInfo> parse(ByteView der);
    Result<Bytes> der() const;
    // Whether this certificate may use the seal.
    bool names(const x509::Certificate &certificate) const;
};

struct SesSeal {
    Bytes der;     // as it came
    Bytes infoDer; // as it was signed
    SesSealInfo info;
    x509::Certificate maker;
    x509::Sm2Signature signature;

    // In: canonical DER of a SESeal, at most 4 MiB. The signature is not checked here. Errors: badInput.
    static Result<SesSeal> parse(ByteView der);
    bool operator==(const SesSeal &other) const { return der == other.der; }
};

// Returns: DER of the seal. Errors: badInput; tampered if the signature is not the maker's over the DER of the info.
Result<Bytes> buildSesSeal(ByteView infoDer, const x509::Certificate &maker, const x509::Sm2Signature &signature);

enum class SealFinding : std::uint8_t {
    valid = 0,
    forged,       // not signed by the maker that it names
    makerRefused, // the maker's certificate: see SealVerdict::makerFault
    notYetValid,
    expired,
};
std::string_view nameOf(SealFinding finding);

struct SealVerdict {
    SealFinding finding = SealFinding::forged;
    x509::Fault makerFault = x509::Fault::none;
    bool isValid() const { return finding == SealFinding::valid; }
};

// Judges a seal. In: atMs, when it was used, at which it must have been valid. Its maker's certificate must have been
// valid when it was made, and not revoked by then.
SealVerdict judgeSeal(const SesSeal &seal, const x509::Trust &trust, std::int64_t atMs, std::int64_t nowMs,
                      bool revocationRequired = false);

} // namespace hufu::documents
