#include "platform/pdf/reader.h"

#include "platform/pdf/effort.h"
#include "platform/pdf/filters.h"

#include <algorithm>
#include <qpdf/InputSource.hh>
#include <qpdf/QPDFExc.hh>
#include <set>
#include <string_view>

namespace hufu::pdf {

namespace {

constexpr std::uint64_t kPdfMax = 1ULL << 30;
constexpr std::size_t kPagesMax = 10'000;
constexpr int kObjectsMax = 200'000;
constexpr std::size_t kTail = 2048; // in which the end of a document is looked for

struct SourceTrouble : std::exception {
    explicit SourceTrouble(files::Trouble what) : trouble(what) {}
    files::Trouble trouble;
};

// The beginning of a source as qpdf reads it: in small steps, so through a buffer.
class Window final : public InputSource {
public:
    Window(const Source &source, std::uint64_t length) : m_source(source), m_length(static_cast<qpdf_offset_t>(length)) {}

    qpdf_offset_t findAndSkipNextEOL() override
    {
        const auto isEnd = [](int c) { return c == '\r' || c == '\n'; };
        while (m_at < m_length && !isEnd(byteAt(m_at)))
            ++m_at;
        const qpdf_offset_t found = m_at;
        while (m_at < m_length && isEnd(byteAt(m_at)))
            ++m_at;
        return found;
    }
    std::string const &getName() const override { return m_name; }
    qpdf_offset_t tell() override { return m_at; }
    void seek(qpdf_offset_t offset, int whence) override
    {
        const qpdf_offset_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? m_at : m_length;
        if (offset < -from) throw std::runtime_error("before the beginning");
        m_at = from + offset;
    }
    void rewind() override { m_at = 0; }
    std::size_t read(char *into, std::size_t length) override
    {
        if (m_at >= m_length) {
            last_offset = m_length;
            return 0;
        }
        last_offset = m_at;
        const std::size_t take = std::min(length, static_cast<std::size_t>(m_length - m_at));
        for (std::size_t done = 0; done < take;) {
            fill(m_at);
            const auto within = static_cast<std::size_t>(m_at - m_bufferAt);
            const std::size_t part = std::min(take - done, m_buffer.size() - within);
            std::copy_n(m_buffer.begin() + static_cast<std::ptrdiff_t>(within), part, into + done);
            done += part;
            m_at += static_cast<qpdf_offset_t>(part);
        }
        spendWords({reinterpret_cast<const std::uint8_t *>(into), take}, m_inWord);
        return take;
    }
    void unreadCh(char) override
    {
        if (m_at > 0) --m_at;
    }

private:
    static constexpr std::size_t kBuffer = 64 * 1024;

    void fill(qpdf_offset_t at)
    {
        const auto size = static_cast<qpdf_offset_t>(m_buffer.size());
        if (at >= m_bufferAt && at < m_bufferAt + size) return;
        spendText(kBuffer / 8); // it jumps about
        const qpdf_offset_t from = at - at % static_cast<qpdf_offset_t>(kBuffer / 2);
        m_buffer.resize(static_cast<std::size_t>(std::min<qpdf_offset_t>(kBuffer, m_length - from)));
        const files::Trouble trouble = m_source.read(static_cast<std::uint64_t>(from), m_buffer);
        if (trouble != files::Trouble::none) {
            m_buffer.clear();
            throw SourceTrouble(trouble);
        }
        m_bufferAt = from;
    }
    int byteAt(qpdf_offset_t at)
    {
        fill(at);
        return m_buffer[static_cast<std::size_t>(at - m_bufferAt)];
    }

