// A picture from C++, painted as large as fits. Codes stay sharp: sharp scales by whole pixels only.
#pragma once

#include <QImage>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace hufu::controls {

// So that a QImage may be a property's type.
struct ImageValue {
    Q_GADGET
    QML_FOREIGN(QImage)
    QML_ANONYMOUS
};

class Picture : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QImage image READ image WRITE setImage NOTIFY changed)
    Q_PROPERTY(bool sharp MEMBER m_sharp NOTIFY changed)
    Q_PROPERTY(QRectF painted READ painted NOTIFY changed) // where in the item the picture is
public:
    explicit Picture(QQuickItem *parent = nullptr);
    void paint(QPainter *painter) override;
    const QImage &image() const { return m_image; }
    void setImage(const QImage &image);
    QRectF painted() const;

Q_SIGNALS:
    void changed();

protected:
    void geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry) override;

private:
    QImage m_image;
    bool m_sharp = false;
};

} // namespace hufu::controls
