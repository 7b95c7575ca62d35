#include "platform/pdf/seal.h"

#include "platform/pdf/effort.h"
#include "platform/pdf/geometry.h"
#include "platform/pdf/increment.h"
#include "platform/pdf/reader.h"

#include <algorithm>
#include <map>
#include <set>

#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_String.hh>
#include <qpdf/QUtil.hh>

namespace hufu::pdf {

namespace {

constexpr int kPixelsMax = 4096;
constexpr std::size_t kSealsMax = 10'000; // annotations of one signature
constexpr std::size_t kRoomMax = 8 * 1024 * 1024;
constexpr std::size_t kRangeRoom = 64; // characters of /ByteRange
// Of annotations, ISO 32000-1 table 165.
constexpr int kPrint = 4, kReadOnly = 64, kLocked = 128, kLockedContents = 512;

std::string deflated(const std::string &data)
{
    std::string out;
    Pl_String string("string", nullptr, out);
    Pl_Flate flate("deflate", &string, Pl_Flate::a_deflate);
    flate.write(reinterpret_cast<const unsigned char *>(data.data()), data.size());
    flate.finish();
    return out;
}

bool isFit(const SealImage &image)
{
    return image.width > 0 && image.height > 0 && image.width <= kPixelsMax && image.height <= kPixelsMax &&
           image.rgba.size() == static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4;
}

// Everything that one order adds to a document.
class Work {
public:
    Work(Reader &reader, const SealOrder &order, std::uint64_t base) : m_reader(reader), m_order(order), m_out(base, reader.firstFreeObject()) {}

    Outcome<Increment> run()
    {
        for (const SealImage &image : m_order.images)
            if (!isFit(image)) return Refusal::noPlace;
        if (m_order.room == 0 || m_order.room > kRoomMax) return Refusal::noRoom;
        QPDFObjectHandle root = m_reader.root();
        if (isLocked(root)) return Refusal::locked;
        m_signature = m_out.reserve();
        m_field = m_out.reserve();
        for (const SealPlace &place : m_order.places)
            if (const auto failure = putPlace(place)) return *failure;
        for (const RidingSeal &riding : m_order.ridings)
            if (const auto failure = putRiding(riding)) return *failure;
        if (!m_hasWidget) putHiddenWidget();
        putForm(root);
        putPages();
        putSignature();
        if (!m_reader.isSound()) return Reader::unsound();
        m_out.close({m_reader.startXref(), m_reader.hasXrefStream(), trailerEntries()});
        return std::move(m_out);
    }

private:
    // The author's own signature may forbid every change. Source: ISO 32000-1 12.8.2.2.
    static bool isLocked(QPDFObjectHandle root)
    {
        QPDFObjectHandle permissions = root.getKey("/Perms");
        if (!permissions.isDictionary() || !permissions.hasKey("/DocMDP")) return false;
        QPDFObjectHandle references = permissions.getKey("/DocMDP").isDictionary() ? permissions.getKey("/DocMDP").getKey("/Reference") : QPDFObjectHandle::newNull();
        if (!references.isArray()) return true;
        for (int i = 0; i < references.getArrayNItems(); ++i) {
            QPDFObjectHandle reference = references.getArrayItem(i);
            if (!reference.isDictionary() || !reference.getKey("/TransformMethod").isNameAndEquals("/DocMDP")) continue;
            QPDFObjectHandle parameters = reference.getKey("/TransformParams");
            QPDFObjectHandle allowed = parameters.isDictionary() ? parameters.getKey("/P") : QPDFObjectHandle::newNull();
            if (allowed.isInteger() && allowed.getIntValue() == 1) return true; // without a number it is 2
        }
        return false;
    }

