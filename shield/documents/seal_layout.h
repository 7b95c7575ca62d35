// Where everything in the picture of a seal stands: pure geometry, in millimetres, from the middle of the seal, y
// downwards. The shapes of the characters come from a font, elsewhere (platform/drawing).
#pragma once

#include "shield/base/bytes.h"

#include <functional>

namespace hufu::documents {

// Numbered as enterprise::SealKind.
enum class SealForm : std::uint8_t {
    company = 1, // round, 40 mm, star, name on the arc
    legalPerson, // square, 20 mm
    finance,     // round, 38 mm, with its words below the star
    contract,    // likewise
};

struct SealFace {
    SealForm form = SealForm::company;
    std::string name;       // of the company or the person, 1 to 64 characters
    std::string number;     // on the lower arc of a round seal; up to 20 digits, or empty
    std::uint8_t style = 1; // 1 to 3, of a legal person's seal: red characters in columns from the right, white ones
                            // likewise, red ones in lines from the left within two frames; else 1
};

// One character: its em square, whose middle is at x, y, stretched to width and height and turned clockwise.
struct PlacedCharacter {
    char32_t character = 0;
    double x = 0, y = 0;
    double width = 0, height = 0; // of its em square
    double turn = 0;              // radians
};

struct Ring {
    double outer = 0, inner = 0; // half the width of what it bounds: radius of a circle, half side of a square
};

struct SealLayout {
    double side = 0; // width and height of the whole
    bool round = true;
    bool inverse = false; // white characters on red
    std::vector<Ring> rings;
    double star = 0; // radius of its five tips; 0: none
    std::vector<PlacedCharacter> characters;
};

// How wide a character is, in em.
using Advance = std::function<double(char32_t)>;

// Errors: badInput for a name without characters or with too many, control characters, a number that is none, a
// style that is not known, or what does not fit.
Result<SealLayout> layOutSeal(const SealFace &face, const Advance &advance);

} // namespace hufu::documents
