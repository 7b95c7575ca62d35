#include "app/sheet/contact_sheet.h"

#include <QDir>
#include <QHash>
#include <QPainter>

#include <algorithm>

namespace hufu::sheet {

static constexpr int kGap = 6;

QList<Taste> tastes()
{
    QList<Taste> out;
    for (const bool elder : {false, true})
        for (const char *language : {"zh_CN", "en"})
            for (const bool dark : {false, true}) {
                Taste taste;
                taste.language = QString::fromLatin1(language);
                taste.dark = dark;
                taste.elder = elder;
                out << taste;
            }
    return out;
}

QString nameOf(const Taste &taste)
{
    return taste.language + (taste.dark ? QStringLiteral("-dark") : QString()) +
           (taste.elder ? QStringLiteral("-simple") : QString());
}

QImage thumbnail(const QImage &page, int width)
{
    return page.convertToFormat(QImage::Format_RGB32).scaledToWidth(width, Qt::SmoothTransformation);
}

static QSize cellOf(const QSize &window, int thumbnailWidth)
{
    return {thumbnailWidth, thumbnailWidth * window.height() / window.width()};
}

QRect placeOf(int page, const QSize &window, int thumbnailWidth, int columns)
{
    const QSize cell = cellOf(window, thumbnailWidth);
    return {QPoint(kGap + page % columns * (cell.width() + kGap), kGap + page / columns * (cell.height() + kGap)), cell};
}

QRgb onSheet(QRgb colour)
{
    constexpr QRgb kFiveBits = 0xfff8f8f8, kMiddle = 0x00040404;
    return (colour & kFiveBits) | kMiddle;
}

// The 256 colours that the picture has most of.
static QList<QRgb> commonest(const QImage &picture)
{
    constexpr int kMost = 256;
    QHash<QRgb, int> counts;
    for (int y = 0; y < picture.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x)
            ++counts[onSheet(line[x])];
    }
    QList<QRgb> colours = counts.keys();
    std::sort(colours.begin(), colours.end(),
              [&counts](QRgb a, QRgb b) { return std::pair(counts[b], a) < std::pair(counts[a], b); });
    colours.resize(std::min<qsizetype>(colours.size(), kMost));
    return colours;
}

QImage drawn(Stage &stage, const QStringList &pages, const QList<Taste> &tastes, int thumbnailWidth, int columns,
             const QString &folder)
{
    const QSize window = stage.window()->size();
    const QSize cell = cellOf(window, thumbnailWidth);
    const int lines = (static_cast<int>(pages.size()) + columns - 1) / columns;
    QImage sheet((cell.width() + kGap) * columns + kGap,
                 (cell.height() + kGap) * static_cast<int>(tastes.size()) * lines + kGap, QImage::Format_RGB32);
    sheet.fill(Qt::darkGray);
    QPainter painter(&sheet);
    int line = 0;
    for (const Taste &taste : tastes) {
        stage.set(taste);
        for (int i = 0; i < pages.size(); ++i) {
            stage.show(pages[i]);
            const QImage page = stage.grab();
            if (!folder.isEmpty())
                page.save(QDir(folder).filePath(pages[i] + QLatin1Char('-') + nameOf(taste) + QStringLiteral(".png")));
            painter.drawImage(placeOf(line * columns + i, window, thumbnailWidth, columns).topLeft(), thumbnail(page, thumbnailWidth));
        }
        line += lines;
    }
    return sheet;
}

QImage contactSheet(Stage &stage, const QString &folder)
{
    const QImage sheet = drawn(stage, Stage::pages(), tastes(), kSheetWidth, kSheetColumns, folder);
    return sheet.convertToFormat(QImage::Format_Indexed8, commonest(sheet), Qt::ThresholdDither | Qt::AvoidDither);
}

bool saveSheet(const QImage &sheet, const QString &file)
{
    constexpr int kSmallest = 0; // of the PNG writer's qualities
    return sheet.save(file, "PNG", kSmallest);
}

} // namespace hufu::sheet