    int imageObject(std::size_t index)
    {
        if (const auto known = m_images.find(index); known != m_images.end()) return known->second;
        const SealImage &image = m_order.images[index];
        std::string colours, alphas;
        const std::size_t pixels = image.rgba.size() / 4;
        colours.reserve(pixels * 3);
        alphas.reserve(pixels);
        for (std::size_t i = 0; i < pixels; ++i) {
            for (std::size_t channel = 0; channel < 3; ++channel)
                colours += static_cast<char>(image.rgba[4 * i + channel]);
            alphas += static_cast<char>(image.rgba[4 * i + 3]);
        }
        const std::string shape = "/Type /XObject /Subtype /Image /Width " + std::to_string(image.width) + " /Height " +
                                  std::to_string(image.height) + " /BitsPerComponent 8 /Filter /FlateDecode ";
        const int mask = m_out.addStream(shape + "/ColorSpace /DeviceGray", deflated(alphas));
        const int object = m_out.addStream(shape + "/ColorSpace /DeviceRGB /SMask " + Increment::reference(mask), deflated(colours));
        return m_images[index] = object;
    }

    // The appearance: of the image, stretched to width and height in points, the strip from one x to another.
    int formObject(std::size_t image, const PageView &page, double width, double height, double from, double to)
    {
        const std::string box = std::string("[") + number(from) + " 0 " + number(to) + " " + number(height) + "]";
        const std::string key = std::to_string(image) + "|" + page.uprightMatrix() + "|" + number(width) + "|" + box;
        if (const auto known = m_forms.find(key); known != m_forms.end()) return known->second;
        const std::string dictionary = "/Type /XObject /Subtype /Form /BBox " + box + " /Matrix " + page.uprightMatrix() +
                                       " /Resources << /XObject << /Seal " + Increment::reference(imageObject(image)) + " >> >>";
        return m_forms[key] = m_out.addStream(dictionary, std::string("q ") + number(width) + " 0 0 " + number(height) + " 0 0 cm /Seal Do Q");
    }

    std::string annotation(std::size_t page, const std::string &rectangle, int form)
    {
        return "/Type /Annot /Rect " + rectangle + " /P " + m_reader.pages()[page].unparse() + " /AP << /N " + Increment::reference(form) + " >> ";
    }

    std::string fieldEntries()
    {
        return "/Subtype /Widget /FT /Sig /T " + textString(freeName()) + " /V " + Increment::reference(m_signature) + " /F " +
               std::to_string(kPrint | kLocked);
    }

    // The first seal is the signature's widget, which a field has only one of; the others are stamps.
    void putAnnotation(std::size_t page, const std::string &rectangle, int form)
    {
        int object = m_field;
        if (!m_hasWidget) {
            m_out.put(m_field, 0, "<< " + annotation(page, rectangle, form) + fieldEntries() + " >>");
            m_hasWidget = true;
        } else {
            object = m_out.add("<< " + annotation(page, rectangle, form) + "/Subtype /Stamp /F " +
                               std::to_string(kPrint | kReadOnly | kLocked | kLockedContents) + " >>");
        }
        m_annotations[page].push_back(object);
    }

    void putHiddenWidget()
    {
        m_out.put(m_field, 0, "<< /Type /Annot /Rect [0 0 0 0] /P " + m_reader.pages()[0].unparse() + " " + fieldEntries() + " >>");
        m_annotations[0].push_back(m_field);
        m_hasWidget = true;
    }

    std::optional<Failure> putPlace(const SealPlace &place)
    {
        if (place.image >= m_order.images.size() || place.page >= m_reader.pages().size() || ++m_seals > kSealsMax) return Refusal::noPlace;
        const auto page = PageView::of(m_reader.pages()[place.page]);
        if (!page) return page.failure();
        const Place at{place.left, place.top, place.width, place.height};
        if (!page->holds(at)) return Refusal::noPlace;
        const double width = page->points(place.width), height = page->points(place.height);
        putAnnotation(place.page, page->rectangle(at), formObject(place.image, *page, width, height, 0, width));
        return std::nullopt;
    }

