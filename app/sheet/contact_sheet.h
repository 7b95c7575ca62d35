// All pages in all tastes on one picture.
#pragma once

#include "app/sheet/stage.h"

namespace hufu::sheet {

// Every combination of language, light and dark, normal and simple mode: eight.
QList<Taste> tastes();
QString nameOf(const Taste &taste); // "zh_CN-dark-simple"

// One page scaled down to width.
QImage thumbnail(const QImage &page, int width);

// Two lines a taste, a column a page. The number of colours is cut down, so that the file stays moderate. In: folder, where
// each page is also left in full size; empty: nowhere.
QImage contactSheet(Stage &stage, int thumbnailWidth, const QString &folder);

} // namespace hufu::sheet
