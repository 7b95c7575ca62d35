// What qpdf may decompress: as much as real documents have in their object streams, not what a hostile one makes of it.
#pragma once

#include <cstddef>

namespace hufu::pdf {

// For the documents that this thread opens from now on. qpdf's filters are its process's: they are replaced once.
void limitFilters();
bool filtersExceeded(); // since limitFilters()

} // namespace hufu::pdf