    std::optional<Failure> putRiding(const RidingSeal &riding)
    {
        if (riding.image >= m_order.images.size() || riding.lastPage >= m_reader.pages().size() || riding.firstPage >= riding.lastPage ||
            riding.pagesOfASeal < 2)
            return Refusal::noPlace;
        const std::size_t count = riding.lastPage - riding.firstPage + 1;
        const std::size_t seals = (count + riding.pagesOfASeal - 1) / riding.pagesOfASeal;
        if ((m_seals += count) > kSealsMax) return Refusal::noPlace;
        std::size_t next = riding.firstPage;
        for (std::size_t seal = 0; seal < seals; ++seal) {
            const std::size_t strips = count / seals + (seal < count % seals ? 1 : 0);
            for (std::size_t strip = 0; strip < strips; ++strip, ++next) {
                const auto page = PageView::of(m_reader.pages()[next]);
                if (!page) return page.failure();
                const double part = riding.width / static_cast<double>(strips);
                const Place at{page->widthMm() - part, riding.top, part, riding.height};
                if (!page->holds(at)) return Refusal::noPlace;
                const double width = page->points(riding.width), step = width / static_cast<double>(strips);
                const double from = step * static_cast<double>(strip);
                putAnnotation(next, page->rectangle(at),
                              formObject(riding.image, *page, width, page->points(riding.height), from, from + step));
            }
        }
        return std::nullopt;
    }

    std::string freeName()
    {
        std::set<std::string> taken;
        QPDFObjectHandle form = m_reader.root().getKey("/AcroForm");
        QPDFObjectHandle fields = form.isDictionary() ? form.getKey("/Fields") : QPDFObjectHandle::newNull();
        for (int i = 0; fields.isArray() && i < fields.getArrayNItems(); ++i) {
            QPDFObjectHandle field = fields.getArrayItem(i);
            QPDFObjectHandle name = field.isDictionary() ? field.getKey("/T") : QPDFObjectHandle::newNull();
            std::string text = name.isString() ? name.getUTF8Value() : std::string();
            spend(1);
            spendText(text.size());
            taken.insert(std::move(text));
        }
        for (int i = 1;; ++i)
            if (const std::string name = "HufuSeal" + std::to_string(i); taken.count(name) == 0) return name;
    }

    // The entries of a dictionary but for some, as they stand in the file.
    static std::string entriesBut(QPDFObjectHandle dictionary, const std::set<std::string> &but)
    {
        std::string out;
        for (const std::string &key : dictionary.getKeys())
            if (but.count(key) == 0) out += QPDFObjectHandle::newName(key).unparse() + " " + dictionary.getKey(key).unparse() + " ";
        return out;
    }
    static std::string itemOf(QPDFObjectHandle array, int index)
    {
        std::string out = array.getArrayItem(index).unparse();
        spend(1);
        spendText(out.size());
        return out;
    }
    static std::string itemsOf(QPDFObjectHandle array)
    {
        std::string out;
        for (int i = 0; array.isArray() && i < array.getArrayNItems(); ++i)
            out += itemOf(array, i) + " ";
        return out;
    }

    void putForm(QPDFObjectHandle root)
    {
        QPDFObjectHandle form = root.getKey("/AcroForm");
        std::string body = "<< ";
        QPDFObjectHandle fields = QPDFObjectHandle::newNull();
        if (form.isDictionary()) {
            body += entriesBut(form, {"/Fields", "/SigFlags", "/NeedAppearances"});
            fields = form.getKey("/Fields");
        }
        body += "/Fields [ " + itemsOf(fields) + Increment::reference(m_field) + " ] /SigFlags 3 >>";
        if (form.isDictionary() && form.isIndirect()) {
            m_out.put(form.getObjectID(), form.getGeneration(), body);
            return;
        }
        const int object = m_out.add(body);
        m_out.put(root.getObjectID(), root.getGeneration(),
                  "<< " + entriesBut(root, {"/AcroForm"}) + "/AcroForm " + Increment::reference(object) + " >>");
    }

    void putPages()
    {
        for (const auto &[index, annotations] : m_annotations) {
            QPDFObjectHandle page = m_reader.pages()[index];
            std::string list = itemsOf(page.getKey("/Annots"));
            for (const int object : annotations)
                list += Increment::reference(object) + " ";
            m_out.put(page.getObjectID(), page.getGeneration(), "<< " + entriesBut(page, {"/Annots"}) + "/Annots [ " + list + "] >>");
        }
    }

    void putSignature()
    {
        std::string body = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter ";
        body += m_order.form == SignatureForm::cms ? kCmsSubFilter : kSesSubFilter;
        body += " /M " + dateString(m_order.timeMs);
        if (!m_order.signer.empty()) body += " /Name " + textString(m_order.signer);
        if (!m_order.reason.empty()) body += " /Reason " + textString(m_order.reason);
        body += " /ByteRange " + std::string(kRangeRoom, ' ') + " /Contents <" + std::string(2 * m_order.room, '0') + "> >>";
        m_out.put(m_signature, 0, body);
    }