    const Source &m_source;
    qpdf_offset_t m_length = 0, m_at = 0, m_bufferAt = 0;
    Bytes m_buffer;
    bool m_inWord = false;
    std::string m_name = "document";
};

} // namespace

Failure failureOf(const std::exception &exception)
{
    if (const auto *trouble = dynamic_cast<const SourceTrouble *>(&exception)) return trouble->trouble;
    if (isExceeded() || dynamic_cast<const std::bad_alloc *>(&exception) != nullptr) return Refusal::tooComplex;
    if (const auto *qpdf = dynamic_cast<const QPDFExc *>(&exception)) {
        const qpdf_error_code_e code = qpdf->getErrorCode();
        if (code == qpdf_e_password || code == qpdf_e_unsupported) return Refusal::encrypted;
    }
    return Refusal::broken;
}

std::optional<std::uint64_t> startXrefOf(const Source &source, std::uint64_t length)
{
    const std::uint64_t from = length - std::min<std::uint64_t>(length, kTail);
    const std::string tail = textOf(source.piece(from, static_cast<std::size_t>(length - from)));
    constexpr std::string_view kWord = "startxref", kEnd = "%%EOF", kWhite = std::string_view(" \t\r\n\f\0", 6);
    std::size_t at = tail.rfind(kWord);
    if (at == std::string::npos) return std::nullopt;
    at = tail.find_first_not_of(kWhite, at + kWord.size());
    std::uint64_t number = 0;
    std::size_t digits = 0;
    for (; at < tail.size() && tail[at] >= '0' && tail[at] <= '9' && digits < 12; ++at, ++digits)
        number = number * 10 + static_cast<std::uint64_t>(tail[at] - '0');
    at = tail.find_first_not_of(kWhite, at);
    if (digits == 0 || number >= length || at == std::string::npos || tail.compare(at, kEnd.size(), kEnd) != 0) return std::nullopt;
    if (tail.find_first_not_of(kWhite, at + kEnd.size()) != std::string::npos) return std::nullopt;
    return number;
}

Outcome<std::unique_ptr<Reader>> Reader::open(const Source &source, std::uint64_t length)
{
    if (length > kPdfMax) return Refusal::tooComplex;
    if (textOf(source.piece(0, 5)) != "%PDF-") return Refusal::broken;
    const auto startXref = startXrefOf(source, length);
    if (!startXref) return Refusal::broken;
    beginDocument();
    limitFilters();
    return guarded([&]() -> Outcome<std::unique_ptr<Reader>> {
        std::unique_ptr<Reader> out(new Reader);
        out->m_startXref = *startXref;
        QPDF &qpdf = out->m_qpdf;
        qpdf.setSuppressWarnings(true);
        qpdf.setAttemptRecovery(false);
        qpdf.processInputSource(std::make_shared<Window>(source, length));
        if (qpdf.isEncrypted()) return Refusal::encrypted;
        QPDFObjectHandle size = out->trailer().getKey("/Size");
        if (!size.isInteger()) return Refusal::broken;
        const long long objects = size.getIntValue();
        if (objects < 1) return Refusal::broken;
        if (objects > kObjectsMax) return Refusal::tooComplex;
        out->m_firstFree = static_cast<int>(objects);
        if (!out->root().isDictionary()) return Refusal::broken;
        if (const auto refusal = out->checkPageTree()) return *refusal;
        out->m_pages = qpdf.getAllPages();
        // A page that stands twice in the tree is copied by qpdf; then a change of one would be one of two.
        for (QPDFObjectHandle &page : out->m_pages)
            if (!page.isDictionary() || !page.isIndirect() || page.getObjectID() >= out->m_firstFree) return Refusal::broken;
        if (out->m_pages.empty() || !out->isSound()) return unsound();
        return out;
    });
}

Refusal Reader::unsound()
{
    // qpdf makes a warning of what stops it within an object.
    return isExceeded() ? Refusal::tooComplex : Refusal::broken;
}

// qpdf calls itself for each level of the tree, and the stack ends some thousands of levels down.
std::optional<Refusal> Reader::checkPageTree()
{
    QPDFObjectHandle top = root().getKey("/Pages");
    if (!top.isDictionary() || top.hasKey("/Parent")) return unsound();
    std::vector<std::pair<QPDFObjectHandle, int>> nodes{{top, 1}}; // with their depth
    std::set<QPDFObjGen> seen;
    std::size_t pages = 0;
    while (!nodes.empty()) {
        auto [node, depth] = nodes.back();
        nodes.pop_back();
        if (depth > kTreeDepthMax) return Refusal::tooComplex;
        if (node.isIndirect() && !seen.insert(node.getObjGen()).second) return Refusal::broken;
        QPDFObjectHandle kids = node.getKey("/Kids");
        for (int i = 0; kids.isArray() && i < kids.getArrayNItems(); ++i) {
            spend(1);
            QPDFObjectHandle kid = kids.getArrayItem(i);
            if (!kid.isDictionary()) continue; // qpdf warns of it
            if (kid.hasKey("/Kids")) nodes.emplace_back(kid, depth + 1);
            else if (++pages > kPagesMax) return Refusal::tooComplex;
        }
    }
    return std::nullopt;
}

} // namespace hufu::pdf
