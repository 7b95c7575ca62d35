// What qpdf may decompress: as much as real documents have in their object streams, not what a hostile one makes of it.
#pragma once

namespace hufu::pdf {

// For the document that this thread opens next; beyond that it is too complex (effort.h). qpdf's filters are its process's: they are replaced once.
void limitFilters();

} // namespace hufu::pdf
