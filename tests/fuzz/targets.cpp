#include "tests/fuzz/target.h"

#include <algorithm>
#include <iterator>

namespace hufu::tests {

namespace {

// Takes 4 bytes, and does not look at what is left over.
void careless(ByteView bytes)
{
    Reader reader(bytes);
    const std::uint32_t value = reader.u32();
    if (!reader.ok()) return;
    hold(sameBytes(Writer().u32(value).bytes(), bytes), "what is accepted is written the same");
}

std::vector<Bytes> carelessSeeds()
{
    return {Writer().u32(7).take()};
}

} // namespace

std::vector<FuzzTarget> carelessTargets()
{
    return {{"careless", careless, carelessSeeds}};
}

std::vector<FuzzTarget> allTargets()
{
    std::vector<FuzzTarget> all;
    for (auto part : {wireTargets(), intentTargets(), cryptoTargets(), x509Targets(), rowTargets(), companyTargets(), vaultTargets(),
                      thresholdTargets(), frostTargets(), cosignerTargets(), phoneTargets(), serverTargets(), loopbackTargets(), pdfTargets(), pictureTargets(), envelopeFileTargets()})
        std::move(part.begin(), part.end(), std::back_inserter(all));
#ifdef HUFU_FUZZ_OUTSIDE
    std::ranges::move(outsideTargets(), std::back_inserter(all));
#endif
    return all;
}

} // namespace hufu::tests
