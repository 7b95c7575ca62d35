// PDFs: what our reader says of any bytes, with qpdf under it.
#include "platform/pdf/seal.h"
#include "platform/pdf/signatures.h"
#include "tests/fuzz/target.h"
#include "tests/support/pdfs.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace hufu::tests {

namespace {

void feedPdf(ByteView bytes)
{
    const pdf::MemorySource source(bytes);
    const auto facts = pdf::examine(source);
    if (!facts) return;
    hold(!facts->pages.empty(), "a document has pages");
    for (const pdf::PdfPage &page : facts->pages)
        hold(page.widthMm > 0 && page.heightMm > 0, "a page has a size");
    std::uint64_t last = 0;
    for (const pdf::PdfSignature &signature : facts->signatures) {
        if (signature.defect == pdf::Defect::range) continue;
        const pdf::ByteRange &range = signature.range;
        hold(range.start < range.end && signature.end() <= bytes.size(), "what is covered is there");
        hold(signature.end() >= last, "signatures come in the order of what they cover");
        last = signature.end();
        hold(bytes[range.start] == '<' && bytes[range.end - 1] == '>', "nothing but the signature is left out");
        hold(2 * signature.contents.size() + 2 <= range.end - range.start && !signature.contents.empty(), "the signature is in its room");
        hold(signature.coversAll == (signature.end() == bytes.size()) || signature.defect != pdf::Defect::none, "all is all");
        hold(!signature.coversAll || signature.added == pdf::Added::nothing, "nothing comes behind the end");
        std::uint64_t poured = 0;
        const auto trouble = pdf::pourCovered(source, range, [&poured](ByteView piece) { poured += piece.size(); });
        hold(trouble == files::Trouble::none && poured == range.start + range.rest, "two ranges are covered");
    }
}

Bytes sealedSeed(const std::string &document)
{
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / ("hufu-fuzz-seed-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const fs::path in = folder / "in.pdf", out = folder / "out.pdf";
    std::ofstream(in, std::ios::binary) << document;
    pdf::SealOrder order;
    order.images = {{1, 1, {220, 0, 0, 128}}};
    order.places = {{0, 0, 10, 10, 40, 40}};
    order.room = 16;
    auto prepared = pdf::PreparedPdf::prepare(in, out, true, order, [](ByteView) {});
    hold(prepared && (*prepared)->finish(Bytes{0x30, 0x03, 0x02, 0x01, 0x01}), "the seed is sealed");
    std::ifstream file(out, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    fs::remove_all(folder);
    return bytesOf(viewOf(text));
}

std::vector<Bytes> pdfSeeds()
{
    PdfDraft draft;
    draft.pages = 1;
    const std::string plain = pdfOf(draft);
    const Bytes once = sealedSeed(plain);
    // Lists and trees that a stranger has tangled: a list that is its pages', fields that share their kids, a kid that is a page tree.
    PdfDraft tangled;
    tangled.pages = 2;
    tangled.pageExtra = "/Annots [ 3 0 R 3 0 R 5 0 R ]";
    tangled.rootExtra = "/AcroForm << /Fields [ << /T (a) /Kids [ 3 0 R 2 0 R << /FT /Sig /T (s) /V << /ByteRange [0 9 11 99] /Contents <30> >> >> ] >> 3 0 R ] >>";
    return {bytesOf(viewOf(plain)), once, sealedSeed(textOf(once)), bytesOf(viewOf(pdfOf(tangled)))};
}

} // namespace

std::vector<FuzzTarget> pdfTargets()
{
    return {{"pdf", feedPdf, pdfSeeds}};
}

} // namespace hufu::tests
