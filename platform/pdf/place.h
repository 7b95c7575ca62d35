// Where something stands on a page, as a person sees it.
#pragma once

namespace hufu::pdf {

struct Place {
    double left = 0, top = 0, width = 0, height = 0; // mm, from the upper left corner
};

} // namespace hufu::pdf
