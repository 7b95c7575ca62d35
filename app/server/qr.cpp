#include "app/server/qr.h"

#include "shield/base/limits.h"

#include <qrcodegen/qrcodegen.hpp>
#include <sstream>

namespace hufu::server {

namespace {

constexpr std::size_t kCodeTextMost = 600;
constexpr int kQuietZone = 4;

using qrcodegen::QrCode;

Result<QrCode> modulesOf(std::string_view text, int versionMost)
{
    if (text.empty() || text.size() > kCodeTextMost) return Error(Errc::badInput, "text of a code");
    try {
        return QrCode::encodeSegments(qrcodegen::QrSegment::makeSegments(std::string(text).c_str()), QrCode::Ecc::MEDIUM, QrCode::MIN_VERSION, versionMost);
    } catch (const qrcodegen::data_too_long &) {
        return Error(Errc::badInput, "too long for a code");
    }
}

nlohmann::ordered_json pathOf(const QrCode &code)
{
    std::ostringstream path;
    for (int y = 0; y < code.getSize(); ++y)
        for (int x = 0; x < code.getSize(); ++x) {
            if (!code.getModule(x, y)) continue;
            int end = x;
            while (end < code.getSize() && code.getModule(end, y))
                ++end;
            const int width = end - x;
            path << 'M' << x + kQuietZone << ' ' << y + kQuietZone << 'h' << width << "v1h-" << width << 'z';
            x = end;
        }
    return {{"size", code.getSize() + 2 * kQuietZone}, {"path", path.str()}};
}

} // namespace

Result<nlohmann::ordered_json> qrOf(std::string_view text)
{
    HUFU_TRY(code, modulesOf(text, QrCode::MAX_VERSION));
    return pathOf(code);
}

Result<nlohmann::ordered_json> qrOfFrame(std::string_view text)
{
    HUFU_TRY(code, modulesOf(text, limits::kFrameVersionMost));
    return pathOf(code);
}

} // namespace hufu::server
