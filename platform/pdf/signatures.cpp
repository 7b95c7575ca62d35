#include "platform/pdf/signatures.h"

#include "platform/pdf/additions.h"
#include "platform/pdf/effort.h"
#include "platform/pdf/geometry.h"

#include <algorithm>
#include <map>
#include <set>

namespace hufu::pdf {

namespace {

constexpr std::size_t kSignaturesMax = 64;
constexpr std::uint64_t kContentsMax = 16 * 1024 * 1024; // hexadecimal digits

std::optional<ByteRange> rangeIn(QPDFObjectHandle array)
{
    if (!array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
    std::array<std::uint64_t, 4> numbers{};
    for (int i = 0; i < 4; ++i) {
        QPDFObjectHandle item = array.getArrayItem(i);
        if (!item.isInteger() || item.getIntValue() < 0) return std::nullopt;
        numbers[static_cast<std::size_t>(i)] = static_cast<std::uint64_t>(item.getIntValue());
    }
    if (numbers[0] != 0) return std::nullopt;
    return ByteRange{numbers[1], numbers[2], numbers[3]};
}

// The first DER element of bytes, behind which only zeros may stand.
std::optional<Bytes> elementOf(const Bytes &bytes)
{
    if (bytes.size() < 2 || bytes[0] != 0x30) return std::nullopt;
    std::size_t length = bytes[1], head = 2;
    if (length >= 0x80) {
        const std::size_t octets = length & 0x7f;
        if (octets < 1 || octets > 4 || bytes.size() < 2 + octets) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < octets; ++i)
            length = length << 8 | bytes[2 + i];
        head += octets;
    }
    if (length > bytes.size() - head) return std::nullopt;
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(head + length);
    if (std::any_of(end, bytes.end(), [](std::uint8_t byte) { return byte != 0; })) return std::nullopt;
    return Bytes(bytes.begin(), end);
}

// What stands between the two ranges, which must be the digits of /Contents in their brackets and nothing else.
std::optional<Bytes> contentsBetween(const Source &source, const ByteRange &range, QPDFObjectHandle contents)
{
    if (range.start > range.end || range.end > source.size() || range.rest > source.size() - range.end) return std::nullopt;
    const std::uint64_t length = range.end - range.start;
    if (length < 2 || length > kContentsMax || !contents.isString()) return std::nullopt;
    spendText(length);
    const std::string gap = textOf(source.piece(range.start, static_cast<std::size_t>(length)));
    if (gap.size() != length || gap.front() != '<' || gap.back() != '>') return std::nullopt;
    const auto bytes = fromHex(std::string_view(gap).substr(1, gap.size() - 2));
    if (!bytes || textOf(*bytes) != contents.getStringValue()) return std::nullopt;
    // And it is this string that the document's reader sees, not one like it elsewhere.
    if (contents.getParsedOffset() != static_cast<qpdf_offset_t>(range.start)) return std::nullopt;
    return *bytes;
}

std::string textIn(QPDFObjectHandle dictionary, const char *key)
{
    QPDFObjectHandle value = dictionary.getKey(key);
    std::string text = value.isString() ? value.getUTF8Value() : std::string();
    spendText(text.size());
    return text;
}

// On which page each annotation stands, from 0: of several the first.
std::map<QPDFObjGen, std::size_t> annotationPages(Reader &reader)
{
    std::map<QPDFObjGen, std::size_t> out;
    std::set<QPDFObjGen> lists; // pages may share one
    for (std::size_t i = 0; i < reader.pages().size(); ++i) {
        QPDFObjectHandle list = reader.pages()[i].getKey("/Annots");
        if (!list.isArray() || (list.isIndirect() && !lists.insert(list.getObjGen()).second)) continue;
        for (int at = 0; at < list.getArrayNItems(); ++at) {
            spend(1);
            QPDFObjectHandle annotation = list.getArrayItem(at);
            if (annotation.isIndirect()) out.emplace(annotation.getObjGen(), i);
        }
    }
    return out;
}

// Where a person sees it, if they do.
Place placeOf(Reader &reader, std::size_t page, QPDFObjectHandle widget)
{
    constexpr long long kHidden = 2, kNoView = 32;
    QPDFObjectHandle flags = widget.getKey("/F");
    if (page >= reader.pages().size() || (flags.isInteger() && (flags.getIntValue() & (kHidden | kNoView)) != 0)) return {};
    const auto view = PageView::of(reader.pages()[page]);
    return view ? view->placeOf(widget.getKey("/Rect")).value_or(Place()) : Place();
}

// Whether a revision that ends there has this signature, and what came after it. Returns: false where that takes too much.
bool compare(const Source &source, Reader &whole, PdfSignature &signature)
{
    if (signature.end() == source.size()) {
        signature.coversAll = true;
        return true;
    }
    auto before = Reader::open(source, signature.end());
    const auto isIt = [&signature](FormField &field) {
        if (field.name != signature.field || field.type != "/Sig" || !field.value.isDictionary()) return false;
        return rangeIn(field.value.getKey("/ByteRange")) == signature.range;
    };
    const auto found = guarded([&]() -> Outcome<bool> {
        if (!before) return before.failure();
        auto fields = fieldsOf(**before);
        if (!std::any_of(fields.begin(), fields.end(), isIt)) return false;
        signature.added = additions(**before, whole);
        return true;
    });
    if (!found || !*found) signature.defect = Defect::revision;
    return found || !(found.failure() == Failure(Refusal::tooComplex));
}

} // namespace

std::string_view nameOf(Added added)
{
    switch (added) {
    case Added::nothing: return "nothing";
    case Added::validation: return "validation";
    case Added::seals: return "seals";
    case Added::notes: return "notes";
    case Added::content: return "content";
    }
    return "content";
}

Outcome<PdfFacts> examine(const Source &source)
{
    beginWork();
    auto reader = Reader::open(source, source.size());
    if (!reader) return reader.failure();
    Reader &whole = **reader;
    return guarded([&]() -> Outcome<PdfFacts> {
        PdfFacts out;
        for (const QPDFObjectHandle &page : whole.pages()) {
            const auto view = PageView::of(page);
            if (!view) return view.failure();
            out.pages.push_back({view->widthMm(), view->heightMm()});
        }
        auto fields = fieldsOf(whole);
        std::optional<std::map<QPDFObjGen, std::size_t>> pages;
        for (FormField &field : fields) {
            if (field.type != "/Sig" || !field.value.isDictionary()) continue;
            if (!pages) pages = annotationPages(whole);
            if (out.signatures.size() == kSignaturesMax) return Refusal::tooComplex;
            PdfSignature signature;
            signature.field = field.name;
            QPDFObjectHandle subFilter = field.value.getKey("/SubFilter");
            if (subFilter.isName()) signature.subFilter = subFilter.getName();
            signature.signer = textIn(field.value, "/Name");
            signature.reason = textIn(field.value, "/Reason");
            signature.time = textIn(field.value, "/M");
            const auto page = field.field.isIndirect() ? pages->find(field.field.getObjGen()) : pages->end();
            signature.page = page == pages->end() ? 0 : page->second;
            if (page != pages->end()) signature.place = placeOf(whole, signature.page, field.field); // what is on no page is seen nowhere
            signature.defect = Defect::range;
            if (const auto range = rangeIn(field.value.getKey("/ByteRange"))) {
                signature.range = *range;
                const auto room = contentsBetween(source, *range, field.value.getKey("/Contents"));
                const auto contents = room ? elementOf(*room) : std::nullopt;
                if (contents) {
                    signature.contents = *contents;
                    signature.defect = Defect::none;
                }
            }
            out.signatures.push_back(std::move(signature));
        }
        if (!whole.isSound()) return Reader::unsound();
        std::sort(out.signatures.begin(), out.signatures.end(), [](const auto &a, const auto &b) { return a.end() < b.end(); });
        for (PdfSignature &signature : out.signatures)
            if (signature.defect == Defect::none && !compare(source, whole, signature)) return Refusal::tooComplex;
        return out;
    });
}

files::Trouble pourCovered(const Source &source, const ByteRange &range, const Sink &sink)
{
    if (const files::Trouble trouble = source.pour(0, range.start, sink); trouble != files::Trouble::none) return trouble;
    return source.pour(range.end, range.rest, sink);
}

} // namespace hufu::pdf
