// Seals and signs a PDF in two steps, since the signature is made elsewhere: prepare writes everything but the
// signature, finish puts it in. The document is copied to the byte and gets an increment, so that signatures that are
// there stay valid.
#pragma once

#include "platform/pdf/source.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace hufu::pdf {

// From one end to the other but for the signature: [0, start) and [end, end + rest).
struct ByteRange {
    std::uint64_t start = 0, end = 0, rest = 0;
    bool operator==(const ByteRange &) const = default;
};

struct SealImage {
    int width = 0, height = 0; // at most 4,096
    Bytes rgba;                // rows from the top, four bytes a pixel, not premultiplied
};

// A seal on a page. Lengths in mm, from the upper left corner of the page as it is seen.
struct SealPlace {
    std::size_t image = 0;
    std::size_t page = 0; // from 0
    double left = 0, top = 0, width = 0, height = 0;
};

// A seal across the edges of a bundle of pages (骑缝章): each page's right edge has its strip.
struct RidingSeal {
    std::size_t image = 0;
    std::size_t firstPage = 0, lastPage = 0; // two pages at least
    double top = 0, width = 0, height = 0;
    std::size_t pagesOfASeal = 20; // a longer bundle gets several, as even as can be
};

enum class SignatureForm : std::uint8_t {
    cms, // /adbe.pkcs7.detached
    ses, // /HUFU.GBT38540: SES_Signature
};

struct SealOrder {
    SignatureForm form = SignatureForm::cms;
    std::vector<SealImage> images;
    std::vector<SealPlace> places; // none: a signature that is not seen
    std::vector<RidingSeal> ridings;
    std::int64_t timeMs = 0;
    std::string signer, reason;     // to be shown; may be empty
    std::size_t room = 16 * 1024;   // for the signature, in bytes
    ByteArray<16> revisionId{};     // of this revision of the document
};

class PreparedPdf {
public:
    // In: covered, which gets what is to be signed, in order; target, whose name the result gets. Nothing is at target
    // before finish. Failure: the source's refusals; noPlace; exists, diskFull, unwritable, changed.
    static Outcome<std::unique_ptr<PreparedPdf>> prepare(const std::filesystem::path &source, const std::filesystem::path &target,
                                                         bool replace, const SealOrder &order, const Sink &covered);

    const ByteRange &range() const { return m_range; }
    // Puts the signature in and gives the file its name; once. Failure: noRoom; exists, diskFull, unwritable.
    Outcome<ByteRange> finish(ByteView signature);

private:
    PreparedPdf() = default;
    files::FreshFile m_file;
    ByteRange m_range;
};

inline constexpr char kCmsSubFilter[] = "/adbe.pkcs7.detached";
inline constexpr char kSesSubFilter[] = "/HUFU.GBT38540";

} // namespace hufu::pdf
