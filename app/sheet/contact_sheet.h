// All pages in all tastes on one picture.
#pragma once

#include "app/sheet/stage.h"

namespace hufu::sheet {

// Of the sheet that the README shows and the pages are held against: the width of a page on it, and how many stand in a line.
inline constexpr int kSheetWidth = 118, kSheetColumns = 18;

// Every combination of language, light and dark, normal and simple mode: eight.
QList<Taste> tastes();
QString nameOf(const Taste &taste); // "zh_CN-dark-simple"

// One page scaled down to width.
QImage thumbnail(const QImage &page, int width);

// Where a page stands among those of one taste, by its number.
QRect placeOf(int page, const QSize &window, int thumbnailWidth, int columns);

// The pages one after the other, as many in a line as columns says; each taste begins a new line. In: folder, where each
// page is also left in full size; empty: nowhere.
QImage drawn(Stage &stage, const QStringList &pages, const QList<Taste> &tastes, int thumbnailWidth, int columns,
             const QString &folder = {});

// All there is, as it is kept. The number of colours is cut down, so that the file stays moderate. In: folder, see drawn().
QImage contactSheet(Stage &stage, const QString &folder = {});
// The colours that stand for others on it: five bits a channel.
QRgb onSheet(QRgb colour);
// False: it cannot be written.
bool saveSheet(const QImage &sheet, const QString &file);

} // namespace hufu::sheet
