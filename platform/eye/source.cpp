#include "platform/eye/source.h"

#include <QBuffer>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImageReader>
#include <QMimeData>
#include <QPainter>
#include <QPixmap>
#include <QScreen>
#include <QUrl>

namespace hufu::eye {

QRect ScreenSource::everything()
{
    QRect whole;
    for (const QScreen *screen : QGuiApplication::screens())
        whole |= screen->geometry();
    return whole;
}

Result<QImage> ScreenSource::next()
{
    // There a program sees its own windows only, and every try would put a warning into the log.
    if (QGuiApplication::platformName().startsWith(QLatin1String("wayland")))
        return Error(Errc::unavailable, "the system does not show its screen");
    const QRect wanted = m_region.isNull() ? everything() : m_region;
    if (wanted.isEmpty()) return Error(Errc::unavailable, "no screen");
    QImage seen(wanted.size(), QImage::Format_RGB32);
    seen.fill(Qt::black);
    QPainter painter(&seen);
    bool any = false;
    for (QScreen *screen : QGuiApplication::screens()) {
        const QRect part = wanted & screen->geometry();
        if (part.isEmpty()) continue;
        // 0 is the whole screen; its coordinates start at the screen's corner.
        const QRect local = part.translated(-screen->geometry().topLeft());
        const QPixmap pixels = screen->grabWindow(0, local.x(), local.y(), local.width(), local.height());
        if (pixels.isNull()) continue;
        painter.drawPixmap(QRect(part.topLeft() - wanted.topLeft(), part.size()), pixels);
        any = true;
    }
    if (!any) return Error(Errc::unavailable, "the system does not show its screen");
    return seen;
}

static Result<QImage> readPicture(QImageReader &reader)
{
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > kPictureSideMax || size.height() > kPictureSideMax)
        return Error(Errc::badInput, "picture too large");
    QImage image = reader.read();
    if (image.isNull()) return Error(Errc::badInput, "not a picture");
    return image;
}

Result<QImage> FileSource::next()
{
    const QFileInfo info(m_path);
    if (!info.isFile()) return Error(Errc::notFound, "no such picture");
    if (info.size() > kPictureBytesMax) return Error(Errc::badInput, "picture too large");
    QImageReader reader(m_path);
    reader.setDecideFormatFromContent(true);
    return readPicture(reader);
}

Result<QImage> BytesSource::next()
{
    if (m_bytes.size() > kPictureBytesMax) return Error(Errc::badInput, "picture too large");
    QBuffer buffer(&m_bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    return readPicture(reader);
}

Result<QImage> MimeSource::next()
{
    if (m_mime == nullptr) return Error(Errc::notFound, "nothing there");
    if (m_mime->hasImage()) {
        const auto image = qvariant_cast<QImage>(m_mime->imageData());
        if (!image.isNull()) return image;
    }
    for (const QUrl &url : m_mime->urls())
        if (url.isLocalFile()) return FileSource(url.toLocalFile()).next();
    return Error(Errc::badInput, "not a picture");
}

Result<QImage> PasteSource::next()
{
    return MimeSource(QGuiApplication::clipboard()->mimeData()).next();
}

QString pastedText()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace hufu::eye
