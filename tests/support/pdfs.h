// Small PDFs, written by hand so that every byte of them is known.
#pragma once

#include "shield/base/bytes.h"

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace hufu::tests {

struct PdfDraft {
    int pages = 3;
    int turn = 0;                // /Rotate of each page
    std::string pageExtra;       // in each page's dictionary
    std::string rootExtra;       // in the catalogue
    std::string trailerExtra;
    std::size_t padding = 0;     // bytes of an image on each page, to make it large
};

// Appends objects, a table and a trailer to a document, as any editor would.
class PdfWriter {
public:
    std::string text;

    explicit PdfWriter(std::string before = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") : text(std::move(before)) {}
    void put(int object, const std::string &body)
    {
        m_places[object] = text.size();
        text += std::to_string(object) + " 0 obj\n" + body + "\nendobj\n";
    }
    void close(int size, const std::string &entries)
    {
        const std::size_t here = text.size();
        text += "xref\n";
        if (m_places.count(1) != 0 && entries.find("/Prev") == std::string::npos) text += "0 1\n0000000000 65535 f \n";
        if (m_places.empty()) text += "0 0\n";
        for (const auto &[object, place] : m_places) {
            char line[64];
            std::snprintf(line, sizeof line, "%d 1\n%010zu 00000 n \n", object, place);
            text += line;
        }
        text += "trailer\n<< /Size " + std::to_string(size) + " " + entries + " >>\nstartxref\n" + std::to_string(here) + "\n%%EOF\n";
        m_last = here;
    }
    std::size_t startXref() const { return m_last; }

private:
    std::map<int, std::size_t> m_places;
    std::size_t m_last = 0;
};

// Objects: 1 catalogue, 2 page tree, 3 font, 4 information, then for each page: page, content, and image if there is padding.
inline constexpr int kFirstPageObject = 5;

inline std::string pdfOf(const PdfDraft &draft = {})
{
    PdfWriter out;
    const int step = draft.padding > 0 ? 3 : 2;
    std::string kids;
    for (int i = 0; i < draft.pages; ++i)
        kids += std::to_string(kFirstPageObject + step * i) + " 0 R ";
    out.put(1, "<< /Type /Catalog /Pages 2 0 R " + draft.rootExtra + " >>");
    out.put(2, "<< /Type /Pages /Count " + std::to_string(draft.pages) + " /Kids [ " + kids + "] /MediaBox [0 0 595.276 841.89] >>");
    out.put(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    out.put(4, "<< /Title (A tender document) >>");
    for (int i = 0; i < draft.pages; ++i) {
        const int page = kFirstPageObject + step * i;
        std::string resources = "/Font << /F 3 0 R >>";
        std::string content = "BT /F 24 Tf 72 720 Td (Tender document, page " + std::to_string(i + 1) + ") Tj ET";
        if (draft.padding > 0) {
            resources += " /XObject << /I " + std::to_string(page + 2) + " 0 R >>";
            content += " q 400 0 0 400 90 200 cm /I Do Q";
        }
        out.put(page, "<< /Type /Page /Parent 2 0 R /Resources << " + resources + " >> /Contents " + std::to_string(page + 1) + " 0 R" +
                          (draft.turn != 0 ? " /Rotate " + std::to_string(draft.turn) : "") + " " + draft.pageExtra + " >>");
        out.put(page + 1, "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream");
        if (draft.padding == 0) continue;
        const std::size_t side = 256, rows = draft.padding / side;
        std::string data(side * rows, '\0');
        for (std::size_t at = 0; at < data.size(); ++at)
            data[at] = static_cast<char>((at * 2654435761U >> 13) & 0xff);
        out.put(page + 2, "<< /Type /XObject /Subtype /Image /Width 256 /Height " + std::to_string(rows) +
                              " /ColorSpace /DeviceGray /BitsPerComponent 8 /Length " + std::to_string(data.size()) + " >>\nstream\n" + data +
                              "\nendstream");
    }
    out.close(kFirstPageObject + step * draft.pages, "/Root 1 0 R /Info 4 0 R " + draft.trailerExtra);
    return std::move(out.text);
}

} // namespace hufu::tests
