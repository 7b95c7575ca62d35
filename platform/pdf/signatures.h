// The signatures that a PDF has: which bytes each covers, and what was added behind them. What a signature proves is
// judged elsewhere.
#pragma once

#include "platform/pdf/place.h"
#include "platform/pdf/seal.h"

namespace hufu::pdf {

// What came after a signature, the worst of it. Everything up to seals leaves what was signed as it was seen.
enum class Added : std::uint8_t {
    nothing = 0,
    validation, // certificates and revocation lists for later verifiers
    seals,      // further signatures, with their seals
    notes,      // annotations, form fields, document information
    content,    // anything else
};
std::string_view nameOf(Added added);

enum class Defect : std::uint8_t {
    none = 0,
    range,    // not two ranges from the first byte on, with nothing but the signature between
    revision, // does not end where a revision of the document ends, or is not what that revision had
};

struct PdfSignature {
    std::string field;               // its name
    std::string subFilter;           // with its slash
    std::string signer, reason, time; // as the document says; the signature itself may say otherwise
    ByteRange range;
    Bytes contents; // the signature, without what fills its room
    std::size_t page = 0; // of its widget, from 0
    Place place;          // of its widget there; without a width or height it is not seen
    Defect defect = Defect::none;
    bool coversAll = false; // the whole file
    Added added = Added::nothing;

    std::uint64_t end() const { return range.end + range.rest; }
};

struct PdfPage {
    double widthMm = 0, heightMm = 0; // as it is seen
};

struct PdfFacts {
    std::vector<PdfPage> pages;
    std::vector<PdfSignature> signatures; // in the order of what they cover
};

// Errors (Refusal): broken, encrypted, tooComplex; trouble of the source.
Outcome<PdfFacts> examine(const Source &source);
// What a signature covers, in order. In: a signature without a defect.
files::Trouble pourCovered(const Source &source, const ByteRange &range, const Sink &sink);

} // namespace hufu::pdf
