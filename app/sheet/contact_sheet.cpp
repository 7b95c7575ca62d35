#include "app/sheet/contact_sheet.h"

#include <QDir>
#include <QHash>
#include <QPainter>

#include <algorithm>

namespace hufu::sheet {

static constexpr int kGap = 6, kColumns = 18;

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

// The 256 colours that the picture has most of, each standing for those that agree in five bits a channel.
static QList<QRgb> commonest(const QImage &picture)
{
    constexpr int kMost = 256;
    constexpr QRgb kFiveBits = 0xfff8f8f8, kMiddle = 0x00040404;
    QHash<QRgb, int> counts;
    for (int y = 0; y < picture.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x)
            ++counts[line[x] & kFiveBits];
    }
    QList<QRgb> colours = counts.keys();
    std::sort(colours.begin(), colours.end(),
              [&counts](QRgb a, QRgb b) { return std::pair(counts[b], a) < std::pair(counts[a], b); });
    colours.resize(std::min<qsizetype>(colours.size(), kMost));
    for (QRgb &colour : colours)
        colour |= kMiddle;
    return colours;
}

QImage drawn(Stage &stage, const QStringList &pages, const QList<Taste> &tastes, int thumbnailWidth, int columns,
             const QString &folder)
{
    const QSize window = stage.window()->size();
    const QSize cell(thumbnailWidth, thumbnailWidth * window.height() / window.width());
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
            painter.drawImage(kGap + i % columns * (cell.width() + kGap),
                              kGap + (line + i / columns) * (cell.height() + kGap), thumbnail(page, thumbnailWidth));
        }
        line += lines;
    }
    return sheet;
}

QImage contactSheet(Stage &stage, int thumbnailWidth, const QString &folder)
{
    const QImage sheet = drawn(stage, Stage::pages(), tastes(), thumbnailWidth, kColumns, folder);
    return sheet.convertToFormat(QImage::Format_Indexed8, commonest(sheet), Qt::ThresholdDither | Qt::AvoidDither);
}

} // namespace hufu::sheet
