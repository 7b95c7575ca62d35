#include "platform/eye/reading.h"

#include "platform/eye/frame_reader.h"

#include <algorithm>

namespace hufu::eye {

namespace {

class StoppedClock final : public ports::Clock {
public:
    std::int64_t unixMs() override { return 0; }
    std::int64_t monotonicMs() override { return 0; }
};

} // namespace

std::vector<Sighting> readCodes(const QImage &image)
{
    return readCodes(image, {});
}

std::vector<Sighting> readCodes(const QImage &image, std::string_view prefix)
{
    StoppedClock unhurried;
    return FrameReader(unhurried).read(image, prefix);
}

Result<std::string> choose(const std::vector<Sighting> &sightings, std::string_view prefix)
{
    if (sightings.empty()) return Error(Errc::notFound, "no code in the picture");
    const auto ours = std::find_if(sightings.begin(), sightings.end(),
                                   [&](const Sighting &seen) { return seen.text.starts_with(prefix); });
    return ours == sightings.end() ? sightings.front().text : ours->text;
}

Result<std::string> readCode(const QImage &image, std::string_view prefix)
{
    if (image.isNull()) return Error(Errc::badInput, "no picture");
    return choose(readCodes(image, prefix), prefix);
}

} // namespace hufu::eye
