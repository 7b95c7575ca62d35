// A page as a person sees it, in millimetres from its upper left corner, and the same place in the page's own coordinates.
#pragma once

#include "platform/pdf/failure.h"
#include "platform/pdf/place.h"

#include <array>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

namespace hufu::pdf {

class PageView {
public:
    // Errors (Refusal): broken for a page without a proper box.
    static Outcome<PageView> of(QPDFObjectHandle page);

    double widthMm() const { return m_width * m_mm; }
    double heightMm() const { return m_height * m_mm; }
    double points(double mm) const { return mm / m_mm; }
    bool holds(const Place &place) const;
    std::string rectangle(const Place &place) const; // of an annotation
    // The other way round. Empty for what is no rectangle.
    std::optional<Place> placeOf(QPDFObjectHandle rectangle) const;
    std::string uprightMatrix() const;               // of its appearance
    int turn() const { return m_turn; }              // 0, 90, 180, 270, clockwise as shown

private:
    double m_left = 0, m_bottom = 0, m_right = 0, m_top = 0; // of the box, in the page's own units
    double m_width = 0, m_height = 0;                        // as seen
    double m_mm = 0;                                         // of one unit
    int m_turn = 0;
};

} // namespace hufu::pdf
