#include "qml/Hufu/Controls/picture.h"

#include <QPainter>

#include <algorithm>

namespace hufu::controls {

Picture::Picture(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    connect(this, &Picture::changed, this, [this] { update(); });
}

void Picture::setImage(const QImage &image)
{
    m_image = image;
    Q_EMIT changed();
}

QRectF Picture::painted() const
{
    if (m_image.isNull() || width() <= 0 || height() <= 0) return {};
    double scale = std::min(width() / m_image.width(), height() / m_image.height());
    if (m_sharp && scale > 1) scale = std::floor(scale);
    const QSizeF size(m_image.width() * scale, m_image.height() * scale);
    return {QPointF(std::floor((width() - size.width()) / 2), std::floor((height() - size.height()) / 2)),
            size};
}

void Picture::paint(QPainter *painter)
{
    if (m_image.isNull()) return;
    painter->setRenderHint(QPainter::SmoothPixmapTransform, !m_sharp);
    painter->drawImage(painted(), m_image);
}

void Picture::geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry)
{
    QQuickPaintedItem::geometryChange(newGeometry, oldGeometry);
    if (newGeometry.size() != oldGeometry.size()) Q_EMIT changed();
}

} // namespace hufu::controls