    std::string trailerEntries()
    {
        QPDFObjectHandle trailer = m_reader.trailer();
        std::string out = "/Root " + trailer.getKey("/Root").unparse();
        if (trailer.hasKey("/Info")) out += " /Info " + trailer.getKey("/Info").unparse();
        QPDFObjectHandle id = trailer.getKey("/ID");
        const std::string fresh = std::string("<") + toHex(m_order.revisionId) + ">";
        const bool known = id.isArray() && id.getArrayNItems() == 2 && id.getArrayItem(0).isString();
        return out + " /ID [ " + (known ? id.getArrayItem(0).unparseBinary() : fresh) + " " + fresh + " ]";
    }

    Reader &m_reader;
    const SealOrder &m_order;
    Increment m_out;
    int m_signature = 0, m_field = 0;
    bool m_hasWidget = false;
    std::size_t m_seals = 0;
    std::map<std::size_t, int> m_images;
    std::map<std::string, int> m_forms;
    std::map<std::size_t, std::vector<int>> m_annotations; // by page
};

} // namespace

Outcome<std::unique_ptr<PreparedPdf>> PreparedPdf::prepare(const std::filesystem::path &source, const std::filesystem::path &target,
                                                           bool replace, const SealOrder &order, const Sink &covered)
{
    using files::Trouble;
    beginWork();
    FileSource file;
    if (const Trouble trouble = file.open(source); trouble != Trouble::none) return Failure(trouble);
    const Bytes last = file.size() > 0 ? file.piece(file.size() - 1, 1) : Bytes();
    const bool joined = !last.empty() && last[0] != '\n'; // what is appended starts on a line of its own
    auto reader = Reader::open(file, file.size());
    if (!reader) return reader.failure();
    auto made = guarded([&] { return Work(**reader, order, file.size() + (joined ? 1 : 0)).run(); });
    if (!made) return made.failure();
    std::string text = joined ? "\n" : "";
    text += made->text();

    // Everything before and behind < and > of /Contents is covered.
    const std::string mark = "/ByteRange " + std::string(kRangeRoom, ' ') + " /Contents ";
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return Refusal::broken;
    const std::size_t gap = at + mark.size(), gapLength = 2 * order.room + 2;
    std::unique_ptr<PreparedPdf> out(new PreparedPdf);
    out->m_range.start = file.size() + gap;
    out->m_range.end = out->m_range.start + gapLength;
    out->m_range.rest = text.size() - gap - gapLength;
    const std::string range = std::string("[0 ") + std::to_string(out->m_range.start) + " " + std::to_string(out->m_range.end) + " " + std::to_string(out->m_range.rest) + "]";
    text.replace(at + std::string_view("/ByteRange ").size(), range.size(), range);

    const std::uint64_t size = file.size() + text.size();
    if (const Trouble trouble = out->m_file.create(target, replace, size); trouble != Trouble::none) return Failure(trouble);
    std::uint64_t written = 0;
    Trouble writing = Trouble::none;
    const Trouble reading = file.pour(0, file.size(), [&](ByteView piece) {
        covered(piece);
        if (writing == Trouble::none) writing = out->m_file.write(written, piece);
        written += piece.size();
    });
    const ByteView added = viewOf(text);
    if (writing == Trouble::none) writing = out->m_file.write(written, added);
    covered(added.first(gap));
    covered(added.subspan(gap + gapLength));
    for (const Trouble trouble : {reading, writing, file.check()})
        if (trouble != Trouble::none) return Failure(trouble);
    return out;
}

Outcome<ByteRange> PreparedPdf::finish(ByteView signature)
{
    using files::Trouble;
    const std::uint64_t room = m_range.end - m_range.start - 2;
    if (signature.empty() || 2 * signature.size() > room) return Refusal::noRoom;
    if (const Trouble trouble = m_file.write(m_range.start + 1, viewOf(toHex(signature))); trouble != Trouble::none) return Failure(trouble);
    if (const Trouble trouble = m_file.commit(); trouble != Trouble::none) return Failure(trouble);
    return m_range;
}

} // namespace hufu::pdf
