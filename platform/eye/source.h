// Where pixels come from: the screen or a part of it, a picture file, what was pasted or dropped. A camera is
// one more (camera.h).
#pragma once

#include "shield/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QRect>
#include <QString>

QT_FORWARD_DECLARE_CLASS(QMimeData)

namespace hufu::eye {

inline constexpr qint64 kPictureBytesMax = 32 * 1024 * 1024;
inline constexpr int kPictureSideMax = 16'384;

// One picture at a time.
class FrameSource {
public:
    virtual ~FrameSource() = default;
    // Errors: unavailable (this system does not let us see), badInput (not a picture), notFound.
    virtual Result<QImage> next() = 0;
};

// All screens side by side, or the part of them that was chosen. To be used on the GUI thread.
class ScreenSource final : public FrameSource {
public:
    ScreenSource() = default;
    // In: region in desktop coordinates; a null rectangle is everything.
    explicit ScreenSource(const QRect &region) : m_region(region) {}
    Result<QImage> next() override;
    // The rectangle that next() shows when no region was chosen.
    static QRect everything();

private:
    QRect m_region;
};

class FileSource final : public FrameSource {
public:
    explicit FileSource(QString path) : m_path(std::move(path)) {}
    Result<QImage> next() override;

private:
    QString m_path;
};

// A picture's own bytes, as another program hands them over.
class BytesSource final : public FrameSource {
public:
    explicit BytesSource(QByteArray bytes) : m_bytes(std::move(bytes)) {}
    Result<QImage> next() override;

private:
    QByteArray m_bytes;
};

// What a person pasted or dropped: a picture, or the file of one.
class MimeSource final : public FrameSource {
public:
    // mime is looked at in next() and must live until then.
    explicit MimeSource(const QMimeData *mime) : m_mime(mime) {}
    Result<QImage> next() override;

private:
    const QMimeData *m_mime;
};

// The clipboard's picture. To be used on the GUI thread.
class PasteSource final : public FrameSource {
public:
    Result<QImage> next() override;
};

// The clipboard's text; empty if it holds none. To be used on the GUI thread.
QString pastedText();

} // namespace hufu::eye
