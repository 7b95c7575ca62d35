// What one revision of a PDF has that an earlier one has not. Inside of platform/pdf alone.
#pragma once

#include "platform/pdf/reader.h"
#include "platform/pdf/signatures.h"

namespace hufu::pdf {

// A field of a form with what it inherits, and its full name.
struct FormField {
    QPDFObjectHandle field;
    std::string name, type;
    QPDFObjectHandle value;
};
// All fields that are at the ends of the tree. Throws what qpdf throws, and where there are too many.
std::vector<FormField> fieldsOf(Reader &reader);

// In: both of the same file, before being shorter. Throws what qpdf throws.
Added additions(Reader &before, Reader &after);

} // namespace hufu::pdf
