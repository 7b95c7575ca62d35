// A few small files in one, as every system opens it.
#pragma once

#include "shield/base/bytes.h"
#include "shield/base/result.h"

#include <string>
#include <vector>

namespace hufu::archive {

struct NamedFile {
    std::string name; // UTF-8
    ByteView content; // outlives the call
};

// A ZIP archive. Errors: internal.
Result<Bytes> zipped(const std::vector<NamedFile> &files);

} // namespace hufu::archive
