#include "app/server/qr.h"

#include <qrcodegen/qrcodegen.hpp>
#include <sstream>

namespace hufu::server {

namespace {

constexpr std::size_t kCodeTextMost = 600;
constexpr int kQuietZone = 4;

} // namespace

Result<nlohmann::ordered_json> qrOf(std::string_view text)
{
    using namespace qrcodegen;
    if (text.empty() || text.size() > kCodeTextMost) return Error(Errc::badInput, "text of a code");
    const QrCode code = QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::MEDIUM);
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
    return nlohmann::ordered_json{{"size", code.getSize() + 2 * kQuietZone}, {"path", path.str()}};
}

} // namespace hufu::server
