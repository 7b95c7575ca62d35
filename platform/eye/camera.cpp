#include "platform/eye/camera.h"

#include <QPainter>

#include <algorithm>

namespace hufu::eye {

static constexpr int kTorchGrey = 48; // of 255, that it adds

QImage zoomed(const QImage &frame, double times)
{
    const QSize part(std::max(1, static_cast<int>(frame.width() / times)), std::max(1, static_cast<int>(frame.height() / times)));
    const QPoint corner((frame.width() - part.width()) / 2, (frame.height() - part.height()) / 2);
    return frame.copy(QRect(corner, part)).scaled(frame.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QImage lit(const QImage &frame)
{
    QImage out = frame.convertToFormat(QImage::Format_RGB32);
    QPainter painter(&out);
    painter.setCompositionMode(QPainter::CompositionMode_Plus);
    painter.fillRect(out.rect(), QColor(kTorchGrey, kTorchGrey, kTorchGrey));
    return out;
}

Result<QImage> ScreenCamera::next()
{
    HUFU_TRY(frame, ScreenSource(m_region).next());
    if (m_zoom > 1) frame = zoomed(frame, m_zoom);
    return m_torch ? lit(frame) : frame;
}

} // namespace hufu::eye
