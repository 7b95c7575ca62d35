// The group's operations as one table of functions for each arithmetic, chosen once by what the processor can
// do. For sm2_point.cpp, tests and benchmarks.
#pragma once

#include "shield/crypto/sm2_coordinates.h"

#include <span>

namespace hufu::crypto {

// scalar times the point; by the comb, if there is one.
struct EngineTerm {
    Limbs scalar;
    const CombEntries *comb;
    Coordinates point;
};

// Scalars are plain integers below n. Timing: constant, unless the name ends in Vartime.
struct Engine {
    Coordinates (*add)(const Coordinates &p, const Coordinates &q);
    Coordinates (*doubled)(const Coordinates &p);
    std::uint64_t (*maskOfSame)(const Coordinates &p, const Coordinates &q);
    std::uint64_t (*maskOfOnCurve)(const AffineCoordinates &p);
    void (*normalise)(std::span<const Coordinates> points, AffineCoordinates *out); // none is O
    Coordinates (*mulBase)(const Limbs &k);
    Coordinates (*mul)(const Limbs &k, const Coordinates &p);
    Coordinates (*mulComb)(const Limbs &k, const CombEntries &comb);
    void (*makeComb)(const Coordinates &p, CombEntries &out); // p is not O
    Coordinates (*sumVartime)(const Limbs *base, std::span<const EngineTerm> terms);
};

enum class Path {
    portable,
    adx, // mulx, adcx, adox and AVX2
};

bool isAvailable(Path path); // on this processor, in this build
Path chosenPath();
// For tests and benchmarks, which try every path. In: path, available.
void choosePath(Path path);
const Engine &engine();

// Each in a source of its own.
extern const Engine kPortableEngine;
#if defined(__x86_64__)
extern const Engine kAdxEngine;
#endif

} // namespace hufu::crypto
