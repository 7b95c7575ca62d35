#include "qml/Hufu/Controls/icon.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace hufu::controls {

Icon::Icon(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setImplicitSize(24, 24);
    connect(this, &Icon::changed, this, [this] { update(); });
}

void Icon::paint(QPainter *painter)
{
    if (m_name.isEmpty()) return;
    QFile file(QStringLiteral(":/qt/qml/Hufu/Controls/icons/%1.svg").arg(m_name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon named %s", qPrintable(m_name));
        return;
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", m_color.name().toLatin1());
    QSvgRenderer renderer(svg);
    painter->setRenderHint(QPainter::Antialiasing);
    renderer.render(painter, QRectF(0, 0, width(), height()));
}

} // namespace hufu::controls
