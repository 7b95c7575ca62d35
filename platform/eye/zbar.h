// ZBar behind a small face.
#pragma once

#include "platform/eye/grey.h"
#include "platform/eye/sighting.h"

#include <memory>
#include <vector>

namespace hufu::eye {

// Holds ZBar's scanner, whose making costs more than a small picture.
class Zbar {
public:
    Zbar();
    ~Zbar();

    // All QR codes that ZBar finds; where is in the pixels of grey. In: density, every how manieth line is
    // looked along.
    std::vector<Sighting> read(const Grey &grey, int density = 1);

private:
    struct Scanner;
    std::unique_ptr<Scanner> m_scanner;
};

} // namespace hufu::eye
