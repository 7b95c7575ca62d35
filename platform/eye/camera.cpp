#include "platform/eye/camera.h"

#include <algorithm>

namespace hufu::eye {

QImage zoomed(const QImage &frame, double times)
{
    const QSize part(std::max(1, static_cast<int>(frame.width() / times)), std::max(1, static_cast<int>(frame.height() / times)));
    const QPoint corner((frame.width() - part.width()) / 2, (frame.height() - part.height()) / 2);
    return frame.copy(QRect(corner, part)).scaled(frame.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

Result<QImage> ScreenCamera::next()
{
    HUFU_TRY(frame, ScreenSource(m_region).next());
    return m_zoom > 1 ? zoomed(frame, m_zoom) : frame;
}

} // namespace hufu::eye
