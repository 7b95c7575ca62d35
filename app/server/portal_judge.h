// What the demo portal sees of a sealed bid without any key: whose it is, for which project, and that nobody has touched it; and by whom a
// document is sealed.
#pragma once

#include "app/envelope/outcome.h"
#include "shield/x509/chain.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::server {

struct JudgedBid {
    std::string company, person; // of the certificate that signed it
    Bytes serial;                // its number
    std::string fileName;        // of what is inside
    std::uint64_t contentSize = 0;
    std::string projectNumber;
    std::optional<std::int64_t> openingMs;
    std::vector<ByteArray<32>> keys; // SM3 of each wrapped key: what the opening will ask to decrypt
    ByteArray<32> sealed{};          // SM3 of what the sender signed: which sealed bid it is to Hufu
    std::vector<std::string> readers; // by which keys it opens, hexadecimal, as the envelope names them
};

// Hashes the whole file and judges the sender's signature. Errors in problem: those of envelope::EnvelopeFile::open and
// verify; envelopeUnsigned (no sender, or no project); certificateInvalid, certificateRevoked, certificateExpired, signatureInvalid.
envelope::Outcome<JudgedBid> judgeBid(const std::filesystem::path &file, const x509::Trust &trust, std::int64_t nowMs);

// Who has signed or sealed a PDF, each signature and seal of which holds; of a signature by several each of them.
struct Signer {
    std::string company, person;
    Bytes serial; // of the certificate
};
// Errors in problem: those of pdf_app::judge (HF-620: no PDF at all); what PdfVerdict::problem says (none: HF-625).
envelope::Outcome<std::vector<Signer>> judgePdf(const std::filesystem::path &file, const x509::Trust &trust, std::int64_t nowMs);

} // namespace hufu::server
