// qpdf as a strict reader: no repairs, no warnings, no password. Inside of platform/pdf alone.
#pragma once

#include "platform/pdf/source.h"

#include <memory>
#include <new>
#include <qpdf/QPDF.hh>
#include <vector>

namespace hufu::pdf {

class Reader {
public:
    // The first length bytes of source, as a document of their own. In: source, which outlives this.
    static Outcome<std::unique_ptr<Reader>> open(const Source &source, std::uint64_t length);

    QPDF &qpdf() { return m_qpdf; }
    QPDFObjectHandle root() { return m_qpdf.getRoot(); }
    QPDFObjectHandle trailer() { return m_qpdf.getTrailer(); }
    std::vector<QPDFObjectHandle> &pages() { return m_pages; } // qpdf's calls are not const
    std::uint64_t startXref() const { return m_startXref; } // of the newest revision
    int firstFreeObject() const { return m_firstFree; }
    bool hasXrefStream() { return trailer().getKey("/Type").isNameAndEquals("/XRef"); }
    // Whether anything that was read since was not as it should be.
    bool isSound() const { return !m_qpdf.anyWarnings(); }
    static Refusal unsound(); // why a document that is not sound is refused

private:
    Reader() = default;
    std::optional<Refusal> checkPageTree();
    QPDF m_qpdf;
    std::vector<QPDFObjectHandle> m_pages;
    std::uint64_t m_startXref = 0;
    int m_firstFree = 0;
};

// What an exception of qpdf means.
Failure failureOf(const std::exception &exception);

// Runs work on a document; qpdf's exceptions become failures. In: work, which returns an Outcome.
template <typename Work> auto guarded(Work work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception &exception) {
        return failureOf(exception);
    }
}

// The number behind the last "startxref" of the first length bytes, which must be followed by %%EOF and at most white space.
std::optional<std::uint64_t> startXrefOf(const Source &source, std::uint64_t length);

} // namespace hufu::pdf
