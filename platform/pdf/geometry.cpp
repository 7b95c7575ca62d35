#include "platform/pdf/geometry.h"

#include "platform/pdf/effort.h"
#include "platform/pdf/increment.h"

#include <algorithm>
#include <cmath>

namespace hufu::pdf {

namespace {

constexpr double kMmOfAnInch = 25.4;
constexpr double kSlack = 0.05; // mm

std::optional<std::array<double, 4>> boxOf(QPDFObjectHandle array)
{
    if (!array.isArray() || array.getArrayNItems() != 4) return std::nullopt;
    std::array<double, 4> box{};
    for (int i = 0; i < 4; ++i) {
        QPDFObjectHandle item = array.getArrayItem(i);
        if (!item.isNumber()) return std::nullopt;
        box[static_cast<std::size_t>(i)] = item.getNumericValue();
        if (!(std::abs(box[static_cast<std::size_t>(i)]) < 1e6)) return std::nullopt;
    }
    return std::array<double, 4>{std::min(box[0], box[2]), std::min(box[1], box[3]), std::max(box[0], box[2]), std::max(box[1], box[3])};
}

// What a page has itself, or the nearest above it that does. Not qpdf's, which climbs as far as a stranger leads it.
QPDFObjectHandle inherited(QPDFObjectHandle page, const char *key)
{
    for (int depth = 0; depth <= kTreeDepthMax && page.isDictionary(); ++depth) {
        spend(1);
        if (page.hasKey(key)) return page.getKey(key);
        page = page.getKey("/Parent");
    }
    return QPDFObjectHandle::newNull();
}

} // namespace

Outcome<PageView> PageView::of(QPDFObjectHandle page)
{
    const auto media = boxOf(inherited(page, "/MediaBox"));
    if (!media) return Refusal::broken;
    std::array<double, 4> box = *media;
    if (const auto crop = boxOf(inherited(page, "/CropBox")))
        box = {std::max(box[0], (*crop)[0]), std::max(box[1], (*crop)[1]), std::min(box[2], (*crop)[2]), std::min(box[3], (*crop)[3])};
    PageView out;
    out.m_left = box[0];
    out.m_bottom = box[1];
    out.m_right = box[2];
    out.m_top = box[3];
    QPDFObjectHandle turn = inherited(page, "/Rotate");
    const long long degrees = turn.isInteger() ? turn.getIntValue() : 0;
    if (degrees % 90 != 0) return Refusal::broken;
    out.m_turn = static_cast<int>((degrees % 360 + 360) % 360);
    QPDFObjectHandle unit = page.getKey("/UserUnit");
    const double scale = unit.isNumber() ? unit.getNumericValue() : 1.0;
    if (!(scale > 0.001 && scale < 1000)) return Refusal::broken;
    out.m_mm = kMmOfAnInch / 72 * scale;
    const double width = box[2] - box[0], height = box[3] - box[1];
    if (!(width > 0 && height > 0)) return Refusal::broken;
    const bool lying = out.m_turn % 180 != 0;
    out.m_width = lying ? height : width;
    out.m_height = lying ? width : height;
    return out;
}

bool PageView::holds(const Place &place) const
{
    return place.width > 0 && place.height > 0 && place.left >= -kSlack && place.top >= -kSlack &&
           place.left + place.width <= widthMm() + kSlack && place.top + place.height <= heightMm() + kSlack;
}

std::string PageView::rectangle(const Place &place) const
{
    const double u = points(place.left), v = points(place.top), w = points(place.width), h = points(place.height);
    std::array<double, 4> r{};
    switch (m_turn) {
    case 90: r = {m_left + v, m_bottom + u, m_left + v + h, m_bottom + u + w}; break;
    case 180: r = {m_right - u - w, m_bottom + v, m_right - u, m_bottom + v + h}; break;
    case 270: r = {m_right - v - h, m_top - u - w, m_right - v, m_top - u}; break;
    default: r = {m_left + u, m_top - v - h, m_left + u + w, m_top - v}; break;
    }
    std::string out = "[";
    for (const double edge : r)
        out += number(edge) + " ";
    out.back() = ']';
    return out;
}

std::optional<Place> PageView::placeOf(QPDFObjectHandle rectangle) const
{
    const auto box = boxOf(rectangle);
    if (!box) return std::nullopt;
    const auto &[left, bottom, right, top] = *box;
    const double across = right - left, along = top - bottom;
    Place place;
    switch (m_turn) {
    case 90: place = {bottom - m_bottom, left - m_left, along, across}; break;
    case 180: place = {m_right - right, bottom - m_bottom, across, along}; break;
    case 270: place = {m_top - top, m_right - right, along, across}; break;
    default: place = {left - m_left, m_top - top, across, along}; break;
    }
    return Place{place.left * m_mm, place.top * m_mm, place.width * m_mm, place.height * m_mm};
}

std::string PageView::uprightMatrix() const
{
    switch (m_turn) {
    case 90: return "[0 1 -1 0 0 0]";
    case 180: return "[-1 0 0 -1 0 0]";
    case 270: return "[0 -1 1 0 0 0]";
    default: return "[1 0 0 1 0 0]";
    }
}

} // namespace hufu::pdf
